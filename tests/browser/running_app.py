"""The local app, started as a user starts it, on a port of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30  # seconds until the server says where it listens


class Address(str):
    """Where an app is; ``entrance`` is the address with the key that it printed, which a new browser opens first."""

    entrance: str


@contextmanager
def running_app(*arguments: str, folder: Path) -> Iterator[Address]:
    """``provenance serve -p 0 …`` in a folder; gives its address, and stops it when the test is done."""
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen(
            [sys.executable, "-c", "from provenance.cli import main; main()", "serve", "-p", "0", *arguments],
            cwd=folder,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "TMPDIR": str(folder)},
        )
        try:
            yield _address(server, said.fileno())
        finally:
            server.send_signal(signal.SIGINT)  # Ctrl-C
            server.wait(timeout=PATIENCE)


def _address(server: "subprocess.Popen[bytes]", said: int) -> Address:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        text = os.pread(said, 10_000, 0).decode()
        found = re.search(r"(http://127\.0\.0\.1:[1-9]\d*)/\?key=\w+", text)
        if found:
            address = Address(found[1])
            address.entrance = found[0]
            return address
        assert server.poll() is None, f"the server ended at once:\n{text}"
        time.sleep(0.05)
    raise AssertionError(f"the server does not say where it listens:\n{text}")
