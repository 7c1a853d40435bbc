"""Runs of words that two texts have in common, found by the hashes of a few words in a row."""

from dataclasses import dataclass

import numpy as np

from provenance.match.arrays import Hashes, Ints
from provenance.match.fingerprint import shingle_hashes
from provenance.match.runs import Run


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """The runs of ``size`` words of a text, with m different ones.

    Attributes:
        size: words in a row.
        hashes: each once, sorted, shape (m,).
        first: where the places of each begin in ``places``, and how many there are, shape (m + 1,).
        places: where they stand in the text, seed by seed, ascending.
    """

    size: int
    hashes: Hashes
    first: Ints
    places: Ints


def seeds_in(words: Hashes, size: int) -> Seeds:
    """The seeds of a text, from the hashes of its words."""
    hashes = shingle_hashes(words, size)
    places = np.argsort(hashes, kind="stable").astype(np.int64)
    ordered = hashes[places]
    opens = np.ones(len(ordered) + 1, dtype=bool)
    opens[1:-1] = ordered[1:] != ordered[:-1]
    first = np.flatnonzero(opens)
    return Seeds(size, ordered[first[:-1]], first, places)


def maximal_runs(a: Hashes, b: Hashes, seeds_a: Seeds, seeds_b: Seeds, often: int) -> list[Run]:
    """The maximal runs of equal words that hold at least one seed which is no refrain.

    Args:
        a, b: hashes of the words of two texts.
        seeds_a, seeds_b: their seeds.
        often: places (those in a times those in b) above which a seed is a refrain, which starts nothing.
    """
    place_a, place_b = _hits(seeds_a, seeds_b, often)
    shift = place_b - place_a
    order = np.lexsort((place_a, shift))
    place_a, shift = place_a[order], shift[order]
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = (shift[1:] != shift[:-1]) | (place_a[1:] != place_a[:-1] + 1)
    first = np.flatnonzero(opens)
    length = np.diff(np.append(first, len(order))) + seeds_a.size - 1
    left, right = memoryview(a), memoryview(b)  # type: ignore[arg-type]
    runs: list[Run] = []
    for at, by, words in zip(place_a[first].tolist(), shift[first].tolist(), length.tolist(), strict=True):
        if runs and runs[-1].b - runs[-1].a == by and at < runs[-1].a + runs[-1].words:
            continue  # the run before it on this diagonal was widened over it
        runs.append(_widened(at, at + by, words, left, right))
    return runs


def _hits(a: Seeds, b: Seeds, often: int) -> tuple[Ints, Ints]:
    """Places in a and in b of the seeds that both hold, refrains left out."""
    if not len(a.hashes) or not len(b.hashes):
        return a.places[:0], b.places[:0]
    at = np.minimum(np.searchsorted(a.hashes, b.hashes), len(a.hashes) - 1)
    held = np.flatnonzero(a.hashes[at] == b.hashes)
    at = at[held]
    first_a, first_b = a.first[at], b.first[held]
    in_a, in_b = a.first[at + 1] - first_a, b.first[held + 1] - first_b
    count = np.where(in_a * in_b <= often, in_a * in_b, 0)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    nth_b, nth_a = np.divmod(nth, np.repeat(in_a, count))
    return a.places[np.repeat(first_a, count) + nth_a], b.places[np.repeat(first_b, count) + nth_b]


def _widened(at: int, by: int, words: int, left: "memoryview[int]", right: "memoryview[int]") -> Run:
    """The run with the equal words on either side of it, which no seed showed because they are a refrain."""
    end_a, end_b = at + words, by + words
    while at and by and left[at - 1] == right[by - 1]:
        at, by = at - 1, by - 1
    while end_a < len(left) and end_b < len(right) and left[end_a] == right[end_b]:
        end_a, end_b = end_a + 1, end_b + 1
    return Run(at, by, end_a - at)
