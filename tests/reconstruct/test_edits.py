"""What each text has that the other lacks is found on both sides, in words, and where it stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import LAMP, MARKET, article, looked_at

from provenance.reconstruct.edits import are_sectioned, edits_of, marked_lines, own_ranges, own_stretches, unequal
from provenance.reconstruct.pair import Pair, both_ways


def turned(pair):
    return Pair(pair.source, pair.derived, pair.shared.turned())


def words(text):
    return len(text.replace("-", " ").split())


def test_a_sentence_that_only_one_text_has_is_a_stretch_of_it_with_its_words_counted():
    longer, shorter = article("new", *LAMP[:2], MARKET[0], *LAMP[2:5]), article("old", *LAMP[:5])
    pair, _ = looked_at(longer, shorter)
    edits = edits_of(pair)
    assert [s.span.cut(longer.text).strip() for s in edits.only_a] == [MARKET[0]]
    assert edits.only_a[0].words == words(MARKET[0])
    assert edits.only_b == () == edits.swaps


def test_a_word_changed_inside_a_shared_passage_is_a_swap_on_both_sides():
    derived, source = article("new", LAMP[0].replace("green", "amber"), *LAMP[1:4]), article("old", *LAMP[:4])
    pair, _ = looked_at(derived, source)
    (swap,) = edits_of(pair).swaps
    assert (swap.a, swap.b) == (("amber",), ("green",))
    assert (swap.span_a.cut(derived.text), swap.span_b.cut(source.text)) == ("amber", "green")


def test_words_put_in_leave_an_empty_place_on_the_other_side():
    source = article("old", *LAMP[:4])
    pair, _ = looked_at(article("new", LAMP[0].replace("big lens", "big and very costly lens"), *LAMP[1:4]), source)
    (swap,) = edits_of(pair).swaps
    assert (swap.a, swap.b) == (("and", "very", "costly"), ())
    assert source.text[: swap.span_b.start].endswith("the big")
    assert swap.span_b.start == swap.span_b.end


def test_a_piece_put_in_is_told_from_one_put_in_other_words():
    source = article("old", *LAMP[:6])
    put_in, _ = looked_at(article("new", *LAMP[:3], MARKET[0], *LAMP[3:6]), source)
    replaced, _ = looked_at(article("new", *LAMP[:3], MARKET[0], *LAMP[4:6]), source)
    assert [(s.instead, s.is_put_in) for s in edits_of(put_in).only_a] == [(0, True)]
    assert [(s.instead, s.is_put_in) for s in edits_of(replaced).only_a] == [(words(LAMP[3]), False)]


def two_versions(one, other):
    first = article(one, LAMP[0].replace("green", "amber"), *LAMP[1:4], MARKET[0])
    return looked_at(first, article(other, MARKET[1], *LAMP[:4]))[0]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_seen_from_the_other_text_the_sides_are_exchanged(names):
    pair = two_versions(*names)
    assert edits_of(pair).turned() == edits_of(turned(pair))
    assert edits_of(pair).only_a and edits_of(pair).only_b


def test_the_names_of_files_change_nothing():
    assert edits_of(two_versions("a", "b")) == edits_of(two_versions("b", "a"))


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_quick_looks_show_the_places_of_the_edits(names):
    pair = two_versions(*names)
    edits = edits_of(pair)
    assert own_stretches(pair) == ([s.span for s in edits.only_a], [s.span for s in edits.only_b])
    here, there = own_ranges(pair)
    assert here == [(p.span.start, p.span.end) for p in edits.pieces_a()]
    assert there == [(p.span.start, p.span.end) for p in edits.pieces_b()]


WORDS = st.lists(st.integers(0, 4), max_size=24)


@given(WORDS, WORDS)
def test_between_the_ranges_that_differ_the_words_are_equal(before, after):
    ranges = [(0, 0, 0, 0), *unequal(before, after), (len(before), len(before), len(after), len(after))]
    for (_, end_a, _, end_b), (at_a, _, at_b, _) in pairwise(ranges):
        assert before[end_a:at_a] == after[end_b:at_b]
    assert all(end_a > at_a or end_b > at_b for at_a, end_a, at_b, end_b in unequal(before, after))


def test_what_was_found_on_both_sides_is_exchanged_for_the_same_pair_the_other_way_round():
    pair = two_versions("a", "b")
    there_and_back = Pair(pair.source, pair.derived, turned(pair).shared, pair.shared)
    pair = Pair(pair.derived, pair.source, pair.shared, there_and_back.shared)
    asked = []

    @both_ways
    def ids(of, context):
        asked.append(of)
        return of.derived.id, of.source.id

    assert (ids(pair, None), ids(there_and_back, None)) == (("a", "b"), ("b", "a"))
    assert asked == [pair]
    assert ids(there_and_back, "another context") == ("b", "a")
    assert len(asked) == 2


def test_pieces_are_the_stretches_and_the_swaps_that_have_words_there():
    source = article("old", *LAMP[:4])
    pair, _ = looked_at(article("new", LAMP[0].replace("big lens", "big costly lens"), *LAMP[1:4], MARKET[0]), source)
    edits = edits_of(pair)
    assert sorted(p.words for p in edits.pieces_a()) == [1, words(MARKET[0])]
    assert edits.pieces_b() == []


def test_headings_lists_and_clauses_make_a_text_in_sections_and_a_dash_within_a_line_does_not():
    assert marked_lines("# Oars\n- two\n* three\n1. four\n(b) five\n2.3 six") == 6
    assert marked_lines("The boats - all of them - came home.\nIn 1. place was nobody.") == 0


def test_two_news_texts_are_not_in_sections_and_two_manuals_are():
    assert not are_sectioned(looked_at(article("new", *LAMP[:4]), article("old", *LAMP[:5]))[0])
    manual = [f"# Rule\n{line}" for line in LAMP[:5]]
    assert are_sectioned(looked_at(article("new", *manual), article("old", *manual, *LAMP[5:]))[0])
