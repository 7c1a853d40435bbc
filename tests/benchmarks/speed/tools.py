"""Every tool at every setting: the command that reads a pile and writes the pairs it found."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from speed.environment import Environment
from speed.scores import Pairs

SCRIPTS = Path(__file__).parent / "peers"
PROVENANCE = Path(sys.executable).with_name("provenance")
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool at one setting.

    name: for --tools and tables; says: the setting in words; needs: its package; command: from (pile, out);
    most: no more articles than this, since time or memory grow with the square.
    """

    name: str
    says: str
    needs: str
    command: Callable[[Path, Path], list[str]]
    found: Callable[[Path], Pairs]
    most: int = 10_000_000


PEER_SETTINGS = (
    ("gaoya", "MinHash 42x3, Jaccard .5, 5 words, 2 threads", "gaoya", "gaoya_minhash", "42 3 .5", 10_000_000),
    ("gaoya-.2", "MinHash 64x2, Jaccard .2, 5 words, 2 threads", "gaoya", "gaoya_minhash", "64 2 .2", 10_000_000),
    ("rensa", "R-MinHash 128, 32 bands, .5", "rensa", "rensa_rminhash", "32 .5", 10_000_000),
    ("rensa-.2", "R-MinHash 128, 64 bands, .2", "rensa", "rensa_rminhash", "64 .2", 10_000_000),
    ("datasketch", "README loop, .5", "datasketch", "datasketch_readme", ".5", 10_000),
    ("datasketch-bulk", "bulk, LeanMinHash, xxh32, .5", "datasketch", "datasketch_bulk", ".5", 10_000_000),
    ("datasketch-bulk-.2", "bulk, LeanMinHash, xxh32, .2", "datasketch", "datasketch_bulk", ".2", 10_000_000),
    ("text-dedup", "minhash, defaults", "text-dedup", "text_dedup_minhash", "", 10_000),
    (
        "text-dedup-.5",
        "minhash, threshold .5, 128 permutations, xxh3, 32 bit",
        "text-dedup",
        "text_dedup_minhash",
        "--threshold .5 --num_perm 128 --hash_func xxh3 --hash_bits 32",
        10_000,
    ),
    ("tfidf", "TF-IDF words, cosine .5, top 100", "sparse_dot_topn", "tfidf_topn", ".5 1", 10_000),
    ("tfidf-3-grams", "TF-IDF 3 words, cosine .1, top 100", "sparse_dot_topn", "tfidf_topn", ".1 3", 10_000),
)


def peers(environment: Environment) -> list[Tool]:
    return [_peer(environment, *row) for row in PEER_SETTINGS]


def _peer(environment: Environment, name: str, says: str, needs: str, script: str, options: str, most: int) -> Tool:
    def command(pile: Path, out: Path) -> list[str]:
        return [str(environment.python), str(SCRIPTS / f"{script}.py"), str(pile), str(out), *options.split()]

    return Tool(name, says, needs, command, np.load, most)


def pairs_command(*options: str) -> Callable[[Path, Path], list[str]]:
    """``provenance pairs``: pairs with their passages, as JSON lines."""
    return lambda pile, out: [
        *(str(PROVENANCE), "pairs", str(pile), "--format", "jsonl", "--quiet", "-o", str(out), *options)
    ]


def trace_command(*options: str) -> Callable[[Path, Path], list[str]]:
    """The whole ``provenance trace --format json``."""
    return lambda pile, out: [
        *(str(PROVENANCE), "trace", str(pile), "--format", "json", "--quiet", "-o", str(out), *options)
    ]


def our_pairs(out: Path) -> Pairs:
    with out.open("rb") as lines:
        found = [(row_of(line["a"]), row_of(line["b"])) for line in map(orjson.loads, lines)]
    return np.array(found, np.int64).reshape(-1, 2)


def has_option(command: str, option: str) -> bool:
    """Whether our program knows an option."""
    said = subprocess.run([PROVENANCE, command, "--help"], capture_output=True, text=True, check=False).stdout
    return option in said


def is_article(id: str) -> bool:
    """Whether a source of a trace is an article of the pile, and no text that was only named or inferred."""
    return ":" not in id


def row_of(id: str) -> int:
    """The article's row in the pile: ids end in it."""
    return int(id.rpartition("a")[2])
