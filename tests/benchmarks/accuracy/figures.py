"""A figure of the benchmark, and how sure it is: the bootstrap over families.

The items of one family (a story, a task, a host, a chain of versions) are not independent of one another, so that
whole families are drawn, with replacement: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13
(percentile interval).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

RESAMPLES = 1000
Families = Mapping[str, Sequence[Any]]  # the key of a family -> what was measured of it
Half = Literal["all", "dev", "held"]
Score = Callable[[Sequence[Any]], float | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured: all or the quick part, all families or one half of them."""

    quick: bool = False
    half: Half = "all"

    def wants(self, family: str) -> bool:
        """Whether a family belongs to the half that is measured; its key alone decides."""
        return self.half == "all" or half_of(family) == self.half


def half_of(family: str) -> Literal["dev", "held"]:
    """Which half of the families one belongs to, whatever the others are.

    >>> half_of("a"), half_of("b")
    ('dev', 'dev')
    """
    return "held" if hashlib.sha256(family.encode()).digest()[0] % 2 else "dev"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: how to score what was measured, and what to hold it against.

    Attributes:
        name: "row.figure"; names the floor too.
        what: in words.
        families: what was measured, by family.
        ours: the score of the program over items of any families.
        baseline: the score of a simple method over the same items, or a quoted figure.
        by: which method, and whether it is quoted.
        target: what is to be reached; None where nothing is promised.
        best: whether more or less is better.
        drawn: whether drawing families says how sure it is; of a number of things found it does not.
    """

    name: str
    what: str
    families: Families
    ours: Score
    baseline: Score | float | None = None
    by: str = ""
    target: float | None = None
    best: Literal["high", "low"] = "high"
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """A figure as measured; low and high are its 95 % interval."""

    name: str
    what: str
    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    by: str
    target: float | None
    best: Literal["high", "low"]
    families: int
    items: int

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; None where there is no target or no value."""
        if self.value is None or self.target is None:
            return None
        beyond = self.value - self.target if self.best == "high" else self.target - self.value
        return beyond >= -1e-9


def measured(figure: Figure, resamples: int = RESAMPLES) -> Result:
    """The figure over all its families, with its interval."""
    whole = [item for items in figure.families.values() for item in items]
    low, high = interval(figure.families if figure.drawn else {}, figure.ours, figure.name, resamples)
    baseline = figure.baseline(whole) if whole and callable(figure.baseline) else figure.baseline
    return Result(
        figure.name,
        figure.what,
        figure.ours(whole) if whole else None,
        low,
        high,
        baseline if whole and not callable(baseline) else None,
        figure.by,
        figure.target,
        figure.best,
        len(figure.families),
        len(whole),
    )


def interval(families: Families, score: Score, seed: str, resamples: int) -> tuple[float | None, float | None]:
    """The middle 95 % of the scores of resampled families; None where there are fewer than two families.

    >>> interval({"a": [1.0], "b": [0.0]}, lambda items: sum(items) / len(items), "seed", 200)
    (0.0, 1.0)
    """
    keys, random = sorted(families), Random(seed)
    if len(keys) < 2:
        return None, None
    scores = sorted(
        value
        for _ in range(resamples)
        if (value := score([item for key in random.choices(keys, k=len(keys)) for item in families[key]])) is not None
    )
    return (scores[int(0.025 * len(scores))], scores[int(0.975 * len(scores))]) if scores else (None, None)


def mean(items: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return sum(items) / len(items) if items else None
