"""A name in a credit, and the words that tell in a language what a name is of."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from provenance.gazetteer import Entry, Role
from provenance.model import Span
from provenance.names import Known, agency, known_names
from provenance.phrases import FALLBACK, phrases

Sort = Literal["news", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, where it stands and what it is a name of."""

    written: str
    span: Span
    sort: Sort
    entry: Entry | None = None
    staff: bool = False  # "Associated Press writers Ada Lind and ...": people of that house

    @property
    def role(self) -> Role:
        if self.entry:
            return self.entry.role
        if self.sort == "organisation":
            return "institute"
        return "agency" if agency(self.written) else "outlet"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What tells names apart in a language: the [names] table of its credit phrases, and the pile's own names.

    Two are the same only if they are one object: what is kept for a name is kept for these words.
    """

    media: frozenset[str]
    weak_media: frozenset[str]
    endings: tuple[str, ...]
    head_media: frozenset[str]
    generic: frozenset[str]
    organisation: frozenset[str]
    endings_of: tuple[str, ...]
    title: frozenset[str]
    staff: frozenset[str]
    material: frozenset[str]
    lead_in: frozenset[str]
    desk: tuple[str, ...]
    known: Known


def name_words(language: str | None, known: Collection[str] = ()) -> Words:
    """The words of a language that tell names apart; English media words count in every language."""
    return _name_words(language, known_names(known))


@lru_cache(maxsize=64)
def _name_words(language: str | None, known: Known) -> Words:
    table: dict[str, Any] = phrases(language, "credits")["names"]
    english: dict[str, Any] = phrases(FALLBACK, "credits")["names"]
    # English writes names of several words, others glue them: Nordkurier, Landesamt
    compounds = table["media"] + table["weak_media"] if table != english else []
    return Words(
        media=frozenset(table["media"] + english["media"]),
        weak_media=frozenset(table["weak_media"] + english["weak_media"]),
        endings=tuple(compounds),
        head_media=frozenset(table["head_media"] + english["head_media"]),
        generic=frozenset(table["generic"]),
        organisation=frozenset(table["organisation"] + english["organisation"]),
        endings_of=tuple(table["organisation"] if compounds else ()),
        title=frozenset(table["title"]),
        staff=frozenset(table["staff"]),
        material=frozenset(table["material"]),
        lead_in=frozenset(table["lead_in"]),
        desk=tuple(table["desk"]),
        known=known,
    )
