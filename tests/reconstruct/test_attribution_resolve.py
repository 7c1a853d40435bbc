"""Which article of the pile a name means, whose a repeated credit is, and when one sentence tells an outlet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from provenance.model import Article, Passage, Published, Span
from provenance.reconstruct.attribution import identify
from provenance.reconstruct.credits import read_credits
from provenance.reconstruct.resolution import resolve
from provenance.shared import Alignment


def day(d):
    start = datetime(2031, 5, d, tzinfo=UTC)
    return Published(start, start + timedelta(days=1, seconds=-1), f"{d} May 2031")


def article(id, text, outlet=None, on=None, known=(), **fields):
    ground = "record" if outlet else None
    raw = Article(id, id, text, language="en", outlet=outlet, outlet_ground=ground, published=on and day(on), **fields)
    return identify(replace(raw, credits=read_credits(raw, known)), known)


def aligned(a, b, *pairs, share=0.6, kind="rewritten", quoted="no"):
    """An alignment by pairs of sentences that both texts hold."""
    passages = []
    for of_a, of_b in pairs:
        at, there = a.text.index(of_a), b.text.index(of_b)
        spans = Span(at, at + len(of_a)), Span(there, there + len(of_b))
        passages.append(Passage(*spans, kind, 0.5, quoted))
    words = round(100 * share)
    return Alignment(a.id, b.id, tuple(passages), 100, 100, words, words, 0, 0, words, 0, 0, len(pairs))


def settle(*articles, alignments):
    return resolve({each.id: each for each in articles}, alignments)


# --- names that are outlets of the pile -----------------------------------------------------------------------------

FERRY = "The ferry stayed in port for the whole of a stormy Monday in May."


def test_a_credit_leads_to_the_article_of_that_outlet_whose_text_aligns():
    source = article("1", FERRY, outlet="The Harbour Gazette")
    derived = article("2", FERRY + "\nThis story was first published by Harbour Gazette.", outlet="Skerry Courier")
    credit = settle(source, derived, alignments=[aligned(source, derived, (FERRY, FERRY))])["2"].credits[0]
    assert credit.resolved_to == "1"
    assert "Harbour Gazette" in credit.resolved_ground


def test_a_credit_leads_nowhere_when_the_texts_share_nothing():
    source = article("1", "Something else.", outlet="The Harbour Gazette")
    derived = article("2", FERRY + "\nThis story was first published by Harbour Gazette.", outlet="Skerry Courier")
    assert settle(source, derived, alignments=[])["2"].credits[0].resolved_to is None


def test_of_two_articles_of_the_outlet_the_one_with_more_shared_text_is_meant():
    one, two = (article(id, FERRY, outlet="Harbour Gazette") for id in "12")
    derived = article("3", FERRY + "\nAs the Harbour Gazette first reported.", outlet="Skerry Courier")
    alignments = [aligned(one, derived, (FERRY, FERRY), share=0.3), aligned(two, derived, (FERRY, FERRY), share=0.7)]
    assert settle(one, two, derived, alignments=alignments)["3"].credits[0].resolved_to == "2"


def test_an_agency_of_the_pile_is_met_by_its_initials():
    known = ("Northern Press Agency",)
    source = article("1", FERRY, outlet="Northern Press Agency", known=known)
    derived = article("2", "SKERRY (NPA) — " + FERRY, outlet="Skerry Courier", known=known)
    found = settle(source, derived, alignments=[aligned(source, derived, (FERRY, FERRY))])["2"]
    assert [(c.source_name, c.resolved_to) for c in found.credits] == [("NPA", "1")]


def test_initials_that_fit_two_outlets_of_the_pile_lead_nowhere():
    source = article("1", FERRY, outlet="Northern Press Agency")
    other = article("0", "Something else.", outlet="Nimbus Press Agency")
    derived = article("2", "SKERRY (NPA) — " + FERRY, outlet="Skerry Courier")
    found = settle(other, source, derived, alignments=[aligned(source, derived, (FERRY, FERRY))])["2"]
    assert [(c.source_name, c.resolved_to) for c in found.credits] == [("NPA", None)]


def test_the_credit_of_a_picture_leads_to_no_text():
    source = article("1", FERRY, outlet="Reuters")
    derived = article("2", FERRY + "\nPhotograph: Ada Lind/Reuters", outlet="Skerry Courier")
    found = settle(source, derived, alignments=[aligned(source, derived, (FERRY, FERRY))])["2"]
    assert [c.resolved_to for c in found.credits] == [None]


# --- credits that were copied along ---------------------------------------------------------------------------------

CREDITED = "According to the Tidal Research Institute, four ferries of ten stayed in port."


def test_a_credit_inside_a_shared_passage_is_inherited_by_the_later_text():
    first = article("1", CREDITED, outlet="Harbour Gazette", on=3)
    later = article("2", CREDITED, outlet="Skerry Courier", on=4)
    found = settle(first, later, alignments=[aligned(first, later, (CREDITED, CREDITED))])
    assert [c.inherited_from for c in found["1"].credits] == [None]
    assert [c.inherited_from for c in found["2"].credits] == ["1"]


def test_a_text_that_credits_the_other_inherits_whatever_the_dates():
    first = article("1", CREDITED, outlet="Harbour Gazette")
    text = CREDITED + "\nThis story was first published by Harbour Gazette."
    later = article("2", text, outlet="Skerry Courier")
    found = settle(first, later, alignments=[aligned(first, later, (CREDITED, CREDITED))])
    assert found["2"].credits[0].inherited_from == "1"


def test_between_two_undated_texts_nobody_knows_who_inherited():
    one, two = article("1", CREDITED, outlet="Harbour Gazette"), article("2", CREDITED, outlet="Skerry Courier")
    found = settle(one, two, alignments=[aligned(one, two, (CREDITED, CREDITED))])
    assert [c.inherited_from for each in found.values() for c in each.credits] == [None, None]


def test_a_credit_outside_the_shared_passage_is_the_texts_own():
    first = article("1", FERRY + "\n" + CREDITED, outlet="Harbour Gazette", on=3)
    later = article("2", FERRY + "\n" + CREDITED, outlet="Skerry Courier", on=4)
    found = settle(first, later, alignments=[aligned(first, later, (FERRY, FERRY))])
    assert [c.inherited_from for c in found["2"].credits] == [None]


def test_two_reprints_of_one_agency_text_both_have_their_dateline_themselves():
    text = "SKERRY (AP) — " + FERRY
    first = article("1", text, outlet="Harbour Gazette", on=3)
    later = article("2", text, outlet="Skerry Courier", on=4)
    found = settle(first, later, alignments=[aligned(first, later, (text, text), share=1.0)])
    assert [c.inherited_from for c in found["2"].credits] == [None]


def test_a_dateline_is_inherited_from_a_text_that_the_article_credits():
    text = "SKERRY (AP) — " + FERRY
    first = article("1", text, outlet="Harbour Gazette", on=3)
    later = article("2", text + "\nOriginally published by the Harbour Gazette.", outlet="Skerry Courier", on=4)
    found = settle(first, later, alignments=[aligned(first, later, (text, text), share=1.0)])
    assert [(c.source_name, c.inherited_from) for c in found["2"].credits] == [("AP", "1"), ("Harbour Gazette", None)]


TOLD = "The ferry stayed in port for the whole of Monday, the Harbour Gazette reported."


@pytest.mark.parametrize(("of_giver", "expected"), [(0.9, "2"), (0.3, None)])
def test_a_credit_that_leads_to_a_text_is_inherited_from_one_that_shows_more_of_the_article(of_giver, expected):
    source = article("1", FERRY, outlet="Harbour Gazette", on=3)
    giver = article("2", TOLD, outlet="Lantern Weekly", on=4)
    taker = article("3", TOLD, outlet="Skerry Courier", on=5)
    alignments = [
        aligned(source, giver, (FERRY, TOLD), share=0.6),
        aligned(source, taker, (FERRY, TOLD), share=0.6),
        aligned(giver, taker, (TOLD, TOLD), share=of_giver),
    ]
    credit = settle(source, giver, taker, alignments=alignments)["3"].credits[0]
    assert (credit.resolved_to, credit.inherited_from) == ("1", expected)


# --- an outlet that one sentence tells ------------------------------------------------------------------------------

SAID = "The ferry stayed in port, the Harbour Gazette said, pointing out that the storm came amid rising tides."
OWN = "The storm comes amid rising tides of recent weeks."
UNKNOWN = OWN + "\nThe board met on Sunday."


def by_sentence(candidate_text=UNKNOWN, said=SAID, pairs=None, share=0.6, quoted="no", on=(None, None), more=()):
    """The outlet of article 1 after resolving; article 2 credits a name for a sentence that aligns with it."""
    unknown = article("1", candidate_text, on=on[0])
    crediting = article("2", said, outlet="Skerry Courier", on=on[1])
    alignment = aligned(unknown, crediting, pairs or (OWN, said), share=share, quoted=quoted)
    others = [aligned(each, crediting, (OWN, said), share=0.5) for each in more]
    return settle(unknown, crediting, *more, alignments=[alignment, *others])["1"]


def test_a_credited_sentence_that_aligns_tells_an_unknown_outlet():
    found = by_sentence()
    assert found.outlet == "Harbour Gazette"
    assert found.outlet_ground == "2 credits Harbour Gazette for a sentence that aligns with this text"


def test_the_credit_then_leads_to_that_article():
    unknown, crediting = article("1", UNKNOWN), article("2", SAID, outlet="Skerry Courier")
    found = settle(unknown, crediting, alignments=[aligned(unknown, crediting, (OWN, SAID))])
    assert found["2"].credits[0].resolved_to == "1"


def test_a_known_outlet_is_not_renamed():
    known = article("1", UNKNOWN, outlet="Lantern Weekly")
    crediting = article("2", SAID, outlet="Skerry Courier")
    assert settle(known, crediting, alignments=[aligned(known, crediting, (OWN, SAID))])["1"].outlet == "Lantern Weekly"


@pytest.mark.parametrize(
    ("why", "case"),
    [
        ("it names the credited outlet itself", {"candidate_text": UNKNOWN + " The Harbour Gazette was there."}),
        ("it does not cover enough of the crediting text", {"share": 0.1}),
        ("it is later", {"on": (5, 4)}),
        ("it only quotes the sentence", {"quoted": "a"}),
        ("the name is an institute", {"said": SAID.replace("Harbour Gazette", "Tidal Research Institute")}),
        ("the name is an agency", {"said": SAID.replace("the Harbour Gazette", "Reuters")}),
    ],
)
def test_one_thing_against_it_and_the_outlet_stays_unknown(why, case):
    said = case.get("said", SAID)
    assert by_sentence(**{"pairs": (OWN, said), **case}).outlet is None, why


def test_a_sentence_that_has_it_from_somebody_itself_tells_no_outlet():
    for source in ("local media reported", "Harbour Radio reports"):
        sentence = f"The storm comes amid rising tides, {source}."
        assert by_sentence(candidate_text=sentence, pairs=(sentence, SAID)).outlet is None


def test_two_such_articles_and_neither_is_told():
    other = article("3", UNKNOWN)
    assert by_sentence(more=(other,)).outlet is None


def test_not_when_the_outlets_own_article_is_there():
    other = article("3", UNKNOWN, outlet="Harbour Gazette")
    assert by_sentence(more=(other,)).outlet is None


def test_an_aligned_sentence_without_the_credit_tells_nothing():
    said = SAID + "\n" + FERRY
    unknown, crediting = article("1", FERRY), article("2", said, outlet="Skerry Courier")
    assert settle(unknown, crediting, alignments=[aligned(unknown, crediting, (FERRY, FERRY))])["1"].outlet is None
