"""Answers kept for the very objects that were asked about lately: comparing or hashing these takes longer."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def remembered(most: int) -> Callable[[Callable[[Thing], Answer]], Callable[[Thing], Answer]]:
    """A decorator for functions of one thing that never changes.

    Args:
        most: answers kept, each with the thing it is about; then all are forgotten.

    >>> length = remembered(8)(len)
    >>> length("abc"), length("abc")
    (3, 3)
    """

    def decorator(of: Callable[[Thing], Answer]) -> Callable[[Thing], Answer]:
        known: dict[int, tuple[Thing, Answer]] = {}

        def answer(thing: Thing) -> Answer:
            kept = known.get(id(thing))
            if kept is None or kept[0] is not thing:
                if len(known) >= most:
                    known.clear()
                kept = known[id(thing)] = (thing, of(thing))
            return kept[1]

        return wraps(of)(answer)

    return decorator
