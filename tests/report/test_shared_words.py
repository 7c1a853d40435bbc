"""Arrows whose source's own text nobody has: what they rest on is told, and nothing is said of the source's words."""

from dataclasses import replace

from provenance.model import Article, Credit, Derivation, Evidence, Place, Source, Span, Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import ArrowView, arrow_view
from provenance.report.picture_groups import groups_of
from provenance.report.shared_words import shared_words
from provenance.report.wording import Names

BORROWED = "The lighthouse keeper counted forty seals on the rocks before breakfast, he told the harbour office."
ONE = Article("one.txt", "one.txt", f"{BORROWED} Nothing else happened.", outlet="Skerry Times")
OTHER = Article(
    "other.txt",
    "other.txt",
    f"Seals are back. {BORROWED}",
    outlet="Isles Mail",
    credits=(Credit("other.txt", "Northern Wire", "agency", "A", "Northern Wire", None),),
)
SOURCE = "named:northern wire/one.txt"
WORDS = Span(0, len(BORROWED))


def found(ferry: Trace, *evidence: Evidence, kind: str = "named") -> tuple[Trace, Derivation]:
    arrow = Derivation("one.txt", SOURCE, "excerpted", 0.8, 0.8, True, evidence)
    source = Source(SOURCE, "named" if kind == "named" else "unseen", "Northern Wire")
    trace = replace(
        ferry, articles=(ONE, OTHER), sources=(source,), derivations=(arrow,), undecided=(), reprints=(), families=(),
        citations=(),
    )  # fmt: skip
    return trace, arrow


SHARED = Evidence("shared_text", 3.0, "16 of its 19 words stand in Isles Mail too", (Place("one.txt", WORDS),))
BOTH = (Place("one.txt", WORDS), Place("other.txt", Span(16, 16 + len(BORROWED))))
AGENCY = Evidence("agency_common", 2.0, "one of the two (Isles Mail) credits an agency", BOTH)


def viewed(trace: Trace, arrow: Derivation) -> ArrowView:
    return arrow_view(trace, arrow, Names.of(trace), Anchors.of(trace))


def test_the_words_of_the_other_article_are_shown_and_no_share_of_the_source_is_told(ferry: Trace) -> None:
    view = viewed(*found(ferry, SHARED, AGENCY))
    assert view.share is None and view.share_words == "80 % of its words are shared with Isles Mail"
    assert view.rows == () and view.other and view.other.anchor == "a2"
    [row] = view.shared_rows
    assert "".join(p.text for p in row.source) == "".join(p.text for p in row.derived) == BORROWED
    assert (view.left.name, view.right.name) == ("Isles Mail", "Skerry Times")


def test_it_says_who_names_the_source_and_who_does_not(ferry: Trace) -> None:
    note = viewed(*found(ferry, SHARED, AGENCY)).rows_note or ""
    assert "words that Skerry Times shares with Isles Mail, which names Northern Wire as its source" in note
    assert "Skerry Times itself does not" in note and "itself says" not in note


def test_a_source_that_nobody_names_rests_on_what_the_articles_share(ferry: Trace) -> None:
    crowd = Evidence("crowd_unseen", 1.0, "three or more outlets print this text", BOTH)
    note = viewed(*found(ferry, SHARED, crowd, kind="unseen")).rows_note or ""
    assert "Nobody names this source" in note and "shares with Isles Mail" in note


def test_the_picture_tells_no_share_of_a_text_that_is_not_here(ferry: Trace) -> None:
    trace, _ = found(ferry, SHARED, AGENCY)
    [arrow] = groups_of(trace, Anchors.of(trace))[0].arrows
    assert arrow.share is None and arrow.share_word == ""
    assert "80 % of it is shared with another article" in arrow.detail


def test_a_trace_that_does_not_say_which_words_are_shared_shows_none(ferry: Trace) -> None:
    trace, arrow = found(ferry, SHARED, replace(AGENCY, places=()))
    assert shared_words(Names.of(trace), arrow) is None
    assert viewed(trace, arrow).shared_rows == ()


def test_an_arrow_that_rests_on_a_credit_shares_no_words(ferry: Trace) -> None:
    trace, arrow = found(ferry, Evidence("credit_whole", 4.5, "it credits Northern Wire"))
    assert shared_words(Names.of(trace), arrow) is None
    assert "rests on what Skerry Times itself says" in (viewed(trace, arrow).rows_note or "")
