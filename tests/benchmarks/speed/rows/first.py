"""The first run on a machine: what compiling the kernels costs, and whether it is said."""

import tempfile
from pathlib import Path

from speed.measured import Run, run
from speed.plan import Plan
from speed.printed import machine
from speed.tools import PROVENANCE

ENOUGH = 2_500  # articles; kernels.FROM_ARTICLES and some
SMALL = Path(__file__).parents[4] / "inputs" / "small"


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
    return [
        _says(f"{SMALL.name}, nothing compiled", small),
        f"kernels compiled for it: {'YES' if compiled_for_small else 'none'}",
        _says(f"{pile.name}, nothing compiled", first),
        _says("the same again", again),
        f"compiling {kernels} kernels took {first.cpu - again.cpu:.1f} s of processor time, once",
        "said on stderr: " + (" | ".join(first.said.strip().splitlines()) or "NOTHING"),
        "said the second time: " + (" | ".join(again.said.strip().splitlines()) or "nothing"),
        "",
        machine(),
    ]


def _command(pile: Path, plan: Plan) -> list[str]:
    return [str(PROVENANCE), "trace", str(pile), "--format", "json", "-o", str(plan.out("first.json"))]


def _says(name: str, done: Run) -> str:
    return f"{name}: cpu {done.cpu:.1f} s, wall {done.wall:.1f} s {done.failed}"
