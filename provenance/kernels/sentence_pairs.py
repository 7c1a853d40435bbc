"""Which sentences of a large pile are alike: proposed by the rare terms that they share, then paired one to one.

Sums over the terms that two sentences share are those of ``terms``.
"""

import numpy as np

from provenance.kernels.compiled import built_from, inner, kernel
from provenance.kernels.terms import (
    FIXED,
    GOLDEN,
    HEAD,
    Bytes,
    Flags,
    Floats,
    Hashes,
    Ints,
    Numbers,
    bigram_of,
    slot_of,
)

_terms = built_from("provenance.kernels.terms")

_ROUNDING = 1e-3  # more than what is lost in sums of whole numbers of ``FIXED``


@inner
def _chain(words, starts, first, end, stamp, head, following, after, row_of):
    """Chains the places of each word in some sentences in a row, with the next word and the sentence of each place."""
    start = starts[first]
    for row in range(end - 1, first - 1, -1):
        then = -1
        for at in range(starts[row + 1] - 1, starts[row] - 1, -1):
            word, place = words[at], at - start
            following[place] = head[word] & _LOW if head[word] >> 32 == stamp else _LOW
            head[word] = stamp << 32 | place
            after[place] = then
            row_of[place] = row - first
            then = np.int64(word)


@inner
def _multiply(words, starts, first, end, stamp, head, following, after, row_of, weights, grid):
    """Products of the chained sentences (rows of the grid) and some others (columns)."""
    word_squares, known, slots, weighed, squares = weights
    width = end - first
    for row in range(first, end):
        for at in range(starts[row], starts[row + 1]):
            word = words[at]
            place = head[word] & _LOW if head[word] >> 32 == stamp else _LOW
            then = np.int64(words[at + 1]) if at + 1 < starts[row + 1] else -2
            both = 0.0
            while place != _LOW:
                product = word_squares[word]
                if after[place] == then:
                    if both == 0.0:
                        term = bigram_of(known[word], known[then])
                        number = slots[slot_of(term, slots, weighed)]
                        both = squares[number - 1] if number else squares[len(squares) - 1]
                    product += both
                grid[row_of[place] * width + row - first] += product
                place = following[place]


_LOW = (1 << 32) - 1


@inner
def _meet(begin, end, last_own, held, lists, key, total, touched, shift):
    """Adds up what a sentence shares with later articles' in rare terms; returns with how many there is anything."""
    n, mask = 0, (np.uint64(1) << (np.uint64(64) - shift)) - np.uint64(1)
    for k in range(begin, end):
        at_list = np.int64(held[k])
        weight, stop = np.int64(lists[at_list + 1]), at_list + HEAD + lists[at_list]
        at_list += HEAD
        while at_list < stop and lists[at_list] > last_own:
            other = lists[at_list]
            at = (np.uint64(other) * GOLDEN) >> shift
            while total[at] and key[at] != other:
                at = (at + np.uint64(1)) & mask
            if total[at] == 0:
                key[at] = other
                touched[n] = at
                n += 1
            total[at] += weight
            at_list += 1
    return n


@kernel(
    "UniTuple(int64, 2)(uint32[::1], int64[::1], float64[::1], uint64[::1], uint32[::1], uint64[::1], float64[::1], "
    "float64[::1], uint8[::1], float64[::1], uint32[::1], int64[::1], int64[::1], uint32[::1], uint32[::1], "
    "int64[::1], uint32[::1], float64, float64, int64, int64, uint32[::1], uint32[:, ::1])"
)
@_terms
def propose_pairs(
    words: Numbers,
    starts: Ints,
    word_squares: Floats,
    known: Hashes,
    slots: Numbers,
    weighed: Hashes,
    squares: Floats,
    norms: Floats,
    least: Bytes,
    common: Floats,
    article: Numbers,
    bounds: Ints,
    ends: Ints,
    held: Numbers,
    lists: Numbers,
    asked_first: Ints,
    asked: Numbers,
    hint: float,
    at_least: float,
    enough: int,
    one: int,
    seen: Numbers,
    pairs: Numbers,
) -> tuple[int, int]:
    """Pairs of articles that were not asked for, with sentences that share rare terms and are alike.

    Args:
        words, starts, known: as with ``spread_terms``.
        word_squares: squared weight by word.
        slots, weighed, squares: of pairs of words, as with ``join_terms``.
        norms, common: lengths of the sentences, and of what they hold of terms that are too frequent to be rare.
        least: the lengths rounded down, at most 255: most pairs are told by these, which stay in the cache.
        article: of each sentence.
        bounds: first sentence of each article, and the number of sentences.
        ends, held, lists: see ``turn_lists``.
        asked_first, asked: the later articles that each article is compared with anyway, and where they begin.
        hint: cosine that rare terms alone must bring.
        at_least: cosine of all terms.
        enough: sentences of the earlier article after which no further ones are counted.
        one: the first article to look at.
        seen: by article, its place in ``pairs``; changed.
        pairs: earlier and later article, sentences of the earlier that are alike to any of the later, the last of
            these; filled.

    Returns:
        The next article to look at, and the number of pairs; it takes more than one call where ``pairs`` gets full.
    """
    weights = (word_squares, known, slots, weighed, squares)
    found, longest, room = 0, 0, 1
    for row in range(len(norms)):
        longest = max(longest, starts[row + 1] - starts[row])
    key, total = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.int64)
    touched, others = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.int64)
    rares = np.zeros(room, dtype=np.float64)
    head, grid = np.zeros(len(known), dtype=np.int64), np.zeros(1, dtype=np.float64)
    following, after = np.zeros(longest, dtype=np.int64), np.zeros(longest, dtype=np.int64)
    row_of = np.zeros(longest, dtype=np.int64)
    while one < len(bounds) - 1 and found + len(bounds) <= len(pairs):
        first = found
        for k in range(asked_first[one], asked_first[one + 1]):  # stand there as if enough had been found
            seen[asked[k]] = found
            pairs[found, 0], pairs[found, 1], pairs[found, 2], pairs[found, 3] = one, asked[k], enough, 0
            found += 1
        kept = found
        for row in range(bounds[one], bounds[one + 1]):
            begin = ends[row - 1] if row else 0
            most = 8
            for k in range(begin, ends[row]):  # fetches the lists, all at once, before they are walked one by one
                most += lists[held[k]]
            bits = 4
            while (1 << bits) < 2 * most:
                bits += 1
            if (1 << bits) > room:
                room = 1 << bits
                key, total = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.int64)
                touched, others = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.int64)
                rares = np.zeros(room, dtype=np.float64)
            n = _meet(begin, ends[row], bounds[one + 1] - 1, held, lists, key, total, touched, np.uint64(64 - bits))
            likely, needed = 0, np.int64(hint * norms[row] * FIXED)
            for k in range(n):
                at = touched[k]
                if total[at] >= needed * least[key[at]]:
                    others[likely], rares[likely] = key[at], total[at] / FIXED
                    likely += 1
                total[at] = 0
            # a loop of its own, so that many of these sentences are fetched from memory at once
            n = likely
            likely = 0
            for k in range(n):
                other = others[k]
                lengths = norms[row] * norms[other]
                # the rest of two sentences cannot bring more than the product of their lengths
                reachable = rares[k] + common[row] * common[other] + _ROUNDING
                if rares[k] >= hint * lengths and reachable >= at_least * lengths:
                    others[likely] = other
                    likely += 1
            is_chained = False
            for k in range(likely):
                other = others[k]
                place = seen[article[other]]
                known_pair = first <= place < found and pairs[place, 1] == article[other]
                done = known_pair and (pairs[place, 2] >= enough or (pairs[place, 2] and pairs[place, 3] == row))
                if done:
                    continue
                if not is_chained:
                    _chain(words, starts, row, row + 1, row + 1, head, following, after, row_of)
                    is_chained = True
                grid[0] = 0.0
                _multiply(words, starts, other, other + 1, row + 1, head, following, after, row_of, weights, grid)
                if grid[0] < at_least * norms[row] * norms[other]:
                    continue
                if not known_pair:
                    place = found
                    seen[article[other]] = place
                    pairs[place, 0], pairs[place, 1], pairs[place, 2] = one, article[other], 0
                    found += 1
                pairs[place, 2] += 1
                pairs[place, 3] = row
        for k in range(kept, found):  # those asked for are no proposals
            for column in range(4):
                pairs[first + k - kept, column] = pairs[k, column]
        found -= kept - first
        one += 1
    return one, found


@inner
def _sort(keys, n):
    """Sorts the first n keys in place (a heap sort; numpy's takes a second to compile)."""
    for build in range(n // 2 - 1, -n, -1):
        size = n if build >= 0 else n + build
        if build < 0:
            keys[0], keys[size] = keys[size], keys[0]
        at = max(build, 0)
        while 2 * at + 1 < size:
            child = 2 * at + 1
            if child + 1 < size and keys[child + 1] > keys[child]:
                child += 1
            if keys[at] >= keys[child]:
                break
            keys[at], keys[child] = keys[child], keys[at]
            at = child


@inner
def _best_first(grid, in_a, in_b, at_least, keys, chosen, taken):
    """Picks pairs of sentences, the most alike first, each sentence once; ties fall by place. Returns how many."""
    n = picked = np.int64(0)  # not a plain 0: numba would compile the sort a second time, for what it sees to be 0
    for at in range(in_a * in_b):
        if grid[at] >= at_least:
            keys[n] = (2_000_000 - np.int64(np.rint(grid[at] * 1e6))) << 42 | at
            n += 1
    _sort(keys, n)
    for row in range(in_a):
        chosen[row] = -1
    for row in range(in_b):
        taken[row] = False
    for k in range(n):
        at = keys[k] & ((1 << 42) - 1)
        row, row_b = at // in_b, at % in_b
        if chosen[row] < 0 and not taken[row_b]:
            chosen[row] = row_b
            taken[row_b] = True
            picked += 1
    return picked


_STEPS = np.array([[-1, -1], [1, 1], [1, 2], [2, 1], [-1, -2], [-2, -1]])  # as in match.sentence_table


@inner
def _join_neighbours(grid, in_a, in_b, joined, chosen, taken, queue):
    """Adds pairs next to a chosen one on both sides, in the same order, until none is left."""
    tail = done = 0
    for row in range(in_a):
        if chosen[row] >= 0:
            queue[tail] = row
            tail += 1
    while done < tail:
        for k in range(len(_STEPS)):
            row = queue[done] + _STEPS[k, 0]
            row_b = chosen[queue[done]] + _STEPS[k, 1]
            inside = 0 <= row < in_a and 0 <= row_b < in_b
            if inside and chosen[row] < 0 and not taken[row_b] and grid[row * in_b + row_b] >= joined:
                chosen[row] = row_b
                taken[row_b] = True
                queue[tail] = row
                tail += 1
        done += 1


@kernel(
    "UniTuple(int64, 2)(uint32[::1], int64[::1], float64[::1], uint64[::1], uint32[::1], uint64[::1], float64[::1], "
    "float64[::1], int64[::1], int64[:, ::1], bool[::1], float64, float64, int64, int64, int64[::1], uint32[:, ::1], "
    "float64[::1])"
)
@_terms
def match_sentences(
    words: Numbers,
    starts: Ints,
    word_squares: Floats,
    known: Hashes,
    slots: Numbers,
    weighed: Hashes,
    squares: Floats,
    norms: Floats,
    bounds: Ints,
    pairs: Ints,
    tied: Flags,
    at_least: float,
    joined: float,
    enough: int,
    pair: int,
    pair_end: Ints,
    places: Numbers,
    cosines: Floats,
) -> tuple[int, int]:
    """The sentence pairs of pairs of articles, one to one: best first, then neighbours of those.

    Args:
        words ... norms, bounds: as with ``propose_pairs``.
        pairs: earlier and later article, sorted, shape (m, 2).
        tied: pairs whose neighbours are looked at in any case.
        at_least: cosine from which a pair counts.
        joined: the same, for a neighbour.
        enough: sentence pairs from which neighbours are looked at.
        pair: the first pair to look at.
        pair_end: by pair, the places of ``places`` in use after it; filled.
        places: both sentences, by their place among all; filled.
        cosines: of them, rounded to six places; filled.

    Returns:
        The next pair to look at, and the number of sentence pairs.
    """
    weights = (word_squares, known, slots, weighed, squares)
    longest = most = largest = found = 0
    for k in range(pair, len(pairs)):
        in_a = bounds[pairs[k, 0] + 1] - bounds[pairs[k, 0]]
        in_b = bounds[pairs[k, 1] + 1] - bounds[pairs[k, 1]]
        longest = max(longest, starts[bounds[pairs[k, 0] + 1]] - starts[bounds[pairs[k, 0]]])
        most, largest = max(most, in_a, in_b), max(largest, in_a * in_b)
    head = np.zeros(len(known), dtype=np.int64)
    following, after = np.zeros(longest, dtype=np.int64), np.zeros(longest, dtype=np.int64)
    row_of = np.zeros(longest, dtype=np.int64)
    grid, keys = np.zeros(largest, dtype=np.float64), np.zeros(largest, dtype=np.int64)
    chosen, queue = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    taken = np.zeros(most, dtype=np.bool_)
    chained = -1
    while pair < len(pairs):
        one, other = pairs[pair, 0], pairs[pair, 1]
        first_a, first_b = bounds[one], bounds[other]
        in_a, in_b = bounds[one + 1] - first_a, bounds[other + 1] - first_b
        if found + min(in_a, in_b) > len(places):
            break
        if chained != one:
            _chain(words, starts, first_a, first_a + in_a, one + 1, head, following, after, row_of)
            chained = one
        for at in range(in_a * in_b):
            grid[at] = 0.0
        _multiply(words, starts, first_b, first_b + in_b, one + 1, head, following, after, row_of, weights, grid)
        for row in range(in_a):
            for row_b in range(in_b):
                at = row * in_b + row_b
                grid[at] = np.rint(grid[at] / (norms[first_a + row] * norms[first_b + row_b]) * 1e6) / 1e6
        picked = _best_first(grid, in_a, in_b, at_least, keys, chosen, taken)
        if tied[pair] or picked >= enough:
            _join_neighbours(grid, in_a, in_b, joined, chosen, taken, queue)
        for row in range(in_a):
            if chosen[row] >= 0:
                places[found, 0], places[found, 1] = first_a + row, first_b + chosen[row]
                cosines[found] = grid[row * in_b + chosen[row]]
                found += 1
        pair_end[pair] = found
        pair += 1
    return pair, found
