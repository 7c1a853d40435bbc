"""The tree of sources for a terminal: every text under the one it most likely took text from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from provenance.model import Citation, Derivation, Trace, Undecided
from provenance.report.columns import NARROWEST, WIDTH, columns, shorten, wrap
from provenance.report.wording import (
    ALL_IN_JSON,
    Names,
    about_confidence,
    cited_names,
    confidence,
    date_words,
    how_much,
    in_ascii,
    is_dated_too_early,
    is_inferred,
    kind_words,
    plain,
    quote,
    share_words,
    some,
)

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

_MOST_ALONE = 20  # articles without any relation that are listed; a large pile has thousands
_MOST_LOOSE = 30  # articles that share a little with another one

_OPEN = {"direction": "which way is not known", "relation": "whether one took it from the other is not known"}


@dataclass(frozen=True, slots=True)
class Forest:
    """The arrows of a trace as trees: what hangs under what, and where each tree begins.

    A text hangs under its primary source, else under the likeliest source of a part of it.
    """

    trace: Trace
    names: Names
    above: dict[str, Derivation]
    below: dict[str, list[Derivation]]
    arrows: dict[str, list[Derivation]]
    cited: dict[str, list[Citation]]
    doubts: dict[str, list[Undecided]]

    @classmethod
    def of(cls, trace: Trace) -> "Forest":
        names = Names.of(trace)
        above: dict[str, Derivation] = {}
        arrows: dict[str, list[Derivation]] = defaultdict(list)
        for arrow in sorted(trace.derivations, key=lambda d: (not d.is_primary, -d.probability, d.derived, d.source)):
            arrows[arrow.derived].append(arrow)
            if arrow.derived not in above and not _stands_under(above, arrow.source, arrow.derived):
                above[arrow.derived] = arrow
        below: dict[str, list[Derivation]] = defaultdict(list)
        for id in sorted(above, key=names.by_date):
            below[above[id].source].append(above[id])
        return cls(trace, names, above, below, arrows, by_article(trace.citations), _doubts(trace))

    def roots(self) -> list[str]:
        """Where the trees begin, the largest tree first, then by date; texts without a tree are not among them."""
        roots = [id for id in dict.fromkeys(d.source for d in self.above.values()) if id not in self.above]
        return sorted(roots, key=lambda id: (-sum(1 for _ in self.walk(id)), *self.names.by_date(id)))

    def walk(self, root: str) -> Iterator[tuple[str, tuple[bool, ...]]]:
        """Each text of a tree from above, with one flag a level: whether it is the last one there."""
        waiting: list[tuple[str, tuple[bool, ...]]] = [(root, ())]
        while waiting:
            id, lasts = waiting.pop()
            yield id, lasts
            under = self.below.get(id, [])
            waiting += [(d.derived, (*lasts, d is under[-1])) for d in reversed(under)]

    def alone(self) -> list[str]:
        """The articles outside every tree, by date; those that may be one text's stand together."""
        by_date = self.names.by_date
        first: dict[str, str] = {}
        for family in self.trace.families:
            first |= dict.fromkeys(family.articles, min(family.articles, key=by_date, default=""))
        ids = [id for id in self.names.articles if id not in self.above and id not in self.below]
        return sorted(ids, key=lambda id: (by_date(first.get(id) or id), by_date(id)))

    def tie(self, id: str) -> Literal["direction", "relation", None]:
        """What is open about an article that has no source here; None where it shares nothing with another."""
        kinds = {case.what for case in self.doubts.get(id, [])}
        return "direction" if "direction" in kinds else "relation" if kinds else None


def by_article(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    """The citations of each article that has some."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        found[citation.article].append(citation)
    return found


def _doubts(trace: Trace) -> dict[str, list[Undecided]]:
    found: dict[str, list[Undecided]] = defaultdict(list)
    for case in trace.undecided:
        for id in case.articles:
            found[id].append(case)
    return found


def _stands_under(above: dict[str, Derivation], id: str, other: str) -> bool:
    while id != other and id in above:
        id = above[id].source
    return id == other


def tree(trace: Trace, *, ascii: bool = False, width: int = WIDTH, color: bool = False) -> str:
    """The tree of sources: every text under the one it most likely took text from.

    Args:
        trace: the finished trace.
        ascii: draw lines and quotation marks with ASCII characters.
        width: columns of the terminal.
        color: mark names and asides with terminal colours as well.

    Returns:
        Lines of text that end with a line break; empty for a trace without articles.
    """
    forest = Forest.of(trace)
    told: set[str] = set()
    lines: list[str] = []
    for root in forest.roots():
        lines += [""] if lines else []
        for id, lasts in forest.walk(root):
            lines += _node(forest, id, lasts, told, width, color)
    lines += _without_source(forest, width, color, below_a_tree=bool(lines))
    lines += _legend(forest, width) if lines else []
    text = "".join(line.rstrip() + "\n" for line in lines)
    return in_ascii(text) if ascii else text


def _without_source(forest: Forest, width: int, color: bool, *, below_a_tree: bool) -> list[str]:
    """The articles outside every tree, those that share text with another one first; beyond a number only counted."""
    alone = forest.alone()
    lines = ["", "No source found among these articles:"] if below_a_tree and alone else []
    for tie, most, what in (
        ("direction", len(alone), ""),
        ("relation", _MOST_LOOSE, "that share a little text with another"),
        (None, _MOST_ALONE, "without a relation"),
    ):
        ids = [id for id in alone if forest.tie(id) == tie]
        for id in ids[:most]:
            lines += _node(forest, id, (), set(), width, color)
        if len(ids) > most:
            lines += wrap(f"and {len(ids) - most:,} more {what}; {ALL_IN_JSON}", width)
    return lines


def _node(forest: Forest, id: str, lasts: tuple[bool, ...], told: set[str], width: int, color: bool) -> list[str]:
    outer = "".join("    " if last else "│   " for last in lasts[:-1])
    branch = outer + ("└── " if lasts[-1] else "├── ") if lasts else ""
    trunk = outer + ("    " if lasts[-1] else "│   ") if lasts else ""
    aside = trunk + ("│   " if forest.below.get(id) else "    ")
    bold, dim, end = (BOLD, DIM, PLAIN) if color else ("", "", "")
    room = max(NARROWEST, width - columns(aside))
    head = _head(forest.names, id, told, room)
    lines = [f"{branch}{bold}{head[0]}{end}", *(f"{aside}{bold}{more}{end}" for more in head[1:])]
    for note in _notes(forest, id):
        lines += [f"{aside}{dim}{line}{end}" for line in wrap(note, room)]
    return lines


def _head(names: Names, id: str, told: set[str], room: int) -> list[str]:
    """Name and date; the title behind them where it fits whole, else under them."""
    if id not in names.articles:
        return _source_head(names, id, told, room)
    lines = wrap(f"{names.short(id)}, {date_words(names.published(id))}", room)
    title = names.articles[id].title
    if title:
        said = quote(shorten(plain(title), 2 * room - 8))
        if len(lines) == 1 and columns(lines[0]) + 1 + columns(said) <= room:
            return [f"{lines[0]} {said}"]
        lines += wrap(said, room)
    return lines


def _source_head(names: Names, id: str, told: set[str], room: int) -> list[str]:
    source = names.sources.get(id)
    if source is None:
        return wrap(names.short(id), room)
    again = source.kind == "named" and source.read_through is None and source.name in told
    told.add(source.name)
    said = f"{names.name(source)} (named, another text of it)" if again else names.short(id)
    dated = date_words(source.published)
    return wrap(said if dated == "no date" else f"{said}, {dated}", room)


def _notes(forest: Forest, id: str) -> Iterator[str]:
    names, calibrated = forest.names, forest.trace.generated_by.calibrated
    article, arrow = names.articles.get(id), forest.above.get(id)
    if article and is_inferred(article):
        yield f"outlet: {names.told(article.outlet_ground or '')}"
    if arrow:
        yield _arrow(names, arrow, calibrated)
    for other in forest.arrows.get(id, []):
        if other is not arrow:
            yield f"also from: {names.brief(other.source)}; {_arrow(names, other, calibrated)}"
    if any(is_dated_too_early(names.published(id), names.published(d.source)) for d in forest.arrows.get(id, [])):
        yield "dated before its source: either a date is wrong, or this arrow is"
    yield from _open_ties(names, id, forest.doubts.get(id, []))
    cited = cited_names(forest.cited.get(id, []))
    if cited:
        yield f"┄ says it has facts from: {some(cited, 4)}"


def _arrow(names: Names, arrow: Derivation, calibrated: bool) -> str:
    shares = ", ".join(share_words(arrow, "of it is in the source", "of the source is in it"))
    became = kind_words(arrow) + (f" ({shares})" if shares else "")
    return f"{confidence(arrow, calibrated)}: {became}; {names.reason(arrow.evidence)}"


def _open_ties(names: Names, id: str, cases: list[Undecided]) -> Iterator[str]:
    """With whom an article shares text while it is undecided who took it from whom, one line for each amount."""
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in cases:
        at = case.articles.index(id)
        others[case.what, how_much(case.shares[at])].append(names.brief(case.articles[1 - at]))
    for (what, much), found in sorted(others.items()):
        yield f"? shares {much} of its text with {some(found, 3)}; {_OPEN[what]}"


def _legend(forest: Forest, width: int) -> list[str]:
    """What the signs mean that were used, and what the words for confidence rest on."""
    trace = forest.trace
    drawn = [forest.names.sources[id] for id in {*forest.above, *forest.below} if id in forest.names.sources]
    signs = [
        ("? not decided", bool(trace.undecided)),
        ("┄ cited for facts", bool(trace.citations)),
        ("named: an article credits it", any(s.kind == "named" for s in drawn)),
        ("read through X: X prints its text", any(s.read_through for s in drawn)),
    ]
    used = "; ".join(sign for sign, is_used in signs if is_used)
    lines = wrap(used, width) if used else []
    if trace.derivations or trace.undecided:
        lines += wrap(about_confidence(trace.generated_by.calibrated), width)
    return ["", *lines] if lines else []
