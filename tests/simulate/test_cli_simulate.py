"""provenance simulate at the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from provenance.cli import main
from provenance.ingest import read_truth


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_pile_is_written_traced_and_evaluated(tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    done = run("simulate", "-o", folder, "--families", "2", "--seed", "4", "--size", "3-6", "--difficulty", "dated")
    assert done.exit_code == 0, done.output
    assert "articles of 2 families" in done.stderr and not done.stdout
    assert sorted(file.name for file in folder.iterdir()) == ["README.md", "articles.jsonl", "truth.json"]
    scored = run("evaluate", folder, folder / "truth.json", "--quiet")
    assert scored.exit_code == 0, scored.output
    assert "held against what is true" in scored.stdout


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("simulate", "-o", tmp_path / name, "--families", "2").exit_code == 0
    for file in ("articles.jsonl", "truth.json", "README.md"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_material_is_read_and_made_into_families(tmp_path: Path) -> None:
    run("simulate", "-o", tmp_path / "given", "--families", "4", "--seed", "6")
    done = run("simulate", "-o", tmp_path / "pile", "--families", "1", "--material", tmp_path / "given")
    assert done.exit_code == 0, done.output
    assert read_truth(tmp_path / "pile" / "truth.json").derivations_are_complete


def test_a_file_sets_single_probabilities(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('like = "dated"\ncredited = 1.0\nhidden_root = 0.0\nhidden_inner = 0.0\n')
    assert run("simulate", "-o", tmp_path / "pile", "--families", "6", "--difficulty", own).exit_code == 0
    truth = read_truth(tmp_path / "pile" / "truth.json")
    assert not truth.named_sources and truth.cited_at_least
    assert '"mine"' in (tmp_path / "pile" / "README.md").read_text()


def test_what_makes_no_sense_is_said_in_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("creditted = 0.5\n")
    for arguments, said in (
        (("--size", "9"), "no range"),
        (("--size", "9-3"), "more than largest"),
        (("--difficulty", "hard"), "there are dated, half, bare"),
        (("--difficulty", str(wrong)), "'creditted' is no part of a difficulty"),
        (("--families", "0"), "0 is not in the range"),
    ):
        done = run("simulate", "-o", tmp_path / "pile", *arguments)
        assert done.exit_code == 2 and said in done.stderr, done.output
        assert "Traceback" not in done.output
    assert not (tmp_path / "pile").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = run("simulate", "-o", tmp_path / "file", "--families", "1")
    assert done.exit_code == 2 and "cannot be written to" in done.stderr
