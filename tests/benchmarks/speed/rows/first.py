"""The first run on a machine: what compiling the kernels costs, and whether it is said."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from speed.measured import Run, run
from speed.plan import Plan
from speed.printed import machine, table
from speed.tools import PROVENANCE

ENOUGH = 2_500  # articles; kernels.FROM_ARTICLES and some
SMALL = Path(__file__).parents[4] / "inputs" / "small"

IMPORTS = """
import importlib, pkgutil, time
from provenance import kernels
names = [f"provenance.kernels.{m.name}" for m in pkgutil.iter_modules(kernels.__path__)]
for name in ["numba", *sorted(names)]:
    began = time.process_time()
    importlib.import_module(name)
    print(name, f"{time.process_time() - began:.1f}")
"""


def lines(plan: Plan) -> list[str]:
    """A small pile and a large one with an empty folder for compiled kernels, then the large one again."""
    pile = plan.given or plan.pile(ENOUGH)
    with tempfile.TemporaryDirectory() as folder:
        cache = {"NUMBA_CACHE_DIR": folder}
        small = run(_command(SMALL, plan), plan.cap, cache)
        compiled_for_small = any(Path(folder).rglob("*.nbi"))
        first = run(_command(pile, plan), plan.cap, cache)
        kernels = len(list(Path(folder).rglob("*.nbc")))
        again = run(_command(pile, plan), plan.cap, cache)
    plan.out("first.json").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        each = _each_module({"NUMBA_CACHE_DIR": folder})
    return [
        _says(f"{SMALL.name}, nothing compiled", small),
        f"kernels compiled for it: {'YES' if compiled_for_small else 'none'}",
        _says(f"{pile.name}, nothing compiled", first),
        _says("the same again", again),
        f"compiling {kernels} kernels took {first.cpu - again.cpu:.1f} s of processor time, once",
        "said on stderr: " + (" | ".join(first.said.strip().splitlines()) or "NOTHING"),
        "said the second time: " + (" | ".join(again.said.strip().splitlines()) or "nothing"),
        "",
        table(each, ["module, nothing compiled", "cpu s to import, with what it imports first"]),
        "",
        machine(),
    ]


def _each_module(cache: dict[str, str]) -> list[list[str]]:
    """The modules of kernels one after the other in one process: what compiling each of them costs."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], env={**os.environ, **cache}, capture_output=True, text=True, check=True
    )
    return [line.split() for line in done.stdout.splitlines()]


def _command(pile: Path, plan: Plan) -> list[str]:
    return [str(PROVENANCE), "trace", str(pile), "--format", "json", "-o", str(plan.out("first.json"))]


def _says(name: str, done: Run) -> str:
    return f"{name}: cpu {done.cpu:.1f} s, wall {done.wall:.1f} s {done.failed}"
