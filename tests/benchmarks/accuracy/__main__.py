"""python tests/benchmarks/accuracy: every figure of the accuracy table, beside what simple methods reach."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from accuracy.corpora import SHARED
from accuracy.figures import Plan, Result
from accuracy.floors import FILE, as_toml, failures, raised, read_floors
from accuracy.printed import table, write_readme
from accuracy.rows_in_processes import ROWS, SLOW, Row, run_all


def main() -> int:
    options = _options()
    if options.half != "all" and (options.check or options.raise_floors):
        sys.exit("floors hold for all families: --check and --raise want no --half")
    if not options.data.is_dir():
        print(f"{options.data} is not here: nothing to measure the accuracy on, skipped")
        return 0
    if options.reading:
        from accuracy.rows.real_articles import reading_list

        options.reading.write_text("\n".join(reading_list(options.data)) + "\n", encoding="utf-8")
        return 0
    rows = run_all(_names(options), options.data, Plan(options.quick, options.half), options.jobs)
    results = [result for row in rows for result in row.results]
    print(table(results, "github" if options.markdown else "simple"))
    if options.readme and not any(row.broken for row in rows):  # half a table would look like a whole one
        write_readme(table(results, "github"))
    for row in rows:
        if row.missing:
            print(f"{row.name}: no data ({row.missing})")
        if row.broken:
            print(f"{row.name} broke:\n{row.broken}")
    each = ", ".join(f"{row.name} {row.seconds:.0f}" for row in rows)
    print(f"\n{sum(row.seconds for row in rows):.0f} s of processor time ({each})", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return _floors(options, rows, results)


def _floors(options: argparse.Namespace, rows: Sequence[Row], results: Sequence[Result]) -> int:
    corpora = {row.name: row.corpus for row in rows}
    mode = "quick" if options.quick else "full"
    if options.raise_floors and not any(row.broken for row in rows):
        FILE.write_text(as_toml(raised(read_floors(), results, corpora, mode)), encoding="utf-8")
    if not (options.check or options.raise_floors):
        return int(any(row.broken for row in rows))
    wrong = [f"{row.name} broke" for row in rows if row.broken]
    wrong += failures(read_floors(), results, corpora, mode)
    print("\n".join(["", *wrong]) if wrong else "\nno figure is below its floor")
    return int(bool(wrong))


def _names(options: argparse.Namespace) -> list[str]:
    asked = options.rows.split(",") if options.rows else []
    if unknown := sorted(set(asked) - set(ROWS)):
        sys.exit(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    if asked:
        return [name for name in ROWS if name in asked]
    return [name for name in ROWS if not (options.quick and name in SLOW)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/accuracy", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, default=SHARED, metavar="DIR", help="a folder laid out as ../shared/data (the default)")
    add("--rows", metavar="A,B", help=f"only these rows of: {', '.join(ROWS)}")
    add("--quick", action="store_true", help="the part that takes under two minutes")
    add("--half", choices=["all", "dev", "held"], default="all", help="one half of the families of every row")
    add("--jobs", type=int, default=2, metavar="N", help="rows at a time (2)")
    add("--json", type=Path, metavar="FILE", help="write the figures into FILE too")
    add("--markdown", action="store_true", help="print the table for the README")
    add("--reading", type=Path, metavar="FILE", help="write the claims about real articles that nobody has read")
    add("--readme", action="store_true", help="write the table into the README")
    add("--check", action="store_true", help="exit 1 where a figure is below its floor (floors.toml)")
    add("--raise", action="store_true", dest="raise_floors", help="write higher floors, then check")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
