"""The inner loops of large piles, compiled by numba.

Small piles never come here: importing numba costs half a second, and the very first use compiles for some seconds.
Each kernel has a plain counterpart in the stages; tests hold the two equal.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

FROM_ARTICLES = 2_000  # articles in a pile from which the kernels pay for being loaded
_SILENT = 2.5  # seconds; kernels that are already compiled load in less


@contextmanager
def announced() -> Iterator[None]:
    """Says on stderr that kernels are being compiled, when loading them takes more than a moment."""
    note = "preparing compiled kernels for large piles; this happens once and takes some seconds"
    timer = Timer(_SILENT, lambda: print(note, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
