"""Under which names of outlets something was found out: each set of names is kept once, with the program's version."""

import json
import sqlite3
import zlib

import xxhash

from provenance.index.records import BrokenRecord
from provenance.settings import version as program


def version_of(db: sqlite3.Connection, names: frozenset[str]) -> int:
    """The number of a set of names; it is stored where it is new. To be called while writing."""
    data = json.dumps([program(), sorted(names)]).encode()
    digest = xxhash.xxh3_128_digest(data)
    row = db.execute("SELECT version FROM names WHERE digest = ?", (digest,)).fetchone()
    if row:
        return int(row[0])
    made = db.execute("INSERT INTO names (digest, data) VALUES (?, ?)", (digest, zlib.compress(data))).lastrowid
    assert made is not None
    return made


def all_names(db: sqlite3.Connection) -> dict[int, frozenset[str]]:
    """Every set of names by its number, but those of other versions of the program, which may read other things."""
    found = {}
    for version, data in db.execute("SELECT version, data FROM names"):
        try:
            program_then, names = json.loads(zlib.decompress(data))
            if program_then == program():
                found[version] = frozenset(names)
        except (zlib.error, ValueError) as wrong:
            raise BrokenRecord(str(wrong)) from wrong
    return found
