"""provenance simulate: a pile of invented articles with its truth."""

from dataclasses import replace
from pathlib import Path

import click

from provenance.cli.options import PATH
from provenance.cli.output import one_line
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile
from provenance.model import Article

_LEAST, _MOST = 1, 500  # texts of a family; as in simulate.SIZES


class Sizes(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on only
    """MIN-MAX, two whole numbers."""

    name = "MIN-MAX"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        low, dash, high = value.partition("-")
        if not (dash and low.isdecimal() and high.isdecimal()):
            self.fail(f"{value!r} is no range; write for example 5-30", param, ctx)
        if max(len(low), len(high)) > 9 or not all(_LEAST <= int(end) <= _MOST for end in (low, high)):
            self.fail(f"{value!r}: a family has {_LEAST} to {_MOST} texts", param, ctx)
        return int(low), int(high)


def _folder(context: click.Context, option: click.Parameter, folder: str) -> str:
    """Refuses no name at all, and before the work what holds something else than a pile of ours."""
    from provenance.simulate import is_ours

    if not folder.strip():
        raise click.BadParameter("name a folder", param_hint="-o")
    place = Path(folder)
    if place.is_dir() and any(place.iterdir()) and not context.params.get("force") and not is_ours(place):
        raise click.BadParameter(
            f"{folder!r} is not empty and no pile of provenance simulate; name another folder, or write into it "
            "with --force",
            param_hint="-o",
        )
    return folder


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    callback=_folder,
    help="The folder to write; made if it is not there. An older pile in it is written over.",
)
@click.option("--force", is_flag=True, is_eager=True, help="Write into DIR whatever stands in it.")
@click.option(
    "--families",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    help="How many events. Most make few texts, some very many: --size sets bounds.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another pile; the same, the same.")
@click.option(
    "--difficulty",
    metavar="NAME|FILE.toml",
    default="half",
    show_default=True,
    help="dated: dates, no credits. half: half of the dates, three in ten credit their source. bare: neither. "
    "A file sets single probabilities.",
)
@click.option(
    "--size", type=Sizes(), metavar="MIN-MAX", help=f"Texts of a family, hidden ones included ({_LEAST}-{_MOST})."
)
@click.option(
    "--material",
    type=PATH,
    multiple=True,
    metavar="PATH",
    help="Make families from the sentences of these articles instead of invented ones, without those that credit "
    "others; may be given more than once.",
)
def simulate(
    output: str,
    force: bool,
    families: int,
    seed: int,
    difficulty: str,
    size: tuple[int, int] | None,
    material: tuple[str, ...],
) -> None:
    """Write a pile of invented articles of which it is known who took from whom.

    Families grow from one report each: reprints, cuts, excerpts, rewrites, merges, updates, with hidden sources,
    wrong dates and credits; among them reports that are alike and not derived. DIR gets articles.jsonl, truth.json and
    a README.

    \b
    Examples: provenance simulate -o pile
              provenance simulate -o pile --families 100 --difficulty bare --seed 7
              provenance evaluate pile pile/truth.json
    """
    from provenance import simulate as simulating
    from provenance.report.wording import counted

    chosen = simulating.difficulty(difficulty)
    if size is not None:
        chosen = replace(chosen, smallest=size[0], largest=size[1])
    given = _given(material) if material else ()
    made = simulating.simulate(families, seed=seed, difficulty=chosen, material=given)
    try:
        simulating.write(made, output)
    except OSError as error:
        raise click.BadParameter(f"cannot be written to ({error.strerror or error})", param_hint="--output") from error
    said = f"{counted(len(made.articles), 'article')} of {counted(made.families, 'family', 'families')}"
    click.echo(f"{said} in {one_line(output)}", err=True)


def _given(paths: tuple[str, ...]) -> tuple[Article, ...]:
    """The articles of the paths, without those that say that they took from others."""
    from provenance import pipeline
    from provenance.report.wording import counted
    from provenance.simulate import takes_from_others

    with Progress(quiet=True) as progress:
        read = pipeline.inspect(read_pile(paths, progress))
    given = tuple(a for a in read if not takes_from_others(a))
    if left_out := len(read) - len(given):
        click.echo(
            f"{counted(left_out, 'article')} of the material left out: their text is another's, they say", err=True
        )
    return given
