"""The tables of an index, and what it says of how it was made."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import xxhash

from provenance.index.weights_stamp import weight_tables, weights_digest
from provenance.settings import Settings, version

SCHEMA = 1  # of the tables below
APPLICATION = 0x50524F56  # "PROV": how a file of ours is told from any other database
_PAGE = 8192  # bytes; the record of an article of 500 words fits into one

TABLES = """
CREATE TABLE stamp (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: a fingerprint of a removed article is nobody's
    root TEXT NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL,
    content BLOB NOT NULL, content_key INTEGER NOT NULL, url_key INTEGER,
    outlet TEXT, earliest REAL, latest REAL,
    words INTEGER NOT NULL, shingles INTEGER NOT NULL,
    version_of INTEGER,
    seal INTEGER NOT NULL  -- a digest of all of these but the number and the count of shingles
);
CREATE INDEX article_content ON article (content_key);
CREATE INDEX article_url ON article (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX article_id ON article (id);
CREATE TABLE record (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE settled (
    number INTEGER PRIMARY KEY, names INTEGER NOT NULL, data BLOB NOT NULL, told_names INTEGER, told TEXT
);
CREATE TABLE names (version INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE also (number INTEGER NOT NULL, root TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (number, root, id))
    WITHOUT ROWID;
CREATE TABLE segment (number INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL, keys INTEGER NOT NULL);
CREATE TABLE chunk (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE removed (number INTEGER PRIMARY KEY);
CREATE TABLE alignment (
    newer INTEGER NOT NULL, older INTEGER NOT NULL, key BLOB NOT NULL, shared INTEGER NOT NULL, data BLOB,
    PRIMARY KEY (newer, older)
) WITHOUT ROWID;
CREATE INDEX alignment_older ON alignment (older);
CREATE TABLE seen (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
"""


def scheme_of(settings: Settings) -> str:
    """How the fingerprints of an index are made; two of another scheme cannot be compared."""
    return (
        f"xxh3-64 of words in normal form; runs of {settings.shingle_words} words, one in {settings.shingle_rate}, "
        "40 bits each"
    )


def stamp_of(settings: Settings) -> dict[str, str]:
    """What a new index says of how it is made, and a digest of that."""
    told = {
        "scheme": scheme_of(settings),
        "hash": "xxh3",
        "settings": json.dumps(asdict(settings)),
        "weights": weights_digest(settings),
        "program": version(),
    }
    return {**told, "seal": sealed(told.values())}


def sealed(values: Iterable[object]) -> str:
    return xxhash.xxh3_64_hexdigest(repr([*values]).encode())


SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_master"
SEALED = ("scheme", "hash", "settings", "weights", "program")


def fill(part: Path, settings: Settings) -> None:
    """A new index in a file of its own; without a log, whose last write on a full disk would fail unheard."""
    stamp: dict[str, object] = {**stamp_of(settings)}
    tables = {f"table/{name}": data for name, data in weight_tables(settings).items()}
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.executescript(
            f"PRAGMA page_size = {_PAGE}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA};"
            f"BEGIN; {TABLES}"
        )
        db.executemany("INSERT INTO stamp VALUES (?, ?)", (stamp | tables).items())
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
