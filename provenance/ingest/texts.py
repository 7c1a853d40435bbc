"""The bare texts of a pile, for looking at millions of them: a batch at a time, and once more when asked for.

A trace reads articles: lines, dates, frames, grounds. Here a record of a JSON lines file gives its id, text, outlet
and time alone, and the text is forgotten: what is asked for again is read from its file again.
"""

import gzip
import json
import os
import tempfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple

import orjson

from provenance.ingest import readers
from provenance.ingest.dates import read_date
from provenance.ingest.known import FIELD_NAMES, field_of, words_of
from provenance.ingest.records import LARGEST_ARTICLE
from provenance.model import Article, Published, Skipped
from provenance.shared import TextBatch

_BATCH = 256  # texts; their words fit into the processor's cache
_LINES = (".jsonl", ".ndjson")


class Texts:
    """The texts of a pile, numbered in the order in which ``batches`` gives them."""

    def __init__(self, paths: Sequence[str | Path], workers: int | None = None) -> None:
        """Of files and folders; saved pages are read by so many processes, None for one a core.

        Raises:
            InputError: a path does not exist.
        """
        files = list(readers.files(paths))
        lines = bool(files) and all(f.path is not None and f.reason is None and _is_lines(f.path) for f in files)
        self.skipped: list[Skipped] = []
        self._pile = None if lines else readers.read(paths, workers=workers)
        self._files = list(_opened(files, self.skipped)) if lines else []
        self._first: list[int] = []
        self.size = sum(f.size for f in self._files)

    def batches(self) -> Iterator[tuple[TextBatch, int]]:
        """All texts once, in batches, each with the bytes read so far (of ``size``; nothing for what is held)."""
        if self._pile is not None:
            self.skipped += self._pile.skipped
            for start in range(0, len(self._pile.articles), _BATCH):
                yield _held(self._pile.articles[start : start + _BATCH]), 0
        done = count = 0
        for file in self._files:
            self._first.append(count)
            for batch in file.batches(self.skipped):
                count += len(batch.ids)
                yield batch, done + file.at
            done += file.size

    def again(self, numbers: Iterable[int]) -> list[str]:
        """The texts of some numbers once more."""
        if self._pile is not None:
            return [self._pile.articles[number].text for number in numbers]
        return [self._again(number) for number in numbers]

    def _again(self, number: int) -> str:
        file = len(self._first) - 1
        while self._first[file] > number:
            file -= 1
        return self._files[file].text(number - self._first[file])


def _held(articles: Sequence[Article]) -> TextBatch:
    times = [_seconds(a.published) for a in articles]
    return TextBatch([a.id for a in articles], [a.text for a in articles], [a.outlet for a in articles], times)


def _opened(files: Sequence[readers.File], skipped: list[Skipped]) -> Iterator["_Lines"]:
    """The files that can be opened; files of one name in several folders have the path in their ids."""
    count = Counter(file.id for file in files)
    for file in files:
        assert file.path is not None
        try:
            yield _Lines(file.id if count[file.id] == 1 else file.shown, file.shown, file.path)
        except EOFError as error:
            skipped.append(Skipped(file.shown, f"no readable gzip file ({error})"))
        except (OSError, zlib.error) as error:
            skipped.append(Skipped(file.shown, f"cannot be opened ({getattr(error, 'strerror', None) or error})"))


# --- one file of JSON lines ---------------------------------------------------------------------------------------


def _is_lines(path: Path) -> bool:
    return path.name.casefold().removesuffix(".gz").endswith(_LINES)


class _Lines:
    """A file of JSON lines whose records can be read once in turn and then by number."""

    def __init__(self, id: str, shown: str, path: Path) -> None:
        self._id, self._shown, self._path = id, shown, path
        opened = path.open("rb")
        self._file: IO[bytes] = _unpacked(opened) if opened.peek(2)[:2] == b"\x1f\x8b" else opened
        self.size = os.fstat(self._file.fileno()).st_size
        self.at = 0
        self._number = 0  # of the line before ``at``
        self._places, self._sizes = array("q"), array("l")  # of the lines with a text
        self._taken: set[str] = set()
        self._twice: list[Skipped] = []

    def batches(self, skipped: list[Skipped]) -> Iterator[TextBatch]:
        """Id, text, outlet and time of every record; what is no record is told in ``skipped``."""
        while lines := list(islice(self._file, _BATCH)):
            batch = TextBatch([], [], [], [])
            for line in lines:
                self._number += 1
                problem = self._read(line, batch)
                self.at += len(line)
                if problem:
                    skipped.append(Skipped(self._shown, f"line {self._number}: {problem}"))
            if batch.ids:
                yield batch
        skipped += self._twice
        self._taken.clear()

    def _read(self, line: bytes, batch: TextBatch) -> str | None:
        """Adds what a line holds to a batch; returns why there is nothing to add, nothing for an empty line."""
        record = _parsed(line)
        if isinstance(record, str):
            return record
        fields = _fields(tuple(record))
        text = _text(record, fields)
        if text is None:
            return "no text in it"
        self._places.append(self.at)
        self._sizes.append(len(line))
        batch.ids.append(self._own_id(record, fields))
        batch.texts.append(text)
        batch.outlets.append(_outlet(record, fields))
        batch.times.append(_time(record, fields))
        return None

    def text(self, number: int) -> str:
        """The text of a record that was read before."""
        record = _parsed(self._line(self._places[number], self._sizes[number]))
        assert isinstance(record, dict)
        return _text(record, _fields(tuple(record))) or ""

    def _line(self, at: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # takes these bytes alone, not the block around them
            return os.pread(self._file.fileno(), size, at)
        self._file.seek(at)
        return self._file.read(size)

    def _own_id(self, record: Mapping[str, object], fields: "_Fields") -> str:
        said, number = record.get(fields.id) if fields.id else None, self._number
        is_name = bool(said and not said.isspace()) if isinstance(said, str) else isinstance(said, int)
        id = f"{self._id}#{said if is_name else number}"
        if id in self._taken:
            id = self._free(id)
        self._taken.add(id)
        return id

    def _free(self, id: str) -> str:
        """The id with the number of its line, said among the skipped."""
        free = f"{id}#{self._number}"
        while free in self._taken:
            free += "'"
        twice = f"the id {id.partition('#')[2]} stands more than once in it; this one is called {free}"
        self._twice.append(Skipped(self._shown, f"line {self._number}: {twice}"))
        return free


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """A temporary file with what a packed one holds, because packed files cannot be read from the middle."""
    out = tempfile.TemporaryFile(prefix="provenance-")  # noqa: SIM115
    with file, gzip.open(file) as packed:
        copyfileobj(packed, out, 1 << 20)
    out.seek(0)
    return out


def _parsed(line: bytes) -> dict[str, object] | str:
    """The record of a line, or why there is none; nothing for an empty line."""
    try:
        value = orjson.loads(line)
    except ValueError:
        if not line.strip():
            return ""
        try:  # what only orjson refuses: NaN, half of a surrogate pair, very long numbers
            value = json.loads(line)
        except UnicodeDecodeError:
            return "not UTF-8; convert the file"
        except (ValueError, RecursionError):
            return "broken JSON"
    return value if isinstance(value, dict) else "no JSON object"


class _Fields(NamedTuple):
    """Under which names records with certain keys hold things, None where they do not."""

    id: str | None
    text: str | None
    outlet: str | None
    date: str | None


@lru_cache(maxsize=256)
def _fields(keys: tuple[str, ...]) -> _Fields:
    found = (field_of(dict.fromkeys(keys, "x"), thing) for thing in ("id", "text", "outlet", "date"))
    return _Fields(*(name[0] if name else None for name in found))


def _text(record: Mapping[str, object], fields: _Fields) -> str | None:
    text = record[fields.text] if fields.text else None
    if not isinstance(text, str) or not text:
        other = field_of({n: record.get(n) for n in FIELD_NAMES["text"]}, "text")
        text = other[1] if other else None
    return text if isinstance(text, str) and text and not text.isspace() and len(text) <= LARGEST_ARTICLE else None


def _outlet(record: Mapping[str, object], fields: _Fields) -> str | None:
    value = record[fields.outlet] if fields.outlet else None
    return _words_of_string(value) if isinstance(value, str) else words_of(value)


_words_of_string = lru_cache(1 << 14)(words_of)  # a pile has few outlets


def _time(record: Mapping[str, object], fields: _Fields) -> float | None:
    value = record[fields.date] if fields.date else None
    if not value:
        return None
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        time = None
    if time is not None:
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    date = read_date(value)
    return _seconds(date.published("")) if date is not None and date.year is not None else None


def _seconds(published: Published | None) -> float | None:
    return published.earliest.timestamp() if published and published.earliest else None
