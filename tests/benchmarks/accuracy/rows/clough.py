"""Clough and Stevenson 2011: short answers written from a source with four degrees of reuse, or without it.

An answer reuses its source where the degree of reuse is above 0, that is, where anything was taken. Two of the answers
of the development part that are labelled as cut share no run of words with the source of their task; they count as
missed here, in the degree too.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from accuracy import product
from accuracy.corpora import articles, records
from accuracy.figures import Figure, Plan
from accuracy.simple_methods import best_f1, f1, shingle_likeness, spearman, tfidf_likeness

FILES = ("clough_stevenson/docs.jsonl",)
DEGREES = {"non": 0, "heavy": 1, "light": 2, "cut": 3}


class Judged(NamedTuple):
    """One answer against the source of its task."""

    degree: int
    ours: product.Answer
    shingles: float
    tfidf: float


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    families = measure(data, plan)
    yield Figure(
        "clough.reuse",
        "Clough & Stevenson, reused or not: F1",
        families,
        lambda items: f1([i.ours.degree > 0 for i in items], [i.degree > 0 for i in items]),
        lambda items: best_f1([i.shingles for i in items], [i.degree > 0 for i in items]),
        "MinHash, best limit",
        0.97,
    )
    yield Figure(
        "clough.degree",
        "Clough & Stevenson, four degrees: Spearman",
        families,
        lambda items: spearman([i.ours.degree for i in items], [i.degree for i in items]),
        lambda items: spearman([i.shingles for i in items], [i.degree for i in items]),
        "MinHash",
        0.89,
    )


def measure(data: Path, plan: Plan) -> dict[str, list[Judged]]:
    """All answers, by task."""
    docs = records(data, FILES[0])
    texts = {doc["id"]: doc["text"] for doc in docs}
    shingles, tfidf = shingle_likeness(texts), tfidf_likeness(texts)
    read = articles({"id": doc["id"], "text": doc["text"]} for doc in docs)
    source = {doc["task"]: doc["id"] for doc in docs if doc["category"] == "orig"}
    families: dict[str, list[Judged]] = {}
    for doc in docs:
        if doc["category"] in DEGREES and plan.wants(doc["task"]):
            pair = frozenset((doc["id"], source[doc["task"]]))
            ours = product.answer(read[doc["id"]], read[source[doc["task"]]])
            found = Judged(DEGREES[doc["category"]], ours, shingles.get(pair, 0.0), tfidf[pair])
            families.setdefault(doc["task"], []).append(found)
    return families
