"""How a derived text says whose text it took: the words, and where they stand."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Literal

from provenance.model import Tier
from provenance.simulate.draft import Paragraph, Sentence
from provenance.simulate.lexicon import lexicon
from provenance.simulate.numbering import Numbers
from provenance.simulate.operations import Made
from provenance.simulate.rewriting import small
from provenance.simulate.style import capital
from provenance.simulate.world import Outlet

Form = Literal["whole", "part", "fact"]
TIERS: dict[Form, Tier] = {"whole": "A", "part": "B", "fact": "C"}
# How often each form goes with what was done: whole texts are credited as wholes, facts inside a sentence.
_FORMS: dict[str, tuple[float, float, float]] = {
    "reprint": (0.8, 0.05, 0.15),
    "cut": (0.7, 0.1, 0.2),
    "excerpt": (0.15, 0.15, 0.7),
    "rewrite": (0.25, 0.1, 0.65),
    "merge": (0.3, 0.3, 0.4),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A credit that a text gives: to which text, and how."""

    to: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words of a credit can mention: the outlet credited, place and time of the report."""

    of: Outlet
    place: str
    time: datetime

    def said(self, pattern: str) -> str:
        """A credit with its blanks filled."""
        words: dict[str, Any] = {
            "[x]": self.of.with_article, "[X]": capital(self.of.with_article), "[abbr]": self.of.abbreviation,
            "[PLACE]": self.place.upper(), "[Place]": self.place, "[Month]": f"{self.time:%B}",
            "[dom]": str(self.time.day),
        }  # fmt: skip
        for blank, word in words.items():
            pattern = pattern.replace(blank, word)
        return pattern


def form_of(operation: str, rng: Random) -> Form:
    """Which kind of credit goes with what was done."""
    weights = _FORMS.get(operation, (0.0, 0.0, 1.0))
    forms: tuple[Form, ...] = ("whole", "part", "fact")
    return rng.choices(forms, weights)[0]


def credited(made: Made, form: Form, scene: Scene, source: frozenset[int], rng: Random, numbers: Numbers) -> Made:
    """The paragraphs with a credit of that form in one of its places."""
    if form == "fact":
        return _inside(made, scene, source, rng, numbers)
    words = lexicon("credits")[form]
    place = rng.choice([p for p in words if p != "dateline" or scene.of.sort == "agency"])
    text = scene.said(rng.choice(words[place]))
    if place == "dateline":
        return with_dateline(made, text)
    line: Paragraph = (Sentence(text, (numbers.next(),), "credit"),)
    return [line, *made] if place == "first" else [*made, line]


def with_dateline(made: Made, text: str) -> Made:
    """The paragraphs with a dateline before the first sentence."""
    (first, *rest), *others = made
    return [(Sentence(first.text, first.roots, first.sort, text), *rest), *others]


def introduced(made: Made, scene: Scene | None, source: frozenset[int], rng: Random) -> Made:
    """A long quotation with words before it that say whose it is, or without a name."""
    words = lexicon("credits")["fact" if scene else "none"]["quoted"]
    text = scene.said(rng.choice(words)) if scene else rng.choice(words)
    for i, paragraph in enumerate(made):
        first = paragraph[0]
        if first.text.startswith("“") and first.sort != "quote" and not source.isdisjoint(first.roots):
            with_words = Sentence(first.text, first.roots, first.sort, text)
            return [*made[:i], (with_words, *paragraph[1:]), *made[i + 1 :]]
    return made


def _inside(made: Made, scene: Scene, source: frozenset[int], rng: Random, numbers: Numbers) -> Made:
    """In a sentence that was taken ("..., the Courier reported"); where none is fit for it, in a line at the end."""
    words = lexicon("credits")["fact"]
    places = [
        (i, j)
        for i, paragraph in enumerate(made)
        for j, s in enumerate(paragraph)
        if s.sort == "told" and not source.isdisjoint(s.roots) and _is_plain(s.text)
    ]
    if not places:
        return [*made, (Sentence(scene.said("[X] first reported the story."), (numbers.next(),), "credit"),)]
    i, j = places[0] if rng.random() < 0.5 else rng.choice(places)
    sentence = made[i][j]
    if rng.random() < 0.5:
        text = sentence.text[:-1] + scene.said(rng.choice(words["inside"])) + "."
    else:
        text = scene.said(rng.choice(words["lead"])) + small(sentence.text)
    changed = Sentence(text, sentence.roots, sentence.sort, sentence.dateline)
    return [*made[:i], (*made[i][:j], changed, *made[i][j + 1 :]), *made[i + 1 :]]


def _is_plain(text: str) -> bool:
    said = (" said", " told ", "according to", " confirmed", "put it", "reported", "ccording to", "“", "”")
    return text.endswith(".") and not any(word in text for word in said)
