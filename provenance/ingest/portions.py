"""Articles a portion at a time, for those who do not want a pile in memory as a whole."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from provenance.errors import UnreadableFile
from provenance.ingest import beside, records
from provenance.ingest.readers import (
    MANY_FROM,
    SUFFIXES,
    File,
    Progress,
    each_record,
    files,
    line_blocks,
    many_in,
    piles_of,
    suffix_of,
)
from provenance.model import Article, Pile, Skipped

Portion = tuple[str, Pile]
Thing = TypeVar("Thing")


def portions(
    paths: Sequence[str | Path],
    size: int,
    progress: Progress | None = None,
    workers: int | None = None,
    only: Collection[str] | None = None,
) -> Iterator[Portion]:
    """The articles of some files and folders in portions.

    Args:
        paths, progress, workers: as for ``read``.
        size: the most articles of a portion; only large files of JSON lines are divided.
        only: files, as the paths lead to them, to which reading is limited.

    Yields:
        The path that led to a portion, and what was read. Ids of several portions may collide, see ``told_apart``.

    Raises:
        InputError: when a path does not exist.
    """
    found = [file for file in files(paths) if only is None or str(file.path) in only]
    large = {file for file in found if _is_large(file)}
    others = piles_of([file for file in found if file not in large], None, workers)
    for done, file in enumerate(found, start=1):
        if file in large:
            yield from ((file.root, pile) for pile in _divided(file, size, progress, workers))
        else:
            yield file.root, next(others)
        if progress is not None and not large:
            progress("reading", done, len(found))
    unused = beside.unused(file.path for file in found if file.path is not None)
    if unused:
        yield "", Pile((), tuple(unused))


def _is_large(file: File) -> bool:
    """Whether a file is one of JSON lines too large to be held as a whole, which can be read a line at a time."""
    if file.path is None or file.reason is not None or SUFFIXES.get(suffix_of(file.path.name)) != "jsonl":
        return False
    try:
        return file.path.is_file() and file.path.stat().st_size >= MANY_FROM and _is_plain(file.path)
    except OSError:
        return False  # whoever reads it as a whole says why


def _is_plain(path: Path) -> bool:
    """Whether a file can be read to its end as UTF-8: to find out half-way would be too late."""
    try:
        with path.open("rb") as opened:
            for _ in line_blocks(opened, path.stat().st_size, None):
                pass
    except (UnicodeDecodeError, UnreadableFile):
        return False
    return True


def _divided(file: File, size: int, progress: Progress | None, workers: int | None) -> Iterator[Pile]:
    """The articles of a file of JSON lines, so many at a time."""
    assert file.path is not None
    bytes_in_all = file.path.stat().st_size
    with file.path.open("rb") as opened:
        found = records.json_lines(file.shown, line_blocks(opened, bytes_in_all, progress))
        read = each_record(file.id, file.shown, found, None, workers, many_in(bytes_in_all))
        for some in in_groups(read, size):
            articles = tuple(each for each in some if isinstance(each, Article))
            yield Pile(articles, tuple(each for each in some if isinstance(each, Skipped)))


def in_groups(things: Iterable[Thing], size: int) -> Iterator[tuple[Thing, ...]]:
    """Things so many at a time.

    >>> list(in_groups("abc", 2))
    [('a', 'b'), ('c',)]
    """
    waiting = iter(things)
    while some := tuple(islice(waiting, size)):
        yield some


def article_files(folder: str | Path) -> Iterator[Path]:
    """The files of a folder that may hold articles, in order."""
    return (file.path for file in files([folder]) if file.path is not None and file.reason is None)
