"""The arrays of which matching is made, and the hash of a word."""

import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import xxhash

Ints = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32]  # into one text; half the memory of Ints
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


_MOST_KNOWN = 1 << 18  # words


class _Known(dict[str, bytes]):
    """The hashes of the words seen lately, as bytes: joining them is a tenth of the cost of making numbers of them."""

    def __missing__(self, form: str) -> bytes:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[form] = hash_word(form).to_bytes(8, sys.byteorder)
        return found


_known = _Known()


def hash_words(forms: Sequence[str]) -> Hashes:
    """One 64-bit hash a word (xxh3)."""
    return np.frombuffer(bytearray().join([_known[form] for form in forms]), dtype=np.uint64)


def hash_word(form: str) -> int:
    """The 64-bit hash of a word (xxh3): the same on every machine and in every pile."""
    return xxhash.xxh3_64_intdigest(form.encode("utf-8", "surrogatepass"))
