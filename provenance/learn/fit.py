"""The weights under which the true trees are likeliest, and one temperature under which probabilities hold.

A tree has the probability exp(sum of its scores) / Z, a score is the sum of weight times strength. The gradient of
the logarithm of the likelihood is then what the true trees hold of each cue less what all trees hold of it on
average, and both come from the marginals of the directed matrix-tree theorem (Koo, Globerson, Carreras and Collins,
"Structured Prediction Models via the Matrix-Tree Theorem", EMNLP 2007; Xu and Smith 2018 for news). Where the truth
leaves several sources open for a text their trees are summed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.learn.examples import Example, Flags, Floats, Ints, Turn
from provenance.reconstruct.weights import LARGEST, CueWeights

ENOUGH = 300  # texts; from fewer no probability is said to hold
_FIRM = 0.1  # of the spread
_REAL = 3.0  # simulated texts that a real pair is worth
_NEVER = -1e30  # log-odds of what the truth does not allow


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Learnt weights.

    Attributes:
        weights: log-odds of every cue at full strength, temperature included.
        temperature: by which scores were divided after learning; 1 says that they were right as learnt.
        spoke: how many arrows and options of the examples each cue spoke on.
        held_out: mean log-likelihood of a text's true source on families that were left out, before and after.
        texts: how many texts had something to learn from.
    """

    weights: Mapping[str, float]
    temperature: float
    spoke: Mapping[str, int]
    held_out: tuple[float, float]
    texts: int

    @property
    def calibrated(self) -> bool:
        """Whether there were texts enough for the temperature to mean something."""
        return self.texts >= ENOUGH


def fit(
    lessons: Sequence[Example | Turn], cues: Sequence[str], before: CueWeights, *, spread: float = 1.0, folds: int = 5
) -> Fitted:
    """Learns one weight for each cue.

    Args:
        lessons: groups of texts whose trees are known, pairs whose direction is known; of many families.
        cues: the columns of the lessons.
        before: by hand, where each weight starts and is drawn to; a weight never changes its sign against it, except
            those that are 0 there.
        spread: how far (in log-odds, one standard deviation) a weight may be from the one by hand before examples
            speak; a tenth of it for those that are firm.
        folds: parts of the families for the temperature; each is scored by weights learnt from the others.

    Cost: about a minute for 3,000 texts.
    """
    start = np.array([before.by_hand[cue] for cue in cues])
    apart = np.array([spread * (_FIRM if cue in before.firm else 1.0) for cue in cues])
    weights = _learn(_Lessons.of(lessons), start, apart)
    parts = _folds(lessons, folds)
    learnt = [_learn(_Lessons.of([x for p in parts if p is not part for x in p]), start, apart) for part in parts]
    held = [_Lessons.of(part) for part in parts]
    temperature = _temperature(held, learnt)
    texts = sum(x.texts for x in held)
    by_hand = sum(x.log_likelihood(start)[0] for x in held) / texts
    after = sum(x.log_likelihood(w / temperature)[0] for x, w in zip(held, learnt, strict=True)) / texts
    spoke = sum((x.spoke for x in held), np.zeros(len(cues), dtype=np.int64))
    weights = np.clip(weights / temperature, -LARGEST, LARGEST)
    weights = np.where(spoke > 0, weights, start)  # of what never spoke nothing was learnt
    return Fitted(
        weights=dict(zip(cues, weights.round(4).tolist(), strict=True)),
        temperature=round(temperature, 4),
        spoke=dict(zip(cues, spoke.tolist(), strict=True)),
        held_out=(round(by_hand, 4), round(after, 4)),
        texts=texts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Lessons:
    """Trees, and the differences of all turns as one matrix."""

    trees: Sequence[Example]
    turns: Floats

    @classmethod
    def of(cls, lessons: Sequence[Example | Turn]) -> "_Lessons":
        turns = [x.cues for x in lessons if isinstance(x, Turn)]
        return cls([x for x in lessons if isinstance(x, Example)], np.array(turns) if turns else np.zeros((0, 0)))

    @property
    def texts(self) -> int:
        return sum(e.n for e in self.trees) + len(self.turns)

    @property
    def spoke(self) -> Ints:
        counts = [np.count_nonzero(x, axis=0) for e in self.trees for x in (e.arrows, e.options)]
        counts += [np.count_nonzero(self.turns, axis=0)] if len(self.turns) else []
        return np.asarray(np.sum(counts, axis=0), dtype=np.int64)

    def log_likelihood(self, weights: Floats) -> tuple[float, Floats]:
        """The logarithm of the probability of what is true, summed, and its gradient."""
        total, gradient = 0.0, np.zeros(len(weights))
        for e in self.trees:
            arrow = e.arrows @ weights + e.arrow_rest
            option = e.options @ weights + e.option_rest
            every = all_trees(e, arrow, option)
            right = all_trees(e, _only(arrow, e.right_arrow), _only(option, e.right_option))
            total += right.log_sum - every.log_sum
            gradient += (right.p_arrow - every.p_arrow) @ e.arrows + (right.p_option - every.p_option) @ e.options
        if len(self.turns):
            lead = self.turns @ weights
            total -= _REAL * float(np.logaddexp(0.0, -lead).sum())
            gradient += _REAL * (1.0 / (1.0 + np.exp(lead))) @ self.turns
        return total, gradient


def _learn(lessons: _Lessons, start: Floats, spread: Floats) -> Floats:
    """The weights of the highest posterior: normal priors around ``start``, whose signs are kept."""
    from scipy.optimize import minimize

    def loss(w: Floats) -> tuple[float, Floats]:
        value, gradient = lessons.log_likelihood(w)
        apart = (w - start) / spread**2
        return 0.5 * float(apart @ (w - start)) - value, apart - gradient

    bounds = [(0.0 if s > 0 else None, 0.0 if s < 0 else None) for s in start]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return np.asarray(found.x, dtype=np.float64)


def _folds(lessons: Sequence[Example | Turn], folds: int) -> list[list[Example | Turn]]:
    """The lessons in parts, families whole, dealt out by size so that the parts are alike."""
    size: dict[str, int] = {}
    for lesson in lessons:
        size[lesson.family] = size.get(lesson.family, 0) + 1
    order = sorted(size, key=lambda f: (-size[f], f))
    part = {family: k % folds for k, family in enumerate(order)}
    parts = [[x for x in lessons if part[x.family] == k] for k in range(folds)]
    return [p for p in parts if p]


def _temperature(held: Sequence[_Lessons], learnt: Sequence[Floats]) -> float:
    """By what scores must be divided for the left-out families to be likeliest."""
    from scipy.optimize import minimize_scalar

    def loss(log_t: float) -> float:
        return -sum(x.log_likelihood(w / np.exp(log_t))[0] for x, w in zip(held, learnt, strict=True))

    return float(np.exp(minimize_scalar(loss, bounds=(-1.0, 1.5), method="bounded", options={"xatol": 1e-3}).x))


def _only(score: Floats, allowed: Flags) -> Floats:
    return np.where(allowed, score, _NEVER)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The logarithm of the sum over all trees, and the probability of each arrow and option."""

    log_sum: float
    p_arrow: Floats
    p_option: Floats


def all_trees(e: Example, arrow: Floats, option: Floats) -> Trees:
    """All trees of one group at once, by the directed matrix-tree theorem.

    Args:
        e: which texts the arrows and options belong to.
        arrow: score of each arrow, shape (m,).
        option: score of each option, shape (o,).

    Cost: O(n^3).
    """
    top = np.full(e.n, _NEVER)
    np.maximum.at(top, e.node, option)
    np.maximum.at(top, e.derived, arrow)
    w_arrow, w_option = np.exp(arrow - top[e.derived]), np.exp(option - top[e.node])
    root = np.bincount(e.node, weights=w_option, minlength=e.n)
    laplacian = np.diag(root + np.bincount(e.derived, weights=w_arrow, minlength=e.n))
    np.subtract.at(laplacian, (e.source, e.derived), w_arrow)
    inverse = np.linalg.inv(laplacian)
    own = np.diag(inverse)
    p_arrow = w_arrow * (own[e.derived] - inverse[e.derived, e.source])
    return Trees(float(np.linalg.slogdet(laplacian)[1] + top.sum()), p_arrow, w_option * own[e.node])
