"""One command as a whole process: its processor time, its time by the clock, its memory at the worst moment."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOOKS = 0.05  # seconds between two looks at the memory
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds


@dataclass(frozen=True, slots=True)
class Run:
    """What one process (and all it started) took.

    cpu: user and system seconds; wall: seconds by the clock; peak: bytes, of all its processes at the same moment;
    failed: "" or why there is no result.
    """

    cpu: float
    wall: float
    peak: int
    failed: str = ""
    said: str = ""  # what it wrote to stderr


def run(command: Sequence[str], cap: float = 600.0, environment: Mapping[str, str] | None = None) -> Run:
    """Runs a command to its end, or stops it after ``cap`` seconds by the clock.

    Processor time comes from wait4: the whole tree, as far as its processes were waited for; or from what was seen of
    them all, where that is more. They are looked at 20 times a second in /proc (memory is 0 where there is none).
    """
    began = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    said: list[bytes] = []
    listener = threading.Thread(target=lambda: said.append(process.stderr.read() if process.stderr else b""))
    listener.start()
    seen, stopped = _Seen(), False
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        seen.look(process.pid)
        if time.monotonic() - began > cap and not stopped:
            os.killpg(process.pid, signal.SIGKILL)
            stopped = True
        time.sleep(LOOKS)
    wall = time.monotonic() - began
    listener.join(5)
    process.returncode = os.waitstatus_to_exitcode(status)
    text = b"".join(said).decode(errors="replace")
    failed = f"stopped after {cap:.0f} s" if stopped else _complaint(process.returncode, text)
    return Run(max(usage.ru_utime + usage.ru_stime, sum(seen.cpu.values())), wall, seen.peak, failed, text)


@dataclass(slots=True)
class _Seen:
    """The most memory that all processes of a tree held at a moment, and each one's processor time when last seen."""

    peak: int = 0
    cpu: dict[int, float] = field(default_factory=dict)

    def look(self, root: int) -> None:
        tree = _tree(root)
        self.cpu |= {pid: spent for pid in tree if (spent := _spent(pid))}
        alone = len(tree) == 1
        self.peak = max(self.peak, (alone and _worst(root)) or sum(_resident(pid) for pid in tree))


def _complaint(code: int, said: str) -> str:
    if code == 0:
        return ""
    last = said.strip().splitlines()[-2:] or ["no message"]
    return f"exit code {code}: {' '.join(last)[:200]}"


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _worst(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def _spent(pid: int) -> float:
    """Seconds of the processor, its children not counted."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) * TICK
