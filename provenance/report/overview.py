"""What a page says first: how many reports a pile really holds, where its largest family comes from, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model import Published, Trace
from provenance.report.arrow_words import called
from provenance.report.common_ground import common_ground, outside_sources
from provenance.report.right_to_left import isolated
from provenance.report.tree import Forest
from provenance.report.wording import confidence_word, counted, date_words

BRIEF, SHORT = 10, 40  # articles up to which the passages are printed, and the arrows
_SURE = ("very likely", "likely")


@dataclass(frozen=True, slots=True)
class Overview:
    """``reports`` says how many independent reports there are, ``first`` what the largest family goes back to."""

    reports: str
    first: str


def overview(trace: Trace) -> Overview:
    """A trace in a few sentences.

    >>> from provenance import read_articles, trace
    >>> overview(trace(read_articles("inputs/small"))).reports.partition(":")[0]
    'These 5 articles count as 3 independent reports'
    """
    first = f"{_first(trace)}; {_open(trace)}."
    said = " ".join(filter(None, [_reports(trace), _same_text(trace), _same_source(trace)]))
    return Overview(said, first[0].upper() + first[1:])


# --- how many reports ------------------------------------------------------------------------------------------------


def _reports(trace: Trace) -> str:
    total, all = trace.independent_reports, len(trace.articles)
    these = "This article counts as" if all == 1 else f"These {all:,} articles count as"
    said = f"{these} {counted(total.n, 'independent report')}"
    if total.low != total.high:
        said += f" (between {total.low:,} and {total.high:,}, as not every arrow is certain)"
    if all == 1:
        return f"{said}."
    if total.n == 1:
        return f"{said}: as far as this pile shows, none was written separately from the others."
    return f"{said}: texts that, as far as this pile shows, were written separately."


def _same_text(trace: Trace) -> str:
    """The source outside the pile whose text most separate reports carry."""
    found = max(outside_sources(trace), key=lambda g: (g.families, len(g.articles)), default=None)
    if found is None or found.families < 2:
        return ""
    reports, name = f"{found.families:,} of these reports", isolated(found.name)
    return f"But {reports} carry text of one source outside this pile, {name}."


def _same_source(trace: Trace) -> str:
    """The source of a fact that most separate reports rest on."""
    found = max(common_ground(trace), key=lambda g: (g.families, len(g.articles)), default=None)
    if found is None:
        return ""
    reports, name = f"{found.families:,} of these reports", isolated(found.name)
    return f"Articles in {reports} name one and the same source for a fact (perhaps for different facts): {name}."


# --- where the largest family comes from ------------------------------------------------------------------------------


def _first(trace: Trace) -> str:
    forest = Forest.of(trace)
    members = {id: f.articles for f in trace.families for id in (*f.articles, *f.sources)}
    roots = [_whole(forest, root) for root in forest.roots()]
    if not roots:
        return "no article here can be shown to have taken text from another"
    root = max(roots, key=lambda id: len(members.get(id, ())))  # of equals the first, which has the largest tree
    group = members.get(root, ())
    sure = _certain(forest, root)
    below = [id for id, _ in forest.walk(root) if id != root and id in forest.names.articles]
    going = [id for id in below if sure[id] in _SURE]
    weakest = "likely" if any(sure[id] == "likely" for id in going) else "very likely"
    where = "in the largest family, " if len(roots) > 1 and len(group) > 1 else ""
    if going:
        goes = f"{counted(len(going), 'article')} {weakest} {'goes' if len(going) == 1 else 'go'} back"
    else:
        goes = f"{counted(len(below), 'article')} may go back"
    return f"{where}{goes} to {_who(forest, root, group)}"


def _certain(forest: Forest, root: str) -> dict[str, str]:
    """How sure it is of every text of a tree that it goes back to the root: as sure as the weakest arrow on its way."""
    least = {root: 1.0}
    for id, _ in forest.walk(root):
        if id != root:
            arrow = forest.above[id]
            least[id] = min(least[arrow.source], arrow.probability)
    return {id: confidence_word(probability) for id, probability in least.items()}


def _whole(forest: Forest, root: str) -> str:
    """The root itself, or the text under it where the root only gave a part of that: the text is not the root's."""
    while root not in forest.names.articles:
        under = forest.below[root]
        if any(arrow.is_primary for arrow in under) or not any(forest.below.get(arrow.derived) for arrow in under):
            break
        root = max((arrow.derived for arrow in under), key=lambda id: sum(1 for _ in forest.walk(id)))
    return root


def _who(forest: Forest, root: str, group: Iterable[str]) -> str:
    """The root of a tree, and what is known of when it appeared."""
    names = forest.names
    name, published = isolated(called(names, root)), names.published(root)
    if root in names.articles:
        return f"{name}, {_standing(forest, root, group)}"
    source = names.sources[root]
    if source.read_through:
        through = isolated(called(names, source.read_through))
        return f"{name}, whose text is known here through {through} ({_dated(published)})"
    first = forest.below[root][0].derived
    at = names.published(first)
    what = (
        "a text that nobody names and that is not here"
        if source.kind == "unseen"
        else f"{name}, whose own text is not here"
    )
    if not at or not at.earliest:
        return what
    return f"{what} (the earliest article here that carries it is {isolated(called(names, first))}, {_dated(at)})"


def _standing(forest: Forest, root: str, group: Iterable[str]) -> str:
    """How early a root is: in the whole pile if that is known of every article, else in its group, else not at all."""
    published = forest.names.published(root)
    when = _dated(published)
    all_dates = [a.published for a in forest.names.articles.values() if a.id != root]
    if all_dates and _is_before(published, all_dates):
        return f"the first in this pile ({when})"
    if _is_before(published, [forest.names.published(id) for id in group if id != root]):
        return f"the earliest of this family ({when})"
    return f"with which this family begins as far as this pile shows ({when})"


def _is_before(one: Published | None, others: Iterable[Published | None]) -> bool:
    """Whether a text surely appeared no later than any of the others, all of which have a date."""
    if one is None or one.earliest is None or one.latest is None:
        return False
    early, late = one.earliest, one.latest
    return all(p and p.earliest and p.earliest >= early and (p.latest is None or p.latest >= late) for p in others)


def _dated(published: Published | None) -> str:
    if published is None or (published.earliest is None and published.latest is None):
        return "its date is not known"
    said = date_words(published)
    return f"{said}, so perhaps later" if published.latest is None else f"dated {said}"


# --- what is open, and what the page carries -------------------------------------------------------------------------


def _open(trace: Trace) -> str:
    directions = sum(case.what == "direction" for case in trace.undecided)
    relations = len(trace.undecided) - directions
    open = []
    if directions:
        open.append(
            f"for {counted(directions, 'pair')} of articles in this pile it is undecided which way the text went"
        )
    if relations:
        pairs = f"{relations:,}" if open else f"{counted(relations, 'pair')} of articles in this pile it is undecided"
        open.append(f"for {pairs} whether one took text from the other at all")
    return ", ".join(open) or "no pair in this pile that shares text is left undecided"


def texts_note(texts: str, *, is_file: bool = True) -> str:
    """How much of the articles' words a page carries, and whether all of it is in one file."""
    carried = {
        "full": "This page carries the full text of every article.",
        "passages": "Of the articles' texts this page carries only the shared passages and short quotations.",
        "none": "This page carries no words from the articles but titles, names and numbers.",
    }
    alone = " Everything is in this one file; it asks for nothing from anywhere and sends nothing."
    return carried[texts] + (alone if is_file else "")


def print_note(articles: int) -> str:
    """What a printed page leaves out."""
    if articles <= BRIEF:
        return "On paper the full texts of the articles are left out."
    if articles <= SHORT:
        return "On paper the passages and the full texts are left out; each arrow has one line of reasons."
    return (
        "On paper the arrows, the passages and the full texts are left out. To print one arrow with its passages, "
        "open it on the screen and press “Print this alone”."
    )
