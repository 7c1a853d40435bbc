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


def test_every_weight_is_a_finite_number_with_the_sign_of_the_one_by_hand():
    weights = cue_weights()
    assert len(weights.weights) > 30
    for cue, weight in weights.weights.items():
        assert math.isfinite(weight) and math.isfinite(weights.by_hand[cue]), cue
        assert weight * weights.by_hand[cue] >= 0, cue  # learning may silence a cue, never turn it round


def test_learning_left_most_cues_a_voice():
    silent = [cue for cue, weight in cue_weights().weights.items() if weight == 0]
    assert len(silent) < len(cue_weights().weights) / 4


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


def test_the_shipped_weights_are_learnt_and_say_by_which_command():
    text = files("provenance").joinpath("data", "cue_weights.toml").read_text(encoding="utf-8")
    assert cue_weights().calibrated is True
    assert "# Made by: " in text


def test_every_cue_says_what_it_is():
    meanings = cue_weights().meanings
    assert set(meanings) == set(cue_weights().weights)
    assert all(len(meaning.split()) >= 3 for meaning in meanings.values())


def test_a_cue_that_is_firm_is_a_cue():
    assert cue_weights().firm <= set(cue_weights().weights)
    assert len(cue_weights().firm) > 10


def test_the_more_a_credit_says_of_the_text_the_more_it_weighs_by_hand():
    hand = cue_weights().by_hand
    assert hand["credit_markup"] >= hand["credit_whole"] > hand["credit_part"] >= hand["credit_fact"] > 0


@pytest.mark.parametrize("kind", ["weights", "by_hand"])
def test_what_a_person_states_weighs_more_than_any_other_cue(kind):
    weights = getattr(cue_weights(), kind)
    assert weights["stated"] == max(abs(w) for w in weights.values())
    assert [cue for cue, w in weights.items() if abs(w) == weights["stated"]] == ["stated"]


@pytest.mark.parametrize("cue", ["one_of_many", "time_against", "credit_back", "crowd", "third_party_deficit"])
def test_what_speaks_against_an_arrow_weighs_below_zero(cue):
    assert cue_weights().by_hand[cue] < 0
    assert cue_weights()[cue] <= 0


def test_a_cue_without_a_weight_is_an_error_and_no_zero():
    with pytest.raises(KeyError):
        cue_weights()["phase_of_the_moon"]
