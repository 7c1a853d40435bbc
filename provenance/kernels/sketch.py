"""Kernels of the search for candidate pairs: shingles, MinHash, near-equal texts, house text, shared shingles.

A *key* is the upper 40 bits of a shingle's hash and the number of the article that holds it in the lower 24: sorting
keys makes the inverted index. Two different shingles fall together once in 10^12 pairs, which three shared shingles
absorb. Numbers are unsigned of one width throughout, because numba widens uint32 * uint32 to uint64.
"""

import numpy as np

from provenance.kernels.compiled import inner, kernel

ARTICLE_BITS = 24  # lower bits of a key
_ARTICLE = np.uint64((1 << ARTICLE_BITS) - 1)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # as in match.fingerprint
_FOLD = np.uint64(29)
_BEFORE = 4  # members of a crowd before each one, to which it is tied besides the earliest


@inner
def _power(size):
    """What the word that leaves a shingle was multiplied by."""
    power = np.uint64(1)
    for _ in range(size):
        power *= _FACTOR
    return power


@inner
def _next(rolled, words, at, begin, size, power):
    """The sum that a shingle's hash is made of, rolled on by the word ``at`` of a text that starts at ``begin``."""
    rolled = rolled * _FACTOR + words[at]
    return rolled - words[at - size] * power if at >= begin + size else rolled


@inner
def _hash_of(rolled):
    return (rolled ^ (rolled >> _FOLD)) * _FACTOR


@kernel(
    "int64(uint64[::1], int64[::1], int64, uint64, uint32[::1], uint32[::1],"
    " uint64[::1], int64[::1], uint32[:, ::1], uint64[::1])"
)
def sketch_texts(words, first, size, limit, factors, terms, keys, bounds, signatures, contents):
    """Keys, signature and content hash of some texts; returns how many keys there are.

    Args:
        words: word hashes of all texts, one after the other.
        first: where each text starts, and the end of the last; (texts + 1,).
        size: words a shingle.
        limit: shingles whose hash is not above it are kept.
        factors, terms: the permutations of datasketch's ``affine32``.
        keys: room for one key a word; filled.
        bounds: where the keys of each text start; filled, (texts + 1,).
        signatures: (texts, permutations), filled; all ones for a text without shingles.
        contents: hash of all words of each text; filled.
    """
    n = 0
    power = _power(size)
    for text in range(len(first) - 1):
        bounds[text] = n
        rolled = np.uint64(0)
        signature = signatures[text]
        signature[:] = np.uint32(0xFFFFFFFF)
        content = np.uint64(first[text + 1] - first[text])
        for at in range(first[text], first[text + 1]):
            content = (content ^ words[at]) * _FACTOR
            content ^= content >> np.uint64(32)
            rolled = _next(rolled, words, at, first[text], size, power)
            value = _hash_of(rolled)
            if value > limit or at < first[text] + size - 1:
                continue
            keys[n] = (value & ~_ARTICLE) | np.uint64(text)
            n += 1
            mixed = np.uint32(value >> np.uint64(32))
            mixed = np.uint32(mixed ^ (mixed >> np.uint32(16)))
            mixed = np.uint32(mixed * np.uint32(0x85EBCA6B))
            mixed = np.uint32(mixed ^ (mixed >> np.uint32(13)))
            mixed = np.uint32(mixed * np.uint32(0xC2B2AE35))
            mixed = np.uint32(mixed ^ (mixed >> np.uint32(16)))
            for k in range(len(signature)):
                permuted = np.uint32(np.uint32(factors[k] * mixed) + terms[k])
                signature[k] = min(signature[k], permuted)
        contents[text] = content
    bounds[len(first) - 1] = n
    return n


@inner
def _sort(articles, place):
    """Sorts articles by their places (Shell's sort: numba's own takes a second to compile)."""
    gap = 1
    while gap < len(articles):
        gap = 3 * gap + 1
    while gap > 1:
        gap //= 3
        for end in range(gap, len(articles)):
            article, at = articles[end], end
            while at >= gap and place[articles[at - gap]] > place[article]:
                articles[at] = articles[at - gap]
                at -= gap
            articles[at] = article


@inner
def _holds(ordered, value):
    """Whether a sorted array holds a value."""
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) // 2
        if ordered[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < len(ordered) and ordered[low] == value


@inner
def _root_of(group, index):
    while group[index] != index:
        group[index] = group[group[index]]
        index = group[index]
    return index


@inner
def _alike(signatures, one, other, jaccard):
    equal = 0
    for k in range(signatures.shape[1]):
        if signatures[one, k] == signatures[other, k]:
            equal += 1
    return equal >= jaccard * signatures.shape[1]


@kernel("void(uint64[::1], int64[::1], uint32[:, ::1], float64, int64, int64[::1])")
def join_alike(band, order, signatures, jaccard, most, group):
    """Joins texts with one band in common whose estimated Jaccard reaches ``jaccard``.

    Args:
        band: band key of each text.
        order: the texts sorted by band key, then by number.
        signatures: of all texts.
        jaccard: the limit.
        most: texts of one band each text is compared with: the ones before it that are no equals.
        group: union-find array; changed.
    """
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and band[order[end]] == band[order[start]]:
            end += 1
        for at in range(start + 1, end):
            text = order[at]
            for before in range(max(start, at - most), at):
                one, other = _root_of(group, order[before]), _root_of(group, text)
                if one != other and _alike(signatures, order[before], text, jaccard):
                    group[max(one, other)] = min(one, other)
        start = end


@inner
def _share(shingles, bounds, one, other):
    """Part of the shorter text's shingles that the longer has; both are sorted."""
    if bounds[one + 1] - bounds[one] > bounds[other + 1] - bounds[other]:
        one, other = other, one
    i, j, same = bounds[one], bounds[other], 0
    while i < bounds[one + 1] and j < bounds[other + 1]:
        here, there = shingles[i], shingles[j]
        same += here == there  # no branches: which of the two is smaller cannot be foretold
        i += here <= there
        j += there <= here
    return same / max(1, bounds[one + 1] - bounds[one])


@inner
def _repeated(holders, outlets, times, articles, hours, undated, most_outlets, seen):
    """Whether one outlet repeats what holders have; ``seen`` is room of zeros by outlet, left so."""
    n = len(holders)
    names, top, early, late = 0, 0, np.inf, -np.inf
    for k in range(n):
        holder = holders[k]
        seen[outlets[holder]] += 1
        if seen[outlets[holder]] == 1:
            names += 1
        top = max(top, seen[outlets[holder]])
        if times[holder] == times[holder]:
            early, late = min(early, times[holder]), max(late, times[holder])
    for k in range(n):
        seen[outlets[holders[k]]] = 0
    if names == 1 and n >= articles and late - early > hours:
        return True
    return top >= undated and names <= most_outlets


@kernel(
    "void(uint64[::1], int64[::1], int64[::1], float64[::1], uint32[::1], int64[::1],"
    " int64, float64, int64, int64, int64, float64, uint8[::1])"
)
def mark_house_runs(
    keys, stories, outlets, times, shingles, bounds, articles, hours, undated, most_outlets, frame, frame_share, house
):
    """Which keys are house text (1) and which only repeat the one before them (2); see ``match.repeats``.

    Args:
        keys: sorted.
        stories, outlets: a number of each article, outlets below the number of articles.
        times: hours of publication, nan where unknown.
        shingles, bounds: the sorted shingles of each article, their upper 32 bits.
        articles, hours, undated, most_outlets, frame, frame_share: the limits of ``Settings``.
        house: room for one flag a key, all zero; filled.
    """
    holders = np.empty(len(stories), dtype=np.int64)
    seen = np.zeros(len(stories), dtype=np.int64)
    bits = 1
    while (1 << bits) < len(stories):
        bits += 1
    asked = np.zeros(1 << bits, dtype=np.uint64)  # the same articles hold many of their shingles together
    answers = np.zeros(1 << bits, dtype=np.int64)
    last = np.full(len(stories), -1, dtype=np.int64)
    few = min(articles, undated, frame)
    start = 0
    while start < len(keys):
        end = start + 1
        value = keys[start] >> np.uint64(ARTICLE_BITS)
        while end < len(keys) and keys[end] >> np.uint64(ARTICLE_BITS) == value:
            if keys[end] == keys[end - 1]:
                house[end] = 2
            end += 1
        if end - start >= few:
            n, crowd = 0, _FACTOR
            for at in range(start, end):
                article = np.int64(keys[at] & _ARTICLE)
                if last[stories[article]] != start:
                    last[stories[article]] = start
                    holders[n] = article
                    crowd = (crowd ^ np.uint64(article)) * _FACTOR
                    crowd ^= crowd >> np.uint64(32)
                    n += 1
            is_house = False
            if n >= few:
                slot = np.int64(crowd >> np.uint64(64 - bits))
                if asked[slot] != crowd:
                    asked[slot] = crowd
                    held = holders[:n]
                    is_house = _repeated(held, outlets, times, articles, hours, undated, most_outlets, seen)
                    if not is_house and n >= frame:
                        _sort(held, stories)
                        step, total, pairs = max(1, n // 8), 0.0, 0
                        for at in range(0, n - step, step):
                            if pairs < 8:
                                total += _share(shingles, bounds, held[at], held[at + step])
                                pairs += 1
                        is_house = pairs > 0 and total / pairs + 1e-9 < frame_share
                    answers[slot] = is_house
                is_house = answers[slot] == 1
            if is_house:
                for at in range(start, end):
                    if house[at] == 0:
                        house[at] = 1
        start = end


@kernel("int64(uint64[::1], uint8[::1], int64[::1], int64[::1], int64, int64, uint64[::1], boolean, int64[::1])")
def shared_shingles(keys, house, equal, rank, crowd, most, out, write, own):
    """One entry (smaller number, larger number) for every shingle that two articles share; returns how many.

    Of a shingle that more than ``crowd`` articles hold each is tied to the ``most`` earliest and to the four before
    it alone: a crowd of reprints costs no square.

    Args:
        keys: sorted.
        house: flags of ``mark_house_runs``; only keys with 0 count.
        equal: number of the first article with the same text; the others are left out.
        rank: place of each article in time.
        crowd, most: see above.
        out: room for the entries, where ``write`` is set.
        write: False only counts.
        own: shingles of each article; what these keys hold is added where ``write`` is set.
    """
    holders = np.empty(len(equal), dtype=np.int64)
    shift = np.uint64(32)
    n = 0
    start = 0
    while start < len(keys):
        value = keys[start] >> np.uint64(ARTICLE_BITS)
        end, k = start, 0
        while end < len(keys) and keys[end] >> np.uint64(ARTICLE_BITS) == value:
            article = np.int64(keys[end] & _ARTICLE)
            if house[end] == 0:
                own[article] += write
                if equal[article] == article:
                    holders[k] = article
                    k += 1
            end += 1
        start = end
        if k < 2:
            continue
        if k > crowd:
            ordered = holders[:k]
            _sort(ordered, rank)
            for j in range(1, k):
                for i in range(j):
                    if i >= most and i < j - _BEFORE:
                        continue
                    if write:
                        one, other = ordered[i], ordered[j]
                        out[n] = (np.uint64(min(one, other)) << shift) | np.uint64(max(one, other))
                    n += 1
        else:
            for j in range(1, k):
                for i in range(j):
                    if write:
                        out[n] = (np.uint64(holders[i]) << shift) | np.uint64(holders[j])
                    n += 1
    return n


@kernel("void(uint64[::1], int64[::1], int64, uint64, uint64[::1], boolean[::1], boolean[::1])")
def cover_house(words, first, size, limit, house, likely, covered):
    """Which words stand in house shingles, or between two of them with no other kept shingle in between.

    Args:
        words, first, size, limit: as in ``sketch_texts``.
        house: upper bits of the keys of house shingles, sorted, the lower ``ARTICLE_BITS`` zero.
        likely: by the first 16 bits of a shingle, whether any house shingle begins so.
        covered: room for one flag a word; filled.
    """
    covered[:] = False
    power = _power(size)
    for text in range(len(first) - 1):
        last = np.int64(-1)
        rolled = np.uint64(0)
        for end in range(first[text], first[text + 1]):
            rolled = _next(rolled, words, end, first[text], size, power)
            value, at = _hash_of(rolled), end - size + 1
            if value > limit or at < first[text]:
                continue
            value &= ~_ARTICLE
            if likely[value >> np.uint64(48)] and _holds(house, value):
                for k in range(at if last < 0 else last, end + 1):
                    covered[k] = True
                last = at
            else:
                last = -1


@kernel("void(int64[::1], int64[::1], int64[::1])")
def components(one, other, root):
    """The smallest text that each text is tied to by some pairs; ``root`` counts up from 0 and is changed."""
    for k in range(len(one)):
        low, high = _root_of(root, one[k]), _root_of(root, other[k])
        root[max(low, high)] = min(low, high)
    for text in range(len(root)):
        root[text] = _root_of(root, text)
