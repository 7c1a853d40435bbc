"""The report page as HTML: what it says, where its links lead, and that what comes out of articles stays text."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pytest
from lxml import html

from provenance import read_articles, trace
from provenance.model import Article, GeneratedBy, Skipped, Trace
from provenance.pipeline import compare
from provenance.report.arrow_view import Texts
from provenance.report.html_page import comparison_page, html_page
from provenance.shared import Comparison

ALL_TEXTS: tuple[Texts, ...] = ("full", "passages", "none")


@cache
def pile(name: str) -> Trace:
    return trace(read_articles(f"inputs/{name}"))


@cache
def two(first: str, second: str) -> Comparison:
    return compare(read_articles(f"inputs/classroom/{first}", f"inputs/classroom/{second}"))


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def words(page: html.HtmlElement) -> str:
    """What a reader sees: no styles, no scripts."""
    for node in page.xpath("//style|//script|//head"):
        node.drop_tree()
    return " ".join(page.text_content().split())


def assert_links_lead_somewhere(text: str) -> None:
    page = tree(text)
    ids = Counter(page.xpath("//@id"))
    assert [id for id, n in ids.items() if n > 1] == []
    targets = {href.removeprefix("#") for href in page.xpath("//@href") if href.startswith("#")}
    assert targets - ids.keys() == set()


@pytest.mark.parametrize("texts", ALL_TEXTS)
@pytest.mark.parametrize("name", ["small", "classroom", "deutsch"])
def test_every_link_leads_to_one_place_of_the_page(name: str, texts: Texts) -> None:
    assert_links_lead_somewhere(html_page(pile(name), texts=texts))


@pytest.mark.parametrize("texts", ALL_TEXTS)
def test_every_link_leads_somewhere_with_one_of_everything(ferry: Trace, texts: Texts) -> None:
    assert_links_lead_somewhere(html_page(ferry, texts=texts))


def test_the_same_trace_gives_the_same_bytes(ferry: Trace) -> None:
    assert html_page(ferry) == html_page(ferry)


@pytest.mark.parametrize("name", ["small", "classroom"])
def test_headings_never_skip_a_level(name: str) -> None:
    page = tree(html_page(pile(name)))
    levels = [int(node.tag[1]) for node in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_its_landmarks_and_its_tables_have_captions(ferry: Trace) -> None:
    page = tree(html_page(ferry))
    assert [len(page.xpath(f"//body/{name}")) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//table") and not page.xpath("//table[not(caption)]")
    assert not page.xpath("//table//th[not(@scope)]")


@pytest.mark.parametrize("texts", ALL_TEXTS)
def test_the_page_asks_for_nothing_and_has_no_style_or_handler_of_its_own(texts: Texts) -> None:
    page = tree(html_page(pile("classroom"), texts=texts))
    assert (
        page.xpath("//@src|//link|//iframe|//object|//embed|//form|//base|//@style|//*[@*[starts-with(name(), 'on')]]")
        == []
    )
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_every_arrow_has_its_passages_and_every_passage_its_place_in_both_texts() -> None:
    found = pile("classroom")
    page = tree(html_page(found))
    for number, derivation in enumerate(found.derivations, 1):
        [section] = page.xpath(f"//section[@id='d{number}']")
        rows = section.xpath(".//div[@data-ends]")
        is_one_page = derivation.source.startswith("named:") and section.xpath("@data-derived") != []
        assert len(rows) == len(derivation.passages) or (is_one_page and not rows)
        for row in rows:
            places = [href.removeprefix("#") for href in row.xpath(".//a[@class='in-text no-print']/@href")]
            assert len(places) == 2
            assert all(page.xpath(f"//span[@id='{place}']") for place in places)


def test_the_shared_words_are_the_same_in_the_row_and_in_the_full_text() -> None:
    page = tree(html_page(pile("small")))
    [row] = page.xpath("//div[@id='d3p1']")
    start, end = (int(n) for n in row.get("data-ends").split()[2:])
    [derived] = page.xpath("//section[@id='d3']/@data-derived")
    [text] = page.xpath(f"//div[@data-of='{derived}']")
    found = "".join(
        span.text or ""
        for span in text.xpath("./span")
        if start <= int(span.get("data-at") or span.get("id").split("s")[-1]) < end
    )
    assert found.split() == row.xpath(".//blockquote")[1].text_content().split()


def test_an_undecided_pair_is_no_arrow(ferry: Trace) -> None:
    page = tree(html_page(ferry))
    [section] = page.xpath("//section[@id='u1']")
    said = section.text_content()
    assert "It could be settled by" in said and "undecided" in said
    assert "→" not in said and "source," not in said and "took from it" not in said


def test_an_undecided_pair_has_the_earlier_text_first_and_names_none_of_them_first(ferry: Trace) -> None:
    case = replace(ferry.undecided[0], articles=("digest.txt", "post.html"), shares=(0.2, 0.6), passages=())
    [section] = tree(html_page(replace(ferry, undecided=(case,)))).xpath("//section[@id='u1']")
    labels = [term.text_content() for term in section.xpath(".//dl[@class='ends']//dt")]
    names = [link.text_content() for link in section.xpath(".//dl[@class='ends']//dd/a")]
    assert (labels, names) == (["One text", "The other text"], ["Harbour Post", "Isles Digest"])
    assert "60 % of the words of Harbour Post are in Isles Digest; 20 % the other way round" in section.text_content()


def test_the_table_says_with_whom_it_is_undecided(ferry: Trace) -> None:
    page = tree(html_page(ferry))
    [row] = page.xpath("//table[contains(@class, 'all')]//tr[.//a[@href='#a5']][1]")
    assert "undecided: twin-b.txt" in " ".join(row.text_content().split())
    assert row.xpath(".//a[@href='#u1']")


def test_who_has_a_source_outside_the_pile_does_not_stand_alone(ferry: Trace) -> None:
    wire = next(d for d in ferry.derivations if d.source.startswith("named:northern"))
    other = replace(next(s for s in ferry.sources if s.id == wire.source), id="named:northern wire/choir.txt")
    arrow = replace(wire, derived="choir.txt", source=other.id)
    found = replace(ferry, sources=(*ferry.sources, other), derivations=(*ferry.derivations, arrow))
    assert "stand alone" in words(tree(html_page(ferry)))
    said = words(tree(html_page(found)))
    assert "stand alone" not in said
    assert "Northern Wire, in 2 articles" in said and "Northern Wire (another text)" in said


def test_a_date_that_does_not_fit_puts_the_arrow_in_doubt_as_well(ferry: Trace) -> None:
    early = replace(ferry.articles[0], published=ferry.articles[1].published)
    late = replace(ferry.articles[3], published=replace(ferry.articles[2].published, earliest=None))  # type: ignore[type-var]
    assert "must be wrong" not in words(tree(html_page(replace(ferry, articles=(early, *ferry.articles[1:3], late)))))
    before = replace(ferry.articles[2].published, earliest=None, latest=datetime(2031, 1, 1, tzinfo=UTC))  # type: ignore[type-var]
    early = replace(ferry.articles[0], published=before)
    said = words(tree(html_page(replace(ferry, articles=(early, *ferry.articles[1:])))))
    assert "either a date is wrong, or this arrow is" in said


def test_what_an_arrow_does_not_say_stands_at_the_top(ferry: Trace) -> None:
    page = tree(html_page(ferry))
    assert "not that anybody did wrong" in page.xpath("string(//header//p[@class='caution'])")


def test_nobody_takes_from_who_passes_texts_on(ferry: Trace) -> None:
    sources = tuple(replace(s, name="Reuters") if s.name == "Northern Wire" else s for s in ferry.sources)
    said = words(tree(html_page(replace(ferry, sources=sources))))
    assert "Harbour Post very likely carries some text of Reuters." in said


def test_the_app_makes_no_promise_about_one_file(ferry: Trace) -> None:
    assert "sends nothing" in html_page(ferry) and "sends nothing" not in html_page(ferry, forms=True)


def test_without_texts_nothing_promises_or_quotes_them() -> None:
    said = words(tree(html_page(pile("classroom"), texts="none")))
    assert "with the passages that both texts share" not in said
    assert not re.search(r"such as|[:,] “…”", said)


@pytest.mark.parametrize("name", ["small", "classroom"])
def test_without_texts_no_run_of_five_words_of_a_body_is_in_the_page(name: str) -> None:
    found = pile(name)
    titles = re.findall(r"\w+", " ".join(a.title or "" for a in found.articles))
    shown = re.findall(r"\w+", words(tree(html_page(found, texts="none"))))
    said = {tuple(shown[i : i + 5]) for i in range(len(shown))}
    allowed = {tuple(titles[i : i + 5]) for i in range(len(titles))}
    for article in found.articles:
        for span in article.body:
            body = re.findall(r"\w+", span.cut(article.text))
            runs = {tuple(body[i : i + 5]) for i in range(len(body) - 4)}
            assert not (runs & said) - allowed, article.id


def test_with_passages_only_no_unshared_sentence_is_in_the_page() -> None:
    page = html_page(pile("small"), texts="passages")
    assert "Season tickets are valid" not in words(tree(page)).split("What changed on the way")[0]
    assert tree(page).xpath("//div[@data-of]") == []
    assert tree(page).xpath("//div[@data-ends]") != []


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ("full", "carries the full text of every article"),
        ("passages", "carries only the shared passages and short quotations"),
        ("none", "carries no words from the articles but titles, names and numbers"),
    ],
)
def test_the_page_says_how_much_of_the_articles_it_carries(ferry: Trace, texts: Texts, said: str) -> None:
    assert said in words(tree(html_page(ferry, texts=texts)))


@pytest.mark.parametrize("name", ["small", "classroom", "deutsch"])
def test_no_word_of_ours_accuses(name: str) -> None:
    said = words(tree(html_page(pile(name), texts="none"))).casefold()
    assert not re.search(r"\b(copied|copy|copies|stole\w*|steal\w*|plagiari\w*|thie\w*|guilty|culprit)\b", said)


def test_no_confidence_is_a_percentage_while_nothing_is_calibrated(ferry: Trace, calibrated_ferry: Trace) -> None:
    assert "uncalibrated" in words(tree(html_page(ferry)))
    assert "(uncalibrated" not in words(tree(html_page(calibrated_ferry)))


def test_what_was_skipped_and_which_settings_were_changed_is_told(ferry: Trace) -> None:
    made = GeneratedBy("news-provenance", "9.9", {"shingle_words": 7, "passage_words": 8}, False)
    said = words(tree(html_page(replace(ferry, generated_by=made, skipped=(Skipped("a<b>.pdf", "no text"),)))))
    assert "a<b>.pdf: no text" in said
    assert "Changed for this pile: shingle_words = 7." in said
    assert "news-provenance 9.9" in said


def test_an_empty_trace_is_a_page_too(ferry: Trace) -> None:
    empty = Trace((), (), (), (), (), (), (), ferry.independent_reports, (), (), ferry.generated_by)
    assert_links_lead_somewhere(html_page(empty))


# --- whatever comes out of an article stays text ---------------------------------------------------------------------

EVIL = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)> \u202e{{ 7*7 }} <svg onload=alert(1)>"


def hostile(found: Trace) -> Trace:
    def spoilt(article: Article) -> Article:
        return replace(
            article,
            title=f"{EVIL} {'x' * 10_000}",
            outlet=f"{EVIL} {article.id}",
            outlet_ground=EVIL,
            byline=EVIL,
            byline_ground=EVIL,
            url="javascript:alert(1)",
            text=article.text.replace("ferry", "<b>").replace("Monday", "</div>"),
        )

    return replace(found, articles=tuple(spoilt(a) for a in found.articles), skipped=(Skipped(EVIL, EVIL),))


@pytest.mark.parametrize("texts", ALL_TEXTS)
def test_a_hostile_pile_stays_inert(ferry: Trace, texts: Texts) -> None:
    text = html_page(hostile(ferry), texts=texts)
    page = tree(text)
    assert len(page.xpath("//script")) == 1 and len(page.xpath("//style")) == 1
    assert page.xpath("//img|//*[@*[starts-with(name(), 'on')]]|//@href[contains(., 'javascript')]") == []
    assert "\u202e" not in text
    assert "{{ 7*7 }}" in words(page)


def test_only_addresses_of_the_web_become_links(ferry: Trace) -> None:
    links = [href for href in tree(html_page(ferry)).xpath("//@href") if not href.startswith("#")]
    assert links == ["https://harbourpost.example/ferry"]


# --- two articles ----------------------------------------------------------------------------------------------------


def test_a_comparison_says_the_verdict_and_shows_every_passage_once() -> None:
    found = two("06-morning-in-skelvoe.txt", "08-buoy-warnings.html")
    page = tree(comparison_page(found))
    assert page.xpath("string(//p[@class='lead'])") == "Northreach Today very likely took text from Skerry Courier."
    assert len(page.xpath("//div[@data-ends]")) == len(found.alignment.passages)
    left, right = page.xpath("(//div[contains(@class, 'passage-names')])[1]/p")
    assert left.text_content().startswith("Skerry Courier") and right.text_content().startswith("Northreach Today")


def test_a_comparison_without_an_answer_says_so() -> None:
    assert "Which way it went is not known" in words(
        tree(comparison_page(two("01-singing-on-deck.txt", "16-choir-at-sea.txt")))
    )
    nothing = words(tree(comparison_page(two("13-holiday-bookings.txt", "14-eider-ducks.txt"))))
    assert "Nothing says that one of the two took text from the other." in nothing


@pytest.mark.parametrize(
    "ends", [("06-morning-in-skelvoe.txt", "08-buoy-warnings.html"), ("10-fog.txt", "16-choir-at-sea.txt")]
)
def test_every_link_of_a_comparison_leads_somewhere(ends: tuple[str, str]) -> None:
    assert_links_lead_somewhere(comparison_page(two(*ends)))
