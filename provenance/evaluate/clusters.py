"""How well articles are grouped into reports: B-cubed and the adjusted Rand index.

B-cubed: Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", COLING-ACL 1998.
For an item i let C(i) be its found and L(i) its true group:

    precision = mean over i of |C(i) ∩ L(i)| / |C(i)|        recall = mean over i of |C(i) ∩ L(i)| / |L(i)|

ARI: Hubert and Arabie, "Comparing Partitions", Journal of Classification 2, 1985: agreement over pairs of items, less
what chance would give; 1 for equal groupings, about 0 for random ones.
"""

from collections.abc import Iterable
from statistics import fmean

from provenance.scores import ClusterScores

Groups = Iterable[frozenset[str]]


def cluster_scores(found: Groups, true: Groups) -> ClusterScores:
    """B-cubed and ARI over the items that stand in a group of both sides.

    An item in several groups of one side counts with the union of them for B-cubed and with the first (in order) for
    ARI. Cost: n times the size of a group; ARI imports scikit-learn.

    >>> scores = cluster_scores([frozenset("ab"), frozenset("c")], [frozenset("abc")])
    >>> scores.precision, round(scores.recall or 0, 3), scores.ari
    (1.0, 0.556, 0.0)
    """
    ours, theirs = _group_of(found), _group_of(true)
    items = sorted(ours.keys() & theirs.keys())
    if not items:
        return ClusterScores(None, None, None, None)
    precision = fmean(len(ours[i] & theirs[i]) / len(ours[i]) for i in items)
    recall = fmean(len(ours[i] & theirs[i]) / len(theirs[i]) for i in items)
    return ClusterScores(precision, recall, 2 * precision * recall / (precision + recall), _ari(found, true, items))


def _group_of(groups: Groups) -> dict[str, frozenset[str]]:
    group_of: dict[str, frozenset[str]] = {}
    for group in groups:
        for item in group:
            group_of[item] = group_of.get(item, frozenset()) | group
    return group_of


def _ari(found: Groups, true: Groups, items: list[str]) -> float:
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(_labels(true, items), _labels(found, items)))


def _labels(groups: Groups, items: list[str]) -> list[int]:
    number = {item: n for n, group in reversed(list(enumerate(sorted(map(sorted, groups))))) for item in group}
    return [number[item] for item in items]
