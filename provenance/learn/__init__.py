"""Learning the weights of the cues from piles whose true tree is known."""

from provenance.learn.examples import Example, Turn, example_of, turn_of
from provenance.learn.fit import Fitted, fit
from provenance.learn.weights_file import weights_file

__all__ = ["Example", "Fitted", "Turn", "example_of", "fit", "turn_of", "weights_file"]
