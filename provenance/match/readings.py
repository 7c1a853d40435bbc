"""Readings of thousands of articles by kernels: what ``read_words`` gives, at a twentieth of the time.

Loading this module loads the kernels.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from provenance.kernels.characters import encoded
from provenance.kernels.quotes import quoted_words
from provenance.kernels.sentences import SentenceTable, number_words, sentences_of
from provenance.kernels.words import CAPITAL, UNSURE, WATCHED, Watch, WordTable, words_of_encoded
from provenance.match.arrays import Flags, Ints, hash_word
from provenance.match.reading import Reading
from provenance.match.voices import LIST_ITEMS, attributions, list_items
from provenance.model import Article, Span
from provenance.text import abbreviations, normal_form

_KELVIN = "\u212a"  # to a search in either case a k, to words no letter
_AT_ONCE = 64  # articles; their arrays stay in the processor's cache


def readings_of(articles: Sequence[Article]) -> Iterator[Reading]:
    """The reading of each article, as ``read_words`` gives it.

    The arrays of neighbours are parts of common ones: they are freed together.

    Cost: about 40 µs an article of 500 words.
    """
    for at in range(0, len(articles), _AT_ONCE):
        yield from _read_some(articles[at : at + _AT_ONCE])


def _read_some(articles: Sequence[Article]) -> Iterator[Reading]:
    texts = [a.text for a in articles]
    languages = list(dict.fromkeys(a.language for a in articles))
    of_text = [languages.index(a.language) for a in articles]
    source = encoded(texts, [[mark.span for mark in a.boilerplate] for a in articles])
    words = words_of_encoded(source, texts, Watch.over([_places(code) for code in languages], of_text))
    sentences = sentences_of(source, texts, [abbreviations(code) for code in languages], of_text)
    number, first_word = number_words(words, sentences)
    voiced = np.repeat(_given(articles, words, sentences, first_word), np.diff(first_word))
    plain, house = words.flags & CAPITAL == 0, np.zeros(len(number), dtype=bool)
    flags = plain, quoted_words(source, texts, words), voiced, house
    arrays: tuple[Any, ...] = words.hashes, words.starts, words.ends, number, *flags
    first = words.first.tolist()
    for article, start, end in zip(articles, first[:-1], first[1:], strict=True):
        yield Reading(article, *[array[start:end] for array in arrays])


def _given(articles: Sequence[Article], words: WordTable, sentences: SentenceTable, first_word: Ints) -> Flags:
    """Which sentences give a third party's words: items of lists, and those with a phrase of attribution."""
    given = np.zeros(len(sentences.starts), dtype=bool)
    for text in _with_lists(sentences):
        mine = slice(int(sentences.first[text]), int(sentences.first[text + 1]))
        bounds = zip(sentences.starts[mine].tolist(), sentences.ends[mine].tolist(), strict=True)
        given[mine] = list_items(articles[text].text, [Span(start, end) for start, end in bounds])
    given[list(_attributed(articles, words, sentences, first_word))] = True
    given[list(_attributed_in_odd_texts(articles, sentences))] = True
    return given


def _with_lists(sentences: SentenceTable) -> list[int]:
    """The texts that may have a list, by what the sentences begin with."""
    begun = np.concatenate([[0], np.cumsum(sentences.item)])
    in_row = np.flatnonzero(begun[LIST_ITEMS:] - begun[:-LIST_ITEMS] == LIST_ITEMS)
    return sorted(set((np.searchsorted(sentences.first, in_row, side="right") - 1).tolist()))


@cache
def _places(language: str | None) -> dict[int, frozenset[int]]:
    """By the hash of a word the places that it has in phrases of attribution."""
    rarest = attributions(language).rarest or {}
    return {hash_word(normal_form(word)): places for word, places in rarest.items()}


def _attributed(
    articles: Sequence[Article], words: WordTable, sentences: SentenceTable, first_word: Ints
) -> Iterator[int]:
    """Numbers of sentences with a phrase of attribution, found by the words that such phrases have."""
    sought = np.array([hashed for code in {a.language for a in articles} for hashed in _places(code)], dtype=np.uint64)
    hits = np.flatnonzero(words.flags & (WATCHED | UNSURE))
    hits = hits[np.isin(words.hashes[hits], sought) | (words.flags[hits] & UNSURE != 0)]
    texts = np.searchsorted(words.first, hits, side="right") - 1
    numbers = np.searchsorted(first_word, hits, side="right") - 1
    starts, ends = sentences.starts[numbers], sentences.ends[numbers]
    columns = texts, numbers, starts, ends, words.starts[hits] - starts, words.hashes[hits], words.flags[hits] & UNSURE
    for text, number, start, end, at, hashed, unsure in zip(*(column.tolist() for column in columns), strict=True):
        article = articles[text]
        known, places = attributions(article.language), _places(article.language).get(hashed)
        sentence = article.text[start:end]
        if (places and known.at_word(sentence, at, places)) or (unsure and known.search.search(sentence)):
            yield number


def _attributed_in_odd_texts(articles: Sequence[Article], sentences: SentenceTable) -> Iterator[int]:
    """The same for texts in which those words may not be known."""
    for text, article in enumerate(articles):
        known = attributions(article.language)
        if known.rarest is None or _KELVIN in article.text:
            for number in range(int(sentences.first[text]), int(sentences.first[text + 1])):
                if known.search.search(article.text[sentences.starts[number] : sentences.ends[number]]):
                    yield number
