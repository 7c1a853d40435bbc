"""What each of two texts has that the other lacks: stretches outside the shared passages, and words changed in them.

Cues of direction between versions rest on this. All of it is the same seen from either side, with the sides exchanged.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from provenance.model import Article, Passage, Span
from provenance.reconstruct.pair import Pair
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

    Cost: 0.1 to 0.3 ms a pair of news size, once for both directions.
    """
    asked = (pair.derived.article, pair.source.article, pair.shared.passages)
    for seen, found in _LATELY:
        if all(one is other for one, other in zip(asked, seen, strict=True)):
            return found
    found = _edits_of(pair)
    _LATELY.append((asked, found))
    if pair.mirror is not None:
        _LATELY.append(((asked[1], asked[0], pair.mirror.passages), found.turned()))
    return found


# What was asked lately: several cues ask of one pair, then of the same pair the other way round.
_LATELY: deque[tuple[tuple[Article, Article, tuple[Passage, ...]], Edits]] = deque(maxlen=4)


def _edits_of(pair: Pair) -> Edits:
    derived, source, passages = pair.derived.article, pair.source.article, pair.shared.passages
    if (derived.text, derived.id) <= (source.text, source.id):  # by the texts: file names change nothing
        return _edits(wording(derived), wording(source), passages)
    mirrored = pair.mirror.passages if pair.mirror is not None else pair.shared.turned().passages
    return _edits(wording(source), wording(derived), mirrored).turned()


def _edits(one: Wording, other: Wording, passages: Sequence[Passage]) -> Edits:
    gaps_a = _gaps(one, [p.a for p in passages])
    gaps_b = _gaps(other, [p.b for p in passages])
    small = _small_gaps(gaps_a, gaps_b)
    rewritten = [(gaps_a[slot].span, gaps_b[slot].span) for slot in small]
    compared = sorted([*rewritten, *((p.a, p.b) for p in passages if p.kind != "verbatim")])
    swaps = tuple(s for a, b in compared for s in _swaps(one, other, a, b))
    return Edits(_beside(gaps_a, gaps_b, small), _beside(gaps_b, gaps_a, small), swaps)


# Where a stretch stands: the numbers of the shared passages before and after it; -1 the beginning, -2 the end.
_Slot = tuple[int, int]


def _gaps(words: Wording, shared: Sequence[Span]) -> dict[_Slot, Stretch]:
    """The stretches of a body between shared passages; a stretch may run over several lines."""
    order = sorted(range(len(shared)), key=lambda i: shared[i])
    starts, ends = [shared[i].start for i in order], sorted(shared[i].end for i in order)
    by_end = sorted(range(len(shared)), key=lambda i: shared[i].end)
    length = len(words.text)
    cover = [*merged(shared), Span(length, length)]
    found: dict[_Slot, Stretch] = {}
    for start, end in zip([0, *(s.end for s in cover)], [s.start for s in cover], strict=False):
        stretch = _stretch(words, start, end)
        if stretch is not None:
            before, after = bisect_right(ends, start), bisect_left(starts, end)
            slot = (by_end[before - 1] if before else -1, order[after] if after < len(order) else -2)
            found[slot] = stretch
    return found


def _small_gaps(gaps_a: Mapping[_Slot, Stretch], gaps_b: Mapping[_Slot, Stretch]) -> list[_Slot]:
    """Where both texts have a few words: a phrase in other words, too near the edge of a passage to be within it."""
    return [s for s in gaps_a if s in gaps_b and max(gaps_a[s].words, gaps_b[s].words) <= _PHRASE]


def _beside(
    mine: Mapping[_Slot, Stretch], theirs: Mapping[_Slot, Stretch], but: Sequence[_Slot]
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
    last_piece = bisect_left(words.begins, end) - 1
    place = words.body_words(start, end) if last_piece >= 0 and words.body[last_piece].end > start else None
    if place is None:
        return None
    first, last, n = place
    after = _MARKS.match(words.text, last, min(words.body[last_piece].end, end))
    return Stretch(Span(first, after.end() if after else last), n)


_MARKS = re.compile(r"\S*")


def _swaps(one: Wording, other: Wording, side_a: Span, side_b: Span) -> Iterable[Swap]:
    """The words that differ between two stretches, as ranges between equal words."""
    keys_a, starts_a, ends_a = one.cut(side_a)
    keys_b, starts_b, ends_b = other.cut(side_b)
    for at_a, end_a, at_b, end_b in unequal(keys_a, keys_b):
        span_a = _span(starts_a, ends_a, at_a, end_a, side_a)
        span_b = _span(starts_b, ends_b, at_b, end_b, side_b)
        forms_a = [normal_form(one.text[starts_a[k] : ends_a[k]]) for k in range(at_a, end_a)]
        forms_b = [normal_form(other.text[starts_b[k] : ends_b[k]]) for k in range(at_b, end_b)]
        yield Swap(tuple(forms_a), tuple(forms_b), span_a, span_b)


def unequal(before: Keys, after: Keys) -> Iterable[tuple[int, int, int, int]]:
    """The ranges of words that stand between equal words: from and to in the one, from and to in the other."""
    at_a = at_b = 0
    for code in [*Indel.opcodes(before, after), None]:
        if code is not None and code.tag != "equal":
            continue
        end_a, end_b = (code.src_start, code.dest_start) if code else (len(before), len(after))
        if end_a > at_a or end_b > at_b:
            yield at_a, end_a, at_b, end_b
        if code:
            at_a, at_b = code.src_end, code.dest_end


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
