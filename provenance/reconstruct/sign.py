"""One place where a text credits somebody, before anything is concluded from it."""

from dataclasses import dataclass

from provenance.model import Span, Tier
from provenance.reconstruct.name_words import Name


@dataclass(frozen=True, slots=True)
class Sign:
    """What was read at ``span``, which is None for a byline of the metadata.

    Kind and tier are those of Credit; ``name`` is None where only persons are named.
    """

    kind: str
    tier: Tier
    name: Name | None
    span: Span | None
