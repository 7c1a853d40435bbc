"""Learning by the likelihood of true trees, held against every tree there is and against made-up truth."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from provenance.learn import Example, Turn, fit
from provenance.learn.fit import _folds, _learn, _Lessons, all_trees
from provenance.reconstruct.arborescence import Graph, marginals
from provenance.reconstruct.weights import LARGEST, CueWeights

CUES = ("one", "two", "three")


def example(random, n, *, family="family", density=0.7, weights=None):
    """A group with random strengths, two ways for each text to have no source here, and one true tree.

    The true tree is drawn by the weights; without any, all trees are equally likely.
    """
    source, derived = np.array(
        [(i, j) for i in range(n) for j in range(n) if i != j and random.random() < density], dtype=np.int64
    ).reshape(-1, 2).T  # fmt: skip
    node = np.repeat(np.arange(n), 2)
    arrows, options = random.normal(size=(len(source), 3)), random.normal(size=(len(node), 3))
    options[::2] = 0.0  # "original" has no cues
    rest = random.normal(size=len(source))
    free = Example(
        source, derived, arrows, rest, node, options, np.zeros(len(node)), np.ones(len(source), dtype=bool),
        np.ones(len(node), dtype=bool), family, n,
    )  # fmt: skip
    weights = np.zeros(3) if weights is None else weights
    trees = list(every_tree(free))
    scores = np.array([tree_score(free, tree, arrows @ weights + rest, options @ weights) for tree in trees])
    chances = np.exp(scores - scores.max())
    return only(free, [trees[random.choice(len(trees), p=chances / chances.sum())]])


def only(e, trees):
    """The same group, of which one of some trees is true."""
    right = {part for tree in trees for part in tree}
    arrow = np.array([("arrow", k) in right for k in range(len(e.source))], dtype=bool)
    option = np.array([("option", k) in right for k in range(len(e.node))], dtype=bool)
    return Example(
        e.source, e.derived, e.arrows, e.arrow_rest, e.node, e.options, e.option_rest, arrow, option, e.family, e.n
    )


def every_tree(e):
    """One arrow or option for each text, wherever that leads up to an option from everywhere."""
    into = [
        [("arrow", k) for k in np.flatnonzero(e.derived == t)] + [("option", k) for k in np.flatnonzero(e.node == t)]
        for t in range(e.n)
    ]
    return (tree for tree in product(*into) if not runs_in_circles(e, tree))


def runs_in_circles(e, tree):
    for at in range(e.n):
        for _ in range(e.n + 1):
            what, k = tree[at]
            if what == "option":
                break
            at = int(e.source[k])
        else:
            return True
    return False


def tree_score(e, tree, arrow, option):
    return sum(float(arrow[k] if what == "arrow" else option[k]) for what, k in tree)


def scores(e, weights):
    return e.arrows @ weights + e.arrow_rest, e.options @ weights + e.option_rest


@pytest.fixture
def random():
    return np.random.default_rng(7)


def hand(*weights, firm=()):
    by_cue = dict(zip(CUES, weights, strict=True))
    return CueWeights(by_cue, False, by_cue, frozenset(firm), dict.fromkeys(CUES, "made up for a test"))


# --- all trees at once -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("density", [0.0, 0.6, 1.0])
def test_the_sum_over_all_trees_and_the_chance_of_each_part_are_those_of_going_through_them(random, n, density):
    e = example(random, n, density=density)
    arrow, option = scores(e, random.normal(size=3))
    trees = list(every_tree(e))
    powers = np.exp([tree_score(e, tree, arrow, option) for tree in trees])
    chance = {part: 0.0 for tree in trees for part in tree}
    for tree, power in zip(trees, powers, strict=True):
        for part in tree:
            chance[part] += power / powers.sum()
    found = all_trees(e, arrow, option)
    assert found.log_sum == pytest.approx(np.log(powers.sum()))
    assert found.p_arrow == pytest.approx([chance.get(("arrow", k), 0.0) for k in range(len(arrow))], abs=1e-9)
    assert found.p_option == pytest.approx([chance.get(("option", k), 0.0) for k in range(len(option))], abs=1e-9)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_probabilities_are_those_that_the_trace_will_print(random, n):
    e = example(random, n) if n < 5 else tangle(random, n)
    arrow, option = scores(e, random.normal(size=3))
    root = np.array([np.logaddexp.reduce(option[e.node == t]) for t in range(n)])
    p_arrow, p_root = marginals(Graph(e.source, e.derived, arrow, root))
    found = all_trees(e, arrow, option)
    assert found.p_arrow == pytest.approx(p_arrow, abs=1e-6)
    assert np.bincount(e.node, weights=found.p_option) == pytest.approx(p_root, abs=1e-6)


def tangle(random, n):
    """A group that is too large to go through its trees; all is allowed."""
    source, derived = np.array([(i, j) for i in range(n) for j in range(n) if i != j], dtype=np.int64).T
    m = len(source)
    return Example(
        source, derived, random.normal(size=(m, 3)), np.zeros(m), np.arange(n), random.normal(size=(n, 3)),
        np.zeros(n), np.ones(m, dtype=bool), np.ones(n, dtype=bool), "family", n,
    )  # fmt: skip


def test_scores_beyond_any_exponential_are_summed_without_overflow(random):
    e = example(random, 3, density=1.0)
    arrow, option = scores(e, np.zeros(3))
    near, far = all_trees(e, arrow, option), all_trees(e, arrow + 2000.0, option + 2000.0)
    assert far.log_sum == pytest.approx(near.log_sum + 3 * 2000.0)
    assert far.p_arrow == pytest.approx(near.p_arrow)


# --- the likelihood --------------------------------------------------------------------------------------------------


def test_the_gradient_is_what_small_steps_of_each_weight_do_to_the_likelihood(random):
    trees = [example(random, n) for n in (2, 3, 4, 4)]
    lessons = _Lessons.of([*trees, *(Turn(random.normal(size=3), "pairs") for _ in range(3))])
    at, step = random.normal(size=3), 1e-5
    _, gradient = lessons.log_likelihood(at)
    by_steps = [
        (lessons.log_likelihood(at + step * one)[0] - lessons.log_likelihood(at - step * one)[0]) / (2 * step)
        for one in np.eye(3)
    ]
    assert gradient == pytest.approx(by_steps, rel=1e-5, abs=1e-6)
    assert np.abs(gradient).min() > 1e-3  # a gradient of nothing would agree as well


def test_the_likelihood_is_the_chance_of_the_true_tree_and_that_of_several_where_several_are_allowed(random):
    e, weights = tangle(random, 3), random.normal(size=3)
    arrow, option = scores(e, weights)
    trees = list(every_tree(e))
    powers = np.exp([tree_score(e, tree, arrow, option) for tree in trees])
    for true in (trees[:1], trees[4:5]):
        value, _ = _Lessons.of([only(e, true)]).log_likelihood(weights)
        assert value == pytest.approx(np.log(powers[trees.index(true[0])] / powers.sum()))
    value, gradient = _Lessons.of([e]).log_likelihood(weights)  # nothing is known: nothing to learn
    assert value == pytest.approx(0.0, abs=1e-9)
    assert gradient == pytest.approx(np.zeros(3), abs=1e-9)


def test_a_pair_of_which_the_direction_is_known_teaches_what_tells_the_two_ways_apart(random):
    _, gradient = _Lessons.of([Turn(np.array([1.0, 0.0, -0.5]), "pair")]).log_likelihood(np.zeros(3))
    assert gradient[0] > 0 == gradient[1] > gradient[2]


# --- what is learnt --------------------------------------------------------------------------------------------------

TRUE = np.array([1.5, -1.0, 0.5])


@pytest.fixture(scope="module")
def many():
    random = np.random.default_rng(11)
    return [example(random, 4, family=f"f{k}", weights=TRUE) for k in range(120)]


def test_weights_that_made_the_trees_are_found_again(many):
    found = fit(many, CUES, hand(1.0, -0.5, 1.0), spread=10.0, folds=2)
    assert list(found.weights.values()) == pytest.approx(TRUE, abs=0.3)
    assert found.temperature == pytest.approx(1.0, abs=0.15)
    assert found.texts == 480
    before, after = found.held_out
    assert before < after < 0


def test_too_bold_weights_are_cooled_down(many):
    bold = fit(many[:60], CUES, hand(6.0, -4.0, 2.0), spread=0.5, folds=2)  # drawn to four times what is right
    assert bold.temperature > 1.2


def test_a_weight_never_changes_its_sign_against_the_one_by_hand(many):
    found = fit(many, CUES, hand(-1.0, 1.0, 1.0), spread=10.0, folds=2)
    assert found.weights["one"] == found.weights["two"] == 0.0
    assert found.weights["three"] > 0


def test_a_weight_without_one_by_hand_may_take_either_sign(many):
    found = fit(many, CUES, hand(0.0, 0.0, 0.0), spread=10.0, folds=2)
    assert found.weights["one"] > 0 > found.weights["two"]


def test_few_examples_leave_a_weight_near_the_one_by_hand_and_one_that_is_firm_nearer(many):
    few, start = many[:6], np.array([0.5, -0.5, 0.5])
    free = _learn(_Lessons.of(few), start, np.full(3, 1.0))
    near = _learn(_Lessons.of(few), start, np.full(3, 0.1))
    assert np.abs(near - start).sum() < np.abs(free - start).sum()
    loose, firm = (fit(few, CUES, hand(0.5, -0.5, 0.5, firm=f), folds=2) for f in ((), CUES))
    moved = [abs(x.weights["one"] * x.temperature - 0.5) for x in (loose, firm)]
    assert moved[1] < 0.5 * moved[0]


def test_a_cue_that_never_spoke_keeps_its_weight(many):
    silent = [
        Example(
            e.source, e.derived, e.arrows * [1, 1, 0], e.arrow_rest, e.node, e.options * [1, 1, 0], e.option_rest,
            e.right_arrow, e.right_option, e.family, e.n,
        )
        for e in many[:40]
    ]  # fmt: skip
    found = fit(silent, CUES, hand(1.0, -1.0, 0.7))
    assert found.spoke["three"] == 0 < found.spoke["one"]
    assert found.weights["three"] == 0.7
    assert found.temperature != 1.0


def test_pairs_alone_are_enough_to_learn_from():
    random = np.random.default_rng(3)
    pairs = [Turn(np.array([1.0 if random.random() < 0.8 else -1.0, 0.0, 0.0]), f"f{k}") for k in range(200)]
    found = fit(pairs, CUES, hand(0.5, 0.5, 0.5), spread=10.0)
    assert found.weights["one"] == pytest.approx(np.log(4), abs=0.3)
    assert found.texts == 200


def test_the_same_lessons_give_the_same_weights(many):
    one, other = (fit(many[:20], CUES, hand(1.0, -1.0, 1.0)) for _ in range(2))
    assert (one.weights, one.temperature, one.held_out) == (other.weights, other.temperature, other.held_out)


def test_no_family_stands_in_two_parts():
    lessons = [Turn(np.zeros(3), f"f{k % 13}") for k in range(100)]
    parts = _folds(lessons, 5)
    families = [{x.family for x in part} for part in parts]
    assert len(parts) == 5
    assert sum(map(len, families)) == len(set().union(*families)) == 13
    assert sum(map(len, parts)) == 100
    assert max(map(len, parts)) - min(map(len, parts)) <= 16  # two families of eight


def test_fewer_families_than_parts_leave_no_part_empty():
    parts = _folds([Turn(np.zeros(3), family) for family in "aab"], 5)
    assert [len(part) for part in parts] == [2, 1]


def test_no_weight_is_learnt_that_a_file_of_weights_may_not_hold(many):
    certain = [replace(e, arrows=e.arrows / 1000, options=e.options / 1000) for e in many]
    found = fit(certain, CUES, hand(19.0, -1.0, 0.7), spread=100.0)
    assert max(map(abs, found.weights.values())) == LARGEST
