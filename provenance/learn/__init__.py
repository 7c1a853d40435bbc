"""Learning the weights of the cues from piles whose true tree is known."""

from provenance.learn.examples import Example, Turn, example_of, turns_of
from provenance.learn.fit import Fitted, fit
from provenance.learn.weights_file import weights_file

__all__ = ["Example", "Fitted", "Turn", "example_of", "fit", "turns_of", "weights_file"]
