"""The values that travel between the stages: what an article's lines are, and what is kept only once."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Article, Credit, Line, Mark, Published, Span


@st.composite
def marked(draw: st.DrawFn) -> Article:
    """An article of a few short rows with marks anywhere, over line breaks too."""
    text = draw(st.text("ab\n\r é\u2028", max_size=24))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return Article("a", "a", text, tuple(Mark(span, f"frame {span.start}") for span in spans))


def reason_at(article: Article, at: int) -> str | None:
    return next((m.reason for m in article.boilerplate if m.span.start <= at < m.span.end), None)


@given(marked())
def test_the_lines_hold_each_character_once_with_the_reason_of_its_mark(article: Article) -> None:
    said = {at: line.boilerplate for line in article.lines for at in range(line.span.start, line.span.end)}
    assert said == {at: reason_at(article, at) for at, sign in enumerate(article.text) if sign != "\n"}
    assert sum(line.span.end - line.span.start for line in article.lines) == len(said)
    assert list(article.lines) == sorted(article.lines, key=lambda line: line.span)


@given(marked())
def test_no_line_goes_over_a_line_break_or_from_one_mark_into_another(article: Article) -> None:
    for line in article.lines:
        assert "\n" not in line.span.cut(article.text)
        assert len({reason_at(article, at) for at in range(line.span.start, line.span.end)}) <= 1


@given(marked())
def test_the_body_is_the_lines_without_a_mark_and_unmarked_is_the_same_over_line_breaks(article: Article) -> None:
    assert article.body == tuple(line.span for line in article.lines if line.boilerplate is None)
    rows = [row for span in article.unmarked for row in span.cut(article.text).split("\n") if row]
    assert rows == [span.cut(article.text) for span in article.body]


def test_an_empty_row_inside_a_mark_is_a_part_of_the_frame() -> None:
    article = Article("a", "a", "one\n\ntwo\nthree", (Mark(Span(1, 7), "menu"),))
    assert article.lines == (
        Line(Span(0, 1), None),
        Line(Span(1, 3), "menu"),
        Line(Span(4, 4), "menu"),
        Line(Span(5, 7), "menu"),
        Line(Span(7, 8), None),
        Line(Span(9, 14), None),
    )


def made(number: int) -> Article:
    """An article whose names and grounds are strings of their own, as a reader cuts them out of a file."""
    say = "{} {}".format
    credit = Credit(f"{number}", say("Harbour", "Wire"), "agency", "A", f"(HW) {number}", None)
    return Article(
        f"{number}",
        say("pile", "articles.jsonl"),
        f"Text {number}",
        outlet=say("Harbour", "Post"),
        outlet_ground=say("field", "outlet"),
        byline_ground=say("field", "author"),
        published=Published(None, None, say("field", "date")),
        credits=(credit,),
    )


def test_what_articles_say_alike_is_in_memory_once() -> None:
    one, other = made(1), made(2)
    for name in ("path", "outlet", "outlet_ground", "byline_ground"):
        assert getattr(one, name) is getattr(other, name)
    assert one.published is not None and other.published is not None
    assert one.published.read_from is other.published.read_from
    assert one.credits[0].source_name is other.credits[0].source_name


def test_an_article_is_equal_to_its_copies() -> None:
    assert pickle.loads(pickle.dumps(made(1))) == copy.deepcopy(made(1)) == made(1) != made(2)
    assert hash(made(1)) == hash(made(1))


def test_spans_are_ordered_by_start_and_end_and_cannot_be_changed() -> None:
    assert sorted([Span(4, 6), Span(0, 9), Span(4, 5)]) == [Span(0, 9), Span(4, 5), Span(4, 6)]
    assert repr(Span(start=1, end=2)) == "Span(start=1, end=2)"
    with pytest.raises(AttributeError):
        Span(1, 2).start = 3  # type: ignore[misc]
