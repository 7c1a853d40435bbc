"""The lines of a text as the rules for page frames see them."""

import re
from dataclasses import dataclass

from provenance.model import Span

_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|div|em|figure|figcaption|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table|td|tr|u|ul)"
    r"(?:\s[^<>]{0,300})?/?>|[*_#\\`]+(?=\W|$)|(?:(?<=\W)|^)[*_#\\`>|]+|\u00ad|[\u200b-\u200f\u2060\ufeff]"
)
_SIGNS = frozenset("<*_#\\`>|\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_SENTENCE_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb\u201c\u300d)\]]*(?:\[\d+\])?$"
)
_HEADING = re.compile(r"#{1,6}\s+\S")
_LONG_ROW = 400  # characters; a longer line is a paragraph and needs no exact look at its markup


@dataclass(frozen=True, slots=True)
class Row:
    """One line (or, in a text without lines, one sentence).

    Attributes:
        span: where it stands, surrounding space excluded.
        number: its line, counted from 1.
        bare: its words without markdown and tags.
        folded: the same in lower case.
        words: how many, at least one for every 12 characters so that scripts without spaces count.
        is_sentence: five words or more that end as sentences do.
        is_heading: a markdown heading.
    """

    span: Span
    number: int
    bare: str
    folded: str
    words: int
    is_sentence: bool
    is_heading: bool


def rows_of(text: str) -> list[Row]:
    """The lines of a text that hold more than space."""
    rows: list[Row] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped[0])
            rows.append(row_at(text, Span(begin, begin + len(stripped)), number))
        start += len(line) + 1
    return rows


def row_at(text: str, span: Span, number: int) -> Row:
    """The row that a stretch of text makes."""
    line = span.cut(text)
    bare = line if len(line) > _LONG_ROW else " ".join((_MARKUP.sub("", line) if _SIGNS & {*line} else line).split())
    words = max(bare.count(" ") + 1, len(bare) // 12)
    is_sentence = words >= 5 and bool(_SENTENCE_END.search(bare, max(0, len(bare) - 12)))
    return Row(span, number, bare, bare.casefold(), words, is_sentence, bool(_HEADING.match(line)))
