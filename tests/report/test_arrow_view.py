from dataclasses import replace

import pytest

from provenance.model import Passage, Span, Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, Texts, arrow_view, pair_view
from provenance.report.wording import Names


def arrows(trace: Trace, texts: Texts = "full") -> dict[tuple[str, str], ArrowView]:
    names, anchors = Names.of(trace), Anchors.of(trace)
    return {(d.source, d.derived): arrow_view(trace, d, names, anchors, texts) for d in trace.derivations}


def pair(trace: Trace, number: int = 0, texts: Texts = "full") -> ArrowView:
    return pair_view(trace, trace.undecided[number], Names.of(trace), Anchors.of(trace), texts)


def test_an_arrow_says_who_likely_took_text_from_whom(ferry: Trace) -> None:
    view = arrows(ferry)["post.html", "blog.txt"]
    assert view.sentence == "blog.txt very likely took text from Harbour Post."
    assert (view.word, view.css) == ("very likely", "very-likely")
    assert view.source_date == "3 May 2031"


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.95, "blog.txt very likely took text from Harbour Post."),
        (0.75, "blog.txt likely took text from Harbour Post."),
        (0.55, "blog.txt may have taken text from Harbour Post."),
        (0.45, "Whether blog.txt took text from Harbour Post is undecided."),
    ],
)
def test_no_arrow_is_surer_than_its_probability(ferry: Trace, probability: float, said: str) -> None:
    arrow = next(d for d in ferry.derivations if (d.source, d.derived) == ("post.html", "blog.txt"))
    changed = replace(ferry, derivations=(replace(arrow, probability=probability, evidence=()),))
    assert arrows(changed)["post.html", "blog.txt"].sentence == said


def test_the_rows_show_the_sources_words_on_the_left_and_link_to_both_texts(ferry: Trace) -> None:
    view = arrows(ferry)["post.html", "blog.txt"]
    arrow = next(d for d in ferry.derivations if (d.source, d.derived) == ("post.html", "blog.txt"))
    texts = {a.id: a.text for a in ferry.articles}
    for row, passage in zip(view.rows, arrow.passages, strict=True):
        assert "".join(p.text for p in row.source) == passage.b.cut(texts["post.html"])
        assert "".join(p.text for p in row.derived) == passage.a.cut(texts["blog.txt"])
        assert row.source_at == f"{view.source_anchor}s{passage.b.start}"
        assert row.anchor == f"{view.anchor}p{row.number}"


def test_a_source_known_only_through_the_derived_text_has_no_rows_and_says_why(ferry: Trace) -> None:
    view = arrows(ferry)["named:skerry gazette/digest.txt", "digest.txt"]
    assert view.rows == ()
    assert "known only as Isles Digest prints it" in (view.rows_note or "")


def test_quotations_and_what_is_not_counted_look_different(ferry: Trace) -> None:
    arrow = next(d for d in ferry.derivations if (d.source, d.derived) == ("post.html", "blog.txt"))
    passages = (
        Passage(Span(0, 7), Span(0, 5), "verbatim", 1.0, "both", "quoted in both texts"),
        Passage(Span(8, 13), Span(6, 10), "edited", 0.5, "no", "words of a third party"),
        Passage(Span(14, 20), Span(11, 20), "rewritten", 0.4, "no"),
    )
    view = arrows(replace(ferry, derivations=(replace(arrow, passages=passages),)))["post.html", "blog.txt"]
    assert [row.look for row in view.rows] == ["quotation", "boilerplate", "rewritten"]
    assert [row.note for row in view.rows] == ["quoted in both texts", "words of a third party", None]


def test_an_undecided_pair_names_no_source(ferry: Trace) -> None:
    view = pair(ferry)
    assert view.is_pair
    assert "is not known" in view.sentence
    assert view.word == "undecided"
    assert "took text from" not in view.sentence
    assert (view.settling or "").startswith("It could be settled by")


def test_the_first_article_of_a_pair_stands_on_the_left(ferry: Trace) -> None:
    case = ferry.undecided[0]
    texts = {a.id: a.text for a in ferry.articles}
    for row, passage in zip(pair(ferry).rows, case.passages, strict=True):
        assert "".join(p.text for p in row.source) == passage.a.cut(texts[case.articles[0]])
        assert row.ends == (passage.a.start, passage.a.end, passage.b.start, passage.b.end)


def test_a_page_without_texts_carries_no_words_of_the_articles(ferry: Trace) -> None:
    for view in arrows(ferry, "none").values():
        assert view.rows == ()
        said = " ".join([*(r.detail for r in view.reasons), *view.changes])
        assert "coastguard told" not in said and "contributed to this report" not in said


def test_a_page_of_passages_links_to_no_full_text(ferry: Trace) -> None:
    rows = arrows(ferry, "passages")["post.html", "blog.txt"].rows
    assert rows and all(row.source_at is None and row.derived_at is None for row in rows)


def test_two_texts_of_one_outlet_are_told_apart(ferry: Trace) -> None:
    articles = tuple(replace(a, outlet="Harbour Post") for a in ferry.articles)
    view = arrows(replace(ferry, articles=articles))["post.html", "blog.txt"]
    assert view.sentence == "Harbour Post [blog.txt] very likely took text from Harbour Post [post.html]."


def test_the_sum_of_an_arrow_is_the_sum_of_its_reasons(ferry: Trace) -> None:
    for view in arrows(ferry).values():
        assert view.total.sum == pytest.approx(sum(r.weight for r in view.reasons), abs=1e-6)
