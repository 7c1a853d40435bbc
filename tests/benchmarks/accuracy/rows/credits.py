"""Paragraphs of news with and without a credit: which kind of credit is read in each."""

from collections.abc import Iterator
from pathlib import Path

from accuracy.credits import agency_f1, any_f1, credit_scores, macro_f1
from accuracy.figures import Figure, Plan

FILES = ("credit_lines/lines.jsonl",)
FIGURES = (
    ("agency", "credits, agency or dateline: F1", agency_f1, 0.739, "agency's name near the ends, quoted", 0.93),
    ("any", "credits, any: F1", any_f1, 0.924, "one pattern, quoted", 0.95),
    ("types", "credits, types: macro F1", macro_f1, None, "", 0.85),
)


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    families = {key: items for key, items in credit_scores(data).items() if plan.wants(key)}
    for name, what, score, baseline, by, target in FIGURES:
        yield Figure(f"credits.{name}", what, families, score, baseline, by, target)
