"""The parts of a pile that have nothing to do with one another: each is reconstructed by itself, one after the other.

What competes for being a text's source shares words with it, so articles that no chain of shared words ties together
decide nothing for one another. Memory for reasons and matrices is thus that of a part, not of the pile.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import Article, Fact
from provenance.reconstruct.texts import groups_of, open_credits
from provenance.shared import Alignment

_TOGETHER = 1000  # articles; small groups are taken together, so that each call does more than begin and end


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Articles by id, all their alignments, and what a person says of them."""

    articles: Mapping[str, Article]
    alignments: Sequence[Alignment]
    facts: Sequence[Fact]


def parts_of(
    articles: Mapping[str, Article], alignments: Sequence[Alignment], facts: Sequence[Fact]
) -> tuple[Iterator[Part], list[str]]:
    """The parts of a pile, and the ids of the articles that share nothing and draw on nothing.

    Cost: linear in articles and alignments.
    """
    ties = [(x.a, x.b) for x in alignments]
    ties += [(f.article, f.value) for f in facts if f.article in articles and f.value in articles]
    drawing = {id for id, a in articles.items() if open_credits([a])}
    tied = {id for tie in ties for id in tie} | {f.article for f in facts if f.article in articles} | drawing
    alone = [id for id in articles if id not in tied]
    return _parts(articles, alignments, facts, list(_taken_together(groups_of(tied, ties)))), alone


def _parts(
    articles: Mapping[str, Article],
    alignments: Sequence[Alignment],
    facts: Sequence[Fact],
    groups: Sequence[Sequence[str]],
) -> Iterator[Part]:
    number = {id: k for k, group in enumerate(groups) for id in group}
    shared: dict[int, list[Alignment]] = defaultdict(list)
    for alignment in alignments:
        shared[number[alignment.a]].append(alignment)
    said: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.article in number:
            said[number[fact.article]].append(fact)
    for k, group in enumerate(groups):
        yield Part({id: articles[id] for id in group}, shared.pop(k, ()), said.get(k, ()))


def _taken_together(groups: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Small groups joined until they are many enough."""
    held: list[str] = []
    for group in groups:
        held += group
        if len(held) >= _TOGETHER:
            yield held
            held = []
    if held:
        yield held
