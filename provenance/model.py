"""The values that travel between the stages.

Frozen, comparable, standard library only. Offsets are half-open and count characters of ``Article.text``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from sys import intern
from typing import Any, Literal

from provenance.shelf import Shelf, place_of

Tier = Literal["A", "B", "C", "D"]
PassageKind = Literal["verbatim", "edited", "rewritten"]
Quoted = Literal["no", "both", "a", "b"]
SourceKind = Literal["article", "named", "unseen"]
DerivationKind = Literal["republished", "excerpted", "rewritten", "revised", "contributed"]
ChangeKind = Literal["number", "name", "credit", "headline", "sentence_dropped", "sentence_added"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into one article's text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # subtle: piles have millions of spans, and the slots take values at a third of what a frozen dataclass spends
        _set_start(self, start)
        _set_end(self, end)

    def cut(self, text: str) -> str:
        return text[self.start : self.end]


_set_start, _set_end = (vars(Span)[name].__set__ for name in ("start", "end"))


def _keep_once(thing: object, names: tuple[str, ...]) -> None:
    """Puts one and the same string into some fields of all things that have an equal one there."""
    for name in names:
        value = getattr(thing, name)
        if type(value) is str:  # sys.intern takes no other kind of string
            object.__setattr__(thing, name, intern(value))


@dataclass(frozen=True, slots=True)
class Published:
    """When a text appeared: an interval in UTC, never a guessed instant.

    A known day is 00:00:00 to 23:59:59 of that day. An unknown end is None. ``read_from`` says, in words a
    reader understands, what the interval rests on.
    """

    earliest: datetime | None
    latest: datetime | None
    read_from: str

    def __post_init__(self) -> None:
        _keep_once(self, ("read_from",))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article that is no article text (page frame, credit line, caption), and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; ``boilerplate`` is the reason why it is kept out of matching, or None for body."""

    span: Span
    boilerplate: str | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date line found in the text that carries a name: "Harbour Post, 3 May 2031".

    Attribution settles whether the name is the article's outlet or its source.
    """

    name: str
    published: Published
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """What an article says of somebody else's part in it.

    Attributes:
        article: id of the article that gives the credit.
        source_name: the name as it is written there, without a leading article.
        kind: agency, dateline, republication, syndicate, source_via, contributor, attribution ("X said"),
            scoop_attribution ("first reported by X"), data_source, photo_credit, copyright_own, canonical (a fact of
            the page's markup) or stated (by a person).
        tier: A the text is theirs, B part of it, C a fact, D the picture.
        text: the words the credit was read from.
        span: where they stand, None for a fact of the markup.
        inherited_from: id of the article (or named source) whose credit it really is.
        resolved_to: id of the article of this pile, or of the named source, that the name means.
        resolved_ground: why.
    """

    article: str
    source_name: str
    kind: str
    tier: Tier
    text: str
    span: Span | None
    inherited_from: str | None = None
    resolved_to: str | None = None
    resolved_ground: str | None = None

    def __post_init__(self) -> None:
        _keep_once(self, ("source_name", "kind"))


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader of the page sees it, and what was read of it, each with its ground.

    Attributes:
        id: path relative to the PATH given, ``file#record id`` or ``file#line``.
        path: the file it came from, as a user would name it.
        text: everything a reader sees as text, frame and credit lines included.
        boilerplate: the stretches of ``text`` that are kept out of matching, sorted, without overlap.
        stamps: date lines that carry a name; attribution uses them up.
        credits: facts of the markup at first; attribution adds what the text says.
    """

    id: str
    path: str
    text: str
    boilerplate: tuple[Mark, ...] = ()
    title: str | None = None
    title_ground: str | None = None
    outlet: str | None = None
    outlet_ground: str | None = None
    byline: str | None = None
    byline_ground: str | None = None
    url: str | None = None
    language: str | None = None
    published: Published | None = None
    stamps: tuple[Stamp, ...] = ()
    credits: tuple[Credit, ...] = ()

    def __post_init__(self) -> None:
        """Keeps only once what thousands of articles say alike: names and grounds, not the texts."""
        _keep_once(self, ("path", "outlet", "outlet_ground", "title_ground", "byline", "byline_ground", "language"))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text; a line that is marked only in part comes in several pieces."""
        pieces: list[Line] = []
        at = 0
        for mark in self.boilerplate:
            pieces += [Line(span, None) for span in _rows(self.text, at, mark.span.start)]
            pieces += [Line(span, mark.reason) for span in _marked_rows(self.text, mark.span)]
            at = mark.span.end
        pieces += [Line(span, None) for span in _rows(self.text, at, len(self.text))]
        return tuple(pieces)

    @property
    def body(self) -> tuple[Span, ...]:
        """The stretches of the text that take part in matching: its lines, less what is marked."""
        return tuple([row for part in self.unmarked for row in _rows(self.text, part.start, part.end)])

    @property
    def unmarked(self) -> tuple[Span, ...]:
        """The same stretches with the line breaks between them: seldom more than a few."""
        spans: list[Span] = []
        at = 0
        for mark in self.boilerplate:
            if at < mark.span.start:
                spans.append(Span(at, mark.span.start))
            at = mark.span.end
        if at < len(self.text):
            spans.append(Span(at, len(self.text)))
        return tuple(spans)


class _Text:
    """``Article.text``: in memory, or on a shelf until it is asked for."""

    def __init__(self, slot: Any) -> None:
        self._get, self._set = slot.__get__, slot.__set__

    def __get__(self, article: Any, owner: type | None = None) -> Any:
        held = self._get(article)
        return held if type(held) is str else held.taken()

    def __set__(self, article: Any, text: Any) -> None:
        self._set(article, place_of(text) if type(text) is str else text)


type.__setattr__(Article, "text", _Text(vars(Article)["text"]))


def shelved(article: Article, shelf: Shelf) -> Article:
    """The same article with its text on a shelf; it is equal to the one it was made of.

    >>> shelved(Article("a", "a", "The ferry is late."), Shelf()).text
    'The ferry is late.'
    """
    place: Any = shelf.put(article.text)
    return replace(article, text=place)


_ROW = re.compile(".+")  # the dot takes all but a line break


def _rows(text: str, start: int, end: int) -> list[Span]:
    """The stretches between line breaks that hold something."""
    return [Span(*found.span()) for found in _ROW.finditer(text, start, end)]


def _marked_rows(text: str, mark: Span) -> Iterator[Span]:
    """The rows of a mark; one that is empty stays, as a part of the frame, unless the mark begins with it."""
    start = mark.start + text.startswith("\n", mark.start)
    while start < mark.end:
        stop = text.find("\n", start, mark.end)
        if stop < 0:
            stop = mark.end
        yield Span(start, stop)
        start = stop + 1


def in_order(article: Article) -> tuple[str, str, str, str]:
    """The order in which ties between articles fall: date, outlet, the text, and only then the id.

    A file name thus decides nothing but between articles that are equal in everything else.
    """
    earliest = article.published.earliest if article.published else None
    return (earliest.isoformat() if earliest else "~", article.outlet or "~", article.text, article.id)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pile:
    """What ingest read: the articles in the order of their ids, and what could not be read."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a person states: about an article (``field``), or about a pair (``relation``).

    ``field`` is outlet, date, title, byline or url; ``relation`` is "from" or "not from", and ``value`` then
    names the source article (or, with "from", an outlet that is not in the pile).
    """

    article: str
    field: str
    value: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that two articles share.

    While direction is unknown the sides are *a* and *b*; within a Derivation *a* is the derived text and *b*
    the source, within an Undecided they follow ``articles``.

    Attributes:
        kind: verbatim (the same words), edited (the same words with changes), rewritten (the same sentence in
            other words).
        identity: share of words that are equal, 0 to 1.
        quoted: on which sides it stands inside quotation marks.
        reason: why the passage is shown but not counted (a shared voice, boilerplate), None when it counts.
    """

    a: Span
    b: Span
    kind: PassageKind
    identity: float
    quoted: Quoted
    reason: str | None = None

    @property
    def counted(self) -> bool:
        return self.reason is None

    def turned(self) -> "Passage":
        """The same passage with *a* and *b* exchanged."""
        return Passage(self.b, self.a, self.kind, self.identity, _QUOTED_TURNED[self.quoted], self.reason)


_QUOTED_TURNED: Mapping[Quoted, Quoted] = {"no": "no", "both": "both", "a": "b", "b": "a"}


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a named article."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against an arrow.

    ``weight`` is in natural log-odds; the weights of a derivation add up to the logit of its probability.
    ``detail`` is a sentence that a pupil understands.
    """

    name: str
    weight: float
    detail: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between source and derived: the words on either side (None where there are none)."""

    kind: ChangeKind
    source: str | None
    derived: str | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A node of the tree: an article, a named text that is not in the pile, or one that nobody names.

    ``p_original`` is the probability that it has no source, ``p_unseen`` that its source is a text nobody names;
    both None for a text of which nothing can be read.
    """

    id: str
    kind: SourceKind
    name: str
    published: Published | None = None
    read_through: str | None = None
    p_original: float | None = None
    p_unseen: float | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """An arrow: ``derived`` took text from ``source``; both are ids of Sources.

    ``share`` is the part of the derived text's counted words found in the source, ``share_of_source`` the part of the
    source's found in the derived text; None where the source's text is not in the pile, or is only read through the
    derived one. In ``passages`` side a is the derived text and side b the source; the offsets of a
    named source point into the text of its ``read_through`` article.
    """

    derived: str
    source: str
    kind: DerivationKind
    probability: float
    share: float | None
    is_primary: bool
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()
    share_of_source: float | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """An arrow that is possible (.05 or more) but is not among the derivations."""

    derived: str
    source: str
    probability: float


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two texts of which it is not known whether (``relation``) or in which direction one took from the other."""

    articles: tuple[str, str]
    what: Literal["relation", "direction"]
    p_related: float
    shares: tuple[float, float]
    candidates: tuple[Alternative, ...]
    evidence: tuple[Evidence, ...]
    passages: tuple[Passage, ...]
    would_settle: str


@dataclass(frozen=True, slots=True)
class Reprints:
    """Articles whose texts are equal after normalisation."""

    representative: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An expected number of texts, rounded, with its 5-95 % range."""

    n: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Family:
    """Articles (and the other sources) that derivation or undecided direction ties together."""

    articles: tuple[str, ...]
    sources: tuple[str, ...]
    independent_reports: Estimate


@dataclass(frozen=True, slots=True)
class Citation:
    """An article says it has a fact from somebody; an annotation, no derivation."""

    article: str
    source_name: str
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class GeneratedBy:
    """Who made a trace: program, version, every setting that shaped it, and whether probabilities are calibrated."""

    program: str
    version: str
    settings: Mapping[str, object]
    calibrated: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """Who took text from whom in one pile, with the reasons; every output is a rendering of it."""

    articles: tuple[Article, ...]
    sources: tuple[Source, ...]
    derivations: tuple[Derivation, ...]
    alternatives: tuple[Alternative, ...]
    undecided: tuple[Undecided, ...]
    reprints: tuple[Reprints, ...]
    families: tuple[Family, ...]
    independent_reports: Estimate
    citations: tuple[Citation, ...]
    skipped: tuple[Skipped, ...]
    generated_by: GeneratedBy

    @property
    def settings(self) -> Mapping[str, object]:
        return self.generated_by.settings

    def at_least(self, p: float) -> tuple[Derivation, ...]:
        """The derivations whose probability is at least p."""
        return tuple(d for d in self.derivations if d.probability >= p)

    def sources_of(self, id: str) -> tuple[Derivation, ...]:
        """The arrows that end at the article or source ``id``, most probable first."""
        return tuple(sorted((d for d in self.derivations if d.derived == id), key=lambda d: (-d.probability, d.source)))

    def derived_from(self, id: str) -> tuple[Derivation, ...]:
        """The arrows that start at the article or source ``id``, most probable first."""
        return tuple(sorted((d for d in self.derivations if d.source == id), key=lambda d: (-d.probability, d.derived)))
