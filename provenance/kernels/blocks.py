"""Shared blocks of many pairs of texts at once: ``match.passages.find_blocks`` over flat arrays.

A pair of news articles takes some microseconds, because everything it needs fits into the first cache: a table of one
text's seeds, probed with those of the other; one number a diagonal instead of sorting the hits; and word hashes
compared in place of words.
"""

from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import inner, kernel

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
# numbers of one width: numba would compile anew for what it knows to be 0 or 1 when it is first seen
_ZERO, _ONE = cast("int", np.int64(0)), cast("int", np.int64(1))
_NO, _YES = cast("bool", np.bool_(False)), cast("bool", np.bool_(True))
_MOST_WORDS = 1 << 22  # words of a group of pairs, of each its shorter text: at most 50 MB for the runs of a group


def blocks_of_pairs(
    words: Hashes,
    first: Ints,
    pairs: Ints,
    seed_words: int,
    gap_words: int,
    passage_words: int,
    often: int,
    exact: bool = False,
) -> tuple[Ints, Ints, npt.NDArray[np.int32]]:
    """The blocks of shared text of each of some pairs of texts.

    Args:
        words: hashes of the words of n texts, one text after the other.
        first: where each text begins in ``words``, and where the last one ends, shape (n + 1,).
        pairs: numbers of the texts a and b, shape (m, 2).
        seed_words: words in a row that start a block.
        gap_words: words left out or changed on either side within one block.
        passage_words: words in common from which a block counts.
        often: places (those in a times those in b) above which a seed starts nothing.
        exact: blocks of runs in the order of a that are measured (see ``match.measures``): no run is shorter than a
            seed, and a run that a longer one crosses keeps its longest stretch.

    Returns:
        The number of the first block of each pair, and of all blocks, shape (m + 1,); the number of the first run of
        each block, and of all runs, shape (blocks + 1,); and of each run the first word in a, the first word in b, and
        its words, shape (runs, 3).

    Cost: about 10 µs a pair of 500 words; memory for what is found and 100 MB.
    """
    size = np.diff(first)
    pairs = np.ascontiguousarray(pairs, dtype=np.int64)
    shorter = np.minimum(size[pairs[:, 0]], size[pairs[:, 1]])
    cuts = np.flatnonzero(np.diff(np.cumsum(shorter) // _MOST_WORDS)) + 1
    pair_first, block_first, runs = [], [], []
    blocks_before = runs_before = 0
    for group, words_of in zip(np.split(pairs, cuts), np.split(shorter, cuts), strict=True):
        most = int(words_of.sum())  # no word stands in two runs
        of_pair = np.zeros(len(group) + 1, dtype=np.int64)
        of_block = np.zeros(most // max(1, passage_words) + len(group) + 1, dtype=np.int64)
        found = np.empty((most, 3), dtype=np.int64)
        numbers = (seed_words, gap_words, passage_words, often, exact)
        n = _blocks(words, first, group, *numbers, of_pair, of_block, found)
        pair_first.append(of_pair[:-1] + blocks_before)
        block_first.append(of_block[: of_pair[-1]] + runs_before)
        runs.append(found[:n].astype(np.int32))
        blocks_before += int(of_pair[-1])
        runs_before += n
    return (
        np.concatenate([*pair_first, [blocks_before]]),
        np.concatenate([*block_first, [runs_before]]),
        np.concatenate(runs),
    )


def blocks_of_pair(
    a: Hashes, b: Hashes, seed_words: int, gap_words: int, passage_words: int, often: int, exact: bool = False
) -> list[list[list[int]]]:
    """The blocks of two texts, as the runs of each; see ``blocks_of_pairs``.

    Args:
        a, b: hashes of the words of two texts.
        seed_words, gap_words, passage_words, often, exact: as there.
    """
    most = min(len(a), len(b))
    first = np.array((0, len(a), len(a) + len(b)))
    of_pair, of_block = np.zeros(2, dtype=np.int64), np.zeros(most // max(1, passage_words) + 2, dtype=np.int64)
    found = np.empty((most, 3), dtype=np.int64)
    words = np.concatenate((a, b))
    numbers = (seed_words, gap_words, passage_words, often, exact)
    n = _blocks(words, first, _ONE_PAIR, *numbers, of_pair, of_block, found)
    runs, bounds = found[:n].tolist(), of_block[: of_pair[1] + 1].tolist()
    return [runs[start:end] for start, end in pairwise(bounds)]


_ONE_PAIR = np.array([[0, 1]])


# --- runs -----------------------------------------------------------------------------------------------------------


@inner
def _seeds(words: Hashes, size: int) -> Hashes:
    """The hash of every run of ``size`` words."""
    seeds = np.empty(len(words) - size + 1, dtype=np.uint64)
    for i in range(len(seeds)):
        rolled = np.uint64(0)
        for k in range(size):
            rolled = rolled * _FACTOR + words[i + k]
        seeds[i] = (rolled ^ (rolled >> np.uint64(29))) * _FACTOR
    return seeds


@inner
def _maximal_runs(a: Hashes, b: Hashes, size: int, often: int) -> tuple[Ints, int]:
    """The maximal runs of equal words that hold a seed which is no refrain, in the order of their seeds in b."""
    seeds_a, seeds_b = _seeds(a, size), _seeds(b, size)
    bits = 2
    while (1 << bits) < 4 * len(seeds_a):
        bits += 1
    table = np.zeros(1 << bits, dtype=np.int64)
    first = _first_places(seeds_a, seeds_a, table, bits, _YES)
    held = _first_places(seeds_b, seeds_a, table, bits, _NO)
    in_a, in_b = np.zeros(len(seeds_a) + 1, dtype=np.int64), np.zeros(len(seeds_a) + 1, dtype=np.int64)
    following = np.zeros(len(seeds_a) + 1, dtype=np.int64)  # other places of the same seed
    for i in range(len(seeds_a)):
        in_a[first[i]] += 1
        if first[i] <= i:
            following[i + 1] = following[first[i]]
            following[first[i]] = i + 1
    for j in range(len(seeds_b)):
        in_b[held[j]] += 1
    hits = 0
    for j in range(len(seeds_b)):
        if in_a[held[j]] * in_b[held[j]] > often:
            held[j] = 0
        hits += in_a[held[j]]
    runs = np.empty((hits, 3), dtype=np.int64)
    reached = np.zeros(len(a) + len(b), dtype=np.int64)  # of each diagonal, the end in b of its last run
    n = _ZERO
    for j in range(len(seeds_b)):
        place = held[j]
        while place:
            diagonal = len(b) + place - 1 - j
            if j >= reached[diagonal]:
                _widen(place - 1, j, size, a, b, runs, n)
                reached[diagonal] = runs[n, 1] + runs[n, 2]
                n += 1
            place = following[place]
    return runs, n


@inner
def _first_places(seeds: Hashes, of: Hashes, table: Ints, bits: int, adds: bool) -> Ints:
    """For each seed the first place of an equal one in ``of``, counted from 1; 0 for none.

    The table has open addressing and a power of two entries; seeds that it lacks are added, if so wanted.
    """
    places = np.zeros(len(seeds), dtype=np.int64)
    last, shift = (1 << bits) - 1, np.uint64(64 - bits)
    for k in range(len(seeds)):
        slot = np.int64(seeds[k] >> shift)
        while table[slot] and of[table[slot] - 1] != seeds[k]:
            slot = (slot + 1) & last
        if adds and not table[slot]:
            table[slot] = k + 1
        places[k] = table[slot]
    return places


@inner
def _set(runs: Ints, k: int, at: int, by: int, words: int) -> None:
    runs[k, 0], runs[k, 1], runs[k, 2] = at, by, words


@inner
def _widen(at: int, by: int, words: int, a: Hashes, b: Hashes, runs: Ints, n: int) -> None:
    """Sets run n to these words and all equal words on either side of them."""
    end_a, end_b = at + words, by + words
    while at and by and a[at - 1] == b[by - 1]:
        at, by = at - 1, by - 1
    while end_a < len(a) and end_b < len(b) and a[end_a] == b[end_b]:
        end_a, end_b = end_a + 1, end_b + 1
    _set(runs, n, at, by, end_a - at)


@inner
def _order(keys: Ints) -> Ints:
    """The order of distinct keys (Shell's sort: they are few, and nearly in order)."""
    order = np.zeros(len(keys), dtype=np.int64)
    for k in range(len(keys)):
        order[k] = k
    step = 1
    while step < len(keys) // 3:
        step = 3 * step + 1
    while step > 0:
        for k in range(step, len(keys)):
            this, at = order[k], k
            while at >= step and keys[order[at - step]] > keys[this]:
                order[at] = order[at - step]
                at -= step
            order[at] = this
        step //= 3
    return order


@inner
def _sorted(runs: Ints, n: int) -> Ints:
    """The first n runs in the order of a, then b."""
    keys = np.zeros(n, dtype=np.int64)
    for k in range(n):
        keys[k] = (np.int64(runs[k, 0]) << 32) + runs[k, 1]
    order = _order(keys)
    out = np.empty((n, 3), dtype=np.int64)
    for k in range(n):
        _set(out, k, runs[order[k], 0], runs[order[k], 1], runs[order[k], 2])
    return out


# --- blocks ---------------------------------------------------------------------------------------------------------


@inner
def _chain(runs: Ints, gap: int) -> tuple[Ints, int]:
    """The number of the block of each run, and how many there are; runs follow one another within the gap.

    A run joins the nearest block that it can follow, and loses the words that the block already holds.
    """
    block = np.zeros(len(runs), dtype=np.int64)
    last = np.zeros(len(runs), dtype=np.int64)  # the last run of each block
    waiting = np.zeros(len(runs), dtype=np.int64)  # blocks that may go on
    n = open_ = 0
    for k in range(len(runs)):
        best, nearest, overlap = -1, 0, 0
        still = 0
        for w in range(open_):
            before = last[waiting[w]]
            gap_a = runs[k, 0] - runs[before, 0] - runs[before, 2]
            gap_b = runs[k, 1] - runs[before, 1] - runs[before, 2]
            if gap_a > gap:
                continue
            waiting[still] = waiting[w]
            still += 1
            twice = max(0, -gap_a, -gap_b)
            distance = abs(gap_a) + abs(gap_b)
            if gap_b > gap or twice >= min(runs[k, 2], runs[before, 2]) or runs[k, 1] <= runs[before, 1]:
                continue
            if best < 0 or distance < nearest:
                best, nearest, overlap = waiting[w], distance, twice
        open_ = still
        if best < 0:
            best = waiting[open_] = n
            n, open_ = n + 1, open_ + 1
        _set(runs, k, runs[k, 0] + overlap, runs[k, 1] + overlap, runs[k, 2] - overlap)
        block[k] = best
        last[best] = k
    return block, n


@inner
def _by_size(runs: Ints, block: Ints, n: int) -> tuple[Ints, Ints]:
    """The runs of the largest block first, then those of the next, and where each block begins."""
    keys = np.zeros(n, dtype=np.int64)
    first = np.zeros(n + 1, dtype=np.int64)
    for k in range(len(runs)):
        keys[block[k]] -= np.int64(runs[k, 2]) << 32
        first[block[k]] += 1
    for number in range(n):
        keys[number] += number
    order = _order(keys)
    at = np.zeros(n, dtype=np.int64)
    end = 0
    for number in range(n):
        size = first[order[number]]
        at[order[number]] = end
        end += size
    out = np.empty((len(runs), 3), dtype=np.int64)
    for k in range(len(runs)):
        _set(out, at[block[k]], runs[k, 0], runs[k, 1], runs[k, 2])
        at[block[k]] += 1
    for number in range(n):
        first[number + 1] = at[order[number]]
    first[0] = 0
    return out, first


@inner
def _apart(
    chained: Ints,
    first: Ints,
    a: Hashes,
    b: Hashes,
    size: int,
    gap: int,
    least: int,
    out: Ints,
    block_first: Ints,
    blocks: int,
    runs: int,
) -> tuple[int, int]:
    """Writes the blocks, filled and without words that a larger block holds, behind those already in ``out``.

    Returns:
        How many blocks and runs there are now.
    """
    shorter = min(len(a), len(b))
    taken_a, taken_b = np.zeros(len(a), dtype=np.int64), np.zeros(len(b), dtype=np.int64)  # 0 or 1
    free, made = np.empty((shorter, 3), dtype=np.int64), np.empty((shorter, 3), dtype=np.int64)
    bounds = np.zeros(shorter // max(1, least) + 2, dtype=np.int64)
    done = 0
    for number in range(len(first) - 1):
        parts = _ZERO
        for k in range(first[number], first[number + 1]):
            parts = _free_parts(chained, k, taken_a, taken_b, size, free, parts)
        start = _ZERO
        for k in range(1, parts + 1):
            if k < parts and max(free[k, 0] - free[k - 1, 0], free[k, 1] - free[k - 1, 1]) - free[k - 1, 2] <= gap:
                continue
            end = _fill(free, start, k, a, b, taken_a, taken_b, made, bounds[done], least)
            if end > bounds[done]:
                done += 1
                bounds[done] = end
            start = k
    keys = np.zeros(done, dtype=np.int64)
    for k in range(done):
        keys[k] = made[bounds[k], 0]
    order = _order(keys)
    for number in range(done):
        for k in range(bounds[order[number]], bounds[order[number] + 1]):
            _set(out, runs, made[k, 0], made[k, 1], made[k, 2])
            runs += 1
        blocks += 1
        block_first[blocks] = runs
    return blocks, runs


@inner
def _free_parts(runs: Ints, k: int, taken_a: Ints, taken_b: Ints, size: int, free: Ints, parts: int) -> int:
    """Adds what is left of a run where some of its words are taken; what is shorter than a seed only if it is whole."""
    at, by, words = runs[k, 0], runs[k, 1], runs[k, 2]
    start = 0
    for offset in range(words + 1):
        if offset < words and not (taken_a[at + offset] or taken_b[by + offset]):
            continue
        if offset - start >= min(size, words):
            _set(free, parts, at + start, by + start, offset - start)
            parts += 1
        start = offset + 1
    return parts


@inner
def _fill(
    runs: Ints,
    start: int,
    stop: int,
    a: Hashes,
    b: Hashes,
    taken_a: Ints,
    taken_b: Ints,
    made: Ints,
    first: int,
    least: int,
) -> int:
    """Makes a block of some runs and the single words that agree between them, and takes its words.

    Returns:
        The end of the block in ``made``, or ``first`` where it is too small.
    """
    end = first
    for k in range(start, stop):
        if k > start:
            low_a, low_b = made[end - 1, 0] + made[end - 1, 2], made[end - 1, 1] + made[end - 1, 2]
            end = _add_between(a, b, taken_a, taken_b, low_a, runs[k, 0], low_b, runs[k, 1], made, first, end)
        end = _add(made, first, end, runs[k, 0], runs[k, 1], runs[k, 2])
    words = 0
    for k in range(first, end):
        words += made[k, 2]
    if words < least:
        return first
    for k in range(first, end):
        for offset in range(made[k, 2]):
            taken_a[made[k, 0] + offset] = taken_b[made[k, 1] + offset] = 1
    return end


@inner
def _add(made: Ints, first: int, end: int, at: int, by: int, words: int) -> int:
    """Adds a run to the block that begins at ``first``; runs that touch on both sides are one."""
    if end > first and made[end - 1, 0] + made[end - 1, 2] == at and made[end - 1, 1] + made[end - 1, 2] == by:
        made[end - 1, 2] += words
        return end
    _set(made, end, at, by, words)
    return end + 1


@inner
def _add_between(
    a: Hashes,
    b: Hashes,
    taken_a: Ints,
    taken_b: Ints,
    low_a: int,
    high_a: int,
    low_b: int,
    high_b: int,
    made: Ints,
    first: int,
    end: int,
) -> int:
    """Adds the longest common sequence of the free words of two ranges, of several the one that rapidfuzz takes."""
    while low_a < high_a and low_b < high_b and a[low_a] == b[low_b] and not (taken_a[low_a] or taken_b[low_b]):
        end = _add(made, first, end, low_a, low_b, _ONE)
        low_a, low_b = low_a + 1, low_b + 1
    after = 0
    while low_a < high_a and low_b < high_b:
        i, j = high_a - 1, high_b - 1
        if a[i] != b[j] or taken_a[i] or taken_b[j]:
            break
        high_a, high_b, after = i, j, after + 1
    if low_a < high_a and low_b < high_b:
        partner = _partners(a, b, taken_a, taken_b, low_a, high_a, low_b, high_b)
        for k in range(len(partner)):
            if partner[k]:
                end = _add(made, first, end, low_a + k, low_b + partner[k] - 1, _ONE)
    for k in range(after):
        end = _add(made, first, end, high_a + k, high_b + k, _ONE)
    return end


@inner
def _partners(
    a: Hashes, b: Hashes, taken_a: Ints, taken_b: Ints, low_a: int, high_a: int, low_b: int, high_b: int
) -> Ints:
    """Of each word of a range its partner in the longest common sequence, counted from 1; 0 for none."""
    width, height = high_a - low_a, high_b - low_b
    level = np.zeros(height * width, dtype=np.int64)  # 1: this word of a makes the sequence up to its row no longer
    longest = np.zeros(width + 1, dtype=np.int64)
    for row in range(height):
        diagonal = 0
        for column in range(width):
            i, j, above = low_a + column, low_b + row, longest[column + 1]
            if a[i] == b[j] and not (taken_a[i] or taken_b[j]):
                longest[column + 1] = diagonal + 1
            elif longest[column] > above:
                longest[column + 1] = longest[column]
            if longest[column + 1] == longest[column]:
                level[row * width + column] = 1
            diagonal = above
    partner = np.zeros(width, dtype=np.int64)
    row, column = height, width
    while row and column:  # subtle: of several sequences, rapidfuzz's: back from the end, words of a let go first
        if level[(row - 1) * width + column - 1]:
            column -= 1
        else:
            row -= 1
            if not row or level[(row - 1) * width + column - 1]:
                column -= 1
                partner[column] = row + 1
    return partner


# --- runs that are measured -----------------------------------------------------------------------------------------


@inner
def _free_stretch(at: int, by: int, words: int, taken_a: Ints, taken_b: Ints) -> tuple[int, int]:
    """Where the first and longest stretch of free words of a run begins, and its words."""
    best = longest = start = 0
    for offset in range(words + 1):
        if offset == words or taken_a[at + offset] or taken_b[by + offset]:
            if offset - start > longest:
                best, longest = start, offset - start
            start = offset + 1
    return best, longest


@inner
def _exact_runs(found: Ints, a: Hashes, b: Hashes, size: int) -> Ints:
    """Runs without overlap, in order; a longer run is asked first, a shorter one keeps its longest free stretch."""
    n = len(found)
    keys = np.zeros(n, dtype=np.int64)
    for k in range(n):
        keys[k] = k - (found[k, 2] << 32)
    order = _order(keys)
    taken_a, taken_b = np.zeros(len(a), dtype=np.int64), np.zeros(len(b), dtype=np.int64)
    kept = np.empty((n, 3), dtype=np.int64)
    done = _ZERO
    for k in range(n):
        at, by, words = found[order[k], 0], found[order[k], 1], found[order[k], 2]
        start, longest = _free_stretch(at, by, words, taken_a, taken_b)
        if longest >= size:
            _set(kept, done, at + start, by + start, longest)
            done += 1
            for offset in range(start, start + longest):
                taken_a[at + offset] = taken_b[by + offset] = 1
    return _sorted(kept, done)


@inner
def _joined(found: Ints, gap: int, least: int, out: Ints, block_first: Ints, blocks: int, runs: int) -> tuple[int, int]:
    """Writes runs as blocks behind those already in ``out``; a run follows the one before it within the gap.

    Returns:
        How many blocks and runs there are now.
    """
    words = start = _ZERO
    for k in range(len(found)):
        words += found[k, 2]
        if k + 1 < len(found):
            gap_a = found[k + 1, 0] - found[k, 0] - found[k, 2]
            gap_b = found[k + 1, 1] - found[k, 1] - found[k, 2]
            if gap_a <= gap and 0 <= gap_b <= gap:
                continue
        if words >= least:
            for number in range(start, k + 1):
                _set(out, runs, found[number, 0], found[number, 1], found[number, 2])
                runs += 1
            blocks += 1
            block_first[blocks] = runs
        words, start = _ZERO, k + 1
    return blocks, runs


# --- pairs ----------------------------------------------------------------------------------------------------------


@inner
def _equal(a: Hashes, b: Hashes) -> bool:
    if len(a) != len(b):
        return False
    for i in range(len(a)):  # noqa: SIM110 - a kernel has no generators
        if a[i] != b[i]:
            return False
    return True


@kernel("i8(u8[::1], i8[::1], i8[:, ::1], i8, i8, i8, i8, b1, i8[::1], i8[::1], i8[:, ::1])")
def _blocks(
    words: Hashes,
    first: Ints,
    pairs: Ints,
    size: int,
    gap: int,
    least: int,
    often: int,
    exact: bool,
    pair_first: Ints,
    block_first: Ints,
    out: Ints,
) -> int:
    """Fills the last three arrays, which are large enough for any blocks; gives the number of runs."""
    blocks = runs = _ZERO
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        a, b = words[first[i] : first[i + 1]], words[first[j] : first[j + 1]]
        if not exact and len(a) and _equal(a, b):
            _set(out, runs, _ZERO, _ZERO, len(a))
            blocks, runs = blocks + 1, runs + 1
            block_first[blocks] = runs
        elif len(a) >= size and len(b) >= size:
            found, n = _maximal_runs(a, b, size, often)
            found = _sorted(found, n)
            if exact:
                found = _exact_runs(found, a, b, size)
                blocks, runs = _joined(found, gap, least, out, block_first, blocks, runs)
            else:
                block, n = _chain(found, gap)
                chained, bounds = _by_size(found, block, n)
                blocks, runs = _apart(chained, bounds, a, b, size, gap, least, out, block_first, blocks, runs)
        pair_first[k + 1] = blocks
    return runs
