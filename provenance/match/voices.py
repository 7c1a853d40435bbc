"""Whose voice a word is in: the article's own, somebody's between quotation marks, a statement, a list."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from provenance.model import Article, Span
from provenance.phrases import phrases
from provenance.text import Words, quoted_spans

Flags = npt.NDArray[np.bool_]

_ITEM = re.compile(r"\s*(?:[-*•–·▪◦]|\d{1,2}[.)])\s+\S")


def voice_of_words(
    article: Article, sentences: Sequence[Span], words: Words, sentence: npt.NDArray[np.int64]
) -> tuple[Flags, Flags]:
    """Which words stand inside quotation marks, and which in a third party's words; two arrays of length n."""
    starts = np.array(words.starts, dtype=np.int64)
    quoted = np.zeros(len(words), dtype=bool)
    for span in quoted_spans(article.text):
        quoted[np.searchsorted(starts, span.start) : np.searchsorted(starts, span.end)] = True
    attributed = _attributed(article.language)
    items = _list_items(article.text, sentences)
    given = np.array(
        [bool(items[i] or attributed.search(s.cut(article.text))) for i, s in enumerate(sentences)], dtype=bool
    )
    return quoted, given[sentence] if len(words) else np.zeros(0, dtype=bool)


def _list_items(text: str, sentences: Sequence[Span]) -> list[bool]:
    """Which sentences are items of a list: three neighbours in a row that open with a bullet or a number."""
    opens = [bool(_ITEM.match(text, s.start, s.end)) for s in sentences]
    items = [False] * len(opens)
    for i in range(len(opens) - 2):
        if all(opens[i : i + 3]):
            items[i : i + 3] = [True] * 3
    return items


@cache
def _attributed(language: str | None) -> re.Pattern[str]:
    fixed = "|".join(re.escape(p) for p in phrases(language, "voice")["attributed"])
    return re.compile(rf"\b(?:{fixed})\b", re.IGNORECASE)


@cache
def first_person(language: str | None) -> frozenset[str]:
    """Words that a speaker uses of himself; text that has them is speech, whoever prints it without marks."""
    return frozenset(phrases(language, "voice")["first_person"])


@cache
def speech_words(language: str | None) -> frozenset[str]:
    """Verbs that give a quotation to a speaker, unlike "writes" and "reports", which give it to a paper."""
    return frozenset(phrases(language, "voice")["speech"])
