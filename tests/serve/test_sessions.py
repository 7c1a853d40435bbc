"""Sessions are kept apart, and forgotten in time."""

from dataclasses import replace

import pytest

from provenance.model import Article
from provenance.serve.limits import Limits
from provenance.serve.pile import Held
from provenance.serve.sessions import Note, Sessions, TooMany

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
    all = sessions(clock, sessions=2, safe_seconds=60)
    one, two = all.open(), all.open()
    clock.now += 61
    assert all.of(one.key)
    three = all.open()
    assert all.of(two.key) is None
    assert all.of(one.key) and all.of(three.key)


def test_sessions_that_only_looked_make_room_for_those_that_work() -> None:
    clock = Clock()
    all = sessions(clock, sessions=2, safe_seconds=60)
    working = all.open()
    working.is_used = True
    for _ in range(5):
        clock.now += 61
        all.open()
    assert all.of(working.key) is working


def test_a_session_of_the_last_minutes_is_never_dropped_for_another() -> None:
    clock = Clock()
    all = sessions(clock, sessions=2, safe_seconds=60)
    one, two = all.open(), all.open()
    clock.now += 59
    with pytest.raises(TooMany):
        all.open()
    assert all.of(one.key) and all.of(two.key)


def test_a_session_that_has_ended_is_told_from_one_that_never_was() -> None:
    clock = Clock()
    all = sessions(clock, idle_seconds=60)
    one = all.open()
    assert not all.has_ended(one.key)
    clock.now += 61
    assert all.of(one.key) is None
    assert all.has_ended(one.key) and not all.has_ended("guess") and not all.has_ended(None)


def test_a_note_is_told_once_and_on_its_page() -> None:
    one = sessions(Clock()).open()
    one.notes = (Note("/", "done", "Added."), Note("/facts", "done", "Noted."))
    assert [n.text for n in one.told("/")] == ["Added."]
    assert one.told("/") == []
    assert [n.text for n in one.told("/facts")] == ["Noted."]
