"""The compiled counterpart of the sentence table, held equal to it."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article, day, prose, reading, words

from provenance.kernels.terms import number_hashes
from provenance.match import count_weights, sentences
from provenance.match.arrays import hash_words
from provenance.match.sentence_postings import SentencePostings, Vocabulary, take_in, terms_of
from provenance.match.sentence_table import SentenceTable
from provenance.match.sentences import sentence_matches
from provenance.match.weights import bigram_hashes, read_weights, weights_for


def pile(seed, count=9, vocabulary=VOCABULARY[:90]):
    """Texts that share words, sentences and whole stretches; some empty, some quoted, in two languages, some dated."""
    numbers = random.Random(seed)
    out, told = [], []
    for k in range(count):
        told += [prose(words(numbers, numbers.randint(3, 14), vocabulary)) for _ in range(4)]
        text = " ".join(numbers.choice(told) for _ in range(numbers.choice((0, 2, 6, 12))))
        text = f"“{text[:60]}” {text}" if numbers.random() < 0.3 else text
        on = None if numbers.random() < 0.2 else day(numbers.randint(0, 90))
        out.append(reading(f"{k:03}", text, on=on, language=numbers.choice(("en", "en", "de", None))))
    return out


def pairs_of(numbers, count):
    pairs = [(i, j) for j in range(count) for i in range(j)]
    return set(numbers.sample(pairs, min(6, len(pairs))))


@given(
    st.integers(0, 10_000),
    st.sampled_from(("shipped", "pile")),
    st.sampled_from((2, 4, 60)),
    st.sampled_from((3, 20_000)),
    st.sampled_from((0.15, 0.33, 0.7)),
)
@settings(max_examples=60, deadline=None)
def test_large_and_small_piles_are_compared_alike(seed, weights, rare, window, limit):
    chosen = replace(
        DEFAULT, weights=weights, rare_sentences=rare, window_articles=window, rewritten_cosine=limit, joined_cosine=0.1
    )
    numbers, read = random.Random(seed), pile(seed)
    asked = read, pairs_of(numbers, len(read)), pairs_of(numbers, len(read)), chosen
    small, large = found_with(10**9, *asked), found_with(0, *asked)
    assert (large.outside_window, large.too_few) == (small.outside_window, small.too_few)
    assert list(large) == list(small)
    for pair in small:
        assert [m[:2] for m in large[pair]] == [m[:2] for m in small[pair]]
        assert [m.cosine for m in large[pair]] == pytest.approx([m.cosine for m in small[pair]], abs=2e-6)


def found_with(from_articles, *asked):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "FROM_ARTICLES", from_articles)
        return sentence_matches(*asked)


def test_the_made_up_piles_hold_what_is_to_be_compared():
    """Guards the test above against having nothing to compare."""
    found = [found_with(0, pile(seed), {(0, 1)}, (), DEFAULT) for seed in range(20)]
    assert sum(len(matches) for matches in found) > 100
    assert sum(len(matches[pair]) for matches in found for pair in matches) > 200


@pytest.mark.parametrize("chosen", ("shipped", "pile", "own"))
@pytest.mark.parametrize("seed", range(4))
def test_sentences_have_the_length_of_their_terms_and_stand_in_the_lists_of_the_rare_ones(seed, chosen):
    read = [r for r in pile(seed, 12) if r.article.language == "en"]
    own = read_weights(count_weights([article("w", r.article.text) for r in read[:3]], at_least=1))
    weights = own if chosen == "own" else weights_for(chosen, "en")
    table, one = SentenceTable(read, weights, DEFAULT), take_in(read)
    assert (one.article.tolist(), one.number.tolist()) == (table.article.tolist(), table.number.tolist())
    limits = replace(DEFAULT, rare_sentences=5)
    terms = terms_of(one, weights, limits)
    for row in range(len(one.number)):
        held = one.known[one.words[one.starts[row] : one.starts[row + 1]]]
        every, count = np.unique(np.append(held, bigram_hashes(held[:-1], held[1:])), return_counts=True)
        idf = weights.idf(every) if weights else pile_idf(every, read, one)
        assert terms.norms[row] == pytest.approx(np.sqrt(((count * idf) ** 2).sum()))
    rare = (table.frequency >= 2) & (table.frequency <= limits.rare_sentences)
    in_lists = np.diff(terms.ends, prepend=0)
    expected = (table.matrix[:, np.flatnonzero(rare)] > 0).sum(axis=1)
    assert (in_lists >= expected).all() and ((in_lists > 0) == (expected > 0)).all()


def pile_idf(terms, read, one):
    """Counted the slow way."""
    rows = [one.known[one.words[a:b]] for a, b in zip(one.starts[:-1], one.starts[1:], strict=True)]
    sets = [set(row.tolist()) | set(bigram_hashes(row[:-1], row[1:]).tolist()) for row in rows]
    frequency = np.array([sum(term in found for found in sets) for term in terms.tolist()])
    return np.log((1 + len(rows)) / (1 + frequency)) + 1


def test_a_vocabulary_numbers_hashes_in_the_order_in_which_they_come_and_grows():
    hashes = np.random.default_rng(0).integers(0, 1 << 63, 5_000).astype(np.uint64)
    vocabulary = Vocabulary(room=16)
    numbers = [vocabulary.numbers(part) for part in np.split(np.concatenate([hashes, hashes]), 100)]
    assert np.concatenate(numbers).tolist() == [*range(5_000), *range(5_000)]
    assert vocabulary.known.tolist() == hashes.tolist()


def test_hashes_that_fall_on_one_slot_are_told_apart():
    hashes = (np.arange(1, 9, dtype=np.uint64) << np.uint64(40)) | np.uint64(3)
    slots, known, numbers = np.zeros(16, dtype=np.uint32), np.empty(8, dtype=np.uint64), np.empty(8, dtype=np.uint32)
    assert number_hashes(hashes, slots, known, 0, numbers) == 8
    assert numbers.tolist() == list(range(8))


def test_terms_are_joined_alike_however_many_parts_and_rounds_they_take(monkeypatch):
    read, weights = [r for r in pile(3, 14) if r.article.language == "en"], weights_for("pile", "en")
    whole = terms_of(take_in(read), weights, DEFAULT)
    monkeypatch.setattr("provenance.match.sentence_postings._PART", 8)
    monkeypatch.setattr("provenance.match.sentence_postings._ROUND", 20)
    monkeypatch.setattr("provenance.match.sentence_postings._ROUNDS", 10**6)
    parted = terms_of(take_in(read), weights, DEFAULT)
    assert np.allclose(parted.norms, whole.norms)
    assert parted.ends.tolist() == whole.ends.tolist()
    assert sorted(parted.weighed.tolist()) == sorted(whole.weighed.tolist())


def test_many_pairs_and_matches_are_put_away_as_their_places_run_out(monkeypatch):
    read = pile(5, 30)
    whole = found_with(0, read, {(0, 1), (2, 5)}, (), DEFAULT)
    monkeypatch.setattr("provenance.match.sentence_postings._ROOM", 1)
    assert dict(found_with(0, read, {(0, 1), (2, 5)}, (), DEFAULT)) == dict(whole)


def test_readings_are_gone_through_once_and_in_order():
    class Once:
        def __init__(self, read):
            self.read, self.seen = read, []

        def __len__(self):
            return len(self.read)

        def __iter__(self):
            for k, one in enumerate(self.read):
                self.seen.append(k)
                yield one

    for size in (0, 10**9):
        once = Once(pile(1))
        found_with(size, once, {(0, 1)}, (), DEFAULT)
        assert once.seen == list(range(9))


def test_no_article_and_no_sentence_match_nothing():
    assert found_with(0, [], (), (), DEFAULT) == {}
    assert found_with(0, [reading("a", ""), reading("b", "Too few words.")], {(0, 1)}, (), DEFAULT) == {}
    empty = SentencePostings(take_in([]), None, DEFAULT)
    assert empty.proposed(np.empty((0, 2), dtype=np.int64), 1)[0].shape == (0, 2)


def test_the_kernels_hash_two_words_as_the_tables_of_weights_do():
    from provenance.kernels import terms

    one, other = hash_words(["gull", "lamp"])
    with np.errstate(over="ignore"):
        assert terms.bigram_of.py_func(one, other) == bigram_hashes(np.array([one]), np.array([other]))[0]
