"""The pile that a command is given."""

from provenance.cli.progress import Progress
from provenance.errors import InputError
from provenance.model import Pile


def read_pile(paths: tuple[str, ...], progress: Progress) -> Pile:
    """The articles of the paths; an InputError with the reasons where there is none."""
    from provenance import pipeline

    pile = pipeline.read_articles(*paths, progress=progress)
    if pile.articles:
        return pile
    why = "; ".join(f"{s.path}: {s.reason}" for s in pile.skipped[:3]) or "there is no article in it"
    raise InputError(f"nothing could be read ({why}). Give files or folders with .txt, .html, .jsonl or .csv articles.")
