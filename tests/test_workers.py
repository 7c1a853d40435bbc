"""Work by several processes: in order, as one does it, and none of them is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice

import pytest
from worker_tasks import end_or_double, inverse

from provenance.workers import _AHEAD, _AT_ONCE, cores, in_order


def test_results_come_in_the_order_of_the_things() -> None:
    assert list(in_order(abs, range(-100, 0), processes=2)) == list(range(100, 0, -1))


def test_one_process_is_this_one() -> None:
    assert list(in_order(end_or_double, [(os.getpid(), 4)], processes=1)) == [8]


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(inverse, [1, 0], processes=2))


def test_what_a_process_that_has_died_leaves_is_done_here() -> None:
    assert list(in_order(end_or_double, [(os.getpid(), n) for n in range(40)], processes=2)) == list(range(0, 80, 2))


def test_only_so_many_things_are_under_way() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = in_order(abs, things(), processes=2)
    assert list(islice(results, 20)) == list(range(20))
    assert len(taken) <= 20 + (_AHEAD * 2 + 1) * _AT_ONCE
    results.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_ends_all_at_once_and_says_nothing_more() -> None:
    program = (
        "import time\nfrom provenance.workers import in_order\n"
        "def main():\n"
        "    print('started', flush=True)\n"
        "    try:\n        list(in_order(time.sleep, [30] * 40, processes=2))\n"
        "    except KeyboardInterrupt:\n        print('stopped', flush=True)\n"
        "main()\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "started\n"
    time.sleep(1)
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    said, complained = running.communicate(timeout=20)  # a process that is left would hold the pipe of stderr open
    assert (said, complained) == ("stopped\n", "")
    assert time.monotonic() - begun < 10


def test_there_is_a_core() -> None:
    assert cores() >= 1
