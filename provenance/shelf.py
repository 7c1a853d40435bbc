"""Texts that lie in a temporary file until somebody asks for them.

A text of 3,000 characters takes 6 kB in memory as soon as one of them is a typographic apostrophe; on the shelf 200
bytes. ``Article.text`` takes it from there, and whoever reads the article does not notice.
"""

import os
from collections import OrderedDict
from tempfile import TemporaryFile
from threading import Lock
from typing import IO

_OPEN = 512  # texts that stay at hand; a stage asks for one several times in a row


class Shelf:
    """A temporary file of texts; it goes with the last article whose text lies there."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile(prefix="provenance-")  # noqa: SIM115  # it goes with the shelf
        self._size = 0

    def put(self, text: str) -> "Shelved":
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._size += len(data)
        return Shelved(self, self._size - len(data), len(data))

    def read(self, start: int, size: int) -> bytes:
        if not self._file.closed:
            self._file.flush()
        return os.pread(self._file.fileno(), size, start)


class Shelved:
    """The place of a text on a shelf."""

    __slots__ = ("shelf", "size", "start")

    def __init__(self, shelf: Shelf, start: int, size: int) -> None:
        self.shelf, self.start, self.size = shelf, start, size

    def taken(self) -> str:
        """The text; the last ones taken stay at hand."""
        text = _at_hand.get(self)
        if text is None:
            with _lock:
                text = _at_hand.get(self) or self._fetched()
        return text

    def _fetched(self) -> str:
        text = self.shelf.read(self.start, self.size).decode("utf-8", "surrogatepass")
        _at_hand[self], _places[id(text)] = text, self
        if len(_at_hand) > _OPEN:
            _places.pop(id(_at_hand.popitem(last=False)[1]), None)  # short texts may be one string
        return text


_lock = Lock()
_at_hand: OrderedDict[Shelved, str] = OrderedDict()
_places: dict[int, Shelved] = {}


def place_of(text: str) -> "str | Shelved":
    """The place of a text that was just taken from a shelf, so that a changed copy of its article keeps no text."""
    return _places.get(id(text), text)
