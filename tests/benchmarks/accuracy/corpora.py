"""The development data as it lies in a folder, and the program's own reading of it. Nothing of it is kept."""

import gzip
import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from provenance import Article, read_articles

SHARED = Path(__file__).parents[3].parent / "shared" / "data"


class NoDataError(Exception):
    """A set that is not in the folder."""


def records(data: Path, name: str) -> list[dict[str, Any]]:
    """The records of a JSON lines file, packed or not.

    Raises:
        NoDataError: it is not there.
    """
    return [json.loads(line) for line in lines(data, name)]


def lines(data: Path, name: str) -> list[str]:
    """The lines of a text file, packed or not, without empty ones.

    Raises:
        NoDataError: it is not there.
    """
    file = data / name
    if not file.is_file():
        raise NoDataError(name)
    unpacked = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(file.suffix, bytes)
    return [line for line in unpacked(file.read_bytes()).decode("utf-8").split("\n") if line.strip()]


def articles(found: Iterable[Mapping[str, Any]]) -> dict[str, Article]:
    """What the program reads of records with id and text (and title, source, date, url ...), by their ids."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pile.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in found), encoding="utf-8")
        read = read_articles(file).articles
    return {article.id.partition("#")[2]: article for article in read}


def families_of(ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Item -> the first (in order) of all items that ties join with it.

    >>> families_of([("c", "b"), ("b", "a"), ("x", "y")])
    {'a': 'a', 'b': 'a', 'c': 'a', 'x': 'x', 'y': 'x'}
    """
    group: dict[str, set[str]] = {}
    for one, other in ties:
        together = group.get(one, {one}) | group.get(other, {other})
        group.update(dict.fromkeys(together, together))
    return {item: min(group[item]) for item in sorted(group)}


def fingerprint(data: Path, names: Iterable[str]) -> str:
    """A hash of the files (of folders: of all files in them) that were measured; what is missing adds nothing."""
    whole = hashlib.sha256()
    for file in (file for name in names for file in _files(data / name)):
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file for file in found if file.is_file()]
