"""An arrow, or an undecided pair, made ready for a page: what is said, why, and the passages it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from provenance.model import Derivation, Passage, PassageKind, Quoted, Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.changes import change_lines
from provenance.report.marked_text import Piece, both_sides, pieces
from provenance.report.reasons import Reason, Total, reasons_of, total_of, without_quotes
from provenance.report.terminal import possible_ways, settling
from provenance.report.wording import (
    Names,
    confidence_word,
    counted,
    date_words,
    is_dated_too_early,
    is_stated,
    kind_words,
    percent,
    plain,
    share_words,
)

Texts = Literal["full", "passages", "none"]

_KIND_WORDS = {"verbatim": "word for word", "edited": "with changes", "rewritten": "in other words"}
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
class ArrowView:
    """Everything a page says of one arrow, or of one undecided pair (then "source" is merely the first).

    Attributes:
        anchor: where it stands in the page.
        is_pair: whether it is an undecided pair: then nothing may look like an arrow.
        source_name, derived_name: what the two texts are called.
        source_title, derived_title: their titles, None where they have none.
        source_date, derived_date: when they appeared, in words.
        source_anchor, derived_anchor: where the two texts stand.
        source_text, derived_text: where the articles stand whose words are shown.
        sentence: what is said.
        word: very likely, likely, leaning or undecided.
        css: the same as a class name.
        kind: what became of the text.
        share_words: how much of each stands in the other.
        share: part of the derived text found in the source, None where unknown.
        reasons: for people, and the rest of the sum.
        total: the sum.
        rows: the passages.
        rows_note: why there are no rows, or what to know of them.
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
    rows_note: str | None
    changes: tuple[str, ...]
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
    source, derived = called(names, d.source), called(names, d.derived)
    if source == derived:
        source, derived = f"{source} [{plain(d.source)}]", f"{derived} [{plain(d.derived)}]"
    ends = (names.article_of(d.source), names.article_of(d.derived))
    is_one_page = ends[0] == ends[1]
    early = is_dated_too_early(names.published(d.derived), names.published(d.source))
    changes = change_lines(names, d, most=20)
    return ArrowView(
        anchor=anchors.arrow(d),
        is_pair=False,
        source_name=source,
        derived_name=derived,
        source_title=titled(names, d.source),
        derived_title=titled(names, d.derived),
        source_date=date_words(names.published(d.source)),
        derived_date=date_words(names.published(d.derived)),
        source_anchor=anchors.text(d.source),
        derived_anchor=anchors.text(d.derived),
        source_text=_text_anchor(names, anchors, ends[0]),
        derived_text=_text_anchor(names, anchors, ends[1]),
        sentence=_sentence(d, derived, source),
        word=confidence_word(d.probability),
        css=confidence_word(d.probability).replace(" ", "-"),
        kind=kind_words(d),
        share_words="; ".join(share_words(d, "of its words are in the source", "of the source's words are in it")),
        share=d.share,
        reasons=reasons_of(names, d.evidence, quotes=quotes),
        total=total_of(d.evidence, d.probability),
        rows=() if is_one_page else _rows(names, anchors, anchors.arrow(d), ends, d.passages, texts, derived),
        rows_note=_rows_note(len(d.passages), is_one_page, texts, source, derived),
        changes=tuple(changes if quotes else (_without_sentences(line) for line in changes)),
        warning="It is dated before its source: one of the two dates must be wrong." if early else None,
    )


def pair_view(trace: Trace, case: Undecided, names: Names, anchors: Anchors, texts: Texts = "full") -> ArrowView:
    """An undecided pair of a trace, ready for a page: "source" is its first article and "derived" its second."""
    first, second = (called(names, id) for id in case.articles)
    if first == second:
        first, second = (f"{name} [{plain(id)}]" for name, id in zip((first, second), case.articles, strict=True))
    turned = [p.turned() for p in case.passages]  # side b of a row's passage stands on the left
    how = "related" if case.what == "direction" else "undecided"
    return ArrowView(
        anchor=anchors.pair(case),
        is_pair=True,
        source_name=first,
        derived_name=second,
        source_title=titled(names, case.articles[0]),
        derived_title=titled(names, case.articles[1]),
        source_date=date_words(names.published(case.articles[0])),
        derived_date=date_words(names.published(case.articles[1])),
        source_anchor=anchors.text(case.articles[0]),
        derived_anchor=anchors.text(case.articles[1]),
        source_text=anchors.text(case.articles[0]),
        derived_text=anchors.text(case.articles[1]),
        sentence=_open_question(case, first, second),
        word="undecided",
        css="undecided",
        kind=how,
        share_words=_shares_both_ways(case),
        share=None,
        reasons=reasons_of(names, case.evidence, quotes=texts != "none"),
        total=total_of(case.evidence, case.p_related),
        rows=_rows(names, anchors, anchors.pair(case), case.articles, turned, texts, second),
        rows_note=_rows_note(len(case.passages), False, texts, first, second),
        changes=(),
        ways=tuple(possible_ways(names, case, trace.generated_by.calibrated)),
        settling=settling(case),
    )


def called(names: Names, id: str) -> str:
    """What a text is called in a sentence: the outlet, the file where the outlet is unknown, the name of a source.

    An outlet that is only inferred says so.
    """
    if id in names.articles:
        outlet = names.articles[id].outlet
        said = plain(outlet) if outlet else plain(id)
        return f"{said} (outlet inferred)" if names.reader(id).startswith("likely ") else said
    return names.name(names.sources[id]) if id in names.sources else plain(id)


def titled(names: Names, id: str) -> str | None:
    """The title of an article; None where it has none, and for other sources."""
    article = names.articles.get(id)
    return plain(article.title) if article and article.title else None


def _text_anchor(names: Names, anchors: Anchors, id: str) -> str | None:
    return anchors.text(id) if id in names.articles else None


def _sentence(d: Derivation, derived: str, source: str) -> str:
    word = confidence_word(d.probability)
    if word == "undecided":
        return f"Whether {derived} took text from {source} is undecided."
    surely = "may have taken" if word == "leaning" else f"{word} took"
    what = "part of its text" if d.kind == "contributed" or not d.is_primary else "text"
    said = f"{derived} {surely} {what} from {source}"
    if d.kind == "revised":
        surely = "may be" if word == "leaning" else f"is {word}"
        said = f"{derived} {surely} a later version of {source}"
    return f"{said} (a person states this)." if is_stated(d) else f"{said}."


def _open_question(case: Undecided, first: str, second: str) -> str:
    if case.what == "direction":
        return f"{first} and {second} share text. Which way it went is not known."
    return f"{first} and {second} share a little text. Whether one took it from the other is not known."


def _shares_both_ways(case: Undecided) -> str:
    first, second = (percent(share) for share in case.shares)
    return f"{first} of the first text's words are in the second; {second} of the second's are in the first"


def _rows_note(passages: int, is_one_page: bool, texts: Texts, source: str, derived: str) -> str | None:
    if is_one_page:
        return f"The text of {source} is known only as {derived} prints it: there are no two texts to compare."
    if not passages:
        return f"There is no text of {source} here to compare: the arrow rests on what {derived} itself says."
    if texts == "none":
        return f"{counted(passages, 'shared passage')}; this page leaves the articles' words out."
    return None


def _without_sentences(line: str) -> str:
    return line if line.startswith(_FACTS) else without_quotes(line)


# --- passages --------------------------------------------------------------------------------------------------------


def _rows(
    names: Names,
    anchors: Anchors,
    anchor: str,
    ends: tuple[str, str],
    passages: Sequence[Passage],
    texts: Texts,
    derived_name: str,
) -> tuple[Row, ...]:
    """The passages as rows, in the order of the derived text."""
    if texts == "none" or any(id not in names.articles for id in ends):
        return ()
    source, derived = (names.articles[id].text for id in ends)
    bases = [anchors.text(id) if texts == "full" else None for id in ends]
    return tuple(
        _row(f"{anchor}p{number}", number, p, (source, derived), bases, derived_name)
        for number, p in enumerate(sorted(passages, key=lambda p: (p.a, p.b)), 1)
    )


def _row(
    anchor: str, number: int, p: Passage, both: tuple[str, str], bases: list[str | None], derived_name: str
) -> Row:
    source, derived = both
    if p.kind == "verbatim" and p.identity == 1:
        left, right = pieces(source, p.b, ()), pieces(derived, p.a, ())
    else:
        left, right = both_sides(source, p.b, derived, p.a)
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
