"""What a session holds: values in, values out."""

import csv
import time
from dataclasses import replace

import pytest

from provenance.errors import SettingError
from provenance.ingest import read_document, read_facts
from provenance.model import Article, Credit, Fact, Pile, Skipped
from provenance.serve.free_names import FreeNames
from provenance.serve.limits import Limits
from provenance.serve.pile import Held, added, facts_csv, in_words, started, with_fact, without, without_fact

LIMITS = Limits()
A = Article("a.txt", "a.txt", "The lamp on the buoy was dark.", outlet="Skerry Courier")
B = Article("b.txt", "b.txt", "The choir sang until help came.")
HELD = Held((A, B))
DATE = Fact("a.txt", "date", "2031-05-03", "the editor")


def test_an_article_that_says_nothing_new_is_not_added_twice() -> None:
    held, skipped = added(HELD, Pile((replace(A, id="copy.txt"),)), LIMITS)
    assert held.articles == HELD.articles
    assert "already as a.txt" in skipped[0].reason


def test_the_same_text_in_another_outlet_is_another_article() -> None:
    held, skipped = added(HELD, Pile((replace(A, id="c.txt", outlet="Harbour Post"),)), LIMITS)
    assert [a.id for a in held.articles] == ["a.txt", "b.txt", "c.txt"]
    assert not skipped


def test_another_text_under_an_id_that_is_taken_gets_an_id_of_its_own() -> None:
    credit = Credit("a.txt", "Gull", "canonical", "A", "https://gull.example/1", None)
    held, _ = added(HELD, Pile((Article("a.txt", "a.txt", "Quite another text.", credits=(credit,)),)), LIMITS)
    assert [a.id for a in held.articles] == ["a-2.txt", "a.txt", "b.txt"]
    assert held.articles[0].credits[0].article == "a-2.txt"


def test_an_id_with_line_breaks_or_direction_marks_becomes_a_clean_line() -> None:
    held, _ = added(Held(), Pile((Article("f.jsonl#a\r\n\u202eb", "f.jsonl", "Some text."),)), LIMITS)
    assert [a.id for a in held.articles] == ["f.jsonl#a b"]


def test_a_full_pile_says_so_and_keeps_what_it_has() -> None:
    for limits in (replace(LIMITS, articles=2), replace(LIMITS, characters=len(A.text + B.text) + 3)):
        held, skipped = added(HELD, Pile((Article("c.txt", "c.txt", "One more."),)), limits)
        assert held.articles == HELD.articles
        assert "the pile is full" in skipped[0].reason and "command line" in skipped[0].reason


def test_what_could_not_be_read_stays_with_the_pile() -> None:
    held, skipped = added(HELD, Pile((), (Skipped("x.bin", "binary"),)), LIMITS)
    assert held.pile.skipped == skipped == (Skipped("x.bin", "binary"),)


def test_with_an_article_the_facts_about_it_go() -> None:
    facts = (DATE, Fact("b.txt", "from", "a.txt", "me"), Fact("b.txt", "outlet", "Gull", "me"))
    held = without(replace(HELD, facts=facts), {"a.txt"})
    assert held.articles == (B,)
    assert held.facts == facts[2:]


def test_a_stated_fact_takes_the_place_of_what_was_read() -> None:
    held = with_fact(HELD, Fact("a.txt", "outlet", "Harbour Post", "the editor"), LIMITS)
    assert held.stated()[0].outlet == "Harbour Post"
    assert held.stated()[0].outlet_ground == "stated by the editor"
    assert held.articles[0].outlet == "Skerry Courier"  # what was read is still there when the fact is taken back


@pytest.mark.parametrize(
    ("fact", "cure"),
    [
        (Fact("", "date", "2031-05-03", "me"), "choose the article"),
        (Fact("a.txt", "date", "", "me"), "write what is right"),
        (Fact("a.txt", "date", "2031-05-03", ""), "who says so"),
        (Fact("a.txt", "date", "soon", "me"), "write it like 2031-05-03"),
        (Fact("a.txt", "colour", "blue", "me"), "neither a field"),
        (Fact("z.txt", "outlet", "Gull", "me"), "no article 'z.txt'"),
        (Fact("a.txt", "from", "a.txt", "me"), "itself"),
        (Fact("a.txt", "not from", "Gull", "me"), "“did not take its text from”, choose an article of the pile"),
    ],
)
def test_an_impossible_fact_is_refused_with_the_cure(fact: Fact, cure: str) -> None:
    with pytest.raises(SettingError, match=cure):
        with_fact(HELD, fact, LIMITS)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (DATE, replace(DATE, value="2031-05-04")),
        (Fact("a.txt", "from", "b.txt", "me"), Fact("a.txt", "not from", "b.txt", "me")),
        (Fact("a.txt", "not from", "b.txt", "me"), Fact("a.txt", "from", "b.txt", "me")),
        (Fact("a.txt", "from", "b.txt", "me"), Fact("a.txt", "from", "Gull", "me")),
    ],
)
def test_facts_that_contradict_each_other_are_refused_with_what_was_stated(first: Fact, second: Fact) -> None:
    held = with_fact(HELD, first, LIMITS)
    with pytest.raises(SettingError) as refused:
        with_fact(held, second, LIMITS)
    assert str(refused.value) == f"You have stated already that {in_words(first)}. Take that back first (in the list)."
    with pytest.raises(SettingError, match="in the list already"):
        with_fact(held, first, LIMITS)


def test_facts_have_an_end() -> None:
    with pytest.raises(SettingError, match="take one away"):
        with_fact(replace(HELD, facts=(DATE,)), Fact("b.txt", "outlet", "Gull", "me"), replace(LIMITS, facts=1))


def test_a_fact_is_taken_back_and_no_other() -> None:
    other = Fact("b.txt", "outlet", "Gull", "me")
    held = replace(HELD, facts=(DATE, other))
    assert without_fact(held, DATE).facts == (other,)
    assert without_fact(held, replace(DATE, value="2031-05-04")) == held


def test_saved_facts_are_read_by_the_command_line(tmp_path) -> None:
    facts = (DATE, Fact("b.txt", "not from", "a.txt", 'Ada "Quill", editor'))
    (tmp_path / "facts.csv").write_text(facts_csv(facts))
    assert read_facts(tmp_path / "facts.csv") == facts


@pytest.mark.parametrize("value", ["=1+1", "+49 1", "-x", "@x", "'=x", "''-x", "'tis", "'", "plain"])
def test_no_saved_fact_is_a_formula_and_it_reads_as_it_was(value: str, tmp_path) -> None:
    fact = Fact("-a.txt", "byline", value, "=cmd()")
    (tmp_path / "facts.csv").write_text(facts_csv([fact]))
    cells = next(csv.reader((tmp_path / "facts.csv").read_text().splitlines()[1:]))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert read_facts(tmp_path / "facts.csv") == (fact,)


def test_names_that_are_taken_get_a_number() -> None:
    free = FreeNames(["a.txt#3", ".gz"])
    assert [free.take(name) for name in ("a.txt", "a.txt", ".gz", "a-2.txt")] == [
        "a-2.txt",
        "a-3.txt",
        "file-2.gz",
        "a-2-2.txt",
    ]
    assert read_document("a-2.txt", b"One line of text.").articles[0].id == "a-2.txt"


def test_thousands_of_one_name_are_named_at_once() -> None:
    free = FreeNames(["a.txt"])
    begin = time.process_time()
    names = {free.take("a.txt") for _ in range(20_000)}
    assert len(names) == 20_000
    assert time.process_time() - begin < 1  # counting from 1 each time took a minute


# --- what it starts with ------------------------------------------------------------------------------------------


def test_ids_of_the_start_pile_are_clean_lines_of_their_own() -> None:
    given = (" lead.txt", "lead.txt", "lead.txt ", "new\nline.txt", "bad\udcff.txt", "\u202e")
    held = started(Pile(tuple(Article(id, id, f"Text of {n}.") for n, id in enumerate(given))))
    assert {a.id for a in held.articles} == {
        "lead.txt",
        "lead-2.txt",
        "lead-3.txt",
        "new line.txt",
        "bad\ufffd.txt",
        "article",
    }
    assert next(a for a in held.articles if a.id == "lead.txt").text == "Text of 1."


def test_twins_of_the_start_pile_stay_both() -> None:
    assert len(started(Pile((A, replace(A, id="twin.txt")))).articles) == 2


def test_facts_about_the_start_pile_follow_the_ids() -> None:
    raw = replace(B, id="b\n.txt")
    held = started(Pile((A, raw)), [Fact("b\n.txt", "from", "a.txt", "me"), Fact("a.txt", "not from", "b\n.txt", "me")])
    assert [(f.article, f.value) for f in held.facts] == [("b .txt", "a.txt"), ("a.txt", "b .txt")]


def test_what_was_skipped_is_listed_up_to_a_limit_and_the_rest_counted() -> None:
    limits = replace(LIMITS, skipped=3)
    held, skipped = added(HELD, Pile((), tuple(Skipped(f"{n}.bin", "binary") for n in range(5))), limits)
    assert (len(skipped), len(held.skipped), held.unlisted) == (5, 3, 2)
    held, _ = added(held, Pile((), (Skipped("6.bin", "binary"),)), limits)
    assert held.unlisted == 3
    assert "3 more files or records" in held.pile.skipped[-1].reason
