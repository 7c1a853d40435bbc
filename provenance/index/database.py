"""The one file of an index: how it is opened, read and written.

The write-ahead log lets others read while one process writes, and leaves after a kill all that was committed and
nothing else. Every commit waits for the disk.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from socket import gethostname
from time import monotonic, sleep
from typing import Any

from provenance.errors import (
    BusyIndex,
    DamagedIndex,
    NoIndex,
    NoRoom,
    OtherScheme,
    ProvenanceError,
    SettingError,
)
from provenance.index.meaning import damaged, is_busy, told_apart
from provenance.index.places import (
    WAIT,
    connected,
    has_bytes,
    is_without_locks,
    is_writable,
    looks_of,
    named,
    refuse_foreign_log,
)
from provenance.index.tables import APPLICATION, SCHEMA, SEALED, SHAPE, TABLES, fill, scheme_of, sealed
from provenance.index.weights_stamp import weights_digest
from provenance.settings import Settings

_CACHE = -64_000  # KiB of pages in memory
_LOG = 64_000_000  # bytes to which the write-ahead log is cut once it is written back
_KIND = ("application_id", "user_version")


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
        self._looks = looks_of(path) if is_without_locks(path) else None
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
            if not has_bytes(path):
                if not create:
                    raise NoIndex(f"{path}: there is no index; make one with: provenance index add {path} PATH...")
                return cls._made(path, settings or Settings())
            found = cls(path, connected(path), is_writable(path))
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
            refuse_foreign_log(place)
            try:
                fill(part, settings)
                named(part, place)
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
        if name in SEALED:
            self.check_seal()
        return self._stamped(name)

    def check_seal(self) -> None:
        """Refuses settings that somebody else wrote: they would quietly give other answers.

        Raises:
            DamagedIndex: they are not what was written.
        """
        seal = self._stamped("seal")
        if seal is not None and seal != sealed(map(self._stamped, SEALED)):
            raise damaged(self.path, "what it says of how it was made is not what was written")

    def problems(self) -> Iterator[str]:
        """What is wrong with the tables as such and with what the index says of itself, a line each."""
        try:
            self.check_seal()
        except DamagedIndex:
            yield "what it says of how it was made is not what was written"
        with closing(sqlite3.connect(":memory:")) as new:
            new.executescript(TABLES)
            if set(new.execute(SHAPE)) != set(self.db.execute(SHAPE)):
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
                    if not is_busy(wrong):
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
        if self._looks is not None and self._looks != looks_of(self.path):
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
