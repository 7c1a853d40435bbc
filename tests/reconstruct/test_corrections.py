"""What is set right between two versions tells which is the later; a retelling and a house's spelling do not."""

import pytest
from making import LAMP, MARKET, OWN, article, looked_at, spoken

from provenance.reconstruct.corrections import numbers_higher, speaks_of_change, spelling_corrected
from provenance.reconstruct.pair import Pair


def turned(pair):
    return Pair(pair.source, pair.derived, pair.shared.turned())


def changed(old, new, lines=LAMP[:5], also=()):
    """The pair of a later version with ``new`` where the earlier has ``old``, and its context."""
    assert old in " ".join(lines)
    return looked_at(article("new", *(line.replace(old, new) for line in lines), *also), article("old", *lines))


def test_who_has_the_slip_is_the_earlier():
    lines = (LAMP[0].replace("midnight", "midnigth"), *LAMP[1:5])
    found = spoken(spelling_corrected(*changed("midnigth", "midnight", lines)), "spelling_corrected")
    assert found.strength == 0.5
    assert "“midnight”" in found.detail and "“midnigth”" in found.detail
    assert len(found.places) == 2


def test_a_slip_repeated_through_the_text_counts_once():
    lines = (LAMP[0], *(f"{line} Shortly before midnight that was seen from the pier." for line in LAMP[1:4]))
    slips = tuple(line.replace("midnight", "midnigth") for line in lines)
    assert spoken(spelling_corrected(*changed("midnigth", "midnight", slips))).strength == 0.5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("harbour", "harbor"),  # another house
        ("crabbers", "crabber"),  # another ending
        ("glaziers", "painters"),  # another word
        ("Renfell", "Renfall"),  # two words that nobody knows
        ("gull", "gul"),  # too short to tell
    ],
)
def test_what_is_no_slip_of_the_pen_says_nothing(old, new):
    assert spelling_corrected(*changed(old, new, LAMP)) is None


def test_in_a_retelling_slips_say_nothing():
    lines = (LAMP[0].replace("midnight", "midnigth"), *LAMP[1:4])
    derived = article("new", *LAMP[:4], *OWN, *MARKET)
    pair, context = looked_at(derived, article("old", *lines))
    assert pair.shared.share_a < 0.5
    assert spelling_corrected(pair, context) is None


RULES = tuple(f"# Rule\n{line}" for line in (LAMP[1].replace("Two trawlers", "The 12 trawlers"), *LAMP[2:6]))


def test_numbers_in_the_same_place_grow_in_texts_in_sections():
    found = spoken(numbers_higher(*changed("12 trawlers", "15 trawlers", RULES)), "numbers_higher")
    assert found.strength == 0.5
    assert "15" in found.detail and "12" in found.detail
    assert numbers_higher(*changed("12 trawlers", "fifteen trawlers", RULES)) is None
    running = tuple(line.removeprefix("# Rule\n") for line in RULES)
    assert numbers_higher(*changed("12 trawlers", "15 trawlers", running)) is None


CORRECTED = "This report was corrected on Tuesday: the trawler is called the Morning Wren and carries a crew of nine."


def test_who_speaks_of_a_correction_is_the_later():
    derived, source = article("new", *LAMP, CORRECTED), article("old", *LAMP, OWN[0])
    found = spoken(speaks_of_change(*looked_at(derived, source)), "speaks_of_change")
    assert found.strength > 0
    assert [p.span.cut(derived.text) for p in found.places] == ["corrected"]
    assert speaks_of_change(*looked_at(article("new", *LAMP, OWN[1]), source)) is None


def test_a_longer_difference_with_as_many_such_words_in_proportion_has_no_advantage():
    say = "The pier is no longer open and {} stand there all day with nothing to do but count the boats."
    derived = article("new", *LAMP, *(say.format(who) for who in ("anglers", "pilots", "keepers", "sailors")))
    few, context = looked_at(derived, article("old", *LAMP, say.format("children"), say.format("painters")))
    found = speaks_of_change(few, context)
    assert found is None or abs(found.strength) < 0.2


def pairs():
    lines = (LAMP[0].replace("midnight", "midnigth"), *LAMP[1:6])
    yield changed("midnigth", "midnight", lines)
    yield changed("12 trawlers", "15 trawlers", RULES)
    yield looked_at(article("new", *LAMP, CORRECTED), article("old", *LAMP, OWN[0]))


@pytest.mark.parametrize("cue", [spelling_corrected, numbers_higher, speaks_of_change])
def test_a_cue_speaks_as_strongly_against_the_opposite_arrow(cue):
    spoke = False
    for pair, context in pairs():
        one, other = cue(pair, context), cue(turned(pair), context)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.strength == -other.strength
            assert -1 <= one.strength <= 1
            spoke = True
    assert spoke
