"""An evaluation to read: tables for people, a record for programs, the reliability plot."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from provenance.report.wording import in_ascii, plain
from provenance.scores import AND_SO, CalibrationScores, Counts, Evaluation

_UNKNOWN = "–"
_SIDE, _EDGE = 320, 50  # of the plot, and around it, in pixels
_SERIES = (("arrows printed", "#1b5e9b"), ("best candidates", "#b3541e"))

_KINDS = ("wrong", "missed", "left undecided")  # of misses
_LEFT_OPEN = re.compile(r"the trace leaves the \w+ (?:open\)|undecided)$")

Row = Sequence[object]


def evaluation_table(evaluation: Evaluation, hidden: Evaluation | None = None, *, ascii: bool = False) -> str:
    """All scores as tables, then every miss as a sentence.

    A dash stands where there is nothing to measure, or where the truth does not say what is false.

    Args:
        evaluation: the scores of a trace.
        hidden: those of the same pile traced as if no article had a date; they stand in a column beside the others.
        ascii: signs of ASCII only.

    Returns:
        Lines of text that end with a line break.
    """
    both = [evaluation] if hidden is None else [evaluation, hidden]
    parts = [
        _headline(evaluation),
        _table(
            ["found", "precision", "recall", "F1", *(["F1, dates hidden"] if hidden else [])], _beside(_found, both, 3)
        ),
        _tiers(evaluation),
        _table(["score", "value", *(["dates hidden"] if hidden else [])], _beside(_values, both, 1)),
        _table(["probabilities of", "how many", "ECE", "Brier"], _all(_calibration, both)),
        _table(["arrows between articles by", "precision", "recall", "F1", "first source right"], _all(_rules, both)),
        _misses(evaluation),
        _hidden_misses(hidden),
    ]
    text = "\n\n".join(part for part in parts if part)
    return (in_ascii(text).replace(_UNKNOWN, "-") if ascii else text) + "\n"


def evaluation_json(evaluation: Evaluation, hidden: Evaluation | None = None) -> str:
    """The evaluation as JSON: its fields by name; counts with precision, recall and F1; null is "not known".

    "with_dates_hidden" is the same of the pile traced without dates, null where that was not done.
    """
    record = evaluation_dict(evaluation) | {"with_dates_hidden": evaluation_dict(hidden) if hidden else None}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def evaluation_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain values that JSON can hold."""
    return {field.name: _plain(getattr(evaluation, field.name)) for field in fields(evaluation)}


def _plain(value: Any) -> Any:
    if isinstance(value, Counts):
        return asdict(value) | {"precision": value.precision, "recall": value.recall, "f1": value.f1}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


# --- the tables -----------------------------------------------------------------------------------------------------


def _headline(e: Evaluation) -> str:
    dates = ", its dates hidden" if e.dates_hidden else ""
    return f"A trace of {e.articles} articles{dates}, held against what is true of them"


def _beside(rows: Callable[[Evaluation], Iterable[Row]], both: Sequence[Evaluation], at: int) -> Iterator[Row]:
    """The rows of the first, and at their end what stands at one place of the second's (rows of one name)."""
    beside = [{row[0]: row[at] for row in rows(e)} for e in both[1:]]
    for row in rows(both[0]):
        yield (*row, *(column.get(row[0]) for column in beside))


def _all(rows: Callable[[Evaluation], Iterable[Row]], both: Iterable[Evaluation]) -> Iterator[Row]:
    return (row for e in both for row in rows(e))


def _found(e: Evaluation) -> Iterator[Row]:
    if e.passages:
        yield "passages (characters)", e.passages.precision, e.passages.recall, e.passages.f1
    yield _counted("related pairs", e.pairs)
    yield _counted("arrows", e.arrows)
    yield "reports (B-cubed)", e.clusters.precision, e.clusters.recall, e.clusters.f1
    yield _counted("named sources", e.sources.named)
    yield _counted("unseen sources", e.sources.unseen)
    yield from (_counted(f"credits, tier {tier.tier}", tier.counts) for tier in e.credits)


def _counted(what: str, counts: Counts) -> Row:
    found = None if counts.false is None else counts.right + counts.false
    return what, *_of(counts, found), counts.f1


def _of(counts: Counts, found: int | None) -> tuple[str, str]:
    """Precision and recall, with the numbers that they are made of."""
    return _part(counts.precision, counts.right, found), _part(
        counts.recall, counts.right, counts.right + counts.missed
    )


def _part(value: float | None, right: int, whole: int | None) -> str:
    return f"{_cell(value)} ({right} of {whole})" if whole else _cell(value)


def _tiers(e: Evaluation) -> str:
    """What the tiers mean, where there are any."""
    meant = {"A": "the text is theirs", "B": "a part of it is", "C": "a fact is", "D": "the picture is"}
    said = "; ".join(f"{tier.tier}: {meant[tier.tier]}" for tier in e.credits)
    return f"Tiers of credits: {said}." if said else ""


def _values(e: Evaluation) -> Iterator[Row]:
    if e.passages:
        yield from (("passages: granularity", e.passages.granularity), ("passages: plagdet", e.passages.plagdet))
    yield "reports: adjusted Rand index", e.clusters.ari
    yield f"direction ({e.direction.pairs} pairs): accuracy", e.direction.accuracy
    yield "direction: AUC", e.direction.auc
    yield from ((f"direction: accuracy on {surest}", right) for surest, right in _quarters(e.direction.curve))
    for field in fields(e.tree):
        yield f"tree: {field.name.replace('_', ' ')}", getattr(e.tree, field.name)
    yield "false sources per 100 articles", e.sources.false_per_100_articles


def _quarters(curve: Sequence[tuple[float, float]]) -> Iterator[tuple[str, float]]:
    """The curve at about a quarter, a half and three quarters: the JSON has all of it."""
    for name, wanted in (("the surest quarter", 0.25), ("the surest half", 0.5), ("the surest three quarters", 0.75)):
        yield from ((name, right) for part, right in [point for point in curve if point[0] >= wanted][:1])


def _calibration(e: Evaluation) -> Iterator[Row]:
    for (name, _), scores in zip(_SERIES, (e.printed, e.best), strict=True):
        yield name + _without(e), scores.n, scores.ece, scores.brier


def _rules(e: Evaluation) -> Iterator[Row]:
    for rule in e.rules:
        found = rule.arrows.right + (rule.arrows.false or 0)
        asked = rule.sources_asked
        first = _part(rule.sources_right, round((rule.sources_right or 0) * asked), asked)
        yield rule.rule + _without(e), *_of(rule.arrows, found), rule.arrows.f1, first


def _without(e: Evaluation) -> str:
    return ", without dates" if e.dates_hidden else ""


def _misses(e: Evaluation) -> str:
    if not e.misses:
        return "No miss."
    following = sum(miss.startswith(AND_SO) for miss in e.misses)
    more = f", {following} of them follow from others" if following > 1 else ", one of them follows from another"
    head = f"{_how_many(e.misses)}{more if following else ''}:"
    return "\n".join([head, *map(_item, e.misses)])


def _hidden_misses(hidden: Evaluation | None) -> str:
    if hidden is None or not hidden.misses:
        return ""
    return f"With dates hidden {_how_many(hidden.misses)}: --hide-dates names them."


def _how_many(misses: Sequence[str]) -> str:
    if len(misses) == 1:
        return "1 miss"
    kinds = Counter(map(_kind, misses))
    return f"{len(misses)} misses ({', '.join(f'{kinds[kind]} {kind}' for kind in _KINDS if kinds[kind])})"


def _kind(miss: str) -> str:
    """Which kind of miss a sentence tells of: a trace that leaves open what is known has said nothing false."""
    said = miss.removeprefix(AND_SO)
    if said.startswith("left undecided") or _LEFT_OPEN.search(said):
        return "left undecided"
    return "missed" if said.startswith(("arrow missed", "not in the trace")) else "wrong"


def _item(miss: str) -> str:
    return f"- {plain(miss)}"


def _table(headers: Sequence[str], rows: Iterator[Row]) -> str:
    from tabulate import tabulate

    cells = [[_cell(value) for value in row] for row in rows]
    align = ["left", *["right"] * (len(headers) - 1)]
    return tabulate(cells, headers=list(headers), tablefmt="simple", disable_numparse=True, colalign=align)


def _cell(value: object) -> str:
    if value is None:
        return _UNKNOWN
    return f"{value:.3f}" if isinstance(value, float) else str(value)


# --- the plot -------------------------------------------------------------------------------------------------------


def reliability_plot(evaluation: Evaluation) -> str:
    """How often is right what is said to be likely: a picture (SVG), one dot for each tenth that holds anything.

    A dot on the diagonal is honest, one below it too sure. The area of a dot grows with the number of judgements.
    """
    size = _SIDE + 2 * _EDGE
    scores = (evaluation.printed, evaluation.best)
    series = [_dots(one, name, color) for (name, color), one in zip(_SERIES, scores, strict=True)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        'role="img" font-family="sans-serif" font-size="12">',
        "<title>Probability said, and how often it was right</title>",
        f'<rect width="{size}" height="{size}" fill="#fff"/>',
        *_axes(),
        *series,
        *(_key(at, name, color) for at, (name, color) in enumerate(_SERIES)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _axes() -> Iterator[str]:
    middle, low = _EDGE + _SIDE / 2, _EDGE + _SIDE
    yield f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#767676"/>'
    yield f'<path d="M{_EDGE} {low}L{low} {_EDGE}" stroke="#767676" stroke-dasharray="4"/>'
    for tick in (0, 0.5, 1):
        yield f'<text x="{_x(tick):g}" y="{low + 16}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{_EDGE - 8}" y="{_y(tick) + 4:g}" text-anchor="end">{tick:g}</text>'
    yield f'<text x="{middle:g}" y="{low + 36}" text-anchor="middle">probability said</text>'
    yield f'<text transform="translate(16 {middle:g}) rotate(-90)" text-anchor="middle">part that was right</text>'


def _dots(scores: CalibrationScores, name: str, color: str) -> str:
    dots = "".join(
        f'<circle cx="{_x(b.said):.1f}" cy="{_y(b.right):.1f}" r="{3 + 9 * (b.n / scores.n) ** 0.5:.1f}">'
        f"<title>{name}: {b.n} said {b.said:.2f}, right {b.right:.2f}</title></circle>"
        for b in scores.bins
        if b.said is not None and b.right is not None
    )
    return f'<g fill="{color}" fill-opacity="0.6" stroke="{color}">{dots}</g>'


def _key(at: int, name: str, color: str) -> str:
    y = _EDGE - 30 + 16 * at
    return f'<circle cx="{_EDGE + 6}" cy="{y}" r="5" fill="{color}"/><text x="{_EDGE + 16}" y="{y + 4}">{name}</text>'


def _x(value: float) -> float:
    return _EDGE + _SIDE * value


def _y(value: float) -> float:
    return _EDGE + _SIDE * (1 - value)
