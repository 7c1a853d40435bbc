"""Articles a second of the processor while an index grows; with aligning; and what is known already."""

from collections.abc import Sequence

from speed.printed import figures, table

from index.grown import Step, Work
from index.slices import bounds, cut

KNOWN = 10_000  # articles at most that are added a second time
SOME = 200  # articles that come to an index whose articles are aligned


def lines(work: Work) -> list[str]:
    """A row for each step, the flatness, and a row for each other way to add."""
    _, steps = work.growth
    rows = [[f"{step.held:,}", *_figures(step)] for step in steps]
    heads = ["in the index before", "added", "cpu s", "wall s", "articles/s of cpu", "peak MB"]
    others = [*_aligned(work), _known(work)]
    return [
        f"Adding {work.articles:,} articles in {len(steps)} steps with --no-align, {work.speed.rounds} time(s):",
        "",
        table(rows, heads),
        "",
        f"Flatness (rate of the slowest step / of the first): {flatness(steps):.2f}. Over all steps "
        f"{work.articles / sum(step.added / step.rate for step in steps):,.0f} articles/s of cpu.",
        "",
        table([[says, f"{step.held:,}", *_figures(step)] for says, step in others], ["otherwise", *heads]),
    ]


def flatness(steps: Sequence[Step]) -> float:
    """The rate of the slowest step as part of the first one's: 1 where it never gets slower than at first."""
    return min(step.rate for step in steps) / steps[0].rate


def _figures(step: Step) -> list[str]:
    return [f"{step.added:,}", *figures(step.runs, step.added)]


def _aligned(work: Work) -> list[tuple[str, Step]]:
    """A new index with --align, and a few more articles to it."""
    many = min(work.aligned, work.articles)
    few = min(SOME, many // 10)
    first, second = cut(work.pile, [0, many - few, many], work.folder("aligned"))
    at_first, after = [], []
    for _ in work.rounds:
        index = work.file("aligned.index")
        at_first.append(work.add(index, first, "--align"))
        after.append(work.add(index, second, "--align"))
    return [
        ("--align, a new index", Step(0, many - few, tuple(at_first))),
        ("--align, some more", Step(many - few, few, tuple(after))),
    ]


def _known(work: Work) -> tuple[str, Step]:
    """The first articles once more: all are recognised."""
    ends = bounds(work.articles, work.steps)[:2]
    ends[1] = min(ends[1], KNOWN)
    (part,) = cut(work.pile, ends, work.folder("known"))
    runs = tuple(work.add(work.growth[0], part, "--no-align") for _ in work.rounds)
    part.unlink()
    return "all known already", Step(work.articles, ends[1], runs)
