"""What changed on the way along whole chains: from the first source, step by step, down to each last text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from provenance.model import Change, Derivation, Place, Trace
from provenance.report.arrow_view import ArrowView
from provenance.report.arrow_words import called, titled
from provenance.report.right_to_left import isolated
from provenance.report.tree import Forest
from provenance.report.wording import Names, date_words, quote


@dataclass(frozen=True, slots=True)
class Stop:
    """A text on a chain, and how it came from the one before it (``arrow`` is None at the first).

    ``is_told`` where an earlier chain told of the same step already; ``nothing`` says why no change is told.
    """

    name: str
    anchor: str
    date: str
    title: str | None
    arrow: ArrowView | None
    is_told: bool
    nothing: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from a first source down to a last text; ``runs`` are words that changed more than once on it."""

    stops: tuple[Stop, ...]
    runs: tuple[str, ...]


def chains(trace: Trace, views: Mapping[str, ArrowView], anchors: Mapping[str, str]) -> list[Chain]:
    """Every chain of a trace, the longest first, each step told once.

    Args:
        trace: the finished trace.
        views: its arrows ready for a page, by the derived and the source's anchor joined with a space.
        anchors: the fragment of every text.
    """
    forest = Forest.of(trace)
    ways = sorted(_ways(forest), key=lambda way: -len(way))
    told: set[tuple[str, str]] = set()
    return [_chain(forest.names, way, views, anchors, told) for way in ways]


def _ways(forest: Forest) -> Iterator[tuple[Derivation, ...]]:
    """The arrows from each root down to each leaf, in the order of the tree."""
    for root in forest.roots():
        for id, _ in forest.walk(root):
            if not forest.below.get(id):
                yield tuple(_upwards(forest, id))[::-1]


def _upwards(forest: Forest, id: str) -> Iterator[Derivation]:
    while arrow := forest.above.get(id):
        yield arrow
        id = arrow.source


def _chain(
    names: Names,
    way: tuple[Derivation, ...],
    views: Mapping[str, ArrowView],
    anchors: Mapping[str, str],
    told: set[tuple[str, str]],
) -> Chain:
    stops = [_stop(names, way[0].source, anchors)]
    for arrow in way:
        step = arrow.derived, arrow.source
        view = views[f"{anchors[arrow.derived]} {anchors[arrow.source]}"]
        stop = _stop(names, arrow.derived, anchors)
        nothing = None if view.changes else _nothing(names, arrow)
        stops.append(replace(stop, arrow=view, is_told=step in told, nothing=nothing))
        told.add(step)
    return Chain(tuple(stops), tuple(_runs(way)))


def _stop(names: Names, id: str, anchors: Mapping[str, str]) -> Stop:
    dated = date_words(names.published(id))
    return Stop(called(names, id), anchors[id], dated, titled(names, id), None, False, None)


def _nothing(names: Names, arrow: Derivation) -> str:
    """Why no change is told of an arrow: there are no two texts, a part was taken, or nothing changed."""
    if not arrow.passages or names.article_of(arrow.source) == names.article_of(arrow.derived):
        return "What changed cannot be told: there are no two texts to compare."
    if arrow.kind == "excerpted" or not arrow.is_primary:
        return "No changed number or name was found in the part that was taken."
    return "No changed number, name, credit, headline or sentence was found."


def _runs(way: Iterable[Derivation]) -> Iterator[str]:
    """Numbers and names that changed at two or more steps, in the very same place each time."""
    open: list[list[Change]] = []
    for arrow in way:
        longer: list[list[Change]] = []
        for change in (c for c in arrow.changes if c.kind in ("number", "name") and c.source and c.derived):
            before = next((run for run in open if _is_same_place(run[-1], change)), None)
            longer.append([*(before or []), change])
        yield from (_words(run) for run in open if len(run) > 1 and not any(run[0] in more for more in longer))
        open = longer
    yield from (_words(run) for run in open if len(run) > 1)


def _is_same_place(before: Change, after: Change) -> bool:
    """Whether the words that one step brought are the words that the next one changed."""
    return before.derived == after.source and any(_overlap(p, q) for p in before.places for q in after.places)


def _overlap(p: Place, q: Place) -> bool:
    return p.article == q.article and p.span.start < q.span.end and q.span.start < p.span.end


def _words(run: list[Change]) -> str:
    said = [run[0].source, *(change.derived for change in run)]
    return " → ".join(isolated(quote(words or "")) for words in said)
