"""Which article of the pile a credited name means, and whose credit a repeated credit is (design 5.1, Resolution)."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from provenance.gazetteer import by_domain
from provenance.model import Article, Credit, Passage, Span, in_order
from provenance.names import Known, canonical, find, known_names
from provenance.phrases import phrases
from provenance.reconstruct.attribution import mentions_name
from provenance.shared import Alignment
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

    Cost: 15 microseconds an alignment, and a microsecond for each credit of an article and each of its alignments.
    """
    sides = _by_article(alignments)
    settled = {**articles}
    for found in _named_by_sentence(articles, sides):
        settled[found.article] = replace(
            settled[found.article],
            outlet=found.outlet,
            outlet_ground=f"{found.crediting} credits {found.outlet} for a sentence that aligns with this text",
        )
    known = known_names(frozenset(article.outlet for article in settled.values() if article.outlet))
    led = {id: _led(article, settled, sides.get(id, ()), known) for id, article in settled.items()}
    named = _Named(led, known)
    return {id: _with_inherited(article, led, sides.get(id, ()), named) for id, article in led.items()}


@dataclass(frozen=True, slots=True)
class _Side:
    """An alignment seen from one of its articles; ``b`` is the other."""

    b: str
    shared_a: int
    share_a: float
    _of: Alignment
    _turned: bool

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self._of.turned().passages if self._turned else self._of.passages


def _by_article(alignments: Sequence[Alignment]) -> dict[str, list[_Side]]:
    """For every article its alignments, turned so that it is side a."""
    sides: dict[str, list[_Side]] = {}
    for x in alignments:
        sides.setdefault(x.a, []).append(_Side(x.b, x.shared_a, x.share_a, x, False))
        sides.setdefault(x.b, []).append(_Side(x.a, x.shared_b, x.share_b, x, True))
    for found in sides.values():
        found.sort(key=lambda each: each.b)
    return sides


# --- names that are outlets of the pile -----------------------------------------------------------------------------


def _led(article: Article, articles: Mapping[str, Article], sides: Sequence[_Side], known: Known) -> Article:
    sharing = [side for side in sides if side.shared_a]
    if not sharing or all(credit.tier == "D" for credit in article.credits):
        return article
    best = _best_by_outlet(sharing, articles)
    credits = tuple(_led_credit(credit, articles, sharing, best, known) for credit in article.credits)
    return article if credits == article.credits else replace(article, credits=credits)


def _best_by_outlet(sides: Sequence[_Side], articles: Mapping[str, Article]) -> dict[str, _Side]:
    """Of each outlet the article whose text an article has most of."""
    best: dict[str, _Side] = {}
    for side in sides:
        outlet = articles[side.b].outlet
        if outlet and (outlet not in best or _comes_first(side, best[outlet], articles)):
            best[outlet] = side
    return best


def _comes_first(side: _Side, other: _Side, articles: Mapping[str, Article]) -> bool:
    """Whether an article has more of one text than of another; of equals the order of articles decides."""
    if side.shared_a != other.shared_a:
        return side.shared_a > other.shared_a
    return in_order(articles[side.b]) < in_order(articles[other.b])


def _led_credit(
    credit: Credit,
    articles: Mapping[str, Article],
    sides: Sequence[_Side],
    best: Mapping[str, _Side],
    known: Known,
) -> Credit:
    if credit.tier == "D":
        return credit
    fitting = [side for outlet, side in best.items() if _is_name_of(credit.source_name, outlet, known)]
    if "/" in credit.text or "." in credit.text:
        fitting += [side for side in sides if (articles[side.b].url or "\0") in credit.text]
    if not fitting:
        return credit
    first = fitting[0]
    for side in fitting[1:]:
        first = side if _comes_first(side, first, articles) else first
    ground = f"{first.b} is of {articles[first.b].outlet}, and {first.shared_a} words of this text are found in it"
    return replace(credit, resolved_to=first.b, resolved_ground=ground)


def _is_of(article: Article, credit: Credit, known: Collection[str]) -> bool:
    """Whether an article is of the outlet that a credit names: by name, alias, initials, domain or address."""
    if article.url and article.url in credit.text:
        return True
    return bool(article.outlet) and _is_name_of(credit.source_name, article.outlet or "", known_names(known))


@lru_cache(maxsize=1 << 15)
def _is_name_of(name: str, outlet: str, known: Known) -> bool:
    if known.same_outlet(name, outlet) if name else False:
        return True
    entry = known.find(name, "agency") or by_domain(name)
    return entry is not None and known.same_outlet(entry.name, outlet)


# --- credits that were copied along ---------------------------------------------------------------------------------


class _Named:
    """By article and name, where the article credits that name in its text; read of each article once, when asked."""

    def __init__(self, articles: Mapping[str, Article], known: Known) -> None:
        self._articles = articles
        self._known = known
        self._spans: dict[str, dict[str, list[Span]]] = {}

    def common(self, credit: Credit) -> str:
        """The common form of the credited name."""
        return self._known.canonical(credit.source_name)

    def spans(self, article: str, name: str) -> Sequence[Span]:
        """Where an article credits a name."""
        if article not in self._spans:
            found: dict[str, list[Span]] = {}
            for credit in self._articles[article].credits:
                if credit.span:
                    found.setdefault(self.common(credit), []).append(credit.span)
            self._spans[article] = found
        return self._spans[article].get(name, ())


def _with_inherited(
    article: Article, articles: Mapping[str, Article], sides: Sequence[_Side], named: _Named
) -> Article:
    if not sides or not article.credits:
        return article
    shared = {side.b: side.shared_a for side in reversed(sides)}
    credited = {each.resolved_to for each in article.credits if each.tier in ("A", "B")}
    credits = []
    for credit in article.credits:
        givers = [
            side.b
            for side in sides
            if _repeats(credit, side, named)
            and _follows(article, articles[side.b])
            and _copied_along(credit, side, shared, credited)
        ]
        first = min(givers, key=lambda id: (_start(articles[id]), id), default=None)
        credits.append(replace(credit, inherited_from=first) if first else credit)
    told = tuple(credits)
    return article if told == article.credits else replace(article, credits=told)


def _copied_along(credit: Credit, side: _Side, shared: Mapping[str, int], credited: Collection[str | None]) -> bool:
    """Whether a repeated credit came with the other text, and is not given by both texts alike.

    Reprints of one agency text all carry its dateline, so whose text it is (A, B) is inherited only from a text that
    the article credits itself. A fact's credit that leads to a text of the pile is inherited only from a text that
    shows more of the article than that one does.
    """
    if credit.tier in ("A", "B"):
        return side.b in credited
    named = shared.get(credit.resolved_to, 0) if credit.resolved_to else 0
    return credit.resolved_to != side.b and side.shared_a > named


def _repeats(credit: Credit, side: _Side, named: _Named) -> bool:
    """Whether a credit lies in a shared passage in which the other article gives the same credit."""
    if credit.span is None:
        return False
    same = named.spans(side.b, named.common(credit))
    if not same:
        return False
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
class _Told:
    article: str
    outlet: str
    crediting: str


def _named_by_sentence(articles: Mapping[str, Article], sides: Mapping[str, Sequence[_Side]]) -> list[_Told]:
    """Articles of unknown outlet that one credited sentence points to, and nothing speaks against.

    Taken lightly this is nearly always wrong (0 of 62 in a real pile): what aligns is mostly a third text that
    quotes the same outlet. So every condition of design 5.1 must hold.
    """
    claims: dict[str, list[_Told]] = {}
    for id in sorted(articles):
        if all(articles[side.b].outlet is not None for side in sides.get(id, ())):
            continue  # nobody is left to be told
        for credit in articles[id].credits:
            candidates = list(_candidates(articles[id], credit, articles, sides[id]))
            if len(candidates) == 1:
                told = _Told(candidates[0], _full_name(credit.source_name), id)
                claims.setdefault(told.article, []).append(told)
    agreed = (found for found in claims.values() if len({canonical(each.outlet) for each in found}) == 1)
    return [found[0] for found in agreed]


def _full_name(name: str) -> str:
    entry = find(name, "outlet")
    return entry.name if entry else name


def _candidates(
    article: Article, credit: Credit, articles: Mapping[str, Article], sides: Sequence[_Side]
) -> Iterator[str]:
    if credit.tier != "C" or credit.span is None or not _is_outlet(credit, article):
        return
    if any(_is_of(articles[side.b], credit, ()) for side in sides):
        return  # the outlet's own article is there
    sentence = _sentence(article, credit.span)
    shares = sorted((side.share_a for side in sides), reverse=True)
    for side in sides:
        other = articles[side.b]
        if other.outlet is not None or not _covers_enough(side, shares) or _is_later(other, article):
            continue
        passage = _aligned(side.passages, sentence)
        if passage and _own_voice(other, passage) and not mentions_name(other.text, credit.source_name):
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


def _covers_enough(side: _Side, shares: Sequence[float]) -> bool:
    """Whether a text covers half of the article, or far more of it than the next; ``shares``: of all, largest first."""
    others = shares[1:2] if side.share_a == shares[0] else shares[:1]
    next_best = max(others, default=0.0)
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
