"""How time and memory grow with the pile."""

import sys
from statistics import median

import numpy as np

from speed.measured import Run, run
from speed.plan import Plan
from speed.printed import MB, machine, table
from speed.tools import pairs_command, trace_command

SMALLEST = 10_000
STEPS = 2  # piles for every tenfold


def lines(plan: Plan) -> list[str]:
    """Both commands on piles from 10,000 articles to --articles, and the exponents of time and memory."""
    sizes = _sizes(plan.articles)
    told = []
    commands = {"pairs": pairs_command(), "trace": trace_command()}
    for says in plan.chosen(list(commands)):
        command = commands[says]
        done: dict[int, list[Run]] = {}
        for articles in sizes:
            done[articles] = []
            for _ in range(plan.rounds):
                out = plan.out("growth")
                done[articles].append(run(command(plan.pile(articles), out), plan.cap))
                out.unlink(missing_ok=True)
                print(f"{says} {articles:,}: {done[articles][-1].cpu:.1f} s", file=sys.stderr, flush=True)
            if any(r.failed for r in done[articles]):
                break
        told += [*_table(says, done), ""]
    return [*told, machine()]


def _sizes(largest: int) -> list[int]:
    steps = max(1, round(STEPS * float(np.log10(max(largest, 2 * SMALLEST) / SMALLEST))))
    return [round(x) for x in np.geomspace(SMALLEST, max(largest, 2 * SMALLEST), steps + 1)]


def _table(says: str, done: dict[int, list[Run]]) -> list[str]:
    whole = {n: runs for n, runs in done.items() if not any(r.failed for r in runs)}
    rows = [
        [f"{n:,}", f"{_cpu(r):.1f}", f"{_cpu(r) / n * 1e6:,.0f}", f"{_peak(r) / MB:,.0f}", f"{_peak(r) / n / 1e3:.1f}"]
        for n, r in whole.items()
    ]
    rows += [[f"{n:,}", runs[-1].failed] for n, runs in done.items() if n not in whole]
    told = [table(rows, [f"articles, provenance {says}", "cpu s", "µs an article", "peak MB", "kB an article"])]
    if len(whole) > 1:
        time = exponent(list(whole), [_cpu(r) for r in whole.values()])
        memory = exponent(list(whole), [_peak(r) for r in whole.values()])
        told += ["", f"exponents: time {time:.2f}, memory {memory:.2f}"]
    return told


def exponent(sizes: list[int], costs: list[float]) -> float:
    """The slope of the straight line through the logarithms: 1 is linear, 2 quadratic."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def _cpu(runs: list[Run]) -> float:
    return median(r.cpu for r in runs)


def _peak(runs: list[Run]) -> float:
    return median(r.peak for r in runs)
