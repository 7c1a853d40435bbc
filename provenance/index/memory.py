"""What an index remembers of articles, in the form in which the method asks for it; and what is new of it.

Everything here is a function of articles, and is found out again where it is missing: it saves time, decides nothing.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from provenance.index import records
from provenance.index.database import Database
from provenance.index.name_sets import all_names, version_of
from provenance.index.places import text
from provenance.match import Answer, House, Recalled
from provenance.model import Article
from provenance.reconstruct import NameChanges, settle, told_outlet
from provenance.shared import Alignment


class Stored(NamedTuple):
    """An article as it was read, what was found out about it, and under which sets of names."""

    number: int
    article: Article
    names: int
    data: bytes
    told_names: int | None
    told: str | None


@dataclass(slots=True)
class Found:
    """What was found out and is not stored yet, by numbers of articles; of two the newer one first."""

    settled: dict[int, tuple[frozenset[str], bytes]] = field(default_factory=dict)
    told: dict[int, tuple[frozenset[str], str | None]] = field(default_factory=dict)
    alignments: list[tuple[int, int, bytes, Alignment | None]] = field(default_factory=list)
    house: House | None = None


class IndexMemory:
    """The memory of an index for the articles of one trace; see ``pipeline.Memory``.

    Attributes:
        house: house text of the whole index; None where it is to be found in these articles.
        lean: libraries that take a second to load are done without.
        names: outlets of the whole index.
        found: what is new.
        aligned: how many pairs had to be aligned.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        stored: Mapping[str, Stored],
        house: House | None = None,
        names: frozenset[str] = frozenset(),
        lean: bool = False,
    ) -> None:
        """Cost: none; everything is looked up when it is asked for.

        Args:
            db: a connection, reading.
            stored: by id in the trace, of the articles that are stored.
            house, names, lean: see the attributes.
        """
        self._db, self._stored = db, stored
        self.house, self.names, self.lean = house, names, lean
        self.found = Found()
        self.aligned = 0
        self._pairs: set[tuple[int, int]] = set()
        self._sets = all_names(db)
        self._changes: dict[tuple[int, int], NameChanges] = {}
        self._held: dict[int, tuple[object, frozenset[str]]] = {}

    # --- what articles say of their sources ---

    def told_outlet(self, article: Article, known: frozenset[str]) -> str | None:
        """The outlet that a page without metadata tells by itself."""
        row = self._row(article)
        if row is not None and row.told_names is not None and self._still_holds(row.told_names, article, known):
            return row.told
        outlet = told_outlet(article, known)
        if row is not None:
            self.found.told[row.number] = known, outlet
        return outlet

    def settled(self, article: Article, known: Collection[str]) -> records.Settled:
        """The article with its credits read, and the dates that it states."""
        row = self._row(article)
        if row is not None and self._still_holds(row.names, article, known):
            return records.settled_of(records.unpacked(row.data), article)
        settled, dates = settle(article, known)
        if row is not None:
            data = records.packed(records.settled_bytes(settled, dates))
            self.found.settled[row.number] = self._names_in(known), data
        return settled, dates

    def _row(self, article: Article) -> Stored | None:
        """What is stored of an article; nothing where somebody states other things about it than it says."""
        row = self._stored.get(article.id)
        return row if row is not None and row.article is article else None

    def _still_holds(self, names: int, article: Article, known: Collection[str]) -> bool:
        """Whether what was found out under a set of names is the same under those known now."""
        if names not in self._sets:
            return False
        key = names, id(known)
        if key not in self._changes:
            self._changes[key] = NameChanges(self._sets[names] ^ self._names_in(known))
        return not self._changes[key].touch(article)

    def _names_in(self, known: Collection[str]) -> frozenset[str]:
        held = self._held.get(id(known))  # what is held keeps its identity
        if held is None:
            held = self._held[id(known)] = known, frozenset(known)
        return held[1]

    # --- what two articles share ---

    def alignment(self, a: str, b: str, key: bytes) -> Recalled:
        """What two articles share, as far as it is known."""
        if a not in self._stored or b not in self._stored:
            return Answer.UNKNOWN
        pair = self._newer_first(a, b)
        self._pairs.add(pair)
        row = self._db.execute("SELECT key, data FROM alignment WHERE newer = ? AND older = ?", pair).fetchone()
        if row is None or row[0] != key:
            return Answer.UNKNOWN
        return None if row[1] is None else records.alignment_of(records.unpacked(row[1]), a, b)

    def keep(self, a: str, b: str, key: bytes, found: Alignment | None) -> None:
        """Takes note of what two articles share."""
        self.aligned += 1
        if a in self._stored and b in self._stored:
            self.found.alignments.append((*self._newer_first(a, b), key, found))

    def _newer_first(self, a: str, b: str) -> tuple[int, int]:
        one, other = self._stored[a].number, self._stored[b].number
        return max(one, other), min(one, other)

    def keep_house(self, house: House) -> None:
        """Takes note of the house text of all articles."""
        self.found.house = house

    # --- what is new ---

    @property
    def is_empty(self) -> bool:
        """Whether nothing new was found out."""
        new = self.found
        return not (new.settled or new.told or new.alignments or new.house is not None)

    def not_asked(self) -> list[tuple[int, int]]:
        """Stored pairs that nobody asked for; a trace of all articles has no use for them any more."""
        rows: list[tuple[int, int]] = self._db.execute("SELECT newer, older FROM alignment").fetchall()
        return [pair for pair in rows if pair not in self._pairs]

    def store(
        self,
        database: Database,
        doing: str,
        wait: float,
        aligned_upto: int | None = None,
        forgotten: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Stores what is new; what belongs to articles that were removed meanwhile is left out.

        Args:
            database: writable.
            doing: what is said to others who want to write.
            wait: seconds for another writer.
            aligned_upto: number of the last article that is compared with all others now.
            forgotten: pairs that are not stored any longer.

        Raises:
            BusyIndex, NoRoom: as ``Database.writing``.
        """
        is_further = aligned_upto is not None and aligned_upto > (database.stamp("aligned_upto") or 0)
        if self.is_empty and not is_further and not forgotten:
            return
        with database.writing(doing, wait) as db:
            if is_further:
                database.set_stamp("aligned_upto", aligned_upto)
            db.executemany("DELETE FROM alignment WHERE newer = ? AND older = ?", forgotten)
            gone = {number for (number,) in db.execute("SELECT number FROM removed")}
            self._store_settled(db, gone)
            rows = (
                (newer, older, key, *_alignment_columns(found))
                for newer, older, key, found in self.found.alignments
                if newer not in gone and older not in gone
            )
            db.executemany("INSERT OR REPLACE INTO alignment VALUES (?, ?, ?, ?, ?)", rows)
            if self.found.house is not None:
                store_house(db, self.found.house)
        self.found = Found()

    def _store_settled(self, db: sqlite3.Connection, gone: Collection[int]) -> None:
        sets: dict[frozenset[str], int] = {}

        def number_of(names: frozenset[str]) -> int:
            if names not in sets:
                sets[names] = version_of(db, names)
            return sets[names]

        for number, (names, data) in self.found.settled.items():
            if number not in gone:
                db.execute("UPDATE settled SET names = ?, data = ? WHERE number = ?", (number_of(names), data, number))
        for number, (names, told) in self.found.told.items():
            if number not in gone:
                row = number_of(names), text(told), number
                db.execute("UPDATE settled SET told_names = ?, told = CAST(? AS TEXT) WHERE number = ?", row)


def _alignment_columns(found: Alignment | None) -> tuple[int, bytes | None]:
    if found is None:
        return 0, None
    return max(found.shared_a, found.shared_b), records.packed(records.alignment_bytes(found))


# --- house text -----------------------------------------------------------------------------------------------------


def store_house(db: sqlite3.Connection, house: House) -> None:
    """Stores the house text of the index; to be called while writing."""
    data = records.packed(house.shingles.astype("<u8").tobytes())
    db.execute("INSERT OR REPLACE INTO stamp VALUES ('house', ?), ('house_rate', ?)", (data, house.rate))


def stored_house(db: sqlite3.Connection) -> House | None:
    """The house text when all articles were last looked at together; None where they never were."""
    rows = dict(db.execute("SELECT name, value FROM stamp WHERE name IN ('house', 'house_rate')"))
    if len(rows) < 2:
        return None
    shingles = np.frombuffer(records.unpacked(rows["house"]), dtype="<u8").astype(np.uint64)
    return House(shingles, rows["house_rate"])
