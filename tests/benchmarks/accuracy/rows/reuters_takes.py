"""Takes of one story by one agency, minutes or hours apart: later ones are often shorter. No length rule holds here."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from accuracy import product, reuters
from accuracy.corpora import articles, families_of
from accuracy.figures import Figure, Plan, mean
from accuracy.simple_methods import longer_is_later

FILES = (reuters.FILE,)
QUICK = 60  # pairs


class Turned(NamedTuple):
    """Whether the direction of a pair is right: 1, 0, or 1/2 where nothing is said."""

    ours: float
    longer: float


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    items = reuters.items(data)
    pairs = reuters.takes(items)[: QUICK if plan.quick else None]
    family = families_of(pairs)
    read = articles({"id": id, "text": items[id].body} for pair in pairs for id in pair)
    families: dict[str, list[Turned]] = defaultdict(list)
    for earlier, later in pairs:
        if plan.wants(family[later]):
            longer = longer_is_later(items[later].body, items[earlier].body)
            families[family[later]].append(Turned(product.direction_right(read[later], read[earlier]), longer))
    yield Figure(
        "reuters_takes.direction",
        "Reuters, later take of a story, direction without dates",
        families,
        lambda items: mean([i.ours for i in items]),
        lambda items: mean([i.longer for i in items]),
        "longer is later",
    )
