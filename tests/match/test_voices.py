"""Whose voice words are in."""

import pytest
from made_up import reading

LIST = "Three piers will close.\n- the pier at the mill\n- the pier at the ford\n- the pier at the inn\nThe rest stay."


def said(found, flags):
    return " ".join(form for form, flag in zip(found.forms, flags, strict=True) if flag)


def test_words_inside_quotation_marks_are_quoted_and_the_others_are_not():
    found = reading("x", "The keeper said “the lamp went out early” and left.")
    assert said(found, found.quoted) == "the lamp went out early"


def test_a_sentence_that_names_its_giver_is_a_third_partys_words():
    found = reading("x", "The pier is safe. It has eleven piles, the harbour board said in a statement. Nobody swam.")
    assert said(found, found.voiced) == "it has eleven piles the harbour board said in a statement"


def test_a_german_sentence_is_known_by_german_words():
    text = "Die Mole ist sicher. Sie habe elf Pfähle, hieß es in einer Erklärung."
    found = reading("x", text, language="de")
    assert said(found, found.voiced) == "sie habe elf pfähle hiess es in einer erklärung"
    assert not reading("x", text, language="en").voiced.any()


def test_a_list_of_three_items_is_no_prose():
    found = reading("x", LIST)
    assert said(found, found.voiced) == "the pier at the mill the pier at the ford the pier at the inn"


@pytest.mark.parametrize("items", (1, 2))
def test_fewer_than_three_items_are_no_list(items):
    assert not reading("x", "\n".join(LIST.split("\n")[: items + 1])).voiced.any()


def test_items_apart_from_one_another_are_no_list():
    assert not reading("x", "- one pier\nProse.\n- two piers\nProse.\n- three piers").voiced.any()


def test_a_number_at_the_start_of_a_sentence_is_no_item():
    assert not reading("x", "14 boats sank.\n15 boats swam.\n16 boats were towed home.").voiced.any()


def test_items_may_be_numbered():
    assert reading("x", "1. Boats sank.\n2. Boats swam.\n3) Boats were towed.").voiced.all()
