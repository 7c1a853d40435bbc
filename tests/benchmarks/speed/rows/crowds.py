"""One family of thousands of reprints, one form, one outlet: does the time stay linear, are the arrows right?"""

import sys
from pathlib import Path

import orjson

from speed.crowds import CROWDS, Crowd, write_crowd
from speed.measured import Run, run
from speed.plan import Plan
from speed.printed import MB, machine, share, table
from speed.rows.growth import exponent
from speed.tools import is_article, pairs_command, row_of, trace_command


def lines(plan: Plan) -> list[str]:
    """Each crowd at half the size and at --articles: an exponent near 2 would be quadratic."""
    rows, notes = [], []
    commands = {"pairs": pairs_command(), "trace": trace_command()}
    for name in plan.chosen([crowd.name for crowd in CROWDS]):
        crowd = next(c for c in CROWDS if c.name == name)
        for says in plan.chosen(list(commands)):
            command = commands[says]
            done: dict[int, Run] = {}
            for articles in (plan.articles * crowd.times // 2, plan.articles * crowd.times):
                pile, out = plan.out(f"crowd-{crowd.name}-{articles}-{plan.origin}.jsonl"), plan.out("crowd")
                if not pile.exists():
                    write_crowd(crowd, articles, plan.chain, pile, plan.seed)
                done[articles] = run(command(pile, out), plan.cap)
                print(f"{crowd.name} {articles:,} {says}: {done[articles].cpu:.1f} s", file=sys.stderr, flush=True)
            rows.append(_row(crowd, says, done))
            if says == "trace" and crowd.credit and not done[articles].failed:
                notes.append(_arrows(out, articles))
            out.unlink(missing_ok=True)
    return [
        table(rows, ["crowd", "command", "articles", "cpu s", "µs an article", "peak MB", "exponent of time"]),
        "",
        *notes,
        machine(),
    ]


def _row(crowd: Crowd, says: str, done: dict[int, Run]) -> list[str]:
    (half, first), (whole, last) = done.items()
    if last.failed or first.failed:
        return [crowd.says, says, f"{whole:,}", last.failed or first.failed]
    slope = exponent([half, whole], [first.cpu, last.cpu])
    figures = [f"{last.cpu:.1f}", f"{last.cpu / whole * 1e6:,.0f}", f"{last.peak / MB:,.0f}", f"{slope:.2f}"]
    return [crowd.says, says, f"{whole:,}", *figures]


def _arrows(out: Path, articles: int) -> str:
    derivations = orjson.loads(out.read_bytes())["derivations"]
    first = {d["derived"]: d["source"] for d in derivations if d["is_primary"]}
    right = sum(is_article(source) and row_of(source) == 0 for source in first.values())
    return (
        f"Equal reprints: {share(right / (articles - 1))} of {articles - 1:,} have their first arrow from the source.\n"
    )
