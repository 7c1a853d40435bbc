"""The whole trace: time, memory, and how many of its arrows are true."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from speed.measured import Run, run
from speed.piles import Truth, truth_file
from speed.plan import Plan
from speed.printed import FIGURES, figures, machine, share, table
from speed.tools import has_option, is_article, row_of, trace_command

LARGEST = 600_000_000  # bytes of a trace that is still read to count its arrows


def lines(plan: Plan) -> list[str]:
    """One row for each number of threads the program takes, and whether they wrote the same bytes."""
    pile = plan.pile()
    truth = Truth.load(truth_file(pile))
    articles = len(truth.outlet)
    settings = [("as it comes", ())]
    if has_option("trace", "--threads"):
        settings += [(f"--threads {n}", ("--threads", str(n))) for n in (1, 2)]
    runs: dict[str, list[Run]] = {says: [] for says, _ in settings}
    written: dict[str, Path] = {}
    for number in range(plan.rounds):
        for says, options in settings:
            out = plan.out(f"trace {says}.json".replace(" ", "-"))
            runs[says].append(run(trace_command(*options)(pile, out), plan.cap))
            print(f"round {number + 1}: trace {says} {runs[says][-1].cpu:.1f} s", file=sys.stderr, flush=True)
            written[says] = out
    rows = [_row(says, runs[says], articles) for says, _ in settings]
    told = [table(rows, ["provenance trace --format json", *FIGURES, "runs"]), ""]
    if not any(r.failed for done in runs.values() for r in done):
        told += [_same(written), *_arrows(next(iter(written.values())), truth), ""]
    for out in written.values():
        out.unlink(missing_ok=True)
    return [*told, machine()]


def _row(says: str, runs: Sequence[Run], articles: int) -> list[str]:
    if failed := next((r.failed for r in runs if r.failed), ""):
        return [f"{says}: {failed}"]
    return [says, *figures(runs, articles), str(len(runs))]


def _same(written: Mapping[str, Path]) -> str:
    if len(written) < 2:
        return "The program takes no --threads: nothing to compare."
    first, *others = (out.read_bytes() for out in written.values())
    return f"The traces are {'the same bytes' if all(o == first for o in others) else 'DIFFERENT'} for any threads."


def _arrows(out: Path, truth: Truth) -> list[str]:
    if out.stat().st_size > LARGEST:
        return [f"The trace has {out.stat().st_size / 1e6:,.0f} MB; its arrows were not counted."]
    trace = orjson.loads(out.read_bytes())
    first = {d["derived"]: d["source"] for d in trace["derivations"] if d["is_primary"] and is_article(d["derived"])}
    arrows = {row_of(derived): row_of(source) for derived, source in first.items() if is_article(source)}
    edges = {(int(a), int(b)) for a, b in truth.edges}
    related = {tuple(pair) for pair in truth.related.tolist()}
    right = sum((source, derived) in edges for derived, source in arrows.items())
    kin = sum((min(pair), max(pair)) in related for pair in arrows.items())
    derived = {int(b) for _, b in truth.edges}
    credited = {int(b) for _, b in truth.edges[truth.edge_credited]}
    return [
        f"Of {len(derived):,} derived articles {share(len(derived & arrows.keys()) / len(derived))} have a first arrow "
        f"from an article, of {len(credited):,} that name their source {share(_part(credited, arrows))}; "
        f"{len(first) - len(arrows):,} articles have one from a text that is not in the pile.",
        f"Of {len(arrows):,} such arrows {share(right / max(1, len(arrows)))} come from a true source, "
        f"{share(kin / max(1, len(arrows)))} from it or its kin.",
    ]


def _part(some: set[int], arrows: Mapping[int, int]) -> float:
    return len(some & arrows.keys()) / max(1, len(some))
