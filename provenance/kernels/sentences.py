"""The sentences of many texts at once: what ``text.split_sentences`` gives.

One pass over the bytes finds every place where a sentence may end and settles most of them; the few whose last word is
not plain go to ``text``. A second pass, over those places only, cuts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.kernels.characters import (
    CLOSER,
    DECIMAL,
    FULL_STOP,
    LOWER,
    NEWLINE,
    OTHER,
    PLANE,
    SPACE,
    STOP,
    UPPER,
    WIDE,
    Bytes,
    Encoded,
    Long,
    Number,
    Offsets,
    Traits,
    Unsigned,
    begin_before,
    characters,
    code_at,
    next_mark,
    traits_at,
)
from provenance.kernels.compiled import built_from, inner, kernel
from provenance.kernels.words import WordTable
from provenance.text import BEFORE_STOP, OPENINGS, ends_sentence

_OPENS, _CLOSES, _GOES_ON, _ENDS, _ASK = 0, 1, 2, 3, 4  # what a place is: the ends of a row, a stop and its verdict
_NUMBER = 8  # added: nothing but a number stands between the place before and this one
_BULLETS = tuple(ord(mark) for mark in "-*•–·▪◦")  # as in match.voices
_OPENINGS = tuple(ord(mark) for mark in OPENINGS)

_U = np.uint64
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class SentenceTable:
    """The sentences of many texts: character offsets; text i has ``first[i]`` to ``first[i + 1]``.

    Attributes:
        starts, ends: shape (sentences,).
        item: the sentence begins with a digit or a mark that lists use.
        first: shape (texts + 1,).
    """

    starts: Offsets
    ends: Offsets
    item: npt.NDArray[np.bool_]
    first: Long


@dataclass(frozen=True, slots=True, eq=False)
class Abbreviations:
    """The abbreviations of some languages as numbers of up to eight bytes: the others are left to ``text``.

    Attributes:
        packed: sorted, one language after the other.
        first: where those of each language begin in ``packed``, shape (languages + 1,).
        longest: characters.
    """

    packed: Unsigned
    first: Long
    longest: int


@lru_cache(maxsize=64)
def _abbreviations(shorts: tuple[frozenset[str], ...]) -> Abbreviations:
    rows = [sorted(_packed(each) for each in short if len(each) <= 8 and each.isascii()) for short in shorts]
    return Abbreviations(
        packed=np.array([value for row in rows for value in row], dtype=np.uint64),
        first=np.cumsum([0, *map(len, rows)], dtype=np.int64),
        longest=max((len(each) for short in shorts for each in short), default=0),
    )


def _packed(short: str) -> int:
    return int.from_bytes(short.encode(), "little")


def sentences_of(
    source: Encoded, texts: Sequence[str], shorts: Sequence[frozenset[str]], of_text: Sequence[int]
) -> SentenceTable:
    """The sentences of texts.

    Args:
        source: the texts, encoded.
        texts: the same texts.
        shorts: the abbreviations of each language.
        of_text: the language of each text, a place in ``shorts``.

    Cost: about 5 µs a text of 500 words.
    """
    short = _abbreviations(tuple(shorts))
    room = 2 * int(np.count_nonzero(source.signs > OTHER)) + len(source.cuts) + 2 * len(texts)
    kinds, stops, ends, nexts = np.empty(room, np.uint8), *(np.empty(room, np.int32) for _ in range(3))
    items, first = np.empty(room, np.bool_), np.empty(len(texts) + 1, np.int64)
    language = np.array(of_text, dtype=np.int64)
    tables = characters().traits, short.packed, short.first, language, short.longest
    arrays: tuple[Any, ...] = *source.arrays, *tables, kinds, stops, ends, nexts, items, first
    _places(*arrays)
    asked = np.flatnonzero(kinds[: first[-1]] & 7 == _ASK)
    owners = np.searchsorted(first, asked, side="right") - 1
    for at, owner in zip(asked.tolist(), owners.tolist(), strict=True):
        ends_here = ends_sentence(texts[owner], int(stops[at]), int(ends[at]), shorts[of_text[owner]])
        kinds[at] = kinds[at] & _NUMBER | (_ENDS if ends_here else _GOES_ON)
    # what was cut is written over the places it was read from: a sentence has two places or more
    number = _cut(kinds, ends, nexts, items, first)
    return SentenceTable(nexts[:number], ends[:number], items[:number], first)


_sources = built_from("provenance.kernels.characters", "provenance.kernels.xxh3", "provenance.text")


@inner
def _opening(
    data: Bytes, signs: Bytes, traits: Traits, at: Number, shift: Number, final: Number, bound: Number
) -> Number:
    """The offset of the first character from a byte on, in its row, that is no white space; whether lists begin so."""
    while at < final and at - shift < bound and signs[at] != NEWLINE:
        what, width = traits_at(data, traits, at)
        if not what & SPACE:
            code = np.int64(data[at]) if width == 1 else code_at(data, at)[0]
            return at - shift, what & DECIMAL != 0 or code in _BULLETS
        at, shift = at + width, shift + width - 1
    return at - shift, False


@inner
def _closing(data: Bytes, traits: Traits, floor: Number, at: Number, shift: Number) -> Number:
    """The offset behind the last character before a byte that is no white space, at least that of the floor."""
    end = at - shift
    while at > floor:
        at = begin_before(data, at)
        if not traits_at(data, traits, at)[0] & SPACE:
            break
        end -= 1
    return end


@inner
def _only_number(data: Bytes, traits: Traits, floor: Number, at: Number) -> Number:
    """Whether between two bytes there is a number, white space around it, and nothing else."""
    stage = digits = 0  # white space behind, digits, white space before
    while at > floor:
        at = begin_before(data, at)
        what = traits_at(data, traits, at)[0]
        if what & DECIMAL and stage < 2:
            stage = digits = 1
        elif what & SPACE:
            stage = 2 * digits
        else:
            return False
    return digits > 0


@inner
def _after_dot(
    data: Bytes,
    signs: Bytes,
    traits: Traits,
    floor: Number,
    dot: Number,
    following: Number,
    packed: Unsigned,
    low: Number,
    high: Number,
    longest: Number,
) -> Number:
    """Whether a sentence ends at a single dot, by the word before it: no abbreviation, no initial."""
    at, size = dot, 0
    while at > floor and size < BEFORE_STOP:
        before = begin_before(data, at)
        if signs[before] >= OTHER and traits_at(data, traits, before)[0] & SPACE:
            break
        at, size = before, size + 1
    if size in (0, BEFORE_STOP):
        return np.int64(_ENDS if at == floor and size == 0 else _ASK)
    while at < dot:  # marks that open
        code, width = (np.int64(data[at]), np.int64(1)) if data[at] < 0x80 else code_at(data, at)
        if code not in _OPENINGS:
            break
        at, size = at + width, size - 1
    word, dots, wide = _U(0), np.int64(0), np.int64(0)
    for place in range(at, dot):
        letter = np.int64(signs[place] if signs[place] < OTHER else data[place])
        wide += letter >= 0x80
        dots += letter == 46
        if place - at < 8:
            word |= _U(letter) << _U(8 * (place - at))
    if wide or size > 8:
        return np.int64(_ASK if size <= longest or size - dots < 2 else _ENDS)
    while low < high:
        middle = (low + high) // 2
        if packed[middle] == word:
            return np.int64(_GOES_ON)
        low, high = (middle + 1, high) if packed[middle] < word else (low, middle)
    if size - dots != 1 or not following & UPPER:
        return np.int64(_ENDS)
    if dots:
        return np.int64(_ASK)
    return np.int64(_GOES_ON if traits[data[at]] & UPPER else _ENDS)


@kernel(
    "void(uint8[::1], uint8[::1], uint64[::1], int64[::1], int32[::1], int64[::1], uint16[::1], uint64[::1], "
    "int64[::1], int64[::1], int64, uint8[::1], int32[::1], int32[::1], int32[::1], boolean[::1], int64[::1])"
)
@_sources
def _places(
    data: Bytes,
    signs: Bytes,
    letters: Unsigned,
    begins: Long,
    cuts: Offsets,
    cut_first: Long,
    traits: Traits,
    packed: Unsigned,
    packed_first: Long,
    language: Long,
    longest: Number,
    kinds: Bytes,
    stops: Offsets,
    ends: Offsets,
    nexts: Offsets,
    items: Flags,
    first: Long,
) -> None:
    """Writes the places where sentences begin or may end: where the text stops before and begins behind."""
    made = 0
    for text in range(len(begins) - 1):
        first[text] = made
        at = shift = begins[text]  # a character's offset is its byte less shift, which grows at every wide character
        final, cut = begins[text + 1], cut_first[text]
        low, high = packed_first[language[text]], packed_first[language[text] + 1]
        while at < final:
            bound = np.int64(cuts[cut]) if cut < cut_first[text + 1] else final
            piece = last = at
            kinds[made] = _OPENS
            nexts[made], items[made] = _opening(data, signs, traits, at, shift, final, bound)
            made += 1
            while True:
                at = next_mark(letters, at, min(final, bound + shift))
                if at >= final or at - shift >= bound:
                    break
                sign = signs[at]
                if sign == NEWLINE:
                    kinds[made], ends[made] = _CLOSES, _closing(data, traits, last, at, shift)
                    at += 1
                    last = at
                    kinds[made + 1] = _OPENS
                    nexts[made + 1], items[made + 1] = _opening(data, signs, traits, at, shift, final, bound)
                    made += 2
                    continue
                if sign != FULL_STOP:
                    if sign != WIDE:
                        at += 1
                        continue
                    code, width = code_at(data, at)
                    if code >= PLANE or not traits[code] & STOP:
                        at, shift = at + width, shift + width - 1
                        continue
                begin, offset, exclaims, closers = at, at - shift, False, 0
                while at < final and at - shift < bound:
                    what, width = traits_at(data, traits, at)
                    if closers == 0 and what & STOP:
                        exclaims = data[at] == 33 or data[at] == 63
                    elif what & CLOSER:
                        closers += 1
                        exclaims = False
                    else:
                        break
                    at, shift = at + width, shift + width - 1
                if at >= final or at - shift >= bound or signs[at] == NEWLINE:
                    continue  # the row ends here anyhow
                what, width = traits_at(data, traits, at)
                if not what & SPACE:
                    continue
                before = begin_before(data, begin) if begin == piece and begin > begins[text] else begin
                if before < begin and traits_at(data, traits, before)[0] & STOP:
                    continue  # the run began before the piece
                behind = at + width
                following = traits_at(data, traits, behind)[0] if behind < final else np.int64(0)
                if data[behind] >= 0xF0 and behind < final:
                    kind = np.int64(_ASK)
                elif following & LOWER and not exclaims:
                    kind = np.int64(_GOES_ON)
                elif at - begin > 1 or data[begin] != 46:
                    kind = np.int64(_ENDS)
                else:
                    kind = _after_dot(data, signs, traits, begins[text], begin, following, packed, low, high, longest)
                if _only_number(data, traits, last, begin):
                    kind |= _NUMBER
                kinds[made], stops[made], ends[made] = kind, offset, at - shift
                nexts[made], items[made] = _opening(data, signs, traits, at, shift, final, bound)
                made += 1
                last = at
            kinds[made], ends[made] = _CLOSES, _closing(data, traits, last, at, shift)
            made += 1
            if cut < cut_first[text + 1]:
                bound = np.int64(cuts[cut + 1])
                while at < final and (at - shift < bound or data[at] & 0xC0 == 0x80):
                    shift += data[at] & 0xC0 == 0x80
                    at += 1
                cut += 2
    first[len(begins) - 1] = made


@kernel("int64(uint8[::1], int32[::1], int32[::1], boolean[::1], int64[::1])")
@_sources
def _cut(kinds: Bytes, ends: Offsets, nexts: Offsets, items: Flags, first: Long) -> Number:
    """Writes the sentences over the places, and returns how many there are."""
    made, place = 0, first[0]
    for text in range(len(first) - 1):
        first[text] = made
        start, item, settled = np.int32(0), False, True
        while place < first[text + 1]:
            kind, end, following, begins_item = kinds[place] & 7, ends[place], nexts[place], items[place]
            numbered = kinds[place] & _NUMBER != 0 and settled  # "2. The pier": the number of a list's item
            settled = kind == _OPENS or (kind == _ENDS and not numbered)
            if end > start and (kind == _CLOSES or (kind == _ENDS and settled)):
                ends[made], nexts[made], items[made] = end, start, item
                made += 1
            if settled:
                start, item = following, begins_item
            place += 1
    first[len(first) - 1] = made
    return made


def number_words(words: WordTable, sentences: SentenceTable) -> tuple[Offsets, Long]:
    """The number that the sentence of each word has in its text, and the first word of each sentence among all."""
    numbers, first = np.empty(len(words.starts), np.int32), np.empty(len(sentences.starts) + 1, np.int64)
    _number(words.starts, words.first, sentences.starts, sentences.first, numbers, first)
    return numbers, first


@kernel("void(int32[::1], int64[::1], int32[::1], int64[::1], int32[::1], int64[::1])")
@_sources
def _number(
    starts: Offsets, first: Long, sentences: Offsets, sentence_first: Long, numbers: Offsets, first_word: Long
) -> None:
    word = 0
    for text in range(len(first) - 1):
        begin, end = sentence_first[text], sentence_first[text + 1]
        for at in range(begin, end):
            first_word[at] = word
            while word < first[text + 1] and (at + 1 == end or starts[word] < sentences[at + 1]):
                numbers[word] = at - begin
                word += 1
    first_word[len(first_word) - 1] = word
