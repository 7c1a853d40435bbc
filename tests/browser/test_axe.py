"""axe-core finds nothing serious or critical in any page: light and dark, wide and narrow, before and after clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import axe_file, complaints
from piles import PILES
from playwright.sync_api import Page, expect
from running_app import running_app
from sample_traces import traced
from visitor import Saver, Visitor

from provenance import compare, read_articles
from provenance.ingest.truth import read_truth
from provenance.model import Pile
from provenance.report.html_page import comparison_page
from provenance.report.lesson_page import lesson_page

LOOKS = ("light, wide", "dark, narrow", "dark, wide", "light, narrow")
TRACING = 30_000


@pytest.fixture(scope="module")
def axe() -> Path:
    """axe-core, or the reason why these tests are skipped."""
    found = axe_file()
    if found is None:
        pytest.skip("no axe-core: PROVENANCE_AXE names no axe.min.js, and node_modules has none")
    return found


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    """How the page is looked at."""
    scheme, width = request.param.split(", ")
    return {"scheme": scheme, "width": {"wide": 1200, "narrow": 400}[width]}


@pytest.mark.parametrize("pile", ["small", "deutsch"])
def test_the_report_is_accessible(pile: str, axe: Path, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(traced(PILES / pile)))
    assert complaints(page, axe) == []


def test_the_report_is_accessible_folded_and_unfolded(
    axe: Path, look: dict[str, object], visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(traced(PILES / "classroom")), **look)
    assert complaints(page, axe) == []
    unfold(page)
    assert complaints(page, axe) == []
    page.locator(".open-reader").first.click()
    expect(page.locator("#reader")).to_be_visible()
    assert complaints(page, axe) == []


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def test_the_comparison_is_accessible(axe: Path, look: dict[str, object], visitor: Visitor, saved: Saver) -> None:
    pile = read_articles(PILES / "small")
    page = visitor.open(saved(comparison_page(compare(Pile(pile.articles[:2])))), **look)
    unfold(page)
    assert complaints(page, axe) == []


def test_the_lesson_is_accessible_before_and_after_the_answers(
    axe: Path, look: dict[str, object], visitor: Visitor, saved: Saver
) -> None:
    pile = PILES / ("classroom" if look["width"] == 1200 else "deutsch")
    page = visitor.open(saved(lesson_page(traced(pile), read_truth(pile / "truth.json"))), **look)
    assert complaints(page, axe) == []
    for box in ("a1", "a2"):
        page.locator(f'#board .box[data-key="{box}"]').click()
    page.locator("#reveal").click()
    assert complaints(page, axe) == []  # the question whether they are sure
    page.locator('#reveal-sure button[value="yes"]').click()
    unfold(page)  # the teacher's page too
    assert complaints(page, axe) == []


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(str(PILES / "small"), folder=tmp_path_factory.mktemp("served")) as address:
        yield address


def test_every_page_of_the_app_is_accessible(axe: Path, look: dict[str, object], app: str, visitor: Visitor) -> None:
    page = visitor.open(app, **look)
    for path in ("/", "/facts", "/compare"):
        page.goto(f"{app}{path}")
        assert complaints(page, axe) == [], path
    page.goto(app)
    page.locator("#trace button").click()
    expect(page.locator("#app-bar")).to_be_visible(timeout=TRACING)
    page.locator("#correct > summary").click()
    assert complaints(page, axe) == []


def test_axe_itself_finds_what_is_wrong(axe: Path, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved("<title></title><input><p style='color:#999;background:#aaa'>hardly to be read</p>"))
    found = "\n".join(complaints(page, axe))
    assert "label" in found and "color-contrast" in found
