"""The tree of small piles whose true tree is drawn above each, and the sums that every tree must keep."""

import math
from collections import defaultdict
from dataclasses import replace

import pytest
from making import (
    LAMP,
    MARKET,
    OWN,
    arrows,
    article,
    courier,
    credit,
    cues_by_hand,
    day,
    echo,
    hour,
    mail,
    relay,
    traced,
    undecided,
    words,
)
from piles import PILES

from provenance import Settings, read_articles, trace
from provenance.model import Evidence, Fact
from provenance.reconstruct.pair import Pair, Text
from provenance.reconstruct.tree import kind_of, with_competition

MAIL_FIRST = "This story was first published by The Carrow Mail."
MAIL_SAID = "The lens was beyond repair, The Carrow Mail reported."
ECHO_SAID = "The roof has never been painted, The Dunfallow Echo reported."


def primary(found, derived):
    return next(d for d in found.derivations if d.derived == derived and d.is_primary)


def node(found, id):
    return next(s for s in found.sources if s.id == id)


# --- the sums that every tree keeps ----------------------------------------------------------------------------------

CREDITED_CHAIN = (
    mail(*LAMP, published=day(2)),
    echo(*LAMP[:7], MAIL_FIRST, published=day(3)),
    courier(OWN[0], *LAMP[:5], "The lens was beyond repair, The Dunfallow Echo reported.", published=day(4)),
)
AGENCY_PILE = (
    mail("CARROW POINT (FENPA) — " + LAMP[0], *LAMP[1:], published=day(4)),
    echo(*LAMP[:8], published=day(5)),
    courier(*MARKET, "FENPA contributed to this report.", published=day(6)),
)


def piles():
    for name in ("small", "classroom", "deutsch"):
        yield name, lambda name=name: trace(read_articles(PILES / name))
    yield "chain", lambda: traced(*CREDITED_CHAIN)
    yield "agency", lambda: traced(*AGENCY_PILE)
    yield (
        "crowd",
        lambda: traced(*(article(f"r{n}", *LAMP, outlet=f"Paper {n}", published=hour(9, n)) for n in range(9))),
    )


@pytest.fixture(scope="module", params=[make for _, make in piles()], ids=[name for name, _ in piles()])
def found(request):
    return request.param()


def test_the_evidence_of_every_derivation_adds_up_to_the_logit_of_its_probability(found):
    assert found.derivations or found.alternatives
    for d in found.derivations:
        p = min(max(d.probability, 1e-4), 1 - 1e-4)
        assert sum(e.weight for e in d.evidence) == pytest.approx(math.log(p / (1 - p)), abs=1e-3)
        assert d.evidence[-1].name == "competition"
        assert all(e.detail for e in d.evidence)


def test_what_one_text_may_come_from_adds_up_to_no_more_than_one(found):
    into = defaultdict(float)
    for d in found.derivations:
        into[d.derived] += d.probability if d.is_primary and not d.source.startswith("unseen:") else 0.0
    for a in found.alternatives:
        into[a.derived] += a.probability
    for s in found.sources:
        into[s.id] += (s.p_original or 0.0) + (s.p_unseen or 0.0)
    assert into
    assert max(into.values()) <= 1 + 1e-3


def test_a_text_has_one_primary_source_at_most_and_every_arrow_leads_from_node_to_node(found):
    nodes = {s.id for s in found.sources}
    taken = [d.derived for d in found.derivations if d.is_primary]
    assert len(taken) == len(set(taken))
    assert {x for d in found.derivations for x in (d.derived, d.source)} <= nodes
    assert {a.id for a in found.articles} <= nodes
    assert len(nodes) == len(found.sources)


def test_no_text_is_its_own_source_by_any_way_round(found):
    up = {d.derived: d.source for d in found.derivations if d.is_primary}
    for start in up:
        seen, at = set(), start
        while at in up:
            assert at not in seen
            seen.add(at)
            at = up[at]


def test_probabilities_are_rounded_to_four_places_and_derivations_reach_one_half(found):
    for d in found.derivations:
        assert d.probability == round(d.probability, 4)
        assert d.probability >= 0.5
        assert d.share is None or 0 <= d.share <= 1
    assert all(a.probability >= 0.05 for a in found.alternatives)


def test_an_alternative_is_never_a_derivation_as_well(found):
    assert not {(d.derived, d.source) for d in found.derivations} & {(a.derived, a.source) for a in found.alternatives}


def test_the_closing_line_of_the_evidence_brings_the_sum_to_the_logit():
    kept = (Evidence("credit_whole", 4.5, "it credits X"), Evidence("one_of_many", -1.5, "before any reason"))
    closed = with_competition(kept, 0.75)
    assert closed[:2] == kept
    assert sum(e.weight for e in closed) == pytest.approx(math.log(3))
    for certain in (0.0, 1.0):
        assert math.isfinite(with_competition(kept, certain)[-1].weight)


def test_the_closing_line_says_whether_it_takes_off_or_adds():
    kept = (Evidence("credit_whole", 1.0, "it credits X"),)
    assert with_competition(kept, 0.5)[-1].detail == "taken off, because it may come from elsewhere"
    assert with_competition(kept, 0.9)[-1].detail.startswith("added")


# --- kinds -----------------------------------------------------------------------------------------------------------


def kind(shared, **settings):
    derived = article("new", OWN[0], outlet="Relay Digest", published=hour(16))
    source = article("old", OWN[1], outlet="Carrow Mail", published=hour(9))
    pair = Pair(*(Text(a.id, a, a.outlet, a.published, ()) for a in (derived, source)), shared)
    return kind_of(pair, Settings(**settings))


@pytest.mark.parametrize(
    ("shared", "verbatim", "expected"),
    [
        (85, 68, "republished"),  # c = .85, v = .8
        (100, 100, "republished"),
        (84, 84, "excerpted"),  # c below .85
        (85, 67, "rewritten"),  # v below .8
        (20, 16, "excerpted"),
        (20, 15, "rewritten"),
        (60, 0, "rewritten"),
    ],
)
def test_the_kind_goes_by_the_share_and_by_how_much_of_it_is_word_for_word(shared, verbatim, expected):
    assert kind(words(shared, verbatim_a=verbatim)) == expected


def test_the_limits_of_kinds_are_settings():
    assert kind(words(60)) == "excerpted"
    assert kind(words(60), republished_share=0.6) == "republished"
    assert kind(words(90, verbatim_a=50)) == "rewritten"
    assert kind(words(90, verbatim_a=50), verbatim_share=0.5) == "republished"


def test_the_kind_goes_by_the_derived_text_not_by_the_source():
    assert kind(words(90, words_b=1000)) == "republished"
    assert kind(words(30, shared_b=100, verbatim_b=100)) == "excerpted"


# --- one source ------------------------------------------------------------------------------------------------------


def test_a_reprint_that_says_so_is_republished_and_what_is_cut_from_it_excerpted():
    # mail ── echo (republished) ── courier (excerpted, with a beginning of its own)
    found = traced(*CREDITED_CHAIN)
    assert arrows(found) == {("echo", "mail"): "republished", ("courier", "echo"): "excerpted"}
    assert found.independent_reports.n == 1


def test_a_rewrite_that_names_its_source_comes_from_it():
    # mail ── relay
    rewrite = (
        "Oda Renfell, the keeper, lit storm lanterns in a row along the gallery and swung them by hand until the "
        "pilots could see the marker on the rock.",
        "The workshop that ground the lens no longer exists, and along this coast nobody knows how to cast glass that "
        "thick without bubbles.",
        "In the cellar of the harbour museum there lies a spare lens, made for a smaller lamp, which would sit in a "
        "wooden frame that swells in wet weather.",
        "Crabbers dislike the barge with a floodlight, The Carrow Mail reported, since the generator drives their "
        "catch into deeper water.",
    )
    found = traced(mail(*LAMP, published=day(2)), relay(*rewrite, OWN[1], published=day(5)))
    assert arrows(found) == {("relay", "mail"): "rewritten"}


def test_a_canonical_link_to_an_article_of_the_pile_is_an_arrow_to_it():
    # mail ── relay
    link = credit("relay", "carrowmail.example", "canonical")
    found = traced(mail(*LAMP, url="https://carrowmail.example/lamp"), relay(*LAMP, credits=(link,)))
    assert arrows(found) == {("relay", "mail"): "republished"}


def test_a_credit_wins_over_a_date_that_says_the_copy_came_first():
    # mail, 9 May ── echo, "5 May"
    found = traced(echo(*LAMP, MAIL_FIRST, published=day(5)), mail(*LAMP, published=day(9)))
    assert arrows(found) == {("echo", "mail"): "republished"}
    assert primary(found, "echo").probability >= 0.7  # likely: the credit says it in so many words


def test_a_text_in_quotation_marks_comes_from_the_one_that_says_it_itself():
    # mail ── relay; neither is dated
    quoting = relay(OWN[0], "In the Carrow Mail there is more:", f"“{LAMP[1]} {LAMP[2]}”", OWN[1])
    found = traced(mail(*LAMP), quoting)
    assert arrows(found) == {("relay", "mail"): "excerpted"}
    assert "quoted_here" in {e.name for e in primary(found, "relay").evidence}


def test_that_a_copied_text_may_have_an_unseen_source_itself_makes_no_second_report():
    # mail ── echo, and who knows from whom the mail has it
    found = traced(mail(*LAMP), echo(*LAMP, MAIL_FIRST))
    assert arrows(found) == {("echo", "mail"): "republished"}
    assert node(found, "mail").p_original + node(found, "mail").p_unseen == pytest.approx(1.0, abs=0.01)
    assert found.independent_reports.low == found.independent_reports.n == found.independent_reports.high == 1


def test_a_credit_that_came_along_with_the_shared_text_is_no_credit_of_the_copy():
    # gazette ── mail ── relay; relay repeats the mail's sentence that names the gazette
    named = "The lens was beyond repair and no glazier would touch it, The Harbour Gazette reported on Tuesday."
    gazette = article("gazette", *LAMP[:4], OWN[2], outlet="Harbour Gazette", published=day(2))
    between = mail(named, *LAMP[:4], *MARKET[:3], published=day(3))
    found = traced(gazette, between, relay(named, *LAMP[:4], *MARKET[:3], MAIL_FIRST, published=day(5)))
    assert arrows(found).keys() == {("mail", "gazette"), ("relay", "mail")}
    copied = next(c for a in found.articles if a.id == "relay" for c in a.credits if "Gazette" in c.source_name)
    assert copied.inherited_from == "mail"


# --- two sources -----------------------------------------------------------------------------------------------------


def test_a_composite_has_a_primary_source_and_a_secondary_one():
    # mail ┬─ relay
    # echo ┘  (less of it)
    composite = relay(*LAMP[:5], MAIL_SAID, *MARKET[:3], ECHO_SAID, published=day(5))
    found = traced(mail(*LAMP, published=day(2)), echo(*MARKET, published=day(2)), composite)
    assert {(d.source, d.is_primary) for d in found.sources_of("relay")} == {("mail", True), ("echo", False)}
    assert arrows(found) == {("relay", "mail"): "excerpted", ("relay", "echo"): "excerpted"}
    assert found.independent_reports.n == 2


def test_two_sources_that_explain_the_same_words_compete_and_only_one_is_the_source():
    # mail ── echo ── relay: the relay credits the echo, and has nothing of the mail that the echo has not
    found = traced(*CREDITED_CHAIN)
    assert [d.source for d in found.sources_of("courier")] == ["echo"]


def test_a_second_source_that_explains_little_else_is_a_rival_and_no_second_source():
    # mail ── relay; the echo has the same middle and one sentence that the mail has not
    both = relay(*LAMP[:7], MAIL_SAID, ECHO_SAID, published=day(5))
    found = traced(mail(*LAMP[:6], *OWN, published=day(2)), echo(*LAMP[2:7], *MARKET, published=day(2)), both)
    assert [d.is_primary for d in found.sources_of("relay")] == [True]


def test_a_credit_for_the_whole_text_is_never_made_a_mere_contribution():
    # AP's mark came along: the text is the mail's, and the echo says so
    marked = "CARROW POINT (AP) — " + LAMP[0]
    found = traced(mail(marked, *LAMP[1:], published=day(2)), echo(marked, *LAMP[1:], MAIL_FIRST, published=day(4)))
    assert ("echo", "mail") in arrows(found)
    assert "contributed" not in arrows(found).values()


@pytest.mark.parametrize("line", ["AP contributed to this report.", "With inputs from AP."])
def test_a_contribution_is_a_second_arrow_and_takes_nothing_from_the_first(line):
    # AP (named) ┐
    # mail ──────┴ echo
    source = mail(*LAMP, published=day(2))
    without = traced(source, echo(*LAMP[:6], MAIL_SAID, published=day(4)))
    found = traced(source, echo(*LAMP[:6], MAIL_SAID, line, published=day(4)))
    assert arrows(found) == {("echo", "mail"): "republished", ("echo", "named:associated press/echo"): "contributed"}
    assert not next(d for d in found.derivations if d.kind == "contributed").is_primary
    assert primary(found, "echo").probability == pytest.approx(primary(without, "echo").probability, abs=0.005)
    assert found.independent_reports == without.independent_reports


# --- reprints --------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["learnt", "by hand"])
def cues(request, tmp_path):
    """The setting of weights: those that are shipped, and those that learning started from."""
    return "shipped" if request.param == "learnt" else cues_by_hand(tmp_path)


def test_three_outlets_with_one_uncredited_text_all_have_it_from_one_unseen_text(cues):
    # unseen ┬─ mail, ├─ echo, └─ courier: no chain by minutes
    crowd = (mail(*LAMP, published=hour(9)), echo(*LAMP, published=hour(9, 4)), courier(*LAMP, published=hour(9, 10)))
    found = traced(*crowd, cues=cues)
    assert arrows(found) == dict.fromkeys(((id, "unseen:1") for id in ("mail", "echo", "courier")), "republished")
    assert node(found, "unseen:1").kind == "unseen"
    assert found.independent_reports.n == 1


def test_no_chain_by_minutes_is_claimed_in_a_crowd():
    crowd = (mail(*LAMP, published=hour(9)), echo(*LAMP, published=hour(9, 4)), courier(*LAMP, published=hour(9, 10)))
    found = traced(*crowd)
    assert all(source == "unseen:1" for _, source in arrows(found))
    assert found.independent_reports.n == 1


def test_two_crowds_have_two_unseen_texts(cues):
    crowds = [
        article(f"{story}{n}", *text, outlet=f"{story} Paper {n}", published=hour(9, n))
        for story, text in (("Lamp", LAMP), ("Market", MARKET))
        for n in range(3)
    ]
    found = traced(*crowds, cues=cues)
    by_source = defaultdict(set)
    for derived, source in arrows(found):
        by_source[source].add(derived[:-1])
    assert dict(by_source) == {"unseen:1": {"Lamp"}, "unseen:2": {"Market"}}
    assert found.independent_reports.n == 2


def test_a_crowd_that_credits_a_member_has_it_from_that_member():
    # mail ┬─ echo
    #      └─ courier
    found = traced(
        mail(*LAMP, published=hour(9)),
        echo(*LAMP, MAIL_FIRST, published=hour(9, 4)),
        courier(*LAMP, MAIL_FIRST, published=hour(9, 10)),
    )
    assert arrows(found) == {("echo", "mail"): "republished", ("courier", "mail"): "republished"}


def test_an_uncredited_reprint_beside_a_credited_one_comes_from_the_clearly_earliest():
    # mail, 2 May ┬─ echo, 5 May ("first published by The Carrow Mail")
    #             └─ courier, 9 May
    found = traced(
        mail(*LAMP, published=day(2)), echo(*LAMP, MAIL_FIRST, published=day(5)), courier(*LAMP, published=day(9))
    )
    assert arrows(found) == {("echo", "mail"): "republished", ("courier", "mail"): "republished"}


def test_of_two_reprints_with_clear_dates_the_later_comes_from_the_earlier():
    # echo, 4 May ── mail, 9 May
    found = traced(mail(*LAMP, published=day(9)), echo(*LAMP, published=day(4)))
    assert arrows(found) == {("mail", "echo"): "republished"}


@pytest.mark.parametrize("published", [(None, None), (day(4), None), (None, day(4)), (day(4), day(4))])
def test_two_alike_without_dates_that_differ_are_related_and_undecided_in_direction(published):
    # mail ?─? echo
    found = traced(mail(*LAMP, published=published[0]), echo(*LAMP, published=published[1]))
    assert arrows(found) == {}
    assert undecided(found) == {("echo", "mail"): "direction"}
    assert found.undecided[0].p_related > 0.9
    assert {(c.derived, c.source) for c in found.undecided[0].candidates} == {("mail", "echo"), ("echo", "mail")}
    assert found.independent_reports.n == 1


@pytest.mark.parametrize("published", [(hour(9), hour(10)), (hour(9), hour(14)), (day(4), day(5))])
def test_dates_that_clocks_may_have_wrong_never_make_an_arrow_very_likely_and_leave_the_reverse_open(published):
    # mail ── echo, or the reverse
    found = traced(mail(*LAMP, published=published[0]), echo(*LAMP, published=published[1]))
    assert not arrows(found, 0.9)
    assert ("mail", "echo") not in arrows(found)
    assert ("mail", "echo") in {(a.derived, a.source) for a in found.alternatives}
    assert found.independent_reports.n == 1


def test_the_further_two_dates_are_apart_the_surer_is_the_arrow():
    def sure(later):
        found = traced(mail(*LAMP, published=hour(9)), echo(*LAMP, published=later))
        every = {(d.derived, d.source): d.probability for d in (*found.derivations, *found.alternatives)}
        return every["echo", "mail"]

    chances = [sure(later) for later in (hour(9), hour(10), hour(12), hour(14), hour(22))]
    assert chances == sorted(chances)
    assert chances[0] < 0.5 < 0.9 < chances[-1]


# --- what nobody shows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["FENPA", "AP"])
def test_text_shared_with_one_that_credits_an_agency_comes_from_the_agency_on_both_sides(name):
    # agency (named) ┬─ mail  "(FENPA) —"
    #                └─ echo  (says nothing)
    found = traced(
        mail(f"CARROW POINT ({name}) — {LAMP[0]}", *LAMP[1:], published=day(4)), echo(*LAMP[:8], published=day(5))
    )
    sources = dict(arrows(found).keys())
    assert set(sources) == {"mail", "echo"}
    assert len(set(sources.values())) == 1
    assert sources["mail"].startswith("named:")
    assert found.independent_reports.n == 1


def test_two_stories_of_one_agency_are_two_sources():
    # AP ── mail;  AP ── echo
    found = traced(
        mail("CARROW POINT (AP) — " + LAMP[0], *LAMP[1:], published=day(4)),
        echo("DUNFALLOW (AP) — " + MARKET[0], *MARKET[1:], published=day(4)),
    )
    assert set(arrows(found)) == {("mail", "named:associated press/mail"), ("echo", "named:associated press/echo")}
    assert found.independent_reports.n == 2


def test_two_prints_of_one_story_of_an_agency_have_one_source():
    # AP ┬─ mail
    #    └─ echo
    found = traced(
        mail("CARROW POINT (AP) — " + LAMP[0], *LAMP[1:], published=day(4)),
        echo("CARROW POINT (AP) — " + LAMP[0], *LAMP[1:6], published=day(5)),
    )
    assert set(arrows(found)) == {("mail", "named:associated press/echo"), ("echo", "named:associated press/echo")}
    assert found.independent_reports.n == 1


COURIER_SAID = "The lens was beyond repair, The Fen Courier reported."
REVIEW_FIRST = "The original source of this article is Tidewright Review."


def test_a_republished_text_that_is_not_here_is_a_node_and_other_articles_compete_for_it():
    # courier ── Tidewright Review (named, read through relay) ── relay
    found = traced(
        courier(*LAMP, published=day(2)), relay(OWN[0], COURIER_SAID, *LAMP[:6], REVIEW_FIRST, published=day(5))
    )
    review = "named:tidewright review/relay"
    assert set(arrows(found)) == {("relay", review), (review, "courier")}
    assert primary(found, "relay").kind == "republished"
    assert node(found, review).read_through == "relay"
    assert node(found, review).kind == "named"
    assert primary(found, review).passages  # they point into the relay's text
    assert all(p.a.end <= len(found.articles[1].text) for p in primary(found, review).passages)


def test_a_republished_text_without_any_source_in_the_pile_stays_named_and_its_source_unknown():
    # Tidewright Review (named, read through relay) ── relay
    found = traced(relay(OWN[0], COURIER_SAID, *LAMP[:6], REVIEW_FIRST), echo(*MARKET))
    assert set(arrows(found)) == {("relay", "named:tidewright review/relay")}
    assert [c.source_name for c in found.citations] == ["Fen Courier"]


def conflict_pile():
    # unseen ┬─ mail, ├─ echo, └─ courier: each two share a block that the third has not, word for word
    return (
        mail(*LAMP[:6], OWN[0], published=day(2)),
        echo(OWN[1], *LAMP[4:], published=day(2)),
        courier(*LAMP[:4], OWN[2], *LAMP[6:], published=day(2)),
    )


def test_blocks_that_each_two_share_and_the_third_lacks_are_nobodys_own():
    found = traced(*conflict_pile())
    assert not {source for _, source in arrows(found)} & {"mail", "echo", "courier"}
    assert len(undecided(found)) == 3 or arrows(found)


# --- no arrow --------------------------------------------------------------------------------------------------------


def test_an_outlets_own_background_in_its_later_report_is_no_derivation():
    found = traced(
        mail(*LAMP[:3], *MARKET, published=day(4)),
        article("later", *LAMP[:3], *OWN, outlet="The Carrow Mail", published=day(14)),
    )
    assert arrows(found) == {}
    assert undecided(found) == {}
    assert found.independent_reports.n == 2


def test_a_later_version_by_the_same_outlet_is_revised():
    # mail, 9:00 ── later, 15:00
    later = article("later", *LAMP[:7], OWN[0], outlet="The Carrow Mail", published=hour(15))
    found = traced(mail(*LAMP[:8], published=hour(9)), later)
    assert arrows(found) == {("later", "mail"): "revised"}


def test_a_background_paragraph_in_common_and_an_earlier_date_are_no_arrow():
    found = traced(
        mail(*MARKET, LAMP[3], LAMP[4], published=day(2)), echo(OWN[0], LAMP[3], LAMP[4], *OWN[1:], published=day(5))
    )
    assert arrows(found) == {}
    assert set(undecided(found)) == {("echo", "mail")}


def test_a_quotation_that_both_print_is_no_arrow_and_nothing_undecided():
    quote = f"“{LAMP[1]} {LAMP[2]}”"
    found = traced(mail(quote, *MARKET, published=day(2)), echo(quote, *OWN, published=day(5)))
    assert arrows(found) == {}
    assert undecided(found) == {}
    assert found.independent_reports.n == 2


def test_a_picture_credit_makes_no_arrow():
    found = traced(mail(*LAMP, published=day(2)), echo(*MARKET, "Photo: Carrow Mail", published=day(5)))
    assert arrows(found) == {}


def test_a_source_that_is_certainly_later_is_none():
    # the echo has more, but it appeared four days later
    found = traced(mail(*LAMP[:4], published=day(2)), echo(*LAMP, published=day(6)))
    assert ("mail", "echo") not in {(d.derived, d.source) for d in (*found.derivations, *found.alternatives)}


# --- what a person states --------------------------------------------------------------------------------------------

TWINS = (mail(*LAMP), echo(*LAMP))


def fact(article, field, value):
    return Fact(article, field, value, "Ada Quill")


def test_a_stated_source_settles_a_direction_and_is_marked_as_stated():
    found = traced(*TWINS, facts=[fact("mail", "from", "echo")])
    assert arrows(found) == {("mail", "echo"): "republished"}
    stated = next(e for e in primary(found, "mail").evidence if e.name == "stated")
    assert "Ada Quill" in stated.detail


def test_a_stated_source_is_stronger_than_a_credit_that_runs_the_other_way():
    credited = (mail(*LAMP, "This story was first published by The Dunfallow Echo.", published=day(9)), TWINS[1])
    assert arrows(traced(*credited)) == {("mail", "echo"): "republished"}
    assert arrows(traced(*credited, facts=[fact("echo", "from", "mail")])) == {("echo", "mail"): "republished"}


def test_a_stated_source_needs_no_shared_text():
    found = traced(mail(*LAMP), echo(*MARKET), facts=[fact("mail", "from", "echo")])
    assert set(arrows(found)) == {("mail", "echo")}


def test_a_stated_no_takes_an_arrow_away():
    dated = (mail(*LAMP, published=day(9)), echo(*LAMP, published=day(4)))
    assert arrows(traced(*dated)) == {("mail", "echo"): "republished"}
    assert arrows(traced(*dated, facts=[fact("mail", "not from", "echo")])) == {}


def test_a_stated_no_outweighs_everything_that_speaks_for_the_arrow():
    sure = (
        mail(*LAMP, "This story was first published by The Dunfallow Echo.", published=day(9)),
        echo(*LAMP, published=day(4)),
    )
    assert arrows(traced(*sure)) == {("mail", "echo"): "republished"}
    assert arrows(traced(*sure, facts=[fact("mail", "not from", "echo")])) == {}


def test_a_stated_source_outside_the_pile_is_a_named_one():
    found = traced(mail(*LAMP), echo(*MARKET), facts=[fact("mail", "from", "Tidewright Review")])
    assert set(arrows(found)) == {("mail", "named:tidewright review/mail")}
    assert "stated" in {e.name for e in primary(found, "mail").evidence}


def test_a_stated_outlet_lets_a_credit_find_its_article():
    unknown = replace(mail(*LAMP, published=day(2)), outlet=None, outlet_ground=None)
    reprint = relay(*LAMP[:6], MAIL_FIRST, published=day(3))
    assert ("relay", "mail") not in arrows(traced(unknown, reprint))
    found = traced(unknown, reprint, facts=[fact("mail", "outlet", "Carrow Mail")])
    assert arrows(found) == {("relay", "mail"): "republished"}


def test_a_stated_date_settles_which_of_two_reprints_is_the_earlier():
    facts = [fact("mail", "date", "2031-05-09"), fact("echo", "date", "2031-05-04")]
    assert arrows(traced(*TWINS, facts=facts)) == {("mail", "echo"): "republished"}


# --- settings --------------------------------------------------------------------------------------------------------


def test_a_higher_limit_for_arrows_leaves_only_the_surer_ones():
    others = [replace(a, id=f"other {a.id}") for a in AGENCY_PILE[2:]]
    all_of_them = traced(*CREDITED_CHAIN, *others)
    sure = traced(*CREDITED_CHAIN, *others, arrow_at=0.99)
    assert set(arrows(sure, 0)) == {(d.derived, d.source) for d in all_of_them.at_least(0.99) if d.is_primary} | {
        (d.derived, d.source) for d in sure.derivations if not d.is_primary
    }


def test_a_lower_limit_for_alternatives_shows_more_of_them():
    shown = traced(*AGENCY_PILE)
    more = traced(*AGENCY_PILE, alternative_at=0.001)
    assert {(a.derived, a.source) for a in shown.alternatives} < {(a.derived, a.source) for a in more.alternatives}


def test_a_text_keeps_its_best_possible_sources_up_to_the_limit():
    reprints = [article(f"r{n}", *LAMP, outlet=f"Paper {n}", published=day(1 + 2 * n)) for n in range(6)]
    last = article("last", *LAMP, outlet="The Last Paper", published=day(20))
    found = traced(*reprints, last, max_sources=2, alternative_at=0.0)
    assert len([a for a in found.alternatives if a.derived == "last" and a.source.startswith("r")]) == 2


def test_the_number_of_outlets_that_make_a_crowd_is_a_setting():
    pair = (mail(*LAMP, published=hour(9)), echo(*LAMP, published=hour(9, 4)))
    usual, crowd = traced(*pair), traced(*pair, star_outlets=2)
    for id in ("mail", "echo"):
        assert node(crowd, id).p_unseen > node(usual, id).p_unseen
