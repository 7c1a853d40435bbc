import re
from dataclasses import replace
from itertools import pairwise

from provenance.model import Article, Derivation, Estimate, Source, Trace
from provenance.report.columns import columns
from provenance.report.terminal import summary, tree

TREE = """\
Northern Wire (named, its text is not in the pile)
└── Harbour Post [post.html], 3 May 2031 “Ferry runs aground off Skerry”
    │   very likely: contributed a part; it says "Northern Wire contributed to this report"
    │   ┄ says it has facts from: Skerry Radio
    ├── outlet unknown [blog.txt], not before 4 May 2031 “Morning notes”
    │       very likely: an excerpt, 84 % of its text is found there; a long stretch stands here in
    │       its own voice
    │       also from: Skerry Gazette (read through Isles Digest); leaning: an excerpt, 12 % of its
    │       text is found there; it shares words that its main source has not
    │       ┄ says it has facts from: Skerry Radio
    └── Skerry Gazette (named, read through Isles Digest), 4 May 2031
        │   likely: rewritten, 55 % of its text is found there; most of its sentences stand there in
        │   other words
        └── Isles Digest [digest.txt], 5 May 2031 “Selkie aground”
                very likely: republished, 100 % of its text is found there; it says "The original
                source of this article is Skerry Gazette"

No derivation found:
outlet unknown [choir.txt], not after 1 Jun 2031
    ┄ says it has facts from: the choir's director
outlet unknown [twin-a.txt], no date
    ? shares text with twin-b.txt, undecided
outlet unknown [twin-b.txt], no date
    ? shares text with twin-a.txt, undecided

The words for confidence are uncalibrated: they rest on weights set by hand, not on measured cases,
so no percentages are given.
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
        "Who took text from whom in this pile",
        "Derivations",
        "Undecided",
        "twin-a.txt and twin-b.txt share text and are related (very likely); which way the text went is not",
        "What would settle it: a date for either of them",
        "3 independent reports among 6 articles (between 3 and 4).",
        "3 articles, 1 report: Harbour Post [post.html], blog.txt, Isles Digest [digest.txt]",
        "2 articles say they have facts from Skerry Radio: blog.txt, post.html",
        "Where the articles say they have facts from",
        "Skerry Radio: “the coastguard told Skerry Radio”",
        "What changed on the way",
        "numbers: “112” became “121”",
        "names: “Hag's Teeth” was added",
        "credits: “Skerry Radio” was left out",
        "left out: 1 sentence, such as ‘“We heard",
        "Not read",
        "pile/photo.jpg: a picture, not a text",
    ]
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_nobody_is_accused(ferry: Trace) -> None:
    assert not re.search(r"\b(cop(y|ied|ies)|stole|theft|plagiar)", summary(ferry))


def test_the_same_number_twice_needs_no_range(ferry: Trace) -> None:
    sure = replace(ferry, independent_reports=Estimate(4, 4, 4))
    assert "4 independent reports among 6 articles.\n" in summary(sure)


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
