"""Many prints of one text: from a text that nobody shows, from the earliest, or undecided."""

from collections import defaultdict

import pytest
from making import (
    LAMP,
    MAIL_FIRST,
    MARKET,
    arrows,
    article,
    courier,
    cues_by_hand,
    day,
    echo,
    hour,
    mail,
    node,
    traced,
    undecided,
)


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
