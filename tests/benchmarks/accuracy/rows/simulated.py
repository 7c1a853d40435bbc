"""Simulated piles whose trees are known: is the source right that the trace holds likeliest, or that there is none?

An article's source is the likeliest of all that the trace names for it, printed or only possible, against its having
none that can be shown: no source, or one that nobody names. Held against "the earliest with the largest coverage" on
the same piles; the same with nothing but the arrows printed (.5 and more) stands beside it. The probabilities of the
arrows printed are held against how often they are true. Seeds from 20,000 on: learning uses those below 10,000.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from accuracy.figures import Figure, Plan, mean
from provenance import Derivation, Pile, Trace, trace
from provenance.evaluate.baselines import earliest_and_largest
from provenance.evaluate.calibration import calibration_scores
from provenance.evaluate.claims import SHOWN, Arrow, is_article, node
from provenance.model import Alternative
from provenance.names import shortens

FILES = ()  # its data is made, not read: see corpus
SEED = 20_000
FAMILIES, QUICK = 60, 20  # of each difficulty
LARGEST = 40  # texts of a family: a few crowds of 200 would be most of the articles
VERY_LIKELY = 0.9
DIFFICULTIES = {"dated": ("dated, uncredited", 0.16), "half": ("half dated, 30 % credited", 0.38),
                "bare": ("nothing known", 0.22)}  # fmt: skip


class Told(NamedTuple):
    """Of one article: whether its likeliest source is right, the one printed, and the simple rule's."""

    likeliest: bool
    printed: bool
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
        yield from _of_difficulty(difficulty, f"simulated, {words}", told, target)
    yield Figure(
        "simulated.ece", "simulated, arrows printed: ECE", printed,
        lambda items: calibration_scores(items).ece, target=0.04, best="low",
    )  # fmt: skip
    sure = {family: [p for p in some if p.probability >= VERY_LIKELY] for family, some in printed.items()}
    sure = {family: some for family, some in sure.items() if some}
    yield Figure("simulated.very_likely", "simulated, “very likely” right", sure, _right, target=0.9)


def _of_difficulty(name: str, what: str, told: Mapping[str, list[Told]], target: float) -> Iterator[Figure]:
    yield Figure(
        f"simulated.{name}", f"{what}: source right", told,
        lambda items: mean([i.likeliest for i in items]),
        lambda items: mean([i.simple for i in items]), "earliest + coverage",
    )  # fmt: skip
    yield Figure(
        f"simulated.{name}_gain", f"{what}: gain", told,
        lambda items: mean([i.likeliest - i.simple for i in items]), target=target,
    )  # fmt: skip
    yield Figure(
        f"simulated.{name}_printed_gain", f"{what}: gain, printed arrows only", told,
        lambda items: mean([i.printed - i.simple for i in items]),
    )  # fmt: skip


def _right(items: Sequence[Printed]) -> float | None:
    return mean([i.true for i in items])


def measure(difficulty: str, plan: Plan) -> tuple[dict[str, list[Told]], dict[str, list[Printed]]]:
    """Every article and every arrow printed, by family."""
    pile = simulated(difficulty, plan.quick)
    found = trace(Pile(pile.articles))
    first = [(d.derived, d.source) for d in pile.truth.derivations if d.is_primary]
    true, all_true = sources(first), {(d.derived, node(d.source)) for d in pile.truth.derivations}
    ours = likeliest(found), sources((d.derived, d.source) for d in printed_arrows(found))
    simple = sources(earliest_and_largest(found))
    told: dict[str, list[Told]] = defaultdict(list)
    for id, family in sorted(pile.family_of.items()):
        if plan.wants(f"family {family}"):
            here = (one.get(id) for one in (*ours, simple))
            told[str(family)].append(Told(*(same_source(source, true.get(id)) for source in here)))
    printed: dict[str, list[Printed]] = defaultdict(list)
    for arrow in printed_arrows(found):
        family = _family(arrow, pile.family_of)
        if plan.wants(f"family {family}"):
            printed[str(family)].append(Printed(arrow.probability, is_true(arrow, all_true)))
    return told, printed


def sources(arrows: Any) -> dict[str, str]:
    """Article -> the article or named source it is from; texts without one that can be shown are not in it.

    >>> sources([("b", "a"), ("c", "named:lamp post/b"), ("d", "unseen:1")])
    {'b': 'a', 'c': 'named:lamp post'}
    """
    return {derived: node(source) for derived, source in arrows if not source.startswith("unseen:")}


def likeliest(found: Trace) -> dict[str, str]:
    """Article -> its likeliest source, where that is likelier than that none can be shown."""
    best = {s.id: ((s.p_original or 0.0) + (s.p_unseen or 0.0), "") for s in found.sources}
    said: list[Derivation | Alternative] = [*found.derivations, *found.alternatives]
    for arrow in said:
        could_be = not (arrow.source.startswith("unseen:") or _is_contributed(arrow))
        if could_be and arrow.probability > best[arrow.derived][0]:
            best[arrow.derived] = arrow.probability, node(arrow.source)
    return {id: source for id, (_, source) in best.items() if source and is_article(id)}


def printed_arrows(found: Trace) -> list[Derivation]:
    """The first arrow into each text, of .5 and more, from an article or a named source."""
    return [
        d for d in found.at_least(SHOWN) if d.is_primary and not (d.source.startswith("unseen:") or _is_contributed(d))
    ]


def _is_contributed(arrow: Derivation | Alternative) -> bool:
    return isinstance(arrow, Derivation) and arrow.kind == "contributed"


def is_true(arrow: Derivation, true: set[Arrow]) -> bool:
    """Whether the truth has the arrow, its source by whatever name."""
    said = node(arrow.derived), node(arrow.source)
    return said in true or any(end == said[0] and same_source(said[1], source) for end, source in true)


def same_source(one: str | None, other: str | None) -> bool:
    """Whether two sources are one: a trace may know an outlet by the letters by which articles call it.

    >>> same_source("named:spa", "named:skarn press agency"), same_source("named:spa", "named:back digest")
    (True, False)
    """
    if one == other or one is None or other is None or is_article(one) or is_article(other):
        return one == other
    letters, name = one.removeprefix("named:"), other.removeprefix("named:")
    return " " not in letters and shortens(letters, name.title())


def _family(arrow: Derivation, family_of: Mapping[str, int]) -> int | str:
    """Of either end; a named source that is read through no article belongs to none."""
    return family_of.get(arrow.derived, family_of.get(arrow.source, "no family"))


@cache
def simulated(difficulty: str, quick: bool) -> Any:
    from provenance.simulate import difficulty as named
    from provenance.simulate import simulate

    small = replace(named(difficulty), largest=LARGEST)
    return simulate(QUICK if quick else FAMILIES, seed=SEED, difficulty=small)


def corpus(plan: Plan) -> str:
    """A hash of all texts and of what is true of them."""
    whole = hashlib.sha256()
    for difficulty in DIFFICULTIES:
        pile = simulated(difficulty, plan.quick)
        for article in pile.articles:
            whole.update(f"{article.id}\n{article.outlet}\n{article.published}\n{article.text}\n".encode())
        whole.update(repr(sorted((d.derived, d.source) for d in pile.truth.derivations)).encode())
    return whole.hexdigest()[:16]
