"""python tests/benchmarks/speed: how fast, how small, how complete, beside the other tools on the same files."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from speed.piles import Truth, truth_file
from speed.plan import Plan

ROWS = {
    "pairs": "detection and alignment, ours and the other tools in turn",
    "trace": "the whole trace, with 1 and 2 threads",
    "growth": "time and memory from 10,000 articles to --articles, both commands",
    "crowds": "--articles reprints of one text, near-equal ones, one form; one outlet with 20 times as many",
    "pages": "a folder of web pages",
    "first": "the first run, which compiles",
    "profile": "where the time goes",
}
WORK = Path.home() / ".cache" / "provenance-speed"


def main() -> int:
    options = _options()
    work = options.work.resolve()
    plan = Plan(
        articles=options.articles or _articles(options.pile),
        rounds=options.rounds,
        material=options.material,
        work=work,
        given=options.pile,
        cap=options.cap,
        tools=frozenset(filter(None, (options.tools or "").split(","))),
        seed=options.seed,
    )
    for line in import_module(f"speed.rows.{options.row}").lines(plan):
        print(line)
    return 0


def _articles(pile: Path | None) -> int:
    return len(Truth.load(truth_file(pile)).outlet) if pile else 10_000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks/speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(["what there is to measure:", *(f"  {name:9}{says}" for name, says in ROWS.items())]),
    )
    add = parser.add_argument
    add("row", choices=ROWS, metavar="WHAT", help=f"one of {', '.join(ROWS)}")
    add("--articles", type=int, metavar="N", help="articles in the pile (10,000)")
    add("--rounds", type=int, default=3, metavar="N", help="runs of every tool, in turn; medians are printed (3)")
    add("--material", type=Path, metavar="FOLDER", help="real texts (.jsonl, .txt, also .gz, .xz) to chain words from")
    add("--pile", type=Path, metavar="FILE", help="a pile that piles.py made, instead of a new one")
    add(
        "--tools",
        metavar="A,B",
        help="only these tools (growth, crowds: pairs, trace; crowds: equal, near, form, outlet)",
    )
    add("--cap", type=float, default=600.0, metavar="SECONDS", help="stop a run after so long (600)")
    add("--seed", type=int, default=1, metavar="N", help="another seed is another pile (1)")
    add("--work", type=Path, default=WORK, metavar="FOLDER", help=f"keeps piles and the peers' environment ({WORK})")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
