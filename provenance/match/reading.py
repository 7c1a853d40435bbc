"""One article as arrays of words, with all that matching asks of them; ``readings`` makes them by the thousand."""

from dataclasses import dataclass, field

import numpy as np

from provenance.match.arrays import Flags, Hashes, Offsets, hash_words
from provenance.match.voices import voice_of_words
from provenance.model import Article
from provenance.text import normal_form, split_sentences, tokenize


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The body words of one article as arrays, all of length n (the number of body words): 24 bytes a word.

    Attributes:
        hashes: 64-bit hash of each normal form; the same on every machine and in every pile.
        starts, ends: character offsets into ``Article.text``.
        sentence: number of the sentence a word stands in, ascending.
        plain: the word is not capitalised (always true in scripts without case).
        quoted: the word stands inside quotation marks.
        voiced: the word stands in a sentence that gives a third party's words (a statement, a letter, a list).
        house: the word belongs to what the outlet repeats; set once the pile is known.
    """

    article: Article
    hashes: Hashes
    starts: Offsets
    ends: Offsets
    sentence: Offsets
    plain: Flags
    quoted: Flags
    voiced: Flags
    house: Flags
    _forms: list[tuple[str, ...]] = field(default_factory=list, repr=False)

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def forms(self) -> tuple[str, ...]:
        """The normal forms, made when first asked for: strings cost three times as much as all the arrays."""
        if not self._forms:
            text, bounds = self.article.text, zip(self.starts.tolist(), self.ends.tolist(), strict=True)
            self._forms.append(tuple(normal_form(text[start:end]) for start, end in bounds))
        return self._forms[0]


def read_words(article: Article) -> Reading:
    """The words of an article's body, in order, with all that matching asks of them.

    Cost: about 0.6 ms per 500 words.
    """
    text = article.text
    sentences = split_sentences(text, article.language, article.body)
    words = tokenize(text, article.body)  # a sentence never ends within a word
    starts = np.array(words.starts, dtype=np.int32)
    bounds = np.array([s.start for s in sentences], dtype=np.int32)
    number = (np.searchsorted(bounds, starts, side="right") - 1).astype(np.int32)
    quoted, voiced = voice_of_words(article, sentences, starts, number)
    return Reading(
        article=article,
        hashes=hash_words(words.forms),
        starts=starts,
        ends=np.array(words.ends, dtype=np.int32),
        sentence=number,
        plain=np.array([not text[at].isupper() for at in words.starts], dtype=bool),
        quoted=quoted,
        voiced=voiced,
        house=np.zeros(len(words), dtype=bool),
        _forms=[tuple(words.forms)],
    )
