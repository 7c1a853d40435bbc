"""What alignment is made of: runs of equal words, blocks of runs, ranges of words."""

from typing import NamedTuple

Range = tuple[int, int]  # first word and last (exclusive)


class Run(NamedTuple):
    """``words`` equal words in a row, from word ``a`` of one text and word ``b`` of the other."""

    a: int
    b: int
    words: int


Block = list[Run]  # runs in order on both sides


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
