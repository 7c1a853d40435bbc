"""Which articles are worth aligning: an inverted join over shingle hashes."""

from collections.abc import Collection, Container, Sequence
from typing import Protocol

import numpy as np
from scipy import sparse

from provenance.match.arrays import Hashes, Ints
from provenance.match.fingerprint import members, with_articles
from provenance.match.reading import Reading
from provenance.settings import Settings

Pair = tuple[int, int]
_ROWS = 1000  # rows of the product made at a time: bounds its memory


class Credits(Protocol):
    """Who credits whom in a pile, by number of the article: pairs (i < j), and what they rest on."""

    @property
    def outlets(self) -> Sequence[str | None]: ...

    @property
    def credited(self) -> Sequence[Collection[str]]: ...

    def __contains__(self, pair: object, /) -> bool: ...


def candidate_pairs(
    readings: Sequence[Reading],
    shingles: Sequence[Hashes],
    house: Hashes,
    credited: Container[Pair],
    settings: Settings,
) -> list[Pair]:
    """Pairs (i < j) that share at least ``min_shared_shingles`` shingles, at most ``max_sources`` best an article.

    A pair that shares enough and in which one article credits the other's outlet is kept beyond ``max_sources``.
    Among equals the earlier article is kept, because it is the likelier source.

    Args:
        readings: n articles.
        shingles: their distinct shingle hashes.
        house: shingles that prove nothing, sorted.
        credited: pairs (i < j) tied by a credit.
        settings: ``min_shared_shingles`` and ``max_sources``.
    """
    table = _incidence(shingles, house)
    rank = _early_first(readings)
    earliest, place = _crowds(readings, rank, settings.max_sources + 1)
    kept: set[Pair] = set()
    for first in range(0, len(readings), _ROWS):
        block = sparse.csr_array(table[first : first + _ROWS] @ table.T)
        for offset in range(block.shape[0]):
            i = first + offset
            others = block.indices[block.indptr[offset] : block.indptr[offset + 1]]
            counts = block.data[block.indptr[offset] : block.indptr[offset + 1]]
            enough = (counts >= settings.min_shared_shingles) & (others != i)
            others, counts = others[enough], counts[enough]
            kept.update(p for p in (_pair(i, int(j)) for j in others) if p in credited)
            if earliest[i] >= 0:
                outside = (earliest[others] != earliest[i]) & (place[i] < settings.max_sources)
                few = outside | (others == earliest[i])
                others, counts = others[few], counts[few]
            best = np.lexsort((rank[others], -counts))[: settings.max_sources]
            kept.update(_pair(i, int(j)) for j in others[best])
    return sorted(kept)


def _crowds(readings: Sequence[Reading], rank: Ints, most: int) -> tuple[Ints, Ints]:
    """Of articles with a text that more than ``most`` have: the earliest of those, and the article's place among them.

    For the others -1 and 0. Equal texts are candidates of the earliest alone: more would share the same probability.
    """
    groups: dict[bytes, list[int]] = {}
    for i, reading in enumerate(readings):
        if len(reading):
            groups.setdefault(reading.hashes.tobytes(), []).append(i)
    earliest, place = np.full(len(readings), -1, dtype=np.int64), np.zeros(len(readings), dtype=np.int64)
    for group in groups.values():
        if len(group) > most:
            ordered = sorted(group, key=lambda i: int(rank[i]))
            earliest[ordered], place[ordered] = ordered[0], np.arange(len(ordered))
    return earliest, place


def _pair(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)


def _incidence(shingles: Sequence[Hashes], house: Hashes) -> sparse.csr_array:
    """Articles by shingles that stand in at least two of them and are no house text, 0/1."""
    row, value = with_articles(shingles)
    _, column, count = np.unique(value, return_inverse=True, return_counts=True)
    often = (count[column] >= 2) & ~members(value, house)
    width = int(column.max()) + 1 if len(column) else 1
    ones = np.ones(int(often.sum()), dtype=np.int32)
    return sparse.csr_array((ones, (row[often], column[often])), shape=(len(shingles), width))


def _early_first(readings: Sequence[Reading]) -> Ints:
    """The place of each article when sorted by time (unknown last) and then as they come."""
    dates = [r.article.published.earliest if r.article.published else None for r in readings]
    keys = [(date.timestamp() if date else float("inf"), number) for number, date in enumerate(dates)]
    place = np.empty(len(keys), dtype=np.int64)
    place[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return place
