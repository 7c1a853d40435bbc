"""python tests/benchmarks/index/faults.py: what an index stands, as a table: kills, full disks, damage, rivals.

Exit code 1 where anything that was acknowledged is lost, half there or wrong, or a message is not one clear line.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from speed.printed import machine, table

from index.commands import Outcome
from index.damage import flipped, no_index, truncated
from index.kills import killed
from index.places import NotHere, full_disk, limited_files, no_rights, read_only_disk
from index.rivals import clock_backwards, readers_while_one_writes, two_writers

Fault = Callable[[Path, int, int], Outcome]

FAULTS: dict[Fault, int] = {  # how often, for 200 kills
    killed: 200,
    full_disk: 20,
    limited_files: 20,
    read_only_disk: 1,
    no_rights: 1,
    truncated: 60,
    flipped: 400,
    no_index: 1,
    two_writers: 6,
    readers_while_one_writes: 3,
    clock_backwards: 2,
}


def main() -> int:
    options = _options()
    rows, wrong = [], []
    begun = time.monotonic()
    for fault, times in FAULTS.items():
        if options.only and fault.__name__ not in options.only.split(","):
            continue
        with TemporaryDirectory(prefix="faults-", dir=options.work) as folder:
            try:
                found = fault(Path(folder), max(1, round(times * options.kills / 200)), options.seed)
            except NotHere as why:
                rows.append((fault.__name__, 0, f"not tried: {why}"))
                continue
        rows.append((found.fault, found.times, _said(found)))
        wrong += [f"{found.fault}: {line}" for line in found.wrong]
        print(f"{found.fault}: {found.times}", file=sys.stderr)
    print(table(rows, ("fault", "times", "outcome")))
    print(f"\n{time.monotonic() - begun:.0f} s; {machine()}")
    for line in wrong:
        print(f"- {line}")
    return 1 if wrong else 0


def _said(found: Outcome) -> str:
    seen = "; ".join(f"{what}: {count}" for what, count in sorted(found.seen.items()) if count)
    return f"{len(found.wrong)} PROMISES BROKEN; {seen}" if found.wrong else f"nothing lost; {seen}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks/index/faults.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--kills", type=int, default=200, metavar="N", help="processes that are killed; the rest in proportion (200)")
    add("--only", metavar="A,B", help=f"of {', '.join(fault.__name__ for fault in FAULTS)}")
    add("--seed", type=int, default=1, metavar="N", help="another seed is other articles, moments and bytes (1)")
    add("--work", type=Path, metavar="FOLDER", help="on the disk to be tried (the one for temporary files)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
