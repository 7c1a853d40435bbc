"""A simulated pile: the same for the same seed, readable, and true of its own texts."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InputError, SettingError
from provenance.evaluate import evaluate
from provenance.ingest import read_truth
from provenance.model import Article, Pile
from provenance.pipeline import read_articles, trace
from provenance.simulate import Difficulty, Simulated, names, simulate, write
from provenance.text import tokenize
from provenance.truth import Truth

SEEDS = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def pile() -> Simulated:
    return simulate(40, seed=3, difficulty="half")


def texts_of(pile: Simulated) -> dict[str, str]:
    return {article.id: article.text for article in pile.articles}


def shared_words(one: str, other: str) -> float:
    """Share of the shorter text's different words that stand in the other too."""
    ours, theirs = set(tokenize(one).forms), set(tokenize(other).forms)
    return len(ours & theirs) / min(len(ours), len(theirs))


# --- the same seed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_the_same_seed_gives_the_same_pile_and_another_seed_another(name: str) -> None:
    assert simulate(3, seed=5, difficulty=name) == simulate(3, seed=5, difficulty=name)
    assert simulate(3, seed=5, difficulty=name).records != simulate(3, seed=6, difficulty=name).records


def test_a_family_is_the_same_in_piles_of_any_size() -> None:
    small, large = simulate(4, seed=8, difficulty="half"), simulate(9, seed=8, difficulty="half")
    there = {record["id"]: record for record in large.records}
    assert all(there[record["id"]] == record for record in small.records)
    assert set(small.truth.derivations) <= set(large.truth.derivations)
    assert small.source_of.items() <= large.source_of.items()


def test_records_stand_in_the_order_of_random_ids(pile: Simulated) -> None:
    assert all(re.fullmatch(r"[0-9a-f]{10}", record["id"]) for record in pile.records)
    assert [record["id"] for record in pile.records] == sorted(record["id"] for record in pile.records)


# --- written and read ------------------------------------------------------------------------------------------------


def test_what_is_written_reads_back_as_it_was_in_memory(pile: Simulated, tmp_path: Path) -> None:
    write(pile, tmp_path)
    read = read_articles(tmp_path)
    assert not read.skipped
    assert tuple(replace(article, path="articles.jsonl") for article in read.articles) == pile.articles
    assert read_truth(tmp_path / "truth.json") == pile.truth
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert f"{len(pile.articles)} articles of 40 families" in readme and '"half"' in readme


def test_a_reader_sees_the_text_that_was_written(pile: Simulated) -> None:
    written = {f"articles.jsonl#{record['id']}": record["text"] for record in pile.records}
    assert texts_of(pile) == written  # otherwise the offsets of the passages would be wrong


def test_a_small_pile_is_traced_and_scored() -> None:
    pile = simulate(3, seed=2, difficulty="half")
    scores = evaluate(trace(Pile(pile.articles)), pile.truth, pile.passages)
    assert scores.articles == len(pile.articles)
    assert scores.passages is not None and scores.passages.precision is not None
    assert not [miss for miss in scores.misses if miss.startswith("not in the trace")]


# --- the truth -------------------------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, name=st.sampled_from(names()))
def test_the_truth_of_any_pile_holds_together(seed: int, name: str) -> None:
    pile = simulate(4, seed=seed, difficulty=name)
    there = set(texts_of(pile))
    assert there == set(pile.family_of) == set(pile.source_of)
    check_ends(pile.truth, there)
    check_no_circle(pile.truth)
    check_firsts(pile)
    check_passages(pile)
    members = [id for group in pile.truth.report_groups for id in group]
    assert sorted(members) == sorted(there)
    assert pile.truth.independent_reports == len(pile.truth.report_groups)
    arrows = {frozenset((d.derived, d.source)) for d in pile.truth.derivations}
    assert arrows.isdisjoint(map(frozenset, pile.truth.not_derivations))


def check_ends(truth: Truth, there: set[str]) -> None:
    """Every arrow joins articles of the pile, or comes from a source that is not in it."""
    named = {source.id for source in truth.named_sources}
    for d in truth.derivations:
        assert d.derived in there or d.derived in named
        assert d.source in there or d.source in named or d.source.startswith("unseen:")
        assert d.derived != d.source


def check_no_circle(truth: Truth) -> None:
    above: dict[str, set[str]] = {}
    for d in truth.derivations:
        if "#" in d.source and "#" in d.derived:
            above.setdefault(d.derived, set()).add(d.source)
    while leaves := {source for sources in above.values() for source in sources} - above.keys():
        above = {d: left for d, sources in above.items() if (left := sources - leaves)}
    assert not above, f"taken from one another: {sorted(above)}"


def check_firsts(pile: Simulated) -> None:
    """One first source each, the one that source_of tells."""
    firsts = Counter(d.derived for d in pile.truth.derivations if d.is_primary)
    assert set(firsts.values()) <= {1}
    for d in pile.truth.derivations:
        if d.is_primary and "#" in d.derived:
            assert pile.source_of[d.derived] == d.source


def check_passages(pile: Simulated) -> None:
    """What is said to be taken stands on both sides, in mostly the same words."""
    texts = texts_of(pile)
    arrows = {(d.derived, d.source) for d in pile.truth.derivations}
    likeness = []
    for p in pile.passages:
        assert (p.derived, p.source) in arrows
        taken, origin = p.there.cut(texts[p.derived]), p.origin.cut(texts[p.source])
        assert taken == taken.strip() and origin == origin.strip() and taken and origin
        likeness.append(shared_words(taken, origin))
    assert not likeness or min(likeness) > 0.2
    assert not likeness or sum(likeness) / len(likeness) > 0.7


def test_every_arrow_between_articles_has_passages(pile: Simulated) -> None:
    shown = {(p.derived, p.source) for p in pile.passages}
    arrows = {(d.derived, d.source) for d in pile.truth.derivations if "#" in d.derived and "#" in d.source}
    assert shown == arrows


def test_passages_of_one_arrow_do_not_overlap_in_the_derived_text(pile: Simulated) -> None:
    in_order = sorted(pile.passages, key=lambda p: (p.derived, p.source, p.there))
    for p, q in pairwise(in_order):
        assert (p.derived, p.source) != (q.derived, q.source) or p.there.end <= q.there.start


# --- what a pile holds -----------------------------------------------------------------------------------------------


def test_every_operation_occurs(pile: Simulated) -> None:
    done = {d.role.split(",")[0] for d in pile.truth.derivations}
    assert done == {"reprint", "cut", "excerpt", "quoted", "rewrite", "merge", "update"}
    assert {d.kind for d in pile.truth.derivations} == {
        "republished", "excerpted", "rewritten", "revised", "contributed",
    }  # fmt: skip
    assert any(not d.is_primary for d in pile.truth.derivations)
    assert any("by way of" in d.role for d in pile.truth.derivations)


def test_named_and_unseen_sources_are_not_in_the_pile(pile: Simulated) -> None:
    sources = set(filter(None, pile.source_of.values()))
    assert any(s.startswith("named:") for s in sources) and any(s.startswith("unseen:") for s in sources)
    hidden = {s.removeprefix("unseen:") for s in sources if s.startswith("unseen:")}
    assert hidden.isdisjoint(record["id"] for record in pile.records)


def test_every_kind_of_decoy_occurs(pile: Simulated) -> None:
    assert {each.why for each in pile.decoys} == {"template", "same event", "quotation", "background"}


def test_template_reports_share_their_form(pile: Simulated) -> None:
    texts = texts_of(pile)
    pairs = next(each.pairs for each in pile.decoys if each.why == "template")
    assert min(shared_words(texts[a], texts[b]) for a, b in pairs) > 0.3
    ends = {id for pair in pairs for id in pair}
    assert ends.isdisjoint(d.derived for d in pile.truth.derivations)


@pytest.mark.parametrize(("name", "dates", "credits"), [("dated", 0.99, 0.0), ("half", 0.5, 0.3), ("bare", 0.0, 0.0)])
def test_the_difficulties_are_what_they_say(name: str, dates: float, credits: float) -> None:
    pile = simulate(30, seed=4, difficulty=name)
    dated = sum("date" in record for record in pile.records) / len(pile.records)
    assert dated == pytest.approx(dates, abs=0.1)
    naming = [*pile.truth.named_sources, *pile.truth.cited_at_least]
    assert bool(naming) == bool(credits)
    orphans = sum(s is not None and "#" not in s for s in pile.source_of.values())
    assert 0.03 < orphans / len(pile.articles) < 0.3


def test_sizes_are_kept_and_mostly_small() -> None:
    sizes = Counter(simulate(60, seed=9, difficulty="bare").family_of.values()).values()
    assert sum(size <= 18 for size in sizes) > 0.7 * len(sizes) and max(sizes) > 25
    few = Difficulty(smallest=4, largest=6, hidden_root=0, hidden_inner=0, independent=0, templates=0)
    assert set(Counter(simulate(20, seed=9, difficulty=few).family_of.values()).values()) <= {4, 5, 6}


def test_nothing_but_the_text_tells_the_direction() -> None:
    pile = simulate(80, seed=12, difficulty="bare")
    article = {a.id: a for a in pile.articles}
    pairs = [(d.derived, d.source) for d in pile.truth.derivations if "#" in d.source and "#" in d.derived]
    larger_id = sum(derived > source for derived, source in pairs) / len(pairs)
    longer = sum(len(article[d].text) > len(article[s].text) for d, s in pairs) / len(pairs)
    longer_title = sum(len(article[d].title or "") > len(article[s].title or "") for d, s in pairs) / len(pairs)
    assert 0.42 < larger_id < 0.58
    assert 0.3 < longer < 0.7
    assert 0.35 < longer_title < 0.6


# --- material --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def material() -> tuple[Article, ...]:
    return simulate(10, seed=77, difficulty=Difficulty(templates=0)).articles


def test_families_are_made_from_given_articles(material: tuple[Article, ...]) -> None:
    pile = simulate(3, seed=1, difficulty="half", material=material)
    assert pile == simulate(3, seed=1, difficulty="half", material=material[::-1])
    check_passages(pile)
    check_ends(pile.truth, set(texts_of(pile)))
    known = " ".join(article.text for article in material)
    whole = [p for p in pile.passages if p.origin.cut(texts_of(pile)[p.source]).split(". ")[0] in known]
    assert len(whole) > 0.3 * len(pile.passages)


def test_too_little_material_is_said(material: tuple[Article, ...]) -> None:
    with pytest.raises(InputError, match="suffices for 1 family "):
        simulate(2, seed=1, material=material[:4])


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(SettingError, match="families = 0"):
        simulate(0, seed=1)
    with pytest.raises(SettingError, match="no difficulty; there are dated, half, bare"):
        simulate(1, seed=1, difficulty="hard")
    with pytest.raises(SettingError, match="credited = 2"):
        Difficulty(credited=2)
    with pytest.raises(SettingError, match="more than largest"):
        Difficulty(smallest=9, largest=3)
    with pytest.raises(SettingError, match=r"one of reprint, cut, .* must be above 0"):
        Difficulty(reprint=0, cut=0, excerpt=0, quoted=0, rewrite=0, merge=0, update=0)
