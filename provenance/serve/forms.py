"""Forms as they are sent: read into memory, never to disk, and made into plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from provenance.ingest.dates import read_date
from provenance.ingest.facts import RELATIONS
from provenance.model import Fact
from provenance.report.wording import plain
from provenance.serve.limits import Limits
from provenance.serve.pile import free_names
from provenance.serve.work import Document

TYPED = ("outlet", "date", "title", "url")
_LONGEST_NAME = 150  # characters of a file's name; its end is kept, where the format stands


class _InMemory(MultiPartParser):
    spool_max_size = 1 << 40  # bytes from which starlette would write to disk: never, the guard counts the body


async def form_of(request: Request, limits: Limits) -> FormData:
    """The form of a request; files stay in memory."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
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
        raise HTTPException(400, f"The form could not be read ({wrong.message})") from wrong


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

    def documents(self, taken: Sequence[str], number: int) -> list[Document]:
        """Each thing to read, under a name that nothing else has; ``number`` counts pasted texts."""
        things: list[tuple[str, bytes, Mapping[str, str]]] = []
        if self.text.strip():
            things.append((f"pasted-{number}", self.text.encode(), self.typed))
        things += [(file_name(name), data, {}) for name, data in self.files]
        names = free_names([name for name, _, _ in things], taken)
        return [Document(name, data, typed) for name, (_, data, typed) in zip(names, things, strict=True)]


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


def fact_of(form: Mapping[str, object]) -> Fact:
    """The fact that somebody states; the other article is taken where a relation is stated and one is chosen."""
    what, other = field(form, "what"), field(form, "other")
    value = other if what in RELATIONS and other else plain(field(form, "value"))
    return Fact(field(form, "article"), what, value, plain(field(form, "says")))
