"""provenance learn: the weights of the cues, from piles of which it is known who took text from whom."""

import math
from pathlib import Path

import click

from provenance.cli.output import check_output, put
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile
from provenance.errors import InputError


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False))
@click.option("-o", "--output", metavar="FILE.toml", required=True, help="The file of weights to write.")
@click.option(
    "--spread",
    type=click.FloatRange(min=0.01, max=100.0),
    default=1.0,
    show_default=True,
    help="How far, in log-odds, a weight may lie from the one set by hand before examples speak.",
)
@click.option("--quiet", is_flag=True, help="No progress and no notes on stderr.")
def learn(folders: tuple[str, ...], output: str, spread: float, quiet: bool) -> None:
    """Learn from piles whose sources are known how much each reason weighs.

    Each FOLDER holds articles and a truth.json, as provenance simulate writes them and inputs/README.md explains. The
    weights under which the true trees are likeliest are written to a file; provenance trace takes it with
    --set cues=FILE. A few hundred articles are few: reasons that seldom occur in them keep the weight they had.

    \b
    Examples: provenance simulate -o learning --families 200
              provenance learn learning -o weights.toml
              provenance trace articles --set cues=weights.toml
    """
    from provenance.ingest import read_truth
    from provenance.learn import example_of, fit, weights_file
    from provenance.reconstruct.weights import cue_weights

    check_output(output)
    before = cue_weights()
    cues = tuple(before.weights)
    lessons = []
    with Progress(quiet) as progress:
        for number, folder in enumerate(folders):
            truth = read_truth(Path(folder) / "truth.json")
            lessons += example_of(read_pile((folder,), progress), truth, {}, cues)
            progress("learning from piles", number + 1, len(folders))
        if len({lesson.family for lesson in lessons}) < 2:
            raise InputError("in these piles hardly any two articles share text: give more, or others")
        found = fit(lessons, cues, before, spread=spread)
    put(weights_file(found, before, [f"Made by: provenance learn, from {len(folders)} folders"]), output)
    if not quiet:
        by_hand, learnt = found.held_out
        click.echo(
            f"Learnt from {found.texts} texts. To the true source of one that was left out the learnt weights give "
            f"{math.exp(learnt - by_hand):.2f} times the probability that those by hand give it, on average.",
            err=True,
        )
