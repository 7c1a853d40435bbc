"""What the dates inside a text say of its day: they settle day and month, and bound a text without a date line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from provenance.ingest.dates import WrittenDate, find_dates
from provenance.ingest.rows import Row
from provenance.model import Published, Span
from provenance.phrases import phrases
from provenance.text import split_sentences

NEAR_DAYS = 45  # a day and month named without a year lies so near in most reports
YEAR_DAYS = 180  # a weekday with a day gets its year only from another date at most half a year away
SETTLED_BY = 2  # points by which one reading must lead; a single coincidence never decides

# marked lines whose dates tell of the article's own day; comments, related links and menus have other dates
_DATED_REASONS = frozenset({"caption", "embedded post"})


_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date inside the text, and whether what it tells of has happened."""

    date: WrittenDate
    number: int
    is_past: bool


def mentions_of(text: str, rows: Sequence[Row], reasons: Sequence[str | None], language: str | None) -> list[Mention]:
    """The dates in the body, in captions and in embedded posts."""
    found: list[Mention] = []
    for row, reason in zip(rows, reasons, strict=True):
        if reason is not None and reason not in _DATED_REASONS:
            continue
        dates = find_dates(text, row.start, row.end)
        if reason is not None:
            found += [Mention(written, row.number, True) for written in dates]
        elif dates:
            found += _in_sentences(text, row, dates, language)
    return found


def _in_sentences(text: str, row: Row, dates: Sequence[WrittenDate], language: str | None) -> Iterator[Mention]:
    sentences = iter(split_sentences(text, language, [row.span]))
    sentence, is_past = Span(0, 0), False
    for written in dates:
        while sentence.end <= written.span.start:
            sentence = next(sentences, Span(row.end, row.end + 1))
            if sentence.end > written.span.start:
                is_past = _tells_of_past(sentence.cut(text), language)
        before = text[max(sentence.start, written.span.start - 20) : written.span.start].split()
        may_lie_ahead = bool(before) and before[-1].casefold() in _words(language, "before_date")
        yield Mention(written, row.number, is_past and not may_lie_ahead)


def _tells_of_past(sentence: str, language: str | None) -> bool:
    folded = " " + " ".join(_WORD.findall(sentence.casefold())) + " "
    if any(f" {marker} " in folded for marker in _words(language, "future")):
        return False
    endings = tuple(_words(language, "past_endings"))
    past = _words(language, "past")
    return any(word in past or (len(word) > 4 and word.endswith(endings)) for word in folded.split())


@cache
def _words(language: str | None, subject: str) -> frozenset[str]:
    return frozenset({*phrases(language, "dates")[subject], *phrases(None, "dates")[subject]})


# --- a text without a date line -----------------------------------------------------------------------------------


def earliest_from(text: str, mentions: Sequence[Mention]) -> Published | None:
    """Not before the latest past day that the text itself reports; None when it reports none."""
    days = [(day, mention) for mention in mentions if mention.is_past and (day := _day_of(mention, mentions))]
    if not days:
        return None
    day, mention = max(days, key=lambda pair: (pair[0], -pair[1].number))
    words = " ".join(mention.date.span.cut(text).split())
    written = replace(mention.date, year=day.year, month=day.month, day=day.day, clock=None, ambiguous=False)
    ground = f'not before the latest day it reports, line {mention.number}: "{words}"'
    if mention.date.year is None:
        ground += f", the year {day.year} from its weekday and the other dates of the text"
    return Published(written.interval()[0], None, ground)


def _day_of(mention: Mention, mentions: Sequence[Mention]) -> date | None:
    written = mention.date
    if written.is_full:
        return None if written.ambiguous else written.on()
    if written.year is not None or written.day is None or written.weekday is None:
        return None
    return _day_with_year(written, [m.date.on() for m in mentions if m.date.is_full and not m.date.ambiguous])


def _day_with_year(written: WrittenDate, anchors: Sequence[date]) -> date | None:
    """The one day near another date of the text on which the weekday fits."""
    days = set()
    for anchor in anchors:
        for year in (anchor.year - 1, anchor.year, anchor.year + 1):
            day = _on(written, year)
            if day and day.weekday() == written.weekday and abs((day - anchor).days) <= YEAR_DAYS:
                days.add(day)
    return days.pop() if len(days) == 1 else None


def _on(written: WrittenDate, year: int) -> date | None:
    try:
        return date(year, written.month, written.day or 1)
    except ValueError:  # 29 February
        return None


# --- day first or month first -------------------------------------------------------------------------------------


def settled(
    written: WrittenDate, text: str, mentions: Sequence[Mention], language: str | None
) -> tuple[WrittenDate, str]:
    """An ambiguous date with day and month told apart by the text's own dates, and why; unchanged when they do not.

    Returns:
        The date and words that say what settled it ("" when nothing did or nothing had to).
    """
    if not written.ambiguous:
        return written, ""
    readings = (replace(written, ambiguous=False), replace(written.exchanged(), ambiguous=False))
    if written.weekday is not None:
        fitting = [r for r in readings if r.on().weekday() == written.weekday]
        if len(fitting) == 1:
            return fitting[0], f"{_order(fitting[0], written)}, because the weekday fits"
    scores = [_points(reading, text, mentions, language) for reading in readings]
    best = 0 if scores[0] >= scores[1] else 1
    if scores[best] - scores[1 - best] < SETTLED_BY:
        return written, ""
    return readings[best], f"{_order(readings[best], written)}, because the months and days named in the text fit"


def _order(reading: WrittenDate, written: WrittenDate) -> str:
    return "day first" if reading.day == written.day else "month first"


def _points(reading: WrittenDate, text: str, mentions: Sequence[Mention], language: str | None) -> int:
    day = reading.on()
    points = _last_month_points(day, text, mentions, language)
    for mention in mentions:
        points += _mention_points(day, mention)
    return points


def _last_month_points(day: date, text: str, mentions: Sequence[Mention], language: str | None) -> int:
    folded = text.casefold()
    if not any(phrase in folded for phrase in _words(language, "last_month")):
        return 0
    before = (day.replace(day=1) - timedelta(days=1)).month
    return 2 if any(m.date.month == before for m in mentions) else 0


def _ahead_points(day: date, written: WrittenDate) -> int:
    """A day that is not told of in the past speaks for a reading that it follows soon, if its weekday fits."""
    days = [written.on()] if written.is_full else [_on(written, year) for year in (day.year, day.year + 1)]
    soon = [d for d in days if d and 0 <= (d - day).days <= NEAR_DAYS]
    return int(any(written.weekday is None or d.weekday() == written.weekday for d in soon))


def _mention_points(day: date, mention: Mention) -> int:
    written = mention.date
    if written.ambiguous or written.day is None:
        return 0
    if not mention.is_past:
        return _ahead_points(day, written)
    if written.is_full:
        ago = (day - written.on()).days
        return -2 if ago < -1 else int(0 <= ago <= NEAR_DAYS)
    candidates = [d for year in (day.year - 1, day.year) if (d := _on(written, year)) and d <= day]
    if not candidates:
        return 0
    latest = max(candidates)
    fits = written.weekday is None or latest.weekday() == written.weekday
    return int((day - latest).days <= NEAR_DAYS) if fits else -1
