"""What a trace and a truth each say of the same pile, in the same terms, so that the two can be held side by side.

A named source has one id however many texts of it there are; a source that nobody names is known by what it feeds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from provenance.model import Trace
from provenance.truth import Truth

Arrow = tuple[str, str]  # (derived, source)
Pair = frozenset[str]

SHOWN = 0.5  # an arrow of this probability or more is claimed; below it is only a possibility (design, section 5.3)
_SAME = 0.5  # unseen sources are one if what both feed is at least this part of what either feeds


@dataclass(frozen=True, slots=True)
class Claims:
    """Arrows (all, and the first of each text), open pairs and what is open, and the groups that are one report."""

    articles: frozenset[str]
    arrows: frozenset[Arrow]
    primary: frozenset[Arrow]
    undecided: Mapping[Pair, str]
    groups: frozenset[frozenset[str]]

    @property
    def nodes(self) -> frozenset[str]:
        return self.articles.union(*self.arrows)

    @property
    def pairs(self) -> frozenset[Pair]:
        """Unordered pairs that are related: by an arrow, or with their direction left open."""
        open_pairs = {pair for pair, what in self.undecided.items() if what == "direction"}
        return frozenset(map(frozenset, self.arrows)) | open_pairs


def node(id: str) -> str:
    """A source's id without the article that it is read through: named texts are compared by name.

    >>> node("named:tidewright review/03-lamp.txt"), node("wire/03-lamp.txt")
    ('named:tidewright review', 'wire/03-lamp.txt')
    """
    return id.split("/")[0] if id.startswith("named:") else id


def claims_of_truth(truth: Truth, articles: Iterable[str]) -> Claims:
    """What is true of the articles of a pile."""
    arrows = {(d.derived, d.source): d.is_primary for d in truth.derivations}
    told = [*arrows, *(u.articles for u in truth.undecided), *truth.report_groups]
    known = frozenset(articles).union(truth.identified, (end for ends in told for end in ends if is_article(end)))
    primary = frozenset(arrow for arrow, first in arrows.items() if first)
    undecided = {frozenset(u.articles): u.what for u in truth.undecided}
    given = [frozenset(group) for group in truth.report_groups]
    groups = given or _joined(known, [*primary, *(tuple(p) for p, what in undecided.items() if what == "direction")])
    return Claims(known, frozenset(arrows), primary, undecided, _whole(groups, known))


def claims_of_trace(trace: Trace, true: Claims) -> Claims:
    """What a trace claims, its unseen sources under the ids that the truth gives them."""
    named = namer(trace, true)
    shown = [(d, (named(d.derived), named(d.source))) for d in trace.at_least(SHOWN)]
    known = frozenset(a.id for a in trace.articles)
    return Claims(
        known,
        frozenset(arrow for _, arrow in shown),
        frozenset(arrow for d, arrow in shown if d.is_primary),
        {frozenset(u.articles): u.what for u in trace.undecided},
        _whole([frozenset(f.articles) for f in trace.families], known),
    )


def namer(trace: Trace, true: Claims) -> Callable[[str], str]:
    """A function that gives an id of the trace as the truth would write it."""
    found = frozenset((node(d.derived), node(d.source)) for d in trace.at_least(SHOWN))
    same = same_unseen(found, true.arrows)
    return lambda id: same.get(id, node(id))


def same_unseen(found: Iterable[Arrow], true: Iterable[Arrow]) -> dict[str, str]:
    """Which unseen source of one side is which of the other, by the texts they feed (the most alike first).

    Those without a counterpart get an id that the truth cannot have.

    >>> same_unseen([("a", "unseen:1"), ("b", "unseen:1")], [("a", "unseen:x"), ("b", "unseen:x")])
    {'unseen:1': 'unseen:x'}
    """
    ours, theirs = _fed_by_unseen(found), _fed_by_unseen(true)
    alike = sorted((-_jaccard(ours[o], theirs[t]), sorted(ours[o]), t, o) for o in ours for t in theirs)
    same: dict[str, str] = {}
    for likeness, _, t, o in alike:
        if -likeness >= _SAME and o not in same and t not in same.values():
            same[o] = t
    return {o: same.get(o, f"{o} of the trace") for o in ours}


def is_article(id: str) -> bool:
    return not id.startswith(("named:", "unseen:"))


def judged(arrow: Arrow, truth: Truth, true: Claims) -> bool:
    """Whether the truth says if an arrow is right; a truth that is not complete is silent about most."""
    if truth.derivations_are_complete or arrow in true.arrows or arrow[::-1] in true.arrows:
        return True
    return frozenset(arrow) in true.undecided or frozenset(arrow) in set(map(frozenset, truth.not_derivations))


def _fed_by_unseen(arrows: Iterable[Arrow]) -> dict[str, set[str]]:
    fed: dict[str, set[str]] = defaultdict(set)
    for derived, source in arrows:
        if source.startswith("unseen:"):
            fed[source].add(derived)
    return dict(fed)


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _joined(items: Iterable[str], ties: Iterable[tuple[str, ...]]) -> list[frozenset[str]]:
    """The articles that ties join, also by way of a text that is not in the pile."""
    group = {item: {item} for item in items}
    for tie in ties:
        together = set().union(*(group.get(end, {end}) for end in tie))
        group.update(dict.fromkeys(together, together))
    return [frozenset(filter(is_article, members)) for members in group.values()]


def _whole(groups: Iterable[frozenset[str]], items: frozenset[str]) -> frozenset[frozenset[str]]:
    """The groups, and each article that stands in none by itself."""
    groups = frozenset(group for group in groups if group)
    return groups | {frozenset([item]) for item in items.difference(*groups)}
