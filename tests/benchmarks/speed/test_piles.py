"""The piles of the speed benchmark: what their truth says is so, whatever tool reads them."""

import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from speed import piles
from speed.crowds import CROWDS, write_crowd
from speed.derivations import CLOSE, OPEN, PARAGRAPH, SENTENCE, Body
from speed.material import Chain, learn
from speed.piles import KINDS, RELATED_FROM, Truth, article_id, derive, families_of, make_pile, originals, truth_file
from speed.web_pages import page

ARTICLES = 300


@pytest.fixture(scope="module")
def chain() -> Chain:
    return learn(None)


@pytest.fixture(scope="module")
def pile(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("piles") / "pile.jsonl"
    make_pile(file, ARTICLES, chain)
    return file


@pytest.fixture(scope="module")
def truth(pile: Path) -> Truth:
    return Truth.load(truth_file(pile))


def records(pile: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in pile.read_text(encoding="utf-8").splitlines()]


def shingles(text: str, words: int) -> set[tuple[str, ...]]:
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[i : i + words]) for i in range(len(found) - words + 1)}


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(pile: Path, chain: Chain, tmp_path: Path) -> None:
    make_pile(tmp_path / "again.jsonl", ARTICLES, chain)
    make_pile(tmp_path / "other.jsonl", ARTICLES, chain, seed=2)
    assert (tmp_path / "again.jsonl").read_bytes() == pile.read_bytes()
    assert (tmp_path / "other.jsonl").read_bytes() != pile.read_bytes()


def test_related_pairs_are_exactly_those_that_share_enough_word_origins(chain: Chain) -> None:
    rng = np.random.default_rng(7)
    numbers = np.arange(120)
    drafts = originals(numbers, 20, chain, rng)
    families = families_of(rng.permutation(120)[:100], rng)
    edges, _, _ = derive(families, drafts, numbers, chain, rng)
    pairs, words = piles.related_pairs(families, edges, drafts)
    told = {(min(a, b), max(a, b)): n for (a, b), n in zip(pairs.tolist(), words.tolist(), strict=True)}
    shared = {
        (a, b): len(set(drafts[a].body.ids.tolist()) & set(drafts[b].body.ids.tolist()))
        for a, b in combinations(range(120), 2)
    }
    assert told == {pair: n for pair, n in shared.items() if n >= RELATED_FROM}
    assert len(told) > len(edges)


def test_every_kind_is_there_and_a_merged_article_has_two_sources(truth: Truth) -> None:
    assert set(truth.kind.tolist()) == set(range(len(KINDS)))
    merged = truth.edges[truth.kind == KINDS.index("merge")][:, 1]
    assert set(np.unique(merged, return_counts=True)[1].tolist()) == {2}
    assert (truth.edge_words >= RELATED_FROM).all()


def test_a_verbatim_article_holds_all_paragraphs_of_its_source(pile: Path, truth: Truth) -> None:
    texts = [record["text"].split("\n\n") for record in records(pile)]
    copies = truth.edges[truth.kind == KINDS.index("verbatim")]
    for source, derived in copies:
        body = [p for p in texts[source] if len(p.split()) > 60]  # bylines, boilerplate and credits are shorter
        assert {p.removesuffix(".") for p in body[1:-1]} <= {p.removesuffix(".") for p in texts[derived]}


def test_derived_articles_are_published_later_than_their_sources(pile: Path, truth: Truth) -> None:
    published = [record["published"] for record in records(pile)]
    assert all(published[source] < published[derived] for source, derived in truth.edges)


def test_unrelated_articles_of_different_outlets_share_no_eight_words_but_boilerplate(pile: Path, truth: Truth) -> None:
    bodies = [
        "\n\n".join(
            p for p in record["text"].split("\n\n") if not re.search("article|reported|©|All rights|Write to", p)
        )
        for record in records(pile)
    ]
    grams = [shingles(body, 8) for body in bodies]
    family = families(truth)
    strangers = (
        (a, b)
        for a, b in combinations(range(ARTICLES), 2)
        if truth.outlet[a] != truth.outlet[b] and family[a] != family[b]
    )
    assert not [(a, b, shared) for a, b in strangers if (shared := grams[a] & grams[b])]


def families(truth: Truth) -> list[int]:
    """For each article the smallest number among all that edges lead to, step by step; reports of one form are one."""
    family = [-1 - form if form >= 0 else i for i, form in enumerate(truth.template.tolist())]
    for _ in range(20):
        for a, b in truth.edges.tolist():
            family[a] = family[b] = min(family[a], family[b])
    return family


def test_ids_stand_in_the_order_of_the_file_also_in_several_chunks(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piles, "CHUNK", 100)
    truth = make_pile(tmp_path / "pile.jsonl", ARTICLES, chain)
    assert [r["id"] for r in records(tmp_path / "pile.jsonl")] == [article_id(i) for i in range(ARTICLES)]
    outlets = {r["outlet"] for r in records(tmp_path / "pile.jsonl")}
    assert len(outlets) == len(set(truth.outlet.tolist()))
    assert not list(tmp_path.glob("tmp*"))


def test_template_families_are_marked_and_no_related_pairs(chain: Chain, tmp_path: Path) -> None:
    truth = make_pile(tmp_path / "pile.jsonl", 1000, chain)
    family = np.flatnonzero(truth.template >= 0)
    assert len(family) == piles.TEMPLATE_FAMILY
    assert not np.isin(truth.related, family).any()
    texts = [records(tmp_path / "pile.jsonl")[i]["text"] for i in family[:2]]
    assert len(shingles(texts[0], 3) & shingles(texts[1], 3)) > 30


def test_words_are_set_as_sentences_paragraphs_and_quotations(chain: Chain) -> None:
    spelling = {word: i for i, word in enumerate(chain.spelling)}
    words = [spelling[w] for w in ["the", "people", "voted", "said", "Anna", "Fenwright", "they", "said"]]
    marks = [SENTENCE | PARAGRAPH | OPEN, 0, CLOSE, 0, 0, 0, SENTENCE | PARAGRAPH, 0]
    body = Body(np.array(words, np.int32), np.arange(8), np.array(marks, np.uint8))
    assert piles.rendered(body, chain) == "“The people voted,” said Anna Fenwright.\n\nThey said."


@pytest.mark.parametrize("crowd", CROWDS, ids=lambda crowd: crowd.name)
def test_a_crowd_begins_with_its_earliest_article(crowd, chain: Chain, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write_crowd(crowd, 20, chain, tmp_path / "crowd.jsonl")
    made = records(tmp_path / "crowd.jsonl")
    assert min(r["published"] for r in made) == made[0]["published"]
    assert len({r["outlet"] for r in made}) == 1 if crowd.outlets == 1 else made[0]["outlet"] != made[1]["outlet"]
    assert all(made[0]["outlet"] in r["text"] for r in made[1:]) == (crowd.credit or crowd.outlets == 1)


def test_a_web_page_says_title_day_and_every_paragraph(pile: Path) -> None:
    from provenance.ingest import read

    record = records(pile)[5]
    (folder := pile.parent / "pages").mkdir()
    (folder / "page.html").write_text(page(record), encoding="utf-8")
    (article,) = read([folder], None).articles
    assert record["title"] in article.title
    assert article.published and article.published.earliest.isoformat()[:10] == record["published"][:10]
    assert set(re.findall(r"\w+", record["text"])) <= set(re.findall(r"\w+", article.text))
