"""How far the work is, on stderr: stage, share, rate and the time that is left."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from types import TracebackType
from typing import Self, TypeVar

Thing = TypeVar("Thing")

_TICK = 0.2  # seconds between two updates of the line on a terminal
_TICK_IN_A_LOG = 60.0  # seconds between two lines where stderr is a file or a pipe
_SETTLED = 1.0  # seconds of a stage from which its rate says something


class Progress:
    """Says how far the work is: on a terminal one line that changes, elsewhere a line a minute.

    To be called once for each article or pair costs a tenth of a microsecond.
    """

    def __init__(self, quiet: bool) -> None:
        self.silent = quiet or sys.stderr is None
        self.in_place = not self.silent and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.tick = _TICK if self.in_place else _TICK_IN_A_LOG
        self.stage = ""
        self.begun = self.last = monotonic()
        self.before = 0  # of the stage, when it was first heard of
        self.is_written = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.silent:
            return
        now = monotonic()
        if stage != self.stage:
            self._begin(stage, done, now)
        if now - self.last >= self.tick or (done >= total and self.is_written):
            self._write(_said(stage, done, total, (done - self.before, now - self.begun)))
            self.last = now

    def told(self, stage: str, things: Iterable[Thing], total: int) -> Iterator[Thing]:
        """The things one after the other, and how many of them are through."""
        for done, thing in enumerate(things, start=1):
            yield thing
            self(stage, min(done, total), total)

    def _begin(self, stage: str, done: int, now: float) -> None:
        self.stage, self.begun, self.before = stage, now, done
        if self.in_place:
            self.last = now - _TICK  # a new stage is said at once

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.in_place and self.is_written:
            self._write("")

    def _write(self, text: str) -> None:
        if self.in_place:
            room = shutil.get_terminal_size().columns - 1  # a line that wraps could not be written over
            sys.stderr.write(f"\r\x1b[K{text[:room]}")
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
        self.is_written = self.in_place


def _said(stage: str, done: int, total: int, so_far: tuple[int, float]) -> str:
    """The line for a stage of which something was done in so many seconds.

    >>> _said("aligning", 30_000, 120_000, (30_000, 4.0))
    'aligning: 25 % (30,000 of 120,000), 7,500 a second, 12 s left'
    """
    since, seconds = so_far
    parts = [f"{stage}: {done:,}" if total <= 0 else f"{stage}: {100 * done // total} % ({done:,} of {total:,})"]
    if seconds >= _SETTLED and since > 0:
        rate = since / seconds
        parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        if total > done:
            parts.append(f"{_duration((total - done) / rate)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    """A time to wait, no more exact than it can be known.

    >>> _duration(12.4), _duration(200), _duration(7500)
    ('12 s', '3 min 20 s', '2 h 5 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
