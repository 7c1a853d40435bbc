"""Software licences: which text is nearest, and which of two versions came first with names and years masked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import product
from accuracy.corpora import articles, families_of, lines, records
from accuracy.figures import Figure, Plan, mean
from accuracy.simple_methods import longer_is_later, nearest, tfidf_likeness, words
from provenance import Article
from provenance.evaluate.claims import Arrow
from provenance.pipeline import closeness

FILES = ("spdx_licences/docs.jsonl.gz", "spdx_licences/edges.tsv")
_NUMBER = re.compile(r"\b(?:v(?:ersion)?\.?\s*)?\d+(?:\.\d+)+[a-z]?\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_PLAIN = frozenset(  # words of their names that other sentences use too
    {"public", "license", "licence", "free", "software", "general", "open", "source", "agreement", "documentation"}
    | {"data", "and", "of", "the"}
)

Edge = tuple[str, str]  # source, derived


class Nearest(NamedTuple):
    """Of the text nearest to one that has a source: is it a true neighbour, is it the source."""

    ours: tuple[bool, bool]
    simple: tuple[bool, bool]


class Turned(NamedTuple):
    """Whether the direction of an edge is right: 1, 0, or 1/2 where nothing is said."""

    ours: float
    longer: float


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    docs = records(data, FILES[0])
    edges = true_edges(data)
    family = families_of(edges)
    near = {child: found for child, found in _nearest(docs, edges).items() if plan.wants(family[child])}
    by_text = _grouped(near, family)
    for name, what, at, target in (
        ("neighbour", "licences, nearest text is a true neighbour", 0, 0.80),
        ("source", "licences, nearest text is the source", 1, 0.58),
    ):
        yield Figure(
            f"licences.{name}", what, by_text,
            partial(_found, side="ours", at=at), partial(_found, side="simple", at=at), "TF-IDF", target,
        )  # fmt: skip
    for name, how, turned in (
        ("in_family", "with all their kin", _in_family(docs, edges, family)),
        ("direction", "two alone", _alone(docs, edges)),
    ):
        by_edge = _grouped({edge: found for edge, found in turned.items() if plan.wants(family[edge[0]])}, {
            edge: family[edge[0]] for edge in edges
        })  # fmt: skip
        yield Figure(
            f"licences.{name}", f"licences, direction with names and years masked, {how}", by_edge,
            lambda items: mean([i.ours for i in items]),
            lambda items: mean([i.longer for i in items]), "longer is later", 0.74,
        )  # fmt: skip


def _found(items: Sequence[Nearest], side: str, at: int) -> float | None:
    return mean([getattr(item, side)[at] for item in items])


def true_edges(data: Path) -> list[Edge]:
    """(source, derived)"""
    cells = (line.split("\t") for line in lines(data, FILES[1])[1:])
    return [(source, derived) for source, derived, _ in cells]


def _grouped(found: Mapping[Any, Any], family: Mapping[Any, str]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for key, one in found.items():
        groups.setdefault(family[key], []).append(one)
    return groups


def _nearest(docs: list[dict[str, str]], edges: list[Edge]) -> dict[str, Nearest]:
    """For every text that has a source, over all texts of the set."""
    texts = {doc["id"]: doc["text"] for doc in docs}
    read = articles({"id": id, "text": text} for id, text in texts.items())
    found, name = closeness(read.values()), {article.id: id for id, article in read.items()}
    ours = {id: name.get(found.nearest(article.id) or "", "") for id, article in read.items()}
    both = ours, nearest(texts, tfidf_likeness(texts))
    pairs = {frozenset(edge) for edge in edges}
    return {
        child: Nearest(
            *((frozenset((child, near.get(child, ""))) in pairs, (near.get(child), child) in edges) for near in both)
        )
        for _, child in edges
    }


def _alone(docs: list[dict[str, str]], edges: list[Edge]) -> dict[Edge, Turned]:
    """Every edge as a pile of two."""
    read = _read(docs)
    return {
        (source, derived): _turned(product.directions([read[derived], read[source]]), read[source], read[derived])
        for source, derived in edges
    }


def _in_family(docs: list[dict[str, str]], edges: list[Edge], family: Mapping[str, str]) -> dict[Edge, Turned]:
    """Every edge in the pile of all texts that edges join with it."""
    read = _read(docs)
    said: dict[Arrow, float] = {}
    for name in sorted(set(family.values())):
        said |= product.directions([read[id] for id in family if family[id] == name])
    return {(source, derived): _turned(said, read[source], read[derived]) for source, derived in edges}


def _read(docs: list[dict[str, str]]) -> dict[str, Article]:
    return articles({"id": id, "text": text} for id, text in masked_texts(docs).items())


def _turned(said: Mapping[Arrow, float], source: Article, derived: Article) -> Turned:
    return Turned(product.leans(said, derived.id, source.id), longer_is_later(derived.text, source.text))


def masked_texts(docs: list[dict[str, str]]) -> dict[str, str]:
    """The texts by their ids, without what would tell their order."""
    names = {word for doc in docs for word in words(f"{doc['name']} {doc['id']}")} - _PLAIN
    return {doc["id"]: mask(doc["text"], names) for doc in docs}


def mask(text: str, names: set[str]) -> str:
    """A text without years, version numbers and the names of licences.

    >>> mask("The Lamp License, version 2.1, of 1999 and 2004", {"lamp"})
    'The Name License, 0, of 0 and 0'
    """
    text = _NUMBER.sub("0", text)
    return re.sub(r"\w+", lambda word: "Name" if word.group().lower() in names else word.group(), text)
