"""Bytes of the file, whole and by table, beside the text in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from speed.printed import MB, table

from index.grown import Work
from index.slices import text_bytes

SMALL = 0.002  # of the file; smaller parts are shown as one


def lines(work: Work) -> list[str]:
    """A row for the file and for each of its tables, aligned articles not counted."""
    text = text_bytes(work.pile, work.articles)
    whole = size_of(work.index)
    rows = [["the file", *_row(whole, text, work.articles)]]
    parts = parts_of(work.index)
    small = sum(size for _, size in parts if size < SMALL * whole)
    shown = [*(part for part in parts if part[1] >= SMALL * whole), ("the rest", small)]
    rows += [[name, *_row(size, text, work.articles)] for name, size in shown]
    return [
        f"{work.articles:,} articles, {text / MB:,.1f} MB of text in UTF-8 "
        f"({text / work.articles:,.0f} bytes each), nothing aligned:",
        "",
        table(rows, ["part", "MB", "of the text", "bytes an article"]),
    ]


def _row(size: int, text: int, articles: int) -> list[str]:
    return [f"{size / MB:,.1f}", f"{size / text:.2f}", f"{size / articles:,.0f}"]


def size_of(index: Path) -> int:
    """Bytes of the file of an index that nobody has open, and of a log that was left beside it."""
    log = index.with_name(index.name + "-wal")
    return index.stat().st_size + (log.stat().st_size if log.exists() else 0)


def parts_of(index: Path) -> list[tuple[str, int]]:
    """Bytes of the pages of each table and each index of one, the largest first; free pages last."""
    with closing(sqlite3.connect(index)) as db:  # the last to close it takes the log away
        parts = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC, 1").fetchall()
        free, page = (db.execute(f"PRAGMA {what}").fetchone()[0] for what in ("freelist_count", "page_size"))
    return [*parts, ("free pages", free * page)]
