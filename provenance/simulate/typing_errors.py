"""Errors in writing: made, and mended by the next one who takes the text."""

import re
from random import Random

from provenance.simulate.draft import Paragraph
from provenance.simulate.lexicon import groups


def with_error_changed(paragraphs: list[Paragraph], rng: Random) -> list[Paragraph]:
    """The paragraphs with one more error, or with one mended where there is one and the writer saw it."""
    wrong = {bad: good for good, bad in groups("typos")}
    right = {good: bad for good, bad in groups("typos")}  # noqa: C416  # a tuple of any length is no pair to mypy
    places = [(i, j) for i, p in enumerate(paragraphs) for j, s in enumerate(p) if s.sort in ("told", "background")]
    rng.shuffle(places)
    table = wrong if rng.random() < 0.6 and _holds(paragraphs, wrong) else right
    for i, j in places:
        text = _changed(paragraphs[i][j].text, table, rng)
        if text != paragraphs[i][j].text:
            changed = (*paragraphs[i][:j], paragraphs[i][j].saying(text), *paragraphs[i][j + 1 :])
            return [*paragraphs[:i], changed, *paragraphs[i + 1 :]]
    return paragraphs


def _holds(paragraphs: list[Paragraph], table: dict[str, str]) -> bool:
    return any(word in table for p in paragraphs for s in p for word in s.text.split())


def _changed(text: str, table: dict[str, str], rng: Random) -> str:
    found = [m for m in re.finditer(r"(?<= )[a-z]+(?=[ ,])", text) if m[0] in table]
    if not found:
        return text
    at = rng.choice(found)
    return text[: at.start()] + table[at[0]] + text[at.end() :]
