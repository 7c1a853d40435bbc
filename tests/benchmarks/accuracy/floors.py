"""Quality is pinned: no figure may fall below its floor, and a floor only rises.

``floors.toml`` holds, for each figure, the floor, how much it may be missed by and why, and the hash of the data it
was measured on. On other data there is no comparison, and that fails too: measure anew with ``--raise``.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from accuracy.figures import Result

FILE = Path(__file__).with_name("floors.toml")
HEAD = """\
# The floors below which no figure may fall: python tests/benchmarks/accuracy --check [--quick]
# A floor only rises: python tests/benchmarks/accuracy --raise [--quick] writes this file.
# corpus: hash of the data that it was measured on. tolerance: how much less is no loss, and why.
"""
TOLERANCE, REASON = 0.002, "other versions of numpy, scipy and scikit-learn round differently"


@dataclass(frozen=True, slots=True)
class Floor:
    """``best`` is "low" where less is better: then the floor is a ceiling."""

    floor: float
    best: str
    tolerance: float
    reason: str
    corpus: str

    def holds(self, value: float | None) -> bool:
        if value is None:
            return False
        below = self.floor - value if self.best == "high" else value - self.floor
        return below <= self.tolerance + 1e-9


Floors = Mapping[str, Floor]  # "quick/pan.all" or "full/pan.all" -> its floor


def read_floors(file: Path = FILE) -> dict[str, Floor]:
    """The floors of a file, none where there is no file."""
    if not file.exists():
        return {}
    return {name: Floor(**fields) for name, fields in tomllib.loads(file.read_text(encoding="utf-8")).items()}


def failures(floors: Floors, results: Sequence[Result], corpora: Mapping[str, str], mode: str) -> Iterator[str]:
    """Every figure that is below its floor, has none, was not or on other data measured; each as a sentence.

    Args:
        floors: what must hold.
        results: what was measured.
        corpora: row that was asked for -> hash of its data.
        mode: "quick" or "full".
    """
    for result in results:
        floor = floors.get(f"{mode}/{result.name}")
        if floor is None:
            yield f"{result.name} has no floor: --raise gives it one"
        elif floor.corpus != corpora[row_of(result)]:
            yield f"{result.name}: its floor was measured on other data, nothing can be said; --raise measures anew"
        elif not floor.holds(result.value):
            value = "nothing" if result.value is None else f"{result.value:.4f}"
            allowed = f"{floor.tolerance:g} may be lost: {floor.reason}"
            yield f"{result.name} is {value}, its floor {floor.floor:.4f} ({allowed})"
    measured = {f"{mode}/{result.name}" for result in results}
    wanted = (name for name in sorted(floors) if name.startswith(tuple(f"{mode}/{row}." for row in corpora)))
    yield from (f"{name.partition('/')[2]} has a floor and was not measured" for name in wanted if name not in measured)


def raised(floors: Floors, results: Iterable[Result], corpora: Mapping[str, str], mode: str) -> dict[str, Floor]:
    """The floors with those that rose; on other data than before a figure's floor is what was measured now."""
    new = dict(floors)
    for result in results:
        name, corpus = f"{mode}/{result.name}", corpora[row_of(result)]
        if result.value is None:
            continue
        old = floors.get(name)
        value = round(result.value, 4)
        if old is not None and old.corpus == corpus:
            value = (max if result.best == "high" else min)(value, old.floor)
        tolerance, reason = (old.tolerance, old.reason) if old else (TOLERANCE, REASON)
        new[name] = Floor(value, result.best, tolerance, reason, corpus)
    return new


def row_of(result: Result) -> str:
    return result.name.partition(".")[0]


def as_toml(floors: Floors) -> str:
    """The text of the file; reads back to the same floors."""
    return HEAD + "".join(f"\n{_entry(name, floors[name])}" for name in sorted(floors))


def _entry(name: str, floor: Floor) -> str:
    return (
        f'["{name}"]\nfloor = {floor.floor!r}\nbest = "{floor.best}"\ntolerance = {floor.tolerance!r}\n'
        f'reason = "{floor.reason}"\ncorpus = "{floor.corpus}"\n'
    )
