"""Learning the weights of the cues from piles whose true tree is known."""

from provenance.learn.account import told
from provenance.learn.examples import Example, Turn, example_of, turns_of
from provenance.learn.fit import ENOUGH, Fitted, fit
from provenance.learn.weights_file import weights_file

__all__ = ["ENOUGH", "Example", "Fitted", "Turn", "example_of", "fit", "told", "turns_of", "weights_file"]
