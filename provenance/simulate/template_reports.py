"""Reports made by filling in a form: much wording in common, and none of it taken."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from provenance.simulate.draft import Draft, Sentence
from provenance.simulate.event import value
from provenance.simulate.grammar import grown
from provenance.simulate.lexicon import lexicon
from provenance.simulate.numbering import Numbers
from provenance.simulate.style import capital, headline
from provenance.simulate.world import Outlet, person_name, place_name

_PICK = re.compile(r"<([^<>]+)>")


def form(rng: Random) -> Mapping[str, Any]:
    """One of the forms."""
    chosen: Mapping[str, Any] = rng.choice(lexicon("templates")["template"])
    return chosen


def filled(template: Mapping[str, Any], rng: Random, outlet: Outlet, place: str, numbers: Numbers) -> Draft:
    """A form filled in for one day and place; now and then a line is left out."""
    figures = {name: value(pattern, rng) for name, pattern in template["facts"].items()}
    teams = {f"t{n}": f"{place_name(rng)} {rng.choice(('United', 'Town', 'Rovers', 'Albion'))}" for n in range(1, 5)}
    names = {
        "place": place, "day": rng.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")),
        "surname": person_name(rng).split()[1], "firm": f"{place_name(rng)} {rng.choice(('Motors', 'Glass', 'Foods'))}",
    }  # fmt: skip
    facts = {**figures, **teams, **names}

    def said(pattern: str) -> str:
        picked = _PICK.sub(lambda m: rng.choice(m[1].split("|")), pattern)
        return capital(grown(picked, rng, facts.__getitem__))

    kept = [line for line in template["lines"] if rng.random() < 0.9] or template["lines"][:2]
    sentences = [Sentence(said(line), (numbers.next(),), "form") for line in kept]
    paragraphs = tuple(tuple(sentences[i : i + 2]) for i in range(0, len(sentences), 2))
    return Draft(headline(said(rng.choice(template["titles"])), outlet.style), paragraphs)
