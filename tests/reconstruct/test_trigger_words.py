"""Rules look only where the words they begin with stand: that finds what looking everywhere finds."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.model import Article
from provenance.names import known_names
from provenance.phrases import phrases
from provenance.reconstruct import credit_lines, credit_names
from provenance.reconstruct.credits import read_signs
from provenance.reconstruct.name_words import name_words
from provenance.reconstruct.trigger_words import TriggerWords, matches_at, places_of

PILE = ("Skerry Courier", "Northern Press Agency", "The Lantern", "Küstenbote", "Harbour Island Mail")
PIECES = (
    "said",
    "told",
    "according to",
    "first reported by",
    "was first to report",
    "This article was originally published by",
    "contributed to this report",
    "Additional reporting by",
    "Photo:",
    "photo by",
    "Image copyright",
    "Credit",
    "(via",
    "via",
    "Source:",
    "Data:",
    "By",
    "© 2031",
    "Copyright",
    "(Editing by",
    "which",
    "had",
    "the",
    "The",
    "a",
    "of",
    "and",
    "he",
    "officials",
    "Monday",
    "Ada Lind",
    "Ada Lind,",
    "a researcher at the",
    "Harbour Institute",
    "Skerry Courier",
    "The Lantern",
    "Lantern",
    "Reuters",
    "AP",
    "dpa",
    "HIM",
    "him",
    "Northern Press Agency (NPA)",
    "Times of Skerry",
    "Radio Skerry",
    "Skerry Haven (AP) —",
    "— Reuters",
    "(PTI)",
    "Getty",
    "| Getty Images",
    "Ada Lind/AFP",
    "U.S.",
    "News",
    "eBay",
    "St.",
    "harbour-master",
    "Fährhafen",
    "sagte",
    "berichtete",
    "laut",
    "skerrycourier.example",
    "“The ferry stayed,”",
    "'s",
    ",",
    ".",
    "\n",
    "\n\n",
    "  ",
    "*",
    "_",
    "(",
    ")",
    "/",
    "ſaid",
    "İ",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join)
WORDS = name_words("en", PILE)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", None]))
@example("“The ferry stayed,” said Ada Lind, a researcher at the Harbour Institute.", "en")
@example("“The ferry stayed,” said Reuters.", "en")
@example("As the Skerry Courier, which had broke the story, told him.", "en")
def test_looking_at_trigger_words_finds_what_looking_everywhere_finds(text, language):
    article = Article("a", "a.txt", text, language=language)
    assert read_signs(article, PILE) == read_signs(article, PILE, everywhere=True)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_no_name_is_missed_before_or_behind_a_place(text, data):
    at = data.draw(st.integers(0, len(text)))
    for role in (None, "outlet", "agency"):
        if credit_names.name_before(text, at, WORDS, role):
            assert credit_names.may_precede(text, at, WORDS)
        if credit_names.name_after(text, at, WORDS, role):
            assert credit_names.may_follow(text, at, WORDS)


@given(TEXTS)
def test_every_line_with_the_form_of_a_dateline_or_a_sign_off_is_tried(text):
    for start, end in credit_lines.text_lines(text):
        head = min(end, start + 140)
        patterns = (credit_lines._DATELINE, credit_lines._SLASHED, credit_lines._BARE)
        if any(pattern.match(text, start, head) for pattern in patterns):
            assert credit_lines.may_be_dateline(text, start, head)
        if credit_lines._SIGN_OFF.search(text, max(start, end - 60), end):
            assert credit_lines.may_sign_off(text, max(start, end - 60), end)


@given(TEXTS)
def test_lines_are_what_is_not_blank(text):
    assert credit_lines.text_lines(text) == [found.span() for found in re.finditer(r"\S[^\n]*", text)]


@given(TEXTS)
def test_every_phrase_of_a_language_is_found_at_its_place(text):
    labels = phrases("en", "credits")["photo"]
    places = TriggerWords({"photo": labels}).places(text.lower()).get("photo", [])
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(labels, key=len, reverse=True))})(?!\w)")
    low = text.lower()
    assert [m.span() for m in matches_at(pattern, low, places)] == [m.span() for m in pattern.finditer(low)]


def test_a_phrase_in_another_alphabet_is_found():
    words = TriggerWords({"said": ["сказал он", "říká žák"]})
    assert words.places("вчера сказал он: «да»") == {"said": [6]}
    assert words.places("a pak říká žák") == {"said": [6]}


def test_a_trigger_word_is_a_whole_word():
    words = TriggerWords({"told": ["told"]})
    assert words.places("untold, told_ and tolds") == {}
    assert words.places("told. (told)") == {"told": [0, 7]}


def test_marks_are_found_in_order():
    assert places_of("|)", "a) b | c)") == [1, 5, 8]


def test_the_names_of_a_pile_are_made_ready_once():
    names = frozenset(PILE)
    assert known_names(names) is known_names(frozenset(PILE))
