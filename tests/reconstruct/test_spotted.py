"""Where a pattern can match at a word's start is always among the places that the quick look gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reconstruct.spotted import spotted

WORDS = ("no longer", "update", "updated", "fixed", "kept")


@given(st.text(alphabet="UPDATEDupdatedfixkept nolger_-ſKıİé", max_size=60))
def test_every_match_at_a_words_start_is_spotted(text):
    matches = re.finditer(rf"\b(?=(?:{'|'.join(WORDS)}))", text, re.IGNORECASE)
    assert {m.start() for m in matches} <= set(spotted(text, WORDS))


@pytest.mark.parametrize("text", ["Reupdated and prefixed", "", "un_fixed"])
def test_the_middle_of_a_word_is_passed_over(text):
    assert spotted(text, WORDS) == []


def test_words_of_other_alphabets_are_spotted_too():
    assert spotted("Кратко: Обновлено вчера", ("обновлено",)) == [8]
