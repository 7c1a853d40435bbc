"""The report as a page: one file, offline, that leads from every arrow to the words it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from provenance.model import Estimate, Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, Texts, arrow_view, in_time, pair_view
from provenance.report.arrow_words import called, titled
from provenance.report.article_view import article_views
from provenance.report.chains import chains
from provenance.report.common_ground import CommonGround, common_ground, groups, outside_sources
from provenance.report.one_file import page
from provenance.report.overview import BRIEF, SHORT, overview, print_note, texts_note
from provenance.report.timeline_picture import timeline_picture
from provenance.report.tree_picture import tree_picture
from provenance.report.two_articles import two_articles
from provenance.report.wording import Names, about_confidence, counted, date_words, plain, stated_facts
from provenance.settings import Settings
from provenance.shared import Comparison

_STYLES = ("base.css", "parts.css", "picture.css", "report.css")
_SCRIPTS = ("picture.js", "report.js")


_MANY = 60  # articles from which on what is far away is laid out when somebody comes near

Links = tuple[tuple[str, str, str | None], ...]  # the fragment, the name and the title of each text


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that belong together, and how many independent reports they are."""

    members: Links
    reports: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A source that several separate reports have in common, and the articles that name it."""

    name: str
    members: Links


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A source that is no article of the pile: what it is called, how it is known, and the arrows from and to it."""

    anchor: str
    name: str
    standing: str
    date: str
    arrows: tuple[ArrowView, ...]


def html_page(
    trace: Trace,
    *,
    texts: Texts = "full",
    template: str = "report.html",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    forms: bool = False,
    **values: Any,
) -> str:
    """The report of a trace as one HTML file.

    Args:
        trace: the finished trace.
        texts: how much of the articles it carries: all, the shared passages only, or no words of theirs.
        template: a file of data/page that extends report.html, for a page that shows more than this one.
        styles, scripts: further files of data/page.
        forms: whether the page may send forms to where it came from.
        values: what that template shows beside the trace.

    Returns:
        HTML that needs no other file; the same bytes for the same trace.
    """
    names, anchors = Names.of(trace), Anchors.of(trace)
    arrows = [arrow_view(trace, d, names, anchors, texts) for d in trace.derivations]
    pairs = [pair_view(trace, case, names, at, texts) for case, at in _in_time(names, anchors, trace)]
    by_ends = {f"{v.derived_anchor} {v.source_anchor}": v for v in arrows}
    return page(
        template,
        styles=[*_STYLES, *styles],
        scripts=[*_SCRIPTS, *scripts],
        forms=forms,
        version=trace.generated_by.version,
        title="Who took text from whom",
        trace=trace,
        texts=texts,
        texts_note=texts_note(texts, is_file=not forms),
        print_note=print_note(len(trace.articles)),
        size=_size(len(trace.articles)),
        overview=overview(trace),
        sureness=about_confidence(trace.generated_by.calibrated),
        tree=tree_picture(trace, anchors),
        timeline=timeline_picture(trace, anchors),
        arrows=arrows,
        pairs=pairs,
        chains=chains(trace, by_ends, anchors.texts),
        elsewhere=_elsewhere(names, anchors, trace, arrows),
        groups=_groups(names, anchors, trace),
        alone=_alone(names, anchors, trace),
        outside=_grounds(names, anchors, outside_sources(trace)),
        grounds=_grounds(names, anchors, common_ground(trace)),
        articles=article_views(trace, names, anchors, arrows, pairs, texts),
        stated=[plain(fact) for fact in stated_facts(trace)],
        settings=_settings(trace.settings),
        **values,
    )


def _size(articles: int) -> str:
    """What a page of this many articles does with its parts, as class names: on paper, and where much is far away."""
    limits = ((BRIEF, "brief-print"), (SHORT, "short-print"), (_MANY, "many"))
    return " ".join(name for limit, name in limits if articles > limit)


def _links(names: Names, anchors: Anchors, ids: Iterable[str]) -> Links:
    return tuple((anchors.text(id), called(names, id), titled(names, id)) for id in sorted(ids, key=names.by_date))


def _in_time(names: Names, anchors: Anchors, trace: Trace) -> list[tuple[Undecided, Anchors]]:
    return [in_time(names, case, anchors) for case in trace.undecided]


def _grounds(names: Names, anchors: Anchors, found: Iterable[CommonGround]) -> list[Ground]:
    return [Ground(ground.name, _links(names, anchors, ground.articles)) for ground in found]


def _elsewhere(names: Names, anchors: Anchors, trace: Trace, arrows: Sequence[ArrowView]) -> list[Elsewhere]:
    touching: dict[str, list[ArrowView]] = defaultdict(list)
    for view in arrows:
        touching[view.source_anchor].append(view)
        touching[view.derived_anchor].append(view)
    seen: set[str] = set()
    return [
        Elsewhere(
            anchor := anchors.text(source.id),
            _told_apart(names.name(source), seen),
            names.standing(source),
            date_words(source.published),
            tuple(touching[anchor]),
        )
        for source in trace.sources
        if source.id not in names.articles
    ]


def _told_apart(name: str, seen: set[str]) -> str:
    """A name; where it stood in the list already, it is another text of the same source."""
    is_another = name in seen
    seen.add(name)
    return f"{name} (another text)" if is_another else name


def _groups(names: Names, anchors: Anchors, trace: Trace) -> list[Group]:
    """The families of more than one article, the largest first."""
    families = sorted((f for f in trace.families if len(f.articles) > 1), key=lambda f: -len(f.articles))
    return [Group(_links(names, anchors, f.articles), _reports(f.independent_reports)) for f in families]


def _reports(found: Estimate) -> str:
    between = "" if found.low == found.high else f" (between {found.low:,} and {found.high:,})"
    return counted(found.n, "independent report") + between


def _alone(names: Names, anchors: Anchors, trace: Trace) -> Links:
    """The articles that neither belong with others nor have a source outside the pile."""
    tied = {*groups(trace), *(d.derived for d in trace.derivations)}
    return _links(names, anchors, (a.id for a in trace.articles if a.id not in tied))


def _settings(used: Mapping[str, object]) -> list[tuple[str, str, bool]]:
    """Every setting with its value, those first that were changed."""
    usual = asdict(Settings())
    rows = [(plain(name), plain(str(value)), value != usual.get(name)) for name, value in used.items()]
    return sorted(rows, key=lambda row: not row[2])


def comparison_page(
    found: Comparison,
    *,
    template: str = "comparison.html",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    forms: bool = False,
    **values: Any,
) -> str:
    """Two articles side by side as one HTML file: the verdict, the reasons, the shared passages, both texts.

    Args:
        found: what ``pipeline.compare`` returned.
        template: a file of data/page that extends comparison.html.
        styles, scripts: further files of data/page.
        forms: whether the page may send forms to where it came from.
        values: what that template shows beside the comparison.
    """
    two, made = two_articles(found), found.trace.generated_by
    names, anchors = Names.of(found.trace), Anchors.of(found.trace)
    return page(
        template,
        styles=[*_STYLES, *styles],
        scripts=["report.js", *scripts],
        forms=forms,
        version=made.version,
        title="Two articles side by side",
        sureness=about_confidence(made.calibrated),
        verdict=two.verdict,
        shares=two.shares,
        views=two.views,
        both=two.both,
        elsewhere=two.elsewhere,
        sources=_elsewhere(names, anchors, found.trace, [*two.views, *two.elsewhere]),
        articles=two.articles,
        **values,
    )
