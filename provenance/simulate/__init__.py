"""Piles of invented articles of which it is known who took text from whom."""

from provenance.simulate.difficulty import Difficulty, difficulty, names
from provenance.simulate.simulation import Simulated, simulate
from provenance.simulate.writing import write

__all__ = ["Difficulty", "Simulated", "difficulty", "names", "simulate", "write"]
