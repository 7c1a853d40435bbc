"""Tables in Markdown, and the lines that say on what they were measured."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tabulate import tabulate

from speed.measured import Run

MB = 1_000_000


def table(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> str:
    return tabulate(rows, heads, tablefmt="github", disable_numparse=True, colalign=("left",) * min(1, len(heads)))


def machine() -> str:
    model = next((x.split(":")[1].strip() for x in _lines("/proc/cpuinfo") if x.startswith("model name")), "")
    memory = next((int(x.split()[1]) // 1024**2 for x in _lines("/proc/meminfo") if x.startswith("MemTotal")), 0)
    load = os.getloadavg()[0]
    return (
        f"{model or platform.processor()}, {os.cpu_count()} cores, {memory} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}; load {load:.1f} at the end"
    )


def figures(runs: Sequence[Run], articles: int) -> list[str]:
    """Medians: seconds of the processor, by the clock, articles a second of the processor, megabytes."""
    cpu = median(r.cpu for r in runs)
    return [
        f"{cpu:.1f}",
        f"{median(r.wall for r in runs):.1f}",
        f"{articles / max(cpu, 1e-9):,.0f}",
        f"{median(r.peak for r in runs) / MB:,.0f}",
    ]


FIGURES = ("cpu s", "wall s", "articles/s of cpu", "peak MB")


def ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else ""


def share(value: float) -> str:
    """.995, and never 1.000 for what is not all."""
    return "" if value != value else f"{min(value, 0.999) if value < 1 else value:.3f}".replace("0.", ".", 1)


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text().splitlines()
    except OSError:
        return []
