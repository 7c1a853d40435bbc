import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from provenance.model import Article, Published, Trace
from provenance.report.anchors import Anchors
from provenance.report.time_scale import TimeScale
from provenance.report.timeline_picture import timeline_picture

START = datetime(2031, 5, 3, tzinfo=UTC)


def page(found: Trace) -> HtmlElement:
    return html.fromstring(str(timeline_picture(found, Anchors.of(found))))


def pile(found: Trace, *whens: Published | None, outlet: str = "Harbour Post") -> Trace:
    """A trace of articles that have nothing but a date."""
    articles = tuple(
        Article(f"{n:03}.txt", f"{n:03}.txt", "", outlet=outlet, published=when) for n, when in enumerate(whens)
    )
    return replace(found, articles=articles, sources=(), derivations=(), undecided=(), reprints=(), families=())


def at(hours: float, long: float = 0) -> Published:
    first = START + timedelta(hours=hours)
    return Published(first, first + timedelta(hours=long), "date line")


def moment(tree: HtmlElement, fragment: str) -> HtmlElement:
    [found] = tree.xpath(f'//a[@href="#{fragment}"]')
    return found


def said(tree: HtmlElement) -> str:
    return " ".join(tree.xpath("//p")[0].text_content().split())


def test_every_article_is_there_once_and_leads_to_its_text(ferry: Trace):
    links = [a.get("href") for a in page(ferry).xpath("//a")]
    assert sorted(links) == [f"#a{n}" for n in range(1, 7)]


def test_it_says_how_many_articles_it_shows_and_how_to_read_it(ferry: Trace):
    assert said(page(ferry)).startswith("4 articles between 3 May 2031 and 1 Jun 2031. 2 articles without a date.")


def test_a_minute_is_a_dot_a_day_a_bar_and_half_a_date_a_line_with_an_open_end(ferry: Trace):
    half = Published(START, None, "the text"), Published(None, START, "the file")
    tree = page(pile(ferry, at(0), at(0, 24), *half, None))
    drawn = [{part.get("class") for part in moment(tree, f"a{n}") if part.tag != "title"} for n in range(1, 6)]
    assert "pic-dot" in drawn[0]
    assert "pic-bar" in drawn[1]
    assert {"pic-known", "pic-ajar", "pic-tip"} <= drawn[2] & drawn[3]
    assert "pic-hollow" in drawn[4]


def test_the_open_end_points_to_the_side_that_is_not_known(ferry: Trace):
    after, before = Published(START, None, "the text"), Published(None, START + timedelta(days=2), "the file")
    tree = page(pile(ferry, after, before))
    for fragment, points_right in (("a1", True), ("a2", False)):
        [line] = moment(tree, fragment).xpath('./path[@class="pic-ajar"]')
        start, end = line.get("d").removeprefix("M").split("H")
        assert (float(end) > float(start.split()[0])) is points_right


def test_a_link_says_name_date_title_and_family(ferry: Trace):
    spoken = moment(page(ferry), "a4").xpath("./title")[0].text.split("\n")
    assert spoken == ["Harbour Post [post.html]", "3 May 2031", "“Ferry runs aground off Skerry”", "family 1"]
    assert "family" not in moment(page(ferry), "a2").xpath("./title")[0].text


def test_a_huge_gap_is_cut_short_and_said(ferry: Trace):
    even = page(pile(ferry, at(0), at(24), at(48)))
    broken = page(pile(ferry, at(0), at(24), at(20_000)))
    assert not even.xpath('//path[@class="pic-break"]')
    assert len(broken.xpath('//path[@class="pic-break"]')) == 1
    assert "cut short" in said(broken)
    assert "cut short" not in said(even)


def test_a_pile_without_any_date_has_a_row_and_no_axis(ferry: Trace):
    tree = page(pile(ferry, None, None))
    assert said(tree).startswith("2 articles without a date.")
    assert not tree.xpath('//path[@class="pic-break"]')
    assert len(tree.xpath("//a")) == 2


def test_a_pile_without_articles_has_no_timeline(ferry: Trace):
    assert timeline_picture(pile(ferry), Anchors.of(pile(ferry))) == ""


def test_names_stay_text(ferry: Trace):
    tree = page(pile(ferry, at(0), outlet="</svg><script>alert(1)</script>\u202e"))
    assert not tree.xpath("//script")
    assert "\u202e" not in tree.text_content()
    assert "<script>alert(1)" in moment(tree, "a1").text_content()


moments = st.datetimes(min_value=datetime(1, 1, 1)).map(lambda found: found.replace(tzinfo=UTC))
either = st.one_of(st.none(), moments)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.builds(Published, either, either, st.just("any"))), min_size=1, max_size=25))
def test_any_dates_make_a_timeline_in_which_no_two_articles_meet(whens: list[Published | None]):
    found = pile(_EMPTY, *whens)
    tree = page(found)
    rooms = []
    for hit in tree.xpath('//rect[@class="pic-hit"]'):
        x, y, wide = (float(hit.get(name)) for name in ("x", "y", "width"))
        rooms.append((y, x, x + wide))
    assert len(rooms) == len(whens)
    width = float(tree.xpath("//svg")[0].get("width"))
    assert all(x >= 0 and end <= width for _, x, end in rooms)
    for y, x, end in rooms:
        assert sum(y == row and x < last and first < end for row, first, last in rooms) == 1


@given(st.lists(st.tuples(moments, moments), min_size=1, max_size=12), moments, moments)
def test_on_the_axis_later_is_never_further_left(intervals: list[tuple[datetime, datetime]], a: datetime, b: datetime):
    scale = TimeScale.of(intervals, 10, 1000)
    early, late = sorted((a, b))
    assert 10 <= scale.x(early) <= scale.x(late) <= 1010.001
    ticks = [x for x, _, _ in scale.ticks()]
    assert all(right - left >= 80 for left, right in itertools.pairwise(ticks))


def test_days_are_written_where_they_begin():
    scale = TimeScale.of([(START, START + timedelta(days=6))], 0, 900)
    written = [(at, unit) for _, at, unit in scale.ticks()]
    assert (START, "day") in written
    assert {unit for _, unit in written} == {"day"}


_EMPTY = Trace((), (), (), (), (), (), (), None, (), (), None)  # type: ignore[arg-type]
