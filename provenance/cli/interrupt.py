"""Ctrl-C ends the program at once, whatever other threads and processes are busy with."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from types import FrameType

import click

STOPPED = 130  # the exit code of a program that was stopped with Ctrl-C
_GRACE = 1.0  # seconds to remove what is temporary


@contextmanager
def stops_at_once() -> Iterator[None]:
    """Within it Ctrl-C raises KeyboardInterrupt; a second later the program ends even if it still waits for a pool.

    Who ignores Ctrl-C or handles it already (a shell script in the background, another program) goes on doing so.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or not _is_main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one must not disturb the tidying up
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGALRM, end_now)
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
    raise KeyboardInterrupt


def is_busy() -> bool:
    """Whether a thread or a process of ours would keep the program alive after its own end."""
    others = set(threading.enumerate()) - {threading.main_thread()}
    return bool(active_children()) or any(not thread.daemon for thread in others)


def end_now(*_: object) -> None:
    """Ends the program and the processes that it started, without waiting for threads."""
    click.echo("Stopped.", err=True)
    for child in active_children():
        child.kill()
    os._exit(STOPPED)
