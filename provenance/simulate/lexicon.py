"""The word lists of the simulator: data/simulate/SUBJECT.toml, all written for this project."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(subject: str) -> dict[str, Any]:
    """The lists of one subject: topics, prose, world, credits, templates, words or difficulties.

    >>> "fire" in {topic["name"] for topic in lexicon("topics")["topic"]}
    True
    """
    file = files("provenance").joinpath("data", "simulate", f"{subject}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a list in ``words`` as groups of words: ``a|b`` is one group of two."""
    return tuple(tuple(line.split("|")) for line in lexicon("words")[name].split("\n") if line.strip())
