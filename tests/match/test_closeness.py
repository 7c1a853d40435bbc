"""Which of many texts are closest, by their words alone."""

import numpy as np
import pytest
from made_up import invented, reading, readings
from sklearn.feature_extraction.text import TfidfVectorizer

from provenance import Article
from provenance.errors import InputError
from provenance.match.closeness import closeness, groups, kinship
from provenance.pipeline import closeness as closeness_of_pile

FIRST, SECOND = invented(1), invented(2)


def test_a_text_is_nearest_to_itself_and_apart_from_others():
    found = closeness(readings([FIRST, FIRST, SECOND]))
    assert found.near[0, 1] == pytest.approx(1.0, abs=1e-6)
    assert found.near[0, 2] < 0.2
    assert np.array_equal(found.near, found.near.T)
    assert np.allclose(found.common, found.common.T)


def test_nearness_is_scikit_learns_tfidf():
    texts = [FIRST, FIRST[:400] + SECOND[:300], SECOND, invented(3)]
    made = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+").fit_transform(texts)
    assert np.allclose(closeness(readings(texts)).near, (made @ made.T).toarray(), atol=1e-5)


def test_a_text_within_a_longer_one_belongs_to_it_though_it_is_not_near():
    chapter = " ".join([FIRST, *(invented(seed) for seed in range(10, 16))])
    found = closeness(readings([FIRST, chapter, SECOND]))
    assert found.common[0, 1] > 0.6 > 0.3 > found.common[0, 2]
    assert found.near[0, 1] < found.common[0, 1]
    assert len(set(groups(found.common).tolist())) == 2


def test_an_empty_text_is_close_to_none_and_no_texts_make_no_groups():
    found = closeness([reading("a", FIRST), reading("b", "")])
    assert found.near[0, 1] == found.common[0, 1] == 0
    assert groups(closeness([]).common).tolist() == []
    assert len(set(groups(found.common).tolist())) == 2


def test_kinship_says_by_ids_what_the_matrices_say():
    found = closeness(readings([FIRST, FIRST[:-300], SECOND]))
    said = kinship(["x", "y", "z"], found)
    assert set(said.near) == set(said.common) == {("x", "y"), ("x", "z"), ("y", "z")}
    assert said.near["x", "y"] == found.near[0, 1]
    assert said.common["y", "z"] == found.common[2, 1]
    assert (said.nearest("y"), said.groups) == ("x", (("x", "y"), ("z",)))


def test_the_kinship_of_a_pile_is_the_same_in_any_order_and_wants_every_id_once():
    pile = [Article(id, id, text, language="en") for id, text in (("a", FIRST), ("b", SECOND), ("c", FIRST[:-200]))]
    assert closeness_of_pile(pile) == closeness_of_pile(pile[::-1])
    assert closeness_of_pile(pile).nearest("c") == "a"
    with pytest.raises(InputError):
        closeness_of_pile([pile[0], pile[0]])
