"""provenance pairs: which texts share passages, without asking who took them from whom."""

import sys
from dataclasses import replace
from typing import Any

import click

from provenance.cli.options import CHANGED, PATH, QUIET, THREADS, Look, looks
from provenance.cli.output import check_output, note_skipped, note_written, put
from provenance.cli.progress import Progress
from provenance.cli.reading import expect_much
from provenance.model import Skipped
from provenance.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="table: the 200 pairs with most words in common, for people. jsonl: all, each with its passages. csv: all, "
    "without them.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of stdout.")
@CHANGED
@QUIET
@THREADS
@looks
def pairs(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    changed: tuple[tuple[str, Any], ...],
    quiet: bool,
    threads: int | None,
    look: Look,
) -> None:
    """List which texts share passages, and where.

    Detection and alignment alone, for piles of up to a million texts: no credits, dates or directions are read, and
    nothing is said of who took from whom. That is what provenance trace does.

    \b
    Examples: provenance pairs inputs/classroom
              provenance pairs articles.jsonl --format jsonl -o pairs.jsonl
    """
    from provenance import pipeline
    from provenance.report import pairs_lines

    output = None if output == "-" else output
    check_output(output, paths)
    settings = replace(Settings(), **dict(changed))
    expect_much()
    skipped: list[Skipped] = []
    written = {"jsonl": pairs_lines.pairs_jsonl, "csv": pairs_lines.pairs_csv}
    with Progress(quiet or (form in written and _on_screen(output))) as progress:
        found = pipeline.pairs(paths, settings, progress=progress, skipped=skipped, threads=threads)
        counted = pairs_lines.Counted(found)
        if form in written:
            put(written[form](counted), output)
        else:
            table = pairs_lines.pairs_table(counted, ascii=look.ascii, width=look.width)
    if form not in written:
        put(table, output)
    if not quiet:
        note_skipped(tuple(skipped))
        note_written(output, (counted.count, "pair"))


def _on_screen(output: str | None) -> bool:
    """Whether lines that come while the work goes on would run into the line that says how far it is."""
    return output is None and sys.stdout is not None and sys.stdout.isatty()
