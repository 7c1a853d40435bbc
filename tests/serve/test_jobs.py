"""Long work in processes of their own."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from serve import tasks
from serve.app_visitor import is_alive, wait_until

from provenance.serve.jobs import Job, Jobs


def job(task: Any, *arguments: Any, then: Any = lambda found: None) -> Job:
    return Job("trace", "/report", task, arguments, then)


async def over(jobs: Jobs, *all: Job) -> None:
    for one in all:
        assert await jobs.settled(one, 60)


def test_what_was_found_comes_back_and_the_progress_is_told() -> None:
    found: list[str] = []

    async def go() -> Job:
        jobs = Jobs(2)
        one = jobs.start(job(tasks.answer, "a tree", then=found.append))
        await over(jobs, one)
        return one

    done = asyncio.run(go())
    assert found == ["a tree"]
    assert (done.state, done.stage, done.done, done.total) == ("done", "reading", 1, 1)


def test_what_the_user_can_mend_is_said_in_its_own_words_and_a_fault_of_ours_as_such() -> None:
    async def go() -> list[Job]:
        jobs = Jobs(2)
        all = [jobs.start(job(task)) for task in (tasks.mistake, tasks.fault, tasks.die)]
        await over(jobs, *all)
        return all

    mistake, fault, died = asyncio.run(go())
    assert [one.state for one in (mistake, fault, died)] == ["failed"] * 3
    assert mistake.error == "line 3 is upside down; turn it"
    assert "fault of provenance, not yours" in fault.error and "ZeroDivisionError: ours" in fault.error
    assert "want of memory" in died.error and "command line" in died.error


def test_a_job_that_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    mark = tmp_path / "pid"

    async def go() -> Job:
        jobs = Jobs(1)
        one = jobs.start(job(tasks.sleep, str(mark)))
        await asyncio.to_thread(wait_until, lambda: one.total == 10)
        assert is_alive(int(mark.read_text()))
        one.stop()
        await over(jobs, one)
        return one

    assert asyncio.run(go()).state == "stopped"
    assert not is_alive(int(mark.read_text()))


def test_so_many_work_at_once_and_the_others_wait(tmp_path: Path) -> None:
    async def go() -> None:
        jobs = Jobs(2)
        sleepers = [jobs.start(job(tasks.sleep, str(tmp_path / name))) for name in ("one", "two")]
        await asyncio.to_thread(wait_until, lambda: all(s.total == 10 for s in sleepers))
        third, fourth = jobs.start(job(tasks.answer, "later")), jobs.start(job(tasks.answer, "never"))
        await asyncio.sleep(0.3)
        assert third.state == fourth.state == "waiting"
        fourth.stop()  # before it began
        sleepers[0].stop()
        await over(jobs, third, fourth)
        assert (third.state, fourth.state) == ("done", "stopped")
        assert sleepers[1].state == "running"
        await jobs.close()
        assert sleepers[1].state == "stopped"

    asyncio.run(go())
    assert not any(is_alive(int((tmp_path / name).read_text())) for name in ("one", "two"))


def test_a_job_that_is_stopped_while_it_starts_never_gives_a_result() -> None:
    found: list[str] = []

    async def go() -> Job:
        jobs = Jobs(1)
        one = jobs.start(job(tasks.answer, "too late", then=found.append))
        while one.state == "waiting":
            await asyncio.sleep(0)
        one.stop()
        await over(jobs, one)
        return one

    assert asyncio.run(go()).state == "stopped"
    assert not found


def test_a_silent_worker_ends_with_its_server_however_that_ends(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = (
        "import asyncio, sys; sys.path.insert(0, sys.argv[1])\n"
        "from serve import tasks\nfrom provenance.serve.jobs import Job, Jobs\n"
        "async def go():\n"
        "    jobs = Jobs(1)\n"
        "    await jobs.start(Job('trace', '/', tasks.sleep, (sys.argv[2],), print)).runs\n"
        "asyncio.run(go())"
    )
    tests = str(Path(__file__).parents[1])
    server = subprocess.Popen([sys.executable, "-c", code, tests, str(mark)])
    wait_until(lambda: mark.exists() and bool(mark.read_text()))
    server.kill()
    server.wait()
    wait_until(lambda: not is_alive(int(mark.read_text())))


def test_the_progress_is_said_in_words_that_fit() -> None:
    pytest.importorskip("starlette")
    from provenance.serve.pages import progress_words

    one = job(tasks.answer)
    assert progress_words(one) == "Another window of this program is working; yours is next."
    one.state, one.stage, one.total = "running", "Reading bomb.jsonl.gz (54 MB)", 1
    assert progress_words(one) == "Reading bomb.jsonl.gz (54 MB) …"
    one.stage, one.done, one.total = "reading", 3, 4000
    assert progress_words(one) == "Reading: 3 of 4,000"
