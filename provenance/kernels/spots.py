"""How often some words stand in a text: one pass over its bytes, and no string made for any other word.

What ``phrases.letters_of`` calls a word is one here. Words with letters beyond ASCII are given back as they stand.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from provenance.kernels.compiled import kernel

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

_BITS = 13  # of a place in the table: several times as many places as there are words
_SHIFT = np.uint64(64 - _BITS)
_SEED, _PRIME = 0xCBF29CE484222325, 0x100000001B3  # FNV-1a, 64 bits: two words hardly ever have one hash
_BEGIN, _FACTOR = np.uint64(_SEED), np.uint64(_PRIME)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
# small letters for ASCII letters, themselves for bytes of other characters, nothing for what parts words
_LETTERS = np.array([ord(chr(b).lower()) if b > 127 or chr(b).isalpha() else 0 for b in range(128)], np.uint8)
_LETTERS = np.concatenate((_LETTERS, np.arange(128, 256, dtype=np.uint8)))


class Spots:
    """Some words, ready to be counted in texts.

    Args:
        words: each once, small ASCII letters in bytes; others are never found. At most a thousand or two.

    Cost: 5 microseconds for a text of 3,000 characters.

    >>> total, counts, strange = Spots([b"the", b"sea"]).counted("The sea, the caf\u00e9")
    >>> total, counts.tolist(), [word.decode() for word in strange]
    (3, [2, 1], ['caf\u00e9'])
    """

    def __init__(self, words: Sequence[bytes]) -> None:
        self._size = len(words)
        self._hashes = np.zeros(1 << _BITS, np.uint64)
        self._numbers = np.zeros(1 << _BITS, np.int32)
        for number, word in enumerate(words):
            self._put(_hash(word), number)

    def _put(self, key: int, number: int) -> None:
        place = (key * int(_SPREAD) % (1 << 64)) >> int(_SHIFT)
        while self._hashes[place]:
            place = (place + 1) % len(self._hashes)
        self._hashes[place], self._numbers[place] = key, number

    def counted(self, text: str) -> tuple[int, Numbers, list[bytes]]:
        """How many words of ASCII letters a text has, how often each of the words, and its words beyond ASCII."""
        data = text.encode("utf-8", "surrogatepass")
        counts = np.zeros(self._size, np.int32)
        strange = np.empty(len(data) + 2, np.int32)
        total, found = _counted(
            np.frombuffer(bytearray(data), np.uint8), _LETTERS, self._hashes, self._numbers, counts, strange
        )
        if not found:
            return total, counts, []
        places = strange[: 2 * found].tolist()
        return total, counts, [data[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]


def _hash(word: bytes) -> int:
    value = _SEED
    for letter in word:
        value = ((value ^ letter) * _PRIME) % (1 << 64)
    return value


@kernel("UniTuple(int64, 2)(uint8[::1], uint8[::1], uint64[::1], int32[::1], int32[::1], int32[::1])")
def _counted(
    data: Bytes, letters: Bytes, hashes: Hashes, numbers: Numbers, counts: Numbers, strange: Numbers
) -> tuple[int, int]:
    """Adds to the counts; writes where words beyond ASCII begin and end, and returns how many of both there are."""
    total, found, at, end = 0, 0, 0, len(data)
    while at < end:
        start, value, is_plain = at, _BEGIN, True
        while at < end and letters[data[at]] != 0:
            if data[at] > 127:
                # the characters from U+2000 to U+203F, quotation marks and dashes, are no letters
                if data[at] == 0xE2 and at + 1 < end and data[at + 1] == 0x80:
                    break
                is_plain = False
            value = (value ^ np.uint64(letters[data[at]])) * _FACTOR
            at += 1
        if at > start and is_plain:
            total += 1
            place = np.int64((value * _SPREAD) >> _SHIFT)
            while hashes[place] != 0:
                if hashes[place] == value:
                    counts[numbers[place]] += 1
                    break
                place = (place + 1) & (len(hashes) - 1)
        elif at > start:
            strange[2 * found], strange[2 * found + 1] = start, at
            found += 1
        at += 3 if at < end and data[at] == 0xE2 else 1
    return total, found
