"""Named sources are texts, not outlets; some of them can be read through an article of the pile."""

from dataclasses import replace
from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st
from making import LAMP, MARKET, OWN, article, credit, day, words

from provenance.model import Mark, Span
from provenance.names import canonical
from provenance.reconstruct.texts import (
    Named,
    alignments_by_article,
    groups_of,
    named_groups,
    read_through,
    texts_of,
    whole_text,
)

ids = st.sampled_from("abcdefghij")


@given(st.sets(ids), st.lists(st.tuples(ids, ids)))
def test_groups_are_the_connected_components_of_the_ids_that_were_given(members, ties):
    shown = networkx.Graph()
    shown.add_nodes_from(members)
    shown.add_edges_from((one, other) for one, other in ties if one in members and other in members)
    assert groups_of(members, ties) == sorted(sorted(group) for group in networkx.connected_components(shown))


def test_groups_of_three_thousand_in_a_row_do_not_overflow():
    row = [f"{n:04}" for n in range(3000)]
    assert groups_of(row, list(pairwise(row))) == [row]
    assert groups_of(row, list(pairwise(row[::-1]))) == [row]


# --- named sources --------------------------------------------------------------------------------------------------


def test_two_articles_that_credit_one_agency_for_two_stories_have_two_sources():
    wanted = [credit(id, "AP", "dateline") for id in ("c", "d", "a", "b")]
    named = named_groups({("a", "c"), ("b", "d")}, wanted, canonical)
    assert named.ids == {
        ("a", "associated press"): "named:associated press/a",
        ("c", "associated press"): "named:associated press/a",
        ("b", "associated press"): "named:associated press/b",
        ("d", "associated press"): "named:associated press/b",
    }
    assert set(named.names.values()) == {"Associated Press"}


def test_articles_are_not_tied_by_way_of_one_that_does_not_give_the_credit():
    wanted = [credit(id, "AP", "dateline") for id in ("a", "c")]
    named = named_groups({("a", "b"), ("b", "c")}, wanted, canonical)
    assert len(set(named.ids.values())) == 2


def test_a_source_is_written_as_the_longest_of_its_spellings():
    wanted = [credit("a", "the Skerry Courier"), credit("b", "Skerry Courier")]
    named = named_groups({("a", "b")}, wanted, canonical)
    assert set(named.ids.values()) == {"named:skerry courier/a"}
    assert named.names == {"named:skerry courier/a": "the Skerry Courier"}


def named_by(*credits):
    return named_groups(set(), credits, canonical)


def shown_by(*articles, agencies=()):
    named = named_by(*(c for a in articles for c in a.credits if c.resolved_to is None))
    return read_through({a.id: a for a in articles}, named, frozenset(agencies), canonical)


def test_a_republished_text_is_read_through_the_article_that_shows_it():
    assert shown_by(article("x", *LAMP, credits=(credit("x", "Tidewright Review"),))) == {
        "named:tidewright review/x": "x"
    }


def test_an_agencys_text_is_read_through_nobody_whatever_the_phrase():
    reprint = article("x", *LAMP, credits=(credit("x", "AP"), credit("x", "Fenland Wire", "dateline")))
    assert shown_by(reprint, agencies={"associated press"}) == {}


def test_a_part_a_fact_or_a_credit_that_leads_to_an_article_shows_no_whole_text():
    credits = (
        credit("x", "Tidewright Review", "contributor", "B"),
        credit("x", "Keel and Quay", "scoop_attribution", "C"),
        credit("x", "Carrow Mail", resolved_to="y"),
    )
    assert shown_by(article("x", *LAMP, credits=credits), article("y", *LAMP)) == {}


def test_of_several_articles_that_republish_one_text_the_one_that_shows_most_of_it_is_read():
    short = article("a", *LAMP[:3], credits=(credit("a", "Tidewright Review"),))
    long = article("b", *LAMP, credits=(credit("b", "Tidewright Review"),))
    named = named_groups({("a", "b")}, [*short.credits, *long.credits], canonical)
    assert read_through({"a": short, "b": long}, named, frozenset(), canonical) == {"named:tidewright review/a": "b"}


def test_words_of_the_frame_do_not_make_an_article_show_more():
    short = article("a", *LAMP[:3], *MARKET, credits=(credit("a", "Tidewright Review"),))
    frame = Mark(Span(short.text.index(MARKET[0]), len(short.text)), "most popular")
    long = article("b", *LAMP[:5], credits=(credit("b", "Tidewright Review"),))
    named = named_groups({("a", "b")}, [*short.credits, *long.credits], canonical)
    both = {"a": replace(short, boilerplate=(frame,)), "b": long}
    assert read_through(both, named, frozenset(), canonical) == {"named:tidewright review/a": "b"}


def test_a_source_that_is_read_has_the_credits_inside_its_text_and_the_date_its_page_gives():
    whose, inside = credit("x", "Tidewright Review"), credit("x", "Carrow Mail", "scoop_attribution", "C")
    page = article("x", *LAMP, outlet="Relay", published=day(9), credits=(inside, whose))
    id = "named:tidewright review/x"
    named = named_by(whose)
    texts = texts_of({"x": page}, named, {id: "x"}, {"x": {"tidewright review": day(4)}}, canonical)
    assert texts["x"].credits == (replace(whose, resolved_to=id),)
    assert texts["x"].name == "Relay"
    assert texts["x"].published == day(9)
    assert texts[id].credits == (inside,)
    assert texts[id].name == "Tidewright Review"
    assert texts[id].published == day(4)
    assert texts[id].read_through
    assert not texts["x"].read_through


def test_an_article_that_shows_nobodys_text_keeps_all_its_credits():
    credits = (credit("x", "AP", "dateline"), credit("x", "Carrow Mail", "scoop_attribution", "C"))
    texts = texts_of({"x": article("x", *LAMP, credits=credits)}, Named({}, {}), {}, {}, canonical)
    assert texts["x"].credits == credits
    assert list(texts) == ["x"]


def test_the_whole_text_of_an_article_is_every_body_word_of_it_word_for_word():
    page = article("x", OWN[0], MARKET[0], "Most popular this week")
    frame = Mark(Span(page.text.index("Most popular"), len(page.text)), "most popular")
    shared = whole_text(replace(page, boilerplate=(frame,)))
    assert shared.words_a == shared.shared_a == shared.verbatim_b == len((OWN[0] + " " + MARKET[0]).split())
    assert shared.share_a == shared.share_b == 1.0
    assert [p.a.cut(page.text) for p in shared.passages] == [OWN[0], MARKET[0]]
    assert all(p.a == p.b for p in shared.passages)


def test_every_article_finds_its_alignments_with_itself_as_side_a():
    one = replace(words(50, words_b=200), a="a", b="c")
    two = replace(words(40), a="b", b="c")
    found = alignments_by_article([one, two])
    assert {id: [(x.a, x.b, x.words_a) for x in group] for id, group in found.items()} == {
        "a": [("a", "c", 100)],
        "b": [("b", "c", 100)],
        "c": [("c", "a", 200), ("c", "b", 100)],
    }
