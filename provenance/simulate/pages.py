"""A text set as its outlet's page, and the record of it that goes into the pile."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from provenance.model import Span
from provenance.simulate.difficulty import Difficulty
from provenance.simulate.draft import Sentence
from provenance.simulate.family import Text
from provenance.simulate.stamps import stamp
from provenance.simulate.style import marked
from provenance.simulate.world import person_name

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A record, and where in its text each sentence of the draft stands (datelines left out)."""

    record: Mapping[str, str]
    places: tuple[tuple[Sentence, Span], ...]


def page(text: Text, seed: int, difficulty: Difficulty) -> Page:
    """The page of a text."""
    rng = Random(f"provenance page {seed} {text.id}")
    above = [f"By {person_name(rng)}"] if rng.random() < text.outlet.byline else []
    lines, places = list(above), []
    at = sum(len(line) + len(_BREAK) for line in lines)
    for paragraph in text.draft.paragraphs:
        start = at
        for sentence in paragraph:
            start += len(sentence.dateline)
            places.append((sentence, Span(start, start + len(sentence.text))))
            start += len(sentence.text) + 1
        lines.append(" ".join(s.written for s in paragraph))
        at = start - 1 + len(_BREAK)
    below = [line for line in text.outlet.frame if rng.random() < 0.8]
    whole = marked(_BREAK.join((*lines, *below)), text.outlet.style)
    return Page(_record(text, whole, rng, difficulty), tuple(places))


def _record(text: Text, whole: str, rng: Random, difficulty: Difficulty) -> dict[str, str]:
    record = {"id": text.id, "title": marked(text.draft.title, text.outlet.style), "outlet": text.outlet.name}
    date = stamp(text.time, rng, difficulty, text.outlet.day_only)
    if date is not None:
        record["date"] = date
    if rng.random() < 0.5:
        record["url"] = f"https://{text.outlet.domain}/{text.id}"
    return {**record, "text": whole}
