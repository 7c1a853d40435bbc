"""The derivations of a trace as rows: a table for people, CSV for programs."""

import csv
import io
from collections.abc import Iterator, Sequence

from provenance.model import Derivation, Published, Trace
from provenance.report.columns import WIDTH, columns, wrap
from provenance.report.wording import (
    Names,
    confidence,
    confidence_word,
    in_ascii,
    kind_words,
    plain,
    printable,
    share_words,
    stated_facts,
    stated_of,
    strongest_reason,
)

CSV_COLUMNS = (
    "derived",
    "source",
    "kind",
    "share",
    "share_of_source",
    "probability",
    "confidence",
    "calibrated",
    "is_primary",
    "derived_outlet",
    "derived_earliest",
    "derived_latest",
    "source_kind",
    "source_name",
    "source_earliest",
    "source_latest",
    "strongest_reason",
    "stated",
)
_HEADERS = ["derived", "source", "kind", "share of text", "confidence", "strongest reason"]
_NARROW = 116  # columns of a screen below which kind, share and confidence stand in one column
_HOW = 15  # columns of "100 % of source"
_KIND, _CONFIDENCE = 12, 11  # columns of "republished," and "very likely"
_LINES = 3  # columns of the lines around one cell
_LEAST = 14  # columns of a name, where the terminal is narrow
_REASON = 18  # columns that the reason keeps


def derivations_table(trace: Trace, *, ascii: bool = False, width: int = WIDTH) -> str:
    """The derivations as a table: derived, source, kind, share of text, confidence, strongest reason.

    On a narrow screen kind, share and confidence stand below one another in one column.

    Args:
        trace: the finished trace.
        ascii: draw lines and quotation marks with ASCII characters.
        width: columns of the terminal; cells are wrapped to fit, file names whole where there is room.

    Returns:
        Lines of text that end with a line break.
    """
    from tabulate import tabulate

    names = Names.of(trace)
    rows = [_row(names, d, trace.generated_by.calibrated) for d in trace.derivations]
    headers, how = _HEADERS, [_KIND, _HOW, _CONFIDENCE]
    if width < _NARROW:
        rows = [[*row[:2], "\n".join((row[4], row[2], row[3])), row[5]] for row in rows]
        headers, how = [*_HEADERS[:2], "what it is,\nshared text", _HEADERS[5]], [_HOW]
    widths = _widths(rows, how, width)
    text = tabulate(
        [["\n".join(_wrapped(cell, room)) for cell, room in zip(row, widths, strict=True)] for row in rows],
        headers=headers,
        tablefmt="grid" if ascii else "simple_grid",
        disable_numparse=True,  # tabulate would turn an id like 1e5 into 100000
    )
    text = "\n".join([text, *(plain(fact) for fact in stated_facts(trace))])
    return (in_ascii(text) if ascii else text) + "\n"


def _row(names: Names, d: Derivation, calibrated: bool) -> list[str]:
    also = "" if d.is_primary or d.kind == "contributed" else "also: "
    shares = "\n".join(_shares(names, d))
    sure = confidence(d, calibrated)
    return [names.brief(d.derived), names.brief(d.source), also + kind_words(d), shares, sure, names.reason(d.evidence)]


def _shares(names: Names, d: Derivation) -> list[str]:
    """How much text is shared; no word of it where the derived text is all that shows its source."""
    shares = share_words(d, "of it", "of source")
    return shares or ([] if names.article_of(d.source) == d.derived else ["share not known"])


def _widths(rows: Sequence[Sequence[str]], how: Sequence[int], width: int) -> list[int]:
    """Columns of the cells: names as wide as their longest word if that leaves room for the reason."""
    room = max(2 * _LEAST + _REASON, width - _LINES * (3 + len(how)) - 1 - sum(how))
    most = room - _REASON
    longest = [max((columns(word) for row in rows for word in row[at].split()), default=0) for at in (0, 1)]
    needs = [max(_LEAST, need) for need in longest]
    names = [min(need, max(most // 2, most - other)) for need, other in (needs, needs[::-1])]
    wider = [max(name, 2 * room // 7) for name in names]
    names = wider if sum(wider) <= most else names
    return [*names, *how, room - sum(names)]


def _wrapped(cell: str, room: int) -> Iterator[str]:
    for line in cell.split("\n"):
        yield from wrap(line, room)


def derivations_csv(trace: Trace) -> str:
    """The derivations as CSV (RFC 4180), one row each, always with the columns of ``CSV_COLUMNS``.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    names = Names.of(trace)
    stated = {article.id: found for article in trace.articles if (found := stated_of(article))}
    for d in trace.derivations:
        said = "; ".join(fact for id in sorted((d.derived, d.source)) for fact in stated.get(id, ()))
        values = _values(names, d, trace.generated_by.calibrated)
        writer.writerow([csv_cell(value) for value in [*values, said]])
    return out.getvalue()


def _values(names: Names, d: Derivation, calibrated: bool) -> list[str]:
    derived, source = names.articles.get(d.derived), names.sources.get(d.source)
    return [
        d.derived,
        d.source,
        d.kind,
        *("" if share is None else str(share) for share in (d.share, d.share_of_source)),
        str(d.probability),
        confidence_word(d.probability),
        _yes(calibrated),
        _yes(d.is_primary),
        (derived and derived.outlet) or "",
        *_ends(names.published(d.derived)),
        source.kind if source else "",
        source.name if source else "",
        *_ends(names.published(d.source)),
        strongest_reason(d.evidence),
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _ends(published: Published | None) -> tuple[str, str]:
    """Both ends of an interval in ISO 8601, empty where unknown."""
    ends = (published.earliest, published.latest) if published else (None, None)
    return ends[0].isoformat() if ends[0] else "", ends[1].isoformat() if ends[1] else ""


def csv_cell(value: str) -> str:
    """A value as a cell: printable, and with an apostrophe in front where a spreadsheet would take it for a formula."""
    safe = printable(value)
    return f"'{safe}" if safe.startswith(("=", "+", "-", "@", "\t", "\r")) else safe
