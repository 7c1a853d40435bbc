"""Words of a language: complete for every language, English where there is none, and good enough to tell them apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.phrases import guess_language, languages, letters_of, phrases

SUBJECTS = ("words", "dates", "frame", "credits", "voice")

HARBOUR = {
    "en": "The harbour was closed on Monday and the ferries stayed in port, the council said after a meeting.",
    "de": "Der Hafen wurde am Montag gesperrt, und die Fähren blieben an der Mole, wie der Rat nach der Wahl sagte.",
}


def test_english_and_german_are_there_and_sorted():
    assert set(languages()) >= {"de", "en"}
    assert list(languages()) == sorted(languages())


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", languages())
def test_every_language_answers_every_question_that_english_answers(language, subject):
    assert set(phrases(language, subject)) >= set(phrases("en", subject))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("subject", ("words", "voice"))
def test_words_and_voices_are_small_letters_once_each(language, subject):
    # they are looked up among small letters, so a capital would never be found
    lists = {name: entries for name, entries in phrases(language, subject).items() if isinstance(entries, list)}
    assert lists
    for name, entries in lists.items():
        assert entries == [e.lower() for e in entries], name
        assert len(entries) == len(set(entries)), name


def test_a_language_without_phrases_and_an_unknown_one_are_answered_in_english():
    assert phrases("xx", "words") is not None
    assert phrases("xx", "words") == phrases(None, "words") == phrases("en", "words")


def test_a_region_does_not_make_another_language():
    assert phrases("de-AT", "words") == phrases("DE", "words") == phrases("de", "words") != phrases("en", "words")


@pytest.mark.parametrize("language", HARBOUR)
def test_a_text_is_known_by_its_stop_words(language):
    assert guess_language(HARBOUR[language]) == language
    assert guess_language(HARBOUR[language].upper()) == language


@pytest.mark.parametrize(
    "text",
    (
        "",
        "14 : 3",
        "Harbour Post Sound Mail Isle Star",
        "मंत्री ने कल कहा कि बंदरगाह बंद रहेगा",
        "Le port a été fermé lundi soir",
    ),
)
def test_a_text_without_the_stop_words_of_one_language_is_of_unknown_language(text):
    assert guess_language(text) is None


def test_a_text_half_in_one_language_and_half_in_the_other_is_of_unknown_language():
    assert guess_language(" ".join(HARBOUR.values())) is None


@given(st.text() | st.text(alphabet="aAbZ zé’“ßİſ\u2009 19_-\ud800…"))
def test_letters_in_bytes_are_the_letters_of_the_characters(text: str) -> None:
    expected = [word.encode() for word in re.findall(r"[^\W\d_]+", text.casefold())]
    assert sorted(letters_of(text)) == sorted(expected)
