"""Two dates against each other, as far as clocks and calendars can be trusted."""

from datetime import datetime, timedelta

from provenance.model import Published
from provenance.reconstruct.remembered import remembered
from provenance.settings import Settings


def slack(one: Published, other: Published, settings: Settings) -> timedelta:
    """By how much two dates may be wrong against each other."""
    exact = all(p.earliest and p.latest and p.latest - p.earliest < timedelta(hours=12) for p in (one, other))
    return timedelta(hours=settings.slack_hours if exact else settings.slack_day_hours)


def impossible(derived: Published | None, source: Published | None, settings: Settings) -> bool:
    """Whether the source is certainly later: its earliest lies after the derived's latest by more than the slack."""
    if not (derived and source and derived.latest and source.earliest):
        return False
    return source.earliest - derived.latest > slack(derived, source, settings) - _day_length(derived, source)


def _day_length(one: Published, other: Published) -> timedelta:
    """What a known day already gives away: its end is a day after its beginning."""
    longest = max((p.latest - p.earliest for p in (one, other) if p.latest and p.earliest), default=timedelta(0))
    return min(longest, timedelta(hours=24))


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
