"""The lines of a text as the rules for page frames see them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from provenance.model import Span

_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|div|em|figure|figcaption|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table|td|tr|u|ul)"
    r"(?:\s[^<>]{0,300})?/?>|[*_#\\`]+(?=\W|$)|(?:(?<=\W)|^)[*_#\\`>|]+|\u00ad|[\u200b-\u200f\u2060\ufeff]"
)
_SIGNS = "<*_#\\`>|\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# all white space but single blanks and line breaks, as str.split knows it
_SPACES = (
    "  ",
    *"\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000",
    *map(chr, range(0x2000, 0x200B)),
)
_ENDING = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb\u201c\u300d)\]]*(?:\[\d+\])?$"
)
_STOPS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964")
_CLOSINGS = frozenset("\"'\u2019\u201d\u00bb\u201c\u300d)]")
_HEADING = re.compile(r"#{1,6}\s+\S")
_LONG_ROW = 400  # characters; a longer line is a paragraph and needs no exact look at its markup


class Row(NamedTuple):
    """One line (or, in a text without lines, one sentence).

    Attributes:
        start, end: where it stands, surrounding space excluded.
        number: its line, counted from 1.
        bare: its words without markdown and tags.
        words: how many, at least one for every 12 characters so that scripts without spaces count.
        is_sentence: five words or more that end as sentences do.
        is_heading: a markdown heading.
    """

    start: int
    end: int
    number: int
    bare: str
    words: int
    is_sentence: bool
    is_heading: bool

    @property
    def folded(self) -> str:
        """The bare words in lower case."""
        return self.bare.casefold()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_new = tuple.__new__  # half the time of Row(...), and a text has many


class Place(NamedTuple):
    """Where a row will stand, and its line."""

    start: int
    end: int
    number: int


def rows_of(text: str) -> list[Row]:
    """The lines of a text that hold more than space."""
    signs, spaces = _held(text)
    rows: list[Row] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped:
            begin = start if stripped == line else start + line.index(stripped[0])
            rows.append(_row(begin, number, stripped, signs, spaces))
        start += len(line) + 1
    return rows


def rows_at(text: str, places: Sequence[Place]) -> list[Row]:
    """The rows that some stretches of a text make, none of them over a line break."""
    signs, spaces = _held(text)
    return [_row(start, number, text[start:end], signs, spaces) for start, end, number in places]


def _held(text: str) -> tuple[list[str], list[str]]:
    """The signs of markup and the odd spaces of a text: what all of it does not hold is asked of none of its lines."""
    return [*filter(text.__contains__, _SIGNS)], [*filter(text.__contains__, _SPACES)]


def _bare(line: str, signs: Iterable[str], spaces: Iterable[str]) -> str:
    if len(line) > _LONG_ROW:
        return line
    if any(map(line.__contains__, signs)):
        return " ".join(_MARKUP.sub("", line).split())
    return " ".join(line.split()) if any(map(line.__contains__, spaces)) else line


def _row(start: int, number: int, line: str, signs: Sequence[str], spaces: Sequence[str]) -> Row:
    bare = _bare(line, signs, spaces) if signs or spaces else line
    words = bare.count(" ") + 1
    if len(bare) >= 12 * words:
        words = len(bare) // 12
    is_heading = line[0] == "#" and _HEADING.match(line) is not None
    is_sentence = words >= 5 and _ends_sentence(bare)
    return _new(Row, (start, start + len(line), number, bare, words, is_sentence, is_heading))


def _ends_sentence(bare: str) -> bool:
    """Whether a line ends as sentences do; mostly its last character tells."""
    last = bare[-1:]
    return last in _STOPS or (last in _CLOSINGS and _ENDING.search(bare, max(0, len(bare) - 12)) is not None)
