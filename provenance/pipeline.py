"""The method on one page: read, match, reconstruct."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import xxhash

from provenance import kernels, names
from provenance.errors import InputError
from provenance.model import Article, Fact, GeneratedBy, Pile, Published, Reprints, Skipped, Trace
from provenance.settings import Settings, version
from provenance.shared import Alignment, Comparison, Kinship, Overlap, SharedText, TextBatch

Progress = Callable[[str, int, int], None]
Dates = Mapping[str, Mapping[str, Published]]


class Memory(Protocol):
    """What was found out about articles before, so that it is not found out again; it changes nothing but the time.

    Besides this it is what ``match.Remembered`` is.
    """

    house: Any
    lean: bool
    names: frozenset[str]  # of the outlets of the pile that the articles are a part of

    def told_outlet(self, article: Article, known: frozenset[str]) -> str | None:
        """As ``reconstruct.told_outlet``."""

    def settled(self, article: Article, known: Collection[str]) -> tuple[Article, Mapping[str, Published]]:
        """As ``reconstruct.settle``."""

    def alignment(self, a: str, b: str, key: bytes) -> Any:
        """As ``match.Remembered.alignment``."""

    def keep(self, a: str, b: str, key: bytes, found: Alignment | None) -> None:
        """As ``match.Remembered.keep``."""

    def keep_house(self, house: Any) -> None:
        """As ``match.Remembered.keep_house``."""


def read_articles(*paths: str | Path, progress: Progress | None = None, threads: int | None = None) -> Pile:
    """Reads articles from files and folders (recursively), ``-`` for standard input.

    Args:
        paths: .txt, .md, .html, .jsonl, .json, .csv, each also .gz; folders of them.
        progress: called with (stage, done, total).
        threads: how many processor cores read saved pages, all where None.

    Returns:
        The articles in the order of their ids, and what was skipped with its reason.

    >>> len(read_articles("inputs/small").articles)
    5
    """
    from provenance.ingest import read

    return read(paths, progress, threads)


def trace(
    pile: Pile | Iterable[Article],
    settings: Settings | None = None,
    facts: Sequence[Fact] = (),
    progress: Progress | None = None,
    threads: int | None = None,
    memory: Memory | None = None,
) -> Trace:
    """Who took text from whom in a pile, with the reasons and how sure they are.

    Args:
        pile: what ``read_articles`` returned, or articles made by hand.
        settings: numbers to change; the trace records them all.
        facts: what a person states about articles and pairs, see ``read_facts``.
        progress: called with (stage, done, total).
        threads: how many in a large pile; None for one a core. They change nothing but the time.
        memory: what was found out about articles of the pile before; it changes nothing but the time.

    Returns:
        The trace: the same bytes for the same pile in any order.

    Raises:
        InputError: two articles have the same id.
        SettingError: a fact names an article that is not in the pile.

    Cost: 2 to 3 ms of processor time an article, and 20 kB (in a pile of 100,000) to 120 kB (of 4,000).

    >>> found = trace(read_articles("inputs/small"))
    >>> found.independent_reports.n
    3
    """
    from provenance.reconstruct import citations, reconstruct

    settings = settings or Settings()
    pile = pile if isinstance(pile, Pile) else Pile(tuple(pile))
    articles, alignments, dates, reprints = matched(pile, settings, facts, progress, threads, memory)
    found = reconstruct({a.id: a for a in articles}, alignments, dates, _relations(facts), settings)
    known = _outlets(articles)
    return Trace(
        articles=found.articles,
        sources=found.sources,
        derivations=found.derivations,
        alternatives=found.alternatives,
        undecided=found.undecided,
        reprints=reprints,
        families=found.families,
        independent_reports=found.independent_reports,
        citations=tuple(c for a in articles for c in citations(a, known)),
        skipped=pile.skipped,
        generated_by=GeneratedBy("news-provenance", version(), asdict(settings), found.calibrated),
    )


def inspect(pile: Pile, progress: Progress | None = None) -> tuple[Article, ...]:
    """The articles with everything that can be read from each alone: outlet, dates, byline, credits, marks."""
    return attributed(pile.articles, progress)[0]


def compare(
    pile: Pile, settings: Settings | None = None, facts: Sequence[Fact] = (), progress: Progress | None = None
) -> Comparison:
    """Two articles side by side: what they share, and who the source probably is.

    Raises:
        InputError: the pile does not hold exactly two articles.
    """
    if len(pile.articles) != 2:
        raise InputError(
            f"compare wants two articles, these are {len(pile.articles)}; name two files with one article each"
        )
    found = trace(pile, settings, facts, progress)
    a, b = found.articles
    nothing = Alignment(a.id, b.id, (), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    return Comparison(a, b, passages_between(a, b, settings) or nothing, found)


def passages_between(a: Article, b: Article, settings: Settings | None = None) -> Alignment | None:
    """What two articles share when it is known or asked that they have to do with each other, None for nothing.

    Unlike in a pile, no shared run of words is needed first: sentences that say the same in other words are enough.

    Args:
        a, b: the articles; side a of the result is the one with the smaller id.
        settings: numbers to change.

    Cost: about 10 ms for two articles of 2,000 and 400 words, most of it for reading their words.

    >>> kept = "The ferry to Carrow Point will not sail again before the pier has been mended, the harbour master said."
    >>> one, other = (Article(id, id, f"{id.upper()} news. {kept}", language="en") for id in "ab")
    >>> passages_between(one, other).passages[0].kind
    'verbatim'
    """
    alignments, _ = aligned((a, b), settings or Settings(), None, linked=True)
    return alignments[0] if alignments else None


def closeness(pile: Pile | Iterable[Article]) -> Kinship:
    """Which texts of a pile are nearest to one another and which belong together: versions, copies of one model.

    Asks nothing of time or direction, and not whether text was taken; see ``match.closeness``.

    Args:
        pile: some hundred texts; the number of pairs grows with its square.

    Raises:
        InputError: two articles have the same id.

    Cost: 0.1 s for 70 texts of 2,000 words, reading them not counted.

    >>> rules = "Members may borrow a boat on any day of the week, and bring it back before the harbour lamps are lit."
    >>> texts = {"a": rules, "b": rules + " Oars are extra.", "c": "Frost took the early pears; growers ask for help."}
    >>> found = closeness(Article(id, id, text, language="en") for id, text in texts.items())
    >>> found.nearest("a"), found.groups
    ('b', (('a', 'b'), ('c',)))
    """
    from provenance.match.closeness import closeness as measured
    from provenance.match.closeness import kinship
    from provenance.match.reading import read_words

    articles = sorted(pile.articles if isinstance(pile, Pile) else pile, key=lambda a: a.id)
    _refuse_twins(articles)
    return kinship([a.id for a in articles], measured([read_words(a) for a in articles]))


def pairs(
    paths: str | Path | Sequence[str | Path],
    settings: Settings | None = None,
    progress: Progress | None = None,
    skipped: list[Skipped] | None = None,
    threads: int | None = None,
) -> Iterator[SharedText]:
    """Every two texts that share passages, and where: detection and alignment without the question who took from whom.

    Whole texts are compared as they stand in their files, page frames too; what an outlet repeats from page to page
    is left out. No sentence is compared by meaning, no credit is read.

    Args:
        paths: files and folders as with ``read_articles``, or one; records of JSON lines are the quick way.
        settings: numbers to change.
        progress: called with (stage, done, total).
        skipped: what could not be read is added to it.
        threads: how many in a large pile; None for one a core. They change nothing but the time.

    Yields:
        The pairs with at least ``listed_words`` words in common, related texts one after the other.

    Raises:
        InputError: a path does not exist.

    Cost: for 100,000 articles of 500 words about 8 s of processor time and 1 GB.

    >>> [(shared.a, shared.b) for shared in pairs(["inputs/small"])][0]
    ('01-swing-bridge.txt', '02-valley-commuters.txt')
    """
    from provenance.ingest.texts import Texts

    settings = settings or Settings()
    texts = Texts([paths] if isinstance(paths, str | Path) else paths, workers=threads)
    seen = _Seen()
    batches = _noted(texts.batches(), texts.size, seen, progress)
    few = list(_until(kernels.FROM_ARTICLES, batches))
    if len(seen.ids) < kernels.FROM_ARTICLES:
        found = _overlaps_of_few(few, seen, settings)
    else:
        found = _overlaps_of_many(chain(few, batches), texts.again, seen, settings, progress, threads)
    if skipped is not None:
        skipped += texts.skipped
    if not seen.ids:
        why = "; ".join(f"{s.path}: {s.reason}" for s in texts.skipped[:5])
        raise InputError(f"nothing could be read: {why or 'no articles in it'}")
    for one, other, words, passages in found:
        yield SharedText(seen.ids[one], seen.ids[other], words, passages)


def count_weights(pile: Pile) -> str:
    """The table of word weights that a pile gives, as text; see ``match.weights``."""
    from provenance.match import count_weights as counted

    return counted(attributed(pile.articles, None)[0])


# --- pairs ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """What is known beside the texts, in the order in which they were read."""

    ids: list[str] = field(default_factory=list)
    outlets: list[str | None] = field(default_factory=list)
    times: list[float | None] = field(default_factory=list)

    def in_order(self) -> list[int]:
        """The texts by their ids."""
        return sorted(range(len(self.ids)), key=self.ids.__getitem__)


def _noted(
    batches: Iterable[tuple[TextBatch, int]], size: int, seen: _Seen, progress: Progress | None
) -> Iterator[list[str]]:
    """The texts of each batch; what is known beside them is noted."""
    known: dict[str, str] = {}
    for batch, done in batches:
        seen.ids += batch.ids
        seen.times += batch.times
        for outlet in batch.outlets:
            seen.outlets.append(known.setdefault(outlet, names.canonical(outlet)) if outlet else None)
        _tell(progress, "reading", done, size)
        yield batch.texts


def _until(count: int, batches: Iterator[list[str]]) -> Iterator[list[str]]:
    """Batches until they hold so many texts."""
    while count > 0 and (batch := next(batches, None)) is not None:
        count -= len(batch)
        yield batch


def _overlaps_of_few(batches: Iterable[list[str]], seen: _Seen, settings: Settings) -> Iterable[Overlap]:
    from provenance.match.plain_overlaps import plain_overlaps

    texts = [text for batch in batches for text in batch]
    order = seen.in_order()
    outlets, times = [seen.outlets[k] for k in order], [seen.times[k] for k in order]
    found = plain_overlaps([texts[k] for k in order], outlets, times, settings)
    return ((order[one], order[other], words, passages) for one, other, words, passages in found)


def _overlaps_of_many(
    batches: Iterable[list[str]],
    again: Callable[[Iterable[int]], list[str]],
    seen: _Seen,
    settings: Settings,
    progress: Progress | None,
    threads: int | None,
) -> Iterable[Overlap]:
    with kernels.announced():
        from provenance.match import overlaps, sketches

    found = overlaps.sketched(batches, settings, settings.shingle_rate, threads)
    facts = sketches.facts_of(seen.outlets, seen.times)
    place = sketches.places(seen.in_order())
    pairs = overlaps.candidates(found, facts, place, settings, settings.shingle_rate)
    del found  # a kilobyte a text
    return overlaps.overlaps(pairs, again, settings, progress, threads)


# --- the stages ------------------------------------------------------------------------------------------------------


def matched(
    pile: Pile,
    settings: Settings,
    facts: Sequence[Fact] = (),
    progress: Progress | None = None,
    threads: int | None = None,
    memory: Memory | None = None,
) -> tuple[tuple[Article, ...], tuple[Alignment, ...], Dates, tuple[Reprints, ...]]:
    """All that is known before anybody asks who took it from whom.

    Returns:
        The articles with their credits led to one another, every pair that shares something, the dates that articles
        state for their sources, and the groups of equal texts.

    Raises:
        InputError: two articles have the same id.
    """
    _refuse_twins(pile.articles)
    articles, dates = attributed(_stated(pile, facts).articles, progress, memory)
    alignments, reprints = aligned(articles, settings, progress, threads=threads, memory=memory)
    return _resolved(articles, alignments, settings), alignments, dates, reprints


def attributed(
    articles: Sequence[Article], progress: Progress | None, memory: Memory | None = None
) -> tuple[tuple[Article, ...], Dates]:
    """Each article with its credits read, its outlet and date settled; and the dates it states for its sources."""
    from provenance.reconstruct import pile_outlets, settle, told_outlet

    outlets = pile_outlets(articles, memory.told_outlet if memory else told_outlet)
    known = names.known_names(outlets | memory.names if memory else outlets)
    settled = memory.settled if memory else settle
    done: list[Article] = []
    dates: dict[str, Mapping[str, Published]] = {}
    for number, article in enumerate(sorted(articles, key=lambda a: a.id)):
        article, stated = settled(article, known)
        if stated:
            dates[article.id] = stated
        done.append(article)
        _tell(progress, "reading credits", number + 1, len(articles))
    return tuple(done), dates


def aligned(
    articles: Sequence[Article],
    settings: Settings,
    progress: Progress | None,
    linked: bool = False,
    threads: int | None = None,
    memory: Memory | None = None,
) -> tuple[tuple[Alignment, ...], tuple[Reprints, ...]]:
    """Every pair of articles that shares something, aligned; and the groups of equal texts.

    ``linked`` says of two articles that they are to be aligned whatever they share.
    """
    from provenance.match import NOTHING, alignments_of
    from provenance.reconstruct import Ties

    ordered = sorted(articles, key=_by_text)  # ties fall by the texts: file names change nothing
    return alignments_of(ordered, Ties(ordered), settings, progress or _silent, linked, threads, memory or NOTHING)


def _resolved(articles: Sequence[Article], alignments: Sequence[Alignment], settings: Settings) -> tuple[Article, ...]:
    from provenance.reconstruct import resolve, whole_texts_only

    found = whole_texts_only(resolve({a.id: a for a in articles}, alignments), alignments, settings)
    return tuple(found[a.id] for a in articles)


def _outlets(articles: Iterable[Article]) -> frozenset[str]:
    return frozenset(a.outlet for a in articles if a.outlet)


def _refuse_twins(articles: Sequence[Article]) -> None:
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise InputError(f"two articles have the id {article.id!r}; give each an id of its own")
        seen.add(article.id)


def _stated(pile: Pile, facts: Sequence[Fact]) -> Pile:
    if not facts:
        return pile
    from provenance.ingest import with_facts

    return with_facts(pile, facts)


def _relations(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(f for f in facts if f.field in ("from", "not from"))


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)


def _by_text(article: Article) -> tuple[str, bytes, str]:
    """The order of texts, by their beginnings, so that a million keys do not hold a million texts."""
    digest = xxhash.xxh3_128_digest(article.text.encode("utf-8", "surrogatepass"))
    return article.text[:200], digest, article.id


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
