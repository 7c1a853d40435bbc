"""What differs between a source and the text derived from it, in a few lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from provenance.model import Change, Derivation
from provenance.report.columns import shorten
from provenance.report.wording import Names, counted, plain, quote, some

_LONGEST = 90  # columns of a quoted sentence


def change_lines(names: Names, arrow: Derivation, most: int = 5) -> list[str]:
    """One line for each kind of change on the way of an arrow, none where nothing is worth telling.

    An excerpt, and a part of a text, leaves out most of its source by its nature: only numbers and names are told.

    Args:
        names: the articles of the trace.
        arrow: the derivation.
        most: how many changes of one kind are told before the others are counted.
    """
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in arrow.changes:
        if not _is_picture(names, change):
            by_kind[change.kind].append(change)
    lines = _words("headline", by_kind["headline"], most) if _is_whole(arrow) else []
    lines += [*_words("numbers", by_kind["number"], most), *_words("names", by_kind["name"], most)]
    if _is_whole(arrow):
        lines += [*_credits(by_kind["credit"], most), *_sentences(by_kind)]
    return lines


def _is_whole(arrow: Derivation) -> bool:
    return arrow.is_primary and arrow.kind != "excerpted"


def _is_picture(names: Names, change: Change) -> bool:
    """Whether a change is about the credit of a picture, which says nothing of the text."""
    if change.kind != "credit":
        return False
    articles = (names.articles[p.article] for p in change.places if p.article in names.articles)
    pictures = {(c.article, c.span) for a in articles for c in a.credits if c.tier == "D"}
    return any((p.article, p.span) in pictures for p in change.places)


def _words(what: str, found: Iterable[Change], most: int) -> list[str]:
    said = list(dict.fromkeys(_became(c) for c in found))
    return [f"{what}: {some(said, most, '; ')}"] if said else []


def _became(change: Change) -> str:
    if change.source and change.derived:
        return f"{_quoted(change.source)} became {_quoted(change.derived)}"
    return f"{_quoted(change.source)} is gone" if change.source else f"{_quoted(change.derived or '')} is new"


def _credits(found: list[Change], most: int) -> Iterator[str]:
    gone = [_quoted(c.source) for c in found if c.source and not c.derived]
    new = [_quoted(c.derived) for c in found if c.derived and not c.source]
    yield from _words("credits", (c for c in found if c.source and c.derived), most)
    if gone:
        yield f"no longer named: {some(gone, most, '; ')}"
    if new:
        yield f"newly named: {some(new, most, '; ')}"


def _sentences(by_kind: dict[str, list[Change]]) -> Iterator[str]:
    gone = [_quoted(c.source or "") for c in by_kind["sentence_dropped"]]
    new = [_quoted(c.derived or "") for c in by_kind["sentence_added"]]
    if gone:
        yield f"shortened: {counted(len(gone), 'sentence')} not printed, {_example(gone)}"
    if new:
        yield f"new: {counted(len(new), 'sentence')}, {_example(new)}"


def _example(sentences: list[str]) -> str:
    return sentences[0] if len(sentences) == 1 else f"such as {sentences[0]}"


def _quoted(words: str) -> str:
    return quote(shorten(plain(words), _LONGEST))
