"""A folder of web pages: are both cores busy, is the memory bounded, is the order kept?"""

import sys
from pathlib import Path

import orjson

from speed.measured import Run, run
from speed.plan import Plan
from speed.printed import MB, machine, table
from speed.tools import has_option, pairs_command, trace_command
from speed.web_pages import write_pages


def lines(plan: Plan) -> list[str]:
    """Pages of --articles articles, and half of them: what a page costs, how many cores work, what memory grows by."""
    rows, notes = [], []
    threads: tuple[tuple[str, ...], ...] = ((),)
    if has_option("trace", "--threads"):
        threads = (("--threads", "1"), ("--threads", "2"))
    for pages in (plan.articles // 2, plan.articles):
        folder = plan.out(f"pages-{pages}-{plan.origin}")
        if not folder.exists():
            write_pages(plan.pile(), folder, pages)
        written = []
        for says, command in (("pairs", pairs_command), ("trace", trace_command)):
            for options in threads:
                out = plan.out(f"pages{says}{''.join(options)}")
                done = run(command(*options)(folder, out), plan.cap)
                print(f"{pages:,} pages {says} {' '.join(options)}: {done.cpu:.1f} s", file=sys.stderr, flush=True)
                rows.append(_row(pages, " ".join((says, *options)), done))
                if says == "trace" and not done.failed:
                    written.append(out)
                else:
                    out.unlink(missing_ok=True)
        notes += [_read(written, pages)] if written else []
        for out in written:
            out.unlink(missing_ok=True)
    heads = ["pages", "command", "cpu s", "wall s", "cores busy", "ms of cpu a page", "peak MB"]
    return [table(rows, heads), "", *notes, "", machine()]


def _row(pages: int, says: str, done: Run) -> list[str]:
    if done.failed:
        return [f"{pages:,}", says, done.failed]
    busy, each = done.cpu / done.wall, done.cpu / pages * 1000
    return [
        f"{pages:,}",
        says,
        f"{done.cpu:.1f}",
        f"{done.wall:.1f}",
        f"{busy:.2f}",
        f"{each:.1f}",
        f"{done.peak / MB:,.0f}",
    ]


def _read(written: list[Path], pages: int) -> str:
    first, *others = (out.read_bytes() for out in written)
    trace = orjson.loads(first)
    ids = [article["id"] for article in trace["articles"]]
    same = "" if not others else ", the same bytes" if all(o == first for o in others) else ", DIFFERENT bytes"
    order = "in order" if ids == sorted(ids) else "OUT OF ORDER"
    return f"{len(ids):,} of {pages:,} pages read, {len(trace['skipped']):,} skipped, {order}{same}."
