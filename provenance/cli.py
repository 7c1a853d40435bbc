"""The command line: one command for each question, in the order in which they are asked.

Data goes to stdout, progress and notes to stderr. Exit codes: 0 done, 1 nothing could be read, 2 wrong usage,
130 stopped with Ctrl-C. Whatever is heavy is imported inside the command that needs it.
"""

import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import Field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from provenance.errors import InputError, ProvenanceError
from provenance.model import Pile, Skipped, Trace
from provenance.settings import Settings

_SKIPPED_SHOWN = 20  # on stderr; the JSON has all
_TICK = 0.1  # seconds between two updates of the progress line

PATHS = click.Path(exists=True, allow_dash=True)


class Commands(click.Group):
    """A group whose commands end with one line where the user can mend it, and with a traceback where we must."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProvenanceError as wrong:
            raise click.ClickException(" ".join(str(wrong).split())) from wrong
        except KeyboardInterrupt:
            _say("Stopped.")
            ctx.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            fault.add_note("This is a fault of provenance, not yours. Please report it with the lines above.")
            raise


class Setting(click.ParamType):
    """NAME=VALUE, where NAME is a field of Settings and VALUE of its type."""

    name = "NAME=VALUE"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int | float | str]:
        name, equals, written = value.partition("=")
        known = {field.name: field for field in fields(Settings)}
        if not equals:
            self.fail(f"{value!r} has no '='; write for example shingle_words=4", param, ctx)
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "see: provenance settings"
            self.fail(f"there is no setting {name!r}; {hint}", param, ctx)
        try:
            return name, _as_type_of(known[name], written)
        except ValueError:
            self.fail(f"{name} wants {_kind(known[name])}, not {written!r}", param, ctx)


def _as_type_of(field: Field[Any], written: str) -> int | float | str:
    found = type(field.default)(written)
    if isinstance(found, float) and not math.isfinite(found):
        raise ValueError(written)
    if isinstance(found, int | float) and found < 0:
        raise ValueError(written)
    return found  # type: ignore[no-any-return]


def _kind(field: Field[Any]) -> str:
    return {int: "a whole number", float: "a number", str: "a word"}[type(field.default)]


def _shared(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


looks = _shared(
    click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
        help="Colour the output; auto colours on a terminal, unless NO_COLOR is set.",
    ),
    click.option("--ascii", is_flag=True, help="Draw lines and quotation marks with ASCII characters."),
)  # fmt: skip

method = _shared(
    click.option(
        "--facts", type=click.Path(exists=True, dir_okay=False), metavar="FILE.csv",
        help="What a person states: rows of article, field or relation, value, who says so.",
    ),
    click.option(
        "--weights", type=click.Choice(["shipped", "pile"]),
        help="How rare words are: by the table that comes with the program (default), or counted in this pile.",
    ),
    click.option(
        "--set", "changed", type=Setting(), multiple=True,
        help="Change a setting, as often as needed; all of them: provenance settings.",
    ),
    click.option("--quiet", is_flag=True, help="Show no progress and no notes."),
)  # fmt: skip


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="news-provenance", prog_name="provenance")
def main() -> None:
    """Who took this text from whom, and how do you know?

    Give it a pile of news articles; it prints the tree of sources with the reasons for every arrow.

    \b
      provenance trace inputs/small
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATHS, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(["tree", "table", "json", "csv"]), default="tree", show_default=True,
    envvar="PROVENANCE_FORMAT", show_envvar=True,
    help="tree: all there is to say, for people. table, csv: the derivations alone. json: the whole record.",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of the terminal.")
@click.option("--without-text", is_flag=True, help="Leave the articles' texts out of the JSON.")
@click.option(
    "--at-least", type=click.FloatRange(0, 1), metavar="P",
    help="Show only derivations of at least this probability (not for json, which is the whole record).",
)  # fmt: skip
@method
@looks
def trace(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    without_text: bool,
    at_least: float | None,
    facts: str | None,
    weights: str | None,
    changed: tuple[tuple[str, Any], ...],
    quiet: bool,
    color: str,
    ascii: bool,
) -> None:
    """Say who took text from whom in a pile of articles, and why.

    PATH is a file or a folder (.txt, .md, .html, .jsonl, .json, .csv, each also .gz), or - for stdin.

    \b
      provenance trace inputs/small
      provenance trace articles/ --format json -o trace.json
    """
    if form == "json" and at_least is not None:
        raise click.UsageError("--at-least does not go with --format json: that is the whole record.")
    if form != "json" and without_text:
        raise click.UsageError("--without-text goes with --format json only.")
    from provenance import pipeline

    with Progress(quiet) as progress:
        pile = _read(paths, progress)
        found = pipeline.trace(pile, _settings(weights, changed), _facts(facts), progress)
    _note_skipped(found.skipped, quiet or (form == "tree" and output is None))
    hidden = _hidden(found, at_least)
    _put(_rendered(replace(found, derivations=found.at_least(at_least or 0)), form, not without_text, Look.of(color, ascii, output)), output)
    if not quiet:
        _note(hidden, output, found)


@main.command()
@click.argument("a", type=PATHS)
@click.argument("b", type=PATHS)
@method
@looks
def compare(
    a: str,
    b: str,
    facts: str | None,
    weights: str | None,
    changed: tuple[tuple[str, Any], ...],
    quiet: bool,
    color: str,
    ascii: bool,
) -> None:
    """Show what two articles share, side by side, and which one is probably the source.

    \b
      provenance compare inputs/small/01-swing-bridge.txt inputs/small/02-valley-commuters.txt
    """
    from provenance import pipeline
    from provenance.report.comparison import comparison

    with Progress(quiet) as progress:
        pile = _read((a, b), progress)
        _note_skipped(pile.skipped, quiet)
        _want_two(pile)
        found = pipeline.compare(pile, _settings(weights, changed), _facts(facts), progress)
    look = Look.of(color, ascii, None)
    _put(comparison(found, width=look.width, color=look.color, ascii=look.ascii), None)
