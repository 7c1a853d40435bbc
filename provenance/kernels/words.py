"""The words of many texts at once, as hashes and offsets: what ``text.tokenize`` and ``arrays.hash_words`` give.

One pass over the UTF-8 bytes of all texts, eight bytes at a time while they are plain letters, and no string made for
any word. A word with a letter that the tables do not fold is left to ``text``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from provenance.kernels.characters import (
    APOSTROPHE,
    FOLDED,
    HARD,
    LETTER,
    ODD,
    OTHER,
    SINGLE,
    TOPS,
    UPPER,
    WIDE,
    Bytes,
    Encoded,
    Long,
    Number,
    Offsets,
    Traits,
    Unsigned,
    before_first,
    characters,
    code_at,
    count_ones,
    encoded,
    traits_at,
    traits_of,
)
from provenance.kernels.compiled import built_from, inner, kernel
from provenance.kernels.xxh3 import LONGEST, eight_at, xxh3, xxh3_to_8, xxh3_to_16
from provenance.model import Article, Span
from provenance.text import normal_form

CAPITAL, WATCHED, UNSURE = 1, 2, 4  # flags of a word
SLOTS = 4096  # of a list of words to watch for

_U = np.uint64
_READ_AT_ONCE = 15  # letters
_SEVEN_BYTES = np.uint64((1 << 56) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """The words of many texts in order, as arrays of length n (all words); text i has ``first[i]`` to ``first[i + 1]``.

    Attributes:
        hashes: the hash of each normal form, as ``match.arrays.hash_words`` gives it.
        starts, ends: character offsets into the word's own text.
        flags: CAPITAL, the word begins with an upper-case letter; WATCHED, it falls into the slot of a word to watch
            for; UNSURE, a word to watch for may be a part of it.
        first: shape (texts + 1,).
    """

    hashes: Unsigned
    starts: Offsets
    ends: Offsets
    flags: Bytes
    first: Long

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def capital(self) -> npt.NDArray[np.bool_]:
        """The word begins with an upper-case letter."""
        return (self.flags & CAPITAL).view(np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """Words to watch for: for each list a table of slots (the low bits of a hash), and the list that each text has."""

    slots: Bytes
    of_text: Long

    @staticmethod
    def over(lists: Sequence[Iterable[int]], of_text: Sequence[int]) -> "Watch":
        """Watches for the words of these hashes."""
        return Watch(_slots(tuple(map(tuple, lists))), np.array(of_text, dtype=np.int64))


@lru_cache(maxsize=64)
def _slots(lists: tuple[tuple[int, ...], ...]) -> Bytes:
    slots = np.zeros((len(lists), SLOTS), dtype=np.uint8)
    for row, hashes in zip(slots, lists, strict=True):
        row[[hashed % SLOTS for hashed in hashes]] = 1
    return slots


def words_of_articles(articles: Sequence[Article]) -> WordTable:
    """The body words of articles in order: ``tokenize(article.text, article.body)`` of each, as arrays."""
    return words_of_texts([a.text for a in articles], [[m.span for m in a.boilerplate] for a in articles])


def words_of_texts(texts: Sequence[str], left_out: Sequence[Iterable[Span]] | None = None) -> WordTable:
    """The words of texts in order.

    Args:
        texts: any number of texts; up to some hundred at a time keep the arrays in the processor's cache.
        left_out: for each text the sorted, disjoint spans whose words do not count.

    Cost: about 12 µs a text of 500 words.

    >>> table = words_of_texts(["The Mayor\\u2019s boat", "", "14 m"])
    >>> table.first.tolist(), table.starts.tolist(), table.ends.tolist()
    ([0, 3, 3, 5], [0, 4, 12, 0, 3], [3, 11, 16, 2, 4])
    """
    return words_of_encoded(encoded(texts, left_out), texts, Watch.over([()], [0] * len(texts)))


def words_of_encoded(source: Encoded, texts: Sequence[str], watch: Watch) -> WordTable:
    """The words of texts that are encoded already; ``watch`` says which of them get a flag."""
    known = characters()
    room = int(np.count_nonzero(source.signs >= OTHER)) + len(source.cuts) + len(texts)  # every word ends at a mark
    hashes, first = np.empty(room, np.uint64), np.empty(len(texts) + 1, np.int64)
    starts, ends, flags = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint8)
    tables = known.traits, known.folded, watch.slots, watch.of_text
    arrays: tuple[Any, ...] = *source.arrays, *tables, hashes, starts, ends, flags, first
    _scan(*arrays)
    total = int(first[-1])
    table = WordTable(hashes[:total], starts[:total], ends[:total], flags[:total], first)
    _solve(table, texts)
    return table


def _solve(table: WordTable, texts: Sequence[str]) -> None:
    """Fills in the words that the kernel left to ``text``: those of hash 0."""
    hard = np.flatnonzero(table.hashes == 0)
    owners = np.searchsorted(table.first, hard, side="right") - 1
    for at, owner in zip(hard.tolist(), owners.tolist(), strict=True):
        word = texts[owner][table.starts[at] : table.ends[at]]
        table.hashes[at] = xxhash.xxh3_64_intdigest(normal_form(word).encode("utf-8", "surrogatepass"))
        table.flags[at] = table.flags[at] & UNSURE | CAPITAL * word[0].isupper()


_sources = built_from("provenance.kernels.characters", "provenance.kernels.xxh3")


@inner
def _any_word(
    data: Bytes,
    signs: Bytes,
    at: Number,
    shift: Number,
    final: Number,
    bound: Number,
    traits: Traits,
    folded: Unsigned,
    form: Unsigned,
) -> Number:
    """Writes the normal form of the word that begins at a byte, character by character.

    Returns:
        The byte where it ends, the shift there, bytes written, whether the form is known, and whether some part of it
        but the first, up to an apostrophe, may be a word to whom looks for whole words.
    """
    folds: Number
    count: Number
    code: Number
    begin, size, packed, known, unsure, wide, tail = at, 0, _U(0), True, False, False, -1
    while at < final and at - shift < bound:
        width = count = 1
        folds = _U(signs[at])
        if signs[at] >= OTHER:
            code, what = np.int64(0), np.int64(traits[39])
            if signs[at] != SINGLE:
                if signs[at] != WIDE:
                    break
                code, width = code_at(data, at)
                what = traits_of(traits, code)
            if what & 3 == APOSTROPHE:
                inside = begin < at and at + width < final and at - shift + 1 < bound
                if not inside or not traits_at(data, traits, at + width)[0] & 1:
                    break
                folds = _U(39)
                unsure |= wide or tail >= 0 or at - begin > _READ_AT_ONCE
                tail = 0
            elif what & 3 == LETTER:
                folds = folded[code] if code < FOLDED else _U(0)
                count = np.int64(folds >> _U(56))
                folds &= _SEVEN_BYTES
            elif what & 3 == HARD:
                known, count = False, 0
            else:
                break
            unsure |= what & ODD != 0
            wide = True
            shift += width - 1
        tail += tail >= 0
        unsure |= tail > 3  # behind the apostrophe, which is counted too: more than the ends of "it's" and "they're"
        at += width
        room = 8 - (size & 7)
        packed |= folds << _U(8 * (size & 7))
        size += count
        if count >= room:
            form[((size >> 3) - 1) & 15] = packed
            packed = folds >> _U(8 * room) if count > room else _U(0)
    known = known and size <= LONGEST
    if known:
        form[size >> 3] = packed
    return at, shift, size, known, unsure


@kernel(
    "void(uint8[::1], uint8[::1], uint64[::1], int64[::1], int32[::1], int64[::1], uint16[::1], uint64[::1], "
    "uint8[:, ::1], int64[::1], uint64[::1], int32[::1], int32[::1], uint8[::1], int64[::1])"
)
@_sources
def _scan(
    data: Bytes,
    signs: Bytes,
    letters: Unsigned,
    begins: Long,
    cuts: Offsets,
    cut_first: Long,
    traits: Traits,
    folded: Unsigned,
    watched: Bytes,
    list_of: Long,
    hashes: Unsigned,
    starts: Offsets,
    ends: Offsets,
    flags: Bytes,
    first: Long,
) -> None:
    """Writes the words of all texts; those that are left to ``text`` get the hash 0.

    Letters have the top bit of their sign free, so that the end of a word is found eight bytes at a time.
    """
    form = np.zeros(LONGEST // 8 + 2, dtype=np.uint64)
    made = 0
    for text in range(len(begins) - 1):
        first[text] = made
        at = shift = begins[text]  # a character's offset is its byte less shift, which grows at every wide character
        final, cut, row = begins[text + 1], cut_first[text], list_of[text]
        while at < final:
            bound = np.int64(cuts[cut]) if cut < cut_first[text + 1] else final
            stop = min(final, bound + shift)
            while at < stop:
                if OTHER <= signs[at] < WIDE:
                    at += 1
                    continue
                begin, start = at, at - shift
                eight = eight_at(letters, at)
                marks = eight & TOPS
                size, hashed = 0, _U(0)
                if marks:
                    before = before_first(marks)
                    size = count_ones(before)
                    if size:
                        hashed = xxh3_to_8(eight & before, size)
                else:
                    marks = eight_at(letters, at + 8) & TOPS
                    if marks:
                        size = 8 + count_ones(before_first(marks))
                        last = eight_at(letters, at + size - 8)
                        hashed = xxh3_to_16(eight, last, size) if size > 8 else xxh3_to_8(eight, np.int64(8))
                at += size
                flag = WATCHED if size and watched[row, np.int64(hashed & _U(SLOTS - 1))] else 0
                if size and at <= stop and signs[at] < SINGLE:
                    starts[made], ends[made], hashes[made] = start, at - shift, hashed
                    flags[made] = flag | (np.uint8(data[begin] - 65) < 26)
                    made += 1
                    continue
                at, shift, length, known, unsure = _any_word(
                    data, signs, begin, shift, final, bound, traits, folded, form
                )
                if at == begin:  # a wide character that is no letter
                    width = code_at(data, at)[1]
                    at, shift = at + width, shift + width - 1
                elif length or not known:
                    hashed = xxh3(form, length) if known else _U(0)
                    flag = UNSURE if flag or unsure else 0  # the part before an apostrophe may be the word
                    if watched[row, np.int64(hashed & _U(SLOTS - 1))]:
                        flag |= WATCHED
                    if traits_at(data, traits, begin)[0] & UPPER:
                        flag |= CAPITAL
                    starts[made], ends[made], hashes[made], flags[made] = start, at - shift, hashed, flag
                    made += 1
                stop = min(final, bound + shift)
            if cut < cut_first[text + 1]:
                bound = np.int64(cuts[cut + 1])
                while at < final and (at - shift < bound or data[at] & 0xC0 == 0x80):
                    shift += data[at] & 0xC0 == 0x80
                    at += 1
                cut += 2
    first[len(begins) - 1] = made
