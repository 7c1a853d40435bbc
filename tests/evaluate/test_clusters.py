"""B-cubed on the example of its paper, ARI by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.evaluate.clusters import cluster_scores


def groups(*members: str) -> list[frozenset[str]]:
    return [frozenset(group) for group in members]


TRUE = groups("12345", "67", "89ABC")  # Bagga and Baldwin 1998, figures 1 and 2


def test_b_cubed_prefers_the_smaller_of_two_wrong_links_as_in_its_paper() -> None:
    small = cluster_scores(groups("12345", "6789ABC"), TRUE)  # (5*1 + 2*2/7 + 5*5/7) / 12 = 76 %
    large = cluster_scores(groups("1234589ABC", "67"), TRUE)  # (10*5/10 + 2*1) / 12 = 58 %
    assert (small.precision, small.recall) == (pytest.approx(16 / 21), 1)
    assert (large.precision, large.recall) == (pytest.approx(7 / 12), 1)
    assert large.f1 == pytest.approx(2 * 7 / 12 / (19 / 12))


def test_the_rand_index_is_nothing_where_agreement_is_chance() -> None:
    # pairs together in both: ab, 1; expected 2*3/6 = 1; so (1 - 1) / (2.5 - 1) = 0
    assert cluster_scores(groups("ab", "cd"), groups("abc", "d")).ari == pytest.approx(0)


def test_only_what_both_sides_have_is_scored() -> None:
    assert cluster_scores(groups("ab", "x"), groups("ab", "y")).f1 == 1
    assert cluster_scores(groups("x"), groups("y")).ari is None


labels = st.lists(st.integers(0, 3), min_size=1, max_size=9)


@given(labels, st.randoms())
def test_the_same_groups_in_another_order_score_one(names: list[int], random: st.DataObject) -> None:
    parts = [frozenset(f"{i}" for i, n in enumerate(names) if n == name) for name in sorted(set(names))]
    mixed = parts[:]
    random.shuffle(mixed)
    scores = cluster_scores(mixed, parts)
    assert (scores.precision, scores.recall, scores.f1, scores.ari) == (1, 1, 1, 1)
