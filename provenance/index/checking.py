"""Whether an index is whole: nothing damaged, nothing half there, nothing that belongs to nobody."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from provenance.index import postings, records
from provenance.model import Article
from provenance.pipeline import Progress

_ORPHANS = {
    "record": "number NOT IN (SELECT number FROM article)",
    "settled": "number NOT IN (SELECT number FROM article)",
    "also": "number NOT IN (SELECT number FROM article)",
    "alignment": "newer NOT IN (SELECT number FROM article) OR older NOT IN (SELECT number FROM article)",
}
_MOST = 20  # of a kind


def problems(db: sqlite3.Connection, progress: Progress | None = None) -> Iterator[str]:
    """What is wrong with an index, a line each; nothing where it is whole.

    Every record is unpacked and compared with its digest, every fingerprint counted.

    Cost: 0.1 ms an article.
    """
    structure = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST})")]
    if structure != ["ok"]:
        yield from (f"the file's structure: {line}" for line in structure)
        return
    for table, where in _ORPHANS.items():
        count = db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
        if count:
            yield f"{count:,} rows of {table} belong to no article"
    yield from _of_articles(db, progress)
    yield from _of_fingerprints(db)
    yield from _of_alignments(db)


def _of_articles(db: sqlite3.Connection, progress: Progress | None) -> Iterator[str]:
    total = db.execute("SELECT count(*) FROM article").fetchone()[0]
    rows = db.execute(
        "SELECT r.data, s.data, s.names IN (SELECT version FROM names), a.seal, a.root, a.id, a.path, a.content, "
        "a.content_key, a.url_key, a.outlet, a.earliest, a.latest, a.words, a.version_of "
        "FROM article a LEFT JOIN record r USING (number) LEFT JOIN settled s USING (number) ORDER BY a.number"
    )
    for done, (record, settled, is_named, seal, *columns) in enumerate(rows, start=1):
        _, id, path, content, *_ = columns
        if records.seal_of(columns) != seal:
            yield f"what is known of {id} beside its text was changed"
        if record is None or settled is None:
            yield f"{id} is half there: its {'text' if record is None else 'credits'} are missing"
            continue
        try:
            whole = records.unpacked(record)
            article: Article = records.article_of(whole, id, path)
            records.settled_of(records.unpacked(settled), article)
        except records.BrokenRecord as why:
            yield f"the record of {id} is damaged: {why}"
            continue
        if records.content_of(whole) != content:
            yield f"the record of {id} is not what was added"
        if not is_named:
            yield f"the credits of {id} were read under names that are not there"
        if progress is not None:
            progress("checking", done, total)


def _of_fingerprints(db: sqlite3.Connection) -> Iterator[str]:
    last = db.execute("SELECT max(number) FROM article").fetchone()[0] or 0
    held = np.zeros(last + 1, dtype=np.int64)
    for segment, stated in db.execute("SELECT number, keys FROM segment ORDER BY number").fetchall():
        count, before = 0, np.uint64(0)
        try:
            for keys in postings.all_keys(db, segment):
                count += len(keys)
                if len(keys) and (keys[0] < before or (keys[1:] < keys[:-1]).any()):
                    yield f"the fingerprints of segment {segment} are out of order"
                before = keys[-1] if len(keys) else before
                numbers = postings.numbers_of(keys)
                held += np.bincount(numbers[numbers <= last], minlength=last + 1)
        except records.BrokenRecord as why:
            yield f"segment {segment} is damaged: {why}"
        if count != stated:
            yield f"segment {segment} has {count:,} fingerprints instead of {stated:,}"
    rows = db.execute("SELECT number, id, shingles FROM article ORDER BY number")
    wrong = [(id, int(held[number]), n) for number, id, n in rows if held[number] != n]
    for id, has, wanted in wrong[:_MOST]:
        yield f"{id} has {has} fingerprints instead of {wanted}"
    if len(wrong) > _MOST:
        yield f"{len(wrong) - _MOST:,} more articles have too few or too many fingerprints"


def _of_alignments(db: sqlite3.Connection) -> Iterator[str]:
    for newer, older, data in db.execute("SELECT newer, older, data FROM alignment WHERE data IS NOT NULL"):
        try:
            records.alignment_of(records.unpacked(data), "", "")
        except records.BrokenRecord as why:
            yield f"what articles {newer} and {older} share is damaged: {why}"
