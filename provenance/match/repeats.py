"""What an outlet or a platform repeats from page to page: house text, no news."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.fingerprint import members, shingle_hashes, with_articles
from provenance.match.reading import Reading
from provenance.names import canonical
from provenance.settings import Settings

_HOUR = 3600.0
_EVEN = 1e-9  # sums in another order must not decide


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
    row, value = with_articles(shingles)
    keep = _one_a_story(value, stories[row])
    value, row = value[keep], row[keep]
    values, start, count = np.unique(value, return_index=True, return_counts=True)
    many = count >= min(settings.house_articles, settings.house_articles_undated, settings.frame_articles)
    outlets, times = _outlets(readings), _times(readings)
    house = np.zeros(len(values), dtype=bool)
    verdicts: dict[bytes, bool] = {}  # neighbouring shingles of one frame have the same holders
    for at in np.flatnonzero(many):
        holders = row[start[at] : start[at] + count[at]]
        key = holders.tobytes()
        if key not in verdicts:
            verdicts[key] = repeated_by_outlet(outlets[holders], times[holders], settings) or (
                len(holders) >= settings.frame_articles and _share_little(holders, shingles, settings)
            )
        house[at] = verdicts[key]
    return values[house]


def _one_a_story(value: Hashes, story: Ints) -> Ints:
    """Indices of the first entry of every (shingle, story), sorted by shingle and then story."""
    order = np.lexsort((story, value))
    value, story = value[order], story[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (value[1:] != value[:-1]) | (story[1:] != story[:-1])
    return np.asarray(order[new], dtype=np.int64)


def _outlets(readings: Sequence[Reading]) -> npt.NDArray[np.int64]:
    """A number for each outlet; an unknown outlet is nobody's, below zero and of its own."""
    names = [canonical(r.article.outlet) if r.article.outlet else None for r in readings]
    number = {name: i for i, name in enumerate(dict.fromkeys(names)) if name is not None}
    return np.array([-1 - i if name is None else number[name] for i, name in enumerate(names)], dtype=np.int64)


def _times(readings: Sequence[Reading]) -> npt.NDArray[np.float64]:
    """Hours since 1970 of the earliest time of publication, nan where it is unknown."""
    known = [r.article.published.earliest if r.article.published else None for r in readings]
    return np.array([t.timestamp() / _HOUR if t else np.nan for t in known], dtype=np.float64)


def repeated_by_outlet(outlets: Ints, times: npt.NDArray[np.float64], settings: Settings) -> bool:
    names, counts = np.unique(outlets, return_counts=True)
    if len(names) == 1 and len(outlets) >= settings.house_articles:
        known = times[~np.isnan(times)]
        if len(known) >= 2 and known.max() - known.min() > settings.house_days * 24:
            return True
    return bool(counts.max() >= settings.house_articles_undated and len(names) <= settings.house_outlets)


def _share_little(holders: Ints, shingles: Sequence[Hashes], settings: Settings) -> bool:
    """Whether neighbouring holders share less than ``frame_share`` of the shorter one's shingles, in the mean."""
    few = holders[:: max(1, len(holders) // 8)][:9]
    shares = []
    for one, other in pairwise(few):
        shorter, longer = sorted((shingles[one], shingles[other]), key=len)
        shares.append(members(shorter, longer).mean())
    return bool(shares) and float(np.mean(shares)) + _EVEN < settings.frame_share


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
    return with_house(reading, covered)


def with_house(reading: Reading, covered: Flags) -> Reading:
    """The reading with those sentences marked of which three fifths are covered by house shingles."""
    if not covered.any():
        return reading
    total = np.bincount(reading.sentence)
    share = np.bincount(reading.sentence, weights=covered) / np.maximum(total, 1)
    return replace(reading, house=share[reading.sentence] >= 0.6)
