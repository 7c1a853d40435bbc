"""The derivations of a trace as rows: a table for people, CSV for programs."""

import csv
import io

from provenance.model import Derivation, Published, Trace
from provenance.report.columns import WIDTH
from provenance.report.wording import (
    Names,
    confidence,
    confidence_word,
    in_ascii,
    percent,
    printable,
    strongest_reason,
)

CSV_COLUMNS = (
    "derived",
    "source",
    "kind",
    "share",
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
)
_FIXED = 11 + 7 + 12 + 19  # columns of kind, share and confidence, and of the lines between the cells


def derivations_table(trace: Trace, *, ascii: bool = False, width: int = WIDTH) -> str:
    """The derivations as a table: derived, source, kind, share of text, confidence, strongest reason.

    Args:
        trace: the finished trace.
        ascii: draw lines and quotation marks with ASCII characters.
        width: columns of the terminal; cells are wrapped to fit.

    Returns:
        Lines of text that end with a line break.
    """
    from tabulate import tabulate

    names = Names.of(trace)
    room = max(42, width - _FIXED) // 7
    text = tabulate(
        [_row(names, d, trace.generated_by.calibrated) for d in trace.derivations],
        headers=["derived", "source", "kind", "share of text", "confidence", "strongest reason"],
        tablefmt="grid" if ascii else "simple_grid",
        disable_numparse=True,  # tabulate would turn an id like 1e5 into 100000
        maxcolwidths=[2 * room, 2 * room, 11, 7, 12, 3 * room],
        maxheadercolwidths=[2 * room, 2 * room, 11, 7, 12, 3 * room],
    )
    return (in_ascii(text) if ascii else text) + "\n"


def _row(names: Names, d: Derivation, calibrated: bool) -> list[str]:
    share = "not known" if d.share is None else percent(d.share)
    kind = d.kind if d.is_primary else f"{d.kind}\n(secondary)"
    return [
        names.brief(d.derived),
        names.brief(d.source),
        kind,
        share,
        confidence(d, calibrated),
        strongest_reason(d.evidence),
    ]


def derivations_csv(trace: Trace) -> str:
    """The derivations as CSV (RFC 4180), one row each, always with the columns of ``CSV_COLUMNS``.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    names = Names.of(trace)
    for d in trace.derivations:
        writer.writerow([_cell(value) for value in _values(names, d, trace.generated_by.calibrated)])
    return out.getvalue()


def _values(names: Names, d: Derivation, calibrated: bool) -> list[str]:
    derived, source = names.articles.get(d.derived), names.sources.get(d.source)
    return [
        d.derived,
        d.source,
        d.kind,
        "" if d.share is None else str(d.share),
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


def _cell(value: str) -> str:
    safe = printable(value)
    return f"'{safe}" if safe.startswith(("=", "+", "-", "@", "\t", "\r")) else safe
