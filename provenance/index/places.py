"""The files of an index: the database, its log, and what can be done with them where they lie."""

import os
import sqlite3
from pathlib import Path

from provenance.errors import NoIndex

WAIT = 10.0  # seconds for another writer


def has_bytes(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def refuse_foreign_log(place: Path) -> None:
    """A log without its index may hold the only copy of articles, and would be written into a new index."""
    log = log_of(place)
    if has_bytes(log) and not has_bytes(place):
        raise NoIndex(
            f"{place} is gone, but not {log}, the log of what was last written to it; put the index back beside it, or "
            "delete the log and begin anew"
        )


def named(part: Path, place: Path) -> None:
    """Gives a file its name, but spares an index that somebody else made meanwhile."""
    if place.exists() and place.stat().st_size == 0:
        place.unlink()
    try:
        os.link(part, place)
    except FileExistsError:
        pass
    except OSError:  # no links in this file system
        part.rename(place)


def connected(path: Path) -> sqlite3.Connection:
    """A connection; an index in a place that cannot be written to is read as it is."""
    alone = is_without_locks(path)
    how = "?mode=ro&immutable=1" if alone else "?mode=rw" if is_writable(path) else "?mode=ro"
    db = sqlite3.connect(
        f"{path.resolve().as_uri()}{how}", uri=True, isolation_level=None, check_same_thread=False, timeout=WAIT
    )
    db.text_factory = _read_text
    return db


def text(value: str | None) -> bytes | None:
    """A text as a parameter for ``CAST(? AS TEXT)``: names of files and of outlets may hold half a character.

    >>> text("a\\udcff.txt")
    b'a\\xed\\xb3\\xbf.txt'
    """
    return None if value is None else value.encode("utf-8", "surrogatepass")


def _read_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def is_without_locks(path: Path) -> bool:
    """Whether no file for locks can be made, and none is there."""
    return not is_writable(path) and not log_of(path).exists()


def log_of(path: Path) -> Path:
    place = path.resolve()
    return place.with_name(f"{place.name}-wal")


def looks_of(path: Path) -> tuple[int, int]:
    """By what a change is seen where no lock can be had."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns
