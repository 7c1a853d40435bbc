"""The sentences of a large pile as flat arrays: which of them say the same in other words, by compiled kernels.

The counterpart for small piles is ``sentence_table``; tests hold the two equal. What is kept takes about 4 kB an
article of 500 words: 4 bytes for the number of each word, 45 for each sentence, 4 for each place of a rare term in the
lists of sentences and as many for those by sentence. While terms are joined, 20 bytes more for each of a round.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.match.arrays import Flags, Hashes, Ints
from provenance.match.reading import Reading
from provenance.match.sentence_table import HINT, SHORTEST, Found
from provenance.match.weights import WordWeights
from provenance.settings import Settings

Numbers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]

_CHUNK = 512  # articles taken in at a time
_PART = 1 << 15  # terms joined at a time, on average: what they need fits into the second cache
_ROUND = 1 << 24  # terms spread over parts at a time, at least: 200 MB
_ROUNDS = 12  # at most about so many; each walks over all words again
_ROOM = 1 << 20  # sentence pairs written before they are put away


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The own sentences of some articles, one after the other.

    Attributes:
        words: number of each word, shape (words,).
        starts: first word of each sentence, and the number of words, shape (sentences + 1,).
        article: index of the article of each sentence, ascending.
        number: number of the sentence within its article.
        known: hash of each word by its number.
        articles: how many articles there are.
    """

    words: Numbers
    starts: Ints
    article: Numbers
    number: Numbers
    known: Hashes
    articles: int

    def of(self, group: Ints) -> "Sentences":
        """Those of some articles, ascending, which are numbered anew."""
        if len(group) == self.articles:
            return self
        place = np.full(self.articles, -1, dtype=np.int64)
        place[group] = np.arange(len(group))
        kept = place[self.article] >= 0
        length = np.diff(self.starts)
        return Sentences(
            words=self.words[np.repeat(kept, length)],
            starts=_starts(length[kept]),
            article=place[self.article[kept]].astype(np.uint32),
            number=self.number[kept],
            known=self.known,
            articles=len(group),
        )


class Vocabulary:
    """Numbers for word hashes, in the order in which they come.

    Attributes:
        slots: the open table, see ``kernels.terms.number_hashes``.
    """

    def __init__(self, room: int = 1 << 15) -> None:
        self._count = 0
        self._make_room(room)

    @property
    def known(self) -> Hashes:
        """The hashes by their number."""
        return self._known[: self._count]

    def numbers(self, hashes: Hashes) -> Numbers:
        """The number of each hash; unknown ones get the next free numbers."""
        from provenance.kernels.terms import number_hashes

        if self._count + len(hashes) > len(self._known):
            known = self.known
            self._count = 0
            self._make_room(1 << (len(known) + len(hashes)).bit_length())
            self.numbers(known)
        out = np.empty(len(hashes), dtype=np.uint32)
        self._count = number_hashes(hashes, self.slots, self._known, self._count, out)
        return out

    def _make_room(self, room: int) -> None:
        """For so many hashes, a power of two."""
        self.slots = np.zeros(2 * room, dtype=np.uint32)
        self._known = np.empty(room, dtype=np.uint64)


def take_in(readings: Iterable[Reading]) -> Sentences:
    """The own sentences of articles that are looked at once, one after the other.

    Cost: about 10 us an article of 500 words, and 4 bytes a word.
    """
    from provenance.kernels.terms import own_sentences

    vocabulary = Vocabulary()
    words, articles, numbers, lengths = (_Growing() for _ in range(4))
    taken = 0
    for chunk in _batched(readings, _CHUNK):
        hashes = np.concatenate([r.hashes for r in chunk])
        foreign = np.concatenate([r.quoted | r.house for r in chunk])
        bounds = _starts(np.array([len(r.hashes) for r in chunk], dtype=np.int64))
        sentence = np.concatenate([r.sentence for r in chunk], dtype=np.int64)
        kept, most = np.empty_like(hashes), len(hashes) // SHORTEST
        article, number, length = (np.empty(most, dtype=np.uint32) for _ in range(3))
        many = own_sentences(hashes, sentence, foreign, bounds, SHORTEST, kept, article, number, length)
        words.add(vocabulary.numbers(kept[: length[:many].sum()]))
        articles.add(article[:many] + np.uint32(taken))
        numbers.add(number[:many])
        lengths.add(length[:many])
        taken += len(chunk)
    return Sentences(
        words=words.whole(),
        starts=_starts(lengths.whole().astype(np.int64)),
        article=articles.whole(),
        number=numbers.whole(),
        known=vocabulary.known,
        articles=taken,
    )


def _batched(readings: Iterable[Reading], size: int) -> Iterator[list[Reading]]:
    chunk: list[Reading] = []
    for reading in readings:
        chunk.append(reading)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Growing:
    """An array that grows in place: to join its parts at the end would take twice the memory."""

    def __init__(self) -> None:
        self._array = np.empty(1 << 16, dtype=np.uint32)
        self._used = 0

    def add(self, part: Numbers) -> None:
        """Puts some numbers behind the others."""
        end = self._used + len(part)
        if end > len(self._array):
            self._array.resize(end + end // 8, refcheck=False)
        self._array[self._used : end] = part
        self._used = end

    def whole(self) -> Numbers:
        """All of them; nothing may be added any more."""
        self._array.resize(self._used, refcheck=False)
        return self._array


def _starts(lengths: Ints) -> Ints:
    """Where each of some stretches begins, and where the last ends."""
    out = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=out[1:])
    return out


# --- terms ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the terms of some sentences weigh, and the sentences of each rare one; see ``kernels.terms``."""

    word_squares: Floats
    slots: Numbers
    weighed: Hashes
    squares: Floats
    norms: Floats
    common: Floats
    ends: Ints
    held: Numbers
    lists: Numbers


def terms_of(sentences: Sentences, weights: WordWeights | None, settings: Settings) -> Terms:
    """The terms of some sentences.

    Args:
        sentences: of articles in one language.
        weights: inverse sentence frequencies; None counts them in these very sentences.
        settings: ``rare_sentences``.
    """
    from provenance.kernels.terms import add_words, count_words, turn_lists

    rows = len(sentences.number)
    frequency = np.zeros(len(sentences.known), dtype=np.uint32)
    count_words(sentences.words, sentences.starts, frequency)
    word_squares = _by_count(frequency, rows) if weights is None else weights.idf(sentences.known) ** 2
    norms, common, held = np.zeros(rows), np.zeros(rows), np.zeros(rows, dtype=np.uint32)
    add_words(sentences.words, sentences.starts, frequency, settings.rare_sentences, word_squares, norms, common)
    lists, table = _lists(sentences, frequency, weights, (norms, common, held), settings.rare_sentences)
    at = _starts(held.astype(np.int64))
    turned = np.empty(at[-1], dtype=np.uint32)
    turn_lists(lists, len(lists), at, turned)
    return Terms(word_squares, *table, np.sqrt(norms), np.sqrt(common), at[:-1], turned, lists)


def _by_count(counts: npt.NDArray[np.uint32], rows: int) -> Floats:
    """Squared weights of terms by the sentences of the pile in which they stand."""
    return np.asarray((np.log((1 + rows) / (1.0 + counts)) + 1) ** 2)


_Table = tuple[Numbers, Hashes, Floats]


def _lists(
    sentences: Sentences,
    frequency: Numbers,
    weights: WordWeights | None,
    by_row: tuple[Floats, Floats, Numbers],
    limit: int,
) -> tuple[Numbers, _Table]:
    """The lists of sentences by rare term, and the table of squared weights of terms."""
    from provenance.kernels.terms import join_terms, spread_terms

    shipped = None if weights is None else _table(weights.hashes, weights.idf(weights.hashes) ** 2, weights.rarest**2)
    table = shipped or _table(np.empty(0, dtype=np.uint64), np.empty(0), 0.0)
    counted = 0 if shipped else len(sentences.number)
    bits = max(1, (len(sentences.words) // _PART).bit_length())
    walked = (sentences.words, sentences.starts, sentences.known, frequency, limit, 64 - bits)
    sizes = np.zeros(1 << bits, dtype=np.int64)
    spread_terms(*walked, 0, sizes, np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint32))
    lists, end = np.empty(0, dtype=np.uint32), 0
    often, counts = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.uint32)]
    for first, last in _rounds(sizes):
        at = _starts(sizes[first:last])
        terms, rows = np.empty(at[-1], dtype=np.uint64), np.empty(at[-1], dtype=np.uint32)
        spread_terms(*walked, first, at[:-1].copy(), terms, rows)
        lists.resize(end + 2 * len(terms), refcheck=False)  # in place: two of them would be the most memory of all
        for begin, stop in zip(at[:-1].tolist(), at[1:].tolist(), strict=True):
            room = (stop - begin) // 2 if counted else 0
            new, count = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint32)
            part = slice(begin, stop)
            end, n = join_terms(terms[part], rows[part], limit, *table, counted, *by_row, lists, end, new, count)
            if n:
                often.append(new[:n].copy())
                counts.append(count[:n].copy())
    if counted:
        table = _table(
            np.concatenate(often),
            _by_count(np.concatenate(counts), counted),
            float(_by_count(np.array([1]), counted)[0]),
        )
    lists.resize(end, refcheck=False)
    return lists, table


def _table(hashes: Hashes, squares: Floats, rarest: float) -> _Table:
    """An open table of terms, and their squared weights; the last one is that of all others."""
    vocabulary = Vocabulary(1 << max(1, len(hashes)).bit_length())
    vocabulary.numbers(hashes)
    return vocabulary.slots, hashes, np.append(squares, rarest)


def _rounds(sizes: Ints) -> Iterator[tuple[int, int]]:
    """Ranges of parts that are spread at once."""
    most = max(_ROUND, int(sizes.sum()) // _ROUNDS)
    first = total = 0
    for part, size in enumerate(sizes.tolist()):
        if part > first and total + size > most:
            yield first, part
            first, total = part, 0
        total += size
    yield first, len(sizes)


# --- pairs ----------------------------------------------------------------------------------------------------------


class SentencePostings:
    """The sentences of articles in one language, ready to be compared; see ``sentence_table.SentenceTable``."""

    def __init__(self, sentences: Sentences, weights: WordWeights | None, settings: Settings) -> None:
        """Cost: about 20 us an article of 500 words.

        Args:
            sentences: of the articles.
            weights: inverse sentence frequencies; None counts them in these very sentences.
            settings: ``rare_sentences``, ``rewritten_*``, ``joined_cosine``.
        """
        self._sentences = sentences
        self._terms = terms_of(sentences, weights, settings)
        self._bounds = np.searchsorted(sentences.article, np.arange(sentences.articles + 1)).astype(np.int64)
        self._settings = settings

    @property
    def _compared(self) -> tuple[Numbers, Ints, Floats, Hashes, Numbers, Hashes, Floats, Floats]:
        """What a product of sentences asks of them."""
        one, terms = self._sentences, self._terms
        table = terms.slots, terms.weighed, terms.squares
        return one.words, one.starts, terms.word_squares, one.known, *table, terms.norms

    def proposed(self, asked: Ints, enough: int) -> tuple[Ints, Ints]:
        """Pairs of articles, beyond those asked for, with alike sentences that share a rare term."""
        from provenance.kernels.sentence_pairs import propose_pairs

        terms, articles = self._terms, self._sentences.articles
        asked = asked[np.argsort(asked[:, 0], kind="stable")]
        asked_first = np.searchsorted(asked[:, 0], np.arange(articles + 1)).astype(np.int64)
        later, least = asked[:, 1].astype(np.uint32), np.minimum(terms.norms, 255.0).astype(np.uint8)
        lists = (self._sentences.article, self._bounds, terms.ends, terms.held, terms.lists, asked_first, later)
        limits = (HINT, self._settings.rewritten_cosine, enough)
        seen, pairs = np.zeros(articles, dtype=np.uint32), np.empty((2 * articles + _ROOM, 4), dtype=np.uint32)
        found, done = [pairs[:0, :3]], 0
        while done < articles:
            done, n = propose_pairs(*self._compared, least, terms.common, *lists, *limits, done, seen, pairs)
            found.append(pairs[:n, :3].copy())
        every = np.concatenate(found).astype(np.int64)
        return every[:, :2], every[:, 2]

    def matches(self, pairs: Ints, tied: Flags) -> Found:
        """The sentence pairs of each pair of articles, one to one."""
        from provenance.kernels.sentence_pairs import match_sentences

        settings = self._settings
        room = _ROOM + int(np.diff(self._bounds).max(initial=0))
        places, cosines = np.empty((room, 2), dtype=np.uint32), np.empty(room)
        ends, kept = np.zeros(len(pairs), dtype=np.int64), [(places[:0], cosines[:0])]
        done = total = 0
        while done < len(pairs):
            first = done
            done, n = match_sentences(
                *self._compared,
                self._bounds,
                pairs,
                tied,
                settings.rewritten_cosine,
                settings.joined_cosine,
                settings.rewritten_pairs,
                done,
                ends,
                places,
                cosines,
            )
            ends[first:done] += total
            total += n
            kept.append((places[:n].copy(), cosines[:n].copy()))
        place = np.concatenate([each[0] for each in kept])
        cosine = np.concatenate([each[1] for each in kept])
        return Found(ends, self._sentences.number[place], cosine)
