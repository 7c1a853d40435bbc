"""Detection and alignment: ours and the other tools on the same file, in turn."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from speed.environment import own_versions
from speed.measured import Run, run
from speed.piles import KINDS, Truth, truth_file
from speed.plan import Plan
from speed.printed import FIGURES, figures, machine, ratio, share, table
from speed.scores import Score, score
from speed.tools import OURS, Tool, our_pairs, pairs_command, peers

SHORT = {
    "verbatim": "verb",
    "edit": "edit",
    "trimmed": "trim",
    "excerpt": "exc",
    "paraphrase": "para",
    "merge": "merge",
}


def lines(plan: Plan) -> list[str]:
    """The table of all tools, and what it was measured on."""
    pile, tools = plan.pile(), _tools(plan)
    truth = Truth.load(truth_file(pile))
    articles = len(truth.outlet)
    runs, scores = _all_rounds(plan, tools, truth)
    ours = [r for r in runs[OURS] if not r.failed]
    rows = [_row(tool, runs[tool.name], scores.get(tool.name), ours, articles) for tool in tools]
    heads = ["tool", "setting", *FIGURES, *(SHORT[k] for k in KINDS), "edges", "related", "precision"]
    heads += ["without templates", "wrong: template/outlet/other", "cpu ours/theirs", "peak ours/theirs", "runs"]
    return [
        f"{articles:,} articles, {len(truth.edges):,} edges, {len(truth.related):,} related pairs; medians of runs "
        "in turn.",
        "",
        table(rows, heads),
        "",
        machine(),
        f"ours: {own_versions()}",
        f"others: {plan.environment.versions()}",
    ]


def _tools(plan: Plan) -> list[Tool]:
    ours = Tool(OURS, "provenance pairs --format jsonl", "", pairs_command(), our_pairs)
    every = [ours, *peers(plan.environment)]
    if unknown := sorted(plan.tools - {t.name for t in every}):
        sys.exit(f"no such tool: {', '.join(unknown)}; there are {', '.join(t.name for t in every)}")
    return [t for t in every if not plan.tools or t.name in plan.tools]


def _all_rounds(plan: Plan, tools: Sequence[Tool], truth: Truth) -> tuple[dict[str, list[Run]], dict[str, Score]]:
    runs: dict[str, list[Run]] = defaultdict(list)
    scores: dict[str, Score] = {}
    for number in range(plan.rounds):
        for tool in tools:
            if any(r.failed for r in runs[tool.name]):
                continue
            done, found = _once(plan, tool, truth, scored=number == 0)
            runs[tool.name].append(done)
            if found:
                scores[tool.name] = found
            print(f"round {number + 1}: {tool.name} {done.cpu:.1f} s {done.failed}", file=sys.stderr, flush=True)
    return runs, scores


def _once(plan: Plan, tool: Tool, truth: Truth, scored: bool) -> tuple[Run, Score | None]:
    pile = plan.pile()
    if why := plan.environment.missing.get(tool.needs):
        return Run(0, 0, 0, f"not installed: {why}"), None
    if len(truth.outlet) > tool.most:
        return Run(0, 0, 0, f"left out above {tool.most:,} articles"), None
    out = plan.out(f"{tool.name}.npy")
    done = run(tool.command(pile, out), plan.cap)
    found = score(tool.found(out), truth) if scored and not done.failed else None
    out.unlink(missing_ok=True)
    return done, found


def _row(tool: Tool, runs: Sequence[Run], found: Score | None, ours: Sequence[Run], articles: int) -> list[str]:
    name = f"**{tool.name}**" if tool.name == OURS else tool.name
    if not found:
        return [name, f"{tool.says}: {runs[0].failed}"]
    row = [name, tool.says, *figures(runs, articles), *(share(v) for v in found.kinds.values())]
    row += [share(x) for x in (found.edges, found.related, found.precision, found.without_templates)]
    row += [f"{found.template:,}/{found.outlet:,}/{found.other:,}"]
    row += [_ratio(ours, runs, "cpu"), _ratio(ours, runs, "peak"), str(len(runs))]
    return row


def _ratio(ours: Sequence[Run], theirs: Sequence[Run], name: str) -> str:
    if not ours or ours == theirs:
        return ""
    return ratio(median(getattr(r, name) for r in ours), median(getattr(r, name) for r in theirs))
