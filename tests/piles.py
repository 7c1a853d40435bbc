"""A trace held against a pile's truth.json: every point on which they differ, in words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance import Trace
from provenance.name_forms import normal_name

PILES = Path(__file__).parent.parent / "inputs"


def truth_of(pile: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((PILES / pile / "truth.json").read_text(encoding="utf-8"))
    return truth


def disagreements(trace: Trace, truth: dict[str, Any]) -> list[str]:
    """What a trace says otherwise than the truth, nothing when they agree."""
    return [
        *_identified(trace, truth),
        *_named(trace, truth),
        *_derivations(trace, truth),
        *_undecided(trace, truth),
        *_cited(trace, truth),
        *_reports(trace, truth),
        *_changes(trace, truth),
    ]


def node(id: str) -> str:
    """A source's id without the article it draws on: named texts are compared by name."""
    return id.split("/")[0] if id.startswith("named:") else id


def _identified(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    articles = {a.id: a for a in trace.articles}
    if set(articles) != set(truth["identified"]):
        yield f"articles {sorted(set(articles) ^ set(truth['identified']))}"
    for id, expected in truth["identified"].items():
        article = articles.get(id)
        if article is None:
            continue
        if normal_name(article.outlet or "") != normal_name(expected["outlet"] or ""):
            yield f"{id}: outlet {article.outlet!r}, expected {expected['outlet']!r}"
        for end in ("earliest", "latest"):
            found = getattr(article.published, end) if article.published else None
            day = found.date().isoformat() if found else None
            wanted = (expected["published"] or {}).get(end)
            if day != wanted:
                yield f"{id}: published {end} {day}, expected {wanted}"


def _named(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    named = {node(s.id): s for s in trace.sources if s.kind == "named"}
    for id, expected in truth["named_sources"].items():
        if id not in named:
            yield f"{id}: not found among {sorted(named)}"
        elif named[id].read_through != expected["read_through"]:
            yield f"{id}: read through {named[id].read_through}, expected {expected['read_through']}"


def _derivations(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    found = {(d.derived, node(d.source)): d for d in trace.at_least(0.5)}
    found |= {(node(d.derived), node(d.source)): d for d in trace.at_least(0.5)}
    wanted = {(d["derived"], d["source"]): d for d in truth["derivations"]}
    for pair, expected in wanted.items():
        if pair not in found:
            yield f"missing: {pair[0]} from {pair[1]} ({expected['kind']})"
            continue
        if found[pair].kind != expected["kind"]:
            yield f"{pair[0]} from {pair[1]}: {found[pair].kind}, expected {expected['kind']}"
        if found[pair].is_primary != expected.get("is_primary", True):
            yield f"{pair[0]} from {pair[1]}: is_primary {found[pair].is_primary}"
    for d in trace.at_least(0.5):
        if (d.derived, node(d.source)) not in wanted and (node(d.derived), node(d.source)) not in wanted:
            yield f"not true: {d.derived} from {d.source} ({d.kind}, {d.probability})"


def _undecided(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    found = {(tuple(sorted(u.articles)), u.what) for u in trace.undecided}
    wanted = {(tuple(sorted(u["articles"])), u["what"]) for u in truth["undecided"]}
    for articles, what in sorted(wanted - found):
        yield f"not undecided in {what}: {articles}"
    for articles, what in sorted(found - wanted):
        yield f"undecided in {what} beyond the truth: {articles}"


def _cited(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    cited = {(c.article, normal_name(c.source_name)) for c in trace.citations}
    for id, names in truth["cited_at_least"].items():
        for name in names:
            wanted = normal_name(name)
            if not any(a == id and (wanted in n or n in wanted) for a, n in cited):
                yield f"{id} does not cite {name}"


def _reports(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    expected = truth["independent_reports"]
    if trace.independent_reports.n != expected["n"]:
        yield f"{trace.independent_reports.n} independent reports, expected {expected['n']}"
    groups = {frozenset(f.articles) for f in trace.families if len(f.articles) > 1}
    wanted = {frozenset(g) for g in expected["groups"] if len(g) > 1}
    for group in groups ^ wanted:
        yield f"family {'beyond' if group in groups else 'missing from'} the truth: {sorted(group)}"


def _changes(trace: Trace, truth: dict[str, Any]) -> Iterator[str]:
    changes = {(d.derived, node(d.source)): d.changes for d in trace.derivations}
    for expected in truth.get("changed_at_least", ()):
        found = changes.get((expected["derived"], expected["source"]), ())
        if not any(
            c.kind == expected["kind"]
            and (expected["source_text"] or "") in (c.source or "")
            and (expected["derived_text"] or "") in (c.derived or "")
            for c in found
        ):
            pair = f"{expected['source']} -> {expected['derived']}"
            yield f"change {pair} {expected['kind']}: {expected['source_text']!r} became {expected['derived_text']!r}"
