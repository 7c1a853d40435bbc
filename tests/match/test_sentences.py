"""Sentences that say the same in other words, against scikit-learn's own vectoriser and plain products."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article, day, invented, prose, reading, readings, words
from sklearn.feature_extraction.text import TfidfVectorizer

from provenance.match import count_weights, read_words
from provenance.match.passages import Match
from provenance.match.sentence_table import SentenceTable
from provenance.match.sentences import sentence_matches
from provenance.match.weights import read_weights, shipped_weights
from provenance.text import split_sentences

PILE = replace(DEFAULT, weights="pile")
SMALL_VOCABULARY = VOCABULARY[:60]


def random_texts(seed, count, vocabulary=SMALL_VOCABULARY):
    numbers = random.Random(seed)
    return [prose(words(numbers, numbers.randint(20, 90), vocabulary), numbers.randint(6, 14)) for _ in range(count)]


def sentence_table(pile, weights, settings=DEFAULT):
    return SentenceTable(pile, weights, settings)


def no_pairs():
    return np.empty((0, 2), dtype=np.int64)


def own_sentences(text):
    """The words of each sentence that is long enough to be recognised."""
    found = [read_words(article("x", s.cut(text))).forms for s in split_sentences(text, "en")]
    return [" ".join(forms) for forms in found if len(forms) >= 5]


def vectorised(texts):
    return TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(1, 2)).fit_transform(
        [s for text in texts for s in own_sentences(text)]
    )


# --- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_table_of_a_pile_is_what_scikit_learns_vectoriser_makes(seed):
    texts = random_texts(seed, 6)
    table, expected = sentence_table(readings(texts), None), vectorised(texts)
    assert table.matrix.shape == expected.shape
    # columns stand in another order, so rows are held against one another and value by value
    assert np.allclose((table.matrix @ table.matrix.T).toarray(), (expected @ expected.T).toarray(), atol=1e-9, rtol=0)
    for row in range(expected.shape[0]):
        assert np.allclose(np.sort(table.matrix[[row]].data), np.sort(expected[[row]].data), atol=1e-9, rtol=0)


def test_with_a_table_of_weights_the_idf_is_the_tables():
    weights = read_weights(count_weights([article("w", text) for text in random_texts(1, 9)], at_least=1))
    text = "Badaba badaba gull saw a lamp."
    table = sentence_table([reading("x", text)], weights)
    forms = ["badaba", "badaba", "gull", "saw", "a", "lamp"]
    counted = {}
    for term in [*forms, *(f"{a} {b}" for a, b in pairwise(forms))]:
        counted[term] = counted.get(term, 0) + 1
    rows = dict(
        row.split("\t") for row in count_weights([article("w", t) for t in random_texts(1, 9)], 1).splitlines()[1:]
    )
    idf = {t: np.log((1 + weights.sentences) / (1 + int(rows.get(t, 0)))) + 1 for t in counted}
    expected = np.array([n * idf[t] for t, n in counted.items()])
    assert np.allclose(np.sort(table.matrix.data), np.sort(expected / np.linalg.norm(expected)), atol=1e-12)


def test_rows_have_unit_length_and_are_numbered_by_article_and_sentence():
    table = sentence_table(readings(["Short one. This sentence has five words.", "", "And here are five more."]), None)
    assert np.allclose(np.sqrt((table.matrix**2).sum(axis=1)), 1)
    assert (table.article.tolist(), table.number.tolist()) == ([0, 2], [1, 0])
    assert table.bounds.tolist() == [0, 1, 1, 2]


def test_frequency_counts_the_sentences_of_the_pile():
    table = sentence_table(readings(["One gull saw one lamp.", "One lamp lit two boats."]), None)
    # "one", "lamp" and "one lamp" stand in both; five other words and six other pairs in one each
    assert sorted(table.frequency.tolist()) == [1] * 11 + [2] * 3


def test_quoted_and_house_sentences_are_left_out():
    text = "The keeper lit a lamp. “Nobody in this town ever lit a lamp,” she said. The gull flew off at dawn."
    found = reading("x", text)
    assert sentence_table([found], None).number.tolist() == [0, 2]
    assert sentence_table([replace(found, house=found.sentence == 0)], None).number.tolist() == [2]


def test_no_sentence_makes_no_row():
    for pile in ([], [reading("x", ""), reading("y", "Too few words.")]):
        table = sentence_table(pile, None)
        assert (len(table.number), table.bounds.tolist()) == (0, [0] * (len(pile) + 1))


@pytest.mark.parametrize("seed", range(5))
def test_cosines_are_the_plain_product(seed):
    table = sentence_table(readings(random_texts(seed, 4)), None)
    plain = (table.matrix @ table.matrix.T).toarray()
    for one in range(4):
        for other in range(4):
            rows, columns = (slice(*table.bounds[k : k + 2]) for k in (one, other))
            assert np.allclose(table.cosines(one, other), plain[rows, columns], atol=1e-6)


# --- pairs of sentences ---------------------------------------------------------------------------------------------

# Each sentence of the one says what the sentence of the same number says in the other.
SOURCE = (
    "The lamp of the lighthouse at Carrow Point went dark shortly before midnight on Tuesday.",
    "Two trawlers steering by the light turned away from the shoal at the last moment.",
    "Keeper Oda Renfell swung storm lanterns along the gallery until the sky grew pale.",
    "A spare lens lies in the cellar of the harbour museum inside a wooden crate.",
)
REWRITE = (
    "Shortly before midnight the lighthouse lamp at Carrow Point failed, officials reported.",
    "At the last moment two trawlers that were steering by the light avoided the shoal.",
    "Until the sky grew pale, Oda Renfell stood swinging storm lanterns on the gallery.",
    "The harbour museum keeps a spare lens in a wooden crate down in its cellar.",
)
FILLER = (
    "Barley soup recipes fill the letters page again this week without much nutmeg.",
    "The bowling club lost its lawn to moles and moved into the chapel hall.",
    "Nineteen umbrellas were counted in one gutter on the way to the allotments.",
)


def matches(a, b, settings=DEFAULT, linked=(), credited=(), **fields):
    pile = (reading("a", " ".join(a), **fields), reading("b", " ".join(b), **fields))
    return sentence_matches(pile, linked, credited, settings)


def numbers(found):
    return [(m.a, m.b) for m in found.get((0, 1), ())]


def test_a_rewrite_in_another_order_is_matched_sentence_by_sentence():
    order = (2, 0, 3, 1)
    found = matches(SOURCE, [REWRITE[k] for k in order])
    assert numbers(found) == [(k, order.index(k)) for k in range(4)]
    assert all(m.cosine >= DEFAULT.rewritten_cosine for m in found[0, 1])


def test_other_stories_do_not_match():
    assert matches(SOURCE, FILLER) == {}


def test_each_sentence_is_matched_once_and_the_best_pair_first():
    found = matches((SOURCE[0], SOURCE[0]), (REWRITE[0], SOURCE[0], SOURCE[0]))
    assert numbers(found) == [(0, 1), (1, 2)]
    found = matches((SOURCE[1], SOURCE[1], SOURCE[1]), (SOURCE[1],))
    assert numbers(found) == [(0, 0)]


@given(st.integers(0, 10_000), st.floats(0.05, 0.9))
def test_matches_are_one_to_one_and_above_the_limit(seed, limit):
    settings = replace(PILE, rewritten_cosine=limit, joined_cosine=limit)
    pile = readings(random_texts(seed, 4, VOCABULARY[:25]))
    for found in sentence_matches(pile, {(0, 1), (2, 3)}, (), settings).values():
        assert len({m.a for m in found}) == len({m.b for m in found}) == len(found)
        assert all(m.cosine >= limit for m in found)
        assert found == sorted(found)


# A neighbour that says the same so freely that alone it would prove nothing.
LOOSE = (
    "A spare lens exists, museum staff said, although the crate around it is of wood.",
    "A spare lens lies in the cellar of the harbour museum inside a wooden crate.",
)


def loosely(a, b, limits=(0.2, 0.33)):
    """That the two sentences reach the lower limit and not the upper one."""
    table = sentence_table([reading("a", a), reading("b", b)], shipped_weights("en"))
    return limits[0] <= table.cosines(0, 1)[0, 0] < limits[1]


def test_neighbours_join_down_to_the_lower_limit_only_in_a_tied_pair():
    assert loosely(*LOOSE)
    a, b = (SOURCE[0], LOOSE[1]), (REWRITE[0], LOOSE[0])
    assert numbers(matches(a, b)) == [(0, 0)]
    assert numbers(matches(a, b, linked={(0, 1)})) == [(0, 0), (1, 1)]
    assert numbers(matches(a, b, credited={(0, 1)})) == [(0, 0), (1, 1)]
    assert numbers(matches(a, b, replace(DEFAULT, rewritten_pairs=1))) == [(0, 0), (1, 1)]
    assert numbers(matches(a, b, replace(DEFAULT, joined_cosine=0.33), linked={(0, 1)})) == [(0, 0)]


def test_three_pairs_tie_two_articles_without_a_credit():
    a, b = (*SOURCE[:3], LOOSE[1]), (*REWRITE[:3], LOOSE[0])
    assert numbers(matches(a, b)) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_loose_sentence_joins_only_next_to_a_pair_and_in_order():
    apart = matches((SOURCE[0], *FILLER, LOOSE[1]), (REWRITE[0], *FILLER[::-1], LOOSE[0]), linked={(0, 1)})
    assert (4, 4) not in numbers(matches((SOURCE[0], *FILLER, LOOSE[1]), (REWRITE[0], "", LOOSE[0]), linked={(0, 1)}))
    assert (0, 0) in numbers(apart)
    turned = matches((SOURCE[0], LOOSE[1]), (LOOSE[0], REWRITE[0]), linked={(0, 1)})
    assert numbers(turned) == [(0, 1)]


def test_one_left_out_sentence_between_neighbours_does_not_stop_them():
    found = matches((SOURCE[0], FILLER[0], LOOSE[1]), (REWRITE[0], LOOSE[0]), linked={(0, 1)})
    assert numbers(found) == [(0, 0), (2, 1)]


def test_the_limit_of_a_pair_is_a_setting():
    assert matches(SOURCE, REWRITE, replace(DEFAULT, rewritten_cosine=0.99)) == {}
    assert numbers(matches(LOOSE[:1], LOOSE[1:])) == []
    assert numbers(matches(LOOSE[:1], LOOSE[1:], replace(DEFAULT, rewritten_cosine=0.2))) == [(0, 0)]


def test_languages_are_kept_apart_and_an_unknown_one_joins_the_commonest():
    texts = [" ".join(SOURCE)] * 4
    pile = [
        reading(str(k), text, language=code)
        for k, (text, code) in enumerate(zip(texts, ("en", "de", "en", None), strict=True))
    ]
    assert set(sentence_matches(pile, {(0, 1), (0, 2)}, (), DEFAULT)) == {(0, 2), (0, 3), (2, 3)}


def test_a_pile_of_unknown_language_is_compared_with_its_own_weights():
    assert numbers(matches(SOURCE, REWRITE, language=None)) == [(k, k) for k in range(4)]


def test_the_weights_of_a_pile_differ_from_the_shipped_ones():
    shipped, own = matches(SOURCE, REWRITE), matches(SOURCE, REWRITE, PILE)
    assert [m.cosine for m in shipped[0, 1]] != [m.cosine for m in own[0, 1]]


def test_above_a_size_articles_far_apart_in_time_are_not_compared():
    def found(days, **limits):
        texts = (" ".join(SOURCE), " ".join(REWRITE), " ".join(FILLER))
        dates = (day(0), None if days is None else day(days), day(0))
        pile = [reading(str(k), text, on=on) for k, (text, on) in enumerate(zip(texts, dates, strict=True))]
        return (0, 1) in sentence_matches(pile, (), (), replace(DEFAULT, **limits))

    assert found(50)  # a small pile has no window
    assert not found(50, window_articles=2)
    assert found(50, window_articles=3)
    assert found(45, window_articles=2)
    assert found(50, window_articles=2, window_days=60.0)
    assert found(None, window_articles=2)  # nothing is known, so nothing is left out


def test_what_a_large_pile_leaves_out_is_counted():
    texts = (" ".join(SOURCE), " ".join(REWRITE), " ".join((*FILLER, SOURCE[0])))
    pile = [reading(str(k), text, on=day(days)) for k, (text, days) in enumerate(zip(texts, (0, 50, 0), strict=True))]

    def left_out(linked=(), credited=(), **limits):
        found = sentence_matches(pile, linked, credited, replace(DEFAULT, **limits))
        return set(found), found.outside_window, found.too_few

    assert left_out() == ({(0, 1), (0, 2), (1, 2)}, 0, 0)
    assert left_out(window_articles=2) == (set(), 2, 1)  # the rewrite, and the one sentence of it, are too far away
    assert left_out(window_articles=2, window_days=60.0) == ({(0, 1)}, 0, 2)
    assert left_out(window_articles=2, credited={(0, 2)}) == ({(0, 2)}, 2, 0)
    assert left_out(window_articles=2, linked={(0, 1)}) == ({(0, 1)}, 1, 1)


def proposed(table):
    return set(map(tuple, table.proposed(no_pairs(), 1)[0].tolist()))


def all_pairs(table, settings):
    """Pairs of articles with a pair of sentences at the limit, by the product of everything with everything."""
    cosines = (table.matrix @ table.matrix.T).toarray()
    rows, columns = np.nonzero(cosines >= settings.rewritten_cosine)
    found = zip(table.article[rows].tolist(), table.article[columns].tolist(), strict=True)
    return {(i, j) for i, j in found if i < j}


@pytest.mark.parametrize("seed", range(8))
def test_with_every_term_called_rare_the_proposed_pairs_are_those_of_all_with_all(seed):
    settings = replace(PILE, rare_sentences=10**6, rewritten_cosine=0.15)
    table = sentence_table(readings(random_texts(seed, 14, VOCABULARY[:120])), None, settings)
    expected = all_pairs(table, settings)
    assert proposed(table) == expected
    assert 0 < len(expected) < 14 * 13 / 2


def test_a_pair_that_shares_no_rare_term_is_not_proposed():
    pile = readings([SOURCE[0]] * 3)
    for most, expected in ((2, set()), (3, {(0, 1), (0, 2), (1, 2)})):
        table = sentence_table(pile, None, replace(PILE, rare_sentences=most))
        assert all_pairs(table, DEFAULT) == {(0, 1), (0, 2), (1, 2)}
        assert proposed(table) == expected


def test_a_pair_that_is_asked_for_is_no_proposal():
    table = sentence_table(readings([SOURCE[0]] * 3), None)
    assert table.proposed(np.array([[0, 2]]), 1)[0].tolist() == [[0, 1], [1, 2]]


def test_articles_without_sentences_have_no_matches():
    assert sentence_matches([], (), (), DEFAULT) == {}
    assert sentence_matches([reading("a", SOURCE[0])], (), (), DEFAULT) == {}
    empty = [reading("a", ""), reading("b", "Few words."), reading("c", SOURCE[0])]
    assert sentence_matches(empty, {(0, 1), (0, 2)}, {(1, 2)}, DEFAULT) == {}


def test_a_match_says_how_like_its_sentences_are():
    (same,) = matches(SOURCE[:1], SOURCE[:1])[0, 1]
    assert same == Match(0, 0, 1.0)


def test_two_thousand_sentences_about_different_things_take_seconds_at_most():
    pile = [reading(f"{k:03}", invented(k, 320)) for k in range(100)]
    assert sentence_matches(pile, (), (), DEFAULT) == {}
