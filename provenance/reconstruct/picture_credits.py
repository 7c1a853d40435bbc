"""Whose the pictures are: (… via AP), [Stringer - Anadolu Agency], Photo: …/AFP. No text comes from there."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from provenance.model import Span
from provenance.names import Entry, mentions
from provenance.reconstruct.credit_names import Name, Words
from provenance.reconstruct.sign import Sign

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")


def photo_credits(text: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """Whose the pictures are: (… via AP), [Stringer - Anadolu Agency], Photo: …/AFP."""
    yield from _labelled_photos(text, table, words)
    for found in _BRACKET.finditer(text):
        inside = Span(*found.span(1))
        if _pictorial(text, found, table, words):
            yield from _photo_owner(text, inside, words, Span(*found.span()))
    for entry, span in _beside_slash(text, words):
        yield Sign("photo_credit", "D", Name(span.cut(text), span, "news", entry), span)


def _labelled_photos(text: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    pattern = _photo_label(tuple(table["photo"]))
    for found in pattern.finditer(text):
        end = re.compile(r"[)\]\n]|\. |$").search(text, found.end(), found.end() + 90)
        yield from _photo_owner(text, Span(found.end(), end.start() if end else found.end() + 90), words, None)


@lru_cache(maxsize=8)
def _photo_label(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(labels, key=len, reverse=True))})\s?:\s*", re.IGNORECASE)


def _pictorial(text: str, found: re.Match[str], table: dict[str, Any], words: Words) -> bool:
    """Whether a bracket belongs to a picture: it says so, divides names before an agency's, or ends a caption."""
    inside = found.group(1)
    if re.search(r"\bphoto\b|\bfoto\b", inside, re.IGNORECASE):
        return True
    if re.search(r"\bvia\b|/| [-–—|] ", inside, re.IGNORECASE):
        # "(via The Harbour Post)" speaks of text, "(... via AP)" of a picture
        named = mentions(text, words.known, Span(*found.span(1)))
        return "/" in inside or any(entry.role in ("agency", "pictures") for entry, _ in named)
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
    return is_caption(line, table) and text[found.end() : found.end() + 2].strip(" .")[:1] in ("", "\n")


def is_caption(line: str, table: dict[str, Any]) -> bool:
    """Whether a line describes a picture."""
    low = line.casefold()
    return len(line) < 500 and any(re.search(rf"\b{re.escape(word)}\b", low) for word in table["caption"])


def _photo_owner(text: str, inside: Span, words: Words, whole: Span | None) -> Iterator[Sign]:
    named = [(e, s) for e, s in mentions(text, words.known, inside) if e.role != "institute"]
    if named:
        entry, span = named[-1]
        yield Sign("photo_credit", "D", Name(span.cut(text), span, "news", entry), whole or inside)
        return
    # "Ada Lind/MOD": after the stroke stands the house
    house = re.search(r"/\s?([A-Z]{2,8}|[a-z]{3,4})\s*$", inside.cut(text))
    if house:
        span = Span(inside.start + house.start(1), inside.start + house.end(1))
        yield Sign("photo_credit", "D", Name(house.group(1), span, "organisation"), whole or inside)


def _beside_slash(text: str, words: Words) -> Iterator[tuple[Entry, Span]]:
    at = text.find("/")
    while at >= 0:
        # strokes of addresses and of dates are none of pictures
        if text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha():
            low = max(0, at - 40)
            while low and text[low - 1].isalnum():
                low -= 1
            for entry, span in mentions(text, words.known, Span(low, _end_of_word(text, at + 30))):
                beside = span.start == at + 1 or (span.end == at and text[at + 1].isupper())
                if beside and entry.role in ("agency", "pictures"):
                    yield entry, span
        at = text.find("/", at + 1)


def _end_of_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return min(at, len(text))
