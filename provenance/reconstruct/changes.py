"""What changed between a source and the text derived from it: numbers, names, credits, headline, sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Indel

from provenance.model import Article, Change, ChangeKind, Credit, DerivationKind, Passage, Place, Span
from provenance.phrases import FALLBACK, calendar, phrases
from provenance.reconstruct.pair import Context, Pair, Text
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
    inside = [change for passage in pair.shared.passages for change in _words(source, derived, passage)]
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
    if passage.kind == "verbatim":
        return
    before, after = tokenize(source.text, (passage.b,)), tokenize(derived.text, (passage.a,))
    for old, new in _replaced(before.forms, after.forms):
        if not (0 < old[1] - old[0] <= _LONG and 0 < new[1] - new[0] <= _LONG):
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
    table = phrases(language, "words")
    if _is_number(old, table["numbers"]) and _is_number(new, table["numbers"]):
        before, after = _worth(old, table["numbers"]), _worth(new, table["numbers"])
        return None if before is not None and before == after else "number"
    least = 2 if table["nouns_are_capitalised"] else 1
    no_names = frozenset((*table["stop"], *table["days"], *_weekdays(language)))
    return "name" if _is_name(old, no_names, least) and _is_name(new, no_names, least) else None


def _weekdays(language: str | None) -> list[str]:
    known = calendar()
    named = known.get((language or FALLBACK).split("-")[0], known[FALLBACK])["weekdays"]
    return [form for forms in named for form in forms.split("|")]


def _is_number(words: str, numbers: Mapping[str, int]) -> bool:
    """Whether words are nothing but a number: "163", "forty-one", "2.5"; a date or a time of day in words is none."""
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
    covered = merged(shared)
    retold = [_telling(s.cut(other.text), other.language) for s in _whole_sentences(other)]
    for sentence in _whole_sentences(article):
        inside = sum(max(0, min(s.end, sentence.end) - max(s.start, sentence.start)) for s in covered)
        mine = _telling(sentence.cut(article.text), article.language)
        if inside >= _COVERED * (sentence.end - sentence.start) or not mine:
            continue
        if any(len(mine & theirs) >= _RETOLD * len(mine) for theirs in retold):
            continue
        words = " ".join(sentence.cut(article.text).split())
        place = (Place(article.id, sentence),)
        yield Change(kind, words, None, place) if kind == "sentence_dropped" else Change(kind, None, words, place)


def _whole_sentences(article: Article) -> list[Span]:
    """Body sentences that end as sentences do: a heading between paragraphs is none."""
    spans = split_sentences(article.text, article.language, article.body)
    return [s for s in spans if _ENDED.search(article.text, s.start, s.end)]


def _telling(words: str, language: str | None) -> frozenset[str]:
    return frozenset(tokenize(words).forms) - frozenset(phrases(language, "words")["stop"])
