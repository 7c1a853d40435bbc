"""Trees over a graph of possible sources: exact arrow probabilities, and the best tree.

A virtual root hangs over everything; a node under the root has no source among the others. Each tree has the
probability exp(sum of the scores of its arrows), normalised over all trees. The probability of an arrow is then
exact by the directed matrix-tree theorem (Tutte 1948; Koo, Globerson, Carreras and Collins 2007).
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CLIP = 10.0  # log-odds; |score - root score| above it costs precision (columns sum to 1 within 1e-9 at 1,000 nodes)
_DENSE = 2000  # nodes of a component up to which one dense inverse is made
_DENSE_AT_MOST = 5500  # nodes up to which it is made where a sparse one would fill up; 1 GB then
_NARROW = 0.05  # mean reach of the arrows in the best order, as part of the nodes, up to which a sparse LU stays sparse
_HUB = 8  # times the mean number of arrows; the one text that all have theirs from fills nothing when it comes last


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Possible arrows between nodes 0..n-1.

    Attributes:
        source, derived: node numbers, shape (m,); at most one arrow for an ordered pair.
        score: log-odds of each arrow, shape (m,).
        root: log-odds of having no source among the nodes, shape (n,).
    """

    source: Ints
    derived: Ints
    score: Floats
    root: Floats


def marginals(graph: Graph) -> tuple[Floats, Floats]:
    """The probability of every arrow, and of every node to hang under the root.

    One inverse for each strongly connected component; sources outside a component act as its root, which is exact.

    Args:
        graph: n nodes and m arrows.

    Returns:
        Arrow probabilities, shape (m,), and root probabilities, shape (n,). For every node the probability of
        the root and of all arrows that end there sum to 1.

    Cost: O(k^3) for a component of k nodes up to 2,000 (0.1 s at 1,000), above a sparse LU: 1 s at 5,000 nodes and 20 s
    at 20,000 with 20 arrows each, where these come from near ones or from a few. Where they come from anywhere, dense
    up to 5,500 nodes: 7 s and 0.8 GB at 5,000; above, hours.

    >>> half = Graph(np.array([0, 1]), np.array([1, 0]), np.array([0.0, 0.0]), np.array([0.0, 0.0]))
    >>> marginals(half)[0].round(4).tolist()
    [0.3333, 0.3333]
    """
    n = len(graph.root)
    score = graph.root[graph.derived] + np.clip(graph.score - graph.root[graph.derived], -CLIP, CLIP)
    component = _components(graph, n)
    inner = component[graph.source] == component[graph.derived]
    outer_root = graph.root.astype(np.float64, copy=True)
    np.logaddexp.at(outer_root, graph.derived[~inner], score[~inner])
    p_arrow, p_outer = np.zeros(len(score)), np.ones(n)
    for nodes, arrows in _grouped(component, graph, inner):
        place = {int(node): k for k, node in enumerate(nodes)}
        source = np.array([place[int(i)] for i in graph.source[arrows]], dtype=np.int64)
        derived = np.array([place[int(j)] for j in graph.derived[arrows]], dtype=np.int64)
        p_arrow[arrows], p_outer[nodes] = _component_marginals(source, derived, score[arrows], outer_root[nodes])
    split = np.exp(score - outer_root[graph.derived]) * p_outer[graph.derived]
    p_arrow[~inner] = split[~inner]
    return np.clip(p_arrow, 0.0, 1.0), np.clip(np.exp(graph.root - outer_root) * p_outer, 0.0, 1.0)


def _components(graph: Graph, n: int) -> Ints:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(graph.source), dtype=np.int8)
    table = coo_array((ones, (graph.source, graph.derived)), shape=(n, n))
    return np.asarray(connected_components(table, directed=True, connection="strong")[1], dtype=np.int64)


def _grouped(component: Ints, graph: Graph, inner: npt.NDArray[np.bool_]) -> list[tuple[Ints, Ints]]:
    """Nodes and inner arrows of every component of two nodes or more."""
    arrows = np.flatnonzero(inner)
    arrows = arrows[np.argsort(component[graph.derived[arrows]], kind="stable")]
    labels, first = np.unique(component[graph.derived[arrows]], return_index=True)
    nodes = np.argsort(component, kind="stable")
    bounds = np.searchsorted(component[nodes], labels), np.searchsorted(component[nodes], labels, side="right")
    groups = np.split(arrows, first[1:]) if len(labels) else []
    return [(nodes[low:high], group) for low, high, group in zip(*bounds, groups, strict=True)]


def _component_marginals(source: Ints, derived: Ints, score: Floats, root: Floats) -> tuple[Floats, Floats]:
    """The matrix-tree theorem on one component: with B the inverse of the Laplacian, P = W_ij (B_jj - B_ji)."""
    n = len(root)
    top = root.copy()
    np.maximum.at(top, derived, score)
    weight, rho = np.exp(score - top[derived]), np.exp(root - top)
    diagonal: Floats = rho + np.bincount(derived, weights=weight, minlength=n).astype(np.float64)
    if n <= _DENSE or (n <= _DENSE_AT_MOST and not _stays_sparse(source, derived, n)):
        laplacian = np.diag(diagonal)
        laplacian[source, derived] -= weight
        inverse = np.linalg.inv(laplacian)
        own, cross = np.diag(inverse), inverse[derived, source]
    else:
        own, cross = _inverse_entries(source, derived, weight, diagonal)
    return weight * (own[derived] - cross), rho * own


def _stays_sparse(source: Ints, derived: Ints, n: int) -> bool:
    """Whether the nodes, but for hubs, can be ordered so that arrows reach only near ones (Cuthill and McKee 1969)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    degree = np.bincount(source, minlength=n) + np.bincount(derived, minlength=n)
    plain = degree <= _HUB * degree.mean()
    kept = plain[source] & plain[derived]
    one, other = np.append(source[kept], derived[kept]), np.append(derived[kept], source[kept])
    table = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(n, n)).tocsr()
    place = np.empty(n, dtype=np.int64)
    place[reverse_cuthill_mckee(table, symmetric_mode=True)] = np.arange(n)
    return bool(np.abs(place[one] - place[other]).mean() <= _NARROW * n) if len(one) else True


def _inverse_entries(source: Ints, derived: Ints, weight: Floats, diagonal: Floats) -> tuple[Floats, Floats]:
    """The entries (j, j) and (j, i) of the inverse Laplacian for the arrows i -> j, by a sparse LU."""
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu

    n = len(diagonal)
    every = np.arange(n)
    entries = (np.concatenate([diagonal, -weight]), (np.append(every, source), np.append(every, derived)))
    factors = splu(csc_array(entries, shape=(n, n)))
    own, cross = np.empty(n), np.empty(len(weight))
    for first in range(0, n, 256):
        columns = every[first : first + 256]
        unit = np.zeros((n, len(columns)))
        unit[columns, columns - first] = 1.0
        part = factors.solve(unit)
        own[columns] = part[columns, columns - first]
        here = (source >= first) & (source < first + 256)
        cross[here] = part[derived[here], source[here] - first]
    return own, cross


def maximum_arborescence(graph: Graph) -> Ints:
    """The tree under the virtual root with the largest sum of scores (Chu and Liu 1965, Edmonds 1967).

    Args:
        graph: scores may be any numbers, marginals for instance; they are compared after rounding to 1e-9, and of
            equal trees the one with the lower-numbered sources wins.

    Returns:
        The source of every node, -1 for the root, shape (n,).

    Cost: O(m log^2 m); 1,000 nodes and 21,000 arrows take about 0.1 s.

    >>> chain = Graph(np.array([0, 1, 2]), np.array([1, 2, 0]), np.array([0.9, 0.8, 0.3]), np.array([0.5, 0.1, 0.1]))
    >>> maximum_arborescence(chain).tolist()
    [-1, 0, 1]
    """
    growth = _Growth(graph)
    for node in range(len(graph.root)):
        growth.settle(node)
    chosen = growth.opened()
    return np.array(
        [growth.source[arrow] if growth.source[arrow] < len(graph.root) else -1 for arrow in chosen], dtype=np.int64
    )


class _Growth:
    """Paths grown towards the root: every node follows its best arrow, a cycle becomes one node of its own.

    Nodes 0..n-1 are given, n is the root, larger ones are contracted cycles. A node's arrows lie in a heap whose
    keys all lack the same ``discount``: what an arrow costs more than the one it would replace.
    """

    def __init__(self, graph: Graph) -> None:
        n = len(graph.root)
        self.root = n
        order = np.lexsort((graph.source, graph.derived))  # ties fall the same way in whatever order arrows come
        self.source = [*graph.source[order].tolist(), *([n] * n)]
        self.derived = [*graph.derived[order].tolist(), *range(n)]
        cost = (-np.round(np.concatenate([graph.score[order], graph.root]) * 1e9)).astype(np.int64).tolist()
        self.heaps: list[list[tuple[int, int, int]]] = [[] for _ in range(n + 1)]
        for arrow, node in enumerate(self.derived):
            self.heaps[node].append((cost[arrow], self.source[arrow], arrow))
        for heap in self.heaps:
            heapify(heap)
        self.discount = [0] * (n + 1)
        self.within: list[int] = [-1] * (n + 1)  # the contracted node a node belongs to
        self.outermost = list(range(n + 1))
        self.chosen = [-1] * (n + 1)
        self.settled = [False] * n + [True]

    def settle(self, start: int) -> None:
        """Follows best arrows from a node until they reach what is settled."""
        path: list[int] = []
        on_path: set[int] = set()
        node = self._top(start)
        while not self.settled[node]:
            if node in on_path:
                node = self._contract(path, on_path, node)
            path.append(node)
            on_path.add(node)
            node = self._follow(node)
        for node in path:
            self.settled[node] = True

    def _top(self, node: int) -> int:
        while self.outermost[node] != node:
            self.outermost[node] = self.outermost[self.outermost[node]]
            node = self.outermost[node]
        return node

    def _follow(self, node: int) -> int:
        """Takes the best arrow into a node from outside and goes to where it comes from."""
        heap = self.heaps[node]
        while True:
            cost, source, arrow = heappop(heap)
            if (top := self._top(source)) != node:
                break
        self.chosen[node] = arrow
        self.discount[node] = cost
        return top

    def _contract(self, path: list[int], on_path: set[int], node: int) -> int:
        """Makes one node of the cycle that ends the path; the larger heap takes in the smaller ones."""
        new = len(self.heaps)
        cycle = path[path.index(node) :]
        del path[len(path) - len(cycle) :]
        largest = max(cycle, key=lambda member: len(self.heaps[member]))
        base = self.discount[largest]
        merged = self.heaps[largest]
        for member in cycle:
            on_path.discard(member)
            self.within[member] = self.outermost[member] = new
            if member != largest:
                for cost, source, arrow in self.heaps[member]:
                    heappush(merged, (cost - self.discount[member] + base, source, arrow))
            self.heaps[member] = []
        self.heaps.append(merged)
        self.discount.append(0)
        self.within.append(-1)
        self.outermost.append(new)
        self.chosen.append(-1)
        self.settled.append(False)
        return new

    def opened(self) -> list[int]:
        """The arrow into each given node once all cycles are opened where their own best arrow enters."""
        chosen = list(self.chosen)
        for node in range(len(chosen) - 1, self.root, -1):
            arrow = chosen[node]
            member = self.derived[arrow]
            while self.within[member] != node:
                member = self.within[member]
            chosen[member] = arrow
        return chosen[: self.root]
