"""provenance learn at the command line: simulate, learn, trace with what was learnt."""

import json
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
    assert "Learnt from" in done.stderr and "times the probability" in done.stderr
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
    assert other["generated_by"]["calibrated"] is True
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

    def ratio(file: Path) -> float:  # what is left apart once all are divided by the temperature
        found = cue_weights(str(file))
        parts = [found[c] / found.by_hand[c] for c in found.by_hand if abs(found.by_hand[c]) > 0.4]
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


@pytest.mark.parametrize("arguments", [(), ("--spread", "0"), ("-o", "no/such/folder/w.toml")])
def test_wrong_usage_is_said_before_the_work(pile: Path, arguments: tuple[str, ...]) -> None:
    done = run("learn", pile, *arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_a_folder_without_a_truth_is_said(tmp_path: Path) -> None:
    done = run("learn", tmp_path, "-o", tmp_path / "w.toml", "--quiet")
    assert done.exit_code == 1
    assert "truth.json" in done.stderr
