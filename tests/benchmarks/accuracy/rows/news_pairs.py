"""Real pairs of news articles: the same text (W), a part of it (P), an excerpt with attribution (E), only quotations
in common (Q), only boilerplate (B). Labels are automated, by one pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import product
from accuracy.corpora import articles, families_of, records
from accuracy.figures import Figure, Plan
from accuracy.simple_methods import auc, best_f1, f1, macro_f1, shingle_likeness, tfidf_likeness

FILES = ("news_reuse_pairs/pairs.jsonl.gz",)


class Judged(NamedTuple):
    """One pair."""

    kind: str
    ours: product.Answer
    shingles: float
    tfidf: float

    @property
    def real(self) -> bool:
        return self.kind in "WP"


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    families = measure(data, plan)
    yield Figure(
        "news_pairs.f1",
        "news pairs, real reuse: F1",
        families,
        lambda items: f1([i.ours.p_real >= 0.5 for i in items], [i.real for i in items]),
        lambda items: best_f1([i.shingles for i in items], [i.real for i in items]),
        "MinHash, best limit",
        0.95,
    )
    yield Figure(
        "news_pairs.auc",
        "news pairs, real reuse: AUC",
        families,
        lambda items: auc([i.ours.p_real for i in items], [i.real for i in items]),
        lambda items: auc([i.tfidf for i in items], [i.real for i in items]),
        "TF-IDF",
        0.99,
    )
    yield Figure(
        "news_pairs.kinds",
        "news pairs, five kinds: macro F1",
        families,
        lambda items: macro_f1([i.ours.kind for i in items], [i.kind for i in items]),
        target=0.88,
    )


def measure(data: Path, plan: Plan) -> dict[str, list[Judged]]:
    """All pairs, by the group of pairs that have articles in common."""
    pairs = [pair for pair in records(data, FILES[0]) if pair["direction"] != "identical_record"]
    family = families_of((pair["a"], pair["b"]) for pair in pairs)
    families: dict[str, list[Judged]] = {}
    for pair in pairs:
        if plan.wants(family[pair["a"]]):
            families.setdefault(family[pair["a"]], []).append(_judged(pair))
    return families


def _judged(pair: dict[str, Any]) -> Judged:
    fields = ("title", "source", "date", "url", "text")
    both: list[dict[str, Any]] = [
        {"id": side} | {field: pair.get(f"{field}_{side}") for field in fields} for side in "ab"
    ]
    texts = {side["id"]: side["text"] for side in both}
    read = articles(both)
    ours = product.answer(read["a"], read["b"])
    simple = (method(texts).get(frozenset("ab"), 0.0) for method in (shingle_likeness, tfidf_likeness))
    return Judged(pair["label"], ours, *simple)
