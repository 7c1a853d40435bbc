"""The README is true: its blocks run, its commands exist, and no command or option is left out of it."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from provenance.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(console|bash|sh|python)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> Iterator[tuple[str, str]]:
    """The lines of all shell blocks, each with the output that the README shows under it ("" where it shows none)."""
    for language, block in BLOCKS:
        block = block.replace("\\\n", " ")
        if language != "python" and re.search(r"^\$ ", block, re.MULTILINE):
            yield from re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
        elif language != "python":
            yield from ((line, "") for line in block.splitlines() if line.strip() and line[0] != "#")


def commands() -> Iterator[tuple[str, str]]:
    """The single commands with the output shown: ``a && b`` is two, as an installation may stand before a trace."""
    for line, shown in shell_lines():
        *before, last = (part.strip() for part in line.split("&&"))
        yield from ((command, "") for command in before)
        yield last, shown


OURS = [(command, shown) for command, shown in commands() if command.startswith("provenance ")]
SETTING_UP = (
    "pip install",
    "python3 -m venv",
    "python -m venv",
    ". ",
    "source ",
    "cd ",
    "git clone",
    "python -m pip install",
)
TESTING = ("python -m pytest", "pytest", ".ci/run")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a block may write: what the README names lies in it as links."""
    folder = tmp_path_factory.mktemp("readme")
    for there in ("inputs", "provenance", "README.md"):
        (folder / there).symlink_to(ROOT / there)
    return folder


def run(arguments: list[str] | str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, cwd=folder, shell=isinstance(arguments, str), capture_output=True, text=True, timeout=120,
        env=os.environ
        | {"BROWSER": "true", "COLUMNS": "100"}
        | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip


@pytest.mark.parametrize(("command", "shown"), OURS)
def test_every_command_of_the_readme_runs_and_prints_what_it_shows(command: str, shown: str, checkout: Path) -> None:
    if re.search(r"\bserve\b", command):
        pytest.skip("a server that does not end; tests/serve starts it")
    done = run(command, checkout)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE  # "..." in the README stands for what it leaves out
    assert not shown or doctest.OutputChecker().check_output(shown, done.stdout, flags), done.stdout


@pytest.mark.parametrize("block", [block for language, block in BLOCKS if language == "python"])
def test_every_python_block_of_the_readme_runs(block: str, checkout: Path) -> None:
    code = "\n".join(_statements(block)) if ">>> " in block else block
    done = run([sys.executable, "-c", code], checkout)
    assert done.returncode == 0, done.stderr


def _statements(session: str) -> Iterator[str]:
    for line in session.splitlines():
        if line.startswith((">>> ", "... ")):
            yield line[4:]


def every_command(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its name, those of a group with the group's name in front."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")


def test_nothing_else_hides_in_a_shell_block() -> None:
    known = ("provenance ", *SETTING_UP, *TESTING)
    unknown = [command for command, _ in commands() if not command.startswith(known)]
    assert not unknown, f"no test runs {unknown}: teach test_readme.py to"


def test_ci_installs_and_tests_as_the_readme_says() -> None:
    tests = [line for line, _ in shell_lines() if "pytest" in line]
    assert tests, "the README does not say how the tests are run"
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for line in tests:
        assert line in ci, f".ci/run does not run the README's: {line}"


def test_the_readme_names_every_command_and_option() -> None:
    for name, command in every_command():
        assert re.search(rf"provenance {name}\b", README), f"provenance {name} is not in the README"
        for option in command.params:
            if isinstance(option, click.Option):
                found = any(re.search(rf"(?<![\w-]){opt}(?![\w-])", README) for opt in option.opts)
                assert found, f"{max(option.opts, key=len)} of provenance {name} is not in the README"


def test_the_readme_names_no_option_that_is_not_there() -> None:
    there = {opt for _, command in every_command() for param in command.params for opt in param.opts}
    there |= {"--help", "-h", "--version"}
    used = {word.split("=")[0] for command, _ in OURS for word in shlex.split(command) if re.match(r"--?[a-z]", word)}
    assert used <= there


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", README):
        assert (ROOT / target).exists(), f"the README links to {target}, which is not there"
