"""The weights of the cues: log-odds in a data file, with a word on whether they were calibrated."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from provenance.errors import SettingError

SHIPPED = "shipped"
LARGEST = 20.0  # log-odds, either way: one to 500 million says all that a cue can say


@dataclass(frozen=True, slots=True, eq=False)
class CueWeights:
    """Log-odds of every cue at full strength; ``calibrated`` when they were fitted so that probabilities hold.

    ``by_hand`` are the weights that a reader of real piles would give, ``firm`` those of them that rest on many read
    cases, ``meanings`` what each cue is: learning starts from the first and writes all three down again.
    """

    weights: Mapping[str, float]
    calibrated: bool
    by_hand: Mapping[str, float] = field(default_factory=dict)
    firm: frozenset[str] = frozenset()
    meanings: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, cue: str) -> float:
        return self.weights[cue]


def cue_weights(name: str = SHIPPED) -> CueWeights:
    """The weights that come with the package, or those of a file that ``provenance learn`` made.

    Args:
        name: "shipped", or the path of a file.

    Raises:
        SettingError: the file cannot be read, is not such a file, lacks a cue or has one that there is not; says which.

    >>> cue_weights()["credit_whole"] > cue_weights()["credit_fact"]
    True
    """
    return _shipped() if name == SHIPPED else _of_file(name)


@cache
def _shipped() -> CueWeights:
    file = files("provenance").joinpath("data", "cue_weights.toml")
    return _weights(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def _of_file(path: str) -> CueWeights:
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(f"cues = {path}: no file of cue weights ({error}); provenance learn makes one") from error
    try:
        found = _weights(table)
        _check_names(found.weights.keys(), _shipped().weights.keys())
    except _Wrong as wrong:
        raise SettingError(f"cues = {path}: {wrong}, or make the file anew with provenance learn") from wrong
    return found


class _Wrong(Exception):
    """What is wrong with a table of weights, and the cure."""


def _weights(table: Mapping[str, Any]) -> CueWeights:
    calibrated, cues = table.get("calibrated"), table.get("cues")
    if not isinstance(calibrated, bool):
        raise _Wrong("it does not say whether it is calibrated; write calibrated = false above [cues]")
    if not isinstance(cues, dict):
        raise _Wrong("it has no table [cues]; write one with a line for each cue")
    for name, cue in cues.items():
        _check_cue(name, cue)
    return CueWeights(
        weights={name: float(cue["weight"]) for name, cue in cues.items()},
        calibrated=calibrated,
        by_hand={name: float(cue["by_hand"]) for name, cue in cues.items()},
        firm=frozenset(name for name, cue in cues.items() if cue.get("firm", False)),
        meanings={name: cue["meaning"] for name, cue in cues.items()},
    )


def _check_cue(name: str, cue: Any) -> None:
    if not isinstance(cue, dict):
        raise _Wrong(f'{name} is no table; write {name} = {{ weight = 1.0, by_hand = 1.0, meaning = "..." }}')
    for key in ("weight", "by_hand"):
        value = cue.get(key)
        if not _is_weight(value):
            said = f"is {value!r}" if key in cue else "is missing"
            raise _Wrong(f"{name}: {key} {said}; write a number from {-LARGEST:g} to {LARGEST:g}")
    if not isinstance(cue.get("meaning"), str):
        raise _Wrong(f"{name} has no meaning; write in quotation marks what it is")
    if not isinstance(cue.get("firm", False), bool):
        raise _Wrong(f"{name}: firm is {cue['firm']!r}; write true or false")


def _is_weight(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -LARGEST <= value <= LARGEST  # nan is in no range


def _check_names(found: Set[str], known: Set[str]) -> None:
    if unknown := sorted(found - known):
        raise _Wrong(f"{unknown[0]} is no cue of this version; take its line out")
    if missing := sorted(known - found):
        raise _Wrong(f"it has no weight for {missing[0]}; write a line for it")
