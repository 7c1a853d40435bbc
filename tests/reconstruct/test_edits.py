"""What each text has that the other lacks is found on both sides, in words, and where it stands."""

import pytest
from making import LAMP, MARKET, article, looked_at

from provenance.reconstruct.edits import are_sectioned, edits_of, marked_lines
from provenance.reconstruct.pair import Pair


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
