"""What aligning asks of an article in each of its pairs, made once: seeds, sentences, and flags of words as bits.

Flags of some hundred words are the bits of one whole number here: "how many of these words are shared and in lower
case" is then two operations of a tenth of a microsecond, where arrays of this length need ten times as much.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from provenance.match.arrays import Flags, Offsets
from provenance.match.figures import Figures, figures_of, telling
from provenance.match.reading import Reading
from provenance.match.runs import Range, Run
from provenance.match.seeds import Seeds, seeds_in
from provenance.match.units import Units, numbered_units_of, units_of
from provenance.match.vocabulary import FIGURE, PERSON, RARE, Kinds, Vocabulary, counted, kinds_of, vocabulary_of
from provenance.model import Span
from provenance.settings import Settings
from provenance.text import normal_form

GRAM = 3  # words; a run of so many, unique in both texts, opens a run that is measured; the shortest run too


def bits(flags: Flags) -> int:
    """The flags as bits, the first one lowest.

    >>> bin(bits(np.array([True, False, True, True])))
    '0b1101'
    """
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def bits_between(words: Range) -> int:
    """The bits of a range of words.

    >>> bin(bits_between((1, 3)))
    '0b110'
    """
    return ((1 << (words[1] - words[0])) - 1) << words[0]


def bits_of_runs(runs: Iterable[Run], side: int) -> int:
    """The bits of the words of a text (0 for a, 1 for b) that stand in runs.

    >>> bin(bits_of_runs([Run(0, 5, 1), Run(2, 6, 2)], 0))
    '0b1101'
    """
    found = 0
    for run in runs:
        found |= (1 << run[2]) - 1 << run[side]
    return found


@dataclass(frozen=True, eq=False)
class Sheet:
    """An article as aligning needs it; everything is made when it is first asked for, because many pairs need little.

    Attributes:
        reading: the article's words.
        settings: ``seed_words``.
        compiled: its pairs are aligned by kernels.
    """

    reading: Reading
    settings: Settings
    compiled: bool = False

    def __len__(self) -> int:
        return len(self.reading.hashes)

    @cached_property
    def seeds(self) -> Seeds:
        """What opens a block."""
        return seeds_in(self.reading.hashes, self.settings.seed_words)

    @cached_property
    def grams(self) -> Seeds:
        """What opens a run that is measured; the shortest run too."""
        return seeds_in(self.reading.hashes, GRAM)

    @cached_property
    def units(self) -> Units:
        """The sentences as bags of stems."""
        if not self.compiled:
            return units_of(self.reading)
        return numbered_units_of(self.reading, self._vocabulary.stems[self._words], self._vocabulary.scratch)

    @property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.reading.article.language)

    @cached_property
    def _words(self) -> Offsets:
        """The number of each word in the vocabulary of a large pile."""
        return self._vocabulary.numbers(self.reading)

    @cached_property
    def _kinds(self) -> Kinds:
        """What each word is; in small piles figures are not among it."""
        if self.compiled:
            return self._vocabulary.kinds[self._words]
        return kinds_of(self.reading.hashes, self.reading.article.language)

    @cached_property
    def sentence_first(self) -> list[int]:
        """The first word of each sentence, and the number of words."""
        sentence = self.reading.sentence
        last = int(sentence[-1]) if len(sentence) else -1
        return list(np.searchsorted(sentence, np.arange(last + 2)).tolist())

    def words_of(self, sentence: int) -> Range:
        """The words of a sentence."""
        return self.sentence_first[sentence], self.sentence_first[sentence + 1]

    def forms(self, words: Range) -> list[str]:
        """Some words in their normal form."""
        text, places = self.reading.article.text, slice(*words)
        bounds = zip(self.reading.starts[places].tolist(), self.reading.ends[places].tolist(), strict=True)
        return [normal_form(text[start:end]) for start, end in bounds]

    def span(self, words: Range) -> Span:
        """Where some words stand in the text."""
        return Span(int(self.reading.starts[words[0]]), int(self.reading.ends[words[1] - 1]))

    @cached_property
    def voices(self) -> bytes:
        """Of each word: 1 in quotation marks, 2 in a third party's sentence, 4 repeated by the outlet; added up."""
        r = self.reading
        return (r.quoted + r.voiced * np.uint8(2) + r.house * np.uint8(4)).astype(np.uint8).tobytes()

    @cached_property
    def foreign(self) -> int:
        """Words that are not simply the article's own."""
        return self.house | bits(self.reading.quoted | self.reading.voiced)

    @cached_property
    def house(self) -> int:
        """Words that the outlet repeats."""
        return bits(self.reading.house)

    @cached_property
    def voiced(self) -> int:
        """Words in a third party's sentence."""
        return bits(self.reading.voiced)

    @cached_property
    def plain(self) -> int:
        """Words in lower case."""
        return bits(self.reading.plain)

    @cached_property
    def quoted(self) -> int:
        """Words in quotation marks, straight single ones included."""
        found = bits(self.reading.quoted)
        for first, end in _single_quoted(self.reading.article.text):
            found |= bits_between(tuple(np.searchsorted(self.reading.starts, (first, end)).tolist()))
        return found

    @cached_property
    def persons(self) -> int:
        """Words in the first or second person."""
        return bits(self._kinds & PERSON != 0)

    @cached_property
    def rare(self) -> tuple[list[int], list[int]]:
        """Places and hashes of the rare words that the outlet does not repeat."""
        # names, in a language whose words nobody counted
        rare = self._kinds & RARE != 0 if counted(self.reading.article.language) else ~self.reading.plain
        places = np.flatnonzero(rare & ~self.reading.house)
        return places.tolist(), self.reading.hashes[places].tolist()

    def rare_outside(self, runs: Iterable[Run], side: int) -> set[int]:
        """Hashes of the rare words that stand in no run; ``side`` as with ``bits_of_runs``, runs in order on it."""
        places, hashes = self.rare
        found: set[int] = set()
        at = 0
        for run in runs:
            inside = bisect_left(places, run[side], at)
            if at < inside:
                found.update(hashes[at:inside])
            at = bisect_left(places, run[side] + run[2], inside)
        found.update(hashes[at:])
        return found

    @cached_property
    def after_colon(self) -> int:
        """Words before which a colon stands, behind the word before."""
        found = 0
        text, at = self.reading.article.text, -1
        while (at := text.find(":", at + 1)) >= 0:
            word = int(np.searchsorted(self.reading.starts, at, side="right"))
            if 0 < word < len(self) and self.reading.ends[word - 1] <= at:
                found |= 1 << word
        return found

    @cached_property
    def figures(self) -> Figures:
        """The numbers that stand in it."""
        if not self.compiled:
            return figures_of(self.reading)
        return figures_of(self.reading, np.flatnonzero(self._kinds & FIGURE).tolist())

    @cached_property
    def telling(self) -> set[str]:
        """The numbers but years."""
        return telling(self.figures)

    @cached_property
    def said(self) -> int:
        """How many words are the text's own."""
        return len(self) - (self.quoted | self.house).bit_count()

    @cached_property
    def tenths(self) -> list[int]:
        """The words of each tenth of the text."""
        n = len(self)
        bounds = [-(-n * k // 10) for k in range(11)]
        return [bits_between((first, end)) for first, end in pairwise(bounds)]


def sheet_of(reading: Reading, settings: Settings, compiled: bool = False) -> Sheet:
    """The sheet of one article; made once, used for each of its pairs.

    Args:
        reading: the article's words.
        settings: ``seed_words``.
        compiled: its pairs are to be aligned by kernels, which pays from some thousand pairs.
    """
    return Sheet(reading, settings, compiled)


# subtle: with straight marks an apostrophe looks like a closing mark; one that closes stands behind punctuation
_OPENS = re.compile(r"'(?<![^\s(\"“:]')(?=\w)")  # the mark first: it is quickly sought
_CLOSES = re.compile(r"(?<=[.,?!…\]])'(?!\w)|\n")


def _single_quoted(text: str) -> Iterator[Range]:
    """Stretches of four words and more between straight single marks, or from one that opens a paragraph to its end."""
    at = 0
    while found := _OPENS.search(text, at):
        close = _CLOSES.search(text, found.end())
        end = close.start() if close else len(text)
        paragraph = text[: found.start()].rstrip(" ")[-1:] in ("", "\n", ":")
        is_closed = close is not None and close.group() == "'"
        if (is_closed or paragraph) and text.count(" ", found.end(), end) >= 3:
            yield found.end(), end
            at = end
        else:
            at = found.end()
