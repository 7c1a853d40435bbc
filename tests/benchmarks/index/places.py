"""Places in which an index cannot be written: a full disk, a file or folder that is for reading only."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from index.commands import Outcome, Said, ended, not_as_it_should, run, run_all, run_all_in_a_process, started, texts_in
from index.invented import Record, articles, write
from provenance.index import Index


class NotHere(Exception):
    """This machine, or this user, does not let the fault be made."""


# --- a full disk ----------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own in memory.

    Raises:
        NotHere: it cannot be mounted.
    """
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise NotHere("there is no mount here") from missing
    if done.returncode:
        raise NotHere(f"nothing can be mounted here: {done.stderr.strip()}")


def full_disk(folder: Path, times: int, seed: int = 1) -> Outcome:
    """Adds to an index until its disk is full, makes room, and goes on.

    Raises:
        NotHere: nothing can be mounted.
    """
    outcome, chance = Outcome("disk full (a small tmpfs) during add"), Random(seed)
    made = articles(900, seed)
    files = [write(folder / f"{n:03}.jsonl", made[30 * n : 30 * n + 30]) for n in range(30)]
    for turn in range(times):
        kilobytes = 200 if turn == 0 else chance.randrange(500, 1_500)  # the first has no room for an empty index
        with small_disk(folder, kilobytes) as disk:
            _fill(outcome, disk, files, made, kilobytes)
        outcome.times += 1
    return outcome


def _fill(o: Outcome, disk: Path, files: Sequence[Path], made: Sequence[Record], kilobytes: int) -> None:
    index, told = disk / "full.index", f"{kilobytes} kB"
    acknowledged: list[str] = []
    for file in files:
        said = run("index", "add", index, file, "--quiet", "--no-align")
        acknowledged += [line.split("\t")[1] for line in said.out.splitlines()]
        if said.code:
            break
    o.expect(said.code == 1, f"{told}: it was never full")
    o.expect(not (wrong := not_as_it_should(said, index)), f"{told}: {wrong}")
    o.seen[f"stopped: {_kind_of(said)}"] += 1
    if not acknowledged:
        left = {each.name for each in disk.iterdir()}
        o.expect(left <= {index.name}, f"{told}: left behind: {left}")
    else:
        for command in (["check", index], ["export", index], ["remove", index, acknowledged[0]], ["info", index]):
            wrong = not_as_it_should(run("index", *command), index)
            o.expect(not wrong, f"{told}, {command[0]} on the full disk: {wrong}")
    subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
    if index.exists():
        checked = run("index", "check", index)
        o.expect(checked.code == 0, f"{told}: not whole after it was full: {checked.err} {checked.out}")
        has, text = texts_in(index), {each["id"]: each["text"] for each in made}
        lost = [id for id in acknowledged[1:] if has.get(id) != text[id.partition("#")[2]]]
        o.expect(not lost, f"{told}: lost {lost}")
    again = run("index", "add", index, *files[-2:], "--quiet", "--no-align")
    o.expect(again.code == 0, f"{told}: does not go on where there is room: {again.err}")
    o.seen["kept what was acknowledged, and went on"] += again.code == 0


def _kind_of(said: Said) -> str:
    return "no room" if "no room" in said.err else said.error.rpartition(": ")[2][:60]


def limited_files(folder: Path, times: int, seed: int = 1) -> Outcome:
    """As a full disk, for users who may mount nothing: files of a process may not grow beyond some size."""
    outcome, chance = Outcome("files may not grow any more (ulimit -f) during add"), Random(seed)
    made = articles(80, seed)
    index = folder / "limited.index"
    file, rest = write(folder / "first.jsonl", made[:20]), write(folder / "rest.jsonl", made[20:])
    assert run("index", "add", index, file, "--quiet").code == 0
    for _ in range(times):
        most = chance.randrange(8_192, 100_000)
        said = ended(
            started(
                "index", "add", index, rest, "--quiet", "--no-align",
                preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
            )
        )  # fmt: skip
        outcome.times += 1
        outcome.expect(said.code == 1, f"{most} bytes: it had room")
        outcome.expect(not (wrong := not_as_it_should(said, index)), f"{most} bytes: {wrong}")
        outcome.seen[f"stopped: {_kind_of(said)}"] += 1
        outcome.expect(run("index", "check", index).code == 0, f"{most} bytes: not whole any more")
        outcome.expect(len(texts_in(index)) == 20, f"{most} bytes: half of an addition is there, or too little")
    outcome.expect(
        run("index", "add", index, rest, "--quiet", "--no-align").code == 0, "does not go on where there is room"
    )
    return outcome


# --- for reading only -----------------------------------------------------------------------------------------------

Command = list[str | Path]
Runner = Callable[[list[Command]], list[Said]]


def read_only_disk(folder: Path, times: int = 1, seed: int = 1) -> Outcome:
    """An index on a disk for reading only: as it was closed, and with the log that a killed process leaves.

    Raises:
        NotHere: nothing can be mounted.
    """
    outcome = Outcome("a disk for reading only")
    for _ in range(times):
        for ends in ([""], ["", "-wal", "-shm"], ["", "-wal"]):
            with small_disk(folder, 32_000) as disk:
                index = _copied(folder, disk, ends, seed)
                _mount("-o", "remount,ro", str(disk))
                _only_read(outcome, index, folder, run_all, must_be_read=ends[1:] != ["-wal"])
    return outcome


def no_rights(folder: Path, times: int = 1, seed: int = 1) -> Outcome:
    """A file, a folder, and both, in which a user may not write.

    Raises:
        NotHere: root cannot give up its rights here.
    """
    outcome = Outcome("no right to write to the file, the folder, both")
    under = without_roots_rights()

    def as_user(commands: list[Command]) -> list[Said]:
        return run_all_in_a_process(commands, under)

    for turn in range(times):
        for file_mode, folder_mode in ((0o444, 0o755), (0o644, 0o555), (0o444, 0o555)):
            place = folder / f"{turn}-{file_mode:o}-{folder_mode:o}"
            place.mkdir()
            index = _copied(folder, place, [""], seed)
            index.chmod(file_mode)
            place.chmod(folder_mode)
            try:
                _only_read(outcome, index, folder, as_user, must_be_read=True)
                if folder_mode == 0o555:
                    (said,) = as_user([["index", "add", place / "new.index", folder / "more.jsonl"]])
                    outcome.expect(said.code == 1, f"{place.name}: an index was made where nobody may write")
                    outcome.expect(not (wrong := not_as_it_should(said, place / "new.index")), f"{place.name}: {wrong}")
            finally:
                place.chmod(0o755)
    return outcome


def without_roots_rights() -> list[str]:
    """What makes the permissions of files bind root too; nothing for other users."""
    if os.geteuid() != 0:
        return []
    under = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    try:
        works = subprocess.run([*under, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        works = False
    if not works:
        raise NotHere("root cannot give up its rights here: there is no setpriv, or it may not")
    return under


def _copied(folder: Path, place: Path, ends: Sequence[str], seed: int) -> Path:
    """An index with its log in another place, and a writable copy with the same articles for comparison."""
    made = articles(24, seed)
    files = [write(folder / f"{n}.jsonl", made[n : n + 8]) for n in (0, 8)]
    write(folder / "more.jsonl", made[16:])
    write(folder / "asked.jsonl", [{"id": "asked", "text": made[5]["text"]}])
    for end in ("", "-wal", "-shm"):
        (folder / f"read.index{end}").unlink(missing_ok=True)
    with Index.open(folder / "read.index") as index:
        index.add(files[0])
    if ends == [""]:
        with Index.open(folder / "read.index") as index:
            index.add(files[1])
        shutil.copy(folder / "read.index", place)
    else:
        with Index.open(folder / "read.index") as index:
            index.add(files[1])
            for end in ends:  # the index is open: what was added last is in the log
                shutil.copy(folder / f"read.index{end}", place)
    return place / "read.index"


def _only_read(o: Outcome, index: Path, folder: Path, runner: Runner, must_be_read: bool) -> None:
    """Whether questions are answered as ever, and changes refused."""
    o.times += 1
    told = index.parent.name
    questions, changes = _questions(index, folder), _changes(index, folder)
    answers = runner([*questions, *changes])
    wanted = run_all(_questions(folder / index.name, folder))
    for command, said, other in zip(questions, answers, wanted, strict=False):
        _same(o, said, other, index, f"{told}, {' '.join(map(str, command[:2]))}", must_be_read)
    for command, said in zip(changes, answers[len(questions) :], strict=True):
        o.expect(said.code == 1 and not said.out, f"{told}, {command[1]}: it says that it changed something")
        o.expect(not (wrong := not_as_it_should(said, index)), f"{told}, {command[1]}: {wrong}")


def _changes(index: Path, folder: Path) -> list[Command]:
    return [
        ["index", "add", index, folder / "more.jsonl"],
        ["index", "remove", index, "0.jsonl#a0000"],
        ["index", "refresh", index, "--weights", "pile"],
    ]


def _questions(index: Path, folder: Path) -> list[Command]:
    form: Command = ["--format", "json", "--quiet"]
    return [
        ["index", "check", index],
        ["index", "export", index],
        ["index", "info", index],
        ["index", "query", index, folder / "asked.jsonl", *form],
        ["trace", "--index", index, *form],
    ]


def _same(o: Outcome, said: Said, wanted: Said, index: Path, told: str, must_be_read: bool) -> None:
    o.expect(not (wrong := not_as_it_should(said, index)), f"{told}: {wrong}")
    o.expect(said.code == 0 or not must_be_read, f"{told}: cannot be read: {said.err}")
    if said.code == 0 and "info" not in told:
        same = said.out.replace(str(index), "") == wanted.out.replace(str(index.parent.parent / index.name), "")
        o.expect(same, f"{told}: another answer than where it can be written to")
    o.seen["read as ever" if said.code == 0 else "refused to be read, with a reason"] += 1
