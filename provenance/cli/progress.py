"""One line on stderr that says how far the work is."""

import math
import os
import sys
import time
from types import TracebackType
from typing import Self

_TICK = 0.1  # seconds between two updates


class Progress:
    """One line on stderr that says how far the work is; silent where nobody watches."""

    def __init__(self, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.last = -math.inf

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self.shown and (done >= total or now - self.last >= _TICK):
            self._write(f"{stage}: {done} of {total}")
            self.last = now

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
