"""A trace against known truth; the metrics by their names in the literature."""

from provenance.evaluate.credits import Credited
from provenance.evaluate.evaluation import evaluate
from provenance.evaluate.hidden_dates import without_dates
from provenance.evaluate.other_pile import not_in_pile
from provenance.evaluate.passages import Reuse, passage_scores

__all__ = ["Credited", "Reuse", "evaluate", "not_in_pile", "passage_scores", "without_dates"]
