"""Tables of word weights: made, read back, and refused."""

import gzip
import math
from importlib.resources import files

import numpy as np
import pytest
from made_up import article

from provenance.errors import SettingError
from provenance.match.arrays import hash_words
from provenance.match.weights import bigram_hashes, count_weights, read_weights, shipped_weights

PILE = (
    article("a", "The gull saw the gull. The gull flew off."),
    article("b", "A gull flew off again.\nThe gull saw the gull."),  # the last one is a reprint
)


def terms(*written):
    """Hashes of words and of pairs of words."""
    parts = [term.split() for term in written]
    first, second = hash_words([p[0] for p in parts]), hash_words([p[-1] for p in parts])
    return np.where([len(p) == 1 for p in parts], first, bigram_hashes(first, second))


def test_a_table_counts_the_sentences_in_which_words_and_pairs_stand():
    assert count_weights(PILE, at_least=2) == (
        "# sentences 3\nflew\t2\nflew off\t2\ngull\t3\ngull flew\t2\noff\t2\nthe\t2\nthe gull\t2\n"
    )


def test_what_stands_in_fewer_sentences_than_asked_is_left_out():
    assert count_weights(PILE, at_least=3) == "# sentences 3\ngull\t3\n"
    assert count_weights(PILE) == "# sentences 3\n"


def test_a_table_reads_back_as_it_was_counted():
    table = read_weights(count_weights(PILE, at_least=2))
    assert table.sentences == 3
    assert table.idf(terms("gull", "the gull", "flew")).tolist() == pytest.approx(
        [math.log(4 / 4) + 1, math.log(4 / 3) + 1, math.log(4 / 3) + 1]
    )


def test_an_unknown_word_is_the_rarest():
    table = read_weights(count_weights(PILE, at_least=1))
    known = table.idf(terms("gull", "the", "again", "off again"))
    unknown = table.idf(terms("heron", "gull heron"))
    assert unknown.tolist() == pytest.approx([math.log(4) + 1] * 2)
    assert (known < unknown[0]).all()


def test_a_pair_of_words_is_not_the_same_pair_turned_round():
    assert bigram_hashes(*np.split(terms("gull", "flew"), 2)) != bigram_hashes(*np.split(terms("flew", "gull"), 2))


def test_a_table_without_rows_calls_every_word_rarest():
    assert read_weights("# sentences 99\n").idf(terms("gull")).tolist() == pytest.approx([math.log(100) + 1])


@pytest.mark.parametrize(
    "text", ("", "gull\t3\n", "# sentences many\n", "# sentences 3\ngull\n", "# sentences 3\ngull\tx\n")
)
def test_a_text_that_is_no_table_is_refused_with_the_cure(text):
    with pytest.raises(SettingError, match="provenance weights"):
        read_weights(text)


def test_the_shipped_table_loads_and_calls_function_words_frequent():
    table = shipped_weights("en")
    assert table is not None
    assert table.sentences > 10_000
    the, of_the, lighthouse, never_seen = table.idf(terms("the", "of the", "lighthouse", "zzqqzz"))
    assert 1 < the < of_the < lighthouse <= never_seen
    assert (np.diff(table.hashes) > 0).all()  # sorted, no two terms with one hash


def test_the_shipped_table_names_no_rare_term():
    table = files("provenance").joinpath("data", "word_weights", "en.tsv.gz").read_bytes()
    rows = gzip.decompress(table).decode("utf-8").splitlines()[1:]
    assert min(int(row.split("\t")[1]) for row in rows) >= 8


def test_a_language_without_a_table_has_none():
    assert shipped_weights("xx") is None
