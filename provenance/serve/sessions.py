"""One session for each browser: its pile, its job and its results; piles of two sessions never meet."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from provenance.model import Trace
from provenance.serve.jobs import Job
from provenance.serve.limits import Limits
from provenance.serve.pile import Held, only
from provenance.shared import Comparison


@dataclass(frozen=True, slots=True)
class Note:
    """A line on a page that says what has happened, shown once; "not yet" is what was wrong with a form."""

    page: str
    kind: Literal["done", "wrong", "not yet"]
    text: str


@dataclass(slots=True, eq=False)
class Session:
    """What one browser has given and got.

    Attributes:
        key: stands in the browser's cookie.
        token: stands in every form of this session's pages, so that no other page can send one.
        drafts: what was typed into the form of a page and has not been taken yet.
        traced: what was held when ``trace`` was made.
        compared: what was held of the two articles when ``comparison`` was made.
        is_used: whether anything was ever done; sessions that only looked are forgotten first.
        pasted: how many texts were pasted; they are numbered.
        said_by: who stated the last fact, so that it need not be typed again.
    """

    held: Held
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    notes: tuple[Note, ...] = ()
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)
    job: Job | None = None
    trace: Trace | None = None
    traced: Held | None = None
    comparison: Comparison | None = None
    compared: Held | None = None
    seen: float = 0.0
    is_used: bool = False
    pasted: int = 0
    said_by: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the trace is that of what is held now."""
        return self.trace is not None and self.traced is not None and self.traced.says_the_same(self.held)

    @property
    def is_comparison_current(self) -> bool:
        """The same for the comparison and its two articles."""
        return self.compared is not None and self.compared.says_the_same(only(self.held, self.compared.ids))

    def told(self, page: str) -> list[Note]:
        """The notes for a page; whoever asks shows them, and they are gone."""
        told = [n for n in self.notes if n.page == page]
        self.notes = tuple(n for n in self.notes if n.page != page)
        return told

    def close(self) -> None:
        if self.job is not None:
            self.job.stop()


class TooMany(Exception):
    """There is no room for another session."""


class Sessions:
    """The sessions of one server, so many at most."""

    def __init__(self, start: Held, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._start = start
        self._limits = limits
        self._clock = clock
        self._by_key: dict[str, Session] = {}
        self._ended: set[str] = set()  # grows with each browser that was let in, so hardly

    def of(self, key: str | None) -> Session | None:
        """The session of a browser, None where there is none (any more)."""
        self._forget_idle()
        session = self._by_key.get(key or "")
        if session is not None:
            session.seen = self._clock()
        return session

    def has_ended(self, key: str | None) -> bool:
        """Whether there was a session with this key, so that its browser need not show that it may come in."""
        return key in self._ended

    def open(self) -> Session:
        """A new session that holds what the program was started with.

        Raises:
            TooMany: there are as many as may be, and all were used not long ago.
        """
        if len(self._by_key) >= self._limits.sessions:
            self._make_room()
        session = Session(self._start, seen=self._clock())
        self._by_key[session.key] = session
        return session

    def _make_room(self) -> None:
        since = self._clock() - self._limits.safe_seconds
        old = [s for s in self._by_key.values() if s.seen < since]
        if not old:
            raise TooMany
        self._forget(min(old, key=lambda s: (s.is_used, s.seen)))

    def _forget_idle(self) -> None:
        since = self._clock() - self._limits.idle_seconds
        for session in [s for s in self._by_key.values() if s.seen < since]:
            self._forget(session)

    def _forget(self, session: Session) -> None:
        session.close()
        del self._by_key[session.key]
        self._ended.add(session.key)
