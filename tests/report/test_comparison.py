import re
from dataclasses import replace

import pytest

from provenance.model import Article, Passage, Span, Trace
from provenance.report.columns import columns
from provenance.report.comparison import comparison, marked
from provenance.shared import Alignment, Comparison

FERRY = "The ferry Selkie ran aground in fog on Monday with 112 people aboard"


@pytest.fixture
def post_and_blog(ferry: Trace, ferry_articles: dict[str, Article]) -> Comparison:
    """blog.txt on the left, post.html on the right, as a user may ask for them."""
    passage = ferry.derivations[0].passages[0]
    return compared(ferry, ferry_articles["blog.txt"], ferry_articles["post.html"], passage)


def compared(trace: Trace, a: Article, b: Article, *passages: Passage) -> Comparison:
    return Comparison(a, b, Alignment(a.id, b.id, passages, 18, 30, 13, 13, 13, 13, 11, 0, 0, 0), trace)


def words_of(side: str) -> str:
    return side.replace("\ue000", "[").replace("\ue001", "]")


def test_differing_words_are_marked_on_the_side_where_they_stand() -> None:
    a = "The ferry ran aground in fog on Monday with 112 people aboard."
    b = "The old ferry ran aground on Monday; 121 people were aboard."
    left, right = marked(a, Span(0, len(a)), b, Span(0, len(b)))
    assert words_of(left) == "The ferry ran aground [in fog] on Monday [with 112] people aboard."
    assert words_of(right) == "The [old] ferry ran aground on Monday; [121] people [were] aboard."


def test_upper_case_and_commas_are_no_difference() -> None:
    left, right = marked("The Selkie, aground", Span(0, 19), "the selkie aground", Span(0, 18))
    assert (left, right) == ("The Selkie, aground", "the selkie aground")


def test_the_two_texts_stand_side_by_side_within_the_width(post_and_blog: Comparison) -> None:
    for width in (60, 100):
        shown = comparison(post_and_blog, width=width)
        rows = [line for line in shown.splitlines() if " │ " in line]
        assert rows and len({columns(row.split(" │ ")[0]) for row in rows}) == 1
        assert max(map(columns, rows)) <= width
        assert " ".join(" ".join(row.split(" │ ")[0] for row in rows).split()) == FERRY


def test_shares_are_given_both_ways_and_the_source_with_its_reasons(post_and_blog: Comparison) -> None:
    shown = comparison(post_and_blog)
    assert "left   outlet unknown [blog.txt], not before 4 May 2031 “Morning notes”" in shown
    assert "72 % of the left text is found in the right (13 of 18 words), 43 % of the right" in shown
    assert "1. verbatim, the same words" in shown
    assert "blog.txt took text from Harbour Post [post.html]: very likely." in shown
    assert " +2.5  a long stretch stands here in its own voice" in shown
    assert "very likely.\n(looking at these two alone)\n" in shown
    assert "Each number is how much the reason weighs, for (+) or against (-); together they give the judgement." in (
        " ".join(shown.split())
    )
    assert "uncalibrated" in shown


def test_the_order_of_asking_only_exchanges_the_sides(post_and_blog: Comparison) -> None:
    turned = replace(post_and_blog, a=post_and_blog.b, b=post_and_blog.a)
    shown = comparison(turned)
    assert "43 % of the left text is found in the right" in shown
    assert "blog.txt took text from Harbour Post [post.html]: very likely." in shown


def test_a_way_through_a_named_text_is_told_arrow_by_arrow(ferry: Trace, ferry_articles: dict[str, Article]) -> None:
    shown = comparison(compared(ferry, ferry_articles["digest.txt"], ferry_articles["post.html"]))
    first = shown.index("Isles Digest [digest.txt] took text from Skerry Gazette (read through Isles Digest)")
    assert shown.count("Each number is how much") == 1
    assert first < shown.index("Skerry Gazette (read through Isles Digest) took text from Harbour Post [post.html]")
    assert "numbers: “112” became “121”" in shown


def test_nothing_shared_is_a_plain_sentence(ferry: Trace, ferry_articles: dict[str, Article]) -> None:
    bare = replace(ferry, derivations=(), undecided=())
    shown = comparison(compared(bare, ferry_articles["choir.txt"], ferry_articles["post.html"]))
    assert "Nothing is shared: no run of words, and no sentence in other words." in shown
    assert "Nothing says that one of the two took text from the other." in shown


def test_an_undecided_direction_says_what_would_settle_it(ferry: Trace, ferry_articles: dict[str, Article]) -> None:
    passage = ferry.undecided[0].passages[0]
    shown = comparison(compared(ferry, ferry_articles["twin-a.txt"], ferry_articles["twin-b.txt"], passage))
    assert "They share text, but which one took it from the other is not decided." in shown
    assert "17 words are the same, in the same order (speaks for a relation, not for a direction)" in (
        " ".join(shown.split())
    )
    assert "It could be settled by: a date for either of them." in shown


def test_what_is_not_counted_is_shown_with_its_reason(ferry: Trace, ferry_articles: dict[str, Article]) -> None:
    passage = replace(ferry.derivations[0].passages[0], quoted="both", reason="both quote the coastguard")
    shown = comparison(compared(ferry, ferry_articles["blog.txt"], ferry_articles["post.html"], passage))
    assert "quoted in both; not counted: both quote the coastguard" in shown
    assert "1 passage of 1 shown but not counted" in shown


def test_colour_is_never_the_only_mark(ferry: Trace, ferry_articles: dict[str, Article]) -> None:
    passage = ferry.derivations[3].passages[0]
    found = compared(ferry, ferry_articles["digest.txt"], ferry_articles["post.html"], passage)
    coloured, bare = comparison(found, color=True, width=50), comparison(found, width=50)
    assert "\x1b[31m[" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == bare
    for line in coloured.splitlines():
        assert line.count("\x1b[31m") == line.count("\x1b[0m"), line


def test_ascii_keeps_the_columns_straight(post_and_blog: Comparison) -> None:
    dots = replace(post_and_blog.a, text=post_and_blog.a.text.replace("aground in", "aground… in"))
    shown = comparison(replace(post_and_blog, a=dots), ascii=True)
    assert shown.isascii()
    assert len({row.index(" | ") for row in shown.splitlines() if " | " in row}) == 1
