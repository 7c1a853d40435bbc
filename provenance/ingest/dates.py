"""Dates as people write them, found in a text or read from a field; an interval each, never a guessed instant."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache

from provenance.model import Published, Span
from provenance.phrases import calendar

_LONGEST_FIELD = 120  # characters; a field that holds a date is never longer
_FIRST_YEAR, _LAST_YEAR = 1500, 2199  # four digits outside are no year of a newspaper
_CENTURY = 70  # two-digit years below belong to 20xx


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it is written: the parts that are there, and whether day and month could be exchanged.

    Attributes:
        span: where it stands in the text it was found in.
        clock: hour, minute, second; only with ``offset`` (minutes from UTC) is the instant known.
    """

    span: Span
    year: int | None
    month: int
    day: int | None
    weekday: int | None = None
    clock: tuple[int, int, int] | None = None
    offset: int | None = None
    ambiguous: bool = False

    @property
    def is_full(self) -> bool:
        return self.year is not None and self.day is not None

    def exchanged(self) -> "WrittenDate":
        """The same figures with day and month exchanged."""
        return replace(self, month=self.day or self.month, day=self.month)

    def on(self) -> date:
        """The day of a full date."""
        assert self.year is not None and self.day is not None
        return date(self.year, self.month, self.day)

    def interval(self) -> tuple[datetime, datetime]:
        """First and last second, in UTC, that the writing allows (both readings of an ambiguous one)."""
        if self.ambiguous:
            one, other = sorted((replace(self, ambiguous=False), self.exchanged()), key=WrittenDate.on)
            return _day(one.on())[0], _day(replace(other, ambiguous=False).on())[1]
        assert self.year is not None
        if self.day is None:
            last = monthrange(self.year, self.month)[1]
            return _day(date(self.year, self.month, 1))[0], _day(date(self.year, self.month, last))[1]
        if self.clock is not None and self.offset is not None:
            zone = timezone(timedelta(minutes=self.offset))
            instant = datetime(self.year, self.month, self.day, *self.clock, tzinfo=zone).astimezone(UTC)
            return instant, instant
        return _day(self.on())

    def published(self, read_from: str) -> Published:
        """The interval with the words that say what it rests on."""
        earliest, latest = self.interval()
        return Published(earliest, latest, read_from)


def _day(day: date) -> tuple[datetime, datetime]:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return start, start + timedelta(hours=23, minutes=59, seconds=59)


@cache
def _names(which: str) -> dict[str, int]:
    return {
        form: number
        for language in calendar().values()
        for number, forms in enumerate(language[which])
        for form in forms.split("|")
    }


def _month(word: str) -> int | None:
    found = _names("months").get(word.casefold().rstrip("."))
    return None if found is None else found + 1


# --- finding dates in a text --------------------------------------------------------------------------------------

_DIGITS = re.compile(r"(?<![\w.,:/$€£-])\d{1,4}(?!\d)|(?<=[-–—(\[|•·])\d{1,4}(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.|])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d%])")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?(?:[ \u00a0]{1,2}|-|/|(?<=\.))(?:of |de |di |d')?([^\W\d_]{3,12})\.?"
    r"(?:(?:,? ?|,?\u00a0)(?:de |del |of )?[-/]?(\d{4})(?!\d))?"
)
_AFTER_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:,? {1,2}|,\u00a0?|\u00a0)(\d{4})(?![\d%])|(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d)"
)
_WORD_LEFT = re.compile(r"([^\W\d_]{2,13}(?:-feira)?)\.?,?[ \u00a0]{1,2}(?:the |den |der |le |el |am |il |de )?$")
_MONTH_LEFT = re.compile(r"([^\W\d_]{3,12})\.?(?:[ \u00a0]{1,2}|-|/)(?:de )?$")
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "mez": 60, "mesz": 120,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?:T|[\s,|·•–-]{1,4}(?:(?:at|um|à|alle|às|om|kl) )?)(\d{1,2})[:.h](\d{2})(?!\d)(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?([ap])\.?m\b\.?)?(?: ?(?:Uhr|hrs|hours|h)\b)?(?: ?\(?(Z|[+-]\d\d:?\d\d|[A-Za-z]{3,4}))?(?![\w])",
    re.IGNORECASE,
)


def find_dates(text: str, start: int = 0, end: int | None = None, short_years: bool = False) -> list[WrittenDate]:
    """The dates in a stretch of text, in order; years alone are none.

    Every date holds a figure, so figures are looked for and what stands beside them is read.

    Args:
        text: any text.
        start: where to begin, in characters.
        end: where to stop.
        short_years: whether 22.09.23 counts; in running text such figures are often something else.

    Returns:
        Dates with day and month, with or without year; month and year; never overlapping.

    >>> [str(d.on()) for d in find_dates("It sank on Sept. 22, 2031 and was raised on 3 May 2032.")]
    ['2031-09-22', '2032-05-03']
    """
    return list(_dates(text, start, len(text) if end is None else end, short_years))


def _dates(text: str, start: int, end: int, short_years: bool) -> Iterator[WrittenDate]:
    done = start
    for figure in _DIGITS.finditer(text, start, end):
        if figure.start() < done:
            continue
        found = _date_at(text, figure.start(), len(figure.group()), max(done, start), short_years)
        if found is not None and found.span.end <= end:
            found = _with_clock(text, _with_weekday(text, found, done), end)
            done = found.span.end
            yield found


def _date_at(text: str, at: int, digits: int, floor: int, short_years: bool) -> WrittenDate | None:
    if digits == 4:
        return _year_first(text, at) or _month_and_year(text, at, floor)
    if digits == 3:
        return None
    return _year_last(text, at, short_years) or _day_and_month(text, at, floor) or _month_and_day(text, at, floor)


def _year_first(text: str, at: int) -> WrittenDate | None:
    found = _YEAR_FIRST.match(text, at)
    if not found:
        return None
    year, month, day = found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)
    return _checked(Span(at, found.end()), int(year), int(month), int(day))


def _year_last(text: str, at: int, short_years: bool) -> WrittenDate | None:
    found = _YEAR_LAST.match(text, at)
    if not found or (len(found[4]) == 2 and not (short_years and _is_compact(found))):
        return None
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year < _CENTURY else 1900
    span = Span(at, found.end())
    if one > 12 or (found[2] == "." and other <= 12):  # points are written day first nearly everywhere
        return _checked(span, year, other, one)
    if other > 12:
        return _checked(span, year, one, other)
    read = _checked(span, year, other, one)
    return replace(read, ambiguous=True) if read and one != other else read


def _is_compact(found: re.Match[str]) -> bool:
    """Whether figures with a short year stand as a date does: "10 - 25 - 50" is a choice of numbers."""
    return found[2] == "." or " " not in found.group()


def _day_and_month(text: str, at: int, floor: int) -> WrittenDate | None:
    found = _DAY_MONTH.match(text, at)
    month = _month(found[2]) if found else None
    if not found or month is None:
        return None
    if found[3]:
        return _checked(Span(at, found.end()), int(found[3]), month, int(found[1]))
    # without a year "4 may have died" must be no date
    if not found[2][0].isupper() and _weekday_before(text, at, floor) is None:
        return None
    return _checked(Span(at, found.end(2)), None, month, int(found[1]))


def _month_and_day(text: str, at: int, floor: int) -> WrittenDate | None:
    left = _MONTH_LEFT.search(text[max(floor, at - 16) : at])
    month = _month(left[1]) if left and left[1][0].isupper() else None
    found = _AFTER_MONTH.match(text, at)
    if not left or month is None or not found:
        return None
    begin = at - len(left.group())
    if found[2]:
        return _checked(Span(begin, found.end()), int(found[2]), month, int(found[1]))
    return _checked(Span(begin, found.end(3)), None, month, int(found[3]))


def _month_and_year(text: str, at: int, floor: int) -> WrittenDate | None:
    left = _MONTH_LEFT.search(text[max(floor, at - 16) : at].replace(",", " "))
    month = _month(left[1]) if left else None
    # 31 June 2031: the day is a mistake, and so may be the month
    if (
        not left
        or month is None
        or text[max(floor, at - len(left.group()) - 2) : at - len(left.group())].strip().isdigit()
    ):
        return None
    return _checked(Span(at - len(left.group()), at + 4), int(text[at : at + 4]), month, None)


def _checked(span: Span, year: int | None, month: int, day: int | None) -> WrittenDate | None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year or 2000, month)[1]):
        return None
    return WrittenDate(span, year, month, day)


def _weekday_before(text: str, at: int, floor: int) -> tuple[int, int] | None:
    left = _WORD_LEFT.search(text[max(floor, at - 24) : at])
    number = _names("weekdays").get(left[1].casefold()) if left else None
    return None if left is None or number is None else (number, at - len(left.group()))


def _with_weekday(text: str, found: WrittenDate, floor: int) -> WrittenDate:
    before = _weekday_before(text, found.span.start, floor)
    if before is None:
        return found
    return replace(found, weekday=before[0], span=Span(before[1], found.span.end))


def _with_clock(text: str, found: WrittenDate, end: int) -> WrittenDate:
    clock = _CLOCK.match(text, found.span.end, end) if found.is_full else None
    if not clock:
        return found
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return found
    offset = _offset(clock[5]) if clock[5] else None
    stop = clock.end() if offset is not None or not clock[5] else clock.start(5)
    return replace(found, clock=(hour, minute, second), offset=offset, span=Span(found.span.start, stop))


def _offset(zone: str) -> int | None:
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return (-minutes if zone[0] == "-" else minutes) if minutes < 24 * 60 else None
    return _ZONES.get(zone.casefold())


# --- reading the date of a field ----------------------------------------------------------------------------------

_UNIX = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:?\d\d))?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")


def read_date(value: object) -> WrittenDate | None:
    """The date that a field holds (ISO, RFC 2822, words, seconds since 1970), None when it holds none.

    >>> read_date("Tue, 12 Sep 2017 10:20:30 +0000").interval()[0].isoformat()
    '2017-09-12T10:20:30+00:00'
    """
    if isinstance(value, bool) or value is None:
        return None
    return _read_written(str(value).strip(), isinstance(value, int | float))


@lru_cache(maxsize=4096)  # many articles have one day
def _read_written(written: str, is_number: bool) -> WrittenDate | None:
    if not written or len(written) > _LONGEST_FIELD:
        return None
    if (iso := _ISO.fullmatch(written)) and (read := _from_iso(iso)):
        return read
    if is_number or written.replace(".", "", 1).isdigit():
        bare = _bare_number(written)
        if bare is not None:
            return bare
    found = find_dates(written, short_years=True)
    full = next((d for d in found if d.is_full), None)
    return full or next((d for d in found if d.year), None) or _year_month(written)


_IN_ADDRESS = re.compile(
    r"/(\d{4})[/-]?(\d{2}|[a-z]{3})[/-]?(\d{1,2})(?=[/_-])|[-/_](\d{4})-(\d{2})-(\d{2})(?=[/_.-]|$)"
)


def date_in_address(url: str | None) -> WrittenDate | None:
    """The day that an address holds, as in /2031/05/03/ or /2031/may/3/.

    >>> str(date_in_address("https://example.org/news/2031/may/3/harbour-opens").on())
    '2031-05-03'
    """
    found = _IN_ADDRESS.search(url or "")
    if not found:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
    number = int(month) if month.isdigit() else _month(month)
    return _checked(Span(*found.span()), int(year), number, int(day)) if number else None


def _bare_number(written: str) -> WrittenDate | None:
    unix = _UNIX.fullmatch(written)
    if unix:
        at = datetime.fromtimestamp(int(unix[1]) if unix[1] else int(unix[2]) / 1000, UTC)
        return WrittenDate(Span(0, len(written)), at.year, at.month, at.day, None, (at.hour, at.minute, at.second), 0)
    compact = _COMPACT.fullmatch(written)
    return _checked(Span(0, len(written)), *map(int, compact.group(1, 2, 3))) if compact else None


def _from_iso(found: re.Match[str]) -> WrittenDate | None:
    """A day or an instant as programs write it, read at once; None where a figure is out of its range."""
    year, month, day, hour, minute, second = (int(figure or 0) for figure in found.group(1, 2, 3, 4, 5, 6))
    read = _checked(Span(*found.span()), year, month, day)
    if read is None or not found[4]:
        return read
    offset = _offset(found[7]) if found[7] else None
    if hour > 23 or minute > 59 or second > 59 or (found[7] and offset is None):
        return None
    return WrittenDate(read.span, year, month, day, None, (hour, minute, second), offset)


def _year_month(written: str) -> WrittenDate | None:
    found = _YEAR_MONTH.fullmatch(written)
    if found:
        return _checked(Span(0, len(written)), int(found[1]), int(found[2]), None)
    compact = _COMPACT.fullmatch(written)
    if not compact:
        return None
    day = _checked(Span(0, len(written)), *map(int, compact.group(1, 2, 3)))
    if day is None or not compact[4]:
        return day
    clock = (int(compact[4]), int(compact[5]), int(compact[6] or 0))
    if clock[0] > 23 or max(clock[1:]) > 59:
        return day
    return replace(day, clock=clock, offset=0 if compact[7] else None)
