"""A pile with its truth as numbers: what competes, how strongly each cue speaks, what the truth allows."""

from dataclasses import replace

import pytest
from making import LAMP, MARKET, OWN, courier, day, echo, hour, mail, relay

from provenance.learn import example_of, turns_of
from provenance.learn.examples import _contest
from provenance.model import Pile
from provenance.reconstruct.weights import cue_weights
from provenance.settings import Settings
from provenance.truth import TrueDerivation, Truth

CUES = tuple(cue_weights().weights)
MAIL_FIRST = "This story was first published by The Carrow Mail."
NOTHING_SAID = Truth({}, (), (), False, (), {}, (), {}, None, (), ())


def truth(*arrows, complete=True):
    """What is true, as "derived < source"."""
    derivations = tuple(TrueDerivation(*a.split(" < "), "republished", True, "told") for a in arrows)
    return replace(NOTHING_SAID, derivations=derivations, derivations_are_complete=complete)


def allowed(articles, known):
    """By text, what its source may be: ids of texts and options."""
    pile = Pile(articles, ())
    contest = _contest(pile, Settings())
    (e,) = example_of(pile, known, {}, CUES)
    ids = [t.id for t in contest.texts if any(t.id in (a.pair.derived.id, a.pair.source.id) for a in contest.arrows)]
    every = [[o.id for o in contest.options[id]] for id in ids]
    into = {id: set() for id in ids}
    for k in range(len(e.source)):
        into[ids[e.derived[k]]] |= {ids[e.source[k]]} if e.right_arrow[k] else set()
    options = [name for names in every for name in names]
    for k, name in enumerate(options):
        into[ids[e.node[k]]] |= {name} if e.right_option[k] else set()
    return into


REPRINT = (mail(*LAMP, published=day(2)), echo(*LAMP[:7], MAIL_FIRST, published=day(3)))
BLOG = relay(OWN[0], *LAMP[:6], OWN[1])


def test_where_the_truth_is_complete_a_text_has_its_true_source_or_is_an_original():
    # mail ── echo
    assert allowed(REPRINT, truth("echo < mail")) == {"mail": {"original"}, "echo": {"mail"}}
    assert allowed(REPRINT, truth()) == {"mail": {"original"}, "echo": {"original"}}


def test_a_text_of_which_an_incomplete_truth_says_nothing_may_be_anything():
    found = allowed(REPRINT, truth("echo < mail", complete=False))
    assert found["echo"] == {"mail"}
    assert found["mail"] >= {"original", "echo"}


def test_a_text_whose_true_source_does_not_compete_is_left_free():
    # courier ── echo in truth; but the two share nothing
    found = allowed((*REPRINT, courier(*MARKET)), truth("echo < courier"))
    assert found["echo"] >= {"mail", "original"}
    assert found["mail"] == {"original"}


def test_a_named_and_an_unseen_source_are_options():
    # FENPA (named) ── mail;  unseen ── relay
    wired = mail("CARROW POINT (FENPA) — " + LAMP[0], *LAMP[1:], published=day(2))
    found = allowed((wired, BLOG), truth("mail < named:fenpa", "relay < unseen:7"))
    assert found == {"mail": {"named:fenpa/mail"}, "relay": {"unseen"}}


def test_a_named_text_that_is_read_through_an_article_has_a_source_of_its_own():
    # courier ── Tidewright Review (named, read through relay) ── relay
    said = ("The lens was beyond repair, The Fen Courier reported.",)
    first = "The original source of this article is Tidewright Review."
    pile = (courier(*LAMP, published=day(2)), relay(OWN[0], *said, *LAMP[:6], first, published=day(5)))
    review = "named:tidewright review"
    found = allowed(pile, truth(f"relay < {review}", f"{review} < courier"))
    assert found[f"{review}/relay"] == {"courier"}
    assert found["relay"] == {f"{review}/relay"}
    assert found["courier"] == {"original"}


def test_texts_that_compete_are_an_example_and_those_that_nothing_is_like_are_left_out():
    # mail ── echo;  courier
    pile = Pile((*REPRINT, courier(*MARKET)), ())
    (e,) = example_of(pile, truth("echo < mail"), {}, CUES)
    assert e.n == 2
    two = (*REPRINT, courier(*MARKET, published=day(4)), relay(*MARKET, published=day(9)))
    assert [e.n for e in example_of(Pile(two, ()), truth(), {}, CUES)] == [2, 2]


def test_a_group_belongs_to_the_family_of_its_first_text():
    pile = Pile(REPRINT, ())
    assert [e.family for e in example_of(pile, truth(), {"mail": "lamp", "echo": "lamp"}, CUES)] == ["lamp"]
    assert [e.family for e in example_of(pile, truth(), {}, CUES)] == ["mail"]


@pytest.mark.parametrize("articles", [REPRINT, (*REPRINT, BLOG, courier(*LAMP[2:], published=hour(9)))])
def test_strengths_times_weights_are_the_scores_that_the_trace_decides_by(articles):
    pile, weights = Pile(articles, ()), cue_weights()
    contest = _contest(pile, Settings())
    (e,) = example_of(pile, truth(), {}, CUES)
    by_cue = [weights[cue] for cue in CUES]
    assert e.arrows @ by_cue + e.arrow_rest == pytest.approx([a.score for a in contest.arrows], abs=1e-4)
    offered = [o.score for t in contest.texts for o in contest.options[t.id]]
    assert e.options @ by_cue + e.option_rest == pytest.approx(offered, abs=1e-4)
    assert len(e.source) > 0


def test_cues_that_learning_found_idle_are_shown_to_the_next_learning_all_the_same(tmp_path):
    idle = tmp_path / "idle.toml"
    idle.write_text(
        "calibrated = true\n[cues]\n"
        + "".join(f'{cue} = {{ weight = 0.0, by_hand = 1.0, meaning = "made up for tests" }}\n' for cue in CUES)
    )
    pile = Pile(REPRINT, ())
    (e,) = example_of(pile, truth(), {}, CUES)
    (again,) = example_of(pile, truth(), {}, CUES, Settings(cues=str(idle)))
    assert (e.arrows == again.arrows).all()
    assert e.arrows.any()


# --- pairs -----------------------------------------------------------------------------------------------------------


def test_a_pair_is_the_strengths_of_its_arrow_less_those_of_its_reverse():
    pile = Pile(REPRINT, ())
    (there,), (back,) = (turns_of(pile, [pair], "lamp", CUES) for pair in (("mail", "echo"), ("echo", "mail")))
    assert there.family == "lamp"
    assert (there.cues == -back.cues).all()
    by_cue = dict(zip(CUES, there.cues, strict=True))
    assert by_cue["credit_whole"] == 1.0
    assert by_cue["credit_back"] == -1.0
    assert by_cue["one_of_many"] == 0.0  # the same both ways: it tells nothing of the direction


def test_pairs_without_an_arrow_both_ways_teach_nothing():
    pile = Pile((*REPRINT, courier(*MARKET)), ())
    assert turns_of(pile, [("mail", "courier"), ("mail", "nobody")], "lamp", CUES) == []
