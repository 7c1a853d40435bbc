"""The simple methods that figures are held against, computed on the same texts in the same run."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import correlation

from provenance import Span

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def shingle_likeness(texts: Mapping[str, str], size: int = 5) -> dict[frozenset[str], float]:
    """Jaccard of word shingles for every pair that shares any: what MinHash estimates, without its error."""
    sets = {id: shingles(words(text), size) for id, text in texts.items()}
    return {
        frozenset(pair): len(one & other) / len(one | other)
        for pair in combinations(sorted(texts), 2)
        if (one := sets[pair[0]]) & (other := sets[pair[1]])
    }


def shingles(row: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    return {tuple(row[at : at + size]) for at in range(len(row) - size + 1)}


def tfidf_likeness(texts: Mapping[str, str]) -> dict[frozenset[str], float]:
    """TF-IDF cosine of single words (scikit-learn as it comes) for every pair."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    ids = sorted(texts)
    rows = TfidfVectorizer().fit_transform([texts[id] for id in ids])
    cosine = (rows @ rows.T).toarray()
    return {frozenset((ids[i], ids[j])): float(cosine[i, j]) for i, j in combinations(range(len(ids)), 2)}


def best_f1(said: Sequence[float], true: Sequence[bool]) -> float | None:
    """F1 at the threshold that is best for just these items (more than a method in use could know).

    >>> best_f1([0.9, 0.6, 0.4, 0.1], [True, False, True, False])
    0.8
    """
    found = 0
    best: float | None = None
    for n, (_, right) in enumerate(sorted(zip(said, true, strict=True), key=lambda item: (-item[0], item[1])), 1):
        found += right
        if found:
            best = max(best or 0.0, 2 * found / (n + sum(true)))
    return best


def f1(said: Sequence[bool], true: Sequence[bool]) -> float | None:
    """F1 of yes and no; None where there is nothing to find and nothing found."""
    both = sum(s and t for s, t in zip(said, true, strict=True))
    either = sum(said) + sum(true)
    return 2 * both / either if either else None


def macro_f1(said: Sequence[str], true: Sequence[str]) -> float | None:
    """The mean F1 of the kinds that there are in truth."""
    kinds = sorted(set(true))
    each = [f1([s == kind for s in said], [t == kind for t in true]) or 0.0 for kind in kinds]
    return sum(each) / len(each) if each else None


def auc(said: Sequence[float], true: Sequence[bool]) -> float | None:
    """The part of all (true, false) couples in which the true one has more; half for equals.

    >>> auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    0.875
    """
    ours = [s for s, t in zip(said, true, strict=True) if t]
    others = sorted(s for s, t in zip(said, true, strict=True) if not t)
    if not ours or not others:
        return None
    below = sum(bisect_left(others, s) + bisect_right(others, s) for s in ours)
    return below / (2 * len(ours) * len(others))


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Rank correlation, equal values sharing their mean rank; None where either is all equal.

    >>> spearman([1, 2, 3, 4], [0.1, 0.2, 0.2, 0.9])
    0.9486832980505138
    """
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return correlation(_ranks(one), _ranks(other))


def _ranks(values: Sequence[float]) -> list[float]:
    row = sorted(values)
    return [(bisect_left(row, v) + bisect_right(row, v) + 1) / 2 for v in values]


def nearest(ids: Iterable[str], likeness: Mapping[frozenset[str], float]) -> dict[str, str]:
    """The most alike text of each, of equals the first in order; none for a text that is like no other."""
    best: dict[str, tuple[float, str]] = {}
    for pair, alike in sorted(likeness.items(), key=lambda item: (-item[1], sorted(item[0]))):
        if alike > 0:
            for id in pair:
                best.setdefault(id, (alike, min(pair - {id})))
    return {id: best[id][1] for id in sorted(ids) if id in best}


def groups_at(ids: Iterable[str], likeness: Mapping[frozenset[str], float], limit: float) -> dict[str, str]:
    """Item -> the first of its group, where pairs at or above a limit are in one group."""
    group = {id: {id} for id in ids}
    for pair, alike in likeness.items():
        if alike >= limit and pair <= group.keys():
            together = set().union(*(group[id] for id in pair))
            group.update(dict.fromkeys(together, together))
    return {id: min(members) for id, members in group.items()}


def longer_is_later(derived: str, source: str) -> float:
    """1 where the derived text is the longer, 1/2 where both have as many words."""
    one, other = len(words(derived)), len(words(source))
    return (one > other) + 0.5 * (one == other)


def seed_and_merge(
    derived: str, source: str, size: int = 4, gap: int = 300, least: int = 200
) -> list[tuple[Span, Span]]:
    """Shared word 4-grams merged over gaps: the usual first method of text alignment.

    Args:
        derived, source: the texts.
        size: words a seed.
        gap: characters by which seeds of one case may be apart, on each side.
        least: characters that a case has at least, on each side.
    """
    cases: list[list[int]] = []
    for there, origin in _seeds(derived, source, size):
        near = [case for case in cases if there[0] - case[1] <= gap and _apart(origin, case[2:]) <= gap]
        if near:
            case = near[-1]
            case[:] = case[0], max(case[1], there[1]), min(case[2], origin[0]), max(case[3], origin[1])
        else:
            cases.append([*there, *origin])
    long = (case for case in cases if min(case[1] - case[0], case[3] - case[2]) >= least)
    return [(Span(*case[:2]), Span(*case[2:])) for case in long]


def _seeds(derived: str, source: str, size: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    places = defaultdict(list)
    for gram, place in _grams(source, size):
        places[gram].append(place)
    return [(there, origin) for gram, there in _grams(derived, size) for origin in places.get(gram, ())[:4]]


def _grams(text: str, size: int) -> list[tuple[tuple[str, ...], tuple[int, int]]]:
    found = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    rows = (found[at : at + size] for at in range(len(found) - size + 1))
    return [(tuple(word for word, _, _ in row), (row[0][1], row[-1][2])) for row in rows]


def _apart(span: tuple[int, int], case: Sequence[int]) -> int:
    return max(span[0] - case[1], case[0] - span[1], 0)
