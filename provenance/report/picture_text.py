"""How much room a text needs in a picture, before any browser has chosen a font for it.

Widths are those of DejaVu Sans, the widest face that browsers commonly fall back to: what fits in it fits in any other.
"""

import unicodedata
from functools import cache

from wcwidth import wcwidth

_LONGEST = 300  # characters that are looked at; no line of a picture holds more

# Widths in parts of the type size.
_CLASSES = (
    ("ijl'| ", 0.32),
    (".,:;!I", 0.36),
    ('tfr()[]-/"“”', 0.46),
    ("sckzxyvJ?", 0.59),
    ("OQGDHNU&=+", 0.8),
    ("mMw", 0.98),
    ("W@%", 1.05),
)
_KNOWN = {character: em for characters, em in _CLASSES for character in characters}
_BOLD = 1.12
_JOINTS = ("-_/#", ".")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The room a text takes at most, in pixels.

    >>> round(width("port", 10)), round(width("港口", 10))
    (22, 21)
    """
    return sum(_em(character) for character in text) * size * (_BOLD if bold else 1.0)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text if it fits into the room, else its beginning and an ellipsis.

    >>> cut("The harbour was closed", 80, 10)
    'The harbour…'
    """
    text = text[:_LONGEST]
    if width(text, size, bold=bold) <= room:
        return text
    head = text[: _fitting(text, room - width("…", size, bold=bold), size, bold)]
    whole = head if text[len(head) : len(head) + 1].isspace() else head.rpartition(" ")[0]
    kept = whole if 5 * len(whole) >= 4 * len(head) else head
    return kept.rstrip(" ,;:") + "…"


def rows(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines that fit into the room; the last one is shortened.

    >>> rows("Harbour closed for the day, ferries stay", 90, 10, 2)
    ('Harbour closed', 'for the day, fer…')
    """
    words, found = text[:_LONGEST].split(), list[str]()
    while words and len(found) < most - 1:
        n = len(words)
        while n > 1 and width(" ".join(words[:n]), size, bold=bold) > room:
            n -= 1
        line = " ".join(words[:n])
        if width(line, size, bold=bold) > room:
            at = _joint(line, _fitting(line, room, size, bold))
            line, words = line[:at], [line[at:], *words[1:]]
        else:
            words = words[n:]
        found.append(line)
    rest = " ".join(words) + ("…" if len(text) > _LONGEST else "")
    return (*found, cut(rest, room, size, bold=bold)) if words else tuple(found)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left.

    >>> is_right_to_left("صحيفة"), is_right_to_left("Post")
    (True, False)
    """
    strong = (unicodedata.bidirectional(character) for character in text[:_LONGEST])
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def _joint(word: str, at: int) -> int:
    """Where to part a word of which so many characters fit: behind a hyphen, else a dot, if one stands late enough."""
    joints = (max(word.rfind(mark, 0, at) for mark in marks) + 1 for marks in _JOINTS)
    return next((joint for joint in joints if 2 * joint >= at), at)


def _fitting(text: str, room: float, size: float, bold: bool) -> int:
    """How many characters fit, at least one; a mark stays with its letter."""
    used, scale = 0.0, size * (_BOLD if bold else 1.0)
    for at, character in enumerate(text):
        used += _em(character) * scale
        if used > room:
            while at > 1 and unicodedata.combining(text[at]):
                at -= 1
            return max(1, at)
    return len(text)


@cache
def _em(character: str) -> float:
    if character in _KNOWN:
        return _KNOWN[character]
    columns = wcwidth(character)
    if columns != 1:
        return 1.06 if columns > 1 else 0.0
    if character.isascii():
        return 0.71 if character.isupper() else 0.64
    return 0.65 if unicodedata.category(character) == "Ll" and character < "\u0250" else 0.95
