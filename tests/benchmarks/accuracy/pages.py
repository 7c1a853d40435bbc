"""How well saved pages are read: body, title, date and authors against what people noted, page by page.

The bodies are scored as in the article extraction benchmark of Scrapinghub (2020): precision and recall over the
multisets of 4-word shingles, each averaged over the pages, and their harmonic mean. Titles and authors count when they
are the same but for white space, dates when the day is the same and known.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from accuracy.corpora import records
from provenance import Article, read_articles

FILES = ("extract_aeb", "extract_fundus", "extract_htmldate")
SHINGLE = 4  # words
Item = float | tuple[float, float]  # 0 or 1; of a body precision and recall
Scores = dict[str, dict[str, list[Item]]]  # figure -> host -> what was measured of each page


def page_scores(data: Path) -> Scores:
    """The value of every page of every set, by figure and by the host of the page.

    Args:
        data: the folder of the development data, or another of the same layout; sets that are missing are left out.

    Returns:
        "aeb_body", "fundus_body", "fundus_title", "fundus_date", "fundus_authors", "htmldate_date"; ``score`` makes
        one number of any of their items. A page that cannot be read counts 0 everywhere.
    """
    scores: Scores = {}
    measures = {"extract_aeb": _aeb, "extract_fundus": _fundus, "extract_htmldate": _htmldate}
    for name in FILES:
        if not (data / name / "ground_truth.jsonl").is_file():
            continue
        for truth, article in _pages(data / name):
            host = _host(truth.get("url") or (article.url if article else None)) or str(truth.get("id"))
            for figure, value in measures[name](truth, article).items():
                scores.setdefault(figure, {}).setdefault(host, []).append(value)
    return scores


def score(items: Sequence[Item]) -> float | None:
    """The share of pages that are right; of bodies the harmonic mean of mean precision and mean recall.

    >>> score([1.0, 0.0]), score([(1.0, 0.5), (0.5, 1.0)])
    (0.5, 0.75)
    """
    if not items:
        return None
    pairs = [item if isinstance(item, tuple) else (item, item) for item in items]
    precision, recall = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pages(folder: Path) -> Iterator[tuple[dict[str, Any], Article | None]]:
    for truth in records(folder, "ground_truth.jsonl"):
        read = read_articles(folder / str(truth.get("html") or truth.get("file"))).articles
        yield truth, read[0] if read else None


def _host(url: str | None) -> str | None:
    host = urlsplit(url or "").hostname
    return host.removeprefix("www.") if host else None


def _aeb(truth: Mapping[str, Any], article: Article | None) -> dict[str, Item]:
    return {"aeb_body": shingle_overlap(_body(article), truth["articleBody"])}


def _fundus(truth: Mapping[str, Any], article: Article | None) -> dict[str, Item]:
    written = [name for name in (article.byline or "" if article else "").split(",") if name.strip()]
    said = datetime.fromisoformat(truth["publishing_date"]) if truth.get("publishing_date") else None
    return {
        "fundus_body": shingle_overlap(_body(article), _fundus_body(truth)),
        "fundus_title": float(_plain(article.title if article else None) == _plain(truth["title"])),
        "fundus_date": float(day_of(article) == (said.astimezone(UTC).date() if said else None)),
        "fundus_authors": float({*map(_plain, written)} == {*map(_plain, truth["authors"] or [])}),
    }


def _fundus_body(truth: Mapping[str, Any]) -> str:
    """Summary, subheadings and paragraphs: all that the publisher's own parser takes for the article."""
    parts = list(truth.get("summary") or [])
    for section in truth["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n".join(parts)


def _htmldate(truth: Mapping[str, Any], article: Article | None) -> dict[str, Item]:
    return {"htmldate_date": float(day_of(article) == date.fromisoformat(truth["date"]))}


def day_of(article: Article | None) -> date | None:
    """The one day (in UTC) on which an article appeared, None where only bounds are known."""
    published = article.published if article else None
    if published is None or published.earliest is None or published.latest is None:
        return None
    return published.earliest.date() if published.latest - published.earliest < timedelta(days=1) else None


def _body(article: Article | None) -> str:
    return "\n".join(span.cut(article.text) for span in article.body) if article else ""


def _plain(words: str | None) -> str:
    return " ".join((words or "").split())


def shingle_overlap(read: str, true: str) -> tuple[float, float]:
    """Precision and recall of a text that was read, over the multisets of 4-word shingles.

    >>> shingle_overlap("the crane fell at noon again", "the crane fell at noon")
    (0.6666666666666666, 1.0)
    """
    one, other = _shingles(read), _shingles(true)
    common = sum((one & other).values())
    return common / sum(one.values()), common / sum(other.values())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
