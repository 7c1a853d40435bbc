"""How well shared passages were found: character precision and recall, granularity, plagdet.

Potthast, Stein, Barrón-Cedeño and Rosso, "An Evaluation Framework for Plagiarism Detection", COLING 2010, pages
997-1005. S are the true cases, R the detections; each is a set of characters, those of its derived and those of its
source side. r detects s if they overlap on both sides of the same two texts.

    precision   = 1/|R| sum over r of |union over s of (s ⊓ r)| / |r|       s ⊓ r = s ∩ r if r detects s, else nothing
    recall      = 1/|S| sum over s of |union over r of (s ⊓ r)| / |s|
    granularity = 1/|S'| sum over s in S' of |R'(s)|                S' the cases detected, R'(s) what detects s
    plagdet     = F1 / log2(1 + granularity)
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.evaluate.claims import SHOWN, node
from provenance.fragments import fragments
from provenance.model import Span, Trace
from provenance.scores import PassageScores, ratio


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage of ``derived`` that was taken from a passage of ``source``; spans in characters of each text."""

    derived: str
    source: str
    there: Span
    origin: Span

    @property
    def size(self) -> int:
        return _length(self.there) + _length(self.origin)

    def detects(self, other: "Reuse") -> bool:
        """Both sides overlap; that the two texts are the same is the caller's to know."""
        return _overlaps(self.there, other.there) and _overlaps(self.origin, other.origin)


def reuses(trace: Trace) -> tuple[Reuse, ...]:
    """The cases of shared text of all arrows of .5 or more: counted passages that follow one another are one."""
    return tuple(
        Reuse(node(d.derived), node(d.source), case.a, case.b)
        for d in trace.at_least(SHOWN)
        for case in fragments(passage for passage in d.passages if passage.counted)
    )


def passage_scores(found: Sequence[Reuse], true: Sequence[Reuse]) -> PassageScores:
    """Character precision and recall (averaged over passages), granularity and plagdet.

    Args:
        found: the detections.
        true: the cases.

    Returns:
        Scores in 0..1 and a granularity of 1 or more (1: each case is found in one piece); None for what cannot be
        said without detections or cases. Plagdet is 0 where cases exist and nothing of them was found.

    Cost: the product of found and true passages of each pair of texts.

    >>> case = Reuse("b", "a", Span(0, 100), Span(0, 100))
    >>> half = Reuse("b", "a", Span(0, 50), Span(0, 50))
    >>> passage_scores([half], [case])
    PassageScores(precision=1.0, recall=0.5, granularity=1.0, plagdet=0.6666666666666666)
    """
    precise, _ = covered(found, true)
    recalled, pieces = covered(true, found)
    precision, recall = (ratio(math.fsum(parts), len(parts)) for parts in (precise, recalled))
    detected = [n for n in pieces if n]
    granularity = ratio(sum(detected), len(detected))
    return PassageScores(precision, recall, granularity, plagdet(precision, recall, granularity))


def plagdet(precision: float | None, recall: float | None, granularity: float | None) -> float | None:
    """F1 / log2(1 + granularity).

    >>> plagdet(1.0, 1.0, 3.0)  # every case in three pieces
    0.5
    """
    if precision is None and recall is None:
        return None
    if not precision or not recall or granularity is None:
        return 0.0
    return 2 * precision * recall / (precision + recall) / math.log2(1 + granularity)


def covered(passages: Sequence[Reuse], others: Iterable[Reuse]) -> tuple[list[float], list[int]]:
    """The part of each passage that the others cover, and how many of them meet it.

    >>> case = Reuse("b", "a", Span(0, 100), Span(0, 100))
    >>> covered([case], [Reuse("b", "a", Span(0, 40), Span(0, 40)), Reuse("b", "a", Span(30, 80), Span(50, 90))])
    ([0.8], [2])
    """
    by_texts: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for other in others:
        by_texts[other.derived, other.source].append(other)
    meeting = [[o for o in by_texts[p.derived, p.source] if o.detects(p)] for p in passages]
    parts = [_part(p, those) for p, those in zip(passages, meeting, strict=True)]
    return parts, [len(those) for those in meeting]


def _part(passage: Reuse, others: Sequence[Reuse]) -> float:
    there = _union(passage.there, [o.there for o in others])
    origin = _union(passage.origin, [o.origin for o in others])
    return (there + origin) / passage.size


def _union(span: Span, others: Iterable[Span]) -> int:
    """How many characters of a span the others cover together."""
    covered, at = 0, span.start
    for other in sorted(others):
        start, end = max(at, other.start), min(span.end, other.end)
        covered += max(0, end - start)
        at = max(at, end)
    return covered


def _length(span: Span) -> int:
    return span.end - span.start


def _overlaps(one: Span, other: Span) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)
