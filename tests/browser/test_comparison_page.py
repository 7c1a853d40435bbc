"""Two articles compared on a page of their own; what it shows is held against the alignment and the texts."""

import pytest
from paper import letters
from piles import PILES
from playwright.sync_api import expect
from visitor import Saver, Visitor, scrolls_sideways

from provenance import compare, read_articles
from provenance.model import Pile
from provenance.report.html_page import comparison_page
from provenance.shared import Comparison

PAIRS = {
    "an arrow": ("04-passengers-safe.txt", "02-hags-teeth.html", "Evranmouth Mercury very likely took text from"),
    "undecided": ("01-singing-on-deck.txt", "16-choir-at-sea.txt", "Which way it went is not known"),
    "nothing shared": ("14-eider-ducks.txt", "13-holiday-bookings.txt", "Nothing says that one of the two took"),
}


@pytest.fixture(params=PAIRS, scope="module")
def compared(request: pytest.FixtureRequest) -> tuple[Comparison, str]:
    """A comparison, and what the page must say of it."""
    one, other, verdict = PAIRS[request.param]
    articles = [a for a in read_articles(PILES / "classroom").articles if a.id in (one, other)]
    return compare(Pile(tuple(articles))), verdict


def test_the_page_says_what_is_likely(compared: tuple[Comparison, str], visitor: Visitor, saved: Saver) -> None:
    found, verdict = compared
    page = visitor.open(saved(comparison_page(found)))
    expect(page.locator("header")).to_contain_text(verdict)


def test_the_passages_are_those_of_the_two_texts(
    compared: tuple[Comparison, str], visitor: Visitor, saved: Saver
) -> None:
    found, _ = compared
    page = visitor.open(saved(comparison_page(found)))
    texts = {article.id: article.text for article in (found.a, found.b)}
    a, b = texts[found.alignment.a], texts[found.alignment.b]
    wanted = sorted(sorted((letters(p.a.cut(a)), letters(p.b.cut(b)))) for p in found.alignment.passages)
    cells = [letters(cell.text_content() or "") for cell in page.locator("#main blockquote").all()]
    assert sorted(sorted(pair) for pair in zip(cells[::2], cells[1::2], strict=True)) == wanted


@pytest.mark.parametrize("width", [400, 1400])
def test_it_fits_its_window_with_and_without_script(
    width: int, compared: tuple[Comparison, str], visitor: Visitor, saved: Saver
) -> None:
    file = saved(comparison_page(compared[0]))
    for script in (True, False):
        page = visitor.open(file, width=width, script=script)
        assert not scrolls_sideways(page)
        if not script:
            assert page.locator(".needs-script:visible").count() == 0


def test_both_whole_texts_can_be_read_side_by_side(visitor: Visitor, saved: Saver) -> None:
    articles = read_articles(PILES / "small").articles[:2]
    page = visitor.open(saved(comparison_page(compare(Pile(articles)))))
    page.locator(".open-reader").first.click()
    for side, article in zip(page.locator("#reader .reader-side").all(), articles, strict=True):
        expect(side).to_contain_text(max(article.text.splitlines(), key=len)[-40:])
    page.get_by_role("button", name="Next passage").click()
    expect(page.locator("#reader .current").first).to_be_in_viewport()
