"""Who appears in a lesson: the articles, and the names that they credit, right ones and tempting ones."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.model import Article, Trace
from provenance.names import canonical
from provenance.report.anchors import Anchors
from provenance.report.columns import shorten
from provenance.report.lesson_words import Words, date_of, fill
from provenance.report.wording import is_inferred, plain, printable
from provenance.truth import Truth

SOMEBODY, NOBODY = "x", "none"  # "somebody we do not have"; "nobody: written by themselves"

_PAGE_FACTS = ("canonical", "copyright_own")  # a pupil sees no markup; its own copyright line names nobody else
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_LABEL = 80, 200, 40  # columns; a name that is longer is no name
_SHORT_LINE = 60  # characters; menus and lines of fields stand close together, paragraphs apart


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article as the page shows it."""

    text: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An article as pupils see it before the answers: what it says itself, and no more.

    ``label`` is what a box calls it: the outlet, or the headline where no outlet is named.
    """

    key: str
    number: int
    outlet: str
    is_known: bool
    label: str
    name: str
    date: str
    title: str | None
    file: str
    language: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the lesson.

    Attributes:
        cards: the articles.
        named: the names that articles credit, by key.
        keys: the key of each article's id and of "named:" with each name's normal form.
        known: the names that this pile itself makes known.
        same: named sources that may be an article of the pile whose outlet is only inferred, by key.
        likely: what those articles' outlets are, by key; not to be shown before the answers.
    """

    cards: tuple[Card, ...]
    named: dict[str, str]
    keys: dict[str, str]
    known: frozenset[str]
    same: dict[str, str]
    likely: dict[str, str]

    @classmethod
    def of(cls, trace: Trace, truth: Truth | None, read: Words) -> "Cast":
        anchors = Anchors.of(trace)
        known = frozenset({a.outlet for a in trace.articles if a.outlet} | set(_named_texts(trace)))
        palette = sorted(_palette(trace, truth, known).items(), key=lambda entry: (entry[1].casefold(), entry[0]))
        by_form = {form: f"p{n}" for n, (form, _) in enumerate(palette, 1)}
        articles = {a.id: anchors.text(a.id) for a in trace.articles}
        return cls(
            cards=tuple(_card(n, a, articles[a.id], read) for n, a in enumerate(trace.articles, 1)),
            named={by_form[form]: _name(name) for form, name in palette},
            keys=articles | {f"named:{form}": key for form, key in by_form.items()},
            known=known,
            same={
                by_form[form]: articles[a.id]
                for a in trace.articles
                if is_inferred(a) and (form := canonical(a.outlet or "", known)) in by_form
            },
            likely={articles[a.id]: _name(a.outlet) for a in trace.articles if is_inferred(a)},
        )

    def key(self, id: str) -> str | None:
        """The key of a source of a trace or a truth; None when nobody of this lesson is meant."""
        if id in self.keys:
            return self.keys[id]
        if id.startswith("unseen:"):
            return SOMEBODY
        return self.keys.get(f"named:{canonical(_written(id), self.known)}") if id.startswith("named:") else None

    def without_files(self, text: str) -> str:
        """Words of the tool with the articles' names in place of their files' names, which pupils do not see."""
        for card in sorted(self.cards, key=lambda card: -len(card.file)):
            text = text.replace(card.file, card.name)
        return text

    def key_of_name(self, name: str) -> str | None:
        """The key of somebody whom an article names: a named source, or the only article of that outlet."""
        form = canonical(plain(name), self.known)
        by_outlet = [c.key for c in self.cards if c.is_known and canonical(c.outlet, self.known) == form]
        return self.keys.get(f"named:{form}") or (by_outlet[0] if len(by_outlet) == 1 else None)


def _written(id: str) -> str:
    """The name in an id: "named:tidewright review/03.txt" -> "tidewright review"."""
    return id.removeprefix("named:").split("/")[0]


def _name(outlet: str | None) -> str:
    return shorten(plain(outlet or ""), _LONGEST_NAME)


def _card(number: int, article: Article, key: str, read: Words) -> Card:
    is_known = bool(article.outlet) and not is_inferred(article)
    outlet = _name(article.outlet) if is_known else read["unknown"]
    lines = (line.strip() for line in printable(article.text).splitlines())
    headline = fill(read["quote"], text=shorten(plain(article.title), _LONGEST_LABEL)) if article.title else outlet
    label = outlet if is_known else headline
    return Card(
        key=key,
        number=number,
        outlet=outlet,
        is_known=is_known,
        label=label,
        name=fill(read["alone"], n=number, name=label),
        date=date_of(article.published, read),
        title=shorten(plain(article.title), _LONGEST_TITLE) if article.title else None,
        file=plain(article.id),
        language=article.language,
        lines=tuple(Line(line, len(line) <= _SHORT_LINE) for line in lines if line),
    )


def _palette(trace: Trace, truth: Truth | None, known: frozenset[str]) -> dict[str, str]:
    """Every name that an article credits, in its fullest spelling, by its normal form.

    Names of articles in the pile are not among them, unless another text of that name is drawn on: pupils have the
    article itself to choose.
    """
    shown = {a.id: canonical(plain(a.outlet), known) for a in trace.articles if a.outlet and not is_inferred(a)}
    here = set(shown.values())
    here |= {
        canonical(plain(c.source_name), known) for a in trace.articles for c in a.credits if c.resolved_to in shown
    }
    drawn_on = {canonical(plain(name), known) for name in _drawn_on(trace, truth)}
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in (*_drawn_on(trace, truth), *_mentioned(trace, truth)):
        form = canonical(plain(name), known)
        if form and (form in drawn_on or form not in here):
            spellings[form].append(plain(name))
    return {form: max(found, key=_fullness) for form, found in spellings.items()}


def _fullness(name: str) -> tuple[bool, int, str]:
    """Names with capitals before those in the lower case of an id, then the longest."""
    return name != name.lower(), len(name), name


def _drawn_on(trace: Trace, truth: Truth | None) -> Iterator[str]:
    yield from _named_texts(trace)
    if truth:
        yield from (_written(named.id) for named in truth.named_sources)
        yield from (_written(id) for d in truth.derivations for id in (d.derived, d.source) if id.startswith("named:"))


def _named_texts(trace: Trace) -> Iterator[str]:
    return (s.name for s in trace.sources if s.kind == "named")


def _mentioned(trace: Trace, truth: Truth | None) -> Iterator[str]:
    yield from (c.source_name for c in trace.citations)
    yield from (c.source_name for a in trace.articles for c in a.credits if c.kind not in _PAGE_FACTS)
    if truth:
        yield from (name for names in truth.cited_at_least.values() for name in names)
