"""Precision, recall and F1 over sets: related pairs (unordered) and arrows (from source to derived).

precision = |found ∩ true| / |found|    recall = |found ∩ true| / |true|    F1 = their harmonic mean
"""

from collections.abc import Collection, Hashable

from provenance.evaluate.claims import Claims, judged
from provenance.scores import Counts
from provenance.truth import Truth


def counts(found: Collection[Hashable], true: Collection[Hashable]) -> Counts:
    """What two sets have in common and what only one of them has.

    >>> counts({"a", "b"}, {"b", "c", "d"})
    Counts(right=1, false=1, missed=2)
    """
    ours, theirs = frozenset(found), frozenset(true)
    return Counts(len(ours & theirs), len(ours - theirs), len(theirs - ours))


def pair_counts(found: Claims, true: Claims, truth: Truth) -> Counts:
    """Unordered pairs, joined by an arrow or by an undecided direction; of those the truth says something about."""
    known = {pair for pair in found.pairs if pair in true.pairs or judged(_arrow(pair), truth, true)}
    return counts(known, true.pairs)


def arrow_counts(found: Claims, true: Claims, truth: Truth) -> Counts:
    """Arrows of .5 or more; of those the truth says something about."""
    return counts({arrow for arrow in found.arrows if judged(arrow, truth, true)}, true.arrows)


def _arrow(pair: frozenset[str]) -> tuple[str, str]:
    one, other = sorted(pair)
    return one, other
