"""Where each thing of a trace stands in a page: short fragment names that no file name can disturb."""

from dataclasses import dataclass

from provenance.model import Derivation, Trace, Undecided


@dataclass(frozen=True, slots=True)
class Anchors:
    """Fragment names: a1, a2, … for articles, s1, … for other sources, d1, … for arrows, u1, … for undecided pairs.

    >>> from provenance import read_articles, trace
    >>> found = trace(read_articles("inputs/small"))
    >>> Anchors.of(found).text(found.articles[0].id)
    'a1'
    """

    texts: dict[str, str]
    arrows: dict[tuple[str, str], str]
    pairs: dict[tuple[str, str], str]

    @classmethod
    def of(cls, trace: Trace) -> "Anchors":
        articles = {a.id: f"a{n}" for n, a in enumerate(trace.articles, 1)}
        others = [s.id for s in trace.sources if s.id not in articles]
        return cls(
            articles | {id: f"s{n}" for n, id in enumerate(others, 1)},
            {(d.derived, d.source): f"d{n}" for n, d in enumerate(trace.derivations, 1)},
            {case.articles: f"u{n}" for n, case in enumerate(trace.undecided, 1)},
        )

    def text(self, id: str) -> str:
        """The fragment of an article or other source."""
        return self.texts[id]

    def arrow(self, derivation: Derivation) -> str:
        """The fragment of an arrow."""
        return self.arrows[derivation.derived, derivation.source]

    def pair(self, case: Undecided) -> str:
        """The fragment of an undecided pair."""
        return self.pairs[case.articles]
