"""One family of texts: who took from whom is drawn first in time, then each text is written from its source."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from provenance.simulate import crediting
from provenance.simulate.crediting import Given, Scene
from provenance.simulate.difficulty import Difficulty
from provenance.simulate.draft import Draft, Sentence, length
from provenance.simulate.event import Event, event
from provenance.simulate.lexicon import lexicon
from provenance.simulate.material import Borrowed, Material, opening_of
from provenance.simulate.numbering import Numbers
from provenance.simulate.operations import OPERATIONS, Task
from provenance.simulate.reporting import Reporter
from provenance.simulate.style import headline
from provenance.simulate.template_reports import filled, form
from provenance.simulate.voices import Voice
from provenance.simulate.world import Outlet, place_name

_FIRST_DAY = datetime(2031, 3, 1, tzinfo=UTC)
_APART = timedelta(hours=7)  # between the first texts of one family and the next
_SHORTEST = 70  # words; from less nobody takes but the whole
_MOST_INDEPENDENT = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a family, in the pile or not.

    Attributes:
        operation: how it was made from its first source; "report" and "template" have none.
        sources: ids of the texts it was taken from, the first is the main one.
        given: the credits it gives, those included that it took along.
    """

    id: str
    outlet: Outlet
    draft: Draft
    time: datetime
    operation: str
    sources: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """What all families of a simulation have in common."""

    seed: int
    difficulty: Difficulty
    outlets: tuple[Outlet, ...]
    material: Material | None


class _Maker:
    """Grows one family."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.difficulty = world, number, world.difficulty
        self.rng = Random(f"provenance family {world.seed} {number}")
        self.numbers = Numbers(number)
        self.place = place_name(self.rng)
        self.event: Event | None = None
        self.borrowed: Borrowed | None = None
        self.texts: dict[str, Text] = {}
        self.size = _size(self.difficulty, self.rng)
        self._open()

    # --- the first text ---

    def _open(self) -> None:
        """Everything that the next family may ask of this one: the first text, and whether it can be seen."""
        self.hidden_root = self.rng.random() < self.difficulty.hidden_root and self.size > 1
        outlet = self._some_outlet(agency=0.35)
        start = _FIRST_DAY + self.number * _APART + timedelta(minutes=self.rng.randrange(360))
        if self.world.material is None:
            self.event = event(self.rng, self.numbers, self.place)
            draft = self._report(outlet)
        else:
            first, *others = self.world.material.of_family(self.number)
            self.borrowed = Borrowed(others, self.rng, self.numbers)
            draft = opening_of(first, self.numbers)
        self.root = self._add(outlet, draft, start, "report")

    def guest(self) -> Text:
        """The first text, as the next family sees it."""
        return replace(self.root, hidden=self.hidden_root)

    def _report(self, outlet: Outlet) -> Draft:
        assert self.event is not None
        reporter = Reporter(self.event, outlet, self.rng, self.numbers)
        return reporter.report(background=self.rng.random() < self.difficulty.background)

    # --- growing ---

    def family(self, guest: Text | None) -> tuple[Text, ...]:
        """All texts of the family; ``guest`` is a text of another one that may be a second source."""
        rng = self.rng
        derived = self.size - 1
        independent = self._independent()
        order = ["derive"] * derived + ["report"] * independent
        rng.shuffle(order)
        for what in order:
            if what == "report":
                self._add_independent()
            else:
                self._derive(guest)
        if rng.random() < self.difficulty.templates:
            self._add_templates()
        self._hide()
        return tuple(self.texts.values())

    def _independent(self) -> int:
        count = 0
        while self.event and count < _MOST_INDEPENDENT and self.rng.random() < self.difficulty.independent:
            count += 1
        return count

    def _add_independent(self) -> None:
        outlet = self._some_outlet(agency=0.15)
        lag = timedelta(minutes=self.rng.lognormvariate(math.log(240), 1.0))
        self._add(outlet, self._report(outlet), self.root.time + lag, "report")

    def _derive(self, guest: Text | None) -> None:
        rng, difficulty = self.rng, self.difficulty
        operation = rng.choices(list(OPERATIONS), [getattr(difficulty, name) for name in OPERATIONS])[0]
        source = self._pick_source()
        second = self._pick_second(source, guest) if operation == "merge" else None
        outlet = source.outlet if operation == "update" else self._some_outlet(agency=0.03)
        if length(source.draft.body) < _SHORTEST and operation not in ("update", "rewrite"):
            operation = "reprint"
        if operation == "merge" and second is None:
            operation = "rewrite"
        voice = self._voice(outlet)
        task = Task(source.draft, second.draft if second else None, outlet, source.outlet, voice, rng, difficulty)
        made = OPERATIONS[operation](task)
        sources = (source, *([second] if second else []))
        made, given = self._credited(made, operation, sources)
        time = max(s.time for s in sources) + self._lag()
        draft = Draft(self._title(operation, source, voice, outlet), tuple(made))
        self._add(outlet, draft, time, operation, sources, given)

    def _pick_source(self) -> Text:
        """The newest, the first, or any: chains and stars."""
        texts = [t for t in self.texts.values() if t.operation != "template"]
        roll = self.rng.random()
        if roll < self.difficulty.chain:
            return texts[-1]
        if roll < self.difficulty.chain + (1 - self.difficulty.chain) * 0.5:
            return self.root
        return self.rng.choice(texts)

    def _pick_second(self, source: Text, guest: Text | None) -> Text | None:
        """Another text that holds something which the source has not: of this family, or of the one before."""
        own = [t for t in self.texts.values() if t is not source and not _mostly_in(t.draft, source.draft)]
        options = [*own, *([guest] if guest else [])]
        return self.rng.choice(options) if options else None

    def _lag(self) -> timedelta:
        """A quarter of all reprints come within minutes, the rest within hours, some after days."""
        minutes = self.rng.lognormvariate(math.log(220), 1.7)
        return timedelta(minutes=min(max(2.0, minutes), 20 * 1440))

    def _voice(self, outlet: Outlet) -> Voice:
        if self.event is not None:
            return Reporter(self.event, outlet, self.rng, self.numbers)
        assert self.borrowed is not None
        return self.borrowed

    def _title(self, operation: str, source: Text, voice: Voice, outlet: Outlet) -> str:
        keeps = operation in ("reprint", "cut", "update") and self.rng.random() < self.difficulty.same_title
        return headline(source.draft.title, outlet.style) if keeps else voice.title()

    # --- credits ---

    def _credited(
        self, made: list[tuple[Sentence, ...]], operation: str, sources: Sequence[Text]
    ) -> tuple[list[tuple[Sentence, ...]], tuple[Given, ...]]:
        """The text with the credits it gives to its sources, and those that came along."""
        given: list[Given] = []
        first = sources[0]
        if operation == "update":
            return made, tuple(self._inherited(made, first))
        for source in sources:
            says = self.rng.random() < self.difficulty.credited
            scene = Scene(source.outlet, self.place, source.time)
            roots = source.draft.roots
            if operation == "quoted":
                made = crediting.introduced(made, scene if says else None, roots, self.rng)
                given += [Given(source.id, "C")] if says else []
            elif says:
                kind = crediting.form_of(operation, self.rng)
                kind = "part" if kind == "whole" and source is not first else kind
                made = crediting.credited(made, kind, scene, roots, self.rng, self.numbers)
                given.append(Given(source.id, crediting.TIERS[kind]))
        return made, (*given, *self._inherited(made, first))

    def _inherited(self, made: list[tuple[Sentence, ...]], source: Text) -> list[Given]:
        """Credits of the source that still stand in the new text."""
        there = {s.roots for p in made for s in p if s.sort == "credit"}
        datelines = {s.dateline for p in made for s in p if s.dateline}
        old = [s for s in source.draft.sentences if s.sort == "credit" and s.roots in there]
        kept = any(s.dateline in datelines for s in source.draft.sentences if s.dateline)
        if kept and not source.sources:
            return [Given(source.id, "A")]  # an agency's own dateline
        return [g for g in source.given if g.tier != "C"] if kept or old else []

    # --- the rest ---

    def _add_templates(self) -> None:
        rng = self.rng
        template, first = form(rng), self._some_outlet(agency=0.2)
        alone = rng.random() < 0.5
        for day in range(rng.randrange(2, 6)):
            outlet = first if alone else self._some_outlet(agency=0.1)
            place = outlet.home if alone else place_name(rng)
            time = self.root.time + timedelta(days=day, minutes=rng.randrange(600))
            self._add(outlet, filled(template, rng, outlet, place, self.numbers), time, "template")

    def _add(
        self,
        outlet: Outlet,
        draft: Draft,
        time: datetime,
        operation: str,
        sources: Sequence[Text] = (),
        given: tuple[Given, ...] = (),
    ) -> Text:
        if not sources and outlet.sort == "agency" and self.difficulty.credited and self.rng.random() < 0.5:
            draft = self._with_own_dateline(draft, outlet, time)
        if self.rng.random() < self.difficulty.small_print:
            line = Sentence(outlet.small_print, (self.numbers.next(),), "small print")
            draft = replace(draft, paragraphs=(*draft.paragraphs, (line,)))
        id = f"{Random(f'provenance id {self.world.seed} {self.number} {len(self.texts)}').getrandbits(40):010x}"
        text = Text(
            id, outlet, draft, time.replace(second=0, microsecond=0), operation, tuple(s.id for s in sources), given
        )
        self.texts[id] = text
        return text

    def _with_own_dateline(self, draft: Draft, outlet: Outlet, time: datetime) -> Draft:
        """An agency names itself: whoever takes that along credits it."""
        scene = Scene(outlet, self.place, time)
        text = scene.said(self.rng.choice(lexicon("credits")["whole"]["dateline"]))
        return replace(draft, paragraphs=tuple(crediting.with_dateline(list(draft.paragraphs), text)))

    def _some_outlet(self, agency: float) -> Outlet:
        """One that has no text in this family yet, while there is any."""
        used = {t.outlet.name for t in self.texts.values()}
        wanted = "agency" if self.rng.random() < agency else ""
        fresh = [o for o in self.world.outlets if o.name not in used]
        options = [o for o in fresh if (o.sort == "agency") == bool(wanted)] or fresh or self.world.outlets
        return self.rng.choice(options)

    def _hide(self) -> None:
        """Takes texts out of the pile: the first, and some from which others took."""
        taken_from = {id for text in self.texts.values() for id in text.sources}
        for id, text in self.texts.items():
            is_root = id == self.root.id
            inner = bool(text.sources) and id in taken_from and self.rng.random() < self.difficulty.hidden_inner
            if inner or (is_root and self.hidden_root):
                self.texts[id] = replace(text, hidden=True)


def family(world: World, number: int) -> tuple[Text, ...]:
    """The texts of one family; depends on the seed, the difficulty and the number only."""
    guest = _Maker(world, number - 1).guest() if number else None
    return _Maker(world, number).family(guest)


def _size(difficulty: Difficulty, rng: Random) -> int:
    """Heavy-tailed: most families are small, one in seven has more than a dozen texts."""
    most = difficulty.largest - difficulty.smallest
    least = (difficulty.typical / (difficulty.typical + most)) ** difficulty.tail  # what is left beyond the largest
    u = least + (1 - least) * (1 - rng.random())
    return difficulty.smallest + min(most, int(difficulty.typical * (u ** (-1 / difficulty.tail) - 1)))


def _mostly_in(one: Draft, other: Draft) -> bool:
    """Whether half of a text stands in the other already."""
    shared = sum(s.words for p in one.body for s in p if not other.roots.isdisjoint(s.roots))
    return shared > 0.5 * length(one.body)
