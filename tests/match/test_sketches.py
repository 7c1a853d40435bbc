"""Sketches of large piles against the plain counterparts of small ones, datasketch and sets."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH

from provenance.match import sketches as sk
from provenance.match.candidates import candidate_pairs
from provenance.match.fingerprint import distinct_shingles, near_groups
from provenance.match.reading import Reading, read_words
from provenance.match.repeats import house_shingles
from provenance.model import Article, Published
from provenance.names import canonical
from provenance.settings import Settings

DEFAULT = Settings()
WORDS = [f"word{i}" for i in range(3000)]
START = datetime(2031, 5, 1, tzinfo=UTC)


def made_up_pile(seed: int) -> list[Article]:
    """Texts that borrow from one another, outlets with frames, forms that are filled in, texts without words."""
    draw = random.Random(seed)
    stories = [draw.choices(WORDS, k=draw.randint(20, 120)) for _ in range(20)]
    frames = [draw.choices(WORDS, k=12) for _ in range(6)]
    form = draw.choices(WORDS, k=60)
    articles = []
    for number in range(draw.randint(3, 120)):
        words, outlet, kind = list(draw.choice(stories)), draw.randrange(6), draw.random()
        if kind < 0.2:
            words += draw.choice(stories)
        elif kind < 0.5:
            words = [w if draw.random() > 0.05 else draw.choice(WORDS) for w in words]
        elif kind < 0.6:
            words = [w if draw.random() > 0.2 else draw.choice(WORDS) for w in form]
        words = [] if draw.random() < 0.02 else [*words, *frames[outlet]] if draw.random() < 0.7 else words
        at = START + timedelta(hours=draw.randint(0, 500))
        published = None if draw.random() < 0.2 else Published(at, None, "made up")
        name = None if draw.random() < 0.1 else f"Outlet {outlet}"
        articles.append(Article(f"{number:03}", "", " ".join(words), outlet=name, published=published, language="en"))
    return sorted(articles, key=lambda a: (a.text, a.id))


def sketches_of(readings: list[Reading], rate: int = 1, batch: int = 50) -> sk.Sketches:
    sketcher = sk.Sketcher(DEFAULT, rate)
    parts = [readings[at : at + batch] for at in range(0, len(readings), batch)]
    return sk.gathered(
        sketcher.sketch(np.concatenate([r.hashes for r in part]), np.cumsum([0, *map(len, part)], dtype=np.int64))
        for part in parts
    )


def facts_of(articles: list[Article]) -> sk.Facts:
    return sk.facts_of(
        [canonical(a.outlet) if a.outlet else None for a in articles],
        [a.published.earliest.timestamp() if a.published and a.published.earliest else None for a in articles],
    )


@pytest.mark.parametrize("seed", range(25))
def test_sketches_find_the_stories_the_house_text_and_the_candidates_that_whole_shingle_sets_find(seed):
    articles = made_up_pile(seed)
    readings = [read_words(a) for a in articles]
    shingles = [distinct_shingles(r, DEFAULT) for r in readings]
    stories = near_groups(shingles, DEFAULT)
    house = house_shingles(readings, shingles, stories, DEFAULT)
    sketches, facts = sketches_of(readings), facts_of(articles)

    equal = sk.equal_texts(sketches)
    assert sk.near_stories(sketches, equal, DEFAULT).tolist() == stories.tolist()
    shared = sk.shared_shingles(sketches, facts, equal, stories, DEFAULT)
    assert set((shared.house >> np.uint64(24)).tolist()) == set((house >> np.uint64(24)).tolist())
    best = sk.best_pairs(shared, equal, sk.ranks(facts), DEFAULT)
    assert list(zip(*map(list, best), strict=True)) == candidate_pairs(readings, shingles, house, (), DEFAULT)


def test_signatures_are_those_of_datasketch_bit_for_bit():
    readings = [read_words(a) for a in made_up_pile(3)]
    for reading, signature in zip(readings, sketches_of(readings).signatures, strict=True):
        theirs = MinHash(num_perm=DEFAULT.permutations, scheme="affine32", hashfunc=int)
        theirs.update_batch((distinct_shingles(reading, DEFAULT) >> np.uint64(32)).astype(np.uint32).tolist())
        assert signature.tolist() == theirs.hashvalues.tolist()


@pytest.mark.parametrize("jaccard", [0.2, 0.5, 0.7, 0.8, 0.9])
def test_bands_and_rows_are_those_of_datasketch(jaccard):
    theirs = MinHashLSH(threshold=jaccard, num_perm=128)
    assert sk.bands_for(jaccard, 128) == (theirs.b, theirs.r)


def test_one_shingle_in_four_is_kept_and_it_is_the_same_one_in_every_text():
    readings = [read_words(a) for a in made_up_pile(5)]
    whole, few = sketches_of(readings), sketches_of(readings, rate=4)
    for k in range(len(readings)):
        all_of_it = set(whole.shingles[whole.bounds[k] : whole.bounds[k + 1]].tolist())
        kept = set(few.shingles[few.bounds[k] : few.bounds[k + 1]].tolist())
        assert kept == {s for s in all_of_it if s < 1 << 30}
    assert 0.2 < len(few.shingles) / len(whole.shingles) < 0.3


def test_keys_that_wait_on_disk_come_back_as_those_in_memory():
    draw = np.random.default_rng(1)
    batches = [draw.integers(0, 1 << 64, 1000, dtype=np.uint64) for _ in range(7)]
    held, spilled = sk.Keys(), sk.Keys(in_memory=2500)
    for batch in batches:
        held.add(batch)
        spilled.add(batch)
    (whole,) = held.parts()
    parts = list(spilled.parts())
    assert len(parts) == 16
    assert np.concatenate(parts).tolist() == whole.tolist() == sorted(np.concatenate(batches).tolist())


def test_in_a_crowd_of_equal_texts_each_is_tied_to_the_earliest_alone():
    story = " ".join(WORDS[:80])
    crowd = [
        Article(f"{k:04}", "", story, outlet=f"Outlet {k}", published=Published(START + timedelta(hours=k), None, ""))
        for k in range(600)
    ]
    readings = [read_words(crowd[0])] * len(crowd)
    sketches, facts = sketches_of(readings), facts_of(crowd)
    equal = sk.equal_texts(sketches)
    assert not equal.any()
    shared = sk.shared_shingles(sketches, facts, equal, sk.near_stories(sketches, equal, DEFAULT), DEFAULT)
    one, other = sk.best_pairs(shared, equal, sk.ranks(facts), DEFAULT)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, k) for k in range(1, len(crowd))]


def test_a_crowd_of_nearly_equal_texts_ties_each_to_the_earliest_without_a_square():
    draw = random.Random(2)
    crowd = []
    for k in range(400):
        words = [w if draw.random() > 0.03 else draw.choice(WORDS) for w in WORDS[:150]]
        at = Published(START + timedelta(hours=k), None, "")
        crowd.append(Article(f"{k:04}", "", " ".join(words), outlet=f"Outlet {k}", published=at))
    readings = [read_words(a) for a in crowd]
    sketches, facts = sketches_of(readings), facts_of(crowd)
    equal = sk.equal_texts(sketches)
    shared = sk.shared_shingles(sketches, facts, equal, sk.near_stories(sketches, equal, DEFAULT), DEFAULT)
    assert len(shared.one) < len(crowd) * 60  # all pairs would be 200 an article
    one, other = sk.best_pairs(shared, equal, sk.ranks(facts), DEFAULT)
    assert len(set(one[other == 399].tolist()) & set(range(30))) >= 15


@pytest.mark.parametrize("members", [5, 21, 22, 40])
def test_crowds_of_equal_texts_are_treated_alike_in_small_and_large_piles(members):
    draw = random.Random(members)
    story, other = draw.choices(WORDS, k=90), draw.choices(WORDS, k=90)
    texts = [story] * members + [other + story[:40], other, story[20:] + other[:10]]
    articles = []
    for k, words in enumerate(texts):
        at = Published(START + timedelta(hours=draw.randint(0, 900)), None, "")
        articles.append(Article(f"{k:02}", "", " ".join(words), outlet=f"Outlet {k}", published=at, language="en"))
    readings = [read_words(a) for a in articles]
    shingles = [distinct_shingles(r, DEFAULT) for r in readings]
    stories = near_groups(shingles, DEFAULT)
    plain = candidate_pairs(readings, shingles, house_shingles(readings, shingles, stories, DEFAULT), (), DEFAULT)
    sketches, facts = sketches_of(readings), facts_of(articles)
    equal = sk.equal_texts(sketches)
    shared = sk.shared_shingles(sketches, facts, equal, stories, DEFAULT)
    best = sk.best_pairs(shared, equal, sk.ranks(facts), DEFAULT)
    assert list(zip(*map(list, best), strict=True)) == plain
    inside = [p for p in plain if max(p) < members]
    assert len(inside) == (members * (members - 1) // 2 if members <= 21 else members - 1)
