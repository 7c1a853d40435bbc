"""How many of the pairs that there are a tool found, and how many of those it found there are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speed.piles import KINDS, Truth

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1.

    kinds: recall of the edges of each kind; edges: of all edges; related: of all pairs of common origin; precision:
    pairs of common origin among the pairs found; without_templates: the same, pairs within a template family left out;
    template, outlet, other: wrong pairs, within a template family, else within an outlet, else.
    """

    kinds: dict[str, float]
    edges: float
    related: float
    precision: float
    without_templates: float
    pairs: int
    template: int
    outlet: int
    other: int


def score(found: Pairs, truth: Truth) -> Score:
    articles = len(truth.outlet)
    found = np.unique(_keys(found, articles))
    edge = np.isin(_keys(truth.edges, articles), found)
    related = _keys(truth.related, articles)
    right = np.isin(found, related)
    wrong = np.stack(np.divmod(found[~right], articles))
    family, outlet = truth.template[wrong], truth.outlet[wrong]
    template = (family[0] == family[1]) & (family[0] >= 0)
    same = ~template & (outlet[0] == outlet[1])
    return Score(
        {name: _share(edge[truth.kind == i]) for i, name in enumerate(KINDS)},
        _share(edge),
        _share(np.isin(related, found)),
        _share(right),
        float(right.sum() / max(1, len(found) - template.sum())),
        len(found),
        int(template.sum()),
        int(same.sum()),
        int((~template & ~same).sum()),
    )


def _keys(pairs: Pairs, articles: int) -> Pairs:
    """One number for each pair, whichever of the two comes first."""
    return np.asarray(pairs.min(axis=1) * articles + pairs.max(axis=1)) if len(pairs) else np.zeros(0, np.int64)


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else float("nan")
