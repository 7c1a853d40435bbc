"""The readings and the candidate pairs of a small pile, found in the open; ``many`` does it for a large one."""

from collections.abc import Callable, Container, Sequence

from provenance.match.candidates import Pair, candidate_pairs
from provenance.match.fingerprint import distinct, distinct_shingles, near_groups, upper_bits
from provenance.match.reading import Reading, read_words
from provenance.match.remembering import House, house_among, with_known_house
from provenance.match.repeats import house_shingles, mark_house
from provenance.model import Article
from provenance.settings import Settings


def read_few(
    articles: Sequence[Article],
    credited: Container[Pair],
    settings: Settings,
    progress: Callable[[str, int, int], None] | None = None,
    known: House | None = None,
) -> tuple[list[Reading], list[Pair], House]:
    """The words of some articles, house text marked, the pairs that share enough of them, and the house text.

    Args:
        articles: n articles, in an order that does not depend on their names.
        credited: pairs (i < j) of which one credits the other.
        settings: numbers to change.
        progress: called with (stage, done, total).
        known: house text of the pile that the articles are a part of; None looks for it in these very ones.
    """
    readings = []
    for number, article in enumerate(articles, start=1):
        readings.append(read_words(article))
        if progress is not None:
            progress("reading words", number, len(articles))
    shingles = [distinct_shingles(r, settings) for r in readings]
    if known is None:
        house = house_shingles(readings, shingles, near_groups(shingles, settings), settings)
        readings = [mark_house(r, house, settings) for r in readings]
        known = House(distinct(upper_bits(house)), 1)
    else:
        house = house_among(shingles, known)
        readings = [with_known_house(r, known, settings) for r in readings]
    return readings, candidate_pairs(readings, shingles, house, credited, settings), known
