"""The learnt weights as a file: it reads back, says what made it, and keeps what a reader set by hand."""

import re
import tomllib
from dataclasses import replace

import pytest

from provenance import Settings
from provenance.errors import SettingError
from provenance.learn import ENOUGH, Fitted, told, weights_file
from provenance.reconstruct.weights import cue_weights

BEFORE = cue_weights()


def learnt(**changed):
    """Weights as if learnt: those by hand, a quarter louder, but for those that are given."""
    weights = {cue: round(1.25 * weight, 4) for cue, weight in BEFORE.by_hand.items()} | changed
    return Fitted(weights, 1.3, {cue: n for n, cue in enumerate(weights)}, (-1.5, -1.25), 480)


@pytest.fixture
def written(tmp_path):
    file = tmp_path / "weights.toml"
    file.write_text(weights_file(learnt(crowd=0.0), BEFORE, ["Made by: a test", ""]), encoding="utf-8")
    return file


def test_the_file_reads_back_with_the_same_weights_and_what_was_set_by_hand(written):
    found = cue_weights(str(written))
    assert dict(found.weights) == dict(learnt(crowd=0.0).weights)
    assert found.calibrated is True
    assert (found.by_hand, found.firm, found.meanings) == (BEFORE.by_hand, BEFORE.firm, BEFORE.meanings)


def test_it_says_what_made_it_and_on_how_many_each_cue_spoke(written):
    text = written.read_text(encoding="utf-8")
    assert "# Made by: a test\n" in text
    spoke = {cue: row["spoke"] for cue, row in tomllib.loads(text)["cues"].items()}
    assert spoke == learnt().spoke


def test_learning_anew_from_it_writes_the_same_bytes(written):
    again = weights_file(learnt(crowd=0.0), cue_weights(str(written)), ["Made by: a test", ""])
    assert again == written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not say whether it is calibrated"),
        ("[cues]\n", "does not say whether it is calibrated"),
        ("calibrated = 1\n[cues]\n", "does not say whether it is calibrated"),
        ("calibrated = true\n", r"no table \[cues\]"),
        ("calibrated = true\n[cues]\ntime = 1.0\n", "time is no table"),
        ('calibrated = true\n[cues]\ntime = { weight = 1.0, by_hand = 1.0, meaning = "x" }\n', "it has no weight for"),
        ("no TOML at all", "no file of cue weights"),
    ],
)
def test_what_is_no_such_file_is_said_with_the_cure(tmp_path, text, said):
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(SettingError, match=said) as wrong:
        cue_weights(str(file))
    assert "provenance learn" in str(wrong.value)
    assert Settings(cues=str(file)).cues == str(file)  # it is read when it is needed


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(SettingError, match="no file of cue weights"):
        cue_weights("no/such/file.toml")


@pytest.mark.parametrize(
    ("part", "instead", "said"),
    [
        (r"weight = [^,]+", "weight = nan", "weight is nan; write a number from -20 to 20"),
        (r"weight = [^,]+", "weight = true", "weight is True; write a number"),
        (r"weight = [^,]+", "weight = 21", "weight is 21; write a number"),
        (r"weight = [^,]+", 'weight = "1"', "weight is '1'; write a number"),
        (r"by_hand = [^,]+", "by_hand = -inf", "by_hand is -inf; write a number"),
        (r"by_hand = [^,]+, ", "", "by_hand is missing; write a number"),
        (r"firm = true", "firm = 1", "firm is 1; write true or false"),
        (r"meaning = ", "mean = ", "has no meaning"),
    ],
)
def test_a_line_that_says_nothing_possible_is_named_with_the_cure(written, part, instead, said):
    lines = written.read_text(encoding="utf-8").splitlines()
    lines = [re.sub(part, instead, line, count=1) if line.startswith("one_of_many") else line for line in lines]
    written.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SettingError, match=f"one_of_many:? {said}"):
        cue_weights(str(written))


def test_a_cue_that_there_is_not_is_named(written):
    with written.open("a", encoding="utf-8") as file:
        file.write('bogus = { weight = 1.0, by_hand = 1.0, meaning = "nothing at all" }\n')
    with pytest.raises(SettingError, match="bogus is no cue of this version"):
        cue_weights(str(written))


def test_what_few_texts_taught_is_not_called_calibrated(tmp_path):
    for texts, calibrated in ((ENOUGH - 1, False), (ENOUGH, True)):
        file = tmp_path / f"{texts}.toml"
        file.write_text(weights_file(replace(learnt(), texts=texts), BEFORE, []), encoding="utf-8")
        assert cue_weights(str(file)).calibrated is calibrated
        assert ("fewer than 300" in " ".join(told(replace(learnt(), texts=texts), BEFORE))) is not calibrated


def test_reasons_that_fell_silent_are_listed():
    *_, gained = told(learnt(), BEFORE)
    assert gained.endswith("give the true source 28 % more probability than the weights set by hand.")
    assert [*told(learnt(crowd=0.0), BEFORE)][-1] == "1 reason no longer counts: crowd"
    assert [*told(learnt(crowd=0.0, time=0.0), BEFORE)][-1].startswith("2 reasons no longer count: ")
