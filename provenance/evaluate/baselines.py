"""The simple rules that anybody would try first, on what the trace itself says of shared text and dates.

- largest coverage: each article is from the one in which most of it is found
- earliest + largest coverage: the same among those that are surely earlier
- star from the earliest: of all articles that shared text ties together, each is from the earliest

Where dates are missing or equal the order falls by outlet and text, as everywhere in the program (``in_order``).
They see the pairs of articles for which the trace has shares: those with an arrow and those left undecided.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from provenance.evaluate.claims import Arrow, Claims, is_article
from provenance.evaluate.pairs import counts
from provenance.evaluate.tree import steps
from provenance.model import Published, Trace, in_order
from provenance.scores import RuleScores, ratio

Coverage = Mapping[Arrow, float]


def coverage(trace: Trace) -> dict[Arrow, float]:
    """Which part of the first article of a pair is found in the second, for both orders."""
    share: dict[Arrow, float] = {}
    for d in trace.derivations:
        if is_article(d.source) and is_article(d.derived) and d.share is not None:
            share[d.derived, d.source] = d.share
            share[d.source, d.derived] = d.share_of_source or 0.0
    for u in trace.undecided:
        share[u.articles] = u.shares[0]
        share[u.articles[1], u.articles[0]] = u.shares[1]
    return {pair: part for pair, part in share.items() if part > 0}


def rule_scores(trace: Trace, found: Claims, true: Claims) -> tuple[RuleScores, ...]:
    """The trace's own arrows between articles, and the three rules, held against the truth.

    Only arrows between articles count here, as the rules know no others; every arrow that is not true is false.
    """
    rules: Mapping[str, Callable[[Trace], set[Arrow]]] = {
        "largest coverage": largest_coverage,
        "earliest + largest coverage": earliest_and_largest,
        "star from the earliest": star,
    }
    drawn = {name: rule(trace) for name, rule in rules.items()}
    own = _scored("this trace", found.arrows, found.primary, true)
    return (own, *(_scored(name, arrows, arrows, true) for name, arrows in drawn.items()))


def largest_coverage(trace: Trace) -> set[Arrow]:
    """Each article from the one in which most of it is found; two may thus be from one another."""
    return _largest(trace, coverage(trace))


def earliest_and_largest(trace: Trace) -> set[Arrow]:
    """Each article from the one in which most of it is found, of those that surely appeared before it."""
    published = {a.id: a.published for a in trace.articles}
    share = coverage(trace)
    return _largest(trace, {(d, s): part for (d, s), part in share.items() if _before(published[s], published[d])})


def star(trace: Trace) -> set[Arrow]:
    """Each article from the earliest of all that shared text ties to it, also by way of others."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in coverage(trace):
        near[one].add(other)
    order = {a.id: in_order(a) for a in trace.articles}
    firsts = {id: min(steps([id], near), key=order.__getitem__) for id in near}
    return {(id, first) for id, first in firsts.items() if id != first}


def _largest(trace: Trace, share: Coverage) -> set[Arrow]:
    order = {a.id: in_order(a) for a in trace.articles}
    best: dict[str, str] = {}
    for derived, source in sorted(share, key=lambda pair: (-share[pair], *map(order.__getitem__, pair))):
        best.setdefault(derived, source)
    return set(best.items())


def _before(one: Published | None, other: Published | None) -> bool:
    return bool(one and other and one.latest and other.earliest and one.latest < other.earliest)


def _scored(rule: str, arrows: Iterable[Arrow], first: Iterable[Arrow], true: Claims) -> RuleScores:
    wanted = _between(true.primary)
    right = ratio(len(wanted & _between(first)), len(wanted))
    return RuleScores(rule, counts(_between(arrows), _between(true.arrows)), right, len(wanted))


def _between(arrows: Iterable[Arrow]) -> frozenset[Arrow]:
    return frozenset(arrow for arrow in arrows if all(map(is_article, arrow)))
