"""The texts of the tree: articles, and named sources whose whole text is read through an article."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Protocol

from provenance import names
from provenance.model import Article, Credit, Passage, Published, in_order
from provenance.reconstruct.pair import Text
from provenance.shared import Alignment
from provenance.text import tokenize

# Kinds of tier A credit that say: the whole page shows that text. A dateline or an agency's name says only that the
# text is the agency's, and several pages may show it.
_SHOWN_WHOLE = frozenset({"republication", "canonical", "syndicate", "source_via"})


def groups_of(ids: Iterable[str], ties: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected groups of some ids, each sorted, in the order of their smallest.

    >>> groups_of(["a", "b", "c"], [("c", "a")])
    [['a', 'c'], ['b']]
    """
    leader = {id: id for id in ids}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for one, other in ties:
        if one in leader and other in leader:
            low, high = sorted((find(one), find(other)))
            leader[high] = low
    found: dict[str, list[str]] = defaultdict(list)
    for id in sorted(leader):
        found[find(id)].append(id)
    return sorted(found.values())


@dataclass(frozen=True, slots=True)
class Named:
    """The named sources of a pile: their ids by (article, canonical name), and how to write their names, by id."""

    ids: Mapping[tuple[str, str], str]
    names: Mapping[str, str]


def named_groups(
    related: Collection[tuple[str, str]], wanted: Collection[Credit], canonical: Callable[[str], str]
) -> Named:
    """The named source that each article draws on, by name.

    Named sources are texts, not outlets: two articles share one only when their texts are related.

    Args:
        related: pairs of article ids whose texts are related.
        wanted: the credits to group.
        canonical: the common form of a name.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    for credit in wanted:
        by_name[canonical(credit.source_name)].add(credit.article)
    crediting = {credit.article for credit in wanted}
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in related:
        if one in crediting and other in crediting:
            near[one].append(other)
    ids: dict[tuple[str, str], str] = {}
    for name, members in by_name.items():
        for group in groups_of(members, ((one, other) for one in members for other in near[one])):
            ids.update({(article, name): f"named:{name}/{group[0]}" for article in group})
    spelled: dict[str, str] = {}
    for credit in sorted(wanted, key=lambda c: (-len(c.source_name), c.source_name)):
        id = ids[credit.article, canonical(credit.source_name)]
        spelled.setdefault(id, full_name(credit.source_name))
    return Named(ids, spelled)


def read_through(
    articles: Mapping[str, Article],
    named: Named,
    agencies: Collection[str],
    canonical: Callable[[str], str],
) -> dict[str, str]:
    """Named sources whose whole text an article shows: id of the source to id of the article that shows most of it."""
    wanted: dict[str, str] = {}  # by article id, the canonical name of the source whose text it shows
    for article in articles.values():
        for credit in open_credits((article,)):
            name = canonical(credit.source_name)
            whole = credit.tier == "A" and credit.kind in _SHOWN_WHOLE
            if whole and name not in agencies and (article.id, name) in named.ids:
                wanted[article.id] = name
                break
    shown: dict[str, str] = {}
    showing = (articles[id] for id in wanted)
    for article in sorted(showing, key=lambda a: (-sum(s.end - s.start for s in a.body), in_order(a))):
        shown.setdefault(named.ids[article.id, wanted[article.id]], article.id)
    return shown


def texts_of(
    articles: Mapping[str, Article],
    named: Named,
    shown: Mapping[str, str],
    dates: Mapping[str, Mapping[str, Published]],
    canonical: Callable[[str], str],
) -> dict[str, Text]:
    """All texts that take part in the tree, by id.

    The credits of an article that shows a named source's text are split: what names the source is the article's own,
    all else stands in the source's text and is the source's.

    Args:
        articles: the pile, credits resolved.
        named: the named sources.
        shown: named sources that are read through an article.
        dates: by article, what its page says of when a named source appeared.
        canonical: the common form of a name.
    """
    texts: dict[str, Text] = {}
    read: dict[str, list[str]] = defaultdict(list)
    for source_id, through in shown.items():
        read[through].append(source_id)
    for article in articles.values():
        mine, theirs = _split(article, named, shown, canonical)
        texts[article.id] = Text(article.id, article, article.outlet, article.published, mine)
        for source_id in read.get(article.id, ()):
            name = source_id.removeprefix("named:").split("/")[0]
            published = dates.get(article.id, {}).get(name)
            texts[source_id] = Text(source_id, article, named.names[source_id], published, theirs)
    return texts


class Crediting(Protocol):
    """An article, or a text of the tree."""

    @property
    def credits(self) -> tuple[Credit, ...]: ...


def open_credits(texts: Iterable[Crediting]) -> list[Credit]:
    """The tier A and B credits of some texts to texts that are not in the pile."""
    return [c for text in texts for c in text.credits if c.tier in "AB" and c.resolved_to is None]


def _split(
    article: Article,
    named: Named,
    shown: Mapping[str, str],
    canonical: Callable[[str], str],
) -> tuple[tuple[Credit, ...], tuple[Credit, ...]]:
    mine: list[Credit] = []
    theirs: list[Credit] = []
    if not shown:
        return article.credits, ()
    for credit in article.credits:
        source = named.ids.get((article.id, canonical(credit.source_name)))
        if source in shown and credit.tier == "A":
            mine.append(replace(credit, resolved_to=source))
        else:
            theirs.append(credit)
    return (tuple(mine), tuple(theirs)) if mine else (tuple(theirs), ())


def full_name(name: str) -> str:
    """A name as the gazetteer writes it in full, as it is where the gazetteer does not know it."""
    entry = names.find(name)
    return entry.name if entry else name


def whole_text(article: Article) -> Alignment:
    """The alignment of a named source with the article that it is read through: every body word, word for word."""
    words = tokenize(article.text, article.body)
    plain = sum(not article.text[at].isupper() for at in words.starts)
    n = len(words)
    passages = tuple(Passage(span, span, "verbatim", 1.0, "no") for span in article.body)
    return Alignment(article.id, article.id, passages, n, n, n, n, n, n, plain, 0, 0, 0, equal=True, near=True)


def alignments_by_article(
    alignments: Sequence[Alignment], wanted: Collection[str] | None = None
) -> dict[str, list[Alignment]]:
    """For every article, or every wanted one, its alignments in the order of the other's id, the article as side a."""
    found: dict[str, list[Alignment]] = defaultdict(list)
    for alignment in alignments:
        if wanted is None or alignment.a in wanted:
            found[alignment.a].append(alignment)
        if wanted is None or alignment.b in wanted:
            found[alignment.b].append(alignment.turned())
    for group in found.values():
        group.sort(key=_other)
    return dict(found)


_other = attrgetter("b")
