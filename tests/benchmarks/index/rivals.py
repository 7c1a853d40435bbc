"""Several processes at one index: two that write, one that writes while others read; and clocks that go backwards."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from threading import Thread
from typing import Self

from index.commands import Outcome, ended, not_as_it_should, run, started, texts_in
from index.invented import articles, write
from provenance.index import Index, database

_HOLDER = """
import sys
from provenance.index.database import Database
with Database.opened(sys.argv[1]).writing("adding articles"):
    print("writing", flush=True)
    sys.stdin.read()
"""


def two_writers(folder: Path, times: int = 1, seed: int = 1) -> Outcome:
    """While one process writes, another waits; it goes on when the first is through or killed, or says who writes."""
    outcome = Outcome("two writers")
    index, made = folder / "rivals.index", articles(4 + 2 * times, seed)
    assert run("index", "add", index, write(folder / "first.jsonl", made[:4])).code == 0
    for turn in range(times):
        file = write(folder / f"{turn}.jsonl", made[4 + 2 * turn : 6 + 2 * turn])
        with _writing(index) as holder:
            said = run("index", "add", index, file, "--wait", "0.3", "--quiet")
            outcome.expect(said.code == 1, "two wrote at once")
            outcome.expect(not (wrong := not_as_it_should(said, index)), wrong)
            whole = all(part in said.err for part in (str(holder.pid), socket.gethostname(), "adding articles"))
            outcome.expect(whole, f"does not say who writes: {said.err}")
            patient = started("index", "add", index, file, "--quiet")
            (holder.kill if turn % 2 else holder.stdin.close)()  # type: ignore[union-attr]
            after = ended(patient)
        outcome.expect(after.code == 0 and after.out.count("\n") == 2, f"did not wait for the first: {after.err}")
        outcome.times += 1
        outcome.seen["said who writes, then waited for it"] += 1
    outcome.expect(len(texts_in(index)) == len(made), "articles are missing")
    return outcome


@contextmanager
def _writing(index: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _HOLDER, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout and holder.stdout.readline() == "writing\n"
            yield holder
        finally:
            holder.kill()


def readers_while_one_writes(folder: Path, times: int = 3, seed: int = 1) -> Outcome:
    """So many read all the time while a process adds and removes: each sees whole files only, and no step back."""
    outcome = Outcome("several readers while one writes")
    index, made = folder / "read.index", articles(40, seed)
    files = [write(folder / f"{n:02}.jsonl", made[5 * n : 5 * n + 5]) for n in range(8)]
    assert run("index", "add", index, files[0], "--quiet").code == 0
    writer = started("index", "add", index, *files, "--quiet")
    readers = [Thread(target=_read, args=(index, writer, outcome)) for _ in range(times)]
    for reader in readers:
        reader.start()
    said = ended(writer)
    for reader in readers:
        reader.join()
    outcome.expect(said.code == 0, f"the writer: {said.err}")
    outcome.expect(len(texts_in(index)) == 40, "articles are missing")
    return outcome


def _read(index: Path, writer: subprocess.Popen[str], o: Outcome) -> None:
    before = 0
    while True:
        is_last = writer.poll() is not None
        with Index.open(index, create=False) as opened:
            ids = [line.split('"', 4)[3] for line in opened.export()]
            wrong = opened.check()
        of = [id.partition("#")[0] for id in ids]
        o.times += 1
        o.seen["one state, whole"] += 1
        o.expect(not wrong, f"a reader sees a broken state: {wrong[:1]}")
        o.expect(all(of.count(file) == 5 for file in set(of)), "a reader sees half a file")
        o.expect(len(ids) >= before, "a reader sees less than before")
        before = len(ids)
        if is_last:
            return
        time.sleep(0.02)  # the writer needs the processor too


class _Backwards(datetime):
    """A clock that is a year further back at each look."""

    year_now = 2020

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        cls.year_now -= 1
        return cls(cls.year_now, 1, 1, tzinfo=tz)


def clock_backwards(folder: Path, times: int = 1, seed: int = 1) -> Outcome:
    """Files from the future and the past in a watched folder, and a clock that runs backwards while they are added."""
    outcome = Outcome("clock going backwards (files from the future and the past)")
    real = database.datetime
    database.datetime = _Backwards  # type: ignore[misc]
    try:
        for turn in range(times):
            _watch(outcome, folder / str(turn), seed)
    finally:
        database.datetime = real  # type: ignore[misc]
    return outcome


def _watch(o: Outcome, folder: Path, seed: int) -> None:
    index, incoming = folder / "watch.index", folder / "incoming"
    incoming.mkdir(parents=True)
    texts = [each["text"] for each in articles(3, seed)]
    future, past = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2090, 1971))

    def arrive(name: str, text: str, when: float) -> None:
        (incoming / name).write_text(text)
        os.utime(incoming / name, (when, when))

    def watched() -> list[str]:
        said = run("index", "watch", index, incoming, "--once")
        o.expect(said.code == 0, f"watch: {said.err}{said.fault}")
        return sorted(line for line in said.err.splitlines() if "no source" in line)

    arrive("one.txt", texts[0], future)
    arrive("two.txt", texts[1], past)
    o.expect(len(watched()) == 2, "a file from another time is passed over")
    o.expect(watched() == [], "a file is taken for new because of its time")
    arrive("one.txt", texts[2], past)  # the clock was put back, and then the file was written anew
    o.expect(len(watched()) == 1, "a change is passed over because the file seems older than before")
    o.expect(run("index", "check", index).code == 0, "not whole")
    exported = run("index", "export", index).out.splitlines()  # two of them have one id
    o.expect(sorted(json.loads(line)["text"] for line in exported) == sorted(texts), "a text is missing")
    o.times += 1
    o.seen["every change noticed once"] += 1
