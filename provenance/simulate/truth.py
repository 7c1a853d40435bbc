"""What is true of a simulated pile, in the terms of a trace; the package's README for the data says what that means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from provenance.model import DerivationKind
from provenance.name_forms import normal_name
from provenance.simulate.family import Text
from provenance.simulate.lineage import kind, taken
from provenance.truth import Identity, NamedSource, TrueDerivation, Truth

PASSED = 0.5  # of what came out of a hidden text must stand in the text before it, for that to be the source
ENOUGH = 32  # words; from less no arrow is drawn (Settings.counted_words)


@dataclass(frozen=True, slots=True)
class Decoys:
    """Pairs that have something in common and no derivation between them."""

    why: str
    pairs: tuple[tuple[str, str], ...]


class Lineages:
    """Who took from whom among the texts of a pile, as far as the pile can show it."""

    def __init__(self, families: Sequence[Sequence[Text]], name: str) -> None:
        self.families = families
        self.texts = {text.id: text for texts in families for text in texts}
        self.file = name
        self.fed: dict[str, list[str]] = defaultdict(list)  # hidden text -> present texts that come straight from it
        self._links = {text.id: tuple(self._sources(text)) for text in self.present}
        for derived, links in self._links.items():
            for source in links:
                if self.texts[source].hidden:
                    self.fed[source].append(derived)

    @property
    def present(self) -> list[Text]:
        return [text for text in self.texts.values() if not text.hidden]

    def article(self, id: str) -> str:
        return f"{self.file}#{id}"

    # --- the sources of one text ---

    def _sources(self, text: Text) -> Iterator[str]:
        """The texts a text goes back to: present ones, or hidden ones that did more than pass something on."""
        for place, id in enumerate(text.sources):
            found = self._nearest(text, self.texts[id])
            if place == 0 or taken(text, self.texts[found]).words >= ENOUGH:
                yield found

    def _nearest(self, text: Text, source: Text) -> str:
        """The source itself; where it is hidden, the text before it if most of what was taken stands there."""
        if not source.hidden or not source.sources or self._is_named(source):
            return source.id
        before = self.texts[source.sources[0]]
        through, all = taken(text, before).words, taken(text, source).words
        if through < ENOUGH or through < PASSED * all:
            return source.id
        return self._nearest(text, before)

    def _is_named(self, hidden: Text) -> bool:
        return hidden.id in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        """Hidden texts that some article credits for its text, whole or in part."""
        return frozenset(
            g.to for t in self.texts.values() if not t.hidden for g in t.given if g.tier in ("A", "B")
            and self.texts[g.to].hidden and g.to in t.sources
        )  # fmt: skip

    def source_id(self, id: str, shown_only: bool = True) -> str | None:
        """A text's id as a trace would write it; None for an unseen text that feeds one article only.

        From a single article nobody can tell that there was a text before it, unless it says so.
        """
        text = self.texts[id]
        if not text.hidden:
            return self.article(id)
        if self._is_named(text):
            return f"named:{normal_name(text.outlet.name)}"
        return f"unseen:{id}" if not shown_only or self._is_shown(id) else None

    def _is_shown(self, id: str) -> bool:
        """Whether two articles have enough of a hidden text in common."""
        fed = [self.texts[derived] for derived in self.fed[id]]
        return any(taken(a, b).words >= ENOUGH for a, b in combinations(fed, 2))

    # --- the truth ---

    def derivations(self) -> Iterator[TrueDerivation]:
        done: set[tuple[str, str]] = set()
        for derived, links in self._links.items():
            for place, source in enumerate(links):
                found = self._derivation(self.texts[derived], source, place == 0)
                if found and (found.derived, found.source) not in done:
                    done.add((found.derived, found.source))
                    yield found
        yield from self._before_named()

    def _derivation(self, derived: Text, source: str, first: bool) -> TrueDerivation | None:
        id = self.source_id(source)
        if id is None:
            return None
        role = derived.operation
        if not self.texts[source].hidden and source not in derived.sources:
            role += ", by way of a text that is not in the pile"
        return TrueDerivation(self.article(derived.id), id, self._kind(derived, source), first, role)

    def _kind(self, derived: Text, source: str) -> DerivationKind:
        tiers = {g.tier for g in derived.given if g.to == source}
        if self.texts[source].hidden and "A" in tiers:
            return "republished"
        if self.texts[source].hidden and "B" in tiers:
            return "contributed"
        return kind(derived, self.texts[source])

    def _before_named(self) -> Iterator[TrueDerivation]:
        """Where a named hidden text came from, if that is in the pile and its text can be read through an article."""
        done: set[str] = set()
        for id in sorted(self._named):
            text = self.texts[id]
            is_new = text.outlet.name not in done  # a trace knows named sources by their names
            if is_new and self.read_through(id) and text.sources and not self.texts[text.sources[0]].hidden:
                done.add(text.outlet.name)
                source = text.sources[0]
                named = f"named:{normal_name(text.outlet.name)}"
                yield TrueDerivation(named, self.article(source), kind(text, self.texts[source]), True, text.operation)

    def read_through(self, hidden: str) -> str | None:
        """The article that shows nearly all of a hidden text under its name."""
        for derived in self.fed[hidden]:
            text = self.texts[derived]
            whole = text.operation == "reprint" and any(g.to == hidden and g.tier == "A" for g in text.given)
            if whole and taken(text, self.texts[hidden]).words >= 0.9 * taken(text, self.texts[hidden]).whole:
                return self.article(derived)
        return None

    def named_sources(self) -> tuple[NamedSource, ...]:
        feeds: dict[str, set[str]] = defaultdict(set)
        through: dict[str, str | None] = {}
        for id in sorted(self._named):
            name = f"named:{normal_name(self.texts[id].outlet.name)}"
            feeds[name] |= {self.article(derived) for derived in self.fed[id]}
            through[name] = through.get(name) or self.read_through(id)
        return tuple(
            NamedSource(name, tuple(sorted(feeds[name])), through[name]) for name in sorted(feeds) if feeds[name]
        )

    def source_of(self) -> dict[str, str | None]:
        """For each article its first source, unseen ones that nobody could find included; None for its own report."""
        first = {derived: links[0] for derived, links in self._links.items() if links}
        return {
            self.article(id): self.source_id(first[id], shown_only=False) if id in first else None for id in self._links
        }

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The articles that go back to one report."""
        top: dict[str, list[str]] = defaultdict(list)
        for id in self._links:
            at = id
            while self.texts[at].sources:
                at = self.texts[at].sources[0]
            top[at].append(self.article(id))
        return tuple(sorted(tuple(sorted(members)) for members in top.values()))

    # --- what tempts ---

    def decoys(self) -> tuple[Decoys, ...]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for texts in self.families:
            present = [t for t in texts if not t.hidden]
            for a, b in combinations(present, 2):
                why = self._decoy(a, b)
                if why:
                    one, other = sorted((self.article(a.id), self.article(b.id)))
                    found[why].append((one, other))
        return tuple(Decoys(why, tuple(sorted(pairs))) for why, pairs in sorted(found.items()))

    def _decoy(self, a: Text, b: Text) -> str | None:
        """Why two texts that do not go back to one report are alike."""
        if a.operation == b.operation == "template":
            return "template"
        if "template" in (a.operation, b.operation) or self._tops(a) & self._tops(b):
            return None
        shared = a.draft.roots & b.draft.roots
        sorts = {s.sort for s in a.draft.sentences if not shared.isdisjoint(s.roots)}
        if "background" in sorts:
            return "background"
        return "quotation" if "quote" in sorts else "same event"

    def _tops(self, text: Text) -> frozenset[str]:
        """The reports that a text goes back to, its second sources included."""
        if not text.sources:
            return frozenset({text.id})
        return frozenset().union(*(self._tops(self.texts[id]) for id in text.sources))


WHY = {
    "template": "Made by filling in the same form with other figures",
    "same event": "Independent reports of one event, and what was taken from them",
    "quotation": "Independent reports of one event that quote the same words",
    "background": "Independent reports of one event that have sentences from the same old text",
}


def truth(lineages: Lineages, decoys: Iterable[Decoys], licence: str | None = None) -> Truth:
    """The whole truth about a pile, whose texts stand under a licence."""
    decoys = tuple(decoys)
    groups = lineages.groups()
    return Truth(
        identified=_identified(lineages),
        named_sources=lineages.named_sources(),
        derivations=tuple(lineages.derivations()),
        derivations_are_complete=True,
        not_derivations=tuple(sorted(pair for each in decoys for pair in each.pairs)),
        why_not={each.why: WHY[each.why] for each in decoys},
        undecided=(),
        cited_at_least=_cited(lineages),
        independent_reports=len(groups),
        report_groups=groups,
        changed_at_least=(),
        licence=licence,
    )


def _identified(lineages: Lineages) -> Mapping[str, Identity]:
    days = {t.id: t.time.date() for t in lineages.present}
    return {lineages.article(t.id): Identity(t.outlet.name, days[t.id], days[t.id]) for t in lineages.present}


def _cited(lineages: Lineages) -> dict[str, tuple[str, ...]]:
    cited: dict[str, tuple[str, ...]] = {}
    for text in lineages.present:
        names = {lineages.texts[g.to].outlet.name for g in text.given if g.tier == "C"}
        if names:
            cited[lineages.article(text.id)] = tuple(sorted(names))
    return cited
