"""Saved web pages: body, title, date and authors, by host."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from accuracy.corpora import NoDataError
from accuracy.figures import Figure, Plan
from accuracy.pages import page_scores, score

FILES = ("extract_aeb", "extract_fundus", "extract_htmldate")
FIGURES = {  # figure: (in words, quoted baseline, by what, target)
    "aeb_body": ("pages AEB, body: F1", 0.960, "trafilatura, quoted", 0.965),
    "fundus_body": ("pages fundus, body: F1", 0.957, "trafilatura, quoted", 0.965),
    "fundus_title": ("pages fundus, title exact", 0.667, "trafilatura, quoted", 0.85),
    "fundus_date": ("pages fundus, day exact", 0.966, "trafilatura, quoted", 0.98),
    "fundus_authors": ("pages fundus, authors exact", 0.837, "trafilatura, quoted", 0.90),
    "htmldate_date": ("pages htmldate, day exact", 0.869, "htmldate, quoted", 0.92),
}


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    scores = page_scores(data)
    if not scores:
        raise NoDataError("extract_*")
    for name, (what, baseline, by, target) in FIGURES.items():
        hosts = {host: items for host, items in scores.get(name, {}).items() if plan.wants(host)}
        yield Figure(f"pages.{name}", what, hosts, _score, baseline, by, target)


def _score(items: Sequence[Any]) -> float | None:
    return score(items)
