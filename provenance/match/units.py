"""The sentences of one text as bags of stemmed words: what the comparison of two texts' sentences starts from."""

from dataclasses import dataclass

import numpy as np

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.reading import Reading
from provenance.match.stems import stem_hashes

_SHORTEST = 3  # words; a shorter sentence goes with the next one
_SAYING = 5  # words; a shorter sentence says too little to be paired with another


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The sentences of a text, n of them, with m different stems.

    Attributes:
        bounds: first word of each unit and the number of words, n + 1.
        terms: hashes of the stems, each once, sorted, shape (m,).
        frequency: units in which each stem stands, shape (m,).
        unit, term, count: an entry for each stem of each unit, in the order of the units: the unit, the index of the
            stem in ``terms``, how often it stands there.
        house: units that the outlet repeats, shape (n,).
        answering: units mostly in the article's own voice that are long enough to be paired with another, shape (n,).
    """

    bounds: list[int]
    terms: Hashes
    frequency: Ints
    unit: Ints
    term: Ints
    count: Ints
    house: Flags
    answering: Flags

    def __len__(self) -> int:
        return len(self.bounds) - 1


def units_of(reading: Reading) -> Units:
    """The units of an article's body.

    Cost: about 0.3 ms for a text of 500 words.
    """
    bounds = _bounds(reading)
    n = len(bounds) - 1
    size = np.diff(bounds)
    stems = stem_hashes(reading)
    terms, term = np.unique(stems, return_inverse=True)
    of_word = np.repeat(np.arange(n), size)
    entries, count = np.unique(of_word * max(1, len(terms)) + term, return_counts=True)
    unit, entry = np.divmod(entries, max(1, len(terms)))
    words = np.maximum(1, size)
    house = np.bincount(of_word, weights=reading.house, minlength=n) > words / 2
    foreign = np.bincount(of_word, weights=reading.house | reading.quoted, minlength=n) > words / 2
    answering = ~foreign & (words >= _SAYING)
    return Units(bounds, terms, np.bincount(entry, minlength=len(terms)), unit, entry, count, house, answering)


def _bounds(reading: Reading) -> list[int]:
    """Where units begin: where sentences do, but for those that follow less than ``_SHORTEST`` words."""
    if not len(reading):
        return [0]
    starts = np.flatnonzero(np.diff(reading.sentence)) + 1
    kept = [0]
    for at in starts.tolist():
        if at - kept[-1] >= _SHORTEST:
            kept.append(at)
    if len(kept) > 1 and len(reading) - kept[-1] < _SHORTEST:
        kept.pop()
    return [*kept, len(reading)]
