"""One place where a text credits somebody, before anything is concluded from it."""

from dataclasses import dataclass

from provenance.model import Span, Tier
from provenance.reconstruct.credit_names import Name


@dataclass(frozen=True, slots=True)
class Sign:
    """What was read at ``span``: kind and tier as in Credit; ``name`` is None where only persons are named."""

    kind: str
    tier: Tier
    name: Name | None
    span: Span
