"""All alignments of a pile: small ones in the open, large ones by sketches and kernels, with the same result.

A large pile keeps a sketch of every text and reads the words of related texts again, a portion at a time; of more than
``whole_shingles`` articles one shingle in ``shingle_rate`` is kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from provenance.kernels import FROM_ARTICLES, announced
from provenance.match.candidates import Credits, Pair
from provenance.match.few import read_few
from provenance.match.fingerprint import equal_groups
from provenance.match.passages import Match, align
from provenance.match.reading import Reading
from provenance.match.remembering import NOTHING, Answer, Remembered, pair_key, side_key
from provenance.match.sentences import sentence_matches
from provenance.match.sheets import sheet_of
from provenance.model import Article, Reprints
from provenance.settings import Settings
from provenance.shared import Alignment

Progress = Callable[[str, int, int], None]


Aligned = tuple[tuple[Alignment, ...], tuple[Reprints, ...]]


def alignments_of(
    articles: Sequence[Article],
    credited: Credits,
    settings: Settings,
    progress: Progress,
    linked: bool = False,
    threads: int | None = None,
    remembered: Remembered = NOTHING,
) -> Aligned:
    """Aligns every two articles that share something.

    Args:
        articles: n articles, in an order that does not depend on their names.
        credited: pairs (i < j) of which one credits the other.
        settings: numbers to change.
        progress: called with (stage, done, total).
        linked: two articles are aligned whatever they share.
        threads: how many in a large pile; None for one a core.
        remembered: what was found out about the articles before, and takes note of the rest.

    Returns:
        The alignments of all pairs that share something, sides in the order of the ids, and the groups of articles
        whose texts are equal after normalisation.
    """
    if len(articles) < FROM_ARTICLES:
        found, reprints = _of_few(articles, credited, settings, progress, linked, remembered)
    else:
        with announced():
            from provenance.match.many import alignments_of_many
        found, reprints = alignments_of_many(articles, credited, settings, progress, threads, remembered)
    by_name = (x if x.a < x.b else x.turned() for x in found)
    return tuple(sorted(by_name, key=lambda x: (x.a, x.b))), reprints


Found = tuple[Iterator[Alignment], tuple[Reprints, ...]]


def _of_few(
    articles: Sequence[Article],
    credited: Credits,
    settings: Settings,
    progress: Progress,
    linked: bool,
    remembered: Remembered,
) -> Found:
    readings, found, house = read_few(articles, credited, settings, progress, remembered.house)
    if remembered.house is None:
        remembered.keep_house(house)
    runs = set(found)
    sentences = sentence_matches(readings, runs, credited, settings, remembered.lean)
    pairs = sorted(runs | sentences.keys() | ({(0, 1)} if linked else set()))
    texts = [reading.hashes.tobytes() if len(reading) else None for reading in readings]
    reprints = equal_groups([article.id for article in articles], texts)
    return _each(readings, pairs, sentences, settings, progress, linked, remembered), reprints


def _each(
    readings: Sequence[Reading],
    pairs: Sequence[Pair],
    sentences: Mapping[Pair, list[Match]],
    settings: Settings,
    progress: Progress,
    linked: bool,
    remembered: Remembered,
) -> Iterator[Alignment]:
    related = set(chain.from_iterable(pairs))
    sheets = {i: sheet_of(readings[i], settings) for i in related}
    sides = {i: side_key(readings[i]) for i in related}
    for done, (i, j) in enumerate(pairs, start=1):
        matches = sentences.get((i, j), ())
        names = readings[i].article.id, readings[j].article.id
        key = pair_key(sides[i], sides[j], matches, linked, settings)
        found = remembered.alignment(*names, key)
        if found is Answer.UNKNOWN:
            found = align(readings[i], readings[j], sheets[i], sheets[j], matches, settings, linked)
            remembered.keep(*names, key, found)
        progress("aligning", done, len(pairs))
        if found is not None:
            yield found
