"""What kind of reuse an arrow is: by how much of the derived text it explains and how literally."""

from provenance.model import DerivationKind
from provenance.reconstruct.direction import is_revision
from provenance.reconstruct.pair import Pair
from provenance.settings import Settings
from provenance.shared import Alignment


def kind_of(pair: Pair, settings: Settings) -> DerivationKind:
    """What kind of reuse an arrow is, by how much of the derived text it explains and how literally."""
    if shows(pair):
        return "republished"
    if is_revision(pair, settings):
        return "revised"
    return kind_by_share(pair.shared, settings)


def kind_by_share(shared: Alignment, settings: Settings) -> DerivationKind:
    literal = shared.verbatim_a / shared.shared_a if shared.shared_a else 0.0
    if literal >= settings.verbatim_share:
        return "republished" if shared.share_a >= settings.republished_share else "excerpted"
    return "rewritten"


def shows(pair: Pair) -> bool:
    """Whether the derived article is the one that the source is read through: there is no second text to compare."""
    return pair.source.read_through and pair.derived.article.id == pair.source.article.id
