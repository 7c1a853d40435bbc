"""Piles of invented articles of which it is known who took text from whom."""

from provenance.simulate.difficulty import SIZES, Difficulty, difficulty, names
from provenance.simulate.material import takes_from_others
from provenance.simulate.simulation import Simulated, simulate
from provenance.simulate.writing import is_ours, write

__all__ = [
    "SIZES",
    "Difficulty",
    "Simulated",
    "difficulty",
    "is_ours",
    "names",
    "simulate",
    "takes_from_others",
    "write",
]
