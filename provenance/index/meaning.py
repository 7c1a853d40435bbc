"""What SQLite's errors, and records that were changed, mean to a user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.errors import BusyIndex, DamagedIndex, IndexFault, NoIndex, NoRoom
from provenance.index.records import BrokenRecord


def is_busy(wrong: sqlite3.Error) -> bool:
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def told_apart(path: Path) -> Iterator[None]:
    """SQLite's errors as what they mean to a user.

    Raises:
        IndexFault: the kind that says it best.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, BrokenPipeError):  # a question to a closed index; nobody reads any more
        raise
    except (sqlite3.Error, OSError, BrokenRecord) as wrong:
        raise _meaning(path, wrong) from wrong


def _meaning(path: Path, wrong: sqlite3.Error | OSError | BrokenRecord) -> IndexFault:
    if isinstance(wrong, BrokenRecord):
        return damaged(path, str(wrong))
    if isinstance(wrong, OSError):
        return NoRoom(f"{wrong.filename or path}: {wrong.strerror or wrong}; mind room and permissions")
    code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return NoIndex(f"{path} is no index of provenance, or its beginning was changed; name another file")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return NoRoom(f"{path}: no room on the disk, or it fails ({wrong}); what was added is kept. Make room")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return NoRoom(f"{path} cannot be opened or written to ({wrong}); mind its permissions and those of its folder")
    if is_busy(wrong):
        return BusyIndex(f"{path}: somebody else is writing to it; try again later")
    if code == sqlite3.SQLITE_CORRUPT or isinstance(wrong, sqlite3.DatabaseError):
        return damaged(path, str(wrong))
    return IndexFault(f"{path}: {wrong}")


def damaged(path: Path, what: str) -> DamagedIndex:
    """The error for a file that is not as this program left it."""
    return DamagedIndex(
        f"{path} is damaged ({what}); what can still be read of it: provenance index export {path} -o articles.jsonl"
    )
