"""Articles into an index: those that are known are recognised, the others stored whole before anybody hears of it."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import xxhash

from provenance.errors import IndexFault
from provenance.index import postings, records
from provenance.index.database import Database
from provenance.index.loading import NO_PLACE
from provenance.index.name_sets import all_names, version_of
from provenance.index.places import text
from provenance.model import Article
from provenance.names import known_names
from provenance.reconstruct import settle, told_outlet

What = Literal["added", "version", "known"]

_NEWS = 0.05  # part of the names known that is new; from then on the names are taken into account
_FEW = 20  # new names that always are


class Added(NamedTuple):
    """What became of an article.

    Attributes:
        what: added; a version of another one (same address or same id, another text); or known already.
        id: its id.
        of: the article that it is a version of, or that it is; None where it was simply added.
        number: in the index.
    """

    what: What
    id: str
    of: str | None
    number: int


class Names:
    """The outlets' names under which articles are read while they are added, and the numbers of these sets.

    A name that is new is taken into account with the next twenty or so: the articles read without it that mention it
    are read again when the trace asks for them.
    """

    def __init__(self, database: Database) -> None:
        sets = all_names(database.db)
        self.stated = sets.get(database.stamp("names_stated"), frozenset())
        self.every = sets.get(database.stamp("names"), frozenset())
        self._new: tuple[set[str], set[str]] = set(), set()

    def meet(self, stated: Iterable[str], told: Iterable[str]) -> None:
        """Takes in names that articles state, and names that pages tell."""
        for new, names, known in zip(self._new, (stated, told), (self.stated, self.every), strict=True):
            new.update(name for name in names if name not in known)
        count = sum(map(len, self._new))
        if count > min(_FEW, _NEWS * len(self.every)):
            self.stated |= self._new[0]
            self.every |= self._new[0] | self._new[1]
            self._new[0].clear()
            self._new[1].clear()

    def store(self, db: sqlite3.Connection) -> tuple[int, int]:
        """The numbers of both sets; to be called while writing."""
        numbers = version_of(db, self.stated), version_of(db, self.every)
        db.executemany(
            "INSERT OR REPLACE INTO stamp VALUES (?, ?)", zip(("names_stated", "names"), numbers, strict=True)
        )
        return numbers


class _Ready(NamedTuple):
    """An article as it will be stored."""

    article: Article
    record: bytes
    content: bytes


def add(database: Database, root: str, articles: Sequence[Article], names: Names, wait: float) -> list[Added]:
    """Stores some articles in one transaction.

    Args:
        database: writable.
        root: the path that led to them.
        articles: as they were read.
        names: kept from one portion to the next.
        wait: seconds for another writer.

    Returns:
        What became of each, once it is on the disk.

    Raises:
        BusyIndex, NoRoom: as ``Database.writing``.
    """
    ready = [_Ready(a, record, records.content_of(record)) for a in articles for record in [records.article_bytes(a)]]
    first: dict[bytes, _Ready] = {}
    for one in ready:
        first.setdefault(one.content, one)
    new = [one for one in first.values() if stored_as(database.db, one.content) is None]
    rows = _found_out([one.article for one in new], names)
    packed = [records.packed(one.record) for one in new]
    keys, shingles, words = postings.keys_of([one.article for one in new], range(len(new)), database.settings())
    with database.writing("adding articles", wait) as db:
        sets = names.store(db)
        done: dict[bytes, Added] = {}
        numbers = np.zeros(len(new), dtype=np.uint64)
        for at, one in enumerate(new):
            if stored_as(db, one.content) is not None:  # another process was quicker
                continue
            settled, told = rows[at]
            added = done[one.content] = _insert(db, one, root, settled[0], (int(words[at]), int(shingles[at])))
            numbers[at] = added.number
            db.execute("INSERT INTO record VALUES (?, ?)", (added.number, packed[at]))
            data = records.packed(records.settled_bytes(*settled))
            said = (None, None) if one.article.outlet else (sets[0], told)
            row = added.number, sets[1], data, said[0], text(said[1])
            db.execute("INSERT INTO settled VALUES (?, ?, ?, ?, CAST(? AS TEXT))", row)
        postings.add_segment(db, postings.renumbered(keys, numbers))
        return [done.pop(one.content) if one.content in done else _seen_again(db, root, one) for one in ready]


def _found_out(articles: Sequence[Article], names: Names) -> list[tuple[records.Settled, str | None]]:
    """What each article says of its sources, and the outlet that it tells where it has no metadata."""
    names.meet((a.outlet for a in articles if a.outlet), ())
    told = [None if a.outlet else told_outlet(a, names.stated) for a in articles]
    names.meet((), filter(None, told))
    known = known_names(names.every)
    return [(settle(article, known), outlet) for article, outlet in zip(articles, told, strict=True)]


def _key(content: bytes) -> int:
    """Eight bytes of a digest as SQLite's whole number."""
    return int.from_bytes(content[:8], "little", signed=True)


def stored_as(db: sqlite3.Connection, content: bytes) -> tuple[int, str, str] | None:
    """Number and id of the stored article with some content, and the path that led to it."""
    where = "content_key = ? AND content = ?"
    row: tuple[int, str, str] | None = db.execute(
        f"SELECT number, id, root FROM article WHERE {where} LIMIT 1", (_key(content), content)
    ).fetchone()
    return row


def _seen_again(db: sqlite3.Connection, root: str, one: _Ready) -> Added:
    """Takes note that an article came again, maybe under another id."""
    stored = stored_as(db, one.content)
    assert stored is not None
    number, of, of_root = stored
    if (one.article.id, root) != (of, of_root):
        row = number, text(root), text(one.article.id)
        db.execute("INSERT OR IGNORE INTO also VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT))", row)
    return Added("known", one.article.id, of, number)


def _insert(db: sqlite3.Connection, one: _Ready, root: str, settled: Article, counts: tuple[int, int]) -> Added:
    """Stores what is asked of an article without reading it: ``counts`` are its words and kept shingles."""
    a = one.article
    address = records.address_of(a.url)
    url_key = None if address is None else _key(xxhash.xxh3_64_digest(address.encode("utf-8", "surrogatepass")))
    before = db.execute(
        "SELECT number, id FROM article WHERE url_key = ? ORDER BY number DESC LIMIT 1", (url_key,)
    ).fetchone() or (
        db.execute(
            "SELECT number, id FROM article WHERE id = CAST(? AS TEXT) AND root = CAST(? AS TEXT)"
            " ORDER BY number DESC LIMIT 1",
            (text(a.id), text(root)),
        ).fetchone()
        if root not in NO_PLACE
        else None
    )
    when = settled.published
    ends = [None if end is None else end.timestamp() for end in (when.earliest, when.latest)] if when else [None, None]
    words, shingles = counts
    row = (
        root, a.id, a.path, one.content, _key(one.content), url_key, settled.outlet, *ends, words,
        before[0] if before else None,
    )  # fmt: skip
    number = db.execute(
        "INSERT INTO article (root, id, path, content, content_key, url_key, outlet, earliest, latest, words,"
        " version_of, shingles, seal) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?,"
        " CAST(? AS TEXT), ?, ?, ?, ?, ?, ?)",
        (*(text(value) if isinstance(value, str) else value for value in row), shingles, records.seal_of(row)),
    ).lastrowid
    assert number is not None
    if number > postings.MOST_ARTICLES:
        raise IndexFault(f"an index holds no more than {postings.MOST_ARTICLES:,} articles; begin another one")
    return Added("version" if before else "added", a.id, before[1] if before else None, number)
