"""Accuracy, AUC and coverage of direction: by hand, and against scikit-learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from provenance.evaluate.direction import direction_scores


def scored(*leans: float):
    """Pairs whose true direction has this much more probability than the turned one."""
    true = [(f"b{n}", f"a{n}") for n in range(len(leans))]
    said = {arrow: max(lean, 0) for arrow, lean in zip(true, leans, strict=True)}
    said |= {arrow[::-1]: max(-lean, 0) for arrow, lean in zip(true, leans, strict=True)}
    return direction_scores(said, true)


def test_one_sure_and_right_one_doubtful_and_wrong_one_open() -> None:
    scores = scored(0.9, -0.4, 0)
    assert scores.accuracy == 0.5  # (1 + 0 + 1/2) / 3
    assert scores.auc == pytest.approx(5.5 / 9)  # against -.9, .4, 0: .9 wins 3, -.4 wins 1, 0 wins 1 and ties 1
    assert scores.curve == ((1 / 3, 1.0), (2 / 3, 0.5), (1.0, 0.5))


def test_pairs_of_equal_sureness_enter_the_curve_together() -> None:
    assert scored(0.5, -0.5).curve == ((1.0, 0.5),) == scored(-0.5, 0.5).curve


def test_only_pairs_of_articles_have_a_direction() -> None:
    assert direction_scores({}, [("a", "named:wire")]).pairs == 0
    assert direction_scores({}, [("a", "named:wire")]).accuracy is None


leans = st.lists(st.integers(-9, 9).map(lambda tenths: tenths / 10), min_size=1, max_size=12)


@given(leans)
def test_auc_is_that_of_scikit_learn_with_each_pair_in_both_orders(some: list[float]) -> None:
    both = roc_auc_score([1] * len(some) + [0] * len(some), [*some, *(-lean for lean in some)])
    assert scored(*some).auc == pytest.approx(both)


@given(leans)
def test_order_changes_nothing_and_turning_every_lean_mirrors_it(some: list[float]) -> None:
    assert scored(*some) == scored(*some[::-1])
    assert scored(*some).accuracy == pytest.approx(1 - scored(*(-lean for lean in some)).accuracy)


def test_all_right_is_one_everywhere() -> None:
    scores = scored(0.9, 0.3, 0.1)
    assert (scores.accuracy, scores.auc, [right for _, right in scores.curve]) == (1, 1, [1, 1, 1])
