"""The weights of the cues: log-odds in a data file, with a word on whether they were calibrated."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from provenance.errors import SettingError

SHIPPED = "shipped"


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
        SettingError: the file cannot be read, or is not such a file, or lacks a cue.

    >>> cue_weights()["credit_whole"] > cue_weights()["credit_fact"]
    True
    """
    return _shipped() if name == SHIPPED else _of_file(name)


@cache
def _shipped() -> CueWeights:
    return _read(files("provenance").joinpath("data", "cue_weights.toml").read_text(encoding="utf-8"))


@cache
def _of_file(path: str) -> CueWeights:
    try:
        found = _read(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SettingError(f"cues = {path}: no file of cue weights ({error}); provenance learn makes one") from error
    if missing := sorted(set(_shipped().weights) - set(found.weights)):
        raise SettingError(f"cues = {path}: it has no weight for {missing[0]}; make it anew with provenance learn")
    return found


def _read(text: str) -> CueWeights:
    table = tomllib.loads(text)
    cues: Mapping[str, Mapping[str, Any]] = table["cues"]
    return CueWeights(
        weights={name: float(cue["weight"]) for name, cue in cues.items()},
        calibrated=bool(table["calibrated"]),
        by_hand={name: float(cue["by_hand"]) for name, cue in cues.items()},
        firm=frozenset(name for name, cue in cues.items() if cue.get("firm", False)),
        meanings={name: str(cue["meaning"]) for name, cue in cues.items()},
    )
