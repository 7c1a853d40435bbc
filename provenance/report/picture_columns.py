"""How far right each box of a picture stands: columns in which time never runs backwards.

News comes in minutes and in months; the columns keep the order of time and drop its scale.
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil, inf, sqrt

from provenance.model import Published
from provenance.report.picture_model import Arrow, Node, Open

_FEW = 4  # columns that fit on a screen; days are put together until there are no more, where the arrows allow it
_DAY = 86_400.0  # seconds
_TALL = 14  # boxes in a column of a family of usual size; as many of the smallest fit on a screen


def forward(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> list[Arrow]:
    """The arrows that can all point right: one between two nodes, none that closes a circle."""
    known = {node.id for node in nodes}
    below: dict[str, set[str]] = defaultdict(set)
    kept: list[Arrow] = []
    for arrow in arrows:
        if {arrow.source, arrow.derived} <= known and not _leads(below, arrow.derived, arrow.source):
            if arrow.derived not in below[arrow.source]:
                kept.append(arrow)
            below[arrow.source].add(arrow.derived)
    return kept


def in_time(
    nodes: Sequence[Node], arrows: Sequence[Arrow], opens: Sequence[Open] = ()
) -> tuple[list[str], dict[str, float]]:
    """The ids in the order of time, every source before what is derived from it, and the moment each counts as.

    A text dated before its source counts as of its source's moment; one without a date does so too. Where it has no
    source it counts as of before all others, but without any arrow as of the text that it is tied to.
    """
    moments = {node.id: _moment(node.when) for node in nodes} | _borrowed(nodes, arrows, opens)
    depth = dict.fromkeys(moments, 0)
    sources: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        sources[arrow.derived].append(arrow.source)
    for id in _sources_first(list(moments), sources):
        for source in sources[id]:
            moments[id] = max(moments[id], moments[source])
            depth[id] = max(depth[id], depth[source] + 1)
    place = {node.id: n for n, node in enumerate(nodes)}
    return sorted(moments, key=lambda id: (moments[id], depth[id], place[id])), moments


def columns(nodes: Sequence[Node], arrows: Sequence[Arrow], opens: Sequence[Open] = ()) -> list[list[str]]:
    """The ids in columns from left to right; no arrow stays within a column or points left.

    Args:
        nodes: the boxes.
        arrows: as ``forward`` returns them.
        opens: ties between them.
    """
    order, moments = in_time(nodes, arrows, opens)
    sources: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        sources[arrow.derived].add(arrow.source)
    tall = max(_TALL, ceil(1.6 * sqrt(len(nodes))))
    found: list[list[str]] = []
    for id in order:
        if not found or not sources[id].isdisjoint(found[-1]) or _day(moments[found[-1][-1]]) != _day(moments[id]):
            found.append([])
        found[-1].append(id)
    even = [part for column in found for part in _parted(column, tall)]
    return _joined(even, sources, moments, tall)


def _parted(column: list[str], tall: int) -> list[list[str]]:
    """A column in as few parts of the same height as are not too tall."""
    parts = ceil(len(column) / tall)
    ends = [round(n * len(column) / parts) for n in range(parts + 1)]
    return [column[start:end] for start, end in pairwise(ends)]


def _joined(
    found: list[list[str]], sources: dict[str, set[str]], moments: dict[str, float], tall: int
) -> list[list[str]]:
    """Neighbouring columns put together, the closest in time first, until there are few."""
    while len(found) > _FEW:
        gaps = [
            (moments[right[0]] - moments[left[-1]] if moments[right[0]] > -inf else 0.0, n)
            for n, (left, right) in enumerate(itertools.pairwise(found))
            if (moments[left[-1]] > -inf or moments[right[0]] == -inf)  # what has no date keeps a column without one
            and len(left) + len(right) <= tall
            and all(sources[id].isdisjoint(left) for id in right)
        ]
        if not gaps:
            break
        _, n = min(gaps)
        found[n : n + 2] = [found[n] + found[n + 1]]
    return found


def _borrowed(nodes: Sequence[Node], arrows: Sequence[Arrow], opens: Sequence[Open]) -> dict[str, float]:
    """The moments of texts without a date and without an arrow: that of the first dated text that they are tied to."""
    known = {node.id: _moment(node.when) for node in nodes}
    drawn = {id for arrow in arrows for id in (arrow.source, arrow.derived)}
    found: dict[str, float] = {}
    for tie in opens:
        for id, other in (tie.ends, tie.ends[::-1]):
            if id not in drawn and known.get(id) == -inf and known.get(other, -inf) > -inf:
                found.setdefault(id, known[other])
    return found


def _moment(when: Published | None) -> float:
    at = when and (when.earliest or when.latest)
    return _seconds(at) if at else -inf


def _seconds(at: datetime) -> float:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _day(moment: float) -> float:
    return moment // _DAY if moment > -inf else -inf


def _leads(below: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether a way leads from one id down to another."""
    waiting, seen = [start], {start}
    while waiting:
        id = waiting.pop()
        if id == goal:
            return True
        new = below.get(id, set()) - seen
        seen |= new
        waiting += new
    return False


def _sources_first(ids: list[str], sources: dict[str, list[str]]) -> list[str]:
    """The ids so that each comes behind its sources (there are no circles)."""
    done: dict[str, None] = {}
    waiting = list(reversed(ids))
    while waiting:
        id = waiting[-1]
        missing = [source for source in sources[id] if source not in done]
        if id in done or not missing:
            done[waiting.pop()] = None
        else:
            waiting += missing
    return list(done)
