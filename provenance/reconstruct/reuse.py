"""What kind of sharing two texts show: one text twice, a part of it, an excerpt, or only voices, notices and forms.

Shared words alone do not tell: two reports of one press conference share its quotations, two pages of one site their
notices, two market reports their form. The decision is learnt from pairs that were read (``data/reuse_kinds.toml``)
and rests on the measures of an alignment: words that both say in their own voice, over how much of each text they are
spread, in how many pieces, what one text quotes of the other, which numbers were exchanged in them.
"""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from provenance.reconstruct.remembered import remembered
from provenance.shared import Alignment, Measures

KINDS: Mapping[str, str] = {
    "W": "the same text",
    "P": "part of the text is the same",
    "E": "an excerpt, given as such",
    "Q": "only quotations, speeches or letters in common",
    "B": "only what pages repeat in common",
    "T": "only set phrases in common, or a form filled in with other names and numbers",
    "N": "nothing in common",
}
_SURE = 6.0  # log-odds at most: nobody read enough pairs to say more
_CHANCE = 8  # words; fewer in common say nothing
_ALIKE = 3  # sentences that say the same in other words, from which two texts may still be related
_BY_MEANING = 0.35  # then; of 16 such pairs of a real pile that were read 5 or 6 were


@dataclass(frozen=True, slots=True)
class Reuse:
    """The kind of reuse between two texts, in numbers.

    Attributes:
        kinds: by letter (see ``KINDS``) the probability of each kind; they add up to 1.
        log_odds: natural log-odds that text went from one to the other or came to both from a third: W, P or E.
        degree: 0 when nothing was taken, growing with the length of what was taken word for word and with its part of
            the text: rewritten heavily below lightly below copied.
    """

    kinds: Mapping[str, float]
    log_odds: float
    degree: float


@remembered(1 << 14)
def reuse_of(shared: Alignment) -> Reuse:
    """The kind of reuse that an alignment shows; the same seen from either side.

    Two multinomial models, learnt by ``tests/benchmarks/accuracy/learn_kinds.py``: whether the two texts are forms
    filled in differently, and, of all others, which of W, P, E, Q and B they are.

    Cost: about 20 microseconds, less than 1 for an alignment that was asked about lately.

    >>> from provenance.shared import Alignment
    >>> nothing = Alignment("a", "b", (), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    >>> reuse_of(nothing).kinds["N"], reuse_of(nothing).degree
    (1.0, 0.0)
    """
    return _reuse_by(*_one_way_round(shared.measures), shared.sentences)


def _one_way_round(m: Measures) -> tuple[float, ...]:
    """The same measures for a pair and for the pair turned round: no feature asks which side is which."""
    quoted = (m.quoted_a, m.quoted_b) if m.quoted_a >= m.quoted_b else (m.quoted_b, m.quoted_a)
    share = (m.share_a, m.share_b) if m.share_a >= m.share_b else (m.share_b, m.share_a)
    spread = (m.spread_a, m.spread_b) if m.spread_a >= m.spread_b else (m.spread_b, m.spread_a)
    changed = (m.figures_same, m.figures_changed, m.figures, m.rest)
    return (m.narrative, m.spoken, *quoted, m.presented, *share, *spread, m.runs, m.run_words, *changed)


@lru_cache(maxsize=1 << 13)  # a pair is seen from both sides
def _reuse_by(*numbers: float) -> Reuse:
    measures, sentences = Measures(*numbers[:-1]), numbers[-1]  # type: ignore[arg-type]
    if measures.narrative + measures.spoken + measures.quoted_a + measures.quoted_b < _CHANCE:
        return _without_runs(sentences)
    values = [feature(measures) for feature in FEATURES.values()]
    model = _model()
    form = _logistic(model.form.score(values))
    rest = _softmax({kind: linear.score(values) for kind, linear in model.kinds.items()})
    kinds = {kind: round((1 - form) * p, 6) for kind, p in rest.items()} | {"T": round(form, 6), "N": 0.0}
    return Reuse(
        kinds=kinds,
        log_odds=_log_odds(sum(kinds[kind] for kind in "WPE")),
        degree=degree(measures),
    )


def _without_runs(sentences: float) -> Reuse:
    """No run of words in common: nothing, or sentences that say the same in other words, which proves little."""
    p = _BY_MEANING if sentences >= _ALIKE else 0.0
    return Reuse({kind: {"P": p, "N": 1 - p}.get(kind, 0.0) for kind in KINDS}, _log_odds(p), 0.0)


def degree(measures: Measures) -> float:
    """How much of a text was taken and how literally: it goes by the length of runs, then by their part of the text.

    Coverage alone puts light rewriting beside copying (both hold most of the words); the length of equal runs does
    not. Compare Clough and Stevenson, "Developing a corpus of plagiarised short answers" (2011).
    """
    if measures.narrative < _CHANCE:
        return 0.0
    return round(math.log1p(measures.run_words) + 1.5 * max(measures.share_a, measures.share_b), 6)


# --- features -------------------------------------------------------------------------------------------------------


def _excerpt(measures: Measures) -> int:
    return max(measures.quoted_a, measures.quoted_b)


def _share(measures: Measures) -> float:
    return max(measures.share_a, measures.share_b)


def _all(measures: Measures) -> int:
    return max(1, measures.narrative + measures.quoted_a + measures.quoted_b + measures.spoken)


FEATURES: Mapping[str, Callable[[Measures], float]] = {
    "spread": lambda m: max(m.spread_a, m.spread_b),
    "spread_other": lambda m: min(m.spread_a, m.spread_b),
    "whole": lambda m: max(0.0, _share(m) - 0.7) / 0.3,
    "own": lambda m: (m.narrative + _excerpt(m)) / _all(m),  # part of what is shared that is no common voice
    "narrative": lambda m: m.narrative / _all(m),
    "pieces": lambda m: math.log1p(m.runs),
    "presented": lambda m: min(1.0, m.presented / 60),
    "excerpt": lambda m: min(1.0, _excerpt(m) / 120),
    "rest": lambda m: m.rest,
    "run": lambda m: math.log1p(m.run_words),
    "share": _share,
    "enough": lambda m: min(1.0, m.narrative / 60),
    "density": lambda m: 10 * m.runs / max(8, m.narrative),
    "figures": lambda m: m.figures,
    "figures_changed": lambda m: min(1.0, m.figures_changed / 3),
}


# --- the models -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear score over standardised features: of each its place in ``FEATURES``, weight, mean and scale."""

    intercept: float
    terms: Sequence[tuple[int, float, float, float]]

    def score(self, values: Sequence[float]) -> float:
        return self.intercept + math.fsum([w * (values[k] - mean) / scale for k, w, mean, scale in self.terms])


@dataclass(frozen=True, slots=True)
class _Model:
    form: _Linear
    kinds: Mapping[str, _Linear]


@cache
def _model() -> _Model:
    table = tomllib.loads(files("provenance").joinpath("data", "reuse_kinds.toml").read_text(encoding="utf-8"))
    return _Model(_linear(table["form"], "T"), {kind: _linear(table["kinds"], kind) for kind in "WPEQB"})


def _linear(table: Mapping[str, Any], kind: str) -> _Linear:
    place = {name: k for k, name in enumerate(FEATURES)}
    terms = [
        (place[name], float(row[kind]), float(row["mean"]), float(row["scale"]))
        for name, row in table["features"].items()
    ]
    return _Linear(float(table["intercepts"][kind]), terms)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    powers = {kind: math.exp(score - top) for kind, score in scores.items()}
    total = math.fsum(powers.values())
    return {kind: power / total for kind, power in powers.items()}


def _log_odds(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return round(max(-_SURE, min(_SURE, math.log(p / (1 - p)))), 6)
