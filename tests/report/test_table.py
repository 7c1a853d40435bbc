import csv
import io
from dataclasses import replace

from provenance.model import Trace
from provenance.report.columns import columns
from provenance.report.table import CSV_COLUMNS, derivations_csv, derivations_table


def rows(trace: Trace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(derivations_csv(trace), newline="")))


def test_the_table_has_a_row_for_each_derivation(ferry: Trace) -> None:
    table = derivations_table(ferry)
    assert "│ Harbour Post         │ Northern Wire (its   │ very likely     │ it says" in table
    assert all(word in table for word in ("84 % of it", "25 % of source", "also: an", "leaning", "[digest.txt]"))
    for width in (80, 100, 140):
        assert max(columns(line) for line in derivations_table(ferry, width=width).splitlines()) <= width


def test_a_wide_screen_has_a_column_for_each_thing(ferry: Trace) -> None:
    wide = derivations_table(ferry, width=120).splitlines()
    headers = [cell.strip() for cell in wide[1].strip("│").split("│")]
    assert headers == ["derived", "source", "kind", "share of text", "confidence", "strongest reason"]
    assert max(columns(line) for line in wide) <= 120


def test_a_text_read_through_another_has_no_share_and_says_nothing_of_it(ferry: Trace) -> None:
    assert derivations_table(ferry).count("share not known") == 1  # Northern Wire's, not Isles Digest's


def test_a_file_name_is_whole_where_the_width_allows(ferry: Trace) -> None:
    id = "2031-05/004-the-ferry-aground.html"
    long = replace(ferry.articles[3], id=id)
    arrows = tuple(replace(d, source=id) if d.source == "post.html" else d for d in ferry.derivations)
    trace = replace(ferry, articles=(*ferry.articles[:3], long, *ferry.articles[4:]), derivations=arrows)
    assert f"│ [{id}] " in derivations_table(trace)
    narrow = derivations_table(trace, width=72)
    assert "[2031-05/004- " in narrow and max(columns(line) for line in narrow.splitlines()) <= 74


def test_ids_that_look_like_numbers_stay_as_they_are(ferry: Trace) -> None:
    odd = replace(ferry.articles[0], id="1e5", outlet=None)
    first = replace(ferry.derivations[0], derived="1e5")
    table = derivations_table(replace(ferry, articles=(odd, *ferry.articles[1:]), derivations=(first,)))
    assert "1e5" in table and "100000" not in table


def test_the_table_stays_straight_with_wide_characters(ferry: Trace) -> None:
    wide = replace(ferry.articles[3], outlet="港口新闻")
    table = derivations_table(replace(ferry, articles=(*ferry.articles[:3], wide, *ferry.articles[4:])))
    assert len({columns(line) for line in table.splitlines()}) == 1


def test_csv_has_all_derivations_and_always_the_same_columns(ferry: Trace) -> None:
    found = rows(ferry)
    assert tuple(found[0]) == CSV_COLUMNS
    assert [(r["derived"], r["source"]) for r in found] == [(d.derived, d.source) for d in ferry.derivations]
    assert [r["is_primary"] for r in found] == ["yes", "no", "yes", "yes", "no"]
    assert found[0]["probability"] == "0.9312" and found[4]["share"] == ""
    assert found[0]["share_of_source"] == "0.25" and found[1]["share_of_source"] == ""
    assert rows(replace(ferry, derivations=())) == []


def test_csv_is_rfc_4180(ferry: Trace) -> None:
    text = derivations_csv(ferry)
    assert text.endswith("\r\n") and text.count("\r\n") == 1 + len(ferry.derivations)
    assert '"it says ""Northern Wire contributed to this report"""' in text


def test_no_cell_is_a_formula_or_an_escape(ferry: Trace) -> None:
    evil = replace(ferry.derivations[0], derived="=cmd|calc!A1", source="@SUM(A1)\x1b[2J")
    found = rows(replace(ferry, derivations=(evil,)))[0]
    assert found["derived"] == "'=cmd|calc!A1" and found["source"] == "'@SUM(A1)"


def test_ids_keep_their_spaces_in_csv(ferry: Trace) -> None:
    spaced = replace(ferry.derivations[0], derived="two  spaces, and a comma.txt")
    assert rows(replace(ferry, derivations=(spaced,)))[0]["derived"] == "two  spaces, and a comma.txt"
