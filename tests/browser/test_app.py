"""The local app, from pasted text to a saved report, as a person drives it; and what it refuses."""

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import hostile
import pytest
from inert import wrongs_in
from piles import PILES
from playwright.sync_api import Page, expect
from ready import invented_pile
from running_app import running_app
from visitor import Visitor, focus_is_visible, scrolls_sideways, tab_to

from provenance import from_json, read_articles

TRACING = 30_000  # milliseconds that a small pile may take on a busy machine
LAST_OF_TWO = 2  # in a list of two articles, whose first line is "Choose an article"

LARDER = (
    "The larder of the old customs house in Pellwick was found full of oranges on Thursday, although nobody has had a "
    "key to it since the harbour master's grandmother lost hers in the ice of the great winter.\n\n"
    "Eleven crates stood in two rows, each with a label in a hand that the postmistress calls careful and the "
    "schoolteacher calls foreign, and every orange was wrapped in a page of a timetable for trains.\n\n"
    "The harbour master has had them weighed and means to give them to the children of the lower town on the feast of "
    "the lamps, unless an owner comes forward who can say how many there were."
)
TAKEN = f"This article was first published by Pellwick Lantern.\n\n{LARDER}"
OTHER = (
    "Snow has closed the road over the Hollin pass for the third time this month, and the bus to Easterby now turns "
    "round at the chapel, where the driver keeps a kettle.\n\n"
    "Shepherds have brought their flocks down to the paddocks behind the quarry and expect to stay there until the "
    "wind has gone round to the south and the ice on the beck has broken."
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without a pile; each test has a browser session, and so a pile, of its own.

    Where it works, and where temporary files go, there must be nothing in the end.
    """
    folder = tmp_path_factory.mktemp("served")
    with running_app(folder=folder) as address:
        yield address
    assert list(folder.iterdir()) == [], "the app left something on disk"


def paste(page: Page, text: str, **facts: str) -> None:
    """Fills in the form and sends it."""
    page.locator("#text").fill(text)
    for field, value in facts.items():
        page.locator(f"#{field}").fill(value)
    page.get_by_role("button", name="Add this text").click()
    expect(page.locator(".note.done")).to_be_visible()


def trace_it(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Trace")).first.click()
    expect(page.locator("#app-bar")).to_be_visible(timeout=TRACING)


def step(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


@pytest.fixture
def pasted(app: str, visitor: Visitor) -> Page:
    """A session with two pasted texts, of which one says that it is the other's."""
    page = visitor.open(app)
    paste(page, LARDER, outlet="Pellwick Lantern", date="2031-05-03", title="Oranges")
    paste(page, TAKEN, outlet="Downland Post", date="2031-05-04", title="Oranges again")
    expect(page.locator("#pile tbody tr")).to_have_count(2)
    return page


def test_from_two_pasted_texts_to_a_report(pasted: Page) -> None:
    trace_it(pasted)
    heading = pasted.get_by_role("heading", name=re.compile("Downland Post .*took text from Pellwick Lantern"))
    expect(heading).to_have_count(1)
    expect(pasted.locator("#d1 blockquote").first).to_contain_text("Eleven crates stood in two rows")


def test_uploaded_files_of_all_formats_are_read(app: str, visitor: Visitor) -> None:
    page = visitor.open(app)
    files = sorted(f for f in (PILES / "classroom").iterdir() if f.name not in ("README.md", "truth.json"))
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="Add these files").click()
    articles = read_articles(PILES / "classroom").articles
    expect(page.locator("#pile tbody tr")).to_have_count(len(articles), timeout=TRACING)
    trace_it(page)
    expect(page.locator('section.arrow[id^="d"]')).to_have_count(9)


def test_files_can_be_dropped_on_the_page(app: str, visitor: Visitor) -> None:
    page = visitor.open(app)
    dropped = page.evaluate_handle(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], 'larder.txt', {type: 'text/plain'}));
            return carried;
        }""",
        LARDER,
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("main", event, {"dataTransfer": dropped})
    expect(page.locator("#pile tbody tr")).to_have_count(1)
    expect(page.locator("#pile")).to_contain_text("larder.txt")


def test_the_sample_pile_is_one_click_away(app: str, visitor: Visitor) -> None:
    page = visitor.open(app)
    page.locator("#sample button").click()
    expect(page.locator("#pile tbody tr").first).to_be_visible(timeout=TRACING)
    trace_it(page)
    expect(page.locator('section.arrow[id^="d"]').first).to_be_attached()


def test_an_outlet_is_corrected_and_the_pile_traced_again(pasted: Page) -> None:
    trace_it(pasted)
    state(pasted, what="outlet", value="Downland Evening Post", says="the editor")
    trace_it(pasted)
    said = pasted.get_by_role("heading", name=re.compile("Downland Evening Post .*took text from Pellwick Lantern"))
    expect(said).to_have_count(1)
    expect(pasted.locator("#made")).to_contain_text("the editor")


def to_facts(page: Page) -> None:
    """Opens the page of facts and waits for it: counting does not wait for the page that a click asks for."""
    step(page, "Facts")
    expect(page.locator("#fact-article option")).to_have_count(LAST_OF_TWO + 1)


def state(page: Page, *, what: str, value: str, says: str) -> None:
    """States something about the second article on the page of facts."""
    to_facts(page)
    page.locator("#fact-article").select_option(index=LAST_OF_TWO)
    page.locator("#fact-what").select_option(what)
    page.locator("#fact-value").fill(value)
    page.locator("#fact-says").fill(says)
    page.get_by_role("button", name="Note this fact").click()
    expect(page.locator("#stated")).to_contain_text(says)


def test_a_stated_fact_turns_an_arrow_and_can_be_taken_back(app: str, visitor: Visitor) -> None:
    page = visitor.open(app)
    paste(page, LARDER, title="One")
    paste(page, LARDER, title="Two")
    trace_it(page)
    expect(page.locator('section.arrow[id^="u"]')).to_have_count(1)  # the same words, no date: nobody knows
    to_facts(page)
    page.locator("#fact-article").select_option(index=LAST_OF_TWO)
    page.locator("#fact-what").select_option("from")
    other = page.locator("#fact-other")
    first = page.locator("#fact-article option").nth(LAST_OF_TWO - 1)
    other.select_option(first.get_attribute("value"))
    page.locator("#fact-says").fill("Ada Quill")
    page.get_by_role("button", name="Note this fact").click()
    trace_it(page)
    expect(page.get_by_role("heading", name=re.compile("a person states this"))).to_have_count(1)
    expect(page.locator("#d1")).to_contain_text("Ada Quill")
    step(page, "Facts")
    page.get_by_role("button", name="Take back fact 1").click()
    step(page, "Report")
    expect(page.locator("main, nav, .note").get_by_text("have changed since").first).to_be_visible()
    trace_it(page)
    expect(page.locator('section.arrow[id^="d"]')).to_have_count(0)


def test_two_articles_are_compared(pasted: Page) -> None:
    paste(pasted, OTHER, outlet="Hollin Herald")
    step(pasted, "Compare two")
    compare(pasted, 1, 2)
    expect(pasted.locator("main")).to_contain_text("Eleven crates stood in two rows")


def compare(page: Page, first: int, second: int) -> None:
    """Asks for two articles by their places in the list, from 1 on."""
    page.locator("#a").select_option(index=first)
    page.locator("#b").select_option(index=second)
    page.locator("#two").get_by_role("button", name="Compare").click()
    expect(page.locator("#app-bar")).to_be_visible(timeout=TRACING)


@pytest.mark.parametrize("texts", ["full", "passages", "none"])
def test_a_saved_report_opens_as_a_file(texts: str, pasted: Page, visitor: Visitor, tmp_path: Path) -> None:
    trace_it(pasted)
    pasted.locator("#texts").select_option(texts)
    with pasted.expect_download() as download:
        pasted.get_by_role("button", name="Save report").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "provenance-report.html"
    report = visitor.open(file)
    expect(report.get_by_role("heading", name=re.compile("took text from Pellwick Lantern"))).to_have_count(1)
    assert report.locator("#app-bar, form").count() == 0  # nothing of the app is in it
    quotes = report.locator("blockquote", has_text="Eleven crates").count()
    assert quotes == (0 if texts == "none" else 2)


def test_the_saved_json_is_the_trace(pasted: Page, tmp_path: Path) -> None:
    trace_it(pasted)
    with pasted.expect_download() as download:
        step(pasted, "Save as JSON")
    file = tmp_path / "trace.json"
    download.value.save_as(file)
    found = from_json(file.read_text(encoding="utf-8"))
    assert {a.outlet for a in found.articles} == {"Pellwick Lantern", "Downland Post"}
    assert len(found.derivations) == 1


def test_long_work_says_how_far_it_is_and_can_be_cancelled(app: str, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(app)
    page.locator("#files").set_input_files([big_file(tmp_path)])
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("#pile tbody tr").first).to_be_visible(timeout=TRACING)
    page.locator("#trace").get_by_role("button").click()
    expect(page.locator("#progress-words")).not_to_be_empty()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#trace")).to_be_visible(timeout=TRACING)
    page.goto(f"{app}/report")
    assert page.locator("#app-bar").count() == 0  # nothing was traced


def big_file(folder: Path) -> Path:
    """Records enough to be at work for some seconds."""
    lines = [json.dumps({"id": a.id, "outlet": a.outlet, "text": a.text}) for a in invented_pile(400)]
    file = folder / "many.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_two_people_do_not_see_one_anothers_piles(pasted: Page, app: str, visitor: Visitor) -> None:
    trace_it(pasted)
    stranger = visitor.open(app)
    assert stranger.locator("#pile tbody tr").count() == 0
    stranger.goto(f"{app}/report")
    expect(stranger.locator("body")).not_to_contain_text("Pellwick")
    paste(stranger, OTHER, outlet="Hollin Herald")
    pasted.goto(app)
    expect(pasted.locator("#pile tbody tr")).to_have_count(2)
    expect(pasted.locator("body")).not_to_contain_text("Hollin Herald")


def test_an_article_can_be_removed_and_the_pile_emptied(pasted: Page) -> None:
    pasted.get_by_role("button", name=re.compile("^Remove (?!all)")).first.click()
    expect(pasted.locator("#pile tbody tr")).to_have_count(1)
    pasted.get_by_role("button", name="Remove all").click()
    expect(pasted.locator("#pile tbody tr")).to_have_count(0)


def test_the_whole_way_works_by_keyboard(app: str, visitor: Visitor) -> None:
    page = visitor.open(app)
    for text, outlet in ((LARDER, "Pellwick Lantern"), (TAKEN, "Downland Post")):
        tab_to(page, "#text")
        page.keyboard.insert_text(text)
        tab_to(page, "#outlet")
        page.keyboard.insert_text(outlet)
        tab_to(page, "#paste button")
        assert focus_is_visible(page)
        page.keyboard.press("Enter")
        expect(page.locator("#pile")).to_contain_text(outlet)
    tab_to(page, "#trace button")
    page.keyboard.press("Enter")
    expect(page.locator("#app-bar")).to_be_visible(timeout=TRACING)
    tab_to(page, "#save button")
    with page.expect_download():
        page.keyboard.press("Enter")


def test_every_page_fits_windows_of_every_width(pasted: Page, app: str) -> None:
    trace_it(pasted)
    for path in ("/report", "/", "/facts", "/compare"):
        pasted.goto(f"{app}{path}")
        for width in (320, 400, 800, 1400):
            pasted.set_viewport_size({"width": width, "height": 900})
            assert not scrolls_sideways(pasted), f"{path} at {width}"


def test_without_script_the_way_is_the_same(app: str, visitor: Visitor) -> None:
    page = visitor.open(app, script=False)
    assert page.locator(".needs-script:visible").count() == 0
    paste(page, LARDER, outlet="Pellwick Lantern")
    paste(page, TAKEN, outlet="Downland Post")
    trace_it(page)
    expect(page.get_by_role("heading", name=re.compile("took text from Pellwick Lantern"))).to_have_count(1)


# --- what it refuses -------------------------------------------------------------------------------------------------


def answer(app: str, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
    """The status of a request as anybody can send it."""
    parts = urlsplit(app)
    line = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    line.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": parts.netloc, "Content-Length": str(len(body))} | headers).items():
        line.putheader(name, value)
    line.endheaders(body.encode())
    status = line.getresponse().status
    line.close()
    return status


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_only_its_own_name_is_answered(app: str) -> None:
    port = urlsplit(app).port
    assert answer(app, "GET", "/", {}) == 403  # it is ours, but nobody is let in without the key
    evil = "evil.invalid"
    for host in (evil, f"{evil}:{port}", f"127.0.0.1.{evil}:{port}", f"127.0.0.1:{port}@{evil}", "127.0.0.1:1", ""):
        assert answer(app, "GET", "/", {"Host": host}) in (400, 403, 421), host


@pytest.mark.parametrize("path", ["/add", "/remove", "/clear", "/trace", "/cancel"])
def test_forms_of_other_sites_are_refused(path: str, app: str) -> None:
    for foreign in (
        {"Origin": "http://evil.invalid"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "http://evil.invalid/"},
        {},
    ):
        assert answer(app, "POST", path, FORM | foreign, "text=hello&token=x") in (400, 403), foreign


def test_a_form_without_the_sessions_token_changes_nothing(app: str) -> None:
    assert answer(app, "POST", "/add", FORM | {"Origin": app}, "text=hello") in (400, 403)


def test_nothing_of_hostile_texts_and_files_runs(app: str, visitor: Visitor, tmp_path: Path) -> None:
    hostile.write_pile(tmp_path)
    page = visitor.open(app, width=400)
    facts = {"outlet": hostile.SCRIPT, "title": hostile.LEAVES_ATTRIBUTE, "url": f"https://x.invalid/{hostile.IMAGE}"}
    paste(page, hostile.STORY[0] + hostile.LONG, **facts)
    assert wrongs_in(page) == []
    page.locator("#files").set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("#pile")).to_contain_text("hostile.jsonl", timeout=TRACING)
    assert wrongs_in(page) == []
    trace_it(page)
    assert wrongs_in(page) == []
    for path in ("/facts", "/compare"):
        page.goto(f"{app}{path}")
        assert wrongs_in(page) == []
    compare(page, 1, 2)
    assert wrongs_in(page) == []
