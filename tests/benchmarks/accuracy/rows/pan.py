"""PAN 2013 text alignment: which passages of one text stand in another, in characters on both sides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import product
from accuracy.corpora import families_of, records
from accuracy.figures import Figure, Plan
from accuracy.simple_methods import seed_and_merge
from provenance import Article, Span
from provenance.evaluate import Reuse
from provenance.evaluate.passages import covered, plagdet

FILES = ("pan13_text_alignment/docs.jsonl.xz", "pan13_text_alignment/pairs.jsonl.gz")
TARGETS = {
    "all": 0.93,
    "no-obfuscation": 0.99,
    "random-obfuscation": 0.91,
    "translation-obfuscation": 0.92,
    "summary-obfuscation": 0.60,
}
NAMES = {"no-obfuscation": "verbatim"} | {f"{kind}-obfuscation": kind for kind in ("random", "translation", "summary")}


class Sums(NamedTuple):
    """Of one pair, what plagdet is made of: parts covered and how many, detections that meet a case, cases met."""

    precision: float
    detections: int
    recall: float
    cases: int
    meeting: int
    met: int


class Found(NamedTuple):
    category: str
    ours: Sums
    simple: Sums


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    families = measure(data, plan)
    for category, target in TARGETS.items():
        name = NAMES.get(category, category)
        of_it = {key: [f for f in found if category in ("all", f.category)] for key, found in families.items()}
        of_it = {key: found for key, found in of_it.items() if found}
        yield Figure(
            f"pan.{name}",
            f"PAN13 passages, {name}: plagdet",
            of_it,
            lambda found: _plagdet([f.ours for f in found]),
            lambda found: _plagdet([f.simple for f in found]),
            "4-gram seeds",
            target,
        )


def measure(data: Path, plan: Plan) -> dict[str, list[Found]]:
    """Every pair of texts, by the group of pairs that have texts in common; quick: every fifth."""
    texts = {doc["id"]: doc["text"] for doc in records(data, FILES[0])}
    pairs = records(data, FILES[1])
    family = families_of((pair["susp"], pair["src"]) for pair in pairs)
    families: dict[str, list[Found]] = {}
    for pair in pairs[:: 5 if plan.quick else 1]:
        key = family[pair["susp"]]
        if plan.wants(key):
            families.setdefault(key, []).append(_found(pair, texts))
    return families


def _found(pair: Mapping[str, Any], texts: Mapping[str, str]) -> Found:
    derived, source = (Article(id, id, texts[id], language="en") for id in (pair["susp"], pair["src"]))
    true = [
        _reuse(derived, source, Span(c["this_offset"], c["this_offset"] + c["this_length"]),
               Span(c["source_offset"], c["source_offset"] + c["source_length"]))
        for c in pair["cases"]
    ]  # fmt: skip
    ours = [_reuse(derived, source, *ends) for ends in product.cases(derived, source)]
    simple = [_reuse(derived, source, *ends) for ends in seed_and_merge(derived.text, source.text)]
    return Found(pair["category"], _sums(ours, true), _sums(simple, true))


def _reuse(derived: Article, source: Article, there: Span, origin: Span) -> Reuse:
    return Reuse(derived.id, source.id, there, origin)


def _sums(found: Sequence[Reuse], true: Sequence[Reuse]) -> Sums:
    (precise, _), (recalled, pieces) = covered(found, true), covered(true, found)
    met = [n for n in pieces if n]
    return Sums(sum(precise), len(precise), sum(recalled), len(recalled), sum(met), len(met))


def _plagdet(pairs: Iterable[Sums]) -> float | None:
    precise, detections, recalled, cases, meeting, met = (sum(column) for column in zip(*pairs, strict=True))
    if not cases:
        return None
    precision = precise / detections if detections else None
    return plagdet(precision, recalled / cases, meeting / met if met else None)
