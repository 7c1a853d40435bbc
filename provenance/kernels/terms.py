"""Sentences of a large pile by the terms they share: words and pairs of words in a row, numbered, joined, compared.

Everything is one pass over flat arrays. Terms are joined part by part, each part small enough for the second cache,
so that the postings of 85 million terms need neither a sort nor a table of their own size. Sums over the terms that
two sentences share run over all their occurrences: a term that stands twice in one and three times in the other adds
six times its squared weight, just as the product of two counts does.
"""

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner, kernel

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)  # as in match.weights.bigram_hashes
FIXED = 1 << 20  # squared weights stand in the lists of sentences as whole numbers of this part of one
HEAD = 2  # places before a list of sentences: how many they are, and the squared weight of their term
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # spreads numbers over a small table


# --- numbers for hashes ---------------------------------------------------------------------------------------------


@inner
def slot_of(hash, slots, known):
    """The slot of a hash, or the empty one where it belongs."""
    mask = np.uint64(len(slots) - 1)
    at = hash & mask
    while slots[at] and known[slots[at] - 1] != hash:
        at = (at + np.uint64(1)) & mask
    return at


@kernel("int64(uint64[::1], uint32[::1], uint64[::1], int64, uint32[::1])")
def number_hashes(hashes: Hashes, slots: Numbers, known: Hashes, count: int, numbers: Numbers) -> int:
    """Gives each different hash a number, in the order in which they come.

    Args:
        hashes: n hashes.
        slots: an open table, a power of two: the number plus one, 0 where free; at most half of it may be in use.
        known: the hashes by their number; room for n more.
        count: how many are known.
        numbers: the numbers of the hashes, shape (n,); filled.

    Returns:
        How many are known now.
    """
    for k in range(len(hashes)):
        at = slot_of(hashes[k], slots, known)
        if slots[at] == 0:
            known[count] = hashes[k]
            count += 1
            slots[at] = count
        numbers[k] = slots[at] - 1
    return count


@kernel(
    "int64(uint64[::1], int64[::1], bool[::1], int64[::1], int64, uint64[::1], uint32[::1], uint32[::1], uint32[::1])"
)
def own_sentences(
    hashes: Hashes,
    sentence: Ints,
    foreign: Flags,
    bounds: Ints,
    shortest: int,
    kept: Hashes,
    article: Numbers,
    number: Numbers,
    length: Numbers,
) -> int:
    """The sentences long enough to be recognised and mostly in the article's own voice.

    Args:
        hashes, sentence, foreign: of the words of some articles in a row: hash, number of the sentence within the
            article, whether it is quoted or house text.
        bounds: first word of each article, and the number of words.
        shortest: words a sentence must have.
        kept: the hashes of the words of those sentences, one after the other; filled.
        article, number, length: of each such sentence its article, its number and its words; filled.

    Returns:
        How many sentences they are.
    """
    rows = words = 0
    for one in range(len(bounds) - 1):
        end = bounds[one]
        while end < bounds[one + 1]:
            first, others = end, 0
            while end < bounds[one + 1] and sentence[end] == sentence[first]:
                others += foreign[end]
                end += 1
            if end - first < shortest or 2 * others > end - first:
                continue
            article[rows], number[rows], length[rows] = one, sentence[first], end - first
            rows += 1
            for at in range(first, end):
                kept[words] = hashes[at]
                words += 1
    return rows


# --- terms of sentences ---------------------------------------------------------------------------------------------


@inner
def bigram_of(first, second):
    return (first * _FACTOR) ^ (second + (first >> np.uint64(31)))


@kernel("void(uint32[::1], int64[::1], uint32[::1])")
def count_words(words: Numbers, starts: Ints, frequency: Numbers) -> None:
    """Counts in how many sentences each word stands.

    Args:
        words: the numbers of the words of all sentences in a row.
        starts: first word of each sentence, and the number of words.
        frequency: sentences by word; filled.
    """
    last = np.zeros(len(frequency), dtype=np.uint32)
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            if last[words[at]] != row + 1:
                last[words[at]] = row + 1
                frequency[words[at]] += 1


@kernel("void(uint32[::1], int64[::1], uint32[::1], int64, float64[::1], float64[::1], float64[::1])")
def add_words(
    words: Numbers, starts: Ints, frequency: Numbers, limit: int, squares: Floats, norms: Floats, common: Floats
) -> None:
    """Adds to the squared length of each sentence what its words bring that are not rare in the pile.

    Args:
        words, starts, frequency: as with ``count_words``.
        limit: sentences in which a rare term stands at most.
        squares: squared weight by word.
        norms: squared lengths by sentence; changed.
        common: the same, of terms in more sentences than rare ones; changed.
    """
    last = np.zeros(len(frequency), dtype=np.uint32)
    times = np.zeros(len(frequency), dtype=np.uint32)
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            word = words[at]
            if 2 <= frequency[word] <= limit:
                continue
            times[word] = times[word] + 1 if last[word] == row + 1 else 1
            last[word] = row + 1
            added = (2 * times[word] - 1) * squares[word]
            norms[row] += added
            if frequency[word] > limit:
                common[row] += added


@kernel(
    "void(uint32[::1], int64[::1], uint64[::1], uint32[::1], int64, int64, int64, int64[::1], uint64[::1], uint32[::1])"
)
def spread_terms(
    words: Numbers,
    starts: Ints,
    known: Hashes,
    frequency: Numbers,
    limit: int,
    shift: int,
    first: int,
    at: Ints,
    terms: Hashes,
    rows: Numbers,
) -> None:
    """Puts the rare words and all pairs of words into parts by the top bits of their hashes.

    Args:
        words, starts, frequency: as with ``count_words``.
        known: hash by word.
        limit: sentences in which a rare word stands at most.
        shift: bits of a hash below those that name its part.
        first: number of the first part wanted.
        at: the next free place of each part wanted; raised.
        terms, rows: hashes of terms, and the sentences they stand in; filled. Empty: terms are only counted.
    """
    parts = np.uint64(len(at))
    for row in range(len(starts) - 1):
        for k in range(starts[row], starts[row + 1]):
            one = known[words[k]]
            for pair in range(2):
                if pair == 0:
                    if not 2 <= frequency[words[k]] <= limit:
                        continue
                    term = one
                elif k + 1 < starts[row + 1]:
                    term = bigram_of(one, known[words[k + 1]])
                else:
                    continue
                part = (term >> np.uint64(shift)) - np.uint64(first)
                if part < parts:
                    if len(terms):
                        terms[at[part]] = term
                        rows[at[part]] = row
                    at[part] += 1


@kernel(
    "UniTuple(int64, 2)(uint64[::1], uint32[::1], int64, uint32[::1], uint64[::1], float64[::1], int64, float64[::1], "
    "float64[::1], uint32[::1], uint32[::1], int64, uint64[::1], uint32[::1])"
)
def join_terms(
    terms: Hashes,
    rows: Numbers,
    limit: int,
    slots: Numbers,
    weighed: Hashes,
    squares: Floats,
    counted: int,
    norms: Floats,
    common: Floats,
    held: Numbers,
    lists: Numbers,
    end: int,
    often: Hashes,
    counts: Numbers,
) -> tuple[int, int]:
    """Lists the sentences of each rare term of one part, and adds to the lengths of sentences what its terms bring.

    Args:
        terms, rows: of the part, the sentences ascending.
        limit: sentences in which a rare term stands at most.
        slots, weighed, squares: the squared weights of terms, see ``number_hashes``; the last of ``squares`` is that
            of a term without one.
        counted: sentences of the pile whose counts decide instead of that table; 0 where the table does.
        norms, common: see ``add_words``; changed.
        held: rare terms in each sentence; changed.
        lists: one after the other: occurrences, squared weight (see ``FIXED``), sentences descending; filled.
        end: places of it in use.
        often, counts: terms in at least two sentences, and in how many; filled where ``counted`` is not 0.

    Returns:
        The places of ``lists`` in use now, and of ``often``.
    """
    listed = 0
    bits = 1
    while (1 << bits) < 2 * len(terms):
        bits += 1
    size, shift = 1 << bits, np.uint64(64 - bits)
    term = np.empty(size, dtype=np.uint64)
    total = np.zeros(size, dtype=np.uint32)
    frequency = np.zeros(size, dtype=np.uint32)
    last = np.zeros(size, dtype=np.uint32)
    times = np.zeros(size, dtype=np.uint32)
    place = np.zeros(size, dtype=np.int64)
    square = np.empty(size, dtype=np.float64)
    slot = np.empty(len(terms), dtype=np.uint32)
    for k in range(len(terms)):
        at = (terms[k] * GOLDEN) >> shift
        while total[at] and term[at] != terms[k]:
            at = (at + np.uint64(1)) & np.uint64(size - 1)
        slot[k] = at
        term[at] = terms[k]
        total[at] += 1
        if last[at] != rows[k] + 1:
            last[at] = rows[k] + 1
            frequency[at] += 1
    for at in range(size):
        if total[at] == 0:
            continue
        last[at] = 0
        if counted:
            square[at] = (np.log((1.0 + counted) / (1.0 + frequency[at])) + 1.0) ** 2
            if frequency[at] >= 2:
                often[listed], counts[listed] = term[at], frequency[at]
                listed += 1
        else:
            number = slots[slot_of(term[at], slots, weighed)]
            square[at] = squares[number - 1] if number else squares[len(squares) - 1]
        if 2 <= frequency[at] <= limit:
            lists[end] = total[at]
            lists[end + 1] = np.uint32(square[at] * FIXED)
            end += HEAD + total[at]
            place[at] = end
    for k in range(len(terms)):
        at, row = slot[k], rows[k]
        times[at] = times[at] + 1 if last[at] == row + 1 else 1
        last[at] = row + 1
        added = (2 * times[at] - 1) * square[at]
        norms[row] += added
        if frequency[at] > limit:
            common[row] += added
        if place[at]:
            place[at] -= 1
            lists[place[at]] = row
            held[row] += 1
    return end, listed


@kernel("void(uint32[::1], int64, int64[::1], uint32[::1])")
def turn_lists(lists: Numbers, end: int, at: Ints, held: Numbers) -> None:
    """The lists in which each sentence stands.

    Args:
        lists, end: see ``join_terms``.
        at: first place of each sentence in ``held``; raised to its end.
        held: places of lists, sentence after sentence; filled.
    """
    k = 0
    while k < end:
        after = k + HEAD + lists[k]
        for n in range(k + HEAD, after):
            held[at[lists[n]]] = k
            at[lists[n]] += 1
        k = after
