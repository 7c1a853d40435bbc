"""What was asked for on the command line, and the piles it needs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from speed.environment import Environment, peers_environment
from speed.material import Chain, learn
from speed.piles import make_pile, truth_file


@dataclass(frozen=True)
class Plan:
    """articles: of one pile; rounds: of every tool; work: where piles and the peers' environment are kept."""

    articles: int
    rounds: int
    material: Path | None
    work: Path
    given: Path | None
    cap: float
    tools: frozenset[str]
    seed: int = 1

    @cached_property
    def chain(self) -> Chain:
        return learn(self.material)

    @cached_property
    def environment(self) -> Environment:
        return peers_environment(self.work / "peers")

    def pile(self, articles: int | None = None) -> Path:
        """A pile of so many articles: one made before or a new one; the given one where no number is asked for."""
        if self.given and articles is None:
            return self.given
        number = articles or self.articles
        file = self.work / "piles" / f"{number}-{self.origin}.jsonl"
        if not truth_file(file).exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            make_pile(file, number, self.chain, self.seed)
        return file

    def chosen(self, names: Sequence[str]) -> list[str]:
        """Those of some names that --tools asks for; all where it asks for none of them."""
        return [name for name in names if name in self.tools] or list(names)

    def out(self, name: str) -> Path:
        folder = self.work / "out"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    @property
    def origin(self) -> str:
        """What tells piles of one size apart: the given file, or the material and the seed."""
        if self.given:
            return self.given.stem
        folder = str(self.material.resolve()) if self.material else ""
        material = hashlib.blake2b(folder.encode(), digest_size=4).hexdigest() if folder else "own"
        return f"{material}-{self.seed}"
