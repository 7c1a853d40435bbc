"""The questions of a lesson and what can be answered to them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from provenance.model import Credit, Trace
from provenance.report.lesson_answers import Answers
from provenance.report.lesson_cast import Cast
from provenance.report.wording import plain

For = Literal["whole", "part", "fact", "picture"]

_TIERS: dict[str, For] = {"A": "whole", "B": "part", "C": "fact", "D": "picture"}
_ORDER = ("whole", "part", "fact", "picture")
_PAGE_FACTS = ("canonical", "copyright_own")  # a pupil sees no markup; its own copyright line names nobody else


@dataclass(frozen=True, slots=True)
class Credited:
    """Whom an article names for one thing, and of these those from whom it took text, though named for less."""

    article: str
    what: For
    names: tuple[str, ...]
    took: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An independent report: the text that it begins with, and the articles that go back to it.

    There are several ``firsts`` where it cannot be known which of them was first.
    """

    firsts: tuple[str, ...]
    others: tuple[str, ...]


def credited(trace: Trace, cast: Cast, answers: Answers, names: dict[str, str]) -> tuple[Credited, ...]:
    """Whom each article names, and for what: the whole text, a part, a fact, or only the picture."""
    found = tuple(_credited(trace, cast))
    for_text = {(article, who) for article, what, who, _ in found if what != "picture"}
    rows: dict[tuple[str, For], dict[str, str]] = defaultdict(dict)
    for article, what, who, written in found:
        if what != "picture" or (article, who) not in for_text:
            rows[article, what].setdefault(who, names.get(who, written))
    order = {card.key: card.number for card in cast.cards}
    return tuple(
        Credited(article, what, tuple(said.values()), _took(answers, article, what, said))
        for (article, what), said in sorted(rows.items(), key=lambda row: (order[row[0][0]], _ORDER.index(row[0][1])))
    )


def _credited(trace: Trace, cast: Cast) -> Iterator[tuple[str, For, str, str]]:
    """Article, what for, key of who is named (or the name itself), and the name; the strongest credit only."""
    meant = {plain(c.source_name): c.resolved_to for a in trace.articles for c in a.credits if c.resolved_to}
    for article in trace.articles:
        strongest: dict[str, tuple[For, str]] = {}
        for credit in sorted(article.credits, key=lambda c: c.tier):
            if credit.kind in _PAGE_FACTS:
                continue
            who = _key(credit, cast, meant)
            if who != cast.keys[article.id]:
                strongest.setdefault(who, (_TIERS[credit.tier], plain(credit.source_name)))
        for who, (what, written) in strongest.items():
            yield cast.keys[article.id], what, who, written


def _key(credit: Credit, cast: Cast, meant: dict[str, str]) -> str:
    """Who is meant; a short form such as "SKPA" is the agency that another credit of that name means."""
    written = plain(credit.source_name)
    id = credit.resolved_to or meant.get(written)
    return (cast.key(id) if id else None) or cast.key_of_name(written) or written


def _took(answers: Answers, article: str, what: For, said: dict[str, str]) -> tuple[str, ...]:
    sources = {a.source for a in answers.sources_of(article)}
    return tuple(name for who, name in said.items() if who in sources) if what in ("fact", "picture") else ()


def reports(answers: Answers) -> tuple[Report, ...]:
    """The independent reports, each with the text that stands at its beginning; a named source stands there too."""
    return tuple(_report(answers, group) for group in answers.groups)


def _report(answers: Answers, group: tuple[str, ...]) -> Report:
    named = [a.source for key in group for a in answers.sources_of(key) if a.is_primary and a.source.startswith("p")]
    texts = (*dict.fromkeys(named), *group)
    firsts = tuple(key for key in texts if not any(a.source in texts for a in answers.sources_of(key)))
    return Report(firsts, tuple(key for key in texts if key not in firsts))
