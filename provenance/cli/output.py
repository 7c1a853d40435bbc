"""Data to stdout or whole into a file; notes to stderr."""

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from provenance.cli.forms import Wanted
from provenance.model import Skipped, Trace

_SKIPPED_SHOWN = 20  # lines on stderr; the JSON has all


def check_output(output: str | None) -> None:
    """Refuses a place that cannot be written to before the work, not after it."""
    if output is None:
        return
    if Path(output).is_dir():
        raise click.BadParameter(f"{output!r} is a folder; name a file", param_hint="-o")
    if not Path(output).parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(Path(output).parent)!r}; make it first", param_hint="-o")


def put(data: str | bytes, output: str | None = None) -> None:
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


def note_skipped(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped[:_SKIPPED_SHOWN]:
        click.echo(f"not read: {one_line(one.path)}: {one_line(one.reason)}", err=True)
    if len(skipped) > _SKIPPED_SHOWN:
        click.echo(f"not read: {len(skipped) - _SKIPPED_SHOWN} more (the JSON lists all)", err=True)


def note_result(found: Trace, wanted: Wanted, output: str | None) -> None:
    hidden = len(found.derivations) - len(found.at_least(wanted.at_least))
    if hidden and wanted.form != "json":
        click.echo(
            f"{hidden} of {len(found.derivations)} derivations are below {wanted.at_least:g} and not shown", err=True
        )
    if output:
        from provenance.report.wording import counted

        said = f"{counted(len(found.articles), 'article')}, {counted(len(found.derivations), 'derivation')}"
        click.echo(f"wrote {one_line(output)} ({said})", err=True)


def one_line(text: str) -> str:
    from provenance.report.wording import plain

    return plain(text)
