"""Articles out of an index, with all that was kept of them."""

import sqlite3


def removed(db: sqlite3.Connection, number: int) -> list[str]:
    """Removes an article with all that belongs to it; its fingerprints are nobody's from now on."""
    ids = [id for (id,) in db.execute("SELECT id FROM article WHERE number = ?", (number,))]
    for table in ("article", "record", "settled", "also"):
        db.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
    db.execute("DELETE FROM alignment WHERE newer = ? OR older = ?", (number, number))
    db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (number,))
    return ids
