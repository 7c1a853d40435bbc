"""Simulated piles whose trees are known: is the source right that the trace prints, or that it prints none?

Held against "the earliest with the largest coverage" on the same piles. The probabilities of the arrows printed are
held against how often they are true. Seeds from 20,000 on: learning uses those below 10,000.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from accuracy.figures import Figure, Plan, mean
from provenance import Pile, Trace, trace
from provenance.evaluate.baselines import earliest_and_largest
from provenance.evaluate.calibration import calibration_scores
from provenance.evaluate.claims import SHOWN, Arrow, Claims, claims_of_truth, is_article, namer
from provenance.evaluate.direction import possible

FILES = ()  # its data is made, not read: see corpus
SEED = 20_000
FAMILIES, QUICK = 60, 15  # of each difficulty
VERY_LIKELY = 0.9
DIFFICULTIES = {"dated": ("dated, uncredited", 0.16), "half": ("half dated, 30 % credited", 0.38),
                "bare": ("nothing known", 0.22)}  # fmt: skip


class Told(NamedTuple):
    """Of one article: whether its source is right that the trace gives, and that the simple rule gives."""

    ours: bool
    simple: bool


class Printed(NamedTuple):
    """One arrow of .5 or more."""

    probability: float
    true: bool


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    printed: dict[str, list[Printed]] = {}
    for difficulty, (words, target) in DIFFICULTIES.items():
        told, arrows = measure(difficulty, plan)
        for family, some in arrows.items():  # a family is one, however many of its dates are known
            printed.setdefault(family, []).extend(some)
        yield Figure(
            f"simulated.{difficulty}", f"simulated, {words}: source right", told,
            lambda items: mean([i.ours for i in items]),
            lambda items: mean([i.simple for i in items]), "earliest + coverage",
        )  # fmt: skip
        yield Figure(f"simulated.{difficulty}_gain", f"simulated, {words}: gain", told, gain, 0.0, "", target)
    yield Figure(
        "simulated.ece", "simulated, arrows printed: ECE", printed,
        lambda items: calibration_scores(items).ece, target=0.04, best="low",
    )  # fmt: skip
    sure = {family: [p for p in some if p.probability >= VERY_LIKELY] for family, some in printed.items()}
    sure = {family: some for family, some in sure.items() if some}
    yield Figure("simulated.very_likely", "simulated, “very likely” right", sure, _right, target=0.9)


def gain(items: Sequence[Told]) -> float | None:
    return mean([i.ours - i.simple for i in items])


def _right(items: Sequence[Printed]) -> float | None:
    return mean([i.true for i in items])


def measure(difficulty: str, plan: Plan) -> tuple[dict[str, list[Told]], dict[str, list[Printed]]]:
    """Every article and every arrow printed, by family."""
    pile = simulated(difficulty, plan.quick)
    found = trace(Pile(pile.articles))
    true = claims_of_truth(pile.truth, (a.id for a in pile.articles))
    family = {id: str(number) for id, number in pile.family_of.items() if plan.wants(f"family {number}")}
    told: dict[str, list[Told]] = defaultdict(list)
    ours, simple, right = (_sources(arrows) for arrows in (_primary(found), earliest_and_largest(found), true.primary))
    for id in sorted(family):
        told[family[id]].append(Told(*(some.get(id) == right.get(id) for some in (ours, simple))))
    printed: dict[str, list[Printed]] = defaultdict(list)
    for (derived, source), judged in _printed(found, true):
        end = derived if derived in family else source
        if end in family:
            printed[family[end]].append(judged)
    return told, printed


def _primary(found: Trace) -> Iterator[Arrow]:
    return ((d.derived, d.source) for d in found.at_least(SHOWN) if d.is_primary)


def _sources(arrows: Any) -> dict[str, str]:
    """Article -> the article it is from; those from elsewhere or nowhere are not in it."""
    return {derived: source for derived, source in arrows if is_article(source)}


def _printed(found: Trace, true: Claims) -> Iterator[tuple[Arrow, Printed]]:
    named = namer(found, true)
    for arrow, p in sorted(possible(found).items()):
        if p >= SHOWN:
            yield arrow, Printed(p, tuple(map(named, arrow)) in true.arrows)


@cache
def simulated(difficulty: str, quick: bool) -> Any:
    from provenance.simulate import simulate

    return simulate(QUICK if quick else FAMILIES, seed=SEED, difficulty=difficulty)


def corpus(plan: Plan) -> str:
    """A hash of all texts and of what is true of them."""
    whole = hashlib.sha256()
    for difficulty in DIFFICULTIES:
        pile = simulated(difficulty, plan.quick)
        for article in pile.articles:
            whole.update(f"{article.id}\n{article.outlet}\n{article.published}\n{article.text}\n".encode())
        whole.update(repr(sorted((d.derived, d.source) for d in pile.truth.derivations)).encode())
    return whole.hexdigest()[:16]
