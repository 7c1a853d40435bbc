"""The sentences of a small pile as a TF-IDF matrix, and which of them say the same in other words.

The weighing is scikit-learn's; the counterpart for large piles is ``sentence_postings``, and tests hold the two equal.
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.fingerprint import distinct
from provenance.match.reading import Reading
from provenance.match.weights import WordWeights, bigram_hashes
from provenance.settings import Settings

SHORTEST = 5  # words; shorter sentences say too little to be recognised
HINT = 0.1  # share of the cosine that rare terms alone must bring before the rest is computed
_ROWS = 4000  # sentences multiplied at a time: bounds the memory of the product
Floats = npt.NDArray[np.float64]


class Found(NamedTuple):
    """The sentence pairs of m pairs of articles.

    Attributes:
        ends: by pair of articles, the sentence pairs of it and all before it, shape (m,).
        numbers: both sentences by their number within their article, shape (n, 2).
        cosines: of each, shape (n,).
    """

    ends: Ints
    numbers: npt.NDArray[np.uint32]
    cosines: Floats


class SentenceTable:
    """The own sentences of some articles as rows of a TF-IDF matrix with unit rows.

    Attributes:
        matrix: (sentences, terms).
        article: index of the article of each row.
        number: number of the sentence within its article.
        bounds: first row of each article, and the number of rows.
        frequency: sentences in which each term stands.
    """

    def __init__(
        self, readings: Sequence[Reading], weights: WordWeights | None, settings: Settings, lean: bool = False
    ) -> None:
        """Counts the terms.

        Args:
            readings: the articles.
            weights: inverse sentence frequencies; None computes them from these very sentences.
            settings: ``rare_sentences``, ``rewritten_*``, ``joined_cosine``.
            lean: weigh them without scikit-learn, which takes a second to load.
        """
        row, term, self.article, self.number = _terms(readings)
        self.bounds = np.searchsorted(self.article, np.arange(len(readings) + 1))
        terms, column = np.unique(term, return_inverse=True)
        shape = (len(self.article), len(terms))
        counts = sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)  # adds up what stands twice
        self.frequency = np.bincount(counts.indices, minlength=len(terms)).astype(np.int64)
        self.matrix = (_weighed_here if lean else _weighed)(counts, None if weights is None else weights.idf(terms))
        self._settings = settings
        self._place = np.full(len(terms), -1)  # of the columns that two articles share, while they are compared

    def proposed(self, asked: Ints, enough: int) -> tuple[Ints, Ints]:
        """Pairs of articles, beyond those asked for, with alike sentences that share a rare term.

        Args:
            asked: pairs (i < j), shape (m, 2).
            enough: sentences after which no further ones are counted.

        Returns:
            The pairs, shape (k, 2), and in how many sentences of the earlier article each of them was found.
        """
        settings, known = self._settings, set(map(tuple, asked.tolist()))
        rare = (self.frequency >= 2) & (self.frequency <= settings.rare_sentences)
        rows = sparse.csr_array(self.matrix[:, np.flatnonzero(rare)])
        columns = sparse.csr_array(rows.T)
        found: dict[tuple[int, int], set[int]] = {}
        for first in range(0, rows.shape[0], _ROWS):
            product = sparse.coo_array(rows[first : first + _ROWS] @ columns)
            one, other = product.row.astype(np.int64) + first, product.col.astype(np.int64)
            likely = (product.data >= HINT) & (self.article[one] < self.article[other])
            one, other = one[likely], other[likely]
            alike = _row_products(self.matrix, one, other) >= settings.rewritten_cosine
            sides = one[alike], self.article[one[alike]], self.article[other[alike]]
            for row, i, j in np.stack(sides, axis=1).tolist():
                if (i, j) not in known:
                    found.setdefault((i, j), set()).add(row)
        pairs = sorted(found)
        sentences = np.array([min(enough, len(found[pair])) for pair in pairs], dtype=np.int64)
        return np.array(pairs, dtype=np.int64).reshape(-1, 2), sentences

    def matches(self, pairs: Ints, tied: Flags) -> Found:
        """The sentence pairs of each pair of articles, one to one: best first, then neighbours of those.

        Args:
            pairs: (i < j), shape (m, 2).
            tied: pairs whose neighbours are looked at in any case, shape (m,).
        """
        ends: list[int] = []
        numbers: list[tuple[int, int]] = []
        cosines: list[float] = []
        for (one, other), is_tied in zip(pairs.tolist(), tied.tolist(), strict=True):
            table = self.cosines(one, other)
            chosen = _one_to_one(table, is_tied, self._settings)
            numbers += [(int(self.bounds[one]) + i, int(self.bounds[other]) + j) for i, j in chosen]
            cosines += [float(table[i, j]) for i, j in chosen]
            ends.append(len(numbers))
        rows = np.array(numbers, dtype=np.int64).reshape(-1, 2)
        return Found(np.array(ends, dtype=np.int64), self.number[rows].astype(np.uint32), np.array(cosines))

    def cosines(self, one: int, other: int) -> Floats:
        """The cosines of all sentences of two articles, dense and rounded to six places."""
        entries = [self._entries(*self.bounds[k : k + 2].tolist()) for k in (one, other)]
        self._place[entries[1][1]] = 0
        terms = distinct(entries[0][1][self._place[entries[0][1]] == 0])  # of both; sparse products would walk the pile
        self._place[entries[1][1]] = -1
        self._place[terms] = np.arange(len(terms))
        rows, columns = self._sparse(*entries[0], len(terms)), self._dense(*entries[1], len(terms))
        self._place[terms] = -1
        return np.asarray(_product(rows, columns).round(6))

    def _entries(self, first: int, end: int) -> tuple[Ints, Ints, Floats]:
        """Entries of each of a range of rows, and column and value of each."""
        bounds = self.matrix.indptr[first : end + 1]
        entries = slice(bounds[0], bounds[-1])
        return np.diff(bounds), self.matrix.indices[entries], self.matrix.data[entries]

    def _sparse(self, count: Ints, column: Ints, value: Floats, width: int) -> sparse.csr_array:
        place = self._place[column]
        shared = place >= 0
        row = np.repeat(np.arange(len(count)), count)[shared]
        first = np.searchsorted(row, np.arange(len(count) + 1))
        return sparse.csr_array((value[shared], place[shared], first), shape=(len(count), width))

    def _dense(self, count: Ints, column: Ints, value: Floats, width: int) -> Floats:
        place = self._place[column]
        shared = place >= 0
        out = np.zeros((len(count), width))
        out[np.repeat(np.arange(len(count)), count)[shared], place[shared]] = value[shared]
        return out


_SMALL = 300_000  # multiplications; below, a dense product is quicker than making a sparse one ready


def _product(one: sparse.csr_array, other: Floats) -> Floats:
    """The dot products of all rows; not by linear algebra, whose threads take longer to wake than to work."""
    if one.shape[0] * other.size < _SMALL:
        return np.asarray(np.einsum("ik,jk->ij", one.toarray(), other))
    return np.asarray(one @ np.ascontiguousarray(other.T))


def _terms(readings: Sequence[Reading]) -> tuple[Ints, Hashes, Ints, Ints]:
    """Row and hash of every term; article and sentence number of every row."""
    rows: list[Ints] = [np.empty(0, dtype=np.int64)]
    terms: list[Hashes] = [np.empty(0, dtype=np.uint64)]
    article: list[int] = []
    number: list[int] = []
    for index, reading in enumerate(readings):
        own = _own_sentences(reading)
        place = np.full(int(reading.sentence.max(initial=-1)) + 1, -1, dtype=np.int64)
        place[own] = np.arange(len(article), len(article) + len(own))
        article.extend([index] * len(own))
        number.extend(own.tolist())
        row = place[reading.sentence]
        pairs = row[:-1] == row[1:]
        rows += [row, row[:-1][pairs]]
        terms += [reading.hashes, bigram_hashes(reading.hashes[:-1], reading.hashes[1:])[pairs]]
    all_rows, all_terms = np.concatenate(rows), np.concatenate(terms)
    kept = all_rows >= 0
    return all_rows[kept], all_terms[kept], np.array(article, dtype=np.int64), np.array(number, dtype=np.int64)


def _own_sentences(reading: Reading) -> Ints:
    """Sentences long enough to be recognised, mostly in the article's own voice."""
    words = np.bincount(reading.sentence)
    foreign = np.bincount(reading.sentence, weights=reading.quoted | reading.house)
    return np.flatnonzero((words >= SHORTEST) & (foreign <= words / 2)).astype(np.int64)


def _weighed(counts: sparse.csr_array, idf: Floats | None) -> sparse.csr_array:
    """Counts weighed by inverse sentence frequency (None: that of these very rows), each row of length one."""
    if not counts.nnz:
        return counts
    from sklearn.feature_extraction.text import TfidfTransformer

    transformer = TfidfTransformer().fit(counts)
    if idf is not None:
        transformer.idf_ = idf
    return sparse.csr_array(transformer.transform(counts))


def _weighed_here(counts: sparse.csr_array, idf: Floats | None) -> sparse.csr_array:
    """The same without scikit-learn."""
    if not counts.nnz:
        return counts
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    if idf is None:
        held = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log((1 + counts.shape[0]) / (1 + held)) + 1
    weighed = counts.data * idf[counts.indices]
    length = np.sqrt(np.bincount(rows, weights=weighed**2, minlength=counts.shape[0]))
    return sparse.csr_array((weighed / length[rows], counts.indices, counts.indptr), shape=counts.shape)


def _row_products(matrix: sparse.csr_array, one: Ints, other: Ints) -> Floats:
    """Dot products of pairs of rows, shape (pairs,)."""
    out = np.empty(len(one))
    for first in range(0, len(one), 50_000):
        part = slice(first, first + 50_000)
        out[part] = np.asarray(matrix[one[part]].multiply(matrix[other[part]]).sum(axis=1)).ravel()
    return out


# --- one to one -----------------------------------------------------------------------------------------------------


def _one_to_one(cosines: Floats, tied: bool, settings: Settings) -> list[tuple[int, int]]:
    """The pairs of sentences of two articles that are matched, sorted."""
    chosen = _best_first(cosines, settings.rewritten_cosine)
    if tied or len(chosen) >= settings.rewritten_pairs:
        _join_neighbours(chosen, cosines, settings.joined_cosine)
    return sorted(chosen.items())


def _best_first(cosines: Floats, at_least: float) -> dict[int, int]:
    rows, columns = np.nonzero(cosines >= at_least)
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for k in np.lexsort((columns, rows, -cosines[rows, columns])).tolist():
        i, j = int(rows[k]), int(columns[k])
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen


_NEIGHBOURS = ((-1, -1), (1, 1), (1, 2), (2, 1), (-1, -2), (-2, -1))  # sentences on; one may have been left out


def _join_neighbours(chosen: dict[int, int], cosines: Floats, at_least: float) -> None:
    """Adds pairs next to a chosen one on both sides, in the same order, until none is left."""
    taken = set(chosen.values())
    queue = deque(sorted(chosen.items()))
    while queue:
        i, j = queue.popleft()
        for step_i, step_j in _NEIGHBOURS:
            near_i, near_j = i + step_i, j + step_j
            inside = 0 <= near_i < cosines.shape[0] and 0 <= near_j < cosines.shape[1]
            if inside and near_i not in chosen and near_j not in taken and cosines[near_i, near_j] >= at_least:
                chosen[near_i] = near_j
                taken.add(near_j)
                queue.append((near_i, near_j))
