"""The words of an article, cut wherever somebody asks, are those that reading the piece alone gives."""

import pytest
from making import article

from provenance.model import Mark, Span
from provenance.reconstruct.wording import key, keys, read_ahead, wording
from provenance.text import tokenize

TEXT = "Ada’s \u200b boat-house, 4.2 m"


def pieces(text):
    return [Span(start, end) for start in range(len(text)) for end in range(start, len(text) + 1)]


def test_a_piece_has_the_words_that_reading_it_alone_gives_also_where_it_begins_or_ends_within_one():
    words = wording(article("a", TEXT))
    for piece in pieces(TEXT):
        alone = tokenize(TEXT, (piece,))
        cut = tuple(map(list, words.cut(piece)))
        assert cut == ([key(form) for form in alone.forms], alone.starts, alone.ends), piece.cut(TEXT)
        expected = (alone.starts[0], alone.ends[-1], len(alone)) if len(alone) else None
        assert words.body_words(piece.start, piece.end) == expected, piece.cut(TEXT)


def test_what_does_not_take_part_in_matching_has_no_body_words():
    text = "The pier is shut. Subscribe now! The ferry waits."
    frame = Span(text.index("Subscribe"), text.index(" The ferry"))
    words = wording(article("a", text, boilerplate=(Mark(frame, "a frame"),)))
    assert words.body_words(0, len(text)) == (0, len(text) - 1, 7)
    assert words.body_words(frame.start, frame.end) is None
    assert len(words.cut(frame)[0]) == 2


def test_a_form_is_made_of_the_text_again():
    words = wording(article("a", "The Mayor’s boat"))
    assert [words.form(at) for at in range(3)] == ["the", "mayor's", "boat"]
    assert set(words.keys) == keys(["the", "mayor's", "boat"])


@pytest.mark.parametrize("text", [TEXT, "", "Žofie’s café — naïve façade", "naïve fac\u0327ade"])
def test_words_read_ahead_are_the_same(text):
    plain, ahead = article("a", text), article("b", text)
    assert list(read_ahead(["the pile"], lambda _: [ahead], with_kernel=True)) == ["the pile"]
    one, other = wording(plain), wording(ahead)
    assert (one.keys, one.starts, one.ends) == (other.keys, other.starts, other.ends)
    assert (one.body, one.between) == (other.body, other.between)
