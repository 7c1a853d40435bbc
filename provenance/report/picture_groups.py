"""The families of a trace, made ready for a picture."""

from collections import defaultdict
from collections.abc import Iterable

from provenance.model import Derivation, Family, Trace, Undecided
from provenance.report.anchors import Anchors
from provenance.report.arrow_words import arrow_sentence, called
from provenance.report.columns import shorten
from provenance.report.picture_model import Arrow, Group, Node, Open
from provenance.report.right_to_left import isolated
from provenance.report.shared_words import is_text_here
from provenance.report.ties import tied_together
from provenance.report.tree import by_article
from provenance.report.wording import (
    Names,
    cited_names,
    confidence,
    confidence_word,
    counted,
    date_words,
    is_inferred,
    kind_words,
    percent,
    plain,
    share_words,
    some,
)

_MOST_PAIRS = 12  # families of one article and one source whose text is not here that are drawn; more are listed
_LONGEST, _LONG = 300, 120  # columns of a name or title in a box's own words, and in a sentence
_MOST_GUESTS = 3  # articles that only share a little with a family and stand beside it


def groups_of(trace: Trace, anchors: Anchors) -> tuple[Group, ...]:
    """The families of a trace, the largest first; then, as lists, what would only fill a picture.

    Args:
        trace: the finished trace.
        anchors: where each thing stands in the page.

    Returns:
        Groups whose nodes are in the order of time and go by their fragments. Each article stands in one of them.
    """
    made = _Maker(trace, anchors)
    families = made.families()
    pairs = [ids for ids in families if made.is_pair(ids)]
    listed = pairs if len(pairs) > _MOST_PAIRS else []
    drawn = [made.family(n, ids) for n, ids in enumerate((i for i in families if i not in listed), 1)]
    in_family = {id for ids in families for id in ids}
    alone = [a.id for a in trace.articles if a.id not in in_family]
    return (*drawn, *made.listed_pairs(listed), *made.listed_alone(alone))


class _Maker:
    """Turns the parts of one trace into the parts of a picture."""

    def __init__(self, trace: Trace, anchors: Anchors) -> None:
        self.trace, self.anchors, self.names = trace, anchors, Names.of(trace)
        self.cited = by_article(trace.citations)
        self.reports: dict[str, Family] = {id: f for f in trace.families for id in (*f.articles, *f.sources)}
        self.guests: set[str] = set()
        self.reprints = {id: r.members for r in trace.reprints for id in r.members}

    # --- which texts stand together ----------------------------------------------------------------------------------

    def families(self) -> list[list[str]]:
        """The ids of each family in the order of time, the largest family first."""
        ties = [(d.source, d.derived) for d in self.trace.derivations]
        ties += [case.articles for case in self.trace.undecided if case.what == "direction"]
        families = [set(ids) for ids in tied_together(ties)]
        self._invite_guests(families)
        by_date = self.names.by_date
        ordered = [sorted(ids, key=by_date) for ids in families]
        return sorted(ordered, key=lambda ids: (-self._articles({*ids} - self.guests), -len(ids), by_date(ids[0])))

    def _invite_guests(self, families: list[set[str]]) -> None:
        """Few articles that share a little with one family and with nobody else stand beside it."""
        home = {id: n for n, ids in enumerate(families) for id in ids}
        near: dict[str, set[int | None]] = defaultdict(set)
        for case in self.trace.undecided:
            for id, other in (case.articles, case.articles[::-1]):
                if id not in home:
                    near[id].add(home.get(other))
        guests: dict[int, list[str]] = defaultdict(list)
        for id, homes in near.items():
            [first, *more] = homes
            if first is not None and not more:
                guests[first].append(id)
        for n, ids in guests.items():
            if len(ids) <= _MOST_GUESTS:
                families[n].update(ids)
                self.guests.update(ids)

    def _articles(self, ids: Iterable[str]) -> int:
        return sum(id in self.names.articles for id in ids)

    def is_pair(self, ids: list[str]) -> bool:
        """Whether it is one article and what it names."""
        return self._articles(ids) == 1

    # --- groups ------------------------------------------------------------------------------------------------------

    def family(self, number: int, ids: list[str]) -> Group:
        inside = set(ids)
        cases = [case for case in self.trace.undecided if inside & set(case.articles)]
        return Group(
            heading=f"Family {number}: {self._heading(ids)}",
            nodes=tuple(self.node(id) for id in ids),
            arrows=tuple(self.arrow(d) for d in self._arrows(inside)),
            opens=tuple(self.open(case) for case in cases),
        )

    def listed_pairs(self, families: list[list[str]]) -> list[Group]:
        """Articles that merely name a source for their text, by the name of that source."""
        inside = {id for family in families for id in family}
        arrows = self._arrows(inside)
        by_source = sorted(arrows, key=lambda d: (called(self.names, d.source), self.names.by_date(d.derived)))
        articles = dict.fromkeys(d.derived for d in by_source if d.derived in self.names.articles)
        if not articles:
            return []
        said = counted(len(articles), "more article")
        heading = f"{said}, each with a named source that no other article here has its text from"
        nodes = tuple(self.node(id) for id in articles)
        return [Group(heading, nodes, tuple(self.arrow(d) for d in arrows), kind="listed")]

    def listed_alone(self, ids: list[str]) -> list[Group]:
        if not ids:
            return []
        inside = set(ids)
        opens = tuple(self.open(case) for case in self.trace.undecided if inside & set(case.articles))
        said = counted(len(ids), "article")
        heading = f"{said} for which no source was found in this pile"
        nodes = tuple(self.node(id) for id in sorted(ids, key=self.names.by_date))
        return [Group(heading, nodes, opens=opens, kind="listed")]

    def _heading(self, ids: list[str]) -> str:
        """How many articles and sources, how many reports they make, and who merely stands beside them."""
        guests = [id for id in ids if id in self.guests]
        said = self._members([id for id in ids if id not in self.guests])
        return said + (f" · {len(guests)} more {'shares' if len(guests) == 1 else 'share'} a little" if guests else "")

    def _members(self, ids: list[str]) -> str:
        kinds = [self.names.sources[id].kind for id in ids if id in self.names.sources]
        named, unseen = kinds.count("named"), kinds.count("unseen")
        parts = [counted(self._articles(ids), "article")]
        parts += [counted(named, "named source")] if named else []
        parts += [counted(unseen, "unseen source")] if unseen else []
        return f"{some(parts, 3, ' and ')} · {self._reports(ids)}"

    def _reports(self, ids: list[str]) -> str:
        inside = {self.reports[id].articles: self.reports[id] for id in ids if id in self.reports}
        alone = sum(id in self.names.articles and id not in self.reports for id in ids)
        estimates = [f.independent_reports for f in inside.values()]
        n, low, high = (alone + sum(getattr(e, part) for e in estimates) for part in ("n", "low", "high"))
        between = f" (between {low} and {high})" if low != high else ""
        return counted(n, "independent report") + between

    # --- parts -------------------------------------------------------------------------------------------------------

    def node(self, id: str) -> Node:
        article, source = self.names.articles.get(id), self.names.sources.get(id)
        when = self.names.published(id)
        return Node(
            id=self.anchors.text(id),
            name=shorten(called(self.names, id), _LONGEST),
            kind=source.kind if source and not article else "article",
            when=when,
            date=date_words(when),
            title=shorten(plain(article.title), _LONGEST) if article and article.title else None,
            link=self.anchors.text(id),
            about=shorten(plain(id), _LONGEST)
            if article
            else shorten(self.names.standing(source), _LONG)
            if source
            else "",
            known=shorten(self._known(id), _LONG),
            facts=tuple(shorten(name, _LONG) for name in cited_names(self.cited.get(id, []))),
            notes=tuple(self._notes(id)),
        )

    def _known(self, id: str) -> str:
        source = self.names.sources.get(id)
        return f"as {self.names.reader(source.read_through)} prints it" if source and source.read_through else ""

    def _notes(self, id: str) -> Iterable[str]:
        article = self.names.articles.get(id)
        if article and is_inferred(article):
            yield f"outlet: {self.names.told(article.outlet_ground or '')}"
        same = [shorten(self.names.brief(other), _LONG) for other in self.reprints.get(id, ()) if other != id]
        if same:
            yield f"the same text as {some(same, 4)}"

    def _arrows(self, inside: set[str]) -> list[Derivation]:
        found = [d for d in self.trace.derivations if d.source in inside and d.derived in inside]
        return sorted(found, key=lambda d: (not d.is_primary, -d.probability, d.derived, d.source))

    def arrow(self, d: Derivation) -> Arrow:
        share = d.share if is_text_here(self.names, d.source) else None  # else it is shared with another article
        is_whole = d.kind == "republished" and d.share is None  # the article itself says so
        return Arrow(
            source=self.anchors.text(d.source),
            derived=self.anchors.text(d.derived),
            word=confidence_word(d.probability),
            css=confidence_word(d.probability).replace(" ", "-"),
            share=1.0 if is_whole else share,
            share_word="whole text" if is_whole else percent(share) if share is not None else "",
            said=self._sentence(d),
            detail=self._detail(d),
            is_main=d.is_primary and d.kind != "contributed",
            link=self.anchors.arrow(d),
        )

    def _detail(self, d: Derivation) -> str:
        """What became of the text, how much of it, and what else there is to know of how sure it is."""
        word = confidence_word(d.probability)
        more = confidence(d, self.trace.generated_by.calibrated).removeprefix(word).strip(" ,")
        shares = ", ".join(share_words(d, "of it is in the source", "of the source is in it"))
        if not is_text_here(self.names, d.source):
            shares = f"{percent(d.share)} of it is shared with another article" if d.share is not None else ""
        became = "" if d.kind == "contributed" else kind_words(d)
        found = [became + (f" ({shares})" if shares else ""), f"{word} {more}" if more else ""]
        said = "; ".join(part.strip() for part in found if part)
        return said[:1].upper() + said[1:]

    def _sentence(self, d: Derivation) -> str:
        return arrow_sentence(self.names, d, self._called(d.derived), self._called(d.source)).removesuffix(".")

    def _called(self, id: str) -> str:
        return shorten(called(self.names, id), _LONG)

    def open(self, case: Undecided) -> Open:
        a, b = (isolated(self._called(id)) for id in case.articles)
        said = {
            "direction": f"{a} and {b} belong together; which one took text from the other is not decided",
            "relation": f"{a} and {b} share a little text; whether one took it from the other is not decided",
        }[case.what]
        a, b = (self.anchors.text(id) for id in case.articles)
        return Open((a, b), case.what, "undecided", said, self.anchors.pair(case))
