"""provenance evaluate: a trace, or a pile that is traced, held against what is true."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from provenance.cli.options import PATH, Look, Method, looks, method
from provenance.cli.output import check_output, note_skipped, one_line, put
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile
from provenance.model import Article, Pile, Trace
from provenance.settings import Settings
from provenance.truth import Truth


def _place(context: click.Context, option: click.Parameter, file: str | None) -> str | None:
    """Refuses a place that cannot be written to before the work, and a picture of another sort."""
    if file and Path(file).suffix.lower() not in ("", ".svg"):
        raise click.BadParameter(f"--plot draws SVG: name it {Path(file).stem}.svg")
    try:
        check_output(file)
    except click.BadParameter as wrong:
        wrong.param_hint = "--plot"
        raise
    return file


@click.command()
@click.argument("trace_or_pile", type=PATH)
@click.argument("truth", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: for people. json: all of it, the curve and the bins too.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option("--hide-dates", is_flag=True, help="Only as if no article had a date; names the misses of that.")
@click.option("--plot", metavar="FILE.svg", callback=_place, help="Draw how often the probabilities were right.")
@method
@looks
def evaluate(
    trace_or_pile: str,
    truth: str,
    form: str,
    output: str | None,
    hide_dates: bool,
    plot: str | None,
    method: Method,
    look: Look,
) -> None:
    """Measure a trace against what is true.

    TRACE_OR_PILE is a trace that was saved as JSON, or a folder or file of articles, which is traced first. TRUTH says
    who took text from whom, in the form that inputs/README.md explains. Prints scores, those of simple rules beside
    them, and every miss. A pile is traced twice, the second time as if no article had a date.

    \b
    Examples: provenance evaluate inputs/classroom inputs/classroom/truth.json
              provenance evaluate trace.json truth.json --format json -o scores.json
    """
    from provenance import evaluate as measuring
    from provenance.ingest import read_truth
    from provenance.report.evaluation_table import evaluation_json, evaluation_table, reliability_plot

    output = None if output == "-" else output
    check_output(output)
    known = read_truth(truth)
    finished = _finished(trace_or_pile, method, hide_dates)
    check = partial(_check_pile, known, truth, method.quiet)
    if finished:
        check(finished.articles)
    traces = [finished] if finished else list(_traced(trace_or_pile, method, hide_dates, check))
    scores, *hidden = (measuring.evaluate(t, known, dates_hidden=hide_dates or n > 0) for n, t in enumerate(traces))
    beside = hidden[0] if hidden else None
    as_table = evaluation_table(scores, beside, ascii=look.ascii)
    put(evaluation_json(scores, beside).encode() if form == "json" else as_table, output)
    if finished and not method.quiet:
        click.echo("A saved trace is finished, its dates cannot be hidden: give the pile to see both.", err=True)
    if plot:
        put(reliability_plot(scores), plot)


def _finished(path: str, method: Method, hide_dates: bool) -> Trace | None:
    """The trace that was saved in a file, None where it is no such file."""
    from provenance.report.json_document import from_json

    text = _document(path)
    if text is None:
        return None
    if hide_dates or method.facts or method.settings != Settings():
        raise click.UsageError("a saved trace is finished: give the pile instead, to trace it in another way")
    return from_json(text)


def _document(path: str) -> str | None:
    """The text of a JSON file that holds a trace: a pile's own JSON has other keys."""
    if not Path(path).is_file() or not path.endswith((".json", ".json.gz")):
        return None
    try:
        data = Path(path).read_bytes()
        text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8-sig")
        document = json.loads(text)
    except (OSError, EOFError, ValueError):
        return None  # then it is read as a pile, which says what is wrong with it
    schema = document.get("schema") if isinstance(document, dict) else None
    return text if isinstance(schema, str) and schema.startswith("provenance-trace/") else None


def _check_pile(known: Truth, path: str, quiet: bool, articles: Iterable[Article]) -> None:
    """Refuses the truth of another pile; says which articles it has more than this one."""
    from provenance.evaluate import not_in_pile

    missing = not_in_pile(known, (a.id for a in articles), Path(path).as_posix())
    if missing and not quiet:
        click.echo(one_line(missing), err=True)


def _traced(path: str, method: Method, hide_dates: bool, check: Callable[[Iterable[Article]], None]) -> Iterator[Trace]:
    """The trace of the pile and that of the pile without its dates; with ``hide_dates`` the second only."""
    from provenance import pipeline
    from provenance.evaluate import without_dates

    with Progress(method.quiet) as progress:
        pile = read_pile((path,), progress)
        check(pile.articles)
        if not hide_dates:
            yield pipeline.trace(pile, method.settings, method.facts, progress=progress)
        undated = Pile(without_dates(pile.articles), pile.skipped)
        facts = [fact for fact in method.facts if fact.field != "date"]
        yield pipeline.trace(undated, method.settings, facts, progress=progress)
    if not method.quiet:
        note_skipped(pile.skipped)
