"""A text with one source in the pile or with two; the true tree is drawn above each pile."""

import pytest
from making import (
    CREDITED_CHAIN,
    LAMP,
    MAIL_FIRST,
    MARKET,
    OWN,
    arrows,
    article,
    credit,
    day,
    echo,
    mail,
    node,
    primary,
    relay,
    traced,
)

MAIL_SAID = "The lens was beyond repair, The Carrow Mail reported."
ECHO_SAID = "The roof has never been painted, The Dunfallow Echo reported."


# --- one source ----------------------------------------------------------------------------------------------------


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


# --- two sources ---------------------------------------------------------------------------------------------------


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
