from dataclasses import replace

from provenance.model import Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import Texts, arrow_view, pair_view
from provenance.report.article_view import ArticleView, article_views
from provenance.report.wording import Names


def views(trace: Trace, texts: Texts = "full") -> dict[str, ArticleView]:
    names, anchors = Names.of(trace), Anchors.of(trace)
    arrows = [arrow_view(trace, d, names, anchors, texts) for d in trace.derivations]
    pairs = [pair_view(trace, case, names, anchors, texts) for case in trace.undecided]
    return {a.id: a for a in article_views(trace, names, anchors, arrows, pairs, texts)}


def test_what_was_read_stands_with_its_ground(ferry: Trace) -> None:
    read = {r.what: (r.words, r.ground) for r in views(ferry)["post.html"].read}
    assert read["Outlet"] == ("Harbour Post", "og:site_name")
    assert read["Date"] == ("3 May 2031", "article:published_time")
    assert views(ferry)["choir.txt"].read[0].words == "not known"


def test_the_whole_text_is_there_and_nothing_twice(ferry: Trace) -> None:
    texts = {a.id: a.text for a in ferry.articles}
    for id, view in views(ferry).items():
        assert "".join(piece.text for piece in view.text) == texts[id]


def test_boilerplate_carries_its_reason_once(ferry: Trace) -> None:
    view = views(ferry)["post.html"]
    assert [(p.label, p.css) for p in view.text if p.css == "frame"] == [("credit line", "frame")]


def test_a_shared_stretch_leads_to_its_row(ferry: Trace) -> None:
    shared = [p for p in views(ferry)["post.html"].text if p.row]
    assert shared and all(p.css.startswith("shared ") for p in shared)


def test_ties_name_the_other_end(ferry: Trace) -> None:
    found = views(ferry)
    assert "Harbour Post" in [tie.name for tie in found["blog.txt"].sources]
    assert "blog.txt" in [tie.name for tie in found["post.html"].derived]
    assert [tie.name for tie in found["twin-a.txt"].open] == ["twin-b.txt"]


def test_less_text_carries_less(ferry: Trace) -> None:
    assert all(view.text == () for view in views(ferry, "passages").values())
    assert all(credit.words is None for view in views(ferry, "none").values() for credit in view.credits)
    assert any(credit.words for view in views(ferry, "passages").values() for credit in view.credits)


def test_a_ground_that_quotes_the_text_leaves_the_words_out_when_there_are_no_texts(ferry: Trace) -> None:
    articles = tuple(replace(a, outlet_ground='line 3: "Harbour Post, 3 May"') for a in ferry.articles)
    [outlet, *_] = views(replace(ferry, articles=articles), "none")["post.html"].read
    assert outlet.ground == "line 3"
