"""provenance pairs on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import main

KEPT = (
    "The ferry to Carrow Point will not sail again before the pier has been mended, the harbour master said on Monday, "
    "because two of its piles were found to be hollow and the third has moved by the width of a hand since the autumn."
)
CHOIR = "The Skelvoe choir will rehearse aboard the tender this summer because the hall roof has been condemned."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pairs", *map(str, arguments)])


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two texts that share a passage, and one about something else."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "gazette.txt").write_text(f"Harbour Gazette. {KEPT}")
    (folder / "post.txt").write_text(f"What the Evening Post has learnt. {KEPT}")
    (folder / "choir.txt").write_text(CHOIR)
    return folder


def test_a_line_names_both_texts_and_where_the_passage_stands(pile: Path) -> None:
    (line,) = run(pile, "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert (found["a"], found["b"]) == ("gazette.txt", "post.txt")
    (passage,) = found["passages"]
    texts = [(pile / found[side]).read_text()[slice(*passage[side])] for side in "ab"]
    assert texts[0] == texts[1] and KEPT.removesuffix(".") in texts[0]


def test_the_table_is_what_people_get(pile: Path) -> None:
    shown = run(pile).stdout
    assert "words in common" in shown and "gazette.txt" in shown and "choir.txt" not in shown


def test_a_file_is_written_whole_and_said(pile: Path, tmp_path: Path) -> None:
    done = run(pile, "--format", "csv", "-o", tmp_path / "pairs.csv")
    assert done.exit_code == 0 and done.stdout == ""
    assert (tmp_path / "pairs.csv").read_text().splitlines()[1].startswith("gazette.txt,post.txt,")
    assert "(1 pair)" in done.stderr
    assert run(pile, "--format", "csv", "-o", tmp_path / "pairs.csv", "--quiet").stderr == ""


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(pile: Path) -> None:
    (pile / "broken.jsonl").write_text("{no json\n")
    done = run(pile, "--format", "jsonl")
    assert done.exit_code == 0 and "broken.jsonl" in done.stderr and len(done.stdout.splitlines()) == 1


def test_threads_change_nothing(pile: Path) -> None:
    assert run(pile, "--format", "jsonl", "--threads", "1").stdout == run(pile, "--format", "jsonl").stdout
    assert run(pile, "--threads", "0").exit_code == 2
