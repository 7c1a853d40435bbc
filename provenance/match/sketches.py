"""What is kept of every text of a large pile while candidates are sought: keys, signatures, content hashes.

Small piles keep whole shingle sets (``fingerprint``, ``repeats``, ``candidates``); here the same questions are
answered by kernels over sorted arrays. Keys that do not fit the memory meant for them are partitioned by the first
bits of their hash and wait in a temporary file.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from provenance.errors import InputError
from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.fingerprint import limit_for
from provenance.settings import Settings

Signatures = npt.NDArray[np.uint32]

_PARTS = 16  # partitions of spilled keys, by their first four bits
_KEYS_IN_MEMORY = 1 << 26  # 512 MB of keys: 500,000 articles of 500 words at the rate of large piles
_CROWD = 128  # articles with one shingle from which not every pair of them is counted
_NEIGHBOURS = 16  # texts with one band in common that each text is compared with
_HOUR = 3600.0
_MOST_ARTICLES = 1 << 24  # what a key has room for


class Keys:
    """Keys (shingle, article), sorted when read back; what exceeds the memory meant for them waits on disk."""

    def __init__(self, in_memory: int = _KEYS_IN_MEMORY) -> None:
        self._most = in_memory
        self._held: list[Hashes] = []
        self._count = 0
        self._files: list[IO[bytes]] = []

    def add(self, keys: Hashes) -> None:
        self._held.append(keys)
        self._count += len(keys)
        if self._count > self._most:
            self._spill()

    def parts(self) -> Iterator[Hashes]:
        """The keys in sorted parts; no shingle stands in two of them. Can be read once."""
        if not self._files:
            keys = np.concatenate(self._held) if self._held else np.empty(0, dtype=np.uint64)
            self._held.clear()
            keys.sort()
            yield keys
            return
        self._spill()
        for file in self._files:
            file.seek(0)
            keys = np.fromfile(file, dtype=np.uint64)
            file.close()
            keys.sort()
            yield keys
        self._files.clear()

    def _spill(self) -> None:
        if not self._files:
            self._files = [tempfile.TemporaryFile(prefix="provenance-") for _ in range(_PARTS)]  # noqa: SIM115
        for keys in self._held:
            part = (keys >> np.uint64(60)).astype(np.uint8)
            order = np.argsort(part, kind="stable")  # of bytes: a radix sort
            bounds = np.searchsorted(part[order], np.arange(_PARTS + 1))
            ordered = keys[order]
            for number, file in enumerate(self._files):
                ordered[bounds[number] : bounds[number + 1]].tofile(file)
            for file in self._files:
                file.flush()
        self._held.clear()
        self._count = 0


@dataclass(frozen=True, slots=True, eq=False)
class Sketches:
    """The sketches of n texts.

    Attributes:
        keys: their kept shingles.
        signatures: (n, permutations), MinHash of the kept shingles, bit-identical to datasketch's ``affine32``.
        contents: (n,) hash of all words; equal for texts that are equal after normalisation.
        shingles: the kept shingles of each text, sorted, upper 32 bits, one text after the other.
        bounds: (n + 1,) where each text's shingles start.
        words: (n,) words of each text.
    """

    keys: Keys
    signatures: Signatures
    contents: Hashes
    shingles: npt.NDArray[np.uint32]
    bounds: Ints
    words: Ints


class Sketch(NamedTuple):
    """The sketches of one batch of texts; as in ``Sketches``, but numbered from 0."""

    keys: Hashes
    signatures: Signatures
    contents: Hashes
    shingles: npt.NDArray[np.uint32]
    counts: Ints
    words: Ints


class Sketcher:
    """Makes sketches of texts that come a batch at a time."""

    def __init__(self, settings: Settings, rate: int) -> None:
        """One shingle in ``rate`` is kept: those with the lowest hashes (FracMinHash)."""
        self._size = settings.shingle_words
        self._limit = limit_for(rate)
        self._factors, self._terms = permutations(settings.permutations)

    def sketch(self, words: Hashes, first: Ints) -> Sketch:
        """The sketches of some texts; runs in any thread.

        Args:
            words: the word hashes of all of them, one text after the other.
            first: (texts + 1,) where each starts, and the end of the last.
        """
        from provenance.kernels.sketch import sketch_texts

        n = len(first) - 1
        keys = np.empty(len(words), dtype=np.uint64)
        bounds = np.empty(n + 1, dtype=np.int64)
        signatures = np.empty((n, len(self._factors)), dtype=np.uint32)
        contents = np.empty(n, dtype=np.uint64)
        count = sketch_texts(
            words, first, self._size, self._limit, self._factors, self._terms, keys, bounds, signatures, contents
        )
        row = np.repeat(np.arange(n, dtype=np.uint64), np.diff(bounds))
        held = np.sort((row << np.uint64(32)) | (keys[:count] >> np.uint64(32)))
        held = held[_opens(held)]  # a phrase that stands twice in a text counts once
        counts = np.bincount((held >> np.uint64(32)).astype(np.int64), minlength=n)
        return Sketch(keys[:count].copy(), signatures, contents, held.astype(np.uint32), counts, np.diff(first))


def gathered(batches: Iterable[Sketch]) -> Sketches:
    """The sketches of all batches; texts are numbered in their order."""
    keys = Keys()
    columns: list[list[Any]] = [[] for _ in Sketch._fields[1:]]
    done = 0
    for batch in batches:
        batch.keys[:] += np.uint64(done)
        keys.add(batch.keys)
        for column, part in zip(columns, batch[1:], strict=True):
            column.append(part)
        done += len(batch.words)
    if done > _MOST_ARTICLES:
        raise InputError(f"{done:,} articles are more than {_MOST_ARTICLES:,}; divide the pile")
    signatures, contents, shingles, counts, words = map(_joined, columns)
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return Sketches(keys, signatures, contents, shingles, bounds, words)


def _joined(parts: list[Any]) -> Any:
    """The parts as one array; they are let go before the next column needs twice its size."""
    joined = np.concatenate(parts)
    parts.clear()
    return joined


def permutations(count: int) -> tuple[Signatures, Signatures]:
    """The factors and terms of datasketch's ``affine32`` permutations with seed 1.

    Made here, because importing datasketch takes as long as reading 20,000 articles.
    """
    draw = np.random.RandomState(1)
    factors = draw.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, count, dtype=np.uint32)


def house_words(words: Hashes, first: Ints, house: Hashes, settings: Settings, rate: int) -> Flags:
    """Which words of some texts stand in house shingles, or between two of them with no other kept one in between.

    Args:
        words, first: as in ``Sketcher.sketch``.
        house: of ``shared_shingles``.
        settings: ``shingle_words``.
        rate: one shingle in so many was kept.
    """
    from provenance.kernels.sketch import cover_house

    likely = np.zeros(1 << 16, dtype=bool)
    likely[house >> np.uint64(48)] = True
    covered = np.empty(len(words), dtype=bool)
    cover_house(words, first, settings.shingle_words, limit_for(rate), house, likely, covered)
    return covered


# --- which texts are one story -----------------------------------------------------------------------------------


def equal_texts(sketches: Sketches) -> Ints:
    """For each text the number of the first one that is equal to it; a text without words equals none."""
    _, first, back = np.unique(sketches.contents, return_index=True, return_inverse=True)
    equal = first[back].astype(np.int64)
    empty = sketches.words == 0
    equal[empty] = np.flatnonzero(empty)
    return equal


def near_stories(sketches: Sketches, equal: Ints, settings: Settings) -> Ints:
    """Numbers of groups of near-identical texts, as ``fingerprint.near_groups`` gives them; shape (n,)."""
    from provenance.kernels.sketch import join_alike

    bands, rows = bands_for(settings.near_jaccard, settings.permutations)
    held = np.flatnonzero((equal == np.arange(len(equal))) & (np.diff(sketches.bounds) > 0))
    group = np.arange(len(equal), dtype=np.int64)
    for band in range(bands):
        keys = np.zeros(len(equal), dtype=np.uint64)
        keys[held] = _band_keys(sketches.signatures[held, band * rows : (band + 1) * rows])
        order = held[np.argsort(keys[held], kind="stable")]
        join_alike(keys, order, sketches.signatures, settings.near_jaccard, _NEIGHBOURS, group)
    while (group[group] != group).any():
        group = group[group]
    return group[equal]


def _band_keys(values: Signatures) -> Hashes:
    """One hash for the values of each row."""
    out = np.zeros(len(values), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for column in range(values.shape[1]):
            out = (out ^ values[:, column]) * np.uint64(0x9E3779B97F4A7C15)
            out ^= out >> np.uint64(29)
    return out


def bands_for(jaccard: float, count: int) -> tuple[int, int]:
    """Bands and rows that datasketch's MinHashLSH takes for a threshold.

    They minimise half the area of false positives below the threshold and half that of false negatives above it.
    """
    nodes, areas = np.polynomial.legendre.leggauss(64)  # polynomials of degree 128 and below: exact
    below, above = jaccard * (nodes + 1) / 2, jaccard + (1 - jaccard) * (nodes + 1) / 2
    best = (float("inf"), 0, 0)
    for bands in range(1, count + 1):
        for rows in range(1, count // bands + 1):
            low, high = 1 - (1 - below**rows) ** bands, (1 - above**rows) ** bands
            false = float(jaccard * (areas @ low) + (1 - jaccard) * (areas @ high))
            best = min(best, (false, bands, rows))
    return best[1], best[2]


# --- house text and candidate pairs -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What house text and candidates ask of the articles, shape (n,) each.

    Attributes:
        outlets: a number of each outlet below n; an unknown outlet has one of its own.
        times: hours of publication since 1970, nan where unknown.
    """

    outlets: Ints
    times: npt.NDArray[np.float64]


def facts_of(outlets: Sequence[str | None], times: Sequence[float | None]) -> Facts:
    """Facts from the names of outlets (None where unknown) and the seconds of publication."""
    number: dict[str | int, int] = {}
    numbers = [number.setdefault(name if name is not None else k, len(number)) for k, name in enumerate(outlets)]
    hours = [np.nan if t is None else t / _HOUR for t in times]
    return Facts(np.array(numbers, dtype=np.int64), np.array(hours, dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Pairs of texts with shingles in common.

    Attributes:
        one, other: numbers of the texts, one < other, sorted.
        shingles: kept shingles that both have.
        own: kept shingles of every text that are no house text, shape (n,).
        house: upper bits of the shingles that are house text, sorted.
    """

    one: Ints
    other: Ints
    shingles: Ints
    own: Ints
    house: Hashes


def shared_shingles(sketches: Sketches, facts: Facts, equal: Ints, stories: Ints, settings: Settings) -> Shared:
    """Pairs of different texts that share at least ``min_shared_shingles`` kept shingles which are no house text."""
    from provenance.kernels import sketch

    rank = ranks(facts)
    found: list[Hashes] = []
    counts: list[Ints] = []
    house: list[Hashes] = []
    own = np.zeros(len(equal), dtype=np.int64)
    for keys in sketches.keys.parts():
        flags = np.zeros(len(keys), dtype=np.uint8)
        sketch.mark_house_runs(
            keys, stories, facts.outlets, facts.times, sketches.shingles, sketches.bounds,
            settings.house_articles, settings.house_days * 24, settings.house_articles_undated,
            settings.house_outlets, settings.frame_articles, settings.frame_share, flags,
        )  # fmt: skip
        house.append(_values(keys[flags == 1]))
        limits = (equal, rank, _CROWD, settings.max_sources)
        entries = np.empty(sketch.shared_shingles(keys, flags, *limits, keys[:0], False, own), dtype=np.uint64)
        sketch.shared_shingles(keys, flags, *limits, entries, True, own)
        pairs, times = _counted(entries)
        found.append(pairs)
        counts.append(times)
    pairs, total = _summed(np.concatenate(found), np.concatenate(counts))
    enough = total >= settings.min_shared_shingles
    pairs, total = pairs[enough], total[enough]
    low = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Shared((pairs >> np.uint64(32)).astype(np.int64), low, total, own, np.concatenate(house))


def _values(keys: Hashes) -> Hashes:
    """The distinct shingles of some sorted keys, the article taken out."""
    from provenance.kernels.sketch import ARTICLE_BITS

    values = (keys >> np.uint64(ARTICLE_BITS)) << np.uint64(ARTICLE_BITS)
    return np.asarray(values[_opens(values)])


def _opens(values: Hashes | Ints) -> Flags:
    """Which of some sorted values differ from the one before them; the first does."""
    return np.append(np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1])


def _counted(entries: Hashes) -> tuple[Hashes, Ints]:
    """The distinct entries and how often each stands there; ``entries`` is sorted in place."""
    entries.sort()
    new = np.flatnonzero(_opens(entries))
    return entries[new], np.diff(np.append(new, len(entries)))


def _summed(pairs: Hashes, counts: Ints) -> tuple[Hashes, Ints]:
    """Distinct pairs with the sum of their counts."""
    order = np.argsort(pairs, kind="stable")
    pairs, counts = pairs[order], counts[order]
    new = np.flatnonzero(_opens(pairs))
    return pairs[new], np.add.reduceat(counts, new) if len(new) else counts


def ranks(facts: Facts) -> Ints:
    """The place of each article in time, unknown last, then as they come."""
    place = np.empty(len(facts.times), dtype=np.int64)
    place[np.argsort(facts.times, kind="stable")] = np.arange(len(facts.times))  # nan sorts last
    return place


def places(order: Sequence[int]) -> Ints:
    """The place of each text in an order.

    >>> places([2, 0, 1]).tolist()
    [1, 2, 0]
    """
    place = np.empty(len(order), dtype=np.int64)
    place[np.array(order, dtype=np.int64)] = np.arange(len(order))
    return place


def best_pairs(shared: Shared, equal: Ints, rank: Ints, settings: Settings) -> tuple[Ints, Ints]:
    """The pairs worth aligning: of each text its ``max_sources`` best, the earlier first among equals.

    Equal texts come back here: a pair of texts stands for the pairs of all that equal them, of which an article needs
    the ``max_sources`` earliest at most.

    Args:
        shared: pairs of texts of which no two are equal.
        equal: number of the first article with the same text.
        rank: place in time.
        settings: ``max_sources`` and ``min_shared_shingles``.

    Returns:
        Two arrays, the first with the smaller numbers, sorted.
    """
    crowds = _Crowds.of(equal, rank, settings.max_sources)
    one, other, count = crowds.expanded(shared)
    same_one, same_other = crowds.inside(settings.max_sources)
    kept = shared.own[same_one] >= settings.min_shared_shingles
    one = np.concatenate([one, same_one[kept]])
    other = np.concatenate([other, same_other[kept]])
    count = np.concatenate([count, shared.own[same_one[kept]]])
    both = np.concatenate([one, other]), np.concatenate([other, one]), np.concatenate([count, count])
    best = _is_best(*both, rank, settings).reshape(2, -1).any(axis=0)
    low, high = np.minimum(one[best], other[best]), np.maximum(one[best], other[best])
    order = np.lexsort((high, low))
    return low[order], high[order]


def _is_best(of: Ints, other: Ints, count: Ints, rank: Ints, settings: Settings) -> Flags:
    """Which pairs are among the best of their first article."""
    order = np.lexsort((rank[other], -count, of))
    of = of[order]
    new = np.flatnonzero(_opens(of))
    place = np.arange(len(of)) - np.repeat(new, np.diff(np.append(new, len(of))))
    best = np.zeros(len(of), dtype=bool)
    best[order] = place < settings.max_sources
    return best


@dataclass(frozen=True, slots=True, eq=False)
class _Crowds:
    """Articles with equal texts: members in the order of time, one group after the other.

    ``start`` and ``size`` are by number of the article that stands for the group.
    """

    members: Ints
    start: Ints
    size: Ints
    earliest: int

    @classmethod
    def of(cls, equal: Ints, rank: Ints, earliest: int) -> "_Crowds":
        members = np.lexsort((rank, equal))
        size = np.bincount(equal, minlength=len(equal))
        start = np.searchsorted(equal[members], np.arange(len(equal)))
        return cls(members, start.astype(np.int64), size.astype(np.int64), earliest)

    def expanded(self, shared: Shared) -> tuple[Ints, Ints, Ints]:
        """The pairs of all members of both texts, of a large group the earliest alone."""
        few = np.minimum(self.size, self.earliest)
        left, right = few[shared.one], few[shared.other]
        row = np.repeat(np.arange(len(left)), left * right)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(left * right) - left * right, left * right)
        one = self.members[self.start[shared.one[row]] + nth // right[row]]
        other = self.members[self.start[shared.other[row]] + nth % right[row]]
        return one, other, shared.shingles[row]

    def inside(self, most: int) -> tuple[Ints, Ints]:
        """Each member of a group with those before it; of a crowd of more than ``most`` with the earliest alone.

        Its members are equal: more candidates would only share the same probability.
        """
        size = self.size[self.size > 0]
        place = np.arange(len(self.members)) - np.repeat(self.start[self.size > 0], size)
        before = np.minimum(place, np.where(np.repeat(size, size) > most + 1, 1, most))
        row = np.repeat(np.arange(len(place)), before)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(before) - before, before)
        return self.members[row - place[row] + nth], self.members[row]
