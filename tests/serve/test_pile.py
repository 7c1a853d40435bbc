"""What a session holds: values in, values out."""

from dataclasses import replace

import pytest

from provenance.errors import SettingError
from provenance.ingest import read_document, read_facts
from provenance.model import Article, Credit, Fact, Pile, Skipped
from provenance.serve.limits import Limits
from provenance.serve.pile import Held, added, facts_csv, free_names, with_fact, without, without_fact

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
        (Fact("a.txt", "not from", "Gull", "me"), "no article of this pile"),
    ],
)
def test_an_impossible_fact_is_refused_with_the_cure(fact: Fact, cure: str) -> None:
    with pytest.raises(SettingError, match=cure):
        with_fact(HELD, fact, LIMITS)


def test_facts_that_contradict_each_other_are_refused() -> None:
    held = with_fact(HELD, DATE, LIMITS)
    with pytest.raises(SettingError, match="contradictory"):
        with_fact(held, replace(DATE, value="2031-05-04"), LIMITS)
    with pytest.raises(SettingError, match="already"):
        with_fact(held, DATE, LIMITS)


def test_facts_have_an_end() -> None:
    with pytest.raises(SettingError, match="take one away"):
        with_fact(replace(HELD, facts=(DATE,)), Fact("b.txt", "outlet", "Gull", "me"), replace(LIMITS, facts=1))


def test_a_fact_is_taken_back_by_its_number() -> None:
    held = replace(HELD, facts=(DATE, Fact("b.txt", "outlet", "Gull", "me")))
    assert without_fact(held, 0).facts == held.facts[1:]
    assert without_fact(held, -1) == without_fact(held, 2) == held


def test_saved_facts_are_read_by_the_command_line(tmp_path) -> None:
    facts = (DATE, Fact("b.txt", "not from", "a.txt", 'Ada "Quill", editor'))
    (tmp_path / "facts.csv").write_text(facts_csv(facts))
    assert read_facts(tmp_path / "facts.csv") == facts


def test_names_that_are_taken_get_a_number() -> None:
    assert free_names(["a.txt", "a.txt", ".gz"], ["a.txt#3", ".gz"]) == ["a-2.txt", "a-3.txt", "file-2.gz"]
    assert read_document("a-2.txt", b"One line of text.").articles[0].id == "a-2.txt"
