"""The lesson, played through by mouse, by keyboard and on paper; its figures are held against truth.json."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from paper import letters, printed
from piles import PILES, truth_of
from playwright.sync_api import Page, expect
from sample_traces import traced
from visitor import Saver, Visitor, focus_is_visible, scrolls_sideways, tab_to

from provenance import Trace
from provenance.ingest.truth import read_truth
from provenance.report.anchors import Anchors
from provenance.report.lesson_page import lesson_page
from provenance.report.lesson_words import fill, lesson_words

Arrow = tuple[str, str]  # derived, source: ids of articles, "named:…", "unseen:…"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson and what is true of its pile."""

    pile: str
    language: str
    trace: Trace
    page: str

    @property
    def arrows(self) -> list[Arrow]:
        return [(d["derived"], d["source"]) for d in truth_of(self.pile)["derivations"]]

    @property
    def open_pairs(self) -> list[Arrow]:
        return [tuple(case["articles"]) for case in truth_of(self.pile)["undecided"]]

    @property
    def wrong(self) -> Arrow:
        """An arrow that tempts, between articles that have no source in common."""
        tempting: list[Arrow] = [(a, b) for a, b in truth_of(self.pile)["not_derivations"]]
        return next(pair for pair in tempting if not self._above(pair[0]) & self._above(pair[1]))

    def _above(self, id: str) -> set[str]:
        """An article and all that it goes back to."""
        return {id}.union(*(self._above(source) for derived, source in self.arrows if derived == id))

    def said(self, phrase: str, **values: object) -> str:
        """A sentence of the page in its language."""
        return fill(lesson_words(self.language)["script"][phrase], **values)

    def counted(self, phrase: str, n: int, **values: object) -> str:
        return self.said(f"{phrase}_{'one' if n == 1 else 'many'}", n=n, **values)

    def box(self, page: Page, id: str) -> str:
        """The selector of what stands for an article or a named source on the board."""
        if not id.startswith("named:"):
            return f'#board .box[data-key="{Anchors.of(self.trace).text(id)}"]'
        box = page.locator("#board .box.named").filter(has_text=re.compile(id.removeprefix("named:"), re.IGNORECASE))
        return f'#board .box[data-key="{box.get_attribute("data-key")}"]'


@pytest.fixture(params=[("small", "en"), ("classroom", "en"), ("deutsch", "de")], ids=lambda of: of[0])
def lesson(request: pytest.FixtureRequest) -> Lesson:
    pile, language = request.param
    found = traced(PILES / pile)
    return Lesson(pile, language, found, lesson_page(found, read_truth(PILES / pile / "truth.json")))


def draw(page: Page, lesson: Lesson, arrows: Iterable[Arrow]) -> None:
    """Clicks the article that took text, then whom it took it from."""
    for derived, source in arrows:
        before = page.locator("#yours li").count()
        page.locator(lesson.box(page, derived)).click()
        page.locator(lesson.box(page, source)).click()
        expect(page.locator("#yours li")).to_have_count(before + 1)


def reveal(page: Page) -> list[str]:
    """Asks for the answers, and gives what the page says of the pupils' arrows."""
    page.locator("#reveal").click()
    page.locator('#reveal-sure button[value="yes"]').click()
    expect(page.locator("#answers")).to_be_visible()
    return [line.inner_text() for line in page.locator("#summary li").all()]


def test_first_there_are_only_the_articles(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    assert page.locator("article.card").count() == len(lesson.trace.articles)
    page.locator("#open-all").click()
    there = page.locator("body").inner_text()
    for article in lesson.trace.articles:
        assert max(article.text.splitlines(), key=len).split(".")[0].strip() in there
    assert page.locator(".true-arrow:visible, #answers:visible, #teacher-inside:visible, .pic:visible").count() == 0
    for told in truth_of(lesson.pile)["derivations"]:
        assert told["role"] not in there


def test_all_arrows_found_is_said_so(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    draw(page, lesson, lesson.arrows)
    n = len(lesson.arrows)
    assert reveal(page)[0] == lesson.said("found_all", n=n)
    expect(page.locator(".true-arrow .mark.found")).to_have_count(n)
    assert page.locator(".because details[open]").count() == 0  # nothing was missed


def test_right_wrong_and_missing_arrows_are_counted_as_the_truth_counts_them(
    lesson: Lesson, visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(lesson.page))
    right, turned = lesson.arrows[0], lesson.arrows[1][::-1]
    drawn = [right, turned, lesson.wrong]
    draw(page, lesson, drawn)
    page.locator("#reports").fill("1")
    said = reveal(page)
    n, found = len(lesson.arrows), len(set(drawn) & set(lesson.arrows))
    assert (n, found) == (len(truth_of(lesson.pile)["derivations"]), 1)
    assert said[:3] == [
        lesson.counted("found", n, found=found),
        lesson.counted("partly", 1),
        lesson.counted("extra", 1),
    ]
    reports = truth_of(lesson.pile)["independent_reports"]["n"]
    assert lesson.said("reports_other", yours=1, n=reports) in said
    expect(page.locator(".true-arrow .mark.missed")).to_have_count(n - 2)


def test_the_evidence_of_each_missed_arrow_is_shown(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    draw(page, lesson, lesson.arrows[:1])
    reveal(page)
    expect(page.locator(".because details[open]")).to_have_count(len(lesson.arrows) - 1)
    anchors, articles = Anchors.of(lesson.trace), {a.id: a for a in lesson.trace.articles}
    for arrow in lesson.trace.at_least(0.5):
        if (arrow.derived, arrow.source) not in lesson.arrows[1:]:
            continue
        because = page.locator(f"#because-{anchors.text(arrow.derived)}-{anchors.text(arrow.source)}")
        shown = [cell.inner_text().split() for cell in because.locator("blockquote").all()]
        for p in arrow.passages:
            assert p.a.cut(articles[arrow.derived].text).split() in shown
            assert p.b.cut(articles[arrow.source].text).split() in shown


def test_an_undecided_pair_costs_nothing(visitor: Visitor, saved: Saver) -> None:
    found = traced(PILES / "classroom")
    lesson = Lesson("classroom", "en", found, lesson_page(found, read_truth(PILES / "classroom" / "truth.json")))
    file = saved(lesson.page)
    page = visitor.open(file)
    draw(page, lesson, lesson.arrows[:2])
    without = reveal(page)
    for pair in (lesson.open_pairs[0], lesson.open_pairs[0][::-1]):
        page = visitor.open(file)
        draw(page, lesson, [*lesson.arrows[:2], pair])
        said = reveal(page)
        assert lesson.said("open_one") in said
        assert [line for line in said if line != lesson.said("open_one")] == without
        assert page.locator("[data-yours] .mark.extra").count() == 0


def test_who_says_that_it_cannot_be_known_is_agreed_with(visitor: Visitor, saved: Saver) -> None:
    found = traced(PILES / "classroom")
    lesson = Lesson("classroom", "en", found, lesson_page(found, read_truth(PILES / "classroom" / "truth.json")))
    page = visitor.open(saved(lesson.page))
    one, other = lesson.open_pairs[0]
    for box in (lesson.box(page, one), '#board .box[data-key="doubt"]', lesson.box(page, other)):
        page.locator(box).click()
    assert lesson.said("open_agreed", n=1, m=len(lesson.open_pairs)) in reveal(page)


def test_somebody_we_do_not_have_can_be_chosen_and_every_step_taken_back(
    lesson: Lesson, visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(lesson.page))
    yours = page.locator("#yours li")
    page.locator(lesson.box(page, lesson.arrows[0][0])).click()
    page.locator('#board .box[data-key="x"]').click()
    expect(yours).to_have_count(1)
    page.locator("#undo").click()
    expect(yours).to_have_count(0)
    draw(page, lesson, lesson.arrows[:2])
    yours.first.get_by_role("button").click()
    expect(yours).to_have_count(1)
    page.locator("#clear").click()
    page.locator('#clear-sure button[value="yes"]').click()
    expect(yours).to_have_count(0)


def test_after_the_answers_one_can_start_again(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    draw(page, lesson, lesson.arrows[:1])
    reveal(page)
    page.locator("#again").click()
    page.locator('#again-sure button[value="yes"]').click()
    expect(page.locator("#answers")).to_be_hidden()
    expect(page.locator("#yours li")).to_have_count(0)
    draw(page, lesson, lesson.arrows)
    assert reveal(page)[0] == lesson.said("found_all", n=len(lesson.arrows))


def test_it_can_be_played_by_keyboard_alone(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    derived, source = (lesson.box(page, id) for id in lesson.arrows[0])
    tab_to(page, derived)
    assert focus_is_visible(page)
    page.keyboard.press("Enter")
    tab_to(page, source)
    page.keyboard.press("Space")
    expect(page.locator("#yours li")).to_have_count(1)
    tab_to(page, "#reveal")
    page.keyboard.press("Enter")
    tab_to(page, '#reveal-sure button[value="yes"]', most=5)
    assert focus_is_visible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_be_focused()
    expect(page.locator(".true-arrow .mark.found")).to_have_count(1)


def test_arrows_can_be_drawn_from_the_lists_under_the_articles(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    derived = Anchors.of(lesson.trace).text(lesson.arrows[0][0])
    tab_to(page, f"#take-{derived}")
    page.locator(f"#take-{derived}").select_option("x")
    tab_to(page, f'[data-draw="{derived}"]')
    page.keyboard.press("Enter")
    expect(page.locator("#yours li")).to_have_count(1)


def test_without_script_there_are_articles_worksheet_and_answers(
    lesson: Lesson, visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(lesson.page), script=False)
    assert page.locator(".needs-script:visible").count() == 0
    assert page.locator(".true-arrow:visible, #teacher-inside:visible").count() == 0
    for folded in ("article.card:first-of-type .reading", "#answers", ".paper-view", "#teacher-page"):
        page.locator(f"{folded} > summary").click()
    assert page.locator("article.card .text:visible").count() == 1
    expect(page.locator(".true-arrow:visible")).to_have_count(len(lesson.arrows))
    expect(page.locator(".fill-in tbody tr:visible")).to_have_count(len(lesson.trace.articles))
    expect(page.locator("#teacher-inside")).to_be_visible()


@pytest.mark.parametrize("part", ["worksheet", "articles", "teacher"])
def test_what_is_printed_is_what_was_asked_for(part: str, lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    if part == "teacher":
        page.locator("#teacher-page > summary").click()
        expect(page.locator("#teacher-inside")).to_be_visible()  # a busy machine opens it after the click has returned
    page.evaluate("part => { document.documentElement.dataset.print = part }", part)
    there = printed(page)
    words = lesson_words(lesson.language)
    longest = max(lesson.trace.articles[0].text.splitlines(), key=len)
    roles = [told["role"] for told in truth_of(lesson.pile)["derivations"]]
    assert (letters(words["worksheet"]["how"]) in there) == (part == "worksheet")
    assert (letters(longest) in there) == (part == "articles")
    assert all((letters(role) in there) == (part == "teacher") for role in roles)
    assert letters(words["worksheet"]["print_articles"]) not in there


def test_it_fits_windows_of_every_width(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    for is_revealed in (False, True):
        if is_revealed:
            reveal(page)
        for width in (320, 400, 800, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            assert not scrolls_sideways(page), width


def test_a_pile_without_a_truth_is_compared_with_the_tool(visitor: Visitor, saved: Saver) -> None:
    found = traced(PILES / "small")
    page = visitor.open(saved(lesson_page(found, None)))
    expect(page.locator("body")).to_contain_text(lesson_words("en")["page"]["compared_tool"])
    lesson = Lesson("small", "en", found, "")
    draw(page, lesson, [(d.derived, d.source) for d in found.at_least(0.5) if "named:" not in d.source + d.derived])
    assert reveal(page)


def test_nothing_a_pupil_does_is_kept(lesson: Lesson, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(lesson.page))
    draw(page, lesson, lesson.arrows[:1])
    reveal(page)
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.hash]")
    assert kept[:3] == [0, 0, ""]
    page.reload()
    expect(page.locator("#yours li")).to_have_count(0)
