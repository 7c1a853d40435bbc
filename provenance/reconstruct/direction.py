"""Who took it from whom, for one ordered pair of texts: independent cues, each a line of evidence.

A cue looks at a pair (derived, source) and returns how strongly it speaks for or against that arrow, with a sentence
that says why, or None when it has nothing to say. Its weight is a line of ``data/cue_weights.toml``. A new cue is a
function in ``CUES`` and a line there.
"""

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache

from provenance import names
from provenance.model import Article, Credit, Evidence, Place, Span
from provenance.name_forms import normal_name
from provenance.phrases import phrases
from provenance.reconstruct.author_fit import author_fit
from provenance.reconstruct.clocks import impossible, lag, middle_of, slack
from provenance.reconstruct.corrections import numbers_higher, speaks_of_change, spelling_corrected
from provenance.reconstruct.growth import between_versions, condensed, growth, links_added
from provenance.reconstruct.pair import Context, Cue, Finding, Pair, Text, display_name
from provenance.reconstruct.remembered import remembered
from provenance.reconstruct.residue import (
    containment,
    damage,
    head_rewritten,
    house_style,
    scars,
    tail_cut,
)
from provenance.reconstruct.reuse import KINDS, Reuse, reuse_of
from provenance.reconstruct.third_texts import covers_less, only_these_two, third_party_deficit, third_text_conflict
from provenance.reconstruct.weights import CueWeights
from provenance.settings import Settings
from provenance.shared import Alignment


def findings_for(pair: Pair, context: Context) -> tuple[Finding, ...]:
    """Everything that speaks for or against an arrow, each cue's strength and why."""
    cues = CUES if context.asks_all else _weighty(context.weights)
    found = [cue(pair, context) for cue in cues]
    return tuple([f for f in found if f is not None and f.strength != 0])


@lru_cache(maxsize=8)
def _weighty(weights: CueWeights) -> tuple[Cue, ...]:
    """The cues but for those to which learning gave no weight; a cue of several weights is always asked."""
    return tuple(cue for cue in CUES if weights.weights.get(cue.__name__, 1.0) or cue is time)


# --- are they related at all ----------------------------------------------------------------------------------------


def relation_score(shared: Alignment) -> float:
    """Log-odds that two texts are related by derivation or a common source, -4 to 4, of reprints 6: see ``reuse``."""
    kind = reuse_of(shared)
    found = max(-4.0, min(4.0, kind.log_odds))
    if is_form(kind):
        return found
    if shared.near:
        return 6.0
    if min(shared.share_a, shared.share_b) >= _MOST:
        return max(found, 3.0)
    alike = shared.measures.narrative >= _TOO_MANY and shared.measures.run_words >= _IN_A_ROW
    return max(found, _DOUBT) if alike else found


_TOO_MANY, _IN_A_ROW = 20, 8  # words in both texts' own voice, in runs so long, that two reporters do not hit upon ...
_DOUBT = -2.5  # ... so that nobody may be surer than this (in log-odds) that they have nothing to do with one another
_MOST = 0.6  # of both texts; so much is no quotation that two reporters heard


def is_form(kind: Reuse) -> bool:
    """Whether two texts are one form filled in differently: market reports, results, forecasts."""
    return kind.kinds["T"] >= 0.5


def may_be_arrow(shared: Alignment, credited: bool, settings: Settings) -> bool:
    """Whether two texts share enough for an arrow between them: see design 4.6.

    Args:
        shared: their alignment.
        credited: one of them credits the other, by a pattern.
        settings: ``counted_words``, ``plain_share``, ``excerpt_words``, ``rewritten_pairs``.
    """
    return _is_enough(shared, credited, settings) and (credited or not is_form(reuse_of(shared)))


def is_worth_a_look(shared: Alignment, settings: Settings) -> bool:
    """Whether there may be an arrow one way or the other, credited or not: the limits of ``may_be_arrow`` at least."""
    if shared.near or max(shared.excerpt_a, shared.excerpt_b) >= settings.excerpt_words:
        return True
    shorter = min(shared.shared_a, shared.shared_b)
    return shorter >= settings.counted_words and shared.plain >= settings.plain_share * shorter * 0.8


def _is_enough(shared: Alignment, credited: bool, settings: Settings) -> bool:
    if shared.near or max(shared.excerpt_a, shared.excerpt_b) >= settings.excerpt_words:
        return True
    shorter = min(shared.shared_a, shared.shared_b)
    enough = shorter >= settings.counted_words and shared.plain >= settings.plain_share * shared.shared_a * 0.8
    alike = shared.sentences >= (1 if credited else settings.rewritten_pairs)
    return enough and (min(shared.verbatim_a, shared.verbatim_b) > 0 or alike)


_START = "the starting point: of two texts with words in common neither need have taken from the other"


def one_of_many(pair: Pair, context: Context) -> Finding:
    return Finding("one_of_many", 1.0, _START)


def shared_text(pair: Pair, context: Context) -> Finding | None:
    shared, name = pair.shared, display_name(pair.source)
    if pair.source.article.id == pair.derived.article.id:
        return Finding("shared_text", 1.0, f"its page gives its whole text as that of {name}")
    if not shared.shared_a:
        return None
    few = "only " if shared.share_a < _FEW else ""
    detail = (
        f"{few}{shared.shared_a} of its {shared.words_a} words (shared quotations and small print left out) stand in "
        f"{name} too, {shared.verbatim_a} of them word for word"
    )
    places = tuple(Place(pair.derived.article.id, p.a) for p in shared.passages if p.counted)
    return Finding("shared_text", round(shared.share_a, 6), detail, places)


_FEW = 0.2  # of a text's words


def kind_of_sharing(pair: Pair, context: Context) -> Finding | None:
    """Quotations, notices and forms in common speak against an arrow; what is none of these needs no saying."""
    score = relation_score(pair.shared)
    if pair.source.article.id == pair.derived.article.id or score >= 0:
        return None
    return Finding("kind_of_sharing", round(score / 4, 6), looks_of(pair.shared))


def looks_of(shared: Alignment) -> str:
    """What the words that two texts share look like: the likely kinds of sharing, the likeliest first."""
    found = reuse_of(shared).kinds
    least = min(_LIKELY, max(found.values()))
    likely = sorted((kind for kind in found if found[kind] >= least), key=lambda kind: (-found[kind], kind))
    return "what they share looks like this: " + ", or ".join(KINDS[kind] for kind in likely)


_LIKELY = 0.25  # a kind that is said; quotations are seldom quite told from what pages repeat


def keeps(pair: Pair, context: Context) -> Finding | None:
    if pair.source.article.id == pair.derived.article.id or not pair.shared.share_b:
        return None
    detail = f"{round(100 * pair.shared.share_b)} % of the words of {display_name(pair.source)} are found in it"
    return Finding("keeps", round(pair.shared.share_b**2, 6), detail)  # who takes a text takes most of it, or a piece


# --- credits --------------------------------------------------------------------------------------------------------

_CREDIT_CUE = {"A": "credit_whole", "B": "credit_part", "C": "credit_fact"}


def own_credits(derived: Text, source: Text) -> list[Credit]:
    """The credits of one text that mean the other; its own first, then those that came with a third text."""
    return _meaning(derived.credits, source)


def _meaning(credits: Sequence[Credit], text: Text) -> list[Credit]:
    if not credits:
        return []
    meaning = [c for c in credits if c.resolved_to == text.id and c.tier != "D"]
    return sorted(meaning, key=_telling) if len(meaning) > 1 else meaning


def _telling(credit: Credit) -> tuple[bool, bool, str, int, int]:
    """Own credits first, then markup, then by tier; of several the one in most words, which says most plainly why."""
    start = credit.span.start if credit.span else 0
    return credit.inherited_from is not None, credit.kind != "canonical", credit.tier, -len(credit.text), start


def credited(pair: Pair, context: Context) -> Finding | None:
    credits = own_credits(pair.derived, pair.source)
    if not credits:
        return None
    credit = credits[0]
    came_with = credit.inherited_from
    if came_with and any(c.resolved_to == came_with and c.inherited_from is None for c in pair.derived.credits):
        return None  # it credits the very text that this credit came with
    name = "credit_markup" if credit.kind == "canonical" else _CREDIT_CUE[credit.tier]
    ground = f" ({pair.source.article.outlet_ground})" if known_by_sentence(pair.source) else ""
    where = "its page's markup names" if credit.span is None else "it credits"
    detail = f"{where} {credit.source_name}: “{_short(credit.text)}”{ground}"
    if came_with:  # then it speaks half for this source, half for the text it came with
        return Finding(name, 0.5, f"{detail}; {came_with} has the same credit", _credit_places(credit))
    return Finding(name, 1.0, detail, _credit_places(credit))


def credit_back(pair: Pair, context: Context) -> Finding | None:
    # all that the page says counts here: who republishes a text that credits this one is not its source either
    credits = _meaning(pair.source.article.credits, pair.derived)
    if not credits:
        return None
    detail = f"the credit goes the other way: {display_name(pair.source)} credits {credits[0].source_name}"
    return Finding("credit_back", 1.0, detail, _credit_places(credits[0]))


def credit_inherited(pair: Pair, context: Context) -> Finding | None:
    mine, theirs = _names_by_canonical(pair.derived, context), _names_by_canonical(pair.source, context)
    own = {context.canonical(n) for n in (pair.derived.name, pair.source.name) if n}
    both = sorted(set(mine) & set(theirs) - own)
    if not both:
        return None
    credit = mine[both[0]]
    whole = credit.tier == theirs[both[0]].tier == "A" and not own_credits(pair.derived, pair.source)
    detail = f"both credit {credit.source_name}: that speaks of an earlier text, not of these two"
    return Finding("credit_inherited", 1.0 if whole else 0.2, detail, _credit_places(credit))


def credit_elsewhere(pair: Pair, context: Context) -> Finding | None:
    """A text that credits the whole of it to one source did not take it from another."""
    whole = [c for c in pair.derived.credits if c.tier == "A" and c.resolved_to != pair.source.id]
    if not whole or own_credits(pair.derived, pair.source) or credit_inherited(pair, context):
        return None
    detail = f"it credits its whole text to {whole[0].source_name}"
    return Finding("credit_elsewhere", 1.0, detail, _credit_places(whole[0]))


def _names_by_canonical(text: Text, context: Context) -> dict[str, Credit]:
    return {context.canonical(c.source_name): c for c in text.credits if c.tier in "AB" and c.span is not None}


def _credit_places(credit: Credit) -> tuple[Place, ...]:
    return (Place(credit.article, credit.span),) if credit.span else ()


def _short(text: str, most: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def known_by_sentence(text: Text) -> bool:
    """Whether only a sentence that another article credits says whose text this is (see ``resolution``)."""
    return "sentence that aligns" in (text.article.outlet_ground or "")


def told_us(pair: Pair, context: Context) -> Finding | None:
    if not _may_tell(pair.source.article):
        return None
    said = _told_us(pair.source.article.language)
    for passage in pair.shared.passages:
        there = said.search(_around(pair.source.article.text, passage.b))
        here = said.search(_around(pair.derived.article.text, passage.a))
        if there and not here:
            detail = f"{display_name(pair.source)} writes “{there.group()}” where this text tells it of somebody else"
            return Finding("told_us", 1.0, detail, (Place(pair.source.article.id, passage.b),))
    return None


@remembered(1024)
def _may_tell(article: Article) -> bool:
    return _told_us(article.language).search(article.text) is not None


@cache
def _told_us(language: str | None) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) for p in phrases(language, "voice")["told_us"]), re.IGNORECASE)


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - 60) : span.end + 60]


def quoted_here(pair: Pair, context: Context) -> Finding | None:
    here, there = pair.shared.excerpt_a, pair.shared.excerpt_b
    if max(here, there) < context.settings.excerpt_words:
        return None
    if here >= there:
        detail = f"it quotes {here} words that {display_name(pair.source)} says in its own voice"
        named = _names(pair.derived, pair.source)
        if named is False:
            return None
        return Finding("quoted_here", 1.0 if named else 0.6, detail, _quoted_places(pair, "a"))
    detail = f"{display_name(pair.source)} quotes {there} words that this text says in its own voice"
    if _names(pair.source, pair.derived) is False:
        return None
    return Finding("quoted_here", -1.0, detail, _quoted_places(pair, "b"))


def _names(quoting: Text, quoted: Text) -> bool | None:
    """Whether a text names the outlet or the author of another anywhere; None when neither is known.

    Who quotes a paper says so somewhere. Words in quotation marks without it are rather a speech, a statement or a
    ruling that the other printed without marks.
    """
    author = quoted.article.byline
    wanted = [*names.spellings(quoted.name), *([tuple(normal_name(author).split()[-2:])] if author else [])]
    if not wanted:
        return None
    words = f" {normal_name(quoting.article.text)} "
    return any(f" {' '.join(name)} " in words for name in wanted)


def _quoted_places(pair: Pair, side: str) -> tuple[Place, ...]:
    return tuple(Place(pair.derived.article.id, p.a) for p in pair.shared.passages if p.counted and p.quoted == side)


# --- time -----------------------------------------------------------------------------------------------------------


_FULL, _NONE = timedelta(days=7), timedelta(days=30)
_LENGTHS = (  # from so many hours on: hours a unit, one of it, several
    (21.5, 24.0, "a day", "days"),
    (0.9, 1.0, "an hour", "hours"),
    (0.0, 1 / 60, "a minute", "minutes"),
)


def _how_long(distance: timedelta) -> str:
    hours = distance / timedelta(hours=1)
    _, unit, one, several = next(length for length in _LENGTHS if hours >= length[0])
    n = max(1, round(hours / unit))
    return one if n == 1 else f"{n} {several}"


def time(pair: Pair, context: Context) -> Finding | None:
    """An earlier text is the likelier source: fully where no clock can be so wrong, and while news is news."""
    derived, source = pair.derived.published, pair.source.published
    if impossible(derived, source, context.settings):
        return Finding("time_against", 1.0, f"{display_name(pair.source)} is dated later")
    distance = lag(derived, source)
    if distance is None or derived is None or source is None or distance == timedelta(0):
        return None
    sure = _grown(abs(distance) / slack(derived, source, context.settings))
    if distance < timedelta(0):
        detail = f"{display_name(pair.source)} is dated later{_OFTEN_OFF}"
        return Finding("time", -sure, detail)
    detail = f"{display_name(pair.source)} appeared {_how_long(distance)} earlier"
    if sure < 1:
        return Finding("time", sure, detail + _OFTEN_OFF)
    fading = 1.0 - max(0.0, (distance - _FULL) / (_NONE - _FULL))
    return Finding("time", round(max(-0.5, fading), 6), detail)


_OFTEN_OFF = ", but such dates are often off by as much"


def _grown(part: float) -> float:
    """The square root: an hour between two stamps is seldom a clock's fault."""
    return round(math.sqrt(min(1.0, part)), 6)


# --- outlets --------------------------------------------------------------------------------------------------------


def same_outlet(pair: Pair, context: Context) -> Finding | None:
    """An earlier version by the same outlet; direction by the dates, without them nothing is said."""
    if not is_revision(pair, context.settings):
        return None
    distance = lag(pair.derived.published, pair.source.published)
    if distance is None or distance == timedelta(0):
        return None
    detail = f"an earlier version by {display_name(pair.source)} itself"
    return Finding("same_outlet", 1.0 if distance > timedelta(0) else -1.0, detail)


def by_one_outlet(one: Text, other: Text) -> bool:
    return bool(one.name and other.name and _is_one(one.name, other.name))


@lru_cache(maxsize=1 << 14)
def _is_one(outlet: str, other: str) -> bool:
    return names.same_outlet(outlet, other)


def is_revision(pair: Pair, settings: Settings) -> bool:
    """Whether two texts of one outlet are versions of one article: much in common, and a day or one URL.

    Where the dates do not tell, most of both texts must be the same.
    """
    if not by_one_outlet(pair.derived, pair.source) or pair.shared.share_a < settings.revised_share:
        return False
    one, other = pair.derived.article.url, pair.source.article.url
    distance = lag(pair.derived.published, pair.source.published)
    if one and one == other:
        return True
    if distance is None:
        return pair.shared.share_b >= settings.revised_share
    return abs(distance) <= timedelta(hours=settings.revised_hours)


def agency_role(pair: Pair, context: Context) -> Finding | None:
    roles = [bool(t.name) and context.canonical(t.name or "") in context.agencies for t in (pair.derived, pair.source)]
    if roles[0] == roles[1]:
        return None
    strength = 1.0 if roles[1] else -1.0
    agency = pair.source if roles[1] else pair.derived
    return Finding("agency_role", strength, f"{display_name(agency)} is a news agency: others print its texts")


def reprint_earliest(pair: Pair, context: Context) -> Finding | None:
    """An uncredited reprint likely comes from the earliest of its text, if that is clearly earlier; no crowd does."""
    if not pair.shared.near or pair.derived.article.id in context.crowds:
        return None
    derived, source = pair.derived.published, pair.source.published
    if own_credits(pair.derived, pair.source) or own_credits(pair.source, pair.derived):
        return None
    middle, first = middle_of(source), _first_print(pair.derived.article.id, context)
    if middle is not None and first is not None and first < middle:
        return None
    distance = lag(derived, source)
    if distance is None or derived is None or source is None or distance <= slack(derived, source, context.settings):
        return None
    detail = f"both print one text, and {display_name(pair.source)} did so clearly earlier"
    return Finding("reprint_earliest", 1.0, detail)


@remembered(4096)
def _first_print(article: str, context: Context) -> datetime | None:
    """When the first of all that print an article's text did so, as far as is known."""
    known = [context.dates.get(x.b) for x in context.others[article] if x.near]
    return min((at for at in map(middle_of, known) if at is not None), default=None)


def crowd(pair: Pair, context: Context) -> Finding | None:
    number = context.crowds.get(pair.derived.article.id)
    if number is None or number != context.crowds.get(pair.source.article.id):
        return None
    detail = "three or more outlets print this text and none credits another: likely all had it from elsewhere"
    return Finding("crowd", 1.0, detail)


def stated(pair: Pair, context: Context) -> Finding | None:
    fact = context.facts.get((pair.derived.id, pair.source.id))
    if fact is None:
        return None
    strength = 1.0 if fact.field == "from" else -1.0
    return Finding("stated", strength, f"stated by {fact.said_by}: {fact.field} {display_name(pair.source)}")


CUES: tuple[Cue, ...] = (
    shared_text,
    kind_of_sharing,
    credited,
    credit_back,
    credit_inherited,
    credit_elsewhere,
    stated,
    quoted_here,
    told_us,
    time,
    same_outlet,
    agency_role,
    reprint_earliest,
    crowd,
    keeps,
    only_these_two,
    covers_less,
    third_party_deficit,
    third_text_conflict,
    containment,
    tail_cut,
    head_rewritten,
    scars,
    damage,
    house_style,
    author_fit,
    growth,
    condensed,
    links_added,
    between_versions,
    spelling_corrected,
    numbers_higher,
    speaks_of_change,
    one_of_many,
)

# Cues that tell source from derived by a statement or a mark, not by likeness. Between two texts that one of these ties
# no agency is looked for that both may have their words from.
SIDED = frozenset(
    {
        "credit_whole",
        "credit_part",
        "credit_fact",
        "credit_markup",
        "quoted_here",
        "stated",
        "reprint_earliest",
        "same_outlet",
        "agency_role",
    }
)


def is_sided(evidence: Sequence[Evidence]) -> bool:
    return any(e.name in SIDED and e.weight > 0 for e in evidence)
