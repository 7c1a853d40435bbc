"""Passages that follow closely on both sides are one fragment."""

from hypothesis import given
from hypothesis import strategies as st

from provenance.fragments import GAP, fragments
from provenance.model import Passage, Span
from provenance.shared import Fragment


def passage(a: int, b: int, length: int = 90) -> Passage:
    return Passage(Span(a, a + length), Span(b, b + length), "verbatim", 1.0, "no")


def spans(*passages: Passage, gap: int = GAP) -> list[tuple[int, int, int, int]]:
    return [(f.a.start, f.a.end, f.b.start, f.b.end) for f in fragments(passages, gap)]


def test_neighbours_on_both_sides_are_one():
    assert spans(passage(0, 500), passage(100, 600)) == [(0, 190, 500, 690)]


def test_neighbours_on_one_side_only_are_two():
    assert spans(passage(0, 500), passage(100, 2000)) == [(0, 90, 500, 590), (100, 190, 2000, 2090)]


def test_an_order_that_differs_between_the_texts_keeps_passages_apart():
    assert len(spans(passage(0, 600), passage(100, 500))) == 2


def test_the_gap_is_what_may_lie_between():
    assert len(spans(passage(0, 0), passage(90 + GAP, 90 + GAP))) == 1
    assert len(spans(passage(0, 0), passage(91 + GAP, 90 + GAP))) == 2
    assert len(spans(passage(0, 0), passage(100, 100), gap=5)) == 2


def test_nothing_has_no_fragments():
    assert fragments(()) == ()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12), st.permutations(range(12)))
def test_every_passage_lies_in_a_fragment_whatever_the_order_in_which_they_come(places, order):
    passages = [passage(100 * a, 100 * b) for a, b in places]
    found = fragments(passages)
    assert found == fragments([passages[k] for k in order if k < len(passages)])
    for one in passages:
        assert any(inside(one, fragment) for fragment in found)


def inside(one: Passage, fragment: Fragment) -> bool:
    return (
        fragment.a.start <= one.a.start
        and one.a.end <= fragment.a.end
        and fragment.b.start <= one.b.start
        and one.b.end <= fragment.b.end
    )
