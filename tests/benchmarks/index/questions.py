"""Texts to ask an index about, of which it is known where they are from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
from numpy.random import Generator
from speed.piles import Truth, make_pile, truth_file
from speed.plan import Plan
from speed.tools import is_article, row_of

from index.slices import articles_of

KINDS = {
    "derived": "in the index, taken from another in it",
    "alone": "in the index, shares text with none",
    "excerpt": "edited excerpt of one in the index",
    "unrelated": "of another pile",
}
VERDICTS = {
    "right": "right",
    "kin": "its kin",
    "undecided": "undecided which of the two",
    "turned": "turned round",
    "third": "both of a third text",
    "none": "none",
    "wrong": "wrong",
}
KEPT = 0.5  # of the paragraphs of an excerpt
CHANGED = 0.1  # of its words: half of these left out, half replaced by another word of the text
FEWEST = 60  # words of an excerpt
OTHER_PILE = 1_000  # added to the seed
OTHER_SIZE = 4  # articles of the other pile for each that is asked


@dataclass(frozen=True, slots=True)
class Question:
    """file: holds the text; sources: rows of the articles from which it is; kin: rows that share text with it."""

    kind: str
    file: Path
    sources: frozenset[int]
    kin: frozenset[int]

    def verdict(self, answer: Mapping[str, Sequence[str]]) -> str:
        """One of VERDICTS.

        Args:
            answer: ids of its sources, most probable first; of undecided ones; of those derived from it; and of its
                family. What is named or inferred and no article has an id, too.
        """
        named = [row_of(id) for id in answer["sources"] if is_article(id)]
        if named:
            return "right" if named[0] in self.sources else "kin" if named[0] in self.kin else "wrong"
        known = self.sources | self.kin
        for verdict, part in (("undecided", "undecided"), ("turned", "derived"), ("third", "family")):
            if known & {row_of(id) for id in answer[part] if is_article(id)}:
                return verdict
        return "none"


def questions(plan: Plan, articles: int, number: int, folder: Path) -> list[Question]:
    """Writes as many questions of each kind as there are to be, to files of their own.

    Args:
        plan: the pile, and what another one is made of.
        articles: the first ones of the pile are in the index.
        number: of each kind.
        folder: where to.
    """
    rng = np.random.default_rng(plan.seed)
    pile = plan.pile()
    truth = Truth.load(truth_file(pile))
    sources, kin = partners(truth, articles)
    alone = [row for row in range(articles) if row not in kin and truth.template[row] < 0]
    rows = {
        "derived": _some(rng, sorted(sources), number),
        "alone": _some(rng, alone, number),
        "excerpt": _some(rng, range(articles), number),
    }
    wanted = frozenset(row for some in rows.values() for row in some)
    text = {row: article for row, article in enumerate(articles_of(pile, articles)) if row in wanted}
    asked = []
    for kind in ("derived", "alone"):
        for row in rows[kind]:
            file = folder / f"{kind}-{row}.jsonl"
            file.write_bytes(orjson.dumps(text[row]))
            asked.append(Question(kind, file, sources.get(row, frozenset()), kin.get(row, frozenset())))
    for row in rows["excerpt"]:
        file = folder / f"excerpt-{row}.txt"
        file.write_text(excerpt(text[row]["text"], rng), encoding="utf-8")
        asked.append(Question("excerpt", file, frozenset({row}), kin.get(row, frozenset())))
    return asked + _unrelated(plan, number, folder)


def partners(truth: Truth, articles: int) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """Of each article among the first ones its sources among these, and all of these that share text with it."""
    sources: dict[int, set[int]] = {}
    kin: dict[int, set[int]] = {}
    for source, derived in truth.edges.tolist():
        if source < articles and derived < articles:
            sources.setdefault(derived, set()).add(source)
    for a, b in truth.related.tolist():
        if a < articles and b < articles:
            kin.setdefault(a, set()).add(b)
            kin.setdefault(b, set()).add(a)
    return {row: frozenset(of) for row, of in sources.items()}, {row: frozenset(of) for row, of in kin.items()}


def _some(rng: Generator, rows: Collection[int], number: int) -> list[int]:
    return sorted(rng.choice(np.array(rows), min(number, len(rows)), replace=False).tolist())


def excerpt(text: str, rng: Generator) -> str:
    """Half of a text's paragraphs in their order, one word in twenty left out, one in twenty another one of the text.

    The first paragraph and the last two are the outlet's, where an article has as many. Short ones give more.
    """
    every = text.split("\n\n")
    body = every[1:-2] if len(every) > 5 else every
    order = rng.permutation(len(body))
    least = max(1, round(KEPT * len(body)))
    while least < len(body) and sum(len(body[at].split()) for at in order[:least]) < FEWEST:
        least += 1
    kept = [body[at].split() for at in sorted(order[:least])]
    words = [word for paragraph in kept for word in paragraph]
    return "\n\n".join(" ".join(_changed(paragraph, words, rng)) for paragraph in kept)


def _changed(paragraph: Sequence[str], words: Sequence[str], rng: Generator) -> list[str]:
    lot = rng.random(len(paragraph))
    other = rng.integers(len(words), size=len(paragraph))
    return [
        words[instead] if drawn < CHANGED else word
        for word, drawn, instead in zip(paragraph, lot, other, strict=True)
        if drawn >= CHANGED / 2
    ]


def _unrelated(plan: Plan, number: int, folder: Path) -> list[Question]:
    """Articles of a pile with another seed, those that share text with none of their own pile."""
    pile = folder / "other.jsonl"
    size = max(100, OTHER_SIZE * number)
    truth = make_pile(pile, size, plan.chain, plan.seed + OTHER_PILE)
    _, kin = partners(truth, size)
    asked: list[Question] = []
    for row, article in enumerate(articles_of(pile, size)):
        if row not in kin and truth.template[row] < 0 and len(asked) < number:
            file = folder / f"unrelated-{row}.jsonl"
            file.write_bytes(orjson.dumps(article))
            asked.append(Question("unrelated", file, frozenset(), frozenset()))
    return asked
