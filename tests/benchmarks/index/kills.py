"""Processes that change an index are killed at random moments; what they had said must be so afterwards."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random
from signal import SIGKILL
from subprocess import Popen, TimeoutExpired

from index.commands import Outcome, Said, ended, not_as_it_should, run, started, texts_in
from index.invented import articles, write
from provenance import to_json
from provenance.index import Index

_EACH = 3  # articles in a file: many small additions, so that fingerprints are merged
_LIFE = 1.1  # times the usual life of a process in which it is killed: some are through by then
_WRITING = 0.03  # seconds from the first write to the log in which a process is killed
_OLD_SCHEME = "words as they stand; runs of 7 words"  # what makes refresh write all fingerprints anew


def killed(folder: Path, times: int, seed: int = 1) -> Outcome:
    """Kills so many processes, and looks after each what is in the index.

    Args:
        folder: an empty one.
        times: how many kills.
        seed: of the articles, commands and moments.
    """
    pile = Killing(folder, max(6, min(50, times // 2)), seed)
    while pile.outcome.times < times:
        pile.once()
    pile.compare_with_one_built_at_once()
    return pile.outcome


class Killing:
    """An index, and what must be in it by what processes said before they were killed.

    Attributes:
        index: its path.
        files: the ids and texts of each file of articles; an index has all of a file or nothing.
        there: the files whose articles are known to be in the index.
        outcome: what happened so far.
    """

    def __init__(self, folder: Path, files: int, seed: int) -> None:
        self.index = folder / "killed.index"
        self.chance = Random(seed)
        self.outcome = Outcome("kill -9 during add, remove, refresh")
        self.files: dict[Path, dict[str, str]] = {}
        self.there: set[Path] = set()
        made = articles(files * _EACH, seed)
        for number in range(files):
            records = made[number * _EACH : (number + 1) * _EACH]
            file = write(folder / f"{number:03}.jsonl", records)
            self.files[file] = {f"{file.name}#{each['id']}": each["text"] for each in records}
        self._life: dict[str, tuple[float, float]] = {}  # seconds until the index is open, and from then on

    def once(self) -> None:
        """One command that is killed, and the look at the index afterwards."""
        kind = self.chance.choices(("add", "remove", "refresh"), (6, 2, 2))[0]
        if not self.there:
            kind = "add"
        files, arguments = self._command(kind)
        if kind not in self._life:
            self._life[kind] = self._measured(kind, arguments)
            self._look(files, kind, None)
            return
        if self.index.exists() and self.chance.random() < 0.3:
            with Index.open(self.index, create=False) as reader:  # then the log is not written back meanwhile
                len(reader)
                self._look(files, kind, self._killed(kind, arguments, is_held=True))
        else:
            self._look(files, kind, self._killed(kind, arguments, is_held=False))

    # --- commands ---

    def _command(self, kind: str) -> tuple[list[Path], list[str | Path]]:
        """The files that a command is about, and the command."""
        if kind == "add":
            files = self.chance.sample(sorted(self.files.keys() - self.there) or sorted(self.files), k=1)
            files += self.chance.sample(sorted(self.files), k=self.chance.randrange(4))
            files = list(dict.fromkeys(files))
            return files, ["index", "add", self.index, *files, "--quiet"]
        if kind == "remove":
            files = self.chance.sample(sorted(self.there), k=min(len(self.there), self.chance.choice((1, 1, 2))))
            ids = [id for file in files for id in self.files[file]]
            return files, ["index", "remove", self.index, *ids, "--quiet"]
        if self.chance.random() < 0.5:
            with closing(sqlite3.connect(self.index)) as db, db:
                db.execute("UPDATE stamp SET value = ? WHERE name = 'scheme'", (_OLD_SCHEME,))
                db.execute("DELETE FROM stamp WHERE name = 'seal'")  # which tells that we just did that
        weights = self.chance.choice(("shipped", "pile"))
        return [], ["index", "refresh", self.index, "--weights", weights, "--quiet"]

    def _measured(self, kind: str, arguments: list[str | Path]) -> tuple[float, float]:
        """How long a command takes that nobody kills: seconds until the index is open, and from then on."""
        begun = time.monotonic()
        process = started(*arguments)
        self._wait_until_open(process)
        opened = time.monotonic()
        said = ended(process)
        self.outcome.expect(said.code == 0, f"{kind}: {said.err}")
        return opened - begun, time.monotonic() - opened

    def _killed(self, kind: str, arguments: list[str | Path], is_held: bool) -> Said:
        """What a process said before it was killed: in its life, after it opened the index, or while it writes."""
        opening, rest = self._life[kind]
        since = self.chance.choice(("its start", "opening", "writing") if not is_held else ("its start", "writing"))
        before = _size(self._beside("-wal"))
        process = started(*arguments)
        while process.poll() is None and (
            (since == "opening" and not self._beside("-shm").exists())
            or (since == "writing" and _size(self._beside("-wal")) in (0, before))
        ):
            time.sleep(0.0002)
        begun = time.monotonic()
        spent = opening if since == "its start" else 0.0
        try:
            process.wait(self.chance.uniform(0, _WRITING if since == "writing" else _LIFE * (spent + rest)))
            if since != "writing":
                self._life[kind] = opening, max(0.02, time.monotonic() - begun - spent)
        except TimeoutExpired:
            process.send_signal(SIGKILL)
            if since != "writing":
                self._life[kind] = opening, rest * _LIFE  # the machine may be busier than before
        return ended(process)

    def _wait_until_open(self, process: Popen[str]) -> None:
        while process.poll() is None and not self._beside("-shm").exists():
            time.sleep(0.0005)

    def _beside(self, end: str) -> Path:
        return self.index.with_name(f"{self.index.name}{end}")

    # --- what must be so afterwards ---

    def _look(self, files: list[Path], kind: str, said: Said | None) -> None:
        """Whether the index is whole, has what was acknowledged, and nothing by halves."""
        o, told = self.outcome, f"kill {self.outcome.times}, {kind}"
        lines = said.out[: said.out.rfind("\n") + 1].splitlines() if said else []
        if said is not None:
            o.times += said.code != 0
            o.seen[f"{kind}: {_moment(said, lines)}"] += 1
            o.expect(not said.fault, f"{told}: {said.fault}")
        present = self._present(told)
        self._compare(present, self.there, files, told)
        now = {file for file, texts in self.files.items() if texts.keys() <= present.keys()}
        for line in lines if kind != "refresh" else ():
            what, id = line.split("\t")[:2]
            o.expect((id in present) != (what == "removed"), f"{told}: said {line!r}, but that is not so")
        if kind == "remove":
            o.expect(len(now & set(files)) in (0, len(files)), f"{told}: some were removed, others not")
        self.there = now
        if kind == "refresh":
            with closing(sqlite3.connect(self.index)) as db:
                is_old = db.execute("SELECT value FROM stamp WHERE name = 'scheme'").fetchone() == (_OLD_SCHEME,)
            if is_old:  # nothing can be added before that
                o.expect(run("index", "refresh", self.index).code == 0, f"{told}: cannot be refreshed any more")

    def _present(self, told: str) -> dict[str, str]:
        """The texts in the index; nothing where it was not made yet."""
        if not self.index.exists() and not self.there:
            return {}
        checked = run("index", "check", self.index, "--quiet")
        wrong = not_as_it_should(checked, self.index) or checked.err
        self.outcome.expect(checked.code == 0, f"{told}: {wrong} {checked.out}")
        return texts_in(self.index)

    def _compare(self, present: dict[str, str], before: set[Path], touched: list[Path], told: str) -> None:
        for file, texts in self.files.items():
            has = {id: present[id] for id in texts if id in present}
            self.outcome.expect(not has or has == texts, f"{told}: {file.name} is half there, or other than it was")
            if file not in touched:
                self.outcome.expect(bool(has) == (file in before), f"{told}: {file.name} came or went by itself")
        ours = {id for texts in self.files.values() for id in texts}
        self.outcome.expect(present.keys() <= ours, f"{told}: articles that nobody added")

    def compare_with_one_built_at_once(self) -> None:
        """The trace after all kills is that of an index which got the same articles in one go."""
        if len(self.there) < len(self.files) // 2:  # a small remainder would say little
            missing = sorted(self.files.keys() - self.there)[: len(self.files) // 2]
            self.outcome.expect(run("index", "add", self.index, *missing, "--quiet").code == 0, "cannot be added to")
            self.there |= set(missing)
        self.outcome.expect(run("index", "refresh", self.index, "--weights", "shipped").code == 0, "no refresh")
        with Index.open(self.index, create=False) as grown, Index.open(self.index.with_name("at-once.index")) as once:
            once.add(*sorted(self.there))
            self.outcome.expect(to_json(grown.trace()) == to_json(once.trace()), "another trace than built at once")
            self.outcome.expect(bool(grown.trace().derivations), "nothing was derived: this compares nothing")
        strays = [each.name for each in self.index.parent.iterdir() if each.name.startswith(".killed.index")]
        self.outcome.seen["unfinished new files left over"] += len({name.split("-")[0] for name in strays})


def _moment(said: Said, lines: list[str]) -> str:
    if said.code == 0:
        return "was through before"
    return "some was acknowledged" if lines else "nothing was acknowledged yet"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
