"""Blocks of many pairs at once, against those of one pair and against rapidfuzz."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article
from rapidfuzz.distance import Indel

from provenance.match.arrays import hash_words
from provenance.match.blocks import find_all_blocks, find_blocks
from provenance.match.reading import Reading
from provenance.match.sheets import sheet_of

LOOSE = replace(DEFAULT, passage_words=4, seed_words=2, gap_words=3)
SINGLE = replace(DEFAULT, passage_words=1, seed_words=1, gap_words=40)
# few words with many repeats, and runs of words among them: seeds cross, compete and become refrains
RUNS = [" ".join(VOCABULARY[k : k + 7]).split() for k in range(0, 35, 7)]
TEXTS = st.lists(st.sampled_from([["and"], ["so"], ["on"], ["it"], *RUNS]), max_size=30).map(
    lambda parts: [word for part in parts for word in part]
)


def bare(words):
    """A reading of which only the words matter."""
    none, no = np.zeros(len(words), dtype=np.int32), np.zeros(len(words), dtype=bool)
    flags = dict.fromkeys(("plain", "quoted", "voiced", "house"), no)
    return Reading(article("x", ""), hash_words(words), starts=none, ends=none, sentence=none, **flags)


def one_by_one(texts, pairs, numbers):
    readings = [bare(words) for words in texts]
    seeds = [sheet_of(reading, numbers) for reading in readings]
    return [find_blocks(readings[i], readings[j], seeds[i], seeds[j], numbers) for i, j in pairs]


def at_once(texts, pairs, numbers):
    hashes = [hash_words(words) for words in texts]
    first = np.cumsum([0, *map(len, texts)])
    found = find_all_blocks(np.concatenate(hashes), first, np.array(pairs).reshape(-1, 2), numbers)
    return [found.of(pair) for pair in range(len(pairs))]


@given(st.lists(TEXTS, min_size=2, max_size=5), st.sampled_from((DEFAULT, LOOSE, SINGLE)))
@settings(max_examples=300)
def test_blocks_of_many_pairs_are_those_of_each_pair(texts, numbers):
    pairs = [(i, j) for i in range(len(texts)) for j in range(len(texts))]
    assert at_once(texts, pairs, numbers) == one_by_one(texts, pairs, numbers)


@given(TEXTS, TEXTS, st.sampled_from((DEFAULT, LOOSE, SINGLE)))
def test_blocks_of_one_compiled_pair_are_the_same(left, right, numbers):
    a, b = bare(left), bare(right)
    plain, compiled = (
        find_blocks(a, b, sheet_of(a, numbers, fast), sheet_of(b, numbers, fast), numbers) for fast in (False, True)
    )
    assert compiled == plain


@given(*[st.lists(st.sampled_from("abcdef"), max_size=12)] * 2)
@settings(max_examples=500)
def test_words_between_two_runs_are_those_that_rapidfuzz_finds(left, right):
    frame = VOCABULARY[:4], VOCABULARY[4:8]
    a, b = [*frame[0], *left, *frame[1]], [*frame[0], *right, *frame[1]]
    seeded = replace(DEFAULT, seed_words=4, gap_words=12, passage_words=1)
    inside = {tuple(left[k : k + 4]) for k in range(9)} & {tuple(right[k : k + 4]) for k in range(9)}
    assume(not any(len(run) == 4 for run in inside))  # nothing between the frames is a seed of its own
    (blocks,) = at_once([a, b], [(0, 1)], seeded)
    expected = [(e.src_start, e.dest_start, e.src_end - e.src_start) for e in Indel.opcodes(a, b) if e.tag == "equal"]
    assert [tuple(run) for block in blocks for run in block] == expected


def test_nothing_in_common_and_no_pairs_give_no_blocks():
    assert at_once([RUNS[0], RUNS[1], []], [(0, 1), (1, 2), (2, 2)], DEFAULT) == [[], [], []]
    assert at_once([RUNS[0], RUNS[1]], [], DEFAULT) == []


def test_groups_of_pairs_give_the_same_as_all_pairs_at_once(monkeypatch):
    texts = [RUNS[0] + RUNS[1], RUNS[1] + RUNS[0], RUNS[2] + RUNS[1], RUNS[0] + RUNS[2]]
    pairs = [(i, j) for i in range(4) for j in range(4)]
    whole = at_once(texts, pairs, LOOSE)
    monkeypatch.setattr("provenance.kernels.blocks._MOST_WORDS", 20)
    assert at_once(texts, pairs, LOOSE) == whole
