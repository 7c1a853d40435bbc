"""Sentences grown from patterns: ``{a|b}`` is one of several patterns, ``[fact]`` a thing looked up."""

import re
from collections.abc import Callable
from functools import lru_cache
from random import Random

Facts = Callable[[str], str]
Parts = tuple["str | Choice | Slot", ...]


class Choice(tuple[Parts, ...]):
    """One of several patterns."""


class Slot(str):
    """The name of a fact."""


_TOKEN = re.compile(r"[{}|]|\[\w+\]|[^{}|\[]+|\[")


def grown(pattern: str, rng: Random, facts: Facts) -> str:
    """One of the texts that a pattern can give.

    Args:
        pattern: text with ``{a|b}`` and ``[fact]``; a name in brackets of which ``facts`` gives a pattern is grown too.
        rng: decides between the choices, in the order of the text.
        facts: what stands for a name in brackets.

    >>> grown("{a|a} [colour] door", Random(1), {"colour": "green"}.__getitem__)
    'a green door'
    """
    return _grown(_parsed(pattern), rng, facts)


def _grown(parts: Parts, rng: Random, facts: Facts) -> str:
    out = []
    for part in parts:
        if isinstance(part, Choice):
            out.append(_grown(part[rng.randrange(len(part))], rng, facts))
        elif isinstance(part, Slot):
            found = facts(part)
            out.append(grown(found, rng, facts) if "{" in found or "[" in found else found)
        else:
            out.append(part)
    return "".join(out)


@lru_cache(maxsize=4096)
def _parsed(pattern: str) -> Parts:
    tokens = _TOKEN.findall(pattern)
    parts, end = _sequence(tokens, 0)
    assert end == len(tokens), f"brackets do not match: {pattern}"
    return parts


def _sequence(tokens: list[str], at: int) -> tuple[Parts, int]:
    parts: list[str | Choice | Slot] = []
    while at < len(tokens) and tokens[at] not in "|}":
        if tokens[at] == "{":
            choice, at = _choice(tokens, at + 1)
            parts.append(choice)
        else:
            word = tokens[at]
            parts.append(Slot(word[1:-1]) if word[0] == "[" and word[-1] == "]" else word)
            at += 1
    return tuple(parts), at


def _choice(tokens: list[str], at: int) -> tuple[Choice, int]:
    options = []
    while True:
        option, at = _sequence(tokens, at)
        options.append(option)
        if tokens[at] == "}":
            return Choice(options), at + 1
        at += 1
