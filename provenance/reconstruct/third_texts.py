"""What third texts of the pile tell about an arrow: words that stand in them too, but not on both of its ends."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from provenance.model import Passage, Span
from provenance.reconstruct.clocks import lag
from provenance.reconstruct.pair import Context, Finding, Pair, Text, both_ways, display_name
from provenance.reconstruct.remembered import remembered
from provenance.text import merged

_NOTHING_MISSING = 0.95  # share from which no stretch worth naming can have come from elsewhere
_STRETCH = 100  # characters; shorter stretches are phrases that two reporters hit upon
_THIRDS = 20  # third texts looked at for a pair; a crowd of reprints says the same again and again


def third_party_deficit(pair: Pair, context: Context) -> Finding | None:
    """Text of the derived that stands in third articles, but not in this source, came from elsewhere.

    What it credits to a third article, or may have from a wire, is no reason against this source: it took from both.
    """
    if pair.shared.share_a >= _NOTHING_MISSING:
        return None
    mine = counted_spans(pair.shared.passages)
    total = _length(mine)
    explained = {pair.source.article.id, *(c.resolved_to for c in pair.derived.credits if c.tier != "D")}
    attested = [
        span
        for other in context.others.get(pair.derived.article.id, ())
        if other.b not in explained | context.wires and not later(other.b, pair.derived, context)
        for span in counted_spans(other.passages)
    ]
    missing = _outside(merged(attested), mine)
    if missing < _STRETCH or not total:
        return None
    words = round(missing / 6)
    detail = f"about {words} of its words stand in other articles of the pile, but not in {display_name(pair.source)}"
    return Finding("third_party_deficit", grown(missing / (total + missing)), detail)


def third_text_conflict(pair: Pair, context: Context) -> Finding | None:
    """A third text shares with each of two what the other lacks: neither of the two can be all that the other had.

    Whoever takes from a text has nothing else in common with a third one than what it found there or sent on; so in a
    chain or a star one of the two remainders is empty. (The four-gamete test of phylogeny, for stretches of text.)
    """
    between = _length(counted_spans(pair.shared.passages))
    if _rest(pair.derived, counted_spans(pair.shared.passages)) < _STRETCH:
        return None
    if _rest(pair.source, _source_side(pair.shared.passages)) < _STRETCH:
        return None
    (worst, id), _ = _most_left_over(pair, context) or _NO_ONE
    if worst < _STRETCH or not between:
        return None
    detail = f"{id} shares with each of the two what the other lacks"
    return Finding("third_text_conflict", grown(worst / (worst + between)), detail)


_NO_ONE = ((0, ""), (0, ""))


def _rest(text: Text, shared: Sequence[Span]) -> int:
    """How many characters of a text others could share that lie outside what is shared; never too few."""
    return len(text.article.text) - _length(shared)


@both_ways
def _most_left_over(pair: Pair, context: Context) -> tuple[tuple[int, str], tuple[int, str]]:
    """Characters that a third text shares with each end of an arrow and not with the other: the smaller number.

    Of the third text with most of them, and its id; (0, "") where none has enough. Either way round it is the same.
    """
    here, there = counted_spans(pair.shared.passages), _source_side(pair.shared.passages)
    worst, id = _STRETCH, ""
    for third, of_derived, of_source in _thirds(pair, context):
        if min(of_derived.length, of_source.length) < worst:
            continue
        in_derived = _outside(of_derived.spans, here)
        if in_derived >= worst:
            worst, id = max((worst, id), (min(in_derived, _outside(of_source.spans, there)), third))
    found = (worst, id) if id else (0, "")
    return found, found


class _Shared(NamedTuple):
    """Where an article has what it shares with another, and how many characters that is."""

    spans: tuple[Span, ...]
    length: int


def _thirds(pair: Pair, context: Context) -> Iterator[tuple[str, _Shared, _Shared]]:
    """Every third article that shares text with both ends of an arrow: its id, and what it shares with each."""
    near_derived = _by_other(pair.derived.article.id, context)
    near_source = _by_other(pair.source.article.id, context)
    both = ((id, shared, near_source[id]) for id, shared in near_derived.items() if id in near_source)
    return islice(both, _THIRDS)


@remembered(1 << 14)
def _by_other(article: str, context: Context) -> Mapping[str, _Shared]:
    """What an article shares with each other one, by the other's id and in the order of ids."""
    found = {x.b: counted_spans(x.passages) for x in context.others.get(article, ())}
    return {id: _Shared(spans, _length(spans)) for id, spans in found.items()}


def only_these_two(pair: Pair, context: Context) -> Finding | None:
    """Words that two texts share and no third one has: what one of them added, and the other took along."""
    mine = counted_spans(pair.shared.passages)
    one, other = pair.derived.article.id, pair.source.article.id
    near_one, near_other = _by_other(one, context), _by_other(other, context)
    thirds = [id for id in islice(near_one, _THIRDS) if id != other]
    if not mine or not any(id in near_other for id in thirds):
        return None
    total = _length(mine)
    long = [near_one[id].spans for id in thirds if near_one[id].length > total - _STRETCH]
    if any(_outside(mine, spans) < _STRETCH for spans in long):
        return None  # one has nearly all of it already
    theirs = merged([span for id in thirds for span in near_one[id].spans])
    own = _outside(mine, theirs)
    if own < _STRETCH:
        return None
    return Finding(
        "only_these_two",
        round(own / total, 6),
        f"about {round(own / 6)} of the shared words stand in no other article of the pile",
    )


def covers_less(pair: Pair, context: Context) -> Finding | None:
    """Another article of the pile, not certainly later, has more of the derived text than this source has."""
    best = [(share, id) for share, id in _most_shared(pair.derived, context) if id != pair.source.article.id]
    most, id = best[0] if best else (0.0, "")
    more = round(most - pair.shared.share_a, 6)
    if more <= 0:
        return None
    return Finding("covers_less", grown(more), f"{id} has more of its text than {display_name(pair.source)} has")


@remembered(4096)
def _most_shared(derived: Text, context: Context) -> Sequence[tuple[float, str]]:
    """The two articles, not certainly later, that have most of a text: the share and the id, the larger first."""
    others = context.others.get(derived.article.id, ())
    return nlargest(2, [(x.share_a, x.b) for x in others if not later(x.b, derived, context)])


def no_one_explains(derived: Text, context: Context) -> Finding | None:
    """How much of what a text shares with any others the one that shares most of it lacks."""
    shared = [
        counted_spans(x.passages)
        for x in context.others.get(derived.article.id, ())
        if not later(x.b, derived, context)
    ]
    if len(shared) < 2:
        return None
    every, most = _length(merged(s for spans in shared for s in spans)), max(map(_length, shared))
    if every - most < _STRETCH:
        return None
    detail = f"of the words that it shares with others here no single one has more than {round(100 * most / every)} %"
    return Finding("no_one_explains", round(1.0 - most / every, 6), detail)


def later(article: str, than: Text, context: Context) -> bool:
    """Whether an article appeared after a text by more than clocks can be wrong."""
    distance = lag(context.dates.get(article), than.published)
    return distance is not None and distance > timedelta(hours=context.settings.slack_hours)


def grown(share: float) -> float:
    """The square root of a share: the first tenth of what stands elsewhere says more than the last."""
    return round(math.sqrt(min(1.0, share)), 6)


def length_outside(spans: Sequence[Span], cover: Sequence[Span]) -> int:
    """How many characters of some spans lie outside some others."""
    return _outside(merged(spans), merged(cover))


def _outside(spans: Sequence[Span], cover: Sequence[Span]) -> int:
    """The same for spans that are merged already, in one walk along both."""
    total, k, last = 0, 0, len(cover)
    for span in spans:
        start, end = span.start, span.end
        total += end - start
        while k < last and cover[k].end <= start:
            k += 1
        at = k
        while at < last and (begin := cover[at].start) < end:
            stop = cover[at].end
            total -= (stop if stop < end else end) - (begin if begin > start else start)
            at += 1
    return total


def _length(spans: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in spans)


_KEPT = 1 << 14  # tuples of passages; each third text of a family is asked for the same ones again


@remembered(_KEPT)
def counted_spans(passages: tuple[Passage, ...]) -> tuple[Span, ...]:
    """Where the counted passages stand on side a, merged and in order."""
    return tuple(merged([p.a for p in passages if p.counted]))


@remembered(_KEPT)
def _source_side(passages: tuple[Passage, ...]) -> tuple[Span, ...]:
    return tuple(merged([p.b for p in passages if p.counted]))
