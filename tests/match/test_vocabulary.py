"""The numbered words of a large pile."""

import numpy as np
import pytest

from provenance.match import read_words
from provenance.match.figures import figures_of
from provenance.match.sheets import sheet_of
from provenance.match.stems import stem_hashes
from provenance.match.vocabulary import FIGURE, PERSON, RARE, Vocabulary, kinds_of, vocabulary_of
from provenance.model import Article
from provenance.settings import Settings

PILOTS = (
    "Twenty-six harbour pilots of Brackwater went on strike on 4 May, and 1,898 lorries waited. "
    "You see the pilots closing the harbour, said I, and the harbours closed."
)


def read(text, language="en"):
    return read_words(Article("pilots", "pilots.txt", text, language=language))


def test_equal_words_have_one_number_and_new_words_the_next_ones():
    numbers = Vocabulary("en").numbers(read("The ferry and the pier and the ferry"))
    assert numbers.tolist() == [0, 1, 2, 0, 3, 2, 0, 1]


def test_numbers_stay_when_the_vocabulary_grows_beyond_its_room():
    words = Vocabulary("en")
    first = words.numbers(read(PILOTS))
    stems = words.stems[first]
    many = read(" ".join(f"w{number}" for number in range(40_000)))
    assert words.numbers(many).tolist() == list(range(first.max() + 1, first.max() + 40_001))
    assert np.array_equal(words.numbers(read(PILOTS)), first)
    assert np.array_equal(words.stems[first], stems)
    assert len(words.scratch) > words.stems.max()


def test_words_have_one_stem_where_their_stems_are_equal():
    reading = read(PILOTS)
    words = Vocabulary("en")
    stems = words.stems[words.numbers(reading)]
    hashes = stem_hashes(reading)
    assert np.array_equal(stems[:, None] == stems, hashes[:, None] == hashes)
    assert len(set(stems.tolist())) < len(set(reading.hashes.tolist()))


@pytest.mark.parametrize("language", ["en", "de", None])
def test_kinds_of_words_are_those_that_each_text_alone_would_show(language):
    reading = read(PILOTS, language)
    words = Vocabulary(language)
    kinds = words.kinds[words.numbers(reading)]
    assert np.array_equal(kinds & (RARE | PERSON), kinds_of(reading.hashes, language))
    assert figures_of(reading, np.flatnonzero(kinds & FIGURE).tolist()) == figures_of(reading)


@pytest.mark.parametrize("text", [PILOTS, "", "½ of 3 and ③ or IV, 4th: 5-6/7. ６ boats"])
def test_compiled_sheets_say_of_words_what_plain_ones_say(text):
    vocabulary_of.cache_clear()
    plain, compiled = (sheet_of(read(text), Settings(), fast) for fast in (False, True))
    assert plain.rare == compiled.rare
    assert plain.persons == compiled.persons
    assert plain.figures == compiled.figures
    assert plain.units.bounds == compiled.units.bounds
    assert np.array_equal(plain.units.answering, compiled.units.answering)
