"""What may be said to several commands: the method's options, how the output looks, settings and facts."""

import math
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from functools import wraps
from typing import Any, Self

import click

from provenance.model import Fact
from provenance.settings import Settings

Command = Callable[..., None]

PATH = click.Path(exists=True, allow_dash=True)
_NUMBERS = {int: "a whole number", float: "a number", str: "a word"}
_PIPED = 120  # columns where there is no screen whose width could be asked


class Setting(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on only
    """NAME=VALUE, where NAME is a field of Settings and VALUE is of its type."""

    name = "NAME=VALUE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        name, equals, written = value.partition("=")
        defaults = asdict(Settings())
        if not equals:
            self.fail(f"{value!r} has no '='; write for example shingle_words=4", param, ctx)
        if name not in defaults:
            near = get_close_matches(name, defaults, n=1)
            self.fail(f"{name!r} is no setting; {f'did you mean {near[0]}?' if near else 'see: provenance settings'}")
        kind = type(defaults[name])
        try:
            found = kind(written)
        except ValueError:
            self.fail(f"{name} wants {_NUMBERS[kind]}, not {written!r}", param, ctx)
        if kind is not str and not (found >= 0 and math.isfinite(found)):
            self.fail(f"{name} wants {_NUMBERS[kind]} of 0 or more, not {written!r}", param, ctx)
        return name, found


# Options of several commands, each a decorator.
CHANGED = click.option(
    "--set",
    "changed",
    type=Setting(),
    multiple=True,
    help="Change a setting; may be given more than once. All of them: provenance settings.",
)
QUIET = click.option("--quiet", is_flag=True, help="No progress and no notes on stderr.")
THREADS = click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processor cores that a large pile may use; without it all of them. The result is the same.",
)


@dataclass(frozen=True, slots=True)
class Look:
    """How the output looks: what the terminal is able to show and the user wants to see."""

    width: int
    color: bool
    ascii: bool

    @classmethod
    def of(cls, color: str, ascii: bool, output: object = None) -> Self:
        out = sys.stdout  # None where whoever started us closed it
        screen = output is None and out is not None and out.isatty()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        coloured = color == "always" or (color == "auto" and screen and not plain)
        click.get_current_context().color = coloured
        unicode = output is not None or (out is not None and (out.encoding or "").casefold().startswith("utf"))
        return cls(
            shutil.get_terminal_size((_PIPED, 24)).columns if output is None else _PIPED, coloured, ascii or not unicode
        )


@dataclass(frozen=True, slots=True)
class Method:
    """What the user changes of the method, and whether anything is said on the way; ``stated`` settings alone."""

    settings: Settings
    facts: tuple[Fact, ...]
    quiet: bool
    stated: Mapping[str, Any]


def looks(command: Command) -> Command:
    """Adds the options of what a terminal shows; the command gets them as one ``look``."""

    @click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="auto: on a terminal, unless NO_COLOR is set.",
    )
    @click.option("--ascii", is_flag=True, help="Lines and quotation marks in ASCII.")
    @wraps(command)
    def with_look(*, color: str, ascii: bool, **others: Any) -> None:
        command(look=Look.of(color, ascii, others.get("output")), **others)

    return with_look


def method(command: Command) -> Command:
    """Adds the options of the method; the command gets them as one ``method``."""

    @click.option(
        "--facts",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE.csv",
        help="What a person states, in rows: article, field or relation, value, who says so.",
    )
    @click.option(
        "--weights",
        metavar="shipped|pile|FILE",
        help="How rare words are: by the program's tables (shipped, the default), as counted in this pile, or by a "
        "table that provenance weights made.",
    )
    @CHANGED
    @QUIET
    @wraps(command)
    def with_method(
        *, facts: str | None, weights: str | None, changed: tuple[tuple[str, Any], ...], quiet: bool, **others: Any
    ) -> None:
        stated = dict(changed) | ({"weights": weights} if weights else {})
        command(method=Method(replace(Settings(), **stated), _facts(facts), quiet, stated), **others)

    return with_method


def _facts(path: str | None) -> tuple[Fact, ...]:
    from provenance import ingest

    return ingest.read_facts(path) if path else ()
