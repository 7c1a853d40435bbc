"""Which articles have a shingle: sorted keys (upper 40 bits of a shingle, number of an article) in segments.

Each addition writes a segment of its own; eight of a level are merged into one of the next, so that a key is written
a few times in all, however the index grows. A segment is stored in chunks of some thousand keys, each under the upper
bits of its first one: a look-up reads a chunk of each segment.
"""

import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np

from provenance.errors import BusyIndex, NoRoom
from provenance.index.database import Database
from provenance.index.records import BrokenRecord
from provenance.match import KEPT_BITS, limit_for, shingle_hashes, upper_bits
from provenance.match.arrays import Hashes, Ints, hash_words
from provenance.model import Article
from provenance.settings import Settings
from provenance.text import tokenize

ARTICLE_BITS = 64 - KEPT_BITS
MOST_ARTICLES = (1 << ARTICLE_BITS) - 1
_NUMBER = np.uint64(MOST_ARTICLES)
_MANY = 200  # articles whose words are read by kernels
_CHUNK = 1000  # keys; with their checksum they fit into a page of the file
_FIRST_BITS = 32  # upper bits of a chunk's first key that stand in its place
_TOGETHER = 8  # segments of a level that are merged
_CROWD = 128  # articles with one shingle from which it proposes no pairs
_LARGEST = 1 << 22  # keys; larger segments are not merged any more: eight smaller ones are in memory meanwhile


# --- fingerprints ---------------------------------------------------------------------------------------------------


def keys_of(articles: Sequence[Article], numbers: Sequence[int], settings: Settings) -> tuple[Hashes, Ints, Ints]:
    """The kept shingles of some articles.

    Args:
        articles: n articles.
        numbers: their numbers.
        settings: ``shingle_words`` and ``shingle_rate``.

    Returns:
        The keys, sorted; of each article how many they are, and how many words it has.
    """
    words, first = _words(articles)
    size, limit = settings.shingle_words, limit_for(settings.shingle_rate)
    shingles = shingle_hashes(words, size)
    owner = np.repeat(np.arange(len(articles)), np.diff(first))
    within = owner[: len(shingles)] == owner[size - 1 :] if len(shingles) else np.empty(0, dtype=bool)
    kept = np.flatnonzero(within & (shingles <= limit))
    number = np.array(numbers, dtype=np.uint64)[owner[kept]]
    keys = np.unique(upper_bits(shingles[kept]) | number)
    place = {n: k for k, n in enumerate(numbers)}
    held = np.zeros(len(articles), dtype=np.int64)
    for n, count in zip(*np.unique(keys & _NUMBER, return_counts=True), strict=True):
        held[place[int(n)]] = count
    return keys, held, np.diff(first)


def renumbered(keys: Hashes, numbers: Hashes) -> Hashes:
    """Sorted keys with other numbers in them, ascending as those before; what gets number 0 goes."""
    number = numbers[(keys & _NUMBER).astype(np.int64)]
    return (upper_bits(keys) | number)[number > 0]


def _words(articles: Sequence[Article]) -> tuple[Hashes, Ints]:
    """The body words of articles as hashes in a row, and where each article begins."""
    if len(articles) >= _MANY and "numba" in sys.modules:  # loading it pays for a large file, which is read by it
        from provenance.kernels.words import words_of_articles

        table = words_of_articles(articles)
        return table.hashes, table.first
    hashes = [hash_words(tokenize(a.text, a.body).forms) for a in articles]
    first = np.cumsum([0, *map(len, hashes)])
    return np.concatenate(hashes) if hashes else np.empty(0, dtype=np.uint64), first.astype(np.int64)


# --- segments -------------------------------------------------------------------------------------------------------


def add_segment(db: sqlite3.Connection, keys: Hashes, level: int = 0) -> None:
    """Stores sorted keys; to be called while writing."""
    if not len(keys):
        return
    segment = db.execute("INSERT INTO segment (level, keys) VALUES (?, ?)", (level, len(keys))).lastrowid
    assert segment is not None
    db.executemany("INSERT INTO chunk VALUES (?, ?)", _chunks(segment, keys))


def _chunks(segment: int, keys: Hashes) -> Iterator[tuple[int, bytes]]:
    """Chunks that differ in the upper bits of their first keys, so that each has a place of its own."""
    top = (keys >> np.uint64(64 - _FIRST_BITS)).astype(np.int64)
    start = 0
    while start < len(keys):
        end = min(start + _CHUNK, len(keys))
        if end < len(keys) and top[end] == top[end - 1]:
            end = int(np.searchsorted(top, top[end - 1], side="right"))
        yield (segment << _FIRST_BITS) | int(top[start]), _packed(keys[start:end])
        start = end


def _packed(keys: Hashes) -> bytes:
    data = keys.astype("<u8").tobytes()
    return zlib.crc32(data).to_bytes(4, "little") + data


def _unpacked(data: bytes) -> Hashes:
    if zlib.crc32(data[4:]).to_bytes(4, "little") != data[:4]:
        raise BrokenRecord("fingerprints do not have their checksum")
    return np.frombuffer(data, dtype="<u8", offset=4)


_OF_SEGMENT = "FROM chunk WHERE place >= ? AND place < ?"


def _places(segment: int) -> tuple[int, int]:
    """The first place of the chunks of a segment, and the one behind its last."""
    return segment << _FIRST_BITS, (segment + 1) << _FIRST_BITS


def all_keys(db: sqlite3.Connection, segment: int) -> Iterator[Hashes]:
    """The keys of a segment, a chunk at a time."""
    for (data,) in db.execute(f"SELECT data {_OF_SEGMENT} ORDER BY place", _places(segment)):
        yield _unpacked(data)


def merge_due(db: sqlite3.Connection) -> list[int]:
    """Segments to be merged into one, none where that is not due."""
    by_level: dict[int, list[int]] = {}
    for number, level, keys in db.execute("SELECT number, level, keys FROM segment ORDER BY number"):
        if keys < _LARGEST:
            by_level.setdefault(level, []).append(number)
    return next((numbers for numbers in by_level.values() if len(numbers) >= _TOGETHER), [])


def merge(db: sqlite3.Connection, segments: Sequence[int]) -> None:
    """Makes one segment of some; what belonged to removed articles goes. To be called while writing."""
    level = db.execute(f"SELECT max(level) FROM segment WHERE number IN ({','.join(map(str, segments))})").fetchone()[0]
    keys = np.concatenate([part for segment in segments for part in all_keys(db, segment)])
    keys.sort()
    gone = np.array([number for (number,) in db.execute("SELECT number FROM removed")], dtype=np.uint64)
    if len(gone):
        keys = keys[~np.isin(keys & _NUMBER, gone)]
    for segment in segments:
        db.execute(f"DELETE {_OF_SEGMENT}", _places(segment))
        db.execute("DELETE FROM segment WHERE number = ?", (segment,))
    add_segment(db, keys, level + 1)


def merge_all(database: Database, wait: float) -> None:
    """Merges segments as far as that is due; a full disk or another writer puts it off."""
    with suppress(BusyIndex, NoRoom):
        while merge_due(database.db):
            with database.writing("merging fingerprints", wait) as db:
                if due := merge_due(db):
                    merge(db, due)


# --- questions ------------------------------------------------------------------------------------------------------


def holders(db: sqlite3.Connection, shingles: Hashes) -> tuple[Ints, Ints]:
    """The articles that have some shingles, removed ones too.

    Args:
        db: a connection.
        shingles: n of them, sorted, each once, the lower ``ARTICLE_BITS`` zero.

    Returns:
        Places in ``shingles`` and numbers of articles, two arrays of one length, sorted.

    Cost: some 15 µs for each chunk that is read: at most one for each shingle and segment.
    """
    found = [np.empty((2, 0), dtype=np.int64)]
    for (segment,) in db.execute("SELECT number FROM segment ORDER BY number").fetchall():
        found += _in_segment(db, segment, shingles)
    which, numbers = np.concatenate(found, axis=1)
    order = np.lexsort((numbers, which))
    return which[order], numbers[order]


def _in_segment(db: sqlite3.Connection, segment: int, shingles: Hashes) -> Iterator[Ints]:
    """Places of shingles and numbers of articles of a segment, a chunk at a time; shape (2, keys)."""
    at = 0
    while at < len(shingles):
        chunk = _chunk_at(db, segment, int(shingles[at]) >> (64 - _FIRST_BITS))
        stop = max(at + 1, int(np.searchsorted(shingles, chunk[-1], side="right")) if len(chunk) else 0)
        low = np.searchsorted(chunk, shingles[at:stop])
        high = np.searchsorted(chunk, shingles[at:stop] | _NUMBER, side="right")
        count = high - low
        if count.any():
            first = np.repeat(low - np.cumsum(count) + count, count)
            keys = chunk[first + np.arange(len(first))]
            yield np.array([np.repeat(np.arange(at, stop), count), (keys & _NUMBER).astype(np.int64)])
        at = stop


def _chunk_at(db: sqlite3.Connection, segment: int, top: int) -> Hashes:
    """The chunk that holds the keys with some upper bits, if any does; a shingle never stands in two."""
    base = segment << _FIRST_BITS
    row = db.execute(
        "SELECT data FROM chunk WHERE place >= ? AND place <= ? ORDER BY place DESC LIMIT 1", (base, base | top)
    ).fetchone()
    return _unpacked(row[0]) if row else np.empty(0, dtype=np.uint64)


def distinct_shingles(keys: Hashes) -> Hashes:
    """The shingles of some keys, sorted, each once."""
    return np.unique(upper_bits(keys))


def partners(db: sqlite3.Connection, keys: Hashes, settings: Settings) -> Ints:
    """The stored articles that share most with any of some articles.

    Args:
        db: a connection.
        keys: of the articles, as ``keys_of`` gives them, numbered from 0.
        settings: ``min_shared_shingles`` and ``max_sources``.

    Returns:
        Their numbers, removed ones too.
    """
    shingles = distinct_shingles(keys)
    which, numbers = holders(db, shingles)
    few = np.bincount(which, minlength=len(shingles)) <= _CROWD
    which, numbers = which[few[which]], numbers[few[which]]
    place = np.searchsorted(shingles, upper_bits(keys))
    first, last = np.searchsorted(which, place), np.searchsorted(which, place, side="right")
    count = last - first
    row = np.repeat(np.arange(len(keys)), count)
    held = numbers[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(row))]
    pairs, shared = np.unique(((keys & _NUMBER)[row] << np.uint64(32)) | held.astype(np.uint64), return_counts=True)
    enough = shared >= settings.min_shared_shingles
    pairs, shared = pairs[enough], shared[enough]
    article = pairs >> np.uint64(32)
    order = np.lexsort((-shared, article))
    begins = np.flatnonzero(np.diff(article[order], prepend=np.uint64(1 << 31)))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    best = pairs[order[rank < settings.max_sources]]
    return np.unique(best & np.uint64(0xFFFFFFFF)).astype(np.int64)


def numbers_of(keys: Hashes) -> Ints:
    """The numbers of the articles of some keys."""
    return (keys & _NUMBER).astype(np.int64)
