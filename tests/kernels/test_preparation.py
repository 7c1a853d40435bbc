"""The kernels are compiled once on a machine, together, which is said before; small piles know nothing of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from provenance import kernels
from provenance.kernels import preparation

SMALL = Path(__file__).parents[2] / "inputs" / "small"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for machine code, and no work for either process."""
    monkeypatch.setattr(preparation, "KEPT_IN", tmp_path)
    monkeypatch.setattr(preparation, "compile_modules", lambda names: list(names))
    monkeypatch.setattr(preparation, "_started", lambda: None)
    return tmp_path


def sleeper() -> "subprocess.Popen[bytes]":
    """A process that works until it is stopped."""
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.PIPE)


@pytest.mark.parametrize("command", [["trace", "--format", "json"], ["pairs", "--format", "jsonl"]])
def test_small_piles_never_load_numba(command: list[str]) -> None:
    """A line with a star follows the output: the modules of numba that are there at the end."""
    code = (
        "import sys\nfrom provenance.cli import main\nmain(standalone_mode=False)\nprint('*', 'numba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command[0], str(SMALL), *command[1:]], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "* False"
    assert "compiled" not in done.stderr


def test_the_first_use_says_that_kernels_are_compiled_and_the_second_says_nothing(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with kernels.announced():
        first = capfd.readouterr().err
    with kernels.announced():
        second = capfd.readouterr().err
    assert first.startswith("preparing compiled kernels") and first.count("\n") == 1 and "once" in first
    assert second == ""


def test_the_note_comes_before_the_work(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(preparation, "compile_modules", lambda names: said.append(capfd.readouterr().err))
    preparation.prepare()
    assert said[0].startswith("preparing")


def test_other_sources_are_compiled_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation.prepare()
    monkeypatch.setattr("numba.__version__", "another")
    preparation.prepare()
    assert len(list(folder.iterdir())) == 2


def test_where_nothing_can_be_kept_the_kernels_are_compiled_here_at_every_run(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "KEPT_IN", None)
    monkeypatch.setattr(preparation, "_started", lambda: pytest.fail("what a second process compiles would be lost"))
    for _ in range(2):
        preparation.prepare()
        assert "at every run" in capfd.readouterr().err


def test_a_folder_that_takes_no_files_is_no_hindrance(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "KEPT_IN", folder / "gone")
    preparation.prepare()
    assert not list(folder.iterdir())


def test_ctrl_c_ends_the_second_process_and_leaves_the_kernels_to_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = sleeper()

    def interrupted(names: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preparation, "cores", lambda: 2)
    monkeypatch.setattr(preparation, "_started", lambda: child)
    monkeypatch.setattr(preparation, "compile_modules", interrupted)
    with pytest.raises(KeyboardInterrupt):
        preparation.prepare()
    assert child.poll() is not None
    assert not list(folder.iterdir())


def test_the_second_process_ends_with_the_one_that_started_it() -> None:
    child = preparation._started()
    assert child is not None and child.stdin is not None
    child.stdin.close()  # as when the first process is gone
    assert child.wait(timeout=60) == 1


@pytest.mark.parametrize("program", ["", "/opt/newsroom/newsroom", "C:\\Blender\\blender.exe"])
def test_a_program_with_python_inside_is_not_started_a_second_time(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    assert preparation._started() is None


def test_a_python_that_cannot_be_started_leaves_the_work_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    assert preparation._started() is None
