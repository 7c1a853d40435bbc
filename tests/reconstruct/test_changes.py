"""What changed on the way from the source to the derived text, and where it stands."""

import pytest
from making import LAMP, MARKET, OWN, article, day, traced

from provenance.model import Mark, Span
from provenance.reconstruct.changes import _kind

FIRST = "This story was first published by The Carrow Mail."


def changed(before, after, *, line=FIRST, source=None, derived=None):
    """The changes between two articles of which the second says that it is the first one's text."""
    mail = article("mail", *before, outlet="Carrow Mail", published=day(2), **(source or {}))
    echo = article("echo", *after, line, outlet="Dunfallow Echo", published=day(5), **(derived or {}))
    found = traced(mail, echo)
    (arrow,) = (d for d in found.derivations if (d.derived, d.source) == ("echo", "mail"))
    texts = {a.id: a.text for a in found.articles}
    for change in arrow.changes:
        check_places(change, texts)
    return arrow.changes


def check_places(change, texts):
    """The places of a change cut its very words out of the two texts."""
    cut = {place.article: " ".join(place.span.cut(texts[place.article]).split()) for place in change.places}
    for article_id, said in (("mail", change.source), ("echo", change.derived)):
        if article_id in cut:
            assert cut[article_id] == said


def told(changes, kind):
    return [(c.source, c.derived) for c in changes if c.kind == kind]


STORY = LAMP[:6]


def rewritten(old, new):
    text = "\n".join(STORY)
    assert old in text
    return text.replace(old, new).split("\n")


def test_a_reprint_word_for_word_changes_nothing():
    changes = changed(STORY, STORY)
    assert {c.kind for c in changes} <= {"credit", "sentence_added"}  # the line that says whose text it is
    assert not told(changes, "number") + told(changes, "name") + told(changes, "sentence_dropped")


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Two trawlers", "Three trawlers", "Two", "Three"),
        ("Two trawlers", "12 trawlers", "Two", "12"),
    ],
)
def test_a_changed_number_is_told_in_figures_or_words(old, new, before, after):
    assert told(changed(STORY, rewritten(old, new)), "number") == [(before, after)]


def test_a_corrected_figure_is_told_with_both_figures():
    before = [*STORY, "In all 148 ships passed the point in the dark before the floodlight on the barge was lit again."]
    after = [*STORY, "In all 163 ships passed the point in the dark before the floodlight on the barge was lit again."]
    assert told(changed(before, after), "number") == [("148", "163")]


def test_a_changed_name_is_told_and_a_changed_common_word_is_not():
    assert told(changed(STORY, rewritten("Keeper Oda Renfell", "Keeper Ada Renfell")), "name") == [("Oda", "Ada")]
    changes = changed(STORY, rewritten("a heap of green splinters", "a pile of green splinters"))
    assert not told(changes, "name") + told(changes, "number")


def test_a_name_made_a_common_word_is_no_changed_name():
    assert told(changed(STORY, rewritten("Keeper Oda Renfell", "a man of forty")), "name") == []


def test_a_dropped_and_an_added_sentence_are_told_whole():
    changes = changed(LAMP, [*LAMP[:2], *LAMP[3:], OWN[0]])
    assert told(changes, "sentence_dropped") == [(LAMP[2], None)]
    assert (None, OWN[0]) in told(changes, "sentence_added")
    assert {None} == {pair[0] for pair in told(changes, "sentence_added")}


def test_a_sentence_told_in_other_words_is_neither_dropped_nor_added():
    retold = (
        "Insurance pays for the pane and not for the lens: the policy, which speaks of fire and storm, has no birds."
    )
    changes = changed(LAMP, [*LAMP[:7], retold, *LAMP[8:]])
    assert told(changes, "sentence_dropped") == []
    assert (None, retold) not in told(changes, "sentence_added")


def test_of_an_excerpt_only_what_changed_inside_it_is_told():
    # most of the excerpting article is its own: that is no change of the source
    after = [*OWN, MARKET[1], *rewritten("Two trawlers", "Three trawlers")[:2], MARKET[2]]
    said = "The lens was beyond repair, The Carrow Mail reported."
    changes = changed(LAMP, after, line=said, source={"title": "A gull"}, derived={"title": "A night"})
    assert [(c.kind, c.source, c.derived) for c in changes] == [("number", "Two", "Three")]


def test_a_moved_sentence_is_neither_dropped_nor_added():
    changes = changed(STORY, [*STORY[3:], *STORY[:3]])
    assert told(changes, "sentence_dropped") == []
    assert not any(said and said in STORY for _, said in told(changes, "sentence_added"))


def test_a_dropped_credit_and_an_added_one_are_told_with_their_words():
    gazette = "The lens was worth a fortune, The Harbour Gazette reported."
    ledger = "The gull was a young one, The Ramparts Ledger reported."
    credits = told(changed([*STORY, gazette], [*STORY, ledger]), "credit")
    assert [(before, after) for before, after in credits if before] != []
    assert any(before and "Harbour Gazette" in before and after is None for before, after in credits)
    assert any(after and "Ramparts Ledger" in after and before is None for before, after in credits)


def test_the_credit_to_the_source_itself_is_no_change():
    assert told(changed(STORY, STORY), "credit") == []


def test_a_credit_that_both_give_is_no_change():
    gazette = "The lens was worth a fortune, The Harbour Gazette reported."
    assert told(changed([*STORY, gazette], [*STORY, gazette]), "credit") == []


def test_a_new_headline_is_told_and_one_that_differs_in_signs_only_is_not():
    def headline(before, after):
        return told(changed(STORY, STORY, source={"title": before}, derived={"title": after}), "headline")

    assert headline("Gull breaks lighthouse", "Lamp dark for a night") == [
        ("Gull breaks lighthouse", "Lamp dark for a night")
    ]
    assert headline("Gull breaks lighthouse", "GULL BREAKS “LIGHTHOUSE”") == []
    assert headline("Gull breaks lighthouse", None) == []


def test_changes_stand_in_the_order_headline_credits_words_sentences():
    before = [*LAMP, "The lens was worth a fortune, The Harbour Gazette reported."]
    after = [LAMP[0], LAMP[1].replace("Two", "Three"), *LAMP[3:], OWN[0]]
    changes = changed(before, after, source={"title": "A gull"}, derived={"title": "A night"})
    kinds = [c.kind for c in changes]
    order = ["headline", "credit", "number", "name", "sentence_dropped", "sentence_added"]
    assert {"headline", "credit", "number", "sentence_dropped", "sentence_added"} <= set(kinds)
    assert [order.index(k) for k in kinds] == sorted(order.index(k) for k in kinds)


def test_a_source_that_is_read_through_another_page_has_no_headline_of_its_own():
    line = "The original source of this article is Tidewright Review."
    mail = article("mail", *LAMP, outlet="Carrow Mail", title="A gull", published=day(2))
    said = "The lens was beyond repair, The Carrow Mail reported."
    relay = article("relay", *LAMP[:6], said, line, outlet="Relay", title="A night", published=day(5))
    for arrow in traced(mail, relay).derivations:
        assert told(arrow.changes, "headline") == []
    assert len(traced(mail, relay).derivations) == 2


def test_a_german_number_word_is_a_number():
    before = [
        "Die Lampe des Leuchtturms erlosch kurz vor Mitternacht, als eine Möwe durch die Scheibe flog und die Linse in "
        "einen Haufen grüner Scherben zerschlug, den der Wärter mit einer Kehrschaufel in die Kammer trug.",
        "Zwei Fischkutter, die nach dem Licht steuerten, drehten im letzten Augenblick von der Untiefe ab und kamen "
        "erst am Morgen mit leeren Netzen in den Hafen zurück.",
    ]
    after = [before[0], before[1].replace("Zwei", "Drei")]
    german = {"language": "de"}
    line = "Zuerst erschienen in der Carrow Mail."
    mail = article("mail", *before, outlet="Carrow Mail", published=day(2), **german)
    echo = article("echo", *after, line, outlet="Dunfallow Echo", published=day(9), **german)
    (arrow,) = traced(mail, echo).derivations
    assert told(arrow.changes, "number") == [("Zwei", "Drei")]


def test_what_the_frame_holds_is_neither_dropped_nor_added():
    text = "\n".join([*STORY, MARKET[0]])
    frame = Mark(Span(text.index(MARKET[0]), len(text)), "most popular")
    changes = changed([*STORY, MARKET[0]], STORY, source={"boilerplate": (frame,)})
    assert told(changes, "sentence_dropped") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("thirty-one", "31"), ("1,200", "1.200"), ("two thousand five hundred", "2500"), ("twelve", "dozen")],
)
def test_a_number_that_is_only_written_otherwise_is_no_change(old, new):
    assert _kind(old, new, "en") is None


@pytest.mark.parametrize(("old", "new"), [("148", "163"), ("half", "third"), ("2.5", "25"), ("thirty-one", "13")])
def test_a_number_that_is_another_one_is_a_change(old, new):
    assert _kind(old, new, "en") == "number"


@pytest.mark.parametrize(("language", "old", "new"), [("en", "Today", "Wednesday"), ("de", "Gestern", "Am Montag")])
def test_the_name_of_a_day_is_no_name(language, old, new):
    assert _kind(old, new, language) is None


def test_a_long_name_that_became_another_is_a_change_and_a_long_clause_is_none():
    assert _kind("the Marine Safety Office", "SKPA", "en") == "name"
    assert _kind("Keeper Oda Renfell told them", "the crew", "en") is None
    assert _kind("12 men of the Carrow crew", "nobody", "en") is None
