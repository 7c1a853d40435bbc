"""What is known of an article from beside its text: record fields, front matter, articles.csv, page markup."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from provenance.ingest.dates import WrittenDate, date_in_address, read_date
from provenance.model import Credit

# The names under which people store each thing, likeliest first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "article_id", "doc_id", "uuid", "guid"),
    "text": ("text", "body", "content", "article", "articlebody", "full_text", "fulltext", "maintext", "article_text"),
    "html": ("html", "raw_html", "content_html"),
    "title": ("title", "headline", "titel", "header"),
    "date": (
        "date", "published", "date_published", "datepublished", "published_at", "publishedat", "publish_date",
        "publication_date", "publishing_date", "pub_date", "pubdate", "published_date", "date_publish", "datetime",
        "datum", "timestamp", "created_at",
    ),
    "outlet": ("outlet", "source", "publisher", "site", "publication", "newspaper", "site_name", "sitename",
               "source_name"),
    "byline": ("byline", "author", "authors", "creator", "by"),
    "url": ("url", "link", "canonical_url", "source_url", "permalink"),
    "language": ("language", "lang", "locale"),
    "path": ("path", "file", "filename", "article"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Metadata with the ground of each thing; what is not known is None."""

    title: str | None = None
    title_ground: str | None = None
    outlet: str | None = None
    outlet_ground: str | None = None
    byline: str | None = None
    byline_ground: str | None = None
    date: WrittenDate | None = None
    date_ground: str | None = None
    url: str | None = None
    language: str | None = None
    credits: tuple[Credit, ...] = ()

    def over(self, other: "Known") -> "Known":
        """This where it says something, the other where it does not."""
        merged: dict[str, Any] = {}
        for field in fields(self):
            name = field.name
            # a ground belongs to its thing: it must not come from the other side
            decides = name.removesuffix("_ground")
            chosen = other if getattr(self, decides) in (None, ()) else self
            merged[name] = getattr(chosen, name)
        return Known(**merged)


def field_of(record: Mapping[str, object], thing: str) -> tuple[str, object] | None:
    """The first field, under any of its common names, that holds a thing: (name as written, value)."""
    return _first(record, _places(tuple(record))[thing])


def _first(record: Mapping[str, object], names: Iterable[str]) -> tuple[str, object] | None:
    for name in names:
        value = record[name]
        if value or value not in (None, "", [], {}):
            return name, value
    return None


@lru_cache(maxsize=1024)  # the records of a file mostly have the same fields
def _places(fields: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """By thing the names that may hold it, likeliest first; names as they are written come before folded ones."""
    folded = {str(field).strip().casefold().replace(" ", "_").replace("-", "_"): str(field) for field in fields}
    there = frozenset(fields)
    return {
        thing: tuple(dict.fromkeys([*(n for n in names if n in there), *(folded[n] for n in names if n in folded)]))
        for thing, names in FIELD_NAMES.items()
    }


def known_from(record: Mapping[str, object], ground: str) -> Known:
    """What the fields of a record say.

    Args:
        record: field names and values, as a JSON object or a row of a table holds them.
        ground: words for the reader with ``{}`` where the field's name goes: "field {} of the record".
    """
    said: dict[str, Any] = {}
    places = _places(tuple(record))
    for thing in ("title", "outlet", "byline", "url", "language"):
        found = _first(record, places[thing])
        if found and (value := words_of(found[1])):
            said[thing] = value
            if thing not in ("url", "language"):
                said[f"{thing}_ground"] = _ground(ground, found[0])
    found = _first(record, places["date"])
    date = read_date(found[1]) if found else None
    if found and date is not None and date.year is not None:
        said["date"], said["date_ground"] = date, f'{_ground(ground, found[0])}: "{found[1]}"'
    known = Known(**said)
    return known if date is not None and known.date else with_address_date(known)


@lru_cache(maxsize=1024)  # one string for all articles of a file
def _ground(ground: str, name: str) -> str:
    return ground.format(name)


def with_address_date(known: Known) -> Known:
    """Where no date is said, the day that stands in the address."""
    date = date_in_address(known.url) if known.date is None else None
    return replace(known, date=date, date_ground=_address_ground(known)) if date else known


def is_from_address(known: Known) -> bool:
    """Whether the date is only the day in the address; a page of that address may say the minute."""
    return known.date is not None and known.date_ground == _address_ground(known)


def _address_ground(known: Known) -> str:
    return f"address of the page: {known.url}"


def words_of(value: object) -> str | None:
    """A field's value as a person would write it: lists joined by commas, objects by their name.

    >>> words_of([{"name": "Jane Roe"}, "Max Muster"])
    'Jane Roe, Max Muster'
    """
    if isinstance(value, str):
        return _words_of_string(value)
    if isinstance(value, Mapping):
        return words_of(value.get("name") or value.get("title"))
    if isinstance(value, Iterable):
        parts = [part for part in map(words_of, value) if part]
        return ", ".join(dict.fromkeys(parts)) or None
    if value is None or isinstance(value, bool):
        return None
    return str(value)


def _words_of_string(value: str) -> str | None:
    stripped = " ".join(value.split())
    if stripped.startswith("[") and stripped.endswith("]"):  # a list that a table keeps as text
        try:
            return words_of(json.loads(stripped.replace("'", '"')))
        except ValueError:
            return stripped
    return stripped or None
