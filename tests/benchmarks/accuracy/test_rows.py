"""Rows of the benchmark on small invented data, and the simple methods by hand."""

import gzip
import json
import lzma
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from accuracy import reuters
from accuracy.corpora import NoDataError, fingerprint, records
from accuracy.figures import Plan, measured
from accuracy.rows import git_versions, pan, simulated
from accuracy.rows_in_processes import ROWS, run
from accuracy.simple_methods import (
    best_f1,
    groups_at,
    macro_f1,
    nearest,
    seed_and_merge,
    shingle_likeness,
    tfidf_likeness,
)
from provenance import Article, Derivation, Source, trace
from provenance.model import Alternative

HARBOUR = (
    "The dredger left the outer basin before the tide turned, and by noon the pilots had counted eleven barges waiting "
    "at the lock. Nobody at the harbour office would say why the gates stayed shut, though two fitters were seen "
    "carrying a gearbox down the quay. Toward evening the first barge went through with its deck lamps lit. "
)
ORCHARD = (
    "Frost took most of the early blossom in the valley orchards, growers said, yet the late trees stood in full "
    "flower. Beekeepers moved their hives uphill on Sunday night. A cooperative that presses cider for nine villages "
    "expects to buy fruit from the coast for the first time since it was founded. "
)
LIBRARY = (
    "Readers may keep a borrowed map for six weeks under the new rules, and a lost one costs the price of a reprint. "
    "The reading room opens an hour later on Thursdays because the boiler needs that long to warm the vault. "
)


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    opened = {".xz": lzma.open, ".gz": gzip.open}[file.suffix]
    with opened(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


# --- rows -----------------------------------------------------------------------------------------------------------


def test_a_case_that_was_copied_word_for_word_is_found_and_one_invented_pair_has_none(tmp_path: Path) -> None:
    susp, src = ORCHARD + HARBOUR + LIBRARY, HARBOUR
    texts = {"s1": susp, "o1": src, "s2": ORCHARD, "o2": LIBRARY}
    case = {"this_offset": len(ORCHARD), "this_length": len(HARBOUR), "source_offset": 0, "source_length": len(HARBOUR)}
    write(tmp_path, pan.FILES[0], [{"id": id, "text": text} for id, text in texts.items()])
    write(tmp_path, pan.FILES[1], [
        {"category": "no-obfuscation", "susp": "s1", "src": "o1", "cases": [case]},
        {"category": "no-plagiarism", "susp": "s2", "src": "o2", "cases": []},
    ])  # fmt: skip
    results = {result.name: result for result in map(measured, pan.figures(tmp_path, Plan()))}
    assert results["pan.all"].value == results["pan.verbatim"].value == pytest.approx(1, abs=0.02)
    assert results["pan.all"].baseline == pytest.approx(1, abs=0.02)
    assert (results["pan.all"].families, results["pan.random"].value) == (2, None)


def test_false_detections_in_pairs_without_a_case_cost_precision() -> None:
    right, false = pan.Sums(1.0, 1, 1.0, 1, 1, 1), pan.Sums(0.0, 1, 0.0, 0, 0, 0)
    assert pan._plagdet([right]) == 1
    assert pan._plagdet([right, false]) == pytest.approx(2 / 3)  # precision 1/2, recall 1
    assert pan._plagdet([false]) is None


def test_versions_that_were_only_added_to_are_put_in_order_by_their_length(tmp_path: Path) -> None:
    texts = [ORCHARD, ORCHARD + HARBOUR, ORCHARD + HARBOUR + LIBRARY]
    rows = [{"chain": "notes", "version": n, "text": f"# Notes\n\n{text}"} for n, text in enumerate(texts)]
    write(tmp_path, git_versions.FILES[0], rows[::-1])
    for result in map(measured, git_versions.figures(tmp_path, Plan())):
        assert (result.items, result.baseline) == (2, 1)
        assert result.value in (0, 0.25, 0.5, 0.75, 1)


def test_a_simulated_pile_gives_every_article_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "QUICK", 4)
    simulated.simulated.cache_clear()
    told, printed = simulated.measure("dated", Plan(quick=True))
    pile = simulated.simulated("dated", True)
    assert sum(map(len, told.values())) == len(pile.articles)
    assert all(0.5 <= p.probability <= 1 for some in printed.values() for p in some)
    halves = [simulated.measure("dated", Plan(True, half))[0] for half in ("dev", "held")]
    assert sorted(key for half in halves for key in half) == sorted(told)
    simulated.simulated.cache_clear()


def test_the_likeliest_source_may_be_one_that_is_not_printed_and_counts_against_having_none() -> None:
    articles = tuple(Article(id, id, HARBOUR) for id in "abcd")
    none = {"a": 0.9, "b": 0.3, "c": 0.6, "d": 0.1}
    nodes = tuple(Source(id, "article", id, p_original=p - 0.05, p_unseen=0.05) for id, p in none.items())
    printed = (
        Derivation("d", "unseen:1", "rewritten", 0.6, None, True, ()),
        Derivation("d", "named:spa/d", "republished", 0.3, None, True, ()),
        Derivation("a", "b", "contributed", 0.95, None, True, ()),
    )
    possible = (Alternative("b", "a", 0.4), Alternative("c", "a", 0.35))
    found = replace(trace(()), articles=articles, sources=nodes, derivations=printed, alternatives=possible)
    assert simulated.likeliest(found) == {"b": "a", "d": "named:spa"}
    assert simulated.printed_arrows(found) == []
    shown = replace(found, derivations=(replace(printed[1], probability=0.6), *printed[2:]))
    assert [arrow.source for arrow in simulated.printed_arrows(shown)] == ["named:spa/d"]


def test_every_row_can_be_imported_and_says_when_its_data_is_missing(tmp_path: Path) -> None:
    for name in set(ROWS) - {"simulated"}:
        row = run(name, tmp_path, Plan(quick=True))
        assert (row.results, row.broken) == ((), None), name
        assert row.missing, name


# --- data -----------------------------------------------------------------------------------------------------------


def test_records_of_a_set_that_is_missing_are_no_empty_list(tmp_path: Path) -> None:
    with pytest.raises(NoDataError):
        records(tmp_path, "a.jsonl.gz")
    write(tmp_path, "a.jsonl.gz", [{"id": 1}])
    assert records(tmp_path, "a.jsonl.gz") == [{"id": 1}]


def test_the_hash_of_the_data_changes_with_any_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html").write_text("one")
    before = fingerprint(tmp_path, ["html"])
    assert fingerprint(tmp_path, ["html"]) == before
    (tmp_path / "html" / "a.html").write_text("two")
    assert fingerprint(tmp_path, ["html"]) != before


def item(id: str, day: int, hour: int, body: str, *tickers: str) -> reuters.Item:
    return reuters.Item(id, datetime(2031, 3, day, hour), frozenset(tickers), body)


def test_takes_are_of_one_day_and_templates_of_other_companies_or_days() -> None:
    report = "Lampworks said its net income for the quarter rose to {} mln dlrs or {} cts a share, from {} in 2030"
    one, other, later = (report.format(*row) for row in ((12, 30, 9), (41, 88, 40), (55, 10, 77)))
    found = {
        i.id: i
        for i in (
            item("1", 3, 9, HARBOUR + ORCHARD, "X"),
            item("2", 3, 11, HARBOUR + LIBRARY, "X"),
            item("3", 5, 9, one, "LMP"),
            item("4", 5, 10, other, "OIL"),
            item("5", 9, 9, later, "LMP"),
            item("6", 5, 12, one, "LMP"),
        )
    }
    assert reuters.takes(found) == [("1", "2")]
    assert {frozenset(two) for two in reuters.template_pairs(found)} == {
        frozenset(two) for two in (("3", "4"), ("3", "5"), ("4", "5"), ("4", "6"), ("5", "6"))
    }


# --- simple methods -------------------------------------------------------------------------------------------------


def test_equal_texts_are_wholly_alike_and_texts_on_other_subjects_hardly() -> None:
    texts = {"a": HARBOUR, "b": HARBOUR, "c": ORCHARD}
    shingles, tfidf = shingle_likeness(texts), tfidf_likeness(texts)
    assert shingles == {frozenset("ab"): 1.0}
    assert tfidf[frozenset("ab")] == pytest.approx(1)
    assert tfidf[frozenset("ac")] < 0.5


def test_seeds_are_merged_over_gaps_and_short_ones_fall_out() -> None:
    copied = seed_and_merge(ORCHARD + HARBOUR, HARBOUR)
    ((there, origin),) = copied
    assert (ORCHARD + HARBOUR)[there.start : there.end].startswith("The dredger left")
    assert origin.start == 0
    assert seed_and_merge("so the dredger left the outer basin alone", HARBOUR) == []


def test_groups_are_what_likeness_above_a_limit_joins() -> None:
    likeness = {frozenset("ab"): 0.5, frozenset("bc"): 0.4, frozenset("cd"): 0.1}
    assert groups_at("abcd", likeness, 0.4) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert nearest("abcd", likeness) == {"a": "b", "b": "a", "c": "b", "d": "c"}


def test_f1_of_the_best_limit_and_of_kinds_by_hand() -> None:
    assert best_f1([0.5, 0.5, 0.1], [True, False, False]) == pytest.approx(2 / 3)  # equals come together
    assert macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)  # 2/3 for either
