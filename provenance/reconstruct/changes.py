"""What changed between a source and the text derived from it: numbers, names, credits, headline, sentences."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from provenance.model import Article, Change, ChangeKind, Credit, Passage, Place, Span
from provenance.phrases import phrases
from provenance.reconstruct.direction import Context, Pair, Text
from provenance.text import merged, normal_form, split_sentences, tokenize

_DIGIT = re.compile(r"\d")
_FEW = 3  # words on either side that a changed number or name may come with


def changes_between(pair: Pair, context: Context) -> tuple[Change, ...]:
    """All changes, in the order headline, credits, numbers and names, sentences.

    Args:
        pair: derived, source and what they share.
        context: for the common form of names.
    """
    found: list[Change] = [*_headline(pair.source, pair.derived), *_credits(pair.source, pair.derived, context)]
    for passage in pair.shared.passages:
        found += _words(pair.source.article, pair.derived.article, passage)
    found += _sentences("sentence_dropped", pair.source.article, [p.b for p in pair.shared.passages])
    found += _sentences("sentence_added", pair.derived.article, [p.a for p in pair.shared.passages])
    return tuple(found)


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
    return {context.canonical(c.source_name): c for c in credits if c.kind != "copyright_own"}


def _named(text: Text, context: Context) -> set[str]:
    return {context.canonical(text.name)} if text.name else set()


def _said(credit: Credit) -> str:
    return " ".join(credit.text.split())


def _place(credit: Credit) -> tuple[Place, ...]:
    return (Place(credit.article, credit.span),) if credit.span else ()


def _words(source: Article, derived: Article, passage: Passage) -> Iterable[Change]:
    """Numbers and names that differ inside one passage."""
    if passage.kind == "verbatim":
        return
    before, after = tokenize(source.text, (passage.b,)), tokenize(derived.text, (passage.a,))
    for old, new in _replaced(before.forms, after.forms):
        if not (0 < old[1] - old[0] <= _FEW and 0 < new[1] - new[0] <= _FEW):
            continue
        old_span = Span(before.starts[old[0]], before.ends[old[1] - 1])
        new_span = Span(after.starts[new[0]], after.ends[new[1] - 1])
        kind = _kind(old_span.cut(source.text), new_span.cut(derived.text), source.language)
        if kind:
            places = (Place(source.id, old_span), Place(derived.id, new_span))
            yield Change(kind, old_span.cut(source.text), new_span.cut(derived.text), places)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Word ranges that stand for one another between equal words."""
    at_a = at_b = 0
    for code in [*Indel.opcodes(before, after), None]:
        if code is not None and code.tag != "equal":
            continue
        end_a, end_b = (code.src_start, code.dest_start) if code else (len(before), len(after))
        if end_a > at_a and end_b > at_b:
            yield (at_a, end_a), (at_b, end_b)
        if code:
            at_a, at_b = code.src_end, code.dest_end


def _kind(old: str, new: str, language: str | None) -> ChangeKind | None:
    numbers = frozenset(phrases(language, "words").get("numbers", ()))
    if _is_number(old, numbers) and _is_number(new, numbers):
        return "number"
    stop = frozenset(phrases(language, "words")["stop"])
    return "name" if _is_name(old, stop) and _is_name(new, stop) else None


def _is_number(words: str, numbers: frozenset[str]) -> bool:
    return bool(_DIGIT.search(words)) or any(normal_form(w) in numbers for w in words.split())


def _is_name(words: str, stop: frozenset[str]) -> bool:
    return any(w[:1].isupper() and normal_form(w.strip(".,;:!?\"'")) not in stop for w in words.split())


def _sentences(kind: ChangeKind, article: Article, shared: Sequence[Span]) -> Iterable[Change]:
    """Sentences of which less than two fifths stand in a shared passage."""
    covered = merged(shared)
    for sentence in split_sentences(article.text, article.language, article.body):
        inside = sum(max(0, min(s.end, sentence.end) - max(s.start, sentence.start)) for s in covered)
        if inside < 0.4 * (sentence.end - sentence.start):
            words = " ".join(sentence.cut(article.text).split())
            place = (Place(article.id, sentence),)
            yield Change(kind, words, None, place) if kind == "sentence_dropped" else Change(kind, None, words, place)
