"""Work on several cores comes back in its order."""

import threading
import time

import pytest

from provenance.kernels.threads import in_order


@pytest.mark.parametrize("threads", [1, 2, 5, None])
def test_results_come_in_the_order_of_the_items_however_long_each_takes(threads):
    def slow(k: int) -> int:
        time.sleep(0.002 * (k % 3))
        return k * k

    assert list(in_order(slow, range(20), threads)) == [k * k for k in range(20)]


def test_items_are_taken_only_a_few_ahead_of_what_is_given_back():
    taken = []

    def items():
        for k in range(100):
            taken.append(k)
            yield k

    results = in_order(lambda k: k, items(), threads=3)
    next(results)
    assert len(taken) <= 5


def test_an_error_reaches_the_caller_and_stops_the_rest():
    done = []

    def fails(k: int) -> int:
        done.append(k)
        if k == 3:
            raise ValueError("three")
        return k

    with pytest.raises(ValueError, match="three"):
        list(in_order(fails, range(1000), threads=2))
    assert len(done) < 20


def test_one_thread_is_the_callers_own():
    assert set(in_order(lambda _: threading.get_ident(), range(3), threads=1)) == {threading.get_ident()}
