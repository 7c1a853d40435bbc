"""Two dates against each other, as far as clocks and calendars can be trusted."""

from datetime import datetime, timedelta
from functools import lru_cache

from provenance.model import Published
from provenance.reconstruct.remembered import remembered
from provenance.settings import Settings

_NOTHING, _HALF_A_DAY, _A_DAY = timedelta(0), timedelta(hours=12), timedelta(hours=24)


def slack(one: Published, other: Published, settings: Settings) -> timedelta:
    """By how much two dates may be wrong against each other."""
    first, second = _length(one), _length(other)
    exact = first is not None and second is not None and first < _HALF_A_DAY and second < _HALF_A_DAY
    return _hours(settings.slack_hours if exact else settings.slack_day_hours)


@lru_cache(maxsize=64)
def _hours(number: float) -> timedelta:
    return timedelta(hours=number)


@remembered(4096)
def _length(published: Published) -> timedelta | None:
    """Of the interval; None where it is open."""
    return published.latest - published.earliest if published.latest and published.earliest else None


def impossible(derived: Published | None, source: Published | None, settings: Settings) -> bool:
    """Whether the source is certainly later: its earliest lies after the derived's latest by more than the slack."""
    if not (derived and source and derived.latest and source.earliest):
        return False
    distance = source.earliest - derived.latest
    if distance <= -_A_DAY:
        return False  # no slack is below nothing
    return distance > slack(derived, source, settings) - _day_length(derived, source)


def _day_length(one: Published, other: Published) -> timedelta:
    """What a known day already gives away: its end is a day after its beginning."""
    return min(max(_length(one) or _NOTHING, _length(other) or _NOTHING), _A_DAY)


def lag(derived: Published | None, source: Published | None) -> timedelta | None:
    """How much later the derived text appeared, between the middles of both intervals; None when either is open."""
    one, other = middle_of(derived), middle_of(source)
    return one - other if one and other else None


@remembered(4096)
def middle_of(published: Published | None) -> datetime | None:
    """The middle of an interval, None when it is open."""
    if not (published and published.earliest and published.latest):
        return None
    return published.earliest + (published.latest - published.earliest) / 2
