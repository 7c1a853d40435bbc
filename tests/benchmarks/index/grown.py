"""An index that grows step by step, each step a process of its own that is measured."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median

from speed.measured import Run, run
from speed.plan import Plan
from speed.tools import PROVENANCE

from index.slices import bounds, cut


@dataclass(frozen=True, slots=True)
class Step:
    """held: articles in the index before; added: articles given to it; runs: one for each round."""

    held: int
    added: int
    runs: tuple[Run, ...]

    @property
    def rate(self) -> float:
        """Articles a second of the processor."""
        return self.added / max(1e-9, median(r.cpu for r in self.runs))


@dataclass(frozen=True)
class Work:
    """What was asked for on the command line, and the index that its parts share.

    speed: the pile and where things are kept; steps: parts in which it is added; aligned: articles added with
    --align; questions: of each kind; given: an index made before.
    """

    speed: Plan
    steps: int
    aligned: int
    questions: int
    given: Path | None

    @property
    def pile(self) -> Path:
        return self.speed.pile()

    @property
    def articles(self) -> int:
        return self.speed.articles

    @property
    def rounds(self) -> range:
        return range(self.speed.rounds)

    def file(self, name: str) -> Path:
        """A file to write to; one that is there goes."""
        file = self.speed.out(f"index-{self.articles}-{self.speed.origin}-{name}")
        for old in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            old.unlink(missing_ok=True)
        return file

    def folder(self, name: str) -> Path:
        folder = self.speed.out(f"index-{self.articles}-{self.speed.origin}-{name}")
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def index(self) -> Path:
        """An index of all articles, nothing aligned."""
        return self.given or self.growth[0]

    @cached_property
    def growth(self) -> tuple[Path, list[Step]]:
        """The index grown in steps, and what each took; grown anew in each round."""
        ends = bounds(self.articles, self.steps)
        parts = cut(self.pile, ends, self.folder("parts"))
        rounds: list[list[Run]] = []
        for _ in self.rounds:
            index = self.file("grown.index")
            rounds.append([self.add(index, part, "--no-align") for part in parts])
        for part in parts:
            part.unlink()
        step_runs = zip(*rounds, strict=True)
        return index, [Step(low, high - low, runs) for (low, high), runs in zip(pairwise(ends), step_runs, strict=True)]

    def add(self, index: Path, file: Path, *options: str) -> Run:
        """``provenance index add`` as a process of its own."""
        return self.run("index", "add", str(index), str(file), "--quiet", *options)

    def run(self, *words: str) -> Run:
        """One of our commands, measured.

        Raises:
            RuntimeError: it failed; no figure is printed of what did not work.
        """
        return self.measured([str(PROVENANCE), *words])

    def measured(self, command: Sequence[str]) -> Run:
        """Any command as ``run``."""
        done = run(command, self.speed.cap)
        if done.failed:
            raise RuntimeError(f"{' '.join(command)}: {done.failed}")
        says = " ".join(Path(word).name for word in command[:6])
        print(f"{says}: {done.cpu:.1f} s, {done.peak / 1e6:,.0f} MB", file=sys.stderr, flush=True)
        return done
