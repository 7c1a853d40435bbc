"""What third texts of the pile tell about an arrow: words that stand in them too, but not on both of its ends."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from heapq import nlargest
from itertools import islice

from provenance.model import Alignment, Passage, Span
from provenance.reconstruct.clocks import lag
from provenance.reconstruct.pair import Context, Finding, Pair, Text, display_name
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
    worst, id = max(((left_over(pair, a, b), a.b) for a, b in _thirds(pair, context)), default=(0, ""))
    if worst < _STRETCH or not between:
        return None
    detail = f"{id} shares with each of the two what the other lacks"
    return Finding("third_text_conflict", grown(worst / (worst + between)), detail)


def _rest(text: Text, shared: Sequence[Span]) -> int:
    """How many characters of a text others could share that lie outside what is shared; never too few."""
    return len(text.article.text) - _length(shared)


def left_over(pair: Pair, derived_third: Alignment, source_third: Alignment) -> int:
    """Characters that a third text shares with each end of an arrow and not with the other; the smaller number."""
    in_derived = _outside(counted_spans(derived_third.passages), counted_spans(pair.shared.passages))
    if in_derived < _STRETCH:
        return 0
    return min(in_derived, _outside(counted_spans(source_third.passages), _source_side(pair.shared.passages)))


def _thirds(pair: Pair, context: Context) -> Iterator[tuple[Alignment, Alignment]]:
    """The alignments of both ends of an arrow with every third article that shares text with both."""
    one, other = pair.derived.article.id, pair.source.article.id
    near_source = _by_other(other, context)
    both = ((x, near_source[x.b]) for x in context.others.get(one, ()) if x.b in near_source)
    return islice(both, _THIRDS)


@remembered(64)
def _by_other(article: str, context: Context) -> Mapping[str, Alignment]:
    """The alignments of an article by the other one's id."""
    return {x.b: x for x in context.others.get(article, ())}


def only_these_two(pair: Pair, context: Context) -> Finding | None:
    """Words that two texts share and no third one has: what one of them added, and the other took along."""
    mine = counted_spans(pair.shared.passages)
    one, other = pair.derived.article.id, pair.source.article.id
    thirds = [x for x in islice(context.others.get(one, ()), _THIRDS) if x.b != other]
    near = _by_other(other, context)
    if not mine or not any(x.b in near for x in thirds):
        return None
    if any(_outside(mine, counted_spans(x.passages)) < _STRETCH for x in thirds):
        return None  # one has nearly all of it already
    theirs = merged(s for x in thirds for s in counted_spans(x.passages))
    own = _outside(mine, theirs)
    if own < _STRETCH:
        return None
    return Finding(
        "only_these_two",
        round(own / _length(mine), 6),
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


@remembered(64)
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
    total, k = 0, 0
    for span in spans:
        total += span.end - span.start
        while k < len(cover) and cover[k].end <= span.start:
            k += 1
        at = k
        while at < len(cover) and cover[at].start < span.end:
            total -= min(span.end, cover[at].end) - max(span.start, cover[at].start)
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
