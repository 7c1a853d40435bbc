"""Words, sentences and quotation marks: every offset cuts out of the text what it claims."""

import unicodedata
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span
from provenance.text import covers, merged, normal_form, quoted_spans, split_sentences, tokenize

# What trips offsets up: marks of all kinds, invisible characters, other scripts, expanding and combining letters.
MARKS = (
    *" \n\r\t.,!?…।؟\"'’‘“”„«»‹›()-–—",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00a0",
    "\u0301",
    "\u2028",
)
WORDS = ("a", "B", "ß", "ﬁ", "İ", "½", "14", "Dr", "U.S", "नमस्ते", "المدينة", "Straße", "Ἀθῆναι", "don't", "🙂")
TRICKY = st.sampled_from(MARKS + WORDS)
TEXT = st.lists(TRICKY | st.characters(exclude_categories=["Cs"]), max_size=60).map("".join)


def cut(spans, text):
    return [span.cut(text) for span in spans]


def spans_within(text, draw):
    """Some sorted, disjoint spans of a text."""
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    return [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]


# --- words ----------------------------------------------------------------------------------------------------------


@given(TEXT)
def test_offsets_cut_the_claimed_words_out_of_the_text(text):
    words = tokenize(text)
    assert len(words.forms) == len(words.starts) == len(words.ends) == len(words)
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert form
        assert normal_form(text[start:end]) == form
        assert not any(c.isspace() for c in text[start:end])
    assert all(end <= start for end, start in zip(words.ends, words.starts[1:], strict=False))


@given(TEXT, st.data())
def test_words_within_spans_are_the_words_of_each_of_them_alone(text, data):
    within = spans_within(text, data.draw)
    words = tokenize(text, within)
    assert words.forms == [form for span in within for form in tokenize(span.cut(text)).forms]
    for start, end in zip(words.starts, words.ends, strict=True):
        assert any(span.start <= start and end <= span.end for span in within)


@given(st.lists(st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1), min_size=1))
def test_letters_and_numbers_between_spaces_are_one_word_each(words):
    assert tokenize(" ".join(words)).forms == [normal_form(w) for w in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("शिक्षा मंत्री ने कहा।", "शिक्षा मंत्री ने कहा"),
        ("நகராட்சி கூட்டம்", "நகராட்சி கூட்டம்"),
        ("قال الوزير، أمس؛ إن", "قال الوزير أمس إن"),
        ("עיריית־תל אביב", "עיריית תל אביב"),
        ("Die Straßenbahn fährt über die Brücke.", "die strassenbahn fährt über die brücke"),
        ("Η Αθήνα είπε ΟΔΟΣ", "η αθήνα είπε οδοσ"),
        ("Йодль и ёлка", "йодль и ёлка"),
        ("l’école d'été", "l'école d'été"),
        ("the workers’ rights, rock ’n’ roll", "the workers rights rock n roll"),
        ("state-of-the-art 3.5 per cent", "state of the art 3 5 per cent"),
        ("e\u0301te\u0301 été", "été été"),
        ("ﬁnal oﬃce", "final office"),
        ("x_y a/b 5% $7 @me #tag", "x y a b 5 7 me tag"),
    ],
)
def test_words_of_any_script_are_whole(text, words):
    assert tokenize(text).forms == words.split()


@pytest.mark.parametrize("invisible", ("\u00ad", "\u2060", "\ufeff", "\u200d", "\u200e"))
def test_invisible_characters_inside_a_word_do_not_cut_it(invisible):
    text = f"the har{invisible}bour"
    words = tokenize(text)
    assert words.forms == ["the", "harbour"]
    assert text[words.starts[1] : words.ends[1]] == f"har{invisible}bour"


def test_a_zero_width_space_inside_a_word_does_not_cut_it():
    assert tokenize("the har\u200bbour").forms == ["the", "harbour"]


def test_an_apostrophe_is_one_character_however_it_is_written():
    assert tokenize("the mayor's, the mayor’s and the mayorʼs").forms.count("mayor's") == 3


def test_punctuation_and_invisible_characters_alone_are_no_words():
    assert len(tokenize(" … — “” ' ’ \u00ad \u2060 ☂ 🙂 \n")) == 0


LETTERS_ON_PAPER = (
    "Latin",
    "Greek",
    "Cyrillic",
    "Arabic",
    "Hebrew",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Telugu",
    "Georgian",
)


def test_letters_and_vowel_signs_of_the_scripts_of_newspapers_keep_their_words_whole():
    cut_at = []
    for char in map(chr, range(0x2000)):
        name = unicodedata.name(char, "").title()
        spelt = unicodedata.category(char) in ("Lu", "Ll", "Lo", "Mn", "Mc", "Nd")
        if spelt and name.startswith(LETTERS_ON_PAPER) and len(tokenize(f"a{char}a")) != 1:
            cut_at.append(name)
    assert cut_at == []


def test_ordinary_punctuation_separates_words():
    for char in '!"#$%&()*+,-./:;<=>?@[\\]^_{|}~¡¿§«»“”„‹›–—…•·،؛؟۔।॥‐‑‒':
        assert tokenize(f"a{char}b").forms == ["a", "b"], char


@pytest.mark.parametrize("mark", ("\u037e", "\u0387"))
def test_greek_punctuation_separates_words(mark):
    assert tokenize(f"πού{mark} εδώ").forms == ["πού", "εδώ"]


def test_long_words_and_long_texts_are_read_in_linear_time():
    for text in ("a" * 1_000_000, "a'" * 500_000, "'" * 1_000_000, "a\u00ad" * 500_000, " " * 1_000_000):
        assert seconds(tokenize, text) < 1


# --- sentences ------------------------------------------------------------------------------------------------------


@given(TEXT, st.data())
def test_sentences_are_disjoint_in_order_inside_their_spans_and_lose_no_word(text, data):
    within = spans_within(text, data.draw)
    sentences = split_sentences(text, "en", within)
    for span in sentences:
        assert any(w.start <= span.start < span.end <= w.end for w in within)
        assert span.cut(text) == span.cut(text).strip()
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    assert tokenize(text, sentences).forms == tokenize(text, within).forms


@given(TEXT)
def test_a_line_break_always_ends_a_sentence(text):
    assert not any("\n" in s for s in cut(split_sentences(text), text))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The pier closed.", "Nobody swam."]),
        ("en", ["Dr. Ames met Prof. Lind on Jan. 3 in St. Brae.", "They left."]),
        ("en", ["The U.S. Navy and J. R. Renfell came at 5 p.m. on Monday.", "They stayed."]),
        ("en", ["“Stop!” he said.", "“Why?” she asked.", "Nobody knew."]),
        ("en", ["He said: “The pier is closed.”", "Then he left."]),
        ("en", ["It rose 3.5 per cent to 1.234 crowns.", "Why?", "Nobody knew!"]),
        ("en", ["The site harbour-post.example was down.", "It came back."]),
        ("en", ["(The pier is closed.)", "The road is open."]),
        ("de", ["Die Mole ist z.B. nachts gesperrt, d.h. niemand schwimmt.", "Dr. Lind ging."]),
        ("hi", ["शिक्षा मंत्री ने कहा।", "वे चले गए।"]),
        ("ar", ["متى وصل القطار؟", "وصل أمس."]),
        (None, ["One here.", "Two there."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language, sentences):
    text = " ".join(sentences)
    assert cut(split_sentences(text, language), text) == sentences


@pytest.mark.parametrize("dots", ("…", "...", " …"))
def test_an_ellipsis_before_a_small_letter_does_not_end_a_sentence(dots):
    text = f"It was late{dots} but not too late. They went."
    assert len(split_sentences(text, "en")) == 2


def test_the_number_of_an_item_belongs_to_its_sentence():
    text = "Two piers will close.\n1. The pier at the mill.\n2. The pier at the ford."
    assert cut(split_sentences(text, "en"), text) == text.split("\n")


def test_a_german_ordinal_number_does_not_end_a_sentence():
    text = "Die Mole wird am 3. Mai gesperrt. Niemand schwimmt."
    assert len(split_sentences(text, "de")) == 2


@pytest.mark.parametrize(
    "text", ("a" * 1_000_000, " " * 1_000_000, "\n" * 1_000_000, "." * 1_000_000, 'a."' * 300_000, "a. " * 100_000)
)
def test_sentences_of_odd_texts_are_split_in_linear_time(text):
    assert seconds(split_sentences, text) < 1


def test_a_run_of_dots_that_ends_no_sentence_is_read_in_linear_time():
    assert seconds(split_sentences, "." * 10_000 + "x") < 0.1


# --- quotation marks ------------------------------------------------------------------------------------------------


@given(TEXT)
def test_quoted_spans_are_disjoint_in_order_between_marks_and_within_a_paragraph(text):
    spans = quoted_spans(text)
    for span in spans:
        assert 0 < span.start <= span.end <= len(text)
        assert text[span.start - 1] in '“„«»‹‘"'
        assert "\n" not in span.cut(text)
    assert all(one.end < other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said “we stay” and left.", ["we stay"]),
        ('She said "we stay" and "you go".', ["we stay", "you go"]),
        ("Er sagte: „Wir bleiben“, und ging.", ["Wir bleiben"]),
        ("Er sagte: „Wir bleiben”, und ging.", ["Wir bleiben"]),
        ("»Wir bleiben«, sagte er, »und ihr geht.«", ["Wir bleiben", "und ihr geht."]),
        ("Он сказал: «Мы остаёмся», и ушёл.", ["Мы остаёмся"]),
        ("قال: «نحن باقون» ثم غادر.", ["نحن باقون"]),
        ("‹Wir bleiben›, sagte er.", ["Wir bleiben"]),
        ("She said ‘we all stay here’ and left.", ["we all stay here"]),
        ("“He called it ‘a very bad idea’ and left,” she said.", ["He called it ‘a very bad idea’ and left,"]),
        ("She said ‘it isn’t over yet’ and left.", ["it isn’t over yet"]),
    ],
)
def test_quotations_in_the_marks_of_many_languages(text, quoted):
    assert cut(quoted_spans(text), text) == quoted


@pytest.mark.parametrize("space", (" ", "\u00a0", "\u202f"))
def test_french_marks_stand_apart_from_their_words(space):
    text = f"«{space}Nous restons{space}», dit-elle. «{space}Vous partez{space}»."
    assert [s.strip() for s in cut(quoted_spans(text), text)] == ["Nous restons", "Vous partez"]


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ pier and the mayor’s boat are gone, aren’t they?",
        "The so-called ‘old’ pier was ‘never used’.",
        'The plank is 6" wide and 14" long.',
        "A quotation that “never ends.",
        "It closed ” and opened “ again.",
        "",
        "“",
        '"',
    ],
)
def test_apostrophes_inches_scare_quotes_and_lonely_marks_quote_nothing(text):
    assert quoted_spans(text) == []


def test_a_quotation_over_several_paragraphs_opens_each_of_them():
    text = "“The pier is gone.\n\n“The boat is gone too.\n\n“Nothing is left,” she said. “Goodbye.”"
    assert cut(quoted_spans(text), text) == [
        "The pier is gone.",
        "The boat is gone too.",
        "Nothing is left,",
        "Goodbye.",
    ]


def test_a_mark_without_a_partner_does_not_run_into_the_next_paragraph():
    text = "He said “the pier is gone.\nThe boat is gone too.” Nobody knew."
    assert quoted_spans(text) == []


def test_a_mark_whose_partner_is_thousands_of_characters_away_opens_nothing():
    assert quoted_spans(f"He said “the pier {'and the boat ' * 300}” is gone.") == []


@pytest.mark.parametrize("text", ('"' * 100_000, "”" * 100_000, "“a” " * 100_000, "a" * 1_000_000, "‘’" * 100_000))
def test_quotations_of_odd_texts_are_found_in_linear_time(text):
    assert seconds(quoted_spans, text) < 1


@pytest.mark.parametrize("text", ("“" * 10_000, "“a " * 10_000, "» x" * 10_000 + "»x " * 10_000))
def test_opening_marks_without_partners_are_passed_quickly(text):
    assert seconds(quoted_spans, text) < 0.2


# --- spans ----------------------------------------------------------------------------------------------------------

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: Span(min(p), max(p))), max_size=12)


@given(SPANS)
def test_merged_spans_cover_the_same_places_and_do_not_touch(spans):
    out = merged(spans)
    assert {k for s in out for k in range(s.start, s.end)} == {k for s in spans for k in range(s.start, s.end)}
    assert all(one.end < other.start for one, other in pairwise(out))
    assert all(s.start < s.end for s in out)


@given(SPANS, st.integers(0, 41))
def test_covers_is_what_a_look_at_every_span_says(spans, at):
    spans = merged(spans)
    assert covers(spans, at) == any(s.start <= at < s.end for s in spans)


def seconds(call, *args):
    """Processor seconds of a call."""
    start = process_time()
    call(*args)
    return process_time() - start
