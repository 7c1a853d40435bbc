"""Which article of the pile a credited name means, and whose credit a repeated credit is (design 5.1, Resolution)."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.model import Alignment, Article, Credit, Passage, Span, in_order
from provenance.names import by_domain, canonical, find, same_outlet
from provenance.phrases import phrases
from provenance.reconstruct.attribution import mentions_name
from provenance.text import split_sentences

__all__ = ["resolve"]

_HALF = 0.5  # of the crediting text that an article of unknown outlet must cover to be known by one sentence
_BY_FAR = 2.0  # or so many times as much as the next best source


def resolve(articles: Mapping[str, Article], alignments: Sequence[Alignment]) -> dict[str, Article]:
    """The articles with their credits led to articles of the pile, and with outlets that only others name.

    Three things are settled, each with its ground in words:

    - ``resolved_to``: the article whose outlet the credit names and whose text aligns with the crediting text.
    - ``outlet`` of an article of unknown outlet, where another article credits a name for a sentence that aligns
      with it and all conditions of design 5.1 hold.
    - ``inherited_from``: a credit inside a shared passage that the other, earlier article gives there as well.

    Args:
        articles: by id, with credits read and outlets identified.
        alignments: of their texts.
    """
    sides = _by_article(alignments)
    settled = {**articles}
    for found in _named_by_sentence(articles, sides):
        settled[found.article] = replace(
            settled[found.article],
            outlet=found.outlet,
            outlet_ground=f"{found.crediting} credits {found.outlet} for a sentence that aligns with this text",
        )
    known = frozenset(article.outlet for article in settled.values() if article.outlet)
    led = {id: _led(article, settled, sides.get(id, ()), known) for id, article in settled.items()}
    return {id: _with_inherited(article, led, sides.get(id, ()), known) for id, article in led.items()}


def _by_article(alignments: Sequence[Alignment]) -> dict[str, tuple[Alignment, ...]]:
    """For every article its alignments, turned so that it is side a."""
    sides: dict[str, list[Alignment]] = {}
    for alignment in alignments:
        sides.setdefault(alignment.a, []).append(alignment)
        sides.setdefault(alignment.b, []).append(alignment.turned())
    return {id: tuple(sorted(found, key=lambda each: each.b)) for id, found in sides.items()}


# --- names that are outlets of the pile -----------------------------------------------------------------------------


def _led(
    article: Article, articles: Mapping[str, Article], sides: Sequence[Alignment], known: Collection[str]
) -> Article:
    return replace(article, credits=tuple(_led_credit(credit, articles, sides, known) for credit in article.credits))


def _led_credit(
    credit: Credit, articles: Mapping[str, Article], sides: Sequence[Alignment], known: Collection[str]
) -> Credit:
    if credit.tier == "D":
        return credit
    fitting = [side for side in sides if side.shared_a and _is_of(articles[side.b], credit, known)]
    if not fitting:
        return credit
    best = min(fitting, key=lambda side: (-side.shared_a, in_order(articles[side.b])))
    outlet = articles[best.b].outlet
    ground = f"{best.b} is of {outlet}, and {best.shared_a} words of this text are found in it"
    return replace(credit, resolved_to=best.b, resolved_ground=ground)


def _is_of(article: Article, credit: Credit, known: Collection[str]) -> bool:
    """Whether an article is of the outlet that a credit names: by name, alias, initials, domain or address."""
    if article.url and article.url in credit.text:
        return True
    if not article.outlet:
        return False
    name = credit.source_name
    if same_outlet(name, article.outlet, known):
        return True
    entry = find(name, "agency", known) or by_domain(name)
    return entry is not None and same_outlet(entry.name, article.outlet, known)


# --- credits that were copied along ---------------------------------------------------------------------------------


def _with_inherited(
    article: Article, articles: Mapping[str, Article], sides: Sequence[Alignment], known: Collection[str]
) -> Article:
    credits = []
    for credit in article.credits:
        givers = [
            side.b
            for side in sides
            if _repeats(credit, side, articles[side.b], known)
            and _follows(article, articles[side.b])
            and _copied_along(credit, article, side, sides)
        ]
        first = min(givers, key=lambda id: (_start(articles[id]), id), default=None)
        credits.append(replace(credit, inherited_from=first) if first else credit)
    return replace(article, credits=tuple(credits))


def _copied_along(credit: Credit, article: Article, side: Alignment, sides: Sequence[Alignment]) -> bool:
    """Whether a repeated credit came with the other text, and is not given by both texts alike.

    Reprints of one agency text all carry its dateline, so whose text it is (A, B) is inherited only from a text that
    the article credits itself. A fact's credit that leads to a text of the pile is inherited only from a text that
    shows more of the article than that one does.
    """
    if credit.tier in ("A", "B"):
        return any(each.resolved_to == side.b and each.tier in ("A", "B") for each in article.credits)
    named = next((other.shared_a for other in sides if other.b == credit.resolved_to), 0)
    return credit.resolved_to != side.b and side.shared_a > named


def _repeats(credit: Credit, side: Alignment, other: Article, known: Collection[str]) -> bool:
    """Whether a credit lies in a shared passage in which the other article gives the same credit."""
    if credit.span is None:
        return False
    name = canonical(credit.source_name, known)
    same = [each.span for each in other.credits if each.span and canonical(each.source_name, known) == name]
    there = [passage.b for passage in side.passages if _overlap(passage.a, credit.span)]
    return any(_overlap(span, passage) for span in same for passage in there)


def _follows(article: Article, other: Article) -> bool:
    """Whether an article is known to come after another: it credits it, or its date says so."""
    if any(credit.resolved_to == other.id for credit in article.credits):
        return True
    if any(credit.resolved_to == article.id for credit in other.credits):
        return False
    mine, its = article.published, other.published
    if mine is None or its is None or mine.earliest is None or its.earliest is None:
        return False
    return its.latest is not None and its.earliest < mine.earliest


def _start(article: Article) -> str:
    published = article.published
    return published.earliest.isoformat() if published and published.earliest else "~"  # undated last


# --- outlets that only a sentence tells -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    article: str
    outlet: str
    crediting: str


def _named_by_sentence(articles: Mapping[str, Article], sides: Mapping[str, tuple[Alignment, ...]]) -> list[_Named]:
    """Articles of unknown outlet that one credited sentence points to, and nothing speaks against.

    Taken lightly this is nearly always wrong (0 of 62 in a real pile): what aligns is mostly a third text that
    quotes the same outlet. So every condition of design 5.1 must hold.
    """
    claims: dict[str, list[_Named]] = {}
    for id in sorted(articles):
        for credit in articles[id].credits:
            candidates = list(_candidates(articles[id], credit, articles, sides.get(id, ())))
            if len(candidates) == 1:
                named = _Named(candidates[0], _full_name(credit.source_name), id)
                claims.setdefault(named.article, []).append(named)
    agreed = (found for found in claims.values() if len({canonical(each.outlet) for each in found}) == 1)
    return [found[0] for found in agreed]


def _full_name(name: str) -> str:
    entry = find(name, "outlet")
    return entry.name if entry else name


def _candidates(
    article: Article, credit: Credit, articles: Mapping[str, Article], sides: Sequence[Alignment]
) -> Iterator[str]:
    if credit.tier != "C" or credit.span is None or not _is_outlet(credit, article):
        return
    if any(_is_of(articles[side.b], credit, ()) for side in sides):
        return  # the outlet's own article is there
    sentence = _sentence(article, credit.span)
    for side in sides:
        other = articles[side.b]
        passage = _aligned(side.passages, sentence)
        if (
            passage is not None
            and other.outlet is None
            and _covers_enough(side, sides)
            and not _is_later(other, article)
            and _own_voice(other, passage)
            and not mentions_name(other.text, credit.source_name)
        ):
            yield side.b


def _is_outlet(credit: Credit, article: Article) -> bool:
    """Whether the credited name is that of a news outlet: no agency, no institute."""
    entry = find(credit.source_name, "outlet")
    if entry:
        return entry.role == "outlet"
    table = phrases(article.language, "credits")["names"]
    last = credit.source_name.split()[-1].casefold() if credit.source_name else ""
    return last in table["media"] or last in table["weak_media"]


def _sentence(article: Article, span: Span) -> Span:
    """The sentence of an article that a credit stands in."""
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    line = Span(start, len(article.text) if end < 0 else end)
    sentences = split_sentences(article.text, article.language, [line])
    at = bisect_right(sentences, Span(span.start, 1 << 60)) - 1
    return sentences[at] if at >= 0 else line


def _aligned(passages: Sequence[Passage], sentence: Span) -> Passage | None:
    """The passage that holds at least half of a sentence, or that lies in it by more than half."""
    for passage in passages:
        common = min(passage.a.end, sentence.end) - max(passage.a.start, sentence.start)
        shorter = min(passage.a.end - passage.a.start, sentence.end - sentence.start)
        if shorter > 0 and 2 * common >= shorter and passage.counted:
            return passage
    return None


def _covers_enough(side: Alignment, sides: Sequence[Alignment]) -> bool:
    next_best = max((other.share_a for other in sides if other.b != side.b), default=0.0)
    return side.share_a >= _HALF or (side.share_a >= 0.2 and side.share_a >= _BY_FAR * next_best)


def _is_later(other: Article, article: Article) -> bool:
    mine, its = article.published, other.published
    return bool(mine and its and mine.latest and its.earliest and its.earliest > mine.latest)


def _own_voice(other: Article, passage: Passage) -> bool:
    """Whether an article says an aligned passage itself: no quotation, no credit, no "media reported" in it."""
    if passage.quoted in ("both", "b"):
        return False
    if any(c.span and c.tier != "D" and _overlap(c.span, passage.b) for c in other.credits):
        return False
    generic = "|".join(re.escape(word) for word in phrases(other.language, "credits")["generic"])
    return re.search(rf"\b(?:{generic})\b", passage.b.cut(other.text), re.IGNORECASE) is None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
