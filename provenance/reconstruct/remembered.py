"""Answers kept for the very objects that were asked about lately: comparing or hashing these takes longer."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar, cast

Things = ParamSpec("Things")
Answer = TypeVar("Answer")


def remembered(most: int) -> Callable[[Callable[Things, Answer]], Callable[Things, Answer]]:
    """A decorator for functions of things that never change.

    Args:
        most: answers kept, each with the things it is about; then all are forgotten.

    >>> length = remembered(8)(len)
    >>> length("abc"), length("abc")
    (3, 3)
    """

    def decorator(of: Callable[Things, Answer]) -> Callable[Things, Answer]:
        if len(signature(of).parameters) == 1:
            return wraps(of)(cast(Callable[Things, Answer], _of_one(of, most)))
        known: dict[tuple[int, ...], tuple[object, Answer]] = {}

        def answer(*things: Things.args, **named: Things.kwargs) -> Answer:
            key = tuple(map(id, things))
            kept = known.get(key)
            if kept is None:  # what is kept lives on, so that nothing else gets its identity
                if len(known) >= most:
                    known.clear()
                kept = known[key] = (things, of(*things, **named))
            return kept[1]

        return wraps(of)(answer)

    return decorator


def _of_one(of: Callable[..., Answer], most: int) -> Callable[[object], Answer]:
    """The same for functions of one thing, which are asked most often: without packing it."""
    known: dict[int, tuple[object, Answer]] = {}

    def answer(thing: object) -> Answer:
        kept = known.get(id(thing))
        if kept is None:
            if len(known) >= most:
                known.clear()
            kept = known[id(thing)] = (thing, of(thing))
        return kept[1]

    return answer
