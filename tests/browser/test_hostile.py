"""A pile that attacks stays text: nothing of it runs, is fetched, leads away or breaks a page; see hostile.py."""

import re
from collections.abc import Callable

import hostile
import pytest
from inert import poke, wrongs_in
from playwright.sync_api import Page
from visitor import Saver, Visitor

from provenance import Trace, compare
from provenance.model import Pile
from provenance.report.html_page import comparison_page, html_page
from provenance.report.lesson_page import lesson_page

BIDI_CONTROLS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def compared(trace: Trace) -> str:
    """The comparison of the two articles between which passages of all sorts lie."""
    pair = tuple(a for a in trace.articles if a.id.startswith(("hostile.jsonl#1", "hostile.jsonl#2")))
    found = compare(Pile(pair))
    return comparison_page(hostile.poisoned(found) if hostile.POISON in pair[0].path else found)


PAGES: dict[str, Callable[[Trace], str]] = {
    "report": html_page,
    "report with passages": lambda trace: html_page(trace, texts="passages"),
    "report without texts": lambda trace: html_page(trace, texts="none"),
    "comparison": compared,
    "lesson": lambda trace: lesson_page(trace, None),
    "German lesson": lambda trace: lesson_page(trace, None, language="de"),
}


@pytest.fixture(params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    named: str = request.param
    return named


@pytest.fixture(params=["as read", "poisoned"])
def attack(request: pytest.FixtureRequest, hostile_trace: Trace) -> Trace:
    """What is read of hostile files, and the same with an attack at the end of every string whatever."""
    return hostile_trace if request.param == "as read" else hostile.poisoned(hostile_trace)


def test_nothing_of_it_runs_or_breaks_the_page(name: str, attack: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(PAGES[name](attack)), width=400)
    assert wrongs_in(page) == []
    poke(page)
    press_everything(page)
    assert wrongs_in(page) == []
    page.set_viewport_size({"width": 1400, "height": 900})
    assert wrongs_in(page) == []


def press_everything(page: Page) -> None:
    """Opens what is folded and presses every button that does not leave the page."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate("for (const each of document.querySelectorAll('button:not(form button)')) each.click()")


def test_without_script_it_is_as_harmless(name: str, attack: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(PAGES[name](attack)), script=False, width=400)
    assert wrongs_in(page) == []


def test_it_is_shown_as_the_text_it_is(hostile_trace: Trace, visitor: Visitor, saved: Saver) -> None:
    there = visitor.open(saved(hostile_trace)).locator("body").text_content() or ""
    for attack in (*hostile.MARKUP, "xabcdcba end"[1:], "nul bell escredlink", hostile.ASTRAL):
        assert "".join(attack.split()) in "".join(there.split())
    # the only ones are our own, each pair around one name
    assert BIDI_CONTROLS & set(re.sub("\u2068[^\u2068\u2069]*\u2069", "", there)) == set()
    assert not [c for c in there if ord(c) < 32 and c not in "\n\t\r\x0b\x0c"]


def test_arabic_and_hebrew_run_from_the_right(hostile_trace: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(hostile_trace))
    for words in (hostile.ARABIC[2], hostile.HEBREW[2]):
        places = page.get_by_text(words[:40])
        assert places.count()
        directions = places.evaluate_all("all => all.map(each => getComputedStyle(each).direction)")
        assert set(directions) == {"rtl"}


def test_the_checks_find_what_they_look_for(visitor: Visitor, saved: Saver) -> None:
    # a page that shows the same pile without care is found out, point by point
    careless = "".join((hostile.LINK, hostile.IMAGE, hostile.SCRIPT, hostile.LEAVES_SCRIPT))
    page = visitor.open(
        saved(f'<style></style>{hostile.LONG}<p title="{hostile.LEAVES_ATTRIBUTE}">{careless}'), width=400
    )
    page.wait_for_timeout(200)
    found = "\n".join(wrongs_in(page))
    for wrong in ("of the data", "handler", "leads to a script", "scripts", "ran", "wide in a window"):
        assert wrong in found
    kinds = {wrong.split(":")[0] for wrong in visitor.wrongs}
    assert {"request", "dialog"} <= kinds
    visitor.wrongs.clear()
