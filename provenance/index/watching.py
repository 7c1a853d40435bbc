"""New files of a folder into an index as they come."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from provenance.index.database import Database
from provenance.index.places import text
from provenance.ingest import article_files


class Seen(NamedTuple):
    """What a file looked like: its size, and when it was changed, in nanoseconds of whatever clock."""

    size: int
    changed: int


def looks_of(folder: Path) -> dict[str, Seen]:
    """The files of a folder that may hold articles, and what they look like."""
    found: dict[str, Seen] = {}
    for path in article_files(folder):
        try:
            told = path.stat()
        except OSError:  # gone meanwhile
            continue
        found[str(path)] = Seen(told.st_size, told.st_mtime_ns)
    return found


def not_seen(db: sqlite3.Connection, looks: Mapping[str, Seen]) -> list[str]:
    """The files that are not in the index as they look now. No clock is asked: other than before is new."""
    known = {path: Seen(size, changed) for path, size, changed in db.execute("SELECT path, size, changed FROM seen")}
    return sorted(path for path, look in looks.items() if known.get(path) != look)


def settled_down(looks: Mapping[str, Seen], before: Mapping[str, Seen]) -> dict[str, Seen]:
    """The files that look as they did the last time: nobody is writing them any more."""
    return {path: look for path, look in looks.items() if before.get(path) == look}


def note_seen(database: Database, looks: Mapping[str, Seen], wait: float) -> None:
    """Takes note of files whose articles are in the index."""
    with database.writing("watching a folder", wait) as db:
        rows = ((text(path), look.size, look.changed) for path, look in looks.items())
        db.executemany("INSERT OR REPLACE INTO seen VALUES (CAST(? AS TEXT), ?, ?)", rows)
