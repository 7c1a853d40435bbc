"""Floors hold figures up, only rise, and are no judgement of other data."""

from dataclasses import replace

import pytest

from accuracy.figures import Figure, Plan, Result, half_of, interval, mean, measured
from accuracy.floors import FILE, Floor, as_toml, failures, raised, read_floors

ACCURACY = Result("pan.all", "", 0.93, None, None, None, "", 0.93, "high", 3, 9)
ERROR = replace(ACCURACY, name="simulated.ece", value=0.03, best="low")
CORPORA = {"pan": "1111", "simulated": "2222"}
FLOORS = {
    "full/pan.all": Floor(0.93, "high", 0.002, "rounding", "1111"),
    "full/simulated.ece": Floor(0.03, "low", 0.0, "none", "2222"),
}


def told(*results: Result, corpora: dict[str, str] = CORPORA, mode: str = "full") -> list[str]:
    asked = {row: corpora[row] for row in {result.name.partition(".")[0] for result in results}}
    return list(failures(FLOORS, results, asked, mode))


def test_a_figure_at_its_floor_or_a_tolerance_below_holds() -> None:
    assert told(ACCURACY, ERROR) == []
    assert told(replace(ACCURACY, value=0.928)) == []


def test_a_figure_below_its_floor_is_named_with_the_reason_of_the_tolerance() -> None:
    assert told(replace(ACCURACY, value=0.9279)) == [
        "pan.all is 0.9279, its floor 0.9300 (0.002 may be lost: rounding)"
    ]
    assert len(told(replace(ACCURACY, value=None))) == 1


def test_where_less_is_better_the_floor_is_a_ceiling() -> None:
    assert told(replace(ERROR, value=0.02)) == []
    assert len(told(replace(ERROR, value=0.031))) == 1


def test_on_other_data_or_without_a_floor_nothing_is_said_to_hold() -> None:
    assert "other data" in told(ACCURACY, corpora=CORPORA | {"pan": "3333"})[0]
    assert "no floor" in told(ACCURACY, mode="quick")[0]


def test_a_row_that_was_asked_for_and_gave_nothing_does_not_hold() -> None:
    assert list(failures(FLOORS, [ACCURACY], CORPORA, "full")) == ["simulated.ece has a floor and was not measured"]


@pytest.mark.parametrize(("value", "floor"), [(0.95, 0.95), (0.90, 0.93)])
def test_a_floor_only_rises(value: float, floor: float) -> None:
    new = raised(FLOORS, [replace(ACCURACY, value=value)], CORPORA, "full")
    assert new == FLOORS | {"full/pan.all": replace(FLOORS["full/pan.all"], floor=floor)}


@pytest.mark.parametrize(("value", "floor"), [(0.02, 0.02), (0.05, 0.03)])
def test_a_ceiling_only_falls(value: float, floor: float) -> None:
    new = raised(FLOORS, [replace(ERROR, value=value)], CORPORA, "full")
    assert new["full/simulated.ece"].floor == floor


def test_on_other_data_the_floor_is_measured_anew() -> None:
    new = raised(FLOORS, [replace(ACCURACY, value=0.9)], CORPORA | {"pan": "3333"}, "full")["full/pan.all"]
    assert (new.floor, new.corpus, new.tolerance) == (0.9, "3333", 0.002)


def test_the_file_reads_back_and_every_tolerance_has_its_reason(tmp_path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text(as_toml(FLOORS), encoding="utf-8")
    assert read_floors(file) == FLOORS
    kept = read_floors()
    assert as_toml(kept) == FILE.read_text(encoding="utf-8")
    assert all(floor.reason and len(floor.corpus) == 16 for floor in kept.values())


# --- figures --------------------------------------------------------------------------------------------------------


def test_families_are_drawn_whole_so_that_one_large_family_makes_a_figure_unsure() -> None:
    alone = {str(n): [float(n % 2)] for n in range(40)}
    together = {"odd": [1.0] * 20, "even": [0.0] * 20}
    low, high = interval(alone, mean, "x", 400)
    assert 0.3 < low < 0.5 < high < 0.7
    assert interval(together, mean, "x", 400) == (0.0, 1.0)
    assert interval({"one": [1.0]}, mean, "x", 400) == (None, None)


def test_the_same_figure_has_the_same_interval_whatever_the_order_of_its_families() -> None:
    items = {str(n): [n / 9] for n in range(9)}
    turned = dict(reversed(items.items()))
    one, other = (measured(Figure("x.y", "", some, mean), 200) for some in (items, turned))
    assert one == other


def test_a_target_is_reached_from_either_side() -> None:
    assert [replace(ACCURACY, value=v).reached for v in (0.93, 0.9299, None)] == [True, False, None]
    assert [replace(ERROR, value=v, target=0.04).reached for v in (0.04, 0.0401)] == [True, False]
    assert replace(ACCURACY, target=None).reached is None


def test_each_family_belongs_to_one_half_by_its_name_alone() -> None:
    halves = [half_of(f"family {n}") for n in range(200)]
    assert 70 < halves.count("dev") < 130
    assert [Plan(half="dev").wants(f"family {n}") for n in range(200)] == [half == "dev" for half in halves]
    assert Plan().wants("any")
