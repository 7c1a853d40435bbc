"""What the settings of fragments and digests are worth on PAN 2013, half by half; how they were chosen.

Run by hand, from the root of the repository (about 10 s a line once the texts are read):

    python tests/benchmarks/accuracy/tune_passages.py                        the settings as they are, both halves
    python tests/benchmarks/accuracy/tune_passages.py fragment_gap=3         other values
    python tests/benchmarks/accuracy/tune_passages.py --around               each setting a step lower and higher

Pairs that have a text in common are in one half, and ``--around`` looks at the first half only. The values of today
were chosen on one half of a split of this kind, by another hash, and were settled when the other half was looked at:
there they gave .99 .92 .95 .73 .95, on their own half 1.00 .94 .94 .90 .96.
Columns: plagdet verbatim, random, translation, summary, all.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from accuracy.corpora import SHARED, families_of, records
from provenance.evaluate import Reuse, passage_scores
from provenance.match import align, read_words, sheet_of
from provenance.match.reading import Reading
from provenance.model import Article, Span
from provenance.settings import Settings

CATEGORIES = ("no-obfuscation", "random-obfuscation", "translation-obfuscation", "summary-obfuscation", "")
STEPS: Mapping[str, tuple[float, float]] = {
    "seed_likeness": (0.25, 0.31),
    "fragment_gap": (3, 5),
    "fragment_overlap": (0.4, 0.45),
    "fragment_alone": (0.55, 0.65),
    "fragment_words": (17, 24),
    "case_words": (35, 45),
    "digest_sentences": (2, 4),
    "digest_cosine": (0.27, 0.33),
    "digest_focus": (0.75, 0.95),
    "digest_spread": (0.25, 0.4),
}


@click.command()
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--data", type=click.Path(path_type=Path), default=SHARED, help="Folder of the development data.")
@click.option("--around", is_flag=True, help="Each setting a step lower and higher, first half.")
def main(changes: Sequence[str], data: Path, around: bool) -> None:
    """Plagdet on PAN 2013 by category and half."""
    pairs, readings = _corpus(data)
    settings = _changed(Settings(), changes)
    for half in (0,) if around else (0, 1):
        click.echo(_line(f"half {half}", _scores(pairs[half], readings, settings)))
    for name, value in _around() if around else ():
        changed = _changed(settings, [f"{name}={value}"])
        click.echo(_line(f"{name} = {value}", _scores(pairs[0], readings, changed)))


def _around() -> Iterator[tuple[str, float]]:
    yield from ((name, value) for name, values in STEPS.items() for value in values)


def _corpus(data: Path) -> tuple[tuple[list[Any], list[Any]], dict[str, Reading]]:
    """The pairs of both halves, and every text read."""
    folder = "pan13_text_alignment"
    texts = {doc["id"]: doc["text"] for doc in records(data, f"{folder}/docs.jsonl.xz")}
    pairs = records(data, f"{folder}/pairs.jsonl.gz")
    family = families_of((pair["susp"], pair["src"]) for pair in pairs)
    halves: tuple[list[Any], list[Any]] = ([], [])
    for pair in pairs:
        halves[sha256(family[pair["susp"]].encode()).digest()[0] % 2].append(pair)
    return halves, {id: read_words(Article(id, id, text, language="en")) for id, text in texts.items()}


def _changed(settings: Settings, changes: Sequence[str]) -> Settings:
    given = (change.partition("=") for change in changes)
    kinds = {name: type(getattr(settings, name)) for name in settings.__dataclass_fields__}
    return replace(settings, **{name: kinds[name](float(value)) for name, _, value in given})


def _scores(pairs: Sequence[Any], readings: Mapping[str, Reading], settings: Settings) -> list[float]:
    seeds = {id: sheet_of(readings[id], settings) for pair in pairs for id in (pair["susp"], pair["src"])}
    found, true = [], []
    for number, pair in enumerate(pairs):
        ids = pair["susp"], pair["src"]
        shared = align(*(readings[id] for id in ids), *(seeds[id] for id in ids), (), settings, linked=True)
        cases = shared.fragments if shared else ()
        found.append([Reuse(f"{number}a", f"{number}b", case.a, case.b) for case in cases])
        true.append([_case(number, case) for case in pair["cases"]])
    chosen = [[k for k, pair in enumerate(pairs) if pair["category"].startswith(c)] for c in CATEGORIES]
    return [passage_scores(_flat(found, ks), _flat(true, ks)).plagdet or 0.0 for ks in chosen]


def _case(number: int, case: Mapping[str, int]) -> Reuse:
    there = Span(case["this_offset"], case["this_offset"] + case["this_length"])
    return Reuse(
        f"{number}a", f"{number}b", there, Span(case["source_offset"], case["source_offset"] + case["source_length"])
    )


def _flat(reuses: Sequence[Sequence[Reuse]], chosen: Sequence[int]) -> list[Reuse]:
    return [reuse for k in chosen for reuse in reuses[k]]


def _line(name: str, scores: Sequence[float]) -> str:
    return f"{name:26}" + " ".join(f"{score:.3f}" for score in scores)


if __name__ == "__main__":
    main()
