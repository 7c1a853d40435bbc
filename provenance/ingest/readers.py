"""Files, folders and standard input made into a Pile; what cannot be read is said, and the rest goes on."""

import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from provenance import kernels
from provenance.errors import InputError, OwnPage, UnreadableFile
from provenance.ingest import beside, records
from provenance.ingest.decode import BLOCK, LARGEST_FILE, PACKED, decode, text_blocks, unpack, unpacked
from provenance.ingest.known import Known
from provenance.ingest.plain_text import article_from, clean_block, clean_breaks, front_matter, reflowed
from provenance.ingest.sniff import is_own_page, kind_of
from provenance.model import Article, Pile, Skipped, shelved
from provenance.shelf import Shelf
from provenance.workers import cores, in_order

SUFFIXES = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
PAGES_EACH = 32  # saved pages from which another process is worth its start: they take it a second
NO_ARTICLES = ("readme", "license", "licence", "truth.json", beside.NAME)  # by the start of the name, in folders

Progress = Callable[[str, int, int], None]
T = TypeVar("T")
R = TypeVar("R")


def read(paths: Sequence[str | Path], progress: Progress | None = None, workers: int | None = None) -> Pile:
    """The articles of some files and folders.

    Args:
        paths: files, folders (read with all below them, hidden files left out) or "-" for standard input.
        progress: called after each file with ("reading", files done, files in all), and within a large file of JSON
            lines with ("reading MB", megabytes done, megabytes in all).
        workers: how many processes read saved pages where there are many; all cores where None, 1 for none.

    Returns:
        The articles sorted by id, and what was skipped with the reason. A file that two paths lead to is read
        once; where ids of two paths collide, both get their path in front.

    Raises:
        InputError: when a path does not exist.
    """
    found = list(files(paths))
    piles: list[Pile] = []
    room = _Room()
    for done, pile in enumerate(piles_of(found, progress, workers), start=1):
        piles.append(room.kept(pile))
        if progress is not None:
            progress("reading", done, len(found))
    skipped = [s for pile in piles for s in pile.skipped]
    skipped += beside.unused(file.path for file in found if file.path is not None)
    articles = told_apart([(file.root, pile.articles) for file, pile in zip(found, piles, strict=True)])
    by_id = sorted(articles, key=lambda article: article.id)
    return Pile(tuple(by_id), tuple(sorted(skipped, key=lambda s: (s.path, s.reason))))


_IN_MEMORY = 1_000_000_000  # characters of text; the texts of what comes after lie in a temporary file


class _Room:
    """How much text there is in memory."""

    def __init__(self) -> None:
        self._characters = 0
        self._shelf: Shelf | None = None

    def kept(self, pile: Pile) -> Pile:
        """The pile of a file, its texts on a shelf once memory has enough; large files see to themselves."""
        if len(pile.articles) > 1000:
            return pile
        if self._shelf is None:
            self._characters += sum(len(article.text) for article in pile.articles)
            self._shelf = Shelf() if self._characters > _IN_MEMORY else None
            return pile
        shelf = self._shelf
        return replace(pile, articles=tuple(shelved(article, shelf) for article in pile.articles))


def read_document(name: str, data: bytes, most: int | None = None) -> Pile:
    """The articles of one file given as bytes, or of pasted text.

    Args:
        name: the file's name; its suffix says the format, without a known suffix the content does.
        data: the file's bytes, packed with gzip or not.
        most: how many records of it are looked at, all where None; that there are more is said among the skipped.

    Returns:
        Its articles, and what was skipped with the reason.
    """
    try:
        return _read_bytes(name, name, data, Known(), most)
    except UnreadableFile as error:
        return Pile((), (Skipped(name, str(error)),))


# --- which files --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; ``path`` is None for standard input and for what is only reported."""

    root: str
    id: str
    shown: str
    path: Path | None
    reason: str | None = None


def files(paths: Sequence[str | Path]) -> Iterator[File]:
    """The files that some paths lead to, each once, in order.

    Raises:
        InputError: when a path does not exist.
    """
    seen: set[Path] = set()
    for given in sorted({_as_given(path) for path in paths}):
        for file in _below(given):
            real = file.path.resolve() if file.path is not None else None
            if real is None or real not in seen:
                yield file
            if real is not None:
                seen.add(real)


def _as_given(path: str | Path) -> str:
    return "-" if str(path) == "-" else f"./{name}" if (name := Path(path).as_posix()) == "-" else name


def _below(given: str) -> Iterator[File]:
    if given == "-":
        yield File("-", "stdin", "-", None)
        return
    path = Path(given)
    if path.is_dir():
        yield from _in_folder(given, path)
    elif path.exists():
        yield File(given, path.name, given, path)
    else:
        raise InputError(f"{given}: no such file or folder")


def _in_folder(given: str, folder: Path) -> Iterator[File]:
    files = [
        file
        for file in folder.rglob("*")
        if (file.is_symlink() or not file.is_dir())
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    is_empty = True
    for file in sorted(files, key=lambda f: f.relative_to(folder).as_posix()):
        if file.name.casefold().startswith(NO_ARTICLES):
            continue
        is_empty = False
        id = file.relative_to(folder).as_posix()
        suffix = suffix_of(file.name)
        reason = _no_file(file) or (None if suffix in SUFFIXES else f"{suffix or 'no suffix'}: no known format")
        yield File(given, id, f"{given.rstrip('/')}/{id}", file, reason)
    if is_empty:
        yield File(given, given, given, None, "a folder without articles")


def _no_file(file: Path) -> str | None:
    """Why something in a folder is no file to read: a broken link, a link to a folder, a pipe, a device."""
    try:
        mode = file.stat().st_mode
    except OSError as error:  # a link that leads nowhere or round in a circle
        return f"cannot be opened ({error.strerror or error})"
    if stat.S_ISDIR(mode):
        return "a link to a folder; name that folder itself"
    return None if stat.S_ISREG(mode) else "a pipe or device, no file; send it through standard input and name it -"


def suffix_of(name: str) -> str:
    return Path(name.casefold().removesuffix(".gz")).suffix


# --- one file -----------------------------------------------------------------------------------------------------


def piles_of(files: Sequence[File], progress: Progress | None, workers: int | None) -> Iterator[Pile]:
    """The articles of each file; many saved pages are read by several processes."""
    pages = [file for file in files if file.path is not None and SUFFIXES.get(suffix_of(file.path.name)) == "html"]
    of_pages = _by_workers(_read_file, pages, len(pages), workers)
    are_pages = set(pages)
    for file in files:
        yield next(of_pages) if file in are_pages else _read_file(file, progress, workers)


def _by_workers(work: Callable[[T], R], pages: Iterable[T], number: int, workers: int | None) -> Iterator[R]:
    processes = min(cores() if workers is None else workers, number // PAGES_EACH)
    return in_order(work, pages, processes)


def _read_file(file: File, progress: Progress | None = None, workers: int | None = 1) -> Pile:
    if file.reason is not None:
        return Pile((), (Skipped(file.shown, file.reason),))
    try:
        if file.path is None:
            if sys.stdin is None:  # closed by whoever started us
                raise UnreadableFile("there is no standard input")
            return _read_bytes(file.id, file.shown, sys.stdin.buffer.read(), Known(), None, workers)
        if (reason := _no_file(file.path)) is not None:
            raise UnreadableFile(reason)
        size = file.path.stat().st_size
        if SUFFIXES.get(suffix_of(file.path.name)) == "jsonl" and (
            pile := _read_lines(file, file.path, size, progress, workers)
        ):
            return pile
        if size > LARGEST_FILE:
            raise UnreadableFile(f"larger than {LARGEST_FILE:,} bytes; split it, or make it JSON lines")
        known = beside.known_of(file.path, Path(file.root))
        return _read_bytes(file.id, file.shown, file.path.read_bytes(), known, None, workers)
    except OwnPage as error:
        in_a_folder = file.shown != file.root
        return Pile((), () if in_a_folder else (Skipped(file.shown, str(error)),))
    except UnreadableFile as error:
        return Pile((), (Skipped(file.shown, str(error)),))
    except OSError as error:
        return Pile((), (Skipped(file.shown, f"cannot be opened ({error.strerror or error})"),))


def _read_lines(file: File, path: Path, size: int, progress: Progress | None, workers: int | None) -> Pile | None:
    """The articles of JSON lines, read a block at a time; None where only a look at the whole file tells more."""
    with path.open("rb") as opened:
        try:
            found = records.json_lines(file.shown, line_blocks(opened, size, progress))
            shelf = Shelf() if size > _IN_MEMORY else None
            pile = _read_records(file.id, file.shown, found, None, workers, many_in(size), shelf)
        except UnicodeDecodeError:
            return None
    return pile if pile.articles or pile.skipped else None


def line_blocks(opened: BufferedReader, size: int, progress: Progress | None) -> Iterator[str]:
    """The text of a file of JSON lines in pieces that end with lines.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    is_packed = opened.peek(2)[:2] == PACKED
    blocks = unpacked(opened, size) if is_packed else iter(partial(opened.read, BLOCK), b"")
    texts = text_blocks(_told(blocks, opened, size, progress))
    yield clean_breaks(next(texts, ""))
    yield from map(clean_block, texts)


MANY_FROM = 16_000_000  # bytes, of some 5,000 articles: what kernels save there pays for loading them


def many_in(size: int) -> bool:
    """Whether a file is large enough for kernels, which are then made ready."""
    if size < MANY_FROM:
        return False
    with kernels.announced():
        return True


_TOLD_FROM = 10_000_000  # bytes; smaller files take less than a second


def _told(blocks: Iterator[bytes], file: BinaryIO, size: int, progress: Progress | None) -> Iterator[bytes]:
    for block in blocks:
        yield block
        if progress is not None and size >= _TOLD_FROM:
            progress("reading MB", file.tell() // 1_000_000, size // 1_000_000)


def _read_bytes(
    id: str, shown: str, data: bytes, known: Known, most: int | None = None, workers: int | None = 1
) -> Pile:
    if data[:2] == PACKED:
        data = unpack(data)
    if not data.strip():
        raise UnreadableFile("empty")
    decoded = decode(data)
    kind = SUFFIXES.get(suffix_of(id)) or kind_of(decoded.text)
    if kind in ("jsonl", "json", "csv"):
        pile = _read_records(id, shown, _records(shown, decoded.text, kind), most, workers)
    else:
        pile = Pile((_read_article(id, shown, decoded.text, kind, known),))
    if not pile.articles and not pile.skipped:
        raise UnreadableFile("no articles in it")
    return replace(pile, articles=tuple(_noted(a, decoded.note) for a in pile.articles))


def _records(shown: str, text: str, kind: str) -> Iterator[records.Found]:
    if kind == "json":
        return records.json_document(shown, text)
    text = clean_breaks(text)
    return records.json_lines(shown, (text,)) if kind == "jsonl" else records.table(shown, text)


def _read_article(id: str, shown: str, text: str, kind: str, known: Known) -> Article:
    if len(text) > records.LARGEST_ARTICLE:
        raise UnreadableFile(f"{len(text):,} characters, no article is that long; one article a file, or .jsonl")
    if kind == "html":
        if is_own_page(text):
            raise OwnPage("a page that this program made, no article; give the articles it is about")
        from provenance.ingest.html_page import article_of_page

        return article_of_page(id, shown, clean_breaks(text), known)
    front, text = front_matter(clean_breaks(text))
    if not text.strip():
        raise UnreadableFile("empty")
    return article_from(id, shown, reflowed(text), known.over(front))


def _read_records(
    id: str,
    shown: str,
    found: Iterator[records.Found],
    most: int | None,
    workers: int | None,
    compiled: bool = False,
    shelf: Shelf | None = None,
) -> Pile:
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for read in each_record(id, shown, found, most, workers, compiled):
        if isinstance(read, Skipped):
            skipped.append(read)
        else:
            articles.append(read if shelf is None else shelved(read, shelf))
    return Pile(tuple(articles), tuple(skipped))


def each_record(
    id: str, shown: str, found: Iterator[records.Found], most: int | None, workers: int | None, compiled: bool
) -> Iterator[Article | Skipped]:
    """What came of each record, one after the other, ids told apart."""
    taken: set[str] = set()
    for line, own, article in _articles(id, shown, islice(found, most), workers, compiled):
        if own in taken:
            twin, own = own, _free(own, line, taken)
            twice = f"the id {twin.partition('#')[2]} stands twice in it"
            yield Skipped(shown, f"line {line}: {twice}; the second one is called {own}")
        if isinstance(article, Skipped):
            yield article
        else:
            taken.add(own)
            yield article if article.id == own else called(article, own)
    if next(found, None) is not None:
        yield Skipped(shown, f"only its first {most:,} records were looked at; divide it into several files")


_Read = tuple[int, str, Article | Skipped]  # line, id, what came of it


def _articles(
    id: str, shown: str, found: Iterator[records.Found], workers: int | None, compiled: bool
) -> Iterator[_Read]:
    """The article of each record; records that hold saved pages are read by several processes."""
    first = list(islice(found, 2 * PAGES_EACH))
    number = len(first) if all(isinstance(r, records.Record) and records.is_page(r) for r in first) else 0
    return _by_workers(partial(_article, id, shown, compiled), chain(first, found), number, workers)


def _article(id: str, shown: str, compiled: bool, found: records.Found) -> _Read:
    if isinstance(found, Skipped):
        return 0, "", found
    own = records.id_of(found, id)
    return found.line, own, records.article_of(found, own, shown, compiled)


def _free(id: str, line: int, taken: set[str]) -> str:
    free = f"{id}#{line}"
    while free in taken:
        free += "'"
    return free


def _noted(article: Article, note: str | None) -> Article:
    """The article with the encoding it was read in among its grounds, where it was not UTF-8."""
    if note is None:
        return article
    if article.title_ground is not None:
        return replace(article, title_ground=f"{article.title_ground} (file read as {note})")
    if article.published is not None:
        ground = f"{article.published.read_from} (file read as {note})"
        return replace(article, published=replace(article.published, read_from=ground))
    return article


def told_apart(piles: Sequence[tuple[str, Sequence[Article]]]) -> Iterator[Article]:
    """The articles of some files, each with the path it was given by; equal ids get those paths in front."""
    if len(piles) == 1:  # the ids of one file differ
        return iter(piles[0][1])
    count = Counter(article.id for _, articles in piles for article in articles)
    return (
        article if count[article.id] == 1 else called(article, with_path(article, root))
        for root, articles in piles
        for article in articles
    )


def with_path(article: Article, root: str) -> str:
    file, _, record = article.id.partition("#")
    front = article.path if article.path == root else f"{root}/{file}"
    return f"{front}#{record}" if record else front


def called(article: Article, id: str) -> Article:
    """The article under another id, its credits with it."""
    return replace(article, id=id, credits=tuple(replace(c, article=id) for c in article.credits))
