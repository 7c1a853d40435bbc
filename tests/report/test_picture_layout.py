import re
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Published
from provenance.report.picture_columns import columns, forward
from provenance.report.picture_layout import BOX, PAD, Box, Layout, layout
from provenance.report.picture_model import Arrow, Group, Node, Open, PictureWords
from provenance.report.picture_text import cut, rows, width

WORDS = PictureWords()
START = datetime(2031, 5, 3, tzinfo=UTC)


def on(day: int) -> Published:
    first = START + timedelta(days=day)
    return Published(first, first + timedelta(hours=23, minutes=59, seconds=59), "date line")


def nodes(*whens: Published | None) -> tuple[Node, ...]:
    return tuple(Node(f"n{n}", "Harbour Post", when=when, title="Ferry aground") for n, when in enumerate(whens))


def arrow(source: int, derived: int, *, is_main: bool = True) -> Arrow:
    return Arrow(f"n{source}", f"n{derived}", "likely", "likely", 0.8, "80 %", is_main=is_main)


def drawn(nodes: tuple[Node, ...], arrows: tuple[Arrow, ...] = (), opens: tuple[Open, ...] = ()) -> Layout:
    return layout(Group("a family", nodes, arrows, opens), WORDS)


def boxes(made: Layout) -> dict[str, Box]:
    return {box.node.id: box for box in made.boxes}


# --- any family ------------------------------------------------------------------------------------------------------

moments = st.one_of(st.none(), st.datetimes(min_value=datetime(1999, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))
dates = st.one_of(
    st.none(),
    st.builds(Published, moments, moments, st.just("any ground")),  # half-open, wrong way round, centuries long
    st.integers(0, 9).map(on),
)
names = st.one_of(
    st.text(max_size=30), st.sampled_from(["صحيفة الميناء " * 9, "港口日報" * 40, "W" * 10_000, "<script>"])
)
any_node = st.tuples(names, dates, st.one_of(st.none(), names), st.lists(names, max_size=4), st.booleans())


@st.composite
def families(draw: st.DrawFn) -> Group:
    found = draw(st.lists(any_node, min_size=1, max_size=14))
    ids = st.integers(0, len(found) - 1)
    pairs = draw(st.lists(st.tuples(ids, ids, st.booleans()), max_size=20))
    ties = draw(st.lists(st.tuples(ids, ids, st.sampled_from(["direction", "relation"])), max_size=5))
    return Group(
        "a family",
        tuple(
            Node(f"n{n}", name, "article" if is_article else "named", when, str(when), title, facts=tuple(facts))
            for n, (name, when, title, facts, is_article) in enumerate(found)
        ),
        tuple(arrow(a, b, is_main=is_main) for a, b, is_main in pairs if a != b),
        tuple(Open((f"n{a}", f"n{b}"), what) for a, b, what in ties if a != b),
    )


@settings(deadline=None)
@given(families())
def test_no_two_boxes_meet_and_none_stands_on_what_another_one_says_of_its_facts(group: Group):
    for a, b in combinations(layout(group, WORDS).boxes, 2):
        assert a.column != b.column or a.bottom + a.under <= b.y or b.bottom + b.under <= a.y


@settings(deadline=None)
@given(families())
def test_every_source_stands_left_of_what_is_derived_from_it(group: Group):
    found = boxes(layout(group, WORDS))
    for one in forward(group.nodes, group.arrows):
        assert found[one.source].right < found[one.derived].x


@settings(deadline=None)
@given(families())
def test_every_text_fits_into_its_box(group: Group):
    for box in layout(group, WORDS).boxes:
        for row in (*box.rows, *box.facts):
            assert width(row.text, row.size, bold=row.bold) < BOX - PAD
        assert all(0 < row.y < box.height for row in box.rows)


@settings(deadline=None)
@given(families())
def test_no_line_runs_through_a_box(group: Group):
    made = layout(group, WORDS)
    for line in made.lines:
        ends = {line.what.source, line.what.derived} if isinstance(line.what, Arrow) else {*line.what.ends}
        for x, y in points(line.path):
            hit = [b.node.id for b in made.boxes if b.x < x < b.right and b.y < y < b.bottom and b.node.id not in ends]
            assert not hit, (line.path, hit)


@settings(deadline=None)
@given(families())
def test_every_box_every_arrow_and_every_tie_is_drawn_or_told_once(group: Group):
    made = layout(group, WORDS)
    assert sorted(box.node.id for box in made.boxes) == sorted(node.id for node in group.nodes)
    arrows = [line.what for line in made.lines if isinstance(line.what, Arrow)]
    assert {(a.source, a.derived) for a in arrows} == {(a.source, a.derived) for a in group.arrows}
    ties = [line.what for line in made.lines if isinstance(line.what, Open)]
    assert sorted(map(repr, [*ties, *made.told])) == sorted(map(repr, group.opens))


@settings(deadline=None)
@given(families())
def test_everything_stands_on_the_sheet_and_twice_the_same(group: Group):
    made = layout(group, WORDS)
    assert all(box.x >= 0 and box.right <= made.width and box.y >= 0 for box in made.boxes)
    assert all(box.bottom + box.under <= made.height for box in made.boxes)
    assert layout(group, WORDS).lines == made.lines


@given(st.text(max_size=400), st.floats(30, 300), st.integers(1, 4))
def test_lines_of_text_fit_and_begin_like_the_text(text: str, room: float, most: int):
    found = rows(text, room, 12, most)
    assert len(found) <= most
    assert all(width(row, 12) <= room or len(row) <= 2 for row in found)
    assert "".join(text.split()).startswith("".join("".join(found).removesuffix("…").split()))


def points(path: str) -> list[tuple[float, float]]:
    """Points along a path, close together."""
    found: list[tuple[float, float]] = []
    at = (0.0, 0.0)
    for sign, numbers in re.findall(r"([MHVLCQ])([^MHVLCQ]*)", path):
        n = [float(number) for number in numbers.split()]
        n = [n[0], at[1]] if sign == "H" else [at[0], n[0]] if sign == "V" else n
        way = list(zip(n[::2], n[1::2], strict=True))
        if sign != "M":
            found += [_between([at, *way], t / 60) for t in range(61)]
        at = way[-1]
    return found


def _between(way: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """De Casteljau: a point of a straight line or a curve."""
    while len(way) > 1:
        way = [((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1]) for a, b in pairwise(way)]
    return way[0]


# --- families that a reader can check by eye -------------------------------------------------------------------------


def test_time_runs_from_left_to_right():
    made = drawn(nodes(on(0), on(3), on(1), on(2)), (arrow(0, 1), arrow(0, 2), arrow(0, 3)))
    found = boxes(made)
    assert sorted(found, key=lambda id: found[id].x) == ["n0", "n2", "n3", "n1"]


def test_a_chain_is_one_straight_row():
    made = drawn(nodes(*(on(0) for _ in range(6))), tuple(arrow(n, n + 1) for n in range(5)))
    assert len({box.x for box in made.boxes}) == 6
    assert len({box.middle for box in made.boxes}) == 1


def test_forty_republishers_of_one_text_stand_in_few_columns_side_by_side():
    made = drawn(nodes(*(on(n // 14) for n in range(41))), tuple(arrow(0, n) for n in range(1, 41)))
    stacks = columns(*[tuple(box.node for box in made.boxes), [line.what for line in made.lines]])
    assert [len(stack) for stack in stacks] == [1, 13, 14, 13]
    assert made.height < 1000


def test_a_merged_article_stands_right_of_both_sources_and_its_lines_enter_apart():
    made = drawn(nodes(on(0), on(1), on(2)), (arrow(0, 2), arrow(1, 2, is_main=False)))
    tips = [line.tip for line in made.lines]
    assert len(tips) == 2
    assert abs(tips[0][1] - tips[1][1]) > 25


def test_a_text_dated_before_its_source_stands_right_of_it_and_says_so():
    made = drawn(nodes(on(5), on(1)), (arrow(0, 1),))
    late, early = boxes(made)["n0"], boxes(made)["n1"]
    assert late.right < early.x
    assert "dated earlier" in " ".join(row.text for row in early.rows)
    assert "dated earlier" not in " ".join(row.text for row in late.rows)
    assert [tick.days for tick in made.ticks] == ["8 May 2031", ""]  # no day is claimed for the wrong date


def test_a_text_without_a_date_stands_where_the_tree_puts_it():
    found = boxes(drawn(nodes(None, on(0), None), (arrow(0, 1), arrow(1, 2))))
    assert found["n0"].x < found["n1"].x < found["n2"].x
    assert "no date" in [row.text for row in found["n0"].rows]


def test_a_text_without_a_date_that_is_merely_tied_to_another_is_not_shown_as_earlier():
    tie = Open(("n0", "n1"), "direction")
    found = boxes(drawn(nodes(None, on(0)), opens=(tie,)))
    assert found["n0"].x == found["n1"].x


def test_two_texts_of_one_day_whose_direction_is_open_stand_one_above_the_other_without_a_head():
    made = drawn(nodes(on(0), on(0)), opens=(Open(("n0", "n1"), "direction"),))
    [line] = made.lines
    assert line.tip is None
    assert len({box.x for box in made.boxes}) == 1


def test_an_axis_says_only_what_is_known():
    half = Published(START, None, "the text")
    assert [tick.days for tick in drawn(nodes(half)).ticks] == ["not before 3 May 2031"]
    assert [tick.days for tick in drawn(nodes(Published(None, START, "the file"))).ticks] == ["not after 3 May 2031"]
    assert [tick.days for tick in drawn(nodes(None)).ticks] == [""]
    made = drawn(nodes(on(0), on(1), on(40)), (arrow(0, 1), arrow(1, 2)))
    assert [tick.later for tick in made.ticks] == ["", "1 day later", "39 days later"]


def test_days_of_one_month_are_written_short():
    whens = Published(START, START + timedelta(days=4), "between")
    assert drawn(nodes(whens)).ticks[0].days == "3 – 7 May 2031"


def test_a_circle_of_arrows_is_drawn_all_the_same():
    made = drawn(nodes(on(0), on(1)), (arrow(0, 1), arrow(1, 0)))
    assert [line.is_turned for line in made.lines] == [True, False]


def test_many_open_relations_are_told_rather_than_drawn():
    ties = tuple(Open((f"n{a}", f"n{b}"), "relation") for a, b in combinations(range(5), 2))
    made = drawn(nodes(*(on(n) for n in range(5))), opens=ties)
    assert len(made.lines) == 4
    assert len(made.told) == 6


def test_a_word_without_spaces_is_cut_and_ends_with_an_ellipsis():
    assert cut("W" * 10_000, 100, 12).endswith("…")
    assert rows("02-hags-teeth-of-skerry.html", 110, 14, 2) == ("02-hags-", "teeth-of-ske…")
    assert rows("washingtontimes.com", 150, 14, 2, bold=True) == ("washingtontimes.", "com")


def test_a_source_without_a_date_stands_in_a_column_that_names_none():
    made = drawn(nodes(None, on(2), on(9), on(16), on(23), on(30)), (arrow(0, 5),))
    [alone] = [box for box in boxes(made).values() if box.node.when is None]
    assert [box.node.id for box in boxes(made).values() if box.column == alone.column] == [alone.node.id]
    assert (made.ticks[alone.column].days, made.ticks[alone.column + 1].later) == ("", "")
