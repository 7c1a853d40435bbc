"""Which articles have a shingle, against a plain dictionary of sets."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import DEFAULT, article, invented, reading

from provenance.index import postings
from provenance.index.records import BrokenRecord
from provenance.index.tables import TABLES
from provenance.match import shingle_hashes
from provenance.match.arrays import Hashes

LOW = np.uint64(24)


def keys(pairs: Sequence[tuple[int, int]]) -> Hashes:
    """Sorted keys of (upper 40 bits, number of an article)."""
    return np.unique(np.array([(shingle << 24) | number for shingle, number in pairs], dtype=np.uint64))


def shingles(tops: Sequence[int]) -> Hashes:
    return np.array(sorted(set(tops)), dtype=np.uint64) << LOW


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    yield from _database()


def _database() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(TABLES)
    yield db
    db.close()


def asked(db: sqlite3.Connection, tops: Sequence[int]) -> list[tuple[int, int]]:
    """The articles that have some shingles, as pairs."""
    wanted = shingles(tops)
    which, numbers = postings.holders(db, wanted)
    assert list(zip(which.tolist(), numbers.tolist(), strict=True)) == sorted(
        zip(which.tolist(), numbers.tolist(), strict=True)
    )
    return [(int(wanted[k]) >> 24, n) for k, n in zip(which.tolist(), numbers.tolist(), strict=True)]


@settings(max_examples=20)
@given(seed=st.integers(0, 100_000), close=st.sampled_from((40, 25, 12)))
def test_what_was_stored_is_found_again_and_nothing_else(seed: int, close: int) -> None:
    """Segment after segment, some merged, some articles removed; many shingles with the same upper bits."""
    chance = random.Random(seed)
    db = next(_database())
    plain: set[tuple[int, int]] = set()
    number = 0
    for _ in range(chance.randint(1, 20)):
        pairs = []
        for _ in range(chance.randint(0, 12)):
            number += 1
            pairs += [(chance.getrandbits(close), number) for _ in range(chance.choice((1, 40, 300)))]
        postings.add_segment(db, keys(pairs))
        plain |= set(pairs)
        if number and chance.random() < 0.3:
            gone = chance.randint(1, number)
            db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (gone,))
        if due := postings.merge_due(db):
            assert len(due) >= 8
            postings.merge(db, due)
    removed = {number for (number,) in db.execute("SELECT number FROM removed")}
    tops = (
        [
            *chance.sample(sorted({top for top, _ in plain}), min(200, len(plain))),
            *(chance.getrandbits(close) for _ in "abcde"),
        ]
        if plain
        else [1]
    )
    found = {pair for pair in asked(db, tops) if pair[1] not in removed}
    assert found == {(top, n) for top, n in plain if top in set(tops) and n not in removed}


def test_a_shingle_of_thousands_of_articles_is_found_whole(db: sqlite3.Connection) -> None:
    """More keys than a chunk has, all with the same upper bits; with neighbours on both sides."""
    top = 1 << 39
    pairs = [(top, number) for number in range(1, 10_001)] + [(top - 1, 7), (top + 1, 8), (top + (1 << 8), 9)]
    postings.add_segment(db, keys(pairs))
    assert asked(db, [top]) == [(top, number) for number in range(1, 10_001)]
    assert asked(db, [top - 1, top + 1, top + (1 << 8)]) == [(top - 1, 7), (top + 1, 8), (top + (1 << 8), 9)]
    assert asked(db, [top - 2, top + 2]) == []
    assert postings.holders(db, shingles([]))[0].tolist() == []


def test_the_lowest_and_the_highest_shingle_are_found(db: sqlite3.Connection) -> None:
    last = (1 << 40) - 1
    postings.add_segment(db, keys([(0, 1), (0, postings.MOST_ARTICLES), (last, 1), (last, postings.MOST_ARTICLES)]))
    found = [(0, 1), (0, postings.MOST_ARTICLES), (last, 1), (last, postings.MOST_ARTICLES)]
    assert asked(db, [0, last]) == found


def test_eight_segments_become_one_and_what_was_removed_goes(db: sqlite3.Connection) -> None:
    for number in range(1, 9):
        assert postings.merge_due(db) == []
        postings.add_segment(db, keys([(5, number), (number + 10, number)]))
    postings.add_segment(db, keys([]))
    db.execute("INSERT INTO removed VALUES (3)")
    postings.merge(db, postings.merge_due(db))
    ((segment, level, count),) = db.execute("SELECT number, level, keys FROM segment").fetchall()
    assert (level, count) == (1, 14)
    stored = np.concatenate(list(postings.all_keys(db, segment)))
    assert stored.tolist() == keys([p for n in range(1, 9) if n != 3 for p in ((5, n), (n + 10, n))]).tolist()
    assert postings.merge_due(db) == [] and 3 not in postings.numbers_of(stored)


def test_a_chunk_that_was_changed_is_refused(db: sqlite3.Connection) -> None:
    postings.add_segment(db, keys([(5, 1), (6, 2)]))
    ((place, data),) = db.execute("SELECT place, data FROM chunk").fetchall()
    db.execute("UPDATE chunk SET data = ? WHERE place = ?", (data[:9] + bytes([data[9] ^ 1]) + data[10:], place))
    with pytest.raises(BrokenRecord, match="checksum"):
        postings.holders(db, shingles([5]))


# --- of articles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [1, 4])
def test_the_keys_of_articles_are_their_lowest_shingles(rate: int) -> None:
    chosen = replace(DEFAULT, shingle_rate=rate)
    texts = ["", "Four words are none.", invented(1), invented(2, 7), f"{invented(1)} {invented(2)}"]
    numbers = [3, 4, 9, 10, 200]
    found, held, words = postings.keys_of(
        [article(str(n), text) for n, text in zip(numbers, texts, strict=True)], numbers, chosen
    )
    plain = set()
    for number, text in zip(numbers, texts, strict=True):
        for shingle in shingle_hashes(reading("a", text).hashes, chosen.shingle_words).tolist():
            if shingle <= (1 << 64) // rate - 1:
                plain.add((shingle >> 24 << 24) | number)
    assert found.tolist() == sorted(plain)
    assert held.tolist() == [Counter(key & 0xFFFFFF for key in plain)[number] for number in numbers]
    assert words.tolist() == [len(reading("a", text)) for text in texts]
    assert postings.distinct_shingles(found).tolist() == sorted({key >> 24 << 24 for key in plain})


def test_keys_get_other_numbers_and_those_of_nobody_go() -> None:
    before = keys([(5, 0), (5, 1), (5, 2), (6, 1)])
    assert (
        postings.renumbered(before, np.array([70, 0, 90], dtype=np.uint64)).tolist()
        == keys([(5, 70), (5, 90)]).tolist()
    )


@settings(max_examples=20)
@given(seed=st.integers(0, 100_000), most=st.sampled_from((1, 3, 20)))
def test_partners_share_enough_and_most(seed: int, most: int) -> None:
    chance = random.Random(seed)
    db = next(_database())
    stored: dict[int, set[int]] = {}
    for first in (1, 11, 21):
        some = {n: {chance.randrange(60) for _ in range(chance.randint(0, 12))} for n in range(first, first + 10)}
        postings.add_segment(db, keys([(top, n) for n, tops in some.items() for top in tops]))
        stored |= some
    asking = {k: {chance.randrange(60) for _ in range(chance.randint(0, 15))} for k in range(4)}
    chosen = replace(DEFAULT, max_sources=most)
    found = set(postings.partners(db, keys([(top, k) for k, tops in asking.items() for top in tops]), chosen).tolist())
    surely: set[int] = set()
    possibly: set[int] = set()
    for tops in asking.values():
        shared = {
            n: len(tops & other) for n, other in stored.items() if len(tops & other) >= chosen.min_shared_shingles
        }
        bound = sorted(shared.values(), reverse=True)[most - 1 : most]
        surely |= {n for n, count in shared.items() if not bound or count > bound[0]}
        possibly |= {n for n, count in shared.items() if not bound or count >= bound[0]}
    assert surely <= found <= possibly


def test_what_everybody_has_proposes_no_pairs(db: sqlite3.Connection) -> None:
    everybody = [(top, n) for top in range(5) for n in range(1, 200)]
    postings.add_segment(db, keys([*everybody, *((top, 7) for top in range(100, 104))]))
    mine = keys([(top, 0) for top in (*range(5), *range(100, 104))])
    assert postings.partners(db, mine, DEFAULT).tolist() == [7]
    assert postings.partners(db, keys([]), DEFAULT).tolist() == []
