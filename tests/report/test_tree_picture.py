import re
from dataclasses import replace
from datetime import UTC, datetime

from lxml import html
from lxml.html import HtmlElement
from piles import PILES

from provenance import read_articles, trace
from provenance.model import Derivation, Estimate, Family, Source, Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.tree_picture import Arrow, Group, Mark, Node, Open, PictureWords, groups_of, picture_of
from provenance.report.tree_picture import tree_picture as picture

HOSTILE = '\x1b[31m</svg><script>alert(1)</script>\u202e" onload="alert(2)\' & <b>'


def page(found: Trace) -> HtmlElement:
    return html.fromstring(str(picture(found, Anchors.of(found))))


def words_of(element: HtmlElement) -> str:
    """What it says; in a picture every line of text stands for itself."""
    joint = " " if element.xpath("ancestor-or-self::svg") else ""
    return " ".join(joint.join(element.itertext()).split())


def one(element: HtmlElement, path: str) -> HtmlElement:
    [found] = element.xpath(path)
    return found


def named(link: HtmlElement) -> str:
    """The name a screen reader says."""
    return str(one(link, "./title").text)


def arrow_to(tree: HtmlElement, fragment: str) -> HtmlElement:
    return one(tree, f'//svg//a[@href="#{fragment}"]')


# --- what belongs together -------------------------------------------------------------------------------------------


def test_every_article_stands_in_exactly_one_group(ferry: Trace):
    groups = groups_of(ferry, Anchors.of(ferry))
    links = [node.link for group in groups for node in group.nodes if node.kind == "article"]
    assert sorted(links, key=str) == [f"a{n}" for n in range(1, 7)]


def test_the_largest_family_comes_first_and_what_has_no_source_is_a_list(ferry: Trace):
    groups = groups_of(ferry, Anchors.of(ferry))
    assert [group.heading for group in groups] == [
        "Family 1: 3 articles and 2 named sources · 1 independent report (between 1 and 2)",
        "Family 2: 2 articles · 1 independent report",
        "1 article for which no source was found in this pile",
    ]
    assert [group.kind for group in groups] == ["family", "family", "listed"]


def related(a: str, b: str) -> Undecided:
    return Undecided((a, b), "relation", 0.4, (0.1, 0.1), (), (), (), "the page of either")


def test_an_article_that_shares_a_little_with_one_family_stands_beside_it_and_is_not_counted_in(ferry: Trace):
    found = replace(ferry, undecided=(*ferry.undecided, related("choir.txt", "post.html")))
    first = groups_of(found, Anchors.of(found))[0]
    assert "3 articles and 2 named sources · 1 independent report (between 1 and 2) · 1 more shares" in first.heading
    assert "a2" in {node.link for node in first.nodes}


def test_an_article_that_shares_a_little_with_two_families_stands_beside_neither(ferry: Trace):
    ties = (related("choir.txt", "post.html"), related("choir.txt", "twin-a.txt"))
    found = replace(ferry, undecided=(*ferry.undecided, *ties))
    *_, alone = groups_of(found, Anchors.of(found))
    assert [node.link for node in alone.nodes] == ["a2"]
    assert len(alone.opens) == 2
    assert "share a little text" in words_of(one(page(found), '//details[@class="pic-family pic-listed"]'))


def with_named_sources(found: Trace, number: int) -> Trace:
    """The pile grown by articles that each name an agency for their text."""
    articles = tuple(replace(found.articles[1], id=f"agency-{n:02}.txt") for n in range(number))
    sources = tuple(Source(f"named:northern wire/{a.id}", "named", "Northern Wire") for a in articles)
    arrows = tuple(
        Derivation(a.id, s.id, "republished", 0.95, None, True, ()) for a, s in zip(articles, sources, strict=True)
    )
    families = tuple(Family((d.derived,), (d.source,), Estimate(1, 1, 1)) for d in arrows)
    return replace(
        found,
        articles=found.articles + articles,
        sources=found.sources + sources,
        derivations=found.derivations + arrows,
        families=found.families + families,
    )


def test_few_articles_with_nothing_but_a_named_source_are_drawn_and_many_are_listed(ferry: Trace):
    few, many = with_named_sources(ferry, 5), with_named_sources(ferry, 30)
    assert len(page(few).xpath('//svg[@role="group"]')) == 7
    drawn = page(many)
    assert len(drawn.xpath('//svg[@role="group"]')) == 2
    assert "30 more articles, each with a named source" in words_of(drawn)
    assert words_of(drawn).count("very likely took text from Northern Wire") == 30


# --- boxes and lines -------------------------------------------------------------------------------------------------


def test_boxes_lead_to_texts_arrows_to_reasons_and_open_lines_to_pairs(ferry: Trace):
    tree = page(ferry)
    links = {a.get("href") for a in tree.xpath("//svg//a")}
    assert links == {"#a1", "#a3", "#a4", "#a5", "#a6", "#s1", "#s2", "#d1", "#d2", "#d3", "#d4", "#d5", "#u1"}
    assert all(named(a) for a in tree.xpath("//svg//a"))


def test_an_arrow_says_in_words_how_sure_it_is_and_how_much_was_taken(ferry: Trace):
    tree = page(ferry)
    assert named(arrow_to(tree, "d1")).startswith("blog.txt very likely took text from Harbour Post. ")
    assert words_of(arrow_to(tree, "d1")).endswith("very likely 84 %")
    assert "likely" in arrow_to(tree, "d4").get("class").split()
    assert named(arrow_to(tree, "d5")) == "Harbour Post very likely took part of its text from Northern Wire"


def test_the_thicker_arrow_stands_for_the_larger_share_and_a_part_is_thin(ferry: Trace):
    tree = page(ferry)
    thick = {d: float(one(arrow_to(tree, d), './path[@class="pic-line"]').get("stroke-width")) for d in ("d1", "d4")}
    assert thick["d1"] > thick["d4"] > 2
    assert "pic-part" in arrow_to(tree, "d2").get("class")
    assert float(one(arrow_to(tree, "d5"), './path[@class="pic-line"]').get("stroke-width")) < 2


def test_a_line_without_a_direction_has_a_question_mark_and_no_head(ferry: Trace):
    tie = arrow_to(page(ferry), "u1")
    assert not tie.xpath('.//*[@class="pic-head"]')
    assert "?" in words_of(tie)
    assert named(tie) == (
        "twin-a.txt and twin-b.txt belong together; which one took text from the other is not decided"
    )


def test_a_named_source_is_told_from_an_article_by_its_class_and_its_shape(ferry: Trace):
    tree = page(ferry)
    frames = {one(tree, f'//svg//a[@href="#{f}"]/rect').get("rx") for f in ("a1", "a3")}
    assert frames != {one(tree, '//svg//a[@href="#s1"]/rect').get("rx")}
    assert "pic-named" in one(tree, '//svg//a[@href="#s1"]/..').get("class")


def test_under_a_box_stands_what_the_article_says_of_its_facts(ferry: Trace):
    box = one(page(ferry), '//svg//a[@href="#a4"]/..')
    assert "says it has facts from: Skerry Radio" in words_of(box)


def test_a_wrong_date_is_called_one_in_the_picture(ferry: Trace):
    early = replace(ferry.sources[-1].published, earliest=datetime(2031, 1, 1, tzinfo=UTC))
    early = replace(early, latest=datetime(2031, 1, 2, tzinfo=UTC))
    found = replace(ferry, sources=(*ferry.sources[:-1], replace(ferry.sources[-1], published=early)))
    assert "dated earlier: a date is wrong, or the arrow is" in words_of(one(page(found), '//svg//a[@href="#s2"]/..'))


def test_the_key_explains_the_signs_that_are_used_and_no_others(ferry: Trace):
    key = words_of(one(page(ferry), '//ul[@class="pic-key"]'))
    assert "a source that an article names" in key
    assert "who took it from whom is not decided" in key
    assert "a source that nobody names" not in key


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_is_nested_like_the_tree(ferry: Trace):
    first = page(ferry).xpath('//div[@class="pic-as-list"]/ul')[0]
    depths = {
        words_of(item).split(",")[0].split(" (")[0]: len(item.xpath("ancestor::li"))
        for item in first.xpath('.//div[contains(@class, "pic-item")]')
    }
    assert depths == {"Northern Wire": 1, "Harbour Post": 2, "blog.txt": 3, "Skerry Gazette": 3, "Isles Digest": 4}


def test_the_list_names_date_confidence_and_ways_to_text_and_reasons(ferry: Trace):
    listed = page(ferry).xpath('//div[@class="pic-as-list"]')[0]
    said = words_of(listed)
    assert "blog.txt, not before 4 May 2031 “Morning notes”" in said
    assert "blog.txt very likely took text from Harbour Post. An excerpt (84 % of it is in the source" in said
    assert "blog.txt may have taken part of its text from Skerry Gazette" in said
    links = {a.get("href") for a in listed.xpath(".//a")}
    assert {"#a1", "#s2", "#d1", "#d2"} <= links


def test_equal_texts_are_called_so_and_open_pairs_lead_to_their_reasons(ferry: Trace):
    listed = page(ferry).xpath('//div[@class="pic-as-list"]')[1]
    assert "the same text as twin-b.txt" in words_of(listed)
    assert listed.xpath('.//a[@href="#u1"]')


def test_percentages_for_confidence_appear_only_once_they_are_measured(ferry: Trace, calibrated_ferry: Trace):
    assert "(93 %)" not in words_of(page(ferry))
    assert "very likely (93 %)" in words_of(page(calibrated_ferry))


# --- any page --------------------------------------------------------------------------------------------------------


def test_the_same_trace_gives_the_same_bytes(ferry: Trace):
    assert picture(ferry, Anchors.of(ferry)) == picture(replace(ferry), Anchors.of(ferry))


def test_what_comes_from_articles_stays_text(ferry: Trace):
    odd = tuple(replace(a, outlet=HOSTILE, title=HOSTILE) for a in ferry.articles)
    sources = tuple(replace(s, name=HOSTILE) for s in ferry.sources)
    found = replace(ferry, articles=odd, sources=sources)
    text = str(picture(found, Anchors.of(found)))
    tree = html.fromstring(text)
    assert not tree.xpath("//script | //b")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on") or name == "style"]
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "alert(1)" in words_of(tree)


def test_links_lead_nowhere_but_into_the_page(ferry: Trace):
    assert all(a.get("href").startswith("#") for a in page(ferry).xpath("//a[@href]"))


def test_a_name_of_ten_thousand_letters_does_not_swell_the_page(ferry: Trace):
    odd = tuple(replace(a, outlet="W" * 10_000, title="W" * 10_000) for a in ferry.articles)
    found = replace(ferry, articles=odd)
    assert len(picture(found, Anchors.of(found))) < 3 * len(picture(ferry, Anchors.of(ferry)))


def test_a_pile_of_strangers_has_a_list_and_no_picture(ferry: Trace):
    found = replace(ferry, derivations=(), undecided=(), families=(), citations=())
    tree = page(found)
    assert not tree.xpath('//svg[@role="group"]')
    assert "6 articles for which no source was found in this pile" in words_of(tree)


def test_no_word_accuses(ferry: Trace):
    assert not re.search(r"cop(y|ied)|stole|plagiari|original", words_of(page(ferry)), re.IGNORECASE)


# --- drawn by others -------------------------------------------------------------------------------------------------


def test_a_check_stands_at_an_arrow_as_sign_and_word_and_an_arrow_needs_no_link():
    nodes = (Node("a", "Harbour Post"), Node("b", "Skerry Gazette"))
    arrows = (Arrow("a", "b", said="b took from a", mark=Mark("missed", "noch nicht gefunden")),)
    tree = html.fromstring(str(picture_of([Group("Lösung", nodes, arrows)])))
    found = one(tree, '//svg//a[@data-from="a"]')
    assert found.get("href") is None
    assert named(found) == "b took from a. noch nicht gefunden"
    assert "○ noch" in words_of(found)
    assert "pic-missed" in found.get("class")


def test_another_language_brings_its_own_words():
    words = PictureWords(no_date="ohne Datum", as_list="Liste")
    text = str(picture_of([Group("Familie", (Node("a", "Hafenblatt"),))], words=words, name="antwort"))
    assert "ohne Datum" in text
    assert "no date" not in text
    assert 'name="antwort-shape"' in text


def test_ends_that_are_not_there_are_told_and_do_not_break_the_picture():
    group = Group(
        "odd",
        (Node("a", "Harbour Post"),),
        (Arrow("a", "gone"), Arrow("gone", "a"), Arrow("a", "a")),
        (Open(("a", "gone"), "relation", said="a shares a little with somebody"),),
    )
    tree = html.fromstring(str(picture_of([group])))
    assert not tree.xpath('//svg//a[@data-from="gone"]')
    assert "a shares a little with somebody" in words_of(one(tree, '//ul[@class="pic-told"]'))


def test_a_text_that_an_article_credits_as_a_whole_is_told_so_and_not_drawn_as_a_little() -> None:
    found = trace(read_articles(PILES / "small"))
    [credited] = [d for d in found.derivations if d.source.startswith("named:")]
    assert credited.kind == "republished" and credited.share is None
    anchors = Anchors.of(found)
    [arrow] = [a for g in groups_of(found, anchors) for a in g.arrows if a.link == anchors.arrow(credited)]
    assert (arrow.share_word, arrow.share) == ("whole text", 1.0)


def test_the_box_of_a_source_that_is_read_through_an_article_says_whose_print_it_is() -> None:
    found = trace(read_articles(PILES / "classroom"))
    [source] = [s for s in found.sources if s.read_through]
    nodes = {n.id: n for g in groups_of(found, Anchors.of(found)) for n in g.nodes}
    assert nodes[Anchors.of(found).text(source.id)].known == "as Worldview Relay prints it"
    assert "as Worldview Relay" in picture(found, Anchors.of(found))
