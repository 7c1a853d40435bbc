"""What a text may hang under besides another text of the pile, and why."""

from dataclasses import replace

import pytest
from making import LAMP, article, context_for, credit, text_of, words

from provenance.model import Evidence, Passage, Span
from provenance.reconstruct.pair import Pair
from provenance.reconstruct.roots import ORIGINAL, Arrow, agencies_near, explained, options_of
from provenance.reconstruct.texts import Named

NAMED = Named(
    {("new", "tidewright review"): "named:tidewright review/new"}, {"named:tidewright review/new": "Tidewright Review"}
)
FENPA = "named:fenpa/old"

NEW, OLD, THIRD = article("new", *LAMP), article("old", *LAMP), article("third", *LAMP)


def arrow(derived=NEW, source=OLD, at=None, sided=False, score=1.5):
    """A possible arrow over a stretch of both texts, of which only likeness speaks unless it is sided."""
    at = at or Span(0, len(derived.text))
    passage = Passage(at, at, "verbatim", 1.0, "no")
    shared = replace(words(90, passages=(passage,)), a=derived.id, b=source.id)
    reasons = (Evidence("one_of_many", -1.5, "doubt"), Evidence("shared_text", score + 1.5, "90 %"))
    return Arrow(Pair(text_of(derived), text_of(source), shared), reasons, score, sided)


def options(arrows=(), credits=(), near=None, named=NAMED, others=(), settled=(), **fields):
    context = context_for((NEW, OLD, THIRD), others, **fields)
    found = options_of(text_of(NEW), arrows, credits, named, near or {}, settled, context)
    for option in found[1:]:
        assert option.score == pytest.approx(sum(e.weight for e in option.evidence), abs=1e-6)
    return {o.id: o for o in found}


def test_a_text_that_nothing_is_like_may_only_be_original_at_even_odds():
    assert options() == {"original": ORIGINAL}
    assert ORIGINAL.score == 0.0
    assert ORIGINAL.evidence == ()


def test_a_credit_for_the_whole_text_offers_the_text_that_it_names_with_its_words():
    found = options(credits=[credit("new", "Tidewright Review")])["named:tidewright review/new"]
    assert [e.name for e in found.evidence] == ["credit_whole"]
    assert "credit to Tidewright Review" in found.evidence[0].detail
    assert found.shared is None


def test_what_a_person_states_is_offered_as_stated():
    found = options(credits=[credit("new", "Tidewright Review", "stated")])["named:tidewright review/new"]
    assert [e.name for e in found.evidence] == ["stated"]


def test_two_credits_for_one_text_offer_it_once_with_the_stronger():
    both = [credit("new", "Tidewright Review"), credit("new", "Tidewright Review", "stated")]
    for credits in (both, both[::-1]):
        found = options(credits=credits)
        assert list(found) == ["original", "named:tidewright review/new"]
        assert found["named:tidewright review/new"].evidence[0].name == "stated"


def test_a_text_like_another_without_a_reason_for_a_side_may_as_well_have_an_unseen_source():
    found = options(arrows=[arrow()])
    assert found["unseen"].score == pytest.approx(1.5)
    assert found["unseen"].shared is not None


def test_a_reason_that_tells_source_from_derived_leaves_no_room_for_an_unseen_source_of_the_same_words():
    assert "unseen" not in options(arrows=[arrow(sided=True)])
    assert "unseen" not in options(arrows=[arrow(sided=True), arrow(source=THIRD)])


def test_a_pair_that_is_settled_the_other_way_round_leaves_no_room_for_an_unseen_source():
    assert "unseen" not in options(arrows=[arrow()], settled=[frozenset({"new", "old"})])
    assert "unseen" in options(arrows=[arrow()], settled=[frozenset({"old", "third"})])


def test_words_that_the_sure_source_does_not_explain_may_still_have_an_unseen_one():
    first, rest = Span(0, 400), Span(400, len(NEW.text))
    found = options(arrows=[arrow(at=first, sided=True), arrow(source=THIRD, at=rest)])
    assert "unseen" in found


def test_in_a_crowd_of_reprints_the_unseen_text_is_what_all_have_in_common():
    found = options(arrows=[arrow()], crowds={"new": 0, "old": 0, "third": 0})["unseen"]
    assert [e.name for e in found.evidence] == ["one_of_many", "shared_text", "crowd_unseen"]
    assert found.score > options(arrows=[arrow()])["unseen"].score


def blocks(one, other, *at):
    passages = tuple(Passage(span, span, "verbatim", 1.0, "no") for span in at)
    return replace(words(50, passages=passages), a=one.id, b=other.id)


def test_text_that_each_shares_with_a_third_and_the_other_lacks_speaks_for_an_unseen_text():
    first, second, third = Span(0, 300), Span(300, 600), Span(600, 900)
    others = (blocks(NEW, OLD, second), blocks(NEW, THIRD, first), blocks(OLD, THIRD, third))
    assert "conflict_unseen" in {e.name for e in options([arrow(at=second)], others=others)["unseen"].evidence}
    one_sided = (blocks(NEW, OLD, second), blocks(NEW, THIRD, first))
    assert "conflict_unseen" not in {e.name for e in options([arrow(at=second)], others=one_sided)["unseen"].evidence}


# --- agencies near by ------------------------------------------------------------------------------------------------


def near(arrows, credits, agencies=("fenpa",)):
    named = Named({("old", "fenpa"): FENPA}, {FENPA: "FENPA"})
    context = context_for((NEW, OLD, THIRD), (), agencies=frozenset(agencies))
    return {id: [n for n, _ in found] for id, found in agencies_near(arrows, named, credits, context).items()}


BOTH_WAYS = (arrow(), arrow(OLD, NEW))
DATELINE = {"old": [credit("old", "FENPA", "dateline")]}


def test_an_agency_that_one_of_two_credits_is_near_to_both():
    assert near(BOTH_WAYS, DATELINE) == {"new": [FENPA], "old": [FENPA]}


def test_an_outlet_that_one_of_two_credits_is_not_near_to_the_other():
    assert near(BOTH_WAYS, DATELINE, agencies=()) == {}


def test_an_agency_named_for_a_fact_is_near_to_nobody():
    assert near(BOTH_WAYS, {"old": [credit("old", "FENPA", "attribution", "C")]}) == {}


def test_where_something_tells_source_from_derived_the_agency_is_near_to_neither():
    assert near((arrow(sided=True), arrow(OLD, NEW)), DATELINE) == {}


def test_the_common_agency_is_offered_with_the_shared_text_and_its_reason():
    named = Named({("old", "fenpa"): FENPA}, {FENPA: "FENPA"})
    found = options(arrows=[arrow()], near={"new": [(FENPA, arrow())]}, named=named)[FENPA]
    assert [e.name for e in found.evidence] == ["one_of_many", "shared_text", "agency_common"]
    places, passages = found.evidence[-1].places, found.shared.passages
    assert [(p.article, p.span) for p in places] == [x for p in passages for x in (("new", p.a), ("old", p.b))]
    assert found.score > options(arrows=[arrow()])["unseen"].score


# --- explained -------------------------------------------------------------------------------------------------------


def test_an_arrow_is_explained_by_a_sure_one_over_most_of_its_words_only():
    whole, part, half = Span(0, 1000), Span(0, 700), Span(0, 500)
    plain = arrow(source=THIRD, at=whole)
    assert explained(plain, [arrow(at=part, sided=True)])
    assert not explained(plain, [arrow(at=half, sided=True)])
    assert not explained(plain, [arrow(at=whole)])
    assert not explained(plain, [arrow(at=whole, sided=True, score=-1.0)])
    assert not explained(plain, [plain])


def test_two_sure_sources_explain_together_what_neither_does_alone():
    rivals = [arrow(at=Span(0, 400), sided=True), arrow(source=NEW, at=Span(500, 900), sided=True)]
    assert explained(arrow(source=THIRD, at=Span(0, 1000)), rivals)
