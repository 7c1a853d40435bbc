"""Whose words they are: the shared part reads like the rest of the text it was written for."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from provenance.model import Span
from provenance.reconstruct.edits import own_stretches
from provenance.reconstruct.pair import Context, Finding, Pair, both_ways, display_name
from provenance.text import merged

_VERSION_SHARE = 0.5  # share of either text from which two are versions of one
_REST = 800  # characters, about 150 words: of less the usage of a writer does not show
_SHARED = 150  # characters
_STEEP = 10.0  # a difference of .1 in cosine is as plain as it gets: profiles of one language are all alike


def author_fit(pair: Pair, context: Context) -> Finding | None:
    """The shared part resembles the rest of the text it was written for more than the rest of the other.

    Cosines of character trigrams, after Shrestha and Solorio, CICLing 2015, "Identification of Original Document by
    Using Textual Similarities". Only where both texts have a rest of 150 words or more, and not between versions of
    one text, whose rests are by the same hands.

    Cost: under 1 ms a pair of news size.
    """
    if max(pair.shared.share_a, pair.shared.share_b) >= _VERSION_SHARE:
        return None
    likeness = _likeness(pair)
    if likeness is None:
        return None
    mine, theirs = likeness
    fits = theirs - mine
    strength = round(max(-1.0, min(1.0, _STEEP * fits)), 6)
    if not strength:
        return None
    name = display_name(pair.source)
    whose, other = (name, "this text") if strength > 0 else ("this text", name)
    detail = f"the shared words sound more like the rest of {whose} than like the rest of {other}"
    return Finding("author_fit", strength, detail)


@both_ways
def _likeness(pair: Pair) -> tuple[float, float] | None:
    """How much the shared part of either text resembles its rest; None where one of these is too short."""
    derived, source = pair.derived.article.text, pair.source.article.text
    sides = (
        (derived, merged([p.a for p in pair.shared.passages])),
        (source, merged([p.b for p in pair.shared.passages])),
    )
    if not all(_may_do(text, spans) for text, spans in sides):
        return None
    shared_a, shared_b = (_words(text, spans) for text, spans in sides)
    if min(len(shared_a), len(shared_b)) < _SHARED:
        return None
    here, there = own_stretches(pair)
    rest_a, rest_b = _words(derived, here), _words(source, there)
    if min(len(rest_a), len(rest_b)) < _REST:
        return None
    return _cosine(shared_a, rest_a), _cosine(shared_b, rest_b)


def _may_do(text: str, shared: Sequence[Span]) -> bool:
    """Whether shared part and rest of a text may be long enough, by the length of its spans."""
    if not text.isascii():
        return True  # folding cases may lengthen other texts
    length = sum([s.end - s.start for s in shared])
    return length + len(shared) > _SHARED and len(text) - length + len(shared) + 1 >= _REST


Counts = npt.NDArray[np.int64]


def _words(text: str, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(s.cut(text) for s in spans).casefold().split())


def _cosine(text: str, other: str) -> float:
    """Of the character trigrams of two texts."""
    (one, many), (two, much) = _trigrams(text), _trigrams(other)
    at = np.minimum(np.searchsorted(two, one), len(two) - 1)
    dot = int((many * much[at])[two[at] == one].sum())
    return dot / math.sqrt(int(many @ many) * int(much @ much))


def _trigrams(text: str) -> tuple[Counts, Counts]:
    """The trigrams of a text as numbers in order, 21 bits a character, and how often each stands there."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    grams = np.sort(codes[:-2] << 42 | codes[1:-1] << 21 | codes[2:])
    first = np.flatnonzero(np.append(True, grams[1:] != grams[:-1]))
    return grams[first], np.diff(np.append(first, len(grams)))
