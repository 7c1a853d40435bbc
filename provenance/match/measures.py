"""What two texts share, measured by voice: what each says itself, what both quote, what one quotes of the other.

Passages answer what is shared; these numbers answer what kind of sharing it is. They rest on runs of equal words
alone, so that they mean the same however passages are joined.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.figures import Figures, Range, exchanged, figures_of, telling
from provenance.match.fingerprint import shingle_hashes
from provenance.match.reading import Reading
from provenance.match.voices import first_person
from provenance.match.weights import weights_for
from provenance.model import Measures
from provenance.phrases import FALLBACK

_GRAM = 3  # words; a run of so many, unique in both texts, opens a shared run
_GAP = 15  # words left out or changed on either side within one block
_BLOCK = 8  # words; a block with fewer in common is chance
_SPEECH = 0.035  # share of words in the first or second person from which a block is somebody's speech or letter ...
_GIVEN_SPEECH = 0.02  # ... and where a colon introduces it
_ALL = 0.9  # of the words of both texts, from which what is shared is the text itself: a column speaks of "I" too
_TENTH_HELD = 0.25  # of the words of a tenth of a text, from which that tenth counts as held by what is shared
_RARE = 7.0  # inverse sentence frequency of a rare word: one sentence of four hundred or fewer


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Shared words in the order of a, one entry a word.

    Attributes:
        a, b: place of the word in either text.
        run, block: number of the run and of the block it stands in.
        runs: (runs, 3): first word in a, first word in b, words.
    """

    a: Ints
    b: Ints
    run: Ints
    block: Ints
    runs: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """What is asked of a text in each of its pairs: words in quotation marks, rare words, persons, numbers.

    Grams that stand once in it come with their places, in the order of the hashes.
    """

    quoted: Flags
    rare: Flags
    persons: Flags
    figures: Figures
    grams: Hashes
    places: Ints


@lru_cache(maxsize=512)  # readings are compared by identity; a text stands in many pairs one after the other
def _side(reading: Reading) -> _Side:
    grams, places = _once(shingle_hashes(reading.hashes, _GRAM))
    return _Side(_quoted(reading), _rare(reading), _persons(reading), figures_of(reading), grams, places)


def measures_of(a: Reading, b: Reading) -> Measures:
    """The measures of two texts, ``Measures()`` when they share no block of words.

    Cost: about 1 ms for two texts of 700 words.
    """
    shared = shared_words(a, b)
    if not len(shared.a):
        return Measures()
    one, other = _side(a), _side(b)
    in_a, in_b = one.quoted[shared.a], other.quoted[shared.b]
    house = a.house[shared.a] | b.house[shared.b]
    given = _given(shared, a, b)
    whole = len(shared.a) >= _ALL * max(len(a), len(b))
    speech = _speech(shared, a, in_a & in_b, given) & (not whole)
    own = ~(in_a | in_b | house | speech)
    runs, run_words = _runs_of(shared, own)
    same, changed = exchanged(one.figures, other.figures, _ranges(shared))
    n = int(own.sum())
    return Measures(
        narrative=n,
        spoken=int(((in_a & in_b) | speech).sum()),
        quoted_a=int((in_a & ~in_b & ~speech & ~house).sum()),
        quoted_b=int((in_b & ~in_a & ~speech & ~house).sum()),
        presented=int((own & _presented(shared, given, own)).sum()),
        share_a=_share(n, a, one.quoted),
        share_b=_share(n, b, other.quoted),
        spread_a=_spread(shared.a[own], len(a)),
        spread_b=_spread(shared.b[own], len(b)),
        runs=runs,
        run_words=run_words,
        figures_same=same,
        figures_changed=changed,
        figures=_common(telling(one.figures), telling(other.figures)),
        rest=_common(_rare_outside(a, one.rare, shared.a), _rare_outside(b, other.rare, shared.b)),
    )


# --- shared runs ----------------------------------------------------------------------------------------------------


def shared_words(a: Reading, b: Reading) -> Shared:
    """The words in shared runs that belong to blocks of at least 8 shared words; no word counts twice."""
    runs = _apart(_runs(a, b), a, b)
    block = _blocks(runs)
    words = np.bincount(block, weights=runs[:, 2], minlength=1) if len(runs) else np.zeros(1)
    kept = words[block] >= _BLOCK if len(runs) else np.zeros(0, dtype=bool)
    runs, block = runs[kept], np.cumsum(_changes(block[kept])) - 1  # numbered from 0 again
    size = runs[:, 2]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    number = np.repeat(np.arange(len(runs)), size)
    return Shared(runs[number, 0] + within, runs[number, 1] + within, number, block[number], runs)


def _runs(a: Reading, b: Reading) -> list[tuple[int, int, int]]:
    """Maximal runs of equal words that hold a gram which stands once in either text."""
    place_a, place_b = _once_in_both(_side(a), _side(b))
    shift = place_b - place_a
    order = np.lexsort((place_a, shift))
    place_a, shift = place_a[order], shift[order]
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = (shift[1:] != shift[:-1]) | (place_a[1:] != place_a[:-1] + 1)
    first = np.flatnonzero(opens)
    length = np.diff(np.append(first, len(order))) + _GRAM - 1
    found: list[tuple[int, int, int]] = []
    for at, by, words in zip(place_a[first].tolist(), shift[first].tolist(), length.tolist(), strict=True):
        if found and found[-1][1] - found[-1][0] == by and at < found[-1][0] + found[-1][2]:
            continue  # the run before it on this diagonal was widened over it
        found.append(_widened(at, at + by, words, a, b))
    return found


def _once_in_both(a: _Side, b: _Side) -> tuple[Ints, Ints]:
    """Places in a and in b of the grams that stand exactly once in each."""
    if not len(b.grams):
        return a.places[:0], b.places
    at = np.minimum(np.searchsorted(b.grams, a.grams), len(b.grams) - 1)
    held = b.grams[at] == a.grams
    return a.places[held], b.places[at[held]]


def _once(grams: Hashes) -> tuple[Hashes, Ints]:
    order = np.argsort(grams, kind="stable").astype(np.int64)
    ordered = grams[order]
    once = np.ones(len(ordered), dtype=bool)
    again = ordered[1:] == ordered[:-1]
    once[1:] &= ~again
    once[:-1] &= ~again
    return ordered[once], order[once]


def _widened(at: int, by: int, words: int, a: Reading, b: Reading) -> tuple[int, int, int]:
    """The run with the equal words on either side of it, whose grams stand more than once."""
    left, right = a.forms, b.forms
    end_a, end_b = at + words, by + words
    while at and by and left[at - 1] == right[by - 1]:
        at, by = at - 1, by - 1
    while end_a < len(left) and end_b < len(right) and left[end_a] == right[end_b]:
        end_a, end_b = end_a + 1, end_b + 1
    return at, by, end_a - at


def _apart(runs: Sequence[tuple[int, int, int]], a: Reading, b: Reading) -> Ints:
    """Runs in the order of a without overlap on either side: a shorter one loses the words that a longer one holds."""
    taken_a, taken_b = np.zeros(len(a), dtype=bool), np.zeros(len(b), dtype=bool)
    kept: list[tuple[int, int, int]] = []
    for at, by, words in sorted(runs, key=lambda run: (-run[2], run)):
        free = ~(taken_a[at : at + words] | taken_b[by : by + words])
        first, end = (0, words) if free.all() else _longest(free)
        if end - first >= _GRAM:
            kept.append((at + first, by + first, end - first))
            taken_a[at + first : at + end] = True
            taken_b[by + first : by + end] = True
    return np.array(sorted(kept), dtype=np.int64).reshape(-1, 3)


def _longest(free: Flags) -> Range:
    """The first and longest stretch that is free, as first and last (exclusive)."""
    framed = np.concatenate([[False], free, [False]])
    edges = np.flatnonzero(framed[1:] != framed[:-1]).reshape(-1, 2)
    if not len(edges):
        return 0, 0
    first, end = edges[int(np.argmax(edges[:, 1] - edges[:, 0]))].tolist()
    return int(first), int(end)


def _changes(numbers: Ints) -> Flags:
    """Which of some numbers differ from the one before them; the first does."""
    out = np.ones(len(numbers), dtype=bool)
    out[1:] = numbers[1:] != numbers[:-1]
    return out


def _blocks(runs: Ints) -> Ints:
    """The number of the block of each run: runs that follow one another on both sides within the gap."""
    gap_a = runs[1:, 0] - runs[:-1, 0] - runs[:-1, 2]
    gap_b = runs[1:, 1] - runs[:-1, 1] - runs[:-1, 2]
    opens = (gap_a > _GAP) | (gap_b > _GAP) | (gap_b < 0)
    return np.concatenate([np.zeros(min(1, len(runs)), dtype=np.int64), np.cumsum(opens).astype(np.int64)])


# --- voices ---------------------------------------------------------------------------------------------------------

# subtle: with straight marks an apostrophe looks like a closing mark; one that closes stands behind punctuation
_OPENS = re.compile(r"(?<![^\s(\"“:])'(?=\w)")
_CLOSES = re.compile(r"(?<=[.,?!…\]])'(?!\w)|\n")


def _quoted(reading: Reading) -> Flags:
    """Which words stand in quotation marks, straight single ones included."""
    quoted = reading.quoted.copy()
    for first, end in _single_quoted(reading.article.text):
        quoted[np.searchsorted(reading.starts, first) : np.searchsorted(reading.starts, end)] = True
    return quoted


def _single_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of four words and more between straight single marks, or from one that opens a paragraph to its end."""
    at = 0
    while found := _OPENS.search(text, at):
        close = _CLOSES.search(text, found.end())
        end = close.start() if close else len(text)
        paragraph = text[: found.start()].rstrip(" ")[-1:] in ("", "\n", ":")
        is_closed = close is not None and close.group() == "'"
        if (is_closed or paragraph) and text.count(" ", found.end(), end) >= 3:
            yield found.end(), end
            at = end
        else:
            at = found.end()


_SECOND = frozenset({"you", "your", "you're", "you'll", "yours", "yourself"})


def _speech(shared: Shared, a: Reading, both: Flags, given: Flags) -> Flags:
    """Shared words in blocks that speak of "I", "we" or "you" outside quotation marks: letters, speeches, notices."""
    person = _side(a).persons[shared.a] & ~both
    words = np.bincount(shared.block[~both], minlength=len(given))
    persons = np.bincount(shared.block[person], minlength=len(given))
    spoken = (persons >= 2) & (persons >= np.where(given, _GIVEN_SPEECH, _SPEECH) * words)
    return np.asarray(spoken[shared.block], dtype=bool)


def _persons(reading: Reading) -> Flags:
    """Which words are the first or second person."""
    speaks = first_person(reading.article.language) | _SECOND
    return np.array([form in speaks for form in reading.forms], dtype=bool)


def _given(shared: Shared, a: Reading, b: Reading) -> Flags:
    """Which blocks either text introduces by a colon, by number of the block."""
    first = np.flatnonzero(_changes(shared.block)).tolist()
    given = [_after_colon(a, int(shared.a[k])) or _after_colon(b, int(shared.b[k])) for k in first]
    return np.array(given, dtype=bool)


def _presented(shared: Shared, given: Flags, own: Flags) -> Flags:
    """Shared words in blocks that are introduced by a colon, unless it is a quotation that follows it."""
    first = _changes(shared.block)
    return np.asarray((given & own[first])[shared.block], dtype=bool)


def _after_colon(reading: Reading, at: int) -> bool:
    return at > 0 and ":" in reading.article.text[int(reading.ends[at - 1]) : int(reading.starts[at])]


# --- numbers --------------------------------------------------------------------------------------------------------


def _runs_of(shared: Shared, own: Flags) -> tuple[int, float]:
    """Runs with narrative words in them, and the words of the run in which such a word stands, on average."""
    words = np.bincount(shared.run[own], minlength=len(shared.runs))
    total = int(words.sum())
    return int((words > 0).sum()), round(float((words**2).sum() / total), 4) if total else 0.0


def _share(words: int, reading: Reading, quoted: Flags) -> float:
    """Part of a text's own words."""
    own = int((~quoted & ~reading.house).sum())
    return round(min(1.0, words / own), 4) if own else 0.0


def _spread(places: Ints, n: int) -> float:
    """Over how many tenths of a text some of its words are spread, 0 to 1."""
    held = np.bincount(places * 10 // n, minlength=10)
    return round(float(np.minimum(1.0, held / (n / 10 * _TENTH_HELD)).mean()), 4)


def _ranges(shared: Shared) -> Iterator[tuple[Range, Range]]:
    """First and last (exclusive) word of every block in either text."""
    bounds = [*np.flatnonzero(_changes(shared.block)).tolist(), len(shared.block)]
    for first, end in pairwise(bounds):
        yield (
            (int(shared.a[first]), int(shared.a[end - 1]) + 1),
            (int(shared.b[first]), int(shared.b[end - 1]) + 1),
        )


def _common(left: Set[str] | Set[int], right: Set[str] | Set[int]) -> float:
    """Part of the smaller set that the other has too; .5 where there is nothing to go by."""
    return round((len(left & right) + 1) / (min(len(left), len(right)) + 2), 4)


def _rare_outside(reading: Reading, rare: Flags, shared: Ints) -> set[int]:
    """The rare words of a text outside what is shared: those of which its own story is made."""
    free = rare & ~reading.house
    free[shared] = False
    return set(reading.hashes[free].tolist())


def _rare(reading: Reading) -> Flags:
    table = weights_for("shipped", reading.article.language or FALLBACK)
    if table is None:
        return ~reading.plain  # names, in a language whose words nobody counted
    return np.asarray(table.idf(reading.hashes) >= _RARE, dtype=bool)
