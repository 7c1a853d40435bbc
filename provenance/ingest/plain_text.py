"""Plain text, and the text of a page or record, made into an Article: reflow, front matter, head, marks, dates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from provenance.ingest import frame, head, own_dates
from provenance.ingest.dates import WrittenDate
from provenance.ingest.known import Known, known_from
from provenance.ingest.rows import Row, rows_of
from provenance.ingest.said_words import said_words
from provenance.model import Article, Published, Span, Stamp
from provenance.text import covers

NARROWEST, WIDEST = 40, 100  # columns between which hard-wrapped text is looked for
WRAPPED_SHARE = 0.75  # of the lines inside paragraphs must be as full as wrapping leaves them
RAGGED = 8  # columns by which most lines of wrapped text fall short of the width
WRAPPED_ROWS = 4  # line breaks inside paragraphs below which nothing can be said

_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_ODD_BREAKS = "\r\u0085\u2028\u2029\x0b\x0c"
_PARAGRAPH_ENDS = (".", "!", "?", ":", '"', "”", "»")
_CONTROLS = bytes([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F])


def clean_breaks(text: str) -> str:
    """The text with one kind of line break, without byte order mark and control characters."""
    return clean_block(text.removeprefix("\ufeff"))


def clean_block(text: str) -> str:
    """A piece of a text with one kind of line break, without control characters."""
    if any(map(text.__contains__, _ODD_BREAKS)):
        text = _BREAKS.sub("\n", text)
    data = text.encode("utf-8", "surrogatepass")
    cleaned = data.translate(None, _CONTROLS)  # five times as fast as a look at characters
    return text if len(cleaned) == len(data) else cleaned.decode("utf-8", "surrogatepass")


# --- hard-wrapped text --------------------------------------------------------------------------------------------


def reflowed(text: str) -> str:
    r"""The text with the line breaks of a fixed column width taken out of its paragraphs.

    Wrapped text is known by its rule: the first word of every following line would not have fitted on the line
    before. Where that holds for most line breaks inside paragraphs, those are joined.
    """
    lines = text.split("\n")
    width = _width(lines)
    if width is None:
        return text
    out: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if out and _wraps(before, line, width):
            glue = "" if before.rstrip().endswith("-") and not before.rstrip().endswith(" -") else " "
            out[-1] = out[-1].rstrip() + glue + line.strip()
        else:
            out.append(line)
    return "\n".join(out)


def _width(lines: Sequence[str]) -> int | None:
    """The column at which a text is wrapped, None when it is not."""
    lengths = list(map(len, map(str.rstrip, lines)))
    if sum([n for n in lengths if n > WIDEST]) * 5 > sum(lengths):
        return None
    # where a sentence ends with the line a paragraph may end too, and nothing can be told
    inside = [i for i in range(len(lines) - 1) if lengths[i + 1] and not lines[i].rstrip().endswith(_PARAGRAPH_ENDS)]
    inside = [i for i in inside if NARROWEST // 2 <= lengths[i] <= WIDEST]
    width = _fullest([lengths[i] for i in inside])
    if len(inside) < WRAPPED_ROWS or width < NARROWEST:
        return None
    return width if sum(_wraps(lines[i], lines[i + 1], width) for i in inside) >= WRAPPED_SHARE * len(inside) else None


def _fullest(lengths: Sequence[int]) -> int:
    """The longest line that is no exception: wrapping leaves many lines nearly as long."""
    near = {n: sum(n - RAGGED <= other <= n for other in lengths) for n in set(lengths)}
    return max((n for n, count in near.items() if count * 10 >= len(lengths)), default=0)


def _wraps(line: str, following: str, width: int) -> bool:
    line, following = line.rstrip(), following.strip()
    if not line or not following or not NARROWEST // 2 <= len(line) <= WIDEST:
        return False
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


# --- front matter -------------------------------------------------------------------------------------------------

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_FRONT_LINES = 60  # lines; a longer block is no front matter
_ENTRY = re.compile(r"([\w -]{1,30}?)\s*[:=]\s*(.*)")


def front_matter(text: str) -> tuple[Known, str]:
    """The metadata between two lines of dashes at the head of a text, and the text without them."""
    opening = _FRONT.match(text)
    if not opening:
        return Known(), text
    lines = text[opening.end() :].split("\n")
    close = next((i for i, line in enumerate(lines[:_FRONT_LINES]) if line.strip() == opening[1]), None)
    entries = _entries(lines[:close]) if close is not None else None
    if close is None or not entries:
        return Known(), text
    return known_from(entries, "front matter, {}"), "\n".join(lines[close + 1 :])


def _entries(lines: Sequence[str]) -> dict[str, object] | None:
    entries: dict[str, object] = {}
    last = None
    for line in lines:
        found = _ENTRY.match(line)
        if line.startswith((" ", "\t", "- ")) and last is not None:
            entries[last] = f"{entries[last]}, {line.strip(' -')}".strip(", ")
        elif found:
            last = found[1].strip()
            entries[last] = found[2].strip().strip("\"'")
        elif line.strip() and not line.startswith("#"):
            return None
    return entries


# --- the article --------------------------------------------------------------------------------------------------


def article_from(
    id: str,
    path: str,
    text: str,
    known: Known,
    outside: Sequence[Span] = (),
    is_page: bool = False,
    shown: tuple[WrittenDate, str] | None = None,
    compiled: bool = False,
) -> Article:
    """An Article from its whole text and what is known beside it.

    Args:
        id: the article's id.
        path: its file as a user would name it.
        text: everything a reader sees, line breaks normalised.
        known: metadata from beside the text; wins over what the text says.
        outside: stretches that are already known to be page frame (from a page's markup).
        is_page: whether markup has decided which lines are body.
        shown: the date beside a page's heading and its ground; yields to two date lines with different names.
        compiled: whether a kernel counts its words, which pays in large piles.
    """
    language, words = said_words(text, compiled)
    language = known.language.lower().split("-")[0].split("_")[0] if known.language else language
    rows = rows_of(text)
    if not rows:
        return _bare_article(id, path, text, known, language)
    rows = frame.units_of(text, rows, language)
    reasons = frame.phrase_reasons(text, rows, language, words)
    first = _first_inside(rows, outside) if is_page else None
    read = head.read_head(rows, reasons, language, known.title, first)
    _mark_head(reasons, read)
    if is_page:
        _mark_outside(rows, reasons, outside)
    else:
        frame.mark_by_shape(rows, reasons, read.title, language)
    dated = _dated(known, shown, read)
    mentions = _mentions(text, rows, reasons, language, dated, read)
    stamps = tuple(_stamp(text, rows[line.row], line) for line in read.date_lines if line.name)
    return Article(
        id=id,
        path=path,
        text=text,
        boilerplate=frame.rescued(text, rows, reasons, language),
        title=known.title or read.title_text,
        title_ground=known.title_ground if known.title else _title_ground(rows, read),
        outlet=known.outlet,
        outlet_ground=known.outlet_ground,
        byline=known.byline or read.byline_text,
        byline_ground=known.byline_ground if known.byline else _byline_ground(rows, read),
        url=known.url,
        language=known.language or language,
        published=_published(text, rows, mentions, language, dated, read),
        stamps=stamps,
        credits=known.credits,
    )


def _bare_article(id: str, path: str, text: str, known: Known, language: str | None) -> Article:
    return Article(
        id, path, text, (), known.title, known.title_ground, known.outlet, known.outlet_ground, known.byline,
        known.byline_ground, known.url, known.language or language,
        known.date.published(known.date_ground or "") if known.date else None, (), known.credits,
    )  # fmt: skip


def _mark_head(reasons: list[str | None], read: head.Head) -> None:
    for line in read.date_lines:
        reasons[line.row] = "date line"
    if read.byline is not None:
        reasons[read.byline] = "byline"
    if read.title is not None:
        reasons[read.title] = "title"


def _mark_outside(rows: Sequence[Row], reasons: list[str | None], outside: Sequence[Span]) -> None:
    for i, row in enumerate(rows):
        if reasons[i] is None and covers(outside, row.start):
            reasons[i] = "page frame"


def _first_inside(rows: Sequence[Row], outside: Sequence[Span]) -> int | None:
    """The first paragraph of the article on a page."""
    return next((i for i, row in enumerate(rows) if row.words >= 12 and not covers(outside, row.start)), None)


def _title_ground(rows: Sequence[Row], read: head.Head) -> str | None:
    if read.title_text is None or read.title is None:
        return None
    return "first line of the text" if read.title == 0 else f"line {rows[read.title].number} of the text"


def _byline_ground(rows: Sequence[Row], read: head.Head) -> str | None:
    return None if read.byline is None else f'line {rows[read.byline].number}: "{rows[read.byline].bare}"'


def _stamp(text: str, row: Row, line: head.DateLine) -> Stamp:
    assert line.name is not None
    return Stamp(line.name, line.date.published(_line_ground(row, line)), row.span)


def _line_ground(row: Row, line: head.DateLine) -> str:
    words = row.bare if line.name else row.bare[line.date.span.start : line.date.span.end]
    return f'line {row.number}: "{words}"'


# --- when ---------------------------------------------------------------------------------------------------------


def _dated(known: Known, shown: tuple[WrittenDate, str] | None, read: head.Head) -> Known:
    """What is known, with the date that the page shows where nothing better is."""
    if shown is None or known.date is not None or _has_two_names(read):
        return known
    return replace(known, date=shown[0], date_ground=shown[1])


def _has_two_names(read: head.Head) -> bool:
    return len({line.name for line in read.date_lines if line.name}) > 1


def _mentions(
    text: str, rows: Sequence[Row], reasons: Sequence[str | None], language: str | None, known: Known, read: head.Head
) -> list[own_dates.Mention]:
    """The text's own dates, where they are needed: to settle a day and month, or for want of a date line."""
    is_needed = known.date.ambiguous if known.date else all(line.date.ambiguous for line in read.date_lines)
    return own_dates.mentions_of(text, rows, reasons, language) if is_needed else []


def _published(
    text: str,
    rows: Sequence[Row],
    mentions: Sequence[own_dates.Mention],
    language: str | None,
    known: Known,
    read: head.Head,
) -> Published | None:
    if known.date is not None:
        return _settle(known.date, known.date_ground or "", text, mentions, language)
    if _has_two_names(read):
        return None  # which of the names is the outlet is for attribution to settle
    lines = sorted(read.date_lines, key=lambda line: line.is_update)
    if lines:
        return _settle(lines[0].date, _line_ground(rows[lines[0].row], lines[0]), text, mentions, language)
    return own_dates.earliest_from(text, mentions)


def _settle(
    written: WrittenDate, ground: str, text: str, mentions: Sequence[own_dates.Mention], language: str | None
) -> Published:
    if not written.ambiguous:
        return _published_on(written, ground)
    read, why = own_dates.settled(written, text, mentions, language)
    if why:
        return read.published(f"{ground}, {why}")
    if read.ambiguous:
        return read.published(f"{ground}, day and month not told apart")
    return read.published(ground)


@lru_cache(maxsize=4096)  # the articles of a day share one object
def _published_on(written: WrittenDate, ground: str) -> Published:
    return written.published(ground)
