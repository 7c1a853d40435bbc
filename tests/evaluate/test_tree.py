"""Two small trees compared by hand, and the sign distances against their formulas, triple by triple.

true   a            found   a
      / \\                  |
     b   c                 b
         |                 |
         d                 c
                           |
                           d
"""

from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.evaluate.claims import Claims
from provenance.evaluate.tree import Forest, orientation, skeleton, tree_scores

TRUE = (("b", "a"), ("c", "a"), ("d", "c"))
FOUND = (("b", "a"), ("c", "b"), ("d", "c"))


def claims(arrows, articles="abcd") -> Claims:
    return Claims(frozenset(articles), frozenset(arrows), frozenset(arrows), {}, frozenset())


def test_the_worked_example() -> None:
    scores = tree_scores(claims(FOUND), claims(TRUE))
    assert scores.roots == 1  # both have a
    assert scores.direct_edges == scores.undirected_edges == 2 / 4  # ab, cd of ab, ac, bc, cd
    assert scores.leaves == 1 / 2  # d of b, d
    assert scores.ancestry == 4 / 6  # the found one also has c-b and d-b
    assert scores.orientation == pytest.approx(11 / 12)  # b and c are level: one half off in 1 of 6 pairs
    # |differences of sign| over the three pairs (j, k) of each i: a 1, b 1, c 4, d 2; 1 - 8/2/12
    assert scores.skeleton == pytest.approx(2 / 3)


def test_two_trees_taken_for_one() -> None:
    # true a - b and x - y, found a - b - x - y
    scores = tree_scores(claims([("b", "a"), ("x", "b"), ("y", "x")], "abxy"), claims([("b", "a"), ("y", "x")], "abxy"))
    assert scores.roots == 1 / 2  # a of a, x
    assert scores.direct_edges == scores.undirected_edges == 2 / 3
    assert scores.leaves == 1 / 2  # y of b, y
    assert scores.ancestry == 2 / 6  # the chain also has x-b, x-a, y-b, y-a
    # depths 0 1 2 3 against 0 1 0 1: ax and by are half off, bx is all off, the three others right
    assert scores.orientation == pytest.approx(2 / 3)
    # |differences of sign| over the ordered pairs (j, k) of each i: a 2, b 4, x 4, y 2; 1 - 12/2/24
    assert scores.skeleton == pytest.approx(3 / 4)


def test_an_arrow_turned_round_is_still_an_undirected_edge() -> None:
    scores = tree_scores(claims([("a", "b")], "ab"), claims([("b", "a")], "ab"))
    assert (scores.direct_edges, scores.undirected_edges, scores.roots, scores.orientation) == (0, 1, 0, 0)


def test_nodes_that_only_one_side_has_may_stand_between_the_texts() -> None:
    star = [("a", "named:x"), ("b", "named:x"), ("c", "named:x")]
    other = [(derived, "unseen:1 of the trace") for derived, _ in star]
    scores = tree_scores(claims(other, "abc"), claims(star, "abc"))
    assert (scores.direct_edges, scores.skeleton, scores.orientation) == (0, 1, 1)


def test_too_few_texts_have_no_distances() -> None:
    scores = tree_scores(claims([], "a"), claims([], "a"))
    assert (scores.skeleton, scores.orientation, scores.direct_edges, scores.roots) == (None, None, None, 1)


@st.composite
def forests(draw):
    """Each text comes from an earlier one, from a text that is not there, or from nowhere."""
    texts = "abcdef"[: draw(st.integers(3, 6))]
    sources = [draw(st.sampled_from([None, "named:x", "unseen:1", *texts[:n]])) for n in range(len(texts))]
    return texts, [(text, source) for text, source in zip(texts, sources, strict=True) if source]


@given(forests(), forests())
def test_the_distances_equal_their_formulas(one, other) -> None:
    texts = min(one[0], other[0], key=len)
    ours, theirs = Forest(one[0], one[1]), Forest(other[0], other[1])
    assert skeleton(ours, theirs, texts) == pytest.approx(slow_skeleton(one, other, texts))
    assert orientation(ours, theirs, texts) == pytest.approx(slow_orientation(ours, theirs, texts))


def slow_skeleton(one, other, texts) -> float:
    def lengths(forest):
        graph = nx.Graph(forest[1])
        graph.add_nodes_from(forest[0])
        found = dict(nx.all_pairs_shortest_path_length(graph))
        return lambda i, j: found[i].get(j, 1000)

    d, e = lengths(one), lengths(other)
    terms = [1 - abs(sign(d(i, j) - d(i, k)) - sign(e(i, j) - e(i, k))) / 2 for i, j, k in permutations(texts, 3)]
    return sum(terms) / len(terms)


def slow_orientation(ours: Forest, theirs: Forest, texts) -> float:
    h, g = ours.depths(), theirs.depths()
    terms = [1 - abs(sign(h[i] - h[j]) - sign(g[i] - g[j])) / 2 for i, j in permutations(texts, 2)]
    return sum(terms) / len(terms)


def sign(n: int) -> int:
    return (n > 0) - (n < 0)


@given(forests())
def test_a_forest_is_like_itself(forest) -> None:
    texts, arrows = forest
    scores = tree_scores(claims(arrows[::-1], texts), claims(arrows, texts[::-1]))
    assert {scores.roots, scores.leaves, scores.skeleton, scores.orientation} == {1}
    assert {scores.direct_edges, scores.undirected_edges, scores.ancestry} <= {1, None}
