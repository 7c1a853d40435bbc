"""The words of articles and where they stand: read once an article and cut as often as pairs ask for them.

A word is known by the 64-bit hash (xxh3) of its normal form, as the kernel for large piles gives it: to compare words
is to compare numbers, and the few forms that somebody wants to see are made of the text again.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import xxhash

from provenance.model import Article, Span
from provenance.text import normal_form, tokenize

Thing = TypeVar("Thing")
Keys = Sequence[int]  # hashes of normal forms
_KEPT = 4096  # articles, at about 12 kB; those of one family follow one another
_AT_ONCE = 256  # things; the words of their articles fit in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of an article in order: keys and offsets, three sequences of one length.

    Attributes:
        text: of the article.
        body: the lines and pieces of lines that take part in matching, and where each begins.
        between: from and to of what lies between the stretches that do not take part.
        pieces: the same as numbers of words, first and end; None where a word lies only in part between them.
    """

    text: str
    body: tuple[Span, ...]
    begins: Sequence[int]
    between: Sequence[tuple[int, int]]
    pieces: Sequence[tuple[int, int]] | None
    keys: Keys
    starts: Sequence[int]
    ends: Sequence[int]

    def form(self, at: int) -> str:
        """The normal form of a word."""
        return normal_form(self.text[self.starts[at] : self.ends[at]])

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Which words stand between two offsets, as first and end; None where an offset is within a word."""
        first, stop = bisect_left(self.starts, start), bisect_right(self.ends, end)
        if (first and self.ends[first - 1] > start) or (stop < len(self.starts) and self.starts[stop] < end):
            return None
        return first, max(first, stop)

    def cut(self, span: Span) -> tuple[Keys, Sequence[int], Sequence[int]]:
        """The words of a span as keys, starts and ends; what it cuts off a word is read by itself."""
        found = self.within(span.start, span.end)
        if found is None:
            return _read(self.text, (span,))
        first, stop = found
        return self.keys[first:stop], self.starts[first:stop], self.ends[first:stop]

    def body_words(self, start: int, end: int) -> tuple[int, int, int] | None:
        """Of the body words between two offsets: where they begin, where they end, and how many they are."""
        found = self.within(start, end)
        if found is None or self.pieces is None:
            return self._body_words_cut(start, end)
        first, stop = found
        if first == stop:
            return None
        parts = [(max(a, first), min(b, stop)) for a, b in self.pieces if a < stop and b > first]
        return (
            (self.starts[parts[0][0]], self.ends[parts[-1][1] - 1], sum([b - a for a, b in parts])) if parts else None
        )

    def _body_words_cut(self, start: int, end: int) -> tuple[int, int, int] | None:
        """The same where a word may lie across one of the limits."""
        pieces = [(max(a, start), min(b, end)) for a, b in self.between if a < end and b > start]
        places = [place for piece in pieces if (place := self._place(*piece)) is not None]
        return (places[0][0], places[-1][1], sum([n for _, _, n in places])) if places else None

    def _place(self, start: int, end: int) -> tuple[int, int, int] | None:
        found = self.within(start, end)
        if found is None:
            _, starts, ends = self.cut(Span(start, end))
            return (starts[0], ends[-1], len(starts)) if starts else None
        first, stop = found
        return (self.starts[first], self.ends[stop - 1], stop - first) if stop > first else None


@lru_cache(maxsize=1 << 15)
def key(form: str) -> int:
    """What a normal form is known by."""
    return xxhash.xxh3_64_intdigest(form.encode("utf-8", "surrogatepass"))


def keys(forms: Iterable[str]) -> frozenset[int]:
    return frozenset(map(key, forms))


_known: dict[int, tuple[Article, Wording]] = {}  # by the identity of the article, which is kept along


def wording(article: Article) -> Wording:
    """The words of an article.

    Cost: about 0.3 ms for 500 words, once while the article is asked about again and again; see ``read_ahead``.
    """
    kept = _known.get(id(article))
    if kept is not None and kept[0] is article:
        return kept[1]
    return _keep(article, *_read(article.text))


def read_ahead(
    things: Iterable[Thing], articles: Callable[[Thing], Iterable[Article]], with_kernel: bool
) -> Iterator[Thing]:
    """Gives things on as they are, the words of their articles read with the compiled kernel, some hundred at once.

    Args:
        things: for instance pairs, those of one family after another.
        articles: those whose words will be asked about while a thing is looked at.
        with_kernel: else nothing is read ahead.

    Cost: about 0.03 ms an article of 500 words.
    """
    things = iter(things)
    while batch := list(islice(things, _AT_ONCE)):
        if with_kernel:
            _read_together([a for a in {id(a): a for x in batch for a in articles(x)}.values() if id(a) not in _known])
        yield from batch


def _read_together(articles: Sequence[Article]) -> None:
    from provenance.kernels.words import words_of_texts

    if len(_known) + len(articles) > _KEPT:
        _known.clear()
    table = words_of_texts([a.text for a in articles])
    for article, first, stop in zip(articles, table.first.tolist(), table.first[1:].tolist(), strict=False):
        _keep(
            article,
            array("Q", table.hashes[first:stop].tobytes()),
            array("i", table.starts[first:stop].tobytes()),
            array("i", table.ends[first:stop].tobytes()),
        )


def _read(text: str, within: Sequence[Span] | None = None) -> tuple[Keys, Sequence[int], Sequence[int]]:
    words = tokenize(text, within)
    return array("Q", map(key, words.forms)), array("i", words.starts), array("i", words.ends)


def _pieces(
    between: Sequence[tuple[int, int]], starts: Sequence[int], ends: Sequence[int]
) -> Sequence[tuple[int, int]] | None:
    found = []
    for start, end in between:
        first, stop = bisect_left(starts, start), bisect_right(ends, end)
        if (first and ends[first - 1] > start) or (stop < len(starts) and starts[stop] < end):
            return None
        if stop > first:
            found.append((first, stop))
    return found


def _keep(article: Article, keys: Keys, starts: Sequence[int], ends: Sequence[int]) -> Wording:
    body = article.body
    cuts = [0, *(at for m in article.boilerplate for at in (m.span.start, m.span.end)), len(article.text)]
    between = list(zip(cuts[::2], cuts[1::2], strict=True))
    found = Wording(
        article.text, body, [s.start for s in body], between, _pieces(between, starts, ends), keys, starts, ends
    )
    if len(_known) >= _KEPT:
        _known.clear()
    _known[id(article)] = (article, found)
    return found
