"""What a page says first: how many reports a pile really holds, who came first in it, and what is open."""

from dataclasses import dataclass

from provenance.model import Published, Trace
from provenance.report.arrow_view import called
from provenance.report.common_ground import common_ground
from provenance.report.tree import Forest
from provenance.report.wording import counted, date_words


@dataclass(frozen=True, slots=True)
class Overview:
    """The two sentences: ``reports`` says how many independent reports there are, ``first`` who came first."""

    reports: str
    first: str


def overview(trace: Trace) -> Overview:
    """A trace in two sentences.

    >>> from provenance import read_articles, trace
    >>> overview(trace(read_articles("inputs/small"))).reports
    'These 5 articles are 3 independent reports (texts written separately).'
    """
    first = f"{_first(trace)}; {_open(trace)}."
    return Overview(f"{_reports(trace)}{_same_source(trace)}.", first[0].upper() + first[1:])


def _reports(trace: Trace) -> str:
    total, all = trace.independent_reports, len(trace.articles)
    these = "This article is" if all == 1 else f"These {all:,} articles are"
    meaning = "a text written separately" if total.n == 1 else "texts written separately"
    if total.low != total.high:
        meaning += f"; between {total.low:,} and {total.high:,}, as not every arrow is certain"
    return f"{these} {counted(total.n, 'independent report')} ({meaning})"


def _same_source(trace: Trace) -> str:
    """The source of a fact that most separate reports rest on."""
    found = max(common_ground(trace), key=lambda g: (g.families, len(g.articles)), default=None)
    if found is None:
        return ""
    return f", and {found.families:,} of them name one and the same source for a fact, {found.name}"


def _first(trace: Trace) -> str:
    forest = Forest.of(trace)
    roots = forest.roots()
    if not roots:
        return "no article here can be shown to have taken text from another"
    root = _whole(forest, roots[0])
    below = sum(1 for _ in forest.walk(root)) - 1
    where = "in the largest group, " if len(roots) > 1 else ""
    return f"{where}{counted(below, 'text goes', 'texts go')} back to {_who(forest, root)}"


def _whole(forest: Forest, root: str) -> str:
    """The root itself, or the text under it where the root only gave a part of that: the text is not the root's."""
    while root not in forest.names.articles:
        under = forest.below[root]
        if any(arrow.is_primary for arrow in under) or not any(forest.below.get(arrow.derived) for arrow in under):
            break
        root = max((arrow.derived for arrow in under), key=lambda id: sum(1 for _ in forest.walk(id)))
    return root


def _who(forest: Forest, root: str) -> str:
    """The root of a tree; where its own text is not here, the first article that carries it as well."""
    names = forest.names
    name, published = called(names, root), names.published(root)
    if root in names.articles:
        return f"{name}, which came first in this pile ({_dated(published)})"
    source = names.sources[root]
    if source.read_through:
        through = called(names, source.read_through)
        return f"{name}, which came first ({_dated(published)}) and is known here through {through}"
    first = forest.below[root][0].derived
    carried = f"the first to carry it in this pile is {called(names, first)} ({_dated(names.published(first))})"
    return f"{name}, whose own text is not here; {carried}"


def _dated(published: Published | None) -> str:
    if published is None or (published.earliest is None and published.latest is None):
        return "its date is not known"
    said = date_words(published)
    return f"{said}, so perhaps later" if published.latest is None else f"dated {said}"


def _open(trace: Trace) -> str:
    directions = sum(case.what == "direction" for case in trace.undecided)
    relations = len(trace.undecided) - directions
    open = []
    if directions:
        open.append(f"for {counted(directions, 'pair')} of articles it is undecided which way the text went")
    if relations:
        pairs = f"{relations:,}" if open else f"{counted(relations, 'pair')} of articles it is undecided"
        open.append(f"for {pairs} whether one took text from the other at all")
    return ", ".join(open) or "no pair that shares text is left undecided"


def texts_note(texts: str) -> str:
    """How much of the articles' words a page carries."""
    carried = {
        "full": "This page carries the full text of every article",
        "passages": "Of the articles' texts it this page carries the shared passages and short quotations only",
        "none": "This page carries no words from the articles but titles, names and numbers",
    }
    return f"{carried[texts]}. Everything is in this one file; it asks for nothing from anywhere and sends nothing."
