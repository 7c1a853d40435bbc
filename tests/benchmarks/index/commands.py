"""Commands of provenance, here and as processes, and whether they ended as they should."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from provenance.cli import main

START = "from provenance.cli import main; main()"


@dataclass
class Outcome:
    """What came of a fault.

    Attributes:
        fault: what was done.
        times: how often.
        seen: what happened, and how often.
        wrong: what broke the promise, a line each; nothing where all was kept.
    """

    fault: str
    times: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)


@dataclass(frozen=True)
class Said:
    """How a command ended: exit code, what it wrote, and the traceback that it should not have."""

    code: int
    out: str
    err: str
    fault: str = ""

    @property
    def error(self) -> str:
        """The last line on stderr, where errors stand."""
        return (self.err.strip().splitlines() or [""])[-1]


def run(*arguments: str | Path) -> Said:
    """A command in this process."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    fault = "" if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception)
    return Said(done.exit_code, done.stdout, done.stderr, fault)


def run_all(commands: Sequence[Sequence[str | Path]]) -> list[Said]:
    """Several commands in this process."""
    return [run(*command) for command in commands]


def run_all_in_a_process(commands: Sequence[Sequence[str | Path]], under: Sequence[str] = ()) -> list[Said]:
    """Several commands in one other process, maybe under another one that changes its rights."""
    told = json.dumps([[str(each) for each in command] for command in commands])
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [*under, sys.executable, "-m", "index.commands"],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        env=env,
    )
    return [Said(*each) for each in json.loads(done.stdout)]


def started(*arguments: str | Path, under: Sequence[str] = (), **options: Any) -> subprocess.Popen[str]:
    """A command in a process of its own, maybe under another one that changes its rights."""
    return subprocess.Popen(
        [*under, sys.executable, "-c", START, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(process: subprocess.Popen[str]) -> Said:
    """A process that is waited for."""
    out, err = process.communicate(timeout=120)
    return Said(process.returncode, out, err, err if "Traceback" in err else "")


def not_as_it_should(said: Said, about: Path) -> str:
    """What is wrong with how a command ended: it works, or fails with one line that names the file; "" for nothing."""
    if said.fault:
        return f"a traceback: {said.fault.strip().splitlines()[-1]}"
    if said.code == 0:
        return ""
    errors = [line for line in said.err.splitlines() if line.startswith("Error: ")]
    if said.code != 1 or errors != [said.error]:
        return f"exit code {said.code} and no one clear line: {said.err.strip()!r}"
    if about.name not in said.error or len(said.error) < len(about.name) + 30:  # a name alone is no help
        return f"a line that does not say which file, what and what to do: {said.error}"
    return ""


def texts_in(index: Path) -> dict[str, str]:
    """The texts of an index by id, as ``provenance index export`` writes them; those that can be read."""
    lines = run("index", "export", index).out.splitlines()
    read: Sequence[Mapping[str, str]] = [json.loads(line) for line in lines]
    return {each["id"]: each["text"] for each in read}


if __name__ == "__main__":
    json.dump([astuple(each) for each in run_all(json.load(sys.stdin))], sys.stdout)
