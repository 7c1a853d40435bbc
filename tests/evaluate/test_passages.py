"""Character precision, recall, granularity and plagdet against numbers worked out by hand and against sets."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.evaluate.passages import Reuse, passage_scores, plagdet
from provenance.model import Span

CASE = Reuse("b", "a", Span(0, 100), Span(0, 100))


def reuse(there: tuple[int, int], origin: tuple[int, int], derived: str = "b") -> Reuse:
    return Reuse(derived, "a", Span(*there), Span(*origin))


def test_a_case_found_in_two_overlapping_pieces() -> None:
    # derived: 0-40 and 30-80 together cover 80 of 100; source: 0-40 and 50-90 cover 80 of 100; recall 160/200
    # both lie wholly inside the case: precision 1; two pieces: granularity 2; F1 = 2*.8/1.8 = 8/9, over log2(3)
    scores = passage_scores([reuse((0, 40), (0, 40)), reuse((30, 80), (50, 90))], [CASE])
    assert (scores.precision, scores.recall, scores.granularity) == (1.0, 0.8, 2.0)
    assert scores.plagdet == pytest.approx(8 / 9 / math.log2(3))


def test_a_detection_that_is_half_wrong_and_one_that_is_all_wrong() -> None:
    # 50-150 on both sides: 100 of its 200 characters are in the case; 200-300: none. Precision (1/2 + 0) / 2
    # recall 100/200; granularity 1; F1 = 2*.25*.5/.75 = 1/3, over log2(2) = 1
    scores = passage_scores([reuse((50, 150), (50, 150)), reuse((200, 300), (200, 300))], [CASE])
    assert (scores.precision, scores.recall, scores.granularity) == (0.25, 0.5, 1.0)
    assert scores.plagdet == pytest.approx(1 / 3)


def test_a_detection_must_meet_the_case_on_both_sides_and_in_the_same_texts() -> None:
    assert passage_scores([reuse((0, 100), (500, 600))], [CASE]).plagdet == 0
    assert passage_scores([reuse((0, 100), (0, 100), derived="c")], [CASE]).plagdet == 0


def test_nothing_to_find_and_nothing_found_is_not_known() -> None:
    scores = passage_scores([], [])
    assert (scores.precision, scores.recall, scores.granularity, scores.plagdet, scores.f1) == (None,) * 5
    assert passage_scores([], [CASE]).plagdet == 0


def test_plagdet_of_a_perfect_detector_whose_cases_are_in_seven_pieces() -> None:
    assert plagdet(1.0, 1.0, 7.0) == pytest.approx(1 / 3)  # log2(8) = 3


spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda at: Span(at[0], at[0] + at[1]))
some = st.lists(st.builds(Reuse, st.sampled_from("bc"), st.just("a"), spans, spans), max_size=5)


@given(some, some)
def test_it_equals_the_formulas_over_sets_of_characters(found: list[Reuse], true: list[Reuse]) -> None:
    scores = passage_scores(found, true)
    assert scores.precision == pytest.approx(covered(found, true))
    assert scores.recall == pytest.approx(covered(true, found))


def covered(passages: list[Reuse], others: list[Reuse]) -> float | None:
    """The definition, word for word."""
    parts = []
    for p in passages:
        met = [o for o in others if o.derived == p.derived and all(map(set.intersection, sides(o), sides(p)))]
        both = [set().union(*(sides(o)[side] & sides(p)[side] for o in met)) for side in (0, 1)]
        parts.append(sum(map(len, both)) / sum(map(len, sides(p))))
    return sum(parts) / len(parts) if parts else None


def sides(one: Reuse) -> tuple[set[int], set[int]]:
    return set(range(one.there.start, one.there.end)), set(range(one.origin.start, one.origin.end))


@given(st.lists(st.integers(0, 9), min_size=1, unique=True))
def test_what_is_all_true_scores_one(starts: list[int]) -> None:
    apart = [reuse((30 * at, 30 * at + 20), (40 * at, 40 * at + 15)) for at in starts]
    scores = passage_scores(apart[::-1], apart)
    assert (scores.precision, scores.recall, scores.granularity, scores.plagdet) == (1, 1, 1, 1)
