"""Whose voice a word is in: the article's own, somebody's between quotation marks, a statement, a list."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from provenance.match.arrays import Flags, Offsets
from provenance.model import Article, Span
from provenance.phrases import phrases
from provenance.text import quoted_spans, tokenize

LIST_ITEMS = 3  # neighbours in a row that open with a bullet or a number
UNLIKE = (
    "\u0130\u0131\u017f\u212a"  # letters that a search in either case takes for an i, s or k, and lower case does not
)
_ITEM = re.compile(r"\s*(?:[-*•–·▪◦]|\d{1,2}[.)])\s+\S")


def voice_of_words(
    article: Article, sentences: Sequence[Span], starts: Offsets, sentence: Offsets
) -> tuple[Flags, Flags]:
    """Which words stand inside quotation marks, and which in a third party's words; two arrays of length n."""
    quoted = np.zeros(len(starts), dtype=bool)
    spans = quoted_spans(article.text)
    bounds = np.array([(s.start, s.end) for s in spans], dtype=np.int64).reshape(-1, 2)
    for first, last in np.searchsorted(starts, bounds).tolist():
        quoted[first:last] = True
    given = np.array(list_items(article.text, sentences), dtype=bool)
    given[list(_attributed(article, sentences))] = True
    return quoted, given[sentence] if len(starts) else np.zeros(0, dtype=bool)


def list_items(text: str, sentences: Sequence[Span]) -> list[bool]:
    """Which sentences are items of a list: three neighbours in a row that open with a bullet or a number."""
    opens = [_ITEM.match(text, s.start, s.end) is not None for s in sentences]
    items = [False] * len(opens)
    for i in range(len(opens) - LIST_ITEMS + 1):
        if opens[i] and all(opens[i : i + LIST_ITEMS]):
            items[i : i + LIST_ITEMS] = [True] * LIST_ITEMS
    return items


@dataclass(frozen=True, slots=True)
class Attributions:
    """The phrases of a language that give a sentence to somebody else, and how to find them without trying them all.

    Attributes:
        search: finds any of them, as whole words, in either case.
        rarest: by a word, in lower case, the places (characters) that it has in phrases; no phrase stands where none
            of these words is. None when some phrase has no word to go by.
    """

    search: re.Pattern[str]
    rarest: Mapping[str, frozenset[int]] | None

    def at_word(self, sentence: str, at: int, places: frozenset[int]) -> bool:
        """Whether a phrase stands around the word at a character of a sentence; ``places`` is what it has of them."""
        return any(self.search.match(sentence, at - place) is not None for place in places if place <= at)


@cache
def attributions(language: str | None) -> Attributions:
    """Those of a language."""
    said = phrases(language, "voice")["attributed"]
    fixed = "|".join(re.escape(phrase) for phrase in said)
    places: dict[str, set[int]] = {}
    for phrase in said:
        word, place = _rarest(phrase, frozenset(phrases(language, "words")["stop"]))
        places.setdefault(word, set()).add(place)
    rarest = None if "" in places else {word: frozenset(at) for word, at in places.items()}
    return Attributions(re.compile(rf"\b(?:{fixed})\b", re.IGNORECASE), rarest)


def _rarest(phrase: str, stop: frozenset[str]) -> tuple[str, int]:
    """The longest word of a phrase that is no stop word, and where it stands; empty when it has none to go by."""
    words = tokenize(phrase)
    found = [(phrase[start:end].lower(), start) for start, end in zip(words.starts, words.ends, strict=True)]
    # a word of one or two letters may stand behind an apostrophe, where the kernel does not look for it
    known = [(word not in stop, len(word), word, at) for word, at in found if word.isalnum() and len(word) > 2]
    return max(known)[2:] if known else ("", 0)


def _attributed(article: Article, sentences: Sequence[Span]) -> Iterator[int]:
    """Numbers of the sentences that hold a phrase of attribution."""
    known, text = attributions(article.language), article.text
    lower = text.lower()
    if known.rarest is None or len(lower) != len(text) or any(letter in text for letter in UNLIKE):
        yield from (i for i, s in enumerate(sentences) if known.search.search(s.cut(text)))
        return
    starts = [s.start for s in sentences]
    for word, places in known.rarest.items():
        at = lower.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            if number >= 0 and known.at_word(sentences[number].cut(text), at - starts[number], places):
                yield number
            at = lower.find(word, at + 1)


@cache
def first_person(language: str | None) -> frozenset[str]:
    """Words that a speaker uses of himself; text that has them is speech, whoever prints it without marks."""
    return frozenset(phrases(language, "voice")["first_person"])


@cache
def speech_words(language: str | None) -> frozenset[str]:
    """Verbs that give a quotation to a speaker, unlike "writes" and "reports", which give it to a paper."""
    return frozenset(phrases(language, "voice")["speech"])
