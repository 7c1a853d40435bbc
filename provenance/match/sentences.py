"""Sentences that say the same in other words: TF-IDF over words and pairs of words, with scikit-learn.

Pairs of sentences are proposed by the rare terms they share and judged by the cosine of all their terms. One such
pair proves little (a shared background sentence reaches .36, the same fact in two mouths .79): callers ask for three.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from provenance.match.arrays import Hashes, Ints
from provenance.match.candidates import Pair
from provenance.match.fingerprint import distinct, members
from provenance.match.passages import Match
from provenance.match.reading import Reading
from provenance.match.weights import WordWeights, bigram_hashes, weights_for
from provenance.settings import Settings

_SHORTEST = 5  # words; shorter sentences say too little to be recognised
_ROWS = 4000  # sentences multiplied at a time: bounds the memory of the product
_HINT = 0.1  # share of the cosine that rare terms alone must bring before the rest is computed


@dataclass(frozen=True, slots=True, eq=False)
class SentenceTable:
    """The sentences of some articles as rows of a TF-IDF matrix with unit rows.

    Attributes:
        matrix: (sentences, terms).
        article: index of the article of each row.
        number: number of the sentence within its article.
        rows: first and last row (exclusive) of each article.
        frequency: sentences of this pile in which each term stands.
    """

    matrix: sparse.csr_array
    article: Ints
    number: Ints
    rows: dict[int, tuple[int, int]]
    frequency: Ints


def sentence_matches(
    readings: Sequence[Reading], linked: Collection[Pair], credited: Collection[Pair], settings: Settings
) -> dict[Pair, list[Match]]:
    """One-to-one sentence pairs for every pair of articles that has any.

    Args:
        readings: n articles.
        linked: pairs (i < j) already tied by shared runs; here neighbours in order join down to ``joined_cosine``.
        credited: pairs tied by a credit: one sentence pair is enough to look at its neighbours.
        settings: ``rewritten_*``, ``joined_cosine``, ``rare_sentences``, ``window_*``, ``weights``.

    Returns:
        Matches in the order of the first article, by pair.
    """
    matches: dict[Pair, list[Match]] = {}
    for group, weights in _by_language(readings, settings):
        table = sentence_table([readings[i] for i in group], weights)
        if table is None:
            continue
        place = {i: k for k, i in enumerate(group)}
        within = _within_window(readings, settings)
        proposed = {p for p in _proposed(table, settings) if within(group[p[0]], group[p[1]])}
        asked = {(place[i], place[j]) for i, j in linked if i in place and j in place}
        for one, other in sorted(proposed | asked):
            pair = (group[one], group[other])
            found = _one_to_one(table, one, other, pair in linked or pair in credited, settings)
            if found:
                matches[pair] = found
    return matches


def _by_language(readings: Sequence[Reading], settings: Settings) -> Iterable[tuple[list[int], WordWeights | None]]:
    """Articles that can be compared, with the weights of their language; an unknown language joins the commonest."""
    spoken = Counter(r.article.language for r in readings if r.article.language)
    commonest = min(spoken, key=lambda code: (-spoken[code], code)) if spoken else ""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, reading in enumerate(readings):
        groups[reading.article.language or commonest].append(i)
    for language in sorted(groups):
        yield groups[language], weights_for(settings.weights, language)


def sentence_table(readings: Sequence[Reading], weights: WordWeights | None) -> SentenceTable | None:
    """TF-IDF rows of all sentences in the articles' own voice; None when there are none.

    Args:
        readings: the articles.
        weights: inverse sentence frequencies; None computes them from these very sentences.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    row, term, article, number = _terms(readings)
    if not len(row):
        return None
    distinct, column = np.unique(term, return_inverse=True)
    counts = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(article), len(distinct)))
    counts.sum_duplicates()
    transformer = TfidfTransformer().fit(counts)
    if weights is not None:
        transformer.idf_ = weights.idf(distinct)
    bounds = np.searchsorted(article, np.arange(len(readings) + 1))
    return SentenceTable(
        matrix=sparse.csr_array(transformer.transform(counts)),
        article=article,
        number=number,
        rows={i: (int(bounds[i]), int(bounds[i + 1])) for i in range(len(readings))},
        frequency=np.bincount(counts.indices, minlength=len(distinct)).astype(np.int64),
    )


def _terms(readings: Sequence[Reading]) -> tuple[Ints, Hashes, Ints, Ints]:
    """Row and hash of every term; article and sentence number of every row."""
    rows: list[Ints] = []
    terms: list[Hashes] = []
    article: list[int] = []
    number: list[int] = []
    for index, reading in enumerate(readings):
        own = _own_sentences(reading)
        place = np.full(int(reading.sentence.max(initial=-1)) + 1, -1, dtype=np.int64)
        place[own] = np.arange(len(article), len(article) + len(own))
        article.extend([index] * len(own))
        number.extend(own.tolist())
        row = place[reading.sentence] if len(reading) else np.empty(0, dtype=np.int64)
        pairs = row[:-1] == row[1:]
        rows += [row, row[:-1][pairs]]
        terms += [reading.hashes, bigram_hashes(reading.hashes[:-1], reading.hashes[1:])[pairs]]
    all_rows = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    all_terms = np.concatenate(terms) if terms else np.empty(0, dtype=np.uint64)
    kept = all_rows >= 0
    return all_rows[kept], all_terms[kept], np.array(article, dtype=np.int64), np.array(number, dtype=np.int64)


def _own_sentences(reading: Reading) -> Ints:
    """Sentences long enough to be recognised, mostly in the article's own voice."""
    if not len(reading):
        return np.empty(0, dtype=np.int64)
    words = np.bincount(reading.sentence)
    foreign = np.bincount(reading.sentence, weights=reading.quoted | reading.house)
    return np.flatnonzero((words >= _SHORTEST) & (foreign <= words / 2)).astype(np.int64)


def _within_window(readings: Sequence[Reading], settings: Settings) -> Callable[[int, int], bool]:
    """Whether two articles are near enough in time to be compared sentence by sentence (large piles only)."""
    if len(readings) <= settings.window_articles:
        return lambda i, j: True
    times = [r.article.published.earliest if r.article.published else None for r in readings]

    def near(i: int, j: int) -> bool:
        one, other = times[i], times[j]
        return one is None or other is None or abs((one - other).total_seconds()) <= settings.window_days * 86400

    return near


def _proposed(table: SentenceTable, settings: Settings) -> set[Pair]:
    """Pairs of articles with a pair of sentences at ``rewritten_cosine`` or above that share a rare term."""
    rare = (table.frequency >= 2) & (table.frequency <= settings.rare_sentences)
    rows = sparse.csr_array(table.matrix[:, np.flatnonzero(rare)])
    columns = sparse.csr_array(rows.T)
    found: set[Pair] = set()
    for first in range(0, rows.shape[0], _ROWS):
        product = sparse.coo_array(rows[first : first + _ROWS] @ columns)
        one, other = product.row.astype(np.int64) + first, product.col.astype(np.int64)
        likely = (product.data >= _HINT) & (table.article[one] < table.article[other])
        one, other = one[likely], other[likely]
        cosine = _row_products(table.matrix, one, other)
        alike = cosine >= settings.rewritten_cosine
        found.update(zip(table.article[one[alike]].tolist(), table.article[other[alike]].tolist(), strict=True))
    return found


def _row_products(matrix: sparse.csr_array, one: Ints, other: Ints) -> npt.NDArray[np.float64]:
    """Dot products of pairs of rows, shape (pairs,)."""
    out = np.empty(len(one))
    for first in range(0, len(one), 50_000):
        part = slice(first, first + 50_000)
        out[part] = np.asarray(matrix[one[part]].multiply(matrix[other[part]]).sum(axis=1)).ravel()
    return out


def _one_to_one(table: SentenceTable, one: int, other: int, tied: bool, settings: Settings) -> list[Match]:
    """The sentence pairs of two articles: best first from ``rewritten_cosine``, then neighbours of those."""
    rows_a, rows_b = table.rows[one], table.rows[other]
    if rows_a[0] == rows_a[1] or rows_b[0] == rows_b[1]:
        return []
    cosines = _cosines(table.matrix, rows_a, rows_b)
    chosen = _best_first(cosines, settings.rewritten_cosine)
    if tied or len(chosen) >= settings.rewritten_pairs:
        _join_neighbours(chosen, cosines, settings.joined_cosine)
    number_a, number_b = table.number[rows_a[0] : rows_a[1]], table.number[rows_b[0] : rows_b[1]]
    return [Match(int(number_a[i]), int(number_b[j]), float(cosines[i, j])) for i, j in sorted(chosen.items())]


def _cosines(matrix: sparse.csr_array, rows_a: tuple[int, int], rows_b: tuple[int, int]) -> npt.NDArray[np.float64]:
    """Cosines of two ranges of rows, dense and rounded; sparse products would walk all columns of the pile."""
    terms = distinct(_entries(matrix, rows_a)[1])
    dense = []
    for rows in (rows_a, rows_b):
        row, column, value = _entries(matrix, rows)
        shared = members(column, terms)
        part = np.zeros((rows[1] - rows[0], len(terms)))
        part[row[shared], np.searchsorted(terms, column[shared])] = value[shared]
        dense.append(part)
    return np.asarray((dense[0] @ dense[1].T).round(6))


def _entries(matrix: sparse.csr_array, rows: tuple[int, int]) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Row (from 0), column and value of what stands in a range of rows."""
    bounds = matrix.indptr[rows[0] : rows[1] + 1]
    row = np.repeat(np.arange(rows[1] - rows[0]), np.diff(bounds))
    return row, matrix.indices[bounds[0] : bounds[-1]], matrix.data[bounds[0] : bounds[-1]]


def _best_first(cosines: npt.NDArray[np.float64], at_least: float) -> dict[int, int]:
    rows, columns = np.nonzero(cosines >= at_least)
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for k in np.lexsort((columns, rows, -cosines[rows, columns])):
        i, j = int(rows[k]), int(columns[k])
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen


_NEIGHBOURS = ((-1, -1), (1, 1), (1, 2), (2, 1), (-1, -2), (-2, -1))  # sentences on; one may have been left out


def _join_neighbours(chosen: dict[int, int], cosines: npt.NDArray[np.float64], at_least: float) -> None:
    """Adds pairs next to a chosen one on both sides, in the same order, until none is left."""
    taken = set(chosen.values())
    queue = sorted(chosen.items())
    while queue:
        i, j = queue.pop(0)
        for step_i, step_j in _NEIGHBOURS:
            near_i, near_j = i + step_i, j + step_j
            inside = 0 <= near_i < cosines.shape[0] and 0 <= near_j < cosines.shape[1]
            if inside and near_i not in chosen and near_j not in taken and cosines[near_i, near_j] >= at_least:
                chosen[near_i] = near_j
                taken.add(near_j)
                queue.append((near_i, near_j))
