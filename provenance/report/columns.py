"""Text in terminal columns: wide characters take two, marks none."""

import re
from collections.abc import Iterable, Iterator

from wcwidth import wcswidth, wcwidth

WIDTH = 100  # columns, where no terminal says how wide it is
NARROWEST = 36  # columns that a text keeps however deep it stands
_NARROW = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027]*")  # Latin letters and typographic marks
_JOINTS = "-_/.#"  # after which a long id may be parted


def columns(text: str) -> int:
    """How many terminal columns a text takes.

    >>> columns("port"), columns("港口")
    (4, 4)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    found = wcswidth(text)
    return found if found >= 0 else len(text)


def shorten(text: str, width: int) -> str:
    """The text if it fits, else its beginning up to the end of a word, and an ellipsis.

    >>> shorten("The harbour was closed", 14)
    'The harbour…'
    """
    if columns(text) <= width:
        return text
    head = text[: _fitting(text, max(1, width - 1))]
    whole = head if text[len(head)].isspace() else head.rpartition(" ")[0]
    kept = whole if 3 * columns(whole) >= width else head  # a script without spaces is cut where it must be
    return kept.rstrip(" ,;:") + "…"


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns; only a word that is longer than a line is cut.

    >>> wrap("the ferries stayed in port", 11)
    ['the ferries', 'stayed in', 'port']
    """
    text = " ".join(text.split())
    if columns(text) <= width:
        return [text]
    return (_narrow_lines(text, width) if _NARROW.fullmatch(text) else None) or _lines(text, width)


def _narrow_lines(text: str, width: int) -> list[str] | None:
    """The lines of a text whose characters take a column each; None where a word is longer than a line."""
    lines = []
    at = 0
    while at + width < len(text):
        end = text.rfind(" ", at, at + width + 1)
        if end < 0:
            return None
        lines.append(text[at:end])
        at = end + 1
    return [*lines, text[at:]]


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, max(2, width)):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if columns(joined) <= width or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def hung(line: str, width: int, by: int = 2) -> list[str]:
    """A line wrapped so that what follows its first row stands some columns further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    first, *rest = wrap(line, max(NARROWEST, width - len(indent) - by))
    return [indent + first, *(f"{indent}{' ' * by}{row}" for row in rest)]


def listed(items: Iterable[list[str]], width: int) -> str:
    """Items of several lines each, the first one further out than the others."""
    rows: list[str] = []
    for head, *more in items:
        rows += hung(head, width, by=4)
        rows += (row for line in more for row in hung(f"  {line}", width))
    return "".join(row + "\n" for row in rows)


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word in pieces that fit, parted after a hyphen, dot or slash where one stands behind its first third."""
    while columns(word) > width:
        at = _fitting(word, width)
        joint = max(word.rfind(mark, 0, at) for mark in _JOINTS) + 1
        at = joint if 3 * joint >= at else at
        yield word[:at]
        word = word[at:]
    yield word


def _fitting(text: str, width: int) -> int:
    """How many characters fit into so many columns, at least one."""
    used = 0
    for at, character in enumerate(text):
        used += max(0, wcwidth(character))
        if used > width:
            return max(1, at)
    return len(text)
