"""How telling a word or a pair of words is: in how many sentences of a large, fixed body of text it stands.

The tables are shipped per language (``data/word_weights/LANGUAGE.tsv.gz``: term, sentences it stands in; first line
``# sentences N``), so that a small pile and a growing one are judged alike. They hold counts of single words and
of two words in a row, no text. ``provenance weights`` makes them.
"""

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from provenance.errors import SettingError
from provenance.match.arrays import Hashes, hash_words
from provenance.model import Article
from provenance.text import split_sentences, tokenize

_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)  # odd; another one than the shingles', so that no bigram hash is a shingle's


def bigram_hashes(first: Hashes, second: Hashes) -> Hashes:
    """The hash of two words in a row."""
    with np.errstate(over="ignore"):
        return (first * _FACTOR) ^ (second + (first >> np.uint64(31)))


@dataclass(frozen=True, slots=True, eq=False)
class WordWeights:
    """Sentence counts of terms by their hash (sorted), and the number of sentences counted."""

    hashes: Hashes
    counts: npt.NDArray[np.int64]
    sentences: int

    @property
    def rarest(self) -> float:
        """The inverse sentence frequency of a term never seen."""
        return float(np.log(1 + self.sentences) + 1)

    def idf(self, terms: Hashes) -> npt.NDArray[np.float64]:
        """Smoothed inverse sentence frequency as scikit-learn defines it; a term never seen counts as rarest.

        ln((1 + sentences) / (1 + count)) + 1
        """
        at = np.minimum(np.searchsorted(self.hashes, terms), max(0, len(self.hashes) - 1))
        count = np.where(self.hashes[at] == terms, self.counts[at], 0) if len(self.hashes) else np.zeros(len(terms))
        return np.asarray(np.log((1 + self.sentences) / (1 + count)) + 1, dtype=np.float64)


@cache
def shipped_weights(language: str) -> WordWeights | None:
    """The table of a language, None where none is shipped."""
    table = files("provenance").joinpath("data", "word_weights", f"{language}.tsv.gz")
    if not table.is_file():
        return None
    return read_weights(gzip.decompress(table.read_bytes()).decode("utf-8"))


@cache
def weights_for(chosen: str, language: str) -> WordWeights | None:
    """The weights that ``Settings.weights`` asks for, None where they are to be counted in the pile.

    Args:
        chosen: "shipped", "pile", or the path of a table that ``provenance weights`` made, packed or not.
        language: of the articles; only the shipped tables differ by it.

    Raises:
        SettingError: there is no such file, or it is no table.
    """
    if chosen in ("shipped", "pile"):
        return shipped_weights(language) if chosen == "shipped" and language else None
    try:
        data = Path(chosen).read_bytes()
        return read_weights((gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"weights: {chosen}: {error}; it is 'shipped', 'pile' or a file of provenance weights"
        ) from error


def read_weights(table: str) -> WordWeights:
    """A table from its text.

    Raises:
        SettingError: the text is no such table.
    """
    head, _, rows = table.partition("\n")
    cells = rows.replace("\n", "\t").split("\t")  # all at once: this is on the way of every small pile
    try:
        sentences = int(head.removeprefix("# sentences "))
        counts = np.array([int(cell) for cell in cells[1::2]], dtype=np.int64)
    except ValueError as error:
        raise SettingError(f"this is no table of word weights: {error}; make one with: provenance weights") from error
    terms = cells[0 : 2 * len(counts) : 2]
    words = hash_words(" ".join(terms).split(" ")) if terms else np.empty(0, dtype=np.uint64)
    spaces = np.array([term.count(" ") for term in terms], dtype=np.int64)
    first, is_pair = np.cumsum(1 + spaces) - (1 + spaces), spaces > 0
    hashes = words[first]
    hashes[is_pair] = bigram_hashes(hashes[is_pair], words[first[is_pair] + 1])
    hashes, order = np.unique(hashes, return_index=True)
    return WordWeights(hashes, counts[order], sentences)


def count_weights(articles: Iterable[Article], at_least: int = 8) -> str:
    """A table of word weights as text, counted over the body sentences of some articles.

    Args:
        articles: the more the better; some thousand.
        at_least: terms that stand in fewer sentences are left out, so that nothing rare can be read back.
    """
    counts: Counter[str] = Counter()
    sentences = 0
    seen: set[int] = set()
    for article in articles:
        for span in split_sentences(article.text, article.language, article.body):
            forms = tokenize(article.text, (span,)).forms
            key = hash(tuple(forms))
            if len(forms) < 3 or key in seen:  # a reprinted sentence is no second use of its words
                continue
            seen.add(key)
            sentences += 1
            counts.update(set(forms))
            counts.update({f"{one} {two}" for one, two in pairwise(forms)})
    rows = sorted((term, n) for term, n in counts.items() if n >= at_least)
    return f"# sentences {sentences}\n" + "".join(f"{term}\t{n}\n" for term, n in rows)
