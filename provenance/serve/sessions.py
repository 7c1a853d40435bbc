"""One session for each browser: its pile, its job and its results; piles of two sessions never meet."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from provenance.model import Comparison, Trace
from provenance.serve.jobs import Job
from provenance.serve.limits import Limits
from provenance.serve.pile import Held


@dataclass(frozen=True, slots=True)
class Note:
    """A line above a page that says what has happened; it stands until the next thing is done."""

    page: str
    kind: Literal["done", "wrong"]
    text: str


@dataclass(slots=True, eq=False)
class Session:
    """What one browser has given and got.

    Attributes:
        key: stands in the browser's cookie.
        token: stands in every form of this session's pages, so that no other page can send one.
        traced: what was held when ``trace`` was made.
        is_used: whether anything was ever done; sessions that only looked are forgotten first.
        pasted: how many texts were pasted; they are numbered.
        said_by: who stated the last fact, so that it need not be typed again.
    """

    held: Held
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    notes: tuple[Note, ...] = ()
    job: Job | None = None
    trace: Trace | None = None
    traced: Held | None = None
    comparison: Comparison | None = None
    seen: float = 0.0
    is_used: bool = False
    pasted: int = 0
    said_by: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the trace is that of what is held now."""
        return self.trace is not None and self.traced is self.held

    def close(self) -> None:
        if self.job is not None:
            self.job.stop()


class Sessions:
    """The sessions of one server, so many at most."""

    def __init__(self, start: Held, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._start = start
        self._limits = limits
        self._clock = clock
        self._by_key: dict[str, Session] = {}

    def of(self, key: str | None) -> Session | None:
        """The session of a browser, None where there is none (any more)."""
        self._forget_idle()
        session = self._by_key.get(key or "")
        if session is not None:
            session.seen = self._clock()
        return session

    def open(self) -> Session:
        """A new session that holds what the program was started with."""
        while len(self._by_key) >= self._limits.sessions:
            self._forget(min(self._by_key.values(), key=lambda s: (s.is_used, s.seen)))
        session = Session(self._start, seen=self._clock())
        self._by_key[session.key] = session
        return session

    def _forget_idle(self) -> None:
        since = self._clock() - self._limits.idle_seconds
        for session in [s for s in self._by_key.values() if s.seen < since]:
            self._forget(session)

    def _forget(self, session: Session) -> None:
        session.close()
        del self._by_key[session.key]
