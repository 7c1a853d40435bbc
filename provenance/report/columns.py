"""Text in terminal columns: wide characters take two, marks none."""

from collections.abc import Iterator

from wcwidth import wcswidth, wcwidth

WIDTH = 100  # columns, where no terminal says how wide it is


def columns(text: str) -> int:
    """How many terminal columns a text takes.

    >>> columns("port"), columns("港口")
    (4, 4)
    """
    found = wcswidth(text)
    return found if found >= 0 else len(text)


def shorten(text: str, width: int) -> str:
    """The text if it fits, else its beginning and an ellipsis.

    >>> shorten("The harbour was closed", 12)
    'The harbour…'
    """
    if columns(text) <= width:
        return text
    return next(_pieces(text, max(1, width - 1))).rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns; a word that is longer than a line is cut.

    >>> wrap("the ferries stayed in port", 11)
    ['the ferries', 'stayed in', 'port']
    """
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, max(2, width)):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if columns(joined) <= width or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    start = used = 0
    for at, character in enumerate(text):
        wide = max(0, wcwidth(character))
        if used + wide > width:
            yield text[start:at]
            start, used = at, 0
        used += wide
    yield text[start:]
