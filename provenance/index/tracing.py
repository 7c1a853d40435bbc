"""The trace of what is in an index: all of it, or what has to do with a date or an article."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from provenance.errors import BusyIndex, InputError, NoRoom
from provenance.index.choosing import family_of, numbers_named, since
from provenance.index.database import Database
from provenance.index.loading import stored_articles
from provenance.index.memory import IndexMemory, stored_house
from provenance.match import NO_HOUSE
from provenance.model import Fact, Pile, Trace
from provenance.pipeline import Progress, trace
from provenance.settings import Settings


class Part(NamedTuple):
    """A part of an index: what may be from a time on, what belongs to an article; with all that shares text with it."""

    since: datetime | None = None
    family: str | None = None


def traced(
    database: Database,
    part: Part,
    names: frozenset[str],
    settings: Settings,
    facts: Sequence[Fact],
    progress: Progress | None,
    threads: int | None,
) -> Trace:
    """The trace of a part of an index; what it finds out is stored, if that can be done at once.

    Args:
        database: open.
        part: which articles; all where it says nothing.
        names: the outlets of the index.
        settings, facts, progress, threads: as for ``pipeline.trace``.

    Raises:
        InputError: there is no such article, or none at all.
    """
    with database.reading() as db:
        chosen = _chosen(db, part, settings)
        stored = stored_articles(db, chosen)
        if not stored:
            raise InputError(
                f"there are no such articles in {database.path}; see: provenance index info {database.path}"
            )
        if chosen is None:
            memory = IndexMemory(db, stored)
        else:
            memory = IndexMemory(db, stored, house=stored_house(db) or NO_HOUSE, names=names)
        pile = Pile(tuple(each.article for each in stored.values()))
        is_whole = chosen is None and not facts and settings == database.settings()
        found = trace(pile, settings, facts, progress, threads, memory)
        forgotten = memory.not_asked() if is_whole else []
    if not is_whole:
        memory.found.house = None  # that of other articles than are stored, or by other settings
    with suppress(BusyIndex, NoRoom):
        last = max(each.number for each in stored.values()) if is_whole else None
        memory.store(database, "storing what a trace found out", 0, last, forgotten)
    return found


def _chosen(db: sqlite3.Connection, part: Part, settings: Settings) -> set[int] | None:
    """The numbers of the articles of a part, None for all."""
    of_family = None if part.family is None else family_of(db, numbers_named(db, part.family), settings)
    recent = None if part.since is None else since(db, part.since.timestamp(), settings)
    if of_family is None or recent is None:
        return recent if of_family is None else of_family
    return of_family & recent
