"""Sources that are not in the pile: an agency's text, a text that a page shows, one that nobody names."""

import pytest
from making import (
    LAMP,
    MARKET,
    OWN,
    arrows,
    courier,
    day,
    echo,
    mail,
    node,
    primary,
    relay,
    traced,
    undecided,
)


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
