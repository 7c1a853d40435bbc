"""Sources that articles of different families have in common: they make no two witnesses of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model import Trace
from provenance.names import canonical, same_outlet
from provenance.report.wording import Names, plain


@dataclass(frozen=True, slots=True)
class CommonGround:
    """A source that several articles name for a fact, or whose text they carry.

    Attributes:
        name: as the articles write it.
        articles: which ones, in the order of the trace.
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

    The source's own article, and one that reprints it, are no witnesses beside it and not among them.

    >>> from provenance import read_articles, trace
    >>> [ground.name for ground in common_ground(trace(read_articles("inputs/classroom")))][:1]
    ['Skerry Courier']
    """
    names, by_name = Names.of(trace), defaultdict[str, dict[str, None]](dict)
    whole = _reprinted(trace, names)
    for citation in trace.citations:
        article = names.articles.get(citation.article)
        own = {article.outlet if article else None, *whole.get(citation.article, ())}
        if not any(same_outlet(name, citation.source_name) for name in own):
            by_name[plain(citation.source_name)][citation.article] = None
    found = _grounds(trace, by_name.items())
    return [ground for ground in found if ground.families > 1]


def _reprinted(trace: Trace, names: Names) -> dict[str, set[str]]:
    """The names of the sources whose whole text an article prints."""
    found: dict[str, set[str]] = defaultdict(set)
    for d in trace.derivations:
        if d.is_primary and d.kind == "republished":
            article, source = names.articles.get(d.source), names.sources.get(d.source)
            name = (article and article.outlet) or (source and source.name)
            found[d.derived] |= {name} if name else set()
    return found


def outside_sources(trace: Trace) -> list[CommonGround]:
    """The named sources outside the pile whose text articles carry, the one with most of them first."""
    sources = {s.id: s for s in trace.sources if s.kind == "named" and s.read_through is None}
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    called: dict[str, str] = {}
    articles = {a.id for a in trace.articles}
    for d in trace.derivations:
        if d.source in sources and d.derived in articles:
            name = canonical(sources[d.source].name)
            called.setdefault(name, plain(sources[d.source].name))
            by_name[name][d.derived] = None
    return _grounds(trace, ((called[name], ids) for name, ids in by_name.items()))


def _grounds(trace: Trace, found: Iterable[tuple[str, Iterable[str]]]) -> list[CommonGround]:
    group = groups(trace)
    made = [CommonGround(name, tuple(ids), len({group.get(id, id) for id in ids})) for name, ids in found]
    return sorted(made, key=lambda g: (-len(g.articles), g.name))
