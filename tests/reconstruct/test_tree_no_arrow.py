"""Shared words that make no arrow."""

from making import (
    LAMP,
    MARKET,
    OWN,
    arrows,
    article,
    day,
    echo,
    hour,
    mail,
    traced,
    undecided,
)


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
