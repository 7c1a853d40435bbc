"""What third texts of the pile tell about an arrow."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import LAMP, MARKET, OWN, article, by_hand, context_for, day, hour, looked_at, spoken, text_of, words

from provenance import Span
from provenance.model import Passage
from provenance.reconstruct.pair import Pair
from provenance.reconstruct.third_texts import (
    covers_less,
    grown,
    later,
    length_outside,
    no_one_explains,
    only_these_two,
    third_party_deficit,
    third_text_conflict,
)
from provenance.settings import Settings


def test_text_that_stands_in_third_articles_but_not_in_the_source_speaks_against_it():
    #  third ── new        old holds two of new's sentences, third all of them
    derived = article("new", *LAMP[:6], published=day(4))
    half, whole = article("old", *LAMP[:2], published=day(3)), article("third", *LAMP[:6], published=day(2))
    pair, context = looked_at(derived, half, whole)
    found = spoken(third_party_deficit(pair, context), "third_party_deficit")
    assert 0 < found.strength <= 1
    assert third_party_deficit(*looked_at(derived, whole, half)) is None


@pytest.mark.parametrize("why", ["the third is later", "the third is credited", "the third is a wire"])
def test_text_in_third_articles_is_no_deficit_where_that_is_explained(why):
    line = "The lens was beyond repair, The Carrow Mail reported." if why == "the third is credited" else OWN[0]
    derived = article("new", *LAMP[:6], line, published=day(4))
    half = article("old", *LAMP[:2], published=day(3))
    whole = article("third", *LAMP[:6], outlet="Carrow Mail", published=day(9 if why == "the third is later" else 2))
    wires = frozenset({"third"} if why == "the third is a wire" else ())
    assert third_party_deficit(*looked_at(derived, half, whole, wires=wires)) is None


# --- a third text that has something else of each -------------------------------------------------------------------


def test_a_third_text_that_has_of_each_of_two_what_the_other_lacks_speaks_against_an_arrow_between_them():
    # unseen ┬─ new, ├─ old, └─ third: each two share sentences that the third has not
    new, old = article("new", *LAMP[:6], OWN[0]), article("old", OWN[1], *LAMP[4:])
    third = article("third", *LAMP[:4], OWN[2], *LAMP[6:])
    pair, context = looked_at(new, old, third)
    found = spoken(third_text_conflict(pair, context), "third_text_conflict")
    assert 0 < found.strength < 1
    assert found.detail.startswith("third ")
    assert third_text_conflict(*looked_at(old, new, third)).strength == found.strength


@pytest.mark.parametrize(
    "third",
    [
        article("third", *LAMP),  # the source of both: it has all that they share
        article("third", *LAMP[:3]),  # a cut of one of them
        article("third", *MARKET),
    ],
    ids=["source of both", "cut of one", "nothing in common"],
)
def test_a_third_text_of_a_chain_or_a_star_is_in_conflict_with_no_arrow(third):
    # old ── new, and beside them the third
    new, old = article("new", *LAMP[:5], OWN[0]), article("old", *LAMP[:8])
    assert third_text_conflict(*looked_at(new, old, third)) is None
    assert third_text_conflict(*looked_at(old, new, third)) is None


# --- words that only two have ---------------------------------------------------------------------------------------


def test_words_that_two_share_and_no_third_one_speak_for_an_arrow_between_them():
    new, old = article("new", *LAMP[:6]), article("old", *LAMP[:6], OWN[0])
    some = only_these_two(*looked_at(new, old, article("third", *LAMP[:3], *MARKET)))
    assert 0 < spoken(some, "only_these_two").strength < 1
    assert only_these_two(*looked_at(new, old, article("third", *LAMP, *MARKET))) is None


def test_where_there_is_no_third_text_nothing_is_said_of_it():
    assert only_these_two(*looked_at(article("new", *LAMP[:6]), article("old", *LAMP))) is None


# --- a source that has less than another -----------------------------------------------------------------------------


def aligned(derived, **shares):
    """A derived text and how many of its 100 words stand in each of some others, the first of which is the source."""
    others = [replace(words(n), a=derived.id, b=id) for id, n in shares.items()]
    source = article(next(iter(shares)), *LAMP, published=day(2))
    rest = [article(id, *LAMP, published=hour(9, of=20) if id == "late" else day(2)) for id in list(shares)[1:]]
    return Pair(text_of(derived), text_of(source), others[0]), context_for((derived, source, *rest), others)


def test_a_source_that_has_less_than_another_text_is_spoken_against_by_what_it_has_less():
    new = article("new", *LAMP, published=day(4))
    found = spoken(covers_less(*aligned(new, old=50, third=75)), "covers_less")
    assert found.strength == 0.5  # a quarter less: its square root
    assert found.detail.startswith("third has more")
    assert covers_less(*aligned(new, old=75, third=50)) is None
    assert covers_less(*aligned(new, old=50)) is None


def test_a_text_that_is_certainly_later_has_nothing_to_say():
    assert covers_less(*aligned(article("new", *LAMP, published=day(4)), old=50, late=75)) is None
    pair, context = by_hand(article("new", *OWN, published=hour(9)), article("old", *OWN, published=hour(16)))
    assert later("old", pair.derived, context)
    assert not later("new", pair.source, context)
    assert not later("nobody", pair.derived, context)
    wider = context_for((pair.derived.article, pair.source.article), (), settings=Settings(slack_hours=8.0))
    assert not later("old", pair.derived, wider)


# --- no one has it all -----------------------------------------------------------------------------------------------


def test_what_a_text_shares_with_all_others_together_and_the_best_of_them_lacks():
    new = article("new", *LAMP[:8])
    first, second = article("old", *LAMP[:4], *MARKET), article("third", *OWN, *LAMP[4:8])
    pair, context = looked_at(new, first, second)
    assert 0.3 < spoken(no_one_explains(pair.derived, context), "no_one_explains").strength < 0.7
    pair, context = looked_at(new, article("old", *LAMP), second)
    assert no_one_explains(pair.derived, context) is None
    pair, context = looked_at(new, first)
    assert no_one_explains(pair.derived, context) is None


# --- lengths ---------------------------------------------------------------------------------------------------------

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 15)).map(lambda x: Span(x[0], x[0] + x[1])), max_size=6)


@given(spans, spans)
def test_the_length_outside_is_that_of_counting_character_by_character(some, cover):
    def characters(of):
        return {at for span in of for at in range(span.start, span.end)}

    assert length_outside(some, cover) == len(characters(some) - characters(cover))


def test_the_first_tenth_says_more_than_the_last():
    assert grown(0.1) - grown(0.0) > 5 * (grown(1.0) - grown(0.9))
    assert (grown(0.0), grown(0.25), grown(1.0), grown(2.0)) == (0.0, 0.5, 1.0, 1.0)


def test_what_is_not_counted_is_no_stretch_that_came_from_elsewhere():
    whole = Span(0, len("\n".join(LAMP[:6])))
    mine = Passage(Span(0, 100), Span(0, 100), "verbatim", 1.0, "no")
    voice = Passage(whole, whole, "verbatim", 1.0, "both", "quoted in both texts")
    new, old, third = (article(id, *LAMP[:6]) for id in ("new", "old", "third"))
    near = replace(words(10, passages=(mine,)), a="new", b="old")
    said = replace(words(60, passages=(voice,)), a="new", b="third")
    pair = Pair(text_of(new), text_of(old), near)
    assert third_party_deficit(pair, context_for((new, old, third), (near, said))) is None
    told = replace(said, passages=(replace(voice, quoted="no", reason=None),))
    assert third_party_deficit(pair, context_for((new, old, third), (near, told))) is not None
