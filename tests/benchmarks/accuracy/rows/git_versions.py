"""Versions of prose documents in public git histories: which of two adjacent ones came first, without dates."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import product
from accuracy.corpora import articles, records
from accuracy.figures import Figure, Plan, mean
from accuracy.simple_methods import longer_is_later
from provenance import Article
from provenance.evaluate.claims import Arrow

FILES = ("git_prose_versions/versions.jsonl.gz",)
Version = dict[str, Any]


class Turned(NamedTuple):
    """Whether the direction of a pair is right: 1, 0, or 1/2 where nothing is said."""

    ours: float
    longer: float


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    chains = versions_by_chain(data, plan)
    for name, how, turned, target in (
        ("in_chain", "the chain as a pile", _in_chain, 0.85),
        ("direction", "two adjacent ones alone", _alone, None),
    ):
        yield Figure(
            f"git_versions.{name}",
            f"git versions, direction without dates, {how}",
            {chain: turned(versions) for chain, versions in chains.items()},
            lambda items: mean([i.ours for i in items]),
            lambda items: mean([i.longer for i in items]),
            "longer is later",
            target,
        )


def versions_by_chain(data: Path, plan: Plan) -> dict[str, list[Version]]:
    """The versions of every document; quick: of every second one."""
    chains: dict[str, list[Version]] = {}
    for version in records(data, FILES[0]):
        if plan.wants(version["chain"]):
            chains.setdefault(version["chain"], []).append(version)
    return {chain: chains[chain] for chain in sorted(chains)[:: 2 if plan.quick else 1]}


def _alone(versions: list[Version]) -> list[Turned]:
    """Every version and the next one, as a pile of two."""
    read = read_versions(versions)
    pairs = pairwise(sorted(read, key=int))
    return [_turned(product.directions([read[old], read[new]]), read[old], read[new]) for old, new in pairs]


def _in_chain(versions: list[Version]) -> list[Turned]:
    """The same pairs, in one pile with all versions of the document."""
    read = read_versions(versions)
    said = product.directions(list(read.values()))
    return [_turned(said, read[old], read[new]) for old, new in pairwise(sorted(read, key=int))]


def read_versions(versions: list[Version]) -> dict[str, Article]:
    return articles({"id": str(version["version"]), "text": version["text"]} for version in versions)


def _turned(said: Mapping[Arrow, float], old: Article, new: Article) -> Turned:
    return Turned(product.leans(said, new.id, old.id), longer_is_later(new.text, old.text))
