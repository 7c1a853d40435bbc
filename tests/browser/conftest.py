"""The pages in a real browser: a Chromium, one fresh context a visit, and a watch over everything a page does.

Run with ``python -m pytest tests/browser``. What it needs, and what happens without it:

- Playwright (in the extra ``test``) and a Chromium: PROVENANCE_CHROMIUM names one, otherwise chromium,
  chromium-browser or google-chrome is taken from the path. Without one the tests are skipped: "no chromium …".
- axe-core for test_axe.py: PROVENANCE_AXE names its axe.min.js, otherwise node_modules/axe-core of the checkout is
  taken. Without it these tests are skipped: "no axe-core …". ``.ci/run`` fetches both and lets none be skipped.

No test loads anything over the network. Every visit is watched: a request to anywhere but the opened file or the
app's own address, a dialog, a new window, a script error or a message of the Content-Security-Policy fails the test
in which it happened, whatever else that test looks at.
"""

from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from chromium import ARGUMENTS, NAMES, chromium
from piles import PILES
from playwright.sync_api import Browser, expect, sync_playwright
from sample_traces import traced
from visitor import Saver, Visitor

from provenance import Trace, read_articles, trace
from provenance.report.html_page import html_page

expect.set_options(timeout=20_000)  # milliseconds; what is right is there at once, on a busy machine later


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests: Playwright keeps an event loop, which must not outlive these tests."""
    found = chromium()
    if found is None:
        pytest.skip(f"no chromium: none of {', '.join(NAMES)} is installed, and PROVENANCE_CHROMIUM names none")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Opens pages; when the test ends, nothing may have left the machine and nothing may have gone wrong."""
    visiting = Visitor(browser)
    yield visiting
    visiting.leave()
    assert visiting.wrongs == []


@pytest.fixture(scope="module", params=["small", "classroom", "deutsch", "seeds"])
def found(request: pytest.FixtureRequest) -> Trace:
    """The traces of the three sample piles and of the real articles beside the checkout."""
    if request.param == "seeds":
        return traced(request.getfixturevalue("shared") / "seeds")
    return traced(PILES / request.param)


@pytest.fixture(scope="module")
def classroom() -> Trace:
    return traced(PILES / "classroom")


@pytest.fixture(scope="module")
def hostile_trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What a pile of hostile articles gives."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.write_pile(folder)
    return trace(read_articles(folder), facts=hostile.FACTS)


@pytest.fixture
def saved(tmp_path: Path) -> Saver:
    """Writes a page, or the report of a trace, as a file and says where."""

    def save(what: str | Trace, **options: object) -> Path:
        file = tmp_path / "page.html"
        html = html_page(what, **options) if isinstance(what, Trace) else what  # type: ignore[arg-type]
        file.write_text(html, encoding="utf-8")
        return file

    return save
