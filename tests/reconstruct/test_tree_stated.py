"""What a person states settles what the texts leave open."""

from dataclasses import replace

from making import (
    LAMP,
    MAIL_FIRST,
    MARKET,
    arrows,
    day,
    echo,
    mail,
    primary,
    relay,
    traced,
)

from provenance.model import Fact

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
