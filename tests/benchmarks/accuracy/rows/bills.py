"""State bills after eleven models: which of them are copies of one model. The text is that of noisy PDF files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from accuracy.corpora import articles, records
from accuracy.figures import Figure, Plan
from accuracy.simple_methods import groups_at, tfidf_likeness
from provenance.pipeline import closeness

FILES = ("policy_bills/docs.jsonl.gz",)
Pair = frozenset[str]


class Bill(NamedTuple):
    id: str
    model: str


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    docs = records(data, FILES[0])
    families: dict[str, list[Bill]] = defaultdict(list)
    for doc in docs:
        if plan.wants(str(doc["cluster"])):
            families[str(doc["cluster"])].append(Bill(doc["id"], str(doc["cluster"])))
    kept = {bill.id for bills in families.values() for bill in bills}
    texts = {doc["id"]: doc["text"] for doc in docs if doc["id"] in kept}
    read = articles({"id": id, "text": text} for id, text in texts.items())
    found = closeness(read.values())
    group = {id: str(n) for n, ids in enumerate(found.groups) for id in read if read[id].id in ids}
    tfidf = tfidf_likeness(texts)
    yield Figure(
        "bills.ari",
        "policy bills by their model, one fixed limit: ARI",
        families,
        lambda bills: _ari(bills, group),
        lambda bills: max(_joined_ari(bills, tfidf, at / 100) for at in range(10, 100, 2)),
        "TF-IDF, best limit",
        0.80,
    )


def _joined_ari(bills: Sequence[Bill], likeness: Mapping[Pair, float], limit: float) -> float:
    """ARI of the groups that links at or above the limit join."""
    return _ari(bills, groups_at(dict(bills), likeness, limit))


def _ari(bills: Sequence[Bill], group: Mapping[str, str]) -> float:
    """ARI of groups among some bills; a model that was drawn twice counts once."""
    from sklearn.metrics import adjusted_rand_score

    model = dict(bills)
    return float(adjusted_rand_score([model[id] for id in sorted(model)], [group[id] for id in sorted(model)]))
