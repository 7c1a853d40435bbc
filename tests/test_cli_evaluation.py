"""``provenance evaluate``: a pile or a saved trace against truth."""

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import main

INPUTS = Path(__file__).parents[1] / "inputs"
SMALL, TRUTH = INPUTS / "small", INPUTS / "small" / "truth.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "trace.json"
    assert run("trace", SMALL, "--format", "json", "-o", file, "--quiet").exit_code == 0
    return file


def test_a_pile_is_traced_and_measured() -> None:
    done = run("evaluate", SMALL, TRUTH, "--quiet")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("A trace of 5 articles, held against")
    assert done.stdout.endswith("No miss.\n")


def test_a_saved_trace_gives_what_its_pile_gives(saved: Path, tmp_path: Path) -> None:
    packed = tmp_path / "trace.json.gz"
    packed.write_bytes(gzip.compress(saved.read_bytes()))
    whole = run("evaluate", SMALL, TRUTH, "--quiet").stdout
    said = run("evaluate", saved, TRUTH)
    assert said.stdout == run("evaluate", packed, TRUTH).stdout
    assert re.findall("^arrows .*", whole, re.MULTILINE)[0].startswith(
        re.findall("^arrows .*", said.stdout, re.MULTILINE)[0]
    )
    assert ("its dates cannot be hidden" in said.stderr, "dates hidden" in said.stdout) == (True, False)


def test_a_pile_is_measured_with_its_dates_and_without_them_side_by_side() -> None:
    both, hidden = (
        run("evaluate", SMALL, TRUTH, "--quiet", "--format", "json", *more) for more in ((), ("--hide-dates",))
    )
    with_dates, without = json.loads(both.stdout), json.loads(hidden.stdout)
    assert with_dates.pop("with_dates_hidden") == {k: v for k, v in without.items() if k != "with_dates_hidden"}
    assert (with_dates["dates_hidden"], without["dates_hidden"], without["with_dates_hidden"]) == (False, True, None)
    table = run("evaluate", SMALL, TRUTH, "--quiet").stdout
    assert "F1, dates hidden" in table
    assert "earliest + largest coverage, without dates" in table


def test_a_date_that_a_person_states_is_hidden_too(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text("article,field,value,says\n02-valley-commuters.txt,date,2028-03-15,the editor\n", encoding="utf-8")
    plain, stated = (
        run("evaluate", SMALL, TRUTH, "--quiet", "--hide-dates", "--format", "json", *more).stdout
        for more in ((), ("--facts", facts))
    )
    assert plain == stated


def test_json_and_plot_go_into_files(tmp_path: Path) -> None:
    scores, plot = tmp_path / "scores.json", tmp_path / "scores.svg"
    done = run("evaluate", SMALL, TRUTH, "--quiet", "--format", "json", "-o", scores, "--plot", plot)
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(scores.read_text())["arrows"]["f1"] == 1
    assert plot.read_text().startswith("<svg")


def test_hidden_dates_are_said_to_be_hidden_and_a_saved_trace_is_finished(saved: Path) -> None:
    assert "its dates hidden" in run("evaluate", SMALL, TRUTH, "--quiet", "--hide-dates").stdout
    for change in (["--hide-dates"], ["--set", "shingle_words=4"]):
        done = run("evaluate", saved, TRUTH, *change)
        assert (done.exit_code, "a saved trace is finished" in done.stderr) == (2, True)


def test_every_miss_is_named(saved: Path, tmp_path: Path) -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    del truth["derivations"][1]
    file = tmp_path / "truth.json"
    file.write_text(json.dumps(truth), encoding="utf-8")
    done = run("evaluate", saved, file)
    assert done.stdout.endswith("1 miss:\n- arrow not true: 02-valley-commuters.txt from 01-swing-bridge.txt\n")


def test_a_file_that_is_no_trace_no_pile_or_no_truth_ends_in_one_line(tmp_path: Path) -> None:
    no_trace = tmp_path / "x.json"
    no_trace.write_text("{", encoding="utf-8")
    for arguments in ((no_trace, TRUTH), (SMALL, no_trace)):
        done = run("evaluate", *arguments)
        assert (done.exit_code, "Traceback" in done.output) == (1, False)


def test_a_place_that_cannot_be_written_to_is_refused_before_the_work(tmp_path: Path) -> None:
    done = run("evaluate", SMALL, TRUTH, "--plot", tmp_path / "nowhere" / "x.svg")
    assert done.exit_code == 2
    assert "--plot: there is no folder" in done.stderr


def test_a_picture_of_another_sort_is_refused(tmp_path: Path) -> None:
    done = run("evaluate", SMALL, TRUTH, "--plot", tmp_path / "x.png")
    assert done.exit_code == 2 and "--plot draws SVG: name it x.svg" in done.stderr


def test_the_truth_of_another_pile_is_refused(saved: Path) -> None:
    for pile in (SMALL, saved):
        done = run("evaluate", pile, INPUTS / "classroom" / "truth.json", "--quiet")
        assert (done.exit_code, done.stdout) == (1, "")
        assert "19 in all): is it of another pile?" in done.stderr


def test_articles_that_the_truth_has_more_are_said(tmp_path: Path) -> None:
    for file in SMALL.glob("*.txt"):
        if not file.name.startswith("05"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    done = run("evaluate", tmp_path, TRUTH)
    assert done.exit_code == 0, done.output
    assert "truth.json speaks of articles that are not in the pile (05-old-piers.txt)\n" in done.stderr
    assert "not in the pile" not in run("evaluate", SMALL, TRUTH).stderr
