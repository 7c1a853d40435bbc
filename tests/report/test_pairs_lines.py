"""Pairs of texts that share passages: as lines of JSON, as CSV and as a table of the closest."""

import csv
import io
import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from provenance.report.pairs_lines import Counted, pairs_csv, pairs_jsonl, pairs_table
from provenance.shared import SharedText

FERRY = SharedText("gazette.txt", "post.txt", 30, [(0, 60, 12, 72, 11, True), (80, 190, 100, 200, 19, False)])
CHOIR = SharedText("choir.txt", "post.txt", 90, [(5, 500, 0, 495, 90, True)])

NUMBER = st.integers(0, 10**6)
PASSAGE = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.booleans())
ANY = st.builds(SharedText, st.text(max_size=9), st.text(max_size=9), NUMBER, st.lists(PASSAGE, max_size=3))


def plainly(shared: SharedText) -> dict[str, object]:
    kinds = {True: "verbatim", False: "edited"}
    passages = [{"a": [p[0], p[1]], "b": [p[2], p[3]], "words": p[4], "kind": kinds[p[5]]} for p in shared.passages]
    return {"a": shared.a, "b": shared.b, "words": shared.words, "passages": passages}


@given(st.lists(ANY, max_size=4))
def test_a_line_is_what_the_plain_writer_of_json_makes_of_a_pair(pairs: list[SharedText]) -> None:
    assert list(pairs_jsonl(pairs)) == [json.dumps(plainly(p), ensure_ascii=False) + "\n" for p in pairs]


def test_an_id_that_is_half_a_character_can_be_written() -> None:
    (line,) = pairs_jsonl([FERRY._replace(a="caf\udce9.txt")])
    assert json.loads(line.encode())["a"] == "caf\udce9.txt"


def test_a_pair_is_written_before_the_next_is_found() -> None:
    def found() -> Iterator[SharedText]:
        yield FERRY
        raise AssertionError("asked for the next pair")

    assert json.loads(next(pairs_jsonl(found())))["words"] == 30
    assert "gazette.txt" in next(pairs_csv(found()))


def test_csv_has_a_row_a_pair_and_its_header_even_without_one() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(pairs_csv([FERRY, CHOIR])))))
    assert rows[0] == {
        "a": "gazette.txt",
        "b": "post.txt",
        "words": "30",
        "unchanged_words": "11",
        "passages": "2",
    }
    assert len(rows) == 2
    assert "".join(pairs_csv([])) == "a,b,words,unchanged_words,passages\r\n"


def test_csv_holds_no_formula() -> None:
    assert "'=1+1" in "".join(pairs_csv([FERRY._replace(a="=1+1")]))


def test_the_table_shows_the_closest_first() -> None:
    shown = pairs_table(Counted([FERRY, CHOIR]))
    assert shown.index("choir.txt") < shown.index("gazette.txt") and "unchanged" in shown
    assert pairs_table(Counted([FERRY]), ascii=True).isascii()


def test_a_table_that_leaves_pairs_out_says_how_many() -> None:
    many = Counted(FERRY._replace(a=f"{n}.txt", words=30 + n) for n in range(1234))
    shown = pairs_table(many, width=80)
    assert "and 1,034 pairs with fewer words in common; --format jsonl" in shown.replace("\n", " ")
    assert "1233.txt" in shown and " 7.txt" not in shown


def test_no_pair_is_said_in_words() -> None:
    assert pairs_table(Counted([])) == "No two of these texts share a passage.\n"


def test_long_names_fit_into_a_narrow_terminal() -> None:
    shown = pairs_table(Counted([FERRY._replace(a="a-very-long-name-of-a-file/" * 5)]), width=90)
    assert max(map(len, shown.splitlines())) <= 90
