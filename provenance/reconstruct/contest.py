"""What competes for being the source of each text: possible arrows, named and unseen sources, none at all."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.model import Credit, Evidence
from provenance.reconstruct.arborescence import Graph
from provenance.reconstruct.clocks import impossible
from provenance.reconstruct.direction import (
    by_one_outlet,
    findings_for,
    is_revision,
    is_sided,
    known_by_sentence,
    may_be_arrow,
    own_credits,
)
from provenance.reconstruct.kinds import kind_by_share
from provenance.reconstruct.pair import Context, Pair, Text, articles_of, weighed
from provenance.reconstruct.roots import Arrow, Option, agencies_near, options_of
from provenance.reconstruct.texts import Named, groups_of, whole_text
from provenance.reconstruct.third_texts import length_outside
from provenance.reconstruct.wording import read_ahead
from provenance.settings import Settings
from provenance.shared import Alignment
from provenance.text import merged


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """All that may be the source of each text.

    Attributes:
        texts: in canonical order (date, outlet, hash, id), which settles all ties.
        arrows: possible arrows, the primary ones of the matrix.
        options: by text id, what else it may hang under; "original" is one of them.
        aside: arrows that explain other words than the strongest one: secondary sources.
    """

    texts: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    options: Mapping[str, Sequence[Option]]
    aside: tuple[Arrow, ...]

    def graph(self) -> Graph:
        """The matrix: nodes are the texts by their place, the options of each are its root."""
        place = {text.id: k for k, text in enumerate(self.texts)}
        return Graph(
            source=np.array([place[a.pair.source.id] for a in self.arrows], dtype=np.int64),
            derived=np.array([place[a.pair.derived.id] for a in self.arrows], dtype=np.int64),
            score=np.array([a.score for a in self.arrows], dtype=np.float64),
            root=np.array([log_sum([o.score for o in self.options[t.id]]) for t in self.texts], dtype=np.float64),
        )


def log_sum(scores: Sequence[float]) -> float:
    """The logarithm of the sum of the exponentials of some scores."""
    top = max(scores)
    return top + math.log(sum(math.exp(s - top) for s in scores))


def contest(
    texts: Mapping[str, Text],
    arrows: Sequence[Arrow],
    named: Named,
    open_credits: Mapping[str, Sequence[Credit]],
    context: Context,
) -> Contest:
    """All that competes, each with its reasons.

    Args:
        texts: by id.
        arrows: possible arrows.
        named: the named sources.
        open_credits: by text id, its tier A and B credits to texts that are not in the pile.
        context: what cues may know.
    """
    ordered = sorted(texts.values(), key=_order)
    rank = {text.id: k for k, text in enumerate(ordered)}
    primary, aside = _set_aside(arrows, rank, context.settings)
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
            context,
        )
        for text in ordered
    }
    return Contest(tuple(ordered), tuple(primary), options, tuple(aside))


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
    pairs = _family_by_family([pair for pair in _pairs(texts, shown, alignments, context) if _may_be(pair, context)])
    arrows = [_arrow(pair, context) for pair in read_ahead(pairs, articles_of, context.is_large)]
    rank = ranks(texts.values())
    by_derived: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        by_derived[arrow.pair.derived.id].append(arrow)
    most = context.settings.max_sources
    kept = [
        arrow
        for id in sorted(by_derived)
        for arrow in sorted(by_derived[id], key=lambda a: (-a.score, rank[a.pair.source.id]))[:most]
    ]
    return _compared(kept)


def _compared(arrows: Sequence[Arrow]) -> list[Arrow]:
    """The arrows, each with its lead over the one the other way; that of an arrow without a rival is its own score."""
    score = {(a.pair.derived.id, a.pair.source.id): a.score for a in arrows}
    return [a.ahead_of(score.get((a.pair.source.id, a.pair.derived.id), 0.0)) for a in arrows]


def ranks(texts: Iterable[Text]) -> dict[str, int]:
    """The place of each text in the order in which ties fall, see ``model.in_order``; by id."""
    return {text.id: k for k, text in enumerate(sorted(texts, key=_order))}


def _order(text: Text) -> tuple[str, str, str, str]:
    earliest = text.published.earliest if text.published else None
    return (earliest.isoformat() if earliest else "~", text.name or "~", text.article.text, text.id)


def _pairs(
    texts: Mapping[str, Text], shown: Mapping[str, str], alignments: Sequence[Alignment], context: Context
) -> Iterable[Pair]:
    """Ordered pairs of texts that share words; a named source has the text of the article it is read through."""
    carried: dict[str, list[Text]] = defaultdict(list)
    for text in texts.values():
        carried[text.article.id].append(text)
    turned = {id: {x.b: x for x in context.others[id]} for id in {x.b for x in alignments}}
    for alignment in alignments:
        mirror = turned[alignment.b][alignment.a]
        for side, back in ((alignment, mirror), (mirror, alignment)):
            for derived in carried.get(side.a, ()):
                yield from (Pair(derived, source, side, back) for source in carried.get(side.b, ()))
    for source_id, through in sorted(shown.items()):
        yield Pair(texts[through], texts[source_id], whole_text(texts[through].article))


def _family_by_family(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs that have to do with one another in a row: what is read of their articles is read once."""
    ties = [(p.derived.id, p.source.id) for p in pairs]
    number = {id: k for k, group in enumerate(groups_of({id for tie in ties for id in tie}, ties)) for id in group}
    return sorted(pairs, key=lambda p: number[p.derived.id])


def _may_be(pair: Pair, context: Context) -> bool:
    """Whether there can be an arrow at all."""
    if context.facts and _denied(pair, context):
        return False
    is_stated = bool(context.facts) and (pair.derived.id, pair.source.id) in context.facts
    credits = own_credits(pair.derived, pair.source)
    is_credited = bool(credits or own_credits(pair.source, pair.derived))
    if not (is_stated or may_be_arrow(pair.shared, is_credited, context.settings)):
        return False
    if by_one_outlet(pair.derived, pair.source) and not (
        is_stated or credits or is_revision(pair, context.settings) or pair.shared.near
    ):
        return False  # an outlet's own background is its own text, no derivation
    if impossible(pair.derived.published, pair.source.published, context.settings) and not (credits or is_stated):
        return False
    whole = any(c.tier == "A" for c in credits)
    return is_stated or whole or not _too_little(pair.shared, context.settings)


def _arrow(pair: Pair, context: Context) -> Arrow:
    """The arrow of a pair with its reasons."""
    findings = findings_for(pair, context)
    evidence = tuple(e for f in findings if (e := weighed(f, context)).weight)  # what learning found idle says nothing
    if known_by_sentence(pair.source) and own_credits(pair.derived, pair.source):
        evidence += _identity_limit(evidence, context.settings)
    score = round(sum(e.weight for e in evidence), 6)
    return Arrow(pair, evidence, score, is_sided(evidence), strengths={f.name: f.strength for f in findings})


def _denied(pair: Pair, context: Context) -> bool:
    """Whether a person says that there is no such arrow, or that it runs the other way; no weight outvotes that."""
    fact = context.facts.get((pair.derived.id, pair.source.id))
    back = context.facts.get((pair.source.id, pair.derived.id))
    return bool((fact and fact.field == "not from") or (back and back.field == "from"))


def _too_little(shared: Alignment, settings: Settings) -> bool:
    """Whether so little of the derived text is shared, and so loosely, that no kind of reuse fits."""
    loose = kind_by_share(shared, settings) == "rewritten" and shared.share_a < settings.rewritten_share
    return loose and shared.excerpt_a < settings.excerpt_words


def _identity_limit(evidence: Sequence[Evidence], settings: Settings) -> tuple[Evidence, ...]:
    """Keeps an arrow at "likely" when the source's very identity rests on one aligned sentence."""
    most = math.log(settings.identity_at_most / (1 - settings.identity_at_most))
    over = sum(e.weight for e in evidence) - most
    if over <= 0:
        return ()
    detail = "one matching sentence is all that says whose text the source is; so never more than “likely”"
    return (Evidence("identity_by_sentence", round(-over, 6), detail),)


def _set_aside(arrows: Sequence[Arrow], rank: Mapping[str, int], settings: Settings) -> tuple[list[Arrow], list[Arrow]]:
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
        for arrow in sorted(by_derived[id], key=lambda a: _strongest_first(a, rank)):
            stands_aside = held and arrow.sure and held[0].sure and _other_words(arrow, held, settings)
            (aside if stands_aside else primary).append(arrow)
            held.append(arrow)
    return primary, aside


def _strongest_first(arrow: Arrow, rank: Mapping[str, int]) -> tuple[bool, int, float, int]:
    """Of the sources that are sure the one that explains most words comes first: the primary one of a composite."""
    return (
        not arrow.sure,
        -arrow.pair.shared.shared_a if arrow.sure else 0,
        -arrow.score,
        rank[arrow.pair.source.id],
    )


def _other_words(arrow: Arrow, held: Sequence[Arrow], settings: Settings) -> bool:
    """Whether most of what an arrow explains is explained by none of the stronger ones."""
    mine = [p.a for p in arrow.pair.shared.passages if p.counted]
    theirs = merged(p.a for h in held if h.sure for p in h.pair.shared.passages if p.counted)
    total = sum(s.end - s.start for s in merged(mine))
    fresh = length_outside(mine, theirs)
    return fresh >= 0.6 * total and fresh >= 5 * settings.counted_words  # five characters a word at least
