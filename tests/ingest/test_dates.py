"""Dates as people write them."""

import time
import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ingest.dates import date_in_address, find_dates, read_date

DAY = date(2031, 5, 3)


@pytest.mark.parametrize(
    "written",
    [
        "May 3, 2031",
        "3 May 2031",
        "3rd of May 2031",
        "Saturday, May 03, 2031",
        "2031-05-03",
        "2031/05/03",
        "3. Mai 2031",
        "03.05.2031",
        "3 de mayo de 2031",
        "3 mai 2031",
        "3 maggio 2031",
        "3 de maio de 2031",
        "3 mei 2031",
        "20310503",
        "Sat, 3 May 2031",
        "MAY 3, 2031",
        "2031年5月3日",
        "3-MAY-2031",
        "3 мая 2031",
        "3 mayıs 2031",
        "3.5.31",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    read = read_date(written)
    assert read is not None and read.on() == DAY and not read.ambiguous


def test_a_known_day_is_an_interval_from_its_first_to_its_last_second() -> None:
    read = read_date("May 3, 2031")
    assert read is not None
    assert read.interval() == (datetime(2031, 5, 3, tzinfo=UTC), datetime(2031, 5, 3, 23, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    "written",
    [
        "2031-05-03T10:20:30Z",
        "2031-05-03T12:20:30+02:00",
        "Sat, 03 May 2031 10:20:30 +0000",
        "2031-05-03 10:20:30 UTC",
        1935397230 + 0,
        "1935397230",
        "May 3, 2031 at 6:20:30 a.m. EDT",
        "2031-05-03T10:20:30.999Z",
    ],
)
def test_a_time_with_its_zone_is_an_instant(written: object) -> None:
    instant = datetime(2031, 5, 3, 10, 20, 30, tzinfo=UTC)
    if isinstance(written, int) or str(written).isdigit():
        written = type(written)(int(instant.timestamp()))  # type: ignore[call-overload]
    read = read_date(written)
    assert read is not None and read.interval() == (instant, instant)


def test_a_time_without_a_zone_is_only_a_day() -> None:
    read = read_date("03.05.2031, 14:20 Uhr")
    assert read is not None and read.clock == (14, 20, 0)
    assert read.interval()[0].hour == 0 and read.interval()[1].hour == 23


def test_a_month_is_the_interval_of_its_days() -> None:
    read = read_date("February 2032")
    assert read is not None and [d.day for d in read.interval()] == [1, 29]


def test_day_and_month_that_can_be_exchanged_span_both_readings() -> None:
    read = read_date("5-10-2031")
    assert read is not None and read.ambiguous
    assert [d.date() for d in read.interval()] == [date(2031, 5, 10), date(2031, 10, 5)]


@pytest.mark.parametrize("written", ["13-10-2031", "10/13/2031", "5.10.2031", "5/5/2031"])
def test_figures_that_allow_one_reading_are_not_ambiguous(written: str) -> None:
    read = read_date(written)
    assert read is not None and not read.ambiguous


@pytest.mark.parametrize(
    "written", ["2031", "", None, True, "soon", "99/99/2031", "31 June 2031", 17, "x" * 5000, "May"]
)
def test_what_is_no_date_is_none(written: object) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    "text", ["4 may have died", "It cost 5.3.20 in all", "room 3/5", "scores of 2-1 and 3-2", "In 2031 it sank"]
)
def test_other_figures_in_a_text_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_being_written_in_words(day: date) -> None:
    for form in ("%B %d, %Y", "%d %B %Y", "%A, %d %b %Y", "%Y-%m-%d", "%d.%m.%Y"):
        read = read_date(day.strftime(form))
        assert read is not None and read.on() == day, day.strftime(form)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_survives_iso_writing_in_any_zone(moment: datetime, minutes: int) -> None:
    from datetime import timezone

    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    read = read_date(moment.isoformat())
    assert read is not None and read.interval()[0] == moment


@given(st.text(alphabet="0123456789 -/.,:MayTuesdaySept()|", max_size=60))
def test_any_text_is_searched_without_an_error_and_spans_cut_the_date(text: str) -> None:
    end = 0
    for found in find_dates(text, short_years=True):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end
        if found.year is not None:
            assert found.interval()[0] <= found.interval()[1]


@pytest.mark.parametrize(
    "written", ["05.14.2031", "14.05.2031", "14 | 05 | 2031", "14 травня 2031", "14. toukokuuta 2031"]
)
def test_a_day_that_only_one_order_allows_is_read_with_any_sign_between(written: str) -> None:
    found = read_date(written)
    assert found is not None and (found.on(), found.ambiguous) == (date(2031, 5, 14), False)


def test_the_address_of_a_page_can_hold_its_day() -> None:
    for address in ("https://example.org/2031/05/03/harbour", "https://example.org/a/2031/may/3/harbour/"):
        found = date_in_address(address)
        assert found is not None and found.on() == DAY
    assert date_in_address("https://example.org/story/20310/5/3") is None


def test_no_name_means_two_different_months_or_weekdays() -> None:
    table = tomllib.loads(files("provenance").joinpath("data", "calendar.toml").read_text(encoding="utf-8"))
    for which, length in (("months", 12), ("weekdays", 7)):
        seen: dict[str, int] = {}
        for language in table.values():
            assert len(language[which]) == length
            for number, forms in enumerate(language[which]):
                for form in forms.split("|"):
                    assert seen.setdefault(form, number) == number, form


def test_a_megabyte_of_anything_is_searched_in_a_moment() -> None:
    for piece in (" ", "a", "1", "1 ", "May 3 ", "3/4/", "3 May, "):
        start = time.process_time()
        find_dates(piece * (1_000_000 // len(piece)))
        assert time.process_time() - start < 10, piece


FIGURES = st.integers(min_value=0, max_value=99).map("{:02}".format)
ZONES = st.sampled_from(["", "Z", "+00:00", "-0500", "+02:30", "+99:59", "z", " UTC"])


@given(
    st.integers(1490, 2210), FIGURES, FIGURES, st.sampled_from(["", "T"]), st.tuples(FIGURES, FIGURES, FIGURES), ZONES
)
def test_a_date_as_programs_write_it_is_read_as_it_is_found_in_a_text(
    year: int, month: str, day: str, between: str, clock: tuple[str, str, str], zone: str
) -> None:
    written = f"{year}-{month}-{day}" + (f"{between}{':'.join(clock)}{zone}" if between else "")
    found = next((d for d in find_dates(written, short_years=True) if d.is_full), None)
    assert found is None or read_date(written) == found


@given(st.datetimes(datetime(1600, 1, 1), datetime(2190, 1, 1)), st.sampled_from(["", "Z", "+01:00", "-1130"]))
def test_an_instant_as_programs_write_it_is_read_as_it_is_found_in_a_text(at: datetime, zone: str) -> None:
    written = at.replace(microsecond=0).isoformat() + zone
    assert read_date(written) == find_dates(written, short_years=True)[0]
