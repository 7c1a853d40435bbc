"""Nothing lost: the shortened form of ``python tests/benchmarks/index/faults.py``, which says all of it in a table."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from index.commands import Outcome, not_as_it_should, run
from index.damage import flipped, no_index, truncated
from index.invented import articles, write
from index.kills import killed
from index.places import NotHere, full_disk, limited_files, no_rights, read_only_disk, without_roots_rights
from index.rivals import clock_backwards, readers_while_one_writes, two_writers

from provenance.errors import DamagedIndex
from provenance.index import Index
from provenance.index.database import Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills, mounts and limits as Unix has them")


READER = """
import sys
from provenance.errors import BusyIndex
from provenance.index.database import Database
try:
    with Database.opened(sys.argv[1]).reading() as db:
        print("reading", flush=True)
        sys.stdin.readline()
        db.execute("SELECT count(*) FROM article").fetchone()
except BusyIndex as told:
    print(told)
"""


def plain_user() -> list[str]:
    """What makes the permissions of files bind us too; skipped where it cannot be done."""
    try:
        return without_roots_rights()
    except NotHere as why:
        pytest.skip(str(why))


def tried(fault: Callable[[Path, int], Outcome], folder: Path, times: int) -> Outcome:
    """What came of a fault; skipped where this machine does not let it be made."""
    try:
        return fault(folder, times)
    except NotHere as why:
        pytest.skip(str(why))


# --- kills ----------------------------------------------------------------------------------------------------------


def test_what_a_killed_process_acknowledged_is_there_and_nothing_by_halves(tmp_path: Path) -> None:
    found = killed(tmp_path, 12)
    assert found.wrong == []
    assert found.times == 12


# --- no room, no right ----------------------------------------------------------------------------------------------


def test_a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    found = tried(full_disk, tmp_path, 2)
    assert found.wrong == []
    assert found.seen["stopped: no room"] == found.times == 2


def test_files_that_may_not_grow_are_like_a_full_disk(tmp_path: Path) -> None:
    found = tried(limited_files, tmp_path, 1)
    assert found.wrong == []
    assert found.seen["stopped: no room"] == 1


def test_an_index_on_a_disk_for_reading_only_is_read_with_what_is_in_its_log(tmp_path: Path) -> None:
    found = tried(read_only_disk, tmp_path, 1)
    assert found.wrong == []
    assert found.seen["read as ever"] >= 10


def test_who_may_not_write_can_ask_and_is_told_why_not_add(tmp_path: Path) -> None:
    found = tried(no_rights, tmp_path, 1)
    assert found.wrong == []
    assert found.seen["read as ever"] == 15


# --- damage ---------------------------------------------------------------------------------------------------------


def test_a_cut_index_is_refused_at_whatever_length(tmp_path: Path) -> None:
    assert truncated(tmp_path, 14).wrong == []


def test_a_flipped_bit_is_told_or_changes_no_text(tmp_path: Path) -> None:
    found = flipped(tmp_path, 20)
    assert found.wrong == []
    assert found.seen["told by check"] > 10  # most bytes are those of records


def test_what_is_no_index_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    assert no_index(tmp_path).wrong == []


def test_settings_that_were_changed_by_hand_are_not_believed(tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.index") as index:
        index.add(write(tmp_path / "some.jsonl", articles(4)))
    data = (tmp_path / "news.index").read_bytes()
    assert data.count(b'"shingle_words": 5') == 1
    (tmp_path / "news.index").write_bytes(data.replace(b'"shingle_words": 5', b'"shingle_words": 6'))
    with Index.open(tmp_path / "news.index") as index, pytest.raises(DamagedIndex, match="how it was made"):
        index.trace()
    assert len(run("index", "export", tmp_path / "news.index").out.splitlines()) == 4


def test_the_log_of_an_index_that_is_gone_is_not_written_into_a_new_one(tmp_path: Path) -> None:
    index, some = tmp_path / "news.index", write(tmp_path / "some.jsonl", articles(4))
    with Index.open(index) as opened:
        opened.add(some)
        log = index.with_name("news.index-wal").read_bytes()
    index.unlink()
    index.with_name("news.index-wal").write_bytes(log)
    said = run("index", "add", index, some)
    assert said.code == 1 and "news.index-wal" in said.error and "delete the log" in said.error
    assert index.with_name("news.index-wal").read_bytes() == log and not index.exists()
    index.with_name("news.index-wal").unlink()
    assert run("index", "add", index, some).out.count("\n") == 4


def test_a_device_is_no_place_for_an_index_and_a_link_leads_to_one(tmp_path: Path) -> None:
    some = write(tmp_path / "some.jsonl", articles(2))
    said = run("index", "add", "/dev/null", some)
    assert not not_as_it_should(said, Path("/dev/null")) and said.code == 1 and Path("/dev/null").is_char_device()
    (tmp_path / "link.index").symlink_to(tmp_path / "real.index")
    assert run("index", "add", tmp_path / "link.index", some).code == 0
    assert (tmp_path / "link.index").is_symlink() and run("index", "check", tmp_path / "real.index").code == 0


# --- others, and the time -------------------------------------------------------------------------------------------


def test_a_second_writer_waits_and_then_says_who_writes(tmp_path: Path) -> None:
    assert two_writers(tmp_path, 2).wrong == []


def test_readers_see_one_state_each_while_another_process_writes(tmp_path: Path) -> None:
    found = readers_while_one_writes(tmp_path, 3)
    assert found.wrong == [] and found.times > 6


def test_no_clock_is_believed(tmp_path: Path) -> None:
    assert clock_backwards(tmp_path).wrong == []


def test_a_reader_without_locks_notices_that_somebody_wrote(tmp_path: Path) -> None:
    """In a folder in which a reader may not write, no lock tells it of a writer who may."""
    index = tmp_path / "news.index"
    with Index.open(index) as opened:
        opened.add(write(tmp_path / "some.jsonl", articles(2)))
    tmp_path.chmod(0o555)
    command = [*plain_user(), sys.executable, "-c", READER, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout and reader.stdout.readline() == "reading\n"
        tmp_path.chmod(0o755)
        with Index.open(index) as opened:
            opened.remove(["some.jsonl#a0001"])
        told, _ = reader.communicate("go on\n", timeout=60)
    assert told.startswith(f"{index} was written to while it was read") and "try again" in told


def test_a_mistake_of_a_program_is_not_taken_for_damage(tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.index") as index:
        index.add(write(tmp_path / "some.jsonl", articles(2)))
    database = Database.opened(tmp_path / "news.index")
    with pytest.raises(ZeroDivisionError), database.reading():
        _ = 1 // 0
    database.close()
