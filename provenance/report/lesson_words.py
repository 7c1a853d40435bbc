"""The words of the lesson page: one file a language, data/lesson/LANGUAGE.toml."""

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.errors import SettingError
from provenance.model import Published, Trace
from provenance.phrases import FALLBACK

Words = dict[str, Any]


@cache
def lesson_languages() -> tuple[str, ...]:
    """The languages that a lesson can be in, sorted.

    >>> lesson_languages()
    ('de', 'en')
    """
    found = (f.name for f in files("provenance").joinpath("data", "lesson").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def lesson_language(trace: Trace, wanted: str | None) -> str:
    """The language of a lesson: the one wanted, else the one that most articles are in if it has words, else English.

    Raises:
        SettingError: when the wanted language has no words.
    """
    known = lesson_languages()
    if wanted is not None:
        code = wanted.casefold().split("-")[0]
        if code not in known:
            raise SettingError(f"no lesson in the language {wanted!r}; there is one in {' and '.join(known)}")
        return code
    spoken = Counter((a.language or "").split("-")[0] for a in trace.articles)
    most = max(sorted(spoken), key=lambda code: spoken[code], default=FALLBACK)
    return most if most in known else FALLBACK


@cache
def lesson_words(language: str) -> Words:
    """The words of one language, as its file groups them."""
    text = files("provenance").joinpath("data", "lesson", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def fill(words: str, **values: object) -> str:
    """A sentence of the file with its {names} filled in.

    >>> fill("{n} of {m}", n=3, m=5)
    '3 of 5'
    """
    return words.format_map(values)


def date_of(published: Published | None, read: Words) -> str:
    """The day that an article gives, in words; a date that was merely inferred is for pupils to find out."""
    if published is None or published.earliest is None or published.latest is None:
        return str(read["no_date"])
    first, last = published.earliest, published.latest
    if first.date() != last.date():
        return str(read["no_date"])
    day = {"day": first.day, "month": read["months"][first.month - 1], "year": first.year}
    if (last - first).total_seconds() < 60:
        return fill(read["date_time"], time=f"{first:%H:%M}", **day)
    return fill(read["date"], **day)
