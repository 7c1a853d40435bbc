"""Sentences that say the same in other words: TF-IDF over words and pairs of words.

Pairs of sentences are proposed by the rare terms they share and judged by the cosine of all their terms. One such
pair proves little (a shared background sentence reaches .36, the same fact in two mouths .79): callers ask for three.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from provenance.kernels import FROM_ARTICLES
from provenance.match.arrays import Flags, Ints
from provenance.match.candidates import Pair
from provenance.match.passages import Match
from provenance.match.reading import Reading
from provenance.match.sentence_table import Found, SentenceTable
from provenance.match.weights import WordWeights, weights_for
from provenance.settings import Settings


class SentenceMatches(Mapping[Pair, list[Match]]):
    """The sentence pairs of every pair of articles that has any, ascending.

    They stand in arrays, 16 bytes a sentence pair; the list of a pair of articles is made when it is asked for.

    Attributes:
        pairs: pairs of articles (i < j), shape (m, 2).
        found: the sentence pairs of each.
        outside_window: pairs of articles left out, with alike sentences, because they are too far apart in time.
        too_few: pairs of articles left out because too few sentences are alike and nothing else ties them.
    """

    def __init__(self, pairs: Ints, found: Found, outside_window: int = 0, too_few: int = 0) -> None:
        self.pairs, self.outside_window, self.too_few = pairs, outside_window, too_few
        self.found = found
        self._keys = _keys(pairs).data  # bisect in it is three times as fast as numpy's search for a single key

    @classmethod
    def none(cls) -> "SentenceMatches":
        """Of no pair at all."""
        pairs = np.empty((0, 2), dtype=np.int64)
        return cls(pairs, Found(pairs[:, 0], pairs.astype(np.uint32), np.empty(0)))

    def __getitem__(self, pair: Pair) -> list[Match]:
        key = pair[0] << 32 | pair[1]
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            raise KeyError(pair)
        ends, numbers, cosines = self.found
        part = slice(ends[at - 1] if at else 0, ends[at])
        sides = numbers[part, 0].tolist(), numbers[part, 1].tolist()
        return list(map(Match, *sides, cosines[part].tolist()))

    def __iter__(self) -> Iterator[Pair]:
        return zip(self.pairs[:, 0].tolist(), self.pairs[:, 1].tolist(), strict=True)

    def __len__(self) -> int:
        return len(self.pairs)


def _keys(pairs: Ints) -> Ints:
    """A number for each pair; they sort as the pairs do."""
    return pairs[:, 0] << 32 | pairs[:, 1]


class Comparable(Protocol):
    """The sentences of articles in one language: a ``SentenceTable``, or ``SentencePostings`` in large piles."""

    def proposed(self, asked: Ints, enough: int) -> tuple[Ints, Ints]:
        """Pairs of articles, beyond those asked for, with alike sentences that share a rare term; and how many."""

    def matches(self, pairs: Ints, tied: Flags) -> Found:
        """The sentence pairs of each pair of articles, one to one."""


def sentence_matches(
    readings: Sequence[Reading],
    linked: Collection[Pair],
    credited: Container[Pair],
    settings: Settings,
    lean: bool = False,
) -> SentenceMatches:
    """One-to-one sentence pairs for every pair of articles that has any.

    In a pile of more than ``window_articles``, pairs that are not linked are left out where more than ``window_days``
    lie between the articles, or where they are not credited either and have less than ``rewritten_pairs`` alike
    sentences; the result counts both.

    Args:
        readings: n articles; gone through once, in order.
        linked: pairs (i < j) already tied by shared runs; here neighbours in order join down to ``joined_cosine``.
        credited: pairs tied by a credit: one sentence pair is enough to look at its neighbours.
        settings: ``rewritten_*``, ``joined_cosine``, ``rare_sentences``, ``window_*``, ``weights``.
        lean: a small pile is weighed without scikit-learn.

    Cost: about 60 us and 6 kB an article of 500 words in a large pile, 0.8 ms in a small one.
    """
    notes = _Notes()
    taken = notes.taken(readings)
    compared = _large(taken, settings) if len(readings) >= FROM_ARTICLES else _small(taken, settings, lean)
    asked = np.array(sorted(linked), dtype=np.int64).reshape(-1, 2)
    parts = [SentenceMatches.none()]
    parts += [
        _in_group(compared(group, weights_for(settings.weights, language)), group, asked, credited, notes, settings)
        for language, group in notes.groups()
    ]
    return _together(parts)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What is kept of every article as it goes by: its language, and when it appeared (not a number if unknown)."""

    languages: list[str | None] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def taken(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        for reading in readings:
            published = reading.article.published
            earliest = published.earliest if published else None
            self.languages.append(reading.article.language)
            self.times.append(earliest.timestamp() if earliest else np.nan)
            yield reading

    def groups(self) -> Iterator[tuple[str, Ints]]:
        """Articles that can be compared, by language; an unknown language joins the commonest."""
        spoken = Counter(language for language in self.languages if language)
        commonest = min(spoken, key=lambda code: (-spoken[code], code)) if spoken else ""
        groups: dict[str, list[int]] = defaultdict(list)
        for i, language in enumerate(self.languages):
            groups[language or commonest].append(i)
        for language in sorted(groups):
            yield language, np.array(groups[language], dtype=np.int64)

    def near(self, pairs: Ints, days: float) -> Flags:
        """Which pairs of articles are at most so many days apart, as far as that is known."""
        times = np.array(self.times)
        return np.asarray(~(np.abs(times[pairs[:, 0]] - times[pairs[:, 1]]) > days * 86400))


_Compared = Callable[[Ints, WordWeights | None], Comparable]


def _small(readings: Iterable[Reading], settings: Settings, lean: bool) -> _Compared:
    held = list(readings)
    return lambda group, weights: SentenceTable([held[i] for i in group.tolist()], weights, settings, lean)


def _large(readings: Iterable[Reading], settings: Settings) -> _Compared:
    from provenance.match.sentence_postings import SentencePostings, take_in

    sentences = take_in(readings)
    return lambda group, weights: SentencePostings(sentences.of(group), weights, settings)


def _in_group(
    sentences: Comparable, group: Ints, linked: Ints, credited: Container[Pair], notes: _Notes, settings: Settings
) -> SentenceMatches:
    """The matches between the articles of a group, which are numbered within it only inside ``sentences``."""
    place = np.full(len(notes.times), -1, dtype=np.int64)
    place[group] = np.arange(len(group))
    asked = place[linked]
    asked = asked[(asked >= 0).all(axis=1)]
    is_bounded = len(notes.times) > settings.window_articles
    enough = settings.rewritten_pairs if is_bounded else 1
    proposed, alike = sentences.proposed(asked, enough)
    near = notes.near(group[proposed], settings.window_days) if is_bounded else np.ones(len(proposed), dtype=bool)
    proposed, alike = proposed[near], alike[near]
    tied = np.array([pair in credited for pair in map(tuple, group[proposed].tolist())], dtype=bool)
    likely = tied | (alike >= enough)
    pairs = np.concatenate([asked, proposed[likely]])
    tied = np.concatenate([np.ones(len(asked), dtype=bool), tied[likely]])
    order = np.argsort(_keys(pairs))
    pairs, tied = pairs[order], tied[order]
    found = sentences.matches(pairs, tied)
    most = np.diff(found.ends, prepend=0)
    kept = (most > 0) & (tied | (most >= enough))
    too_few = int((~likely).sum() + ((most > 0) & ~kept).sum())
    return SentenceMatches(group[pairs[kept]], _those(found, kept), int((~near).sum()), too_few)


def _those(found: Found, kept: Flags) -> Found:
    """The sentence pairs of some of the pairs of articles."""
    if kept.all():
        return found
    count = np.diff(found.ends, prepend=0)
    rows = np.repeat(kept, count)
    return Found(np.cumsum(count[kept]), found.numbers[rows], found.cosines[rows])


def _together(parts: Sequence[SentenceMatches]) -> SentenceMatches:
    """The matches of all groups, in the order of their pairs."""
    pairs = np.concatenate([part.pairs for part in parts])
    numbers, cosines = (np.concatenate([part.found[k] for part in parts]) for k in (1, 2))
    count = np.concatenate([np.diff(part.found.ends, prepend=0) for part in parts])
    order = np.argsort(_keys(pairs))
    first, ends = (np.cumsum(count) - count)[order], np.cumsum(count[order])
    rows = np.arange(len(cosines)) + np.repeat(first - ends + count[order], count[order])
    found = Found(ends, numbers[rows], cosines[rows])
    return SentenceMatches(pairs[order], found, sum(p.outside_window for p in parts), sum(p.too_few for p in parts))
