"""The inner loops of large piles, compiled by numba.

Small piles never come here: importing numba costs half a second, and the very first use compiles for some seconds.
Each kernel has a plain counterpart in the stages; tests hold the two equal.
"""

from collections.abc import Iterator
from contextlib import contextmanager

FROM_ARTICLES = 2_000  # articles in a pile from which the kernels pay for being loaded


@contextmanager
def announced() -> Iterator[None]:
    """Loads numba and, where no machine code of the kernels is kept yet, says so on stderr and compiles all of them."""
    from provenance.kernels.preparation import prepare

    prepare()
    yield
