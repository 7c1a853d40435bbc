"""ECE and Brier by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from provenance.evaluate.calibration import best_candidates, calibration_scores


def test_three_bins_by_hand() -> None:
    # .9-1: says .95 (4 times), 3 right: |.75 - .95| = .2
    # .6-.7: says .65 (twice), 1 right: .15; .1-.2: says .1 (4 times), none right: .1
    some = [(0.95, True)] * 3 + [(0.95, False), (0.65, True), (0.65, False)] + [(0.1, False)] * 4
    scores = calibration_scores(some)
    assert scores.ece == pytest.approx(0.4 * 0.2 + 0.2 * 0.15 + 0.4 * 0.1)
    # (3 * .0025 + .9025 + .1225 + .4225 + 4 * .01) / 10
    assert scores.brier == pytest.approx(0.1495)
    assert [b.n for b in scores.bins] == [0, 4, 0, 0, 0, 0, 2, 0, 0, 4]


def test_borders_belong_to_the_upper_bin_and_one_to_the_last() -> None:
    filled = [b.n for b in calibration_scores([(0.3, True), (0.7, True), (1.0, True), (0.0, False)]).bins]
    assert filled == [1, 0, 0, 1, 0, 0, 0, 1, 0, 1]


def test_no_judgement_no_score() -> None:
    scores = calibration_scores([])
    assert (scores.n, scores.ece, scores.brier, len(scores.bins)) == (0, None, None, 10)


judgements = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


@given(judgements)
def test_brier_is_that_of_scikit_learn_and_order_changes_nothing(some: list[tuple[float, bool]]) -> None:
    scores = calibration_scores(some)
    assert scores == calibration_scores(some[::-1])
    expected = brier_score_loss([right for _, right in some], [p for p, _ in some], pos_label=True)
    assert scores.brier == pytest.approx(expected)
    assert sum(b.n for b in scores.bins) == len(some)


def test_the_best_candidate_of_each_text_is_one() -> None:
    said = {("b", "a"): 0.3, ("b", "c"): 0.6, ("c", "b"): 0.2, ("c", "a"): 0.2}
    assert best_candidates(said) == {("b", "c"): 0.6, ("c", "a"): 0.2}
