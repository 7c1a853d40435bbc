"""The alignments of a large pile: candidates by sketches, blocks by kernels, words read again where they are needed.

What is kept of an article while candidates are sought is a kilobyte; its words come back with those of the articles
that it is related to, and go again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from provenance.kernels.sketch import components
from provenance.kernels.threads import in_order
from provenance.kernels.words import words_of_articles
from provenance.match import sketches as sk
from provenance.match.arrays import Hashes, Ints
from provenance.match.blocks import find_all_blocks
from provenance.match.candidates import Credits, Pair
from provenance.match.fingerprint import equal_groups
from provenance.match.measures import all_shared_blocks
from provenance.match.passages import Match, align
from provenance.match.reading import Reading
from provenance.match.readings import readings_of
from provenance.match.remembering import Answer, House, Remembered, pair_key, side_key
from provenance.match.repeats import with_house
from provenance.match.sentences import sentence_matches
from provenance.match.sheets import Sheet, sheet_of
from provenance.match.vocabulary import vocabulary_of
from provenance.model import Article, Reprints
from provenance.names import canonical
from provenance.settings import Settings
from provenance.shared import Alignment

Progress = Callable[[str, int, int], None]

_BATCH = 256  # articles read at a time; their words fit into the processor's cache
_PORTION = 1024  # pairs aligned at a time; a group of related texts is kept whole ...
_LARGEST = 8  # ... up to so many portions


class Sketched(NamedTuple):
    """Where shared text is to be looked for in a pile.

    Attributes:
        pairs: (m, 2) numbers of the articles, the smaller first, sorted.
        house: shingles that are house text, sorted.
        rate: one shingle in so many was kept.
        equal: number of the first article with the same words.
    """

    pairs: Ints
    house: Hashes
    rate: int
    equal: Ints


def sketched(
    articles: Sequence[Article],
    credited: Credits,
    settings: Settings,
    progress: Progress,
    threads: int | None,
) -> Sketched:
    """The candidate pairs of a pile."""
    rate = settings.shingle_rate if len(articles) > settings.whole_shingles else 1
    sketcher = sk.Sketcher(settings, rate)

    def sketch(batch: Sequence[Article]) -> sk.Sketch:
        words = words_of_articles(batch)
        return sketcher.sketch(words.hashes, words.first)

    sketches = sk.gathered(in_order(sketch, _batches(articles, progress), threads))
    equal = sk.equal_texts(sketches)
    facts = _facts(articles)
    shared = sk.shared_shingles(sketches, facts, equal, sk.near_stories(sketches, equal, settings), settings)
    best = np.column_stack(sk.best_pairs(shared, equal, sk.ranks(facts), settings))
    tied = [pair for pair in zip(shared.one.tolist(), shared.other.tolist(), strict=True) if pair in credited]
    tied += _credited_in_crowds(equal, sk.ranks(facts), credited, settings)
    pairs = np.unique(np.concatenate([best, np.array(tied, dtype=np.int64).reshape(-1, 2)]), axis=0)
    return Sketched(pairs, shared.house, rate, equal)


def _batches(articles: Sequence[Article], progress: Progress) -> Iterator[Sequence[Article]]:
    for start in range(0, len(articles), _BATCH):
        yield articles[start : start + _BATCH]
        progress("reading words", min(start + _BATCH, len(articles)), len(articles))


def _facts(articles: Sequence[Article]) -> sk.Facts:
    known: dict[str, str] = {}
    outlets = [known.setdefault(a.outlet, canonical(a.outlet)) if a.outlet else None for a in articles]
    dates = [a.published.earliest if a.published else None for a in articles]
    return sk.facts_of(outlets, [date.timestamp() if date else None for date in dates])


def _credited_in_crowds(equal: Ints, rank: Ints, credited: Credits, settings: Settings) -> Iterator[Pair]:
    """Of crowds of equal texts, each member with the earliest of every outlet that it credits."""
    size = np.bincount(equal, minlength=len(equal))
    crowded = np.flatnonzero(size[equal] > settings.max_sources + 1)
    crowded = crowded[np.argsort(rank[crowded])].tolist()
    earliest: dict[tuple[int, str], int] = {}
    for number in crowded:
        if (outlet := credited.outlets[number]) is not None:
            earliest.setdefault((int(equal[number]), outlet), number)
    for number in crowded:
        sources = (earliest.get((int(equal[number]), name)) for name in credited.credited[number])
        yield from ((min(number, s), max(number, s)) for s in sources if s not in (None, number))


class Readings(Sequence[Reading]):
    """The readings of a pile, made when they are asked for, house text marked."""

    def __init__(self, articles: Sequence[Article], house: House, settings: Settings) -> None:
        self._articles, self._house, self._settings = articles, house, settings

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[Reading]:
        for start in range(0, len(self), _BATCH):
            yield from self.some(range(start, min(start + _BATCH, len(self))))

    def __getitem__(self, number):  # type: ignore[no-untyped-def]  # no slices are asked for
        return self.some([number])[0]

    def some(self, numbers: Iterable[int]) -> list[Reading]:
        """The readings of some articles."""
        readings = list(readings_of([self._articles[number] for number in numbers]))
        words, first = joined(readings)
        house = sk.house_words(words, first, self._house.shingles, self._settings, self._house.rate)
        bounds = first.tolist()
        return [with_house(r, house[bounds[k] : bounds[k + 1]]) for k, r in enumerate(readings)]


def joined(readings: Sequence[Reading]) -> tuple[Hashes, Ints]:
    """The word hashes of some readings in a row, and where each begins."""
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum([len(r) for r in readings])])
    words = np.concatenate([r.hashes for r in readings]) if readings else np.empty(0, dtype=np.uint64)
    return words, first


def alignments_of_many(
    articles: Sequence[Article],
    credited: Credits,
    settings: Settings,
    progress: Progress,
    threads: int | None,
    remembered: Remembered,
) -> tuple[Iterator[Alignment], tuple[Reprints, ...]]:
    """The alignments of a pile, related texts one after the other, and its groups of equal texts."""
    found = sketched(articles, credited, settings, progress, threads)
    house = remembered.house
    if house is None:
        house = House(found.house, found.rate)
        remembered.keep_house(house)
    readings = Readings(articles, house, settings)
    runs = set(map(tuple, found.pairs.tolist()))
    sentences = sentence_matches(readings, runs, credited, settings)
    pairs = np.array(sorted(runs | sentences.keys()), dtype=np.int64).reshape(-1, 2)
    again = np.flatnonzero(np.bincount(found.equal, minlength=len(articles))[found.equal] > 1)
    reprints = equal_groups([articles[number].id for number in again.tolist()], found.equal[again].tolist())
    return _aligned(pairs, readings, sentences, settings, progress, remembered), reprints


def _aligned(
    pairs: Ints,
    readings: Readings,
    sentences: Mapping[Pair, list[Match]],
    settings: Settings,
    progress: Progress,
    remembered: Remembered,
) -> Iterator[Alignment]:
    vocabulary_of.cache_clear()
    done = 0
    sheets: dict[int, Sheet] = {}
    for portion in portions(pairs, len(readings), _PORTION):
        numbers = np.unique(portion)
        sheets = _sheets(numbers.tolist(), sheets, readings, settings)
        seeds = [*sheets.values()]
        held = [sheet.reading for sheet in seeds]
        places = np.searchsorted(numbers, portion)
        sides = [side_key(reading) for reading in held]
        new: list[tuple[int, int, Sequence[Match], bytes]] = []
        for (i, j), pair in zip(places.tolist(), map(tuple, portion.tolist()), strict=True):
            matches = sentences.get(pair, ())
            key = pair_key(sides[i], sides[j], matches, False, settings)
            before = remembered.alignment(held[i].article.id, held[j].article.id, key)
            if before is Answer.UNKNOWN:
                new.append((i, j, matches, key))
            elif before is not None:
                yield before
        done += len(portion)
        progress("aligning", done, len(pairs))
        if not new:
            continue
        words, first = joined(held)
        rows = np.array([(i, j) for i, j, _, _ in new], dtype=np.int64).reshape(-1, 2)
        blocks = find_all_blocks(words, first, rows, settings)
        shared = all_shared_blocks(words, first, rows)
        for k, (i, j, alike, key) in enumerate(new):
            found = align(held[i], held[j], seeds[i], seeds[j], alike, settings, False, blocks.of(k), shared.of(k))
            remembered.keep(held[i].article.id, held[j].article.id, key, found)
            if found is not None:
                yield found
    vocabulary_of.cache_clear()


def _sheets(
    numbers: Sequence[int], before: Mapping[int, Sheet], readings: Readings, settings: Settings
) -> dict[int, Sheet]:
    """The sheets of some articles; those that the portion before needed too are not made again."""
    new = [number for number in numbers if number not in before]
    made = dict(zip(new, readings.some(new), strict=True))
    return {
        number: before[number] if number in before else sheet_of(made[number], settings, compiled=True)
        for number in numbers
    }


def portions(pairs: Ints, count: int, size: int) -> Iterator[Ints]:
    """Pairs in portions of about ``size``, groups of related texts kept whole and in the order of their first.

    Args:
        pairs: (m, 2) numbers of texts.
        count: how many texts there are.
        size: pairs from which a portion is closed; a group with many times more is divided.
    """
    root = np.arange(count, dtype=np.int64)
    one, other = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
    components(one, other, root)
    group = root[one]
    order = np.lexsort((other, one, group))
    pairs, group = pairs[order], group[order]
    closes = np.flatnonzero(group[1:] != group[:-1]) + 1
    start = 0
    for end in [*closes.tolist(), len(pairs)]:
        if end - start >= size or end == len(pairs):
            for first in range(start, end, _LARGEST * size):
                yield pairs[first : min(end, first + _LARGEST * size)]
            start = end
