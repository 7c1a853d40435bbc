"""What an arrow rests on whose source is not in the pile: the words that its text shares with another article."""

from dataclasses import dataclass

from provenance.model import Derivation, Passage, Place
from provenance.report.wording import Names
from provenance.text import tokenize

_LIKENESS = frozenset({"shared_text", "kind_of_sharing", "agency_common", "common_source", "crowd_unseen"})


@dataclass(frozen=True, slots=True)
class SharedWords:
    """The other article that has the same words, and where they stand in both; side a is the derived text."""

    other: str
    passages: tuple[Passage, ...]


def is_text_here(names: Names, id: str) -> bool:
    """Whether the pile has the text of a source, be it only as another page prints it."""
    source = names.sources.get(id)
    return id in names.articles or bool(source and source.read_through)


def rests_on_others(names: Names, arrow: Derivation) -> bool:
    """Whether an arrow was read off words that its text shares with another article, not with its source."""
    return not is_text_here(names, arrow.source) and any(e.name in _LIKENESS for e in arrow.evidence)


def shared_words(names: Names, arrow: Derivation) -> SharedWords | None:
    """The article that shares the words an arrow rests on.

    Args:
        names: ``Names.of(trace)``.
        arrow: one of its arrows.

    Returns:
        None where the source's own text is here, or where the trace does not say which words these are.
    """
    if arrow.derived not in names.articles or not rests_on_others(names, arrow):
        return None
    for evidence in arrow.evidence:
        sides = list(zip(evidence.places[::2], evidence.places[1::2], strict=False))
        if evidence.name in _LIKENESS and sides and all(_is_between(names, arrow, one, two) for one, two in sides):
            return SharedWords(sides[0][1].article, tuple(_passage(names, one, two) for one, two in sides))
    return None


def _is_between(names: Names, arrow: Derivation, one: Place, other: Place) -> bool:
    return one.article == arrow.derived != other.article and other.article in names.articles


def _passage(names: Names, one: Place, other: Place) -> Passage:
    from rapidfuzz.distance import Indel

    left, right = (tokenize(names.articles[place.article].text, [place.span]).forms for place in (one, other))
    alike = Indel.normalized_similarity(left, right)
    return Passage(one.span, other.span, "verbatim" if alike == 1 else "edited", alike, "no")
