"""Credits that are known by their place: datelines, bylines, source lines, ©, agency trailers, captions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from provenance.model import Article, Span, Tier
from provenance.names import Entry, find, mentions, same_outlet
from provenance.reconstruct.credit_names import Name, Words, name_after, names_in
from provenance.reconstruct.sign import Sign

_HEAD_LINES = 14  # lines that are not blank, from the top: title, byline, dates, a caption, the first sentence
_TAIL_LINES = 6  # and from the end


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without the blanks around them."""
    return [Span(*found.span()) for found in re.finditer(r"\S[^\n]*", text)]


# --- datelines: WASHINGTON (AP) — -----------------------------------------------------------------------------------

_DATELINE = re.compile(r"[*_#>\s]*(?P<place>[^()\n]{0,70})\((?P<name>[^()\n]{2,40})\)\s*(?:[-–—:]|\.\s?[-–—])")
_SLASHED = re.compile(r"(?P<place>[^/\n]{0,60})/(?P<name>[\w-]{2,20})/[.:\s–—-]")
_BARE = re.compile(r"(?P<place>)(?P<name>[A-Z][\w ]{1,24}?)\s(?:--|[–—])\s")
_SMALL_IN_PLACE = frozenset("of de la den am an der von bei and und le les el al do da on the".split())


def datelines(text: str, words: Words) -> Iterator[Sign]:
    """Agencies, and outlets, between place and dash at the head of a line."""
    for line in _lines(text)[:_HEAD_LINES]:
        for pattern in (_DATELINE, _SLASHED, _BARE):
            found = pattern.match(text, line.start, min(line.end, line.start + 140))
            if found and _is_place(found["place"]):
                yield from _dateline_signs(text, found, pattern is _DATELINE, words)
                break


def _is_place(place: str) -> bool:
    parts = re.findall(r"[^\W_][\w.'’-]*", place)
    return len(parts) <= 8 and all(not p[0].islower() or p in _SMALL_IN_PLACE for p in parts)


def _dateline_signs(text: str, found: re.Match[str], bracketed: bool, words: Words) -> Iterator[Sign]:
    start = found.start("name")
    for part in re.finditer(r"[^/,;]+", found["name"]):
        written = part.group().strip()
        entry = find(written, "agency", words.known) or (find(written, "outlet", words.known) if bracketed else None)
        if entry is None and not (bracketed and _is_abbreviation(written, found["place"])):
            continue
        at = start + part.start() + part.group().index(written)
        name = Name(written, Span(at, at + len(written)), "news", entry)
        yield Sign("dateline", "A", name, Span(*found.span()))


def _is_abbreviation(written: str, place: str) -> bool:
    """Whether an unknown bracket after a place can be an agency: three to six letters that do not shorten the place."""
    if not re.fullmatch(r"[A-ZÄÖÜ]{3,6}|[a-zäöü]{3,6}", written) or not place.strip(" ,"):
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", place))
    return written.casefold() not in initials.casefold() and len(place.split()) <= 5


def sign_offs(text: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """(PTI) or — Reuters at the very end of a text: the text is theirs; where several stand there, part of it."""
    for line in _lines(text)[-_TAIL_LINES:]:
        found = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]][.\s]*$|[.”\"]\s*[–—-]{1,2}\s*([A-Z][\w -]{1,30})$").search(
            text, max(line.start, line.end - 60), line.end
        )
        if found is None or _is_caption(line.cut(text), table):
            continue
        group = 1 if found.group(1) else 2
        parts = [(p.group().strip(), found.start(group) + p.start()) for p in re.finditer(r"[^/,;]+", found.group(group))]
        entries = [(find(written, "agency", words.known), written, at) for written, at in parts]
        if all(entry and entry.role == "agency" for entry, _, _ in entries):
            tier: Tier = "A" if len(entries) == 1 else "B"
            for entry, written, at in entries:
                start = text.index(written, at)
                yield Sign("agency", tier, Name(written, Span(start, start + len(written)), "news", entry), Span(*found.span()))


# --- bylines --------------------------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"\s*(?:[,;|/•·()]|\s[-–—]+\s|[-–—]+\s|\s[-–—]+|\band\b|\bund\b|\bvia\b|\bfor\b|\bof the\b|\bfür\b)\s*")


def bylines(article: Article, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """Agencies and outlets in the byline; a surname (David Post) or a programme (Fox Files) is neither."""
    places = byline_spans(article.text, table)
    for span in places:
        for name in _byline_names(article.text, span, words):
            yield Sign("agency" if name.role == "agency" else "source_via", "A", name, span)


def byline_spans(text: str, table: dict[str, Any]) -> list[Span]:
    """Where the head of a text says "By ..." (also glued: "ByNews Desk"), without the word itself."""
    pattern = _byline_pattern(tuple(table["byline"]))
    found = (pattern.match(text, line.start, line.end) for line in _lines(text)[:_HEAD_LINES])
    return [Span(*match.span("who")) for match in found if match]


@lru_cache(maxsize=8)
def _byline_pattern(by: tuple[str, ...]) -> re.Pattern[str]:
    first = "|".join(word.capitalize() for word in by)
    capital = r"(?=[*_<]*[^\W\d_a-zß-öø-ÿ]|the |der |die )"
    # a byline is short and has no sentence in it
    return re.compile(rf"[*_#>\s]*(?:(?:{first}|{first.upper()})(?::\s*|\s+)|{by[0].capitalize()}(?=[A-Z])){capital}(?P<who>[^\n.!?:]{{2,90}}?)[*_.\s]*$")


def _byline_names(text: str, span: Span, words: Words) -> list[Name]:
    pieces: list[Span] = []
    at = span.start
    for cut in [*_SEPARATORS.finditer(text, span.start, span.end), None]:
        end = cut.start() if cut else span.end
        if end > at:
            pieces.append(Span(at, end))
        at = cut.end() if cut else end
    whole = _whole_name(text, span, words, False)
    if whole:
        return [whole]
    desk = any(piece.cut(text).strip().casefold().endswith(words.desk) for piece in pieces)
    names = (_whole_name(text, piece, words, desk) for piece in pieces)
    return [name for name in names if name]


def _whole_name(text: str, piece: Span, words: Words, desk: bool) -> Name | None:
    """The name that a piece of a byline consists of, words for staff aside."""
    written = piece.cut(text).strip(" *_")
    start = text.index(written, piece.start) if written else piece.start
    bare = re.sub(rf"\s+(?:{'|'.join(words.staff)})(?:\s+\w+)?$", "", written, flags=re.IGNORECASE)
    entry: Entry | None = find(bare, "agency", words.known) or find(bare, "outlet", words.known) if bare else None
    if entry and entry.role == "institute":
        return None
    if entry and not (bare.islower() and not entry.name.islower() and bare not in entry.aliases):
        return Name(re.sub(r"^(?:the|der|die|das)\s+", "", bare, flags=re.I), Span(start, start + len(bare)), "news", entry)
    name = name_after(text, start, words) if written else None
    if name and name.sort == "news" and name.entry is None and name.span.end >= start + len(bare):
        last = name.written.split()[-1].casefold()
        return name if last in words.media or desk or last.endswith(words.endings or ("\0",)) else None
    return None


# --- Source: X ------------------------------------------------------------------------------------------------------


def source_lines(text: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """ "Source: AP" as one of the first or last lines says whose the text is; anywhere else whose a fact is."""
    lines = _lines(text)
    pattern = _labelled(tuple(table["source"]))
    for at, line in enumerate(lines):
        found = pattern.match(text, line.start, min(line.end, line.start + 300))
        if found:
            outer = at < _TAIL_LINES or at >= len(lines) - _TAIL_LINES
            yield from _source_signs(text, Span(found.end(), line.end), line, outer, words)


@lru_cache(maxsize=16)
def _labelled(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[*_\[(\s]*(?:{'|'.join(sorted(labels, key=len, reverse=True))})\**\s?:\**\s*", re.IGNORECASE)


def _source_signs(text: str, where: Span, line: Span, outer: bool, words: Words) -> Iterator[Sign]:
    names = names_in(text, where, words)
    news = [name for name in names if name.sort == "news"]
    for name in names:
        if name.sort == "news" and outer:
            alone = len(news) == 1
            yield Sign("source_via" if alone else "agency", "A" if alone else "B", name, line)
        else:
            yield Sign("data_source", "C", name, line)
    if not names:
        # a label makes a source of whatever is named there: "Source: State Department"
        run = re.compile(r"(?:U\.S\. )?[^\W_a-zß-öø-ÿ][\w'’&-]*(?: (?:of |for |on |the |and )*[^\W_a-zß-öø-ÿ][\w'’&-]*){1,7}").match(
            text, where.start, where.end
        )
        if run:
            span = Span(*run.span())
            yield Sign("data_source", "C", Name(run.group(), span, "organisation"), line)


# --- © --------------------------------------------------------------------------------------------------------------

_COPYRIGHT = re.compile(r"©|&copy;|\(c\)|copyright", re.IGNORECASE)
_BEFORE_OWNER = re.compile(
    r"(?:\s|©|&copy;|\(c\)|copyright|by|of|\d{4}(?:\s?[-–]\s?\d{2,4})?|[,:.*_]|</?\w+>|all|content|the)*", re.IGNORECASE
)


def copyrights(text: str, words: Words, outlet: str | None) -> Iterator[Sign]:
    """Who owns the text: an agency or a syndicate is its source; the page's own name is settled by ``identify``."""
    at = 0
    while found := _COPYRIGHT.search(text, at):
        before_owner = _BEFORE_OWNER.match(text, found.start(), found.start() + 60)
        at = before_owner.end() if before_owner else found.end()
        name = _owner(text, at, words)
        if name is None:
            continue
        yield Sign(_owner_kind(name, outlet), "A", name, Span(found.start(), name.span.end))


def _owner(text: str, at: int, words: Words) -> Name | None:
    for role in ("agency", "syndicate", "outlet"):
        name = name_after(text, at, words, role)
        if name and name.sort == "news":
            return name
    return None


def _owner_kind(name: Name, outlet: str | None) -> str:
    if name.role == "syndicate":
        return "syndicate"
    if name.role == "agency":
        return "agency"
    return "syndicate" if outlet and not same_outlet(outlet, name.written) else "copyright_own"


# --- (Reporting by ...; Editing by ...) -----------------------------------------------------------------------------


def trailers(text: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """The bracket at the end of a Reuters text that names its reporters and editors, but never Reuters."""
    low = text.casefold() if text.isascii() else text.lower()
    edited = str(table["edited"])
    at = low.find(edited)
    while at >= 0:
        span = _trailer(low, at, tuple(table["reported"]))
        if span and len(text) - span.end < 1500:
            yield _trailer_sign(text, span, words)
        at = low.find(edited, at + len(edited))


def _trailer(low: str, at: int, reported: tuple[str, ...]) -> Span | None:
    """The bracket, or the line, around "editing by" if it begins with words of that kind."""
    line = low.rfind("\n", 0, at) + 1
    bracket = low.rfind("(", max(line, at - 500), at)
    start = bracket + 1 if bracket >= 0 else line
    if not low.startswith(reported, start):
        return None
    close = re.compile(r"[)\n]").search(low, at)
    end = close.start() if close else len(low)
    # without brackets only the division by a semicolon is certain to be Reuters' own
    return Span(start, end) if bracket >= 0 or ";" in low[start:end] else None


def _trailer_sign(text: str, span: Span, words: Words) -> Sign:
    named = [(e, s) for e, s in mentions(text, words.known, span) if e.role == "agency"]
    if named:
        entry, place = named[0]
        return Sign("agency", "A", Name(place.cut(text), place, "news", entry), span)
    return Sign("contributor", "A", Name("Reuters", span, "news", find("Reuters")), span)


# --- pictures -------------------------------------------------------------------------------------------------------

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
        return any(entry.role == "agency" for entry, _ in mentions(text, words.known, Span(*found.span(1)))) or "/" in inside
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
    return _is_caption(line, table) and text[found.end() : found.end() + 2].strip(" .")[:1] in ("", "\n")


def _is_caption(line: str, table: dict[str, Any]) -> bool:
    low = line.casefold()
    return len(line) < 500 and any(re.search(rf"\b{re.escape(word)}\b", low) for word in table["caption"])


def _photo_owner(text: str, inside: Span, words: Words, whole: Span | None) -> Iterator[Sign]:
    named = [(e, s) for e, s in mentions(text, words.known, inside) if e.role != "institute"]
    if named:
        entry, span = named[-1]
        yield Sign("photo_credit", "D", Name(span.cut(text), span, "news", entry), whole or inside)
        return
    # "Ada Lind/MOD": after the stroke stands the house
    house = re.search(r"/\s?([A-Z]{2,8})\s*$", inside.cut(text))
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
                if entry.role == "agency" and (span.start == at + 1 or (span.end == at and text[at + 1].isupper())):
                    yield entry, span
        at = text.find("/", at + 1)


def _end_of_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return min(at, len(text))
