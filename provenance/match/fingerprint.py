"""Shingle hashes and MinHash signatures of what was read."""

from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.reading import Reading
from provenance.model import Reprints
from provenance.settings import Settings

Number = TypeVar("Number", np.int32, np.int64, np.uint64)

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing; 2^64 / golden ratio


def shingle_hashes(words: Hashes, size: int) -> Hashes:
    """Hashes of all runs of ``size`` words, shape (n - size + 1,), empty when there are fewer words.

    A polynomial in the word hashes modulo 2^64, mixed once more, so that sums of equal words in another order differ.
    """
    if len(words) < size:
        return np.empty(0, dtype=np.uint64)
    rolled = np.zeros(len(words) - size + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(size):
            rolled = rolled * _FACTOR + words[offset : offset + len(rolled)]
        return (rolled ^ (rolled >> np.uint64(29))) * _FACTOR


KEPT_BITS = 40  # upper bits of a shingle that large piles and indexes keep; the others hold the article's number


def limit_for(rate: int) -> np.uint64:
    """The highest shingle hash that is kept when one in ``rate`` is."""
    return np.uint64((1 << 64) // rate - 1)


def upper_bits(shingles: Hashes) -> Hashes:
    """Shingles as large piles and indexes keep them, the lower bits zero.

    >>> hex(int(upper_bits(np.array([0x0123456789ABCDEF], dtype=np.uint64))[0]))
    '0x123456789000000'
    """
    low = np.uint64(64 - KEPT_BITS)
    return (shingles >> low) << low


def distinct_shingles(reading: Reading, settings: Settings) -> Hashes:
    """The shingle hashes of an article, sorted, each once."""
    return distinct(shingle_hashes(reading.hashes, settings.shingle_words))


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The values sorted, each once; for some hundred values nine times as fast as np.unique."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def with_articles(shingles: Sequence[Hashes]) -> tuple[Ints, Hashes]:
    """The shingles of all articles in one array, and for each the index of its article."""
    row = np.repeat(np.arange(len(shingles), dtype=np.int64), [len(s) for s in shingles])
    return row, np.concatenate(shingles) if len(shingles) else np.empty(0, dtype=np.uint64)


def equal_groups(ids: Sequence[str], texts: Sequence[Hashable]) -> tuple[Reprints, ...]:
    """Groups of articles whose texts are equal after normalisation.

    Args:
        ids: of some articles.
        texts: what is equal for equal texts, None for a text without words, which equals no other.
    """
    by_text: dict[Hashable, list[str]] = {}
    for id, text in zip(ids, texts, strict=True):
        if text is not None:
            by_text.setdefault(text, []).append(id)
    groups = sorted(sorted(members) for members in by_text.values() if len(members) > 1)
    return tuple(Reprints(members[0], tuple(members)) for members in groups)


def members(values: npt.NDArray[Number], of: npt.NDArray[Number]) -> Flags:
    """Which values stand in a sorted array; np.isin would sort it anew for every article."""
    if not len(of):
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(of, values), len(of) - 1)
    return np.asarray(of[at] == values, dtype=bool)


def signatures(shingles: Sequence[Hashes], settings: Settings) -> list[Any]:
    """MinHash signatures (datasketch, scheme ``affine32``) of sets of shingle hashes.

    Returns:
        One ``datasketch.MinHash`` a set, None for an empty set.
    """
    from datasketch import MinHash

    blank = MinHash(num_perm=settings.permutations, scheme="affine32", hashfunc=int)
    made: list[Any] = []
    for hashes in shingles:
        signature = blank.copy()
        signature.update_batch((hashes >> np.uint64(32)).astype(np.uint32).tolist())
        made.append(signature if len(hashes) else None)
    return made


def near_groups(shingles: Sequence[Hashes], settings: Settings) -> Ints:
    """Numbers of groups of near-identical texts: shape (articles,), equal number = reprints of one text.

    Groups are the connected parts of the pairs that datasketch's LSH proposes and whose estimated Jaccard reaches
    ``near_jaccard``; the smallest index names the group. Cost: about 0.3 ms an article.
    """
    from datasketch import MinHashLSH

    made = signatures(shingles, settings)
    lsh = MinHashLSH(threshold=settings.near_jaccard, num_perm=settings.permutations)
    group = np.arange(len(shingles), dtype=np.int64)
    first_equal: dict[bytes, int] = {}
    for index, signature in enumerate(made):
        if signature is None:
            continue
        key = signature.digest().tobytes()
        if key in first_equal:  # equal signatures need no look-up: a crowd of reprints costs one entry
            _join(group, index, first_equal[key])
            continue
        first_equal[key] = index
        for other in lsh.query(signature):
            if made[other].jaccard(signature) >= settings.near_jaccard:
                _join(group, index, other)
        lsh.insert(index, signature)
    return np.array([_root(group, i) for i in range(len(group))], dtype=np.int64)


def _root(group: Ints, index: int) -> int:
    while group[index] != index:
        index = int(group[index])
    return index


def _join(group: Ints, one: int, other: int) -> None:
    low, high = sorted((_root(group, one), _root(group, other)))
    group[high] = low
