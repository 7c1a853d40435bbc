"""What a pile says of the time of an article: noisy, at times only the day, at times nothing."""

from datetime import datetime, timedelta
from random import Random

from provenance.simulate.difficulty import Difficulty


def stamp(time: datetime, rng: Random, difficulty: Difficulty, day_only: bool) -> str | None:
    """The date as a record holds it, None where there is none.

    Args:
        time: when the text really appeared, in UTC.
        day_only: the outlet gives no times, or this once it is lost.
    """
    known = rng.random() < difficulty.dates_known
    late = rng.random() < difficulty.restamped
    wrong = rng.random() < difficulty.clock_wrong
    only = rng.random() < difficulty.day_only or day_only
    if late:
        time += timedelta(minutes=rng.randrange(60, 21 * 1440))
    if wrong:
        time += timedelta(minutes=round(rng.gauss(0, 120)))
    if not known:
        return None
    return f"{time:%Y-%m-%d}" if only else f"{time:%Y-%m-%dT%H:%M}:00+00:00"
