"""Some of the articles of an index: by id, by date, and with all that shares text with them."""

import sqlite3
from collections.abc import Iterable
from difflib import get_close_matches

from provenance.errors import InputError
from provenance.index.loading import without_mark
from provenance.index.places import text
from provenance.settings import Settings


def numbers_named(db: sqlite3.Connection, id: str) -> list[int]:
    """The number of the article that an id means, as ``add`` or ``trace`` says it.

    Raises:
        InputError: there is none, or several.
    """
    plain = without_mark(id)
    rows = _named(db, id) or _named(db, plain) or _in_one_line(db, plain) or _within(db, plain)
    if len(rows) > 1 and plain != id:
        rows = [row for row in rows if row[3].lower().startswith(id.rpartition("@")[2])] or rows
    if len(rows) == 1:
        return [rows[0][0]]
    if not rows:
        some = [each for (each,) in db.execute("SELECT id FROM article ORDER BY number DESC LIMIT 5000")]
        near = get_close_matches(id, some, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "add and trace say what articles are called, export lists all"
        raise InputError(f"there is no article {id!r} in the index; {_also(db, plain) or hint}")
    several = ", ".join(f"{each}@{content[:8].lower()} of {root}" for _, root, each, content in rows[:5])
    raise InputError(f"{id!r} means several articles: {several}; name one of them so")


_Row = tuple[int, str, str, str]  # number, root, id, digest
_ROW = "SELECT number, root, id, hex(content) FROM article"


def _named(db: sqlite3.Connection, id: str) -> list[_Row]:
    return list(db.execute(f"{_ROW} WHERE id = CAST(? AS TEXT) ORDER BY number", (text(id),)))


def _in_one_line(db: sqlite3.Connection, id: str) -> list[_Row]:
    """Articles whose id has line breaks, by the id as it is shown."""
    if " " not in id:
        return []
    found = db.execute(f"{_ROW} WHERE instr(id, char(10)) OR instr(id, char(13))")
    return [row for row in found if " ".join(row[2].split()) == " ".join(id.split())]


def _also(db: sqlite3.Connection, id: str) -> str | None:
    """Where an article is that came again under another name."""
    asked = "SELECT a.id FROM also JOIN article a USING (number) WHERE also.id = CAST(? AS TEXT) LIMIT 1"
    row = db.execute(asked, (text(id),)).fetchone()
    return f"the same article is there as {row[0]!r}" if row else None


def _within(db: sqlite3.Connection, id: str) -> list[_Row]:
    """Articles whose id with the path that led to them is this one."""
    file, record, rest = id.partition("#")
    parts = file.split("/")
    for start in range(1, len(parts)):
        root, own = "/".join(parts[:start]), "/".join(parts[start:]) + record + rest
        if found := [row for row in _named(db, own) if row[1].rstrip("/") in (root, file)]:
            return found
    return [row for row in _named(db, parts[-1] + record + rest) if row[1] == file]


def tied_to(db: sqlite3.Connection, number: int, settings: Settings, most: int = -1) -> list[tuple[int, int]]:
    """Articles that share enough counted words with one, and how many; those that share most first, all for -1."""
    rows: list[tuple[int, int]] = db.execute(
        "SELECT CASE WHEN newer = ?1 THEN older ELSE newer END, shared FROM alignment "
        "WHERE (newer = ?1 OR older = ?1) AND shared >= ?2 ORDER BY shared DESC, older, newer LIMIT ?3",
        (number, settings.counted_words, most),
    ).fetchall()
    return rows


def since(db: sqlite3.Connection, seconds: float, settings: Settings) -> set[int]:
    """The articles that may be from a time on, and all that shares text with them."""
    rows = db.execute("SELECT number FROM article WHERE latest IS NULL OR latest >= ?", (seconds,))
    return family_of(db, (number for (number,) in rows), settings)


def family_of(db: sqlite3.Connection, numbers: Iterable[int], settings: Settings) -> set[int]:
    """Articles and all that is tied to them by enough shared text, directly or through others."""
    found = set(numbers)
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        new = {other for other, _ in tied_to(db, number, settings)} - found
        found |= new
        waiting += new
    return found
