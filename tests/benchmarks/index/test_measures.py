"""The index benchmark's own arithmetic: parts of a pile, excerpts, what is called right, bytes by table, rates."""

import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import orjson
import pytest
from speed.material import learn
from speed.measured import Run
from speed.piles import Truth, make_pile, truth_file
from speed.plan import Plan

from index.grown import Step
from index.questions import KINDS, Question, excerpt, partners, questions
from index.rows.add import flatness
from index.rows.query import import_seconds
from index.rows.size import parts_of, size_of
from index.rows.trace import pairs_in
from index.slices import bounds, count_of, cut, text_bytes
from provenance.index import Index


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A pile of 300 articles, and what to make another one of."""
    work = tmp_path_factory.mktemp("work")
    made = Plan(300, 1, None, work, work / "pile.jsonl", 60.0, frozenset())
    make_pile(made.pile(), 300, learn(None), made.seed)
    return made


def test_the_parts_of_a_pile_are_the_pile(plan: Plan, tmp_path: Path) -> None:
    parts = cut(plan.pile(), bounds(300, 7), tmp_path)
    assert b"".join(part.read_bytes() for part in parts) == plan.pile().read_bytes()
    assert {count_of(part) for part in parts} == {42, 43}


def test_a_part_may_begin_and_end_anywhere(plan: Plan, tmp_path: Path) -> None:
    (part,) = cut(plan.pile(), [3, 5], tmp_path)
    assert [orjson.loads(line)["id"] for line in part.read_bytes().splitlines()] == ["a0000003", "a0000004"]


def test_text_is_counted_in_bytes_of_utf_8_and_nothing_else_counts(tmp_path: Path) -> None:
    pile = tmp_path / "two.jsonl"
    texts = [{"text": "Zoë — at the weir", "title": "Not counted"}, {"text": "Not one of the first"}]
    pile.write_bytes(b"\n".join(map(orjson.dumps, texts)))
    assert text_bytes(pile, 1) == 17 + 1 + 2  # ë takes two bytes, the dash three


def test_flatness_is_that_of_the_slowest_step_by_the_median_of_its_rounds() -> None:
    assert flatness([_step(1, 100, 2.0), _step(2, 50, 0.5), _step(3, 100, 2.5)]) == pytest.approx(0.8)
    assert _step(1, 100, 1.0, 2.0, 9.0).rate == pytest.approx(50)


def _step(held: int, added: int, *cpu: float) -> Step:
    return Step(held, added, tuple(Run(seconds, seconds, 0) for seconds in cpu))


# --- excerpts ---------------------------------------------------------------------------------------------------------

PARAGRAPHS = [" ".join(f"w{paragraph}x{at}" for at in range(100)) for paragraph in range(12)]


def test_an_excerpt_is_half_of_the_paragraphs_in_their_order_without_those_of_the_outlet() -> None:
    cut_out = excerpt("\n\n".join(PARAGRAPHS), np.random.default_rng(3)).split("\n\n")
    mostly = [max(range(12), key=lambda n: paragraph.count(f"w{n}x")) for paragraph in cut_out]
    assert len(cut_out) == round(0.5 * 9)
    assert mostly == sorted(set(mostly)) and set(mostly) <= set(range(1, 10))


def test_an_excerpt_leaves_one_word_in_twenty_out_and_puts_another_for_one_in_twenty() -> None:
    text = "\n\n".join(" ".join(f"w{paragraph}x{at}" for at in range(2_000)) for paragraph in range(5))
    cut_out = excerpt(text, np.random.default_rng(5)).split("\n\n")
    places = [[int(word.partition("x")[2]) for word in paragraph.split()] for paragraph in cut_out]
    every = 2_000 * len(cut_out)
    assert sum(map(len, places)) / every == pytest.approx(0.95, abs=0.01)
    assert sum(map(_longest_rising, places)) / every == pytest.approx(0.9, abs=0.01)


def _longest_rising(places: Sequence[int]) -> int:
    """How many words stand where they stood: all but those that were put in."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def test_short_paragraphs_give_more_until_there_are_enough_words() -> None:
    short = "\n\n".join(f"Only eight words in each of these: {at}" for at in range(20))
    assert len(excerpt(short, np.random.default_rng(1)).split()) > 45


def test_the_same_seed_asks_the_same(plan: Plan, tmp_path: Path) -> None:
    def asked(folder: Path) -> list[tuple[str, bytes]]:
        folder.mkdir()
        return [(q.file.name, q.file.read_bytes()) for q in questions(plan, 300, 4, folder)]

    first = asked(tmp_path / "first")
    assert first == asked(tmp_path / "second")
    assert [name.partition("-")[0] for name, _ in first] == [kind for kind in KINDS for _ in range(4)]


# --- what is right ----------------------------------------------------------------------------------------------------

ONE, SEVEN, NINE, NAMED = "p.jsonl#a0000001", "p.jsonl#a0000007", "p.jsonl#a0000009", "named:the ferry bell/p.jsonl#a7"


@pytest.mark.parametrize(
    ("sources", "beside", "others", "verdict"),
    [
        ([SEVEN, ONE], "derived", [], "right"),
        ([NINE], "undecided", [SEVEN], "kin"),
        ([ONE, SEVEN], "family", [SEVEN], "wrong"),
        ([NAMED, SEVEN], "family", [SEVEN], "right"),  # a text that is only named is no article
        ([NAMED], "family", [ONE], "none"),
        ([NAMED], "family", [ONE, NINE], "third"),
        ([], "undecided", [NINE], "undecided"),
        ([], "undecided", [ONE], "none"),
        ([], "derived", [SEVEN], "turned"),
    ],
)
def test_the_first_article_that_is_named_is_what_counts(
    sources: Sequence[str], beside: str, others: Sequence[str], verdict: str
) -> None:
    asked = Question("derived", Path("q.jsonl"), frozenset({7}), frozenset({7, 9}))
    nothing: dict[str, Sequence[str]] = {"undecided": [], "derived": [], "family": []}
    assert asked.verdict(nothing | {"sources": sources, beside: others}) == verdict


def test_only_partners_that_are_in_the_index_count(plan: Plan) -> None:
    truth = Truth.load(truth_file(plan.pile()))
    edges = {(source, derived) for source, derived in truth.edges.tolist() if max(source, derived) < 150}
    related = {frozenset(pair) for pair in truth.related.tolist() if max(pair) < 150}
    sources, kin = partners(truth, 150)
    assert {(source, derived) for derived, some in sources.items() for source in some} == edges
    assert {frozenset((a, b)) for a, some in kin.items() for b in some} == related
    assert 0 < len(edges) < len(truth.edges)


def test_questions_of_which_nothing_is_known_come_from_nobody(plan: Plan, tmp_path: Path) -> None:
    truth = Truth.load(truth_file(plan.pile()))
    family = set(truth.edges.ravel().tolist()) | set(truth.related.ravel().tolist())
    asked = {kind: [q for q in questions(plan, 300, 5, tmp_path) if q.kind == kind] for kind in KINDS}
    assert all(_row(q) not in family for q in asked["alone"])
    assert all(not q.sources and not q.kin for q in asked["unrelated"])
    edges = set(map(tuple, truth.edges.tolist()))
    assert all((source, _row(q)) in edges for q in asked["derived"] for source in q.sources)
    assert all(q.sources for q in asked["derived"]) and all(q.sources == {_row(q)} for q in asked["excerpt"])


def _row(question: Question) -> int:
    return int(question.file.stem.partition("-")[2])


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_parts_of_an_index_add_up_to_its_file(tmp_path: Path) -> None:
    with Index.open(tmp_path / "small.index") as index:
        index.add("inputs/small")
    parts = parts_of(tmp_path / "small.index")
    assert sum(size for _, size in parts) == size_of(tmp_path / "small.index")
    assert {"record", "chunk", "article", "alignment"} <= dict(parts).keys()


def test_a_pair_counts_as_aligned_anew_where_it_is_new_or_has_another_key(tmp_path: Path) -> None:
    path = tmp_path / "small.index"
    with Index.open(path) as index:
        index.add("inputs/small")
    before = pairs_in(path)
    with closing(sqlite3.connect(path)) as db, db:
        newer, older = db.execute("SELECT newer, older FROM alignment").fetchone()
        db.execute("UPDATE alignment SET key = x'00' WHERE newer = ? AND older = ?", (newer, older))
        db.execute("INSERT INTO alignment VALUES (99, 98, x'01', 0, NULL)")
    assert before and pairs_in(path) - before == {(newer, older, b"\0"), (99, 98, b"\1")}


def test_seconds_are_read_from_what_python_says_of_its_imports() -> None:
    said = """import time: self [us] | cumulative | imported package
import time:       120 |        120 |     numpy.version
import time:      4000 |      61000 | numpy
the answer | of | the program"""
    assert import_seconds(said) == {"numpy.version": 0.00012, "numpy": 0.061}
