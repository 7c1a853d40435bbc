"""What a careful reader knows of a pile: the values that a truth.json holds and that a trace is measured against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from provenance.model import ChangeKind, DerivationKind


@dataclass(frozen=True, slots=True)
class Identity:
    """What a careful reader can say of one article: its outlet and its days, None where nothing in the pile tells."""

    outlet: str | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A text that articles credit and the pile has not: whom it feeds, and the article that shows its whole text."""

    id: str
    feeds: tuple[str, ...]
    read_through: str | None


@dataclass(frozen=True, slots=True)
class TrueDerivation:
    """An arrow that a careful reader draws, and in ``role`` why."""

    derived: str
    source: str
    kind: DerivationKind
    is_primary: bool
    role: str


@dataclass(frozen=True, slots=True)
class TrueUndecided:
    """A pair that a careful reader leaves open, and why."""

    articles: tuple[str, str]
    what: Literal["relation", "direction"]
    why: str


@dataclass(frozen=True, slots=True)
class TrueChange:
    """A change that a comparison must find; None where one side has nothing."""

    derived: str
    source: str
    kind: ChangeKind
    source_text: str | None
    derived_text: str | None


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader concludes from a pile, in a trace's own terms; inputs/README.md tells what each part means.

    The id of a named source is "named:" and its name in lower case, without the article that it feeds.
    ``independent_reports`` is None where the truth does not say how many there are, ``licence`` (of the articles'
    texts) where it does not say that.
    """

    identified: Mapping[str, Identity]
    named_sources: tuple[NamedSource, ...]
    derivations: tuple[TrueDerivation, ...]
    derivations_are_complete: bool
    not_derivations: tuple[tuple[str, str], ...]
    why_not: Mapping[str, str]
    undecided: tuple[TrueUndecided, ...]
    cited_at_least: Mapping[str, tuple[str, ...]]
    independent_reports: int | None
    report_groups: tuple[tuple[str, ...], ...]
    changed_at_least: tuple[TrueChange, ...]
    licence: str | None = None
