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
    assert "│ Harbour Post   │ Northern Wire  │ contributed │ not       │ very likely  │" in table
    assert all(word in table for word in ("84 %", "(secondary)", "leaning", "[digest.txt]"))
    assert max(columns(line) for line in table.splitlines()) <= 100


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
