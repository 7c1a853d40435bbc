"""The answers of a lesson: from a person who knows the pile, or else from the tool."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.errors import InputError
from provenance.model import Derivation, Trace, Undecided
from provenance.phrases import guess_language
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, arrow_view, pair_view
from provenance.report.lesson_cast import SOMEBODY, Cast
from provenance.report.ties import tied_together
from provenance.report.wording import Names, plain
from provenance.truth import Truth

_THE_OTHERS = "the others"  # of why_not: what all pairs share that it does not name
_ARROW = 0.5  # the tool draws an arrow from here on; below, it says "undecided"


@dataclass(frozen=True, slots=True)
class Answer:
    """An arrow of the answers, by keys of the cast.

    ``node`` is the source too, but tells sources that nobody names from one another. ``view`` is the same arrow of
    the tool, where it drew it; ``changed`` the numbers and names that became others on the way.
    """

    derived: str
    source: str
    node: str
    kind: str
    is_primary: bool
    role: str
    role_language: str | None
    view: ArrowView | None
    changed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two articles of which it cannot be known; ``view`` is the same pair of the tool, where it has it."""

    pair: tuple[str, str]
    what: str
    why: str
    why_language: str | None
    view: ArrowView | None


@dataclass(frozen=True, slots=True)
class Answers:
    """What pupils are compared with.

    Attributes:
        arrows: in the order of the articles, first sources first.
        open: what cannot be known.
        facts: whom an article names for facts, by the article's key: names, and the key of each if it has one.
        reports: how many independent reports there are, None where nobody says; ``range`` the least and the most.
        groups: the articles that go back to each of these reports, by their keys; empty where nobody says.
        why_not: of pairs that tempt, what they share instead of an arrow.
        are_complete: whether an arrow beyond these is surely wrong.
        from_truth: whether a person wrote them down.
    """

    arrows: tuple[Answer, ...]
    open: tuple[OpenPair, ...]
    facts: dict[str, tuple[tuple[str, str | None], ...]]
    reports: int | None
    range: tuple[int, int]
    groups: tuple[tuple[str, ...], ...]
    why_not: tuple[tuple[str, str, str], ...]
    are_complete: bool
    from_truth: bool

    def under(self, key: str | None) -> list[Answer]:
        """The arrows that hang under a text in the tree of first sources; None asks for where trees begin."""
        first: dict[str, str] = {}
        for arrow in sorted(self.arrows, key=lambda a: not a.is_primary):
            first.setdefault(arrow.derived, arrow.source)
        return [a for a in self.arrows if first[a.derived] == a.source == key]

    def roots(self) -> list[str]:
        """The texts at which the trees begin."""
        derived = {a.derived for a in self.arrows}
        return list(dict.fromkeys(a.source for a in self.arrows if a.source not in derived))

    def sources_of(self, key: str) -> list[Answer]:
        return [a for a in self.arrows if a.derived == key]

    def open_with(self, key: str) -> list[str]:
        """The articles of which it cannot be known whether this one and they took text from one another."""
        return [other for case in self.open if key in case.pair for other in case.pair if other != key]

    def only_facts(self) -> dict[str, list[str]]:
        """Whom an article names for facts and has no text from, by the article's key."""
        found = {
            article: [name for name, key in named if key not in {a.source for a in self.sources_of(article)}]
            for article, named in self.facts.items()
        }
        return {article: names for article, names in found.items() if names}

    def by_nobody(self, articles: Iterable[str]) -> list[str]:
        """Those of the articles that took text from nobody, as far as one can see."""
        return [key for key in articles if not self.sources_of(key) and not self.open_with(key)]


def answers_of(trace: Trace, truth: Truth | None, cast: Cast) -> Answers:
    """The answers for a pile.

    Raises:
        InputError: when the truth speaks of an article that is not in the trace.
    """
    drawn = _true_arrows(trace, truth, cast) if truth else _traced_arrows(trace, cast)
    arrows = {(a.derived, a.source): a for a in sorted(drawn, key=lambda a: a.is_primary)}  # two texts of one agency
    order = {card.key: card.number for card in cast.cards}
    found = tuple(sorted(arrows.values(), key=lambda a: (order.get(a.derived, 0), not a.is_primary, a.source)))
    open_pairs = tuple(_true_pairs(trace, truth, cast) if truth else _traced_pairs(trace, cast))
    known = truth.independent_reports if truth else trace.independent_reports.n
    groups = _true_groups(truth, cast) if truth else _linked(found, open_pairs, cast)
    seen = (known or 0, known or 0) if truth else (trace.independent_reports.low, trace.independent_reports.high)
    return Answers(
        arrows=found,
        open=open_pairs,
        facts=_facts(trace, truth, cast),
        reports=known,
        range=seen,
        groups=groups if len(groups) == known else (),
        why_not=tuple(_why_not(truth, cast)) if truth else (),
        are_complete=truth.derivations_are_complete if truth else True,
        from_truth=truth is not None,
    )


def _true_arrows(trace: Trace, truth: Truth, cast: Cast) -> Iterator[Answer]:
    found = {(cast.key(d.derived), cast.key(d.source)): d for d in trace.derivations}
    for d in truth.derivations:
        derived, source = _needed(cast, d.derived), _needed(cast, d.source)
        arrow = found.get((derived, source))
        view = _view(trace, arrow) if arrow else None
        role = sentence(d.role)
        changed = _changed(arrow) if arrow else ()
        yield Answer(
            derived, source, _node(d.source, source), d.kind, d.is_primary, role, guess_language(role), view, changed
        )


def _traced_arrows(trace: Trace, cast: Cast) -> Iterator[Answer]:
    for d in trace.at_least(_ARROW):
        derived, source = cast.key(d.derived), cast.key(d.source)
        if derived and source and derived != source:
            node = _node(d.source, source)
            yield Answer(derived, source, node, d.kind, d.is_primary, "", None, _view(trace, d), _changed(d))


def _node(id: str, key: str) -> str:
    return id if key == SOMEBODY else key


def _needed(cast: Cast, id: str) -> str:
    key = cast.key(id)
    if key is None:
        cure = "give the folder that it was written for as PATH, and nothing else"
        raise InputError(f"truth.json speaks of {plain(id)!r}, which is not among the articles; {cure}")
    return key


def _view(trace: Trace, derivation: Derivation) -> ArrowView:
    return arrow_view(trace, derivation, Names.of(trace), Anchors.of(trace), "passages")


def _pair(trace: Trace, case: Undecided) -> ArrowView:
    return pair_view(trace, case, Names.of(trace), Anchors.of(trace), "passages")


def _changed(arrow: Derivation) -> tuple[tuple[str, str], ...]:
    """The numbers and names that changed on the way of an arrow, numbers first."""
    found = [c for c in arrow.changes if c.kind in ("number", "name")]
    by_kind = sorted(found, key=lambda c: c.kind != "number")
    return tuple(dict.fromkeys((plain(c.source), plain(c.derived)) for c in by_kind if c.source and c.derived))


def _true_groups(truth: Truth, cast: Cast) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_needed(cast, id) for id in group) for group in truth.report_groups)


def _linked(arrows: Iterable[Answer], pairs: Iterable[OpenPair], cast: Cast) -> tuple[tuple[str, ...], ...]:
    """The articles that first sources and pairs of one text tie together, in the order of the articles."""
    ties = [(a.node, a.derived) for a in arrows if a.is_primary]
    ties += [case.pair for case in pairs if case.what == "direction"]
    groups = tied_together(ties, [card.key for card in cast.cards])
    articles = {card.key for card in cast.cards}
    return tuple(tuple(key for key in group if key in articles) for group in groups)


def _why_not(truth: Truth, cast: Cast) -> Iterator[tuple[str, str, str]]:
    """What pairs share that tempt to draw an arrow: "01 and 03" speaks of the ids that begin so."""
    said = [(tuple(part.split(" and ")), why) for key, why in truth.why_not.items() for part in key.split(", ")]
    for one, other in truth.not_derivations:
        fits = [why for ends, why in said if _are_meant(ends, one, other) or _are_meant(ends, other, one)]
        why = fits[0] if fits else truth.why_not.get(_THE_OTHERS)
        if why:
            yield _needed(cast, one), _needed(cast, other), sentence(why).rstrip(".")


def _are_meant(ends: tuple[str, ...], one: str, other: str) -> bool:
    return len(ends) == 2 and one.startswith(ends[0]) and other.startswith(ends[1])


def sentence(text: str) -> str:
    """Words from outside on one line, with a capital letter at the beginning."""
    said = plain(text)
    return said[:1].upper() + said[1:]


def _true_pairs(trace: Trace, truth: Truth, cast: Cast) -> Iterator[OpenPair]:
    found = {frozenset(case.articles): case for case in trace.undecided}
    for open in truth.undecided:
        one, other = (_needed(cast, id) for id in open.articles)
        case = found.get(frozenset(open.articles))
        why = sentence(open.why)
        yield OpenPair((one, other), open.what, why, guess_language(why), _pair(trace, case) if case else None)


def _traced_pairs(trace: Trace, cast: Cast) -> Iterator[OpenPair]:
    for case in trace.undecided:
        one, other = (_needed(cast, id) for id in case.articles)
        yield OpenPair((one, other), case.what, "", None, _pair(trace, case))
    for d in trace.derivations:
        derived, source = cast.key(d.derived), cast.key(d.source)
        if d.probability < _ARROW and derived and source and derived != source:
            yield OpenPair((derived, source), "relation", "", None, _view(trace, d))


def _facts(trace: Trace, truth: Truth | None, cast: Cast) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Whom each article names for facts, each name once."""
    named: dict[str, dict[str, str | None]] = defaultdict(dict)
    cited = [(c.article, c.source_name) for c in trace.citations]
    if truth:
        cited += [(id, name) for id, names in truth.cited_at_least.items() if id in cast.keys for name in names]
    for id, name in cited:
        key = cast.key_of_name(name)
        if key is None or key not in named[cast.keys[id]].values():
            named[cast.keys[id]].setdefault(plain(name), key)
    order = {card.key: card.number for card in cast.cards}
    return {article: tuple(found.items()) for article, found in sorted(named.items(), key=lambda e: order[e[0]])}
