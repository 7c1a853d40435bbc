"""What the first lines of a text say: title, byline, date lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from provenance.ingest.dates import WrittenDate, find_dates
from provenance.ingest.rows import Row
from provenance.phrases import phrases

HEAD_PARAGRAPHS = 2  # paragraphs of body that may stand above a date line or byline
HEAD_ROWS = 40  # lines in which a head is looked for; menus above an article are long
LINE_CHARACTERS = 160  # characters; a longer line is no date line and no byline
PAGE_ROWS = 18  # lines above the first paragraph of a page in which its head stands; buttons come between
TITLE_WORDS = 30  # words at most in a title
BYLINE_WORDS = 16  # words at most in a byline
NAME_WORDS = 8  # words at most in the name beside a date
TAIL_ROWS = 5  # lines from the end in which a labelled date may stand


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date, or a date and a name."""

    row: int
    date: WrittenDate  # its span counts from the start of the line
    name: str | None
    is_update: bool


@dataclass(slots=True)
class Head:
    """Which rows hold what; None where nothing does."""

    title: int | None = None
    title_text: str | None = None
    byline: int | None = None
    byline_text: str | None = None
    date_lines: list[DateLine] = field(default_factory=list)


def read_head(
    rows: Sequence[Row],
    reasons: Sequence[str | None],
    language: str | None,
    title: str | None,
    first: int | None = None,
) -> Head:
    """Read the head of a text.

    Args:
        rows: its lines.
        reasons: which of them known phrases have marked; those are passed over.
        language: for "By" and the words around dates.
        title: the title, when it is known from elsewhere.
        first: the first row of the article, when markup tells; the head then lies around it.
    """
    head = Head()
    paragraphs = 0
    window = (0, HEAD_ROWS) if first is None else (max(0, first - PAGE_ROWS), first + HEAD_PARAGRAPHS)
    for i in range(len(rows))[slice(*window)]:
        row = rows[i]
        if reasons[i] not in (None, "label"):
            continue
        if paragraphs >= HEAD_PARAGRAPHS:
            break
        if not _read_line(head, i, row, language):
            paragraphs += row.is_sentence and row.words >= 12
    if first is None:
        _read_tail(head, rows, reasons, language)
    else:
        head.date_lines.sort(key=lambda line: (line.is_update, abs(line.row - first)))
    _read_title(head, rows, reasons, title)
    return head


def _read_line(head: Head, i: int, row: Row, language: str | None) -> bool:
    if len(row.bare) > LINE_CHARACTERS:
        return False
    may_name = head.byline is None and row.folded.startswith(_byline_words(language))
    byline = byline_of(row.bare, language) if may_name else None
    date_line = date_line_of(i, row.bare, language, byline is not None)
    if byline is not None:
        head.byline, head.byline_text = i, byline
    if date_line is not None:
        head.date_lines.append(date_line)
    return byline is not None or date_line is not None


def _read_tail(head: Head, rows: Sequence[Row], reasons: Sequence[str | None], language: str | None) -> None:
    """A labelled date ("Published 3 May 2031") also counts among the last lines."""
    if head.date_lines:
        return
    for i in range(max(1, len(rows) - TAIL_ROWS), len(rows)):
        row = rows[i]
        if reasons[i] in (None, "label") and len(row.bare) <= LINE_CHARACTERS and not row.is_sentence:
            found = date_line_of(i, row.bare, language, False)
            if found is not None and found.name is None and has_label(row.folded, language):
                head.date_lines.append(found)


def has_label(line: str, language: str | None) -> bool:
    """Whether a line begins with a word that announces a date: "Published 3 May 2031"."""
    return line.casefold().startswith(tuple(w for w in _words(language, "labels") if len(w) > 4))


def tells_update(before: str, language: str | None) -> bool:
    """Whether the last words before a date say that it is the day of a change."""
    folded = before.casefold().strip(_EDGES)
    return any(_at_edge(folded, word) for word in _words(language, "updated"))


# --- bylines ------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"[^\W\d_][\w.,&/|'\u2019\u2010-\u2015 ()-]*")
_AFTER_NAME = re.compile(r"\s*(?:[|·•]|\s[-–—]\s*(?=\d)|,\s*$|\s+\d).*$")


def byline_of(line: str, language: str | None) -> str | None:
    """The name in a byline, None when the line is none.

    >>> byline_of("By Jane Roe | May 3, 2031", None), byline_of("By the time it was over", None)
    ('Jane Roe', None)
    """
    for word in _byline_words(language):
        if line[: len(word)].casefold() != word:
            continue
        name = _name_after(line[len(word) :], glued=not word.endswith(":"))
        if name is not None:
            return name
    return None


@cache
def _byline_words(language: str | None) -> tuple[str, ...]:
    words = {*phrases(language, "frame")["byline"], *phrases(None, "frame")["byline"]}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _name_after(rest: str, glued: bool) -> str | None:
    name = rest.strip(" :\u00a0")
    if not rest or not name or not name[0].isupper():
        return None
    if glued and not rest[0].isspace() and not (rest[0].isupper() and rest[1:2].islower()):
        return None  # "ByNews Desk" is a byline, "BYTES" is none
    dates = find_dates(name)
    if dates:
        name = name[: dates[0].span.start]
    name = _AFTER_NAME.sub("", name).strip(" ,|·•-–—:")
    is_sentence = name.endswith((".", "!", "?")) and len(name.split()) > 5
    if not name or len(name.split()) > BYLINE_WORDS or is_sentence or not _NAME.fullmatch(name):
        return None
    return name if _is_named(name) else None


def _is_named(name: str) -> bool:
    """Whether most words are written as names are."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if len(w) > 3]
    return sum(w[0].isupper() for w in words) * 3 >= len(words) * 2 if words else len(name) > 1


# --- date lines ---------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"\d")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\b|\b\d{1,3}(?= min| sec)|\b\d{1,2} ?(?=[ap]\.?m\b)")
_EDGES = " \u00a0,;:|·•/–—-()[]>»\t"


def date_line_of(i: int, line: str, language: str | None, is_byline: bool = False) -> DateLine | None:
    """The date (and name) of a line that holds nothing else, None when it holds more."""
    if not _FIGURE.search(line):
        return None
    found = [date for date in find_dates(line, short_years=True) if date.is_full]
    if not found or len(found) > 3:
        return None
    rest, is_update = _without_labels(line, found, language)
    if not rest or is_byline:
        return DateLine(i, found[0], None, is_update)
    return DateLine(i, found[0], rest, is_update) if _can_be_name(rest) else None


def _without_labels(line: str, found: Sequence[WrittenDate], language: str | None) -> tuple[str, bool]:
    for date in reversed(found):
        line = f"{line[: date.span.start]} | {line[date.span.end :]}"
    line = _CLOCK.sub(" | ", line)
    updated = _words(language, "updated")
    is_update = line.casefold().strip(_EDGES).startswith(updated)
    pieces = [_strip_labels(piece.strip(_EDGES), language) for piece in line.split("|")]
    return ", ".join(piece for piece in pieces if piece), is_update


def _strip_labels(piece: str, language: str | None) -> str:
    while True:
        folded = piece.casefold()
        label = next((w for w in _words(language, "labels") if _at_edge(folded, w)), None)
        if label is None:
            return piece
        piece = piece[len(label) :] if folded.startswith(label) else piece[: -len(label)]
        piece = piece.strip(_EDGES)


def _at_edge(folded: str, label: str) -> bool:
    if folded.startswith(label):
        return not folded[len(label) : len(label) + 1].isalnum()
    return folded.endswith(label) and not folded[-len(label) - 1 : -len(label)].isalnum()


@cache
def _words(language: str | None, subject: str) -> tuple[str, ...]:
    words = {*phrases(language, "dates")[subject], *phrases(None, "dates")[subject]}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _can_be_name(rest: str) -> bool:
    words = rest.split()
    return (
        len(words) <= NAME_WORDS
        and words[0][0].isupper()
        and not any(letter.isdigit() for letter in rest)
        and not rest.endswith((".", "?", "!", '"', "”"))
        and not any(sign in rest for sign in "():;[]?!")
        and ". " not in rest
        and _is_named(rest)
    )


# --- titles -------------------------------------------------------------------------------------------------------


def _read_title(head: Head, rows: Sequence[Row], reasons: Sequence[str | None], title: str | None) -> None:
    taken = {head.byline, *(line.row for line in head.date_lines)}
    if title is not None:
        head.title = _row_of(title, rows)
        return
    free = [i for i in range(min(len(rows), HEAD_ROWS)) if reasons[i] is None and i not in taken]
    for i in free:
        if rows[i].is_heading or (_can_be_title(rows[i]) and i + 1 < len(rows)):
            head.title, head.title_text = i, rows[i].bare.lstrip("# ")
            return
        if rows[i].is_sentence and rows[i].words > 8:
            return


def _row_of(title: str, rows: Sequence[Row]) -> int | None:
    near = [i for i, row in enumerate(rows) if abs(len(row.bare) - len(title)) <= 8]
    wanted = _plain(title) if near else ""
    return next((i for i in near if _plain(rows[i].bare) == wanted), None)


def _can_be_title(row: Row) -> bool:
    ends = row.bare.endswith((".", ",", ";", ")", "]", ":"))
    return 3 <= row.words <= TITLE_WORDS and not ends and row.bare[:1] not in "(["


def _plain(title: str) -> str:
    return re.sub(r"\W+", "", title.casefold())
