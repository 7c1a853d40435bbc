"""Digests: a few sentences in a row of one text that say what is spread over the whole other text.

A fragment has a place in both texts. A digest has one in the text that tells it shortly; in the other its sentences
answer to places far apart, none of which explains it. So it is sought by its own side: neighbouring sentences, each
with its best answer, whose answers lie scattered; and the other side is the whole text where they span much of it.
"""

from collections.abc import Sequence

import numpy as np

from provenance.match.arrays import Flags, Ints
from provenance.match.fragments import Stretch
from provenance.match.likeness import Floats, Likeness, Rows
from provenance.settings import Settings

_LIKE = 0.25  # cosine and Dice of a sentence and its answer
_APART = 2  # sentences without an answer between two with one
_WIDER = 1.5  # times as many sentences as the digest has that its answers must span
_LONGEST = 30  # times as long, in sentences; in a longer text a few sentences find answers by chance
_NEIGHBOURS = 2  # sentences by which a place may be longer than the digest and still be one place
_OTHERS = 0.95  # part of the text's other sentences whose best answers are less alike than the digest's are on average
LOCAL = 0.6  # overlap of a stretch from which it explains its sentences by one place


def find_digest(pair: Likeness, stretches: Sequence[Stretch], settings: Settings) -> Stretch | None:
    """The digest that one text is of the other, None where there is none (the ordinary case).

    Args:
        pair: the likeness of two texts.
        stretches: what one place explains; its sentences are no evidence here.
        settings: ``digest_sentences``, ``digest_cosine``, ``digest_focus``, ``digest_spread``, ``fragment_words``.
    """
    local = [s for s in stretches if s.overlap >= LOCAL]
    found = _side_digests(pair, local, False, settings) + _side_digests(pair, local, True, settings)
    return max(found, key=lambda s: (s.seeds, s.overlap), default=None)


def _side_digests(pair: Likeness, local: Sequence[Stretch], turned: bool, settings: Settings) -> list[Stretch]:
    """The digests that stand in a, or (turned) in b; ``overlap`` is here the mean cosine of the answers."""
    # a single sentence that one place explains may be part of a digest
    rows = [rows for s in local if (rows := s.b if turned else s.a)[1] - rows[0] > 1]
    if _left(len((pair.b if turned else pair.a).units), rows) < settings.digest_sentences:
        return []
    cosine = pair.cosine.T if turned else pair.cosine
    dice = pair.dice.T if turned else pair.dice
    free = _free(cosine.shape[0], rows)
    best = cosine.max(axis=1)
    answered = free & (best >= _LIKE)
    if np.count_nonzero(answered) < settings.digest_sentences:
        return []
    answer = cosine.argmax(axis=1)
    answered &= dice[np.arange(len(answer)), answer] >= _LIKE
    answered &= best >= _best_of_answer(best, answer, answered, cosine.shape[1])[answer]
    places = np.flatnonzero(answered)
    found = []
    for run in np.split(places, np.flatnonzero(np.diff(places) > _APART + 1) + 1):
        digest = _digest(run, best, answer, free, cosine.shape[1], settings)
        if digest and _share(digest.a, rows) < 0.5:
            found.append(Stretch(digest.b, digest.a, digest.seeds, digest.overlap) if turned else digest)
    return found


def _left(n: int, rows: Sequence[Rows]) -> int:
    """How many of n sentences no place explains."""
    held = 0
    for first, end in rows:
        held |= (1 << end) - (1 << first)
    return n - held.bit_count()


def _free(n: int, rows: Sequence[Rows]) -> Flags:
    """Which of n sentences no place explains."""
    free = np.ones(n, dtype=bool)
    for first, end in rows:
        free[first:end] = False
    return free


def _best_of_answer(best: Floats, answer: Ints, answered: Flags, n: int) -> Floats:
    """The highest cosine with which each of n answers is given: an answer serves one sentence."""
    highest = np.zeros(n)
    np.maximum.at(highest, answer[answered], best[answered])
    return highest


def _digest(run: Ints, best: Floats, answer: Ints, free: Flags, there: int, settings: Settings) -> Stretch | None:
    """The digest of which a run of answered sentences is the evidence, if it is one."""
    if len(run) < settings.digest_sentences:
        return None
    first, end = int(run[0]), int(run[-1]) + 1
    low, high = int(answer[run].min()), int(answer[run].max()) + 1
    length = end - first
    inside = np.arange(first, end)[free[first:end]]
    mean = float(best[inside].mean())
    others = np.concatenate([best[:first], best[end:]])
    usual = float(np.quantile(others, _OTHERS)) if len(others) else 0.0
    if high - low < _WIDER * length or there > _LONGEST * length or mean < max(settings.digest_cosine, usual):
        return None
    if _focus(best[inside], answer[inside], length + _NEIGHBOURS) > settings.digest_focus:
        return None
    whole = high - low >= settings.digest_spread * there
    return Stretch((first, end), (0, there) if whole else (low, high), len(run), round(mean, 6))


def _focus(best: Floats, answer: Ints, width: int) -> float:
    """The largest part of the answers' cosines that lies in one place of ``width`` sentences."""
    return float(max(best[(answer >= low) & (answer < low + width)].sum() for low in answer) / best.sum())


def _share(rows: Rows, others: Sequence[Rows]) -> float:
    """The part of a range that others cover."""
    covered = np.zeros(rows[1] - rows[0], dtype=bool)
    for first, end in others:
        covered[max(0, first - rows[0]) : max(0, end - rows[0])] = True
    return float(covered.mean())
