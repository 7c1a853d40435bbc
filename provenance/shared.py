"""What texts share, before anybody asks who took it from whom: the values that matching hands on.

Frozen, comparable, standard library only, like ``model``; of pairs of millions of texts plain tuples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from provenance.model import Article, Passage, Span, Trace


@dataclass(frozen=True, slots=True, order=True)
class Fragment:
    """One case of shared text: passages that follow one another in both articles, with what lies between them.

    A passage ends where the wording or the voice changes; a fragment goes on over a sentence that was put in, left
    out or written anew.
    """

    a: Span
    b: Span

    def turned(self) -> "Fragment":
        """The same fragment with *a* and *b* exchanged."""
        return Fragment(self.b, self.a)


def _by_place(shared: Passage | Fragment) -> tuple[int, int, int, int]:
    """The order of what two articles share: by where it stands in a, then in b."""
    return shared.a.start, shared.a.end, shared.b.start, shared.b.end


@dataclass(frozen=True, slots=True)
class Measures:
    """What kind of words two articles share, apart from how many; all nothing while nobody measured.

    A *narrative* word is said by both in their own voice: outside quotation marks, speech, letters and what an outlet
    repeats.

    Attributes:
        narrative: shared words that are narrative.
        spoken: shared words quoted in both, or in a block that speaks in the first or second person.
        quoted_a: shared words that a puts in quotation marks and b says itself; quoted_b the reverse.
        presented: shared narrative words in blocks that a colon introduces in either text.
        share_a, share_b: part of each text's own words that is shared narrative, 0 to 1.
        spread_a, spread_b: over how much of each text shared narrative is spread (in tenths of the text), 0 to 1.
        runs: runs of equal words with narrative in them.
        run_words: words of the run in which a shared narrative word stands, on average.
        figures_same: numbers that shared blocks hold on both sides.
        figures_changed: numbers exchanged there for others, which the other text has nowhere: the mark of a template.
        figures: part of the numbers of the text with fewer that the other has too, 0 to 1; .5 when there are none.
        rest: part of the rare words outside what is shared that the other text has too, of the text with fewer, 0 to 1;
            .5 when nothing is left.
    """

    narrative: int = 0
    spoken: int = 0
    quoted_a: int = 0
    quoted_b: int = 0
    presented: int = 0
    share_a: float = 0.0
    share_b: float = 0.0
    spread_a: float = 0.0
    spread_b: float = 0.0
    runs: int = 0
    run_words: float = 0.0
    figures_same: int = 0
    figures_changed: int = 0
    figures: float = 0.5
    rest: float = 0.5

    def turned(self) -> "Measures":
        """The same measures with *a* and *b* exchanged."""
        return Measures(
            narrative=self.narrative,
            spoken=self.spoken,
            quoted_a=self.quoted_b,
            quoted_b=self.quoted_a,
            presented=self.presented,
            share_a=self.share_b,
            share_b=self.share_a,
            spread_a=self.spread_b,
            spread_b=self.spread_a,
            runs=self.runs,
            run_words=self.run_words,
            figures_same=self.figures_same,
            figures_changed=self.figures_changed,
            figures=self.figures,
            rest=self.rest,
        )


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that two articles share, and how much of each it is.

    Words are *counted words*: body words outside boilerplate and outside what is only a shared voice.

    Attributes:
        a, b: article ids, a < b.
        passages: in the order of a.
        words_a, words_b: counted words of each article (less the voices shared in this pair).
        shared_a, shared_b: how many of them stand in a counted passage.
        verbatim_a, verbatim_b: how many of those stand in verbatim runs of at least 8 words.
        plain: how many shared words of a are lower case (names of states, lists and titles are not).
        excerpt_a: counted words that stand in quotation marks in a and in b's own voice; excerpt_b the reverse.
        sentences: one-to-one sentence pairs found by meaning (TF-IDF) at or above the linking threshold.
        equal: the two texts are equal after normalisation.
        near: the two texts are equal or near-identical reprints of one text.
        fragments: the cases of shared text, in the order of a; what is too short for a case stands in none.
        measures: what kind of words they share.
    """

    a: str
    b: str
    passages: tuple[Passage, ...]
    words_a: int
    words_b: int
    shared_a: int
    shared_b: int
    verbatim_a: int
    verbatim_b: int
    plain: int
    excerpt_a: int
    excerpt_b: int
    sentences: int
    equal: bool = False
    near: bool = False
    fragments: tuple[Fragment, ...] = ()
    measures: Measures = Measures()

    @property
    def share_a(self) -> float:
        """Share of a's counted words found in b."""
        return self.shared_a / self.words_a if self.words_a else 0.0

    @property
    def share_b(self) -> float:
        """Share of b's counted words found in a."""
        return self.shared_b / self.words_b if self.words_b else 0.0

    def turned(self) -> "Alignment":
        """The same alignment with *a* and *b* exchanged (``a < b`` no longer holds)."""
        return Alignment(
            a=self.b,
            b=self.a,
            passages=tuple(sorted([p.turned() for p in self.passages], key=_by_place)),
            words_a=self.words_b,
            words_b=self.words_a,
            shared_a=self.shared_b,
            shared_b=self.shared_a,
            verbatim_a=self.verbatim_b,
            verbatim_b=self.verbatim_a,
            plain=self.plain,
            excerpt_a=self.excerpt_b,
            excerpt_b=self.excerpt_a,
            sentences=self.sentences,
            equal=self.equal,
            near=self.near,
            fragments=tuple(sorted([f.turned() for f in self.fragments], key=_by_place)),
            measures=self.measures.turned(),
        )


class TextBatch(NamedTuple):
    """Some texts with what is known beside them, four sequences of one length.

    ``outlets`` are names as written and ``times`` seconds since 1970, None where unknown.
    """

    ids: list[str]
    texts: list[str]
    outlets: list[str | None]
    times: list[float | None]


# Numbers of two texts, words that they share, and the passages as in SharedText: what matching gives for a SharedText.
Overlap = tuple[int, int, int, list[tuple[int, int, int, int, int, bool]]]


class SharedText(NamedTuple):
    """What two articles share, as ``provenance pairs`` says it: a plain tuple, for there may be millions.

    Attributes:
        a, b: article ids, a < b.
        words: body words that stand in a passage of both.
        passages: start and end in a, start and end in b, shared words, and whether these are the same words in a row
            (verbatim) or the same with changes; in the order of a.
    """

    a: str
    b: str
    words: int
    passages: list[tuple[int, int, int, int, int, bool]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles side by side: their alignment, and the trace of a pile of just these two."""

    a: Article
    b: Article
    alignment: Alignment
    trace: Trace


@dataclass(frozen=True, slots=True)
class Kinship:
    """How close the texts of a pile are to one another, by their words alone; direction plays no part.

    Attributes:
        near: by pair of ids, the smaller one first, how near two texts are, 0 to 1; it falls with what either has that
            the other lacks.
        common: by the same pairs, how much two texts have in common, one within another included, 0 to 1.
        groups: the ids of texts that belong together, every two of a group; each text is in one group.
    """

    near: Mapping[tuple[str, str], float]
    common: Mapping[tuple[str, str], float]
    groups: tuple[tuple[str, ...], ...]

    def nearest(self, id: str) -> str | None:
        """The text nearest to one, of equals the first in order; None where no other has a word of it.

        >>> Kinship({("a", "b"): 0.4, ("a", "c"): 0.0, ("b", "c"): 0.1}, {}, ()).nearest("b")
        'a'
        """
        others = [(-near, min(set(pair) - {id})) for pair, near in self.near.items() if id in pair and near > 0]
        return min(others)[1] if others else None
