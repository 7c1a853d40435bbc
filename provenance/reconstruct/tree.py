"""The tree of sources: all possible arrows in one matrix, exact probabilities, the best tree, what it leaves open."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from provenance.model import (
    Alignment,
    Alternative,
    Credit,
    Derivation,
    DerivationKind,
    Evidence,
    Place,
    Source,
    in_order,
)
from provenance.reconstruct.arborescence import Graph, marginals, maximum_arborescence
from provenance.reconstruct.changes import changes_between
from provenance.reconstruct.clocks import impossible
from provenance.reconstruct.direction import (
    by_one_outlet,
    evidence_for,
    is_revision,
    is_sided,
    known_by_sentence,
    may_be_arrow,
    own_credits,
)
from provenance.reconstruct.pair import Context, Finding, Pair, Text, weighed
from provenance.reconstruct.residue import length_outside
from provenance.reconstruct.roots import Arrow, Option, agencies_near, options_of, settled_pairs
from provenance.reconstruct.texts import Named, whole_text
from provenance.settings import Settings
from provenance.text import merged


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


def possible_arrows(
    texts: Mapping[str, Text], shown: Mapping[str, str], alignments: Sequence[Alignment], context: Context
) -> list[Arrow]:
    """Every arrow worth a place in the matrix, with its evidence, at most ``max_sources`` for a text.

    Args:
        texts: by id.
        shown: named sources that are read through an article.
        alignments: of the articles.
        context: what cues may know.
    """
    arrows = [arrow for pair in _pairs(texts, shown, alignments) if (arrow := _arrow(pair, context)) is not None]
    by_derived: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        by_derived[arrow.pair.derived.id].append(arrow)
    most = context.settings.max_sources
    return [
        arrow
        for id in sorted(by_derived)
        for arrow in sorted(by_derived[id], key=lambda a: (-a.score, _order(a.pair.source)))[:most]
    ]


def _order(text: Text) -> tuple[str, str, str, str]:
    """The order in which ties between texts fall, see ``model.in_order``."""
    return in_order(replace(text.article, published=text.published, outlet=text.name, id=text.id))


def _pairs(texts: Mapping[str, Text], shown: Mapping[str, str], alignments: Sequence[Alignment]) -> Iterable[Pair]:
    """Ordered pairs of texts that share words; a named source has the text of the article it is read through."""
    carried: dict[str, list[Text]] = defaultdict(list)
    for text in texts.values():
        carried[text.article.id].append(text)
    for alignment in alignments:
        for side in (alignment, alignment.turned()):
            for derived in carried.get(side.a, ()):
                yield from (Pair(derived, source, side) for source in carried.get(side.b, ()))
    for source_id, through in sorted(shown.items()):
        yield Pair(texts[through], texts[source_id], whole_text(texts[through].article))


def _arrow(pair: Pair, context: Context) -> Arrow | None:
    """The arrow of a pair, or None where there can be none."""
    is_stated = (pair.derived.id, pair.source.id) in context.facts
    credits = own_credits(pair.derived, pair.source)
    back = own_credits(pair.source, pair.derived)
    if not (is_stated or may_be_arrow(pair.shared, bool(credits or back), context.settings)):
        return None
    if by_one_outlet(pair.derived, pair.source) and not (
        is_stated or credits or is_revision(pair, context.settings) or pair.shared.near
    ):
        return None  # an outlet's own background is its own text, no derivation
    if impossible(pair.derived.published, pair.source.published, context.settings) and not (credits or is_stated):
        return None
    whole = any(c.tier == "A" for c in credits)
    if not (is_stated or whole) and _too_little(pair.shared, context.settings):
        return None
    evidence = evidence_for(pair, context)
    if credits and known_by_sentence(pair.source):
        evidence += _identity_limit(evidence, context.settings)
    return Arrow(pair, evidence, round(sum(e.weight for e in evidence), 6), is_sided(evidence))


def _too_little(shared: Alignment, settings: Settings) -> bool:
    """Whether so little of the derived text is shared, and so loosely, that no kind of reuse fits."""
    loose = _kind_by_share(shared, settings) == "rewritten" and shared.share_a < settings.rewritten_share
    return loose and shared.excerpt_a < settings.excerpt_words


def _identity_limit(evidence: Sequence[Evidence], settings: Settings) -> tuple[Evidence, ...]:
    """Keeps an arrow at "likely" when the source's very identity rests on one aligned sentence."""
    most = math.log(settings.identity_at_most / (1 - settings.identity_at_most))
    over = sum(e.weight for e in evidence) - most
    if over <= 0:
        return ()
    detail = "one matching sentence is all that says whose text the source is; so never more than “likely”"
    return (Evidence("identity_by_sentence", round(-over, 6), detail),)


def build(
    texts: Mapping[str, Text],
    arrows: Sequence[Arrow],
    named: Named,
    open_credits: Mapping[str, Sequence[Credit]],
    context: Context,
) -> Tree:
    """The matrix, its marginals, and the maximum arborescence over them.

    Args:
        texts: by id.
        arrows: possible arrows.
        named: the named sources.
        open_credits: by text id, its tier A and B credits to texts that are not in the pile.
        context: what cues may know.
    """
    ordered = sorted(texts.values(), key=_order)
    place = {text.id: k for k, text in enumerate(ordered)}
    primary, aside = _set_aside(arrows, context.settings)
    settled = settled_pairs(arrows)
    common = agencies_near(arrows, named, open_credits, context)
    into: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        into[arrow.pair.derived.id].append(arrow)
    options = {
        text.id: options_of(
            text,
            into[text.id],
            [c for c in open_credits.get(text.id, ()) if c.tier == "A"],
            named,
            common,
            settled,
            context,
        )
        for text in ordered
    }
    graph = Graph(
        source=np.array([place[a.pair.source.id] for a in primary], dtype=np.int64),
        derived=np.array([place[a.pair.derived.id] for a in primary], dtype=np.int64),
        score=np.array([a.score for a in primary], dtype=np.float64),
        root=np.array([_log_sum([o.score for o in options[t.id]]) for t in ordered], dtype=np.float64),
    )
    p_arrow, p_root = marginals(graph)
    p_arrow, p_root = p_arrow.round(4), p_root.round(4)
    best = maximum_arborescence(replace(graph, score=p_arrow, root=p_root))
    weighted = {t.id: _split_root(options[t.id], float(p_root[k])) for k, t in enumerate(ordered)}
    number = {(a.pair.derived.id, a.pair.source.id): k for k, a in enumerate(primary)}
    chosen: dict[str, int | Option] = {
        text.id: number[text.id, ordered[best[k]].id]
        if best[k] >= 0
        else max(weighted[text.id], key=lambda o: (o[1], o[0].id))[0]
        for k, text in enumerate(ordered)
    }
    return Tree(tuple(ordered), tuple(primary), tuple(p_arrow.tolist()), weighted, chosen, tuple(aside))


def _log_sum(scores: Sequence[float]) -> float:
    top = max(scores)
    return top + math.log(sum(math.exp(s - top) for s in scores))


def _split_root(options: Sequence[Option], p_root: float) -> list[tuple[Option, float]]:
    total = _log_sum([o.score for o in options])
    return [(o, round(p_root * math.exp(o.score - total), 4)) for o in options]


def _set_aside(arrows: Sequence[Arrow], settings: Settings) -> tuple[list[Arrow], list[Arrow]]:
    """Arrows that compete for the primary place, and those that explain other words than a stronger one.

    A composite takes from two: its sources do not contradict each other, so the weaker one does not compete.
    """
    primary: list[Arrow] = []
    aside: list[Arrow] = []
    by_derived: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        by_derived[arrow.pair.derived.id].append(arrow)
    for id in sorted(by_derived):
        held: list[Arrow] = []
        for arrow in sorted(by_derived[id], key=_strongest_first):
            stands_aside = held and _sure(arrow) and _sure(held[0]) and _other_words(arrow, held, settings)
            (aside if stands_aside else primary).append(arrow)
            held.append(arrow)
    return primary, aside


def _sure(arrow: Arrow) -> bool:
    return arrow.sided and arrow.score > 0


def _strongest_first(arrow: Arrow) -> tuple[bool, int, float, tuple[str, str, str, str]]:
    """Of the sources that are sure the one that explains most words comes first: the primary one of a composite."""
    return (
        not _sure(arrow),
        -arrow.pair.shared.shared_a if _sure(arrow) else 0,
        -arrow.score,
        _order(arrow.pair.source),
    )


def _other_words(arrow: Arrow, held: Sequence[Arrow], settings: Settings) -> bool:
    """Whether most of what an arrow explains is explained by none of the stronger ones."""
    mine = [p.a for p in arrow.pair.shared.passages if p.counted]
    theirs = merged(p.a for h in held if _sure(h) for p in h.pair.shared.passages if p.counted)
    total = sum(s.end - s.start for s in merged(mine))
    fresh = length_outside(mine, theirs)
    return fresh >= 0.6 * total and fresh >= 5 * settings.counted_words  # five characters a word at least


# --- written up -----------------------------------------------------------------------------------------------------


def derivations_of(tree: Tree, context: Context) -> list[Derivation]:
    """The arrows of the tree at ``arrow_at`` or more, then the secondary ones."""
    settings = context.settings
    found: list[Derivation] = []
    for text in tree.texts:
        pick = tree.chosen[text.id]
        if isinstance(pick, int):
            if tree.p_arrow[pick] >= settings.arrow_at:
                found.append(_from_arrow(tree.arrows[pick], tree.p_arrow[pick], True, context))
        elif pick.id.startswith("named:"):
            p = next(p for o, p in tree.options[text.id] if o.id == pick.id)
            if p >= settings.arrow_at:
                found.append(_from_option(text, pick, p, settings))
    taken = {(d.derived, d.source) for d in found}
    for arrow in tree.aside:
        p = round(_logistic(arrow.score), 4)
        if p >= settings.arrow_at and (arrow.pair.derived.id, arrow.pair.source.id) not in taken:
            found.append(_from_arrow(arrow, p, False, context))
    return found


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


_COMPETITION = "what the other possibilities leave of it: other texts of this pile, or no source at all"


def with_competition(evidence: Iterable[Evidence], probability: float) -> tuple[Evidence, ...]:
    """Evidence closed by the line that makes the weights add up to the logit of the probability."""
    kept = tuple(evidence)
    p = min(max(probability, 1e-4), 1 - 1e-4)
    rest = round(math.log(p / (1 - p)) - sum(e.weight for e in kept), 6)
    return (
        *kept,
        Evidence(
            "competition", rest, "what the other possibilities in this pile, and that of no source at all, leave of it"
        ),
    )


def _from_arrow(arrow: Arrow, probability: float, is_primary: bool, context: Context) -> Derivation:
    pair = arrow.pair
    measured = not _shows(pair)
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


def _shows(pair: Pair) -> bool:
    """Whether the derived article is the one that the source is read through: there is no second text to compare."""
    return pair.source.read_through and pair.derived.article.id == pair.source.article.id


def _from_option(text: Text, option: Option, probability: float, settings: Settings) -> Derivation:
    kind: DerivationKind = "republished"
    share = None
    if option.shared is not None:
        kind, share = _kind_by_share(option.shared, settings), round(option.shared.share_a, 4)
    return Derivation(
        derived=text.id,
        source=option.id,
        kind=kind,
        probability=probability,
        share=share,
        is_primary=True,
        evidence=with_competition(option.evidence, probability),
    )


def kind_of(pair: Pair, settings: Settings) -> DerivationKind:
    """What kind of reuse an arrow is, by how much of the derived text it explains and how literally."""
    if _shows(pair):
        return "republished"
    if is_revision(pair, settings):
        return "revised"
    return _kind_by_share(pair.shared, settings)


def _kind_by_share(shared: Alignment, settings: Settings) -> DerivationKind:
    literal = shared.verbatim_a / shared.shared_a if shared.shared_a else 0.0
    if literal >= settings.verbatim_share:
        return "republished" if shared.share_a >= settings.republished_share else "excerpted"
    return "rewritten"


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
        groups: ids of related texts.
        context: settings.
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
        unseen = f"unseen:{len(sources) + 1}"
        sources.append(Source(unseen, "unseen", "a text that nobody names"))
        for id, pick, p in feeds:
            derivations.append(_from_option(text[id], replace(pick, id=unseen), p, context.settings))
    return derivations, sources


def sources_of(tree: Tree, named: Named, mentioned: Iterable[str]) -> list[Source]:
    """The nodes: every text with its probabilities, then the named sources that some arrow mentions."""
    out: list[Source] = []
    for text in sorted(tree.texts, key=lambda t: t.id):
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
    have = {s.id for s in out}
    for id in sorted({m for m in mentioned if m.startswith("named:")} - have):
        out.append(Source(id, "named", named.names[id]))
    return out
