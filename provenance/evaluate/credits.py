"""Whether credits were read, by tier: A the text is theirs, B part of it, C a fact.

A truth tells credits in part only: an agency or outlet outside the pile whose text an article republishes (A) or that
contributed to it (B), and whom an article cites at least (C). What else a trace reads may be true as well, so that
precision is not known from it, only recall; where all credits are known they can be given, and both are.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from provenance.evaluate.claims import node
from provenance.model import Trace
from provenance.name_forms import normal_name
from provenance.scores import Counts, TierScores
from provenance.truth import Truth

_TIER_OF = {"republished": "A", "contributed": "B"}


class Credited(NamedTuple):
    """An article credits somebody; ``names`` are the forms in which that may be written, one is enough."""

    article: str
    names: frozenset[str]
    tier: str

    def is_same(self, other: "Credited") -> bool:
        """The same tier of the same article, and a name that is the other's or holds it as whole words."""
        names = [(mine, its) for mine in self.names for its in other.names]
        return self[::2] == other[::2] and any(_holds(mine, its) or _holds(its, mine) for mine, its in names)


def tier_scores(found: Collection[Credited], true: Collection[Credited], complete: bool) -> tuple[TierScores, ...]:
    """Counts for every tier that the truth or, where it is complete, the trace has.

    >>> ap = Credited("a.txt", frozenset({"associated press"}), "A")
    >>> tier_scores([ap, ap._replace(tier="B")], [ap], complete=True)[1]
    TierScores(tier='B', counts=Counts(right=0, false=1, missed=0))
    """
    tiers = sorted({c.tier for c in true} | ({c.tier for c in found} if complete else set()))
    return tuple(TierScores(tier, _counts(_of(found, tier), _of(true, tier), complete)) for tier in tiers)


def credits_of_trace(trace: Trace) -> tuple[Credited, ...]:
    """The credits that stand in an article itself, and the citations shown; a name counts as read or as resolved."""
    cited = [Credited(c.article, frozenset({normal_name(c.source_name)}), "C") for c in trace.citations]
    read = [
        Credited(c.article, frozenset({normal_name(c.source_name), _name(c.resolved_to or "")} - {""}), c.tier)
        for article in trace.articles
        for c in article.credits
        if c.inherited_from is None and c.kind != "copyright_own"
    ]
    return tuple(sorted({*cited, *read}, key=lambda c: (c.article, c.tier, sorted(c.names))))


def credits_of_truth(truth: Truth) -> tuple[Credited, ...]:
    """The credits that a truth tells of."""
    return (*_named(truth), *_cited(truth))


def _named(truth: Truth) -> Iterator[Credited]:
    for d in truth.derivations:
        if d.source.startswith("named:") and d.kind in _TIER_OF:
            yield Credited(d.derived, frozenset({_name(d.source)}), _TIER_OF[d.kind])


def _cited(truth: Truth) -> Iterator[Credited]:
    for article, names in truth.cited_at_least.items():
        yield from (Credited(article, frozenset({normal_name(name)}), "C") for name in names)


def _name(id: str) -> str:
    """The name in the id of a named source; nothing for an article's."""
    return normal_name(node(id).removeprefix("named:")) if id.startswith("named:") else ""


def _counts(found: Collection[Credited], true: Collection[Credited], complete: bool) -> Counts:
    right = sum(any(t.is_same(f) for f in found) for t in true)
    false = sum(not any(t.is_same(f) for t in true) for f in found)
    return Counts(right, false if complete else None, len(true) - right)


def _of(credits: Iterable[Credited], tier: str) -> list[Credited]:
    return [credit for credit in credits if credit.tier == tier]


def _holds(name: str, part: str) -> bool:
    return f" {part} " in f" {name} "
