"""Records (JSON lines, JSON, CSV) made into articles, one each; no value is taken for another type than written."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

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


def json_lines(path: str, text: str) -> Iterator[Found]:
    """One record a line; a broken line is skipped with its number."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(line) > 2 * LARGEST_ARTICLE:
            yield Skipped(path, f"line {number}: {len(line):,} characters, no article is that long")
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Skipped(path, f"line {number}: broken JSON ({_where(error)})")
            continue
        yield Record(number, value) if isinstance(value, dict) else Skipped(path, f"line {number}: no JSON object")


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.colno}"
    return _TOO_DEEP if isinstance(error, RecursionError) else _TOO_LONG


def json_document(path: str, text: str) -> Iterator[Found]:
    """The records of a JSON file: a list, an object with a list, or one record."""
    try:
        value = json.loads(text)
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


def article_of(record: Record, id: str, path: str) -> Article | Skipped:
    """The article of one record, or why there is none."""
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
    if not isinstance(text, str) or (text_field and text_field[0] == "content" and text.lstrip()[:1] == "<"):
        from provenance.ingest.html_page import article_of_page

        return article_of_page(id, path, str(html if isinstance(html, str) else text), known)
    if not text.strip():
        return Skipped(path, f"{place}: the text is empty")
    return article_from(id, path, reflowed(clean_breaks(text)), known)


def id_of(record: Record, name: str) -> str:
    """``file#record id``, or ``file#line`` for a record without one."""
    found = field_of(record.fields, "id")
    if found and isinstance(found[1], str | int | float) and str(found[1]).strip():
        return f"{name}#{str(found[1]).strip()}"
    return f"{name}#{record.line}" if record.line else name
