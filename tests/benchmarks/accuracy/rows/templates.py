"""Reports made from a template (earnings, bonds, rigs, load factors) share wording but no text: how many are claimed?

Claimed are two articles that the trace joins: by an arrow of .5 or more, by one source for both, or as certainly
related in an undecided direction. For the recall the same is asked of later takes of one story. The same again in a
simulated pile, of forms filled in with other figures and of all arrows between two articles.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from accuracy import product, reuters
from accuracy.corpora import articles, families_of
from accuracy.figures import Figure, Plan, mean
from accuracy.simple_methods import shingle_likeness
from provenance import Article, trace
from provenance.evaluate.claims import is_article

FILES = (reuters.FILE,)
PAIRS, QUICK = 600, 100  # of either sort
SEED, FAMILIES, QUICK_FAMILIES = 22_000, 60, 8  # of the simulated pile
LIMIT = 0.15  # Jaccard of 5-word shingles from which the simple method claims
Two = tuple[str, str]
FIGURES = (("claimed", "template reports claimed as derivation", 0.03), ("recall", "derivations claimed there", 0.98))


class Claimed(NamedTuple):
    """Whether a pair is claimed: ours, and by the simple method."""

    ours: bool
    simple: bool


def figures(data: Path, plan: Plan) -> Iterator[Figure]:
    for name, where, pairs, pile in (
        ("reuters", "Reuters", *_reuters(data, plan)),
        ("simulated", "simulated", *_made(plan)),
    ):
        ours = product.joined(trace(pile.values()))
        simple = shingle_likeness({id: pile[id].text for id in pile})
        for (figure, what, target), some in zip(FIGURES, pairs, strict=True):
            family = families_of(some)
            families: dict[str, list[Claimed]] = defaultdict(list)
            for two in some:
                if plan.wants(family[two[0]]):
                    pair = frozenset(two)
                    families[family[two[0]]].append(Claimed(pair in ours, simple.get(pair, 0.0) >= LIMIT))
            best: Literal["low", "high"] = "low" if figure == "claimed" else "high"
            yield Figure(
                f"templates.{name}_{figure}", f"{what}, {where}", families,
                lambda items: mean([i.ours for i in items]),
                lambda items: mean([i.simple for i in items]), f"Jaccard ≥ {LIMIT}", target, best,
            )  # fmt: skip


def _reuters(data: Path, plan: Plan) -> tuple[tuple[list[Two], list[Two]], dict[str, Article]]:
    """Template pairs and later takes, and the pile of all of them; equal texts would not be told apart."""
    items = reuters.items(data)
    most = QUICK if plan.quick else PAIRS
    pairs = reuters.template_pairs(items)[:most], reuters.takes(items)[:most]
    ids = sorted({id for some in pairs for two in some for id in two})
    return pairs, articles({"id": id, "text": items[id].body, "date": str(items[id].time)} for id in ids)


def _made(plan: Plan) -> tuple[tuple[list[Two], list[Two]], dict[str, Article]]:
    """The same of a simulated pile: forms filled in with other figures, and every arrow between two articles."""
    from provenance.simulate import simulate

    made = simulate(QUICK_FAMILIES if plan.quick else FAMILIES, seed=SEED, difficulty="half")
    forms = [two for decoy in made.decoys if decoy.why == "template" for two in decoy.pairs]
    true = [(d.derived, d.source) for d in made.truth.derivations if is_article(d.source) and is_article(d.derived)]
    sorts = [(_bare(one), _bare(other)) for one, other in forms], [(_bare(one), _bare(other)) for one, other in true]
    return sorts, {_bare(article.id): article for article in made.articles}


def _bare(id: str) -> str:
    return id.rpartition("#")[2]
