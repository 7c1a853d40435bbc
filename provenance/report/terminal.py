"""A trace for a terminal: the tree of sources, the table of derivations, and all that is not certain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.model import Change, Citation, Derivation, Trace, Undecided
from provenance.report.columns import WIDTH, columns, shorten, wrap
from provenance.report.table import derivations_table
from provenance.report.wording import (
    UNCALIBRATED,
    Names,
    chance,
    cited_names,
    confidence,
    confidence_word,
    counted,
    date_words,
    in_ascii,
    is_inferred,
    percent,
    plain,
    quote,
    some,
    strongest_reason,
)

_NARROWEST = 36  # columns that a text keeps however deep it stands in the tree
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

_KINDS = {
    "republished": "republished",
    "excerpted": "an excerpt",
    "rewritten": "rewritten",
    "revised": "a later version",
    "contributed": "contributed a part",
}


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
    doubts: dict[str, list[str]]

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
        return cls(trace, names, above, below, arrows, _by_article(trace.citations), _doubts(trace))

    def roots(self) -> list[str]:
        """Where the trees begin, the largest tree first, then by date."""
        ids = dict.fromkeys([*self.names.sources, *self.names.articles, *(d.source for d in self.above.values())])
        roots = [id for id in ids if id not in self.above]
        return sorted(roots, key=lambda id: (-sum(1 for _ in self.walk(id)), *self.names.by_date(id)))

    def walk(self, root: str) -> Iterator[tuple[str, tuple[bool, ...]]]:
        """Each text of a tree from above, with one flag a level: whether it is the last one there."""
        waiting: list[tuple[str, tuple[bool, ...]]] = [(root, ())]
        while waiting:
            id, lasts = waiting.pop()
            yield id, lasts
            under = self.below.get(id, [])
            waiting += [(d.derived, (*lasts, d is under[-1])) for d in reversed(under)]


def _by_article(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        found[citation.article].append(citation)
    return found


def _doubts(trace: Trace) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case in trace.undecided:
        for id, other in (case.articles, case.articles[::-1]):
            found[id].append(plain(other))
    return found


def _stands_under(above: dict[str, Derivation], id: str, other: str) -> bool:
    while id != other and id in above:
        id = above[id].source
    return id == other


def summary(trace: Trace, *, ascii: bool = False, width: int = WIDTH, color: bool = False) -> str:
    """All that a trace says to people: tree, table, what is undecided, reports, citations, changes, skipped.

    Args:
        trace: the finished trace.
        ascii: draw lines and quotation marks with ASCII characters.
        width: columns of the terminal.
        color: mark names and asides with terminal colours as well.

    Returns:
        Lines of text that end with a line break.
    """
    sections = [
        ("Who took text from whom in this pile", tree(trace, ascii=ascii, width=width, color=color)),
        ("Derivations", derivations_table(trace, ascii=ascii, width=width) if trace.derivations else ""),
        ("Undecided", undecided(trace, width=width)),
        ("Independent reports", independent_reports(trace, width=width)),
        ("Where the articles say they have facts from", citations(trace, width=width)),
        ("What changed on the way", changes(trace, width=width)),
        ("Not read", skipped(trace, width=width)),
    ]
    bold, end = (_BOLD, _PLAIN) if color else ("", "")
    text = "\n".join(f"{bold}{title}{end}\n\n{body}" for title, body in sections if body)
    return in_ascii(text) if ascii else text


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
    roots = forest.roots()
    lines: list[str] = []
    told: set[str] = set()
    for at, root in enumerate(roots):
        if at and roots[at - 1] in forest.below:
            lines += [""] if root in forest.below else ["", "No derivation found:"]
        for id, lasts in forest.walk(root):
            lines += _node(forest, id, lasts, told, width, color)
    if (trace.derivations or trace.undecided) and not trace.generated_by.calibrated:
        lines += ["", *wrap(UNCALIBRATED, width)]
    text = "".join(line.rstrip() + "\n" for line in lines)
    return in_ascii(text) if ascii else text


def _node(forest: Forest, id: str, lasts: tuple[bool, ...], told: set[str], width: int, color: bool) -> list[str]:
    outer = "".join("    " if last else "│   " for last in lasts[:-1])
    branch = outer + ("└── " if lasts[-1] else "├── ") if lasts else ""
    trunk = outer + ("    " if lasts[-1] else "│   ") if lasts else ""
    aside = trunk + ("│   " if forest.below.get(id) else "    ")
    bold, dim, end = (_BOLD, _DIM, _PLAIN) if color else ("", "", "")
    head = _head(forest.names, id, told, max(_NARROWEST, width - columns(branch)))
    lines = [f"{branch}{bold}{head[0]}{end}", *(f"{aside}{bold}{more}{end}" for more in head[1:])]
    room = max(_NARROWEST, width - columns(aside))
    for note in _notes(forest, id):
        lines += [f"{aside}{dim}{line}{end}" for line in wrap(note, room)]
    return lines


def _head(names: Names, id: str, told: set[str], room: int) -> list[str]:
    if id not in names.articles:
        source = names.sources.get(id)
        if source is None:
            return wrap(names.short(id), room)
        again = source.kind == "named" and source.read_through is None and source.name in told
        told.add(source.name)
        said = f"{names.name(source)} (named, another text of it)" if again else names.short(id)
        dated = date_words(source.published)
        return wrap(said if dated == "no date" else f"{said}, {dated}", room)
    lines = wrap(f"{names.short(id)}, {date_words(names.published(id))}", room)
    title = names.articles[id].title
    left = room - columns(lines[-1]) - 1
    if title and len(lines) == 1 and left >= 20:
        lines[-1] += " " + quote(shorten(plain(title), left - 2))
    return lines


def _notes(forest: Forest, id: str) -> Iterator[str]:
    calibrated = forest.trace.generated_by.calibrated
    article, arrow = forest.names.articles.get(id), forest.above.get(id)
    if article and is_inferred(article):
        yield f"outlet: {plain(article.outlet_ground or '')}"
    if arrow:
        yield _arrow(arrow, calibrated)
    elif article and id in forest.below:
        yield "no source of it found in this pile"
    for other in forest.arrows.get(id, []):
        if other is not arrow:
            yield f"also from: {forest.names.brief(other.source)}; {_arrow(other, calibrated)}"
    if id in forest.doubts:
        yield f"? shares text with {some(forest.doubts[id], 3)}, undecided"
    cited = cited_names(forest.cited.get(id, []))
    if cited:
        yield f"┄ says it has facts from: {some(cited, 4)}"


def _arrow(arrow: Derivation, calibrated: bool) -> str:
    share = "" if arrow.share is None else f", {percent(arrow.share)} of its text is found there"
    return f"{confidence(arrow, calibrated)}: {_KINDS[arrow.kind]}{share}; {strongest_reason(arrow.evidence)}"


def undecided(trace: Trace, *, width: int = WIDTH) -> str:
    """The pairs of which it is not known whether, or in which direction, text was taken."""
    names = Names.of(trace)
    return _listed((_doubt(names, case, trace.generated_by.calibrated) for case in trace.undecided), width)


def _doubt(names: Names, case: Undecided, calibrated: bool) -> list[str]:
    a, b = (names.brief(id) for id in case.articles)
    if case.what == "direction":
        sure = confidence_word(case.p_related) + (f", {chance(case.p_related)}" if calibrated else "")
        first = f"{a} and {b} share text and are related ({sure}); which way the text went is not known."
    else:
        first = f"{a} and {b} share a little text; whether one took it from the other is not known."
    lines = [
        first,
        f"{percent(case.shares[0])} of the first is found in the second, "
        f"{percent(case.shares[1])} of the second in the first.",
    ]
    if case.evidence:
        lines.append(strongest_reason(case.evidence))
    possible = sorted(case.candidates, key=lambda c: (-c.probability, c.derived, c.source))
    if possible:
        said = [
            f"{names.brief(c.derived)} from {names.brief(c.source)}"
            + (f" ({chance(c.probability)})" if calibrated else "")
            for c in possible
        ]
        lines.append("Possible, the likelier first: " + some(said, joint="; ") + ".")
    return [*lines, f"What would settle it: {plain(case.would_settle)}"]


def independent_reports(trace: Trace, *, width: int = WIDTH) -> str:
    """How many independent reports the pile holds, by family, and which sources several articles rest on."""
    names = Names.of(trace)
    total = trace.independent_reports
    span = f" (between {total.low} and {total.high})" if total.low != total.high else ""
    lines = [f"{counted(total.n, 'independent report')} among {counted(len(trace.articles), 'article')}{span}."]
    for family in trace.families:
        if len(family.articles) > 1:
            found = counted(family.independent_reports.n, "report")
            members = some([names.brief(id) for id in sorted(family.articles, key=names.by_date)], 8)
            lines.append(f"  {len(family.articles)} articles, {found}: {members}")
    lines += [f"  {line}" for line in _common_ground(trace)]
    return "".join(row + "\n" for line in lines for row in _hung(line, width))


def _common_ground(trace: Trace) -> Iterator[str]:
    by_name: dict[str, dict[str, None]] = defaultdict(dict)
    for citation in trace.citations:
        by_name[plain(citation.source_name)][citation.article] = None
    for name, ids in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(ids) > 1:
            yield f"{len(ids)} articles say they have facts from {name}: {some([plain(id) for id in ids], 8)}"


def citations(trace: Trace, *, width: int = WIDTH) -> str:
    """What each article says it has its facts from, in its own words; this is no derivation."""
    names = Names.of(trace)
    return _listed(
        (
            [
                names.brief(id),
                *dict.fromkeys(f"{plain(c.source_name)}: {quote(shorten(plain(c.text), width))}" for c in cited),
            ]
            for id, cited in _by_article(trace.citations).items()
        ),
        width,
    )


def changes(trace: Trace, *, width: int = WIDTH) -> str:
    """What differs between source and derived text, arrow by arrow, in short."""
    names = Names.of(trace)
    return _listed(
        (
            [f"from {names.brief(d.source)} to {names.brief(d.derived)}", *change_lines(d.changes)]
            for d in trace.derivations
            if d.changes
        ),
        width,
    )


_CHANGES = {
    "number": "numbers",
    "name": "names",
    "credit": "credits",
    "headline": "headline",
    "sentence_dropped": "left out",
    "sentence_added": "added",
}


def change_lines(found: Iterable[Change], most: int = 5) -> list[str]:
    """One line for each kind of change: what became of what."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for change in found:
        by_kind[change.kind].append(_change(change))
    lines = [
        f"{_CHANGES[kind]}: {some(list(dict.fromkeys(by_kind[kind])), most, '; ')}"
        for kind in ("headline", "number", "name", "credit")
        if kind in by_kind
    ]
    for kind in ("sentence_dropped", "sentence_added"):
        if kind in by_kind:
            lines.append(f"{_CHANGES[kind]}: {counted(len(by_kind[kind]), 'sentence')}, such as {by_kind[kind][0]}")
    return lines


def _change(change: Change) -> str:
    source, derived = (words and quote(shorten(plain(words), 90)) for words in (change.source, change.derived))
    if source and derived:
        return f"{source} became {derived}"
    if change.kind in ("sentence_dropped", "sentence_added"):
        return source or derived or ""
    return f"{source} was left out" if source else f"{derived} was added"


def skipped(trace: Trace, *, width: int = WIDTH) -> str:
    """What was not read, and why."""
    return "".join(row + "\n" for s in trace.skipped for row in _hung(f"{plain(s.path)}: {plain(s.reason)}", width))


def _listed(items: Iterable[list[str]], width: int) -> str:
    rows = (
        row for item in items for line in (item[0], *(f"  {more}" for more in item[1:])) for row in _hung(line, width)
    )
    return "".join(row + "\n" for row in rows)


def _hung(line: str, width: int) -> list[str]:
    """A line wrapped so that what follows its first row stands two columns further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    first, *rest = wrap(line, max(_NARROWEST, width - len(indent) - 2))
    return [indent + first, *(f"{indent}  {row}" for row in rest)]
