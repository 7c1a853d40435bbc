"""Whose page it is, and when it appeared: the outlet's own name is no credit, and of two names one is the source's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from provenance.model import Article, Mark, Published, Span, Stamp
from provenance.reconstruct.attribution import citations, identify, pile_outlets, source_dates
from provenance.reconstruct.credits import read_credits


def day(d):
    start = datetime(2031, 5, d, tzinfo=UTC)
    return Published(start, start + timedelta(days=1, seconds=-1), f"line 2: {d} May 2031")


def read(text, stamps=(), frame=(), known=(), **fields):
    """An article with its credits; ``stamps`` are (name, day), ``frame`` lines that are marked."""
    marks = tuple(Mark(Span(text.index(line), text.index(line) + len(line)), "disclaimer") for line in frame)
    found = tuple(Stamp(name, day(d), Span(text.index(name), text.index(name) + len(name))) for name, d in stamps)
    article = Article(id="a", path="a", text=text, language="en", stamps=found, boilerplate=marks, **fields)
    return replace(article, credits=read_credits(article, known))


def tiers(article):
    return [(c.tier, c.kind, c.source_name) for c in article.credits]


REPRINT = """Ferry stays in port
By Harbour Monitor
Lantern Research, 4 May 2031
Harbour Monitor 3 May 2031
The ferry stayed in port, the board said.
The original source of this article is Harbour Monitor
Copyright © Harbour Monitor, 2031"""


def test_of_two_names_with_dates_the_one_credited_elsewhere_is_the_source():
    article = read(REPRINT, [("Lantern Research", 4), ("Harbour Monitor", 3)])
    found = identify(article)
    assert found.outlet == "Lantern Research"
    assert found.published == day(4)
    assert {c.source_name for c in found.credits if c.tier == "A"} == {"Harbour Monitor"}
    assert source_dates(article) == {"harbour monitor": day(3)}
    assert found.stamps == (), "the stamps are used up"


def test_the_order_of_the_two_names_does_not_matter():
    one, other = "Lantern Research, 4 May 2031", "Harbour Monitor 3 May 2031"
    text = REPRINT.replace(f"{one}\n{other}", f"{other}\n{one}")
    found = identify(read(text, [("Harbour Monitor", 3), ("Lantern Research", 4)]))
    assert (found.outlet, found.published) == ("Lantern Research", day(4))


def test_a_byline_alone_also_tells_the_source_of_two_names():
    text = "Ferry stays\nBy Harbour Monitor\nLantern Research, 4 May 2031\nHarbour Monitor 3 May 2031\nIt stayed."
    article = read(text, [("Lantern Research", 4), ("Harbour Monitor", 3)])
    assert identify(article).outlet == "Lantern Research"
    assert list(source_dates(article)) == ["harbour monitor"]


def test_a_single_name_with_a_date_is_the_outlets():
    article = read("Ferry stays\nHarbour Gazette, 3 May 2031\nThe ferry stayed.", [("Harbour Gazette", 3)])
    found = identify(article)
    assert (found.outlet, found.published) == ("Harbour Gazette", day(3))
    assert found.outlet_ground.startswith("date line")
    assert source_dates(article) == {}


def test_a_single_name_that_the_page_says_it_reprints_is_the_sources():
    text = "Ferry stays\nHarbour Gazette, 3 May 2031\nIt stayed.\nOriginally published by the Harbour Gazette."
    article = read(text, [("Harbour Gazette", 3)])
    found = identify(article)
    assert found.outlet is None
    assert found.published.earliest == day(3).earliest and found.published.latest is None, "not before its source"
    assert source_dates(article) == {"harbour gazette": day(3)}


def test_a_place_with_a_date_is_no_outlet():
    found = identify(read("Ferry stays\nSkerry Haven, 3 May 2031\nThe ferry stayed.", [("Skerry Haven", 3)]))
    assert (found.outlet, found.published) == (None, day(3))


def test_a_date_known_from_elsewhere_stays():
    article = read("Ferry stays\nHarbour Gazette, 3 May 2031\nIt stayed.", [("Harbour Gazette", 3)], published=day(2))
    assert identify(article).published == day(2)


def test_a_byline_with_an_outlets_name_identifies_the_outlet_and_is_no_credit():
    found = identify(read("Ferry stays\nByNews Desk- The Lantern\nThe ferry stayed, the Harbour Post reported."))
    assert (found.outlet, found.outlet_ground) == ("Lantern", "byline")
    assert tiers(found) == [("C", "attribution", "Harbour Post")]
    assert found.byline == "News Desk- The Lantern"


def test_a_byline_does_not_identify_a_page_that_names_another_source_outright():
    text = "Ferry stays\nBy Harbour Gazette\nIt stayed.\nThis article is republished from Harbour Gazette."
    found = identify(read(text))
    assert found.outlet is None
    assert {c.source_name for c in found.credits} == {"Harbour Gazette"}


def test_an_agency_is_a_credit_in_any_case():
    for text in ("SKERRY (AP) — The ferry stayed.", "Ferry stays\nBy AFP\nIt stayed.", "It stayed.\nSource: Reuters"):
        found = identify(read(text))
        assert found.outlet is None
        assert [c.tier for c in found.credits] == ["A"]


def test_the_dateline_of_an_outlet_is_its_own_page_or_a_reprint():
    found = identify(read("SKERRY (CNN) — The ferry stayed."))
    assert (found.outlet, found.outlet_ground) == ("CNN", "dateline: its own page or a reprint of it")
    assert found.credits == ()


def test_copyright_alone_names_the_page_and_with_another_outlet_the_source():
    text = "The ferry stayed.\n© 2031 Harbour Gazette. All rights reserved."
    assert identify(read(text)).outlet == "Harbour Gazette"
    assert identify(read(text)).credits == ()
    elsewhere = identify(read(text, outlet="Skerry Courier", outlet_ground="record"))
    assert tiers(elsewhere) == [("A", "syndicate", "Harbour Gazette")]


def test_an_outlets_own_name_is_no_credit_anywhere():
    text = "SKERRY (CNN) — The ferry stayed, she told CNN. AP and CNN contributed to this report.\n© CNN"
    found = identify(read(text, outlet="CNN", outlet_ground="record"))
    assert tiers(found) == [("B", "agency", "AP")]


def test_an_address_identifies_the_outlet():
    assert identify(read("It stayed.", url="https://www.cnn.com/1")).outlet == "CNN"
    known = ("The Skerry Courier",)
    assert identify(read("It stayed.", url="https://skerrycourier.example/1"), known).outlet == "The Skerry Courier"
    assert identify(read("It stayed.", url="https://skerrycourier.example/1")).outlet == "skerrycourier.example"


def test_a_frame_that_holds_up_one_name_identifies_the_outlet():
    frame = ["Become a Member of Harbour Gazette", "Subscribe to Harbour Gazette today"]
    text = "\n".join(["The ferry stayed.", *frame])
    found = identify(read(text, frame=frame))
    assert (found.outlet, found.outlet_ground) == ("Harbour Gazette", "the page's frame names it")


def test_a_frame_is_not_asked_for_the_name_of_the_source():
    frame = ["Subscribe to Harbour Gazette", "Follow Harbour Gazette on all channels"]
    text = "\n".join(["This article is republished from Harbour Gazette.", *frame])
    assert identify(read(text, frame=frame)).outlet is None


def test_a_byline_is_read_from_the_text_where_ingest_gave_none():
    found = identify(read("Ferry stays\nBy Ada Lind\nIt stayed."))
    assert (found.byline, found.byline_ground) == ("Ada Lind", "byline in the text")


def test_each_source_of_facts_is_cited_once():
    text = "It stayed, the Harbour Post said. It stayed, the Harbour Post reported. AP contributed to this report."
    cited = citations(read(text))
    assert [(c.source_name, c.text) for c in cited] == [("Harbour Post", "Harbour Post said")]


def test_the_outlets_of_a_pile_are_those_stated_and_those_that_pages_tell():
    stated = Article(id="a", path="a", text="The ferry stayed.", outlet="Lantern Row")
    told = Article(id="b", path="b", text="Ferry stays\nBy Harbour Gazette\nIt stayed.", language="en")
    silent = Article(id="c", path="c", text="The ferry stayed.", language="en")
    assert pile_outlets([stated, told, silent]) == {"Lantern Row", "Harbour Gazette"}
