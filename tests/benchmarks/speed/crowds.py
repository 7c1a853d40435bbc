"""Piles in which one thing is there far too often: one text, one form, one outlet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import orjson

from speed.derivations import NEW, OPEN, ROOM, Body, bodies
from speed.material import Chain, walk
from speed.outlets import KINDS, PLACES, Outlet, make_outlets
from speed.piles import BEGIN, article_id, rendered, speakers_of

WORDS = 450
CHANGED = 0.02  # of the words of a near-equal text

Made = Callable[[int, Chain, np.random.Generator], list[Body]]


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


def _equal(articles: int, chain: Chain, rng: np.random.Generator) -> list[Body]:
    return _own(1, chain, rng) * articles


def _near(articles: int, chain: Chain, rng: np.random.Generator) -> list[Body]:
    (source,) = _own(1, chain, rng)
    return [
        source,
        *(
            _refilled(source, np.flatnonzero(rng.random(len(source)) < CHANGED), chain, rng, i)
            for i in range(1, articles)
        ),
    ]


def _form(articles: int, chain: Chain, rng: np.random.Generator) -> list[Body]:
    (form,) = _own(1, chain, rng)
    slots = np.flatnonzero((rng.random(len(form)) < 0.18) & (form.marks < OPEN))
    return [_refilled(form, slots, chain, rng, i) for i in range(articles)]


def _own(articles: int, chain: Chain, rng: np.random.Generator) -> list[Body]:
    streams = walk(chain, np.full(articles, WORDS), rng)
    return bodies(streams, np.arange(articles), speakers_of(chain), rng)


def _refilled(body: Body, places: np.ndarray, chain: Chain, rng: np.random.Generator, number: int) -> Body:
    words, ids = body.words.copy(), body.ids.copy()
    words[places] = chain.draw(len(places), rng)
    ids[places] = number * ROOM + NEW + np.arange(len(places))
    return Body(words, ids, body.marks)


CROWDS: Sequence[Crowd] = (
    Crowd("equal", "reprints of one text, letter by letter, that name its outlet", _equal, credit=True),
    Crowd("near", f"reprints of one text with {CHANGED:.0%} of the words changed", _near),
    Crowd("form", "reports on one form, 18 % of the words filled in anew", _form),
    Crowd("outlet", "unrelated articles of a single outlet", _own, outlets=1, times=20),
)
