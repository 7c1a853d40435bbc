"""Learns the weights of the cues from the development data and from simulated families, and writes their file.

Run by hand, from the root of the repository (about half an hour of processor time, kept in --cache for another run):

    python tests/benchmarks/accuracy/learn_weights.py -o provenance/data/cue_weights.toml

Families are split whole. Where labels were read from names, credits or dates these are taken away first: versions of
documents, licences, takes of a story and news pairs teach only the direction of a pair, and only by its words.
"""

import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import click

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from accuracy.corpora import SHARED, articles, families_of, records
from accuracy.figures import Half, Plan
from accuracy.reuters import items, takes
from accuracy.rows import git_versions, licences, news_pairs
from provenance.learn import Example, Turn, example_of, fit, turns_of, weights_file
from provenance.model import Article, Pile
from provenance.pipeline import inspect
from provenance.reconstruct.weights import cue_weights
from provenance.simulate import Difficulty, simulate
from provenance.simulate import difficulty as named

Lesson = Example | Turn
Task = tuple[str, Path, Plan]

FAMILIES, PILES = 20, 2  # of a simulated pile; piles for each difficulty and kind of material
LARGEST = 40  # texts of a family: larger ones would take most of the time and all of the weight
DIFFICULTIES = ("dated", "half", "bare")
# Nobody knows how often which of these happens; weights that hold for one mixture of them alone hold nowhere else.
_ALONE = dict.fromkeys(
    ("independent", "templates", "background", "quoted", "merge", "update", "small_print", "stray_frame"), 0.0
)
VARIETIES: dict[str, dict[str, float]] = {
    "mixed": {},
    "alone": {**_ALONE, "strength": 0.25, "smallest": 5, "largest": 14},
    "literal": {**_ALONE, "rewrite": 0.05, "addition": 0.8, "chain": 0.0, "smallest": 5, "largest": 14},
    "tall": {"chain": 0.8, "hidden_root": 0.2, "hidden_inner": 0.05, "strength": 0.3},
}
MATERIAL = 400  # real articles, of which some simulated families are built
CUES = tuple(cue_weights().weights)


def lessons(data: Path, plan: Plan, jobs: int) -> list[Lesson]:
    """Everything there is to learn from, the parts in two processes or more."""
    simulated = [
        f"{name} {kind} {variety} {n}"
        for name in DIFFICULTIES
        for kind in ("ours", "real")
        for variety in VARIETIES
        for n in range(PILES)
    ]
    tasks = [(what, data, plan) for what in ("git", "licences", "takes", "news", *simulated)]
    with ProcessPoolExecutor(jobs) as pool:
        return [lesson for part in pool.map(_lessons, tasks) for lesson in part]


def _lessons(task: Task) -> list[Lesson]:
    what, data, plan = task
    if what in _TURNS:
        return list(_TURNS[what](data, plan))
    name, kind, variety, number = what.split()
    difficulty = replace(named(name), **({"largest": LARGEST} | VARIETIES[variety]))
    first = 1000 * list(VARIETIES).index(variety) + 100 * DIFFICULTIES.index(name) + (300 if kind == "real" else 0)
    return _trees(difficulty, real_articles(data) if kind == "real" else [], first + int(number), plan)


def _trees(difficulty: Difficulty, material: list[Article], seed: int, plan: Plan) -> list[Lesson]:
    """One simulated pile; seeds below 10,000 are for learning."""
    pile = simulate(FAMILIES, seed=seed, difficulty=difficulty, material=material)
    family = {id: f"simulated {seed} {n}" for id, n in pile.family_of.items()}
    found = example_of(Pile(pile.articles), pile.truth, family, CUES)
    return [example for example in found if plan.wants(example.family)]


def real_articles(data: Path) -> list[Article]:
    """Some news articles that credit nobody with text of theirs: the truth of a family would not know of it."""
    some = [d for d in records(data, "allsides_news/docs.jsonl.xz") if 2000 <= len(d["text"]) <= 8000]
    drawn = Random(0).sample(some, min(MATERIAL, len(some)))
    read = articles({"id": d["id"], "text": d["text"], "title": d["title"]} for d in drawn)
    own = {a.id for a in inspect(Pile(tuple(read.values()))) if not any(c.tier in "AB" for c in a.credits)}
    return [a for a in read.values() if a.id in own]


def _git(data: Path, plan: Plan) -> Iterator[Turn]:
    """Adjacent versions, each two alone and then all of a chain together."""
    for chain, versions in git_versions.versions_by_chain(data, plan).items():
        read = {int(n): article for n, article in git_versions.read_versions(versions).items()}
        in_order = [read[n] for n in sorted(read)]
        yield from _each_alone([(*both, chain) for both in pairwise(in_order)], plan)
        pairs = pairwise(article.id for article in in_order)
        yield from turns_of(Pile(tuple(map(_bare, in_order))), pairs, chain, CUES)


def _licences(data: Path, plan: Plan) -> Iterator[Turn]:
    texts, edges = licences.masked_texts(records(data, licences.FILES[0])), licences.true_edges(data)
    read = articles({"id": id, "text": text} for id, text in texts.items())
    family = families_of(edges)
    yield from _each_alone([(read[source], read[derived], family[source]) for source, derived in edges], plan)


def _takes(data: Path, plan: Plan) -> Iterator[Turn]:
    found = items(data)
    pairs = takes(found)
    family = families_of(pairs)
    read = articles({"id": id, "text": found[id].body} for pair in pairs for id in pair)
    yield from _each_alone(((read[a], read[b], family[a]) for a, b in pairs), plan)


def _news(data: Path, plan: Plan) -> Iterator[Turn]:
    pairs = [p for p in records(data, news_pairs.FILES[0]) if p["direction"] in ("a->b", "b->a")]
    family = families_of((p["a"], p["b"]) for p in pairs)
    for pair in pairs:
        read = articles({"id": side, "text": pair[f"text_{side}"]} for side in "ab")
        both = [read["a"], read["b"]] if pair["direction"] == "a->b" else [read["b"], read["a"]]
        yield from _each_alone([(both[0], both[1], family[pair["a"]])], plan)


def _each_alone(pairs: Iterable[tuple[Article, Article, str]], plan: Plan) -> Iterator[Turn]:
    for source, derived, family in pairs:
        if plan.wants(family):
            yield from turns_of(Pile((_bare(source), _bare(derived))), [(source.id, derived.id)], family, CUES)


def _bare(article: Article) -> Article:
    """An article without what its label may have been read from: dates, names, credits."""
    return replace(article, outlet=None, byline=None, url=None, title=None, published=None, credits=(), stamps=())


_TURNS = {"git": _git, "licences": _licences, "takes": _takes, "news": _news}


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--data", type=click.Path(exists=True, path_type=Path), default=SHARED, help="The development data.")
@click.option("--half", type=click.Choice(["all", "dev", "held"]), default="all", help="Which half of the families.")
@click.option("--jobs", default=2, help="Processes.")
@click.option("--spread", default=1.0, help="How far weights may be from those by hand before examples speak.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keeps what was read off the data, for another run.")
def main(output: Path, data: Path, half: Half, jobs: int, spread: float, cache: Path | None) -> None:
    """Learn the weights of the cues."""
    found = pickle.loads(cache.read_bytes()) if cache and cache.exists() else lessons(data, Plan(half=half), jobs)
    if cache and not cache.exists():
        cache.write_bytes(pickle.dumps(found))
    before = cue_weights()
    fitted = fit(found, CUES, before, spread=spread)
    output.write_text(weights_file(fitted, before, _made_by(half, spread, found)), encoding="utf-8")
    by_hand, learnt = fitted.held_out
    print(f"{fitted.texts} texts and pairs, temperature {fitted.temperature}; log-likelihood of one that was left out:")
    print(f"{by_hand} with the weights by hand, {learnt} with the learnt ones")


def _made_by(half: str, spread: float, found: Sequence[Lesson]) -> list[str]:
    trees = [x for x in found if isinstance(x, Example)]
    texts, pairs = sum(e.n for e in trees), len(found) - len(trees)
    return [
        f"Made by: python tests/benchmarks/accuracy/learn_weights.py --half {half} --spread {spread:g} -o FILE",
        f"From {len(trees)} groups of simulated families with {texts} texts, and {pairs} pairs of texts",
        "of which the direction is known (versions of documents, licences, takes of agency stories, news).",
    ]


if __name__ == "__main__":
    main()
