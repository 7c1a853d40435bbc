"""Texts cut into pieces: the words of a passage that the other side has not, and an article's stretches."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import Span
from provenance.report.wording import printable
from provenance.text import Words, tokenize


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a passage; ``differs`` where the other side has not got them, ``is_frame`` in the page's frame."""

    text: str
    differs: bool
    is_frame: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an article that is shown in one way.

    Attributes:
        start: its offset in the article's text, by which a page links to it.
        text: the words, safe to print.
        reason: why it is no article text, None for body.
        passages: numbers of the passages that cover it, as they were given.
        opens: those of them that begin here.
    """

    start: int
    text: str
    reason: str | None
    passages: tuple[int, ...]
    opens: tuple[int, ...]


def differences(a: str, in_a: Span, b: str, in_b: Span) -> tuple[list[Span], list[Span]]:
    """Where either side of a passage has words that the other has not; case and punctuation do not count.

    >>> a, b = "The old pier shut.", "The pier shut early."
    >>> [[s.cut(t) for s in side] for t, side in zip((a, b), differences(a, Span(0, 18), b, Span(0, 20)))]
    [['old'], ['early']]
    """
    from rapidfuzz.distance import Indel

    left, right = tokenize(a, [in_a]), tokenize(b, [in_b])
    steps = Indel.opcodes(left.forms, right.forms)
    only_left = [_over(left, s.src_start, s.src_end) for s in steps if s.tag == "delete"]
    only_right = [_over(right, s.dest_start, s.dest_end) for s in steps if s.tag == "insert"]
    return only_left, only_right


def _over(words: Words, first: int, last: int) -> Span:
    return Span(words.starts[first], words.ends[last - 1])


def pieces(text: str, span: Span, differing: Iterable[Span], frame: Iterable[Span] = ()) -> tuple[Piece, ...]:
    """A stretch of a text cut at the words that differ, safe to print.

    Args:
        text: the whole text.
        span: the stretch.
        differing: the words that the other side has not, in order.
        frame: stretches of the text that are no article text.

    >>> [(p.text, p.differs) for p in pieces("The old pier shut.", Span(0, 18), [Span(4, 7)])]
    [('The ', False), ('old', True), (' pier shut.', False)]
    """
    differing = list(differing)
    frame = [mark for mark in frame if mark.start < span.end and span.start < mark.end]
    ends = {at for cut in (*differing, *frame) for at in (cut.start, cut.end)}
    cuts = sorted({span.start, span.end, *(at for at in ends if span.start < at < span.end)})
    found = [
        Piece(printable(text[start:end]), _covers(differing, start), _covers(frame, start))
        for start, end in pairwise(cuts)
    ]
    return tuple(piece for piece in found if piece.text)


def _covers(spans: Iterable[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)


def stretches(
    text: str, boilerplate: Iterable[tuple[Span, str]], passages: Iterable[tuple[int, Span]]
) -> list[Stretch]:
    """An article's text cut wherever a passage or a stretch of boilerplate begins or ends.

    Args:
        text: the article's text.
        boilerplate: stretches that are no article text, with the reason; disjoint.
        passages: numbered spans, which may overlap.

    Returns:
        The whole text in order, nothing left out.

    >>> [(s.start, s.text, s.passages) for s in stretches("one two three", [], [(7, Span(4, 7))])]
    [(0, 'one ', ()), (4, 'two', (7,)), (7, ' three', ())]
    """
    frame, shared = list(boilerplate), list(passages)
    spans = [*(span for span, _ in frame), *(span for _, span in shared)]
    cuts = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    return [
        Stretch(
            start=start,
            text=printable(text[start:end]),
            reason=next((reason for s, reason in frame if s.start <= start < s.end), None),
            passages=tuple(n for n, s in shared if s.start <= start < s.end),
            opens=tuple(n for n, s in shared if s.start == start < s.end),
        )
        for start, end in pairwise(cuts)
    ]
