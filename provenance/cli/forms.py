"""The forms in which a trace comes out, and the options that choose among them."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from provenance.cli.options import Command, Look
from provenance.cli.progress import Progress
from provenance.model import Trace
from provenance.truth import Truth

Texts = Literal["full", "passages", "none"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form that the user wants, and how much of the trace."""

    form: str
    texts: Texts = "full"
    lesson: bool = False
    language: str | None = None
    at_least: float = 0.0


def forms(command: Command) -> Command:
    """Adds the options of what comes out and where it goes; the command gets ``wanted`` and ``output``."""

    @click.option(
        "--format",
        "form",
        type=click.Choice(["tree", "table", "html", "json", "csv"]),
        default="tree",
        show_default=True,
        envvar="PROVENANCE_FORMAT",
        show_envvar=True,
        help="tree: all there is to say, for people. table, csv: the derivations. html: a page to look at, offline. "
        "json: the whole record.",
    )
    @click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of stdout.")
    @click.option(
        "--texts",
        type=click.Choice(["full", "passages", "none"]),
        help="How much of the articles' own text the page carries: all of it (full, the default), only what two of "
        "them share, or none.",
    )
    @click.option("--without-text", is_flag=True, help="Leave the texts of the articles out of the JSON.")
    @click.option("--lesson", is_flag=True, help="A page for a class: find out first, then look (with --format html).")
    @click.option("--language", metavar="CODE", help="The lesson's language: en, de. Without it, that of the articles.")
    @click.option(
        "--at-least",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="P",
        help="Show only derivations of this probability or more (the JSON always has all).",
    )
    @wraps(command)
    def with_form(
        *,
        form: str,
        output: str | None,
        texts: Texts | None,
        without_text: bool,
        lesson: bool,
        language: str | None,
        at_least: float,
        **others: Any,
    ) -> None:
        output = None if output == "-" else output
        wanted = Wanted(form, "none" if without_text else texts or "full", lesson, language, at_least)
        _check(wanted, output, texts is not None)
        command(wanted=wanted, output=output, **others)

    return with_form


def _check(wanted: Wanted, output: str | None, texts_given: bool) -> None:
    """Refuses what makes no sense together, with the cure."""
    if wanted.form != "html":
        if texts_given or wanted.lesson:
            raise click.UsageError(f"{'--lesson' if wanted.lesson else '--texts'} is for pages: add --format html")
    elif output is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("a page is for the browser, not for the terminal: add -o report.html")
    if wanted.language and not wanted.lesson:
        raise click.UsageError("--language is for the lesson: add --lesson")
    if wanted.lesson and wanted.texts != "full":
        raise click.UsageError("a lesson is there to be read: it carries the texts in full")


def rendered(
    found: Trace, wanted: Wanted, look: Look, paths: tuple[str, ...], progress: Progress
) -> str | bytes | Iterable[str]:
    """The trace in the form that is wanted; the record for programs in pieces."""
    from provenance.report import json_document, table, terminal

    if wanted.form == "json":
        pieces = json_document.json_pieces(found, texts=wanted.texts == "full")
        return progress.told("writing", pieces, json_document.count_items(found))
    found = replace(found, derivations=found.at_least(wanted.at_least))
    if wanted.form == "csv":
        return table.derivations_csv(found).encode()
    if wanted.form == "html":
        return html(found, wanted, paths)
    if wanted.form == "table":
        return table.derivations_table(found, ascii=look.ascii, width=look.width)
    return terminal.summary(found, ascii=look.ascii, width=look.width, color=look.color)


def html(found: Trace, wanted: Wanted, paths: tuple[str, ...]) -> bytes:
    """The report, or the lesson with the truth that lies beside the pile."""
    from provenance.report.html_page import html_page
    from provenance.report.lesson_page import lesson_page

    if wanted.lesson:
        return lesson_page(found, _truth(paths), wanted.language).encode()
    return html_page(found, texts=wanted.texts).encode()


def _truth(paths: tuple[str, ...]) -> Truth | None:
    from provenance.ingest import read_truth

    file = Path(paths[0]) / "truth.json"
    return read_truth(file) if len(paths) == 1 and file.is_file() else None
