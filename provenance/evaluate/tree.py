"""How alike two trees are: the five scores of tree reconstruction, and average sign distance.

Roots, direct edges, undirected edges (the direction left out), leaves and ancestry: Marmerola, Oikawa, Dias,
Goldenstein and Rocha, "On the Reconstruction of Text Phylogeny Trees", PLoS ONE 11(12), 2016. Each compares two sets,
written here for forests as well: |found ∩ true| / |found ∪ true|. Ancestry is the set of all (descendant, ancestor).

Average sign distance: Roos and Heikkilä, "Evaluating methods for computer-assisted stemmatology using artificial
benchmark data sets", Literary and Linguistic Computing 24, 2009, here as a likeness (1 is best). Only texts that both
have are scored, other nodes may stand between them:

    skeleton    = mean over i, j, k of 1 - |sign(d(i,j) - d(i,k)) - sign(d'(i,j) - d'(i,k))| / 2
    orientation = mean over i, j    of 1 - |sign(h(i) - h(j)) - sign(h'(i) - h'(j))| / 2

with d the length of the undirected path (longer than any where there is none) and h the steps from the nearest root.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from provenance.evaluate.claims import Arrow, Claims
from provenance.scores import TreeScores, ratio

_UNREACHABLE = 1 << 30  # longer than any path


def tree_scores(found: Claims, true: Claims) -> TreeScores:
    """The first sources of all texts as two forests, compared.

    Cost: n^2 for the paths and n^3 comparisons of signs in numpy (1,000 articles: some seconds).
    """
    ours, theirs = Forest(found.nodes, found.primary), Forest(true.nodes, true.primary)
    both = sorted(found.articles & true.articles)
    return TreeScores(
        roots=alike(ours.roots, theirs.roots),
        direct_edges=alike(found.primary, true.primary),
        undirected_edges=alike(set(map(frozenset, found.primary)), set(map(frozenset, true.primary))),
        leaves=alike(ours.leaves, theirs.leaves),
        ancestry=alike(ours.ancestry(), theirs.ancestry()),
        skeleton=skeleton(ours, theirs, both),
        orientation=orientation(ours, theirs, both),
    )


def alike(found: Collection[Any], true: Collection[Any]) -> float | None:
    """|found ∩ true| / |found ∪ true|, None where both are empty.

    >>> alike({1, 2}, {2, 3})
    0.3333333333333333
    """
    ours, theirs = frozenset(found), frozenset(true)
    return ratio(len(ours & theirs), len(ours | theirs))


class Forest:
    """Texts and the arrows (derived, source) between them."""

    def __init__(self, nodes: Iterable[str], arrows: Iterable[Arrow]) -> None:
        self.arrows = frozenset(arrows)
        self.nodes = frozenset(nodes).union(*self.arrows)
        self.sources: dict[str, set[str]] = defaultdict(set)
        self.derived: dict[str, set[str]] = defaultdict(set)
        for derived, source in self.arrows:
            self.sources[derived].add(source)
            self.derived[source].add(derived)

    @property
    def roots(self) -> frozenset[str]:
        return self.nodes.difference(derived for derived, _ in self.arrows)

    @property
    def leaves(self) -> frozenset[str]:
        return self.nodes.difference(source for _, source in self.arrows)

    def ancestry(self) -> frozenset[tuple[str, str]]:
        """All pairs (descendant, ancestor)."""
        return frozenset((n, above) for n in self.nodes for above in steps([n], self.sources) if above != n)

    def paths(self, start: str) -> dict[str, int]:
        """The length of the path to every text that can be reached, arrows taken in either direction."""
        return steps([start], self.sources, self.derived)

    def depths(self) -> dict[str, int]:
        return steps(self.roots, self.derived)


def steps(starts: Iterable[str], *ways: Mapping[str, set[str]]) -> dict[str, int]:
    """How many steps each node is from the nearest start (breadth first).

    >>> steps(["a"], {"a": {"b"}, "b": {"c"}})
    {'a': 0, 'b': 1, 'c': 2}
    """
    found = dict.fromkeys(starts, 0)
    queue = deque(found)
    while queue:
        at = queue.popleft()
        for to in (to for way in ways for to in way.get(at, ()) if to not in found):
            found[to] = found[at] + 1
            queue.append(to)
    return found


def skeleton(found: Forest, true: Forest, texts: Sequence[str]) -> float | None:
    """Average sign likeness of undirected paths, over ordered triples of different texts.

    >>> chain, star = Forest("abc", [("b", "a"), ("c", "b")]), Forest("abc", [("b", "a"), ("c", "a")])
    >>> skeleton(chain, chain, "abc"), round(skeleton(chain, star, "abc") or 0, 3)
    (1.0, 0.333)
    """
    n = len(texts)
    apart = 0
    for text in texts:
        ours, theirs = found.paths(text), true.paths(text)
        others = [other for other in texts if other != text]
        apart += _apart([ours.get(o, _UNREACHABLE) for o in others], [theirs.get(o, _UNREACHABLE) for o in others])
    whole = n * (n - 1) * (n - 2)
    return 1 - apart / (2 * whole) if n > 2 else None


def orientation(found: Forest, true: Forest, texts: Sequence[str]) -> float | None:
    """Average sign likeness of depths, over ordered pairs of different texts.

    >>> orientation(Forest("ab", [("b", "a")]), Forest("ab", [("a", "b")]), "ab")
    0.0
    """
    n = len(texts)
    ours, theirs = found.depths(), true.depths()
    apart = _apart([ours.get(t, -1) for t in texts], [theirs.get(t, -1) for t in texts])
    return 1 - apart / (2 * n * (n - 1)) if n > 1 else None


def _apart(ours: list[int], theirs: list[int]) -> int:
    """The sum over ordered pairs of |difference of the two signs|."""
    import numpy as np

    one, other = (np.array(row, dtype=np.int32) for row in (ours, theirs))
    above, beyond = one[:, None] > one, other[:, None] > other  # a sign is what is above less its transpose
    signs = [side.view(np.int8) - side.T.view(np.int8) for side in (above, beyond)]
    return int(np.abs(signs[0] - signs[1]).sum(dtype=np.int64))
