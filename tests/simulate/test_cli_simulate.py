"""provenance simulate at the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from provenance.cli import main
from provenance.ingest import read_truth
from provenance.simulate import SIZES


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
    run("simulate", "-o", tmp_path / "given", "--families", "4", "--seed", "6", "--difficulty", "dated")
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
        (("--size", "0-9"), "a family has 1 to 500 texts"),
        (("--size", "9-501"), "a family has 1 to 500 texts"),
        (("--families", "100001"), "100001 is not in the range"),
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


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "README.md"
    mine.write_text("# My articles\n")
    done = run("simulate", "-o", tmp_path, "--families", "1")
    assert done.exit_code == 2 and "is not empty and no pile of provenance simulate" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"] and mine.read_text() == "# My articles\n"
    assert run("simulate", "-o", tmp_path, "--families", "1", "--force").exit_code == 0
    assert run("simulate", "-o", tmp_path, "--families", "1").exit_code == 0  # now it is a pile of ours


def test_no_name_of_a_folder_is_refused() -> None:
    done = run("simulate", "-o", "", "--families", "1")
    assert done.exit_code == 2 and "name a folder" in done.stderr


def test_the_range_of_sizes_is_that_of_a_difficulty() -> None:
    assert f"({SIZES[0]}-{SIZES[1]})" in run("simulate", "--help").stdout


def test_articles_that_credit_others_are_no_material(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    text = " ".join(f"The ferry crew of pier {n} counted {n + 3} boats before noon on that day." for n in range(9))
    for n in range(4):
        credit = "\n\nThis article was originally published by the Brindle Harbour Post." if n == 3 else ""
        (given / f"{n}.txt").write_text(f"Boats counted at pier {n}\n\n{text.replace('noon', f'{n} pm')}{credit}\n")
    done = run("simulate", "-o", tmp_path / "pile", "--families", "2", "--material", given)
    assert done.exit_code == 1, done.output
    assert "1 article of the material left out" in done.stderr
    assert "suffices for 1 family (3 articles each; it has 3" in done.stderr
    assert run("simulate", "-o", tmp_path / "pile", "--families", "1", "--material", given).exit_code == 0


def test_a_pile_says_what_its_text_is_and_whose(tmp_path: Path) -> None:
    run("simulate", "-o", tmp_path / "own", "--families", "4", "--seed", "6", "--difficulty", "dated")
    run("simulate", "-o", tmp_path / "pile", "--families", "1", "--material", tmp_path / "own")
    own, pile = ((tmp_path / name / "README.md").read_text() for name in ("own", "pile"))
    assert "often ungrammatical" in " ".join(own.split()) and "often ungrammatical" in " ".join(pile.split())
    assert "Nothing in it happened" in own and "Nothing in it happened" not in pile
    assert "names and events may be real" in pile and "Do not publish." in pile and "of 1 family, made by" in pile
    assert read_truth(tmp_path / "own" / "truth.json").licence == "Apache-2.0"
    assert '"licence"' not in (tmp_path / "pile" / "truth.json").read_text()
