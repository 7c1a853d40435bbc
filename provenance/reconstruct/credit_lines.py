"""Credits that are known by their place: datelines, bylines, source lines, ©, agency trailers."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from provenance.gazetteer import Entry, Role
from provenance.mentions import mentions
from provenance.model import Article, Span
from provenance.name_forms import normal_name
from provenance.names import find, same_outlet
from provenance.reconstruct.credit_names import any_name_after, moved, name_after, names_in
from provenance.reconstruct.name_words import Name, Words
from provenance.reconstruct.picture_credits import is_caption
from provenance.reconstruct.sign import Sign
from provenance.reconstruct.trigger_words import matches, places_of

_HEAD_LINES = 40  # lines that are not blank, from the top; menus above an article are long
_EDGE = 1  # paragraphs of body that may stand above or below a line that speaks of the whole text
_PARAGRAPH = 60  # characters; a shorter line is a heading or a label


Row = tuple[int, int]  # where a line begins and ends


def text_lines(text: str) -> list[Row]:
    """The lines that are not blank, without the blanks around them.

    >>> text_lines("One\\n\\n  two")
    [(0, 3), (7, 10)]
    """
    lines: list[Row] = []
    end = -1
    for row in text.split("\n"):
        end += len(row) + 1
        bare = row.lstrip()
        if bare:
            lines.append((end - len(bare), end))
    return lines


# --- datelines: WASHINGTON (AP) — -----------------------------------------------------------------------------------

_DATELINE = re.compile(
    r"[*_#>\s]*(?P<place>[^()\n]{0,70})\((?P<name>[^()\n]{2,40})\)\s*(?:[-–—:]|\.\s?[-–—]|\.\s(?=[A-ZÄÖÜ„“\"]))"
)
_SLASHED = re.compile(r"(?P<place>[^/\n]{0,60})/(?P<name>[\w-]{2,20})/[.:\s–—-]")
_BARE = re.compile(r"(?P<place>)(?P<name>[A-Z][\w ]{1,24}?)\s(?:--|[–—])\s")
_SMALL_IN_PLACE = frozenset(
    {"of", "de", "la", "den", "am", "an", "der", "von", "bei", "and", "und", "le", "el", "al", "do"}
)


def datelines(text: str, lines: Sequence[Row], words: Words) -> Iterator[Sign]:
    """Agencies, and outlets, between place and dash at the head of a line."""
    for start, end in lines[:_HEAD_LINES]:
        end = min(end, start + _DATELINE_REACH)
        if not may_be_dateline(text, start, end):
            continue
        for pattern in (_DATELINE, _SLASHED, _BARE):
            found = pattern.match(text, start, end)
            if found and _is_place(found["place"]):
                yield from _dateline_signs(text, found, pattern is _DATELINE, words)
                break


_DATELINE_REACH = 140  # characters


def may_be_dateline(text: str, start: int, end: int) -> bool:
    """Whether a line has the bracket, stroke or dash of a dateline."""
    head = text[start:end]
    if "(" in head or "/" in head:
        return True
    return head[0] in _CAPITALS and ("–" in head or "—" in head or "--" in head)


_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _is_place(place: str) -> bool:
    parts = re.findall(r"[^\W_][\w.'’-]*", place)
    return len(parts) <= 8 and all(not p[0].islower() or p in _SMALL_IN_PLACE for p in parts)


def _dateline_signs(text: str, found: re.Match[str], bracketed: bool, words: Words) -> Iterator[Sign]:
    start = found.start("name")
    names: list[Name] = []
    for part in re.finditer(r"[^/,;\s][^/,;]*", found["name"]):
        written = part.group().rstrip()
        entry = find(written, "agency", words.known) or (find(written, "outlet", words.known) if bracketed else None)
        if entry and entry.role != "agency" and not bracketed:
            continue  # "BuzzFeed News — which ..." begins a sentence
        # in "(dpa/lno)" what nobody knows is a desk of the first
        if entry or (bracketed and not names and _is_abbreviation(written, found["place"])):
            at = start + part.start()
            names.append(Name(written, Span(at, at + len(written)), "news", entry))
    for name in names:
        yield Sign("dateline", "A", name, Span(*found.span()))


def _is_abbreviation(written: str, place: str) -> bool:
    """Whether an unknown bracket after a place can be an agency: three to six letters that do not shorten the place."""
    if not re.fullmatch(r"[A-ZÄÖÜ]{3,6}|[a-zäöü]{3,6}", written) or not place.strip(" ,"):
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", place))
    return written.casefold() not in initials.casefold() and len(place.split()) <= 5


_SIGN_OFF = re.compile(r"(?:\(([^()\n]{2,40})\)[.\s]*|[.”\"]\s*[–—-]{1,2}\s*([A-Z][\w -]{1,30}))$")


def sign_offs(article: Article, lines: Sequence[Row], table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """(PTI) or — Reuters at the very end of a text: the text is theirs; where several stand there, part of it."""
    text = article.text
    paragraphs: list[Span] | None = None
    for start, end in lines:
        low = max(start, end - _SIGN_OFF_REACH)
        found = _SIGN_OFF.search(text, low, end) if may_sign_off(text, low, end) else None
        if found is None:
            continue
        line = Span(start, end)
        paragraphs = _paragraphs(article) if paragraphs is None else paragraphs
        if _below(paragraphs, line) or is_caption(line.cut(text), table):
            continue
        names = _agencies(text, Span(*found.span(1 if found.group(1) else 2)), words)
        for name in names:
            yield Sign("agency", "A" if len(names) == 1 else "B", name, Span(*found.span()))


_SIGN_OFF_REACH = 60  # characters


def may_sign_off(text: str, start: int, end: int) -> bool:
    """Whether a line ends with a bracket, or with a word that has a dash before it."""
    last = text[end - 1]
    if last in ").":
        return text.find(")", start, end) >= 0
    tail = text[start:end]
    return ")" in tail or "–" in tail or "—" in tail or "-" in tail


def _paragraphs(article: Article) -> list[Span]:
    """The lines of the body that are long enough to be paragraphs, in their order."""
    return [span for span in article.body if span.end - span.start >= _PARAGRAPH]


def _below(paragraphs: Sequence[Span], line: Span) -> int:
    """How many paragraphs begin below a line."""
    return len(paragraphs) - bisect_right(paragraphs, Span(line.end, -1))


def _agencies(text: str, span: Span, words: Words) -> list[Name]:
    """The agencies that a list consists of; none when it holds anything else."""
    names: list[Name] = []
    for part in re.finditer(r"[^/,;\s][^/,;]*", span.cut(text)):
        written = part.group().rstrip()
        entry = find(written, "agency", words.known)
        if entry is None or entry.role != "agency":
            return []
        start = span.start + part.start()
        names.append(Name(written, Span(start, start + len(written)), "news", entry))
    return names


# --- bylines --------------------------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"\s*(?:[,;|/•·()]|[-–—]+\s|\s[-–—]+|\b(?:and|und|via|for|of the|für)\b)\s*")


def bylines(article: Article, lines: Sequence[Row], table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """Agencies and outlets in the byline; a surname (David Post) or a programme (Fox Files) is neither."""
    text = article.text
    stamped = frozenset([normal_name(stamp.name) for stamp in article.stamps])
    for span in byline_spans(text, lines, table):
        end = text.find("\n", span.end)
        line = text[span.start : end if end >= 0 else len(text)]
        for name in _byline_names(line, span.end - span.start, words, stamped):
            yield Sign("agency" if name.role == "agency" else "source_via", "A", moved(name, span.start), span)
    if article.byline and article.byline not in text:
        for name in _byline_names(article.byline, len(article.byline), words, stamped):
            yield Sign("agency" if name.role == "agency" else "source_via", "A", name, None)


def may_have_byline(text: str, table: dict[str, Any]) -> bool:
    """Whether a text holds the word of a byline anywhere."""
    return any(map(text.__contains__, _byline_pattern(tuple(table["byline"]))[2]))


def byline_spans(text: str, lines: Sequence[Row], table: dict[str, Any]) -> list[Span]:
    """Where the head of a text says "By ..." (also glued: "ByNews Desk"), without the word itself."""
    if not may_have_byline(text, table):
        return []
    pattern, first, _ = _byline_pattern(tuple(table["byline"]))
    found = [pattern.match(text, start, end) for start, end in lines[:_HEAD_LINES] if text.startswith(first, start)]
    return [Span(*match.span("who")) for match in found if match]


@lru_cache(maxsize=8)
def _byline_pattern(by: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    """A byline, what its line begins with, and its word as it is written."""
    first = "|".join(word.capitalize() for word in by)
    capital = r"(?=[*_<]*[^\W\d_a-zß-öø-ÿ]|the |der |die )"
    # a byline is short and has no sentence in it
    glued = rf"{by[0].capitalize()}(?=[A-Z])"
    pattern = re.compile(
        rf"[*_#>\s]*(?:(?:{first}|{first.upper()})(?::\s*|\s+)|{glued}){capital}(?P<who>[^\n.!?:]{{2,90}}?)[*_.\s]*$"
    )
    written = (*(word.capitalize() for word in by), *(word.upper() for word in by))
    return pattern, (*written, *"*_#>"), written


@lru_cache(maxsize=1 << 14)  # people write more than once
def _byline_names(text: str, length: int, words: Words, stamped: frozenset[str]) -> tuple[Name, ...]:
    """The names in the beginning of a line, of some length, that is a byline."""
    span = Span(0, length)
    pieces: list[Span] = []
    at = span.start
    for cut in [*_SEPARATORS.finditer(text, span.start, span.end), None]:
        end = cut.start() if cut else span.end
        if end > at:
            pieces.append(Span(at, end))
        at = cut.end() if cut else end
    whole = _whole_name(text, span, words, stamped, False)
    if whole:
        return (whole,)
    desk = any(piece.cut(text).strip().casefold().endswith(words.desk) for piece in pieces)
    names = (_whole_name(text, piece, words, stamped, desk) for piece in pieces)
    return tuple(name for name in names if name)


@lru_cache(maxsize=8)
def _staff_at_end(staff: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(sorted(staff))})(?:\s+\w+)?$", re.IGNORECASE)


_ARTICLE = re.compile(r"(?:the|der|die|das)\s+", re.IGNORECASE)


def _whole_name(text: str, piece: Span, words: Words, stamped: Collection[str], desk: bool) -> Name | None:
    """The name that a piece of a byline consists of, words for staff aside."""
    written = piece.cut(text).strip(" *_")
    start = text.index(written, piece.start)
    bare = _staff_at_end(words.staff).sub("", written)
    entry: Entry | None = find(bare, "agency", words.known) or find(bare, "outlet", words.known)
    if entry:
        article = _ARTICLE.match(bare)
        at = article.end() if article else 0
        small = bare.islower() and bare not in (entry.name, *entry.aliases)
        span = Span(start + at, start + len(bare))
        return None if small or entry.role == "institute" else Name(bare[at:], span, "news", entry)
    if desk and re.fullmatch(r"The(?: [^\W_a-z]\w+){1,3}", bare):
        return Name(bare[4:], Span(start + 4, start + len(bare)), "news")
    # beside a date the name stands a second time: then Monitor is enough to know it by
    twice = normal_name(bare) in stamped
    name = name_after(text, start, words, sure=twice)
    if name is None or name.sort != "news" or name.entry or name.span.end < start + len(bare):
        return None
    last = name.written.split()[-1].casefold()
    # David Post is a man, Political Reporter an office
    sure = desk or twice or last in words.media or last.endswith(words.endings or ("\0",))
    return name if sure and last not in words.staff else None


# --- Source: X ------------------------------------------------------------------------------------------------------


def source_lines(article: Article, lines: Sequence[Row], table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """ "Source: AP" above or below the text says whose it is; anywhere else whose a fact is."""
    text = article.text
    paragraphs: list[Span] | None = None
    pattern, data = _labelled(tuple(table["source"])), _labelled(tuple(table["data"]))
    for start, end in lines_with(":", text, lines):
        line, near = Span(start, end), min(end, start + 300)
        if figures := data.match(text, start, near):
            yield from _source_signs(text, Span(figures.end(), end), line, False, words)
        elif found := pattern.match(text, start, near):
            paragraphs = _paragraphs(article) if paragraphs is None else paragraphs
            below = _below(paragraphs, line)
            outer = below <= _EDGE or len(paragraphs) - below <= _EDGE
            yield from _source_signs(text, Span(found.end(), end), line, outer, words)


def lines_with(mark: str, text: str, lines: Sequence[Row]) -> Iterator[Row]:
    """The lines that hold a mark."""
    at = text.find(mark)
    while at >= 0:
        line = lines[bisect_right(lines, (at, len(text) + 1)) - 1]
        yield line
        at = text.find(mark, line[1])


@lru_cache(maxsize=16)
def _labelled(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[*_\[(\s]*(?:{'|'.join(sorted(labels, key=len, reverse=True))})\**\s?:\**\s*", re.IGNORECASE)


_CAPITAL = r"[^\W_a-zß-öø-ÿ][\w'’&-]*"
_RUN = re.compile(rf"(?:U\.S\. )?{_CAPITAL}(?: (?:of |for |on |the |and )*{_CAPITAL}){{1,7}}")


_TITLE_LENGTH = 160  # characters


def _is_titled(text: str, where: Span, line: Span) -> bool:
    """Whether a book or table is named behind "SOURCE:"; "Sources: he will resign" is a headline."""
    label = text[line.start : where.start]
    return (label.isupper() and text[where.start].isalnum()) or text[where.start : where.start + 1] in '"“„«'


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
        run = _RUN.match(text, where.start, where.end)
        if run:
            span = Span(*run.span())
            yield Sign("data_source", "C", Name(run.group(), span, "organisation"), line)
        elif where.end - where.start <= _TITLE_LENGTH and _is_titled(text, where, line):
            yield Sign("data_source", "C", None, line)


_VIA = re.compile(
    r"\([Vv]ia (?P<inside>[^()\n]{2,50})\)(?P<colon>:?)|\b[Vv]ia (?P<last>[^()\n:.]{2,50})[.:]$", re.MULTILINE
)


def via_notes(text: str, places: Sequence[int] | None, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """ "(via The Skerry Courier)" behind a fact or before a quotation: a fact's source.

    An agency in such brackets owns a picture, unless a colon announces its words; Twitter and the like are ways.
    """
    around = None if places is None else [at for via in places for at in (via - 1, via) if at >= 0]
    for found in matches(_VIA, text, around):
        where = Span(*found.span("inside" if found["inside"] else "last"))
        name = name_after(text, where.start, words, "outlet", sure=True)
        announced = found["inside"] is None or bool(found["colon"])
        if name and (name.role == "outlet" or (announced and name.role == "agency")) and where.end - name.span.end <= 1:
            yield Sign("source_via", "C", name, Span(*found.span()))
        elif name is None and found["inside"] and found["inside"].casefold() not in table["ways"]:
            yield from _unknown_way(text, where, Span(*found.span()))


def _unknown_way(text: str, where: Span, whole: Span) -> Iterator[Sign]:
    """ "(via Gullwatch)": a word that nobody knows is an outlet, two are a person."""
    name = any_name_after(text, where.start)
    if name and where.end - name.span.end <= 1:
        yield Sign("source_via", "C", None if " " in name.written else name, whole)


# --- © --------------------------------------------------------------------------------------------------------------

_BEFORE_OWNER = re.compile(
    r"(?:\s|©|&copy;|\(c\)|(?:copyright|by|of|all|content|the)(?![^\W\d_])|\d{4}(?:\s?[-–]\s?\d{2,4})?|[,:.*_]|</?\w+>)*",
    re.IGNORECASE,
)


def copyrights(text: str, low: str, table: dict[str, Any], words: Words, outlet: str | None) -> Iterator[Sign]:
    """Who owns the text: an agency or a syndicate is its source; the page's own name is settled by ``identify``."""
    at = 0
    for begin in places_of(_COPYRIGHT_MARKS, low):
        if begin < at:  # "Copyright ©" is one
            continue
        before_owner = _BEFORE_OWNER.match(text, begin, begin + 60)
        at = before_owner.end() if before_owner else begin
        name = _owner(text[at : at + _OWNER_REACH], words, bool(outlet))
        if name is None:
            continue
        name = moved(name, at)
        span = Span(begin, name.span.end)
        if name.role == "pictures" or _ends_with(text, begin, tuple(table["caption"])):
            yield Sign("photo_credit", "D", name, span)
        else:
            yield Sign(_owner_kind(name, outlet), "A", name, span)


def _ends_with(text: str, at: int, words: tuple[str, ...]) -> bool:
    """Whether the text before a position ends with one of some words."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[max(0, at - max(map(len, words))) : at].casefold().endswith(words)


_COPYRIGHT_MARKS = ("©", "copyright", "(c)", "&copy;")


_OWNER_REACH = 400  # characters in which a name after © ends, all that may lead to it included


@lru_cache(maxsize=1 << 13)  # an outlet says so on each of its pages
def _owner(text: str, words: Words, is_known: bool) -> Name | None:
    """The owner whom a text begins with; a house that nobody knows only where the outlet is not known either."""
    roles: tuple[Role, ...] = ("agency", "syndicate", "outlet")
    for role in roles:
        name = name_after(text, 0, words, role, sure=True)
        if name and name.sort == "news":
            return name
    return None if is_known else _house(text, 0)


_COMPANY = "Inc|LLC|Ltd|Limited|Corp|Corporation|Media|Group|Network|Communications|Publishing|Publications|GmbH|AG"
_HOUSE = re.compile(
    rf"(?P<name>[A-Z]{{3,5}}(?:-TV|-FM|-AM)?|(?:[A-Z][\w&'’-]+ ){{1,4}}(?:{_COMPANY}))(?=[.,]|\s*$| All | all )",
    re.MULTILINE,
)


def _house(text: str, at: int) -> Name | None:
    """An owner that nobody knows, by how companies and stations write their names: "© 2031 WSKR"."""
    found = _HOUSE.match(text, at, at + 90)
    return Name(found["name"], Span(*found.span("name")), "news") if found else None


def _owner_kind(name: Name, outlet: str | None) -> str:
    if name.role == "syndicate":
        return "syndicate"
    if name.role == "agency":
        return "agency"
    return "syndicate" if outlet and not same_outlet(outlet, name.written) else "copyright_own"


# --- (Reporting by ...; Editing by ...) -----------------------------------------------------------------------------


def trailers(text: str, low: str, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """The bracket at the end of a Reuters text that names its reporters and editors, but never Reuters."""
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
