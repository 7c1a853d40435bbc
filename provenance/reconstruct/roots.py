"""What a text may have besides a source in the pile: none, one that is only named, one that nobody names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.model import Credit, Evidence, Place, in_order
from provenance.reconstruct.pair import Context, Finding, Pair, Text, weighed
from provenance.reconstruct.texts import Named
from provenance.reconstruct.third_texts import length_outside, no_one_explains
from provenance.shared import Alignment
from provenance.text import merged


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """A possible arrow with its reasons.

    Attributes:
        pair: derived and source.
        evidence: what speaks for and against it.
        score: the sum of their weights.
        sided: one of the reasons is a statement or a mark of who is the source: a credit, a quotation, a person.
        lead: by how much it is likelier than the arrow the other way, in log-odds; None while that is not compared.
        strengths: of every cue that spoke, before its weight; weights are learnt from these.
    """

    pair: Pair
    evidence: tuple[Evidence, ...]
    score: float
    sided: bool
    lead: float | None = None
    strengths: Mapping[str, float] = field(default_factory=dict)

    @property
    def sure(self) -> bool:
        """Whether it is likelier than none, and its source told from its derived text."""
        return self.score > 0 and (self.sided or (self.lead is not None and self.lead >= LEAD))

    def ahead_of(self, other: float) -> "Arrow":
        """The same with its lead over the score of the arrow the other way."""
        return Arrow(self.pair, self.evidence, self.score, self.sided, self.score - other, self.strengths)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """Something a text may hang under instead of another text of the pile.

    ``id`` is "original", "unseen", or the id of a named source; ``shared`` is an alignment that shows how much text
    is at stake where an arrow was read off a pair; ``strengths`` are those of its cues, as with an arrow.
    """

    id: str
    score: float
    evidence: tuple[Evidence, ...]
    shared: Alignment | None = None
    strengths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class AgencyNear:
    """An agency's text that two texts may have in common: its id, the arrow between the two, who credits the agency."""

    id: str
    arrow: Arrow
    credit: Credit


LEAD = 1.0  # log-odds; e to one that an arrow runs this way rather than the other
ORIGINAL = Option("original", 0.0, ())


def options_of(
    text: Text,
    arrows: Sequence[Arrow],
    credits: Iterable[Credit],
    named: Named,
    agencies_near: Mapping[str, Sequence[AgencyNear]],
    context: Context,
) -> list[Option]:
    """The options of one text, "original" first.

    Args:
        text: the text.
        arrows: possible arrows into it.
        credits: its tier A credits to texts that are not in the pile.
        named: the named sources.
        agencies_near: by text id, named sources of agencies that a text sharing words with it credits, with the
            arrow that was read.
        context: weights and settings.
    """
    found = [_credited(named.ids[c.article, context.canonical(c.source_name)], c, context) for c in credits]
    found += [_common_agency(named.names[n.id], n, context) for n in agencies_near.get(text.id, ())]
    best: dict[str, Option] = {}
    for option in found:
        if option.id not in best or best[option.id].score < option.score:
            best[option.id] = option
    in_crowd = text.article.id in context.crowds and not best  # a crowd with a credit has a named source in common
    return [ORIGINAL, *_unseen(arrows, in_crowd, context), *best.values()]


def _credited(id: str, credit: Credit, context: Context) -> Option:
    places = (Place(credit.article, credit.span),) if credit.span else ()
    said = " ".join(credit.text.split())
    if credit.kind == "stated":
        found = Finding("stated", 1.0, said, places)
    else:
        detail = f"it credits {credit.source_name} for the whole text: “{said}”; that text is not in the pile"
        found = Finding("credit_whole", 1.0, detail, places)
    return _option(id, [found], context)


def _common_agency(name: str, near: AgencyNear, context: Context) -> Option:
    """Both texts from an agency's: whatever makes the one look like the other's makes them look like one text's."""
    pair = near.arrow.pair
    other = pair.source.name or pair.source.id
    if near.credit.article == pair.derived.article.id:
        detail = f"it credits an agency and shares this text with {other}: both likely have it from {name}"
    else:
        detail = f"{other}, which shares this text, credits an agency: both likely have it from {name}"
    found = [
        Finding("common_source", 1.0, _COMMON, _both_sides(pair)),
        Finding("agency_common", 1.0, detail, _both_sides(pair)),
    ]
    if pair.derived.article.id in context.crowds:
        found.append(Finding("crowd_unseen", 1.0, _CROWD))
    return _option(near.id, found, context, near.arrow, _OF_LIKENESS | _OF_SHARES)


def _option(
    id: str,
    found: Sequence[Finding],
    context: Context,
    alike: Arrow | None = None,
    likeness: Collection[str] = frozenset(),
) -> Option:
    """An option with its reasons; one that rests on an arrow begins with what that arrow says of the likeness."""
    kept = tuple(e for e in alike.evidence if e.name in likeness) if alike else ()
    evidence = (*kept, *(e for f in found if (e := weighed(f, context)).weight))
    strengths = {n: s for n, s in alike.strengths.items() if n in likeness} if alike else {}
    strengths |= {f.name: f.strength for f in found}
    shared = alike.pair.shared if alike else None
    return Option(id, round(sum(e.weight for e in evidence), 6), evidence, shared, strengths)


_COMMON = "two texts that share words may both have them from a third one that is not here"
_CROWD = "three or more outlets print this text, none credits another: one source that is not here"


def _unseen(arrows: Sequence[Arrow], in_crowd: bool, context: Context) -> list[Option]:
    """A source nobody names, wherever nothing but the texts themselves speaks for an arrow; likelier on conflict.

    In a crowd of reprints without a credit it is what all have in common.
    """
    if not arrows:
        return []
    best = _most_of_it(arrows)
    if in_crowd:
        found = [Finding("crowd_unseen", 1.0, _CROWD, _both_sides(best.pair))]
        return [_option("unseen", found, context, best, _OF_LIKENESS | _OF_SHARES)]
    found = [Finding("common_source", 1.0, _COMMON, _both_sides(best.pair)), *_conflicts(arrows)]
    if context.asks_all or context.weights["no_one_explains"]:
        found += [rest for rest in (no_one_explains(best.pair.derived, context),) if rest]
    return [_option("unseen", found, context, best, _OF_LIKENESS)]


def _most_of_it(arrows: Sequence[Arrow]) -> Arrow:
    """The arrow that explains most of a text, of equals that from the first source."""
    most = max([a.strengths.get("shared_text", 0.0) for a in arrows])
    equal = [a for a in arrows if a.strengths.get("shared_text", 0.0) == most]
    return equal[0] if len(equal) == 1 else min(equal, key=lambda a: in_order(a.pair.source.article))


def _both_sides(pair: Pair) -> tuple[Place, ...]:
    """Where the shared words stand, passage by passage: in this text, then in the other."""
    one, other = pair.derived.article.id, pair.source.article.id
    counted = (p for p in pair.shared.passages if p.counted)
    return tuple(place for p in counted for place in (Place(one, p.a), Place(other, p.b)))


def _conflicts(arrows: Sequence[Arrow]) -> list[Finding]:
    """The least conflict that any of some arrows has with a third text: where all have one, none is the whole story."""
    least = min(arrow.strengths.get("third_text_conflict", 0.0) for arrow in arrows)
    detail = "whatever is like it shares with third texts what it lacks, and the reverse: all have an earlier text"
    return [Finding("conflict_unseen", least, detail)] if least else []


_OF_LIKENESS = frozenset({"one_of_many", "kind_of_sharing"})
_OF_SHARES = frozenset({"shared_text", "keeps", "only_these_two"})


def agencies_near(
    arrows: Sequence[Arrow],
    named: Named,
    open_credits: Mapping[str, Collection[Credit]],
    context: Context,
) -> dict[str, list[AgencyNear]]:
    """By text id, the agency texts that it may share with the text it is like.

    Where two texts share words, neither credits the other and one of them credits an agency, both likely have the
    words from the agency (25 of 27 such pairs in a real pile).
    """
    found: dict[str, list[AgencyNear]] = defaultdict(list)
    credits = _to_agencies(open_credits, context)
    if not credits:
        return found
    settled = settled_pairs(arrows)
    into: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        if arrow.sided:
            into[arrow.pair.derived.id].append(arrow)
    for arrow in arrows:
        one, other = arrow.pair.derived, arrow.pair.source
        near = [*credits.get(one.id, ()), *credits.get(other.id, ())]
        if not near or _articles(arrow) in settled or explained(arrow, into[one.id]):
            continue
        found[one.id] += [AgencyNear(named.ids[credit.article, name], arrow, credit) for name, credit in near]
    return found


def _to_agencies(
    open_credits: Mapping[str, Collection[Credit]], context: Context
) -> dict[str, list[tuple[str, Credit]]]:
    """By text id, those of its credits that mean an agency, each with the agency's common name."""
    found: dict[str, list[tuple[str, Credit]]] = {}
    for id, credits in open_credits.items():
        named = [(context.canonical(c.source_name), c) for c in credits if c.tier in "AB"]
        if meant := [(name, credit) for name, credit in named if name in context.agencies]:
            found[id] = meant
    return found


def settled_pairs(arrows: Iterable[Arrow]) -> set[frozenset[str]]:
    """Pairs of articles between which an arrow that tells source from derived is likelier than none."""
    return {_articles(a) for a in arrows if a.sided and a.score > 0}


def explained(arrow: Arrow, rivals: Iterable[Arrow]) -> bool:
    """Whether arrows that tell source from derived explain most of the words that this one rests on."""
    mine = [p.a for p in arrow.pair.shared.passages if p.counted]
    theirs = [p.a for r in rivals if r.sure and r is not arrow for p in r.pair.shared.passages if p.counted]
    total = sum(s.end - s.start for s in merged(mine))
    return length_outside(mine, merged(theirs)) < 0.4 * total


def _articles(arrow: Arrow) -> frozenset[str]:
    """The articles that carry the two texts of an arrow."""
    return frozenset((arrow.pair.derived.article.id, arrow.pair.source.article.id))
