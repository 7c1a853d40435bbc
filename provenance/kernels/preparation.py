"""The first use of the kernels on a machine: all of them compiled at once, by two processes where there are two cores.

numba keeps machine code in files that all processes share. Beside them stands a file of ours, which says for which
sources, versions and processor all kernels are there: without it they are compiled.
"""

import gc
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import numba
import numpy as np

from provenance import kernels
from provenance.kernels.compiled import KEPT_IN
from provenance.workers import cores

# Half of the work, for the second process; these import none of the others, so that no kernel is compiled by both.
_BESIDE = ("blocks", "terms", "sentence_pairs", "spots")

_NOTE = "preparing compiled kernels for large piles: about 10 seconds, {}"
_CHILD = """
import os, sys, threading
sys.path[:] = sys.argv[2:]
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()
from provenance.kernels.preparation import compile_modules
compile_modules(sys.argv[1].split())
os._exit(0)
"""  # standard input ends when the process that started this one does, however it ends


def prepare() -> None:
    """Compiles all kernels unless their machine code is kept already; a note on stderr says so before.

    Cost: about 10 s of wall time on two cores the first time, a millisecond later.
    """
    stamp = _stamp()
    if stamp is not None and stamp.exists():
        return
    begin = "\n" if sys.stderr is not None and sys.stderr.isatty() else ""  # below a line that says how far the work is
    note = _NOTE.format("once" if stamp is not None else "at every run")
    print(begin + note, file=sys.stderr, flush=True)
    with _helper(stamp):
        compile_modules(module.name for module in iter_modules(kernels.__path__) if module.name not in _BESIDE)
    compile_modules(_BESIDE)
    if stamp is not None:
        with suppress(OSError):
            stamp.touch()


def compile_modules(names: Iterable[str]) -> None:
    """Imports some modules of kernels, which compiles them or loads what is kept of them."""
    collects = gc.isenabled()
    gc.disable()  # compiling makes millions of objects that live: looking through them costs a twentieth
    try:
        for name in names:
            import_module(f"provenance.kernels.{name}")
    finally:
        if collects:
            gc.enable()


def _stamp() -> Path | None:
    """The file that stands there when all kernels are kept, None where nothing can be kept."""
    if KEPT_IN is None:
        return None
    here = Path(__file__).parent
    texts = [path.read_bytes() for path in (*sorted(here.glob("*.py")), here.with_name("text.py")) if path.exists()]
    llvm: Any = import_module("llvmlite.binding")
    processor = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    made_by = repr((sys.version, numba.__version__, np.__version__, processor))
    digest = sha256(made_by.encode() + b"".join(texts)).hexdigest()
    return KEPT_IN / f"kernels-{digest[:16]}.compiled"


@contextmanager
def _helper(stamp: Path | None) -> Iterator[None]:
    """A second process that compiles its half meanwhile, and is waited for; none where that does not work."""
    child = _started() if stamp is not None and cores() > 1 else None
    if child is None:
        yield
        return
    try:
        yield
        child.wait()
    finally:  # also after Ctrl-C
        child.kill()
        child.wait()
        if child.stdin:
            child.stdin.close()


def _started() -> "subprocess.Popen[bytes] | None":
    python = Path(sys.executable or "")
    if getattr(sys, "frozen", False) or not python.stem.casefold().startswith(("python", "pypy")):
        return None  # a program with Python inside would start a second time
    command = [str(python), "-c", _CHILD, " ".join(_BESIDE), *sys.path]
    quiet = subprocess.DEVNULL
    window = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, under a program without a console
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, creationflags=window)
    except (OSError, ValueError):
        return None
