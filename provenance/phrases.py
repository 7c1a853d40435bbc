"""The words of a language that the method rests on: data/phrases/LANGUAGE/SUBJECT.toml.

Subjects: ``words`` (stop words, abbreviations), ``dates``, ``frame`` (what surrounds an article on a page),
``credits``, ``voice`` (letters, statements, speeches). A language is there when its folder is.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import filterfalse
from typing import Any

FALLBACK = "en"
JUDGED = 4000  # characters of a text from which its language is guessed


@cache
def languages() -> tuple[str, ...]:
    """The languages that have phrases, sorted."""
    return tuple(sorted(f.name for f in files("provenance").joinpath("data", "phrases").iterdir() if f.is_dir()))


@cache
def phrases(language: str | None, subject: str) -> dict[str, Any]:
    """The phrases of one language on one subject; English where the language has none.

    >>> "the" in phrases("en", "words")["stop"]
    True
    """
    code = (language or FALLBACK).lower().split("-")[0]
    folder = files("provenance").joinpath("data", "phrases")
    chosen = folder.joinpath(code, f"{subject}.toml")
    if not chosen.is_file():
        chosen = folder.joinpath(FALLBACK, f"{subject}.toml")
    return tomllib.loads(chosen.read_text(encoding="utf-8"))


@cache
def calendar() -> dict[str, dict[str, list[str]]]:
    """By language the names of the months and weekdays, in their order; forms of one name are separated by a bar.

    >>> calendar()["en"]["weekdays"][0]
    'monday|mon'
    """
    return tomllib.loads(files("provenance").joinpath("data", "calendar.toml").read_text(encoding="utf-8"))


_ASCII_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() else 32 for byte in range(256))
_LETTERS = re.compile(r"[^\W\d_]+")


def letters_of(text: str) -> list[bytes]:
    r"""The runs of letters of a text in lower case, in bytes, where they are cut five times as fast; in no order.

    >>> sorted(letters_of("Two ferries\u2019 3 caf\u00c9s"))
    [b'caf\xc3\xa9s', b'ferries', b'two']
    """
    data = text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        begun, *pieces = data.split(b"\xe2\x80")  # quotation marks, dashes: the signs from U+2000 to U+203F
        data = b" ".join([begun, *[piece[1:] for piece in pieces]])
    words = data.lower().translate(_ASCII_LETTERS).split()
    return words if data.isascii() else _beyond_ascii(words)


def _beyond_ascii(words: list[bytes]) -> list[bytes]:
    """The same with words that have more than ASCII in them cut and folded as characters."""
    return [*filter(bytes.isascii, words), *folded(filterfalse(bytes.isascii, words))]


def folded(words: Iterable[bytes]) -> list[bytes]:
    r"""Words with more than ASCII in them, in lower case, without the signs between their letters.

    >>> [word.decode() for word in folded(["\u20acCaf\u00c9".encode()])]
    ['caf\xe9']
    """
    characters = b" ".join(words).decode("utf-8", "surrogatepass").casefold()
    return [word.encode("utf-8") for word in _LETTERS.findall(characters)]


def guess_language(text: str) -> str | None:
    """The language whose stop words are most frequent in the first 4,000 characters, None when none stands out.

    >>> guess_language("The harbour was closed on Monday and the ferries stayed in port, the council said.")
    'en'
    """
    return language_of(letters_of(text[:JUDGED]))


def language_of(words: list[bytes]) -> str | None:
    """The language whose stop words are most frequent among the words of ``letters_of``, None when none stands out."""
    if not words:
        return None
    stops = list(filter(_any_stop().__contains__, words))
    return clearest({code: sum(map(stop_words(code).__contains__, stops)) for code in languages()}, len(words))


def clearest(counts: Mapping[str, int], words: int) -> str | None:
    """The language that has by far the most stop words among so many words of a text, None when none stands out."""
    if not words:
        return None
    votes = {code: count / words for code, count in counts.items()}
    best = max(votes, key=lambda code: (votes[code], code))
    others = [votes[code] for code in votes if code != best]
    return best if votes[best] >= 0.15 and votes[best] >= 1.5 * max(others, default=0.0) else None


@cache
def stop_words(language: str) -> frozenset[bytes]:
    """The stop words of a language in bytes, as ``letters_of`` gives words."""
    return frozenset(word.encode() for word in phrases(language, "words")["stop"])


@cache
def _any_stop() -> frozenset[bytes]:
    return frozenset().union(*map(stop_words, languages()))
