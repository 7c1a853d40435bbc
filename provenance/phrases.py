"""The words of a language that the method rests on: data/phrases/LANGUAGE/SUBJECT.toml.

Subjects: ``words`` (stop words, abbreviations), ``dates``, ``frame`` (what surrounds an article on a page),
``credits``, ``voice`` (letters, statements, speeches). A language is there when its folder is.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"


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


def guess_language(text: str) -> str | None:
    """The language whose stop words are most frequent in the first 4,000 characters, None when none stands out.

    >>> guess_language("The harbour was closed on Monday and the ferries stayed in port, the council said.")
    'en'
    """
    found = re.findall(r"[^\W\d_]+", text[:4000].casefold())
    if not found:
        return None
    votes = {code: sum(word in _stop(code) for word in found) / len(found) for code in languages()}
    best = max(votes, key=lambda code: (votes[code], code))
    others = [votes[code] for code in votes if code != best]
    return best if votes[best] >= 0.15 and votes[best] >= 1.5 * max(others, default=0.0) else None


@cache
def _stop(language: str) -> frozenset[str]:
    return frozenset(phrases(language, "words")["stop"])
