"""Articles that the caller gives, as what families are made of: nothing of them is stored in the project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from provenance.errors import InputError
from provenance.model import Article, Span
from provenance.simulate.draft import Draft, Paragraph, Sentence, Sort, length
from provenance.simulate.numbering import Numbers
from provenance.text import quoted_spans, split_sentences

PER_FAMILY = 3  # articles: one to derive from, the others for what outlets add of their own
_FEWEST = 80  # words; a shorter article makes no family
_LONGEST = 1500  # words; of a longer one the beginning is taken


@dataclass(frozen=True, slots=True)
class Material:
    """Usable articles in an order that the seed decides."""

    articles: tuple[Article, ...]

    def of_family(self, number: int) -> tuple[Article, ...]:
        """The articles of one family; no two families have one in common.

        Raises:
            InputError: there are not enough.
        """
        found = self.articles[number * PER_FAMILY : (number + 1) * PER_FAMILY]
        if len(found) < PER_FAMILY:
            most = len(self.articles) // PER_FAMILY
            many = "1 family" if most == 1 else f"{most} families"
            raise InputError(
                f"the material suffices for {many} ({PER_FAMILY} articles each; it has {len(self.articles)} of at "
                f"least {_FEWEST} words); give more of it"
            )
        return found


def material(articles: Sequence[Article], seed: int) -> Material:
    """The articles that are long enough, shuffled; equal for the same articles in any order."""
    usable = sorted((a for a in articles if _words(a) >= _FEWEST), key=lambda a: (a.text, a.id))
    Random(f"provenance material {seed}").shuffle(usable)
    return Material(tuple(usable))


def takes_from_others(article: Article) -> bool:
    """Whether an article, as ``provenance.pipeline.inspect`` gives it, says that its text or a part is another's.

    As material such an article would bring along a source that the truth does not know of.
    """
    return any(credit.tier in ("A", "B") and credit.kind != "copyright_own" for credit in article.credits)


def _words(article: Article) -> int:
    return sum(len(span.cut(article.text).split()) for span in article.body)


def paragraphs_of(article: Article, numbers: Numbers) -> tuple[Paragraph, ...]:
    """The body of an article as numbered sentences, its beginning if it is long."""
    voices = quoted_spans(article.text)
    out: list[Paragraph] = []
    for span in article.body:
        sentences = split_sentences(article.text, article.language, [span])
        paragraph = tuple(_sentence(article.text, s, voices, numbers) for s in sentences if s.end - s.start > 1)
        if paragraph:
            out.append(paragraph)
        if length(out) > _LONGEST:
            break
    return tuple(out)


def _sentence(text: str, at: Span, voices: Sequence[Span], numbers: Numbers) -> Sentence:
    """A numbered sentence; half of it in quotation marks makes it somebody's words."""
    quoted = sum(max(0, min(at.end, v.end) - max(at.start, v.start)) for v in voices)
    sort: Sort = "quote" if 2 * quoted > at.end - at.start else "told"
    return Sentence(" ".join(at.cut(text).split()), (numbers.next(),), sort)


class Borrowed:
    """Adds paragraphs of other articles; each is used once in a family, as long as there are any."""

    def __init__(self, articles: Sequence[Article], rng: Random, numbers: Numbers) -> None:
        self.rng = rng
        self.titles = [a.title for a in articles if a.title] or ["News in brief"]
        self.left = list(self._long(p for a in articles for p in paragraphs_of(a, numbers)))

    @staticmethod
    def _long(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
        return (p for p in paragraphs if length([p]) >= 12)

    def title(self) -> str:
        return self.rng.choice(self.titles)

    def additions(self, count: int) -> list[Paragraph]:
        """The next paragraphs in their order, so that they make some sense."""
        found, self.left = self.left[:count], self.left[count:]
        return found

    def around(self, words: int) -> list[Paragraph]:
        """Own text of .6 to twice the length of what was taken; where all is used up, one line."""
        wanted = words * self.rng.uniform(0.6, 2.0)
        found: list[Paragraph] = []
        while self.left and length(found) < wanted:
            found += self.additions(1)
        return found or [(Sentence("This is what was known when this page was closed.", ()),)]


def opening_of(article: Article, numbers: Numbers) -> Draft:
    """The text from which a family grows."""
    return Draft(article.title or "News in brief", paragraphs_of(article, numbers))
