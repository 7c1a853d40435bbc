"""What an index was made with, renewed on purpose: word weights, fingerprints, what articles say of their sources."""

import gzip
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from provenance.index import postings, records
from provenance.index.database import Database
from provenance.index.loading import rows_of, stored_articles
from provenance.index.memory import IndexMemory
from provenance.index.tables import scheme_of, stamp_of
from provenance.index.weights_stamp import weight_tables
from provenance.match import read_weights
from provenance.model import Article
from provenance.pipeline import Progress, attributed
from provenance.settings import Settings, version

_TOGETHER = 1_000  # articles whose fingerprints are made at a time


def refresh(
    database: Database, weights: str | None, progress: Progress | None, wait: float, articles: int
) -> Iterator[str]:
    """Renews an index.

    Args:
        database: writable.
        weights: other word weights than so far: "shipped", "pile", or the path of a table.
        progress: called with (stage, done, total).
        wait: seconds for another writer.
        articles: how many there are.

    Yields:
        What changed, a line each, once it is on the disk.
    """
    before, after = database.stamp("settings"), _settings(database, weights)
    about_weights = [*_weights_line(database, json.loads(before)["weights"], after)]
    renew_fingerprints = database.stamp("scheme") != scheme_of(after)
    old_program = database.stamp("program")
    with database.writing("renewing the index", wait) as db:
        for name, value in stamp_of(after).items():
            database.set_stamp(name, value)
        _store_tables(db, after)
        if renew_fingerprints:
            _new_fingerprints(db, after, progress, articles)
        gone = db.execute("DELETE FROM alignment").rowcount if old_program != version() else 0
        if gone:  # what is asked for by family or date must be compared again before
            database.set_stamp("aligned_upto", 0)
    yield from about_weights
    yield "fingerprints: made anew, the scheme changed" if renew_fingerprints else "fingerprints: the same scheme"
    changed = _credits(database, progress, wait)
    told = f"{changed:,} of {articles:,} articles say other things now" if changed else "all articles say the same"
    yield f"credits: read anew with the outlets' names known today; {told}"
    if gone:
        yield f"alignments: {gone:,} were made by version {old_program}; the next trace makes them anew"


def _settings(database: Database, weights: str | None) -> Settings:
    """The settings of the index, those that this version does not have left out."""
    known = {field.name for field in fields(Settings)}
    told = {name: value for name, value in json.loads(database.stamp("settings")).items() if name in known}
    settings = Settings(**told)
    return replace(settings, weights=weights) if weights else settings


# --- word weights ---------------------------------------------------------------------------------------------------


def _weights_line(database: Database, chosen: str, after: Settings) -> Iterator[str]:
    """What changed of the word weights."""
    if chosen != after.weights:
        yield f"word weights: {after.weights} instead of {chosen}"
    old, new = _stored_tables(database.db), weight_tables(after)
    if old == new:
        yield "word weights: the tables are the same" if new else "word weights: counted in the articles by each trace"
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"word weights: {name}: {_difference(old.get(name), new.get(name))}"


def _difference(old: bytes | None, new: bytes | None) -> str:
    if old is None or new is None:
        return "a new table" if old is None else "there is no such table any more"
    one, other = (_counts(table) for table in (old, new))
    same = sum(1 for term, weight in other.items() if one.get(term) == weight)
    new_terms, gone = len(other.keys() - one.keys()), len(one.keys() - other.keys())
    recounted = len(other) - new_terms - same
    return f"{len(other):,} terms, {new_terms:,} of them new, {gone:,} gone, {recounted:,} with another count"


def _counts(table: bytes) -> dict[int, int]:
    weights = read_weights(gzip.decompress(table).decode())
    return dict(zip(weights.hashes.tolist(), weights.counts.tolist(), strict=True))


def _stored_tables(db: sqlite3.Connection) -> Mapping[str, bytes]:
    rows = db.execute("SELECT name, value FROM stamp WHERE name LIKE 'table/%'")
    return {name.removeprefix("table/"): data for name, data in rows}


def _store_tables(db: sqlite3.Connection, settings: Settings) -> None:
    db.execute("DELETE FROM stamp WHERE name LIKE 'table/%'")
    rows = ((f"table/{name}", data) for name, data in weight_tables(settings).items())
    db.executemany("INSERT INTO stamp VALUES (?, ?)", rows)


# --- fingerprints and credits ---------------------------------------------------------------------------------------


def _new_fingerprints(db: sqlite3.Connection, settings: Settings, progress: Progress | None, total: int) -> None:
    db.execute("DELETE FROM chunk")
    db.execute("DELETE FROM segment")
    numbers = [number for (number,) in db.execute("SELECT number FROM article ORDER BY number")]
    for start in range(0, len(numbers), _TOGETHER):
        some = numbers[start : start + _TOGETHER]
        articles = [stored.article for _, _, stored in rows_of(db, some)]
        keys, shingles, _ = postings.keys_of(articles, some, settings)
        postings.add_segment(db, keys)
        db.executemany("UPDATE article SET shingles = ? WHERE number = ?", zip(shingles.tolist(), some, strict=True))
        while due := postings.merge_due(db):
            postings.merge(db, due)
        if progress is not None:
            progress("making fingerprints", start + len(some), total)


def _credits(database: Database, progress: Progress | None, wait: float) -> int:
    """Reads anew what articles say of their sources; how many say other things now."""
    with database.reading() as db:
        stored = stored_articles(db)
        memory = IndexMemory(db, {id: each._replace(names=-1, told_names=None) for id, each in stored.items()})
        attributed([each.article for each in stored.values()], progress, memory)
    new = {number: data for number, (_, data) in memory.found.settled.items()}
    changed = sum(_said(each.article, each.data) != _said(each.article, new[each.number]) for each in stored.values())
    memory.store(database, "renewing the index", wait)
    return changed


def _said(article: Article, data: bytes) -> records.Settled:
    return records.settled_of(records.unpacked(data), article)
