"""A true axis of dates: where each moment stands, where empty stretches are cut short, and which days are written."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LONG = 0.125  # of the whole time: an empty stretch this long may be cut short
_HUGE = 0.3  # where one is this long, the long ones are
BREAK = 44.0  # pixels that stand for a stretch that is cut short
_EDGE = 0.03  # of the whole time, left free at both ends of a stretch
_APART = 92.0  # pixels between two days that are written
_WORTH_BREAKING = timedelta(days=30)
_SHORTEST = timedelta(hours=12)

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis on which time runs evenly."""

    start: datetime
    end: datetime
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Stretches from left to right; between two of them the axis is broken."""

    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, intervals: Sequence[Interval], left: float, width: float) -> "TimeScale":
        """The axis for some intervals, of which there is at least one.

        Args:
            intervals: first and last moment of each, in any order.
            left: where the axis begins, in pixels.
            width: how long it is.
        """
        busy = _without_long_gaps(_merged(intervals))
        total = sum((end - start for start, end in busy), timedelta())
        edge = max(total * _EDGE, timedelta(minutes=30)) if total else _SHORTEST
        busy = [(_shifted(start, -edge), _shifted(end, edge)) for start, end in busy]
        room = width - BREAK * (len(busy) - 1)
        whole = sum((end - start for start, end in busy), timedelta())
        stretches, x = [], left
        for start, end in busy:
            part = room * ((end - start) / whole)
            stretches.append(Stretch(start, end, x, part))
            x += part + BREAK
        return cls(tuple(stretches))

    @property
    def is_broken(self) -> bool:
        return len(self.stretches) > 1

    def x(self, moment: datetime) -> float:
        """Where a moment stands; one in a stretch that is cut short stands within its break."""
        before = self.stretches[0]
        for stretch in self.stretches:
            if moment < stretch.start:
                return stretch.x if stretch is before else stretch.x - BREAK / 2
            if moment <= stretch.end:
                return stretch.x + stretch.width * ((moment - stretch.start) / (stretch.end - stretch.start))
            before = stretch
        return before.x + before.width

    def ticks(self) -> Iterator[tuple[float, datetime, str]]:
        """The moments that are written on the axis: place, moment and unit (hour, day, month or year)."""
        first = self.stretches[0]
        second = first.width / (first.end - first.start).total_seconds()
        unit, step = next((u, n) for u, n, length in _UNITS if length * second >= _APART or u == "century")
        last = -_APART
        for stretch in self.stretches:
            found = [at for at in _moments(unit, step, stretch) if stretch.start <= at <= stretch.end]
            for at in found or [stretch.start + (stretch.end - stretch.start) / 2]:
                if self.x(at) - last >= _APART - 8:
                    last = self.x(at)
                    yield last, at, unit if found else "day"


_HOUR, _DAY = 3600.0, 86_400.0
_UNITS = (
    *(("hour", n, n * _HOUR) for n in (1, 2, 3, 6, 12)),
    *(("day", n, n * _DAY) for n in (1, 2, 3, 7, 14)),
    *(("month", n, n * 30.4 * _DAY) for n in (1, 2, 3, 6)),
    *(("year", n, n * 365.25 * _DAY) for n in (1, 2, 5, 10, 20, 50)),
    ("century", 100, 36_525 * _DAY),
)


def in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The intervals joined where they touch; one that ends before it begins is turned round."""
    found: list[Interval] = []
    for start, end in sorted((min(pair), max(pair)) for pair in intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without_long_gaps(busy: list[Interval]) -> list[Interval]:
    """The stretches of the axis: one, unless an empty stretch takes a huge part of a long time."""
    whole = busy[-1][1] - busy[0][0]
    gaps = [right[0] - left[1] for left, right in itertools.pairwise(busy)]
    if whole < _WORTH_BREAKING or not gaps or max(gaps) < whole * _HUGE:
        return [(busy[0][0], busy[-1][1])]
    found = [busy[0]]
    for gap, (start, end) in zip(gaps, busy[1:], strict=True):
        if gap >= whole * _LONG:
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return found


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """The moment moved, as far as the calendar reaches."""
    try:
        return moment + by
    except OverflowError:
        return moment


def _moments(unit: str, step: int, stretch: Stretch) -> Iterator[datetime]:
    at = stretch.start.replace(minute=0, second=0, microsecond=0)
    if unit == "hour":
        at = at.replace(hour=at.hour - at.hour % step)
        size = timedelta(hours=step)
    else:
        at, size = at.replace(hour=0), timedelta(days=step)
    if unit in ("hour", "day"):
        while at <= stretch.end:
            yield at
            at = _later(at, size)
        return
    months = step * (1 if unit == "month" else 12)
    month = at.year * 12 + at.month - 1
    for n in range(month - month % months, stretch.end.year * 12 + stretch.end.month, months):
        if n >= 12 and n // 12 <= 9999:
            yield datetime(n // 12, n % 12 + 1, 1, tzinfo=UTC)


def _later(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
