"""A large pile gives the alignments that a small one gives: the same articles, once in the open and once by kernels."""

import json
import random

import pytest

from provenance import pipeline
from provenance.match import pile, sentences
from provenance.model import Article
from provenance.settings import Settings

PILES = ["inputs/classroom", "inputs/small", "inputs/deutsch"]


def found_in(articles, monkeypatch, large, threads=None, **changed):
    for module in (pile, sentences):
        monkeypatch.setattr(module, "FROM_ARTICLES", 2 if large else 1 << 30)
    return pipeline.aligned(articles, Settings(**changed), None, threads=threads)


def articles_in(path):
    return pipeline.attributed(pipeline.read_articles(path).articles, None)[0]


@pytest.mark.parametrize("folder", PILES)
def test_sample_piles_align_alike_in_the_open_and_by_kernels(folder, monkeypatch):
    articles = articles_in(folder)
    small, large = (found_in(articles, monkeypatch, large) for large in (False, True))
    assert small == large
    assert small[0]


def test_the_founding_pile_aligns_alike_in_the_open_and_by_kernels(shared, monkeypatch):
    articles = articles_in(shared / "seeds")
    small, large = (found_in(articles, monkeypatch, large) for large in (False, True))
    assert small == large
    assert small[0]


@pytest.fixture
def borrowed(tmp_path):
    """Articles that borrow sentences, reorder them, quote them and print the same text again."""
    draw = random.Random(7)
    words = [
        f"{a}{b}" for a in ("har", "quay", "mill", "ferr", "gran", "lod") for b in ("bour", "en", "ley", "ing", "ow")
    ]
    names = [f"{word.title()}{k}" for k, word in enumerate(words)]

    def sentence():
        text = " ".join(draw.choices(words, k=draw.randint(6, 14)) + draw.choices(names, k=3)).capitalize()
        return f"“{text},” {draw.choice(names)} said." if draw.random() < 0.2 else f"{text}."

    known = [sentence() for _ in range(60)]
    with (tmp_path / "pile.jsonl").open("w", encoding="utf-8") as file:
        for number in range(80):
            own = [sentence() for _ in range(3)] + draw.sample(known, draw.randint(0, 5))
            draw.shuffle(own)
            text = "\n\n".join([" ".join(own[:3]), " ".join(own[3:])]) if number % 10 else " ".join(known[:6])
            day = f"2031-05-{1 + number % 28:02}T10:00:00Z"
            record = {"id": number, "text": text, "outlet": f"Outlet {number % 7}", "date": day, "language": "en"}
            file.write(json.dumps(record) + "\n")
    return articles_in(tmp_path / "pile.jsonl")


def test_borrowed_sentences_align_alike_in_the_open_and_by_kernels(borrowed, monkeypatch):
    small, large = (found_in(borrowed, monkeypatch, large) for large in (False, True))
    assert small == large
    assert len(small[0]) > 100
    assert small[1]


def test_one_thread_and_two_give_the_same(borrowed, monkeypatch):
    one, two = (found_in(borrowed, monkeypatch, True, threads) for threads in (1, 2))
    assert one == two


def test_above_whole_shingles_one_in_four_is_kept_and_paragraphs_are_still_found(monkeypatch):
    draw = random.Random(3)
    paragraphs = [" ".join(f"word{draw.randrange(4000)}" for _ in range(60)) + "." for _ in range(60)]
    texts = ["\n\n".join([*draw.sample(paragraphs[:40], 2), paragraphs[40 + k % 20]]) for k in range(60)]
    articles = [Article(f"{k:02}", "", text, language="en") for k, text in enumerate(texts)]
    whole, sampled = (found_in(articles, monkeypatch, True, whole_shingles=n)[0] for n in (1000, 10))
    assert len(whole) > 100
    assert 0.97 * len(whole) < len(sampled) <= len(whole)
