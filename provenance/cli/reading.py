"""The pile that a command is given."""

import gc

from provenance.cli.progress import Progress
from provenance.errors import InputError
from provenance.model import Pile


def read_pile(paths: tuple[str, ...], progress: Progress, threads: int | None = None) -> Pile:
    """The articles of the paths; an InputError with the reasons where there is none."""
    from provenance import pipeline

    expect_much()
    pile = pipeline.read_articles(*paths, progress=progress, threads=threads)
    if pile.articles:
        return pile
    why = "; ".join(f"{s.path}: {s.reason}" for s in pile.skipped[:3]) or "there is no article in it"
    raise InputError(f"nothing could be read ({why}). Give files or folders with .txt, .html, .jsonl or .csv articles.")


def expect_much() -> None:
    """Looks for garbage seldom: what a pile is read into stays, and looking through it took a quarter of the time.

    Objects that nobody holds are freed as ever; this is about those that hold one another, of which a pile makes few.
    """
    gc.set_threshold(100_000, 50, 1_000)  # objects, then how often each generation is passed before the next older
