"""Articles out of an index, as they were read, under the ids that a trace of their files would give them."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from provenance.index import records
from provenance.index.memory import Stored
from provenance.ingest import called, told_apart
from provenance.model import shelved
from provenance.shelf import Shelf

_ROW = (
    "SELECT a.number, a.root, a.id, a.path, hex(a.content), r.data, s.names, s.data, s.told_names, s.told "
    "FROM article a LEFT JOIN record r USING (number) LEFT JOIN settled s USING (number)"
)
NO_PLACE = ("-", "")  # standard input, and articles that no path led to: equal ids mean nothing there
_ASKED = 500  # numbers in one question
_IN_MEMORY = 1_000_000_000  # characters of text; more lie in a temporary file
_MARK = 8  # letters of the digest that tells apart what has one id in one place


class Broken(records.BrokenRecord):
    """The record of a certain article is not as it was written."""

    def __init__(self, id: str, why: object) -> None:
        super().__init__(f"the record of {id}: {why}")
        self.id = id


def stored_articles(db: sqlite3.Connection, numbers: Collection[int] | None = None) -> dict[str, Stored]:
    """Some articles, or all of them, by their ids.

    Args:
        db: a connection, reading.
        numbers: of the articles; those that are not there are left out.

    Raises:
        Broken: a record was changed by something else.
    """
    rows = list(_told_apart([*rows_of(db, numbers)]))
    return {stored.article.id: stored for stored in sorted(rows, key=lambda stored: stored.article.id)}


def rows_of(db: sqlite3.Connection, numbers: Collection[int] | None = None) -> Iterator[tuple[str, str, Stored]]:
    """The path that led to each article, its digest, and what is stored of it; in the order of the numbers."""
    shelf: Shelf | None = None
    characters = 0
    for number, root, id, path, content, data, *settled in _rows(db, numbers):
        try:
            record = records.unpacked(data)  # none at all is broken, too
            if records.content_of(record).hex().upper() != content:
                raise records.BrokenRecord("it is not what was added")
            article = records.article_of(record, id, path)
        except records.BrokenRecord as why:
            raise Broken(id, why) from why
        characters += len(article.text)
        if characters > _IN_MEMORY:
            shelf = shelf or Shelf()
            article = shelved(article, shelf)
        yield root, content, Stored(number, article, *settled)


def _rows(db: sqlite3.Connection, numbers: Collection[int] | None) -> Iterator[tuple[Any, ...]]:
    if numbers is None:
        yield from db.execute(f"{_ROW} ORDER BY a.number")
        return
    for some in listed(sorted(numbers)):
        yield from db.execute(f"{_ROW} WHERE a.number IN ({some}) ORDER BY a.number")


def _told_apart(rows: Sequence[tuple[str, str, Stored]]) -> Iterator[Stored]:
    """As ``ingest.read`` tells ids apart; of what came from one place with other words each gets its digest behind."""
    placed = [(root, [stored.article]) for root, _, stored in rows if root not in NO_PLACE]
    apart = iter(told_apart(placed) if len(placed) > 1 else [articles[0] for _, articles in placed])
    articles = [stored.article if root in NO_PLACE else next(apart) for root, _, stored in rows]
    count = Counter(article.id for article in articles)
    for article, (_, content, stored) in zip(articles, rows, strict=True):
        if count[article.id] > 1:
            article = called(article, f"{article.id}@{content[:_MARK].lower()}")
        yield stored if article is stored.article else stored._replace(article=article)


def listed(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers as a question names them, so many that it does not become too long."""
    for start in range(0, len(numbers), _ASKED):
        yield ",".join(str(int(number)) for number in numbers[start : start + _ASKED])


def without_mark(id: str) -> str:
    """An id without the digest that tells it apart."""
    front, at, mark = id.rpartition("@")
    return front if at and len(mark) == _MARK and all(c in "0123456789abcdef" for c in mark) else id
