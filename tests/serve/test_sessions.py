"""Sessions are kept apart, and forgotten in time."""

from dataclasses import replace

from provenance.model import Article
from provenance.serve.limits import Limits
from provenance.serve.pile import Held
from provenance.serve.sessions import Sessions

START = Held((Article("a.txt", "a.txt", "The lamp was dark."),))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def sessions(clock: Clock, **limits: float) -> Sessions:
    return Sessions(START, replace(Limits(), **limits), clock)


def test_each_session_starts_with_the_pile_of_the_command_line_and_keys_of_its_own() -> None:
    all = sessions(Clock())
    one, other = all.open(), all.open()
    assert one.held == other.held == START
    assert len({one.key, one.token, other.key, other.token}) == 4
    assert all.of(one.key) is one
    assert all.of("guess") is all.of(None) is None


def test_a_session_that_is_not_used_is_forgotten() -> None:
    clock = Clock()
    all = sessions(clock, idle_seconds=60)
    one = all.open()
    clock.now += 59
    assert all.of(one.key) is one
    clock.now += 59
    assert all.of(one.key) is one  # looking counts as use
    clock.now += 61
    assert all.of(one.key) is None


def test_the_one_that_was_seen_longest_ago_makes_room() -> None:
    clock = Clock()
    all = sessions(clock, sessions=2)
    one = all.open()
    clock.now += 1
    two = all.open()
    clock.now += 1
    assert all.of(one.key)
    three = all.open()
    assert all.of(two.key) is None
    assert all.of(one.key) and all.of(three.key)


def test_sessions_that_only_looked_make_room_for_those_that_work() -> None:
    clock = Clock()
    all = sessions(clock, sessions=2)
    working = all.open()
    working.is_used = True
    for _ in range(5):  # as when something on this machine asks for the page again and again without a cookie
        clock.now += 1
        all.open()
    assert all.of(working.key) is working
