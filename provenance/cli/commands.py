"""The commands: one for each question, in the order in which they are asked.

Data goes to stdout, progress and notes to stderr. Exit codes: 0 done, 1 nothing could be read, 2 wrong usage,
130 stopped with Ctrl-C. Whatever is heavy is imported inside the command that needs it.
"""

import inspect as sources
import re
from dataclasses import replace
from typing import Any

import click

from provenance.cli.group import Commands
from provenance.cli.options import PATH, Look, facts_from, looks, method, settings_from
from provenance.cli.output import check_output, note_result, note_skipped, put
from provenance.cli.progress import Progress
from provenance.errors import InputError
from provenance.model import Pile, Trace
from provenance.settings import Settings


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
    check_output(output)
    stated = facts_from(facts)
    with Progress(quiet) as progress:
        pile = _read(paths, progress)
        found = pipeline.trace(pile, settings_from(weights, changed), stated, progress=progress)
    if not quiet and (form != "tree" or output):  # the tree on the screen lists them itself
        note_skipped(found.skipped)
    put(_rendered(found, form, at_least, without_text, Look.of(color, ascii, output)), output)
    if not quiet:
        note_result(found, form, at_least, output)


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

    stated = facts_from(facts)
    with Progress(quiet) as progress:
        pile = _two(_read((a, b), progress), quiet)
        found = pipeline.compare(pile, settings_from(weights, changed), stated, progress=progress)
    look = Look.of(color, ascii)
    put(comparison(found, width=look.width, color=look.color, ascii=look.ascii))


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
        note_skipped(pile.skipped)
    look = Look.of(color, ascii)
    put("\n".join(inspection(article, width=look.width, ascii=look.ascii) for article in articles))


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
    put(gzip.compress(table, mtime=0) if packed else table, output)


@main.command()
def settings() -> None:
    """List every setting with its value and reason.

    \b
    Example: provenance trace inputs/small --set shingle_words=4
    """
    put("".join(f"{name} = {value}\n    {reason}\n" for name, value, reason in _documented_settings()))


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
        note_skipped(pile.skipped)
    if len(pile.articles) == 1:
        raise InputError("only one of the two could be read, so there is nothing to compare")
    if len(pile.articles) > 2:
        n = len(pile.articles)
        raise click.UsageError(f"these files hold {n} articles; compare wants two files with one article each.")
    return pile


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
