"""The rows of the table, and how they are measured: each in a process of its own."""

import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from accuracy.corpora import NoDataError, fingerprint
from accuracy.figures import Plan, Result, measured

ROWS = (  # in the order of the table
    "pan",
    "clough",
    "news_pairs",
    "bills",
    "licences",
    "git_versions",
    "reuters_takes",
    "simulated",
    "real_articles",
    "templates",
    "credits",
    "pages",
)
SLOW = ("real_articles",)  # not in the quick part; some others take less of their data there


@dataclass(frozen=True, slots=True)
class Row:
    """What one row gave: its results, or why there are none: a set is missing, or something broke."""

    name: str
    results: tuple[Result, ...]
    corpus: str
    seconds: float
    missing: str | None = None
    broken: str | None = None


def run(name: str, data: Path, plan: Plan) -> Row:
    """Measures one row; a set that is not in the folder is said to be missing."""
    started = time.process_time()
    try:
        row = import_module(f"accuracy.rows.{name}")
        corpus = fingerprint(data, row.FILES) if row.FILES else row.corpus(plan)
        results = tuple(measured(figure) for figure in row.figures(data, plan))
    except NoDataError as missing:
        return Row(name, (), "", 0.0, str(missing))
    except Exception:  # a row that breaks must not hide the others; the run fails all the same
        return Row(name, (), "", 0.0, broken=traceback.format_exc())
    return Row(name, results, corpus, time.process_time() - started)


def run_all(names: Sequence[str], data: Path, plan: Plan, jobs: int) -> list[Row]:
    """The rows in order, ``jobs`` of them at a time; each in a process that starts fresh."""
    if jobs == 1:
        return [run(name, data, plan) for name in names]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = [pool.submit(run, name, data, plan) for name in names]
        return [one.result() for one in waiting]
