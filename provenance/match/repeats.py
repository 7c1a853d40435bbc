"""What an outlet or a platform repeats from page to page: house text, no news."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from provenance.match.fingerprint import Flags, Hashes, Ints, Reading, members, shingle_hashes
from provenance.names import canonical
from provenance.settings import Settings

_HOUR = 3600.0


def house_shingles(
    readings: Sequence[Reading], shingles: Sequence[Hashes], stories: Ints, settings: Settings
) -> Hashes:
    """The shingles that are house text, sorted.

    Equal and near-equal texts (one number in ``stories``) count as one, so that no text is house text because it
    was widely reprinted.

    Args:
        readings: n articles.
        shingles: their shingle hashes.
        stories: number of the story each article tells, shape (n,).
        settings: the limits ``house_*`` and ``frame_*``.
    """
    row = np.repeat(np.arange(len(shingles)), [len(s) for s in shingles])
    value = np.concatenate(shingles) if len(shingles) else np.empty(0, dtype=np.uint64)
    keep = _one_a_story(value, stories[row]) if len(value) else np.empty(0, dtype=np.int64)
    value, row = value[keep], row[keep]
    distinct, start, count = np.unique(value, return_index=True, return_counts=True)
    many = count >= min(settings.house_articles, settings.house_articles_undated, settings.frame_articles)
    outlets, times = _outlets(readings), _times(readings)
    lengths = np.array([max(1, len(s)) for s in shingles], dtype=np.int64)
    shared = _shared_counts(value, row, len(readings))
    house = np.zeros(len(distinct), dtype=bool)
    for at in np.flatnonzero(many):
        holders = row[start[at] : start[at] + count[at]]
        house[at] = _repeated_by_outlet(outlets[holders], times[holders], settings) or (
            len(holders) >= settings.frame_articles and _share_little(holders, shared, lengths, settings)
        )
    return distinct[house]


def _one_a_story(value: Hashes, story: Ints) -> Ints:
    """Indices of the first entry of every (shingle, story), sorted by shingle and then article."""
    order = np.lexsort((np.arange(len(value)), story, value))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (value[order][1:] != value[order][:-1]) | (story[order][1:] != story[order][:-1])
    kept = order[new]
    return kept[np.lexsort((kept, value[kept]))]


def _outlets(readings: Sequence[Reading]) -> npt.NDArray[np.int64]:
    """A number for each outlet; an unknown outlet is nobody's, below zero and of its own."""
    names = sorted({canonical(r.article.outlet) for r in readings if r.article.outlet})
    number = {name: i for i, name in enumerate(names)}
    return np.array(
        [number[canonical(r.article.outlet)] if r.article.outlet else -1 - i for i, r in enumerate(readings)],
        dtype=np.int64,
    )


def _times(readings: Sequence[Reading]) -> npt.NDArray[np.float64]:
    """Hours since 1970 of the earliest time of publication, nan where it is unknown."""
    known = [r.article.published.earliest if r.article.published else None for r in readings]
    return np.array([t.timestamp() / _HOUR if t else np.nan for t in known], dtype=np.float64)


def _repeated_by_outlet(outlets: Ints, times: npt.NDArray[np.float64], settings: Settings) -> bool:
    names, counts = np.unique(outlets, return_counts=True)
    if len(names) == 1 and len(outlets) >= settings.house_articles:
        known = times[~np.isnan(times)]
        if len(known) >= 2 and known.max() - known.min() > settings.house_days * 24:
            return True
    return bool(counts.max() >= settings.house_articles_undated and len(names) <= settings.house_outlets)


def _shared_counts(value: Hashes, row: Ints, n: int) -> sparse.csr_array:
    """How many distinct shingles each two articles share, as an (n, n) matrix."""
    _, column, count = np.unique(value, return_inverse=True, return_counts=True)
    often = count[column] >= 2
    ones = np.ones(int(often.sum()), dtype=np.int32)
    table = sparse.csr_array(
        (ones, (row[often], column[often])), shape=(n, int(column.max()) + 1 if len(column) else 1)
    )
    return sparse.csr_array(table @ table.T)


def _share_little(holders: Ints, shared: sparse.csr_array, lengths: Ints, settings: Settings) -> bool:
    """Whether neighbouring holders share less than ``frame_share`` of the shorter one's shingles, in the mean."""
    few = holders[:: max(1, len(holders) // 8)][:9]
    pairs = [(int(a), int(b)) for a, b in pairwise(few)]
    shares = [shared[a, b] / min(lengths[a], lengths[b]) for a, b in pairs]
    return float(np.mean(shares)) < settings.frame_share


def mark_house(reading: Reading, house: Hashes, settings: Settings) -> Reading:
    """The reading with its house words marked: whole sentences of which three fifths are house shingles."""
    size = settings.shingle_words
    shingles = shingle_hashes(reading.hashes, size)
    hit = members(shingles, house)
    if not hit.any():
        return reading
    covered: Flags = np.zeros(len(reading), dtype=bool)
    for offset in range(size):
        covered[offset : offset + len(hit)] |= hit
    total = np.bincount(reading.sentence)
    share = np.bincount(reading.sentence, weights=covered) / np.maximum(total, 1)
    return replace(reading, house=share[reading.sentence] >= 0.6)
