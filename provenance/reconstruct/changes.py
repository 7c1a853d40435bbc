"""What changed between a source and the text derived from it: numbers, names, credits, headline, sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from provenance.model import Article, Change, ChangeKind, Credit, DerivationKind, Passage, Place, Span
from provenance.phrases import FALLBACK, calendar, phrases
from provenance.reconstruct.edits import unequal
from provenance.reconstruct.pair import Context, Pair, Text
from provenance.reconstruct.remembered import remembered
from provenance.reconstruct.wording import keys, wording
from provenance.text import merged, normal_form, split_sentences, tokenize

_ENDED = re.compile(r"[.!?…\u061f\u06d4\u0964][\"'”’»“)\]]*$")
_OWN_TEXT = 0.5  # share of an excerpting text that is the source's; below, it is a text of its own
_THOUSANDS = re.compile(r"(?<=\d)[., \u00a0](?=\d{3}(?!\d))")  # 1,000 and 1.000 are one number
_FEW = 3  # words on either side that a changed number or name may come with ...
_LONG = 6  # ... or a name may have, if it is nothing but a name


def changes_between(pair: Pair, kind: DerivationKind, context: Context) -> tuple[Change, ...]:
    """All changes, in the order headline, credits, numbers and names, sentences.

    An excerpt is a text of its own: only what it changed inside the excerpt is a change.

    Args:
        pair: derived, source and what they share.
        kind: what kind of reuse it is.
        context: for the common form of names.
    """
    source, derived = pair.source.article, pair.derived.article
    loose = [p for p in pair.shared.passages if p.kind != "verbatim"]
    inside = [change for passage in loose for change in _words(source, derived, passage)]
    if kind == "excerpted" and pair.shared.share_a < _OWN_TEXT:
        return tuple(inside)
    around = [*_headline(pair.source, pair.derived), *_credits(pair.source, pair.derived, context)]
    dropped = _sentences("sentence_dropped", source, derived, [p.b for p in pair.shared.passages])
    added = _sentences("sentence_added", derived, source, [p.a for p in pair.shared.passages])
    return (*around, *inside, *dropped, *added)


def _headline(source: Text, derived: Text) -> list[Change]:
    one, other = source.article.title, derived.article.title
    if source.read_through or derived.read_through or not one or not other:
        return []  # a text read through another page has that page's headline
    if tokenize(one).forms == tokenize(other).forms:
        return []
    return [Change("headline", one, other)]


def _credits(source: Text, derived: Text, context: Context) -> Iterable[Change]:
    before, after = _credited_names(source, context), _credited_names(derived, context)
    for name in sorted(before.keys() - after.keys() - _named(derived, context)):
        yield Change("credit", _said(before[name]), None, _place(before[name]))
    for name in sorted(after.keys() - before.keys() - _named(source, context)):
        yield Change("credit", None, _said(after[name]), _place(after[name]))


def _credited_names(text: Text, context: Context) -> dict[str, Credit]:
    """Each name once, with the credit that says it in most words."""
    credits = sorted(text.credits, key=lambda c: (len(c.text), c.text))
    return {context.canonical(c.source_name): c for c in credits if c.kind != "copyright_own" and c.tier != "D"}


def _named(text: Text, context: Context) -> set[str]:
    return {context.canonical(text.name)} if text.name else set()


def _said(credit: Credit) -> str:
    return " ".join(credit.text.split())


def _place(credit: Credit) -> tuple[Place, ...]:
    return (Place(credit.article, credit.span),) if credit.span else ()


def _words(source: Article, derived: Article, passage: Passage) -> Iterable[Change]:
    """Numbers and names that differ inside one passage."""
    before, befores, before_ends = wording(source).cut(passage.b)
    after, afters, after_ends = wording(derived).cut(passage.a)
    for start_a, end_a, start_b, end_b in unequal(before, after):
        if not (0 < end_a - start_a <= _LONG and 0 < end_b - start_b <= _LONG):
            continue
        old_span = Span(befores[start_a], before_ends[end_a - 1])
        new_span = Span(afters[start_b], after_ends[end_b - 1])
        old, new = old_span.cut(source.text), new_span.cut(derived.text)
        if kind := _kind(old, new, source.language):
            yield Change(kind, old, new, (Place(source.id, old_span), Place(derived.id, new_span)))


def _kind(old: str, new: str, language: str | None) -> ChangeKind | None:
    known = _known_words(language)
    if _is_number(old, known.numbers) and _is_number(new, known.numbers):
        before, after = _worth(old, known.numbers), _worth(new, known.numbers)
        return None if before is not None and before == after else "number"
    if old.islower() or new.islower():
        return None
    return "name" if _is_name(old, known.no_names, known.least) and _is_name(new, known.no_names, known.least) else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a language has: words for numbers, words that are no names, how many large ones in a row make a name."""

    numbers: Mapping[str, int]
    no_names: frozenset[str]
    stop: frozenset[int]
    least: int


@cache
def _known_words(language: str | None) -> _Known:
    table = phrases(language, "words")
    return _Known(
        numbers=table["numbers"],
        no_names=frozenset((*table["stop"], *table["days"], *_weekdays(language))),
        stop=keys(table["stop"]),
        least=2 if table["nouns_are_capitalised"] else 1,
    )


def _weekdays(language: str | None) -> list[str]:
    known = calendar()
    named = known.get((language or FALLBACK).split("-")[0], known[FALLBACK])["weekdays"]
    return [form for forms in named for form in forms.split("|")]


def _is_number(words: str, numbers: Mapping[str, int]) -> bool:
    """Whether words are nothing but a number: "163", "forty-one", "2.5"; a date or a time of day in words is none."""
    first = words.split(maxsplit=1)[0]
    if first.isalpha() and normal_form(first) not in numbers:
        return False
    return all((form[0].isdigit() and not form[-1].isalpha()) or form in numbers for form in _parts(words))


def _worth(words: str, numbers: Mapping[str, int]) -> float | None:
    """What a number in digits or words is worth; None where that is not exact."""
    total = group = 0.0  # "two thousand five hundred": 2,000 is counted already while 5 becomes 500
    for form in _parts(words):
        value = float(numbers[form]) if form in numbers else float(form) if form.isdecimal() else 0.0
        if not value:
            return None
        if form not in numbers or value < 100:
            group += value
        elif value == 100:
            group = max(group, 1.0) * value
        else:
            total, group = total + max(group, 1.0) * value, 0.0
    return total + group


def _parts(words: str) -> list[str]:
    together = _THOUSANDS.sub("", words)
    return [form for word in tokenize(together).forms for form in word.split("-") if form]


def _is_name(words: str, no_names: frozenset[str], least: int) -> bool:
    """Whether so many words in a row are capitalised: one in English, two where every noun is.

    Of more than a few words all have to be, but for those that stand in names too ("the", "of").
    """
    plain = [normal_form(w.strip(".,;:!?\"'")) in no_names for w in words.split()]
    named = [w[:1].isupper() and not p for w, p in zip(words.split(), plain, strict=True)]
    if len(named) > _FEW and not all(n or p for n, p in zip(named, plain, strict=True)):
        return False
    return any(all(named[i : i + least]) and len(named[i : i + least]) == least for i in range(len(named)))


_COVERED = 0.4  # of a sentence's characters that a shared passage holds: then it was neither dropped nor added
_RETOLD = 0.5  # of a sentence's telling words that one sentence of the other text has: then it was put in other words


def _sentences(kind: ChangeKind, article: Article, other: Article, shared: Sequence[Span]) -> Iterable[Change]:
    """Sentences that stand in no shared passage and are not retold in one sentence of the other text."""
    for sentence in _uncovered(article, merged(shared)):
        mine = _telling(article, sentence)
        if not mine or _is_retold(mine, other):
            continue
        words = " ".join(sentence.cut(article.text).split())
        place = (Place(article.id, sentence),)
        yield Change(kind, words, None, place) if kind == "sentence_dropped" else Change(kind, None, words, place)


def _uncovered(article: Article, covered: Sequence[Span]) -> list[Span]:
    """The sentences of which little stands in some spans; lines that lie within one are not even split."""
    lines = [s for s in wording(article).body if _inside(s, covered) < s.end - s.start]
    sentences = _whole_sentences(article, lines) if lines else []
    return [s for s in sentences if _inside(s, covered) < _COVERED * (s.end - s.start)]


def _inside(span: Span, covered: Sequence[Span]) -> int:
    start, end = span.start, span.end
    return sum([min(c.end, end) - max(c.start, start) for c in covered if c.start < end and c.end > start])


def _is_retold(mine: frozenset[int], other: Article) -> bool:
    """Whether one sentence of another text has most of some words; asked only if all of it has."""
    least = _RETOLD * len(mine)
    if len(mine & _vocabulary(other)) < least:
        return False
    return any(len(mine & theirs) >= least for theirs in _tellings(other))


@remembered(256)
def _vocabulary(article: Article) -> frozenset[int]:
    return frozenset(wording(article).keys)


@remembered(256)
def _tellings(article: Article) -> list[frozenset[int]]:
    return [_telling(article, s) for s in _whole_sentences(article, wording(article).body)]


def _whole_sentences(article: Article, within: Sequence[Span]) -> list[Span]:
    """Body sentences that end as sentences do: a heading between paragraphs is none."""
    spans = split_sentences(article.text, article.language, within)
    return [s for s in spans if _ENDED.search(article.text, s.start, s.end)]


def _telling(article: Article, sentence: Span) -> frozenset[int]:
    return frozenset(wording(article).cut(sentence)[0]) - _known_words(article.language).stop
