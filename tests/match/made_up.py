"""Invented words, sentences and articles, and what matching makes of two of them."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from provenance.match import align, read_words, sentence_matches, sheet_of
from provenance.match.reading import Reading
from provenance.model import Article, Published
from provenance.settings import Settings
from provenance.shared import Alignment

DEFAULT = Settings()
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
VOCABULARY = tuple(a + b + c for a in _SYLLABLES[:10] for b in _SYLLABLES[::4] for c in _SYLLABLES[::4])  # 3,240 words


def words(random: random.Random, count: int, vocabulary: Sequence[str] = VOCABULARY) -> list[str]:
    return [random.choice(vocabulary) for _ in range(count)]


def prose(words: Sequence[str], sentence: int = 16) -> str:
    """The words as sentences of so many words."""
    rows = [words[i : i + sentence] for i in range(0, len(words), sentence)]
    return " ".join(" ".join(row).capitalize() + "." for row in rows)


def invented(seed: int, count: int = 160) -> str:
    """A text of its own for each seed: two of them share no run of words."""
    return prose(words(random.Random(seed), count))


def day(number: int, hour: int = 0) -> Published:
    """A day counted from 1 May 2031."""
    start = datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days=number, hours=hour)
    return Published(start, start + timedelta(days=1, seconds=-1), "stated")


def article(id: str, text: str, outlet: str | None = None, on: Published | None = None, **fields: object) -> Article:
    return Article(id, id, text, outlet=outlet, published=on, **{"language": "en", **fields})


def reading(id: str, text: str, outlet: str | None = None, on: Published | None = None, **fields: object) -> Reading:
    return read_words(article(id, text, outlet, on, **fields))


def readings(texts: Iterable[str], **fields: object) -> list[Reading]:
    return [reading(f"{i:03}", text, **fields) for i, text in enumerate(texts)]


def share(a: Reading, b: Reading, settings: Settings = DEFAULT) -> Alignment | None:
    """The alignment of two readings, with what their sentences say of each other."""
    matches = sentence_matches((a, b), {(0, 1)}, (), settings)
    return align(a, b, sheet_of(a, settings), sheet_of(b, settings), matches.get((0, 1), ()), settings)


def shared(text_a: str, text_b: str, settings: Settings = DEFAULT, **fields: object) -> Alignment:
    """What two texts share, which must be something."""
    found = share(reading("a", text_a, **fields), reading("b", text_b, **fields), settings)
    assert found is not None
    return found
