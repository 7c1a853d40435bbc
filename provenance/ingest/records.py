"""Records (JSON lines, JSON, CSV) made into articles, one each; no value is taken for another type than written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from provenance.errors import UnreadableFile
from provenance.ingest.known import FIELD_NAMES, field_of, known_from
from provenance.ingest.plain_text import article_from, clean_breaks, reflowed
from provenance.model import Article, Skipped

LARGEST_ARTICLE = 10_000_000  # characters; the longest books have half of that
_TOO_DEEP = "nested too deeply"
_TOO_LONG = "a number with more digits than a number can have"  # Python takes 4,300
LISTS = ("articles", "docs", "documents", "data", "items", "results", "records", "entries", "news")


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article and the line (or the place in a list) it came from."""

    line: int
    fields: Mapping[str, object]


Found = Record | Skipped


# --- the three formats --------------------------------------------------------------------------------------------


def json_lines(path: str, blocks: Iterable[str]) -> Iterator[Found]:
    """One record a line; a broken line is skipped with its number.

    Args:
        path: the file as a user would name it.
        blocks: its text, in pieces that end with lines.
    """
    number = 0
    for block in blocks:
        lines = block.split("\n")
        if not lines[-1]:
            lines.pop()
        for line in lines:
            number += 1
            if line and not line.isspace():
                yield _record_of_line(path, number, line)


def _record_of_line(path: str, number: int, line: str) -> Found:
    if len(line) > 2 * LARGEST_ARTICLE:
        return Skipped(path, f"line {number}: {len(line):,} characters, no article is that long")
    try:
        value = parsed(line)
    except (ValueError, RecursionError) as error:
        return Skipped(path, f"line {number}: broken JSON ({_where(error)})")
    return Record(number, value) if isinstance(value, dict) else Skipped(path, f"line {number}: no JSON object")


def parsed(text: str) -> Any:
    """What a JSON text says, as the standard library reads it, in half the time where the text is plain.

    Raises:
        ValueError, RecursionError: as ``json.loads`` does.
    """
    try:
        value = orjson.loads(text)
    except ValueError:  # NaN, half a pair of surrogates, and all that is broken
        return json.loads(text)
    return value if _is_read_alike(value) else json.loads(text)


_NESTED = 50  # levels; far below what either reader refuses


def _is_read_alike(value: object, level: int = 0) -> bool:
    """Whether both readers give this value: orjson makes a float of a number with very many digits."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return not isinstance(value, float)
    return level < _NESTED and all(isinstance(item, str) or _is_read_alike(item, level + 1) for item in value)


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.colno}"
    return _TOO_DEEP if isinstance(error, RecursionError) else _TOO_LONG


def json_document(path: str, text: str) -> Iterator[Found]:
    """The records of a JSON file: a list, an object with a list, or one record."""
    try:
        value = parsed(text)
    except RecursionError as error:
        raise UnreadableFile(f"broken JSON ({_TOO_DEEP})") from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"broken JSON (line {error.lineno}: {error.msg.lower()})") from error
    except ValueError as error:
        raise UnreadableFile(f"broken JSON ({_TOO_LONG})") from error
    if isinstance(value, dict) and not _holds_text(value):
        value = next((value[name] for name in LISTS if isinstance(value.get(name), list)), value)
    if isinstance(value, dict):
        yield Record(0, value)
        return
    if not isinstance(value, list):
        raise UnreadableFile("JSON, but neither a record nor a list of records")
    for number, item in enumerate(value, start=1):
        yield Record(number, item) if isinstance(item, dict) else Skipped(path, f"item {number}: no JSON object")


def table(path: str, text: str) -> Iterator[Found]:
    """The rows of a CSV file with a header; comma, semicolon or tab."""
    for line, row in rows_of_table(text):
        if None in row:
            yield Skipped(path, f"line {line}: more fields than the header names")
        else:
            yield Record(line, row)


def rows_of_table(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a CSV text as (line on which the row starts, column -> value)."""
    header = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    with _field_limit(LARGEST_ARTICLE):
        rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
        try:
            rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
            start = rows.line_num + 1
            for row in rows:
                yield start, {key: value for key, value in row.items() if value is not None}
                start = rows.line_num + 1
        except csv.Error as error:
            raise UnreadableFile(f"broken CSV (line {rows.line_num}: {error})") from error


@contextmanager
def _field_limit(limit: int) -> Iterator[None]:
    """csv keeps its limit for the whole process: put it back."""
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _holds_text(fields: Mapping[str, object]) -> bool:
    return any(isinstance(found[1], str) for thing in ("text", "html") if (found := field_of(fields, thing)))


# --- a record made into an article --------------------------------------------------------------------------------


def article_of(record: Record, id: str, path: str, compiled: bool = False) -> Article | Skipped:
    """The article of one record, or why there is none; ``compiled`` as for ``article_from``."""
    place = f"line {record.line}" if record.line else "record"
    text_field, html_field = field_of(record.fields, "text"), field_of(record.fields, "html")
    text = text_field[1] if text_field else None
    if isinstance(text, list):
        text = "\n\n".join(part for part in text if isinstance(part, str))
    html = html_field[1] if html_field else None
    if not isinstance(text, str) and not isinstance(html, str):
        if any(isinstance(record.fields.get(name), str) for name in FIELD_NAMES["text"]):
            return Skipped(path, f"{place}: the text is empty")
        wanted = ", ".join(FIELD_NAMES["text"][:4])
        there = ", ".join(map(str, record.fields))[:200]
        return Skipped(path, f"{place}: no field with the text ({wanted}); found: {there}")
    if len(text if isinstance(text, str) else str(html)) > LARGEST_ARTICLE:
        return Skipped(path, f"{place}: more than {LARGEST_ARTICLE:,} characters, no article is that long")
    known = known_from(record.fields, "field {} of the record")
    if not isinstance(text, str) or _is_markup(text_field, text):
        from provenance.ingest.html_page import article_of_page

        return article_of_page(id, path, str(html if isinstance(html, str) else text), known)
    if not text.strip():
        return Skipped(path, f"{place}: the text is empty")
    return article_from(id, path, reflowed(clean_breaks(text)), known, compiled=compiled)


def is_page(record: Record) -> bool:
    """Whether a record holds a saved page and no text."""
    text, html = field_of(record.fields, "text"), field_of(record.fields, "html")
    return _is_markup(text, text[1]) if text else html is not None


def _is_markup(text_field: tuple[str, object] | None, text: object) -> bool:
    is_content = text_field is not None and text_field[0] == "content"
    return is_content and isinstance(text, str) and text.lstrip()[:1] == "<"


def id_of(record: Record, name: str) -> str:
    """``file#record id``, or ``file#line`` for a record without one."""
    found = field_of(record.fields, "id")
    if found and isinstance(found[1], str | int | float) and str(found[1]).strip():
        return f"{name}#{str(found[1]).strip()}"
    return f"{name}#{record.line}" if record.line else name
