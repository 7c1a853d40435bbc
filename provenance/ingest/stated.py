"""What a person states about an article takes the place of what was read, and says so."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from provenance.errors import SettingError
from provenance.ingest.dates import read_date
from provenance.model import Article, Credit, Fact, Pile


def with_facts(pile: Pile, facts: Sequence[Fact]) -> Pile:
    """The pile with stated outlets, dates, titles, bylines and addresses, and with credits to texts outside it.

    "X is from Y" and "X is not from Y" between articles of the pile are left to the reconstruction; where Y is no
    article it becomes a credit of X for the whole text.

    Args:
        pile: the articles as they were read.
        facts: what ``read_facts`` returned.

    Raises:
        SettingError: a fact is about an article that is not in the pile.
    """
    articles = {a.id: a for a in pile.articles}
    _refuse_contradictions(facts)
    for fact in facts:
        if fact.article not in articles:
            raise SettingError(f"no article {fact.article!r} in this pile{_meant(fact.article, articles)}")
        articles[fact.article] = _with(articles[fact.article], fact, articles)
    return replace(pile, articles=tuple(articles[a.id] for a in pile.articles))


def _refuse_contradictions(facts: Sequence[Fact]) -> None:
    """Two facts that cannot both be true name each other; later ones never win without a word."""
    said: dict[tuple[str, str], Fact] = {}
    sources: dict[str, Fact] = {}
    for fact in facts:
        relation = fact.field in ("from", "not from")
        before = said.setdefault((fact.article, fact.value if relation else fact.field), fact)
        if (before.field, before.value) != (fact.field, fact.value):
            raise SettingError(f"contradictory facts: {_said(before)}, but {_said(fact)}; keep one of the two")
        if fact.field != "from":
            continue
        before = sources.setdefault(fact.article, fact)
        if before.value != fact.value:
            two = f"{_said(before)} and {_said(fact)}"
            raise SettingError(f"two main sources are stated: {two}; a text has one, keep the one it mostly came from")
        _refuse_a_circle(fact, sources)


def _refuse_a_circle(fact: Fact, sources: dict[str, Fact]) -> None:
    way = [fact]
    while (step := sources.get(way[-1].value)) is not None and step is not fact:
        way.append(step)
    if step is fact and len(way) > 1:
        circle = ", ".join(_said(one) for one in way)
        raise SettingError(f"contradictory facts: {circle}: that goes round in a circle; leave one of them out")


def _said(fact: Fact) -> str:
    return f"{fact.article!r} {fact.field} {fact.value!r} (says {fact.said_by})"


def _meant(id: str, articles: dict[str, Article]) -> str:
    close = get_close_matches(id, articles, 1, 0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _with(article: Article, fact: Fact, articles: dict[str, Article]) -> Article:
    in_pile = fact.value in articles
    ground = f"stated by {fact.said_by}"
    if fact.field == "outlet":
        return replace(article, outlet=fact.value, outlet_ground=ground)
    if fact.field == "title":
        return replace(article, title=fact.value, title_ground=ground)
    if fact.field == "byline":
        return replace(article, byline=fact.value, byline_ground=ground)
    if fact.field == "url":
        return replace(article, url=fact.value)
    if fact.field == "date":
        written = read_date(fact.value)
        return replace(article, published=written.published(ground)) if written else article
    if fact.value == article.id and fact.field in ("from", "not from"):
        raise SettingError(f"{article.id!r} cannot be {fact.field} itself")
    if fact.field == "from" and not in_pile:
        credit = Credit(article.id, fact.value, "stated", "A", f"{ground}: from {fact.value}", None)
        return replace(article, credits=(*article.credits, credit))
    if not in_pile:
        meant = _meant(fact.value, articles)
        raise SettingError(f"“{article.id} is not from {fact.value}”: {fact.value!r} is no article of this pile{meant}")
    return article
