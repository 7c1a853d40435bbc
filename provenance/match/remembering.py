"""What was found out about articles before, so that it is not found out again.

The alignment of two articles is a function of their texts, of what is known to be house text in them, and of the
sentences that say the same. It is remembered under a digest of all these, and so can never be the wrong one.
"""

from collections.abc import Sequence
from dataclasses import asdict
from enum import Enum
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

import numpy as np
import xxhash

from provenance.match.arrays import Flags, Hashes
from provenance.match.fingerprint import distinct, limit_for, members, shingle_hashes, upper_bits
from provenance.match.passages import Match
from provenance.match.reading import Reading
from provenance.match.repeats import with_house
from provenance.settings import Settings, version
from provenance.shared import Alignment

# settings that ask something of an alignment, or of candidates: none changes what two given articles share
NOT_OF_ALIGNING = frozenset({
    "min_shared_shingles", "whole_shingles", "shingle_rate", "max_sources", "permutations", "near_jaccard",
    "house_articles", "house_days", "house_articles_undated", "house_outlets", "frame_articles", "frame_share",
    "listed_words", "joined_cosine", "rare_sentences", "window_articles", "window_days", "weights", "cues",
    "counted_words", "plain_share", "mention_words", "whole_share", "republished_share", "verbatim_share",
    "rewritten_share", "revised_share", "revised_hours", "slack_hours", "slack_day_hours", "identity_at_most",
    "star_outlets", "arrow_at", "alternative_at",
})  # fmt: skip


class House(NamedTuple):
    """House text of a pile.

    Attributes:
        shingles: upper ``KEPT_BITS`` bits of its shingles, the lower ones zero, sorted.
        rate: one shingle in so many was looked at, those with the lowest hashes.
    """

    shingles: Hashes
    rate: int


NO_HOUSE = House(np.empty(0, dtype=np.uint64), 1)


class Answer(Enum):
    """What a memory says of a pair that nobody has aligned yet."""

    UNKNOWN = "unknown"


Recalled = Alignment | None | Literal[Answer.UNKNOWN]


class Remembered(Protocol):
    """What was found out about some articles before.

    Attributes:
        house: house text of the pile that the articles are a part of; None where it is to be found in them.
        lean: libraries that take a second to load are done without; the result is the same.
    """

    house: House | None
    lean: bool

    def alignment(self, a: str, b: str, key: bytes) -> Recalled:
        """What two articles share, sides as asked for; None for nothing."""

    def keep(self, a: str, b: str, key: bytes, found: Alignment | None) -> None:
        """Takes note of what two articles share, None for nothing."""

    def keep_house(self, house: House) -> None:
        """Takes note of the house text of the whole pile."""


class _Nothing:
    """The memory of those who have none."""

    house: House | None = None
    lean = False

    def alignment(self, a: str, b: str, key: bytes) -> Recalled:
        return Answer.UNKNOWN

    def keep(self, a: str, b: str, key: bytes, found: Alignment | None) -> None:
        pass

    def keep_house(self, house: House) -> None:
        pass


NOTHING = _Nothing()


# --- what an alignment rests on -------------------------------------------------------------------------------------


def side_key(reading: Reading) -> bytes:
    """A digest of all that aligning asks of one article, its names and dates not being among it."""
    article = reading.article
    digest = xxhash.xxh3_128(article.text.encode("utf-8", "surrogatepass"))
    spans = [(mark.span.start, mark.span.end) for mark in article.boilerplate]
    digest.update(repr((article.language, article.outlet, spans)).encode("utf-8", "surrogatepass"))
    if reading.house.any():
        digest.update(np.packbits(reading.house).tobytes())
    return digest.digest()


def pair_key(a: bytes, b: bytes, matches: Sequence[Match], linked: bool, settings: Settings) -> bytes:
    """A digest of all that the alignment of two articles rests on.

    Args:
        a, b: side keys, in the order in which they are aligned.
        matches: sentences that say the same.
        linked: whether they are aligned whatever they share.
        settings: all but ``NOT_OF_ALIGNING``.
    """
    alike = [(m.a, m.b, m.cosine >= settings.rewritten_cosine) for m in matches]
    digest = xxhash.xxh3_128(a)
    digest.update(b)
    digest.update(repr((alike, linked, _of_aligning(settings))).encode())
    return digest.digest()


@lru_cache(maxsize=8)
def _of_aligning(settings: Settings) -> str:
    kept = {name: value for name, value in asdict(settings).items() if name not in NOT_OF_ALIGNING}
    return f"{version()} {kept}"


# --- house text that is known ---------------------------------------------------------------------------------------


def with_known_house(reading: Reading, house: House, settings: Settings) -> Reading:
    """The reading with house words marked, as ``kernels.sketch.cover_house`` finds them."""
    return with_house(reading, covered_by(reading.hashes, house, settings))


def covered_by(words: Hashes, house: House, settings: Settings) -> Flags:
    """Which words stand in house shingles, or between two of them with no other kept one in between."""
    shingles = shingle_hashes(words, settings.shingle_words)
    kept = np.flatnonzero(shingles <= limit_for(house.rate))
    hit = members(upper_bits(shingles[kept]), house.shingles)
    covered = np.zeros(len(words), dtype=bool)
    for k in np.flatnonzero(hit).tolist():
        first = kept[k - 1] if k and hit[k - 1] else kept[k]
        covered[first : kept[k] + settings.shingle_words] = True
    return covered


def house_among(shingles: Sequence[Hashes], house: House) -> Hashes:
    """The shingles of some articles that are known to be house text, sorted."""
    found = [each[members(upper_bits(each), house.shingles)] for each in shingles]
    return distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
