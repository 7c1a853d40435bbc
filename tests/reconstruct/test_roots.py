"""What a text may hang under besides another text of the pile, and why."""

from dataclasses import replace

import pytest
from making import LAMP, article, context_for, credit, text_of, weights_by_hand, words

from provenance.model import Evidence, Passage, Span
from provenance.reconstruct.pair import Pair
from provenance.reconstruct.roots import LEAD, ORIGINAL, AgencyNear, Arrow, agencies_near, explained, options_of
from provenance.reconstruct.texts import Named
from provenance.reconstruct.weights import cue_weights

NAMED = Named(
    {("new", "tidewright review"): "named:tidewright review/new"}, {"named:tidewright review/new": "Tidewright Review"}
)
FENPA = "named:fenpa/old"

NEW, OLD, THIRD = article("new", *LAMP), article("old", *LAMP), article("third", *LAMP)


def arrow(derived=NEW, source=OLD, at=None, sided=False, score=1.5, lead=None, **strengths):
    """A possible arrow over a stretch of both texts, of which only likeness speaks unless it is sided."""
    at = at or Span(0, len(derived.text))
    passage = Passage(at, at, "verbatim", 1.0, "no")
    shared = replace(words(90, passages=(passage,)), a=derived.id, b=source.id)
    reasons = (Evidence("one_of_many", -1.5, "doubt"), Evidence("shared_text", score + 1.5, "90 %"))
    spoke = {"one_of_many": 1.0, "shared_text": 0.9, **strengths}
    return Arrow(Pair(text_of(derived), text_of(source), shared), reasons, score, sided, lead, spoke)


def options(arrows=(), credits=(), near=None, named=NAMED, others=(), **fields):
    context = context_for((NEW, OLD, THIRD), others, **{"weights": weights_by_hand(), **fields})
    found = options_of(text_of(NEW), arrows, credits, named, near or {}, context)
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


def test_wherever_an_arrow_is_possible_the_words_may_have_come_from_an_unseen_source_instead():
    found = options(arrows=[arrow()], weights=cue_weights())["unseen"]
    assert found.strengths == {"one_of_many": 1.0, "common_source": 1.0}
    assert [e.name for e in found.evidence] == ["one_of_many", "common_source"]
    assert found.shared is not None
    assert "unseen" in options(arrows=[arrow(sided=True)])
    assert "unseen" not in options()


def test_what_has_no_weight_is_no_evidence_but_its_strength_is_kept_for_learning():
    weights = weights_by_hand()
    idle = replace(weights, weights={**weights.weights, "common_source": 0.0})
    found = options(arrows=[arrow()], weights=idle)["unseen"]
    assert [e.name for e in found.evidence] == ["one_of_many"]
    assert found.strengths["common_source"] == 1.0


def test_an_unseen_source_is_weighed_on_the_arrow_that_explains_most():
    some, most = arrow(kind_of_sharing=-1.0), arrow(source=THIRD, shared_text=0.95)
    found = options(arrows=[some, most])["unseen"]
    assert {place.article for e in found.evidence for place in e.places} <= {"new", "third"}
    assert "kind_of_sharing" not in found.strengths


def test_in_a_crowd_of_reprints_the_unseen_text_is_what_all_have_in_common():
    found = options(arrows=[arrow()], crowds={"new": 0, "old": 0, "third": 0})["unseen"]
    assert (found.evidence[0].name, found.evidence[-1].name) == ("one_of_many", "crowd_unseen")
    assert "common_source" not in found.strengths
    assert found.score > options(arrows=[arrow()])["unseen"].score


def test_a_crowd_that_credits_an_agency_has_that_in_common_and_nothing_unseen():
    crowds = {"new": 0, "old": 0, "third": 0}
    found = options(arrows=[arrow()], credits=[credit("new", "Tidewright Review")], crowds=crowds)
    assert "crowd_unseen" not in found["unseen"].strengths


def test_only_where_every_arrow_is_in_conflict_with_a_third_text_an_unseen_one_explains_more():
    def conflict(*arrows):
        return options(arrows)["unseen"].strengths.get("conflict_unseen")

    assert conflict(arrow(third_text_conflict=0.6), arrow(source=THIRD, third_text_conflict=0.4)) == 0.4
    assert conflict(arrow(third_text_conflict=0.6), arrow(source=THIRD)) is None


def blocks(one, other, *at):
    passages = tuple(Passage(span, span, "verbatim", 1.0, "no") for span in at)
    return replace(words(50, passages=passages), a=one.id, b=other.id)


def test_words_shared_with_others_that_no_single_one_has_speak_for_an_unseen_text():
    others = (blocks(NEW, OLD, Span(0, 300)), blocks(NEW, THIRD, Span(300, 600)))
    found = options([arrow()], others=others)["unseen"]
    assert found.strengths["no_one_explains"] == 0.5
    assert "no single one has more than 50" in found.evidence[-1].detail


# --- agencies near by ------------------------------------------------------------------------------------------------


def near(arrows, credits, agencies=("fenpa",)):
    named = Named({("old", "fenpa"): FENPA}, {FENPA: "FENPA"})
    context = context_for((NEW, OLD, THIRD), (), agencies=frozenset(agencies))
    return {id: [n.id for n in found] for id, found in agencies_near(arrows, named, credits, context).items()}


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
    found = options(
        arrows=[arrow()], near={"new": [AgencyNear(FENPA, arrow(), credit("old", "FENPA", "dateline"))]}, named=named
    )[FENPA]
    assert (found.evidence[0].name, found.evidence[-1].name) == ("one_of_many", "agency_common")
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


def test_an_arrow_is_sure_by_a_reason_that_tells_the_sides_or_by_its_lead_over_the_reverse():
    assert arrow(sided=True).sure
    assert not arrow().sure
    assert not arrow(lead=LEAD - 0.1).sure
    assert arrow(lead=LEAD).sure
    assert not arrow(lead=LEAD, sided=True, score=-0.1).sure  # likelier the other way is not yet likelier than none


def test_two_sure_sources_explain_together_what_neither_does_alone():
    rivals = [arrow(at=Span(0, 400), sided=True), arrow(source=NEW, at=Span(500, 900), sided=True)]
    assert explained(arrow(source=THIRD, at=Span(0, 1000)), rivals)
