"""How many words a text has, without reading them."""

import re
from collections.abc import Sequence
from functools import cache

from provenance.model import Span
from provenance.text import tokenize

_CODING = "cp1252"  # one byte a character, typographic marks among them: nearly all of European news
_BREAK, _APOSTROPHE, _WORD, _UNSEEN = 0, 1, 2, 3
_ODD = (bytes([_UNSEEN, _APOSTROPHE]), bytes([_APOSTROPHE, _UNSEEN]))  # these may be words of one apostrophe
_STAND_INS = {_BREAK: " ", _APOSTROPHE: "'", _WORD: "a", _UNSEEN: "\xad"}
_OTHER = re.compile(f"[^{re.escape(bytes(range(256)).decode(_CODING, 'ignore'))}]+")


def count_words(text: str, within: Sequence[Span]) -> int:
    """The number of words that ``text.tokenize`` finds in some spans of a text.

    Nothing is cut out or normalised: each character is mapped to what it does to a word, and the beginnings of words
    are counted.

    Cost: 5 to 15 microseconds for 500 words of a European language, some hundreds for others; reading them takes 200.

    >>> count_words("The Mayor's boat, 14 m", [Span(0, 22)])
    5
    """
    import numpy as np

    classes = _bytes("\n".join([text[span.start : span.end] for span in within])).translate(_classes())
    if _UNSEEN in classes:
        if any(odd in classes for odd in _ODD):
            return len(tokenize(text, within))
        classes = classes.translate(None, bytes([_UNSEEN]))
    found = np.frombuffer(b"\0" + classes + b"\0", dtype=np.uint8)
    word = found == _WORD
    joints = (found[1:-1] == _APOSTROPHE) & word[:-2] & word[2:]
    return int(np.count_nonzero(word[1:] > word[:-1]) - np.count_nonzero(joints))


def _bytes(text: str) -> bytes:
    """One byte a character, with stand-ins for those that have none in the coding."""
    if text.isascii():
        return text.encode()  # no more than a copy
    try:
        return text.encode(_CODING)
    except UnicodeEncodeError:
        return _OTHER.sub(lambda found: "".join(map(_stand_in, found.group())), text).encode(_CODING)


@cache
def _stand_in(character: str) -> str:
    return _STAND_INS[_class(character)]


@cache
def _classes() -> bytes:
    """The class of each character of the coding."""
    return bytes(_class(bytes([byte]).decode(_CODING, "replace")) for byte in range(256))


def _class(character: str) -> int:
    """What a character does to the words it stands between."""
    if tokenize(character).forms:
        return _WORD
    if len(tokenize(f"a{character}a")) == 2:
        return _BREAK
    return _APOSTROPHE if tokenize(f"a{character}").ends == [1] else _UNSEEN
