"""What alignment is made of: runs of equal words, blocks of runs, ranges of words."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from provenance.match.arrays import Ints

Range = tuple[int, int]  # first word and last (exclusive)


class Run(NamedTuple):
    """``words`` equal words in a row, from word ``a`` of one text and word ``b`` of the other."""

    a: int
    b: int
    words: int


Block = list[Run]  # runs in order on both sides


class Blocks(NamedTuple):
    """The blocks of m pairs of texts, as flat arrays.

    Attributes:
        pair_first: number of the first block of each pair, and of all blocks, shape (m + 1,).
        block_first: number of the first run of each block, and of all runs, shape (blocks + 1,).
        runs: first word in a, first word in b, words: shape (runs, 3), int32.
    """

    pair_first: Ints
    block_first: Ints
    runs: npt.NDArray[np.int32]

    def of(self, pair: int) -> list[Block]:
        """The blocks of one pair, in the order of a."""
        bounds = self.block_first[self.pair_first[pair] : self.pair_first[pair + 1] + 1].tolist()
        runs = [*map(Run._make, self.runs[bounds[0] : bounds[-1]].tolist())]
        return [runs[first - bounds[0] : end - bounds[0]] for first, end in pairwise(bounds)]


class Pairing(NamedTuple):
    """Words of a that answer to words of b."""

    a: Range
    b: Range

    def meets(self, other: "Pairing") -> bool:
        """Whether the two overlap on both sides."""
        return shared_words(self.a, other.a) > 0 and shared_words(self.b, other.b) > 0


def shared_words(one: Range, other: Range) -> int:
    """How many words two ranges have in common.

    >>> shared_words((0, 5), (3, 9)), shared_words((0, 2), (3, 9))
    (2, 0)
    """
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
