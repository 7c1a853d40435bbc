"""Every point on which a trace and the truth differ, as a sentence."""

from collections.abc import Iterator

from provenance.evaluate.claims import Arrow, Claims, Pair, judged
from provenance.model import Trace
from provenance.scores import AND_SO
from provenance.truth import Truth

Miss = tuple[Pair | None, str]  # the pair of texts that it is about, and the sentence


def misses(trace: Trace, found: Claims, true: Claims, truth: Truth) -> tuple[str, ...]:
    """Articles that are missing, arrows missed, arrows that are not true, open pairs, the number of reports.

    A miss about the same pair as an earlier one follows from it, as a wrong number of reports does from any miss
    before it: such a miss stands right after and begins with ``AND_SO``.
    """
    about: dict[Pair | str, list[str]] = {}
    for pair, sentence in _all(trace, found, true, truth):
        about.setdefault(pair or sentence, []).append(sentence)
    told = [f"{AND_SO if n else ''}{sentence}" for some in about.values() for n, sentence in enumerate(some)]
    reports = [f"{AND_SO if told else ''}{sentence}" for sentence in _reports(trace, truth)]
    return (*told, *reports)


def _all(trace: Trace, found: Claims, true: Claims, truth: Truth) -> Iterator[Miss]:
    yield from ((None, f"not in the trace: {id}") for id in sorted(true.articles - found.articles))
    yield from _missed(found, true)
    yield from _extra(found, true, truth)
    yield from _undecided(found, true, truth)


def _missed(found: Claims, true: Claims) -> Iterator[Miss]:
    for arrow in sorted(true.arrows - found.arrows):
        turned = " (the trace has it the other way round)" if arrow[::-1] in found.arrows else ""
        left_open = found.undecided.get(frozenset(arrow))
        why = f" (the trace leaves the {left_open} open)" if left_open else turned
        yield frozenset(arrow), f"arrow missed: {_said(arrow)}{why}"
    for arrow in sorted(true.arrows & found.arrows):
        if (arrow in true.primary) != (arrow in found.primary):
            place = "first" if arrow in true.primary else "second"
            yield frozenset(arrow), f"wrong place: {_said(arrow)} is its {place} source"


def _extra(found: Claims, true: Claims, truth: Truth) -> Iterator[Miss]:
    for arrow in sorted(found.arrows - true.arrows):
        if judged(arrow, truth, true):
            yield frozenset(arrow), f"arrow not true: {_said(arrow)}"


def _undecided(found: Claims, true: Claims, truth: Truth) -> Iterator[Miss]:
    for pair in sorted(true.undecided.keys() | found.undecided.keys(), key=sorted):
        ours, theirs = found.undecided.get(pair), true.undecided.get(pair)
        if ours == theirs or (theirs is None and not truth.derivations_are_complete):
            continue
        if theirs is None:
            yield pair, f"left undecided, though the truth is known: the {ours} of {_both(pair)}"
        else:
            yield pair, f"open: the {theirs} of {_both(pair)}, {_instead(ours)}"


def _instead(ours: str | None) -> str:
    return f"of which the trace leaves the {ours} undecided" if ours else "which the trace does not leave undecided"


def _reports(trace: Trace, truth: Truth) -> Iterator[str]:
    n, wanted = trace.independent_reports.n, truth.independent_reports
    if wanted is not None and n != wanted:
        yield f"wrong number of independent reports: {n}, in truth {wanted}"


def _said(arrow: Arrow) -> str:
    return f"{arrow[0]} from {arrow[1]}"


def _both(pair: Pair) -> str:
    return " and ".join(sorted(pair))
