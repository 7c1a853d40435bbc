"""The table of the figures: for a terminal, and for the README."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from accuracy.figures import Result

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->"
HEADERS = ("task", "ours", "95 %", "simple method", "to reach", "", "families", "items")


def table(results: Sequence[Result], form: str = "simple") -> str:
    """One line for each figure; a cross where the target is missed. ``form`` is a format of tabulate."""
    from tabulate import tabulate

    align = ["left", "right", "left", "left", "right", "left", "right", "right"]
    rows = [list(_row(result)) for result in results]
    return tabulate(rows, headers=list(HEADERS), tablefmt=form, disable_numparse=True, colalign=align)


def _row(result: Result) -> Iterator[str]:
    yield result.what
    yield number(result.value)
    yield "" if result.low is None else f"{number(result.low)} – {number(result.high)}"
    yield "" if result.baseline is None else f"{number(result.baseline)} {result.by}"
    yield "" if result.target is None else f"{'≤' if result.best == 'low' else '≥'} {number(result.target)}"
    yield {None: "", True: "✓", False: "✗"}[result.reached]
    yield str(result.families)
    yield str(result.items)


def number(value: float | None) -> str:
    """A share as in the literature: three digits, no leading zero.

    >>> number(0.9314), number(-0.02), number(1.0), number(28.0), number(None)
    ('.931', '-.020', '1.000', '28', '–')
    """
    if value is None:
        return "–"
    if abs(value) > 1:
        return f"{value:g}"
    return f"{value:.3f}".replace("0.", ".", 1)


def write_readme(table: str, file: Path = README) -> None:
    """Puts a table between the two marks of the README."""
    before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    file.write_text(f"{before}{BEGIN}\n{table}\n\n{END}{after}", encoding="utf-8")
