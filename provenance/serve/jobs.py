"""Long work in processes of their own: some at once, the others wait; each tells how far it is and can be stopped."""

import asyncio
import multiprocessing
import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from provenance.serve.work import PRELOAD, work

State = Literal["waiting", "running", "done", "failed", "stopped"]

_DIED = (
    "The work ended without a word, most likely for want of memory. "
    "Take some articles away, or use the command line: provenance trace."
)
_FAULT = "This is a fault of provenance, not yours: please report it with the lines in the terminal"


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work, as far as it is.

    Attributes:
        kind: what the user asked for: add, trace or compare.
        leads_to: the page that shows the result.
        then: called with the result in the server's own thread.
    """

    kind: str
    leads_to: str
    task: Callable[..., Any]
    arguments: tuple[Any, ...]
    then: Callable[[Any], None]
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    process: BaseProcess | None = None
    runs: "asyncio.Task[None] | None" = field(default=None, repr=False)

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "stopped")

    def stop(self) -> None:
        """Ends the work at once; what it had found is lost."""
        if self.is_over:
            return
        self.state = "stopped"
        if self.process is not None and self.process.pid is not None:
            self.process.kill()

    def fail(self, error: str) -> None:
        if not self.is_over:
            self.state, self.error = "failed", error


class Jobs:
    """All jobs of one server."""

    def __init__(self, limit: int) -> None:
        self._room = asyncio.Semaphore(limit)
        self._all: set[Job] = set()
        self._context = _context()

    def start(self, job: Job) -> Job:
        """Queues a job; it runs when there is room."""
        self._all.add(job)
        job.runs = asyncio.create_task(self._run(job))
        return job

    async def settled(self, job: Job, seconds: float) -> bool:
        """Whether a job is over within so many seconds."""
        if job.runs is not None:
            await asyncio.wait({job.runs}, timeout=seconds)
        return job.is_over

    async def close(self) -> None:
        """Stops all jobs and waits until their processes are gone."""
        for job in self._all:
            job.stop()
        await asyncio.gather(*(job.runs for job in self._all if job.runs), return_exceptions=True)

    async def _run(self, job: Job) -> None:
        try:
            async with self._room:
                if not job.is_over:
                    await self._work(job)
        finally:
            job.fail(_FAULT)  # only what has not ended otherwise
            job.arguments = ()  # a pile that nobody needs any more
            self._all.discard(job)

    async def _work(self, job: Job) -> None:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(theirs, job.task, job.arguments), daemon=True)
        job.state, job.process = "running", process
        try:
            await asyncio.to_thread(process.start)
            theirs.close()
            while not job.is_over:
                _heard(job, *await asyncio.to_thread(_next, ours))
        finally:
            if process.pid is not None:
                process.kill()
                await asyncio.to_thread(process.join)
            ours.close()
            job.process = None


def _next(pipe: Connection) -> tuple[str, Any]:
    try:
        said, what = pipe.recv()
    except (EOFError, OSError):
        return "died", None
    return said, what


def _heard(job: Job, said: str, what: Any) -> None:
    if job.is_over:  # stopped meanwhile
        return
    if said == "progress":
        job.stage, job.done, job.total = what
    elif said == "found":
        job.then(what)
        job.state = "done"
    else:
        job.fail({"wrong": str(what), "fault": f"{_FAULT} ({what})", "died": _DIED}[said])


def _context() -> Any:
    """Workers forked from a clean process that has the heavy imports behind it, where the system can do that."""
    if not _can_fork():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOAD))
    return context


def _can_fork() -> bool:
    """Windows has no fork; on a Mac the system's libraries do not stand it once they are loaded."""
    return "forkserver" in multiprocessing.get_all_start_methods() and platform.system() != "Darwin"


def warm_up() -> None:
    """Starts the process from which workers are forked, so that the first job need not wait for its imports."""
    if _can_fork():
        from multiprocessing import forkserver

        _context()
        forkserver.ensure_running()
