"""Forms as they are sent: read into memory, never to disk, and made into plain values."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import astuple, dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from provenance.errors import SettingError
from provenance.ingest.dates import read_date
from provenance.ingest.facts import RELATIONS
from provenance.model import Fact
from provenance.report.wording import plain
from provenance.serve.free_names import FreeNames
from provenance.serve.limits import Limits
from provenance.serve.work import Document

TYPED = ("outlet", "date", "title", "url")
_LONGEST_NAME = 150  # characters of a file's name; its end is kept, where the format stands


class _InMemory(MultiPartParser):
    spool_max_size = 1 << 40  # bytes from which starlette would write to disk: never, the guard counts the body


async def form_of(request: Request, limits: Limits) -> FormData:
    """The form of a request; files stay in memory.

    Raises:
        HTTPException: it is broken, holds too many files, or is written in another encoding than our pages are.
    """
    kind = request.headers.get("content-type", "").casefold()
    if "charset" in kind and "utf-8" not in kind:
        raise HTTPException(400, "The form is not in UTF-8. Use the form on the page of this program.")
    if not kind.startswith("multipart/form-data"):
        return await request.form(max_fields=limits.fields, max_part_size=limits.body_bytes)
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=limits.files,
        max_fields=limits.fields,
        max_part_size=limits.body_bytes,
    )
    try:
        return await parser.parse()
    except MultiPartException as wrong:
        if "Too many files" in wrong.message:
            raise HTTPException(413, f"More than {limits.files:,} files at once. Add them in several steps.") from wrong
        raise HTTPException(400, f"The form could not be read ({wrong.message})") from wrong
    except ValueError as wrong:  # bytes that are no UTF-8
        raise HTTPException(400, f"The form could not be read ({wrong})") from wrong


def field(form: Mapping[str, object], name: str) -> str:
    """What was written into a field, without space around it; "" where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


# --- adding articles ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants to add: a pasted text with its fields, and files."""

    text: str
    typed: Mapping[str, str]
    files: tuple[tuple[str, bytes], ...]

    @property
    def problem(self) -> str | None:
        """What is wrong with it, in words with the cure; None when nothing is."""
        date = self.typed.get("date")
        if not self.text.strip() and not self.files:
            return "There is nothing to add yet. Paste the text of an article, or choose files."
        if date and ((read := read_date(date)) is None or read.year is None):
            return f"“{plain(date)[:60]}” is no date that can be read. Write it like 2031-05-03, or leave it empty."
        return None

    def documents(self, taken: Iterable[str], number: int) -> list[Document]:
        """Each thing to read, under a name that nothing else has; ``number`` counts pasted texts."""
        things: list[tuple[str, bytes, Mapping[str, str]]] = []
        if self.text.strip():
            things.append((f"pasted-{number}", self.text.encode(), self.typed))
        things += [(file_name(name), data, {}) for name, data in self.files]
        free = FreeNames(taken)
        return [Document(free.take(name), data, typed) for name, data, typed in things]


def given_of(form: FormData) -> Given:
    """The form of the page where articles are added."""
    text = form.get("text")
    uploads = [f for f in form.getlist("files") if isinstance(f, UploadFile)]
    files = [(f.filename or "", f.file.read()) for f in uploads]
    return Given(
        text if isinstance(text, str) else "",
        {name: value for name in TYPED if (value := field(form, name))},
        tuple((name, data) for name, data in files if name or data),  # an empty file field sends an empty file
    )


def file_name(given: str) -> str:
    r"""The last part of a file's name in one clean line.

    >>> file_name("C:\\news\\../Harbour #1.txt")
    'Harbour _1.txt'
    """
    last = plain(given.replace("\\", "/").rpartition("/")[2]).replace("#", "_")
    return last[-_LONGEST_NAME:] or "file"


# --- stating a fact -----------------------------------------------------------------------------------------------


def fact_of(form: Mapping[str, object], ids: Container[str]) -> Fact:
    """The fact that somebody states about articles with these ids.

    Raises:
        SettingError: a relation to an article that is not there, or to two things at once.
    """
    what, other, value = field(form, "what"), field(form, "other"), plain(field(form, "value"))
    if what in RELATIONS and other:
        if other not in ids:
            raise SettingError(f"“{plain(other)}” is not in the pile (any more). Choose an article of the pile.")
        if value not in ("", other):
            raise SettingError("You chose an article of the pile and wrote a name too. Keep one of the two.")
        value = other
    return Fact(field(form, "article"), what, value, plain(field(form, "says")))


def key_of(fact: Fact) -> str:
    """What a form sends for a fact: all of it, so that no other fact is meant when the list has changed meanwhile.

    >>> key_of(Fact("a.txt", "outlet", "Gull", "me"))
    '["a.txt", "outlet", "Gull", "me"]'
    """
    return json.dumps(astuple(fact))
