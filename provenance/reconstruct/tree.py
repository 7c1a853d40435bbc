"""The tree of sources: all possible arrows in one matrix, exact probabilities, the best tree, what it leaves open."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.model import (
    Alternative,
    Article,
    Credit,
    Derivation,
    DerivationKind,
    Evidence,
    Place,
    Source,
)
from provenance.reconstruct.arborescence import marginals, maximum_arborescence
from provenance.reconstruct.changes import changes_between
from provenance.reconstruct.contest import Contest, log_sum
from provenance.reconstruct.kinds import kind_by_share, kind_of, shows
from provenance.reconstruct.pair import Context, Finding, Text, articles_of, weighed
from provenance.reconstruct.roots import Arrow, Option
from provenance.reconstruct.texts import Named
from provenance.reconstruct.wording import read_ahead
from provenance.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """What the matrix gives, before it is written up.

    Attributes:
        texts: in canonical order (date, outlet, hash, id), which settles all ties.
        arrows: possible arrows, the primary ones of the matrix.
        p_arrow: their probabilities, rounded to 1e-4.
        options: by text id, what else it may hang under, with the probability.
        chosen: by text id, the arrow or option of the best tree.
        aside: arrows that explain other words than the strongest one: secondary sources.
    """

    texts: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    p_arrow: tuple[float, ...]
    options: Mapping[str, Sequence[tuple[Option, float]]]
    chosen: Mapping[str, int | Option]
    aside: tuple[Arrow, ...]


def decide(contest: Contest) -> Tree:
    """The probabilities of all that competes, and the maximum arborescence over them."""
    graph = contest.graph()
    p_arrow, p_root = marginals(graph)
    p_arrow, p_root = p_arrow.round(4), p_root.round(4)
    best = maximum_arborescence(replace(graph, score=p_arrow, root=p_root))
    weighted = {t.id: _split_root(contest.options[t.id], float(p_root[k])) for k, t in enumerate(contest.texts)}
    number = {(a.pair.derived.id, a.pair.source.id): k for k, a in enumerate(contest.arrows)}
    chosen: dict[str, int | Option] = {
        text.id: number[text.id, contest.texts[best[k]].id]
        if best[k] >= 0
        else max(weighted[text.id], key=lambda o: (o[1], o[0].id))[0]
        for k, text in enumerate(contest.texts)
    }
    return Tree(contest.texts, contest.arrows, tuple(p_arrow.tolist()), weighted, chosen, contest.aside)


def _split_root(options: Sequence[Option], p_root: float) -> list[tuple[Option, float]]:
    total = log_sum([o.score for o in options])
    return [(o, round(p_root * math.exp(o.score - total), 4)) for o in options]


# --- written up -----------------------------------------------------------------------------------------------------


def derivations_of(tree: Tree, context: Context) -> list[Derivation]:
    """The arrows of the tree at ``arrow_at`` or more, then the secondary ones."""
    settings = context.settings
    found: list[Derivation] = []
    arrows: list[tuple[Arrow, float, bool]] = []
    for text in tree.texts:
        pick = tree.chosen[text.id]
        if isinstance(pick, int):
            if tree.p_arrow[pick] >= settings.arrow_at:
                arrows.append((tree.arrows[pick], tree.p_arrow[pick], True))
        elif pick.id.startswith("named:"):
            p = next(p for o, p in tree.options[text.id] if o.id == pick.id)
            if p >= settings.arrow_at:
                found.append(_from_option(text, pick, p, settings))
    taken = {(d.derived, d.source) for d in found} | {(a.pair.derived.id, a.pair.source.id) for a, _, _ in arrows}
    for arrow in tree.aside:
        p = round(_logistic(arrow.score), 4)
        if p >= settings.arrow_at and (arrow.pair.derived.id, arrow.pair.source.id) not in taken:
            arrows.append((arrow, p, False))
    arrows.sort(key=lambda each: (each[0].pair.source.id, each[0].pair.derived.id))
    ready = read_ahead(arrows, lambda each: articles_of(each[0].pair), context.is_large)
    return found + [_from_arrow(arrow, p, is_primary, context) for arrow, p, is_primary in ready]


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


_TAKEN_OFF, _ADDED = "taken off, because it may come from elsewhere", "added, because it hardly comes from elsewhere"


def with_competition(evidence: Iterable[Evidence], probability: float) -> tuple[Evidence, ...]:
    """Evidence closed by the line that makes the weights add up to the logit of the probability."""
    kept = tuple(evidence)
    p = min(max(probability, 1e-4), 1 - 1e-4)
    rest = round(math.log(p / (1 - p)) - sum(e.weight for e in kept), 6)
    return (*kept, Evidence("competition", rest, _ADDED if rest > 0 else _TAKEN_OFF))


def _from_arrow(arrow: Arrow, probability: float, is_primary: bool, context: Context) -> Derivation:
    pair = arrow.pair
    measured = not shows(pair)
    return Derivation(
        derived=pair.derived.id,
        source=pair.source.id,
        kind=kind_of(pair, context.settings),
        probability=probability,
        share=round(pair.shared.share_a, 4) if measured else None,
        is_primary=is_primary,
        evidence=with_competition(arrow.evidence, probability),
        passages=pair.shared.passages,
        changes=changes_between(pair, kind_of(pair, context.settings), context) if measured else (),
        share_of_source=round(pair.shared.share_b, 4) if measured else None,
    )


def _from_option(text: Text, option: Option, probability: float, settings: Settings) -> Derivation:
    kind: DerivationKind = "republished"
    share = None
    if option.shared is not None:
        kind, share = kind_by_share(option.shared, settings), round(option.shared.share_a, 4)
    return Derivation(
        derived=text.id,
        source=option.id,
        kind=kind,
        probability=probability,
        share=share,
        is_primary=True,
        evidence=with_competition(option.evidence, probability),
    )


def contributed(
    open_credits: Mapping[str, Sequence[Credit]],
    named: Named,
    found: Sequence[Derivation],
    context: Context,
) -> list[Derivation]:
    """Secondary arrows from sources that an article says had a part in it (tier B); they compete with nothing."""
    taken = {(d.derived, d.source) for d in found}
    out: list[Derivation] = []
    for id in sorted(open_credits):
        for credit in open_credits[id]:
            source = named.ids[credit.article, context.canonical(credit.source_name)]
            if credit.tier != "B" or (id, source) in taken:
                continue
            taken.add((id, source))
            out.append(_contribution(id, source, credit, context))
    return out


def _contribution(id: str, source: str, credit: Credit, context: Context) -> Derivation:
    places = (Place(credit.article, credit.span),) if credit.span else ()
    detail = (
        f"it says that part of it is from {credit.source_name}: “{' '.join(credit.text.split())}”; no text to compare"
    )
    evidence = weighed(Finding("credit_part", 1.0, detail, places), context)
    p = round(_logistic(evidence.weight), 4)
    return Derivation(id, source, "contributed", p, None, False, with_competition((evidence,), p))


def alternatives_of(tree: Tree, derivations: Sequence[Derivation], settings: Settings) -> list[Alternative]:
    """Every possible arrow at ``alternative_at`` or more that is no derivation."""
    taken = {(d.derived, d.source) for d in derivations}
    found = [
        Alternative(a.pair.derived.id, a.pair.source.id, p) for a, p in zip(tree.arrows, tree.p_arrow, strict=True)
    ]
    found += [
        Alternative(id, option.id, p)
        for id, options in tree.options.items()
        for option, p in options
        if option.id.startswith("named:")
    ]
    kept = [a for a in found if a.probability >= settings.alternative_at and (a.derived, a.source) not in taken]
    return sorted(kept, key=lambda a: (a.derived, -a.probability, a.source))


# Two alike texts alone show no third one: they are undecided.
_SHOWS_UNSEEN = frozenset({"crowd_unseen", "conflict_unseen"})


def unseen_derivations(
    tree: Tree, groups: Sequence[Sequence[str]], context: Context
) -> tuple[list[Derivation], list[Source]]:
    """Arrows from texts that nobody names, and those texts: one for each group of related articles.

    Args:
        tree: the tree.
        groups: ids of related texts, in order.
        context: settings and crowds.

    Returns:
        The arrows and sources; the id of a source says whether a crowd has it and who is its first, so that the ids of
        a whole pile, sorted, have the order in which unseen sources are numbered.
    """
    derivations: list[Derivation] = []
    sources: list[Source] = []
    text = {t.id: t for t in tree.texts}
    for group in groups:
        feeds = []
        for id in group:
            pick = tree.chosen.get(id)
            if isinstance(pick, Option) and pick.id == "unseen" and _SHOWS_UNSEEN & {e.name for e in pick.evidence}:
                p = next(p for o, p in tree.options[id] if o.id == "unseen")
                if p >= context.settings.arrow_at:
                    feeds.append((id, pick, p))
        if len(feeds) < 2:
            continue
        unseen = f"unseen:{0 if group[0] in context.crowds else 1}/{group[0]}"
        sources.append(Source(unseen, "unseen", "a text that nobody names"))
        for id, pick, p in feeds:
            derivations.append(_from_option(text[id], replace(pick, id=unseen), p, context.settings))
    return derivations, sources


def sources_of(tree: Tree) -> list[Source]:
    """Every text as a node, with its probabilities."""
    out: list[Source] = []
    for text in tree.texts:
        options = {o.id: p for o, p in tree.options[text.id]}
        out.append(
            Source(
                id=text.id,
                kind="named" if text.read_through else "article",
                name=text.name or text.id,
                published=text.published,
                read_through=text.article.id if text.read_through else None,
                p_original=options["original"],
                p_unseen=options.get("unseen", 0.0),
            )
        )
    return out


def source_alone(article: Article) -> Source:
    """An article that shares words with nothing and draws on nobody."""
    return Source(article.id, "article", article.outlet or article.id, article.published, None, 1.0, 0.0)


def named_sources(named: Named, mentioned: Iterable[str]) -> list[Source]:
    """The named sources that some arrow mentions and whose text is not read."""
    return [Source(id, "named", named.names[id]) for id in mentioned if id.startswith("named:")]
