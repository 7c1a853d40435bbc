"""From alignments and credits to the parts of a trace: the reconstruction stage on one page."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance import names
from provenance.kernels import FROM_ARTICLES
from provenance.model import (
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
from provenance.reconstruct.direction import is_worth_a_look, may_be_arrow, relation_score
from provenance.reconstruct.families import Reports, estimate, families_of, group_members, undecided_pairs
from provenance.reconstruct.pair import Context, Text
from provenance.reconstruct.parts import Part, parts_of
from provenance.reconstruct.texts import (
    Named,
    alignments_by_article,
    groups_of,
    named_groups,
    open_credits,
    read_through,
    texts_of,
)
from provenance.reconstruct.tree import (
    alternatives_of,
    contributed,
    decide,
    derivations_of,
    named_sources,
    source_alone,
    sources_of,
    unseen_derivations,
)
from provenance.reconstruct.weights import cue_weights
from provenance.settings import Settings
from provenance.shared import Alignment


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

    Cost: linear in the pile; besides what is returned, memory for its largest group of texts that share words.
    """
    meant = names_of(articles.values())
    parts, alone = parts_of(articles, alignments, facts)
    found = [_decided(part, dates, meant, settings) for part in parts]
    number = {id: f"unseen:{k}" for k, id in enumerate(sorted(s.id for f in found for s in f.unseen), 1)}
    derivations = [_numbered(d, number) for f in found for d in f.derivations]
    reports = sorted((r.renamed(number) for f in found for r in f.families), key=lambda r: r.first)
    texts = [*(s for f in found for s in f.texts), *(source_alone(articles[id]) for id in alone)]
    named = [s for f in found for s in f.named]
    unseen = [replace(s, id=number[s.id]) for f in found for s in f.unseen]
    led = {a.id: a for f in found for a in f.articles}
    return Reconstruction(
        sources=(
            *sorted(texts, key=lambda s: s.id),
            *sorted(named, key=lambda s: s.id),
            *sorted(unseen, key=lambda s: int(s.id.removeprefix("unseen:"))),
        ),
        derivations=tuple(sorted(derivations, key=lambda d: (d.derived, not d.is_primary, -d.probability, d.source))),
        alternatives=tuple(
            sorted((a for f in found for a in f.alternatives), key=lambda a: (a.derived, -a.probability, a.source))
        ),
        undecided=tuple(sorted((u for f in found for u in f.undecided), key=lambda u: (-u.p_related, u.articles))),
        families=tuple(r.family for r in reports),
        independent_reports=estimate([r.law for r in reports], len(alone) + sum(f.singles for f in found)),
        calibrated=cue_weights(settings.cues).calibrated,
        articles=tuple(led.get(id, article) for id, article in articles.items()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Decided:
    """What a part of the pile gives; unseen sources have no numbers yet, as these run through the whole pile.

    Attributes:
        texts, named, unseen: its sources.
        families: those of two sources or more, with the law of their reports.
        singles: texts that are a family of their own.
        articles: those of its articles whose credits were led to a named source.
    """

    texts: Sequence[Source]
    named: Sequence[Source]
    unseen: Sequence[Source]
    derivations: Sequence[Derivation]
    alternatives: Sequence[Alternative]
    undecided: Sequence[Undecided]
    families: Sequence[Reports]
    singles: int
    articles: Sequence[Article]


def _decided(part: Part, dates: Mapping[str, Mapping[str, Published]], meant: "Names", settings: Settings) -> _Decided:
    ready = prepared(part.articles, part.alignments, dates, part.facts, settings, meant)
    context, named = ready.context, ready.named
    tree = decide(ready.contest)
    derivations = derivations_of(tree, context)
    unseen, unseen_sources = unseen_derivations(tree, _groups_of_likes(context, ready.related), context)
    derivations += unseen
    derivations += contributed(ready.open_credits, named, derivations, context)
    alternatives = alternatives_of(tree, derivations, settings)
    undecided = undecided_pairs(tree, part.alignments, derivations, context)
    families, singles = families_of(tree, derivations, undecided)
    mentioned = {*(d.source for d in derivations), *(a.source for a in alternatives)}
    texts = sources_of(tree)
    return _Decided(
        texts=texts,
        named=named_sources(named, mentioned - {s.id for s in texts}),
        unseen=unseen_sources,
        derivations=derivations,
        alternatives=alternatives,
        undecided=undecided,
        families=families,
        singles=singles,
        articles=[
            _led_to_named(a, named, mentioned, context.canonical) for a in part.articles.values() if open_credits((a,))
        ],
    )


def _numbered(derivation: Derivation, number: Mapping[str, str]) -> Derivation:
    return replace(derivation, source=number[derivation.source]) if derivation.source in number else derivation


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
    meant: "Names | None" = None,
) -> Prepared:
    """Everything that competes, with its reasons; arguments as with ``reconstruct``.

    ``meant`` is what names mean in the pile that the articles are a part of, to be decided. Without it the articles are
    all of a pile, to learn from: then cues are asked that weigh nothing, too.
    """
    asks_all = meant is None
    meant = meant or names_of(articles.values())
    canonical, agencies = meant.canonical, meant.agencies
    related = frozenset((x.a, x.b) for x in alignments if may_be_arrow(x, True, settings))
    named = named_groups(related, open_credits(articles.values()), canonical)
    shown = read_through(articles, named, agencies, canonical)
    texts = texts_of(articles, named, shown, dates, canonical)
    aligned = _worth_a_look(alignments, facts, settings)
    looked_at = {id for x in aligned for id in (x.a, x.b)} | set(shown.values())
    context = Context(
        others=alignments_by_article([*alignments, *_stated_pairs(facts, alignments)], looked_at),
        dates={id: a.published for id, a in articles.items()},
        canonical=canonical,
        wires=frozenset(id for id, a in articles.items() if a.outlet and canonical(a.outlet) in agencies),
        agencies=agencies,
        facts={(f.article, f.value): f for f in facts},
        crowds=_crowds(articles, alignments, settings),
        weights=cue_weights(settings.cues),
        settings=settings,
        asks_all=asks_all,
        is_large=meant.articles >= FROM_ARTICLES,
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

    def with_kept(article: Article) -> Article:
        credits = tuple(kept(c) for c in article.credits)
        return article if credits == article.credits else replace(article, credits=credits)

    return {id: with_kept(article) for id, article in articles.items()}


def canonical_for(articles: Iterable[Article]) -> Callable[[str], str]:
    """The common form of a name in a pile: the gazetteer's, or that of one of the pile's own outlets."""
    known = frozenset(a.outlet for a in articles if a.outlet)
    cache: dict[str, str] = {}

    def canonical(name: str) -> str:
        if name not in cache:
            cache[name] = names.canonical(name, known)
        return cache[name]

    return canonical


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What names mean in a pile of so many articles: their common forms, and which of these are news agencies."""

    canonical: Callable[[str], str]
    agencies: frozenset[str]
    articles: int


def names_of(articles: Collection[Article]) -> Names:
    """What names mean in a whole pile."""
    canonical = canonical_for(articles)
    return Names(canonical, _agencies(articles, canonical), len(articles))


def _agencies(articles: Iterable[Article], canonical: Callable[[str], str]) -> frozenset[str]:
    """Names that are agencies by the gazetteer, or, where it does not know them, by a dateline in their name."""
    named = {(c.source_name, c.kind == "dateline") for a in articles for c in a.credits}
    agencies = {name for name, in_dateline in named if names.agency(name) or (in_dateline and not names.find(name))}
    agencies |= {name for name in {a.outlet for a in articles if a.outlet} if names.agency(name)}
    return frozenset(canonical(name) for name in agencies)


def _worth_a_look(alignments: Sequence[Alignment], facts: Sequence[Fact], settings: Settings) -> list[Alignment]:
    """The alignments that may show an arrow, and those of the pairs that a person ties together."""
    stated = {(min(f.article, f.value), max(f.article, f.value)) for f in facts}
    kept = [x for x in alignments if is_worth_a_look(x, settings) or (x.a, x.b) in stated]
    return [*kept, *_stated_pairs(facts, alignments)]


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
        credits = [c for c in open_credits((text,)) if canonical(c.source_name) not in theirs]
        if credits:
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
