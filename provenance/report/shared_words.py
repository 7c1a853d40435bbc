"""What an arrow rests on whose source is not in the pile: the words that its text shares with another article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import Article, Derivation, Passage, Span
from provenance.report.wording import Names

_LIKENESS = frozenset({"shared_text", "agency_common", "common_as_likely", "crowd_unseen"})


@dataclass(frozen=True, slots=True)
class SharedWords:
    """The other article that has the same words, and where they stand in both; side a is the derived text."""

    other: str
    passages: tuple[Passage, ...]


def is_text_here(names: Names, id: str) -> bool:
    """Whether the pile has the text of a source, be it only as another page prints it."""
    source = names.sources.get(id)
    return id in names.articles or bool(source and source.read_through)


def rests_on_others(names: Names, arrow: Derivation) -> bool:
    """Whether an arrow was read off words that its text shares with another article, not with its source."""
    return not is_text_here(names, arrow.source) and any(e.name in _LIKENESS for e in arrow.evidence)


def shared_words(names: Names, arrow: Derivation) -> SharedWords | None:
    """The article that shares the words an arrow rests on.

    Args:
        names: ``Names.of(trace)``.
        arrow: one of its arrows.

    Returns:
        None where the source's own text is here, or where no article with these words is found.
    """
    derived = names.articles.get(arrow.derived)
    if derived is None or not rests_on_others(names, arrow):
        return None
    places = [p for e in arrow.evidence if e.name in _LIKENESS for p in e.places]
    spans = sorted({p.span for p in places if p.article == derived.id})
    told = [p.article for p in places if p.article != derived.id and p.article in names.articles]
    others = [names.articles[id] for id in dict.fromkeys(told)]
    others = others or [a for a in names.articles.values() if a.id != derived.id and _in_detail(arrow, a)]
    found = [SharedWords(a.id, tuple(_passages(derived, a, spans))) for a in others]
    best = max(found, key=lambda s: sum(p.a.end - p.a.start for p in s.passages), default=None)
    return best if best and (best.passages or len(found) == 1) else None


def _in_detail(arrow: Derivation, article: Article) -> bool:
    """Whether a reason names an article."""
    name = article.outlet or article.id
    return any(name in e.detail for e in arrow.evidence if e.name in _LIKENESS)


def _passages(derived: Article, other: Article, spans: list[Span]) -> Iterator[Passage]:
    """Where the words of these stretches stand in the other text, as far as they are the same there."""
    for span in spans:
        yield from _found(derived.text, span, other.text)


def _found(text: str, span: Span, other: str) -> Iterator[Passage]:
    at = _same_words(span.cut(text), other)
    if at:
        yield Passage(span, at, "verbatim", 1.0, "no")
        return
    ends = [span.start, *(span.start + m.end() for m in re.finditer(r"[.!?…”\"]\s+", span.cut(text))), span.end]
    for start, end in pairwise(ends):
        part = Span(start, end)
        at = _same_words(part.cut(text), other) if end - start < span.end - span.start else None
        if at:
            yield Passage(part, at, "verbatim", 1.0, "no")


def _same_words(words: str, other: str) -> Span | None:
    """Where some words stand in another text, white space and punctuation aside; a few words say nothing."""
    letters = re.findall(r"\w+", words)
    if len(letters) < 4:
        return None
    pattern = r"\W+".join(map(re.escape, letters)) + r"[.,;:!?…”\"’)]*"
    found = re.search(pattern, other, re.IGNORECASE)
    return Span(found.start(), found.end()) if found else None
