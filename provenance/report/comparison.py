"""Two articles side by side: what they share, word by word, and who probably took it from whom."""

import re
from collections.abc import Iterator
from dataclasses import replace

from provenance.model import Derivation, Evidence, Passage, Span, Trace, Undecided
from provenance.report.changes import change_lines
from provenance.report.columns import WIDTH, columns, shorten, wrap
from provenance.report.marked_text import differences
from provenance.report.terminal import settling
from provenance.report.wording import (
    Names,
    about_confidence,
    confidence,
    counted,
    date_words,
    in_ascii,
    outlet_words,
    percent,
    plain,
    quote,
)
from provenance.shared import Alignment, Comparison

# Private-use characters that stand for the marks around differing words until the columns are laid out; they take
# one column each, like the brackets that replace them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_RED, _END = "\x1b[31m", "\x1b[0m"
_BETWEEN = " │ "

_ALONE = "(looking at these two alone)"
_WEIGHTS = "Each number is how much the reason weighs, for (+) or against (-); together they give the {}."
_NO_WAY = "speaks for a relation, not for a direction"

_QUOTED = {"no": "", "both": ", quoted in both", "a": ", quoted on the left only", "b": ", quoted on the right only"}


def comparison(found: Comparison, *, width: int = WIDTH, color: bool = False, ascii: bool = False) -> str:
    """The shared passages side by side, the shares both ways, what changed, and the probable source.

    Args:
        found: what ``pipeline.compare`` returned.
        width: columns of the terminal.
        color: colour differing words; they stand in brackets in either case.
        ascii: draw lines and quotation marks with ASCII characters.

    Returns:
        Lines of text that end with a line break.
    """
    both = found.alignment if found.alignment.a == found.a.id else found.alignment.turned()
    lines = [*_who(found, width), ""]
    if both.passages:
        lines += [*_shares(found, both, width), "", *_passages(found, both, width, color, ascii)]
    else:
        lines += [*wrap("Nothing is shared: no run of words, and no sentence in other words.", width), ""]
    lines += _verdict(found, width)
    text = "".join(line.rstrip() + "\n" for line in lines)
    return in_ascii(text) if ascii else text


def _who(found: Comparison, width: int) -> Iterator[str]:
    for side, article in (("left   ", found.a), ("right  ", found.b)):
        said = f"{side}{outlet_words(article)} [{plain(article.id)}], {date_words(article.published)}"
        left = width - columns(said) - 3
        yield f"{said} {quote(shorten(plain(article.title), left))}" if article.title and left >= 20 else said


def _shares(found: Comparison, both: Alignment, width: int) -> Iterator[str]:
    yield from wrap(
        f"{percent(both.share_a)} of the left text is found in the right ({both.shared_a} of {both.words_a} words), "
        f"{percent(both.share_b)} of the right text in the left one ({both.shared_b} of {both.words_b} words).",
        width,
    )
    uncounted = sum(not p.counted for p in both.passages)
    if uncounted:
        yield from wrap(
            f"{counted(uncounted, 'passage')} of {len(both.passages)} shown but not counted in this; "
            "the reason stands above each.",
            width,
        )


def _passages(found: Comparison, both: Alignment, width: int, color: bool, ascii: bool) -> Iterator[str]:
    yield f"{counted(len(both.passages), 'shared passage')}; [words in brackets] differ"
    for number, passage in enumerate(both.passages, 1):
        yield ""
        yield from wrap(_passage_head(number, passage), width)
        left, right = marked(found.a.text, passage.a, found.b.text, passage.b)
        if ascii:
            left, right = in_ascii(left), in_ascii(right)
        yield from side_by_side(left, right, width, color)
    yield ""


def _passage_head(number: int, passage: Passage) -> str:
    alike = "the same words" if passage.identity == 1 else f"{percent(passage.identity)} of the words the same"
    said = f"{number}. {passage.kind}, {alike}{_QUOTED[passage.quoted]}"
    return said if passage.reason is None else f"{said}; not counted: {plain(passage.reason)}"


def marked(a: str, in_a: Span, b: str, in_b: Span) -> tuple[str, str]:
    """Both sides of a passage, with marks around the words that the other side has not."""
    only_a, only_b = differences(a, in_a, b, in_b)
    return _with_marks(a, in_a, only_a), _with_marks(b, in_b, only_b)


def _with_marks(text: str, span: Span, differing: list[Span]) -> str:
    pieces, at = [], span.start
    for cut in differing:
        pieces += [_unmarked(text[at : cut.start]), _OPEN, _unmarked(cut.cut(text)), _CLOSE]
        at = cut.end
    return plain("".join([*pieces, _unmarked(text[at : span.end])]))


def _unmarked(text: str) -> str:
    return re.sub(f"[{_OPEN}{_CLOSE}]", "", text)


def side_by_side(left: str, right: str, width: int, color: bool) -> Iterator[str]:
    """Two marked texts in two columns of a terminal."""
    column = max(18, (width - len(_BETWEEN)) // 2)
    a, b = (list(_coloured(wrap(side, column), column, color)) for side in (left, right))
    for row in range(max(len(a), len(b))):
        yield _BETWEEN.join(side[row] if row < len(side) else " " * column for side in (a, b))


def _coloured(lines: list[str], column: int, color: bool) -> Iterator[str]:
    """The lines filled up, marks turned into brackets; a colour ends with its line and goes on in the next."""
    differs = False
    for line in lines:
        start = _RED if color and differs else ""
        differs = line.rfind(_OPEN) > line.rfind(_CLOSE) if _OPEN in line or _CLOSE in line else differs
        stop = _END if color and differs else ""
        opening, closing = (f"{_RED}[", f"]{_END}") if color else ("[", "]")
        shown = start + line.replace(_OPEN, opening).replace(_CLOSE, closing) + stop
        yield shown + " " * (column - columns(line))


def _verdict(found: Comparison, width: int) -> Iterator[str]:
    names, trace = Names.of(found.trace), found.trace
    ways = way_between(found)
    if ways:
        yield from _likely(names, trace, ways, width)
        return
    yield from _open_question(names, trace, {found.a.id, found.b.id}, width)
    for number, arrow in enumerate(trace.derivations):  # each may have a source of its own, outside this pair
        yield from ["", *_arrow(names, arrow, trace.generated_by.calibrated, width, is_first=not number)]


def way_between(found: Comparison) -> tuple[Derivation, ...]:
    """The arrows that lead from one of the two up to the other, empty when there is no way."""
    a, b = found.a.id, found.b.id
    return _way(found.trace, a, b) or _way(found.trace, b, a)


def _way(trace: Trace, derived: str, source: str) -> tuple[Derivation, ...]:
    """The arrows that lead from one text up to another, empty when there is no way."""
    ways: list[tuple[Derivation, ...]] = [(d,) for d in trace.sources_of(derived)]
    seen = {derived}
    while ways:
        way = ways.pop(0)
        above = way[-1].source
        if above == source:
            return way
        if above not in seen:
            seen.add(above)
            ways += [(*way, d) for d in trace.sources_of(above)]
    return ()


def _likely(names: Names, trace: Trace, way: tuple[Derivation, ...], width: int) -> Iterator[str]:
    for number, arrow in enumerate(way):
        yield from _arrow(names, arrow, trace.generated_by.calibrated, width, is_first=not number)
        changed = change_lines(names, arrow, most=20)
        if changed:
            yield "What changed on the way:"
            yield from (f"  {row}" for line in changed for row in wrap(line, width - 2))
        yield ""
    yield from wrap(about_confidence(trace.generated_by.calibrated), width)


def _arrow(names: Names, arrow: Derivation, calibrated: bool, width: int, *, is_first: bool) -> Iterator[str]:
    """An arrow and its reasons; below the first one stands how to read them."""
    sure = confidence(arrow, calibrated)
    yield from wrap(f"{names.brief(arrow.derived)} took text from {names.brief(arrow.source)}: {sure}.", width)
    yield _ALONE
    yield from _reasons(names, arrow.evidence, width)
    if is_first:
        yield from wrap(_WEIGHTS.format("percentage" if calibrated else "judgement"), width)


def _reasons(names: Names, evidence: tuple[Evidence, ...], width: int) -> Iterator[str]:
    """The reasons with their weights, the strongest first; a plus speaks for the arrow."""
    for reason in sorted(evidence, key=lambda e: -abs(e.weight)):
        first, *rest = wrap(names.told(reason.detail), max(20, width - 9))
        yield f"  {reason.weight:+5.1f}  {first}"
        yield from (f"         {row}" for row in rest)


def _open_question(names: Names, trace: Trace, pair: set[str], width: int) -> Iterator[str]:
    cases = [case for case in trace.undecided if set(case.articles) == pair]
    if not cases:
        shared = common_source(trace, pair)
        if shared:
            yield from wrap(
                f"Both took text from {names.brief(shared)}; nothing says that one took it from the other.", width
            )
        else:
            yield from wrap("Nothing says that one of the two took text from the other.", width)
    for case in cases:
        which = "which one took it from the other" if case.what == "direction" else "whether one took it from the other"
        yield from wrap(f"They share text, but {which} is not decided.", width)
        yield from _reasons(names, tuple(_without_way(case)), width)
        yield from wrap(settling(case), width)


def _without_way(case: Undecided) -> Iterator[Evidence]:
    """The reasons of an open question; under an open direction, what speaks for a relation might seem to tell it."""
    for reason in case.evidence:
        says_too_much = case.what == "direction" and reason.weight > 0
        yield replace(reason, detail=f"{reason.detail} ({_NO_WAY})") if says_too_much else reason


def common_source(trace: Trace, pair: set[str]) -> str | None:
    """The source that both texts have, None where they have none in common."""
    sources = [{d.source for d in trace.sources_of(id)} for id in sorted(pair)]
    return min(set.intersection(*sources), default=None)
