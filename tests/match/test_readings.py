"""Readings made by kernels are the readings made one by one, whatever the text."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.match.reading import read_words
from provenance.match.readings import readings_of
from provenance.match.voices import UNLIKE, attributions
from provenance.model import Article, Mark, Span
from provenance.phrases import languages, phrases
from provenance.text import normal_form

ARRAYS = ("hashes", "starts", "ends", "sentence", "plain", "quoted", "voiced", "house")

# What ends a sentence and what does not, all kinds of marks, lists, phrases that give a sentence to somebody.
PIECES = (
    *(" ", " ", " ", "\n", "\n\n", ". ", "? ", "! ", "… ", ".” ", ".’ ", '." ', ". ’", ".\u00a0", ".\u3000", "।", "。"),
    *(
        "Mr.",
        "(Dr.",
        "“Gen.",
        "U.S.",
        "e.g.",
        "z.B.",
        "J.",
        " A. ",
        "A.B.",
        "é.",
        "No.",
        "2.",
        "\n3. ",
        "12) ",
        "٣.",
        "5",
    ),
    *('"', "“", "”", "„", "«", "»", "‹", "›", "‘", "’", "'", "s", "‘a b c’", "“We stay", "»So«"),
    *("\n- pier", "\n* ferry", "\n• mill", "\n1. ford", "\n◦ ", "–"),
    *(
        "according to",
        "ACCORDING TO",
        "In a Statement",
        "statement's",
        "l'according to",
        "tweeted’s",
        "tran\u00adscript",
    ),
    *(
        "accord\u0131ng to",
        "\u017faid in a \u017ftatement",
        "margin  of error",
        "margin of error",
        "in einer Erklärung",
    ),
    *("heißt es in einer ERKLÄRUNG", "tweeted\u0301", "x_tweeted", "tweeted_x", "poſted on twitter", "o'tweeted"),
    *(
        "the",
        "Harbour",
        "low",
        "14",
        "don’t",
        "ß",
        "ǅ",
        "İ",
        "\u212a",
        "\u200b",
        "\ufeff",
        "_",
        "🙂",
        "𝔞",
        "\U0001133a",
        "각",
        "नमस्ते",
        "\x1c",
        "\x85",
    ),
)
TEXT = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=50).map("".join)


@st.composite
def articles(draw):
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    marks = tuple(Mark(Span(a, b), "frame") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    return Article("x", "x", text, boilerplate=marks, language=draw(st.sampled_from(("en", "de", None))))


def agree(found, expected):
    for name in ARRAYS:
        one, other = getattr(found, name), getattr(expected, name)
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist(), name
    assert found.forms == expected.forms


@settings(max_examples=300)
@given(st.lists(articles(), max_size=4))
def test_readings_of_many_are_the_readings_of_each(pile):
    found = list(readings_of(pile))
    assert [r.article for r in found] == pile
    for reading, article in zip(found, pile, strict=True):
        agree(reading, read_words(article))


@pytest.mark.parametrize("spaces", (2_990, 2_999, 3_000, 3_001))
@pytest.mark.parametrize("marks", ("“”", "‘’", '""'))
def test_a_quotation_is_as_long_as_text_allows(spaces, marks):
    for ending in ("", "s", " s", "\nso"):
        text = f"He said {marks[0]}we{' ' * (spaces - 4)}go{marks[1]}{ending} and left"
        pile = [Article("x", "x", text, language="en")]
        agree(next(readings_of(pile)), read_words(pile[0]))


@pytest.mark.parametrize("breaks", (1, 2, 8, 9, 10, 11, 12, 40))
def test_a_quotation_of_several_paragraphs_goes_on_where_text_says_so(breaks):
    text = f"So “we stay{' ' * 2_982}{chr(10) * breaks}“and we go” they said"
    pile = [Article("x", "x", text, language="en")]
    agree(next(readings_of(pile)), read_words(pile[0]))


@pytest.mark.parametrize("letter", UNLIKE)
def test_a_phrase_is_found_in_odd_letters_too(letter):
    plain = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}[letter]
    for language, phrase in (("en", "according to"), ("en", "in a statement"), ("de", "in einer erklärung")):
        pile = [Article("x", "x", f"So {phrase.replace(plain, letter)} nobody knows.", language=language)]
        reading = next(readings_of(pile))
        agree(reading, read_words(pile[0]))
        assert reading.voiced.all()


@pytest.mark.parametrize("before", range(1, 40))
def test_the_word_before_a_dot_may_be_of_any_length(before):
    for letter in ("a", "é", ".", "A.", "-", "mr"):
        text = f"On {letter * before}. Now the ferry left. {letter * before}. Then it came back."
        pile = [Article("x", "x", text, language="en")]
        agree(next(readings_of(pile)), read_words(pile[0]))


def test_more_articles_than_are_read_at_once_keep_their_order():
    pile = [Article(str(i), "x", f"Ferry {i} left. It was late.", language="en") for i in range(200)]
    found = list(readings_of(pile))
    assert [r.article.id for r in found] == [a.id for a in pile]
    assert [r.forms[1] for r in found] == [str(i) for i in range(200)]


@pytest.mark.parametrize("language", languages())
def test_every_phrase_of_attribution_is_found_by_its_rarest_word(language):
    known = attributions(language)
    assert known.rarest is not None
    for phrase in phrases(language, "voice")["attributed"]:
        text = f"The pier is shut. So {phrase} nobody knows. It rains."
        pile = [Article("x", "x", each, language=language) for each in (text, text.upper(), text.title())]
        for reading, article in zip(readings_of(pile), pile, strict=True):
            agree(reading, read_words(article))
            assert reading.voiced.any()


def test_letters_that_a_search_takes_for_others_are_those_named():
    import re

    plane = "".join(map(chr, range(0x10000)))
    letters = {
        c for code in languages() for phrase in phrases(code, "voice")["attributed"] for c in phrase if c.isalpha()
    }
    for letter in letters:
        alike = set(re.findall(letter, plane, re.IGNORECASE))
        assert {c for c in alike if c.lower() != letter} <= set(UNLIKE)
        assert {c for c in alike if normal_form(c) != normal_form(letter)} <= {"\u0130", "\u0131"}


@given(articles())
@example(Article("x", "x", "", language="en"))
def test_forms_made_later_are_the_forms_that_were_hashed(article):
    from provenance.match.arrays import hash_words

    reading = next(readings_of([article]))
    assert np.array_equal(hash_words(reading.forms), reading.hashes)
    assert reading.forms is reading.forms
