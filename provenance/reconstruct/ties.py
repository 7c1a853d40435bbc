"""Which articles of a pile credit one another's outlets."""

from collections.abc import Sequence

from provenance import names
from provenance.model import Article


class Ties:
    """Pairs of articles (by number, the smaller first) of which one credits the other's outlet.

    Asked pair by pair, because a thousand articles that credit an outlet with ten thousand make ten million pairs.

    Attributes:
        outlets: of each article, by its common name, None where unknown.
        credited: the names that each article credits for more than pictures.

    >>> post = Article("post.txt", "", "", outlet="Harbour Post")
    >>> (0, 1) in Ties([post, post])
    False
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        known = frozenset(a.outlet for a in articles if a.outlet)
        common: dict[str, str] = {}

        def canonical(name: str) -> str:
            if name not in common:
                common[name] = names.canonical(name, known)
            return common[name]

        self.outlets = [canonical(a.outlet) if a.outlet else None for a in articles]
        self.credited = [frozenset(canonical(c.source_name) for c in a.credits if c.tier != "D") for a in articles]

    def __contains__(self, pair: object) -> bool:
        assert isinstance(pair, tuple)
        one, other = pair
        return self.outlets[other] in self.credited[one] or self.outlets[one] in self.credited[other]
