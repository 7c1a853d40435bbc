"""Files, folders and standard input made into a Pile; what cannot be read is said, and the rest goes on."""

import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from provenance.errors import InputError, OwnPage, UnreadableFile
from provenance.ingest import beside, records
from provenance.ingest.decode import LARGEST_FILE, decode, unpack
from provenance.ingest.known import Known
from provenance.ingest.plain_text import article_from, clean_breaks, front_matter, reflowed
from provenance.ingest.sniff import is_own_page, kind_of
from provenance.model import Article, Pile, Skipped

SUFFIXES = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
NO_ARTICLES = ("readme", "license", "licence", "truth.json", beside.NAME)  # by the start of the name, in folders

Progress = Callable[[str, int, int], None]


def read(paths: Sequence[str | Path], progress: Progress | None = None) -> Pile:
    """The articles of some files and folders.

    Args:
        paths: files, folders (read with all below them, hidden files left out) or "-" for standard input.
        progress: called after each file with ("reading", files done, files in all).

    Returns:
        The articles sorted by id, and what was skipped with the reason. A file that two paths lead to is read
        once; where ids of two paths collide, both get their path in front.

    Raises:
        InputError: when a path does not exist.
    """
    found = list(_files(paths))
    articles: list[_Placed] = []
    skipped: list[Skipped] = []
    for done, file in enumerate(found, start=1):
        pile = _read_file(file)
        articles += [_Placed(file.root, article) for article in pile.articles]
        skipped += pile.skipped
        if progress is not None:
            progress("reading", done, len(found))
    skipped += beside.unused(file.path for file in found if file.path is not None)
    articles_by_id = sorted(_told_apart(articles), key=lambda article: article.id)
    return Pile(tuple(articles_by_id), tuple(sorted(skipped, key=lambda s: (s.path, s.reason))))


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
class _File:
    """A file to read; ``path`` is None for standard input and for what is only reported."""

    root: str
    id: str
    shown: str
    path: Path | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """An article and the path it was given by."""

    root: str
    article: Article


def _files(paths: Sequence[str | Path]) -> Iterator[_File]:
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


def _below(given: str) -> Iterator[_File]:
    if given == "-":
        yield _File("-", "stdin", "-", None)
        return
    path = Path(given)
    if path.is_dir():
        yield from _in_folder(given, path)
    elif path.exists():
        yield _File(given, path.name, given, path)
    else:
        raise InputError(f"{given}: no such file or folder")


def _in_folder(given: str, folder: Path) -> Iterator[_File]:
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
        suffix = _suffix(file.name)
        reason = _no_file(file) or (None if suffix in SUFFIXES else f"{suffix or 'no suffix'}: no known format")
        yield _File(given, id, f"{given.rstrip('/')}/{id}", file, reason)
    if is_empty:
        yield _File(given, given, given, None, "a folder without articles")


def _no_file(file: Path) -> str | None:
    """Why something in a folder is no file to read: a broken link, a link to a folder, a pipe, a device."""
    try:
        mode = file.stat().st_mode
    except OSError as error:  # a link that leads nowhere or round in a circle
        return f"cannot be opened ({error.strerror or error})"
    if stat.S_ISDIR(mode):
        return "a link to a folder; name that folder itself"
    return None if stat.S_ISREG(mode) else "a pipe or device, no file; send it through standard input and name it -"


def _suffix(name: str) -> str:
    return Path(name.casefold().removesuffix(".gz")).suffix


# --- one file -----------------------------------------------------------------------------------------------------


def _read_file(file: _File) -> Pile:
    if file.reason is not None:
        return Pile((), (Skipped(file.shown, file.reason),))
    try:
        if file.path is None:
            return _read_bytes(file.id, file.shown, sys.stdin.buffer.read(), Known())
        if (reason := _no_file(file.path)) is not None:
            raise UnreadableFile(reason)
        if file.path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(f"larger than {LARGEST_FILE:,} bytes; split it")
        return _read_bytes(file.id, file.shown, file.path.read_bytes(), beside.known_of(file.path, Path(file.root)))
    except OwnPage as error:
        in_a_folder = file.shown != file.root
        return Pile((), () if in_a_folder else (Skipped(file.shown, str(error)),))
    except UnreadableFile as error:
        return Pile((), (Skipped(file.shown, str(error)),))
    except OSError as error:
        return Pile((), (Skipped(file.shown, f"cannot be opened ({error.strerror or error})"),))


def _read_bytes(id: str, shown: str, data: bytes, known: Known, most: int | None = None) -> Pile:
    if data[:2] == b"\x1f\x8b":
        data = unpack(data)
    if not data.strip():
        raise UnreadableFile("empty")
    decoded = decode(data)
    kind = SUFFIXES.get(_suffix(id)) or kind_of(decoded.text)
    if kind in ("jsonl", "json", "csv"):
        pile = _read_records(id, shown, decoded.text, kind, most)
    else:
        pile = Pile((_read_article(id, shown, decoded.text, kind, known),))
    return replace(pile, articles=tuple(_noted(a, decoded.note) for a in pile.articles))


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


def _read_records(id: str, shown: str, text: str, kind: str, most: int | None) -> Pile:
    read = {"jsonl": records.json_lines, "json": records.json_document, "csv": records.table}[kind]
    articles: list[Article] = []
    skipped: list[Skipped] = []
    taken: set[str] = set()
    records_found = read(shown, clean_breaks(text) if kind != "json" else text)
    for found in islice(records_found, most):
        if isinstance(found, Skipped):
            skipped.append(found)
            continue
        own = records.id_of(found, id)
        if own in taken:
            twin, own = own, _free(own, found.line, taken)
            twice = f"the id {twin.partition('#')[2]} stands twice in it"
            skipped.append(Skipped(shown, f"line {found.line}: {twice}; the second one is called {own}"))
        article = records.article_of(found, own, shown)
        if isinstance(article, Skipped):
            skipped.append(article)
        else:
            taken.add(own)
            articles.append(article)
    if next(records_found, None) is not None:
        reason = f"only its first {most:,} records were looked at; divide it into several files"
        skipped.append(Skipped(shown, reason))
    if not articles and not skipped:
        raise UnreadableFile("no articles in it")
    return Pile(tuple(articles), tuple(skipped))


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


def _told_apart(placed: Sequence[_Placed]) -> Iterator[Article]:
    count = Counter(p.article.id for p in placed)
    for p in placed:
        if count[p.article.id] == 1:
            yield p.article
            continue
        file, _, record = p.article.id.partition("#")
        front = p.article.path if p.article.path == p.root else f"{p.root}/{file}"
        yield _called(p.article, f"{front}#{record}" if record else front)


def _called(article: Article, id: str) -> Article:
    """The article under another id, its credits with it."""
    return replace(article, id=id, credits=tuple(replace(c, article=id) for c in article.credits))
