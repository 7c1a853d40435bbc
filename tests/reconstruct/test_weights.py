"""The data file of cue weights fits the cues that use it."""

import ast
import math
from importlib.resources import files
from pathlib import Path

import pytest

import provenance
from provenance.reconstruct.weights import cue_weights


def words_of_the_stage():
    """Every string that stands in the code of the reconstruction stage."""
    folder = Path(provenance.__file__).parent / "reconstruct"
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in folder.glob("*.py"))
    return {
        n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def test_every_weight_is_a_finite_number_other_than_zero():
    assert all(math.isfinite(w) and w != 0 for w in cue_weights().weights.values())
    assert len(cue_weights().weights) > 20


def test_every_weight_of_the_file_is_used_somewhere():
    assert set(cue_weights().weights) <= words_of_the_stage()


def test_every_finding_of_the_code_has_its_weight():
    folder = Path(provenance.__file__).parent / "reconstruct"
    named = {
        call.args[0].value
        for file in folder.glob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding"
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(named) > 15
    assert named <= set(cue_weights().weights)


def test_weights_set_by_hand_are_not_called_calibrated():
    assert cue_weights().calibrated is False


def test_every_weight_has_its_reason_beside_it():
    text = files("provenance").joinpath("data", "cue_weights.toml").read_text(encoding="utf-8")
    lines = text.split("[weights]")[1].strip().splitlines()
    assert all("#" in line and len(line.split("#")[1].split()) >= 3 for line in lines)


def test_the_more_a_credit_says_of_the_text_the_more_it_weighs():
    weights = cue_weights()
    assert weights["credit_markup"] >= weights["credit_whole"] > weights["credit_part"] >= weights["credit_fact"] > 0


def test_what_a_person_states_weighs_more_than_any_other_cue():
    weights = cue_weights().weights
    assert weights["stated"] == max(abs(w) for w in weights.values())


@pytest.mark.parametrize("cue", ["one_of_many", "time_against", "credit_back", "crowd", "third_party_deficit"])
def test_what_speaks_against_an_arrow_weighs_below_zero(cue):
    assert cue_weights()[cue] < 0


def test_a_cue_without_a_weight_is_an_error_and_no_zero():
    with pytest.raises(KeyError):
        cue_weights()["phase_of_the_moon"]
