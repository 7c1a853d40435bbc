"""Two articles made ready for a page: the verdict in words, the arrows it rests on, and what both share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance.model import Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, arrow_view, pair_view
from provenance.report.arrow_words import called
from provenance.report.article_view import ArticleView, article_views
from provenance.report.comparison import common_source, way_between
from provenance.report.right_to_left import isolated
from provenance.report.wording import Names
from provenance.shared import Alignment, Comparison


@dataclass(frozen=True, slots=True)
class TwoArticles:
    """What a page shows of a comparison.

    Attributes:
        verdict: what is likely, a sentence each.
        shares: how much of each stands in the other, in words.
        views: the arrows that lead from one to the other, or the undecided pair.
        both: the shared passages, the source on the left where there is one.
        elsewhere: arrows from other sources.
        articles: both articles, the left one first.
    """

    verdict: tuple[str, ...]
    shares: str
    views: tuple[ArrowView, ...]
    both: ArrowView
    elsewhere: tuple[ArrowView, ...]
    articles: tuple[ArticleView, ...]


def two_articles(found: Comparison) -> TwoArticles:
    """A comparison, ready for a page."""
    trace, names, anchors = found.trace, Names.of(found.trace), Anchors.of(found.trace)
    way = way_between(found)
    left, right = (found.b.id, found.a.id) if way and way[-1].source == found.b.id else (found.a.id, found.b.id)
    cases = [case for case in trace.undecided if set(case.articles) == {left, right}] if not way else []
    arrows = [_without_rows(arrow_view(trace, d, names, anchors)) for d in way]
    pairs = [_without_rows(pair_view(trace, case, names, anchors)) for case in cases]
    elsewhere = [_without_rows(arrow_view(trace, d, names, anchors)) for d in trace.derivations if d not in way]
    views = [*arrows, *pairs]
    both = _both(trace, names, anchors, left, right, _from_left(found.alignment, left))
    articles = article_views(trace, names, anchors, [*arrows, *elsewhere], pairs, marks=[both])
    return TwoArticles(
        verdict=tuple(view.sentence for view in views) or tuple(_nothing(trace, names, {left, right})),
        shares=both.share_words,
        views=tuple(views),
        both=both,
        elsewhere=tuple(elsewhere),
        articles=tuple(sorted(articles, key=lambda a: a.anchor != anchors.text(left))),
    )


def _without_rows(view: ArrowView) -> ArrowView:
    """The passages of the two are shown once for all arrows between them."""
    return replace(view, rows=(), rows_note=None)


def _nothing(trace: Trace, names: Names, pair: set[str]) -> Iterator[str]:
    shared = common_source(trace, pair)
    if shared:
        yield f"Both took text from {isolated(called(names, shared))}; nothing says that one took it from the other."
    else:
        yield "Nothing says that one of the two took text from the other."


def _from_left(alignment: Alignment, left: str) -> Alignment:
    return alignment if alignment.a == left else alignment.turned()


def _both(trace: Trace, names: Names, anchors: Anchors, left: str, right: str, shared: Alignment) -> ArrowView:
    """The shared passages of both, as neutral as an undecided pair."""
    case = Undecided((left, right), "relation", 0.5, (shared.share_a, shared.share_b), (), (), shared.passages, "")
    return pair_view(trace, case, names, replace(anchors, pairs={(left, right): "both"}))
