"""Each pile in inputs/ gives what its truth.json says, and its truth.json speaks of that pile."""

import pytest
from piles import PILES, disagreements, truth_of

from provenance import Trace, read_articles, trace

NAMES = sorted(folder.name for folder in PILES.iterdir() if folder.is_dir())


@pytest.fixture(scope="module", params=NAMES)
def pile(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def found(pile: str) -> Trace:
    return trace(read_articles(PILES / pile))


def test_there_are_three_piles() -> None:
    assert NAMES == ["classroom", "deutsch", "small"]


def test_the_trace_agrees_with_the_truth_point_by_point(pile: str, found: Trace) -> None:
    assert disagreements(found, truth_of(pile)) == []


def test_nothing_of_a_pile_is_skipped_but_what_is_about_it(found: Trace) -> None:
    assert [s.path for s in found.skipped if not s.path.endswith(("README.md", "truth.json", "articles.csv"))] == []


def test_the_pairs_that_tempt_have_no_arrow_in_either_direction(pile: str, found: Trace) -> None:
    between = {frozenset((d.derived, d.source)) for d in found.at_least(0.5)}
    tempting = {frozenset(pair) for pair in truth_of(pile)["not_derivations"]}
    assert between & tempting == set()


def test_a_named_source_feeds_the_articles_that_took_text_from_it(pile: str, found: Trace) -> None:
    for id, expected in truth_of(pile)["named_sources"].items():
        fed = {d.derived for d in found.at_least(0.5) if d.source.split("/")[0] == id and d.is_primary}
        assert fed == set(expected["feeds"]), id


def test_the_readme_of_a_pile_names_every_file_of_it(pile: str) -> None:
    readme = (PILES / pile / "README.md").read_text(encoding="utf-8")
    files = {f.name for f in (PILES / pile).iterdir()} - {"README.md", "truth.json", "articles.csv"}
    assert [name for name in sorted(files) if name not in readme] == []


def test_the_truth_speaks_only_of_articles_that_are_there(pile: str) -> None:
    truth = truth_of(pile)
    known = set(truth["identified"]) | set(truth["named_sources"])
    arrows = {x for d in truth["derivations"] for x in (d["derived"], d["source"])}
    pairs = {x for p in truth["not_derivations"] for x in p} | {x for u in truth["undecided"] for x in u["articles"]}
    groups = [x for group in truth["independent_reports"]["groups"] for x in group]
    assert arrows | pairs | set(truth["cited_at_least"]) <= known
    assert sorted(x for x in groups if not x.startswith("named:")) == sorted(truth["identified"])
    assert len(truth["independent_reports"]["groups"]) == truth["independent_reports"]["n"]


def test_a_trace_of_one_pile_disagrees_with_the_truth_of_another() -> None:
    # the comparison itself can fail, point by point
    small = trace(read_articles(PILES / "small"))
    assert len(disagreements(small, truth_of("deutsch"))) > 10
