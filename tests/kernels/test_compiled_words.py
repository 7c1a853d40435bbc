"""The compiled words are the words of ``text.tokenize`` and the hashes of xxhash, in any script."""

import re
import sys
import unicodedata
from types import SimpleNamespace

import numpy as np
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from provenance.kernels.characters import ALPHANUMERIC, DECIMAL, LETTER, LOWER, SPACE, UPPER, characters
from provenance.kernels.compiled import built_from, kernel
from provenance.kernels.words import words_of_articles, words_of_texts
from provenance.kernels.xxh3 import xxh3
from provenance.match.arrays import hash_words
from provenance.model import Article, Mark, Span
from provenance.text import normal_form, tokenize

# Words that trip the kernel up: expanding, combining and wide letters, invisible ones, apostrophes everywhere.
PIECES = (
    *" \n\t.,!?…\"'’‘“”-–«»ʼ_@",
    *("\u00ad", "\u200b", "\ufeff", "\u00a0", "\u0301", "\u2028", "\x00", "\x7f", "\x85", "ª", "²", "½"),
    *(
        "a",
        "Harbour",
        "ß",
        "ẞ",
        "ﬁ",
        "İ",
        "14",
        "don't",
        "L’eau",
        "नमस्ते",
        "المدينة",
        "Ἀθῆναι",
        "🙂",
        "𝔘𝔫",
        "각",
        "港口",
    ),
    *("Rindfleischetikettierung", "überwachungsaufgaben", "Übertragung", "гидроэлектростанция", "e\u0301", "K"),
)
TEXT = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join)


def agree(table, at, text, within=None):
    words = tokenize(text, within)
    mine = slice(int(table.first[at]), int(table.first[at + 1]))
    assert table.starts[mine].tolist() == words.starts
    assert table.ends[mine].tolist() == words.ends
    assert table.hashes[mine].tolist() == hash_words(words.forms).tolist()
    assert table.capital[mine].tolist() == [text[start].isupper() for start in words.starts]


@given(st.lists(TEXT, max_size=4))
def test_words_of_several_texts_are_the_words_of_each(texts):
    table = words_of_texts(texts)
    assert len(table) == len(texts)
    for at, text in enumerate(texts):
        agree(table, at, text)


@given(st.lists(TEXT, min_size=1, max_size=3), st.data())
def test_words_of_articles_are_those_outside_the_marks(texts, data):
    articles = []
    for text in texts:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
        marks = tuple(Mark(Span(a, b), "frame") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
        articles.append(Article("x", "x", text, boilerplate=marks))
    table = words_of_articles(articles)
    for at, article in enumerate(articles):
        agree(table, at, article.text, article.body)


@pytest.mark.parametrize("size", range(1, 129))
def test_the_hash_is_that_of_xxhash_at_every_length(size):
    given_bytes = bytes((size * 31 + at * 7) % 251 + 1 for at in range(size))
    form = np.frombuffer(bytearray(given_bytes + bytes(144 - size)), dtype=np.uint64)
    assert int(_hashed(form, size)) == xxhash.xxh3_64_intdigest(given_bytes)


@kernel("uint64(uint64[::1], int64)")
def _hashed(form, size):
    return xxh3(form, size)


@pytest.mark.parametrize("letters", [1, 2, 7, 8, 9, 15, 16, 17, 40, 126, 127, 128, 129, 300])
def test_words_of_every_length_are_read_whole(letters):
    for word in ("K" * letters, "Ö" * letters, "k" * letters + "ß", "k'" * letters + "k", "\u00ad" * letters):
        for text in (word, f"a {word} b", f"{word}\n{word}’"):
            agree(words_of_texts([text]), 0, text)


def test_every_letter_the_table_folds_has_the_same_normal_form_beside_any_other():
    alone = [chr(code) for code in np.flatnonzero(characters().traits & 3 == LETTER).tolist()]
    seconds = {unicodedata.normalize("NFD", chr(code))[-1] for code in range(0x110000) if _composed(chr(code))}
    for letter in alone:
        assert seconds.isdisjoint({letter, unicodedata.normalize("NFKC", letter)[0]})
        assert normal_form(letter + letter) == 2 * normal_form(letter)


def _composed(letter):
    return len(unicodedata.normalize("NFD", letter)) > 1


def test_every_character_of_the_plane_breaks_words_as_the_rules_say():
    texts = [f"a{chr(code)}b {chr(code)}c d{chr(code)}" for code in range(0x10000)]
    table = words_of_texts(texts)
    expected = [tokenize(text) for text in texts]
    assert table.starts.tolist() == [start for words in expected for start in words.starts]
    assert table.hashes.tolist() == hash_words([form for words in expected for form in words.forms]).tolist()


def test_the_traits_of_characters_are_those_that_python_and_its_searches_know():
    plane = [chr(code) for code in range(0x10000)]
    has = {trait: (characters().traits & trait != 0).tolist() for trait in (SPACE, ALPHANUMERIC, DECIMAL, UPPER, LOWER)}
    assert has[SPACE] == [re.match(r"\s", c) is not None for c in plane] == [c.isspace() for c in plane]
    assert has[DECIMAL] == [re.match(r"\d", c) is not None for c in plane]
    assert has[ALPHANUMERIC] == [re.match(r"[^\W_]", c) is not None for c in plane]
    assert has[UPPER] == [c.isupper() for c in plane]
    assert has[LOWER] == [c.islower() for c in plane]


def test_machine_code_is_not_kept_when_a_module_that_it_takes_from_changes(tmp_path, monkeypatch):
    source = tmp_path / "ferry_numbers.py"
    names = []
    for text in ("SIZE = 3\n", "SIZE = 4\n"):
        source.write_text(text)
        monkeypatch.setitem(sys.modules, "ferry_numbers", SimpleNamespace(__file__=str(source)))

        def sail():
            pass

        names.append(built_from("ferry_numbers")(sail).__qualname__)
    assert names[0] != names[1]
