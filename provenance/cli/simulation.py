"""provenance simulate: a pile of invented articles with its truth."""

from dataclasses import replace

import click

from provenance.cli.options import PATH
from provenance.cli.progress import Progress
from provenance.cli.reading import read_pile


class Sizes(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on only
    """MIN-MAX, two whole numbers."""

    name = "MIN-MAX"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        low, dash, high = value.partition("-")
        if not (dash and low.isdecimal() and high.isdecimal()):
            self.fail(f"{value!r} is no range; write for example 5-30", param, ctx)
        return int(low), int(high)


@click.command()
@click.option("-o", "--output", metavar="DIR", required=True, help="The folder to write; made if it is not there.")
@click.option("--families", type=click.IntRange(1), default=20, show_default=True, help="How many events.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another pile; the same, the same.")
@click.option(
    "--difficulty",
    metavar="NAME|FILE.toml",
    default="half",
    show_default=True,
    help="dated: dates, no credits. half: half of the dates, three in ten credit their source. bare: neither. "
    "A file sets single probabilities.",
)
@click.option("--size", type=Sizes(), metavar="MIN-MAX", help="Texts of a family, hidden ones included (2-200).")
@click.option(
    "--material",
    type=PATH,
    multiple=True,
    metavar="PATH",
    help="Make families from the sentences of these articles instead of invented ones; may be given more than once.",
)
def simulate(
    output: str, families: int, seed: int, difficulty: str, size: tuple[int, int] | None, material: tuple[str, ...]
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

    chosen = simulating.difficulty(difficulty)
    if size is not None:
        chosen = replace(chosen, smallest=size[0], largest=size[1])
    with Progress(quiet=True) as progress:
        given = read_pile(material, progress).articles if material else ()
    made = simulating.simulate(families, seed=seed, difficulty=chosen, material=given)
    try:
        simulating.write(made, output)
    except OSError as error:
        raise click.BadParameter(f"cannot be written to ({error.strerror or error})", param_hint="--output") from error
    many = "y" if families == 1 else "ies"
    click.echo(f"{len(made.articles)} articles of {families} famil{many} in {output}", err=True)
