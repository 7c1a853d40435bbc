"""An invented event: its facts, the people who speak of it, what they said, and old sentences about the place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from provenance.simulate.draft import Sentence
from provenance.simulate.grammar import Facts, grown
from provenance.simulate.lexicon import lexicon
from provenance.simulate.numbering import Numbers
from provenance.simulate.style import capital
from provenance.simulate.world import person_name, place_name

_RANGE = re.compile(r"(\d+)-(\d+)")
_ROLES = ("official", "second", "witness", "expert")
_QUOTES, _BACKGROUND, _BEATS, _DETAILS = 6, 2, 6, 9

Beat = Sequence[str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted."""

    name: str
    role: str

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as every honest report of it has it.

    Attributes:
        topic: an entry of data/simulate/topics.toml.
        facts: names and figures by their names in the patterns.
        people: who speaks, by role.
        quotes: what was said, with its speaker's role; the same words in every report.
        background: sentences that reports may have from one old text.
        beats: the sides of the topic that this event has, the main one first; each several ways to say one thing.
        details: what else is known, as beats with facts of their own.
    """

    topic: Mapping[str, Any]
    facts: Mapping[str, str]
    people: Mapping[str, Person]
    quotes: tuple[tuple[Sentence, str], ...]
    background: tuple[Sentence, ...]
    beats: tuple[Beat, ...]
    details: tuple[tuple[Beat, Mapping[str, str]], ...]


def event(rng: Random, numbers: Numbers, place: str) -> Event:
    """An event at a place, of a topic that the seed picks."""
    topic = rng.choice(lexicon("topics")["topic"])
    facts = _facts(rng, topic, place)
    people = {role: Person(person_name(rng), rng.choice(topic[role])) for role in _ROLES}
    first, *others = topic["beats"]
    sides = sorted(rng.sample(range(len(others)), _BEATS - 1))
    return Event(
        topic=topic,
        facts=facts,
        people=people,
        quotes=_quotes(rng, numbers, facts),
        background=_background(rng, numbers, facts),
        beats=(first, *(others[i] for i in sides)),
        details=tuple(_detail(rng, facts) for _ in range(_DETAILS)),
    )


def _detail(rng: Random, facts: Mapping[str, str]) -> tuple[Beat, Mapping[str, str]]:
    """Something known of this event only: a beat whose persons, places and papers are settled."""
    known = detailed(facts, rng)
    settled = ("someone", "other", "office", "matter", "paper", "goods", "venue", "things", "past", "doing", "span",
               "figure", "old", "why", "whenever", "quality")  # fmt: skip
    return rng.choice(lexicon("details")["plain"]), {name: grown(known(name), rng, known) for name in settled}


def value(pattern: str, rng: Random) -> str:
    """A fact: a number between two, or a pattern.

    >>> value("7-7", Random(1))
    '7'
    """
    found = _RANGE.fullmatch(pattern)
    if not found:
        return pattern
    number = rng.randint(int(found[1]), int(found[2]))
    return str(number) if number < 10_000 else f"{number:,}"


def detailed(facts: Mapping[str, str], rng: Random) -> Facts:
    """The facts of an event, and details that are drawn anew each time they are asked for."""

    def known(name: str) -> str:
        return facts[name] if name in facts else value(rng.choice(lexicon("details")[name]), rng)

    return known


def _facts(rng: Random, topic: Mapping[str, Any], place: str) -> dict[str, str]:
    facts: dict[str, str] = {"place": place, "body": topic["body"]}

    def known(name: str) -> str:
        if name in ("placename", "surname", "firstname"):
            return place_name(rng) if name == "placename" else person_name(rng).split()[name == "surname"]
        return facts[name]

    for name, options in {**lexicon("prose")["common"], **topic["facts"]}.items():
        pattern = options if isinstance(options, str) else rng.choice(options)
        facts.setdefault(name, grown(value(pattern, rng), rng, known))
    return facts


def _quotes(rng: Random, numbers: Numbers, facts: Mapping[str, str]) -> tuple[tuple[Sentence, str], ...]:
    said = rng.sample([*lexicon("prose")["quotes"], *lexicon("details")["spoken"]], _QUOTES)
    texts = (capital(grown(pattern, rng, detailed(facts, rng))) for pattern in said)
    return tuple((Sentence(text, (numbers.next(),), "quote"), rng.choice(_ROLES)) for text in texts)


def _background(rng: Random, numbers: Numbers, facts: Mapping[str, str]) -> tuple[Sentence, ...]:
    old = rng.sample(lexicon("prose")["background"], _BACKGROUND)
    texts = (capital(grown(pattern, rng, detailed(facts, rng))) + "." for pattern in old)
    return tuple(Sentence(text, (numbers.next(),), "background") for text in texts)
