"""Articles that were added since the last time are compared with all others, so that no trace need do it."""

import sqlite3
from collections.abc import Sequence

from provenance.index import postings
from provenance.index.database import Database
from provenance.index.loading import stored_articles
from provenance.index.memory import IndexMemory, Stored, stored_house
from provenance.match import House
from provenance.pipeline import Progress, aligned, attributed
from provenance.settings import Settings


def not_aligned(database: Database) -> list[int]:
    """Numbers of the articles that were not compared with the others since they were added."""
    upto = database.stamp("aligned_upto") or 0
    rows = database.db.execute("SELECT number FROM article WHERE number > ? ORDER BY number", (upto,))
    return [number for (number,) in rows]


def align(
    database: Database, names: frozenset[str], progress: Progress | None, threads: int | None, wait: float
) -> int:
    """Compares what was not compared yet, and stores what is found.

    Args:
        database: writable.
        names: the outlets of the index.
        progress, threads: as for ``pipeline.trace``.
        wait: seconds for another writer.

    Returns:
        How many pairs were aligned.

    Raises:
        BusyIndex, NoRoom: as ``Database.writing``.
    """
    new = not_aligned(database)
    if not new:
        return 0
    settings = database.settings()
    with database.reading() as db:
        stored, house = _around(db, new, settings)
        memory = IndexMemory(db, stored, house=house, names=names if house else frozenset())
        articles, _ = attributed([each.article for each in stored.values()], progress, memory)
        aligned(articles, settings, progress, threads=threads, memory=memory)
    memory.store(database, "aligning articles", wait, new[-1])
    return memory.aligned


def _around(db: sqlite3.Connection, new: Sequence[int], settings: Settings) -> tuple[dict[str, Stored], House | None]:
    """New articles with those that share text with them, and the house text; all where that is not many more."""
    house = stored_house(db)
    articles = db.execute("SELECT count(*) FROM article").fetchone()[0]
    if house is None or 2 * len(new) >= articles:
        return stored_articles(db), None
    stored = stored_articles(db, new)
    keys, _, _ = postings.keys_of([each.article for each in stored.values()], range(len(stored)), settings)
    return stored_articles(db, {*new, *postings.partners(db, keys, settings).tolist()}), house
