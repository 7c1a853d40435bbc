"""A trace for a terminal: the tree of sources, the table of derivations, and all that is not certain."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from provenance.model import Trace, Undecided
from provenance.report.changes import change_lines
from provenance.report.columns import WIDTH, hung, listed, shorten, wrap
from provenance.report.common_ground import common_ground, groups
from provenance.report.table import derivations_table
from provenance.report.tree import BOLD, PLAIN, by_article, tree
from provenance.report.wording import (
    ALL_IN_JSON,
    Names,
    chance,
    confidence_word,
    counted,
    how_much,
    in_ascii,
    percent,
    plain,
    quote,
    some,
    stated_facts,
)

# What is listed of a large pile before the rest is counted.
_MOST_FAMILIES = 40
_MOST_ALONE = 20
_MOST_CITING = 40
_MOST_COMMON = 20
_MOST_RELATIONS = 30

_LEAST = 0.01  # a possibility below this is not listed
_CLEAR = 0.1  # by which one of two probabilities must be higher before it is called the likelier


def summary(
    trace: Trace, *, ascii: bool = False, width: int = WIDTH, color: bool = False, pile: str | None = None
) -> str:
    """All that a trace says to people: tree, table, what is undecided, reports, citations, changes, skipped.

    Args:
        trace: the finished trace.
        ascii: draw lines and quotation marks with ASCII characters.
        width: columns of the terminal.
        color: mark names and asides with terminal colours as well.
        pile: what the articles are called together, "this pile of 5 articles" where None.

    Returns:
        Lines of text that end with a line break.
    """
    pile = pile or f"this pile of {counted(len(trace.articles), 'article')}"
    sections = [
        (f"Whose text stands where, in {pile}", tree(trace, ascii=ascii, width=width, color=color)),
        ("Derivations", derivations_table(trace, ascii=ascii, width=width) if trace.derivations else ""),
        ("Undecided", undecided(trace, width=width)),
        ("Independent reports", independent_reports(trace, width=width)),
        ("Sources that the articles themselves name for facts", citations(trace, width=width)),
        ("What changed on the way", changes(trace, width=width)),
        ("Stated by people, not read", _stated(trace, width)),
        ("Not read", skipped(trace, width=width)),
    ]
    bold, end = (BOLD, PLAIN) if color else ("", "")
    text = "\n".join(f"{bold}{title}{end}\n\n{body}" for title, body in sections if body)
    return in_ascii(text) if ascii else text


def _stated(trace: Trace, width: int) -> str:
    return "".join(f"{line}\n" for fact in stated_facts(trace) for line in wrap(plain(fact), width))


# --- undecided -------------------------------------------------------------------------------------------------------


def undecided(trace: Trace, *, width: int = WIDTH) -> str:
    """The pairs of which it is not known in which direction, or whether, text was taken."""
    names = Names.of(trace)
    directions = [case for case in trace.undecided if case.what == "direction"]
    relations = [case for case in trace.undecided if case.what == "relation"]
    shown = [*directions, *relations[:_MOST_RELATIONS]]
    items = [_doubt(names, case, trace.generated_by.calibrated) for case in shown]
    return listed([*items, *_folded(relations, _MOST_RELATIONS, "pairs that share a little text")], width)


def _folded(things: Sequence[object], most: int, what: str) -> list[list[str]]:
    """The line that says how many are not listed."""
    more = len(things) - most
    return [[f"and {more:,} more {what}; {ALL_IN_JSON}"]] if more > 0 else []


def _doubt(names: Names, case: Undecided, calibrated: bool) -> list[str]:
    a, b = (names.brief(id) for id in case.articles)
    if case.what == "direction":
        sure = confidence_word(case.p_related) + (f", {chance(case.p_related)}" if calibrated else "")
        first = f"{a} and {b} share text and are related ({sure}); which way the text went is not known."
    else:
        first = f"{a} and {b} share a little text; whether one took it from the other is not known."
    lines = [first, *_amounts(names, case), *possible_ways(names, case, calibrated)]
    return [*lines, settling(case)]


def _amounts(names: Names, case: Undecided) -> Iterator[str]:
    one, other = (f"{how_much(share)} of the {{}} ({percent(share)})" for share in case.shares)
    said = f"{one.format('first')} stands in the second, and {other.format('second')} in the first."
    yield said[0].upper() + said[1:]
    reason = names.reason(case.evidence).removesuffix(".") if case.evidence else ""
    if reason:
        yield reason[0].upper() + reason[1:] + "."


def possible_ways(names: Names, case: Undecided, calibrated: bool) -> Iterator[str]:
    """Which of the two may be from which; the likelier first only where one clearly is."""
    ways: dict[tuple[str, str], float] = defaultdict(float)
    for c in case.candidates:
        way = names.article_of(c.derived), names.article_of(c.source)
        if c.probability >= _LEAST:
            ways[way] = max(ways[way], c.probability)
    said = [
        f"{names.brief(derived)} from {names.brief(source)}" + (f" ({chance(p)})" if calibrated else "")
        for (derived, source), p in sorted(ways.items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(said) == 1:
        yield f"Possible: {said[0]}, or both from a text that is not here."
    elif said and round(max(ways.values()) - min(ways.values()), 4) >= _CLEAR:
        yield f"Possible, the likelier first: {'; '.join(said)}."
    elif said:
        yield "Possible: either from the other, or both from a text that is not here."


def settling(case: Undecided) -> str:
    """What would decide it."""
    return f"It could be settled by: {plain(case.would_settle).removesuffix('.')}."


# --- independent reports ---------------------------------------------------------------------------------------------


def independent_reports(trace: Trace, *, width: int = WIDTH) -> str:
    """How many independent reports the pile holds, which articles make them up, and which sources several rest on."""
    total, names = trace.independent_reports, Names.of(trace)
    meaning = "a text written separately" if total.n == 1 else "texts written separately"
    first = f"{counted(total.n, 'independent report')} ({meaning}) among {counted(len(trace.articles), 'article')}"
    if total.low != total.high:
        first += f"; between {total.low:,} and {total.high:,}, depending on the arrows that are not certain"
    lines = [f"{first}.", *_families(trace, names), *_alone(trace, names), *_common_ground(trace, names)]
    return "".join(row + "\n" for line in lines for row in hung(line, width))


def _families(trace: Trace, names: Names) -> Iterator[str]:
    families = [f for f in trace.families if len(f.articles) > 1]
    for family in sorted(families, key=lambda f: -len(f.articles))[:_MOST_FAMILIES]:
        found = counted(family.independent_reports.n, "report")
        members = some([names.brief(id) for id in sorted(family.articles, key=names.by_date)], 8)
        yield f"  {len(family.articles):,} articles, {found}: {members}"
    yield from (f"  {line}" for [line] in _folded(families, _MOST_FAMILIES, "such groups"))


def _alone(trace: Trace, names: Names) -> Iterator[str]:
    group = groups(trace)
    alone = sorted((a.id for a in trace.articles if a.id not in group), key=names.by_date)
    if alone and len(trace.articles) > 1:
        stand = "article stands" if len(alone) == 1 else "articles stand"
        more = f"; {ALL_IN_JSON}" if len(alone) > _MOST_ALONE else ""
        yield f"  {len(alone):,} {stand} alone: {some([names.brief(id) for id in alone], _MOST_ALONE)}{more}"


def _common_ground(trace: Trace, names: Names) -> Iterator[str]:
    """Sources of facts that articles of different families name: they make no two witnesses of one."""
    common = common_ground(trace)
    if common:
        yield "Who is named for a fact stays one source, however many articles name it:"
    for ground in common[:_MOST_COMMON]:
        who = some([names.brief(id) for id in ground.articles], 8)
        yield f"  {len(ground.articles):,} articles name the same source for a fact: {ground.name} ({who})"
    yield from (f"  {line}" for [line] in _folded(common, _MOST_COMMON, "sources that several articles name"))


# --- citations, changes, skipped -------------------------------------------------------------------------------------


def citations(trace: Trace, *, width: int = WIDTH) -> str:
    """What each article says it has its facts from, in its own words; this is no derivation."""
    names = Names.of(trace)
    by_id = list(by_article(trace.citations).items())
    items = [
        [
            names.brief(id),
            *dict.fromkeys(f"{plain(c.source_name)}: {quote(shorten(plain(c.text), width))}" for c in cited),
        ]
        for id, cited in by_id[:_MOST_CITING]
    ]
    return listed([*items, *_folded(by_id, _MOST_CITING, "articles that name sources")], width)


def changes(trace: Trace, *, width: int = WIDTH) -> str:
    """What differs between source and derived text, arrow by arrow, in short."""
    names = Names.of(trace)
    told = ((d, change_lines(names, d)) for d in trace.derivations)
    return listed(
        ([f"from {names.brief(d.source)} to {names.brief(d.derived)}", *lines] for d, lines in told if lines), width
    )


def skipped(trace: Trace, *, width: int = WIDTH) -> str:
    """What was not read, and why."""
    return "".join(row + "\n" for s in trace.skipped for row in hung(f"{plain(s.path)}: {plain(s.reason)}", width))
