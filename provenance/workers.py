"""Work on many things by several processes, results in order, never more than a few hundred things under way.

The processes are plain Python ones that read work from a pipe: unlike those of multiprocessing they never run the
caller's script again, end when the pipe does, whatever becomes of the caller, and never see its Ctrl-C.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from threading import Event
from typing import IO, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 8  # things sent to a process in one go: enough that it seldom waits, few enough that none waits long
_AHEAD = 4  # portions under way for each process: the slowest holds up the others only then
_START = "import pickle,sys; sys.path[:] = pickle.load(sys.stdin.buffer); from provenance.workers import serve; serve()"


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[T], R], things: Iterable[T], processes: int) -> Iterator[R]:
    """What some work gives for each of some things, in their order.

    Args:
        work: a function of a module; it and what it takes and gives must be picklable. An error that it raises
            is raised here.
        things: as many as one likes; they are taken as they are needed.
        processes: how many work at once; with 1 all is done here.

    Cost: a process starts in a few hundredths of a second, and then imports what the work needs.

    >>> list(in_order(abs, [-3, 2, -1], processes=1))
    [3, 2, 1]
    """
    if processes < 2:
        yield from map(work, things)
        return
    rest = iter(things)
    under_way: deque[Future[list[R]]] = deque()
    with _crew(work, processes) as send:
        while portion := list(islice(rest, _AT_ONCE)):
            under_way.append(send(portion))
            if len(under_way) >= _AHEAD * processes:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


@contextmanager
def _crew(work: Callable[[T], R], processes: int) -> Iterator[Callable[[Sequence[T]], Future[list[R]]]]:
    """Processes that are ready, and a way to send one of them a portion; they are ended in any case."""
    crew = [_started(work) for _ in range(processes)]
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for process in crew:
        free.put(process)
    ended = Event()

    def done(portion: Sequence[T]) -> list[R]:
        process = free.get()
        try:
            results: list[R] | Exception = _done_by(process, portion)
        except (OSError, EOFError, pickle.UnpicklingError):  # it was ended, by us or for want of memory
            return [] if ended.is_set() else list(map(work, portion))
        finally:
            free.put(process)
        if isinstance(results, Exception):
            raise results
        return results

    threads = ThreadPoolExecutor(processes)
    try:
        yield lambda portion: threads.submit(done, portion)
    finally:
        ended.set()
        for process in crew:
            process.kill()
        threads.shutdown(cancel_futures=True)
        for process in crew:
            process.communicate()


def _started(work: Callable[[T], R]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the caller, who ends the processes
    )
    assert process.stdin is not None
    with suppress(OSError):  # one that cannot even start is noticed when it gives no results
        _put(process.stdin, sys.path)
        _put(process.stdin, work)
    return process


def _done_by(process: "subprocess.Popen[bytes]", portion: Sequence[T]) -> list[R] | Exception:
    assert process.stdin is not None and process.stdout is not None
    _put(process.stdin, portion)
    results: list[R] | Exception = pickle.load(process.stdout)
    return results


def _put(pipe: IO[bytes], thing: object) -> None:
    pickle.dump(thing, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def serve() -> None:
    """Do the work that comes through standard input until it ends."""
    given, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what some library prints must not come among the results
    with suppress(EOFError, OSError):  # the caller has ended
        work = pickle.load(given)
        while True:
            _put(results, _outcome(work, pickle.load(given)))
    os._exit(0)  # nothing is left to be written, and nobody to read it


def _outcome(work: Callable[[T], R], portion: Sequence[T]) -> list[R] | Exception:
    try:
        return [work(thing) for thing in portion]
    except Exception as error:
        return error
