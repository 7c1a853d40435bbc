"""The report of every sample pile, opened as a file: each arrow is followed to the words it rests on.

What the page shows is held against the trace and the articles' texts, never against what the page says of itself.
"""

import math
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from paper import letters, printed
from piles import PILES
from playwright.sync_api import Locator, Page, expect
from sample_traces import traced
from visitor import Saver, Visitor, focus_is_visible, scrolls_sideways, tab_to

from provenance import Article, Derivation, Trace
from provenance.model import Passage, Undecided
from provenance.report.anchors import Anchors
from provenance.report.html_page import html_page
from provenance.report.wording import plain

LEGEND = re.compile(r"\b(copied|stole|stolen|plagiari[sz]\w*|thief|theft)\b", re.IGNORECASE)


def shown(part: Locator) -> str:
    """The letters of an element as they are in the page, also those that are folded away."""
    return letters(part.text_content() or "")


def follow(page: Page, anchor: str) -> Locator:
    """Goes along a link of the picture by keyboard, and says where it leads."""
    link = page.locator(f'#picture a[href="#{anchor}"]:visible').first
    if not link.count():
        folded = page.locator("#picture details:not([open])")
        folded.filter(has=page.locator(f'a[href="#{anchor}"]')).locator("> summary").first.click()
    link.focus()
    page.keyboard.press("Enter")
    section = page.locator(f"#{anchor}")
    expect(section).to_be_visible()
    expect(section).to_be_in_viewport()
    return section


def texts_of(trace: Trace, derivation: Derivation) -> tuple[Article, Article] | None:
    """The articles whose words an arrow's passages are cut from, source first; None where there are not two."""
    articles = {a.id: a for a in trace.articles}
    read_through = {s.id: s.read_through for s in trace.sources if s.read_through}
    ends = [read_through.get(id, id) for id in (derivation.source, derivation.derived)]
    if ends[0] == ends[1] or not all(end in articles for end in ends):
        return None
    return articles[ends[0]], articles[ends[1]]


def quoted(section: Locator) -> list[tuple[str, str]]:
    """The letters of each row of a section, left and right."""
    cells = [shown(cell) for cell in section.locator("blockquote").all()]
    return list(zip(cells[::2], cells[1::2], strict=True))


def cut(left: Article, right: Article, passages: tuple[Passage, ...]) -> list[tuple[str, str]]:
    """The letters that passages really cut from the texts; side b stands on the left."""
    return [(letters(p.b.cut(left.text)), letters(p.a.cut(right.text))) for p in passages]


def test_every_arrow_of_the_picture_leads_to_its_passages(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    names = {s.id: s.name for s in found.sources} | {a.id: a.outlet or a.id for a in found.articles}
    for arrow in found.derivations:
        assert page.locator(f'#picture svg a[href="#{anchors.arrow(arrow)}"]').first.is_visible()
        section = follow(page, anchors.arrow(arrow))
        said = section.get_by_role("heading").first.inner_text()
        for id in (arrow.derived, arrow.source):
            assert "unseen" in id or plain(names[id]) in said
        both = texts_of(found, arrow)
        assert sorted(quoted(section)) == sorted(cut(*both, arrow.passages) if both else [])


def test_every_arrow_shows_its_reasons_and_their_sum(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    for arrow in found.derivations:
        section = follow(page, anchors.arrow(arrow))
        told = section.locator(".reasons")
        assert told.is_visible() and shown(told)
        section.get_by_text("Show the sum", exact=True).click()
        weights = [_number(cell) for cell in section.locator(".sum tbody td").all()]
        assert sorted(weights) == pytest.approx(sorted(e.weight for e in arrow.evidence), abs=0.001)
        total = _number(section.locator(".sum tfoot td").first)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(arrow.probability, abs=0.002)


def _number(cell: Locator) -> float:
    return float(cell.inner_text().replace("−", "-").replace("+", ""))


def test_every_undecided_pair_is_shown_as_such(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    articles = {a.id: a for a in found.articles}
    for case in found.undecided:
        section = _reached(page, anchors, case)
        one, other = (articles[id] for id in case.articles)
        wanted = cut(one, other, tuple(p.turned() for p in case.passages))
        if _day(other) < _day(one):  # the earlier text stands on the left, though nobody says it had the words first
            wanted = cut(other, one, case.passages)
        assert sorted(quoted(section)) == sorted(wanted)
        assert "not known" in section.inner_text()


def _day(article: Article) -> str:
    when = article.published
    at = when and (when.earliest or when.latest)
    return at.isoformat() if at else "9999"


def _reached(page: Page, anchors: Anchors, case: Undecided) -> Locator:
    """What belongs together is drawn in the picture; what shares only a little stands in the list of what is open."""
    if case.what == "direction":
        return follow(page, anchors.pair(case))
    page.get_by_role("navigation").get_by_role("link", name="Undecided").click()
    section = page.locator(f"#undecided #{anchors.pair(case)}")
    expect(section).to_be_visible()
    return section


def test_every_article_of_the_picture_leads_to_its_whole_text(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    for article in found.articles:
        section = follow(page, anchors.text(article.id))
        expect(section.locator(".text")).to_be_visible()
        assert own_words(section.locator(".text")) == letters(article.text)


def own_words(text: Locator) -> str:
    """The letters of an article's text without our marks in it: why a line is grey, and the way to a passage."""
    bare = """text => {
        const bare = text.cloneNode(true);
        bare.querySelectorAll('.why, .to-row').forEach(mark => mark.remove());
        return bare.textContent;
    }"""
    return letters(text.evaluate(bare))


def test_an_arrow_can_be_clicked(visitor: Visitor, saved: Saver, classroom: Trace) -> None:
    page = visitor.open(saved(classroom))
    anchor = Anchors.of(classroom).arrow(classroom.derivations[0])
    page.locator(f'#picture svg a[href="#{anchor}"]').locator("text").first.click()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_what_changed_on_the_way_is_told_where_the_chain_stands(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(found))
    changed = [
        c for d in found.derivations for c in d.changes if c.kind in ("number", "name") and c.source and c.derived
    ]
    told = shown(page.locator("#changes")) if changed else ""
    for change in changed:
        assert letters(change.source or "") in told and letters(change.derived or "") in told


def test_every_date_is_drawn_and_every_article_stands_in_the_table(
    found: Trace, visitor: Visitor, saved: Saver
) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    for article in found.articles:
        link = f'a[href="#{anchors.text(article.id)}"]'
        assert page.locator(f"#when {link}").count(), f"{article.id} is not in the timeline"
        assert page.locator(f"table.all tbody th {link}").count() == 1


def test_the_top_says_how_many_reports_there_are(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(found))
    top = page.locator("main, header").filter(has=page.locator("h1")).first.inner_text()[:1500]
    assert re.search(rf"\b{len(found.articles)} articles\b", top)
    assert re.search(rf"\b{found.independent_reports.n} independent report", top)
    assert "in this pile" in top


# --- by keyboard, without script, on paper ---------------------------------------------------------------------------


def test_the_keyboard_alone_leads_from_the_top_to_the_next_passage(
    classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    page, anchors = visitor.open(saved(classroom)), Anchors.of(classroom)
    arrow = max(classroom.derivations, key=lambda d: len(d.passages))
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "skip"
    assert focus_is_visible(page)
    tab_to(page, "nav a")
    assert focus_is_visible(page)
    node = tab_to(page, 'svg a[href^="#a"]')
    assert focus_is_visible(page) and (node.get_attribute("aria-label") or node.text_content())
    tab_to(page, f'svg a[href="#{anchors.arrow(arrow)}"]')
    assert focus_is_visible(page)
    page.keyboard.press("Enter")
    expect(page.locator(f"#{anchors.arrow(arrow)}")).to_be_in_viewport()
    tab_to(page, f"#{anchors.arrow(arrow)} .passage-links a")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{anchors.arrow(arrow)}p2")).to_be_in_viewport()


def test_the_skip_link_leads_past_the_navigation(classroom: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(classroom))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_without_script_everything_can_be_reached(found: Trace, visitor: Visitor, saved: Saver) -> None:
    file, anchors = saved(found), Anchors.of(found)
    page = visitor.open(file, script=False)
    assert page.locator(".needs-script:visible").count() == 0
    targets = [anchors.arrow(d) for d in found.derivations] + [anchors.text(a.id) for a in found.articles]
    for anchor in targets + [anchors.pair(case) for case in found.undecided]:
        assert page.locator(f'a[href="#{anchor}"]:visible').count(), f"nothing visible leads to {anchor}"
        visitor.open(f"{file.as_uri()}#{anchor}", page=page)
        expect(page.locator(f"#{anchor}")).to_be_visible()
    for arrow in found.derivations:
        both = texts_of(found, arrow)
        passages = page.locator(f"#{anchors.arrow(arrow)} blockquote")
        assert passages.count() == (2 * len(arrow.passages) if both else 0)
        assert all(passage.is_visible() for passage in passages.all())


def test_no_link_of_the_page_leads_nowhere(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(found), script=False)
    targets = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
    )
    there = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert set(targets) - there == set()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(there)


def test_printed_it_is_a_handout_without_controls(classroom: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(classroom)), Anchors.of(classroom)
    said = [page.locator(f"#{anchors.arrow(d)} >> role=heading").first.text_content() for d in classroom.derivations]
    labels = {button.inner_text() for button in page.locator("button:visible:not(th button)").all()}
    assert labels
    there = printed(page)
    assert [sentence for sentence in said if letters(sentence or "") not in there] == []
    assert [label for label in labels if len(label) > 6 and letters(label) in there] == []


def test_printed_it_has_what_is_folded_and_no_claim_that_is_false_on_paper(
    classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(classroom))
    page.locator('[data-fold="close"]').first.click()
    there = printed(page)
    for article in classroom.articles:
        assert letters(article.title or article.id) in there
    for words in ("How sure an arrow is", "The right one likely has text", "not that anybody did wrong"):
        assert letters(words).lower() in there.lower(), words
    assert letters("carries the full text") not in there
    assert letters("For it: It names the source for the whole (strong)") in there


def test_a_small_pile_is_printed_with_its_passages_and_a_larger_one_without(
    classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    small = traced(PILES / "small")
    for trace, are_there in ((small, True), (classroom, False)):
        there = printed(visitor.open(saved(trace)))
        _, right, passage = max(_verbatim(trace), key=lambda found: found[2].a.end - found[2].a.start)
        assert (letters(passage.a.cut(right.text))[:60] in there) == are_there


# --- the file itself -------------------------------------------------------------------------------------------------


def test_it_fits_windows_of_every_width(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(found))
    for width in (320, 400, 800, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page), width


def test_the_file_asks_for_nothing(found: Trace) -> None:
    html = html_page(found)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', unescape(html))
    assert policy and "default-src 'none'" in policy[1] and "unsafe" not in policy[1] and "*" not in policy[1]
    assert not re.findall(r"<(?:link|img|iframe|object|embed|base|audio|video)\b", html)
    assert not re.findall(r"\bsrc(?:set)?\s*=|url\(|@import|\sstyle=\"|\son\w+=\"", _without_texts(html))
    for tag in re.findall(r'<[^>]*\s(?:href|action)="(?!#)[^"]*"[^>]*>', html):
        target = re.search(r'href="([^"]*)"', tag)
        assert tag.startswith("<a ") and target and urlsplit(target[1]).scheme in {"http", "https"}, tag
        assert "noopener" in tag and "noreferrer" in tag


def _without_texts(html: str) -> str:
    """Only the tags; what stands between them is shown, not obeyed."""
    return "\n".join(re.findall(r"<[a-zA-Z][^>]*>", html))


def test_no_word_of_ours_accuses(found: Trace) -> None:
    texts = " ".join(f"{a.text} {a.title}" for a in found.articles)
    words = {word.lower() for word in LEGEND.findall(re.sub(r"<[^>]*>", " ", html_page(found)))}
    assert words <= {word.lower() for word in LEGEND.findall(texts)}


@pytest.mark.parametrize("texts", ["full", "passages", "none"])
def test_the_page_says_how_much_of_the_articles_it_carries(
    texts: str, classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    there = shown(visitor.open(saved(classroom, texts=texts)).locator("body"))
    unshared = letters(_unshared_sentence(classroom))
    shared = next(letters(p.a.cut(right.text)) for _, right, p in _verbatim(classroom))
    assert (unshared in there) == (texts == "full")
    assert (shared in there) == (texts != "none")


def _verbatim(trace: Trace) -> Iterator[tuple[Article, Article, Passage]]:
    for arrow in trace.derivations:
        both = texts_of(trace, arrow)
        if both:
            yield from ((*both, p) for p in arrow.passages if p.kind == "verbatim" and p.a.end - p.a.start > 120)


def _unshared_sentence(trace: Trace) -> str:
    """The last long line of an article that no arrow and no pair touches."""
    tied = {id for d in trace.derivations for id in (d.derived, d.source)} | {
        i for u in trace.undecided for i in u.articles
    }
    alone = next(a for a in trace.articles if a.id not in tied)
    return max(alone.text.splitlines(), key=len)


def test_equal_traces_give_equal_bytes(found: Trace) -> None:
    assert html_page(found) == html_page(found)
