from dataclasses import replace

import pytest

from provenance.model import Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import arrow_view
from provenance.report.right_to_left import isolated, with_isolates
from provenance.report.tree_picture import tree_picture
from provenance.report.wording import Names

POST, WIRE = "صحيفة الميناء", "وكالة الجزيرة"


@pytest.fixture
def turned(ferry: Trace) -> Trace:
    """The pile with names that run from right to left, and a hostile one that would turn the sentence round."""
    outlets = {"post.html": POST, "blog.txt": f"\u202e{WIRE}\u2069"}
    return replace(ferry, articles=tuple(replace(a, outlet=outlets.get(a.id, a.outlet)) for a in ferry.articles))


def test_every_name_in_a_sentence_keeps_its_direction_to_itself(turned: Trace) -> None:
    view = arrow_view(turned, turned.derivations[0], Names.of(turned), Anchors.of(turned))
    assert view.sentence == f"\u2068{WIRE}\u2069 very likely took text from \u2068{POST}\u2069."


def test_the_picture_says_it_in_the_same_way(turned: Trace) -> None:
    drawn = str(tree_picture(turned, Anchors.of(turned)))
    assert f"\u2068{WIRE}\u2069 very likely took text from \u2068{POST}\u2069" in drawn
    assert "\u202e" not in drawn


def test_a_name_from_left_to_right_stays_as_it_is() -> None:
    assert isolated("Harbour Post 24") == "Harbour Post 24"
    assert with_isolates("it names Harbour Post") == "it names Harbour Post"


def test_names_in_a_sentence_of_ours_are_told_apart_by_our_words() -> None:
    said = with_isolates(f"{POST} appeared before {WIRE}: 5 words")
    assert said == f"\u2068{POST}\u2069 appeared before \u2068{WIRE}\u2069: 5 words"
    assert with_isolates(said) == said


def test_a_quotation_with_points_and_commas_stays_one_run() -> None:
    assert with_isolates(f"it says “{POST}، 5. {WIRE}”") == f"it says “\u2068{POST}، 5. {WIRE}\u2069”"
