"""Pairs of texts that share passages, written as they are found: lines of JSON, rows of CSV, a table of the closest."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest

from provenance.report.columns import WIDTH, wrap
from provenance.report.json_string import json_string
from provenance.report.table import csv_cell
from provenance.report.wording import counted, in_ascii, plain
from provenance.shared import SharedText

PAIR_COLUMNS = ("a", "b", "words", "unchanged_words", "passages")
_MOST = 200  # pairs in the table; a large pile has a hundred thousand
_LEAST = 14  # columns of a name, where the terminal is narrow
_BESIDE = 50  # columns of the numbers and of the lines between the cells

_string = lru_cache(10_000)(json_string)  # the pairs of one text follow one another


class Counted:
    """Pairs that are counted while they pass."""

    def __init__(self, pairs: Iterable[SharedText]) -> None:
        self.pairs = pairs
        self.count = 0

    def __iter__(self) -> Iterator[SharedText]:
        for shared in self.pairs:
            self.count += 1
            yield shared


def pairs_jsonl(pairs: Iterable[SharedText]) -> Iterator[str]:
    """One line of JSON a pair: the ids, the words in common, and each passage with its place in both texts.

    >>> print(*pairs_jsonl([SharedText("a", "b", 9, [(0, 40, 12, 52, 9, True)])]), end="")
    {"a": "a", "b": "b", "words": 9, "passages": [{"a": [0, 40], "b": [12, 52], "words": 9, "kind": "verbatim"}]}

    Cost: 4 microseconds a pair of three passages.
    """
    for a, b, words, passages in pairs:
        found = ", ".join([_VERBATIM % p[:5] if p[5] else _EDITED % p[:5] for p in passages])
        yield f'{{"a": {_string(a)}, "b": {_string(b)}, "words": {words}, "passages": [{found}]}}\n'


_PASSAGE = '{"a": [%%d, %%d], "b": [%%d, %%d], "words": %%d, "kind": "%s"}'
_VERBATIM, _EDITED = _PASSAGE % "verbatim", _PASSAGE % "edited"


def pairs_csv(pairs: Iterable[SharedText]) -> Iterator[str]:
    """One row of CSV (RFC 4180) a pair, with the columns of ``PAIR_COLUMNS``; where passages stand is in the JSON."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(PAIR_COLUMNS)
    for shared in pairs:
        writer.writerow([csv_cell(shared.a), csv_cell(shared.b), *_numbers(shared)])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _numbers(shared: SharedText) -> tuple[int, int, int]:
    return shared.words, sum(p[4] for p in shared.passages if p[5]), len(shared.passages)


def pairs_table(pairs: Counted, *, ascii: bool = False, width: int = WIDTH) -> str:
    """The pairs with the most words in common as a table, and how many there are beside them.

    Args:
        pairs: the pairs in any order.
        ascii: draw lines with ASCII characters.
        width: columns of the terminal.

    Returns:
        Lines of text that end with a line break; of a million pairs no more than the shown are in memory.
    """
    from tabulate import tabulate

    shown = nlargest(_MOST, pairs, key=lambda shared: shared.words)
    if not shown:
        return "No two of these texts share a passage.\n"
    room = max(_LEAST, (width - _BESIDE) // 2)
    rows = [[*("\n".join(wrap(plain(id), room)) for id in shared[:2]), *map(str, _numbers(shared))] for shared in shown]
    text = tabulate(
        rows,
        headers=["text", "other text", "words in common", "unchanged", "passages"],
        tablefmt="grid" if ascii else "simple_grid",
        disable_numparse=True,  # tabulate would turn an id like 1e5 into 100000
        colalign=("left", "left", "right", "right", "right"),
    )
    lines = [text]
    if pairs.count > len(shown):
        more = counted(pairs.count - len(shown), "pair")
        lines += wrap(f"and {more} with fewer words in common; --format jsonl and --format csv list all", width)
    found = "\n".join(lines) + "\n"
    return in_ascii(found) if ascii else found
