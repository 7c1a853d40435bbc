"""What measuring a trace against known truth gives: values only, standard library only.

A score is None where there is nothing to measure ("not known"), never a default of 0 or 1.
"""

from dataclasses import dataclass

AND_SO = "and so: "  # before a miss that follows from the one before it


@dataclass(frozen=True, slots=True)
class Counts:
    """What was rightly found, what was found and is not true, what is true and was missed.

    ``false`` is None where the truth does not say what is false, and precision and F1 are then not known.

    >>> counts = Counts(right=3, false=1, missed=2)
    >>> counts.precision, counts.recall, round(counts.f1 or 0, 3)
    (0.75, 0.6, 0.667)
    """

    right: int
    false: int | None
    missed: int

    @property
    def precision(self) -> float | None:
        """right / (right + false)"""
        return None if self.false is None else ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """right / (right + missed)"""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """2 right / (2 right + false + missed), the harmonic mean of precision and recall"""
        return None if self.false is None else ratio(2 * self.right, 2 * self.right + self.false + self.missed)


def ratio(part: float, whole: float) -> float | None:
    """part / whole, None where the whole is nothing.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class PassageScores:
    """How well shared passages were found, in characters (Potthast et al. 2010)."""

    precision: float | None
    recall: float | None
    granularity: float | None
    plagdet: float | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """How well articles were grouped: B-cubed, and the adjusted Rand index."""

    precision: float | None
    recall: float | None
    f1: float | None
    ari: float | None


@dataclass(frozen=True, slots=True)
class DirectionScores:
    """How well the source was told from the derived text, on truly related pairs of articles.

    ``curve`` holds (coverage, accuracy): the accuracy on that part of the pairs of which the trace is surest.
    """

    pairs: int
    accuracy: float | None
    auc: float | None
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class TreeScores:
    """How alike two forests are, 0 to 1; ``skeleton`` and ``orientation`` look at articles only."""

    roots: float | None
    direct_edges: float | None
    undirected_edges: float | None
    leaves: float | None
    ancestry: float | None
    skeleton: float | None
    orientation: float | None


@dataclass(frozen=True, slots=True)
class SourceScores:
    """Sources that are not in the pile: named ones, and those that nobody names."""

    named: Counts
    unseen: Counts
    false_per_100_articles: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """The judgements whose probability lies in one tenth: how many, what they say on average, how many are right."""

    low: float
    high: float
    n: int
    said: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class CalibrationScores:
    """Whether what is said to be likely is as often right."""

    n: int
    ece: float | None
    brier: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class TierScores:
    """The credits of one tier that were read."""

    tier: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class RuleScores:
    """A way to draw arrows between the articles of a pile: the trace's own, or a simple rule to hold it against.

    ``sources_right`` is the part of the truly derived articles (of those whose source is in the pile) to which it
    gives the true first source, ``sources_asked`` how many these are.
    """

    rule: str
    arrows: Counts
    sources_right: float | None
    sources_asked: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A trace held against what is true.

    Attributes:
        articles: how many the trace has.
        calibrated: whether the trace says that its probabilities are.
        dates_hidden: whether it was made without looking at dates.
        passages: None where the truth does not tell true passages.
        pairs: unordered pairs of texts, joined by an arrow or by an undecided direction.
        arrows: from source to derived text, of probability .5 or more.
        printed: calibration over those arrows.
        best: calibration over the most probable arrow into each article.
        rules: the trace first, then the simple rules.
        misses: every point on which trace and truth differ, in sentences; one that begins with ``AND_SO`` follows
            from the one before it.
    """

    articles: int
    calibrated: bool
    dates_hidden: bool
    passages: PassageScores | None
    pairs: Counts
    arrows: Counts
    clusters: ClusterScores
    direction: DirectionScores
    tree: TreeScores
    sources: SourceScores
    credits: tuple[TierScores, ...]
    printed: CalibrationScores
    best: CalibrationScores
    rules: tuple[RuleScores, ...]
    misses: tuple[str, ...]
