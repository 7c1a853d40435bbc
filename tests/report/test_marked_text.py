from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span
from provenance.report.marked_text import Piece, differences, pieces, stretches

TEXT = "One two three four five six seven."


def whole(text: str) -> Span:
    return Span(0, len(text))


def test_words_that_only_one_side_has_are_told_apart() -> None:
    a, b = "The old pier shut on Monday.", "The pier shut on 4 Monday!"
    only_a, only_b = differences(a, whole(a), b, whole(b))
    left, right = pieces(a, whole(a), only_a), pieces(b, whole(b), only_b)
    assert left == (Piece("The ", False), Piece("old", True), Piece(" pier shut on Monday.", False))
    assert [p.text for p in right if p.differs] == ["4"]


def test_a_line_of_the_page_within_a_passage_is_told_apart() -> None:
    found = pieces(TEXT, Span(4, 23), [Span(8, 13)], [Span(0, 3), Span(10, 18)])
    assert [(p.text, p.differs, p.is_frame) for p in found] == [
        ("two ", False, False),
        ("th", True, False),
        ("ree", True, True),
        (" four", False, True),
        (" five", False, False),
    ]


def test_pieces_are_safe_to_print() -> None:
    text = "a\u202eb \x1b[31mc"
    assert "".join(p.text for p in pieces(text, whole(text), [Span(2, 3)])) == "ab c"


def test_an_articles_text_is_cut_where_passages_overlap() -> None:
    found = stretches(TEXT, [], [(1, Span(4, 18)), (2, Span(8, 23))])
    assert [(s.text, s.passages, s.opens) for s in found] == [
        ("One ", (), ()),
        ("two ", (1,), (1,)),
        ("three four", (1, 2), (2,)),
        (" five", (2,), ()),
        (" six seven.", (), ()),
    ]


def test_a_stretch_of_boilerplate_keeps_its_reason_where_a_passage_cuts_it() -> None:
    found = stretches(TEXT, [(Span(0, 13), "caption")], [(1, Span(4, 7))])
    assert [s.reason for s in found] == ["caption", "caption", "caption", None]


@given(st.lists(st.tuples(st.integers(0, 34), st.integers(0, 34))))
def test_nothing_of_a_text_is_lost_however_the_passages_lie(ends: list[tuple[int, int]]) -> None:
    shared = [(n, Span(min(pair), max(pair))) for n, pair in enumerate(ends)]
    found = stretches(TEXT, [], shared)
    assert "".join(s.text for s in found) == TEXT
    for number, span in shared:
        assert "".join(s.text for s in found if number in s.passages) == span.cut(TEXT)
