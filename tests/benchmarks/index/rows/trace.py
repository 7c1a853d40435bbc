"""The first and the second trace of an index, beside the trace of the file it was made from."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from speed.measured import Run
from speed.printed import FIGURES, figures, table

from index.grown import Work
from index.rows.size import size_of
from index.slices import cut, text_bytes

Pairs = set[tuple[int, int, bytes]]


def lines(work: Work) -> list[str]:
    """A row for each of the three, whether they wrote the same bytes, and what the file has become."""
    file = cut(work.pile, [0, work.articles], work.folder("traced"))[0]
    untouched, index = work.file("untouched.index"), work.file("traced.index")
    work.add(untouched, file, "--no-align")
    runs: dict[str, list[Run]] = {"provenance trace FILE": [], "--index, first": [], "--index, second": []}
    written = {says: work.file(f"trace-{at}.json") for at, says in enumerate(runs)}
    aligned: dict[str, int | None] = dict.fromkeys(runs)
    for _ in work.rounds:
        shutil.copyfile(untouched, index)
        for says in runs:
            known = pairs_in(index)
            source = [str(file)] if says.endswith("FILE") else ["--index", str(index)]
            out = ["--format", "json", "--quiet", "-o", str(written[says])]
            runs[says].append(work.run("trace", *source, *out))
            if not says.endswith("FILE"):
                aligned[says] = len(pairs_in(index) - known)
    rows = [[says, *figures(done, work.articles), _told(aligned[says])] for says, done in runs.items()]
    traces = [each.read_bytes() for each in written.values()]
    text = text_bytes(work.pile, work.articles)
    told = [
        f"Tracing {work.articles:,} articles to JSON:",
        "",
        table(rows, ["provenance trace", *FIGURES, "pairs aligned and kept"]),
        "",
        f"The three traces are {'the same bytes' if len(set(traces)) == 1 else 'DIFFERENT'} ({len(traces[0]):,}). "
        f"The file had {size_of(untouched) / text:.2f} times the bytes of the text before, "
        f"{size_of(index) / text:.2f} with what was aligned.",
    ]
    for each in (*written.values(), untouched, index, file):
        each.unlink()
    return told


def _told(aligned: int | None) -> str:
    return "not kept" if aligned is None else f"{aligned:,}"


def pairs_in(index: Path) -> Pairs:
    """The pairs that an index knows, and under which key: what was aligned anew has another or is not in it."""
    with closing(sqlite3.connect(index)) as db:  # the last to close it takes the log away
        return set(db.execute("SELECT newer, older, key FROM alignment"))
