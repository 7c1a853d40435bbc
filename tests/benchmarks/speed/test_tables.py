"""The speed benchmark's figures: scores by hand, exponents, whole processes, and whose time a library's time is."""

import cProfile
import pstats
import sys

import numpy as np
import pytest

from speed.measured import run
from speed.piles import KINDS, Truth
from speed.printed import share
from speed.rows.growth import exponent
from speed.rows.profile import by_file
from speed.scores import score

# Five articles: 1 and 2 took from 0, so 1 and 2 share text too; 3 and 4 fill in one form; 0 and 3 are of one outlet.
TRUTH = Truth(
    edges=np.array([[0, 1], [0, 2]]),
    kind=np.array([KINDS.index("verbatim"), KINDS.index("excerpt")]),
    edge_words=np.array([300, 60]),
    edge_credited=np.array([True, False]),
    related=np.array([[0, 1], [0, 2], [1, 2]]),
    related_words=np.array([300, 60, 60]),
    template=np.array([-1, -1, -1, 0, 0]),
    outlet=np.array([0, 1, 2, 0, 3]),
)


def test_pairs_found_are_right_whichever_article_comes_first_and_counted_once() -> None:
    found = score(np.array([[1, 0], [0, 1], [1, 2]]), TRUTH)
    assert (found.pairs, found.precision, found.edges) == (2, 1.0, 0.5)
    assert (found.kinds["verbatim"], found.kinds["excerpt"], found.related) == (1.0, 0.0, pytest.approx(2 / 3))


def test_wrong_pairs_are_told_apart_by_form_outlet_and_neither() -> None:
    found = score(np.array([[0, 1], [3, 4], [0, 3], [2, 4]]), TRUTH)
    assert (found.template, found.outlet, found.other) == (1, 1, 1)
    assert (found.precision, found.without_templates) == (0.25, pytest.approx(1 / 3))


def test_nothing_found_scores_nothing() -> None:
    found = score(np.zeros((0, 2), np.int64), TRUTH)
    assert (found.pairs, found.edges, found.without_templates) == (0, 0.0, 0.0)


def test_a_share_that_is_not_all_is_never_printed_as_all() -> None:
    assert [share(x) for x in (1.0, 0.99999, 0.5, 0.0, float("nan"))] == ["1.000", ".999", ".500", ".000", ""]


def test_the_exponent_of_squares_is_two() -> None:
    assert exponent([10, 20, 40], [100.0, 400.0, 1600.0]) == pytest.approx(2)


def test_a_process_is_measured_with_the_memory_it_held_and_the_children_it_waited_for() -> None:
    code = "import subprocess, sys; x = b'x' * 150_000_000; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    done = run([sys.executable, "-c", code])
    assert not done.failed and done.cpu > 0.1
    assert 150_000_000 < done.peak < 400_000_000


def test_processor_time_of_a_child_that_nobody_waits_for_counts() -> None:
    child = "import time\nwhile time.process_time() < 0.6: pass"
    code = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {child!r}])
os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has waited for it
time.sleep(0.5)
os._exit(0)
"""
    assert run([sys.executable, "-c", code]).cpu > 0.5


def test_a_process_that_takes_too_long_is_stopped_and_one_that_fails_says_why() -> None:
    assert "stopped after" in run([sys.executable, "-c", "import time; time.sleep(60)"], cap=0.3).failed
    assert run([sys.executable, "-c", "raise SystemExit('no such pile')"]).failed == "exit code 1: no such pile"


def test_time_in_a_library_counts_for_the_file_that_called_it() -> None:
    from provenance.text import __file__ as text_file

    profile = cProfile.Profile()
    profile.enable()
    exec(compile("sorted(range(200_000), key=lambda x: -x)", text_file, "exec"), {})
    profile.disable()
    seconds = by_file(pstats.Stats(profile))
    assert seconds["text.py"] > 0.8 * sum(seconds.values())
