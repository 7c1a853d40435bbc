"""How alike the sentences of two texts are, compiled: the numbers behind ``match.likeness``.

A sentence has some twenty of the stems that both texts have, so everything runs over these entries and never over a
table of sentences by stems; a range that grows by a sentence changes its overlap by the entries of that sentence alone.
"""

from typing import cast

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner, kernel

Ints = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

_A, _B = cast("int", np.int64(0)), cast("int", np.int64(2))  # where the rows of either side stand among four


# --- words ----------------------------------------------------------------------------------------------------------


@kernel("i8(u8[::1], u8[::1], i8, i4[::1], i4[::1], i4[::1])")
def numbered(words: Hashes, known: Hashes, size: int, table: Offsets, found: Offsets, first: Offsets) -> int:
    """Numbers words by a hash table with open addressing; new ones get the next numbers.

    Args:
        words: hashes, which serve as places in the table.
        known: hashes by number, with room for the new ones.
        size: how many are known.
        table: numbers, counted from 1; 0 where there is none. A power of two entries, twice as many as words.
        found: gets the number of each word.
        first: gets where each new word stands first.

    Returns:
        How many are new.
    """
    last, new = np.uint64(len(table) - 1), 0
    for i in range(len(words)):
        slot = words[i] & last
        while table[slot] and known[table[slot] - 1] != words[i]:
            slot = (slot + np.uint64(1)) & last
        if not table[slot]:
            known[size + new] = words[i]
            first[new] = i
            new += 1
            table[slot] = size + new
        found[i] = table[slot] - 1
    return new


# --- sentences ------------------------------------------------------------------------------------------------------


@inner
def _bags(
    stems: Offsets,
    bounds: Ints,
    scratch: Offsets,
    numbers: Offsets,
    n: int,
    first: Ints,
    stem: Ints,
    count: Ints,
    units: Ints,
) -> int:
    """Fills the last four arrays; the stems of the pair are numbered from 1 in ``scratch``, ``numbers`` lists them.

    They are: where the entries of each unit begin, the number of the stem of each entry and how often it stands in the
    unit, and of each stem the units in which it stands. Gives how many stems the pair has now.
    """
    latest = np.zeros(len(units), dtype=np.int64)  # of each stem its latest entry, counted from 1
    entries = 0
    for k in range(len(bounds) - 1):
        for at in range(bounds[k], bounds[k + 1]):
            number = scratch[stems[at]]
            if not number:
                n += 1
                number = scratch[stems[at]] = n
                numbers[n] = stems[at]
            if latest[number] > first[k]:
                count[latest[number] - 1] += 1
                continue
            stem[entries], count[entries] = number, 1
            entries += 1
            latest[number] = entries
            units[number] += 1
        first[k + 1] = entries
    return n


@inner
def _weigh(first: Ints, stem: Ints, count: Ints, weight: Floats, column: Ints, total: Floats, length: Floats) -> None:
    """Sets of each unit the weight of all its words and the length of its vector; entries get their shared stem."""
    for k in range(len(total)):
        for entry in range(first[k], first[k + 1]):
            worth = count[entry] * weight[stem[entry]]
            total[k] += worth
            length[k] += worth**2
            stem[entry] = column[stem[entry]] - 1
        length[k] = np.sqrt(length[k])


@kernel(
    "Tuple((i8[::1], i8[::1], i8[::1], f8[::1], i8[::1], i8[::1], i8[::1], f8[::1], f8[::1], f8[:, ::1], f8[:, ::1],"
    "f8[:, ::1]))"
    "(i4[::1], i8[::1], i4[::1], i8[::1], i4[::1])"
)
def likeness(
    stems_a: Offsets, bounds_a: Ints, stems_b: Offsets, bounds_b: Ints, scratch: Offsets
) -> tuple[Ints, Ints, Ints, Floats, Ints, Ints, Ints, Floats, Floats, Floats, Floats, Floats]:
    """How alike every unit of a is to every unit of b.

    Args:
        stems_a, stems_b: the number of the stem of each word.
        bounds_a, bounds_b: the first word of each unit, and the number of words.
        scratch: a zero for each number.

    Returns:
        Where the entries of each unit of a begin, the shared stem of each entry (-1 for none) and its count, the
        weight of all words of each unit; the same of b; the weight of each shared stem; cosine, Dice and overlap
        of each two units.
    """
    n_a, n_b = len(bounds_a) - 1, len(bounds_b) - 1
    most = len(stems_a) + len(stems_b) + 1
    numbers = np.zeros(most, dtype=np.int32)
    units_a, units_b = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    first_a, first_b = np.zeros(n_a + 1, dtype=np.int64), np.zeros(n_b + 1, dtype=np.int64)
    stem_a, stem_b = np.zeros(len(stems_a), dtype=np.int64), np.zeros(len(stems_b), dtype=np.int64)
    count_a, count_b = np.zeros(len(stems_a), dtype=np.int64), np.zeros(len(stems_b), dtype=np.int64)
    n = _bags(stems_a, bounds_a, scratch, numbers, _A, first_a, stem_a, count_a, units_a)
    n = _bags(stems_b, bounds_b, scratch, numbers, n, first_b, stem_b, count_b, units_b)
    rarity = np.zeros(n + 1, dtype=np.float64)  # inverse sentence frequency of each stem
    column = np.zeros(n + 1, dtype=np.int64)  # number of each shared stem, counted from 1
    weight = np.zeros(n, dtype=np.float64)
    shared = 0
    for k in range(1, n + 1):
        scratch[numbers[k]] = 0
        rarity[k] = np.log((n_a + n_b) / (units_a[k] + units_b[k]))
        if units_a[k] and units_b[k]:
            weight[shared] = rarity[k]
            shared += 1
            column[k] = shared
    weight = weight[:shared]
    total_a, total_b = np.zeros(n_a, dtype=np.float64), np.zeros(n_b, dtype=np.float64)
    length_a, length_b = np.zeros(n_a, dtype=np.float64), np.zeros(n_b, dtype=np.float64)
    _weigh(first_a, stem_a, count_a, rarity, column, total_a, length_a)
    _weigh(first_b, stem_b, count_b, rarity, column, total_b, length_b)
    last = np.zeros(shared, dtype=np.int64)  # of each shared stem its last entry in b, counted from 1, and
    before = np.zeros(len(stem_b), dtype=np.int64)  # of each entry the one before it, and
    unit = np.zeros(len(stem_b), dtype=np.int64)  # its unit
    for j in range(n_b):
        for entry in range(first_b[j], first_b[j + 1]):
            unit[entry] = j
            if stem_b[entry] >= 0:
                before[entry] = last[stem_b[entry]]
                last[stem_b[entry]] = entry + 1
    cosine, dice = np.zeros((n_a, n_b), dtype=np.float64), np.zeros((n_a, n_b), dtype=np.float64)
    common = np.zeros((n_a, n_b), dtype=np.float64)
    for i in range(n_a):
        for entry in range(first_a[i], first_a[i + 1]):
            if stem_a[entry] >= 0:
                worth = weight[stem_a[entry]]
                other = last[stem_a[entry]]
                while other:
                    j = unit[other - 1]
                    cosine[i, j] += count_a[entry] * worth**2 * count_b[other - 1]
                    common[i, j] += min(count_a[entry], count_b[other - 1]) * worth
                    dice[i, j] += 2.0
                    other = before[other - 1]
        for j in range(n_b):
            if dice[i, j] > 0:
                norm = length_a[i] * length_b[j]
                size = first_a[i + 1] - first_a[i] + first_b[j + 1] - first_b[j]
                cosine[i, j] = np.rint(cosine[i, j] / (norm if norm > 0 else 1.0) * 1e6) / 1e6
                dice[i, j] = np.rint(dice[i, j] / size * 1e6) / 1e6
                total = total_a[i] + total_b[j]
                common[i, j] = np.rint(2 * common[i, j] / total * 1e9) / 1e9 if total > 0 else 0.0
    return first_a, stem_a, count_a, total_a, first_b, stem_b, count_b, total_b, weight, cosine, dice, common


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
