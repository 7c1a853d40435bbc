"""Fragments and digests: what was taken in other words, found by its sentences; by eye, by hand and at random."""

import random
from dataclasses import replace
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article, invented, prose, reading, words

from provenance.match import align, sheet_of
from provenance.match.fragments import find_stretches, fragments
from provenance.match.likeness import likeness, overlap
from provenance.match.stems import stem
from provenance.match.units import units_of
from provenance.pipeline import aligned, passages_between

# Nobody keeps four words in a row, and no word stands where it stood.
LAMP = (
    "The lamp of the lighthouse at Carrow Point went dark shortly before midnight on Tuesday.",
    "Two trawlers steering by the light turned away from the shoal at the last moment.",
    "Keeper Oda Renfell swung storm lanterns along the gallery until the sky grew pale.",
    "A spare lens lies in the cellar of the harbour museum inside a wooden crate.",
)
RETOLD = (
    "Shortly before midnight, Tuesday, Carrow Point saw its lighthouse lamp go dark.",
    "Away from the shoal turned, at the very last moment, two trawlers that steered by its light.",
    "Swinging storm lanterns, keeper Oda Renfell walked the gallery till the sky was pale.",
    "The harbour museum's cellar has a crate of wood with a spare lens lying inside.",
)


def told(sentence_words, numbers):
    """A sentence with its words in another order and one in five another word."""
    kept = [w if numbers.random() > 0.2 else numbers.choice(VOCABULARY) for w in sentence_words]
    numbers.shuffle(kept)
    return prose(kept, len(kept))


def story(numbers, count, size=14):
    return [words(numbers, size) for _ in range(count)]


def as_text(sentences):
    return " ".join(prose(s, len(s)) for s in sentences)


def between(text_a, text_b, settings=DEFAULT):
    return passages_between(article("a", text_a), article("b", text_b), settings)


def pair_of(text_a, text_b):
    return likeness(units_of(reading("a", text_a)), units_of(reading("b", text_b)))


# --- by hand --------------------------------------------------------------------------------------------------------


def test_the_stem_is_what_forms_of_a_word_share_and_the_word_itself_where_no_rules_are_known():
    assert {stem(form, "en") for form in ("close", "closes", "closed", "closing")} == {"close"}
    assert stem("häfen", "de") == stem("häfen", "de-CH")
    assert stem("harbours", "xx") == stem("harbours", None) == "harbours"


def test_units_are_sentences_and_a_very_short_one_goes_with_the_next():
    units = units_of(reading("a", "The lamp went dark. So what. Nobody saw it then. Why."))
    assert units.bounds == [0, 4, 11]
    assert len(units_of(reading("a", ""))) == 0


def test_likeness_agrees_with_a_calculation_by_hand():
    pair = pair_of("Bada gada fada. Kolo molo nolo.", "Bada gada zizi. Kolo pipi titi.")
    # four sentences; bada, gada and kolo stand in two of them, the others in one
    two, one = log(4 / 2), log(4 / 1)
    assert pair.cosine[0, 0] == pytest.approx(2 * two**2 / (2 * two**2 + one**2), abs=1e-6)
    assert pair.cosine[1, 1] == pytest.approx(two**2 / (two**2 + 2 * one**2), abs=1e-6)
    assert pair.dice.tolist() == [[pytest.approx(2 / 3, abs=1e-6), 0], [0, pytest.approx(1 / 3, abs=1e-6)]]
    assert overlap(pair, (0, 1), (0, 1)) == pytest.approx(2 * 2 * two / (4 * two + 2 * one))
    assert overlap(pair, (0, 2), (0, 2)) == pytest.approx(2 * 3 * two / (6 * two + 6 * one))


def test_what_one_sentence_explains_explains_no_second_one():
    pair = pair_of("Bada gada fada. Bada gada fada. Kolo molo nolo.", "Bada gada fada. Zizi pipi titi.")
    assert overlap(pair, (0, 1), (0, 1)) == 1.0
    assert overlap(pair, (0, 2), (0, 1)) == pytest.approx(2 / 3)


def test_texts_without_a_common_stem_have_no_likeness():
    assert pair_of("bada gada fada.", "kolo molo nolo.") is None
    assert pair_of("", "kolo molo nolo.") is None


# --- by eye ---------------------------------------------------------------------------------------------------------


def test_a_story_told_in_other_words_is_one_fragment_with_exact_ends():
    before, after = invented(1, 96), invented(2, 96)
    text_a = " ".join((before, *RETOLD, after))
    text_b = " ".join((invented(3, 96), *LAMP, invented(4, 96)))
    found = between(text_a, text_b)
    (fragment,) = found.fragments
    assert fragment.a.cut(text_a) + "." == " ".join(RETOLD)
    assert fragment.b.cut(text_b) + "." == " ".join(LAMP)
    assert {p.kind for p in found.passages} == {"rewritten"}
    assert all(p.counted for p in found.passages)


def test_in_a_pile_such_texts_are_not_compared_without_another_sign():
    texts = (" ".join(RETOLD[:2]), " ".join(LAMP[:2]))
    assert between(*(f"{text} {invented(k)}" for k, text in enumerate(texts))).fragments
    settings = replace(DEFAULT, rewritten_cosine=1.0)
    articles = [article(str(k), f"{text} {invented(k)}") for k, text in enumerate(texts)]
    assert aligned(articles, settings, None)[0] == ()


def test_one_close_sentence_is_a_fact_that_two_reporters_had_and_no_passage():
    text_a, text_b = (f"{one} {invented(k)}" for k, one in enumerate((RETOLD[1], LAMP[1])))
    settings = replace(DEFAULT, rewritten_cosine=1.0, joined_cosine=1.0)  # only fragments
    found = between(text_a, text_b, settings)
    assert found is None or not found.passages
    both = (f"{' '.join(two)} {invented(k)}" for k, two in enumerate((RETOLD[:2], LAMP[:2])))
    assert len(between(*both, settings).passages) == 2


def test_quoted_sentences_are_no_rewriting():
    quoted = [f"“{' '.join(two)}”" for two in (RETOLD, LAMP)]
    settings = replace(DEFAULT, rewritten_cosine=1.0, joined_cosine=1.0)
    assert between(*(f"{text} {invented(k)}" for k, text in enumerate(quoted)), settings).passages == ()


def test_two_stories_apart_are_two_fragments():
    numbers = random.Random(5)
    one, other = story(numbers, 4), story(numbers, 4)
    retold = [" ".join(told(s, numbers) for s in part) for part in (one, other)]
    text_a = " ".join((retold[0], invented(1, 160), retold[1], invented(2, 96)))
    text_b = " ".join((invented(3, 160), as_text(other), invented(4, 160), as_text(one)))
    found = [(f.a.cut(text_a) + ".", f.b.cut(text_b) + ".") for f in between(text_a, text_b).fragments]
    assert found == [(retold[0], as_text(one)), (retold[1], as_text(other))]


def test_a_fragment_goes_on_over_a_few_sentences_that_were_put_in():
    numbers = random.Random(6)
    one, other = story(numbers, 3), story(numbers, 3)
    retold = [" ".join(told(s, numbers) for s in part) for part in (one, other)]
    text_a = " ".join((retold[0], invented(1, 48), retold[1], invented(2, 96)))
    text_b = " ".join((as_text(one), invented(3, 48), as_text(other), invented(4, 96)))
    (whole,) = between(text_a, text_b).fragments
    assert whole.a.cut(text_a) + "." == " ".join((retold[0], invented(1, 48), retold[1]))
    apart = between(text_a, text_b, replace(DEFAULT, fragment_gap=2)).fragments
    assert {f.a.cut(text_a) + "." for f in apart} == set(retold)


def test_a_long_block_is_a_case_with_the_ends_of_its_words():
    kept = prose(words(random.Random(7), 60))
    text_a, text_b = f"{invented(1, 48)} {kept} {invented(2, 48)}", f"{invented(3, 96)} {kept} {invented(4, 48)}"
    (fragment,) = between(text_a, text_b).fragments
    assert fragment.a.cut(text_a) == fragment.b.cut(text_b) == kept[:-1]


def test_a_digest_takes_the_whole_text():
    numbers = random.Random(8)
    source = story(numbers, 24)
    digest = " ".join(told(source[k], numbers) for k in (0, 7, 14, 22))
    text_a = f"{invented(1, 160)} {digest} {invented(2, 160)}"
    (fragment,) = between(text_a, as_text(source)).fragments
    assert fragment.a.cut(text_a) + "." == digest
    assert (fragment.b.start, fragment.b.end) == (0, len(as_text(source)) - 1)


def test_two_sentences_from_afar_are_no_digest():
    numbers = random.Random(8)
    source = story(numbers, 24)
    digest = " ".join(told(source[k], numbers) for k in (0, 22))
    found = between(f"{invented(1, 160)} {digest} {invented(2, 160)}", as_text(source))
    assert found is None or all(f.b.end - f.b.start < len(as_text(source)) / 4 for f in found.fragments)


def test_what_an_outlet_repeats_is_no_seed():
    one, other = reading("a", " ".join(RETOLD)), reading("b", " ".join(LAMP))
    repeated = replace(one, house=one.house | True)
    assert find_stretches(likeness(units_of(one), units_of(other)), DEFAULT)
    assert not find_stretches(likeness(units_of(repeated), units_of(other)), DEFAULT)


# --- at random ------------------------------------------------------------------------------------------------------

SENTENCES = story(random.Random(9), 8, 9)
ORDERS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 99)), min_size=1, max_size=14)


def made(order):
    """Sentences of a small stock, some told anew, and some that no other text has."""
    rows = []
    for k, seed in order:
        numbers = random.Random(seed)
        rows.append(
            told(SENTENCES[k], numbers)
            if seed % 3
            else prose(SENTENCES[k] if seed % 2 else words(random.Random(1000 + seed), 9))
        )
    return " ".join(rows)


@given(ORDERS, ORDERS)
def test_offsets_are_valid_and_no_word_stands_in_two_passages_or_two_fragments(order_a, order_b):
    text_a, text_b = made(order_a), made(order_b)
    found = between(text_a, text_b)
    if found is None:
        return
    for spans, text in (
        ([p.a for p in found.passages], text_a),
        ([p.b for p in found.passages], text_b),
        ([f.a for f in found.fragments], text_a),
        ([f.b for f in found.fragments], text_b),
    ):
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
        for one, two in pairwise(sorted(spans)):
            assert one.end <= two.start
    assert found.fragments == tuple(sorted(found.fragments))
    assert found == between(text_a, text_b)


@given(ORDERS, ORDERS)
def test_chosen_fragments_are_disjoint_and_each_is_one(order_a, order_b):
    pair = pair_of(made(order_a), made(order_b))
    if pair is None:
        return
    chosen = fragments(find_stretches(pair, DEFAULT), pair, DEFAULT)
    for one, two in pairwise(chosen):
        assert not one.meets(two)
    for stretch in chosen:
        assert stretch.overlap == pytest.approx(overlap(pair, stretch.a, stretch.b))
        assert stretch.overlap >= DEFAULT.fragment_overlap


@pytest.mark.parametrize("seed", range(20))
def test_exchanging_the_texts_exchanges_the_sides_of_the_fragments(seed):
    numbers = random.Random(seed)
    source = story(numbers, 12)
    retold = [told(s, numbers) for s in source[2:9]]
    text_a, text_b = f"{invented(50, 96)} {' '.join(retold)} {invented(51, 64)}", as_text(source)
    sides = {}
    for one, other in ((text_a, text_b), (text_b, text_a)):
        a, b = reading("a", one), reading("b", other)
        sides[one] = align(a, b, sheet_of(a, DEFAULT), sheet_of(b, DEFAULT), (), DEFAULT, linked=True).fragments
    assert sides[text_a] == tuple(sorted(f.turned() for f in sides[text_b]))
    assert sides[text_a]


# --- compiled -------------------------------------------------------------------------------------------------------


@given(ORDERS, ORDERS)
def test_compiled_likeness_and_stretches_are_the_same(order_a, order_b):
    one, other = reading("a", made(order_a)), reading("b", made(order_b))
    plain, compiled = (
        likeness(sheet_of(one, DEFAULT, fast).units, sheet_of(other, DEFAULT, fast).units) for fast in (False, True)
    )
    assert (plain is None) == (compiled is None)
    if plain is None:
        return
    assert np.allclose(plain.cosine, compiled.cosine, rtol=0, atol=2e-6)  # the sixth digit may be rounded otherwise
    assert np.array_equal(plain.dice, compiled.dice)
    assert find_stretches(plain, DEFAULT) == find_stretches(compiled, DEFAULT)


@given(ORDERS, ORDERS)
def test_compiled_alignments_are_the_same(order_a, order_b):
    a, b = reading("a", made(order_a)), reading("b", made(order_b))
    plain, compiled = (
        align(a, b, sheet_of(a, DEFAULT, fast), sheet_of(b, DEFAULT, fast), (), DEFAULT, linked=True)
        for fast in (False, True)
    )
    assert compiled == plain
