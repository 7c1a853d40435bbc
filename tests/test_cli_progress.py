"""How far the work is: on a terminal one line, in a log a line a minute, and nothing where nobody wants it."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import pytest

from provenance.cli import progress as module
from provenance.cli.progress import Progress


class Screen(io.StringIO):
    """A terminal that remembers all that was written on it."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that somebody else moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "monotonic", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    return made


@pytest.fixture
def screen() -> Screen:
    return Screen()


@contextmanager
def seen_on(there: io.StringIO, quiet: bool = False) -> Iterator[Progress]:
    with redirect_stderr(there), Progress(quiet) as progress:
        yield progress


def run(progress: Progress, clock: Clock, seconds: float, total: int = 1000, stage: str = "aligning") -> None:
    """A stage whose steps take equally long."""
    for done in range(1, total + 1):
        clock.now += seconds / total
        progress(stage, done, total)


def lines(written: str) -> list[str]:
    return [line for line in written.split("\r\x1b[K") if line]


def test_a_terminal_shows_stage_share_rate_and_the_time_left(clock: Clock, screen: Screen) -> None:
    with seen_on(screen) as progress:
        run(progress, clock, seconds=100)
    assert re.search(r"aligning: 50 % \(50\d of 1,000\), 10 a second, (49|50) s left", screen.getvalue())
    assert screen.getvalue().endswith("\r\x1b[K"), "the line is gone when the work is done"


def test_the_line_changes_a_few_times_a_second_however_often_it_is_told(clock: Clock, screen: Screen) -> None:
    with seen_on(screen) as progress:
        run(progress, clock, seconds=2, total=100_000)
    assert 8 <= len(lines(screen.getvalue())) <= 12


def test_each_stage_is_named_at_once_and_has_a_rate_of_its_own(clock: Clock, screen: Screen) -> None:
    with seen_on(screen) as progress:
        run(progress, clock, seconds=5, stage="reading")
        progress("aligning", 1, 4)
        assert lines(screen.getvalue())[-1] == "aligning: 25 % (1 of 4)"
        clock.now += 10
        progress("aligning", 2, 4)
    assert "aligning: 50 % (2 of 4), 0.1 a second, 20 s left" in screen.getvalue()


def test_a_line_never_wraps(clock: Clock, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    with seen_on(screen) as progress:
        run(progress, clock, seconds=100)
    assert max(map(len, lines(screen.getvalue()))) == 19


def test_a_log_gets_a_line_a_minute_and_short_work_none(clock: Clock) -> None:
    log = io.StringIO()
    with seen_on(log) as progress:
        run(progress, clock, seconds=50)
        assert log.getvalue() == ""
        run(progress, clock, seconds=150, stage="reading")
    said = log.getvalue().splitlines()
    assert len(said) == 3 and all(line.startswith("reading: ") for line in said) and "\x1b" not in log.getvalue()


def test_quiet_is_quiet(clock: Clock, screen: Screen) -> None:
    with seen_on(screen, quiet=True) as progress:
        run(progress, clock, seconds=100)
    assert screen.getvalue() == ""


def test_things_pass_while_they_are_counted(clock: Clock, screen: Screen) -> None:
    with seen_on(screen) as progress:
        assert list(progress.told("writing", "abc", 2)) == ["a", "b", "c"]
    assert "writing: 50 % (1 of 2)" in screen.getvalue()


def test_work_whose_size_nobody_knows_has_no_share(clock: Clock, screen: Screen) -> None:
    with seen_on(screen) as progress:
        progress("reading", 1200, 0)
    assert "reading: 1,200" in screen.getvalue() and "%" not in screen.getvalue()
