"""What one browser session holds: articles, what was skipped, and what a person stated. Values in, values out."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, replace

from provenance.errors import SettingError
from provenance.ingest import with_facts
from provenance.ingest.facts import RELATIONS, checked, escaped
from provenance.model import Article, Fact, Pile, Skipped
from provenance.report.wording import plain
from provenance.serve.free_names import FreeNames
from provenance.serve.limits import Limits

FACTS_HEADER = ("article", "field", "value", "says")
_SAYS = {
    "outlet": "appeared in",
    "date": "is dated",
    "title": "has the title",
    "byline": "was written by",
    "url": "stands at",
    "from": "took its text from",
    "not from": "did not take its text from",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A pile and the facts about it; ``unlisted`` counts what was skipped beyond the list."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    facts: tuple[Fact, ...] = ()
    unlisted: int = 0

    @property
    def pile(self) -> Pile:
        more = (Skipped("others", f"{self.unlisted:,} more files or records"),) if self.unlisted else ()
        return Pile(self.articles, self.skipped + more)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(a.id for a in self.articles)

    def says_the_same(self, other: "Held") -> bool:
        """Whether the same articles are held with the same facts."""
        return (self.articles, self.facts) == (other.articles, other.facts)

    def stated(self) -> tuple[Article, ...]:
        """The articles with what a person stated in the place of what was read."""
        return with_facts(self.pile, self.facts).articles if self.facts else self.articles


# --- articles -----------------------------------------------------------------------------------------------------


def started(pile: Pile, facts: Iterable[Fact] = ()) -> Held:
    """What the program was started with; a file may be called anything, an id is one clean line that forms can send.

    Raises:
        SettingError: a fact is about an article that is not in the pile.
    """
    ids, free = set[str](), FreeNames(())
    clean_first = sorted(pile.articles, key=lambda a: (plain(a.id) != a.id, a.id))  # clean ids stay as they are
    articles = [_under_a_free_id(a, ids, free) for a in clean_first]
    called = {before.id: after.id for before, after in zip(clean_first, articles, strict=True)}
    known = tuple(
        replace(f, article=called.get(f.article, f.article), value=called.get(f.value, f.value)) for f in facts
    )
    held = Held(tuple(sorted(articles, key=lambda a: a.id)), pile.skipped, known)
    with_facts(held.pile, held.facts)  # refuses what cannot be
    return held


def added(held: Held, pile: Pile, limits: Limits) -> tuple[Held, tuple[Skipped, ...]]:
    """The pile with more articles, and what of them was skipped with the reason."""
    there = {_content(a): a.id for a in held.articles}
    taken, ids, free = list(held.articles), set(held.ids), FreeNames(held.ids)
    room = limits.characters - sum(len(a.text) for a in taken)
    skipped = list(pile.skipped)
    for article in pile.articles:
        twin = there.setdefault(_content(article), article.id)
        if twin != article.id:
            skipped.append(Skipped(article.id, f"is in the pile already as {twin}: same text, outlet, date and title"))
        elif len(taken) >= limits.articles or len(article.text) > room:
            skipped.append(Skipped(article.id, full(limits)))
        else:
            taken.append(_under_a_free_id(article, ids, free))
            room -= len(article.text)
    kept = tuple(dict.fromkeys((*held.skipped, *skipped)))
    listed, more = kept[: limits.skipped], len(kept[limits.skipped :])
    articles = tuple(sorted(taken, key=lambda a: a.id))
    return replace(held, articles=articles, skipped=listed, unlisted=held.unlisted + more), tuple(skipped)


def _under_a_free_id(article: Article, ids: set[str], free: FreeNames) -> Article:
    """The article under an id that no other has and that a form sends back as it is, in one clean line."""
    clean = plain(article.id) or "article"
    file, mark, record = clean.partition("#")
    id = clean if clean not in ids else f"{free.take(file)}{mark}{record}"
    ids.add(id)
    free.use(id)
    if id == article.id:
        return article
    return replace(article, id=id, credits=tuple(replace(credit, article=id) for credit in article.credits))


def full(limits: Limits) -> str:
    """Why no more is taken."""
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


def only(held: Held, ids: Collection[str]) -> Held:
    """Some articles of the pile and the facts about them."""
    return without(held, held.ids.difference(ids))


# --- facts --------------------------------------------------------------------------------------------------------


def in_words(fact: Fact) -> str:
    """What a fact says.

    >>> in_words(Fact("b.txt", "from", "a.txt", "me"))
    'b.txt took its text from a.txt'
    """
    return plain(f"{fact.article} {_SAYS[fact.field]} {fact.value}")


def with_fact(held: Held, fact: Fact, limits: Limits) -> Held:
    """The pile with one more stated fact.

    Raises:
        SettingError: the fact says something impossible, or contradicts another.
    """
    if len(held.facts) >= limits.facts:
        raise SettingError(f"there are {limits.facts:,} facts already; take one away first")
    fact = _checked(fact)
    if fact in held.facts:
        raise SettingError("this fact is in the list already")
    if fact.field == "not from" and fact.value not in held.ids:
        raise SettingError("For “did not take its text from”, choose an article of the pile.")
    for other in held.facts:
        if _contradict(other, fact):
            raise SettingError(f"You have stated already that {in_words(other)}. Take that back first (in the list).")
    facts = (*held.facts, fact)
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


def _contradict(one: Fact, other: Fact) -> bool:
    """Whether two facts about an article cannot both be: two dates, two main sources, from it and not from it."""
    if one.article != other.article:
        return False
    if one.field != other.field:
        return {one.field, other.field} == set(RELATIONS) and one.value == other.value
    return one.field != "not from" and one.value != other.value


def without_fact(held: Held, fact: Fact) -> Held:
    """The pile without one of its facts."""
    return replace(held, facts=tuple(f for f in held.facts if f != fact))


def facts_csv(facts: Iterable[Fact]) -> str:
    """The facts as ``--facts`` reads them; no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FACTS_HEADER)
    writer.writerows([escaped(cell) for cell in astuple(fact)] for fact in facts)
    return out.getvalue()
