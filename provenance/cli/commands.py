"""The commands: one for each question, in the order in which they are asked.

Data goes to stdout, progress and notes to stderr. Exit codes: 0 done, 1 nothing could be read, 2 wrong usage,
130 stopped with Ctrl-C. Whatever is heavy is imported inside the command that needs it.
"""

import inspect as sources
import re
from pathlib import Path

import click

from provenance.cli.browser import open_page
from provenance.cli.evaluation import evaluate
from provenance.cli.forms import Wanted, forms, html, rendered
from provenance.cli.from_index import FROM_INDEX, Chosen
from provenance.cli.group import Commands
from provenance.cli.index import index
from provenance.cli.learning import learn
from provenance.cli.options import PATH, QUIET, THREADS, Look, Method, looks, method
from provenance.cli.output import check_output, note_result, note_size, note_skipped, put
from provenance.cli.pairs import pairs
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile
from provenance.cli.simulation import simulate
from provenance.errors import InputError
from provenance.model import Pile
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
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH...")
@FROM_INDEX
@forms
@method
@THREADS
@looks
def trace(
    paths: tuple[str, ...],
    chosen: Chosen | None,
    wanted: Wanted,
    output: str | None,
    method: Method,
    threads: int | None,
    look: Look,
) -> None:
    """Say who took text from whom in a pile, and why.

    PATH is a file or a folder (.txt .md .html .jsonl .json .csv, each also .gz), or - for stdin.

    \b
    Examples: provenance trace inputs/small
              provenance trace articles/ --format html -o report.html
              provenance trace articles/ --format json -o trace.json
              provenance trace --index news.index --since 2031-05-03
    """
    from provenance import pipeline

    if bool(paths) == bool(chosen):
        raise click.UsageError("give files and folders, or an index with --index INDEX; not both, not neither")
    check_output(output, (*paths, chosen.index) if chosen else paths)
    with Progress(method.quiet) as progress:
        if chosen:
            found = chosen.trace(method, progress, threads)
        else:
            pile = read_pile(paths, progress, threads)
            found = pipeline.trace(pile, method.settings, method.facts, progress=progress, threads=threads)
    if not method.quiet:
        if wanted.form != "tree" or output:  # the tree on the screen lists them itself
            note_skipped(found.skipped)
        note_size(found, wanted)
    with Progress(method.quiet or output is None) as progress:
        put(rendered(found, wanted, look, paths, progress), output)
    if not method.quiet:
        note_result(found, wanted, output)


@main.command()
@click.argument("a", type=PATH)
@click.argument("b", type=PATH)
@method
@looks
def compare(a: str, b: str, method: Method, look: Look) -> None:
    """Show what two articles share and which is the source.

    Shared passages stand side by side; what differs is marked.

    \b
    Example: provenance compare inputs/small/01-swing-bridge.txt inputs/small/02-valley-commuters.txt

    As a record for programs: provenance trace A B --format json
    """
    from provenance import pipeline
    from provenance.report.comparison import comparison

    with Progress(method.quiet) as progress:
        pile = _two(read_pile((a, b), progress), method.quiet)
        found = pipeline.compare(pile, method.settings, method.facts, progress=progress)
    put(comparison(found, width=look.width, color=look.color, ascii=look.ascii))


@main.command()
@click.option("--lesson", is_flag=True, help="The lesson instead: a class finds out itself, then looks.")
@click.option("--language", metavar="CODE", help="The lesson's language: en, de.")
@click.option(
    "-o", "--output", metavar="FILE", help="Where the page goes; without it provenance-demo.html in this folder."
)
@click.option("--no-open", is_flag=True, help="Only write the page and print where it is.")
def demo(lesson: bool, language: str | None, output: str | None, no_open: bool) -> None:
    """Show a report of a sample pile in the browser.

    Nineteen invented articles about a ferry on a reef travel with the program. Builds their report, opens it,
    and prints where it is.

    \b
    Examples: provenance demo
              provenance demo --lesson
    """
    from provenance import pipeline
    from provenance.ingest import sample_pile

    if language and not lesson:
        raise click.UsageError("--language is for the lesson: add --lesson")
    output = output or ("provenance-lesson.html" if lesson else "provenance-demo.html")
    check_output(output)
    folder = str(sample_pile())
    with Progress(quiet=False) as progress:
        found = pipeline.trace(pipeline.read_articles(folder), progress=progress)
    put(html(found, Wanted("html", lesson=lesson, language=language), (folder,)), output)
    page = Path(output).resolve()
    click.echo(str(page))
    if not no_open and not open_page(page.as_uri()):
        click.echo("There is no browser here: open this file in one.", err=True)


@main.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PILE]...")
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 picks a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@method
def serve(paths: tuple[str, ...], port: int, open_browser: bool, method: Method) -> None:
    """Look, correct and trace again in the browser; nothing leaves this machine.

    Paste or drop texts and files, say outlet and date where they are missing, trace, look, state what you know,
    trace again. Needs: pip install "news-provenance[web]"

    \b
    Examples: provenance serve --open
              provenance serve inputs/small -p 0
    """
    from provenance import serve as app

    app.run(
        paths,
        port=port,
        open_page=open_page if open_browser else None,
        settings=method.settings,
        facts=method.facts,
    )


@main.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@QUIET
@looks
def inspect(files: tuple[str, ...], quiet: bool, look: Look) -> None:
    """Show all that was read from a file, and where.

    \b
    Example: provenance inspect inputs/small/01-swing-bridge.txt
    """
    from provenance import pipeline
    from provenance.report.inspection import inspection

    with Progress(quiet) as progress:
        pile = read_pile(files, progress)
        articles = pipeline.inspect(pile)
    if not quiet:
        note_skipped(pile.skipped)
    put("\n".join(inspection(article, width=look.width, ascii=look.ascii) for article in articles))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE (packed, if it ends in .gz) instead of stdout.")
@QUIET
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
        table = pipeline.count_weights(read_pile(paths, progress)).encode()
    packed = output is not None and output.endswith(".gz")
    put(gzip.compress(table, mtime=0) if packed else table, output)


main.add_command(index)
main.add_command(pairs)
main.add_command(evaluate)
main.add_command(simulate)
main.add_command(learn)


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


def _two(pile: Pile, quiet: bool) -> Pile:
    if not quiet:
        note_skipped(pile.skipped)
    if len(pile.articles) == 1:
        raise InputError("only one of the two could be read, so there is nothing to compare")
    if len(pile.articles) > 2:
        n = len(pile.articles)
        raise click.UsageError(f"these files hold {n} articles; compare wants two files with one article each.")
    return pile
