"""4,099 real articles without labels: what the trace claims of them, held against what a person said who read it.

``readings.toml`` keeps what was read: the ids of a claim, and whether it is right. What nobody has read yet is counted
and left out; ``--reading FILE`` lists it with both texts.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from accuracy.corpora import articles, records
from accuracy.figures import Figure, Plan, mean
from provenance import Derivation, Trace, trace
from provenance.model import Passage

FILES = ("allsides_news/docs.jsonl.xz",)
READINGS = Path(__file__).parents[1] / "readings.toml"
CREDITS = frozenset({"credit_whole", "credit_part", "credit_fact", "credit_markup"})
COMMON = frozenset({"agency_common"})  # only one of those that share the text credits the agency
QUOTED = frozenset({"quoted_here"})
FIGURES = {  # kind of claim: (in words, quoted baseline, target)
    "credited": ("real articles, credited arrows right", 7 / 24, 0.95),
    "agency": ("real articles, common agency right", None, 0.93),
    "excerpts": ("real articles, excerpts in quotation marks right", None, 0.90),
}
PAIRS = 28  # excerpted pairs to find


class Claim(NamedTuple):
    """Something that the trace says: ``ends`` are the ids of the articles it is about, the derived one first."""

    ends: tuple[str, ...]
    source: str
    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        return " < ".join([*self.ends, self.source] if self.source.startswith("named:") else self.ends)


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    found = claims(traced(data))
    known = readings()
    for kind, (what, baseline, target) in FIGURES.items():
        read = [claim for claim in found[kind] if claim.key in known[kind]]
        families: dict[str, list[float]] = defaultdict(list)
        for claim in read:
            if plan.wants(min(claim.ends)):
                families[min(claim.ends)].append(known[kind][claim.key])
        counted = f"{what} ({len(read)} of {len(found[kind])} read)"
        yield Figure(f"real_articles.{kind}", counted, families, mean, baseline, "12-word floor, quoted", target)
    pairs = {claim.key: [claim] for claim in found["excerpts"] if plan.wants(claim.key)}
    yield Figure(
        "real_articles.excerpts_found", "real articles, excerpted pairs found", pairs, len, target=PAIRS, drawn=False
    )


def traced(data: Path) -> Trace:
    """The trace of all articles, their outlets by their URLs: the labels of the set are not reliable."""
    docs = records(data, FILES[0])
    return trace(articles(doc | {"source": outlet(doc)} for doc in docs).values())


def outlet(doc: Mapping[str, Any]) -> str:
    """The host of an article's address, without "www."; the label where there is none.

    >>> outlet({"url": "http://www.lamp.example/oil/", "source": "Guest Writer"})
    'lamp.example'
    """
    return (urlsplit(doc.get("url") or "").hostname or str(doc.get("source") or "")).removeprefix("www.")


def claims(found: Trace) -> dict[str, list[Claim]]:
    """What the trace says with .5 or more: arrows by credit, agencies shared by several articles, excerpts."""
    said: dict[str, list[Claim]] = {kind: [] for kind in FIGURES}
    of_agency: dict[str, list[Derivation]] = defaultdict(list)
    for arrow in found.at_least(0.5):
        reasons = _reasons(arrow)
        if arrow.source.startswith("named:"):
            of_agency[arrow.source].append(arrow)
        elif reasons & QUOTED:
            said["excerpts"].append(_claim([arrow]))
        elif reasons & CREDITS:
            said["credited"].append(_claim([arrow]))
    common = (arrows for _, arrows in sorted(of_agency.items()) if COMMON & _reasons(*arrows))
    said["agency"] = [_claim(two) for arrows in common for two in combinations(arrows, 2)]
    return said


def _reasons(*arrows: Derivation) -> set[str]:
    return {e.name for arrow in arrows for e in arrow.evidence if e.weight > 0}


def _claim(arrows: Sequence[Derivation]) -> Claim:
    ends = sorted(_id(arrow.derived) for arrow in arrows)
    source = arrows[0].source.partition("/")[0] if arrows[0].source.startswith("named:") else ""
    last = [] if source else [_id(arrows[0].source)]
    reasons = tuple(e.detail for arrow in arrows for e in arrow.evidence if e.weight > 0)
    return Claim((*ends, *last), source, tuple(p for arrow in arrows for p in arrow.passages if p.counted), reasons)


def _id(article: str) -> str:
    return article.partition("#")[2] or article


def readings() -> dict[str, dict[str, bool]]:
    """Kind of claim -> claim -> whether a reader says that it is right."""
    kept = tomllib.loads(READINGS.read_text(encoding="utf-8")) if READINGS.exists() else {}
    return {kind: kept.get(kind, {}) for kind in FIGURES}


def reading_list(data: Path) -> Iterator[str]:
    """Every claim that nobody has read yet, to be judged: titles, reasons, and the text in common."""
    found = traced(data)
    by_id = {_id(a.id): a for a in found.articles}
    known = readings()
    for kind, some in claims(found).items():
        for claim in (claim for claim in some if claim.key not in known[kind]):
            yield f'\n[{kind}]\n"{claim.key}" = '
            yield from (
                f"  {by_id[id].outlet}, {_day(by_id[id])}: {by_id[id].title}" for id in claim.ends if id in by_id
            )
            yield from (f"  - {reason}" for reason in claim.reasons)
            yield from (f"  > {p.quoted}: {p.a.cut(by_id[claim.ends[0]].text)[:400]!r}" for p in claim.passages[:4])


def _day(article: Any) -> str:
    published = article.published
    return str(published.earliest.date()) if published and published.earliest else "undated"
