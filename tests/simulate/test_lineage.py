"""What two texts share by descent: passages, shares of words and the kind of a derivation."""

from datetime import UTC, datetime

from provenance.model import Span
from provenance.simulate.draft import Draft, Sentence
from provenance.simulate.family import Text
from provenance.simulate.lineage import Match, Places, kind, matches, taken
from provenance.simulate.world import outlets

OUTLET = outlets(1)[0]
LAMP = "The lamp on the pier at Grebeling went out at nine in the evening and nobody noticed."
GULL = "A gull had pulled at the cable, the keeper said on Monday morning."


def text(*sentences: Sentence, operation: str = "reprint") -> Text:
    return Text(
        "id", OUTLET, Draft("Lamp out", tuple((s,) for s in sentences)), datetime(2031, 3, 1, tzinfo=UTC), operation
    )


def places(*sentences: Sentence) -> Places:
    """The sentences one after the other, a blank between."""
    at, out = 0, []
    for s in sentences:
        out.append((s, Span(at, at + len(s.text))))
        at += len(s.text) + 1
    return out


def test_neighbours_in_the_same_order_are_one_passage_and_turned_ones_two() -> None:
    one, two = Sentence(LAMP, (1,)), Sentence(GULL, (2,))
    whole = Span(0, len(LAMP) + 1 + len(GULL))
    assert list(matches(places(one, two), places(one, two))) == [Match(whole, whole)]
    assert len(list(matches(places(two, one), places(one, two)))) == 2


def test_what_stands_in_both_without_descent_is_no_passage() -> None:
    assert not list(matches(places(Sentence(LAMP, (1,))), places(Sentence(LAMP, (7,)))))
    credit = Sentence("Source: Grebeling Echo", (3,), "credit")
    assert not list(matches(places(credit), places(credit)))


def test_of_a_sentence_that_was_split_the_part_is_found_whose_words_are_there() -> None:
    first, second = Sentence("The lamp on the pier went out.", (1,)), Sentence("Nobody in Grebeling noticed.", (1,))
    (found,) = matches(places(Sentence("At nine the lamp on the pier went out.", (1,))), places(first, second))
    assert found.origin == Span(0, len(first.text))
    (both,) = matches(
        places(Sentence("The lamp on the pier went out; nobody in Grebeling noticed.", (1,))), places(first, second)
    )
    assert both.origin == Span(0, len(first.text) + 1 + len(second.text))


def test_kinds_follow_the_words_that_were_taken() -> None:
    source = text(Sentence(LAMP, (1,)), Sentence(GULL, (2,)), operation="report")
    own = Sentence("Our reporter walked to the mill and back, counting eleven boats and a great many anglers.", (9,))
    assert kind(text(Sentence(LAMP, (1,)), Sentence(GULL, (2,))), source) == "republished"
    assert kind(text(Sentence(LAMP, (1,)), own), source) == "excerpted"
    assert kind(text(Sentence("At nine in the evening a lamp failed in Grebeling.", (1,)), own), source) == "rewritten"
    assert kind(text(Sentence(LAMP, (1,)), operation="update"), source) == "revised"


def test_voices_and_credits_count_on_neither_side() -> None:
    quote, credit = Sentence("“I slept,” the keeper said.", (5,), "quote"), Sentence("By the Echo", (6,), "credit")
    found = taken(text(Sentence(LAMP, (1,)), quote, credit), text(Sentence(LAMP, (1,)), quote, credit))
    assert found == (17, 17, 17)
