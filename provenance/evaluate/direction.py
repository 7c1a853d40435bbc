"""How well the source is told from the derived text, on pairs of articles of which one truly took from the other.

The lean of a pair is P(true arrow) - P(the arrow turned round), -1 to 1: above 0 the trace leans the right way.

    accuracy = mean of 1 (lean > 0), 1/2 (lean = 0), 0 (lean < 0)
    AUC      = mean over all i, j of 1 (lean_i > -lean_j), 1/2 (equal), 0 (less)

The AUC is the area under the ROC curve (Fawcett 2006; equal to the Mann-Whitney statistic) with each pair asked in
both orders, so that it does not depend on how the two are called. The coverage curve is that of selective prediction
(El-Yaniv and Wiener 2010): accuracy on the part of the pairs with the largest |lean|.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import fmean

from provenance.evaluate.claims import Arrow, is_article
from provenance.model import Alternative, Derivation, Trace
from provenance.scores import DirectionScores


def possible(trace: Trace) -> dict[Arrow, float]:
    """The probability of every arrow that the trace speaks of, also below .5."""
    left_open = (candidate for u in trace.undecided for candidate in u.candidates)
    said: list[Derivation | Alternative] = [*trace.derivations, *trace.alternatives, *left_open]
    best: dict[Arrow, float] = {}
    for arrow in said:
        ends = arrow.derived, arrow.source
        best[ends] = max(arrow.probability, best.get(ends, 0.0))
    return best


def direction_scores(said: Mapping[Arrow, float], true: Iterable[Arrow]) -> DirectionScores:
    """Accuracy, AUC and coverage curve over the true arrows between articles.

    Args:
        said: probability of each arrow (derived, source); one that is missing has 0.
        true: the true arrows.

    Cost: n log n.

    >>> direction_scores({("b", "a"): 0.9, ("c", "b"): 0.2, ("b", "c"): 0.6}, [("b", "a"), ("c", "b")])
    DirectionScores(pairs=2, accuracy=0.5, auc=0.75, curve=((0.5, 1.0), (1.0, 0.5)))
    """
    between = [arrow for arrow in true if all(map(is_article, arrow))]
    leans = sorted(round(said.get(arrow, 0.0) - said.get(arrow[::-1], 0.0), 6) for arrow in between)
    if not leans:
        return DirectionScores(0, None, None, ())
    return DirectionScores(len(leans), _accuracy(leans), _auc(leans), tuple(_curve(leans)))


def _accuracy(leans: Sequence[float]) -> float:
    return fmean((lean > 0) + 0.5 * (lean == 0) for lean in leans)


def _auc(leans: Sequence[float]) -> float:
    turned = sorted(-lean for lean in leans)
    below = sum(bisect_left(turned, lean) + bisect_right(turned, lean) for lean in leans)
    return below / (2 * len(leans) ** 2)


def _curve(leans: Sequence[float]) -> Iterable[tuple[float, float]]:
    """Pairs of which the trace is equally sure come together, whatever their order."""
    surest: list[float] = []
    for _, equally in groupby(sorted(leans, key=lambda lean: (-abs(lean), lean)), key=abs):
        surest.extend(equally)
        yield len(surest) / len(leans), _accuracy(surest)
