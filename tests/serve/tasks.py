"""Work for the tests of the jobs; a worker process imports it as ``serve.tasks``, because tests/ is on the path."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from provenance.errors import InputError

Progress = Callable[[str, int, int], None]


def answer(what: str, progress: Progress) -> str:
    progress("reading", 1, 1)
    return what


def sleep(mark: str, progress: Progress) -> str:
    """Leaves its process id in a file and never ends by itself."""
    Path(mark).write_text(str(os.getpid()))
    progress("reading", 3, 10)
    time.sleep(600)
    return "slept"


def die(progress: Progress) -> None:
    os._exit(7)


def mistake(progress: Progress) -> None:
    raise InputError("line 3 is upside down; turn it")


def fault(progress: Progress) -> None:
    raise ZeroDivisionError("ours")
