"""What is in an index, and how it was made."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from provenance.index.database import Database
from provenance.index.tables import SCHEMA
from provenance.settings import Settings


def described(database: Database, db: sqlite3.Connection) -> dict[str, object]:
    """The state of an index: what people ask first stands first."""
    articles, versions, outlets, first, last, upto = db.execute(
        "SELECT count(*), sum(version_of IN (SELECT number FROM article)), count(DISTINCT outlet), min(earliest),"
        " max(latest), max(number) FROM article"
    ).fetchone()
    aligned_upto = database.stamp("aligned_upto") or 0
    return {
        "articles": articles,
        "of them versions of others": versions or 0,
        "came again": _count(db, "also"),
        "outlets": outlets,
        "dated": f"{_day(first)} to {_day(last)}" if first is not None and last is not None else None,
        "pairs aligned": _count(db, "alignment WHERE data IS NOT NULL"),
        "articles not aligned yet": _count(db, f"article WHERE number > {int(aligned_upto)}") if upto else 0,
        "removed": _count(db, "removed"),
        "bytes": _bytes(database),
        "fingerprints": database.stamp("scheme"),
        "hash": database.stamp("hash"),
        "tables": SCHEMA,
        "word weights": f"{database.settings().weights} ({database.stamp('weights')[:12]})",
        "settings changed": _changed(json.loads(database.stamp("settings"))),
        "made by": f"news-provenance {database.stamp('program')}",
    }


def _count(db: sqlite3.Connection, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _bytes(database: Database) -> int:
    sizes = [database.path, database.path.with_name(database.path.name + "-wal")]
    return sum(each.stat().st_size for each in sizes if each.exists())


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _changed(settings: Mapping[str, object]) -> dict[str, object]:
    usual = asdict(Settings())
    return {name: value for name, value in settings.items() if usual.get(name) != value}
