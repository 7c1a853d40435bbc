"""How a function becomes a kernel: compiled on import, kept on disk."""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def _kept_in() -> Path | None:
    """The folder in which numba keeps the machine code of this folder's kernels, None where it finds none."""
    try:
        kept: Any = numba.njit(cache=True)(_kept_in)  # compiles nothing
        return Path(kept.stats.cache_path)
    except (RuntimeError, OSError):
        return None


KEPT_IN = _kept_in()
# No way in from C, and no rewriting of array expressions, of which there are none: that takes time to compile.
_SPARED: dict[str, Any] = {"no_cfunc_wrapper": True, "no_rewrites": True}


def kernel(*signatures: str) -> Callable[[Function], Function]:
    """A decorator that compiles a function for the given signatures, without the interpreter's lock.

    The machine code is kept beside the source, or in the user's cache folder where that is not writable.
    """
    made: Any = numba.njit(list(signatures), cache=KEPT_IN is not None, nogil=True, error_model="numpy", **_SPARED)
    return cast("Callable[[Function], Function]", made)


def built_from(*modules: str) -> Callable[[Function], Function]:
    """A decorator for a kernel that takes functions or numbers from other modules: compiled anew when they change.

    numba knows the machine code it kept by the name of the function and by the text of its own file alone, so the name
    gets a digest of theirs.
    """
    texts = [Path(str(sys.modules[module].__file__)).read_bytes() for module in modules]
    digest = sha256(b"".join(texts)).hexdigest()[:12]

    def named(function: Function) -> Function:
        function.__qualname__ += f"_{digest}"
        return function

    return named


def inner(function: Function) -> Function:
    """A function that only kernels call: compiled with each of them, so that it costs nothing to load."""
    # without the way in from Python compiling takes a fifth less
    spared: dict[str, Any] = {"no_cpython_wrapper": True, **_SPARED}
    made: Any = numba.njit(nogil=True, error_model="numpy", **spared)(function)
    return cast("Function", made)
