"""The count without reading equals the count of what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span
from provenance.report.word_count import count_words
from provenance.text import tokenize

MIXED = st.text("ab7 '’ʼ-.\n\xad\u200b\ufeff\xa0éßªﬁ½日本ñ가\U0001f600\x81\ud800“", max_size=20)


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


@given(st.one_of(st.text(max_size=40), MIXED))
def test_any_text_has_as_many_words_as_are_read_in_it(text: str) -> None:
    assert count_words(text, whole(text)) == len(tokenize(text))


@given(MIXED, st.lists(st.integers(0, 25), min_size=4, max_size=4).map(sorted))
def test_words_of_some_spans_are_counted_as_they_are_read(text: str, cuts: list[int]) -> None:
    within = [Span(*cuts[:2]), Span(*cuts[2:])]
    assert count_words(text, within) == len(tokenize(text, within))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Rock'n'roll in the pilot's hut", 5),
        ("«Пароход не пришёл», сказал смотритель.", 5),
        ("渡し船は 来なかった", 2),
        ("har\xadbour \u200b \xad wall", 2),
        ("a’\xad’b", 1),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text, whole(text)) == words == len(tokenize(text))
