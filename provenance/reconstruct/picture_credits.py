"""Whose the pictures are: (… via AP), [Stringer - Anadolu Agency], Photo: …/AFP. No text comes from there."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from provenance.gazetteer import Entry
from provenance.mentions import mentions
from provenance.model import Span
from provenance.names import find
from provenance.reconstruct.name_words import Name, Words
from provenance.reconstruct.sign import Sign
from provenance.reconstruct.trigger_words import Places, matches, places_of

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")


def photo_credits(text: str, low: str, places: Places, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """Whose the pictures are: (… via AP), [Stringer - Anadolu Agency], Photo: …/AFP."""
    yield from _labelled_photos(text, low, places.of("photo"), table, words)
    for found in matches(_BRACKET, text, places_of("([", text)):
        inside = Span(*found.span(1))
        if _pictorial(text, found, table, words):
            owners = [*_photo_owner(text, inside, words, Span(*found.span()))]
            yield from owners
            if not owners and ":" not in found[1] and found[1].casefold().startswith(tuple(table["photo"])):
                yield Sign("photo_credit", "D", None, Span(*found.span()))
    for entry, span in _beside_slash(text, words):
        yield Sign("photo_credit", "D", Name(span.cut(text), span, "news", entry), span)
    yield from _behind_mark(text, places.of("via"), words)
    for found in matches(_AFTER_CAPTION, text, places.of("credit")):
        yield Sign("photo_credit", "D", None, Span(*found.span()))


_AFTER_CAPTION = re.compile(
    r"(?<=[.!?”\"] )Credit (?:via )?[^\W\d_a-z][^.\n]{3,70}(?:\. ?\w[^.\n]{0,30})?$", re.MULTILINE
)
_MARKED = re.compile(
    r"(?P<mark>[|)—–]|\bvia) ?(?:[A-Z]\w+/)?(?P<name>[A-Z]\w+(?: Images)?)(?P<end>[.)\]]*$)?", re.MULTILINE
)


def _behind_mark(text: str, via: Sequence[int] | None, words: Words) -> Iterator[Sign]:
    """A picture agency behind a bar, bracket, dash or via: "… over. | Getty", "Ada Lind—Getty Images"."""
    marks = None if via is None else sorted([*via, *places_of("|)—–", text)])
    for found in matches(_MARKED, text, marks):
        entry = find(found["name"], "pictures", words.known)
        # a dash before an agency's name signs off a text
        ends = found["end"] is not None
        agency_fits = found["mark"] == "|" or (found["mark"] == ")" and ends)
        agency_fits = agency_fits or (
            found["mark"] == "via" and (ends or text[found.end() + 1 : found.end() + 2].isupper())
        )
        if entry and (entry.role == "pictures" or (entry.role == "agency" and agency_fits)):
            name = Name(found["name"], Span(*found.span("name")), "news", entry)
            yield Sign("photo_credit", "D", name, Span(*found.span()))


def _labelled_photos(
    text: str, low: str, places: Sequence[int] | None, table: dict[str, Any], words: Words
) -> Iterator[Sign]:
    for found in matches(_photo_label(tuple(table["photo"]), tuple(table["photo_by"])), low, places):
        stop = _LABELLED_END.search(text, found.end(), found.end() + 90)
        inside = Span(found.end(), stop.start() if stop else min(found.end() + 90, len(text)))
        owners = [*_photo_owner(text, inside, words, None)]
        yield from owners
        if not owners and _is_owner(inside.cut(text)):  # a person, or a house that nobody knows
            yield Sign("photo_credit", "D", None, Span(found.start(), inside.end))


_LABELLED_END = re.compile(r"[)\]\n]|\. | Image caption|$")
_NAMES = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’&-]*|of|for|the|via|and|[/,|\s])+")
_OWNER_WORDS = 6


def _is_owner(words: str) -> bool:
    """Whether words are but a name or two; a gallery's title ("Photos: A life at sea") is more."""
    return 0 < len(words.split()) <= _OWNER_WORDS and _NAMES.fullmatch(words) is not None


@lru_cache(maxsize=8)
def _photo_label(labels: tuple[str, ...], by: tuple[str, ...]) -> re.Pattern[str]:
    """A word for pictures and a colon, or words that need none: "Photo by", "Image copyright"."""
    longest = "|".join(sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?:{longest})\s?:\s*|(?:{'|'.join(by)})\s+:?)")


_PHOTO = re.compile(r"\bphoto\b|\bfoto\b", re.IGNORECASE)
_PARTED = re.compile(r"\bvia\b|/| [-–—|] ", re.IGNORECASE)


def _pictorial(text: str, found: re.Match[str], table: dict[str, Any], words: Words) -> bool:
    """Whether a bracket belongs to a picture: it says so, divides names before an agency's, or ends a caption."""
    inside = found.group(1)
    if _PHOTO.search(inside):
        return True
    if inside[:4].casefold() == "via " and text[found.end() : found.end() + 1] == ":":
        return False  # "(via AP):" announces words
    if _PARTED.search(inside):
        # "(via The Harbour Post)" speaks of text, "(... via AP)" of a picture
        named = mentions(text, words.known, Span(*found.span(1)))
        return "/" in inside or any(entry.role in ("agency", "pictures") for entry, _ in named)
    if text[found.end() : found.end() + 2].strip(" .")[:1] not in ("", "\n"):
        return False
    return is_caption(text[text.rfind("\n", 0, found.start()) + 1 : found.end()], table)


def is_caption(line: str, table: dict[str, Any]) -> bool:
    """Whether a line describes a picture."""
    return len(line) < 500 and _any_word(tuple(table["caption"])).search(line.casefold()) is not None


@lru_cache(maxsize=8)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _photo_owner(text: str, inside: Span, words: Words, whole: Span | None) -> Iterator[Sign]:
    named = [(e, s) for e, s in mentions(text, words.known, inside) if e.role != "institute"]
    if named:
        entry, span = named[-1]
        yield Sign("photo_credit", "D", Name(span.cut(text), span, "news", entry), whole or inside)
        return
    doubtful = _LAST_NAME.search(text, inside.start, inside.end)
    pictures = find(doubtful["name"], "pictures", words.known) if doubtful else None
    if doubtful and pictures:
        yield Sign(
            "photo_credit", "D", Name(doubtful["name"], Span(*doubtful.span("name")), "news", pictures), whole or inside
        )
        return
    # "Ada Lind/MOD": after the stroke stands the house
    house = _BEHIND_STROKE.search(inside.cut(text))
    if house:
        span = Span(inside.start + house.start(1), inside.start + house.end(1))
        yield Sign("photo_credit", "D", Name(house.group(1), span, "organisation"), whole or inside)


_BEHIND_STROKE = re.compile(r"/\s?([A-Z]{2,8}|[a-z]{3,4})\s*$")
_LAST_NAME = re.compile(r"(?P<name>[A-Z]\w+)(?: Image caption\b.*)?[.\s]*$")


def _beside_slash(text: str, words: Words) -> Iterator[tuple[Entry, Span]]:
    at = text.find("/")
    while at >= 0:
        # strokes of addresses and of dates are none of pictures
        if (text[at - 1 : at].isalpha() or text[at - 1 : at] == ")") and text[at + 1 : at + 2].isalpha():
            low = max(0, at - 40)
            while low and text[low - 1].isalnum():
                low -= 1
            for entry, span in mentions(text, words.known, Span(low, _end_of_word(text, at + 30))):
                beside = (span.start == at + 1 and not _POLL.match(text, span.end)) or (
                    span.end == at and _ends_with_name(text, at)
                )
                if beside and entry.role in ("agency", "pictures"):
                    yield entry, span
        at = text.find("/", at + 1)


_POLL = re.compile(r"(?: [A-Z]\w+){0,3} (?:[Pp]oll|survey|tracking|data|numbers)")
_NAME_THEN_END = re.compile(r"/[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]+){0,3}\s*(?:[)\]|]|\.?$)", re.MULTILINE)


def _ends_with_name(text: str, at: int) -> bool:
    """Whether a photographer's name behind a stroke ends the line or bracket: not "a Reuters/Ipsos poll of voters"."""
    asked = re.search(r"\b(?:poll|survey)", text[max(0, at - 60) : at])
    return asked is None and _NAME_THEN_END.match(text, at, at + 70) is not None


def _end_of_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return min(at, len(text))
