"""Piles in which one thing is there far too often: one text, one form, one outlet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import repeat
from pathlib import Path

import numpy as np
import orjson

from speed.derivations import NEW, OPEN, ROOM, Body, bodies
from speed.material import Chain, walk
from speed.outlets import KINDS, PLACES, Outlet, make_outlets
from speed.piles import BEGIN, article_id, rendered, speakers_of

WORDS = 450
CHANGED = 0.02  # of the words of a near-equal text
FILLED_IN = 0.18  # of the words of a form
AT_ONCE = 2048  # articles made together

Made = Callable[[int, Chain, np.random.Generator], Iterator[Body]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A pile of one kind; ``credit`` for reprints that name the first article's outlet."""

    name: str
    says: str
    bodies: Made
    credit: bool = False
    outlets: int = len(PLACES) * len(KINDS)
    times: int = 1  # as many articles as asked for


def write_crowd(crowd: Crowd, articles: int, chain: Chain, file: Path, seed: int = 1) -> None:
    """Article 0 is the earliest and, where texts are shared, their source."""
    rng = np.random.default_rng(seed)
    outlets = make_outlets(crowd.outlets, chain, rng)
    minutes = np.append(0, np.sort(rng.uniform(30, 60 * 24 * 20, articles - 1)))
    with file.open("wb") as out:
        for i, body in enumerate(crowd.bodies(articles, chain, rng)):
            outlet = outlets[0] if i == 0 else outlets[int(rng.integers(min(1, len(outlets) - 1), len(outlets)))]
            text = rendered(body, chain)
            if crowd.credit and i:
                text += f"\n\nThis article was first published by the {outlets[0].name}."
            out.write(_record(i, text, outlet, float(minutes[i])))


def _record(i: int, text: str, outlet: Outlet, minute: float) -> bytes:
    id = article_id(i)
    record = {
        "id": id,
        "title": " ".join(text.split()[:8]),
        "text": f"{text}\n\n{outlet.below}",
        "outlet": outlet.name,
        "url": f"https://www.{outlet.site}/news/{id}",
        "published": (BEGIN + timedelta(minutes=minute)).isoformat(timespec="seconds"),
    }
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _equal(articles: int, chain: Chain, rng: np.random.Generator) -> Iterator[Body]:
    return repeat(next(_own(1, chain, rng)), articles)


def _near(articles: int, chain: Chain, rng: np.random.Generator) -> Iterator[Body]:
    yield (source := next(_own(1, chain, rng)))
    for number in range(1, articles):
        yield _refilled(source, np.flatnonzero(rng.random(len(source)) < CHANGED), chain, rng, number)


def _form(articles: int, chain: Chain, rng: np.random.Generator) -> Iterator[Body]:
    form = next(_own(1, chain, rng))
    slots = np.flatnonzero((rng.random(len(form)) < FILLED_IN) & (form.marks < OPEN))
    return (_refilled(form, slots, chain, rng, number) for number in range(articles))


def _own(articles: int, chain: Chain, rng: np.random.Generator) -> Iterator[Body]:
    for start in range(0, articles, AT_ONCE):
        numbers = np.arange(start, min(start + AT_ONCE, articles))
        yield from bodies(walk(chain, np.full(len(numbers), WORDS), rng), numbers, speakers_of(chain), rng)


def _refilled(body: Body, places: np.ndarray, chain: Chain, rng: np.random.Generator, number: int) -> Body:
    words, ids = body.words.copy(), body.ids.copy()
    words[places] = chain.draw(len(places), rng)
    ids[places] = number * ROOM + NEW + np.arange(len(places))
    return Body(words, ids, body.marks)


CROWDS: Sequence[Crowd] = (
    Crowd("equal", "reprints of one text, letter by letter, that name its outlet", _equal, credit=True),
    Crowd("near", f"reprints of one text with {CHANGED:.0%} of the words changed", _near),
    Crowd("form", f"reports on one form, {FILLED_IN:.0%} of the words filled in anew", _form),
    Crowd("outlet", "unrelated articles of a single outlet", _own, outlets=1, times=20),
)
