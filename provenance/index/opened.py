"""An index of articles that grows: what was seen once is not read twice, and a new text is placed at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from time import sleep
from types import TracebackType
from typing import Self

from provenance.errors import BusyIndex, NoRoom, SettingError
from provenance.index import adding, asking, postings, records
from provenance.index.adding import Added, Names
from provenance.index.aligning import align as align_new
from provenance.index.aligning import not_aligned
from provenance.index.checking import problems
from provenance.index.choosing import numbers_named
from provenance.index.database import Database
from provenance.index.describing import described
from provenance.index.exporting import lines
from provenance.index.files import PORTION, by_portions, gathered, one_article
from provenance.index.loading import stored_articles
from provenance.index.meaning import told_apart
from provenance.index.places import WAIT
from provenance.index.removing import removed
from provenance.index.renewing import refresh
from provenance.index.tables import scheme_of
from provenance.index.tracing import Part, traced
from provenance.index.watching import Seen, looks_of, not_seen, note_seen, settled_down
from provenance.ingest import portions
from provenance.model import Article, Fact, Pile, Skipped, Trace
from provenance.pipeline import Progress
from provenance.settings import Settings

ALIGNED_AT_ONCE = 2_000  # new articles up to which they are aligned when they are added


@dataclass(frozen=True, slots=True)
class Portion:
    """What became of some articles, all of it on the disk."""

    added: tuple[Added, ...]
    skipped: tuple[Skipped, ...]


class Index:
    """An index of articles: one file.

    May be used from several threads, which wait for one another; for answers side by side open it once a thread. Other
    processes read while one writes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Index.open(f"{folder}/news.index") as index:
    ...     added = index.add("inputs/small")
    ...     found = index.query("inputs/small/03-detours.txt")
    >>> len(added), found.sources_of("03-detours.txt")[0].source
    (5, '02-valley-commuters.txt')
    """

    def __init__(self, database: Database) -> None:
        self._database, self._lock = database, RLock()
        self._known: tuple[int, frozenset[str]] | None = None

    @classmethod
    def open(cls, path: str | Path, create: bool = True, settings: Settings | None = None) -> Self:
        """The index in a file.

        Args:
            path: of the file.
            create: make it where there is none.
            settings: of a new one, with which it traces and answers; one that is there keeps its own.

        Raises:
            NoIndex: there is none and none is to be made, or the file is something else.
            DamagedIndex, OtherScheme, NoRoom: see ``errors``.
        """
        return cls(Database.opened(path, create, settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back."""
        with self._lock:
            self._database.close()

    @property
    def path(self) -> Path:
        """Where the index is."""
        return self._database.path

    @property
    def settings(self) -> Settings:
        """The settings with which the index was made."""
        return self._database.settings()

    def __len__(self) -> int:
        with self._lock, self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM article").fetchone()[0])

    # --- growing ---

    def add(
        self,
        *paths: str | Path,
        progress: Progress | None = None,
        threads: int | None = None,
        align: bool | None = None,
        wait: float = WAIT,
    ) -> list[Added]:
        """Adds the articles of files and folders; see ``added``, which says it portion by portion.

        Returns:
            What became of each article, in the order in which they were read.
        """
        return [
            one for portion in self.added(paths, progress, threads, align=align, wait=wait) for one in portion.added
        ]

    def added(
        self,
        paths: Sequence[str | Path],
        progress: Progress | None = None,
        threads: int | None = None,
        align: bool | None = None,
        wait: float = WAIT,
        only: Collection[str] | None = None,
    ) -> Iterator[Portion]:
        """Adds the articles of files and folders, some thousand at a time, each portion whole or not at all.

        Args:
            paths: as for ``read_articles``.
            progress: called with (stage, done, total).
            threads: processor cores for saved pages and for aligning; None for all.
            align: compare the new articles with those that are there when all are added; None does so for up to
                2,000 new ones, and leaves more to the first trace.
            wait: seconds for another process that writes.
            only: files to which reading is limited.

        Yields:
            What became of the articles of each portion; they are on the disk.

        Raises:
            InputError: a path does not exist.
            BusyIndex: another process writes.
            NoRoom: the disk is full; what was told before is kept.

        Cost: 0.9 ms of processor time an article of 500 words in JSON lines; 5 to 20 ms to align one.
        """
        yield from self._taken_in(gathered(portions(paths, PORTION, progress, threads, only)), wait)
        with self._lock:
            if align or (align is None and len(not_aligned(self._database)) <= ALIGNED_AT_ONCE):
                with suppress(*(() if align else (BusyIndex, NoRoom))):  # the next trace does it
                    self.align(progress, threads, wait)

    def add_articles(self, articles: Iterable[Article], wait: float = WAIT) -> list[Added]:
        """Adds articles that were made or read elsewhere; they are compared with the others by ``align`` or a trace.

        Args:
            articles: as ``read_articles`` gives them; two with one id are told apart by their content.
            wait: seconds for another process that writes.

        Returns:
            What became of each.
        """
        return [one for portion in self._taken_in(by_portions(articles), wait) for one in portion.added]

    def _taken_in(self, read: Iterable[tuple[str, Pile]], wait: float) -> Iterator[Portion]:
        self._database.check_scheme()
        self._database.check_weights(self.settings)
        with self._lock, self._database.reading():
            names = Names(self._database)
        for root, pile in read:
            done: list[Added] = []
            with self._lock:
                if pile.articles:
                    done = adding.add(self._database, root, pile.articles, names, wait)
                    postings.merge_all(self._database, wait)
            yield Portion(tuple(done), tuple(one for one in pile.skipped if not self._is_part(one.path)))

    def _is_part(self, path: str) -> bool:
        """Whether a file is the index itself, or its log."""
        own = {f"{self.path.absolute()}{end}" for end in ("", "-wal", "-shm")}
        return str(Path(path).absolute()) in own

    def align(self, progress: Progress | None = None, threads: int | None = None, wait: float = WAIT) -> int:
        """Compares the articles that were added since the last time with all others, so that no trace need do it.

        Returns:
            How many pairs were aligned.
        """
        self._database.check_scheme()
        with self._lock, told_apart(self.path):
            self._database.check_weights(self.settings)
            return align_new(self._database, self._names(), progress, threads, wait)

    # --- asking ---

    def query(self, asked: str | Path | Article, settings: Settings | None = None) -> Trace:
        """Where a text comes from, by what is in the index.

        Args:
            asked: the path of a file with one article, or an article.
            settings: numbers to change; without it those of the index.

        Returns:
            The trace of the article with what it may have been taken from, cut to its own family.

        Raises:
            InputError: the file cannot be read, or holds several articles.

        Cost: 0.1 s for an article of 500 words and an index of 100,000, the first time more.
        """
        return self.asked(asked if isinstance(asked, Article) else one_article(asked), settings)[0]

    def asked(self, article: Article, settings: Settings | None = None) -> tuple[Trace, str]:
        """As ``query``, with what the article is called in the trace: another name where its own is taken."""
        self._database.check_scheme()
        settings = settings or self.settings
        if scheme_of(settings) != (has := self._database.stamp("scheme")):
            raise SettingError(
                f"the fingerprints of {self.path} are of another scheme ({has}); ask without those settings, or make "
                "another index with them"
            )
        with self._lock, told_apart(self.path), self._database.reading() as db:
            self._database.check_weights(settings)
            stored = self._stored(article)
            itself = stored[0] if stored else None
            return asking.traced_with(db, article, self._names(), settings, itself)

    def named_as(self, article: Article) -> str | None:
        """The id under which an article is in the index, None where it is not."""
        with self._lock, self._database.reading():
            stored = self._stored(article)
        return stored[1] if stored else None

    def _stored(self, article: Article) -> tuple[int, str, str] | None:
        return adding.stored_as(self._database.db, records.content_of(records.article_bytes(article)))

    @property
    def waiting(self) -> int:
        """How many articles are not compared with the others yet."""
        with self._lock, self._database.reading():
            return len(not_aligned(self._database))

    def _names(self) -> frozenset[str]:
        """The outlets of the index, as they were known when an article was last added."""
        version = self._database.stamp("names")
        if self._known is None or self._known[0] != version:
            self._known = version, Names(self._database).every
        return self._known[1]

    def trace(
        self,
        since: datetime | None = None,
        family: str | None = None,
        settings: Settings | None = None,
        facts: Sequence[Fact] = (),
        progress: Progress | None = None,
        threads: int | None = None,
    ) -> Trace:
        """Who took text from whom among the articles of the index.

        Args:
            since: only articles that may be from then on (UTC where it says no zone), and what shares text with them.
            family: only the article with this id, and what shares text with it.
            settings: numbers to change; without it those of the index.
            facts: what a person states.
            progress: called with (stage, done, total).
            threads: see ``pipeline.trace``.

        Returns:
            The trace: of all articles the same, byte for byte, as ``pipeline.trace`` gives for their files.

        Raises:
            InputError: there is no such article, or none at all.
            OtherScheme: the word weights are not those with which the index was made.

        Cost: of 100,000 articles the first trace takes 1.9 ms of processor time an article, the next ones 1.2 ms; the
        trace of their files 2.3 ms.
        """
        settings = settings or self.settings
        if since is not None and since.tzinfo is None:
            since = since.replace(tzinfo=UTC)
        with self._lock, told_apart(self.path):
            self._database.check_weights(settings)
            if (since is not None or family is not None) and self._database.is_writable:
                align_new(self._database, self._names(), progress, threads, WAIT)
            return traced(self._database, Part(since, family), self._names(), settings, facts, progress, threads)

    # --- what is in it ---

    def remove(self, ids: str | Iterable[str], wait: float = WAIT) -> list[str]:
        """Removes articles, all of them or none.

        Args:
            ids: as ``add`` and ``trace`` say them; one alone may be given as it is.
            wait: seconds for another process that writes.

        Returns:
            The ids of what was removed.

        Raises:
            InputError: an id is unknown, or means several articles.
        """
        ids = [ids] if isinstance(ids, str) else list(ids)
        with self._lock, self._database.writing("removing articles", wait) as db:
            numbers = {number for id in ids for number in numbers_named(db, id)}
            gone = [id for number in sorted(numbers) for id in removed(db, number)]
        return gone

    def info(self) -> dict[str, object]:
        """What is in the index, and how it was made: names as people read them, in order."""
        with self._lock, self._database.reading() as db:
            return described(self._database, db)

    def check(self, progress: Progress | None = None) -> list[str]:
        """What is wrong with the index, a line each; nothing where it is whole.

        Cost: 0.1 ms an article.
        """
        with self._lock, self._database.reading() as db:
            return [*self._database.problems(), *problems(db, progress)]

    def refresh(self, weights: str | None = None, progress: Progress | None = None, wait: float = WAIT) -> list[str]:
        """Renews word weights, fingerprints, and what articles say of their sources, with this version's knowledge.

        Args:
            weights: other word weights than so far: "shipped", "pile", or the path of a table.
            progress: called with (stage, done, total).
            wait: seconds for another process that writes.

        Returns:
            What changed, a line each.

        Cost: 0.4 ms an article.
        """
        with self._lock, told_apart(self.path):
            return list(refresh(self._database, weights, progress, wait, len(self)))

    def export(self, broken: list[str] | None = None) -> Iterator[str]:
        """The articles as JSON lines, which ``read_articles`` reads.

        Args:
            broken: ids of articles that cannot be read any more are added to it; without it they are an error.

        Raises:
            DamagedIndex: see ``broken``.
        """
        own = Database.opened(self.path)  # nobody waits for whoever reads the lines slowly
        with closing(own), told_apart(self.path), own.reading() as db:
            yield from lines(db, broken)

    def watch(
        self,
        folder: str | Path,
        once: bool = False,
        every: float = 2.0,
        skipped: Callable[[Skipped], None] | None = None,
        wait: float = WAIT,
    ) -> Iterator[tuple[Added, tuple[Trace, str] | None]]:
        """Adds the files of a folder as they come, and says of each article where it is from.

        A file is read when it looked the same twice, so that nobody is writing it any more; with ``once`` at once.

        Args:
            folder: looked through with all below it.
            once: only what is there now.
            every: seconds between two looks.
            skipped: called with what cannot be read.
            wait: seconds for another process that writes.

        Yields:
            What became of each article, and what ``asked`` says of it; None for what is there under another name.
        """
        before: Mapping[str, Seen] = {}
        while True:
            self._database.refuse_another_file()
            looks = looks_of(Path(folder)) if once or Path(folder).is_dir() else {}
            ready = looks if once else settled_down(looks, before)
            with suppress(*(() if once else (BusyIndex,))):  # the next look finds the same files
                yield from self._watched(folder, ready, skipped, wait)
            if once:
                return
            before = looks
            sleep(every)

    def _watched(
        self, folder: str | Path, ready: Mapping[str, Seen], skipped: Callable[[Skipped], None] | None, wait: float
    ) -> Iterator[tuple[Added, tuple[Trace, str] | None]]:
        """What became of the files that are not in the index as they look now; then they are."""
        new = not_seen(self._database.db, ready)
        for portion in self.added([folder], wait=wait, only=frozenset(new)) if new else ():
            for one in portion.skipped if skipped else ():
                skipped(one)  # type: ignore[misc]  # it is there
            for added in portion.added:
                came_again = added.what == "known" and added.of != added.id  # else nobody was told of it yet
                yield added, None if came_again else self.about(added.number)
        if new:
            note_seen(self._database, {path: ready[path] for path in new}, wait)

    def about(self, number: int) -> tuple[Trace, str]:
        """Where an article of the index comes from, as ``asked`` says it."""
        with self._lock, told_apart(self.path), self._database.reading() as db:
            article = next(each.article for each in stored_articles(db, [number]).values())
            return asking.traced_with(db, article, self._names(), self.settings, number)
