"""How names are compared: their normal forms, and names by their words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from provenance.gazetteer import Entry, Role

# initials with dots stay one word (U.S.), so do words with an inner apostrophe or ampersand (Ha'aretz, E&E)
WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|\w+(?:['’&]\w+)*|&")


ARTICLE = re.compile(r"(?:the|der|die|das|den|dem)\s+(?=\S)", re.IGNORECASE)


def normal_name(name: str) -> str:
    """The form in which two names are compared: NFKC, case folded, no leading article, no punctuation.

    >>> normal_name("The Skerry Sun-Times"), normal_name("U.S. News & World Report")
    ('skerry sun times', 'us news and world report')
    """
    name = ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    return " ".join(_fold(found.group()) for found in WORD.finditer(name))


def _fold(word: str) -> str:
    return "and" if word == "&" else word.casefold().translate(_INNER)


_INNER = str.maketrans("", "", ".'’")


def key_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are looked up: like its normal form, and without possessive s."""
    name = ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    return tuple(folded(found.group()) for found in WORD.finditer(name))


def bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word as it stands in a key."""
    return _fold(bare(word))


@dataclass(frozen=True, slots=True)
class Alias:
    entry: Entry
    written: str
    sure: bool
    rank: tuple[bool, str]  # the pile's own names stand first: what the pile calls the Post is the Post

    @property
    def with_article(self) -> bool:
        return self.written.startswith("The ")


class NameIndex:
    """Names by their words, and how many words the names that begin with a word have, longest first.

    An index may lie on another one: then it holds only what it adds.
    """

    def __init__(self, aliases: Iterable[Alias], below: "NameIndex | None" = None) -> None:
        self._below = below
        self._aliases: dict[tuple[str, ...], list[Alias]] = {}
        small = []
        for alias in aliases:
            key = key_of(alias.written)
            if not key:
                continue
            self._aliases.setdefault(key, []).append(alias)
            first = WORD.match(alias.written)
            if first and first.group()[0].islower():
                small.append(first.group())
        lengths: dict[str, set[int]] = {}
        for key in self._aliases:
            lengths.setdefault(key[0], set(below.lengths(key[0]) if below else ())).add(len(key))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self._small = frozenset(small)
        self._words = frozenset(word for key in self._aliases for word in key)

    def aliases(self, key: tuple[str, ...]) -> list[Alias]:
        """What some words may be the name of."""
        own = self._aliases.get(key, [])
        under = self._below.aliases(key) if self._below else []
        return sorted(own + under, key=lambda alias: alias.rank) if own and under else own or under

    def lengths(self, first: str) -> tuple[int, ...]:
        """How many words the names that begin with a word have, longest first."""
        own = self._lengths.get(first)
        return own if own is not None else self._below.lengths(first) if self._below else ()

    def holds(self, word: str) -> bool:
        """Whether a word, as it stands in a key, is part of any name."""
        return word in self._words or (self._below is not None and self._below.holds(word))

    def may_begin(self, word: str) -> bool:
        """Whether a name may begin with a word as it is written."""
        return bool(self.lengths(folded(word)))

    def begins_small(self, word: str) -> bool:
        """Whether a name that begins with this word is written small (dpa, openDemocracy)."""
        return word in self._small or (self._below is not None and self._below.begins_small(word))

    def look_up(self, name: str, role: Role | None) -> Entry | None:
        found = self.aliases(key_of(name))
        # "The Atlantic" is a name, "Atlantic" an ocean
        sure = [alias.entry for alias in found if alias.sure or (alias.with_article and alias.written == name)]
        if sure:
            return sure[0]
        fitting = {alias.entry.name: alias.entry for alias in found if role is not None and alias.entry.role == role}
        return next(iter(fitting.values())) if len(fitting) == 1 else None
