"""provenance learn: the weights of the cues, from piles of which it is known who took text from whom."""

import math
from pathlib import Path
from tempfile import TemporaryFile

import click

from provenance.cli.options import QUIET
from provenance.cli.output import check_output, put
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile
from provenance.errors import InputError


def _number(context: click.Context, option: click.Parameter, value: float) -> float:
    """Refuses "nan", which stands in no order with the ends of a range."""
    if math.isnan(value):
        raise click.BadParameter("nan is no number; write for example 1")
    return value


def _different(context: click.Context, option: click.Parameter, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses a folder that is given twice: its examples would count twice."""
    seen: set[Path] = set()
    for folder in folders:
        if (place := Path(folder).resolve()) in seen:
            raise click.BadParameter(f"{folder} is given twice; name each folder once")
        seen.add(place)
    return folders


@click.command()
@click.argument("folders", nargs=-1, required=True, callback=_different, type=click.Path(exists=True, file_okay=False))
@click.option("-o", "--output", metavar="FILE.toml", required=True, help="The file of weights to write.")
@click.option(
    "--spread",
    type=click.FloatRange(min=0.01, max=100.0),
    default=1.0,
    show_default=True,
    callback=_number,
    help="How far, in log-odds, a weight may lie from the one set by hand before examples speak.",
)
@QUIET
def learn(folders: tuple[str, ...], output: str, spread: float, quiet: bool) -> None:
    """Learn from piles whose sources are known how much each reason weighs.

    Each FOLDER holds articles and a truth.json, as provenance simulate writes them and inputs/README.md explains. The
    weights under which the true trees are likeliest are written to a file; provenance trace takes it with
    --set cues=FILE. A few hundred articles are few: reasons that seldom occur in them keep the weight they had, and
    below 300 the file says that its probabilities are not calibrated.

    \b
    Examples: provenance simulate -o learning --families 200
              provenance learn learning -o weights.toml
              provenance trace articles --set cues=weights.toml
    """
    from provenance.evaluate import not_in_pile
    from provenance.ingest import read_truth
    from provenance.learn import example_of, fit, told, weights_file
    from provenance.reconstruct.weights import cue_weights
    from provenance.report.wording import counted

    _check_place(output, folders)
    before = cue_weights()
    cues = tuple(before.weights)
    lessons = []
    with Progress(quiet) as progress:
        for number, folder in enumerate(folders):
            file = Path(folder) / "truth.json"
            truth, pile = read_truth(file), read_pile((folder,), progress)
            not_in_pile(truth, (a.id for a in pile.articles), file.as_posix())
            lessons += example_of(pile, truth, {}, cues)
            progress("learning from piles", number + 1, len(folders))
        if len({lesson.family for lesson in lessons}) < 2:
            raise InputError("in these piles hardly any two articles share text: give more, or others")
        found = fit(lessons, cues, before, spread=spread)
    from_piles = counted(len(folders), "folder")
    put(weights_file(found, before, [f"Made by: provenance learn, from {from_piles}"]), output)
    if not quiet:
        click.echo(f"Learnt from {counted(found.texts, 'text')} of {from_piles}.", err=True)
        for line in told(found, before):
            click.echo(line, err=True)


def _check_place(output: str, folders: tuple[str, ...]) -> None:
    """Refuses, before the work, a place that cannot be written to or that is read."""
    check_output(output)
    place = Path(output).resolve()
    if place.suffix != ".toml" and any(place.is_relative_to(Path(folder).resolve()) for folder in folders):
        raise click.BadParameter(f"{output!r} stands among what is read; name a .toml file", param_hint="-o")
    if place.exists() and not place.is_file():
        return  # a pipe or a device
    try:
        with TemporaryFile(dir=place.parent):
            pass
    except OSError as wrong:
        raise click.BadParameter(f"{output!r} cannot be written to ({wrong.strerror})", param_hint="-o") from wrong
