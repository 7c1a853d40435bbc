"""What the kernel counts in a text is what the words of the text are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ingest.frame_rules import rules_of
from provenance.ingest.said_words import said_words
from provenance.kernels.spots import Spots
from provenance.phrases import JUDGED, folded, languages, letters_of, stop_words

WORDS = [b"the", b"ferry", b"a", b"und", b"newsletter", b"subscribe"]
PIECES = (
    *("the", "The", "THE", "ferry", "ferries", "a", "und", "Und", "für", "Über", "newsletter", "subscribers"),
    *("subscribe", "café", "straße", "\u017faid", "İ", "é", "œ", "Я", "3", "_", "-", " ", "\n"),
    *("\u2019s", "\u201c", "\u2014", "\u2028", "\u20ac", "\ud800", "\U0001f6a2"),
)
ENGLISH = "The ferry was late on Monday, and the harbour master said that it would sail again in the evening. "
GERMAN = "Die Fähre kam am Montag zu spät, und der Hafenmeister sagte, dass sie über Nacht an der Mole bleibt. "
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join)


@given(texts)
def test_the_kernel_counts_what_the_words_of_a_text_are(text):
    total, counts, beyond = Spots(WORDS).counted(text)
    strange = folded(beyond)
    plain = Counter(letters_of(text))
    plain.subtract(strange)
    assert total == plain.total()
    assert counts.tolist() == [plain[word] for word in WORDS]


@pytest.mark.parametrize("start", ["", ENGLISH, GERMAN, ENGLISH + GERMAN])
@given(text=texts, times=st.integers(0, JUDGED // 40))
def test_language_and_words_of_the_rules_are_the_same_by_the_kernel(start, text, times):
    text = start * times + text + start
    language, words = said_words(text)
    again, counted = said_words(text, compiled=True)
    assert again == language
    for code in languages():
        asked = rules_of(code).all_words | stop_words(code)
        assert asked.intersection(counted) == asked.intersection(words)


def test_words_of_one_place_in_the_table_are_told_apart():
    words = [f"{a}{b}{c}".encode() for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    _, counts, _ = Spots(words).counted(" ".join(word.decode() for word in words[::3]))
    assert counts.tolist() == [1 if number % 3 == 0 else 0 for number in range(1000)]
