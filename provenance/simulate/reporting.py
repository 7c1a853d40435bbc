"""An outlet's own report of an event: which of its sides are told, in which order and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from provenance.simulate.draft import Draft, Paragraph, Sentence, length
from provenance.simulate.event import Beat, Event, Person, detailed
from provenance.simulate.grammar import grown
from provenance.simulate.lexicon import lexicon
from provenance.simulate.numbering import Numbers
from provenance.simulate.rewriting import reworded
from provenance.simulate.style import capital, headline, styled
from provenance.simulate.world import Outlet

_LONG = 6  # words; a main part of fewer needs its continuation
_TAILS = (
    "[whenever]",
    "[why]",
    "[manner]",
    "while [someone] was [doing]",
    "as [someone] told [office]",
    "near [venue]",
)
Side = tuple[Beat, Mapping[str, str]]  # something to tell, and the facts that are settled for it alone


class Reporter:
    """Somebody who writes about an event for an outlet: remembers who has been introduced and what has been told."""

    def __init__(self, event: Event, outlet: Outlet, rng: Random, numbers: Numbers) -> None:
        self.event, self.outlet, self.rng, self.numbers = event, outlet, rng, numbers
        self.details = detailed(event.facts, rng)
        self.settled: Mapping[str, str] = {}
        self.introduced: set[str] = set()
        self.habit = rng.uniform(0.05, 0.35)  # how often the first word that comes to mind is not the one used

    # --- whole texts ---

    def report(self, background: bool) -> Draft:
        """A report of the outlet's own."""
        rng, beats = self.rng, self.event.beats
        told = [beats[0], *(b for b in self._by_weight(beats[1:]) if rng.random() < 0.85)]
        known = [self.told(*detail) for detail in self.event.details if rng.random() < 0.6]
        others = [self.told(b) for b in self._shuffled(lexicon("prose")["beats"]) if rng.random() < 0.08]
        sentences = [self.told(beat) for beat in told]
        for sentence in (*known, *others):
            sentences.insert(rng.randrange(1, len(sentences) + 1), sentence)
        paragraphs = self._grouped(sentences)
        self._scatter(paragraphs, [(q,) for q in self._quotes(rng.randrange(0, 5))])
        if rng.random() < 0.4:
            self._scatter(paragraphs, self.asides(1))
        if background:
            at = rng.randrange(len(paragraphs) // 2, len(paragraphs) + 1)
            paragraphs.insert(at, self.event.background[: rng.randrange(1, 3)])
        return Draft(self.title(), tuple(paragraphs))

    def title(self) -> str:
        pattern = self.rng.choice(self.event.topic["titles"])
        return headline(capital(grown(pattern, self.rng, self._fact)), self.outlet.style)

    def asides(self, count: int) -> list[Paragraph]:
        """Paragraphs of the outlet's own that are of no event in particular."""
        patterns = self.rng.sample([*lexicon("prose")["own"], *lexicon("details")["plain"] * 3], count)
        return [(self.told(pattern),) for pattern in patterns]

    def additions(self, count: int) -> list[Paragraph]:
        """Paragraphs that the outlet adds to a text it took: what it found out itself, voices, asides."""
        rng = self.rng
        found = [self.told(*told) for told in rng.sample(self._sides(), count + 1)]
        pool = [*self._grouped(found), *((q,) for q in self._quotes(1)), *self.asides(2)]
        return rng.sample(pool, min(count, len(pool)))

    def around(self, words: int) -> list[Paragraph]:
        """Own text of .6 to twice the length of what was taken, to set it amid."""
        rng = self.rng
        lead: list[Side] = [(self.event.beats[0], {})] if rng.random() < 0.5 else []
        sides = [*lead, *rng.sample(self._sides(), len(self._sides()))]
        wanted = words * rng.uniform(0.6, 2.0)
        sentences: list[Sentence] = []
        for side in sides:
            if not sentences or length([tuple(sentences)]) < wanted:
                sentences.append(self.told(*side))
        return self._grouped(sentences)

    def _sides(self) -> list[Side]:
        """What there is to tell beside the main thing: of the event, and what the outlet found out by itself."""
        prose = lexicon("prose")
        own: list[Beat] = [*lexicon("details")["plain"], *prose["own"], *prose["beats"]]
        beats = [*self.event.beats[1:], *self.rng.sample(own, 12)]
        return [*((beat, {}) for beat in beats), *self.event.details]

    # --- their parts ---

    def told(self, beat: Beat, facts: Mapping[str, str] | None = None) -> Sentence:
        """One thing told in one sentence; ``facts`` are settled for it alone."""
        rng, self.settled = self.rng, facts or {}
        main, *parts = (part.strip() for part in rng.choice(beat).split("//"))
        kept = [p for i, p in enumerate(parts) if rng.random() < 0.82 or (i == 0 and len(main.split()) < _LONG)]
        if not facts and rng.random() < 0.4:
            kept.append(rng.choice(_TAILS))
        grown_main = self._grown(main)
        grown_parts = [self._grown(part) for part in kept]
        text = self._ordered(grown_main, grown_parts)
        return Sentence(self._finished(self._attributed(text)), (self.numbers.next(),))

    def _ordered(self, main: str, parts: list[str]) -> str:
        front = [p for p in parts if re.match(r"(?:in|on|at|after|before|within|by|despite|following)\b", p)]
        if front and self.rng.random() < 0.3 and not re.match(r"(?:in|on|at|by|with|for|because)\b", main):
            first = self.rng.choice(front)
            return f"{first}, " + " ".join([main, *(p for p in parts if p != first)])
        out = main
        for part in parts:
            loose = re.match(r"(?:which|while|although|though|but|where|the |some |many |most |all )\b", part)
            out += (", " if loose else " ") + part
        return out

    def _attributed(self, text: str) -> str:
        rng, prose = self.rng, lexicon("prose")
        roll = rng.random()
        if roll < 0.12:
            return grown(rng.choice(prose["before"]), rng, self._speaking) + text
        if roll < 0.3:
            return text + grown(rng.choice(prose["after"]), rng, self._speaking)
        return rng.choice(prose["leads"]) + text if roll < 0.36 else text

    def _finished(self, text: str) -> str:
        text = re.sub(r",\s*(?=[,.:])", "", re.sub(r"\s+", " ", text)).strip(" ,") + "."
        text = reworded(text, self.rng, self.habit)
        return capital(styled(text, self.outlet.style))

    def _quotes(self, count: int) -> Iterator[Sentence]:
        for said, role in self.rng.sample(self.event.quotes, min(count, len(self.event.quotes))):
            words = {"q": said.text, "said": self.rng.choice(lexicon("prose")["said"])}
            pattern = self.rng.choice(lexicon("prose")["quoting"])
            text = grown(pattern, self.rng, lambda name: words.get(name) or self._speaking(name, role))  # noqa: B023
            text = re.sub(r",\s*(?=[,.:])", "", text)
            yield said.saying(capital(text))

    # --- names ---

    def _grown(self, pattern: str) -> str:
        return grown(pattern, self.rng, self._fact)

    def _fact(self, name: str) -> str:
        if name in self.settled:
            return self.settled[name]
        return self._mention(name) if name in self.event.people else self.details(name)

    def _speaking(self, name: str, role: str | None = None) -> str:
        if name not in ("who", "Who"):
            return self._fact(name)
        roles = ("official", "official", "second", "expert", "official")
        found = self._mention(role or self.rng.choice(roles))
        return capital(found) if name == "Who" else found

    def _mention(self, role: str) -> str:
        person = self.event.people[role]
        if role in self.introduced:
            return self._again(person)
        self.introduced.add(role)
        if self.rng.random() < 0.5:
            return f"{person.role} {person.name}"
        return f"{person.name}, the {person.role},"

    def _again(self, person: Person) -> str:
        if self.rng.random() < 0.2:
            return f"the {person.role}"
        honorific = "Ms" if person.name.split()[0][-1] in "aey" else "Mr"
        return f"{honorific} {person.surname}" if self.outlet.style.honorifics else person.surname

    # --- orders ---

    def _shuffled(self, beats: Sequence[Beat]) -> list[Beat]:
        return self.rng.sample(beats, len(beats))

    def _by_weight(self, beats: Sequence[Beat]) -> list[Beat]:
        """Roughly in the order given: what matters most first."""
        places = [(i + self.rng.uniform(0, 4), i) for i in range(len(beats))]
        return [beats[i] for _, i in sorted(places)]

    def _grouped(self, sentences: Sequence[Sentence]) -> list[Paragraph]:
        """The sentences as paragraphs of one to three."""
        out: list[Paragraph] = []
        at = 0
        while at < len(sentences):
            size = self.rng.choice((1, 1, 2, 2, 3)) if at else self.rng.choice((1, 1, 2))
            out.append(tuple(sentences[at : at + size]))
            at += size
        return out

    def _scatter(self, paragraphs: list[Paragraph], others: Sequence[Paragraph]) -> None:
        for other in others:
            paragraphs.insert(self.rng.randrange(1, len(paragraphs) + 1), other)
