"""How alike the sentences of two texts are, compiled: the numbers behind ``match.likeness``.

A sentence has some twenty of the stems that both texts have, so everything runs over these entries and never over a
table of sentences by stems; a range that grows by a sentence changes its overlap by the entries of that sentence alone.
"""

from typing import cast

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner, kernel

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

_A, _B = cast("int", np.int64(0)), cast("int", np.int64(2))  # where the rows of either side stand among four


@inner
def _shared(terms_a: Hashes, terms_b: Hashes, column_a: Ints, column_b: Ints) -> int:
    """Numbers the stems that both texts have, from 1, in the order of their hashes; the others keep 0."""
    i = j = shared = 0
    while i < len(terms_a) and j < len(terms_b):
        if terms_a[i] == terms_b[j]:
            shared += 1
            column_a[i] = column_b[j] = shared
            i, j = i + 1, j + 1
        elif terms_a[i] < terms_b[j]:
            i += 1
        else:
            j += 1
    return shared


@inner
def _entries(
    unit: Ints,
    term: Ints,
    count: Ints,
    frequency: Ints,
    column: Ints,
    weight: Floats,
    alone: Floats,
    first: Ints,
    stem: Ints,
    total: Floats,
    length: Floats,
    size: Ints,
) -> None:
    """Fills the last five arrays.

    They are: where the entries of each unit begin, the shared stem of each entry (-1 for none), and of each unit the
    weight of all its words, the square of its length, and its stems.
    """
    for k in range(len(unit)):
        stem[k] = column[term[k]] - 1
        worth = weight[stem[k]] if stem[k] >= 0 else alone[frequency[term[k]]]
        total[unit[k]] += count[k] * worth
        length[unit[k]] += (count[k] * worth) ** 2
        size[unit[k]] += 1
    for i in range(len(size)):
        first[i + 1] = first[i] + size[i]


@kernel(
    "Tuple((i8[::1], i8[::1], f8[::1], i8[::1], i8[::1], f8[::1], f8[::1], f8[:, ::1], f8[:, ::1]))"
    "(u8[::1], i8[::1], i8[::1], i8[::1], i8[::1], i8, u8[::1], i8[::1], i8[::1], i8[::1], i8[::1], i8)"
)
def likeness(
    terms_a: Hashes,
    frequency_a: Ints,
    unit_a: Ints,
    term_a: Ints,
    count_a: Ints,
    n_a: int,
    terms_b: Hashes,
    frequency_b: Ints,
    unit_b: Ints,
    term_b: Ints,
    count_b: Ints,
    n_b: int,
) -> tuple[Ints, Ints, Floats, Ints, Ints, Floats, Floats, Floats, Floats]:
    """How alike every unit of a is to every unit of b.

    Returns:
        Where the entries of each unit of a begin, the shared stem of each entry, the weight of all words of each unit;
        the same of b; the weight of each shared stem; cosine and Dice of each two units.
    """
    column_a, column_b = np.zeros(len(terms_a), dtype=np.int64), np.zeros(len(terms_b), dtype=np.int64)
    shared = _shared(terms_a, terms_b, column_a, column_b)
    both = np.zeros(shared + 1, dtype=np.int64)
    for k in range(len(terms_a)):
        both[column_a[k]] += frequency_a[k]
    for k in range(len(terms_b)):
        both[column_b[k]] += frequency_b[k]
    rarity = np.zeros(n_a + n_b + 1, dtype=np.float64)  # inverse sentence frequency, by sentences
    for k in range(1, n_a + n_b + 1):
        rarity[k] = np.log((n_a + n_b) / k)
    weight = np.zeros(shared, dtype=np.float64)
    for k in range(shared):
        weight[k] = rarity[both[k + 1]]
    first_a, first_b = np.zeros(n_a + 1, dtype=np.int64), np.zeros(n_b + 1, dtype=np.int64)
    stem_a, stem_b = np.zeros(len(unit_a), dtype=np.int64), np.zeros(len(unit_b), dtype=np.int64)
    total_a, total_b = np.zeros(n_a, dtype=np.float64), np.zeros(n_b, dtype=np.float64)
    length_a, length_b = np.zeros(n_a, dtype=np.float64), np.zeros(n_b, dtype=np.float64)
    size_a, size_b = np.zeros(n_a, dtype=np.int64), np.zeros(n_b, dtype=np.int64)
    _entries(unit_a, term_a, count_a, frequency_a, column_a, weight, rarity, first_a, stem_a, total_a, length_a, size_a)
    _entries(unit_b, term_b, count_b, frequency_b, column_b, weight, rarity, first_b, stem_b, total_b, length_b, size_b)
    last = np.zeros(shared, dtype=np.int64)  # of each shared stem its last entry in b, counted from 1, and
    before = np.zeros(len(unit_b), dtype=np.int64)  # of each entry the one before it
    for k in range(len(unit_b)):
        if stem_b[k] >= 0:
            before[k] = last[stem_b[k]]
            last[stem_b[k]] = k + 1
    cosine, dice = np.zeros((n_a, n_b), dtype=np.float64), np.zeros((n_a, n_b), dtype=np.float64)
    for k in range(len(unit_a)):
        if stem_a[k] >= 0:
            worth = count_a[k] * weight[stem_a[k]] ** 2
            other = last[stem_a[k]]
            while other:
                cosine[unit_a[k], unit_b[other - 1]] += worth * count_b[other - 1]
                dice[unit_a[k], unit_b[other - 1]] += 2.0
                other = before[other - 1]
    for j in range(n_b):
        length_b[j] = np.sqrt(length_b[j])
    for i in range(n_a):
        length = np.sqrt(length_a[i])
        for j in range(n_b):
            if dice[i, j] > 0:
                norm = length * length_b[j]
                cosine[i, j] = np.rint(cosine[i, j] / (norm if norm > 0 else 1.0) * 1e6) / 1e6
                dice[i, j] = np.rint(dice[i, j] / (size_a[i] + size_b[j]) * 1e6) / 1e6
    return first_a, stem_a, total_a, first_b, stem_b, total_b, weight, cosine, dice


@inner
def _add(first: Ints, stem: Ints, count: Ints, low: int, high: int, words: Ints) -> None:
    """Adds how often each shared stem stands in some units."""
    for entry in range(first[low], first[high]):
        if stem[entry] >= 0:
            words[stem[entry]] += count[entry]


@inner
def _overlap(words_a: Ints, words_b: Ints, weight: Floats, total: float) -> float:
    """Dice's coefficient of the words of two ranges."""
    common = 0.0
    for k in range(len(weight)):
        common += min(words_a[k], words_b[k]) * weight[k]
    return float(np.rint(2 * common / total * 1e9) / 1e9) if total > 0 else 0.0


@inner
def _best_rows(
    first: Ints,
    stem: Ints,
    count: Ints,
    total: Floats,
    there: Ints,
    against: float,
    weight: Floats,
    rows: Ints,
    side: int,
    outward: int,
    inward: int,
    out: Ints,
) -> None:
    """Sets, at ``side``, the range near that of ``rows`` that overlaps most with the words of the other side's."""
    begin, end = rows[side], rows[side + 1]
    best = -1.0
    for start in range(max(0, begin - outward), min(begin + inward, end - 1) + 1):
        inside = np.zeros(len(weight), dtype=np.int64)
        held = common = 0.0
        for stop in range(start + 1, min(len(total), end + outward) + 1):
            held += total[stop - 1]
            for entry in range(first[stop - 1], first[stop]):
                k = stem[entry]
                if k >= 0 and inside[k] < there[k]:
                    common += min(count[entry], there[k] - inside[k]) * weight[k]
                if k >= 0:
                    inside[k] += count[entry]
            if stop < max(end - inward, begin + 1):
                continue
            score = np.rint(2 * common / max(held + against, 1e-9) * 1e9) / 1e9
            if score > best:
                best = score
                out[side], out[side + 1] = start, stop


@inner
def _same(one: Ints, other: Ints) -> bool:
    return one[0] == other[0] and one[1] == other[1] and one[2] == other[2] and one[3] == other[3]  # type: ignore[no-any-return]


@inner
def _weighed(total: Floats, low: int, high: int) -> float:
    weighed = 0.0
    for k in range(low, high):
        weighed += total[k]
    return weighed


@kernel("f8(i8[::1], i8[::1], i8[::1], f8[::1], i8[::1], i8[::1], i8[::1], f8[::1], f8[::1], i8[::1], i8, i8, i8)")
def fitted(
    first_a: Ints,
    stem_a: Ints,
    count_a: Ints,
    total_a: Floats,
    first_b: Ints,
    stem_b: Ints,
    count_b: Ints,
    total_b: Floats,
    weight: Floats,
    rows: Ints,
    rounds: int,
    outward: int,
    inward: int,
) -> float:
    """The overlap of two ranges of units after their ends were moved, in some rounds, to where they overlap most.

    ``rows`` are the first and last (exclusive) unit of a and of b; they are moved in place.
    """
    last, moved = rows.copy(), rows.copy()
    best = -1.0
    for number in range(rounds + 1):
        words_a, words_b = np.zeros(len(weight), dtype=np.int64), np.zeros(len(weight), dtype=np.int64)
        _add(first_a, stem_a, count_a, moved[0], moved[1], words_a)
        _add(first_b, stem_b, count_b, moved[2], moved[3], words_b)
        in_a, in_b = _weighed(total_a, moved[0], moved[1]), _weighed(total_b, moved[2], moved[3])
        found = _overlap(words_a, words_b, weight, in_a + in_b)
        if found > best:
            best = found
            for k in range(4):
                rows[k] = moved[k]
        if number == rounds or (number and _same(moved, last)):
            break
        for k in range(4):
            last[k] = moved[k]
        _best_rows(first_a, stem_a, count_a, total_a, words_b, in_b, weight, last, _A, outward, inward, moved)
        _best_rows(first_b, stem_b, count_b, total_b, words_a, in_a, weight, last, _B, outward, inward, moved)
    return best
