"""The text of a simulated article while it is made: paragraphs of sentences that know where they were first written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

# told: reported by somebody; quote: somebody's words in quotation marks; background: from an old text that nobody
# shows; credit: says whose text it is; small print: what an outlet sets under everything; form: of a template report
Sort = Literal["told", "quote", "background", "credit", "small print", "form"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the numbers of the sentences it goes back to (two when it was made of two)."""

    text: str
    roots: tuple[int, ...]
    sort: Sort = "told"
    dateline: str = ""

    @property
    def written(self) -> str:
        return self.dateline + self.text

    @property
    def words(self) -> int:
        return len(self.text.split())

    def saying(self, text: str) -> "Sentence":
        """The same sentence in other words."""
        return replace(self, text=text)


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A headline and paragraphs."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def sentences(self) -> Iterator[Sentence]:
        return (sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are the article itself: no credit lines, no small print."""
        kept = (tuple(s for s in p if s.sort not in ("credit", "small print")) for p in self.paragraphs)
        return tuple(p for p in kept if p)

    @property
    def roots(self) -> frozenset[int]:
        return frozenset(root for s in self.sentences for root in s.roots)


def length(paragraphs: Iterable[Paragraph]) -> int:
    """The words of some paragraphs."""
    return sum(s.words for p in paragraphs for s in p)
