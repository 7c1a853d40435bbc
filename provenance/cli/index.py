"""provenance index: what was seen, in one file that grows; new articles in, questions out."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from provenance.cli.forms import Wanted, forms, rendered
from provenance.cli.options import CHANGED, PATH, QUIET, THREADS, Look, looks
from provenance.cli.output import check_output, note_result, note_skipped, one_line, put
from provenance.cli.progress import Progress
from provenance.cli.reading import expect_much
from provenance.errors import InputError
from provenance.settings import Settings

INDEX = click.argument("index", type=click.Path(dir_okay=False), metavar="INDEX")


class Seconds(click.FloatRange):
    """A time to wait: a number that ends."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is no time to wait", param, ctx)
        return found


def _seconds(option: str, least: float, default: float, help: str) -> Callable[[Any], Any]:
    """An option that takes a time to wait."""
    kind = Seconds(least, 1_000_000)
    return click.option(option, type=kind, default=default, show_default=True, metavar="SECONDS", help=help)


WAIT = _seconds("--wait", 0, 10.0, "How long to wait for another process that writes.")
_SOME = 200  # lines that are written together


@click.group(short_help="Keep what was seen in one file; ask where a new text is from.")
def index() -> None:
    """Keep what was seen in one file, and ask where a new text is from.

    What was read once is not read again: articles are added as they come, and a new text is placed in a moment.

    \b
    Example: provenance index add news.index articles/
             provenance index query news.index new.txt
             provenance trace --index news.index
    """


def _add_options(command: Callable[..., None]) -> Callable[..., None]:
    @click.option(
        "--weights",
        metavar="shipped|pile|FILE",
        help="How rare words are, for a new index; one that is there keeps its own, see: provenance index refresh.",
    )
    @CHANGED
    @wraps(command)
    def with_settings(*, weights: str | None, changed: tuple[tuple[str, Any], ...], **others: Any) -> None:
        stated = dict(changed) | ({"weights": weights} if weights else {})
        command(stated=stated, **others)

    return with_settings


@index.command()
@INDEX
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option(
    "--align/--no-align",
    default=None,
    help="Compare the new articles with all others now, or leave it to the first trace. Without either: now, unless "
    "there are more than 2,000.",
)
@_add_options
@QUIET
@THREADS
@WAIT
def add(
    index: str,
    paths: tuple[str, ...],
    align: bool | None,
    stated: dict[str, Any],
    quiet: bool,
    threads: int | None,
    wait: float,
) -> None:
    """Add articles to an index, which is made where there is none.

    PATH is a file or a folder (.txt .md .html .jsonl .json .csv, each also .gz), or - for stdin. Says on stdout what
    became of each article once it is on the disk: added, version (same address or file, other text) or known.

    \b
    Example: provenance index add news.index articles/
    """
    expect_much()
    with _opened(index, _settings_of(stated), create=True) as opened:
        _refuse_other_settings(opened.settings, stated, index)
        counts = dict.fromkeys(("added", "version", "known"), 0)
        skipped = []
        with Progress(quiet) as progress:
            for portion in opened.added(paths, progress, threads, align=align, wait=wait):
                skipped += portion.skipped
                put("".join(_said_of(one) for one in portion.added).encode("utf-8", "replace"))
                for one in portion.added:
                    counts[one.what] += 1
        if not quiet and any(counts.values()):
            note_skipped(tuple(skipped))
            _note_added(counts, len(opened), opened.waiting, index)
    if not sum(counts.values()):
        why = "; ".join(f"{s.path}: {s.reason}" for s in skipped[:3]) or "there is no article in it"
        raise InputError(f"nothing could be read ({why})")


def _said_of(one: Any) -> str:
    other = "" if one.of is None or one.of == one.id else f"\t{one_line(one.of)}"
    return f"{one.what}\t{one_line(one.id)}{other}\n"


def _note_added(counts: dict[str, int], articles: int, waiting: int, index: str) -> None:
    said = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing"
    click.echo(f"{said}; {_counted(articles)} in {one_line(index)}", err=True)
    if waiting:
        click.echo(f"{waiting:,} of them are not compared with the others yet: the next trace does it", err=True)


def _counted(articles: int) -> str:
    from provenance.report.wording import counted

    return counted(articles, "article")


@index.command()
@INDEX
@click.argument("file", type=PATH, metavar="FILE")
@click.option("--date", metavar="DATE", help="When the text appeared, where it does not say so itself.")
@click.option("--outlet", metavar="NAME", help="Whose text it is, likewise.")
@forms
@CHANGED
@QUIET
@looks
def query(
    index: str,
    file: str,
    date: str | None,
    outlet: str | None,
    wanted: Wanted,
    output: str | None,
    changed: tuple[tuple[str, Any], ...],
    quiet: bool,
    look: Look,
) -> None:
    """Say where one text comes from.

    FILE holds one article, or is - for stdin. It is not added. The answer names sources in the index and, where the
    text itself names them, others; with shares, passages, reasons and how sure they are. As table or csv it is the
    arrows to this text; as tree, html or json also what its sources come from, and what else is of its family.

    \b
    Examples: provenance index query news.index new.txt
              provenance index query news.index - --date 2031-05-03 < pasted.txt
    """
    from dataclasses import replace

    from provenance.index.files import one_article

    check_output(output, (*_files_of(index), file))
    with _opened(index) as opened:
        article = one_article(file)
        articles, stored = len(opened), opened.named_as(article)
        if not stored:
            article = _stated(article, date=date, outlet=outlet)
        found, id = opened.asked(article, replace(opened.settings, **dict(changed)))
    if wanted.form != "json":
        found = replace(found, derivations=found.at_least(wanted.at_least))
    if stored and not quiet:
        click.echo(f"this very article is in the index, as {one_line(stored)}", err=True)
    if wanted.form in ("csv", "table"):
        found = replace(found, derivations=found.sources_of(id))
    if wanted.form != "tree":
        put(rendered(found, wanted, look, (file,), Progress(quiet=True)), output)
    else:
        put(_answer(found, id, articles, look), output)
    if not quiet:
        note_result(found, wanted, output)


def _stated(article: Any, **said: str | None) -> Any:
    """The article with what the one who asks knows of it."""
    from provenance.ingest import with_facts
    from provenance.ingest.facts import checked
    from provenance.model import Fact, Pile

    facts = [checked(Fact(article.id, field, value, "whoever asks")) for field, value in said.items() if value]
    return with_facts(Pile((article,)), facts).articles[0]


def _answer(found: Any, id: str, articles: int, look: Look) -> str:
    from provenance.report.answer import answer
    from provenance.report.terminal import summary

    said = answer(found, id, articles, ascii=look.ascii, width=look.width)
    if len(found.articles) < 2 and not found.derivations:
        return said
    pile = f"its family of {len(found.articles)} articles"
    rest = summary(found, ascii=look.ascii, width=look.width, color=look.color, pile=pile)
    return f"{said}\n{rest}"


@index.command()
@INDEX
def info(index: str) -> None:
    """Say what is in an index and how it was made.

    \b
    Example: provenance index info news.index
    """
    with _opened(index) as opened:
        told = opened.info()
    width = max(map(len, told)) + 2
    put("".join(f"{name:{width}}{_shown(value)}\n" for name, value in told.items()))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {each}" for name, each in value.items()) or "none"
    return f"{value:,}" if isinstance(value, int) else "-" if value is None else str(value)


@index.command()
@INDEX
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@QUIET
@WAIT
def remove(index: str, ids: tuple[str, ...], quiet: bool, wait: float) -> None:
    """Remove articles; all that was kept of them goes.

    ID is what add and trace call an article. All are removed, or none.

    \b
    Example: provenance index remove news.index 03-detours.txt
    """
    with _opened(index) as opened:
        gone = opened.remove(ids, wait)
        left = len(opened)
    put("".join(f"removed\t{one_line(id)}\n" for id in gone).encode("utf-8", "replace"))
    if not quiet:
        click.echo(f"{len(gone):,} removed; {_counted(left)} in {one_line(index)}", err=True)


@index.command()
@INDEX
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of stdout.")
@QUIET
def export(index: str, output: str | None, quiet: bool) -> None:
    """Write all articles as JSON lines, which every command reads.

    Text, outlet, title, byline, address, language and the day or minute travel; what was read as page frame, and a
    date that is only a month or a year, do not. Damaged articles are left out, named on stderr, and the exit code is 1.

    \b
    Example: provenance index export news.index -o articles.jsonl
    """
    output = None if output == "-" else output
    check_output(output, _files_of(index))
    broken: list[str] = []
    with _opened(index) as opened:
        put(opened.export(broken), output)
    for id in broken[:_SOME]:
        click.echo(f"damaged, left out: {one_line(id)}", err=True)
    if broken:
        raise InputError(f"{len(broken):,} articles of {index} could not be read any more")


@index.command()
@INDEX
@QUIET
def check(index: str, quiet: bool) -> None:
    """Look whether an index is whole: every record is read and compared.

    Exit code 0 where it is, 1 where something is wrong, with a line for each thing.

    \b
    Example: provenance index check news.index
    """
    with _opened(index) as opened, Progress(quiet) as progress:
        wrong = opened.check(progress)
        articles = len(opened)
    if wrong:
        put("".join(f"{one_line(line)}\n" for line in wrong))
        raise InputError(
            f"{index} is damaged; what can still be read of it: provenance index export {index} -o articles.jsonl"
        )
    put(f"{index} is whole: {_counted(articles)}\n")


@index.command()
@INDEX
@click.option(
    "--weights", metavar="shipped|pile|FILE", help="Other word weights from now on; see provenance trace --help."
)
@QUIET
@WAIT
def refresh(index: str, weights: str | None, quiet: bool, wait: float) -> None:
    """Renew what an index was made with, and say what changed.

    Word weights, the scheme of fingerprints, and what the articles say of their sources: with this version's
    knowledge. The articles themselves stay as they were read.

    \b
    Examples: provenance index refresh news.index
              provenance index refresh news.index --weights pile
    """
    with _opened(index) as opened, Progress(quiet) as progress:
        for line in opened.refresh(weights, progress, wait):
            put(f"{one_line(line)}\n")


@index.command()
@INDEX
@click.argument("folder", type=click.Path(exists=True, file_okay=False), metavar="DIR")
@click.option("--once", is_flag=True, help="Only what is there now, then end: for cron.")
@_seconds("--every", 0.1, 2.0, "Between two looks.")
@_add_options
@QUIET
@WAIT
def watch(index: str, folder: str, once: bool, every: float, stated: dict[str, Any], quiet: bool, wait: float) -> None:
    """Add the files of a folder as they come, and say where each is from.

    A line on stdout for each article that has a source. A file is read once nobody writes to it any more (with --once
    at once: move files in whole). Ctrl-C ends it.

    \b
    Example: provenance index watch news.index incoming/ --once
    """
    from provenance.report.answer import placed

    with _opened(index, _settings_of(stated), create=True) as opened:
        _refuse_other_settings(opened.settings, stated, index)
        if not quiet:
            click.echo(f"watching {one_line(folder)}; Ctrl-C ends it" if not once else "", err=True, nl=not once)
        for one, found in opened.watch(folder, once, every, None if quiet else _note_one, wait):
            line = placed(*found) if found else None
            if line:  # of what was known, too, where nobody was told of it
                put(f"{one_line(one.id)}: from {line}\n")
            elif not quiet:
                none = ", no source found" if found else ""
                other = f", as {one_line(one.of)}" if one.what == "known" and one.of != one.id else ""
                click.echo(f"{one.what}: {one_line(one.id)}{other}{none}", err=True)


def _note_one(skipped: Any) -> None:
    note_skipped((skipped,))


# --- an index that is there ------------------------------------------------------------------------------------------


def _files_of(index: str) -> tuple[str, ...]:
    """The files of an index, which nothing else may be written to."""
    return index, f"{index}-wal", f"{index}-shm"


def _opened(index: str, settings: Settings | None = None, create: bool = False) -> Any:
    from provenance.index import Index

    return Index.open(index, create=create, settings=settings)


def _settings_of(stated: dict[str, Any]) -> Settings:
    from dataclasses import replace

    return replace(Settings(), **stated)


def _refuse_other_settings(has: Settings, stated: dict[str, Any], index: str) -> None:
    other = [name for name, value in stated.items() if getattr(has, name) != value]
    if other:
        raise click.UsageError(
            f"{index} was made with {', '.join(f'{name} = {getattr(has, name)}' for name in other)}, and keeps it; "
            "make another index, or change it for one trace: provenance trace --index"
        )
