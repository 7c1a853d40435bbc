"""Work on several cores in the order in which it came: kernels hold no lock of the interpreter."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from provenance.workers import cores

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(function: Callable[[Item], Result], items: Iterable[Item], threads: int | None = None) -> Iterator[Result]:
    """What a function gives for each item, in their order, made by some threads ahead of the caller.

    Args:
        function: of one item; runs in any thread.
        items: taken in the caller's thread, a few more than have been given back.
        threads: how many; None for one a core, 1 for none but the caller's own.

    >>> list(in_order(abs, [-1, 2, -3], threads=2))
    [1, 2, 3]
    """
    threads = threads or cores()
    if threads == 1:
        yield from map(function, items)
        return
    pool = ThreadPoolExecutor(threads)
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:  # also when the caller stops early, with Ctrl-C for instance
        pool.shutdown(wait=False, cancel_futures=True)
