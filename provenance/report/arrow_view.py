"""An arrow, or an undecided pair, made ready for a page: what is said, why, and the passages it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from provenance.model import Article, Derivation, Passage, PassageKind, Quoted, Span, Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.arrow_words import (
    arrow_sentence,
    called,
    left_out,
    open_question,
    passes_on,
    rows_note,
    shares_both_ways,
    titled,
)
from provenance.report.changes import change_lines
from provenance.report.marked_text import Piece, differences, pieces
from provenance.report.reasons import Reason, Total, reasons_of, total_of, without_quotes
from provenance.report.right_to_left import isolated, with_isolates
from provenance.report.shared_words import SharedWords, is_text_here, shared_words
from provenance.report.terminal import possible_ways, settling
from provenance.report.wording import (
    Names,
    confidence_word,
    date_words,
    is_dated_too_early,
    kind_words,
    percent,
    plain,
    share_words,
)

Texts = Literal["full", "passages", "none"]

_KIND_WORDS = {"verbatim": "word for word", "edited": "with changes", "rewritten": "in other words"}
_PAIR_LABELS = ("One text", "The other text")
_FACTS = ("headline:", "numbers:", "names:")  # changes that quote a few words or a title, no sentence


@dataclass(frozen=True, slots=True)
class Row:
    """A shared passage: the source's words beside the derived text's (first and second in an undecided pair).

    Attributes:
        anchor: where this row stands in the page.
        number: from 1 on.
        kind: verbatim, edited or rewritten.
        words: the same for people, with how much is alike and who quotes.
        look: the class that it is drawn with: verbatim, edited, rewritten, quotation or boilerplate.
        quoted: on which sides it stands in quotation marks; a is the derived text.
        note: why it is not counted, None when it counts.
        source, derived: the words.
        source_at, derived_at: where they stand in the full texts, None where the page does not carry those.
        ends: the offsets of both stretches, source first, for the page's script.
    """

    anchor: str
    number: int
    kind: PassageKind
    words: str
    look: str
    quoted: Quoted
    note: str | None
    source: tuple[Piece, ...]
    derived: tuple[Piece, ...]
    source_at: str | None
    derived_at: str | None
    ends: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above one side of the passages: whose words they are, and what that text has to do with it."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Other:
    """The article with the same words on which an arrow rests whose source's own text is not in the pile."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class ArrowView:
    """Everything a page says of one arrow, or of one undecided pair (then "source" is merely the first).

    Attributes:
        anchor: where it stands in the page.
        is_pair: whether it is an undecided pair: then nothing may look like an arrow.
        source_name, derived_name: what the two texts are called.
        source_title, derived_title: their titles, None where they have none.
        source_date, derived_date: when they appeared, in words.
        source_anchor, derived_anchor: where the two texts stand.
        derived_sort_date: the derived text's date as it is sorted by.
        source_label, derived_label: what the two are to one another.
        source_text, derived_text: where the articles stand whose words are shown.
        sentence: what is said.
        word: very likely, likely, leaning or undecided.
        css: the same as a class name.
        kind: what became of the text.
        share_words: how much of each stands in the other.
        share: part of the derived text found in the source, None where unknown or the source's text is not here.
        reasons: for people, and the rest of the sum.
        total: the sum.
        rows: the passages.
        left, right: what stands above them.
        rows_note: why there are no rows, or what to know of them.
        other: the article whose words the arrow rests on, where the source's text is not in the pile.
        shared_rows: the words it shares with that article, on the left.
        changes: what differs, a line each.
        ways: of a pair: who may have it from whom.
        settling: of a pair: what would decide it.
        warning: something that does not fit, such as dates in the wrong order.
    """

    anchor: str
    is_pair: bool
    source_name: str
    derived_name: str
    source_title: str | None
    derived_title: str | None
    source_date: str
    derived_date: str
    derived_sort_date: str
    source_label: str
    derived_label: str
    source_anchor: str
    derived_anchor: str
    source_text: str | None
    derived_text: str | None
    sentence: str
    word: str
    css: str
    kind: str
    share_words: str
    share: float | None
    reasons: tuple[Reason, ...]
    total: Total
    rows: tuple[Row, ...]
    left: Column
    right: Column
    rows_note: str | None
    changes: tuple[str, ...]
    other: Other | None = None
    shared_rows: tuple[Row, ...] = ()
    ways: tuple[str, ...] = ()
    settling: str | None = None
    warning: str | None = None


def arrow_view(
    trace: Trace, derivation: Derivation, names: Names, anchors: Anchors, texts: Texts = "full"
) -> ArrowView:
    """An arrow of a trace, ready for a page.

    Args:
        trace: the finished trace.
        derivation: one of its arrows.
        names: ``Names.of(trace)``.
        anchors: ``Anchors.of(trace)``.
        texts: how much of the articles' words it may carry.

    >>> from provenance import read_articles, trace
    >>> found = trace(read_articles("inputs/small"))
    >>> arrow_view(found, found.derivations[1], Names.of(found), Anchors.of(found)).sentence
    'Ostrey Vale Herald very likely took text from Wendmouth Chronicle.'
    """
    d, quotes = derivation, texts != "none"
    source, derived = _told_apart(names, d.source, d.derived)
    ends = (names.article_of(d.source), names.article_of(d.derived))
    is_one_page = ends[0] == ends[1]
    is_here = is_text_here(names, d.source)
    early = is_dated_too_early(names.published(d.derived), names.published(d.source))
    dates = [date_words(names.published(id)) for id in (d.source, d.derived)]
    shared = shared_words(names, d)
    other = _other(names, anchors, shared, derived) if shared else None
    note = rows_note(names, d, derived, source, (shared.other, other.name) if shared and other else None)
    label = "Carries its text" if passes_on(source) else "A later version" if d.kind == "revised" else "Took from it"
    left = Column(other.name, "has the same words") if other else Column(source, f"source, {dates[0]}")
    return ArrowView(
        anchor=anchors.arrow(d),
        is_pair=False,
        source_name=source,
        derived_name=derived,
        source_title=titled(names, d.source),
        derived_title=titled(names, d.derived),
        source_date=dates[0],
        derived_date=dates[1],
        derived_sort_date=names.by_date(d.derived)[0],
        source_label="Source",
        derived_label=label,
        source_anchor=anchors.text(d.source),
        derived_anchor=anchors.text(d.derived),
        source_text=other.anchor if other else _text_anchor(names, anchors, ends[0]),
        derived_text=_text_anchor(names, anchors, ends[1]),
        sentence=arrow_sentence(names, d, derived, source),
        word=confidence_word(d.probability),
        css=confidence_word(d.probability).replace(" ", "-"),
        kind=kind_words(d),
        share_words=_share_words(d, is_here, other),
        share=d.share if is_here else None,
        reasons=reasons_of(names, d.evidence, quotes=quotes),
        total=total_of(d.evidence, d.probability),
        rows=() if is_one_page else _rows(names, anchors, anchors.arrow(d), ends, d.passages, texts),
        left=left,
        right=Column(derived, f"{'has these words' if other else label.lower()}, {dates[1]}"),
        rows_note=note or (left_out(len(d.passages)) if texts == "none" else None),
        changes=tuple(told_changes(names, d, quotes=quotes)),
        other=other,
        shared_rows=_rows(names, anchors, anchors.arrow(d), (shared.other, d.derived), shared.passages, texts)
        if shared
        else (),
        warning="It is dated before its source: either a date is wrong, or this arrow is." if early else None,
    )


def told_changes(names: Names, derivation: Derivation, *, quotes: bool = True) -> list[str]:
    """What changed on the way of an arrow, a line each; without whole sentences where no words may be quoted."""
    lines = [with_isolates(line) for line in change_lines(names, derivation, most=20)]
    return lines if quotes else [line if line.startswith(_FACTS) else without_quotes(line) for line in lines]


def _other(names: Names, anchors: Anchors, shared: SharedWords, derived: str) -> Other:
    name = called(names, shared.other)
    return Other(anchors.text(shared.other), f"{name} [{plain(shared.other)}]" if name == derived else name)


def _share_words(d: Derivation, is_here: bool, other: Other | None) -> str:
    if is_here:
        return "; ".join(share_words(d, "of its words are in the source", "of the source's words are in it"))
    if d.share is None:
        return ""
    return f"{percent(d.share)} of its words are shared with {isolated(other.name) if other else 'another article'}"


def in_time(names: Names, case: Undecided, anchors: Anchors) -> tuple[Undecided, Anchors]:
    """An undecided pair with the text first that is dated earlier, and the anchors under which it then stands."""
    if names.by_date(case.articles[1])[0] >= names.by_date(case.articles[0])[0]:
        return case, anchors
    turned = replace(
        case,
        articles=case.articles[::-1],
        shares=case.shares[::-1],
        passages=tuple(sorted((p.turned() for p in case.passages), key=lambda p: (p.a, p.b))),
    )
    return turned, replace(anchors, pairs=anchors.pairs | {turned.articles: anchors.pair(case)})


def pair_view(trace: Trace, case: Undecided, names: Names, anchors: Anchors, texts: Texts = "full") -> ArrowView:
    """An undecided pair of a trace, ready for a page: "source" is its first article and "derived" its second."""
    first, second = _told_apart(names, *case.articles)
    dates = [date_words(names.published(id)) for id in case.articles]
    turned = [p.turned() for p in case.passages]  # side b of a row's passage stands on the left
    how = "related" if case.what == "direction" else "undecided"
    return ArrowView(
        anchor=anchors.pair(case),
        is_pair=True,
        source_name=first,
        derived_name=second,
        source_title=titled(names, case.articles[0]),
        derived_title=titled(names, case.articles[1]),
        source_date=dates[0],
        derived_date=dates[1],
        derived_sort_date=names.by_date(case.articles[1])[0],
        source_label=_PAIR_LABELS[0],
        derived_label=_PAIR_LABELS[1],
        source_anchor=anchors.text(case.articles[0]),
        derived_anchor=anchors.text(case.articles[1]),
        source_text=anchors.text(case.articles[0]),
        derived_text=anchors.text(case.articles[1]),
        sentence=open_question(case, first, second),
        word="undecided",
        css="undecided",
        kind=how,
        share_words=shares_both_ways(case, first, second),
        share=None,
        reasons=reasons_of(names, case.evidence, quotes=texts != "none"),
        total=total_of(case.evidence, case.p_related),
        rows=_rows(names, anchors, anchors.pair(case), case.articles, turned, texts),
        left=Column(first, dates[0]),
        right=Column(second, dates[1]),
        rows_note=left_out(len(case.passages)) if texts == "none" and case.passages else None,
        changes=(),
        ways=tuple(with_isolates(way) for way in possible_ways(names, case, trace.generated_by.calibrated)),
        settling=settling(case),
    )


def _told_apart(names: Names, one: str, other: str) -> tuple[str, str]:
    """What two texts are called; those of one name with their ids."""
    first, second = called(names, one), called(names, other)
    return (first, second) if first != second else (f"{first} [{plain(one)}]", f"{second} [{plain(other)}]")


def _text_anchor(names: Names, anchors: Anchors, id: str) -> str | None:
    return anchors.text(id) if id in names.articles else None


# --- passages --------------------------------------------------------------------------------------------------------


def _rows(
    names: Names,
    anchors: Anchors,
    anchor: str,
    ends: tuple[str, str],
    passages: Sequence[Passage],
    texts: Texts,
) -> tuple[Row, ...]:
    """The passages as rows, in the order of the derived text."""
    if texts == "none" or any(id not in names.articles for id in ends):
        return ()
    source, derived = (names.articles[id] for id in ends)
    bases = [anchors.text(id) if texts == "full" else None for id in ends]
    return tuple(
        _row(f"{anchor}p{number}", number, p, (source, derived), bases)
        for number, p in enumerate(sorted(passages, key=lambda p: (p.a, p.b)), 1)
    )


def _row(anchor: str, number: int, p: Passage, both: tuple[Article, Article], bases: list[str | None]) -> Row:
    source, derived = both
    only: tuple[list[Span], list[Span]] = ([], [])
    if p.kind != "verbatim" or p.identity != 1:
        only = differences(source.text, p.b, derived.text, p.a)
    left, right = (
        pieces(article.text, span, differing, [mark.span for mark in article.boilerplate])
        for article, span, differing in zip(both, (p.b, p.a), only, strict=True)
    )
    return Row(
        anchor=anchor,
        number=number,
        kind=p.kind,
        words=_row_words(p),
        look="quotation" if p.quoted != "no" else "boilerplate" if p.reason else p.kind,
        quoted=p.quoted,
        note=plain(p.reason) if p.reason else None,
        source=left,
        derived=right,
        source_at=place(bases[0], p.b.start),
        derived_at=place(bases[1], p.a.start),
        ends=(p.b.start, p.b.end, p.a.start, p.a.end),
    )


def place(base: str | None, start: int) -> str | None:
    """The fragment of an offset in an article's full text, None where the page does not carry it."""
    return f"{base}s{start}" if base else None


def _row_words(p: Passage) -> str:
    alike = "" if p.identity == 1 else f", {percent(p.identity)} of the words the same"
    quoted = {"no": "", "both": ", in quotation marks in both"}
    quoted |= {"a": ", in quotation marks on the right only", "b": ", in quotation marks on the left only"}
    return f"{_KIND_WORDS[p.kind]}{alike}{quoted[p.quoted]}"
