"""Each cue speaks when it should, and is silent or speaks against when it should not."""

import ast
import inspect
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import LAMP, MARKET, OWN, article, by_hand, credit, day, hour, looked_at, spoken, words

from provenance import Settings, Span
from provenance.model import Fact, Passage, Published
from provenance.reconstruct import direction
from provenance.reconstruct.clocks import impossible, slack
from provenance.reconstruct.direction import (
    CUES,
    SIDED,
    _how_long,
    agency_role,
    credit_back,
    credit_inherited,
    credited,
    crowd,
    findings_for,
    is_form,
    is_revision,
    is_sided,
    is_worth_a_look,
    keeps,
    kind_of_sharing,
    may_be_arrow,
    one_of_many,
    quoted_here,
    relation_score,
    reprint_earliest,
    same_outlet,
    shared_text,
    stated,
    time,
    told_us,
)
from provenance.reconstruct.pair import weighed
from provenance.reconstruct.reuse import reuse_of
from provenance.shared import Alignment, Measures

SETTINGS = Settings()


def ends(earliest, latest):
    return Published(earliest, latest, "stated")


NOON = datetime(2031, 5, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def instant(hours):
    return ends(NOON + hours * HOUR, NOON + hours * HOUR)


def evidence_for(pair, context):
    """What speaks for and against an arrow, weighed."""
    return [weighed(f, context) for f in findings_for(pair, context)]


# --- related at all -------------------------------------------------------------------------------------------------


def measured(pair_and_context):
    return relation_score(pair_and_context[0].shared)


def test_a_story_in_common_is_related_and_a_quotation_in_common_is_not():
    quote = f"“{LAMP[1]} {LAMP[2]}”"
    cut = looked_at(article("new", *LAMP[:6], OWN[0]), article("old", *LAMP))
    heard = looked_at(article("new", quote, *OWN), article("old", *MARKET, quote))
    assert measured(cut) > 0 > measured(heard)
    assert measured(heard) >= -4.0 and measured(cut) <= 4.0


def test_most_of_both_texts_in_common_is_related_whatever_its_kind():
    little = Measures(narrative=3)  # the measures alone see nothing in these words
    assert relation_score(words(10, measures=little)) < 0
    assert relation_score(words(70, measures=little)) >= 3.0
    assert relation_score(words(10, measures=little, near=True)) >= 3.0
    assert relation_score(words(70, words_b=1000, measures=little)) < 0  # most of one of them only


REPORT = (
    "Shares on the Carrow exchange closed {} on {} after a day of {} trading in which {} million of them changed "
    "hands. The index of leading companies {} {} points to {}, its {} close this month. Among the winners were {}, up "
    "{} percent at {} crowns, and {}, which gained {} percent. The crown stood at {} to the florin in late trading, "
    "compared with {} on the day before."
)
FILLED = (
    ("higher", "Monday", "brisk", 14, "rose", 31, 2410, "highest", "Wren Cables", 4, 118, "Fen Milling", 3, 3.41, 3.38),
    ("lower", "Friday", "thin", 6, "fell", 88, 2107, "lowest", "Oda Glass", 1, 77, "Moor Shipping", 2, 3.52, 3.47),
)


def test_one_form_filled_in_differently_makes_no_arrow_without_a_credit():
    forms = [article(id, REPORT.format(*filled)) for id, filled in zip("ab", FILLED, strict=True)]
    shared = looked_at(*forms)[0].shared
    assert is_form(reuse_of(shared))
    assert not may_be_arrow(shared, False, Settings(counted_words=1))
    assert may_be_arrow(shared, True, Settings(counted_words=1))
    assert not is_form(reuse_of(looked_at(article("new", *LAMP[:6], OWN[0]), article("old", *LAMP))[0].shared))


def test_one_word_below_the_floor_of_counted_words_there_is_no_arrow():
    floor = SETTINGS.counted_words
    assert may_be_arrow(words(floor), False, SETTINGS)
    assert not may_be_arrow(words(floor - 1), False, SETTINGS)
    assert not may_be_arrow(words(80, shared_b=floor - 1), False, SETTINGS)
    assert may_be_arrow(words(floor - 1), False, Settings(counted_words=floor - 1))


@pytest.mark.parametrize("is_credited", [True, False])
@pytest.mark.parametrize("is_near", [True, False])
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 3))
def test_what_is_not_worth_a_look_is_no_arrow_either_way_round(is_credited, is_near, a, b, plain, excerpt, sentences):
    shared = Alignment("a", "b", (), 90, 90, a, b, min(a, 9), min(b, 9), plain, excerpt, 0, sentences, near=is_near)
    if not is_worth_a_look(shared, SETTINGS):
        assert not may_be_arrow(shared, is_credited, SETTINGS)
        assert not may_be_arrow(shared.turned(), is_credited, SETTINGS)


def test_names_and_lists_in_capitals_make_no_arrow():
    assert not may_be_arrow(words(60, plain=15), False, SETTINGS)
    assert may_be_arrow(words(60, plain=40), False, SETTINGS)


def test_texts_that_agree_only_in_meaning_want_three_sentences_or_one_and_a_credit():
    def rewrite(sentences):
        return words(60, verbatim_a=0, verbatim_b=0, sentences=sentences)

    assert not may_be_arrow(rewrite(2), False, SETTINGS)
    assert may_be_arrow(rewrite(3), False, SETTINGS)
    assert may_be_arrow(rewrite(1), True, SETTINGS)
    assert not may_be_arrow(rewrite(0), True, SETTINGS)


def test_a_quoted_stretch_of_thirty_words_is_enough_for_an_arrow_and_so_is_a_near_reprint_of_a_short_text():
    assert may_be_arrow(words(20, excerpt_a=30), False, SETTINGS)
    assert may_be_arrow(words(20, excerpt_b=30), False, SETTINGS)
    assert not may_be_arrow(words(20, excerpt_a=29), False, SETTINGS)
    assert may_be_arrow(words(20, near=True), False, SETTINGS)


def test_every_arrow_starts_from_the_same_doubt():
    pair, context = by_hand(article("new", OWN[0]), article("old", OWN[1]))
    assert one_of_many(pair, context).strength == 1.0
    assert context.weights["one_of_many"] < 0


def test_shared_text_tells_how_much_of_the_derived_text_stands_in_the_source():
    pair, context = looked_at(article("new", *LAMP[:4], OWN[0]), article("old", *LAMP[:6], outlet="Carrow Mail"))
    found = spoken(shared_text(pair, context), "shared_text")
    assert found.strength > 0
    assert f"{pair.shared.shared_a} of its {pair.shared.words_a} words" in found.detail
    assert "Carrow Mail" in found.detail
    shown = " ".join(place.span.cut(pair.derived.article.text) for place in found.places)
    assert "Two trawlers" in shown
    assert "ramparts" not in shown


def test_the_more_of_the_derived_text_is_shared_the_louder_it_speaks():
    few, most = (shared_text(*by_hand(article("new", OWN[0]), article("old", OWN[1]), words(n))) for n in (12, 60))
    assert (few.strength, most.strength) == (0.12, 0.6)
    assert few.detail.startswith("only 12 of its 100 words")


def test_how_much_of_the_source_is_kept_speaks_by_its_square():
    pair, context = by_hand(article("new", OWN[0]), article("old", OWN[1]), words(60, shared_b=50))
    assert spoken(keeps(pair, context), "keeps").strength == 0.25
    assert keeps(pair, context).detail.startswith("50")
    assert keeps(*by_hand(article("new", OWN[0]), article("old", OWN[1]), words(0))) is None


def test_the_kind_of_sharing_speaks_against_an_arrow_or_not_at_all():
    quote = f"“{LAMP[1]} {LAMP[2]}”"
    heard = looked_at(article("new", quote, *OWN), article("old", *MARKET, quote))
    found = spoken(kind_of_sharing(*heard), "kind_of_sharing")
    assert -1.0 <= found.strength < 0
    assert "only quotations" in found.detail
    assert kind_of_sharing(*looked_at(article("new", *LAMP[:6], OWN[0]), article("old", *LAMP))) is None


# --- credits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("This story was first published by The Carrow Mail.", "credit_whole"),
        ("The Carrow Mail contributed to this report.", "credit_part"),
        ("The lens was beyond repair, The Carrow Mail reported.", "credit_fact"),
    ],
)
def test_a_credit_speaks_for_the_outlet_it_names_by_what_it_says_of_the_text(line, weight):
    source = article("old", *LAMP, outlet="Carrow Mail", published=day(2))
    derived = article("new", *LAMP[:4], line, outlet="Dunfallow Echo", published=day(3))
    pair, context = looked_at(derived, source)
    found = spoken(credited(pair, context), weight)
    assert found.strength == 1.0
    assert "Carrow Mail" in found.detail
    assert [place.span.cut(derived.text) in line for place in found.places] == [True]


def test_a_canonical_link_is_the_strongest_credit():
    derived = article("new", OWN[0], credits=(
        credit("new", "Carrow Mail", resolved_to="old"),
        credit("new", "Carrow Mail", "canonical", resolved_to="old"),
    ))  # fmt: skip
    pair, context = by_hand(derived, article("old", OWN[1], outlet="Carrow Mail"))
    assert spoken(credited(pair, context), "credit_markup").strength == 1.0
    assert context.weights["credit_markup"] > context.weights["credit_whole"]


def test_a_credit_for_somebody_else_or_for_a_picture_says_nothing_for_this_source():
    source = article("old", *LAMP, outlet="Carrow Mail")
    for line in ("This story was first published by The Harbour Gazette.", "Photo: Carrow Mail"):
        pair, context = looked_at(article("new", *LAMP[:4], line, outlet="Dunfallow Echo"), source)
        assert credited(pair, context) is None


def test_naming_an_outlet_without_crediting_it_is_no_credit():
    line = "The Carrow Mail has its office in the old customs house, two doors from the bakery."
    source = article("old", *LAMP, outlet="Carrow Mail")
    pair, context = looked_at(article("new", *LAMP[:4], line, outlet="Dunfallow Echo"), source)
    assert credited(pair, context) is None


def test_a_credit_that_came_along_with_a_third_text_speaks_half_as_loud():
    def finding(inherited_from):
        mine = credit("new", "Carrow Mail", resolved_to="old", inherited_from=inherited_from)
        pair, context = by_hand(article("new", OWN[0], credits=(mine,)), article("old", OWN[1]))
        return spoken(credited(pair, context), "credit_whole")

    assert finding("third").strength == finding(None).strength / 2
    assert "third has the same credit" in finding("third").detail


def test_a_credit_given_by_the_other_side_speaks_against():
    reprint = article("old", *LAMP, "This story was first published by The Carrow Mail.", outlet="Dunfallow Echo")
    mail = article("new", *LAMP, outlet="Carrow Mail")
    pair, context = looked_at(mail, reprint)
    assert spoken(credit_back(pair, context), "credit_back").strength == 1.0
    assert context.weights["credit_back"] < 0
    assert credited(pair, context) is None
    assert credit_back(*looked_at(reprint, mail)) is None


def test_the_same_credit_on_both_sides_speaks_of_an_earlier_text():
    line = "This story was first published by The Harbour Gazette."
    both = [article(id, *LAMP[:4], line, outlet=outlet) for id, outlet in (("new", "Dunfallow Echo"), ("old", "Mail"))]
    pair, context = looked_at(*both)
    assert "Harbour Gazette" in spoken(credit_inherited(pair, context), "credit_inherited").detail
    assert context.weights["credit_inherited"] < 0
    alone = article("old", *LAMP[:4], outlet="Mail")
    assert credit_inherited(*looked_at(both[0], alone)) is None


def test_a_fact_that_both_have_from_one_outlet_is_not_held_against_the_pair():
    said = "The lens was beyond repair, The Harbour Gazette reported."
    both = [article(id, *LAMP[:4], said, outlet=outlet) for id, outlet in (("new", "Dunfallow Echo"), ("old", "Mail"))]
    assert [c.tier for c in looked_at(*both)[0].derived.credits] == ["C"]
    assert credit_inherited(*looked_at(*both)) is None


def test_a_credit_to_one_of_the_two_outlets_is_not_held_against_the_pair():
    line = "The Carrow Mail contributed to this report."
    derived = article("new", *LAMP[:4], line, outlet="Dunfallow Echo")
    source = article("old", *LAMP, line, outlet="Carrow Mail")
    assert credit_inherited(*looked_at(derived, source)) is None


# --- what a person states -------------------------------------------------------------------------------------------


def test_what_a_person_states_speaks_for_or_against_and_says_who_said_it():
    new, old = article("new", OWN[0]), article("old", OWN[1], outlet="Carrow Mail")
    for relation, strength in (("from", 1.0), ("not from", -1.0)):
        fact = Fact("new", relation, "old", "Ada Quill")
        found = spoken(stated(*by_hand(new, old, facts={("new", "old"): fact})), "stated")
        assert found.strength == strength
        assert "Ada Quill" in found.detail
    assert stated(*by_hand(old, new, facts={("new", "old"): fact})) is None


# --- quotation ------------------------------------------------------------------------------------------------------


def test_words_in_quotation_marks_that_the_source_says_itself_point_to_the_quoting_text():
    quoting = article("new", OWN[0], "The Carrow Mail writes:", f"“{LAMP[1]} {LAMP[2]}”", outlet="Ramparts Blog")
    speaking = article("old", *LAMP, outlet="Carrow Mail")
    found = spoken(quoted_here(*looked_at(quoting, speaking)), "quoted_here")
    assert found.strength == 1.0
    assert "Two trawlers" in found.places[0].span.cut(quoting.text)
    assert spoken(quoted_here(*looked_at(speaking, quoting)), "quoted_here").strength == -1.0


def test_a_quotation_that_does_not_name_the_paper_is_rather_a_speech_and_says_nothing():
    quoting = article("new", OWN[0], f"“{LAMP[1]} {LAMP[2]}”", outlet="Ramparts Blog")
    speaking = article("old", *LAMP, outlet="Carrow Mail")
    assert quoted_here(*looked_at(quoting, speaking)) is None
    assert quoted_here(*looked_at(speaking, quoting)) is None
    unknown = article("old", *LAMP)  # whose name could it give?
    assert 0 < spoken(quoted_here(*looked_at(quoting, unknown)), "quoted_here").strength < 1


def test_a_quotation_may_name_the_author_instead_of_the_paper():
    quoting = article("new", OWN[0], "As Oda Renfell writes:", f"“{LAMP[1]} {LAMP[2]}”", outlet="Ramparts Blog")
    speaking = article("old", *LAMP, outlet="Carrow Mail", byline="Oda Renfell")
    assert spoken(quoted_here(*looked_at(quoting, speaking)), "quoted_here").strength == 1.0


def test_words_that_both_quote_or_that_a_person_speaks_point_nowhere():
    quote = f"“{LAMP[1]} {LAMP[2]}”"
    both = [article(id, OWN[n], *LAMP[3:6], quote) for n, id in enumerate(("new", "old"))]
    assert quoted_here(*looked_at(*both)) is None
    speech = LAMP[1].replace("Two trawlers", "I saw that two trawlers")
    told = article("new", *LAMP[3:6], f"“{speech}”")
    assert quoted_here(*looked_at(told, article("old", *LAMP[3:6], speech))) is None


def test_a_short_quotation_points_nowhere():
    assert quoted_here(*by_hand(article("new", OWN[0]), article("old", OWN[1]), words(excerpt_a=29))) is None


def told(how):
    return f"“It bit me twice before breakfast and then asked for more,” the glazier {how}. {LAMP[6]}"


def test_told_us_in_the_source_that_is_told_of_others_here_speaks_for_the_source():
    source = article("old", *LAMP[:3], told("told us"), outlet="Carrow Mail")
    derived = article("new", *LAMP[:3], told("told the paper"))
    found = spoken(told_us(*looked_at(derived, source)), "told_us")
    assert found.strength == 1.0
    assert "told us" in found.detail


def test_told_us_on_both_sides_or_only_here_says_nothing():
    source = article("old", *LAMP[:3], told("told us"))
    assert told_us(*looked_at(article("new", *LAMP[:3], told("told us")), source)) is None
    assert told_us(*looked_at(source, article("new", *LAMP[:3], told("told the paper")))) is None


# --- time -----------------------------------------------------------------------------------------------------------


def strength(derived, source):
    """How strongly the dates speak, signed by their weight; None when they are silent."""
    pair, context = by_hand(article("new", OWN[0], published=derived), article("old", OWN[1], published=source))
    found = time(pair, context)
    return None if found is None else found.strength * (1 if context.weights[found.name] > 0 else -1)


def test_an_earlier_source_speaks_fully_from_the_slack_to_seven_days_and_fades_to_nothing_at_thirty():
    assert strength(instant(7), instant(0)) == 1.0
    assert strength(instant(24 * 7), instant(0)) == 1.0
    assert 0 < strength(instant(24 * 20), instant(0)) < 1
    assert strength(instant(24 * 30), instant(0)) == pytest.approx(0)
    assert strength(instant(24 * 90), instant(0)) < 0  # and beyond, it speaks against
    weeks = [strength(instant(24 * d), instant(0)) for d in range(7, 60)]
    assert weeks == sorted(weeks, reverse=True)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.2, "12 minutes"), (1.2, "an hour"), (9, "9 hours"), (21, "21 hours"), (24, "a day"), (49, "2 days")],
)
def test_how_much_earlier_is_said_as_people_say_it(hours, words):
    assert _how_long(timedelta(hours=hours)) == words


def test_within_the_slack_of_the_clocks_an_earlier_date_speaks_less():
    assert 0 < strength(instant(1), instant(0)) < strength(instant(5), instant(0)) < 1.0
    assert strength(instant(1.5), instant(0)) == 0.5  # a quarter of the six hours: its square root
    assert 0 < strength(day(11), day(10)) < 1.0  # days: 36 hours of slack
    assert strength(day(12), day(10)) == 1.0


def test_the_longer_before_the_louder_up_to_a_week_without_a_step_where_the_slack_ends():
    hours = [h / 4 for h in range(1, 24 * 7 * 4)]
    said = [strength(instant(h), instant(0)) for h in hours]
    assert said == sorted(said)
    assert max(b - a for a, b in pairwise(said)) < 0.1


def test_equal_open_or_missing_dates_are_silent():
    assert not strength(day(10), day(10))
    assert strength(None, day(10)) is None
    assert strength(day(10), None) is None
    assert strength(day(10), ends(NOON - 24 * HOUR, None)) is None
    assert strength(ends(None, NOON), instant(-48)) is None


def test_a_source_that_is_later_beyond_the_slack_is_spoken_against():
    assert strength(instant(0), instant(7)) == -1.0
    assert strength(day(10), day(14)) == -1.0


def test_a_source_that_is_later_within_the_slack_is_spoken_against_as_loud_as_the_reverse_would_speak_for_it():
    for one, other in ((instant(0), instant(5)), (instant(0), instant(1)), (day(10), day(11))):
        assert strength(one, other) == -strength(other, one) < 0


def test_clocks_may_be_wrong_by_six_hours_and_days_by_a_day_and_a_half():
    assert slack(instant(0), instant(3), SETTINGS) == timedelta(hours=6)
    assert slack(instant(0), day(10), SETTINGS) == timedelta(hours=36)
    assert slack(day(9), day(10), SETTINGS) == timedelta(hours=36)
    assert slack(instant(0), ends(NOON, None), SETTINGS) == timedelta(hours=36)
    assert slack(instant(0), instant(3), Settings(slack_hours=1)) == HOUR


def test_a_source_is_impossible_once_it_lies_after_the_derived_text_by_more_than_the_slack():
    assert not impossible(instant(0), instant(6), SETTINGS)
    assert impossible(instant(0), instant(6.1), SETTINGS)
    assert not impossible(instant(0), instant(-100), SETTINGS)
    assert not impossible(instant(0), None, SETTINGS)
    assert not impossible(None, instant(0), SETTINGS)
    assert impossible(day(10), day(14), SETTINGS)
    assert not impossible(day(10), day(11), SETTINGS)  # an evening's paper is dated the next day


def test_open_intervals_are_impossible_only_by_the_end_that_is_known():
    assert impossible(ends(None, NOON), ends(NOON + 48 * HOUR, None), SETTINGS)
    assert not impossible(ends(NOON, None), ends(NOON + 480 * HOUR, None), SETTINGS)
    assert not impossible(ends(None, NOON), ends(None, NOON + 480 * HOUR), SETTINGS)


hours = st.floats(-2000, 2000, allow_nan=False)


@given(hours, hours)
def test_what_is_impossible_one_way_is_never_impossible_the_other_way_too(one, other):
    assert not (
        impossible(instant(one), instant(other), SETTINGS) and impossible(instant(other), instant(one), SETTINGS)
    )


LATER_BY_ITS_DATE = (
    article("new", *LAMP, "This story was first published by The Carrow Mail.", outlet="Echo", published=day(5)),
    article("old", *LAMP, outlet="Carrow Mail", published=day(9)),
)


def test_a_credit_outweighs_a_date_that_says_otherwise():
    derived, source = LATER_BY_ITS_DATE

    def total(pair_and_context):
        return sum(e.weight for e in evidence_for(*pair_and_context))

    assert impossible(derived.published, source.published, SETTINGS)
    assert total(looked_at(derived, source)) > 0
    assert total(looked_at(derived, source)) - total(looked_at(source, derived)) > 2  # seven to one, not even odds


def test_the_earlier_of_two_reprints_is_no_likelier_source_of_the_one_that_it_credits():
    derived, source = LATER_BY_ITS_DATE  # the reprint is dated first, and still it says whose text it is
    assert reprint_earliest(*looked_at(source, derived)) is None


# --- outlets --------------------------------------------------------------------------------------------------------


def test_an_earlier_version_by_the_same_outlet_speaks_for_it_and_a_later_one_against():
    late = article("new", OWN[0], outlet="The Carrow Mail", published=hour(16))
    early = article("old", OWN[1], outlet="Carrow Mail", published=hour(9))
    assert spoken(same_outlet(*by_hand(late, early, words(80))), "same_outlet").strength == 1.0
    assert spoken(same_outlet(*by_hand(early, late, words(80))), "same_outlet").strength == -1.0


@pytest.mark.parametrize(
    ("outlet", "published", "shared", "url"),
    [
        ("Dunfallow Echo", hour(9), 80, None),  # somebody else's
        ("Carrow Mail", hour(9), 50, None),  # too little in common
        ("Carrow Mail", day(2), 80, None),  # days before
        ("Carrow Mail", None, 80, "https://carrowmail.example/lamp"),  # undated: direction unknown
    ],
)
def test_same_outlet_is_silent_where_it_is_no_earlier_version(outlet, published, shared, url):
    late = article("new", OWN[0], outlet="Carrow Mail", published=hour(16), url=url)
    early = article("old", OWN[1], outlet=outlet, published=published, url=url)
    assert same_outlet(*by_hand(late, early, words(shared))) is None


def test_one_address_makes_two_texts_versions_of_one_article_however_far_apart():
    url = "https://carrowmail.example/lamp"
    late = article("new", OWN[0], outlet="Carrow Mail", published=day(28), url=url)
    early = article("old", OWN[1], outlet="Carrow Mail", published=day(2), url=url)
    assert is_revision(by_hand(late, early, words(80))[0], SETTINGS)
    assert not is_revision(by_hand(late, early, words(50))[0], SETTINGS)


def test_an_agencys_own_page_is_the_likelier_source():
    paper, wire = article("new", OWN[0], outlet="Carrow Mail"), article("old", OWN[1], outlet="Fenland Press Agency")
    agencies = frozenset({"fenland press agency"})
    assert spoken(agency_role(*by_hand(paper, wire, agencies=agencies)), "agency_role").strength == 1.0
    assert spoken(agency_role(*by_hand(wire, paper, agencies=agencies)), "agency_role").strength == -1.0
    assert agency_role(*by_hand(paper, article("old", OWN[1], outlet="Echo"), agencies=agencies)) is None
    assert agency_role(*by_hand(wire, article("old", OWN[1], outlet="Fenland Press Agency"), agencies=agencies)) is None


def test_of_two_reprints_the_clearly_earlier_one_is_the_likelier_source():
    new, old = article("new", OWN[0], published=day(9)), article("old", OWN[0], published=day(4))
    near = words(90, near=True)
    assert spoken(reprint_earliest(*by_hand(new, old, near)), "reprint_earliest").strength == 1.0
    assert reprint_earliest(*by_hand(old, new, near)) is None
    assert reprint_earliest(*by_hand(new, old, words(90))) is None  # no reprints
    assert reprint_earliest(*by_hand(new, old, near, crowds={"new": 0, "old": 0})) is None  # a star, no chain
    assert reprint_earliest(*by_hand(new, article("old", OWN[0], published=day(8)), near)) is None  # within the slack
    assert reprint_earliest(*by_hand(new, article("old", OWN[0]), near)) is None


def test_within_a_crowd_of_reprints_no_member_is_the_likely_source_of_another():
    pair, context = by_hand(article("new", OWN[0]), article("old", OWN[0]), crowds={"new": 3, "old": 3})
    assert spoken(crowd(pair, context), "crowd").strength == 1.0
    assert context.weights["crowd"] < 0
    for crowds in ({}, {"new": 3}, {"new": 3, "old": 4}):
        assert crowd(*by_hand(article("new", OWN[0]), article("old", OWN[0]), crowds=crowds)) is None


# --- all of them together -------------------------------------------------------------------------------------------


def test_the_evidence_of_a_pair_has_every_cue_that_speaks_once_and_nothing_of_no_weight():
    source = article("old", *LAMP, outlet="Carrow Mail", published=day(2))
    line = "This story was first published by The Carrow Mail."
    derived = article("new", *LAMP[:4], line, outlet="Dunfallow Echo", published=day(4))
    found = [e.name for e in evidence_for(*looked_at(derived, source))]
    assert {"one_of_many", "shared_text", "credit_whole", "time", "containment"} <= set(found)
    assert len(found) == len(set(found))
    assert "third_party_deficit" not in found


def test_a_cue_at_full_strength_weighs_what_the_data_file_says():
    pair, context = by_hand(article("new", OWN[0], published=day(9)), article("old", OWN[1], published=day(4)))
    weights = {e.name: e.weight for e in evidence_for(pair, context)}
    assert weights["time"] == context.weights["time"]
    assert weights["one_of_many"] == context.weights["one_of_many"]


def test_likeness_and_an_earlier_date_do_not_tell_source_from_derived():
    source = article("old", *LAMP, outlet="Carrow Mail", published=day(2))
    assert not is_sided(evidence_for(*looked_at(article("new", *LAMP[:4], published=day(4)), source)))
    line = "The lens was beyond repair, The Carrow Mail reported."
    assert is_sided(evidence_for(*looked_at(article("new", *LAMP[:4], line, published=day(4)), source)))


def test_every_cue_of_the_stage_is_in_the_list_of_cues_once():
    files = Path(inspect.getfile(direction)).parent.glob("*.py")
    functions = [
        f.name
        for file in files
        for f in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(f, ast.FunctionDef) and [a.arg for a in f.args.args] == ["pair", "context"]
        and f.returns and "Finding" in ast.unparse(f.returns) and f.name != "findings_for" and f.name[0] != "_"
    ]  # fmt: skip
    assert sorted(functions) == sorted(cue.__name__ for cue in CUES)
    assert set(by_hand(article("new"), article("old"))[1].weights.weights) >= SIDED


def test_a_passage_that_is_not_counted_is_no_place_of_shared_text():
    first, second = Span(0, len(OWN[0])), Span(len(OWN[0]) + 1, len(OWN[0]) + 1 + len(OWN[1]))
    own = Passage(first, first, "verbatim", 1.0, "no")
    voice = Passage(second, second, "verbatim", 1.0, "both", "quoted in both texts")
    both = [article(id, OWN[0], OWN[1]) for id in ("new", "old")]
    found = shared_text(*by_hand(*both, words(60, passages=(own, voice))))
    assert [place.span for place in found.places] == [first]
