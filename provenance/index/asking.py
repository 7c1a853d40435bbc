"""Where a text comes from: the few articles of an index that may have to do with it, traced together with it."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from provenance.index import postings
from provenance.index.choosing import tied_to
from provenance.index.loading import listed, stored_articles
from provenance.index.memory import IndexMemory, Stored, stored_house
from provenance.ingest import called
from provenance.match import Answer, House, Recalled, repeated_by_outlet
from provenance.match.arrays import Hashes, Ints
from provenance.model import Article, Estimate, Pile, Trace
from provenance.names import canonical
from provenance.pipeline import trace
from provenance.settings import Settings

_CROWD = 2_000  # articles with one shingle of which no more are looked at: the earliest
_HOUR = 3600.0
_CANDIDATES = 12  # articles with which a text is compared; a comparison takes some 10 ms without kernels
_FIRST = 4  # of them, which are compared with one another where that was not done before
_TIED = 4  # articles at most that come along because a candidate shares text with them


def traced_with(
    db: sqlite3.Connection, article: Article, names: frozenset[str], settings: Settings, itself: int | None = None
) -> tuple[Trace, str]:
    """The trace of an article and of what it may come from, cut to what has to do with it.

    Args:
        db: a connection, reading.
        article: as it was read.
        names: the outlets of the index.
        settings: numbers to change.
        itself: its number where it stands in the index; it is asked as all others are.

    Returns:
        The trace, and what the article is called in it.
    """
    asked, _, _ = postings.keys_of([article], [0], settings)
    shingles = postings.distinct_shingles(asked)
    which, numbers = postings.holders(db, shingles)
    first, last = (np.searchsorted(which, np.arange(len(shingles)), side=side) for side in ("left", "right"))
    found = [numbers[a : min(b, a + _CROWD)] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    facts = _facts(db, numbers)
    is_house = np.array([_is_house([facts[n] for n in some.tolist() if n in facts], settings) for some in found], bool)
    house = _with(stored_house(db), shingles[is_house], settings)
    best = _best([some for some, marked in zip(found, is_house, strict=True) if not marked], facts, settings)
    chosen = [number for number in best if number != itself]
    chosen += _tied(db, chosen, settings)
    stored = stored_articles(db, {*chosen, *([] if itself is None else [itself])})
    if itself is None:
        article = called(article, _free(article.id, stored))
        pile = Pile((article, *(each.article for each in stored.values())))
    else:
        article = next(each.article for each in stored.values() if each.number == itself)
        pile = Pile(tuple(each.article for each in stored.values()))
    among = {each.article.id for each in stored.values() if each.number in best[:_FIRST]}
    memory = _Asking(db, stored, house, names, article.id, among)
    return about(trace(pile, settings, memory=memory), article.id), article.id


class _Asking(IndexMemory):
    """The memory for one question: of the candidates among one another hardly more than what is remembered."""

    def __init__(
        self,
        db: sqlite3.Connection,
        stored: Mapping[str, Stored],
        house: House,
        names: frozenset[str],
        asked: str,
        first: Collection[str],
    ) -> None:
        """``asked`` is compared with all, the ``first`` candidates with one another too; all by id."""
        super().__init__(db, stored, house=house, names=names, lean=True)
        self._asked, self._first = asked, first

    def alignment(self, a: str, b: str, key: bytes) -> Recalled:
        found = super().alignment(a, b, key)
        is_worth = self._asked in (a, b) or (a in self._first and b in self._first)
        return None if found is Answer.UNKNOWN and not is_worth else found


def _free(id: str, taken: Collection[str]) -> str:
    """An id that no candidate has."""
    while id in taken:
        id = f"{id} (asked)"
    return id


_Fact = tuple[str | None, float | None]  # outlet, seconds


def _facts(db: sqlite3.Connection, numbers: Ints) -> dict[int, _Fact]:
    """Outlet and time of some articles."""
    facts: dict[int, _Fact] = {}
    for some in listed(np.unique(numbers).tolist()):
        rows = db.execute(f"SELECT number, outlet, earliest FROM article WHERE number IN ({some})")
        facts.update((number, (outlet, earliest)) for number, outlet, earliest in rows)
    return facts


def _is_house(holders: Sequence[_Fact], settings: Settings) -> bool:
    """Whether a shingle is what an outlet repeats; see ``match.repeats``."""
    if len(holders) < min(settings.house_articles, settings.house_articles_undated):
        return False
    number: dict[str, int] = {}
    outlets = [
        -1 - k if outlet is None else number.setdefault(canonical(outlet), len(number))
        for k, (outlet, _) in enumerate(holders)
    ]
    times = [np.nan if time is None else time / _HOUR for _, time in holders]
    return repeated_by_outlet(np.array(outlets), np.array(times, dtype=np.float64), settings)


def _with(house: House | None, more: Hashes, settings: Settings) -> House:
    """House text that is known, and some that was found just now."""
    if house is None:
        return House(np.unique(more), settings.shingle_rate)
    return House(np.union1d(house.shingles, more), house.rate)


def _best(found: Sequence[Ints], facts: dict[int, _Fact], settings: Settings) -> list[int]:
    """The articles that have most of the shingles, of equals the earlier ones."""
    every = np.concatenate([np.empty(0, dtype=np.int64), *found])
    numbers, counts = np.unique(every, return_counts=True)
    order = sorted(
        (-int(count), _time(facts[int(number)]), int(number))
        for number, count in zip(numbers, counts, strict=True)
        if int(number) in facts
    )
    return [number for _, _, number in order[:_CANDIDATES]]


def _time(fact: _Fact) -> float:
    return float("inf") if fact[1] is None else fact[1]


def _tied(db: sqlite3.Connection, chosen: Sequence[int], settings: Settings) -> list[int]:
    """Articles that share most with the candidates, of each a few: what the source itself was taken from."""
    more: dict[int, int] = defaultdict(int)
    for number in chosen:
        for other, shared in tied_to(db, number, settings, _TIED):
            more[other] = max(more[other], shared)
    known = set(chosen)
    ordered = sorted((-shared, other) for other, shared in more.items() if other not in known)
    return [other for _, other in ordered[:_CANDIDATES]]


# --- a part of a trace ----------------------------------------------------------------------------------------------


def about(found: Trace, id: str) -> Trace:
    """What a trace says of one article: itself, the articles of its family, and all between them."""
    family = next((f for f in found.families if id in f.articles), None)
    kept = set(family.articles) if family else {id}
    kept |= {other for u in found.undecided if id in u.articles for other in u.articles}
    nodes = kept | (set(family.sources) if family else set())
    nodes |= {d.source for d in found.derivations if d.derived in kept}
    return replace(
        found,
        articles=tuple(a for a in found.articles if a.id in kept),
        sources=tuple(s for s in found.sources if s.id in nodes),
        derivations=tuple(d for d in found.derivations if d.derived in nodes),
        alternatives=tuple(x for x in found.alternatives if x.derived in nodes and x.source in nodes),
        undecided=tuple(u for u in found.undecided if set(u.articles) <= nodes),
        reprints=tuple(r for r in found.reprints if set(r.members) <= kept),
        families=(family,) if family else (),
        independent_reports=family.independent_reports if family else Estimate(1, 1, 1),
        citations=tuple(c for c in found.citations if c.article in kept),
    )
