"""Which texts of a large pile share passages, and where: candidates by sketches, blocks by kernels, spans at the end.

Nothing of a text is kept but its sketch. Texts of candidate pairs are read again, a group of related texts at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from provenance.kernels.sketch import components
from provenance.kernels.threads import in_order
from provenance.kernels.words import WordTable, words_of_texts
from provenance.match import sketches as sk
from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.blocks import find_all_blocks
from provenance.match.runs import Blocks
from provenance.settings import Settings
from provenance.shared import Overlap

_PAIRS = 1024  # pairs aligned at a time, unless one group of related texts has more

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of texts worth aligning, groups of related texts one after the other.

    Attributes:
        one, other: numbers of the texts.
        group: number of the group of related texts that each pair belongs to; one group after the other.
        house: shingles that are house text, sorted.
        rate: one shingle in so many was kept.
    """

    one: Ints
    other: Ints
    group: Ints
    house: Hashes
    rate: int


def sketched(batches: Iterable[Sequence[str]], settings: Settings, rate: int, threads: int | None) -> sk.Sketches:
    """The sketches of some texts, whole, in batches."""
    sketcher = sk.Sketcher(settings, rate)

    def sketch(texts: Sequence[str]) -> sk.Sketch:
        words = words_of_texts(texts)
        return sketcher.sketch(words.hashes, words.first)

    return sk.gathered(in_order(sketch, batches, threads))


def candidates(sketches: sk.Sketches, facts: sk.Facts, place: Ints, settings: Settings, rate: int) -> Candidates:
    """The pairs that share enough shingles which nobody repeats from page to page.

    Args:
        sketches: of all texts.
        facts: outlets and times.
        place: of each text in the order of names, in which pairs and groups come.
        settings: numbers to change.
        rate: one shingle in so many was kept.
    """
    equal = sk.equal_texts(sketches)
    stories = sk.near_stories(sketches, equal, settings)
    shared = sk.shared_shingles(sketches, facts, equal, stories, settings)
    one, other = sk.best_pairs(shared, equal, sk.ranks(facts), settings)
    root = np.arange(len(equal), dtype=np.int64)
    components(one, other, root)
    swap = place[one] > place[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    first = np.full(len(equal), len(equal), dtype=np.int64)
    np.minimum.at(first, root[one], place[one])
    group = first[root[one]]
    order = np.lexsort((place[other], place[one], group))
    return Candidates(one[order], other[order], group[order], shared.house, rate)


def overlaps(
    found: Candidates,
    read: Callable[[Iterable[int]], list[str]],
    settings: Settings,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Iterator[Overlap]:
    """What the two texts of each candidate pair share.

    Args:
        found: the candidates.
        read: gives the texts of some numbers.
        settings: ``seed_words``, ``gap_words``, ``passage_words``, ``listed_words``, ``shingle_words``.
        progress: called with (stage, pairs done, pairs).
        threads: how many; None for one a core.

    Yields:
        Numbers of both texts, words that they share, passages (start and end in one, start and end in the other,
        words, whether these are the same words in a row), for every pair with at least ``listed_words`` of them.
    """
    done = 0
    for pairs, shown in in_order(lambda p: _shared_by(p, found, settings), _portions(found, read), threads):
        yield from shown
        done += pairs
        if progress is not None:
            progress("aligning", done, len(found.one))


class _Portion(NamedTuple):
    """Pairs of texts and what is read of them again: sorted numbers, texts."""

    one: Ints
    other: Ints
    numbers: Ints
    texts: list[str]


def _portions(found: Candidates, read: Callable[[Iterable[int]], list[str]]) -> Iterator[_Portion]:
    for first, end in _ranges(found):
        one, other = found.one[first:end], found.other[first:end]
        numbers = np.unique(np.concatenate([one, other]))
        yield _Portion(one, other, numbers, read(numbers.tolist()))


def _shared_by(portion: _Portion, found: Candidates, settings: Settings) -> tuple[int, list[Overlap]]:
    """How many pairs a portion has, and those that share enough."""
    words = words_of_texts(portion.texts)
    pairs = np.searchsorted(portion.numbers, np.column_stack([portion.one, portion.other]))
    blocks = find_all_blocks(words.hashes, words.first, pairs, settings)
    house = sk.house_words(words.hashes, words.first, found.house, settings, found.rate)
    return len(pairs), list(_shown(portion.one, portion.other, pairs, blocks, words, house, settings))


def _ranges(found: Candidates) -> Iterator[tuple[int, int]]:
    """Ranges of pairs that need about as many texts as are read at a time, groups kept whole."""
    opens = np.flatnonzero(np.append(True, found.group[1:] != found.group[:-1])[: len(found.group)])
    bounds = np.append(opens, len(found.group)).tolist()
    start = 0
    for end in bounds[1:]:
        if end - start >= _PAIRS:
            yield start, end
            start = end
    if start < len(found.group):
        yield start, len(found.group)


def _shown(
    one: Ints, other: Ints, pairs: Ints, blocks: Blocks, words: WordTable, house: Flags, settings: Settings
) -> Iterator[Overlap]:
    """The pairs of a portion that share enough, with their passages."""
    if not len(blocks.runs):
        return
    pair_of = np.repeat(np.arange(len(pairs)), np.diff(blocks.pair_first))
    before = words.first[pairs[pair_of]]  # of each block: words of all texts before either text
    opens, closes = blocks.block_first[:-1], blocks.block_first[1:] - 1
    size = np.add.reduceat(_own_words(blocks, words, pairs, pair_of, house), opens)
    first_a, first_b = before[:, 0] + blocks.runs[opens, 0], before[:, 1] + blocks.runs[opens, 1]
    last = blocks.runs[closes, 2] - 1
    last_a, last_b = before[:, 0] + blocks.runs[closes, 0] + last, before[:, 1] + blocks.runs[closes, 1] + last
    exact = opens == closes
    columns = words.starts[first_a], words.ends[last_a], words.starts[first_b], words.ends[last_b], size, exact
    kept = size >= settings.passage_words
    rows = [*zip(*(column[kept].tolist() for column in columns), strict=True)]
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])[blocks.pair_first]
    shared = np.bincount(pair_of[kept], weights=size[kept], minlength=len(pairs)).astype(np.int64)
    listed = np.flatnonzero(shared >= settings.listed_words)
    known = one[listed], other[listed], shared[listed], bounds[listed], bounds[listed + 1]
    for a, b, count, start, end in zip(*(column.tolist() for column in known), strict=True):
        yield a, b, count, rows[start:end]


def _own_words(blocks: Blocks, words: WordTable, pairs: Ints, pair_of: Ints, house: Flags) -> Ints:
    """Words of each run that are no house text."""
    covered = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(house)])
    pair_of_run = np.repeat(pair_of, np.diff(blocks.block_first))
    start = words.first[pairs[pair_of_run, 0]] + blocks.runs[:, 0]
    return np.asarray(blocks.runs[:, 2] - (covered[start + blocks.runs[:, 2]] - covered[start]))
