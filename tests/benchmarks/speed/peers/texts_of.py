"""What every peer's script needs; runs in the peers' own environment, without this project."""

import json
import re
import sys
from collections.abc import Iterable, Sequence

import numpy as np

WORD = re.compile(r"\w+")
SHINGLE = 5  # words


def texts_of(file: str) -> list[str]:
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123
        return [json.loads(line)["text"] for line in lines]


def shingles_of(text: str) -> set[str]:
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def write_pairs(out: str, found: Iterable[tuple[int, int]]) -> None:
    """Each pair once, the smaller row first."""
    pairs = {(a, b) if a < b else (b, a) for a, b in found if a != b}
    np.save(out, np.array(sorted(pairs), np.int64).reshape(-1, 2))


def arguments() -> Sequence[str]:
    """The pile, where to write the pairs, and what else this script takes."""
    return sys.argv[1:]
