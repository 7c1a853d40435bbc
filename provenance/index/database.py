"""The one file of an index: its tables, its stamp, how it is opened, and what SQLite's errors mean to a user.

The write-ahead log lets others read while one process writes, and leaves after a kill all that was committed and
nothing else. Every commit waits for the disk.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from socket import gethostname
from time import monotonic, sleep
from typing import Any

import xxhash

from provenance.errors import (
    BusyIndex,
    DamagedIndex,
    IndexFault,
    NoIndex,
    NoRoom,
    OtherScheme,
    ProvenanceError,
    SettingError,
)
from provenance.index.records import BrokenRecord
from provenance.index.weights_stamp import weight_tables, weights_digest
from provenance.settings import Settings, version

SCHEMA = 1  # of the tables below
APPLICATION = 0x50524F56  # "PROV": how a file of ours is told from any other database
_PAGE = 8192  # bytes; the record of an article of 500 words fits into one
_CACHE = -64_000  # KiB of pages in memory
_LOG = 64_000_000  # bytes to which the write-ahead log is cut once it is written back
WAIT = 10.0  # seconds for another writer

_TABLES = """
CREATE TABLE stamp (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: a fingerprint of a removed article is nobody's
    root TEXT NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL,
    content BLOB NOT NULL, content_key INTEGER NOT NULL, url_key INTEGER,
    outlet TEXT, earliest REAL, latest REAL,
    words INTEGER NOT NULL, shingles INTEGER NOT NULL,
    version_of INTEGER, batch INTEGER NOT NULL,
    seal INTEGER NOT NULL  -- a digest of all of these but the number and the count of shingles
);
CREATE INDEX article_content ON article (content_key);
CREATE INDEX article_url ON article (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX article_id ON article (id);
CREATE TABLE record (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE settled (
    number INTEGER PRIMARY KEY, names INTEGER NOT NULL, data BLOB NOT NULL, told_names INTEGER, told TEXT
);
CREATE TABLE names (version INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE also (number INTEGER NOT NULL, root TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (number, root, id))
    WITHOUT ROWID;
CREATE TABLE segment (number INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, keys INTEGER NOT NULL);
CREATE TABLE chunk (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE removed (number INTEGER PRIMARY KEY);
CREATE TABLE alignment (
    newer INTEGER NOT NULL, older INTEGER NOT NULL, key BLOB NOT NULL, shared INTEGER NOT NULL, data BLOB,
    PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE INDEX alignment_older ON alignment (older);
CREATE TABLE seen (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
"""


def scheme_of(settings: Settings) -> str:
    """How the fingerprints of an index are made; two of another scheme cannot be compared."""
    return (
        f"xxh3-64 of words in normal form; runs of {settings.shingle_words} words, one in {settings.shingle_rate}, "
        "40 bits each"
    )


def stamp_of(settings: Settings) -> dict[str, str]:
    """What a new index says of how it is made, and a digest of that."""
    told = {
        "scheme": scheme_of(settings),
        "hash": "xxh3",
        "settings": json.dumps(asdict(settings)),
        "weights": weights_digest(settings),
        "program": version(),
    }
    return {**told, "seal": _sealed(told.values())}


def _sealed(values: Iterable[object]) -> str:
    return xxhash.xxh3_64_hexdigest(repr([*values]).encode())


_SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_SEALED = ("scheme", "hash", "settings", "weights", "program")


class Database:
    """An open index file.

    Attributes:
        path: where it is.
        db: the connection; what is written goes through ``writing``.
        is_writable: whether it can be written to.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, is_writable: bool) -> None:
        self.path, self.db, self.is_writable = path, db, is_writable
        self._inode = path.stat().st_ino
        self._looks = _looks_of(path) if _is_without_locks(path) else None
        self._said: tuple[str, str] | None = None  # what is being done, and what the stamp says of it

    @classmethod
    def opened(cls, path: str | Path, create: bool = False, settings: Settings | None = None) -> "Database":
        """The index at a path.

        Args:
            path: of the file.
            create: make it where there is none.
            settings: of a new one.

        Raises:
            NoIndex, DamagedIndex, OtherScheme, NoRoom: see ``errors``.
        """
        path = Path(path)
        if "\0" in str(path):
            raise NoIndex(f"{str(path)!r} is no name for a file")
        with told_apart(path):
            if path.exists() and not path.is_file():
                what = "a folder" if path.is_dir() else "no file, but a device or a pipe"
                raise NoIndex(f"{path} is {what}; name a file for the index")
            if not _has_bytes(path):
                if not create:
                    raise NoIndex(f"{path}: there is no index; make one with: provenance index add {path} PATH...")
                return cls._made(path, settings or Settings())
            found = cls(path, _connected(path), _is_writable(path))
            try:
                found._check_kind()
                found._prepare()
            except UnicodeDecodeError as wrong:  # of an error of SQLite, which names what is no text any more
                found.close()
                raise damaged(path, str(wrong)) from wrong
            except BaseException:
                found.close()
                raise
        return found

    @classmethod
    def _made(cls, path: Path, settings: Settings) -> "Database":
        """A new index, whole or not at all: it gets its name when it is one."""
        if not path.parent.is_dir():
            raise NoRoom(f"there is no folder {str(path.parent)!r}; make it first")
        try:
            place = path.resolve()  # a link stays a link
        except RuntimeError as wrong:
            raise NoIndex(f"{path} is a link that leads nowhere; name another file") from wrong
        part = place.with_name(f".{place.name}.{token_hex(4)}")
        with told_apart(path):
            _refuse_foreign_log(place)
            try:
                _fill(part, settings)
                _named(part, place)
            finally:
                for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
                    left.unlink(missing_ok=True)
        return cls.opened(path)

    def _check_kind(self) -> None:
        application, schema = (self.db.execute(f"PRAGMA {what}").fetchone()[0] for what in _KIND)
        if application != APPLICATION:
            raise NoIndex(f"{self.path} is a database, but no index of provenance; name another file")
        if schema != SCHEMA:
            raise OtherScheme(
                f"{self.path} was made by another version (tables {schema}, here {SCHEMA}); add the articles to a new "
                "one: provenance index add NEW PATH..."
            )

    def _prepare(self) -> None:
        self.db.execute(f"PRAGMA cache_size = {_CACHE}")
        self.db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
        if self._looks is None:
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.execute(f"PRAGMA journal_size_limit = {_LOG}")

    def check_scheme(self) -> None:
        """Refuses fingerprints that this program does not make.

        Raises:
            OtherScheme: with the command that makes them anew.
        """
        has, wanted = self.stamp("scheme"), scheme_of(self.settings())
        if has != wanted:
            raise OtherScheme(
                f"the fingerprints in {self.path} are of another scheme ({has}; here: {wanted}); make them anew with: "
                f"provenance index refresh {self.path}"
            )

    def check_weights(self, settings: Settings) -> None:
        """Refuses word weights that are not those with which the index was made.

        Raises:
            OtherScheme: with the command that renews them.
        """
        if settings.weights != self.settings().weights:
            return
        try:
            now = weights_digest(settings)
        except (SettingError, OSError) as wrong:
            raise OtherScheme(
                f"the word weights of {self.path} are not there ({wrong}); put the table back, or choose others: "
                f"provenance index refresh {self.path} --weights shipped"
            ) from wrong
        if now != self.stamp("weights"):
            raise OtherScheme(
                f"{self.path} was made with other word weights than {settings.weights!r} are now; renew it with: "
                f"provenance index refresh {self.path}"
            )

    # --- the stamp ---

    def stamp(self, name: str) -> Any:
        """What the index says of itself, None for nothing.

        Raises:
            DamagedIndex: what it says of how it was made is not what was written.
        """
        if name in _SEALED:
            self.check_seal()
        return self._stamped(name)

    def check_seal(self) -> None:
        """Refuses settings that somebody else wrote: they would quietly give other answers.

        Raises:
            DamagedIndex: they are not what was written.
        """
        seal = self._stamped("seal")
        if seal is not None and seal != _sealed(map(self._stamped, _SEALED)):
            raise damaged(self.path, "what it says of how it was made is not what was written")

    def problems(self) -> Iterator[str]:
        """What is wrong with the tables as such and with what the index says of itself, a line each."""
        try:
            self.check_seal()
        except DamagedIndex:
            yield "what it says of how it was made is not what was written"
        with closing(sqlite3.connect(":memory:")) as new:
            new.executescript(_TABLES)
            if set(new.execute(_SHAPE)) != set(self.db.execute(_SHAPE)):
                yield "its tables are not those that this version makes"

    def _stamped(self, name: str) -> Any:
        with told_apart(self.path):
            row = self.db.execute("SELECT value FROM stamp WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_stamp(self, name: str, value: object) -> None:
        """To be called while writing."""
        self.db.execute("INSERT OR REPLACE INTO stamp VALUES (?, ?)", (name, value))

    def settings(self) -> Settings:
        """The settings with which the index was made.

        Raises:
            OtherScheme: another version had other settings.
        """
        try:
            return Settings(**json.loads(self.stamp("settings")))
        except TypeError as wrong:
            raise OtherScheme(
                f"{self.path} was made with settings that this version does not have ({wrong}); renew it with: "
                f"provenance index refresh {self.path}"
            ) from wrong

    # --- reading and writing ---

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One and the same state of the index for all that is read, whoever writes meanwhile."""
        with self._told():
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                self.db.rollback()
                self._refuse_mixed_states()

    @contextmanager
    def writing(self, doing: str, wait: float = WAIT) -> Iterator[sqlite3.Connection]:
        """A change that is made whole or not at all; on return it is on the disk.

        Args:
            doing: what is said to others who want to write.
            wait: seconds for another writer.

        Raises:
            BusyIndex: somebody else is still writing.
            NoRoom: the disk is full, or the index cannot be written to.
        """
        if not self.is_writable:
            raise NoRoom(f"{self.path} cannot be written to; mind its permissions and those of its folder")
        with self._told():
            try:
                self._begin(doing, monotonic() + wait)
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.rollback()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """As ``told_apart``; and whatever a damaged value led to is told as damage."""
        try:
            with told_apart(self.path):
                yield
        except (ProvenanceError, sqlite3.ProgrammingError):
            raise
        except Exception as wrong:
            if self._has_problems():
                raise damaged(self.path, f"{type(wrong).__name__}: {wrong}") from wrong
            raise

    def _has_problems(self) -> bool:
        from provenance.index.checking import problems  # questions do without all that it loads

        try:
            return next(problems(self.db), None) is not None
        except Exception:  # what it looks at is not even of the right kind
            return True

    def _begin(self, doing: str, end: float) -> None:
        """Begins to write once the index says who does: others see that only after it was committed."""
        while True:
            self._wait_for_others(end)
            if self._said is not None and self._said == (doing, self.stamp("writer")):
                return
            me = json.dumps([os.getpid(), gethostname(), doing, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"])
            self._said = doing, me
            try:
                self.set_stamp("writer", me)
                self.db.execute("COMMIT")
            finally:
                self.db.rollback()

    def _wait_for_others(self, end: float) -> None:
        self.db.execute("PRAGMA busy_timeout = 0")  # SQLite's own waiting would hold back Ctrl-C
        try:
            while True:
                try:
                    self.db.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as wrong:
                    if not _is_busy(wrong):
                        raise
                    if monotonic() >= end:
                        raise BusyIndex(f"{self.path} is being written to by {self._writer()}; try again later") from (
                            wrong
                        )
                    sleep(0.02)
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {1000 * WAIT:.0f}")

    def _writer(self) -> str:
        try:
            process, host, doing, since = json.loads(self.stamp("writer"))
        except (ValueError, TypeError):  # nobody has said so yet
            return "another process"
        return f"process {process} on {host} ({doing} since {since})"

    def _refuse_mixed_states(self) -> None:
        """Where no lock can be had, a change under the eyes of a reader is at least seen."""
        if self._looks is not None and self._looks != _looks_of(self.path):
            raise BusyIndex(f"{self.path} was written to while it was read, and its place allows no locks; try again")

    def refuse_another_file(self) -> None:
        """To be called by whoever writes for long: what is written to a file that is gone is lost.

        Raises:
            NoIndex: the file was deleted, or another one has its name now.
        """
        with told_apart(self.path):
            if not self.path.exists() or self.path.stat().st_ino != self._inode:
                raise NoIndex(f"{self.path} was deleted or replaced while it was in use; begin anew")

    def close(self) -> None:
        """Gives the file back; the write-ahead log is written into it where nobody else has it open."""
        self.db.close()


def _fill(part: Path, settings: Settings) -> None:
    """A new index in a file of its own; without a log, whose last write on a full disk would fail unheard."""
    stamp: dict[str, object] = {**stamp_of(settings)}
    tables = {f"table/{name}": data for name, data in weight_tables(settings).items()}
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.executescript(
            f"PRAGMA page_size = {_PAGE}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA};"
            f"BEGIN; {_TABLES}"
        )
        db.executemany("INSERT INTO stamp VALUES (?, ?)", (stamp | tables).items())
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")


def _has_bytes(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _refuse_foreign_log(place: Path) -> None:
    """A log without its index may hold the only copy of articles, and would be written into a new index."""
    log = _log_of(place)
    if _has_bytes(log) and not _has_bytes(place):
        raise NoIndex(
            f"{place} is gone, but not {log}, the log of what was last written to it; put the index back beside it, or "
            "delete the log and begin anew"
        )


def _named(part: Path, place: Path) -> None:
    """Gives a file its name, but spares an index that somebody else made meanwhile."""
    if place.exists() and place.stat().st_size == 0:
        place.unlink()
    try:
        os.link(part, place)
    except FileExistsError:
        pass
    except OSError:  # no links in this file system
        part.rename(place)


_KIND = ("application_id", "user_version")


def _connected(path: Path) -> sqlite3.Connection:
    """A connection; an index in a place that cannot be written to is read as it is."""
    alone = _is_without_locks(path)
    how = "?mode=ro&immutable=1" if alone else "?mode=rw" if _is_writable(path) else "?mode=ro"
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


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _is_without_locks(path: Path) -> bool:
    """Whether no file for locks can be made, and none is there."""
    return not _is_writable(path) and not _log_of(path).exists()


def _log_of(path: Path) -> Path:
    place = path.resolve()
    return place.with_name(f"{place.name}-wal")


def _looks_of(path: Path) -> tuple[int, int]:
    """By what a change is seen where no lock can be had."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _is_busy(wrong: sqlite3.Error) -> bool:
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
    if _is_busy(wrong):
        return BusyIndex(f"{path}: somebody else is writing to it; try again later")
    if code == sqlite3.SQLITE_CORRUPT or isinstance(wrong, sqlite3.DatabaseError):
        return damaged(path, str(wrong))
    return IndexFault(f"{path}: {wrong}")


@contextmanager
def whole_records(path: Path) -> Iterator[None]:
    """What cannot be read, before and after reading one state, as what it means to a user.

    Raises:
        IndexFault: as ``told_apart``.
    """
    with told_apart(path):
        yield


def damaged(path: Path, what: str) -> DamagedIndex:
    """The error for a file that is not as this program left it."""
    return DamagedIndex(
        f"{path} is damaged ({what}); what can still be read of it: provenance index export {path} -o articles.jsonl"
    )
