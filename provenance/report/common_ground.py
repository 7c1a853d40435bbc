"""Sources of facts that articles of different families name: they make no two witnesses of one."""

from collections import defaultdict
from dataclasses import dataclass

from provenance.model import Trace
from provenance.report.wording import plain


@dataclass(frozen=True, slots=True)
class CommonGround:
    """A source that articles of several families name for a fact.

    Attributes:
        name: as the articles write it.
        articles: which ones name it, in the order of the trace.
        families: of how many separate families (an article on its own is one) they are.
    """

    name: str
    articles: tuple[str, ...]
    families: int


def groups(trace: Trace) -> dict[str, int]:
    """The number of the family of every article that has one with others in it."""
    return {id: n for n, f in enumerate(trace.families) if len(f.articles) > 1 for id in f.articles}


def common_ground(trace: Trace) -> list[CommonGround]:
    """The sources that articles of two or more families name for a fact, the one most often named first.

    >>> from provenance import read_articles, trace
    >>> [ground.name for ground in common_ground(trace(read_articles("inputs/classroom")))][:1]
    ['Skerry Courier']
    """
    group = groups(trace)
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    for citation in trace.citations:
        by_name[plain(citation.source_name)][citation.article] = None
    found = [CommonGround(name, tuple(ids), len({group.get(id, id) for id in ids})) for name, ids in by_name.items()]
    return sorted((g for g in found if g.families > 1), key=lambda g: (-len(g.articles), g.name))
