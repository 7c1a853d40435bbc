"""The learnt weights as a file: it reads back, says what made it, and keeps what a reader set by hand."""

import tomllib

import pytest

from provenance import Settings
from provenance.errors import SettingError
from provenance.learn import Fitted, weights_file
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
        ("", "no file of cue weights"),
        ("[cues]\n", "no file of cue weights"),
        ("calibrated = true\n[cues]\ntime = 1.0\n", "no file of cue weights"),
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
