"""A trace held against known truth: all scores, and every point on which the two differ."""

from collections.abc import Mapping, Sequence

from provenance.evaluate.baselines import rule_scores
from provenance.evaluate.calibration import best_candidates, calibration_scores
from provenance.evaluate.claims import SHOWN, Arrow, Claims, claims_of_trace, claims_of_truth, judged, namer
from provenance.evaluate.clusters import cluster_scores
from provenance.evaluate.credits import Credited, credits_of_trace, credits_of_truth, tier_scores
from provenance.evaluate.direction import direction_scores, possible
from provenance.evaluate.misses import misses
from provenance.evaluate.pairs import arrow_counts, pair_counts
from provenance.evaluate.passages import Reuse, passage_scores, reuses
from provenance.evaluate.sources import source_scores
from provenance.evaluate.tree import tree_scores
from provenance.model import Trace
from provenance.scores import CalibrationScores, Evaluation, TierScores
from provenance.truth import Truth


def evaluate(
    trace: Trace,
    truth: Truth,
    passages: Sequence[Reuse] | None = None,
    credits: Sequence[Credited] | None = None,
    dates_hidden: bool = False,
) -> Evaluation:
    """All scores of a trace, and its misses.

    Args:
        trace: what the program found.
        truth: what is true; where it is not complete, arrows that it does not speak of are left out of account.
        passages: all true passages, where they are known.
        credits: all true credits, where they are known; otherwise those that the truth tells of.
        dates_hidden: the trace was made without dates (noted in the evaluation, nothing else).

    Groups, trees and the simple rules are compared whole: from a truth that is not complete they are a lower bound.

    Cost: see ``tree_scores``; the rest grows with the number of arrows.

    >>> from provenance import read_articles, trace
    >>> from provenance.ingest import read_truth
    >>> evaluate(trace(read_articles("inputs/small")), read_truth("inputs/small/truth.json")).misses
    ()
    """
    true = claims_of_truth(truth, (a.id for a in trace.articles))
    found = claims_of_trace(trace, true)
    said = _said(trace, true)
    return Evaluation(
        articles=len(trace.articles),
        calibrated=trace.generated_by.calibrated,
        dates_hidden=dates_hidden,
        passages=None if passages is None else passage_scores(reuses(trace), passages),
        pairs=pair_counts(found, true, truth),
        arrows=arrow_counts(found, true, truth),
        clusters=cluster_scores(found.groups, true.groups),
        direction=direction_scores(said, true.arrows),
        tree=tree_scores(found, true),
        sources=source_scores(found, true, truth),
        credits=_credits(trace, truth, credits),
        printed=_calibration({arrow: p for arrow, p in said.items() if p >= SHOWN}, true, truth),
        best=_calibration(best_candidates(said), true, truth),
        rules=rule_scores(trace, found, true),
        misses=misses(trace, found, true, truth),
    )


def _said(trace: Trace, true: Claims) -> dict[Arrow, float]:
    """The probability of every arrow that the trace speaks of, its ends under the truth's ids."""
    named = namer(trace, true)
    said: dict[Arrow, float] = {}
    for (derived, source), p in possible(trace).items():
        arrow = named(derived), named(source)
        said[arrow] = max(p, said.get(arrow, 0.0))
    return said


def _calibration(said: Mapping[Arrow, float], true: Claims, truth: Truth) -> CalibrationScores:
    return calibration_scores((p, arrow in true.arrows) for arrow, p in said.items() if judged(arrow, truth, true))


def _credits(trace: Trace, truth: Truth, given: Sequence[Credited] | None) -> tuple[TierScores, ...]:
    true = credits_of_truth(truth) if given is None else given
    return tier_scores(credits_of_trace(trace), true, complete=given is not None)
