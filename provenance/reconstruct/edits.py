"""What each of two texts has that the other lacks: stretches outside the shared passages, and words changed in them.

Cues of direction between versions rest on this. All of it is the same seen from either side, with the sides exchanged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from provenance.model import Article, Passage, Span
from provenance.reconstruct.pair import Pair
from provenance.reconstruct.remembered import remembered
from provenance.reconstruct.wording import Keys, Wording, wording
from provenance.text import merged, normal_form


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that only one of two texts has.

    Attributes:
        span: where they stand.
        words: how many they are.
        instead: how many words only the other text has in the same place, between the same shared passages.
    """

    span: Span
    words: int
    instead: int = 0

    @property
    def is_put_in(self) -> bool:
        """Whether next to nothing stands in its place: a piece put in or left out, not one put in other words."""
        return self.instead <= _INSTEAD * self.words


_INSTEAD = 0.3  # of the words of a piece
_PHRASE = 15  # words; more in the same place is another sentence


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of the one text in whose place the other has others, by their normal forms, inside a shared passage.

    One of the two sides may be empty: then the words were put in or taken out.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    span_a: Span
    span_b: Span


@dataclass(frozen=True, slots=True)
class Edits:
    """The differences of two aligned texts.

    Attributes:
        only_a: stretches of a's body that stand in no shared passage, in order; ``only_b`` those of b.
        swaps: word differences inside the shared passages, and in short phrases between two of them.
    """

    only_a: tuple[Stretch, ...]
    only_b: tuple[Stretch, ...]
    swaps: tuple[Swap, ...]

    def pieces_a(self) -> list[Stretch]:
        """What a has and b lacks, outside the passages and within them."""
        return [*self.only_a, *(Stretch(s.span_a, len(s.a), len(s.b)) for s in self.swaps if s.a)]

    def pieces_b(self) -> list[Stretch]:
        """What b has and a lacks, outside the passages and within them."""
        return [*self.only_b, *(Stretch(s.span_b, len(s.b), len(s.a)) for s in self.swaps if s.b)]

    def turned(self) -> "Edits":
        """The same with *a* and *b* exchanged."""
        swaps = tuple(Swap(s.b, s.a, s.span_b, s.span_a) for s in self.swaps)
        return Edits(self.only_b, self.only_a, swaps)


def edits_of(pair: Pair) -> Edits:
    """The differences of a pair; a is the derived side.

    Cost: 0.1 to 0.3 ms a pair of news size; what both directions and ``own_ranges`` need is found once.
    """
    found = _compared(pair)
    swaps = tuple([s for a, b in found.compared for s in _swaps(found.one, found.other, a, b)])
    edits = Edits(*found.beside(), swaps)
    return edits if _is_first(pair) else edits.turned()


def own_stretches(pair: Pair) -> tuple[Sequence[Span], Sequence[Span]]:
    """Where the stretches stand that only the derived text has, and those that only the source has."""
    found = _compared(pair)
    sides = found.own(found.gaps_a), found.own(found.gaps_b)
    return sides if _is_first(pair) else sides[::-1]


Range = tuple[int, int]


def own_ranges(pair: Pair) -> tuple[list[Range], list[Range]]:
    """Start and end of all that only the derived text has, and only the source: stretches, and words in passages.

    Cost: a third of ``edits_of``, for nobody asks what the words are.
    """
    found = _compared(pair)
    one, other = found.one, found.other
    here = [(span.start, span.end) for span in found.own(found.gaps_a)]
    there = [(span.start, span.end) for span in found.own(found.gaps_b)]
    for side_a, side_b in found.compared:
        keys_a, starts_a, ends_a = one.cut(side_a)
        keys_b, starts_b, ends_b = other.cut(side_b)
        for at_a, end_a, at_b, end_b in unequal(keys_a, keys_b):
            if end_a > at_a:
                here.append((starts_a[at_a], ends_a[end_a - 1]))
            if end_b > at_b:
                there.append((starts_b[at_b], ends_b[end_b - 1]))
    return (here, there) if _is_first(pair) else (there, here)


def _is_first(pair: Pair) -> bool:
    """Whether the derived text comes first where two are compared: by the texts, file names change nothing."""
    derived, source = pair.derived.article, pair.source.article
    return (derived.text, derived.id) <= (source.text, source.id)


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """What stands between the shared passages of two texts, and which spans are to be compared word by word."""

    one: Wording
    other: Wording
    gaps_a: "Mapping[_Slot, Stretch]"
    gaps_b: "Mapping[_Slot, Stretch]"
    small: "frozenset[_Slot]"
    compared: Sequence[tuple[Span, Span]]

    def own(self, gaps: "Mapping[_Slot, Stretch]") -> list[Span]:
        return [stretch.span for slot, stretch in gaps.items() if slot not in self.small]

    def beside(self) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        return _beside(self.gaps_a, self.gaps_b, self.small), _beside(self.gaps_b, self.gaps_a, self.small)


def _compared(pair: Pair) -> _Compared:
    derived, source, passages = pair.derived.article, pair.source.article, pair.shared.passages
    if _is_first(pair):
        return _between(derived, source, passages)
    mirrored = pair.mirror.passages if pair.mirror is not None else pair.shared.turned().passages
    return _between(source, derived, mirrored)


@remembered(4)  # several cues ask of one pair, then of the same pair the other way round
def _between(first: Article, second: Article, passages: tuple[Passage, ...]) -> _Compared:
    one, other = wording(first), wording(second)
    gaps_a = _gaps(one, [p.a for p in passages])
    gaps_b = _gaps(other, [p.b for p in passages])
    small = _small_gaps(gaps_a, gaps_b)
    compared = [(gaps_a[slot].span, gaps_b[slot].span) for slot in small]
    compared += [(p.a, p.b) for p in passages if p.kind != "verbatim"]
    compared.sort(key=_both_places)
    return _Compared(one, other, gaps_a, gaps_b, frozenset(small), compared)


def _both_places(spans: tuple[Span, Span]) -> tuple[int, int, int, int]:
    one, other = spans
    return one.start, one.end, other.start, other.end


# Where a stretch stands: the numbers of the shared passages before and after it; -1 the beginning, -2 the end.
_Slot = tuple[int, int]


def _gaps(words: Wording, shared: Sequence[Span]) -> dict[_Slot, Stretch]:
    """The stretches of a body between shared passages; a stretch may run over several lines."""
    by_start = sorted([(s.start, s.end, i) for i, s in enumerate(shared)])
    by_end = sorted([(s.end, i) for i, s in enumerate(shared)])
    starts, ends = [start for start, _, _ in by_start], [end for end, _ in by_end]
    length = len(words.text)
    cover = [*merged(shared), Span(length, length)]
    found: dict[_Slot, Stretch] = {}
    for start, end in zip([0, *[s.end for s in cover]], [s.start for s in cover], strict=False):
        stretch = _stretch(words, start, end)
        if stretch is not None:
            before, after = bisect_right(ends, start), bisect_left(starts, end)
            slot = (by_end[before - 1][1] if before else -1, by_start[after][2] if after < len(by_start) else -2)
            found[slot] = stretch
    return found


def _small_gaps(gaps_a: Mapping[_Slot, Stretch], gaps_b: Mapping[_Slot, Stretch]) -> list[_Slot]:
    """Where both texts have a few words: a phrase in other words, too near the edge of a passage to be within it."""
    return [s for s in gaps_a if s in gaps_b and max(gaps_a[s].words, gaps_b[s].words) <= _PHRASE]


def _beside(
    mine: Mapping[_Slot, Stretch], theirs: Mapping[_Slot, Stretch], but: Collection[_Slot]
) -> tuple[Stretch, ...]:
    """The stretches of one text, with how many words the other has in the same place, beside either neighbour."""
    after_it: dict[int, int] = {}
    before_it: dict[int, int] = {}
    for (before, after), stretch in theirs.items():
        after_it[before] = max(after_it.get(before, 0), stretch.words)
        before_it[after] = max(before_it.get(after, 0), stretch.words)
    return tuple(
        Stretch(s.span, s.words, max(after_it.get(before, 0), before_it.get(after, 0)))
        for (before, after), s in mine.items()
        if (before, after) not in but
    )


def _stretch(words: Wording, start: int, end: int) -> Stretch | None:
    """From the first body word between two offsets to the marks that follow the last; None where there is no word."""
    place = words.body_words(start, end) if end > start else None
    if place is None:
        return None
    first, last, n = place
    last_piece = bisect_left(words.begins, end) - 1
    after = _MARKS.match(words.text, last, min(words.body[last_piece].end, end))
    return Stretch(Span(first, after.end() if after else last), n)


_MARKS = re.compile(r"\S*")


def _swaps(one: Wording, other: Wording, side_a: Span, side_b: Span) -> Iterable[Swap]:
    """The words that differ between two stretches, as ranges between equal words."""
    for span_a, span_b, (starts_a, ends_a, starts_b, ends_b) in _changed(one, other, side_a, side_b):
        forms_a = [normal_form(one.text[start:end]) for start, end in zip(starts_a, ends_a, strict=True)]
        forms_b = [normal_form(other.text[start:end]) for start, end in zip(starts_b, ends_b, strict=True)]
        yield Swap(tuple(forms_a), tuple(forms_b), span_a, span_b)


# Where the words of a range begin and end, on either side.
_Bounds = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


def _changed(one: Wording, other: Wording, side_a: Span, side_b: Span) -> Iterable[tuple[Span, Span, _Bounds]]:
    """Where words differ between two stretches."""
    keys_a, starts_a, ends_a = one.cut(side_a)
    keys_b, starts_b, ends_b = other.cut(side_b)
    for at_a, end_a, at_b, end_b in unequal(keys_a, keys_b):
        span_a = _span(starts_a, ends_a, at_a, end_a, side_a)
        span_b = _span(starts_b, ends_b, at_b, end_b, side_b)
        yield span_a, span_b, (starts_a[at_a:end_a], ends_a[at_a:end_a], starts_b[at_b:end_b], ends_b[at_b:end_b])


def unequal(before: Keys, after: Keys) -> Iterable[tuple[int, int, int, int]]:
    """The ranges of words that stand between equal words: from and to in the one, from and to in the other."""
    size_a, size_b = len(before), len(after)
    if size_a == size_b == 1:
        return [] if before[0] == after[0] else [(0, 1, 0, 1)]
    if (size_a < _SMALL or size_b < _SMALL) and set(before).isdisjoint(after):
        return [(0, size_a, 0, size_b)] if size_a or size_b else []
    found = []
    at_a = at_b = 0
    for block in Indel.opcodes(before, after).as_matching_blocks():  # the last one is empty, at the very end
        if block.a > at_a or block.b > at_b:
            found.append((at_a, block.a, at_b, block.b))
        at_a, at_b = block.a + block.size, block.b + block.size
    return found


_SMALL = 16  # words; of so few it is quickly seen that none is common


def _span(starts: Sequence[int], ends: Sequence[int], first: int, end: int, side: Span) -> Span:
    """Where words stand; of no words, the empty place where they would."""
    if end > first:
        return Span(starts[first], ends[end - 1])
    at = ends[first - 1] if first else side.start
    return Span(at, at)


# --- what kind of text it is ------------------------------------------------------------------------------------------

# the start of a heading, of a list's item, of a numbered clause, of a quoted or fenced block
_MARK = re.compile(
    r"^[ \t]*(?:[#*•–|>`=-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)][ \t]|\d+(?:\.\d+)+[ \t])", re.MULTILINE
)
_MARKED_LINES = 6  # lines of both texts; news texts have none, two versions of a manual or a licence dozens


@lru_cache(maxsize=1024)
def marked_lines(text: str) -> int:
    """How many lines begin a heading, a list's item or a numbered clause.

    >>> marked_lines("# Boats" + chr(10) + "We have these:" + chr(10) + "- oars" + chr(10) + "2. a sail")
    3
    """
    return sum(1 for _ in _MARK.finditer(text))


def are_sectioned(pair: Pair) -> bool:
    """Whether two texts are built of headings, lists and clauses, as manuals and contracts are and news is not."""
    return marked_lines(pair.derived.article.text) + marked_lines(pair.source.article.text) >= _MARKED_LINES
