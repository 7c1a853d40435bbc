"""provenance learn at the command line: simulate, learn, trace with what was learnt."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import main
from provenance.reconstruct.weights import cue_weights


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learning") / "pile"
    made = run("simulate", "-o", folder, "--families", "8", "--size", "4-7", "--seed", "5", "--difficulty", "dated")
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def learnt(pile: Path) -> tuple[Path, Result]:
    file = pile.parent / "weights.toml"
    return file, run("learn", pile, "-o", file)


def test_weights_are_learnt_from_a_pile_and_a_trace_takes_them(pile: Path, learnt: tuple[Path, Result]) -> None:
    file, done = learnt
    assert done.exit_code == 0, done.output
    assert " texts of 1 folder.\n" in done.stderr
    assert re.search(
        r"give the true source (\d+ % (more|less)|as much) probability (than|as) the weights set", done.stderr
    )
    assert not done.stdout
    found, shipped = cue_weights(str(file)), cue_weights()
    assert set(found.weights) == set(shipped.weights)
    assert found.by_hand == shipped.by_hand
    assert found.weights != shipped.weights
    usual, other = (
        json.loads(run("trace", pile, "--format", "json", "--quiet", *more).stdout)
        for more in ((), ("--set", f"cues={file}"))
    )
    assert other["generated_by"]["settings"]["cues"] == str(file)
    assert "fewer than 300: the file says calibrated = false" in done.stderr
    assert other["generated_by"]["calibrated"] is False
    assert other["derivations"] != usual["derivations"]


def test_the_same_piles_give_the_same_bytes(pile: Path, learnt: tuple[Path, Result]) -> None:
    again = pile.parent / "again.toml"
    assert run("learn", pile, "-o", again, "--quiet").exit_code == 0
    assert again.read_bytes() == learnt[0].read_bytes()


def test_quiet_says_nothing_and_a_smaller_spread_stays_nearer_to_the_hand(
    pile: Path, learnt: tuple[Path, Result]
) -> None:
    near = pile.parent / "near.toml"
    done = run("learn", pile, "-o", near, "--spread", "0.01", "--quiet")
    assert done.exit_code == 0 and not done.output

    def ratio(file: Path) -> float:  # what is left apart once all that spoke are divided by the temperature
        found, rows = cue_weights(str(file)), tomllib.loads(file.read_text(encoding="utf-8"))["cues"]
        parts = [found[c] / h for c, h in found.by_hand.items() if abs(h) > 0.4 and rows[c]["spoke"]]
        return max(parts) - min(parts)

    assert ratio(near) < 0.1 < ratio(learnt[0])


def test_a_pile_in_which_nobody_shares_text_is_said_to_teach_nothing(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    (folder / "a.txt").write_text((root / "inputs" / "small" / "01-swing-bridge.txt").read_text(encoding="utf-8"))
    (folder / "truth.json").write_text('{"derivations": []}')
    done = run("learn", folder, "-o", tmp_path / "w.toml", "--quiet")
    assert done.exit_code == 1
    assert "give more" in done.stderr and "Traceback" not in done.output
    assert not (tmp_path / "w.toml").exists()


@pytest.mark.parametrize(
    "arguments", [(), ("--spread", "0"), ("--spread", "nan", "-o", "w.toml"), ("-o", "no/such/folder/w.toml")]
)
def test_wrong_usage_is_said_before_the_work(pile: Path, arguments: tuple[str, ...]) -> None:
    done = run("learn", pile, *arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_a_folder_without_a_truth_is_said(tmp_path: Path) -> None:
    done = run("learn", tmp_path, "-o", tmp_path / "w.toml", "--quiet")
    assert done.exit_code == 1
    assert "truth.json" in done.stderr


def test_a_folder_given_twice_is_refused(pile: Path, tmp_path: Path) -> None:
    done = run("learn", pile, pile.parent / "." / pile.name, "-o", tmp_path / "w.toml")
    assert done.exit_code == 2 and "is given twice" in done.stderr


def test_the_weights_are_not_written_over_what_is_read(pile: Path) -> None:
    before = (pile / "truth.json").read_bytes()
    for name in ("truth.json", "articles.jsonl", "new.txt"):
        done = run("learn", pile, "-o", pile / name)
        assert done.exit_code == 2 and "stands among what is read" in done.stderr
    assert (pile / "truth.json").read_bytes() == before


def test_a_place_that_takes_no_file_is_said_before_the_work(pile: Path) -> None:
    done = run("learn", pile, "-o", "/proc/w.toml")
    assert done.exit_code == 2 and "cannot be written to" in done.stderr


def test_the_truth_of_another_pile_is_refused(pile: Path, tmp_path: Path, root: Path) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(pile, mixed)
    (mixed / "truth.json").write_bytes((root / "inputs" / "classroom" / "truth.json").read_bytes())
    done = run("learn", mixed, "-o", tmp_path / "w.toml", "--quiet")
    assert done.exit_code == 1 and "mixed/truth.json speaks of articles that are not in the pile" in done.stderr
    assert "19 in all): is it of another pile?" in done.stderr
    assert not (tmp_path / "w.toml").exists()
