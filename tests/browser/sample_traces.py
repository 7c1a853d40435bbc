"""The traces of the sample piles, made once for all tests."""

from functools import cache
from pathlib import Path

from provenance import Trace, read_articles, trace


@cache
def traced(folder: Path) -> Trace:
    """The trace of a folder."""
    return trace(read_articles(folder))
