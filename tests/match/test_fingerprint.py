"""Shingle hashes, MinHash signatures, equal and near-equal texts."""

import math
import random
from dataclasses import replace

import numpy as np
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, invented, prose, reading, readings, words

from provenance.match.arrays import hash_words
from provenance.match.fingerprint import (
    distinct,
    distinct_shingles,
    equal_groups,
    members,
    near_groups,
    shingle_hashes,
    signatures,
)
from provenance.match.reading import read_words
from provenance.model import Article, Mark, Span

FEW_WORDS = st.lists(st.sampled_from(("lamp", "gull", "pier", "fog")), max_size=30)


def groups_in(pile):
    return equal_groups([r.article.id for r in pile], [r.hashes.tobytes() if len(r) else None for r in pile])


def distinct_shingles_of(texts):
    return [distinct_shingles(r, DEFAULT) for r in readings(texts)]


@given(FEW_WORDS, st.integers(1, 7))
def test_two_shingles_hash_alike_exactly_when_their_words_are_the_same(forms, size):
    hashes = shingle_hashes(hash_words(forms), size).tolist()
    runs = [tuple(forms[i : i + size]) for i in range(len(forms) - size + 1)]
    assert len(hashes) == len(runs)
    assert len(set(hashes)) == len(set(runs)) == len(set(zip(hashes, runs, strict=True)))


def test_shingles_of_the_same_words_in_another_order_differ():
    forms = ["the", "gull", "ate", "the", "lamp"]
    hashes = {int(shingle_hashes(hash_words(p), 5)[0]) for p in (forms, forms[::-1], [*forms[3:], *forms[:3]])}
    assert len(hashes) == 3


def test_a_shingle_has_the_same_hash_in_every_pile_and_on_every_machine():
    alone = distinct_shingles(reading("x", "Five words stand in here."), DEFAULT)
    assert alone.tolist() == [by_hand(("five", "words", "stand", "in", "here"))]
    among_others = distinct_shingles(reading("y", f"{invented(1)} Five words stand in here. {invented(2)}"), DEFAULT)
    assert alone[0] in among_others


def by_hand(forms):
    """The hash of one shingle in plain integers."""
    factor, value = 0x9E3779B97F4A7C15, 0
    for form in forms:
        value = (value * factor + xxhash.xxh3_64_intdigest(form.encode())) % 2**64
    return ((value ^ (value >> 29)) * factor) % 2**64


def test_case_quotation_marks_and_soft_hyphens_do_not_change_a_shingle():
    plain, dressed = distinct_shingles_of(
        ["the keeper's lamp went out early", "“The KEEPER’S\u00a0lamp” — went out ear\u00adly!"]
    )
    assert plain.tolist() == dressed.tolist()


def test_a_text_shorter_than_a_shingle_has_none():
    assert not len(distinct_shingles(reading("x", "Four words are few."), DEFAULT))


def test_the_size_of_shingles_is_a_setting():
    assert len(distinct_shingles(reading("x", "Four words are few."), replace(DEFAULT, shingle_words=4))) == 1


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_distinct_and_members_are_what_sets_say(values, of):
    made, others = np.array(values, dtype=np.uint64), distinct(np.array(of, dtype=np.uint64))
    assert distinct(made).tolist() == sorted(set(values))
    assert members(made, others).tolist() == [v in set(of) for v in values]


@pytest.mark.parametrize("wanted", (0.05, 0.3, 0.5, 0.8, 0.95))
def test_signatures_estimate_the_true_jaccard_within_four_standard_errors(wanted):
    numbers = random.Random(int(wanted * 100))
    for trial in range(12):
        common = round(600 * 2 * wanted / (1 + wanted))
        core = words(numbers, common)
        texts = [prose([*core, *words(random.Random(9 * trial + k), 600 - common)]) for k in (1, 2)]
        one, other = distinct_shingles_of(texts)
        true = len(np.intersect1d(one, other)) / len(np.union1d(one, other))
        first, second = signatures([one, other], DEFAULT)
        error = math.sqrt(true * (1 - true) / DEFAULT.permutations)
        assert abs(first.jaccard(second) - true) <= 4 * error


def test_signatures_of_a_set_in_any_order_are_equal_and_of_an_empty_one_none():
    one = distinct_shingles(reading("x", invented(3)), DEFAULT)
    first, second, empty = signatures([one, one[::-1], one[:0]], DEFAULT)
    assert first.jaccard(second) == 1.0
    assert empty is None


def test_edited_reprints_come_into_one_group_and_strangers_stay_apart():
    story = words(random.Random(5), 400)
    edited = [*story[:200], "corrected", *story[201:], "reporting", "by", "nobody"]
    texts = [invented(7, 400), prose(story), invented(8, 400), prose(edited), prose(story), prose(story[:150])]
    groups = near_groups(distinct_shingles_of([*texts, "", ""]), DEFAULT)
    assert groups.tolist() == [0, 1, 2, 1, 1, 5, 6, 7]


def test_a_chain_of_edits_is_one_group_though_its_ends_are_apart():
    story = words(random.Random(6), 600)
    steps = [story[30 * k : 30 * k + 400] for k in range(7)]
    one, *_, last = distinct_shingles_of(map(prose, steps))
    first, end = signatures([one, last], DEFAULT)
    assert first.jaccard(end) < DEFAULT.near_jaccard
    assert set(near_groups(distinct_shingles_of(map(prose, steps)), DEFAULT)) == {0}


def test_a_crowd_of_five_hundred_reprints_is_one_group():
    crowd = distinct_shingles_of([invented(4)]) * 500
    assert set(near_groups(crowd, DEFAULT)) == {0}


def test_texts_that_differ_in_case_marks_and_line_breaks_only_are_equal():
    pile = readings(
        ["The “lamp” went out.\nNobody saw it.", "the lamp: went out nobody saw it", "The lamp went on.", ""]
    )
    assert [(g.representative, g.members) for g in groups_in(pile)] == [("000", ("000", "001"))]


def test_texts_without_a_word_are_not_equal_to_one_another():
    assert groups_in(readings(["", "…", "—"])) == ()


def test_marked_lines_take_no_part():
    text = "Share this story now.\nThe lamp went out before dawn.\nMost popular"
    marks = (Mark(Span(0, 21), "share line"), Mark(Span(text.rindex("\n") + 1, len(text)), "list"))
    found = read_words(Article("x", "x", text, boilerplate=marks, language="en"))
    assert found.forms == ("the", "lamp", "went", "out", "before", "dawn")


def test_plain_words_are_those_without_a_capital_and_all_of_a_script_without_case():
    assert reading("x", "Keeper Oda lit 14 lamps").plain.tolist() == [False, False, True, True, True]
    assert reading("x", "नाविक ने दीप जलाया").plain.all()


def test_words_are_numbered_by_their_sentence():
    assert reading("x", "One two. Three four!\nFive").sentence.tolist() == [0, 0, 1, 1, 2]
