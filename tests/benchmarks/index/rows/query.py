"""What a question costs in a process that asks many and from the shell, what it loads, and whether it is answered."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from speed.printed import MB, table
from speed.tools import PROVENANCE

from index.grown import Work
from index.questions import KINDS, VERDICTS, Question, questions

WARM = Path(__file__).parents[1] / "warm.py"
SHELL = 5  # runs from the shell for each kind
HEAVY = ("sklearn", "numba", "datasketch", "scipy", "trafilatura", "lxml", "rapidfuzz", "numpy")  # what may be loaded


def lines(work: Work) -> list[str]:
    """Tables of the warm process, of whole processes, and of the answers."""
    folder = work.folder("questions")
    asked = questions(work.speed, work.articles, work.questions, folder)
    first, answers, warm = _warm(work, asked)
    peak, modules = warm
    whole = [[KINDS[kind], *_shell(work, of)] for kind, of in _by_kind(asked).items()]
    loaded = _loaded(work, asked[0])
    for old in folder.iterdir():
        old.unlink()
    return [
        f"Asking an index of {work.articles:,} articles, in one process; the very first question took {first:.2f} s:",
        "",
        table(_times(asked, answers), ["question", "asked", "median s", "worst s", "median cpu s", "worst cpu s"]),
        "",
        f"Peak of that process {peak / MB:,.0f} MB; loaded: {', '.join(modules)}.",
        "",
        f"From the shell (`provenance index query INDEX FILE`), {SHELL} files of each kind:",
        "",
        table(whole, ["question", "first, wall s", "median wall s", "median cpu s", "peak MB"]),
        "",
        f"Loaded by it, s with what each loads in turn: {loaded}.",
        "",
        table(_verdicts(asked, answers), ["first article that is named", "asked", *VERDICTS.values()]),
    ]


def _by_kind(asked: Iterable[Question]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in asked:
        found.setdefault(question.kind, []).append(question)
    return found


def _warm(work: Work, asked: Sequence[Question]) -> tuple[float, list[dict[str, Any]], tuple[int, list[str]]]:
    """Seconds of the very first question, the answers to all after it, memory and what is loaded."""
    out = work.file("answers")
    files = [str(question.file) for question in (asked[0], *asked)]
    done = work.measured([sys.executable, str(WARM), str(work.index), str(out), *files])
    first, *answers, modules = map(json.loads, out.read_text().splitlines())
    out.unlink()
    return first["wall"], answers, (done.peak, [name for name in HEAVY if name in modules] or ["none of them"])


def _times(asked: Sequence[Question], answers: Sequence[dict[str, Any]]) -> list[list[str]]:
    rows = []
    for kind, says in KINDS.items():
        took = [answer for question, answer in zip(asked, answers, strict=True) if question.kind == kind]
        rows.append([says, *_spread(took)])
    return [*rows, ["all", *_spread(answers)]]


def _spread(took: Sequence[dict[str, Any]]) -> list[str]:
    wall = [answer["wall"] for answer in took] or [float("nan")]
    cpu = [answer["cpu"] for answer in took] or [float("nan")]
    return [f"{len(took):,}", *(f"{figure:.3f}" for figure in (median(wall), max(wall), median(cpu), max(cpu)))]


def _shell(work: Work, asked: Sequence[Question]) -> list[str]:
    runs = [work.run("index", "query", str(work.index), str(question.file), "--quiet") for question in asked[:SHELL]]
    wall = [r.wall for r in runs]
    cpu, peak = median(r.cpu for r in runs), max(r.peak for r in runs)
    return [f"{wall[0]:.2f}", f"{median(wall):.2f}", f"{cpu:.2f}", f"{peak / MB:,.0f}"]


def _loaded(work: Work, question: Question) -> str:
    """What a question from the shell imports of what is heavy."""
    command = [sys.executable, "-X", "importtime", str(PROVENANCE), "index", "query", str(work.index)]
    said = work.measured([*command, str(question.file), "--quiet"]).said
    seconds = import_seconds(said)
    return ", ".join(f"{name} {seconds[name]:.2f}" for name in HEAVY if name in seconds) or "none of them"


def import_seconds(said: str) -> dict[str, float]:
    """Seconds for each module by what ``-X importtime`` says, with all that it imports in turn."""
    found = {}
    for line in said.splitlines():
        if line.startswith("import time:") and line.count("|") == 2:
            _, cumulative, name = line.removeprefix("import time:").split("|")
            if cumulative.strip().isdecimal():
                found[name.strip()] = int(cumulative) / 1e6
    return found


def _verdicts(asked: Sequence[Question], answers: Sequence[dict[str, Any]]) -> list[list[str]]:
    rows = []
    for kind, says in KINDS.items():
        found = Counter(
            question.verdict(answer["answer"])
            for question, answer in zip(asked, answers, strict=True)
            if question.kind == kind
        )
        rows.append([says, f"{found.total():,}", *(f"{found[verdict]:,}" for verdict in VERDICTS)])
    return rows
