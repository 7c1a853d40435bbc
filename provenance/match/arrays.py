"""The arrays of which matching is made, and the hash of a word."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import xxhash

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


def hash_words(forms: Sequence[str]) -> Hashes:
    """One 64-bit hash a word (xxh3)."""
    return np.array([_hash_word(form) for form in forms], dtype=np.uint64)


@lru_cache(maxsize=1 << 18)
def _hash_word(form: str) -> int:
    return xxhash.xxh3_64_intdigest(form.encode("utf-8", "surrogatepass"))
