"""python tests/benchmarks/index: what an index of articles costs to grow, to keep, to ask and to trace."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from speed.__main__ import WORK
from speed.plan import Plan
from speed.printed import machine

from index.grown import Work
from index.slices import count_of

ROWS = {
    "add": "articles a second of the processor while an index grows to --articles, and with aligning",
    "size": "bytes of the file and of its parts, beside the text in it",
    "query": "seconds for a question, warm and from the shell; what is loaded; whether the source is right",
    "trace": "the first and the second trace of an index, beside the trace of the file",
}


def main() -> int:
    options = _options()
    speed = Plan(
        articles=options.articles or (count_of(options.pile) if options.pile else 10_000),
        rounds=options.rounds,
        material=options.material,
        work=options.work.resolve(),
        given=options.pile,
        cap=options.cap,
        tools=frozenset(),
        seed=options.seed,
    )
    work = Work(speed, options.steps, options.aligned, options.questions, options.index)
    for row in [options.row] if options.row else ROWS:
        for line in import_module(f"index.rows.{row}").lines(work):
            print(line, flush=True)
        print(flush=True)
    print(machine())
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks/index",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(["what there is to measure:", *(f"  {name:9}{says}" for name, says in ROWS.items())]),
    )
    add = parser.add_argument
    add("row", choices=ROWS, metavar="WHAT", nargs="?", help=f"of {', '.join(ROWS)}; all without it")
    add("--articles", type=int, metavar="N", help="articles in the index (10,000; of --pile: all)")
    add("--pile", type=Path, metavar="FILE", help="a pile that speed/piles.py made, instead of a new one")
    add("--rounds", type=int, default=1, metavar="N", help="times that each is measured; medians are printed (1)")
    add("--steps", type=int, default=10, metavar="N", help="parts in which the pile is added (10)")
    add("--aligned", type=int, default=2_000, metavar="N", help="articles added with --align (2,000)")
    add("--questions", type=int, default=50, metavar="N", help="questions of each kind (50)")
    add("--index", type=Path, metavar="FILE", help="ask and weigh this index of the pile's first articles: no growing")
    add("--material", type=Path, metavar="FOLDER", help="real texts to chain words from, see the speed benchmark")
    add("--cap", type=float, default=3600.0, metavar="SECONDS", help="stop a process after so long (3,600)")
    add("--seed", type=int, default=1, metavar="N", help="another seed is another pile, and other questions (1)")
    add("--work", type=Path, default=WORK, metavar="FOLDER", help=f"keeps piles and indexes ({WORK})")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
