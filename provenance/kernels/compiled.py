"""How a function becomes a kernel: compiled on import, kept on disk, said on stderr when it takes a while."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

_SILENT = 1.0  # seconds; kernels that are already compiled load in less


def kernel(*signatures: str) -> Callable[[Function], Function]:
    """A decorator that compiles a function for the given signatures, without the interpreter's lock.

    The machine code is kept beside the source, or in the user's cache folder where that is not writable.
    """
    made: Any = numba.njit(list(signatures), cache=True, nogil=True, error_model="numpy")
    return cast("Callable[[Function], Function]", made)


def inner(function: Function) -> Function:
    """A function that only kernels call: compiled with each of them, so that it costs nothing to load."""
    made: Any = numba.njit(nogil=True, error_model="numpy")(function)
    return cast("Function", made)


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
