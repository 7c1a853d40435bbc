"""What the words of a text tell before its lines are looked at: its language, and which words of frame rules it holds.

In small piles all words of a text are made; in large ones a kernel counts those that are asked for, and makes none.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from provenance.ingest.frame_rules import rules_of
from provenance.phrases import JUDGED, clearest, folded, language_of, languages, letters_of, stop_words

Said = tuple[str | None, Collection[bytes]]


def said_words(text: str, compiled: bool = False) -> Said:
    """The language of a text, None where none stands out, and its words, at least those that some frame rule has.

    Args:
        text: the text.
        compiled: whether the kernel counts, which finds the same.

    >>> language, words = said_words("The harbour was closed on Monday and the ferries stayed in port, they said.")
    >>> language, b"closed" in words
    ('en', True)
    """
    if compiled:
        return _counted(text)
    letters = letters_of(text[:JUDGED])
    return language_of(letters), letters + letters_of(_rest(text))


def _rest(text: str) -> str:
    """What stands behind the beginning by which the language is judged, and the word at its end that it may cut."""
    return text[text.rfind(" ", 0, JUDGED) + 1 :] if len(text) > JUDGED else ""


def _counted(text: str) -> Said:
    words, spots, stops = _wanted()
    total, counts, beyond = spots.counted(text[:JUDGED])
    strange = folded(beyond)
    votes = dict(zip(languages(), (counts @ stops).tolist(), strict=True))
    for code in languages() if strange else ():
        votes[code] += sum(map(stop_words(code).__contains__, strange))
    language = clearest(votes, total + len(strange))
    if rest := _rest(text):
        _, more, beyond = spots.counted(rest)
        counts += more
        strange += folded(beyond)
    return language, [*[words[number] for number in counts.nonzero()[0].tolist()], *strange]


@cache
def _wanted() -> tuple[list[bytes], Any, Any]:
    """The words to count; the same, ready for it; and by word and language whether it is a stop word."""
    import numpy as np

    from provenance.kernels.spots import Spots

    asked = {word for code in languages() for word in stop_words(code) | rules_of(code).all_words}
    words = sorted(word for word in asked if word.isalpha())  # of ASCII letters: bytes know no others
    stops = np.array([[word in stop_words(code) for code in languages()] for word in words], np.int32)
    return words, Spots(words), stops
