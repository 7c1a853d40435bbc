"""What the report's script adds: both whole texts, lines of descent, searching, sizing, closing, sorting, filtering."""

from collections.abc import Iterable

import pytest
from paper import letters
from playwright.sync_api import Locator, Page, expect
from visitor import Saver, Visitor, scrolls_sideways

from provenance import Derivation, Trace
from provenance.model import Span
from provenance.report.anchors import Anchors


@pytest.fixture
def page(classroom: Trace, visitor: Visitor, saved: Saver) -> Page:
    """The report of the classroom pile."""
    return visitor.open(saved(classroom))


# --- both whole texts ------------------------------------------------------------------------------------------------


def bare(side: Locator) -> str:
    """The letters of a text in the reader, without the reader's own marks."""
    own = """side => {
        const text = side.querySelector('.text').cloneNode(true);
        text.querySelectorAll('.jump, .why, .to-row').forEach(mark => mark.remove());
        return text.textContent;
    }"""
    return letters(side.evaluate(own))


def readable(trace: Trace) -> Iterable[Derivation]:
    """The arrows between two articles of the pile."""
    ids = {a.id for a in trace.articles}
    return (d for d in trace.derivations if d.passages and {d.derived, d.source} <= ids)


def test_the_reader_shows_both_whole_texts_and_marks_what_they_share(
    found: Trace, visitor: Visitor, saved: Saver
) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    articles = {a.id: a for a in found.articles}
    for arrow in readable(found):
        page.locator(f"#{anchors.arrow(arrow)} .open-reader").click()
        left, right = page.locator("#reader .reader-side").all()
        assert bare(left) == letters(articles[arrow.source].text)
        assert bare(right) == letters(articles[arrow.derived].text)
        passages = sorted(arrow.passages, key=lambda p: (p.a, p.b))
        for side, article, spans in (
            (left, articles[arrow.source], [p.b for p in passages]),
            (right, articles[arrow.derived], [p.a for p in passages]),
        ):
            for number, span in enumerate(spans, 1):
                words = letters(span.cut(article.text))
                if overlaps(span, spans):  # then its letters may be marked as those of the other one
                    assert marked(side, number) in words
                else:
                    assert marked(side, number) == words
        page.keyboard.press("Escape")
        expect(page.locator("#reader")).to_be_hidden()


def overlaps(span: Span, others: list[Span]) -> bool:
    return sum(span.start < other.end and other.start < span.end for other in others) > 1


def marked(side: Locator, number: int) -> str:
    """The letters that are marked as a passage; fewer than its words where it lies partly within another one."""
    own = """(side, number) => {
        const copies = [...side.querySelectorAll(`[data-number="${number}"]`)].map(each => each.cloneNode(true));
        copies.forEach(each => each.querySelectorAll('.jump, .why').forEach(mark => mark.remove()));
        return copies.map(each => each.textContent).join('');
    }"""
    return letters(side.evaluate(own, number))


def test_the_reader_jumps_to_the_next_passage_on_both_sides(page: Page, classroom: Trace) -> None:
    arrow = max(readable(classroom), key=lambda d: len(d.passages))
    page.locator(f"#{Anchors.of(classroom).arrow(arrow)} .open-reader").click()
    status = page.locator("#reader [role=status]")
    expect(status).to_contain_text(f"Passage 1 of {len(arrow.passages)}")
    page.get_by_role("button", name="Next passage").click()
    expect(status).to_contain_text("Passage 2 of")
    page.keyboard.press("n")
    expect(status).to_contain_text("Passage 3 of")
    for side in page.locator("#reader .reader-side").all():
        expect(side.locator('.current[data-number="3"]')).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(":focus")).to_have_class("open-reader")


def test_going_back_closes_the_reader_and_the_page_stays(page: Page) -> None:
    page.locator("#d4 .open-reader").click()
    expect(page.locator("#reader")).to_be_visible()
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Who took text from whom")


def test_the_reader_says_where_it_ends_instead_of_starting_again(page: Page) -> None:
    page.locator(".open-reader").first.click()
    status = page.locator("#reader [role=status]")
    page.keyboard.press("p")
    expect(status).to_have_text("This is the first passage.")
    page.keyboard.press("[")
    expect(status).to_have_text("This is the first pair.")
    for _ in range(page.locator(".open-reader").count()):
        page.keyboard.press("]")
    expect(status).to_have_text("This is the last pair.")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (600, 450)])
def test_in_a_small_window_the_texts_have_more_room_than_the_buttons(
    width: int, height: int, classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    page = visitor.open(saved(classroom), width=width, height=height)
    page.locator(".open-reader").first.click()
    bar = page.locator(".reader-bar").bounding_box()
    assert bar and bar["height"] < 0.26 * height
    assert not scrolls_sideways(page)


def test_on_a_telephone_the_reader_fits(classroom: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(classroom), width=400, height=700)
    page.locator(".open-reader").first.click()
    expect(page.locator("#reader .reader-side").first).to_be_visible()
    assert not scrolls_sideways(page)
    box = page.locator("#reader").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 400


# --- the picture -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_node_lights_its_line_of_descent(way: str, page: Page, classroom: Trace) -> None:
    anchors, root = Anchors.of(classroom), "04-passengers-safe.txt"
    taken = classroom.derived_from(root)
    node = page.locator(f'#picture svg a[href="#{anchors.text(root)}"]')
    node.hover() if way == "hover" else node.focus()
    lit = page.locator("#picture svg .pic-arrow.lit").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(lit) == sorted(f"#{anchors.arrow(arrow)}" for arrow in taken)


def test_a_drawing_is_no_stop_of_the_tab_key(page: Page) -> None:
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.localName"))
    assert "a" in stops and "svg" not in stops


def test_searching_marks_what_fits_and_says_how_much(page: Page) -> None:
    field = page.locator(".pic-find input")
    field.fill("radio gellan")
    expect(page.locator("#picture .pic-node.hit")).to_have_count(2)
    expect(page.locator(".pic-find output")).to_contain_text("2")
    field.fill("no such paper anywhere")
    expect(page.locator("#picture .pic-node.hit")).to_have_count(0)
    expect(page.locator(".pic-find output")).to_contain_text("0")


def test_the_picture_can_be_made_larger_smaller_and_fitted(page: Page) -> None:
    svg = page.locator("#picture .pic-view svg").first
    natural = float(svg.get_attribute("width") or 0)
    for zoom, is_right in (("in", natural.__lt__), ("natural", natural.__eq__), ("out", natural.__gt__)):
        page.locator(f'[data-zoom="{zoom}"]').first.click()
        assert is_right(float(svg.get_attribute("width") or 0)), zoom
    page.locator('[data-zoom="fit"]').first.click()
    assert not scrolls_sideways(page)


def test_families_can_be_closed_and_opened(page: Page) -> None:
    svg = page.locator("#picture .pic-view svg").first
    page.locator('[data-fold="close"]').first.click()
    expect(svg).to_be_hidden()
    page.locator('[data-fold="open"]').first.click()
    expect(svg).to_be_visible()


def test_on_a_telephone_the_tree_is_a_list_that_leads_to_every_arrow(
    classroom: Trace, visitor: Visitor, saved: Saver
) -> None:
    page, anchors = visitor.open(saved(classroom), width=400, height=700), Anchors.of(classroom)
    for arrow in classroom.derivations:
        page.locator(f'#picture a[href="#{anchors.arrow(arrow)}"]:visible').first.click()
        expect(page.locator(f"#{anchors.arrow(arrow)}")).to_be_in_viewport()


def test_the_list_holds_what_the_picture_shows(found: Trace, visitor: Visitor, saved: Saver) -> None:
    page, anchors = visitor.open(saved(found)), Anchors.of(found)
    there = set(page.locator("#picture li a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    wanted = {f"#{anchors.arrow(d)}" for d in found.derivations} | {f"#{anchors.text(a.id)}" for a in found.articles}
    assert wanted <= there


# --- the table -------------------------------------------------------------------------------------------------------


def column(page: Page, number: int) -> list[str]:
    return [cell.inner_text() for cell in page.locator(f"table.all tbody tr:visible > :nth-child({number})").all()]


def test_the_table_sorts_up_and_down(page: Page, classroom: Trace) -> None:
    words = page.locator("table.all thead th").filter(has_text="Words")
    words.get_by_role("button").click()
    rising = [int(cell.replace(",", "")) for cell in column(page, 4)]
    assert rising == sorted(rising) and len(rising) == len(classroom.articles)
    expect(words).to_have_attribute("aria-sort", "ascending")
    words.get_by_role("button").click()
    assert [int(cell.replace(",", "")) for cell in column(page, 4)] == rising[::-1]


def test_the_table_sorts_by_date_not_by_letters(page: Page, classroom: Trace) -> None:
    page.locator("table.all thead th").filter(has_text="Date").get_by_role("button").click()
    dates = [cell for cell in column(page, 3) if cell != "no date"]
    days = sorted(a.published.earliest.day for a in classroom.articles if a.published and a.published.earliest)
    assert [int(date.split()[0]) for date in dates] == days


def test_the_table_sorts_by_the_names_of_the_sources_and_what_is_empty_comes_last(page: Page) -> None:
    head = page.locator("table.all thead th").filter(has_text="Has text from")
    for turn in (1, -1):
        head.get_by_role("button").click()
        cells = column(page, 5)
        named = [cell.removeprefix("undecided: ").split("\n")[0].split(" (")[0].lower() for cell in cells]
        empty = named.count("nobody here")
        assert named[len(named) - empty :] == ["nobody here"] * empty
        assert named[: len(named) - empty] == sorted(named[: len(named) - empty])[::turn]


def test_on_a_telephone_a_row_is_a_card(classroom: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(classroom), width=400, height=800)
    boxes = [cell.bounding_box() for cell in page.locator("table.all tbody tr").first.locator("> :visible").all()]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) > 4 and tops == sorted(set(tops))
    assert not page.locator("#table .scroll").evaluate("one => one.scrollWidth > one.clientWidth")


def test_only_what_is_as_sure_as_asked_for_is_shown(page: Page, classroom: Trace) -> None:
    anchors = Anchors.of(classroom)
    page.locator("#sure").select_option("undecided")
    shown = page.locator(".arrow:visible").evaluate_all("all => all.map(one => one.id)")
    assert shown == [anchors.pair(case) for case in classroom.undecided]
    page.locator("#sure").select_option("likely")  # "very likely" is another thing
    likely = [anchors.arrow(d) for d in classroom.derivations if 0.7 <= d.probability < 0.9]
    assert page.locator(".arrow:visible").evaluate_all("all => all.map(one => one.id)") == likely
    page.locator("#sure").select_option("")
    assert page.locator(".arrow:visible").count() == len(classroom.derivations) + len(classroom.undecided)


def test_the_list_of_arrows_sorts_what_is_doubtful_to_the_top(page: Page) -> None:
    page.locator("table.index thead th").filter(has_text="How sure").get_by_role("button").click()
    words = page.locator("table.index tbody td:nth-child(5)").all_inner_texts()
    order = ["undecided", "leaning", "likely", "very likely"]
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)
    assert words[0] == "undecided"


def test_the_table_shows_only_what_fits(page: Page, classroom: Trace) -> None:
    page.locator("#filter").fill("radio gellan")
    shown = column(page, 1)
    assert shown and len(shown) < len(classroom.articles)
    expect(page.locator("#filtered")).to_contain_text(f"{len(shown)} of {len(classroom.articles)}")
    page.locator("#filter").fill("")
    assert len(column(page, 1)) == len(classroom.articles)
