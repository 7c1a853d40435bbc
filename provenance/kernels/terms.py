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
_FIXED = 1 << 20  # squared weights stand in the lists of sentences as whole numbers of this part of one
_HEAD = 2  # places before a list of sentences: how many they are, and the squared weight of their term
_ROUNDING = 1e-3  # more than what is lost in sums of whole numbers of ``_FIXED``
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # spreads numbers over a small table


# --- numbers for hashes ---------------------------------------------------------------------------------------------


@inner
def _found(hash, slots, known):
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
        at = _found(hashes[k], slots, known)
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
def _bigram(first, second):
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
                    term = _bigram(one, known[words[k + 1]])
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
        lists: one after the other: occurrences, squared weight (see ``_FIXED``), sentences descending; filled.
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
        at = (terms[k] * _GOLDEN) >> shift
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
            number = slots[_found(term[at], slots, weighed)]
            square[at] = squares[number - 1] if number else squares[len(squares) - 1]
        if 2 <= frequency[at] <= limit:
            lists[end] = total[at]
            lists[end + 1] = np.uint32(square[at] * _FIXED)
            end += _HEAD + total[at]
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
        after = k + _HEAD + lists[k]
        for n in range(k + _HEAD, after):
            held[at[lists[n]]] = k
            at[lists[n]] += 1
        k = after


# --- pairs of sentences ---------------------------------------------------------------------------------------------


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
                        term = _bigram(known[word], known[then])
                        number = slots[_found(term, slots, weighed)]
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
        weight, stop = np.int64(lists[at_list + 1]), at_list + _HEAD + lists[at_list]
        at_list += _HEAD
        while at_list < stop and lists[at_list] > last_own:
            other = lists[at_list]
            at = (np.uint64(other) * _GOLDEN) >> shift
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
            likely, needed = 0, np.int64(hint * norms[row] * _FIXED)
            for k in range(n):
                at = touched[k]
                if total[at] >= needed * least[key[at]]:
                    others[likely], rares[likely] = key[at], total[at] / _FIXED
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
