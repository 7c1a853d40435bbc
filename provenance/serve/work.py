"""What a worker process does: read, trace or compare, and tell how far it is."""

import gzip
import io
import os
import signal
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import parent_process
from typing import Any

from provenance import pipeline
from provenance.errors import InputError, ProvenanceError
from provenance.ingest import beside, read_document
from provenance.ingest.decode import decode
from provenance.ingest.known import Known, field_of, known_from
from provenance.ingest.readers import NO_ARTICLES
from provenance.ingest.records import rows_of_table
from provenance.model import Article, Fact, Pile, Skipped, Trace
from provenance.pipeline import Progress
from provenance.serve.limits import Limits
from provenance.serve.pile import full
from provenance.settings import Settings
from provenance.shared import Comparison

_TICK = 0.1  # seconds between two words about the progress
_LARGE = 1_000_000  # bytes of a document that is named while it is read
_GZIP = b"\x1f\x8b"
_NO_ARTICLE = "no article, by its name; add it alone if it is one"

# heavy modules that the process from which workers are forked imports once
PRELOAD = (
    "provenance.serve.work",
    "provenance.ingest.html_page",
    "provenance.match",
    "provenance.reconstruct",
    "sklearn.feature_extraction.text",
    "trafilatura",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was sent, or a pasted text, and what was typed beside it."""

    name: str
    data: bytes
    typed: Mapping[str, str]


# --- in the worker ------------------------------------------------------------------------------------------------


def work(pipe: Connection, task: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Does a task and sends ("progress", …), then one of ("found", result), ("wrong", words), ("fault", words)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole terminal; the server decides
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    try:
        pipe.send(("found", task(*arguments, _teller(pipe))))
    except ProvenanceError as wrong:
        pipe.send(("wrong", str(wrong)))
    except MemoryError:
        pipe.send(("wrong", "there is not enough memory for so many articles; take fewer"))
    except Exception as fault:
        traceback.print_exc()
        pipe.send(("fault", f"{type(fault).__name__}: {fault}"))


def _end_with_the_server() -> None:
    """No worker outlives the server, however that ended."""
    server = parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(1)


def _teller(pipe: Connection) -> Progress:
    last, before = 0.0, ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last, before
        now = time.monotonic()
        if stage != before or done >= total or now - last >= _TICK:
            pipe.send(("progress", (stage, done, total)))
            last, before = now, stage

    return tell


# --- the tasks ----------------------------------------------------------------------------------------------------


def read(documents: Sequence[Document], limits: Limits, progress: Progress) -> Pile:
    """The articles of some documents, as many as a pile may hold; no document takes the others with it."""
    known, skipped = _known_beside([d for d in documents if _is_table_beside(d)])
    rest = [d for d in documents if not _is_table_beside(d)]
    if len(rest) > 1:  # as in a folder
        skipped += [Skipped(d.name, _NO_ARTICLE) for d in rest if _is_no_article(d)]
        rest = [d for d in rest if not _is_no_article(d)]
    articles: list[Article] = []
    left = limits.unpacked_bytes
    for done, document in enumerate(rest, 1):
        if len(articles) >= limits.articles:
            skipped += [Skipped(d.name, full(limits)) for d in rest[done - 1 :]]
            break
        if len(document.data) > _LARGE:
            size = f"{len(document.data) / 1e6:,.0f} MB"
            progress(f"Reading {document.name} ({size})", done - 1, len(rest))
        try:
            data = unpacked(document.data, left)
            left -= len(data)
            pile = read_document(document.name, data, limits.articles)
        except InputError as wrong:
            skipped.append(Skipped(document.name, str(wrong)))
        except Exception as fault:  # ours, but the other documents are not to suffer for it
            traceback.print_exc()
            skipped.append(Skipped(document.name, f"a fault of provenance ({type(fault).__name__}: {fault})"))
        else:
            articles += [told(a, _known_of(document, pile, known)) for a in pile.articles]
            skipped += pile.skipped
        progress("reading", done, len(rest))
    return Pile(tuple(articles), tuple(skipped))


def trace(pile: Pile, settings: Settings, facts: Sequence[Fact], progress: Progress) -> Trace:
    """``pipeline.trace`` with the arguments in the order of a task."""
    return pipeline.trace(pile, settings, facts, progress)


def compare(pile: Pile, settings: Settings, facts: Sequence[Fact], progress: Progress) -> Comparison:
    """``pipeline.compare`` with the arguments in the order of a task."""
    return pipeline.compare(pile, settings, facts, progress)


# --- reading ------------------------------------------------------------------------------------------------------


def unpacked(data: bytes, most: int) -> bytes:
    """The data, unpacked where it is a gzip file, up to so many bytes.

    Raises:
        InputError: it is broken, packed twice, or too large.
    """
    if data[:2] == _GZIP:
        try:
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(most + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"no readable gzip file ({error})") from error
        if data[:2] == _GZIP:
            raise InputError("packed twice; unpack it once")
    if len(data) > most:
        raise InputError("too much at once when unpacked; add the files in several steps")
    return data


def told(article: Article, known: Known) -> Article:
    """The article with what is known of it from beside its text."""
    changed: dict[str, Any] = {}
    for thing in ("title", "outlet", "byline"):
        if getattr(known, thing):
            changed |= {thing: getattr(known, thing), f"{thing}_ground": getattr(known, f"{thing}_ground")}
    changed |= {thing: getattr(known, thing) for thing in ("url", "language") if getattr(known, thing)}
    if known.date is not None:
        changed["published"] = known.date.published(known.date_ground or "")
    return replace(article, **changed)


def _known_of(document: Document, pile: Pile, beside: Mapping[str, Known]) -> Known:
    """What was typed belongs to a text alone; where a paste holds several articles it would be wrong for most."""
    typed = known_from(document.typed, "typed in with the text") if len(pile.articles) == 1 else Known()
    return typed.over(beside.get(document.name, Known()))


def _is_table_beside(document: Document) -> bool:
    return document.name.casefold() == beside.NAME


def _is_no_article(document: Document) -> bool:
    return document.name.casefold().startswith(NO_ARTICLES)


def _known_beside(tables: Sequence[Document]) -> tuple[dict[str, Known], list[Skipped]]:
    """What an articles.csv among the files says of the others, by their names."""
    known: dict[str, Known] = {}
    skipped: list[Skipped] = []
    for table in tables:
        try:
            for _, row in rows_of_table(decode(table.data).text):
                named = field_of(row, "path")
                if named:
                    known[str(named[1]).strip().rpartition("/")[2]] = known_from(row, "articles.csv, column {}")
        except ProvenanceError as wrong:
            skipped.append(Skipped(table.name, str(wrong)))
    return known, skipped
