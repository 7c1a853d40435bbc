"""The articles of an index as JSON lines."""

import json
import sqlite3
from collections.abc import Iterator

from provenance.index.loading import Broken, rows_of
from provenance.model import Article, Published

_TOGETHER = 200


def lines(db: sqlite3.Connection, broken: list[str] | None = None) -> Iterator[str]:
    """Each article as a line.

    Args:
        db: a connection, reading.
        broken: ids of articles that cannot be read any more are added to it; without it they are an error.

    Raises:
        Broken, sqlite3.DatabaseError: see ``broken``.
    """
    ids = dict(db.execute("SELECT number, id FROM article ORDER BY number"))
    numbers = list(ids)
    for start in range(0, len(numbers), _TOGETHER):
        some = numbers[start : start + _TOGETHER]
        try:
            articles = [stored.article for _, _, stored in rows_of(db, some)]
        except (Broken, sqlite3.DatabaseError):
            if broken is None:
                raise
            articles = list(_those_whole(db, some, ids, broken))
        for article in articles:
            yield f"{json.dumps(record_of(article), ensure_ascii=False)}\n".encode("utf-8", "replace").decode()


def _those_whole(
    db: sqlite3.Connection, numbers: list[int], ids: dict[int, str], broken: list[str]
) -> Iterator[Article]:
    for number in numbers:
        try:
            read = [stored.article for _, _, stored in rows_of(db, [number])]
        except (Broken, sqlite3.DatabaseError):
            read = []
        if not read:
            broken.append(ids[number])
        yield from read


def record_of(article: Article) -> dict[str, str]:
    """What a line says of an article; what is not known is left out."""
    said = {
        "id": article.id,
        "outlet": article.outlet,
        "date": _date(article.published),
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "language": article.language,
        "text": article.text,
    }
    return {name: value for name, value in said.items() if value}


def _date(published: Published | None) -> str | None:
    """The day or the minute, where one is known."""
    if published is None or published.earliest is None or published.latest is None:
        return None
    seconds = (published.latest - published.earliest).total_seconds()
    if seconds < 60:
        return published.earliest.isoformat()
    return f"{published.earliest:%Y-%m-%d}" if seconds <= 86_400 else None
