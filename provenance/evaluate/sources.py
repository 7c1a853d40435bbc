"""Sources that are not in the pile: those that articles name, and those that nobody names.

Precision and recall over the sources that feed at least one text; an unseen source is right if at least half of what
it feeds, on either side taken together, is fed by the same one in the truth.
"""

from provenance.evaluate.claims import Claims, judged
from provenance.evaluate.pairs import counts
from provenance.scores import Counts, SourceScores, ratio
from provenance.truth import Truth


def source_scores(found: Claims, true: Claims, truth: Truth) -> SourceScores:
    """Named and unseen sources, and how many false ones of both there are per 100 articles."""
    known = Claims(
        found.articles,
        frozenset(arrow for arrow in found.arrows if judged(arrow, truth, true)),
        found.primary,
        found.undecided,
        found.groups,
    )
    named, unseen = (_counted(known, true, kind) for kind in ("named:", "unseen:"))
    false = (named.false or 0) + (unseen.false or 0)
    return SourceScores(named, unseen, ratio(100 * false, len(found.articles)))


def _counted(found: Claims, true: Claims, kind: str) -> Counts:
    ours, theirs = ({source for _, source in claims.arrows if source.startswith(kind)} for claims in (found, true))
    return counts(ours, theirs)
