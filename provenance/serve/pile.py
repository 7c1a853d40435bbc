"""What one browser session holds: articles, what was skipped, and what a person stated. Values in, values out."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from provenance.errors import SettingError
from provenance.ingest import with_facts
from provenance.ingest.facts import RELATIONS, checked
from provenance.model import Article, Fact, Pile, Skipped
from provenance.report.wording import plain
from provenance.serve.limits import Limits

FACTS_HEADER = ("article", "field", "value", "says")


@dataclass(frozen=True, slots=True)
class Held:
    """A pile and the facts about it."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def pile(self) -> Pile:
        return Pile(self.articles, self.skipped)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(a.id for a in self.articles)

    def stated(self) -> tuple[Article, ...]:
        """The articles with what a person stated in the place of what was read."""
        return with_facts(self.pile, self.facts).articles if self.facts else self.articles


def added(held: Held, pile: Pile, limits: Limits) -> tuple[Held, tuple[Skipped, ...]]:
    """The pile with more articles, and what of them was skipped with the reason."""
    there = {_content(a): a.id for a in held.articles}
    taken, ids = list(held.articles), set(held.ids)
    room = limits.characters - sum(len(a.text) for a in taken)
    skipped = list(pile.skipped)
    for article in pile.articles:
        twin = there.setdefault(_content(article), article.id)
        if twin != article.id:
            skipped.append(Skipped(article.id, f"is in the pile already as {twin}: same text, outlet, date and title"))
        elif len(taken) >= limits.articles or len(article.text) > room:
            skipped.append(Skipped(article.id, _full(limits)))
        else:
            taken.append(_under_a_free_id(article, ids))
            ids.add(taken[-1].id)
            room -= len(article.text)
    kept = dict.fromkeys((*held.skipped, *skipped))
    return replace(held, articles=tuple(sorted(taken, key=lambda a: a.id)), skipped=tuple(kept)), tuple(skipped)


def _under_a_free_id(article: Article, ids: Collection[str]) -> Article:
    """The article under an id that no other has and that a form sends back as it is, in one clean line."""
    clean = plain(article.id) or "article"
    if clean == article.id and clean not in ids:
        return article
    file, mark, record = clean.partition("#")
    id = clean if clean not in ids else f"{free_names([file], ids)[0]}{mark}{record}"
    return replace(article, id=id, credits=tuple(replace(credit, article=id) for credit in article.credits))


def _full(limits: Limits) -> str:
    most = f"{limits.articles:,} articles and {limits.characters:,} characters"
    return f"the pile is full ({most}); for more use the command line: provenance trace"


def _content(article: Article) -> tuple[object, ...]:
    """What an article says; two that agree in all of it are the same one, read twice."""
    when = article.published and (article.published.earliest, article.published.latest)
    return article.text, article.outlet, article.title, article.url, when


def without(held: Held, ids: Collection[str]) -> Held:
    """The pile without some articles and without the facts about them."""
    kept = tuple(a for a in held.articles if a.id not in ids)
    facts = tuple(f for f in held.facts if f.article not in ids and not (f.field in RELATIONS and f.value in ids))
    return replace(held, articles=kept, facts=facts)


def with_fact(held: Held, fact: Fact, limits: Limits) -> Held:
    """The pile with one more stated fact.

    Raises:
        SettingError: the fact says something impossible, or contradicts another.
    """
    if len(held.facts) >= limits.facts:
        raise SettingError(f"there are {limits.facts:,} facts already; take one away first")
    if fact in held.facts:
        raise SettingError("this fact is in the list already")
    facts = (*held.facts, _checked(fact))
    with_facts(held.pile, facts)
    return replace(held, facts=facts)


def _checked(fact: Fact) -> Fact:
    """The fact as a facts file may hold it; what is left empty is named as the form names it."""
    missing = {
        "choose the article that it is about": fact.article,
        "write what is right, or choose the other article": fact.value,
        "write who says so: a name, or where it can be looked up": fact.said_by,
    }
    for cure, given in missing.items():
        if not given:
            raise SettingError(cure)
    return checked(fact)


def without_fact(held: Held, number: int) -> Held:
    """The pile without one of its facts, counted from 0; a number that there is not changes nothing."""
    return replace(held, facts=tuple(f for n, f in enumerate(held.facts) if n != number))


def facts_csv(facts: Iterable[Fact]) -> str:
    """The facts as ``--facts`` reads them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FACTS_HEADER)
    writer.writerows((f.article, f.field, f.value, f.said_by) for f in facts)
    return out.getvalue()


def free_names(names: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Each name, or the same with a number where there is one like it: news.txt, news-2.txt.

    >>> free_names(["news.txt", "news.txt", "b.jsonl"], ["b.jsonl#1"])
    ['news.txt', 'news-2.txt', 'b-2.jsonl']
    """
    used = {id.partition("#")[0] for id in taken}
    out = []
    for name in names:
        free, number = name, 1
        while free in used:
            number += 1
            stem, dot, suffix = name.partition(".")
            free = f"{stem or 'file'}-{number}{dot}{suffix}"
        used.add(free)
        out.append(free)
    return out
