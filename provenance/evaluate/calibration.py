"""Whether probabilities are honest: expected calibration error, Brier score, and the bins of a reliability plot.

    ECE   = sum over bins b of n(b)/n * |right(b) - said(b)|          Naeini, Cooper and Hauskrecht, AAAI 2015
    Brier = mean of (probability - outcome)^2                         Brier, Monthly Weather Review 78, 1950

with ten bins of equal width, said(b) the mean probability in a bin and right(b) the part of it that is true.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from provenance.evaluate.claims import Arrow
from provenance.scores import Bin, CalibrationScores

BINS = 10

Judgement = tuple[float, bool]  # a probability, and whether what it was given to is true


def calibration_scores(judgements: Iterable[Judgement]) -> CalibrationScores:
    """ECE in ten bins, Brier score and the bins.

    A probability on the border of two bins belongs to the upper one, 1 to the last.

    >>> scores = calibration_scores([(0.95, True), (0.95, True), (0.65, False), (0.65, True)])
    >>> round(scores.ece or 0, 4), round(scores.brier or 0, 4)
    (0.1, 0.1375)
    """
    judgements = sorted(judgements)
    n = len(judgements)
    bins = tuple(_bin(at, [j for j in judgements if _place(j[0]) == at]) for at in range(BINS))
    if not n:
        return CalibrationScores(0, None, None, bins)
    ece = sum(b.n / n * abs(b.right - b.said) for b in bins if b.said is not None and b.right is not None)
    return CalibrationScores(n, ece, fmean((p - right) ** 2 for p, right in judgements), bins)


def best_candidates(said: dict[Arrow, float]) -> dict[Arrow, float]:
    """The most probable arrow into each text; among equals the first in order of the source's id.

    >>> best_candidates({("b", "a"): 0.3, ("b", "c"): 0.6})
    {('b', 'c'): 0.6}
    """
    best: dict[str, tuple[float, str]] = {}
    for (derived, source), p in sorted(said.items()):
        if derived not in best or p > best[derived][0]:
            best[derived] = p, source
    return {(derived, source): p for derived, (p, source) in best.items()}


def _place(p: float) -> int:
    return min(int(round(p * BINS, 9)), BINS - 1)


def _bin(at: int, judgements: Sequence[Judgement]) -> Bin:
    said = fmean(p for p, _ in judgements) if judgements else None
    right = fmean(right for _, right in judgements) if judgements else None
    return Bin(at / BINS, (at + 1) / BINS, len(judgements), said, right)
