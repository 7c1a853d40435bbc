"""What stays undecided, which articles belong together, and how many independent reports they are."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from provenance.model import Alternative, Derivation, Estimate, Evidence, Family, Place, Undecided
from provenance.reconstruct.direction import (
    by_one_outlet,
    is_worth_a_look,
    looks_of,
    may_be_arrow,
    own_credits,
    relation_score,
)
from provenance.reconstruct.pair import Context
from provenance.reconstruct.texts import groups_of
from provenance.reconstruct.tree import Tree
from provenance.settings import Settings
from provenance.shared import Alignment


def undecided_pairs(
    tree: Tree, alignments: Sequence[Alignment], derivations: Sequence[Derivation], context: Context
) -> list[Undecided]:
    """Pairs that share text and that no derivation ties together, not even by way of others."""
    texts = {t.id: t for t in tree.texts}
    tied = _group_numbers(tree, derivations)
    possible = _arrows_between(tree)
    found: list[Undecided] = []
    for shared in alignments:
        has_words = _has_words(shared, context.settings)
        if not has_words and not is_worth_a_look(shared, context.settings):
            continue
        one, other = texts[shared.a], texts[shared.b]
        if tied[shared.a] == tied[shared.b] or by_one_outlet(one, other):
            continue
        credited = bool(own_credits(one, other) or own_credits(other, one))
        arrow = may_be_arrow(shared, credited, context.settings)
        if not arrow and not has_words:
            continue
        p_related = _p_related(shared, arrow)
        candidates = possible.get(frozenset((one.id, other.id)), ())
        if arrow and p_related >= 0.5:
            found.append(_undecided(shared, "direction", p_related, candidates, context))
        elif has_words and p_related >= context.settings.alternative_at:
            found.append(_undecided(shared, "relation", p_related, candidates, context))
    return found


def _group_numbers(tree: Tree, derivations: Iterable[Derivation]) -> dict[str, int]:
    ids = {t.id for t in tree.texts}
    arrows = [(d.derived, d.source) for d in derivations if d.kind != "contributed"]
    groups = groups_of(ids | {x for a in arrows for x in a}, arrows)
    return {id: number for number, group in enumerate(groups) for id in group}


def _p_related(shared: Alignment, arrow: bool) -> float:
    p = _related(shared)
    return round(p if arrow else min(p, 0.49), 4)


def _has_words(shared: Alignment, settings: Settings) -> bool:
    """Whether two texts share enough words, and not names alone, to be named as possibly related."""
    words = min(shared.shared_a, shared.shared_b)
    return words >= settings.mention_words and shared.plain >= settings.plain_share * shared.shared_a * 0.8


def _arrows_between(tree: Tree) -> dict[frozenset[str], tuple[Alternative, ...]]:
    """By two articles, the possible arrows between them or the texts that are read through them, likeliest first."""
    found: dict[frozenset[str], list[Alternative]] = {}
    for arrow, p in zip(tree.arrows, tree.p_arrow, strict=True):
        both = frozenset((arrow.pair.derived.article.id, arrow.pair.source.article.id))
        found.setdefault(both, []).append(Alternative(arrow.pair.derived.id, arrow.pair.source.id, p))
    return {
        both: tuple(sorted(group, key=lambda c: (-c.probability, c.derived, c.source))) for both, group in found.items()
    }


def _undecided(
    shared: Alignment, what: str, p_related: float, candidates: tuple[Alternative, ...], context: Context
) -> Undecided:
    settings = context.settings
    score = relation_score(shared)
    same = min(shared.verbatim_a, shared.verbatim_b)
    said = "word is" if same == 1 else "words are"
    few = "only " if score < 0 else ""
    detail = f"{few}{same:,} {said} the same, in the same order" if same else "no long run of words is the same"
    places = tuple(Place(shared.a, p.a) for p in shared.passages if p.counted)
    if what == "direction":
        settle = "a credit in one of them, dates that surely differ, or an earlier text that both took from"
    else:
        settle = f"a credit in one of them, or a third text with the same words ({_why_none(shared, settings)})"
    return Undecided(
        articles=(shared.a, shared.b),
        what="direction" if what == "direction" else "relation",
        p_related=p_related,
        shares=(round(shared.share_a, 4), round(shared.share_b, 4)),
        candidates=candidates,
        evidence=(Evidence("shared_text", score, detail, places),),
        passages=shared.passages,
        would_settle=settle,
    )


def _why_none(shared: Alignment, settings: Settings) -> str:
    """Why the words that two texts share make no arrow."""
    words = min(shared.shared_a, shared.shared_b)
    if words < settings.counted_words:
        counts = "counts" if words == 1 else "count"
        return (
            f"only {words} of the shared words {counts}, as quotations, set phrases and forms do not; an arrow wants "
            f"{settings.counted_words}"
        )
    if relation_score(shared) < 0:
        return looks_of(shared)
    if shared.plain < settings.plain_share * shared.shared_a * 0.8:
        return "most of the shared words are names and numbers"
    return "hardly any run of words is the same in both"


Law = npt.NDArray[np.float64]  # probabilities of 0, 1, 2 … reports


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """A family and the law of how many independent reports it is."""

    family: Family
    law: Law

    @property
    def first(self) -> str:
        return min((*self.family.articles[:1], *self.family.sources[:1]))

    def renamed(self, number: Mapping[str, str]) -> "Reports":
        """The same with the ids of unseen sources exchanged."""
        if not any(id in number for id in self.family.sources):
            return self
        sources = tuple(sorted(number.get(id, id) for id in self.family.sources))
        return Reports(replace(self.family, sources=sources), self.law)


def families_of(
    tree: Tree, derivations: Sequence[Derivation], undecided: Sequence[Undecided]
) -> tuple[list[Reports], int]:
    """Families of two sources or more, each with its number of independent reports; and how many texts are alone.

    A family counts the texts that have no source: the sum of the probabilities of "original", and one, once, for a
    named or unseen text that feeds articles and has no source itself. A text that certainly shares words with
    another of its family is no report of its own even where its arrow is wrong: its probability of "original" counts
    only as far as the two may be unrelated. Texts that are undecided in direction are one report, and one more with
    the probability that they are not related after all. A secondary source, what is only
    cited or quoted, and what is undecided in relation join nothing: an article belongs to the family of its primary
    source. Somebody wrote it first, so a family is one report at least; and as no article stands for
    two reports, it is no more than its articles.
    """
    arrows = [(d.derived, d.source) for d in derivations if d.is_primary]
    derived = {d for d, _ in arrows}
    twins = [u for u in undecided if u.what == "direction"]
    ids = {t.id for t in tree.texts} | {x for a in arrows for x in a}
    read = {t.id for t in tree.texts if t.read_through}
    groups = groups_of(ids, [*arrows, *(u.articles for u in twins)])
    family = {id: number for number, group in enumerate(groups) for id in group}
    twins_of: dict[int, list[Undecided]] = defaultdict(list)
    for twin in twins:
        twins_of[family[twin.articles[0]]].append(twin)
    apart = _unrelated(tree, family)
    found: list[Reports] = []
    for number, group in enumerate(groups):
        if len(group) > 1:
            articles = tuple(i for i in group if not i.startswith(("named:", "unseen:")))
            others = tuple(i for i in group if i.startswith(("named:", "unseen:")) or i in read)
            law = _family_law(_chances(tree, group, derived, twins_of[number], apart), max(1, len(articles)))
            found.append(Reports(Family(articles, others, estimate([law])), law))
    return found, sum(len(group) == 1 for group in groups)


def _chances(
    tree: Tree,
    group: Sequence[str],
    derived: Collection[str],
    twins: Sequence[Undecided],
    apart: Mapping[str, float],
) -> list[float]:
    """For each text that may be an independent report of a family, the probability that it is one."""
    free = {id for id in group if id not in derived}
    ties = {u.articles: u.p_related for u in twins if u.articles[0] in free and u.articles[1] in free}
    out: list[float] = []
    tied: set[str] = set()
    groups = [likes for likes in groups_of(free, ties) if len(likes) > 1] if ties else []
    number = {id: k for k, likes in enumerate(groups) for id in likes}
    related: list[list[float]] = [[] for _ in groups]
    for tie, p in ties.items():
        related[number[tie[0]]].append(p)
    for likes, found in zip(groups, related, strict=True):
        tied |= set(likes)
        out.append(1.0)
        out += [1.0 - p for p in sorted(found, reverse=True)[: len(likes) - 1]]
    feeding: dict[str, float] = {}  # a text that is not here: the probability that no article draws on it
    first = _likeliest_from_unseen(tree, [id for id in group if id not in tied])
    for id in group:
        given = {option.id: p for option, p in tree.options.get(id, ())} if id not in tied else {}
        if id == first:  # a report of its own or from one that nobody has: either way it stands for one
            given["original"] = given["original"] + given.pop("unseen", 0.0)
        for option, p in given.items():
            if option == "original":
                out.append(p * apart.get(id, 1.0) if id in derived else p)
            else:
                feeding[option] = feeding.get(option, 1.0) * (1.0 - p)
    return out + [1.0 - none for none in feeding.values()]


def _likeliest_from_unseen(tree: Tree, group: Sequence[str]) -> str | None:
    """The text of a family that most likely has an unseen source, the earliest of equals."""
    unseen = {id: p for id in group for option, p in tree.options.get(id, ()) if option.id == "unseen"}
    return max(sorted(unseen), key=lambda id: unseen[id], default=None)


def _unrelated(tree: Tree, family: Mapping[str, int]) -> dict[str, float]:
    """For each text that shares words with another of its family, the probability that it is related to none."""
    found: dict[str, float] = {}
    for arrow in (*tree.arrows, *tree.aside):
        ids = arrow.pair.derived.id, arrow.pair.source.id
        if family[ids[0]] == family[ids[1]]:
            apart = 1.0 - _related(arrow.pair.shared)
            for id in ids:
                found[id] = min(found.get(id, 1.0), apart)
    return found


def _related(shared: Alignment) -> float:
    return 1.0 / (1.0 + math.exp(-relation_score(shared)))


def _family_law(chances: Sequence[float], articles: int) -> Law:
    """How many reports a family is, with what probability: independent trials, one at least, at most one an article."""
    law = np.ones(1)
    for p in chances:
        law = np.convolve(law, [1.0 - p, p])
    law = np.concatenate([law, np.zeros(max(0, articles + 1 - len(law)))])
    law[articles] += law[articles + 1 :].sum()
    law = law[: articles + 1]
    law[1] += law[0]
    law[0] = 0.0
    return law


_LONG = 256  # from this length on it pays to look
_NOTHING = 1e-30  # a probability that no sum of this precision notices, however many they are


def estimate(laws: Iterable[Law], sure: int = 0) -> Estimate:
    """The expected sum of independent counts, rounded, and its 5-95 % range.

    Args:
        laws: the probabilities of 0, 1, 2 … for each count.
        sure: what is counted besides.

    Cost: some microseconds a law; what is as good as impossible is left off, so that the sum of n laws stays as wide as
    the square root of n.

    >>> estimate([np.array([0.0, 1.0]), np.array([0.1, 0.9])])
    Estimate(n=2, low=1, high=2)
    """
    total = np.ones(1)
    for law in laws:
        top = int(law.argmax())
        if law[top] > 0.9995:
            sure += top
        else:
            total = np.convolve(total, law)
            if len(total) > _LONG:
                some = np.flatnonzero(total > _NOTHING)
                total, sure = total[some[0] : some[-1] + 1], sure + int(some[0])
    below = np.cumsum(total)
    low, high = (sure + int(np.searchsorted(below, q)) for q in (0.05, 0.95))
    n = math.floor(sure + float(np.arange(len(total)) @ total) + 0.5)
    return Estimate(n, min(n, low), max(n, high))


def group_members(groups: Mapping[str, int]) -> list[list[str]]:
    """Ids by group number, in the order of the numbers."""
    found: dict[int, list[str]] = {}
    for id in sorted(groups):
        found.setdefault(groups[id], []).append(id)
    return [found[n] for n in sorted(found)]
