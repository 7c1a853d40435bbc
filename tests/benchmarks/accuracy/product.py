"""The program's own answers on pairs of texts, as its public functions give them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from provenance import Article, Span, Trace, inspect, trace
from provenance.evaluate import without_dates
from provenance.evaluate.claims import Arrow, is_article
from provenance.evaluate.direction import possible
from provenance.model import Pile
from provenance.pipeline import passages_between
from provenance.reconstruct.reuse import reuse_of
from provenance.shared import Alignment


class Answer(NamedTuple):
    """What the program says of reuse between two texts.

    The most probable of the kinds; the probabilities that text was taken at all, and that it is more than an excerpt
    given as one; the degree of reuse, 0 for none.
    """

    kind: str
    p_taken: float
    p_real: float
    degree: float


def answer(one: Article, other: Article) -> Answer:
    """What somebody who asks about just these two is told of the reuse between them."""
    nothing = Alignment(one.id, other.id, (), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    a, b = inspect(Pile((one, other)))
    found = reuse_of(passages_between(a, b) or nothing)
    taken, real = (sum(found.kinds[kind] for kind in kinds) for kinds in ("WPE", "WP"))
    return Answer(max(found.kinds, key=found.kinds.__getitem__), taken, real, found.degree)


def directions(pile: Sequence[Article]) -> dict[Arrow, float]:
    """The probability of every arrow that the trace of a pile speaks of, its articles undated and from nobody."""
    bare = (replace(a, outlet=None, byline=None, url=None, title=None) for a in pile)
    return possible(trace(without_dates(bare)))


def leans(said: Mapping[Arrow, float], derived: str, source: str) -> float:
    """1 where the true arrow is the more probable one, 1/2 where both directions are equal, else 0."""
    right, wrong = (said.get(arrow, 0.0) for arrow in ((derived, source), (source, derived)))
    return (right > wrong) + 0.5 * (right == wrong)


def direction_right(derived: Article, source: Article) -> float:
    """The same, of a pile of just these two."""
    return leans(directions([derived, source]), derived.id, source.id)


def cases(derived: Article, source: Article) -> list[tuple[Span, Span]]:
    """The cases of reuse in a pair, as (place in the derived text, place in the source)."""
    found = passages_between(derived, source)
    sides = ((case.a, case.b) for case in (found.fragments if found else ()))
    return [(a, b) if derived.id < source.id else (b, a) for a, b in sides]


def joined(found: Trace) -> set[frozenset[str]]:
    """Pairs of articles that a trace claims to be of one text: by an arrow, by one source, or open in direction only.

    Ids as records have them, without the name of the file that they were read from.
    """
    fed: dict[str, list[str]] = defaultdict(list)
    pairs = [u.articles for u in found.undecided if u.what == "direction"]
    for arrow in found.at_least(0.5):
        pairs.append((arrow.derived, arrow.source))
        if not is_article(arrow.source):
            pairs += [(arrow.derived, other) for other in fed[arrow.source]]
            fed[arrow.source].append(arrow.derived)
    return {frozenset(id.rpartition("#")[2] for id in pair) for pair in pairs if all(map(is_article, pair))}
