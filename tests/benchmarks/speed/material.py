"""Running text that reads like English: a chain of words learnt from a folder, or from the package's own word table."""

import gzip
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speed.people import FIRST_NAMES, SURNAMES

Words = NDArray[np.int32]
END = 0  # the chain's word that ends a sentence
LONGEST_SENTENCE = 40
SHORTEST_SENTENCE = 5
FEW = 8  # a word seen less often is followed by any word half the time: else rare words drag whole phrases along
TABLE_LOOSE = 0.25  # the table has the commonest pairs only: without this, unrelated articles share phrases
MOST_WORDS = 8_000_000
WORD_TABLE = Path(__file__).parents[3] / "provenance" / "data" / "word_weights" / "en.tsv.gz"
OPENERS = {".jsonl": open, ".txt": open, ".gz": gzip.open, ".xz": lzma.open}


@dataclass(frozen=True, slots=True)
class Chain:
    """Which word follows which, every occurrence kept once: drawing one uniformly is drawing by frequency."""

    spelling: NDArray[np.object_]
    first: NDArray[np.int64]  # successors of word w: following[first[w] : first[w + 1]]
    following: Words
    loose: NDArray[np.float64]  # how often a word is followed by any word instead
    any: Words  # every occurrence of every word that is no sentence's end
    kin_first: NDArray[np.int64]  # words of w's form (ending, length, frequency): kin[kin_first[w] : + kin_number[w]]
    kin_number: NDArray[np.int64]
    kin: Words

    def after(self, words: Words, rng: np.random.Generator) -> Words:
        """A next word for each of ``words``."""
        start = self.first[words]
        number = self.first[words + 1] - start
        pick = start + (rng.random(len(words)) * number).astype(np.int64)
        found = self.following[np.minimum(pick, len(self.following) - 1)]
        loose = rng.random(len(words)) < self.loose[words]
        found[loose] = self.draw(int(loose.sum()), rng)
        return found

    def draw(self, number: int, rng: np.random.Generator) -> Words:
        """Words by their frequency."""
        return self.any[rng.integers(0, len(self.any), number)]

    def like(self, words: Words, rng: np.random.Generator) -> Words:
        """A word of the same form for each of ``words``: "walking" for "asking"."""
        pick = self.kin_first[words] + (rng.random(len(words)) * self.kin_number[words]).astype(np.int64)
        return self.kin[pick]


def walk(chain: Chain, lengths: NDArray[np.int64], rng: np.random.Generator) -> list[Words]:
    """One stream of words for each length, sentences parted by END; all streams take each step together."""
    order = np.argsort(-lengths, kind="stable")
    steps = int(lengths.max(initial=0))
    active = np.searchsorted(-lengths[order], -np.arange(steps), side="left")
    grid = np.zeros((steps, len(lengths)), np.int32)
    now, run = np.zeros(len(lengths), np.int32), np.zeros(len(lengths), np.int32)
    for step in range(steps):
        now, run = now[: active[step]], run[: active[step]]
        now = chain.after(now, rng)
        short = (now == END) & (run < SHORTEST_SENTENCE)
        now[short] = chain.draw(int(short.sum()), rng)
        now[run >= LONGEST_SENTENCE] = END
        run = np.where(now == END, 0, run + 1)
        grid[step, : len(now)] = now
    columns = np.ascontiguousarray(grid.T)
    streams: list[Words] = [columns[0]] * len(lengths)
    for row, number in enumerate(order):
        streams[number] = _without_scrap(columns[row, : lengths[number]])
    return streams


def _without_scrap(stream: Words) -> Words:
    """The stream without a last sentence of two or three words that its length cut short."""
    ends = np.flatnonzero(stream[-SHORTEST_SENTENCE:] == END)
    return stream[: len(stream) - SHORTEST_SENTENCE + int(ends[-1])] if len(ends) else stream


def learn(folder: Path | None) -> Chain:
    """The chain of a folder's texts (.txt, .jsonl, also .gz and .xz), or of the package's word table."""
    if folder is None:
        return _from_pairs(*_table_pairs(), TABLE_LOOSE)
    spelling: dict[str, int] = {"": END}
    numbers: list[int] = [END]
    for sentence in _sentences(folder):
        numbers += [spelling.setdefault(word, len(spelling)) for word in sentence]
        numbers.append(END)
        if len(numbers) > MOST_WORDS:
            break
    if len(spelling) < 1000:
        raise SystemExit(f"{folder}: fewer than 1,000 different words there, too few to make articles of")
    text = _without_repeats(np.array(numbers, np.int32))
    return _from_pairs(spelling, text[:-1], text[1:])


def _without_repeats(text: Words) -> Words:
    """The text without sentences that say eight words in a row which stood before: boilerplate and copies."""
    mixed = np.zeros(len(text) - 7, np.uint64)
    for offset in range(8):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + text[offset : len(text) - 7 + offset].astype(np.uint64)
    _, first = np.unique(mixed, return_index=True)
    repeated = np.ones(len(mixed), bool)
    repeated[first] = False
    sentence = np.cumsum(text == END) - (text == END)  # an END belongs to the sentence it ends
    dropped = np.zeros(int(sentence[-1]) + 1, bool)
    across = sentence[:-7] != sentence[7:]
    dropped[sentence[:-7][repeated & ~across]] = True
    return text[~dropped[sentence]]


def _from_pairs(known: dict[str, int], before: Words, after: Words, least_loose: float = 0.0) -> Chain:
    spelling = list(known) + [name for name in ("said", *FIRST_NAMES, *SURNAMES) if name not in known]
    first = np.zeros(len(spelling) + 1, np.int64)
    np.cumsum(np.bincount(before, minlength=len(spelling)), out=first[1:])
    following = after[np.argsort(before, kind="stable")]
    number = np.diff(first)
    loose = np.where(number == 0, 1.0, np.maximum(least_loose, np.where(number < FEW, 0.5, 0.0)))
    plain = after[after != END]
    kin_first, kin_number, kin = _kin(spelling, np.bincount(plain, minlength=len(spelling)))
    return Chain(np.array(spelling, object), first, following, loose, plain, kin_first, kin_number, kin)


def _kin(spelling: list[str], count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], Words]:
    band = np.log2(count + 1).astype(int) // 2
    forms: dict[tuple[str, int], int] = {}
    of = np.array([forms.setdefault((_form(w), int(b)), len(forms)) for w, b in zip(spelling, band, strict=True)])
    kin = np.argsort(of, kind="stable").astype(np.int32)
    number = np.bincount(of)
    return (np.cumsum(number) - number)[of], number[of], kin


def _form(word: str) -> str:
    if not word.isalpha() or not word.islower():
        return "number" if word[:1].isdigit() else "name" if word[:1].isupper() else word
    ending = next((e for e in ("ing", "ed", "ly", "tion", "ment", "er", "s") if word.endswith(e)), "")
    return ending + "~" if len(word) > 4 else word  # short words are mostly grammar: kin only to themselves


# --- texts of a folder -----------------------------------------------------------------------------------------------


def _sentences(folder: Path) -> Iterator[list[str]]:
    for text in _texts(folder):
        for sentence in re.split(r"(?<=[a-z0-9][.!?])[”\"’)]*\s+(?=[“\"(]?[A-Z0-9])", text):
            words = [cut for word in sentence.split() if (cut := _bare(word))]
            if SHORTEST_SENTENCE <= len(words) <= LONGEST_SENTENCE:
                words[-1] = words[-1].rstrip(",;:")
                yield words


def _bare(word: str) -> str:
    """The word without quotation marks, brackets and full stops; a comma stays."""
    word = word.strip("“”\"‘()[]{}<>*_|-–—.!?’'")
    return word if any(c.isalnum() for c in word) and len(word) < 24 and "/" not in word and "@" not in word else ""


def _texts(folder: Path) -> Iterator[str]:
    files = sorted(f for f in ([folder] if folder.is_file() else folder.rglob("*")) if f.suffix in OPENERS)
    for file in files:
        with OPENERS[file.suffix](file, "rt", encoding="utf-8") as lines:
            if ".jsonl" not in file.name:
                yield lines.read()
                continue
            yield from (text for line in lines if (text := _text_of(json.loads(line))))


def _text_of(record: dict[str, object]) -> str:
    return str(record.get("text") or record.get("body") or "")


# --- the package's own word table ------------------------------------------------------------------------------------


def _table_pairs() -> tuple[dict[str, int], Words, Words]:
    """Pairs of words as often as the table counts them; what it leaves out ends sentences or is followed by any."""
    spelling: dict[str, int] = {"": END}
    before: list[int] = []
    after: list[int] = []
    often: list[int] = []
    for words, count in _table_rows():
        pair = [spelling.setdefault(word, len(spelling)) for word in words]
        before += [END if len(pair) == 1 else pair[0]]
        after += [pair[-1]]
        often += [count]
    pairs = np.repeat(np.array([before, after], np.int32), np.array(often), axis=1)
    number = np.bincount(pairs[0], minlength=len(spelling))[1:]
    ends = np.repeat(np.arange(1, len(spelling), dtype=np.int32), np.maximum(1, number // 18))
    return spelling, np.append(pairs[0], ends), np.append(pairs[1], np.zeros_like(ends))


def _table_rows() -> Iterable[tuple[list[str], int]]:
    with gzip.open(WORD_TABLE, "rt", encoding="utf-8") as lines:
        for line in lines:
            words, _, count = line.rstrip("\n").partition("\t")
            if count:
                yield words.split(), int(count)
