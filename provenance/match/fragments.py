"""Stretches of two texts that say the same, however much the words were changed: clusters of alike sentences.

Pairs of sentences that are alike seed a fragment; seeds that lie near one another on both sides are one; then the
ends are moved to where the two stretches overlap most, and what overlaps too little is let go. This is for pairs of
texts that are known to have to do with each other: between any two texts on one subject single seeds are common.

Seeding and clustering follow Sanchez-Perez, Sidorov and Gelbukh (PAN 2014).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import numpy as np

from provenance.match.likeness import Likeness, Rows, fitted, overlap
from provenance.settings import Settings

Seed = tuple[int, int]  # a unit of a and one of b that are alike


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units of a and units of b that answer to each other, as first and last (exclusive).

    Attributes:
        seeds: pairs of alike sentences it grew from.
        overlap: weighted Dice coefficient of the two stretches, 0 to 1.
    """

    a: Rows
    b: Rows
    seeds: int
    overlap: float

    def meets(self, other: "Stretch") -> bool:
        """Whether the two share a unit on either side."""
        return _meet(self.a, other.a) or _meet(self.b, other.b)


_OUTWARD, _INWARD = 3, 8  # units by which an end may move at a time
_ROUNDS = 4  # times both sides are fitted to each other; most are settled after two
_WORTH = 0.25  # overlap of a cluster as it was seeded from which it is worth fitting


def find_stretches(pair: Likeness, settings: Settings) -> list[Stretch]:
    """All fitted clusters of alike sentences, in the order of a; they may overlap.

    Args:
        pair: the likeness of two texts.
        settings: ``seed_likeness``, ``fragment_gap``, ``fragment_alone``.

    Cost: linear in the seeds, 0.1 ms a cluster.
    """
    waiting = _clusters(_seeds(pair, settings.seed_likeness), pair, settings.fragment_gap)
    found: list[Stretch] = []
    while waiting:
        cluster, as_seeded = waiting.pop()
        if as_seeded < _least(cluster, settings):
            continue
        found.append(_fitted(cluster, pair))
        left = _outside(cluster, found[-1])
        if 0 < len(left) < len(cluster):
            waiting += _clusters(left, pair, settings.fragment_gap)
    return sorted(found, key=lambda s: (s.a, s.b))


def fragments(stretches: Iterable[Stretch], pair: Likeness, settings: Settings) -> list[Stretch]:
    """The stretches that are one case of shared text each, disjoint on both sides, in the order of a.

    Args:
        stretches: what ``find_stretches`` found.
        pair: the likeness of the two texts.
        settings: ``fragment_overlap``, ``fragment_alone``, ``fragment_words``.
    """
    chosen: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (-round(s.overlap * s.seeds, 6), s.a, s.b)):
        if is_fragment(stretch, pair, settings) and not any(stretch.meets(other) for other in chosen):
            chosen.append(stretch)
    return sorted(chosen, key=lambda s: (s.a, s.b))


def is_fragment(stretch: Stretch, pair: Likeness, settings: Settings) -> bool:
    """Whether a stretch overlaps enough and is long enough; one that rests on a single pair of sentences needs more."""
    least = settings.fragment_overlap if stretch.seeds > 1 else settings.fragment_alone
    return stretch.overlap >= least and _words(stretch, pair) >= settings.fragment_words


def _words(stretch: Stretch, pair: Likeness) -> int:
    """The words of the shorter side."""
    bounds_a, bounds_b = pair.a.units.bounds, pair.b.units.bounds
    in_a = bounds_a[stretch.a[1]] - bounds_a[stretch.a[0]]
    return min(in_a, bounds_b[stretch.b[1]] - bounds_b[stretch.b[0]])


def _seeds(pair: Likeness, at_least: float) -> list[Seed]:
    """Pairs of units that are alike in both measures; what an outlet repeats is no seed."""
    alike = (pair.cosine >= at_least) & (pair.dice >= at_least)
    for house in (pair.a.units.house[:, None], pair.b.units.house):
        if house.any():
            alike &= ~house
    one, other = np.nonzero(alike)
    return list(zip(one.tolist(), other.tolist(), strict=True))


def _clusters(seeds: list[Seed], pair: Likeness, gap: int) -> list[tuple[list[Seed], float]]:
    """Groups of seeds with at most ``gap`` units between neighbours on either side; less where they overlap little.

    Each with the overlap of the stretch from its first to its last seed.
    """
    found: list[tuple[list[Seed], float]] = []
    for cluster in _split(seeds, gap):
        as_seeded = overlap(pair, *_span(cluster))
        if gap and len(cluster) > 1 and as_seeded < _WORTH:
            found += _clusters(cluster, pair, gap - 1)
        else:
            found.append((cluster, as_seeded))
    return found


def _split(seeds: list[Seed], gap: int) -> list[list[Seed]]:
    """The seeds cut at wide gaps on either side until none is left."""
    waiting: list[list[Seed]] = [seeds] if seeds else []
    done: list[list[Seed]] = []
    while waiting:
        cluster = waiting.pop()
        for side in (0, 1):
            parts = _cut(sorted(cluster, key=itemgetter(side)), side, gap)
            if len(parts) > 1:
                waiting += parts
                break
        else:
            done.append(cluster)
    return done


def _cut(ordered: list[Seed], side: int, gap: int) -> list[list[Seed]]:
    """Seeds in the order of a side, cut where it has more than ``gap`` units between two."""
    wide = [k for k in range(1, len(ordered)) if ordered[k][side] - ordered[k - 1][side] > gap + 1]
    return [ordered[first:end] for first, end in pairwise([0, *wide, len(ordered)])]


def _outside(seeds: list[Seed], stretch: Stretch) -> list[Seed]:
    """The seeds that a fitted stretch leaves out on both sides: another stretch may grow from them."""
    (low_a, high_a), (low_b, high_b) = stretch.a, stretch.b
    return [(i, j) for i, j in seeds if not (low_a <= i < high_a or low_b <= j < high_b)]


def _span(cluster: list[Seed]) -> tuple[Rows, Rows]:
    """The rows from the first to the last seed of a cluster."""
    in_a, in_b = [i for i, _ in cluster], [j for _, j in cluster]
    return (min(in_a), max(in_a) + 1), (min(in_b), max(in_b) + 1)


def _least(cluster: list[Seed], settings: Settings) -> float:
    """The overlap from which a cluster is worth fitting; a single pair of sentences must nearly be a fragment."""
    return _WORTH if len(cluster) > 1 else max(_WORTH, settings.fragment_alone - 0.2)


def _fitted(cluster: list[Seed], pair: Likeness) -> Stretch:
    """The stretch whose two sides overlap most, sought by moving the ends of both sides in turn."""
    rows_a, rows_b, most = fitted(pair, *_span(cluster), _ROUNDS, (_OUTWARD, _INWARD))
    return Stretch(rows_a, rows_b, len(cluster), most)


def _meet(one: Rows, other: Rows) -> bool:
    return one[0] < other[1] and other[0] < one[1]
