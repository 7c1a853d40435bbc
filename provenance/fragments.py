"""One case of shared text out of several passages: what follows closely on both sides is one."""

from collections.abc import Iterable

from provenance.model import Passage, Span
from provenance.shared import Fragment

GAP = 250  # characters, two sentences: what was put in or left out between two passages of one case


def fragments(passages: Iterable[Passage], gap: int = GAP) -> tuple[Fragment, ...]:
    """The passages merged where they follow one another in both texts within ``gap`` characters.

    Passages are cut where the voice or the wording changes; a reader, and the measures of passage retrieval
    (Potthast et al., COLING 2010, "granularity"), count such neighbours as one taking.

    Args:
        passages: of one pair of articles, in any order.
        gap: characters that may lie between two passages on either side.

    Returns:
        The fragments in the order of side a. A passage without a neighbour is a fragment by itself.

    >>> near = [Passage(Span(k, k + 90), Span(k + 500, k + 590), "verbatim", 1.0, "no") for k in (0, 100, 2000)]
    >>> [(f.a.start, f.a.end, f.b.end) for f in fragments(near)]
    [(0, 190, 690), (2000, 2090, 2590)]
    """
    merged: list[Fragment] = []
    for passage in sorted(passages, key=lambda p: (p.a, p.b)):
        found = next((k for k, one in enumerate(merged) if _follows(passage, one, gap)), None)
        if found is None:
            merged.append(Fragment(passage.a, passage.b))
        else:
            merged[found] = _joined(merged[found], passage)
    return tuple(sorted(merged))


def _follows(passage: Passage, before: Fragment, gap: int) -> bool:
    return passage.a.start - before.a.end <= gap and 0 <= passage.b.start - before.b.end <= gap


def _joined(fragment: Fragment, passage: Passage) -> Fragment:
    return Fragment(Span(fragment.a.start, max(fragment.a.end, passage.a.end)), Span(fragment.b.start, passage.b.end))
