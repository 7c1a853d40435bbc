"""Data to stdout or whole into a file; notes to stderr."""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from provenance.cli.forms import Wanted
from provenance.model import Skipped, Trace

_SKIPPED_SHOWN = 20  # lines on stderr; the JSON has all
_MOST_OF_A_PAGE = 5_000  # articles; about 70 MB, and 3 ms an article until a browser has laid it out
_TOGETHER = 200  # pieces of a record that are written at once; an article with its text is one


def check_output(output: str | None, paths: Iterable[str] = ()) -> None:
    """Refuses a place that cannot be written to before the work, not after it, and one of the files to be read."""
    if output is None:
        return
    if any(path != "-" and Path(path).is_file() and Path(path).resolve() == Path(output).resolve() for path in paths):
        raise click.BadParameter(f"{output!r} is read; name another file", param_hint="-o")
    if Path(output).is_dir():
        raise click.BadParameter(f"{output!r} is a folder; name a file", param_hint="-o")
    if not Path(output).parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(Path(output).parent)!r}; make it first", param_hint="-o")


def put(data: str | bytes | Iterable[str], output: str | None = None) -> None:
    """Data to stdout, or whole to a file.

    Args:
        data: people's text, which comes in what the terminal can show; bytes; or the pieces of a record, which are in
            UTF-8 wherever they go, and of which no more than some hundred are in memory at once.
        output: a file; stdout without it.
    """
    chunks = (
        [data.encode("utf-8", "replace")]
        if isinstance(data, str)
        else [data]
        if isinstance(data, bytes)
        else _encoded(data)
    )
    if output is not None:
        _write(Path(output), chunks)
        return
    if sys.stdout is None:  # closed by whoever started us
        raise click.ClickException("there is no standard output to write to; use -o FILE")
    if isinstance(data, str):
        encoding = sys.stdout.encoding or "utf-8"
        _say(data.encode(encoding, "replace").decode(encoding))
    else:
        for chunk in chunks:
            _say(chunk)


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in larger ones, as bytes."""
    waiting = iter(pieces)
    while together := list(islice(waiting, _TOGETHER)):
        yield "".join(together).encode()


def _say(data: str | bytes) -> None:
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise
    except OSError as wrong:
        raise click.FileError("standard output", wrong.strerror) from wrong


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole or not at all; a pipe or device is written to as it is."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as there:
                there.writelines(chunks)
            return
        path = path.resolve()  # a link stays a link
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            try:
                part.writelines(chunks)
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


def note_skipped(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped[:_SKIPPED_SHOWN]:
        click.echo(f"not read: {one_line(one.path)}: {one_line(one.reason)}", err=True)
    if len(skipped) > _SKIPPED_SHOWN:
        click.echo(f"not read: {len(skipped) - _SKIPPED_SHOWN} more (the JSON lists all)", err=True)


def note_size(found: Trace, wanted: Wanted) -> None:
    """Says, before it is made, that a page will be more than a browser shows well."""
    articles = len(found.articles)
    if wanted.form == "html" and articles > _MOST_OF_A_PAGE:
        click.echo(
            f"a page of {articles:,} articles opens slowly, if a browser opens it at all; {_MOST_OF_A_PAGE:,} take "
            "it a quarter of a minute. Give a smaller pile, or take --format tree, csv or json",
            err=True,
        )


def note_result(found: Trace, wanted: Wanted, output: str | None) -> None:
    hidden = len(found.derivations) - len(found.at_least(wanted.at_least))
    if hidden and wanted.form != "json":
        click.echo(
            f"{hidden} of {len(found.derivations)} derivations are below {wanted.at_least:g} and not shown", err=True
        )
    note_written(output, (len(found.articles), "article"), (len(found.derivations), "derivation"))


def note_written(output: str | None, *what: tuple[int, str]) -> None:
    from provenance.report.wording import counted

    if output:
        said = ", ".join(counted(n, one) for n, one in what)
        click.echo(f"wrote {one_line(output)} ({said})", err=True)


def one_line(text: str) -> str:
    from provenance.report.wording import plain

    return plain(text)
