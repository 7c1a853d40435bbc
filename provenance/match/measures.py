"""What two texts share, measured by voice: what each says itself, what both quote, what one quotes of the other.

Passages answer what is shared; these numbers answer what kind of sharing it is. They rest on runs of equal words
alone, so that they mean the same however passages are joined. Words are bits here, see ``sheets``.
"""

from collections.abc import Sequence, Set
from operator import itemgetter

from provenance.match.arrays import Hashes, Ints
from provenance.match.figures import exchanged
from provenance.match.reading import Reading
from provenance.match.runs import Block, Blocks, Range, Run
from provenance.match.seeds import maximal_runs
from provenance.match.sheets import GRAM, Sheet, bits_between, bits_of_runs, sheet_of
from provenance.settings import Settings
from provenance.shared import Measures

_GAP = 15  # words left out or changed on either side within one block
_BLOCK = 8  # words; a block with fewer in common is chance
_OFTEN = 1  # places (those in a times those in b) of what opens a run
_NUMBERS = (GRAM, _GAP, _BLOCK, _OFTEN)
_SPEECH = 0.035  # share of words in the first or second person from which a block is somebody's speech or letter ...
_GIVEN_SPEECH = 0.02  # ... and where a colon introduces it
_ALL = 0.9  # of the words of both texts, from which what is shared is the text itself: a column speaks of "I" too
_TENTH_HELD = 0.25  # of the words of a tenth of a text, from which that tenth counts as held by what is shared


def measures_of(a: Reading, b: Reading) -> Measures:
    """The measures of two texts that stand for themselves; see ``measured``."""
    return measured(sheet_of(a, Settings()), sheet_of(b, Settings()))


def measured(a: Sheet, b: Sheet, blocks: Sequence[Block] | None = None) -> Measures:
    """The measures of two texts, ``Measures()`` when they share no block of words.

    ``blocks`` are their ``shared_blocks``, None where nobody sought them yet.

    Cost: about 0.06 ms for two texts of 500 words with compiled sheets, 0.15 ms without.
    """
    blocks = shared_blocks(a, b) if blocks is None else blocks
    if not blocks:
        return Measures()
    runs = [run for block in blocks for run in block]
    shared = bits_of_runs(runs, 0)
    # all by the places in a; what stands in b is carried over run by run
    in_a, in_b = a.quoted & shared, _carried(b.quoted, runs, 1, 0)
    both = in_a & in_b
    house = (a.house & shared) | _carried(b.house, runs, 1, 0)
    given = [bool(a.after_colon >> block[0].a & 1 or b.after_colon >> block[0].b & 1) for block in blocks]
    speech = _speech(blocks, given, a.persons & ~both, both)
    if sum(run.words for run in runs) >= _ALL * max(len(a), len(b)):
        speech = 0
    own = shared & ~(in_a | in_b | house | speech)
    n = own.bit_count()
    same, changed = exchanged(a.figures, b.figures, map(_ranges, blocks))
    count, run_words = _narrative_runs(runs, own)
    return Measures(
        narrative=n,
        spoken=(both | speech).bit_count(),
        quoted_a=(in_a & ~(in_b | speech | house)).bit_count(),
        quoted_b=(in_b & ~(in_a | speech | house)).bit_count(),
        presented=_presented(blocks, given, own),
        share_a=_share(n, a),
        share_b=_share(n, b),
        spread_a=_spread(own, a),
        spread_b=_spread(_carried(own, runs, 0, 1), b),
        runs=count,
        run_words=run_words,
        figures_same=same,
        figures_changed=changed,
        figures=_common(a.telling, b.telling),
        rest=_common(a.rare_outside(runs, 0), b.rare_outside(sorted(runs, key=itemgetter(1)), 1)),
    )


def _carried(words: int, runs: Sequence[Run], side: int, other: int) -> int:
    """Words of one text as the words of the other one that runs tie to them."""
    found = 0
    if words:
        for run in runs:
            found |= (words >> run[side] & (1 << run[2]) - 1) << run[other]
    return found


# --- shared runs ----------------------------------------------------------------------------------------------------


def shared_blocks(a: Sheet, b: Sheet) -> list[Block]:
    """Shared runs in blocks of at least 8 shared words, in the order of a; no word counts twice.

    Runs are opened by a few words that stand once in either text.
    """
    if a.compiled:
        from provenance.kernels.blocks import blocks_of_pair

        found = blocks_of_pair(a.reading.hashes, b.reading.hashes, *_NUMBERS, exact=True)
        return [[*map(Run._make, block)] for block in found]
    blocks: list[Block] = []
    for run in _runs(a, b):
        if blocks and _goes_on(blocks[-1][-1], run):
            blocks[-1].append(run)
        else:
            blocks.append([run])
    return [block for block in blocks if sum(run.words for run in block) >= _BLOCK]


def all_shared_blocks(words: Hashes, first: Ints, pairs: Ints) -> Blocks:
    """What ``shared_blocks`` finds for each of many pairs of texts, compiled.

    Args:
        words: hashes of the words of n texts, one text after the other.
        first: where each text begins in ``words``, and where the last one ends, shape (n + 1,).
        pairs: numbers of the texts a and b, shape (m, 2).

    Cost: about 10 µs a pair of 500 words.
    """
    from provenance.kernels.blocks import blocks_of_pairs

    return Blocks(*blocks_of_pairs(words, first, pairs, *_NUMBERS, exact=True))


def _runs(a: Sheet, b: Sheet) -> list[Run]:
    return _apart(maximal_runs(a.reading.hashes, b.reading.hashes, a.grams, b.grams, _OFTEN))


def _goes_on(last: Run, run: Run) -> bool:
    """Whether a run follows another one on both sides within the gap."""
    return run.a - last.a - last.words <= _GAP and 0 <= run.b - last.b - last.words <= _GAP


def _apart(runs: Sequence[Run]) -> list[Run]:
    """Runs in the order of a without overlap on either side: a shorter one loses the words that a longer one holds."""
    taken_a = taken_b = 0
    kept: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.words, run)):
        words = bits_between((0, run.words))
        taken = (taken_a >> run.a | taken_b >> run.b) & words
        first, end = _longest_free(taken, run.words) if taken else (0, run.words)
        if end - first >= GRAM:
            kept.append(Run(run.a + first, run.b + first, end - first))
            taken_a |= bits_between((run.a + first, run.a + end))
            taken_b |= bits_between((run.b + first, run.b + end))
    return sorted(kept)


def _longest_free(taken: int, words: int) -> Range:
    """The first and longest stretch of words that are not taken, as first and last (exclusive)."""
    written = f"{taken:0{words}b}"[::-1]  # the first word first
    longest = max(written.split("1"), key=len)
    first = written.index(longest)
    return first, first + len(longest)


# --- voices ---------------------------------------------------------------------------------------------------------


def _speech(blocks: Sequence[Block], given: Sequence[bool], persons: int, both: int) -> int:
    """The words of blocks that speak of "I", "we" or "you" outside quotation marks: letters, speeches, notices."""
    found = 0
    if persons.bit_count() < 2:
        return found
    for block, colon in zip(blocks, given, strict=True):
        words = bits_of_runs(block, 0)
        spoken = (persons & words).bit_count()
        if spoken >= 2 and spoken >= (_GIVEN_SPEECH if colon else _SPEECH) * (words & ~both).bit_count():
            found |= words
    return found


def _presented(blocks: Sequence[Block], given: Sequence[bool], own: int) -> int:
    """Words said by both in blocks that are introduced by a colon, unless it is a quotation that follows it."""
    first = (block for block, colon in zip(blocks, given, strict=True) if colon and own >> block[0].a & 1)
    return sum((own & bits_of_runs(block, 0)).bit_count() for block in first)


# --- numbers --------------------------------------------------------------------------------------------------------


def _narrative_runs(runs: Sequence[Run], own: int) -> tuple[int, float]:
    """Runs with narrative words in them, and the words of the run in which such a word stands, on average."""
    words = [n for a, _, size in runs if (n := (own >> a & (1 << size) - 1).bit_count())]
    return len(words), round(sum([n * n for n in words]) / sum(words), 4) if words else 0.0


def _share(words: int, sheet: Sheet) -> float:
    """Part of a text's own words."""
    return round(min(1.0, words / sheet.said), 4) if sheet.said else 0.0


def _spread(words: int, sheet: Sheet) -> float:
    """Over how many tenths of a text some of its words are spread, 0 to 1."""
    if not words:
        return 0.0
    enough = len(sheet) / 10 * _TENTH_HELD
    t = [min(1.0, (words & tenth).bit_count() / enough) for tenth in sheet.tenths]
    return round(sum(t) / 10, 4)


def _ranges(block: Block) -> tuple[Range, Range]:
    """First and last (exclusive) word of a block in either text."""
    last = block[-1]
    return (block[0].a, last.a + last.words), (block[0].b, last.b + last.words)


def _common(left: Set[str] | Set[int], right: Set[str] | Set[int]) -> float:
    """Part of the smaller set that the other has too; .5 where there is nothing to go by."""
    return round((len(left & right) + 1) / (min(len(left), len(right)) + 2), 4)
