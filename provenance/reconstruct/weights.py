"""The weights of the cues: log-odds in a data file, with a word on whether they were calibrated."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, eq=False)
class CueWeights:
    """Log-odds of every cue at full strength; ``calibrated`` when they were fitted so that probabilities hold."""

    weights: Mapping[str, float]
    calibrated: bool

    def __getitem__(self, cue: str) -> float:
        return self.weights[cue]


@cache
def cue_weights() -> CueWeights:
    """The weights that come with the package.

    >>> cue_weights()["credit_whole"] > cue_weights()["credit_fact"]
    True
    """
    table = tomllib.loads(files("provenance").joinpath("data", "cue_weights.toml").read_text(encoding="utf-8"))
    return CueWeights({name: float(value) for name, value in table["weights"].items()}, bool(table["calibrated"]))
