"""What the kernels know of characters, and texts as the bytes that they read.

The tables are asked of ``text`` and of Python's own Unicode data, so that every rule stands in one place.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner
from provenance.kernels.xxh3 import eight_at
from provenance.model import Span
from provenance.text import CLOSERS, INVISIBLE, STOPS, WORD, normal_form

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int32]
Long = npt.NDArray[np.int64]
Traits = npt.NDArray[np.uint16]
Unsigned = npt.NDArray[np.uint64]
Number = Any  # a machine number; numba knows which

# What a character is to a word: the two lowest bits of its traits. A hard letter is one that ``text`` must fold,
# because its normal form depends on its neighbours (marks, syllables) or is in no table.
BREAK, LETTER, APOSTROPHE, HARD = 0, 1, 2, 3
UPPER, LOWER, SPACE, DECIMAL, ALPHANUMERIC, STOP, CLOSER, ODD = (1 << bit for bit in range(2, 10))

# What a byte is (its sign): a letter below 128 as it is folded, or one of these, which have the top bit; all but the
# white space and the marks that mean nothing here have the next bit too.
OTHER, FULL_STOP, NEWLINE, DOUBLE, SINGLE, WIDE = 0x80, 0xC1, 0xC2, 0xC3, 0xFE, 0xFF

FOLDED = 0x2100  # code points below it are folded by the table; beyond are breaks, hard letters, invisible ones
PLANE = 0x10000
_PICTURES = (0x1F000, 0x1FB00)  # breaks beyond the plane, as in text.WORD

TOPS, _ONES, _ONE = np.uint64(0x8080808080808080), np.uint64(0x0101010101010101), np.uint64(1)

# A search regardless of case takes these for i or k, their normal forms are others (the last is no letter to WORD).
UNEQUAL = "\u0130\u0131\u212a"


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """Tables: the sign of each byte (256), the traits of the Basic Multilingual Plane, normal forms below FOLDED.

    A normal form is up to seven bytes of UTF-8 in one number, lowest byte first, and in the highest how many they are.
    """

    signs: bytes
    traits: Traits
    folded: Unsigned


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Texts as bytes, one after the other.

    Attributes:
        data: UTF-8, with some zeros at the end.
        signs: the sign of each byte.
        begins: byte where each text begins and the last one ends, shape (texts + 1,).
        cuts: start and end (in characters of their text) of the stretches that are left out.
        cut_first: where those of each text begin in ``cuts``, shape (texts + 1,).
    """

    data: Bytes
    signs: Bytes
    begins: Long
    cuts: Offsets
    cut_first: Long

    @property
    def arrays(self) -> tuple[Any, ...]:
        """Data, signs, signs in numbers of eight, begins, cuts and cut_first, as kernels take them."""
        return self.data, self.signs, self.signs.view(np.uint64), self.begins, self.cuts, self.cut_first


def encoded(texts: Sequence[str], left_out: Sequence[Iterable[Span]] | None = None) -> Encoded:
    """Texts as the kernels read them; ``left_out`` has for each its sorted, disjoint spans that do not count."""
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    begins = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum(np.array([len(part) for part in parts], dtype=np.int64), out=begins[1:])
    joined = bytearray().join([*parts, bytes(24 - int(begins[-1]) % 8)])  # whole eights, and some to look ahead
    signs = np.frombuffer(joined.translate(characters().signs), dtype=np.uint8)
    return Encoded(np.frombuffer(joined, dtype=np.uint8), signs, begins, *_flat(left_out, len(texts)))


def _flat(left_out: Sequence[Iterable[Span]] | None, texts: int) -> tuple[Offsets, Long]:
    if left_out is None:
        return np.zeros(0, dtype=np.int32), np.zeros(texts + 1, dtype=np.int64)
    flat: list[int] = []
    sizes = [0]
    for spans in left_out:
        for span in spans:
            flat += (span.start, span.end)
        sizes.append(len(flat))
    return np.array(flat, dtype=np.int32), np.array(sizes, dtype=np.int64)


@cache
def characters() -> Characters:
    """The tables, made once a process (about 50 ms)."""
    plane = "".join(map(chr, range(PLANE)))
    traits = np.zeros(PLANE, dtype=np.uint16)
    for found in WORD.finditer(plane.replace("'", " ").replace("\u2019", " ")):
        traits[found.start() : found.end()] = HARD
    folded = np.zeros(FOLDED, dtype=np.uint64)
    for code in np.flatnonzero(traits[:FOLDED]).tolist():
        if _stands_alone(chr(code)):
            traits[code] = LETTER
            folded[code] = _packed(normal_form(chr(code)).encode())
    traits[_codes(re.findall(f"[{INVISIBLE}]", plane))] = LETTER  # with a normal form of no bytes
    traits[_codes("'\u2019")] = APOSTROPHE
    for trait, codes in _sorted_out(plane, traits):
        traits[codes] |= np.uint16(trait)
    signs = bytes(_sign(chr(code), int(traits[code]) & 3) if code < 0x80 else WIDE for code in range(256))
    return Characters(signs, traits, folded)


def _sorted_out(plane: str, traits: Traits) -> Iterator[tuple[int, list[int]]]:
    """Each trait but the kind, with the code points that have it."""
    yield UPPER, [code for code, letter in enumerate(plane) if letter.isupper()]
    yield LOWER, [code for code, letter in enumerate(plane) if letter.islower()]
    yield SPACE, [code for code, letter in enumerate(plane) if letter.isspace()]
    yield DECIMAL, [code for code, letter in enumerate(plane) if letter.isdecimal()]
    yield ALPHANUMERIC, [code for code, letter in enumerate(plane) if letter.isalnum()]
    yield STOP, _codes(STOPS)
    yield CLOSER, _codes(CLOSERS)
    # where a search for whole words sees another word than WORD does
    yield ODD, [code for code in np.flatnonzero(traits & 1).tolist() if not chr(code).isalnum()] + _codes(UNEQUAL)


def _codes(letters: Iterable[str]) -> list[int]:
    return [ord(letter) for letter in letters]


def _sign(letter: str, kind: int) -> int:
    if kind == LETTER:
        return ord(normal_form(letter))
    if letter in STOPS:
        return FULL_STOP
    return {"\n": NEWLINE, '"': DOUBLE, "'": SINGLE}.get(letter, OTHER)


def _stands_alone(letter: str) -> bool:
    """Whether the normal form of a letter is the same beside any other: no mark, no part of a syllable."""
    plain = unicodedata.normalize("NFKC", letter)
    marks = any(unicodedata.category(c).startswith("M") or "\u1100" <= c <= "\u11ff" for c in letter + plain)
    return not marks and len(normal_form(letter).encode()) < 8


def _packed(form: bytes) -> int:
    return int.from_bytes(form, "little") | len(form) << 56


@inner
def code_at(data: Bytes, at: Number) -> Number:
    """The code point that begins at a byte of 128 or more, and of how many bytes it is."""
    head, tail = np.int64(data[at]), np.int64(data[at + 1] & 0x3F)
    if head < 0xE0:
        return (head & 0x1F) << 6 | tail, 2
    tail = tail << 6 | np.int64(data[at + 2] & 0x3F)
    if head < 0xF0:
        return (head & 0x0F) << 12 | tail, 3
    return (head & 0x07) << 18 | tail << 6 | np.int64(data[at + 3] & 0x3F), 4


@inner
def traits_of(traits: Traits, code: Number) -> Number:
    """The traits of a code point; beyond the plane there are pictures and hard letters of which nothing is known."""
    if code < PLANE:
        return np.int64(traits[code])
    return np.int64(BREAK if _PICTURES[0] <= code < _PICTURES[1] else HARD | ODD)


@inner
def traits_at(data: Bytes, traits: Traits, at: Number) -> Number:
    """The traits of the character that begins at a byte, and of how many bytes it is."""
    if data[at] < 0x80:
        return np.int64(traits[data[at]]), 1
    code, width = code_at(data, at)
    return traits_of(traits, code), width


@inner
def next_mark(letters: Unsigned, at: Number, stop: Number) -> Number:
    """The first byte from one on, before ``stop``, that is neither a plain letter nor means nothing here."""
    while at < stop:
        eight = eight_at(letters, at)
        marks = eight & (eight << _ONE) & TOPS
        if marks:
            return min(at + count_ones(before_first(marks)), stop)
        at += 8
    return stop


@inner
def before_first(marks: Number) -> Number:
    """Ones in the bytes before the first that has its top bit in ``marks``."""
    return (marks ^ (marks - _ONE)) >> np.uint64(8)


@inner
def count_ones(ones: Number) -> Number:
    """How many bytes are ones."""
    return np.int64(((ones & _ONES) * _ONES) >> np.uint64(56))


@inner
def begin_before(data: Bytes, at: Number) -> Number:
    """The byte where the character before a byte begins."""
    at -= 1
    while data[at] & 0xC0 == 0x80:
        at -= 1
    return at
