"""Where the time goes: the profile of a whole run, by the files of the program."""

import pstats
import sys
from collections import defaultdict
from pathlib import Path

from speed.measured import run
from speed.plan import Plan
from speed.printed import machine, table
from speed.tools import PROVENANCE, has_option, trace_command

PACKAGE = Path(__file__).parents[4] / "provenance"
ROUNDS = 60  # of handing time up to the caller; no chain of foreign functions is longer
LISTED = 40
NEGLIGIBLE = 0.002  # of the whole: below, a file is one of the rest

Function = tuple[str, int, str]


def lines(plan: Plan) -> list[str]:
    """cProfile slows Python code and leaves kernels alone: shares, not seconds, and a kernel's share is too low."""
    stats, out = plan.out("profile"), plan.out("profile.json")
    options = ("--threads", "1") if has_option("trace", "--threads") else ()
    command = [sys.executable, "-m", "cProfile", "-o", str(stats), *trace_command(*options)(plan.pile(), out)]
    plain = run(trace_command(*options)(plan.pile(), out), plan.cap)
    done = run(command, plan.cap)
    out.unlink(missing_ok=True)
    if done.failed or plain.failed:
        return [f"{PROVENANCE.name}: {plain.failed or done.failed}"]
    seconds = by_file(pstats.Stats(str(stats)))
    whole = sum(seconds.values())
    rows = [
        [name, f"{spent / whole:.1%}", f"{plain.cpu * spent / whole / plan.articles * 1e6:,.0f}"]
        for name, spent in sorted(seconds.items(), key=lambda item: -item[1])[:LISTED]
        if spent > NEGLIGIBLE * whole
    ]
    return [
        f"{plan.articles:,} articles, {plain.cpu:.1f} s of processor time ({done.cpu:.1f} s under the profiler)",
        "",
        table(_stages(seconds, plain.cpu, plan.articles), ["stage", "share", "µs an article"]),
        "",
        table(rows, ["file", "share", "µs an article"]),
        "",
        machine(),
    ]


def _stages(seconds: dict[str, float], cpu: float, articles: int) -> list[list[str]]:
    parts: dict[str, float] = defaultdict(float)
    for name, spent in seconds.items():
        parts[name.split("/")[0].removesuffix(".py")] += spent
    whole = sum(parts.values())
    found = sorted(parts.items(), key=lambda item: -item[1])
    return [[name, f"{s / whole:.1%}", f"{cpu * s / whole / articles * 1e6:,.0f}"] for name, s in found]


def by_file(stats: pstats.Stats) -> dict[str, float]:
    """Seconds by file of the package; what others spend (libraries, built-ins) counts for the file that called them."""
    entries: dict[Function, tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]]
    entries = stats.stats  # type: ignore[attr-defined]
    held = {function: entry[2] for function, entry in entries.items()}
    settled: dict[str, float] = defaultdict(float)
    for _ in range(ROUNDS):
        moved: dict[Function, float] = defaultdict(float)
        for function, spent in held.items():
            callers = entries[function][4]
            if name := _own(function):
                settled[name] += spent
            elif callers:
                whole = sum(c[3] for c in callers.values()) or 1.0
                for caller, counts in callers.items():
                    moved[caller] += spent * (counts[3] / whole if whole else 1 / len(callers))
            else:
                settled["start and end"] += spent
        held = moved
    settled["start and end"] += sum(held.values())
    return dict(settled)


def _own(function: Function) -> str:
    file = Path(function[0])
    return file.relative_to(PACKAGE).as_posix() if file.is_relative_to(PACKAGE) else ""
