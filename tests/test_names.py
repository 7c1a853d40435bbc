"""Names of outlets: who is meant, and when nobody can say."""

import time

import pytest

from provenance.gazetteer import by_domain, registered_domain
from provenance.gazetteer import entries as gazetteer
from provenance.mentions import mentions
from provenance.model import Span
from provenance.name_forms import normal_name
from provenance.names import agency, canonical, find, known_names, same_outlet, with_more


def test_an_abbreviation_is_canonically_the_full_name():
    assert canonical("AP") == canonical("The Associated Press") == "associated press"
    assert canonical("The Times of Israel") == "times of israel"


def test_an_unknown_name_is_canonically_its_own_normal_form():
    assert canonical("The Skerry  Sun-Times") == "skerry sun times"


def test_articles_case_and_punctuation_never_matter():
    assert normal_name("The SKERRY Courier") == normal_name("skerry courier") == "skerry courier"
    assert normal_name("Die Skerrhafener Zeitung") == "skerrhafener zeitung"
    assert normal_name("The") == "the", "a name of one article keeps it"


@pytest.mark.parametrize("short", ["AA", "PA", "MENA", "APA", "Sun", "Post", "Time", "Bloomberg", "Fox", "Atlantic"])
def test_a_short_name_that_means_other_things_too_is_not_taken_for_one(short):
    assert find(short) is None


@pytest.mark.parametrize(
    ("short", "role", "full"),
    [("AA", "agency", "Anadolu Agency"), ("PA", "agency", "Press Association"), ("Sun", "outlet", "The Sun")],
)
def test_a_role_makes_a_short_name_certain(short, role, full):
    assert find(short, role).name == full


def test_a_short_name_of_two_agencies_stays_unknown_even_with_a_role():
    assert find("CNS", "agency") is None


def test_the_article_makes_the_ocean_a_magazine():
    assert find("Atlantic") is None
    assert find("The Atlantic").name == "The Atlantic"


def test_the_piles_own_agency_is_known_by_its_initials():
    assert find("NPA", "agency", known=["Northern Press Agency"]).name == "Northern Press Agency"
    assert canonical("NPA", known=["Northern Press Agency"]) == "northern press agency"


def test_initials_that_two_outlets_of_the_pile_share_mean_neither():
    assert find("NPA", "agency", known=["Northern Press Agency", "Nimbus Press Agency"]) is None


def test_a_german_sentence_may_inflect_the_piles_names():
    assert canonical("Küstenboten", known=["Küstenbote"]) == "küstenbote"
    assert canonical("Nordischen Presseagentur", known=["Nordische Presseagentur"]) == "nordische presseagentur"


def test_a_web_edition_is_the_same_outlet_and_a_sister_is_not():
    assert same_outlet("Skerry Courier", "The Skerry Courier Online")
    assert same_outlet("CNN Politics", "CNN")
    assert not same_outlet("Skerry Courier", "Skerry Post")
    assert not same_outlet("Fox News", "Fox Business")
    assert not same_outlet("The Skerry Courier", None)


def test_a_domain_that_spells_the_name_is_the_outlet():
    assert same_outlet("www.skerry-courier.example", "The Skerry Courier")
    assert not same_outlet("harbourpost.example", "The Skerry Courier")


def test_an_address_leads_to_the_outlet_through_its_subdomains():
    assert by_domain("https://edition.cnn.com/2031/05/03/x.html").name == "CNN"
    assert by_domain("m.timesofisrael.com").name == "The Times of Israel"
    assert by_domain("https://www-reuters-com.cdn.ampproject.org/c/x").name == "Reuters"


def test_a_blog_host_is_nobodys_outlet():
    assert by_domain("https://lantern.wordpress.com/1") is None
    assert registered_domain("https://lantern.wordpress.com/1") == "lantern.wordpress.com"


def test_an_agency_is_known_by_role_or_by_its_name():
    assert agency("AFP") and agency("Nordische Presseagentur")
    assert not agency("Environmental Protection Agency")
    assert not agency("The Guardian")


def test_the_longest_name_is_read_and_no_more():
    text = "CNN Wasserman Schultz and The Washington Post Writers Group said; David Post agreed."
    assert [(e.name, s.cut(text)) for e, s in mentions(text)] == [
        ("CNN", "CNN"),
        ("Washington Post Writers Group", "Washington Post Writers Group"),
    ]


def test_a_name_needs_its_capitals_in_the_text():
    assert mentions("the daily mail came; he ran the memo through a reuters-like machine; an ap of sorts") == []


def test_a_possessive_is_no_part_of_the_name():
    text = "Reuters’s and CNN's men"
    assert [s.cut(text) for _, s in mentions(text)] == ["Reuters", "CNN"]


def test_mentions_are_looked_for_within_a_span_only():
    text = "AP and AFP"
    assert [s for _, s in mentions(text, within=Span(7, 10))] == [Span(7, 10)]


def test_every_line_of_the_gazetteer_is_sound():
    entries = gazetteer()
    domains = [domain for entry in entries for domain in entry.domains]
    assert len(domains) == len(set(domains)), "a domain belongs to one"
    assert len({entry.name for entry in entries}) == len(entries)
    assert sum(entry.role == "agency" for entry in entries) >= 80
    assert sum(entry.role == "outlet" for entry in entries) >= 400
    for entry in entries:
        assert canonical(entry.name) == normal_name(entry.name), entry.name


def test_ten_thousand_words_are_searched_in_a_fraction_of_a_second():
    text = "The Harbour Board said on Monday that Ada Lind would speak to Reuters. " * 800
    started = time.process_time()
    assert len(mentions(text)) == 800
    assert time.process_time() - started < 1.0


def test_an_address_among_the_piles_outlets_is_still_the_outlet_it_belongs_to():
    known = ("politicalticker.blogs.cnn.com", "npr.org")
    assert canonical("politicalticker.blogs.cnn.com", known) == canonical("CNN", known)
    assert same_outlet("npr.org", "NPR", known)


def test_twenty_thousand_outlets_are_asked_as_quickly_as_twenty():
    words = ("Skerry", "Harbour", "Lantern", "Carrow", "Gellan")
    pile = frozenset(f"{words[n % 5]} Courier {n}" for n in range(20_000)) | {"Northern Press Agency"}
    known_names(pile).find("SKC", "agency")  # what follows from the names is made now
    start = time.process_time()
    for n in range(300):
        find(f"X{chr(65 + n % 26)}{chr(65 + n // 26)}", "agency", pile)
        same_outlet(f"Skerry Courier {n}", f"harbour{n}.example", pile)
    assert time.process_time() - start < 1.0
    assert find("NPA", "agency", pile).name == "Northern Press Agency"


def test_the_outlet_at_an_address_is_the_first_of_the_piles_names_that_it_spells():
    known = known_names(["The Skerry Courier", "Skerry Courier", "Harbour Post", "gellan.example"])
    assert known.of_domain("skerrycourier.example") == "Skerry Courier"
    assert known.of_domain("theharbourpost.example") == "Harbour Post"
    assert known.of_domain("carrow.example") is None


def test_of_domain_is_the_first_name_that_means_the_same_outlet():
    names = ["The Lantern", "Lantern", "lantern.example", "Lantern Online", "The Lantern Online", "Carrow Lantern"]
    for domain in ("lantern.example", "thelantern.example", "carrow-lantern.example", "lan.example"):
        spelled = [name for name in sorted(names) if same_outlet(domain, name, names)]
        assert known_names(names).of_domain(domain) == (spelled[0] if spelled else None)


def test_names_that_one_text_explains_are_known_beside_those_of_the_pile():
    pile = known_names(["Skerry Courier"])
    more = with_more(pile, frozenset({"Skarn Press Agency (SKPA)"}))
    assert find("SKPA", "agency", more).name == "Skarn Press Agency"
    assert find("Skerry Courier", known=more).name == "Skerry Courier"
    assert find("SKPA", "agency", pile) is None
    assert set(more) == {"Skerry Courier", "Skarn Press Agency (SKPA)"}
    assert with_more(pile, frozenset()) is pile
