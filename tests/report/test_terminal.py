import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from provenance.model import (
    Alternative,
    Article,
    Citation,
    Derivation,
    Estimate,
    Family,
    Passage,
    Published,
    Source,
    Trace,
    Undecided,
)
from provenance.report.columns import columns
from provenance.report.terminal import summary, undecided
from provenance.report.tree import tree

TREE = """\
Northern Wire (named, its text is not in the pile)
└── Harbour Post [post.html], 3 May 2031 “Ferry runs aground off Skerry”
    │   very likely: contributed a part; it says "Northern Wire contributed to this report"
    │   ┄ says it has facts from: Skerry Radio
    ├── outlet unknown [blog.txt], not before 4 May 2031 “Morning notes”
    │       very likely: an excerpt (84 % of it is in the source, 25 % of the source is in it); a
    │       long stretch stands here in its own voice
    │       also from: Skerry Gazette (read through Isles Digest); leaning: an excerpt (12 % of it
    │       is in the source); it shares words that its main source has not
    │       ┄ says it has facts from: Skerry Radio
    └── Skerry Gazette (named, read through Isles Digest), 4 May 2031
        │   likely: rewritten (55 % of it is in the source, 48 % of the source is in it); most of
        │   its sentences stand there in other words
        └── Isles Digest [digest.txt], 5 May 2031 “Selkie aground”
                very likely: republished; it says "The original source of this article is Skerry
                Gazette"

No source found among these articles:
outlet unknown [twin-a.txt], no date
    ? shares all of its text with twin-b.txt; which way is not known
outlet unknown [twin-b.txt], no date
    ? shares all of its text with twin-a.txt; which way is not known
outlet unknown [choir.txt], not after 1 Jun 2031
    ┄ says it has facts from: the choir's director

? not decided; ┄ cited for facts; named: an article credits it; read through X: X prints its text
“Very likely”, “likely” and “leaning” are the program's own judgement (uncalibrated: nobody has
measured yet how often it is right). Percentages say only how much text is shared.
"""


def test_the_tree_shows_every_text_under_its_source(ferry: Trace) -> None:
    assert tree(ferry) == TREE


def test_ascii_draws_the_same_tree_for_a_terminal_that_cannot_draw_lines(ferry: Trace) -> None:
    drawn = summary(ferry, ascii=True)
    assert drawn.isascii()
    assert "\n|-- " not in drawn and "    |-- outlet unknown [blog.txt]" in drawn and "    `-- Skerry Gazette" in drawn


def test_colour_adds_escapes_and_changes_no_word(ferry: Trace) -> None:
    coloured = summary(ferry, color=True)
    assert coloured != summary(ferry)
    assert re.sub(r"\x1b\[\d*m", "", coloured) == summary(ferry)


def test_lines_fit_the_terminal(ferry: Trace) -> None:
    for width in (60, 80, 140):
        assert max(columns(line) for line in tree(ferry, width=width).splitlines()) <= width


def test_uncalibrated_probabilities_are_never_shown_as_numbers(ferry: Trace, calibrated_ferry: Trace) -> None:
    assert "uncalibrated" in summary(ferry) and "93 %" not in summary(ferry)
    said = summary(calibrated_ferry)
    assert "very likely (93 %)" in said and "very likely (over 99 %)" in said and "uncalibrated" not in said


def test_the_summary_says_in_order_all_that_a_trace_holds(ferry: Trace) -> None:
    said = summary(ferry)
    parts = [
        "Whose text stands where, in this pile of 6 articles",
        "No source found among these articles",
        "Derivations",
        "Undecided",
        "twin-a.txt and twin-b.txt share text and are related (very likely); which way the text went is\n",
        "All of the first (100 %) stands in the second, and all of the second (100 %) in the first.",
        "17 words are the same, in the same order.",
        "Possible: either from the other, or both from a text that is not here.",
        "It could be settled by: a date for either of them.",
        "3 independent reports (texts written separately) among 6 articles; between 3 and 4, depending on",
        "3 articles, 1 report: Harbour Post [post.html], blog.txt, Isles Digest [digest.txt]",
        "2 articles, 1 report: twin-a.txt, twin-b.txt",
        "1 article stands alone: choir.txt",
        "Sources that the articles themselves name for facts",
        "Skerry Radio: “the coastguard told Skerry Radio”",
        "What changed on the way",
        "numbers: “112” became “121”",
        "names: “Hag's Teeth” is new",
        "no longer named: “Skerry Radio”",
        "shortened: 1 sentence not printed, “‘We heard",
        "Not read",
        "pile/photo.jpg: a picture, not a text",
    ]
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_nobody_is_accused(ferry: Trace) -> None:
    assert not re.search(r"\b(cop(y|ied|ies)|stole|theft|plagiar)", summary(ferry))
    assert "Who took" not in summary(ferry)


def test_the_same_number_twice_needs_no_range(ferry: Trace) -> None:
    sure = replace(ferry, independent_reports=Estimate(4, 4, 4))
    assert "4 independent reports (texts written separately) among 6 articles.\n" in summary(sure)


def test_a_second_text_of_one_named_outlet_is_told_apart(ferry: Trace) -> None:
    again = Source("named:northern wire/choir.txt", "named", "Northern Wire")
    arrow = Derivation("choir.txt", again.id, "republished", 0.95, None, True, ferry.derivations[-1].evidence)
    drawn = tree(replace(ferry, sources=(*ferry.sources, again), derivations=(*ferry.derivations, arrow)))
    assert "Northern Wire (named, its text is not in the pile)" in drawn
    assert "Northern Wire (named, another text of it)" in drawn


def test_what_a_person_stated_is_marked(ferry: Trace) -> None:
    first = ferry.derivations[0]
    stated = replace(first, evidence=(replace(first.evidence[0], name="stated", detail="A. Quill says so."),))
    said = summary(replace(ferry, derivations=(stated,)))
    assert "very likely, stated by a person: an excerpt" in said


def test_titles_cannot_steer_the_terminal(ferry: Trace) -> None:
    evil = replace(ferry.articles[0], title="\x1b[2J\x1b]0;gone\x07Notes \u202egnp.exe", outlet="Post\r\nOTHER")
    said = summary(replace(ferry, articles=(evil, *ferry.articles[1:])))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    assert "Post OTHER [blog.txt]" in said


def test_a_chain_of_two_thousand_reprints_is_drawn(ferry: Trace) -> None:
    ids = [f"{n:04}.txt" for n in range(2000)]
    chain = replace(
        ferry,
        articles=tuple(Article(id, id, "text") for id in ids),
        sources=tuple(Source(id, "article", id) for id in ids),
        derivations=tuple(Derivation(b, a, "republished", 0.9, 1.0, True, ()) for a, b in pairwise(ids)),
        undecided=(),
        citations=(),
    )
    assert tree(chain).count("republished") == 1999


def test_arrows_in_a_circle_still_show_every_article(ferry: Trace) -> None:
    there = Derivation("twin-b.txt", "twin-a.txt", "revised", 0.6, 1.0, True, ())
    back = Derivation("twin-a.txt", "twin-b.txt", "revised", 0.6, 1.0, True, ())
    drawn = tree(replace(ferry, derivations=(there, back)))
    assert all(f"[{a.id}]" in drawn for a in ferry.articles)


def test_an_empty_trace_has_an_empty_tree(ferry: Trace) -> None:
    bare = replace(ferry, articles=(), sources=(), derivations=(), undecided=())
    assert tree(bare) == ""


def test_a_republication_that_leaves_much_out_is_said_to_be_shortened(ferry: Trace) -> None:
    def drawn(of_source: float | None) -> str:
        arrow = replace(ferry.derivations[0], kind="republished", share=0.97, share_of_source=of_source)
        return tree(replace(ferry, derivations=(arrow,)), width=200)

    assert "republished, shortened (97 % of it is in the source, 52 % of the source is in it);" in drawn(0.52)
    assert "republished (97 % of it is in the source, 85 % of the source is in it);" in drawn(0.85)
    assert "republished (97 % of it is in the source);" in drawn(None)


def test_a_text_dated_before_its_source_says_that_a_date_is_wrong(ferry: Trace) -> None:
    line = "dated before its source: either a date is wrong, or this arrow is"
    post = next(a for a in ferry.articles if a.id == "post.html")
    assert post.published and line not in tree(ferry)
    begins = post.published.earliest
    assert begins
    for latest, is_too_early in ((begins, False), (begins - timedelta(seconds=1), True)):
        published = Published(None, latest, "a guess")
        articles = tuple(replace(a, published=published) if a.id == "blog.txt" else a for a in ferry.articles)
        drawn = tree(replace(ferry, articles=articles, derivations=ferry.derivations[:1]))
        assert (line in drawn) == is_too_early


def test_a_title_stands_whole_on_its_own_line_where_it_does_not_fit(ferry: Trace) -> None:
    title = "Ferry with 148 people aboard runs onto a reef in dense fog"
    articles = tuple(replace(a, title=title) if a.id == "post.html" else a for a in ferry.articles)
    drawn = tree(replace(ferry, articles=articles), width=70)
    assert f"└── Harbour Post [post.html], 3 May 2031\n    │   “{title}”\n" in drawn


def test_articles_that_may_be_one_text_stand_together(ferry: Trace) -> None:
    between = Article("twin-aa.txt", "pile/twin-aa.txt", "Something else.")
    drawn = tree(replace(ferry, articles=(*ferry.articles, between)))
    assert [line for line in drawn.splitlines() if "outlet unknown [twin" in line][:2] == [
        "outlet unknown [twin-a.txt], no date",
        "outlet unknown [twin-b.txt], no date",
    ]


WAYS = ("twin-b.txt from twin-a.txt", "twin-a.txt from twin-b.txt")


@pytest.mark.parametrize(
    ("chances", "says"),
    [
        ((0.45, 0.4), "Possible: either from the other, or both from a text that is not here."),
        ((0.45, 0.35), f"Possible, the likelier first: {WAYS[0]}; {WAYS[1]}."),
        ((0.2, 0.4), f"Possible, the likelier first: {WAYS[1]}; {WAYS[0]}."),
        ((0.45,), f"Possible: {WAYS[0]}, or both from a text that is not here."),
        ((0.45, 0.009), f"Possible: {WAYS[0]}, or both from a text that is not here."),
        ((0.15, 0.01), f"Possible, the likelier first: {WAYS[0]}; {WAYS[1]}."),
    ],
)
def test_a_way_is_called_the_likelier_only_where_it_clearly_is(
    ferry: Trace, chances: tuple[float, ...], says: str
) -> None:
    ways = (("twin-b.txt", "twin-a.txt"), ("twin-a.txt", "twin-b.txt"))
    candidates = tuple(Alternative(*way, p) for way, p in zip(ways, chances, strict=False))
    case = replace(ferry.undecided[0], candidates=candidates)
    assert says in undecided(replace(ferry, undecided=(case,)), width=200)


def test_nothing_is_called_possible_where_nothing_has_a_chance_of_one_in_a_hundred(ferry: Trace) -> None:
    case = replace(ferry.undecided[0], candidates=(Alternative("twin-b.txt", "twin-a.txt", 0.004),))
    assert "Possible" not in undecided(replace(ferry, undecided=(case,)))


def test_a_text_read_through_an_article_is_no_second_candidate(ferry: Trace) -> None:
    candidates = (
        Alternative("choir.txt", "digest.txt", 0.1),
        Alternative("choir.txt", "named:skerry gazette/digest.txt", 0.4),
        Alternative("named:skerry gazette/digest.txt", "choir.txt", 0.2),
    )
    case = replace(ferry.undecided[0], articles=("choir.txt", "digest.txt"), candidates=candidates)
    said = undecided(replace(ferry, undecided=(case,)), width=200)
    assert "first: choir.txt from Isles Digest [digest.txt]; Isles Digest [digest.txt] from choir.txt.\n" in said


def test_a_source_of_one_family_only_is_no_common_ground(ferry: Trace) -> None:
    assert "name the same source" not in summary(ferry)  # post.html and what hangs under it
    again = Citation("choir.txt", "Skerry Radio", "Skerry Radio said", None)
    said = summary(replace(ferry, citations=(*ferry.citations, again)))
    assert "stays one source, however many articles name it" in said
    assert (
        "3 articles name the same source for a fact: Skerry Radio (blog.txt, Harbour Post [post.html], choir.txt)"
        in " ".join(said.split())
    )


def large(ferry: Trace) -> Trace:
    """3,500 articles: twice two with one text, 50 pairs that share a little, the others alone; 60 cite somebody."""
    ids = [f"{n:04}.txt" for n in range(3500)]
    passage = Passage(ferry.undecided[0].passages[0].a, ferry.undecided[0].passages[0].b, "verbatim", 1.0, "no")
    relations = tuple(
        Undecided((a, b), "relation", 0.3, (0.1, 0.1), (), (), (passage,), "a credit")
        for a, b in zip(ids[4:104:2], ids[5:104:2], strict=True)
    )
    directions = tuple(replace(ferry.undecided[0], articles=(a, b), candidates=()) for a, b in (ids[:2], ids[2:4]))
    return replace(
        ferry,
        articles=tuple(Article(id, id, "text") for id in ids),
        sources=tuple(Source(id, "article", id) for id in ids),
        derivations=(Derivation(ids[-1], ids[-2], "republished", 0.9, 1.0, True, ()),),
        undecided=(*relations, *directions),
        families=tuple(Family(pair, (), Estimate(1, 1, 1)) for pair in ((ids[0], ids[1]), (ids[2], ids[3]))),
        citations=tuple(Citation(id, f"source {id}", "it said", None) for id in ids[:60]),
    )


def test_a_large_pile_is_folded_and_says_what_was(ferry: Trace) -> None:
    said = summary(large(ferry))
    for line in (
        "and 70 more that share a little text with another; --format json lists all",
        "and 3,374 more without a relation; --format json lists all",
        "and 20 more pairs that share a little text; --format json lists all",
        "3,496 articles stand alone: 0004.txt,",
        "and 3,476 more; --format json",
        "and 20 more articles that name sources; --format json lists all",
    ):
        assert line in said
    assert said.count("whether one took it from the other is not known.\n") == 30
    assert said.index("0002.txt and 0003.txt share text") < said.index("0004.txt and 0005.txt share a little text")
    assert len(said.splitlines()) < 450
