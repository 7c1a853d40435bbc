"""Reasons as people read them: strong, some or weak, for or against, and the sum that they make."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from provenance.model import Evidence
from provenance.report.right_to_left import with_isolates
from provenance.report.wording import Names

Strength = Literal["strong", "some", "weak"]
Stance = Literal["for", "against"]

# In log-odds: 2 makes the odds seven times as good, 0.7 twice.
_STRONG, _SOME = 2.0, 0.7
# What is quoted from an article, and the same with what leads to it; a pair of marks may stand within another one.
_QUOTE = re.compile(r"“.*”|\".*\"", re.DOTALL)
_LED_TO = re.compile(rf"(?:[:,]\s+|,?\s+such as\s+)(?:{_QUOTE.pattern})", re.DOTALL)
_START = "one_of_many"  # where every comparison of two texts starts
_FULL_BAR = 5.0
_ROUNDING = 0.002  # weights are rounded to 1e-6 and probabilities to 1e-4
_TOO_LITTLE = 0.05  # a reason below this is part of the sum, but no bar

# Words of ours that a sentence begins with; a name keeps its letters.
_FIRST = re.compile(
    r"^(?:it|its|only|one|three|not|their|this|other|before|about|who|no|most|nearly|a|an|both|each|all|the|of|what|taken|added)\b"
)

_TITLES = {
    "agency_common": "A news agency in common",
    "agency_role": "A news agency's own page",
    "author_fit": "Whose words they sound like",
    "between_versions": "Other versions",
    "common_source": "A text that is not here",
    "competition": "It hardly comes from elsewhere",
    "condensed": "Cut to fit",
    "conflict_unseen": "Each shares text with others",
    "containment": "Nearly all of it stands there",
    "covers_less": "Another text has more of it",
    "credit_back": "The other one gives the credit",
    "credit_elsewhere": "It credits somebody else",
    "credit_fact": "It names the source",
    "credit_inherited": "Both name the same third",
    "credit_markup": "The page's own markup says so",
    "credit_part": "It names the source for a part",
    "credit_whole": "It names the source for the whole",
    "crowd": "Many print the same text",
    "crowd_unseen": "Many print the same text",
    "damage": "Broken characters",
    "growth": "A version with more in it",
    "head_rewritten": "A new beginning",
    "house_style": "Spelling of the source",
    "identity_by_sentence": "Whose text it is was inferred",
    "keeps": "How much of the source it has",
    "kind_of_sharing": "In what way they share words",
    "links_added": "More links",
    "no_one_explains": "No single text has all of it",
    "numbers_higher": "Higher numbers",
    "one_of_many": "Where every pair starts",
    "only_these_two": "Words that only these two have",
    "quoted_here": "In quotation marks here",
    "reprint_earliest": "The earliest reprint",
    "same_outlet": "The same outlet",
    "scars": "Traces of cutting",
    "shared_text": "The shared words",
    "speaks_of_change": "It speaks of changes",
    "spelling_corrected": "A slip put right",
    "stated": "A person states it",
    "tail_cut": "It breaks off early",
    "third_party_deficit": "Words from elsewhere",
    "third_text_conflict": "Each shares text with others",
    "time": "The dates",
    "told_us": "Told us, told them",
}

# The same cue where it speaks against an arrow.
_AGAINST = {
    "competition": "It may come from elsewhere",
    "shared_text": "Few words are shared",
    "time": "The dates stand in the way",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against.

    Attributes:
        name: the name of the cue.
        title: what it is about, in a few words.
        detail: a sentence that a pupil understands.
        strength: strong, some or weak.
        stance: for or against.
        weight: natural log-odds.
        bar: its length, 0 to 100, on one scale for all reasons.
        is_shown: whether it is a reason for people; the start of every sum is none.
    """

    name: str
    title: str
    detail: str
    strength: Strength
    stance: Stance
    weight: float
    bar: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What the weights add up to (``sum``, log-odds) and the probability.

    ``is_held`` where that is kept lower; ``starts_at_zero`` where no two texts were compared.
    """

    sum: float
    probability: float
    is_held: bool
    starts_at_zero: bool


def reasons_of(names: Names, evidence: Iterable[Evidence], *, quotes: bool = True) -> tuple[Reason, ...]:
    """The reasons, those that are for it first, the strongest first.

    Args:
        names: what the articles of the trace are called.
        evidence: of an arrow or of an undecided pair.
        quotes: whether words of the articles may be quoted in it.
    """
    found = [_reason(names, e, quotes) for e in evidence]
    return tuple(sorted(found, key=lambda r: (not r.is_shown, r.stance == "against", -abs(r.weight), r.name)))


def total_of(evidence: Iterable[Evidence], probability: float) -> Total:
    """The sum of the weights beside the probability it gives.

    >>> total_of([Evidence("time", 1.5, "earlier"), Evidence("shared_text", 0.5, "much")], 0.8808)
    Total(sum=2.0, probability=0.8808, is_held=False, starts_at_zero=True)
    """
    evidence = tuple(evidence)
    total = round(math.fsum(e.weight for e in evidence), 6)
    return Total(total, probability, _is_held(total, probability), all(e.name != _START for e in evidence))


def _is_held(total: float, probability: float) -> bool:
    return abs(1 / (1 + math.exp(-total)) - probability) > _ROUNDING


def without_quotes(text: str) -> str:
    """A sentence without the words it quotes from an article.

    >>> without_quotes("it credits Harbour Post: “Harbour Post said”")
    'it credits Harbour Post'
    """
    return _QUOTE.sub("“…”", _LED_TO.sub("", text))


def _reason(names: Names, evidence: Evidence, quotes: bool) -> Reason:
    size = abs(evidence.weight)
    detail = with_isolates(_FIRST.sub(lambda found: found.group().capitalize(), names.told(evidence.detail)))
    stance: Stance = "for" if evidence.weight >= 0 else "against"
    titles = _TITLES if stance == "for" else _TITLES | _AGAINST
    return Reason(
        evidence.name,
        titles.get(evidence.name, evidence.name.replace("_", " ").capitalize()),
        detail if quotes else without_quotes(detail),
        "strong" if size >= _STRONG else "some" if size >= _SOME else "weak",
        stance,
        evidence.weight,
        max(2, min(100, round(100 * size / _FULL_BAR))),
        evidence.name != _START and size >= (_SOME if evidence.name == "competition" else _TOO_LITTLE),
    )
