"""articles.csv beside the files: what a person has written down about them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from provenance.errors import ProvenanceError
from provenance.ingest.decode import decode
from provenance.ingest.known import Known, field_of, known_from
from provenance.ingest.records import rows_of_table
from provenance.model import Skipped

NAME = "articles.csv"


def known_of(file: Path, root: Path) -> Known:
    """What the articles.csv in the folder of a file, or in one above it up to a root, says of it; nearest first."""
    known = Known()
    for table in _tables(file, root):
        known = known.over(_table(table, table.stat().st_mtime_ns)[0].get(file.resolve(), Known()))
    return known


def _tables(file: Path, root: Path) -> list[Path]:
    folders = [folder for folder in file.parents if folder.is_relative_to(root)] or [file.parent]
    return [folder / NAME for folder in folders if (folder / NAME).is_file()]


def unused(files: Iterable[Path]) -> list[Skipped]:
    """Rows of the tables beside some files that name no file, and tables that cannot be read."""
    tables = {folder / NAME for folder in {file.parent for file in files}}
    return [note for table in sorted(tables) if table.is_file() for note in _table(table, table.stat().st_mtime_ns)[1]]


@lru_cache(maxsize=64)
def _table(table: Path, _changed: int) -> tuple[dict[Path, Known], tuple[Skipped, ...]]:
    known: dict[Path, Known] = {}
    notes: list[Skipped] = []
    shown = table.as_posix()
    try:
        for line, row in rows_of_table(decode(table.read_bytes()).text):
            named = field_of(row, "path")
            file = (table.parent / str(named[1]).strip()).resolve() if named else None
            if file is None:
                notes.append(Skipped(shown, f"line {line}: the column path is empty"))
            elif not file.is_file():
                notes.append(Skipped(shown, f"line {line}: there is no file {named[1] if named else ''} beside it"))
            else:
                known[file] = known_from(row, "articles.csv, column {}")
    except (ProvenanceError, OSError) as error:
        notes.append(Skipped(shown, str(error)))
    return known, tuple(notes)
