"""The command line: one command for each question, in the order in which they are asked.

Data goes to stdout, progress and notes to stderr. Exit codes: 0 done, 1 nothing could be read, 2 wrong usage,
130 stopped with Ctrl-C. Whatever is heavy is imported inside the command that needs it.
"""

import inspect as sources
import math
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Any, Self

import click

from provenance.errors import InputError, ProvenanceError, SettingError
from provenance.model import Fact, Pile, Skipped, Trace
from provenance.settings import Settings

_SKIPPED_SHOWN = 20  # lines on stderr; the JSON has all
_PIPED = 120  # columns where there is no screen whose width could be asked
_TICK = 0.1  # seconds between two updates of the progress line

PATH = click.Path(exists=True, allow_dash=True)
NUMBERS = {int: "a whole number", float: "a number", str: "a word"}


class WrongUse(click.ClickException):
    """A setting or a facts file that makes no sense: one line, exit code 2."""

    exit_code = 2


class Commands(click.Group):
    """Commands that end with one line where the user can mend it, and with a traceback where we must."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of this file; click would sort them

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProvenanceError as wrong:
            kind = WrongUse if isinstance(wrong, SettingError) else click.ClickException
            raise kind(_plain(str(wrong))) from wrong
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            fault.add_note("This is a fault of provenance, not yours: please report it with all the lines above.")
            raise


class Setting(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on only
    """NAME=VALUE, where NAME is a field of Settings and VALUE is of its type."""

    name = "NAME=VALUE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        name, equals, written = value.partition("=")
        defaults = asdict(Settings())
        if not equals:
            self.fail(f"{value!r} has no '='; write for example shingle_words=4", param, ctx)
        if name not in defaults:
            near = get_close_matches(name, defaults, n=1)
            self.fail(f"{name!r} is no setting; {f'did you mean {near[0]}?' if near else 'see: provenance settings'}")
        kind = type(defaults[name])
        try:
            found = kind(written)
        except ValueError:
            self.fail(f"{name} wants {NUMBERS[kind]}, not {written!r}", param, ctx)
        if kind is not str and not (found >= 0 and math.isfinite(found)):
            self.fail(f"{name} wants {NUMBERS[kind]} of 0 or more, not {written!r}", param, ctx)
        return name, found


class Progress:
    """One line on stderr that says how far the work is; silent where nobody watches."""

    def __init__(self, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.last = -math.inf

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self.shown and (done >= total or now - self.last >= _TICK):
            self._write(f"{stage}: {done} of {total}")
            self.last = now

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Look:
    """How the output looks: what the terminal is able to show and the user wants to see."""

    width: int
    color: bool
    ascii: bool

    @classmethod
    def of(cls, color: str, ascii: bool, output: str | None = None) -> "Look":
        out = sys.stdout  # None where whoever started us closed it
        screen = output is None and out is not None and out.isatty()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        coloured = color == "always" or (color == "auto" and screen and not plain)
        click.get_current_context().color = coloured
        unicode = output is not None or (out is not None and (out.encoding or "").casefold().startswith("utf"))
        return cls(
            shutil.get_terminal_size((_PIPED, 24)).columns if output is None else _PIPED, coloured, ascii or not unicode
        )


def _with(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


method = _with(
    click.option(
        "--facts",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE.csv",
        help="What a person states, in rows: article, field or relation, value, who says so.",
    ),
    click.option(
        "--weights",
        metavar="shipped|pile|FILE",
        help="How rare words are: by the program's tables (shipped, the default), as counted in this pile, or by a "
        "table that provenance weights made.",
    ),
    click.option(
        "--set",
        "changed",
        type=Setting(),
        multiple=True,
        help="Change a setting; may be given more than once. All of them: provenance settings.",
    ),
    click.option("--quiet", is_flag=True, help="No progress and no notes on stderr."),
)

looks = _with(
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="auto: on a terminal, unless NO_COLOR is set.",
    ),
    click.option("--ascii", is_flag=True, help="Lines and quotation marks in ASCII."),
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="news-provenance", prog_name="provenance")
def main() -> None:
    """Who took this text from whom, and how do you know?

    Give it a pile of news articles: it prints the tree of sources, with the reasons for every arrow.

    \b
    Example: provenance trace inputs/small

    Exit codes: 0 done, 1 nothing could be read, 2 wrong usage.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["tree", "table", "json", "csv"]),
    default="tree",
    show_default=True,
    envvar="PROVENANCE_FORMAT",
    show_envvar=True,
    help="tree: all there is to say, for people. table, csv: the derivations. json: the whole record.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option("--without-text", is_flag=True, help="Leave the texts of the articles out of the JSON.")
@click.option(
    "--at-least",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Show only derivations of this probability or more (the JSON always has all).",
)
@method
@looks
def trace(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    without_text: bool,
    at_least: float,
    facts: str | None,
    weights: str | None,
    changed: tuple[tuple[str, Any], ...],
    quiet: bool,
    color: str,
    ascii: bool,
) -> None:
    """Say who took text from whom in a pile, and why.

    PATH is a file or a folder (.txt .md .html .jsonl .json .csv, each also .gz), or - for stdin.

    \b
    Examples: provenance trace inputs/small
              provenance trace articles/ --format json -o trace.json
    """
    from provenance import pipeline

    output = None if output == "-" else output
    _check_output(output)
    stated = _facts(facts)
    with Progress(quiet) as progress:
        pile = _read(paths, progress)
        found = pipeline.trace(pile, _settings(weights, changed), stated, progress=progress)
    if not quiet and (form != "tree" or output):  # the tree on the screen lists them itself
        _note_skipped(found.skipped)
    _put(_rendered(found, form, at_least, without_text, Look.of(color, ascii, output)), output)
    if not quiet:
        _note_result(found, form, at_least, output)


@main.command()
@click.argument("a", type=PATH)
@click.argument("b", type=PATH)
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
    """Show what two articles share and which is the source.

    Shared passages stand side by side; what differs is marked.

    \b
    Example: provenance compare inputs/small/01-swing-bridge.txt inputs/small/02-valley-commuters.txt

    As a record for programs: provenance trace A B --format json
    """
    from provenance import pipeline
    from provenance.report.comparison import comparison

    stated = _facts(facts)
    with Progress(quiet) as progress:
        pile = _two(_read((a, b), progress), quiet)
        found = pipeline.compare(pile, _settings(weights, changed), stated, progress=progress)
    look = Look.of(color, ascii)
    _put(comparison(found, width=look.width, color=look.color, ascii=look.ascii))


@main.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--quiet", is_flag=True, help="No progress and no notes on stderr.")
@looks
def inspect(files: tuple[str, ...], quiet: bool, color: str, ascii: bool) -> None:
    """Show all that was read from a file, and where.

    \b
    Example: provenance inspect inputs/small/01-swing-bridge.txt
    """
    from provenance import pipeline
    from provenance.report.inspection import inspection

    with Progress(quiet) as progress:
        pile = _read(files, progress)
        articles = pipeline.inspect(pile)
    if not quiet:
        _note_skipped(pile.skipped)
    look = Look.of(color, ascii)
    _put("\n".join(inspection(article, width=look.width, ascii=look.ascii) for article in articles))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE (packed, if it ends in .gz) instead of stdout.")
@click.option("--quiet", is_flag=True, help="No progress and no notes on stderr.")
def weights(paths: tuple[str, ...], output: str | None, quiet: bool) -> None:
    """Count how rare words are in a large body of articles.

    Makes the tables by which sentences are compared: single words and pairs of words, each with the number of
    sentences it stands in; rare terms and all texts stay out. Give it some thousand articles of one language.

    \b
    Example: provenance weights articles/ -o en.tsv.gz
    """
    import gzip

    from provenance import pipeline

    with Progress(quiet) as progress:
        table = pipeline.count_weights(_read(paths, progress)).encode()
    packed = output is not None and output.endswith(".gz")
    _put(gzip.compress(table, mtime=0) if packed else table, output)


@main.command()
def settings() -> None:
    """List every setting with its value and reason.

    \b
    Example: provenance trace inputs/small --set shingle_words=4
    """
    _put("".join(f"{name} = {value}\n    {reason}\n" for name, value, reason in _documented_settings()))


def _documented_settings() -> list[tuple[str, str, str]]:
    """Name, value and comment of each line of settings.py, which is the one place where they are written."""
    line = re.compile(r"^    (\w+): \w+ = (\S+)  # (.+)$", re.MULTILINE)
    return [(name, value.strip('"'), reason) for name, value, reason in line.findall(sources.getsource(Settings))]


def _read(paths: tuple[str, ...], progress: Progress) -> Pile:
    from provenance import pipeline

    pile = pipeline.read_articles(*paths, progress=progress)
    if pile.articles:
        return pile
    why = "; ".join(f"{s.path}: {s.reason}" for s in pile.skipped[:3]) or "there is no article in it"
    raise InputError(f"nothing could be read ({why}). Give files or folders with .txt, .html, .jsonl or .csv articles.")


def _two(pile: Pile, quiet: bool) -> Pile:
    if not quiet:
        _note_skipped(pile.skipped)
    if len(pile.articles) == 1:
        raise InputError("only one of the two could be read, so there is nothing to compare")
    if len(pile.articles) > 2:
        n = len(pile.articles)
        raise click.UsageError(f"these files hold {n} articles; compare wants two files with one article each.")
    return pile


def _facts(path: str | None) -> tuple[Fact, ...]:
    from provenance import ingest

    return ingest.read_facts(path) if path else ()


def _settings(weights: str | None, changed: tuple[tuple[str, Any], ...]) -> Settings:
    stated = dict(changed) | ({"weights": weights} if weights else {})
    return replace(Settings(), **stated)


def _rendered(found: Trace, form: str, at_least: float, without_text: bool, look: Look) -> str | bytes:
    from provenance.report import json_document, table, terminal

    if form == "json":
        return json_document.to_json(found, texts=not without_text).encode()
    found = replace(found, derivations=found.at_least(at_least))
    if form == "csv":
        return table.derivations_csv(found).encode()
    if form == "table":
        return table.derivations_table(found, ascii=look.ascii, width=look.width)
    return terminal.summary(found, ascii=look.ascii, width=look.width, color=look.color)


def _check_output(output: str | None) -> None:
    """Refuses a place that cannot be written to before the work, not after it."""
    if output is None:
        return
    if Path(output).is_dir():
        raise click.BadParameter(f"{output!r} is a folder; name a file", param_hint="-o")
    if not Path(output).parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(Path(output).parent)!r}; make it first", param_hint="-o")


def _put(data: str | bytes, output: str | None = None) -> None:
    """Data to stdout, or whole to a file; people's text in what the terminal can show, records always in UTF-8."""
    if output is not None:
        _write(Path(output), data.encode() if isinstance(data, str) else data)
        return
    if sys.stdout is None:  # closed by whoever started us
        raise click.ClickException("there is no standard output to write to; use -o FILE")
    try:
        if isinstance(data, str):
            encoding = sys.stdout.encoding or "utf-8"
            data = data.encode(encoding, "replace").decode(encoding)
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise
    except OSError as wrong:
        raise click.FileError("standard output", wrong.strerror) from wrong


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a pipe or device is written to as it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path = path.resolve()  # a link stays a link
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            try:
                part.write(data)
                part.close()
                Path(part.name).chmod(_mode(path))
                Path(part.name).replace(path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as wrong:
        raise click.FileError(str(path), wrong.strerror) from wrong


def _mode(path: Path) -> int:
    """The mode the file has, or the one a new file would get (a temporary file is for its owner alone)."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _note_skipped(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped[:_SKIPPED_SHOWN]:
        click.echo(f"not read: {_plain(one.path)}: {_plain(one.reason)}", err=True)
    if len(skipped) > _SKIPPED_SHOWN:
        click.echo(f"not read: {len(skipped) - _SKIPPED_SHOWN} more (the JSON lists all)", err=True)


def _note_result(found: Trace, form: str, at_least: float, output: str | None) -> None:
    hidden = len(found.derivations) - len(found.at_least(at_least))
    if hidden and form != "json":
        click.echo(f"{hidden} of {len(found.derivations)} derivations are below {at_least:g} and not shown", err=True)
    if output:
        said = f"{len(found.articles)} articles, {len(found.derivations)} derivations"
        click.echo(f"wrote {_plain(output)} ({said})", err=True)


def _plain(text: str) -> str:
    from provenance.report.wording import plain

    return plain(text)
