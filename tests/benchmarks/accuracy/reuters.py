"""Pairs of Reuters items of 1987 that can be told without reading: takes of one story, and reports from one template.

A take is from the same day and shares at least half of the 5-word shingles of the shorter, without being equal. Two
reports are from one template if they share at least a third of them once every number is the same number, and are
about different companies (their tickers) or more than two days apart. Equal texts are neither.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from accuracy.corpora import families_of, records
from accuracy.simple_methods import shingles, words

FILE = "reuters21578/docs.jsonl.xz"
SHORTEST = 40  # words
TAKE, TEMPLATE = 0.5, 0.33  # of the shingles of the shorter text
COMMON = 40  # items that hold a shingle; above, it tells nothing and costs much
MOST = 10  # pairs of one story or template: some fill thousands of reports
APART = timedelta(days=2)
_NUMBER, _TICKER = re.compile(r"\d[\d,./-]*"), re.compile(r"<([A-Z.]+)>")
_TIME = re.compile(r"\d{1,2}-[A-Z]{3}-\d{4} \d\d:\d\d:\d\d\.\d\d")


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    time: datetime
    tickers: frozenset[str]
    body: str


def items(data: Path) -> dict[str, Item]:
    """The items that are long enough and whose time can be read."""
    found = {}
    for doc in records(data, FILE):
        time = _TIME.match(doc["date"].strip())
        if time and len(words(doc["body"])) >= SHORTEST:
            tickers = frozenset(_TICKER.findall(doc["title"]))
            at = datetime.strptime(time.group(), "%d-%b-%Y %H:%M:%S.%f")
            found[str(doc["newid"])] = Item(str(doc["newid"]), at, tickers, doc["body"])
    return found


def takes(found: Mapping[str, Item]) -> list[tuple[str, str]]:
    """Pairs (earlier, later), those of one story together, the stories in an order that says nothing."""
    of_day: dict[str, list[Item]] = defaultdict(list)
    for item in found.values():
        of_day[str(item.time.date())].append(item)
    pairs = [pair for day in of_day.values() for pair in _alike({i.id: i.body for i in day}, TAKE)]
    both = ((found[one], found[other]) for one, other in pairs)
    same = (two for two in both if not _other_company(*two) and words(two[0].body) != words(two[1].body))
    return _by_story(tuple(item.id for item in sorted(two, key=lambda item: item.time)) for two in same)


def template_pairs(found: Mapping[str, Item]) -> list[tuple[str, str]]:
    """Pairs of reports from one template, one template after the other in an order that says nothing."""
    forms = {id: _NUMBER.sub("0", item.body) for id, item in found.items()}
    pairs = ((found[one], found[other]) for one, other in _alike(forms, TEMPLATE))
    return _by_story(
        (one.id, other.id)
        for one, other in pairs
        if _other_company(one, other) or abs(one.time - other.time) > APART
        if words(one.body) != words(other.body)
    )


def _other_company(one: Item, other: Item) -> bool:
    return bool(one.tickers and other.tickers and not one.tickers & other.tickers)


def _alike(texts: Mapping[str, str], share: float) -> Iterator[tuple[str, str]]:
    """Pairs of texts that share so many of their 5-word shingles, by an inverted index."""
    sets = {id: shingles(words(text), 5) for id, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, some in sets.items():
        for shingle in some:
            holders[shingle].append(id)
    common: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= COMMON:
            common.update((one, other) for n, one in enumerate(ids) for other in ids[n + 1 :])
    for (one, other), n in common.items():
        if n >= share * min(len(sets[one]), len(sets[other])):
            yield one, other


def _by_story(pairs: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
    kept = [(one, other) for one, other in pairs]
    family = families_of(kept)
    of_family: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in kept:
        of_family[family[pair[0]]].append(pair)
    stories = sorted(of_family, key=lambda name: sha256(name.encode()).digest())
    return [pair for name in stories for pair in sorted(of_family[name], key=_shuffled)[:MOST]]


def _shuffled(pair: tuple[str, str]) -> bytes:
    return sha256(" ".join(pair).encode()).digest()
