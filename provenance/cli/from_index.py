"""The options with which provenance trace takes its articles from an index."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import click

from provenance.cli.options import Method
from provenance.cli.progress import Progress
from provenance.model import Trace


@dataclass(frozen=True, slots=True)
class Chosen:
    """An index, and which of its articles are traced."""

    index: str
    since: datetime | None
    family: str | None

    def trace(self, method: Method, progress: Progress, threads: int | None) -> Trace:
        """The trace; the index's own settings hold but for those that the user states."""
        from provenance.cli.reading import expect_much
        from provenance.index import Index

        expect_much()
        with Index.open(self.index, create=False) as opened:
            settings = replace(opened.settings, **method.stated)
            return opened.trace(self.since, self.family, settings, method.facts, progress, threads)


def FROM_INDEX(command: Callable[..., None]) -> Callable[..., None]:  # named like the other options
    """Adds the options; the command gets them as one ``chosen``, None without an index."""

    @click.option("--index", type=click.Path(exists=True, dir_okay=False), metavar="INDEX", help=_INDEX)
    @click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), metavar="DATE", help=_SINCE)
    @click.option("--family", metavar="ID", help=_FAMILY)
    @wraps(command)
    def with_index(*, index: str | None, since: datetime | None, family: str | None, **others: Any) -> None:
        if index is None and (since or family):
            raise click.UsageError(f"{'--since' if since else '--family'} is for an index: add --index INDEX")
        since = since.replace(tzinfo=UTC) if since else None
        command(chosen=Chosen(index, since, family) if index else None, **others)

    return with_index


_INDEX = "Trace what is in an index (see provenance index) instead of PATHs."
_SINCE = "Of an index: articles from this day on (UTC) or without a date, and what shares text with them."
_FAMILY = "Of an index: the article with this id, and what shares text with it."
