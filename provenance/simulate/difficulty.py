"""How hard a simulated pile is: all its probabilities, and three named sets of them fixed in a file."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from provenance.errors import SettingError
from provenance.simulate.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What happens how often. Probabilities where nothing else is said."""

    name: str = "own"
    # --- families ---
    smallest: int = 2  # texts of a family, those included that are not in the pile
    largest: int = 200
    tail: float = 1.35  # exponent of the distribution of sizes: smaller makes large families more frequent
    typical: float = 5.0  # where that tail begins, in texts
    chain: float = 0.35  # a text is taken from the newest one of its family, not from any
    hidden_root: float = 0.35  # the first text of a family is not in the pile
    hidden_inner: float = 0.12  # a text that others took from is not in the pile
    independent: float = 0.3  # another outlet reports the event by itself (drawn again after each)
    templates: float = 0.2  # a family is followed by two to five reports made with one form
    background: float = 0.35  # a report of an event holds sentences that others have from the same old text
    # --- how text is taken: weights, not probabilities ---
    reprint: float = 0.25
    cut: float = 0.16
    excerpt: float = 0.14
    quoted: float = 0.07
    rewrite: float = 0.26
    merge: float = 0.07
    update: float = 0.05
    # --- what is done to it on the way ---
    addition: float = 0.55  # a taken text gets paragraphs of the taker's own
    strength: float = 0.5  # of rewriting: how much of a sentence changes, on average
    house_style: float = 0.5  # a taken text is put into the taker's spelling and number style
    typo: float = 0.12  # a text gets an error in writing, or one is mended
    same_title: float = 0.25  # a reprint keeps its headline
    small_print: float = 0.3  # an article carries lines that its outlet sets under everything
    stray_frame: float = 0.05  # a reprint carries a line of the source's page along
    # --- dates ---
    dates_known: float = 1.0
    day_only: float = 0.06  # of the known dates: only the day, beside the outlets that never give a time
    clock_wrong: float = 0.1  # the time is off by minutes to hours, in either direction
    restamped: float = 0.06  # the date is that of a later change, by up to three weeks
    # --- credits ---
    credited: float = 0.0  # a taken text says whose it is
    inherited: float = 0.4  # a credit that stands in the source is taken along

    def __post_init__(self) -> None:
        """Refuses what no pile could be made with.

        Raises:
            SettingError: names the field and what it may be.
        """
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            low, high = _RANGES.get(field.name, (0.0, 1.0))
            if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
                raise SettingError(f"{field.name} = {value!r} makes no sense; it may be from {low:g} to {high:g}")
        if self.smallest > self.largest:
            raise SettingError(f"smallest = {self.smallest} is more than largest = {self.largest}")
        if not any(getattr(self, name) for name in _OPERATIONS):
            raise SettingError(f"nothing is ever done to a text: one of {', '.join(_OPERATIONS)} must be above 0")


SIZES = (1, 500)  # texts of a family
_RANGES = {"smallest": SIZES, "largest": SIZES, "tail": (0.5, 10), "typical": (1, 500)}
_OPERATIONS = ("reprint", "cut", "excerpt", "quoted", "rewrite", "merge", "update")
_WHOLE = ("smallest", "largest")


def names() -> tuple[str, ...]:
    """The named difficulties."""
    return tuple(lexicon("difficulties"))


def difficulty(name: str | Path) -> Difficulty:
    """A named difficulty, or one from a TOML file whose keys are fields of Difficulty.

    In a file, ``like = "half"`` starts from a named one.

    Args:
        name: "dated", "half", "bare", or the path of a file that ends in .toml.

    Raises:
        SettingError: no such name, no such field, a value that makes no sense, or a file that cannot be read.

    >>> difficulty("half").credited
    0.3
    """
    known = lexicon("difficulties")
    if str(name) in known:
        return _made(known[str(name)], str(name))
    if not str(name).endswith(".toml"):
        raise SettingError(
            f"{str(name)!r} is no difficulty; there are {', '.join(known)}, or a file that ends in .toml"
        )
    try:
        given = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(f"{name}: cannot be read as TOML ({error})") from error
    like = given.pop("like", None)
    if like is not None and like not in known:
        raise SettingError(f"{name}: like = {like!r} is no difficulty; there are {', '.join(known)}")
    return _made({**known.get(like, {}), **given}, Path(name).stem)


def _made(given: dict[str, Any], name: str) -> Difficulty:
    there = {field.name for field in fields(Difficulty)} - {"name"}
    for key, value in given.items():
        if key not in there:
            raise SettingError(f"{key!r} is no part of a difficulty; there are {', '.join(sorted(there))}")
        if key in _WHOLE and not isinstance(value, int):
            raise SettingError(f"{key} = {value!r} must be a whole number")
    return Difficulty(**{**given, "name": name})
