"""Texts in sections grow, running texts are cut; and what two versions alone leave open, further ones tell."""

import pytest
from making import LAMP, MARKET, OWN, article, looked_at, spoken

from provenance.reconstruct.growth import between_versions, condensed, growth, links_added
from provenance.reconstruct.pair import Pair

MANUAL = tuple(f"# Rule {n}\n{line}" for n, line in enumerate(LAMP, 1))
ADDED = tuple(f"# Further rule {n}\n{line}" for n, line in enumerate(MARKET, 1))


def turned(pair):
    return Pair(pair.source, pair.derived, pair.shared.turned())


def test_of_two_versions_of_a_manual_the_one_with_the_larger_piece_of_its_own_is_the_later():
    later, earlier = article("new", *MANUAL[:4], *ADDED[:2], *MANUAL[4:]), article("old", *MANUAL)
    pair, context = looked_at(later, earlier)
    found = spoken(growth(pair, context), "growth")
    assert 0.5 < found.strength <= 1
    (place,) = found.places
    assert all(line in place.span.cut(later.text) for line in MARKET[:2])
    assert not any(line in place.span.cut(later.text) for line in LAMP)
    assert "this text has" in found.detail


def test_a_large_piece_put_in_other_words_counts_less_than_one_put_in():
    earlier = article("old", *MANUAL)
    added, context = looked_at(article("new", *MANUAL[:4], ADDED[0], *MANUAL[4:]), earlier)
    changed, other = looked_at(article("new", *MANUAL[:4], ADDED[0], *MANUAL[5:]), earlier)
    assert spoken(growth(added, context)).strength > abs(
        growth(changed, other).strength if growth(changed, other) else 0
    )


def test_a_running_text_that_lacks_a_piece_is_the_later_and_says_nothing_of_growth():
    cut, whole = article("new", *LAMP[:5]), article("old", *LAMP)
    pair, context = looked_at(cut, whole)
    found = spoken(condensed(pair, context), "condensed")
    assert 0.5 < found.strength <= 1
    assert "this text lacks" in found.detail
    assert growth(pair, context) is None


def test_a_manual_is_not_condensed():
    pair, context = looked_at(article("new", *MANUAL[:5]), article("old", *MANUAL))
    assert condensed(pair, context) is None
    assert spoken(growth(pair, context)).strength < 0


def test_running_texts_that_share_less_than_two_thirds_of_the_shorter_are_not_cut_from_one_another():
    pair, context = looked_at(article("new", *LAMP[:3], *OWN, *MARKET[:2]), article("old", *LAMP))
    assert max(pair.shared.share_a, pair.shared.share_b) < 0.65
    assert condensed(pair, context) is None


def test_versions_that_differ_in_nothing_say_nothing():
    for lines in (MANUAL, LAMP):
        pair, context = looked_at(article("new", *lines), article("old", *lines))
        assert growth(pair, context) is None
        assert condensed(pair, context) is None


def test_of_two_manuals_the_one_with_more_links_is_the_later():
    linked = (*MANUAL, "The chart is at https://carrow.example/chart and https://carrow.example/tides")
    earlier = article("old", *MANUAL, "The chart is at https://carrow.example/chart")
    pair, context = looked_at(article("new", *linked), earlier)
    assert spoken(links_added(pair, context), "links_added").strength == pytest.approx(1 / 3, abs=1e-6)
    running, context = looked_at(article("new", *LAMP, linked[-1][2:]), article("old", *LAMP))
    assert links_added(running, context) is None


def versions():
    """first ── second ── third: the second swaps a clause for another as long, the third adds two sections."""
    first = article("first", *MANUAL[:6])
    second = article("second", *MANUAL[:5], ADDED[0])
    third = article("third", *MANUAL[:5], ADDED[0], *ADDED[1:4], *MANUAL[6:])
    return first, second, third


def test_a_third_version_tells_the_order_that_two_leave_open():
    first, second, third = versions()
    pair, context = looked_at(second, first, third)
    assert spoken(between_versions(pair, context), "between_versions").strength > 0
    alone, context = looked_at(second, first)
    assert between_versions(alone, context) is None


def test_a_third_version_that_lies_between_the_two_says_nothing():
    first, second, third = versions()
    assert between_versions(*looked_at(third, first, second)) is None


def pairs():
    first, second, third = versions()
    yield looked_at(second, first, third)
    yield looked_at(third, second, first)
    yield looked_at(article("new", *LAMP[:5], *OWN[:1]), article("old", *LAMP))
    linked = ("The chart is at https://carrow.example/chart", "The tides are at https://carrow.example/tides")
    yield looked_at(article("new", *MANUAL[:8], *ADDED, *linked), article("old", *MANUAL, linked[0]))


@pytest.mark.parametrize("cue", [growth, condensed, links_added, between_versions])
def test_a_cue_speaks_as_strongly_against_the_opposite_arrow(cue):
    spoke = False
    for pair, context in pairs():
        one, other = cue(pair, context), cue(turned(pair), context)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.strength == -other.strength
            assert -1 <= one.strength <= 1
            assert one.detail != other.detail
            spoke = True
    assert spoke
