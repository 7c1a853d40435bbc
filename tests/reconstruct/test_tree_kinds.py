"""What kind of reuse an arrow is: by how much of the derived text it explains, and how literally."""

import pytest
from making import (
    OWN,
    article,
    hour,
    words,
)

from provenance import Settings
from provenance.reconstruct.pair import Pair, Text
from provenance.reconstruct.tree import kind_of


def kind(shared, **settings):
    derived = article("new", OWN[0], outlet="Relay Digest", published=hour(16))
    source = article("old", OWN[1], outlet="Carrow Mail", published=hour(9))
    pair = Pair(*(Text(a.id, a, a.outlet, a.published, ()) for a in (derived, source)), shared)
    return kind_of(pair, Settings(**settings))


@pytest.mark.parametrize(
    ("shared", "verbatim", "expected"),
    [
        (85, 68, "republished"),  # c = .85, v = .8
        (100, 100, "republished"),
        (84, 84, "excerpted"),  # c below .85
        (85, 67, "rewritten"),  # v below .8
        (20, 16, "excerpted"),
        (20, 15, "rewritten"),
        (60, 0, "rewritten"),
    ],
)
def test_the_kind_goes_by_the_share_and_by_how_much_of_it_is_word_for_word(shared, verbatim, expected):
    assert kind(words(shared, verbatim_a=verbatim)) == expected


def test_the_limits_of_kinds_are_settings():
    assert kind(words(60)) == "excerpted"
    assert kind(words(60), republished_share=0.6) == "republished"
    assert kind(words(90, verbatim_a=50)) == "rewritten"
    assert kind(words(90, verbatim_a=50), verbatim_share=0.5) == "republished"


def test_the_kind_goes_by_the_derived_text_not_by_the_source():
    assert kind(words(90, words_b=1000)) == "republished"
    assert kind(words(30, shared_b=100, verbatim_b=100)) == "excerpted"
