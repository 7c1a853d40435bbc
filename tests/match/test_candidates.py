"""Which articles share enough words in a row to be aligned, against plain sets."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, day, invented, prose, reading, readings, words

from provenance.match.arrays import hash_words
from provenance.match.candidates import candidate_pairs
from provenance.match.fingerprint import distinct_shingles, shingle_hashes

NO_HOUSE = np.empty(0, dtype=np.uint64)
EVERY_SOURCE = replace(DEFAULT, max_sources=10_000)


def pairs_of(pile, settings=DEFAULT, house=NO_HOUSE, credited=()):
    return candidate_pairs(pile, [distinct_shingles(r, settings) for r in pile], house, credited, settings)


def runs(forms, size):
    return {tuple(forms[i : i + size]) for i in range(len(forms) - size + 1)}


# Few different words, so that runs are shared by chance all the time.
PILES = st.lists(st.lists(st.sampled_from("ab"), max_size=24), max_size=9)


@given(PILES, st.integers(1, 5), st.integers(2, 5), st.sets(st.tuples(*[st.sampled_from("ab")] * 5), max_size=6))
def test_the_pairs_are_those_whose_sets_of_shingles_meet_often_enough(texts, least, size, house):
    settings = replace(EVERY_SOURCE, min_shared_shingles=least, shingle_words=size)
    proves_nothing = {run[:size] for run in house}
    hashes = [shingle_hashes(hash_words(run), size) for run in proves_nothing]
    sets = [runs(forms, size) - proves_nothing for forms in texts]
    expected = [(i, j) for i, j in combinations(range(len(sets)), 2) if len(sets[i] & sets[j]) >= least]
    found = pairs_of(readings(map(" ".join, texts)), settings, np.sort(np.concatenate([NO_HOUSE, *hashes])))
    assert found == expected


def test_an_excerpt_of_seven_words_in_a_long_article_is_found_and_one_of_six_is_not():
    source = words(random.Random(1), 1000)
    seven, six = (
        [*words(random.Random(k), 300), *source[500 : 500 + k], *words(random.Random(k + 9), 300)] for k in (7, 6)
    )
    assert pairs_of(readings(map(prose, (source, seven, six)))) == [(0, 1)]


def test_articles_of_different_stories_are_no_candidates():
    assert pairs_of(readings(invented(seed) for seed in range(40))) == []


def test_an_article_proposes_no_more_sources_than_the_setting_allows_and_the_nearest_first():
    source = words(random.Random(2), 200)
    cuts = [*(prose(source[: 20 + 10 * k]) for k in range(8)), prose(source)]
    found = pairs_of(readings(cuts), replace(DEFAULT, max_sources=1))
    # each takes the first of the longer texts that hold all of it, the full text its longest excerpt
    assert found == [(k, k + 1) for k in range(8)]


def test_in_a_crowd_of_equal_reprints_each_is_tied_to_the_earliest_alone():
    crowd = [reading(f"{k:03}", invented(3), on=day(60 - k)) for k in range(60)]
    assert pairs_of(crowd, replace(DEFAULT, max_sources=5)) == [(k, 59) for k in range(59)]


def test_in_a_crowd_of_equal_reprints_whoever_is_credited_is_a_candidate_too():
    crowd = [reading(f"{k:03}", invented(3), on=day(60 - k)) for k in range(60)]
    assert pairs_of(crowd, replace(DEFAULT, max_sources=5), credited={(7, 30)}) == sorted(
        [(7, 30), *((k, 59) for k in range(59))]
    )


def test_an_article_without_a_date_comes_after_those_with_one():
    crowd = [reading("a", invented(3)), reading("b", invented(3), on=day(2)), reading("c", invented(3), on=day(1))]
    assert pairs_of(crowd, replace(DEFAULT, max_sources=1)) == [(0, 2), (1, 2)]


def test_a_pair_tied_by_a_credit_is_kept_beyond_the_limit():
    source = words(random.Random(4), 200)
    pile = readings([prose(source), prose(source), prose(source), prose(source[:12])])
    few = replace(DEFAULT, max_sources=1)
    assert (2, 3) not in pairs_of(pile, few)
    assert (2, 3) in pairs_of(pile, few, credited={(2, 3)})


def test_a_credit_alone_makes_no_candidates():
    assert pairs_of(readings([invented(1), invented(2)]), credited={(0, 1)}) == []


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(numbers):
    source = words(random.Random(5), 90)
    texts = [prose(source[k * 7 : k * 7 + 40] * (1 + k % 2)) for k in range(8)]
    pile = [reading(f"{k}", text, on=day(k * 5 % 8)) for k, text in enumerate(texts)]
    few = replace(DEFAULT, max_sources=2)
    straight = {(pile[i].article.id, pile[j].article.id) for i, j in pairs_of(pile, few)}
    mixed = numbers.sample(pile, len(pile))
    assert {tuple(sorted((mixed[i].article.id, mixed[j].article.id))) for i, j in pairs_of(mixed, few)} == straight


def test_house_text_ties_nothing():
    frame = "Sign up here to get the evening letter of the Harbour Post every day."
    pile = readings([f"{invented(k)} {frame}" for k in range(3)])
    house = distinct_shingles(reading("x", frame), DEFAULT)
    assert pairs_of(pile) == [(0, 1), (0, 2), (1, 2)]
    assert pairs_of(pile, house=house) == []


def test_nothing_one_article_and_articles_without_words_have_no_pairs():
    assert pairs_of([]) == []
    assert pairs_of(readings([invented(1)])) == []
    assert pairs_of(readings(["", "…", "two words"])) == []
