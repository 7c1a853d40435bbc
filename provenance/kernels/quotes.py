"""Which words stand inside quotation marks, in many texts at once: what ``text.quoted_spans`` gives."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.kernels.characters import (
    ALPHANUMERIC,
    DECIMAL,
    DOUBLE,
    NEWLINE,
    OTHER,
    SPACE,
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
from provenance.text import LONGEST_QUOTE, quoted_spans

Flags = npt.NDArray[np.bool_]

_BREAK, _DOUBLE, _HIGH_6, _HIGH_9, _LOW_9 = (ord(mark) for mark in '\n"\u201c\u201d\u201e')
_LEFT, _RIGHT, _LEFT_1, _RIGHT_1, _SINGLE_6, _SINGLE_9 = (ord(mark) for mark in "\u00ab\u00bb\u2039\u203a\u2018\u2019")
_AFTER_RIGHT = tuple(ord(mark) for mark in "_\u2026\u201e\u201a\u201c\u2018\u203a([")  # or a letter or digit
_UNKNOWN = 0xF0  # a byte that begins a character beyond the table of traits
_OPENS, _CLOSES = 1, 2  # what a mark may do where it stands


def quoted_words(source: Encoded, texts: Sequence[str], words: WordTable) -> Flags:
    """Which words stand inside quotation marks, shape (words,).

    Args:
        source: the texts, encoded.
        texts: the same texts.
        words: their words.

    Cost: about 4 µs a text of 500 words.
    """
    room = int(np.count_nonzero(source.signs > OTHER)) + 1
    marks, does = np.empty(room, np.int32), np.empty(room, np.uint8)
    offsets, places = np.empty(room, np.int32), np.empty(room, np.int64)
    quoted, unsure = np.zeros(len(words.starts), dtype=np.bool_), np.empty(len(texts), dtype=np.bool_)
    known = *source.arrays[:4], characters().traits, words.starts, words.first
    arrays: tuple[Any, ...] = *known, marks, does, offsets, places, quoted, unsure
    _quoted(*arrays)
    for text in np.flatnonzero(unsure).tolist():
        mine = slice(int(words.first[text]), int(words.first[text + 1]))
        for span in quoted_spans(texts[text]):
            quoted[mine] |= (words.starts[mine] >= span.start) & (words.starts[mine] < span.end)
    return quoted


_sources = built_from("provenance.kernels.characters", "provenance.kernels.xxh3", "provenance.text")


@inner
def _opens(mark: Number, before: Number, behind: Number, code: Number) -> Number:
    """Whether a mark can open a quotation between characters of these traits; ``code`` is the one behind."""
    if before & ALPHANUMERIC:
        return False
    if mark == _LEFT:
        return code != _BREAK
    if mark == _RIGHT:
        return behind & ALPHANUMERIC != 0 or code in _AFTER_RIGHT
    return mark in (_DOUBLE, _HIGH_6, _LOW_9, _LEFT_1, _SINGLE_6) and not behind & SPACE


@inner
def _closed_by(opening: Number, mark: Number) -> Number:
    if opening == _DOUBLE:
        return mark == _DOUBLE
    if opening == _LOW_9:
        return mark in (_HIGH_6, _HIGH_9)
    if opening == _RIGHT:
        return mark == _LEFT
    return mark == opening + 1 if opening != _LEFT else mark == _RIGHT  # \u201c\u201d, \u2018\u2019, \u2039\u203a


@inner
def _marks_of(
    data: Bytes,
    signs: Bytes,
    letters: Unsigned,
    traits: Traits,
    begin: Number,
    final: Number,
    marks: Offsets,
    does: Bytes,
    offsets: Offsets,
    places: Long,
) -> Number:
    """Writes the marks of a text, and its line breaks: what they may do, and where they stand.

    Returns:
        How many there are, -1 where one stands beside a character of which nothing is known.
    """
    made, shift, at = 0, begin, next_mark(letters, begin, final)
    while at < final:
        sign = signs[at]
        code, width = np.int64(data[at]), np.int64(1)
        if sign == WIDE:
            code, width = code_at(data, at)
        elif sign != NEWLINE and sign != DOUBLE:
            at = next_mark(letters, at + 1, final)
            continue
        if sign != WIDE or code in (_LEFT, _RIGHT) or _SINGLE_6 <= code <= _LOW_9 or _LEFT_1 <= code <= _RIGHT_1:
            if data[at + width] >= _UNKNOWN or (at > begin and data[begin_before(data, at)] >= _UNKNOWN):
                return -1
            before = traits_at(data, traits, begin_before(data, at))[0] if at > begin else np.int64(0)
            behind, next_code = np.int64(SPACE), np.int64(_BREAK)
            if at + width < final:
                behind = traits_at(data, traits, at + width)[0]
                next_code = np.int64(data[at + width])
                if next_code >= 0x80:
                    next_code = code_at(data, at + width)[0]
            letter_behind = behind & ALPHANUMERIC and not behind & DECIMAL
            marks[made], offsets[made], places[made] = code, at - shift, at
            does[made] = _OPENS * _opens(code, before, behind, next_code) | _CLOSES * (
                code != _SINGLE_9 or not letter_behind
            )
            made += 1
        at, shift = next_mark(letters, at + width, final), shift + width - 1
    return made


@inner
def _goes_on(
    data: Bytes, traits: Traits, mark: Number, at: Number, final: Number, offset: Number, limit: Number
) -> Number:
    """Whether the next paragraph opens with the same mark."""
    while at < final and offset < limit:
        what, width = traits_at(data, traits, at)
        if not what & SPACE:
            break
        at, offset = at + width, offset + 1
    if at >= final:
        return False
    return mark == (np.int64(data[at]) if data[at] < 0x80 else code_at(data, at)[0])


@kernel(
    "void(uint8[::1], uint8[::1], uint64[::1], int64[::1], uint16[::1], int32[::1], int64[::1], "
    "int32[::1], uint8[::1], int32[::1], int64[::1], boolean[::1], boolean[::1])"
)
@_sources
def _quoted(
    data: Bytes,
    signs: Bytes,
    letters: Unsigned,
    begins: Long,
    traits: Traits,
    starts: Offsets,
    first: Long,
    marks: Offsets,
    does: Bytes,
    offsets: Offsets,
    places: Long,
    quoted: Flags,
    unsure: Flags,
) -> None:
    """Flags the words that are quoted, and the texts that are left to ``text``."""
    for text in range(len(begins) - 1):
        word, last, final = first[text], first[text + 1], begins[text + 1]
        count = _marks_of(data, signs, letters, traits, begins[text], final, marks, does, offsets, places)
        unsure[text] = count < 0
        free = np.int64(0)  # behind the last quotation
        for opening in range(count):
            start = np.int64(offsets[opening])
            if start < free or not does[opening] & _OPENS:
                continue
            mark, limit = np.int64(marks[opening]), start + 1 + LONGEST_QUOTE
            closing, at = -1, opening + 1
            while at < count and offsets[at] < limit:
                if marks[at] == _BREAK:
                    opens_again = offsets[at] > start + 1 and _goes_on(
                        data, traits, mark, places[at], final, np.int64(offsets[at]), limit
                    )
                    closing = at if opens_again else -1
                    break
                if _closed_by(mark, np.int64(marks[at])) and (does[at] & _CLOSES or offsets[at] + 1 == limit):
                    closing = at
                    break
                at += 1
            if closing < 0:
                continue
            if mark == _SINGLE_6:
                spaces = 0
                for place in range(places[opening], places[closing]):
                    spaces += data[place] == 32
                if spaces < 2:
                    continue
            end = np.int64(offsets[closing])
            free = end + 1
            while word < last and starts[word] <= start:
                word += 1
            while word < last and starts[word] < end:
                quoted[word] = True
                word += 1
