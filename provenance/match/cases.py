"""Cases of shared text: what belongs together as one taking, whether the words were kept, changed or condensed.

A passage ends where a voice or a wording changes; a case goes on. It comes from a long shared block, whose ends are
exact, from a fragment of alike sentences, or from a digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from provenance.match.digests import LOCAL, find_digest
from provenance.match.fragments import Stretch, find_stretches, fragments, is_fragment
from provenance.match.likeness import Likeness, Rows, likeness, overlap
from provenance.match.runs import Block, Pairing, Range, shared_words
from provenance.match.sheets import Sheet
from provenance.settings import Settings

_RUN = 15  # words in a row without a difference that a block must hold to be a case
_KEPT = 0.8  # of the words of its longer side that a block must share to be a case
_NEXT = 30  # words, left out or put in, over which two blocks are one case
_MOSTLY = 0.5  # of a fragment; a block that fills so much of it shows the case better than the fragment does
_LARGEST = 4_000_000  # pairs of sentences, two texts of 40,000 words; the table of more would not fit into memory


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of two texts, in the order of a, and the sentences that answer to each other within them."""

    cases: tuple[Pairing, ...]
    sentences: tuple[Pairing, ...]


def find_cases(a: Sheet, b: Sheet, blocks: Sequence[Block], settings: Settings) -> Cases:
    """The cases of shared text of two linked articles.

    Args:
        a, b: the articles; their sentences are not looked at where blocks explain the texts.
        blocks: what they share word for word or with changes.
        settings: ``seed_likeness``, ``fragment_*``, ``digest_*``, ``answer_*``, ``case_words``.

    Cost: 1-2 ms for two texts of 500 words; nothing where the blocks explain the texts. Of two books (more than
    ``_LARGEST`` pairs of sentences) only the blocks are looked at.
    """
    kept = _kept_cases(blocks, settings)
    pair = None if _explained(a, b, blocks, settings) else _compared(a, b)
    if pair is None:
        return Cases(tuple(kept), ())
    stretches = find_stretches(pair, settings)
    digest = _digest(pair, stretches, kept, settings)
    if digest:
        return Cases((_in_words(digest.a, digest.b, pair),), tuple(_believed(digest, pair, settings)))
    found = fragments(stretches, pair, settings)
    pairs = [p for stretch in found for p in _believed(stretch, pair, settings)]
    return Cases(tuple(_joined(kept, [_in_words(s.a, s.b, pair) for s in found])), tuple(pairs))


def _compared(a: Sheet, b: Sheet) -> Likeness | None:
    small = len(a.units) * len(b.units) <= _LARGEST
    return likeness(a.units, b.units) if small else None


def _explained(a: Sheet, b: Sheet, blocks: Sequence[Block], settings: Settings) -> bool:
    """Whether blocks leave less of either text than a fragment has words."""
    matched = sum(run.words for block in blocks for run in block)
    return min(len(a), len(b)) - matched < settings.fragment_words


def _kept_cases(blocks: Sequence[Block], settings: Settings) -> list[Pairing]:
    """Cases that stand in both texts in nearly the same words: long blocks, with what follows them closely."""
    groups: list[list[Block]] = []
    for block in sorted(blocks):
        following = (group for group in groups if _follows(block, group[-1]))
        group = next(following, None)
        if group is None:
            groups.append([block])
        else:
            group.append(block)
    return [found for group in groups if (found := _kept([run for block in group for run in block], settings))]


def _follows(block: Block, before: Block) -> bool:
    last, first = before[-1], block[0]
    gaps = first.a - last.a - last.words, first.b - last.b - last.words
    return min(gaps) >= 0 and max(gaps) <= _NEXT


def _kept(runs: Block, settings: Settings) -> Pairing | None:
    words = sum(run.words for run in runs)
    found = Pairing((runs[0].a, runs[-1].a + runs[-1].words), (runs[0].b, runs[-1].b + runs[-1].words))
    longer = max(found.a[1] - found.a[0], found.b[1] - found.b[0])
    long_run = max(run.words for run in runs) >= _RUN
    return found if long_run and words >= settings.case_words and words >= _KEPT * longer else None


def _digest(
    pair: Likeness, stretches: Sequence[Stretch], kept: Sequence[Pairing], settings: Settings
) -> Stretch | None:
    """The digest, if nothing of the texts was taken place by place elsewhere."""
    digest = find_digest(pair, stretches, settings)
    if digest is None:
        return None
    whole = _in_words(digest.a, digest.b, pair)
    side = 0 if whole.a[1] - whole.a[0] <= whole.b[1] - whole.b[0] else 1
    strong = [_in_words(s.a, s.b, pair) for s in stretches if s.overlap >= LOCAL and is_fragment(s, pair, settings)]
    if any(not shared_words(found[side], whole[side]) for found in (*strong, *kept)):
        return None
    filled = sum(shared_words(found[side], whole[side]) for found in kept)
    return digest if filled < _MOSTLY * (whole[side][1] - whole[side][0]) else None


def _in_words(rows_a: Rows, rows_b: Rows, pair: Likeness) -> Pairing:
    bounds_a, bounds_b = pair.a.units.bounds, pair.b.units.bounds
    return Pairing((bounds_a[rows_a[0]], bounds_a[rows_a[1]]), (bounds_b[rows_b[0]], bounds_b[rows_b[1]]))


def _believed(stretch: Stretch, pair: Likeness, settings: Settings) -> list[Pairing]:
    """The sentence pairs of a stretch, if enough of them are close; one alone is a fact that two reporters had."""
    answers = _answers(stretch, pair, settings.seed_likeness)
    close = (rows for rows in answers if overlap(pair, *rows) >= settings.answer_overlap)
    enough = len([*islice(close, settings.answer_sentences)]) == settings.answer_sentences
    return [_in_words(*rows, pair) for rows in answers] if enough else []


def _answers(stretch: Stretch, pair: Likeness, at_least: float) -> list[tuple[Rows, Rows]]:
    """The sentences of a stretch that answer to each other, one to one, the most alike first; own voice only."""
    part = slice(*stretch.a), slice(*stretch.b)
    cosine = pair.cosine[part]
    alike = cosine >= at_least
    alike &= pair.a.units.answering[part[0], None]
    alike &= pair.b.units.answering[part[1]]
    one, other = np.nonzero(alike)
    by_likeness = sorted(zip((-cosine[one, other]).tolist(), one.tolist(), other.tolist(), strict=True))
    taken_a, taken_b = set[int](), set[int]()
    found: list[tuple[Rows, Rows]] = []
    for _, row_a, row_b in by_likeness:
        i, j = row_a + stretch.a[0], row_b + stretch.b[0]
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            found.append(((i, i + 1), (j, j + 1)))
    return sorted(found)


def _joined(kept: Sequence[Pairing], changed: Sequence[Pairing]) -> list[Pairing]:
    """Blocks and fragments, each piece of text once: of two that meet, the one that shows the case better."""
    blocks, out = list(kept), []
    for fragment in changed:
        meeting = [block for block in blocks if block.meets(fragment)]
        filled = sum(shared_words(block.a, fragment.a) / _length(fragment.a) for block in meeting)
        filled += sum(shared_words(block.b, fragment.b) / _length(fragment.b) for block in meeting)
        if filled / 2 >= _MOSTLY:
            continue
        blocks = [block for block in blocks if block not in meeting]
        out.append(fragment)
    return sorted([*blocks, *out])


def _length(words: Range) -> int:
    return words[1] - words[0]
