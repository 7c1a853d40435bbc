"""An article made ready for a page: what was read of it and why, whom it names, and its text with all marks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import Article, Credit, Span, Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, Row, Texts
from provenance.report.arrow_words import called
from provenance.report.marked_text import Stretch, stretches
from provenance.report.reasons import without_quotes
from provenance.report.right_to_left import isolated, with_isolates
from provenance.report.tree import by_article
from provenance.report.wording import Names, chance, cited_names, confidence_word, date_words, plain, quote
from provenance.text import tokenize

_TIERS = {
    "A": "named as the source of the text",
    "B": "named as the source of a part",
    "C": "named for a fact",
    "D": "named for a picture",
}
_OWN = ("copyright_own",)
_LOOKS = ("verbatim", "edited", "rewritten", "quotation", "boilerplate")


@dataclass(frozen=True, slots=True)
class Tie:
    """A link from an article to an arrow or an undecided pair."""

    anchor: str
    name: str
    word: str
    css: str


@dataclass(frozen=True, slots=True)
class Read:
    """Something read of an article: what, the words, and the ground it rests on."""

    what: str
    words: str
    ground: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A credit that an article gives: to whom, for what, in which words, and which text is meant."""

    name: str
    what: str
    words: str | None
    meant: str | None
    meant_anchor: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of an article's text as it is drawn.

    Attributes:
        at: its offset.
        text: the words.
        css: how it looks; empty for plain body.
        label: why it is no article text, where a run of such stretches begins.
        row: where the passage that begins here is shown side by side.
        more: in how many other arrows and pairs a passage begins here too.
    """

    at: int
    text: str
    css: str
    label: str | None
    row: str | None
    more: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as a page shows it; ``text`` is empty where the page does not carry it."""

    anchor: str
    id: str
    name: str
    title: str | None
    date: str
    sort_date: str
    words: int
    url: str | None
    read: tuple[Read, ...]
    credits: tuple[Named, ...]
    cited: tuple[str, ...]
    sources: tuple[Tie, ...]
    derived: tuple[Tie, ...]
    open: tuple[Tie, ...]
    others: tuple[str, ...]
    text: tuple[Shown, ...]


def article_views(
    trace: Trace,
    names: Names,
    anchors: Anchors,
    arrows: Sequence[ArrowView],
    pairs: Sequence[ArrowView],
    texts: Texts = "full",
    marks: Sequence[ArrowView] = (),
) -> list[ArticleView]:
    """The articles of a trace, ready for a page, in its order.

    Args:
        trace: the finished trace.
        names: ``Names.of(trace)``.
        anchors: ``Anchors.of(trace)``.
        arrows: a view of every derivation.
        pairs: a view of every undecided pair.
        texts: how much of the articles' words the page may carry.
        marks: views whose passages are marked in the texts, though they stand for no arrow.
    """
    sources, derived, open = _ties(arrows, "derived"), _ties(arrows, "source"), _open_ties(pairs)
    others, cited, rows = _others(trace, names), by_article(trace.citations), _rows_by_text([*arrows, *pairs, *marks])
    return [
        ArticleView(
            anchor=(anchor := anchors.text(a.id)),
            id=plain(a.id),
            name=called(names, a.id),
            title=plain(a.title) if a.title else None,
            date=date_words(a.published),
            sort_date=_sort_date(names, a),
            words=len(tokenize(a.text, a.body)),
            url=plain(a.url) if a.url else None,
            read=tuple(_read(names, a, texts)),
            credits=tuple(_credits(names, anchors, a.credits, texts)),
            cited=tuple(cited_names(cited.get(a.id, ()))),
            sources=tuple(sources.get(anchor, ())),
            derived=tuple(derived.get(anchor, ())),
            open=tuple(open.get(anchor, ())),
            others=tuple(others.get(a.id, ())),
            text=_text(a, rows.get(anchor, ())) if texts == "full" else (),
        )
        for a in trace.articles
    ]


def _ties(arrows: Iterable[ArrowView], end: str) -> dict[str, list[Tie]]:
    """The arrows that end (or start) at each text, each named after its other end."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for v in arrows:
        at, other = (v.derived_anchor, v.source_name) if end == "derived" else (v.source_anchor, v.derived_name)
        found[at].append(Tie(v.anchor, other, v.word, v.css))
    return found


def _open_ties(pairs: Iterable[ArrowView]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for v in pairs:
        found[v.source_anchor].append(Tie(v.anchor, v.derived_name, v.word, v.css))
        found[v.derived_anchor].append(Tie(v.anchor, v.source_name, v.word, v.css))
    return found


def _others(trace: Trace, names: Names) -> dict[str, list[str]]:
    """What else could be the source of each article, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    for other in sorted(trace.alternatives, key=lambda o: (-o.probability, o.source)):
        how = chance(other.probability) if trace.generated_by.calibrated else _how_likely(other.probability)
        found[other.derived].append(f"{isolated(called(names, other.source))} ({how})")
    return found


def _how_likely(probability: float) -> str:
    word = confidence_word(probability)
    return word if word != "undecided" else "possible" if probability >= 0.2 else "less likely"


def _sort_date(names: Names, article: Article) -> str:
    return names.by_date(article.id)[0]


# --- what was read ---------------------------------------------------------------------------------------------------


def _read(names: Names, a: Article, texts: Texts) -> Iterable[Read]:
    facts = (
        ("Outlet", a.outlet, a.outlet_ground),
        ("Date", date_words(a.published), a.published.read_from if a.published else None),
        ("Title", a.title, a.title_ground),
        ("By", a.byline, a.byline_ground),
        ("Language", a.language, None),
    )
    for what, words, ground in facts:
        if words or what in ("Outlet", "Date"):
            told = with_isolates(names.told(ground)) if ground else None
            yield Read(what, plain(words or "not known"), without_quotes(told) if told and texts == "none" else told)


def _credits(names: Names, anchors: Anchors, credits: Iterable[Credit], texts: Texts) -> Iterable[Named]:
    for credit in dict.fromkeys(credits):
        if credit.kind in _OWN:
            continue
        what = _TIERS[credit.tier]
        if credit.inherited_from:
            what += f"; taken over with the text from {isolated(called(names, credit.inherited_from))}"
        meant = credit.resolved_to if credit.resolved_to in anchors.texts else None
        yield Named(
            plain(credit.source_name),
            what,
            quote(credit.text) if texts != "none" and credit.text else None,
            called(names, meant) if meant else None,
            anchors.text(meant) if meant else None,
        )


# --- the text --------------------------------------------------------------------------------------------------------


def _rows_by_text(views: Iterable[ArrowView]) -> dict[str, list[tuple[Row, Span]]]:
    """The passages in each article, those of arrows before those of undecided pairs."""
    found: dict[str, list[tuple[Row, Span]]] = defaultdict(list)
    for view in views:
        for row in (*view.rows, *view.shared_rows):
            start, end, derived_start, derived_end = row.ends
            found[view.source_text or ""].append((row, Span(start, end)))
            found[view.derived_text or ""].append((row, Span(derived_start, derived_end)))
    return found


def _text(article: Article, rows: Sequence[tuple[Row, Span]]) -> tuple[Shown, ...]:
    numbered = {n: row for n, (row, _) in enumerate(rows)}
    marks = [(mark.span, mark.reason) for mark in article.boilerplate]
    out: list[Shown] = []
    before: str | None = None
    for piece in stretches(article.text, marks, [(n, span) for n, (_, span) in enumerate(rows)]):
        out.append(_shown(piece, numbered, before))
        if piece.text.strip():
            before = piece.reason
    return tuple(out)


def _shown(piece: Stretch, rows: Mapping[int, Row], before: str | None) -> Shown:
    begins = [rows[n].anchor for n in piece.opens]
    return Shown(
        at=piece.start,
        text=piece.text,
        css="frame" if piece.reason else _look([rows[n].look for n in piece.passages]),
        label=plain(piece.reason) if piece.reason and piece.reason != before and piece.text.strip() else None,
        row=begins[0] if begins else None,
        more=max(0, len(begins) - 1),
    )


def _look(looks: Sequence[str]) -> str:
    """How a stretch is drawn that several passages cover: like the one nearest to the same words."""
    found = min(looks, key=_LOOKS.index, default=None)
    return f"shared {found}" if found else ""
