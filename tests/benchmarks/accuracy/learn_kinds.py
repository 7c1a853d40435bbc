"""Learns the decision on the kind of reuse from the development data, and writes its file.

Run by hand, from the root of the repository (about two minutes):

    python tests/benchmarks/accuracy/learn_kinds.py -o provenance/data/reuse_kinds.toml

Without -o it only measures: one half of the families teaches, the other is judged, and the other way round.
Taught by: news pairs that were read (all kinds); answers written from a source (part); Reuters items of 1987 (the same
text and parts of it; forms filled in by different companies or on different days); unrelated news articles into which
the same paragraphs of a third were put (what pages repeat).
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

import click
import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from accuracy.corpora import SHARED, articles, families_of, records
from accuracy.reuters import items
from accuracy.simple_methods import auc, f1, macro_f1
from provenance.match import read_words
from provenance.match.measures import measures_of
from provenance.model import Article
from provenance.reconstruct.reuse import FEATURES
from provenance.shared import Measures
from provenance.simulate import simulate

KINDS = ("W", "P", "E", "Q", "B")
OF_KINDS = ("spread", "spread_other", "whole", "own", "pieces", "presented", "excerpt", "rest", "run", "share")
OF_FORMS = ("share", "narrative", "enough", "run", "density", "figures", "figures_changed")
SETS = {
    "news": 20.0,
    "answers": 3.0,
    "reuters": 2.0,
    "pages": 12.0,
    "simulated": 2.0,
}  # what each kind of a set weighs in all
FORMS = {"news": 6.0, "answers": 3.0, "reuters": 1.0, "simulated": 0.7}  # what each pair weighs
WHOLE, HALF = 0.85, 0.5  # of a text's own words that are shared: the same text, a part of it
STRENGTH = 2.0  # inverse of the pull of weights to zero
NOT_LESS = 1e-6  # of a spread, to divide by


class Lesson(NamedTuple):
    """One pair: the set it is from, its family, its kind (W, P, E, Q, B, T; - for W, P or E) and its measures."""

    set: str
    family: str
    kind: str
    measures: Measures


# --- what there is to learn from --------------------------------------------------------------------------------------


def lessons(data: Path) -> list[Lesson]:
    """All pairs; Reuters items that share too little to be told are left out."""
    return [*_news(data), *_answers(data), *_reuters(data), *_pages(data), *_simulated(data)]


def _news(data: Path) -> Iterator[Lesson]:
    pairs = [p for p in records(data, "news_reuse_pairs/pairs.jsonl.gz") if p["direction"] != "identical_record"]
    family = families_of((p["text_a"], p["text_b"]) for p in pairs)
    for pair in pairs:
        one, other = _read(pair, "a"), _read(pair, "b")
        yield Lesson("news", "news " + _short(family[pair["text_a"]]), pair["label"], _measures(one, other))


def _read(pair: Mapping[str, str], side: str) -> Article:
    fields = {name: pair.get(f"{name}_{side}") for name in ("text", "source", "title", "url")}
    return articles([{"id": side} | {name: value for name, value in fields.items() if value}])[side]


def _answers(data: Path) -> Iterator[Lesson]:
    docs = records(data, "clough_stevenson/docs.jsonl")
    read = articles({"id": doc["id"], "text": doc["text"]} for doc in docs)
    source = {doc["task"]: doc["id"] for doc in docs if doc["category"] == "orig"}
    for doc in docs:
        measures = _measures(read[doc["id"]], read[source[doc["task"]]])
        if doc["category"] not in ("orig", "non") and measures.narrative:
            yield Lesson("answers", "answers " + doc["task"], _by_share(measures) or "P", measures)


def _by_share(measures: Measures) -> str | None:
    share = max(measures.share_a, measures.share_b)
    return "W" if share >= WHOLE else "P" if share >= HALF else None


def _reuters(data: Path) -> Iterator[Lesson]:
    """Of each day: equal texts and takes of one story; over all days: one form, two companies or two days."""
    found = {id: item for id, item in items(data).items() if len(item.body.split()) < 1500}
    read = articles({"id": id, "text": item.body} for id, item in found.items())
    for one, other, kind in _told(found, data):
        measures = _measures(read[one], read[other])
        kind = kind if kind == "T" else _by_share(measures)
        if kind and measures.narrative:
            yield Lesson("reuters", f"reuters {found[one].time.date()}", kind, measures)


def _told(found: Mapping[str, object], data: Path) -> list[tuple[str, str, str]]:
    """Pairs of items that share three 5-word runs and whose titles say whether they are one story or one form."""
    titles = {str(d["newid"]): d["title"] or "" for d in records(data, "reuters21578/docs.jsonl.xz")}
    days: dict[str, set[object]] = defaultdict(set)
    for id, item in found.items():
        days[_form(titles[id])].add(item.time.date())
    told = []
    for one, other in _sharing(found):
        kind = _kind_by_titles(found[one], found[other], titles[one], titles[other], days)
        if kind:
            told.append((one, other, kind))
    some = Random(7)
    forms = [pair for pair in told if pair[2] == "T"]
    return [pair for pair in told if pair[2] != "T"] + some.sample(forms, min(len(forms), 1500))


def _form(title: str) -> str:
    return " ".join("#" if any(c.isdigit() for c in w) else w for w in title.split() if not w.startswith("<"))


def _kind_by_titles(one, other, title: str, title_other: str, days: Mapping[str, set[object]]) -> str | None:
    same = one.body.split() == other.body.split()
    hours = abs((one.time - other.time).total_seconds()) / 3600
    series = max(len(days[_form(t)]) for t in (title, title_other)) >= 3
    if same:
        return "D"
    if one.tickers and other.tickers and not one.tickers & other.tickers:
        return "T" if title.split()[:1] != title_other.split()[:1] else None
    if _form(title) == _form(title_other) and series and hours >= 20:
        return "T"
    words, words_other = set(_form(title).lower().split()), set(_form(title_other).lower().split())
    alike = len(words & words_other) >= max(2, 0.75 * len(words | words_other))
    corrected = "CORRECT" in title + title_other and bool(one.tickers & other.tickers)
    return "D" if hours <= 12 and not series and (alike or corrected) else None


def _sharing(found: Mapping[str, object], size: int = 5, least: int = 3, common: int = 60) -> list[tuple[str, str]]:
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, item in found.items():
        words = item.body.lower().split()
        for run in {tuple(words[k : k + size]) for k in range(len(words) - size + 1)}:
            holders[run].append(id)
    count: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= common:
            count.update(combinations(ids, 2))
    return sorted(pair for pair, n in count.items() if n >= least)


def _pages(data: Path, pairs: int = 240) -> Iterator[Lesson]:
    """Two articles of different days into which the same paragraphs of a third were put, half of them at the end."""
    docs = [d for d in records(data, "allsides_news/docs.jsonl.xz") if 1500 < len(d["text"]) < 9000]
    docs = [d for d in docs if d["text"].count("\n") >= 5]
    chance = Random(11)
    for number in range(pairs):
        one, other, third = chance.sample(docs, 3)
        if one.get("date") and one.get("date") == other.get("date"):
            continue
        paragraphs = _paragraphs(third["text"])
        length = chance.choice([1, 1, 1, 2, 3, 4, 8])
        at = chance.randrange(max(1, len(paragraphs) - length))
        repeated = paragraphs[at : at + length]
        texts = [_with(repeated, text["text"], chance) for text in (one, other)]
        read = articles({"id": str(k), "text": text} for k, text in enumerate(texts))
        if len(read) == 2:
            yield Lesson("pages", f"pages {number}", "B", _measures(read["0"], read["1"]))


def _simulated(data: Path, piles: int = 6) -> Iterator[Lesson]:
    """Forms filled in with other figures, quotations in common, and true arrows between two articles."""
    for number in range(piles):
        made = simulate(20, seed=600 + number, difficulty=("dated", "half", "bare")[number % 3])
        text = {article.id: article for article in made.articles}
        pairs = [("T" if d.why == "template" else "Q" if d.why == "quotation" else None, d.pairs) for d in made.decoys]
        true = [(d.derived, d.source) for d in made.truth.derivations]
        for kind, some in [*pairs, ("-", true)]:
            for one, other in some:
                if kind and one in text and other in text:
                    measures = _measures(text[one], text[other])
                    if measures.narrative or kind == "Q":
                        known = kind if kind != "-" else _by_share(measures) or ("P" if _enough(measures) else "-")
                        yield Lesson("simulated", f"simulated {number}", known, measures)


def _enough(measures: Measures) -> bool:
    """Whether so much was taken that it can be told from a phrase in common."""
    return measures.narrative >= 32


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if len(line) > 60]


def _with(repeated: Sequence[str], text: str, chance: Random) -> str:
    lines = _paragraphs(text)
    at = len(lines) if chance.random() < 0.5 else chance.randrange(1, len(lines) + 1)
    return "\n\n".join([*lines[:at], *repeated, *lines[at:]])


def _measures(one: Article, other: Article) -> Measures:
    return measures_of(read_words(one), read_words(other))


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


# --- learning ---------------------------------------------------------------------------------------------------------


class Fitted(NamedTuple):
    """Intercepts and weights by class over standardised features."""

    features: tuple[str, ...]
    means: np.ndarray
    scales: np.ndarray
    intercepts: dict[str, float]
    weights: dict[str, np.ndarray]

    def probabilities(self, found: Sequence[Lesson]) -> tuple[list[str], np.ndarray]:
        rows = (_rows(found, self.features) - self.means) / self.scales
        names = sorted(self.weights)
        scores = np.stack([rows @ self.weights[n] + self.intercepts[n] for n in names], axis=1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return names, powers / powers.sum(axis=1, keepdims=True)


def _rows(found: Sequence[Lesson], features: Sequence[str]) -> np.ndarray:
    return np.array([[FEATURES[name](one.measures) for name in features] for one in found])


def fit_kinds(found: Sequence[Lesson]) -> Fitted:
    """W, P, E, Q, B; each kind of a set weighs the same in all."""
    found = [one for one in found if one.kind in KINDS]
    n = Counter((one.set, one.kind) for one in found)
    weights = np.array([SETS[one.set] / n[one.set, one.kind] for one in found])
    return _fit(found, [one.kind for one in found], weights, OF_KINDS)


def fit_forms(found: Sequence[Lesson]) -> Fitted:
    """Forms filled in differently against text that was taken."""
    found = [one for one in found if one.set in FORMS]
    weights = np.array([FORMS[one.set] for one in found])
    return _fit(found, ["T" if one.kind == "T" else "-" for one in found], weights, OF_FORMS)


def _fit(found: Sequence[Lesson], classes: list[str], weights: np.ndarray, features: tuple[str, ...]) -> Fitted:
    from sklearn.linear_model import LogisticRegression

    rows = _rows(found, features)
    means = np.average(rows, axis=0, weights=weights)
    scales = np.sqrt(np.average((rows - means) ** 2, axis=0, weights=weights)) + NOT_LESS
    made = LogisticRegression(C=STRENGTH, max_iter=5000).fit((rows - means) / scales, classes, sample_weight=weights)
    names = [str(name) for name in made.classes_]
    slopes, starts = made.coef_, made.intercept_
    if len(names) == 2:  # scikit-learn gives the weights of the second class; those of the first are then nothing
        slopes, starts = np.vstack([0 * slopes[0], slopes[0]]), np.array([0.0, starts[0]])
    return Fitted(features, means, scales, dict(zip(names, starts, strict=True)), dict(zip(names, slopes, strict=True)))


# --- how good it is ---------------------------------------------------------------------------------------------------


def judged(found: Sequence[Lesson], seeds: int = 10) -> Mapping[str, float]:
    """Figures of pairs judged by what the other half of the families taught, mean over some ways to halve them."""
    figures: dict[str, list[float]] = defaultdict(list)
    for seed in range(seeds):
        families = sorted({one.family for one in found})
        Random(seed).shuffle(families)
        half = set(families[::2])
        parts = [one for one in found if one.family in half], [one for one in found if one.family not in half]
        said = [(one, p) for taught, asked in (parts, parts[::-1]) for one, p in _asked(taught, asked)]
        for name, value in _figures(said).items():
            figures[name].append(value)
    return {name: round(float(np.mean(values)), 4) for name, values in figures.items()}


def _asked(taught: Sequence[Lesson], asked: Sequence[Lesson]) -> Iterator[tuple[Lesson, dict[str, float]]]:
    names, kinds = fit_kinds(taught).probabilities(asked)
    sorts, forms = fit_forms(taught).probabilities(asked)
    form = forms[:, sorts.index("T")]
    for one, row, t in zip(asked, kinds, form, strict=True):
        yield one, {name: float(p * (1 - t)) for name, p in zip(names, row, strict=True)} | {"T": float(t)}


def _figures(said: Sequence[tuple[Lesson, dict[str, float]]]) -> dict[str, float]:
    news = [(one, p) for one, p in said if one.set == "news"]
    real = [p["W"] + p["P"] for _, p in news]
    truth = [one.kind in "WP" for one, _ in news]
    forms = [_taken(p) for one, p in said if one.kind == "T"]
    taken = [_taken(p) for one, p in said if one.set == "reuters" and one.kind in "WP"]
    simulated = [_taken(p) for one, p in said if one.set == "simulated" and one.kind in "WP"]
    return {
        "news F1": f1([p >= 0.5 for p in real], truth),
        "news AUC": auc(real, truth),
        "news kinds": macro_f1([max(sorted(p), key=p.__getitem__) for _, p in news], [one.kind for one, _ in news]),
        "forms claimed": float(np.mean([p >= 0.5 for p in forms])),
        "Reuters recall": float(np.mean([p >= 0.5 for p in taken])),
        "simulated recall": float(np.mean([p >= 0.5 for p in simulated])),
    }


def _taken(p: Mapping[str, float]) -> float:
    return p["W"] + p["P"] + p["E"]


# --- the file ---------------------------------------------------------------------------------------------------------


def written(kinds: Fitted, forms: Fitted, figures: Mapping[str, float], found: Sequence[Lesson]) -> str:
    """The file, to be read by people too."""
    n = Counter(one.set for one in found)
    head = [
        "# Which kind of reuse two texts show: two linear models over standardised features, see reconstruct/reuse.py.",
        "# Made by: python tests/benchmarks/accuracy/learn_kinds.py -o provenance/data/reuse_kinds.toml",
        "# Learnt from "
        + ", ".join(f"{n[name]} pairs of {name}" for name in sorted(n))
        + "; no text of theirs is here.",
        "# One half of the families judged by what the other taught: "
        + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
        + ".",
        "",
    ]
    return "\n".join([*head, *_table("kinds", kinds, KINDS), "", *_table("form", forms, ("T",)), ""])


def _table(name: str, fitted: Fitted, classes: Sequence[str]) -> list[str]:
    """One line a feature: its mean and scale, and its weight for every class."""
    starts = ", ".join(f"{one} = {fitted.intercepts[one]:.4f}" for one in classes)
    lines = [f"[{name}]", f"intercepts = {{ {starts} }}", "", f"[{name}.features]"]
    for k, feature in enumerate(fitted.features):
        weights = ", ".join(f"{one} = {fitted.weights[one][k]:.4f}" for one in classes)
        lines.append(f"{feature} = {{ mean = {fitted.means[k]:.4f}, scale = {fitted.scales[k]:.4f}, {weights} }}")
    return lines


@click.command(help=__doc__)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="where to write the file")
@click.option("--data", type=click.Path(path_type=Path), default=SHARED)
def main(output: Path | None, data: Path) -> None:
    found = lessons(data)
    click.echo(str(sorted(Counter((one.set, one.kind) for one in found).items())), err=True)
    figures = judged(found)
    click.echo("\n".join(f"{name}: {value}" for name, value in figures.items()))
    if output:
        output.write_text(written(fit_kinds(found), fit_forms(found), figures, found), encoding="utf-8")


if __name__ == "__main__":
    main()
