"""From alignments and credits to the parts of a trace: the reconstruction stage on one page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance import names
from provenance.model import (
    Alignment,
    Alternative,
    Article,
    Credit,
    Derivation,
    Estimate,
    Fact,
    Family,
    Published,
    Source,
    Undecided,
)
from provenance.reconstruct.contest import Contest, contest, possible_arrows
from provenance.reconstruct.direction import may_be_arrow, relation_score
from provenance.reconstruct.families import families_of, group_members, undecided_pairs
from provenance.reconstruct.pair import Context, Text
from provenance.reconstruct.texts import Named, alignments_by_article, groups_of, named_groups, read_through, texts_of
from provenance.reconstruct.tree import (
    alternatives_of,
    contributed,
    decide,
    derivations_of,
    sources_of,
    unseen_derivations,
)
from provenance.reconstruct.weights import cue_weights
from provenance.settings import Settings


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """The parts of a trace that the reconstruction stage answers for."""

    sources: tuple[Source, ...]
    derivations: tuple[Derivation, ...]
    alternatives: tuple[Alternative, ...]
    undecided: tuple[Undecided, ...]
    families: tuple[Family, ...]
    independent_reports: Estimate
    calibrated: bool
    articles: tuple[Article, ...]


def reconstruct(
    articles: Mapping[str, Article],
    alignments: Sequence[Alignment],
    dates: Mapping[str, Mapping[str, Published]],
    facts: Sequence[Fact],
    settings: Settings,
) -> Reconstruction:
    """Who took it from whom.

    Args:
        articles: by id, outlets and credits settled.
        alignments: of every pair that shares something.
        dates: by article, what its page says of when a named source appeared, by canonical name.
        facts: relations that a person states.
        settings: see ``Settings``.
    """
    ready = prepared(articles, alignments, dates, facts, settings)
    context, named = ready.context, ready.named
    tree = decide(ready.contest)
    derivations = derivations_of(tree, context)
    unseen, unseen_sources = unseen_derivations(tree, _groups_of_likes(context, ready.related), context)
    derivations += unseen
    derivations += contributed(ready.open_credits, named, derivations, context)
    derivations.sort(key=lambda d: (d.derived, not d.is_primary, -d.probability, d.source))
    alternatives = alternatives_of(tree, derivations, settings)
    undecided = undecided_pairs(tree, alignments, derivations, context)
    families, reports = families_of(tree, derivations, undecided, settings)
    mentioned = [d.source for d in derivations] + [a.source for a in alternatives]
    return Reconstruction(
        sources=(*sources_of(tree, named, mentioned), *unseen_sources),
        derivations=tuple(derivations),
        alternatives=tuple(alternatives),
        undecided=tuple(sorted(undecided, key=lambda u: (-u.p_related, u.articles))),
        families=tuple(families),
        independent_reports=reports,
        calibrated=context.weights.calibrated,
        articles=tuple(_led_to_named(a, named, set(mentioned), context.canonical) for a in articles.values()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """All that is known before anything is decided.

    Attributes:
        contest: what competes.
        context: what cues may know.
        named: the named sources.
        open_credits: by text id, its tier A and B credits to texts that are not in the pile.
        related: pairs of article ids whose texts are related.
    """

    contest: Contest
    context: Context
    named: Named
    open_credits: Mapping[str, Sequence[Credit]]
    related: frozenset[tuple[str, str]]


def prepared(
    articles: Mapping[str, Article],
    alignments: Sequence[Alignment],
    dates: Mapping[str, Mapping[str, Published]],
    facts: Sequence[Fact],
    settings: Settings,
) -> Prepared:
    """Everything that competes, with its reasons; arguments as with ``reconstruct``."""
    canonical = canonical_for(articles.values())
    related = frozenset((x.a, x.b) for x in alignments if may_be_arrow(x, True, settings))
    open_credits = [c for a in articles.values() for c in a.credits if c.tier in "AB" and c.resolved_to is None]
    agencies = _agencies(articles.values(), canonical)
    named = named_groups(related, open_credits, canonical)
    shown = read_through(articles, named, agencies, canonical)
    texts = texts_of(articles, named, shown, dates, canonical)
    aligned = [*alignments, *_stated_pairs(facts, alignments)]
    context = Context(
        others=alignments_by_article(aligned),
        dates={id: a.published for id, a in articles.items()},
        canonical=canonical,
        wires=frozenset(id for id, a in articles.items() if a.outlet and canonical(a.outlet) in agencies),
        agencies=agencies,
        facts={(f.article, f.value): f for f in facts},
        crowds=_crowds(articles, alignments, settings),
        weights=cue_weights(settings.cues),
        settings=settings,
    )
    by_text = _open_credits(texts, canonical)
    arrows = possible_arrows(texts, shown, aligned, context)
    return Prepared(contest(texts, arrows, named, by_text, context), context, named, by_text, related)


def _led_to_named(article: Article, named: Named, mentioned: set[str], canonical: Callable[[str], str]) -> Article:
    """The article with its credits led to the named sources that the trace shows."""

    def led(credit: Credit) -> Credit:
        id = named.ids.get((credit.article, canonical(credit.source_name)))
        if credit.resolved_to is not None or credit.tier not in "AB" or id not in mentioned:
            return credit
        return replace(credit, resolved_to=id, resolved_ground="named; its text is not in the pile")

    return replace(article, credits=tuple(led(c) for c in article.credits))


def whole_texts_only(
    articles: Mapping[str, Article], alignments: Sequence[Alignment], settings: Settings
) -> dict[str, Article]:
    """Tier A credits led to an article of the pile only where that article holds most of the text.

    "(Reporting by …)" makes a page Reuters' text; a Reuters article of last month that shares some background with it
    is not that text.
    """
    share = {(x.a, x.b): x.share_a for x in alignments} | {(x.b, x.a): x.share_b for x in alignments}

    def kept(credit: Credit) -> Credit:
        if credit.tier != "A" or credit.resolved_to is None:
            return credit
        held = share.get((credit.article, credit.resolved_to), 0.0)
        return credit if held >= settings.whole_share else replace(credit, resolved_to=None, resolved_ground=None)

    return {id: replace(a, credits=tuple(kept(c) for c in a.credits)) for id, a in articles.items()}


def canonical_for(articles: Iterable[Article]) -> Callable[[str], str]:
    """The common form of a name in a pile: the gazetteer's, or that of one of the pile's own outlets."""
    known = frozenset(a.outlet for a in articles if a.outlet)
    cache: dict[str, str] = {}

    def canonical(name: str) -> str:
        if name not in cache:
            cache[name] = names.canonical(name, known)
        return cache[name]

    return canonical


def _agencies(articles: Iterable[Article], canonical: Callable[[str], str]) -> frozenset[str]:
    """Names that are agencies by the gazetteer, or, where it does not know them, by a dateline in their name."""
    found: set[str] = set()
    for article in articles:
        for credit in article.credits:
            unknown = names.find(credit.source_name) is None
            if names.agency(credit.source_name) or (unknown and credit.kind == "dateline"):
                found.add(canonical(credit.source_name))
        if article.outlet and names.agency(article.outlet):
            found.add(canonical(article.outlet))
    return frozenset(found)


def _stated_pairs(facts: Sequence[Fact], alignments: Sequence[Alignment]) -> list[Alignment]:
    """Empty alignments for pairs that a person ties together and that share no text."""
    have = {(x.a, x.b) for x in alignments}
    wanted = {(min(f.article, f.value), max(f.article, f.value)) for f in facts if f.field == "from"}
    return [Alignment(a, b, (), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) for a, b in sorted(wanted - have)]


def _open_credits(texts: Mapping[str, Text], canonical: Callable[[str], str]) -> dict[str, list[Credit]]:
    """By text id, its tier A and B credits to texts that are not in the pile.

    An agency's mark that came along with a text of the pile, which is credited for the whole, is that text's.
    """
    found: dict[str, list[Credit]] = {}
    for text in texts.values():
        whole = [c.resolved_to for c in text.credits if c.tier == "A" and c.resolved_to is not None]
        sources = [texts[id] for id in whole if id in texts]
        theirs = {canonical(c.source_name) for s in sources for c in s.credits if c.tier in "AB"}
        credits = [c for c in text.credits if c.tier in "AB" and c.resolved_to is None]
        if credits := [c for c in credits if canonical(c.source_name) not in theirs]:
            found[text.id] = credits
    return found


def _crowds(articles: Mapping[str, Article], alignments: Sequence[Alignment], settings: Settings) -> dict[str, int]:
    """Reprints of one text at three outlets or more, none of which credits another: by article id, a number."""
    ties = [(x.a, x.b) for x in alignments if x.near and relation_score(x) > 0]
    crowds: dict[str, int] = {}
    for number, group in enumerate(groups_of({i for t in ties for i in t}, ties)):
        outlets = {articles[i].outlet for i in group} - {None}  # versions by nobody known are no crowd of outlets
        credits = [c for i in group for c in articles[i].credits if c.resolved_to in group and c.tier != "D"]
        if len(outlets) >= settings.star_outlets and not credits:
            crowds.update(dict.fromkeys(group, number))
    return crowds


def _groups_of_likes(context: Context, related: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of articles that may have one unseen source: the crowds, and else what is related."""
    crowded = group_members(context.crowds)
    ties = [(a, b) for a, b in related if a not in context.crowds and b not in context.crowds]
    return crowded + [g for g in groups_of({i for t in ties for i in t}, ties) if len(g) > 1]
