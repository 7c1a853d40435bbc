"""What an article says of whose its text, facts and pictures are (design 5.1), read from all of its lines.

The fixed words of a credit are searched first, then the name is read to their right or left; a pattern that begins
with a name would be tried at every letter (9 of 12 ms an article, measured).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase
from typing import Any

from provenance.gazetteer import Role
from provenance.mentions import mentions
from provenance.model import Article, Credit, Span, Tier
from provenance.names import Known, find, known_names, with_more
from provenance.phrases import FALLBACK, calendar, guess_language, phrases
from provenance.reconstruct.credit_lines import (
    bylines,
    copyrights,
    datelines,
    sign_offs,
    source_lines,
    text_lines,
    trailers,
    via_notes,
)
from provenance.reconstruct.credit_names import (
    any_name_after,
    explained,
    may_follow,
    may_precede,
    name_after,
    name_before,
    names_in,
)
from provenance.reconstruct.name_words import Name, Words, name_words
from provenance.reconstruct.picture_credits import photo_credits
from provenance.reconstruct.sign import Sign
from provenance.reconstruct.trigger_words import Places, TriggerWords, matches


def read_credits(article: Article, known: Collection[str] = ()) -> tuple[Credit, ...]:
    """All credits of one article: those of its markup, and those its lines give, in the order of the text.

    A credit of kind ``copyright_own`` ("© The Skerry Courier" on a page of unknown outlet) is there for
    ``identify`` to settle, which leaves none of them.

    Args:
        article: as it was read; only its own fields are used.
        known: names of the pile's outlets, which no gazetteer need know.
    """
    names = known_names(known)
    told = explained(article.text, names)
    explaining = {name.rpartition(" (")[0] for name in told}
    credits = [
        Credit(article.id, _spelled(sign.name, explaining), sign.kind, sign.tier, _words_of(sign, article), sign.span)
        for sign in _signs(article, with_more(names, told), everywhere=False)
        if sign.name is not None
    ]
    return (*article.credits, *credits)


def _spelled(name: Name, explaining: Collection[str]) -> str:
    """The name as it is written; in full where the article itself explains a short one."""
    return name.entry.name if name.entry and name.entry.name in explaining else name.written


def _words_of(sign: Sign, article: Article) -> str:
    return sign.span.cut(article.text) if sign.span else article.byline or ""


def read_signs(article: Article, known: Collection[str] = (), everywhere: bool = False) -> list[Sign]:
    """Every place where an article credits somebody, people included (then without a name), in its order.

    Args:
        article: as it was read.
        known: names of the pile's outlets.
        everywhere: tries the rules at every word, not only at the words they begin with; this is slow, and it finds
            the same.
    """
    names = known_names(known)
    return _signs(article, with_more(names, explained(article.text, names)), everywhere)


def _signs(article: Article, known: Known, everywhere: bool) -> list[Sign]:
    text = article.text
    low = _lower(text)
    language = article.language or guess_language(text)
    words = name_words(language, known)
    table = phrases(language, "credits")
    lines = text_lines(text)
    places = Places(low, None if everywhere else _trigger_words(language))
    signs = [
        *datelines(text, lines, words),
        *bylines(article, lines, table, words),
        *source_lines(article, lines, table, words),
        *via_notes(text, places.of("via"), table, words),
        *copyrights(text, low, table, words, article.outlet),
        *trailers(text, low, table, words),
        *sign_offs(article, lines, table, words),
        *_phrase_signs(text, low, places.of("phrase"), language, table, words),
        *photo_credits(text, low, places, table, words),
    ]
    return _without_repeats(signs)


@lru_cache(maxsize=16)
def _trigger_words(language: str | None) -> TriggerWords:
    """The words by which the rules of a language are known, taken from the phrases themselves."""
    table = phrases(language, "credits")
    pictures = [*table["photo"], *table["photo_by"]]
    return TriggerWords({"phrase": _rules(language)[1], "photo": pictures, "via": ["via"], "credit": ["credit"]})


def _without_repeats(signs: list[Sign]) -> list[Sign]:
    """One sign for a name at a place: the strongest tier says what it is, but a picture's credit is no more."""
    pictures = {sign.name.span for sign in signs if sign.name and sign.tier == "D"}
    best: dict[tuple[bool, int, str], Sign] = {}
    for sign in signs:
        if sign.span is None or sign.name is None:
            place = (
                sign.span is None,
                sign.span.start if sign.span else 0,
                sign.name.written if sign.name else sign.kind,
            )
        elif sign.name.span in pictures and sign.tier != "D" and sign.kind != "dateline":
            continue
        else:
            place = (False, sign.name.span.start, "")
        if place not in best or _strength(sign) < _strength(best[place]):
            best[place] = sign
    return sorted(best.values(), key=lambda sign: (sign.span or Span(-1, -1), sign.kind))


def _strength(sign: Sign) -> tuple[str, bool]:
    """Orders signs: the tier first; who reported it first says more than that it is from there."""
    return sign.tier, sign.kind == "attribution"


# --- fixed words ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    side: str
    kind: str
    tier: Tier
    many: bool
    whole: bool
    news: bool
    roled: bool
    last: bool
    line: bool
    members: bool
    open: bool
    inverted: bool  # the words stand behind a quotation, and the name behind them: "...", said Reuters
    elsewhere: bool  # a name need not stand right beside the words


def _rule(entry: dict[str, Any]) -> _Rule:
    flags = {flag: bool(entry.get(flag)) for flag in _FLAGS}
    inverted = entry["side"] == "after" and flags["news"] and not flags["roled"]
    elsewhere = flags["many"] or flags["open"] or entry["kind"] in _JOINED_KINDS
    return _Rule(entry["side"], entry["kind"], entry["tier"], **flags, inverted=inverted, elsewhere=elsewhere)


@lru_cache(maxsize=16)
def _rules(language: str | None) -> tuple[re.Pattern[str], dict[str, tuple[_Rule, ...]]]:
    """One pattern for all fixed words of a language, and what each of them may mean."""
    meaning: dict[str, tuple[_Rule, ...]] = {}
    table = phrases(language, "credits")
    stands_for = {"{subject}": table["subject"], "{day}": _weekdays(language)}
    for entry in table["credit"]:
        rule = _rule(entry)
        for words in _spelled_out(entry["words"], stands_for):
            meaning[words] = (*meaning.get(words, ()), rule)
    _add_shorter(meaning)
    return re.compile(rf"(?<!\w){_any_of([words.split(' ') for words in meaning])}(?!\w)"), meaning


def _any_of(phrases: list[list[str]]) -> str:
    """A pattern for any of some phrases, the longest that fits; what begins alike is tried once.

    >>> _any_of([["first", "reported"], ["first", "reported", "by"]])
    '(?:first(?: (?:reported(?: (?:by))?)))'
    """
    rests: dict[str, list[list[str]]] = {}
    for first, *rest in phrases:
        rests.setdefault(first, []).append(rest)
    branches = []
    for first in sorted(rests, key=lambda word: (-len(word), word)):
        longer = [rest for rest in rests[first] if rest]
        more = f"(?: {_any_of(longer)})" if longer else ""
        branches.append(re.escape(first) + more + ("?" if longer and [] in rests[first] else ""))
    return f"(?:{'|'.join(branches)})"


_FLAGS = ("many", "whole", "news", "roled", "last", "line", "members", "open")


def _weekdays(language: str | None) -> list[str]:
    known = calendar()
    named = known.get((language or FALLBACK).split("-")[0], known[FALLBACK])["weekdays"]
    return [form for forms in named for form in forms.split("|") if len(form) > 3]


def _spelled_out(patterns: Collection[str], stands_for: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The fixed words, once for each word that a placeholder in them stands for."""
    for pattern in patterns:
        mark = next((mark for mark in stands_for if mark in pattern), None)
        yield from (pattern.replace(mark, word) for word in stands_for[mark]) if mark else (pattern,)


def _add_shorter(meaning: dict[str, tuple[_Rule, ...]]) -> None:
    """Lets "first reported on" also mean what "first reported" means where a name stands before it."""
    order = {words: place for place, words in enumerate(meaning)}
    for words in sorted(meaning, key=len):
        beginnings = (words[: blank.start()] for blank in re.finditer(" ", words))
        shorter = sorted((other for other in beginnings if other in meaning), key=order.__getitem__)
        before = tuple(rule for other in shorter for rule in meaning[other] if rule.side == "before")
        meaning[words] = tuple(dict.fromkeys((*meaning[words], *before)))


def _lower(text: str) -> str:
    """The text in small letters, every letter at its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _phrase_signs(
    text: str, low: str, places: Sequence[int] | None, language: str | None, table: dict[str, Any], words: Words
) -> Iterator[Sign]:
    pattern, meaning = _rules(language)
    for found in matches(pattern, low, places):
        start, end = found.span()
        last = _last_before(text, start)
        before: bool | None = None
        after: bool | None = None
        for rule in meaning[found.group()]:
            if rule.inverted and last not in ',"”’':
                continue
            if rule.elsewhere:
                beside = True
            elif rule.side == "before":
                beside = before = may_precede(text, start, words) if before is None else before
            else:
                beside = after = may_follow(text, end, words) if after is None else after
            if beside or (rule.members and (last == "," or _is_person_next(text, end))):
                yield from _apply(rule, text, low, Span(start, end), beside, language, table, words)


def _apply(
    rule: _Rule,
    text: str,
    low: str,
    at: Span,
    beside: bool,
    language: str | None,
    table: dict[str, Any],
    words: Words,
) -> Iterator[Sign]:
    """What a rule reads where its words stand; ``beside`` tells whether a name may stand next to them."""
    if rule.whole and not _speaks_of_this_text(low, at, table):
        return
    if rule.last and low[at.end : at.end + 3].strip(" .)\n") != "":
        return
    if rule.many:
        yield from _list_signs(rule, text, at, language, words)
        return
    for name in _names_beside(rule, text, at, words) if beside else ():
        if rule.news and name.sort != "news" and not rule.open:
            continue
        kind = "syndicate" if rule.kind == "republication" and name.role == "syndicate" else rule.kind
        yield Sign(kind, rule.tier, name, Span(min(at.start, name.span.start), max(at.end, name.span.end)))
    if rule.members:
        yield from _members(text, at, table, words)


def _names_beside(rule: _Rule, text: str, at: Span, words: Words) -> list[Name]:
    name = next((found for role in _roles(rule) if (found := _name_beside(rule, text, at, words, role))), None)
    if name is None or (rule.inverted and not _ends_clause(text, name.span.end)):
        return []
    others = _joined_before(text, name, words) if rule.side == "before" else _joined_after(text, name, words)
    return [name, *others]


def _last_before(text: str, at: int) -> str:
    """The last character before a position that is no blank; nothing at the beginning of a text."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]


def _roles(rule: _Rule) -> tuple[Role | None, ...]:
    return ("outlet", "agency") if rule.roled else (None,)


def _name_beside(rule: _Rule, text: str, at: Span, words: Words, role: Role | None) -> Name | None:
    if rule.side == "before":
        end = _without_bridge(text, at.start) if rule.kind in _JOINED_KINDS else at.start
        name = _certain(rule, name_before(text, end, words, role), role, words)
        is_scoop = rule.kind == "scoop_attribution" and role == "agency"
        return name or (_reporter_before(text, end, words) if is_scoop else None)
    name = name_after(text, at.end, words, role, sure=rule.whole)
    if name is None and rule.open and role == "agency":
        return _any_source_after(text, at.end, words)
    return _certain(rule, name, role, words)


_JOINED_KINDS = frozenset({"scoop_attribution", "republication"})
_BRIDGE = re.compile(
    r", (?:which|who)(?: (?:had|has|have))?|,(?= $)| (?:had|has|have)(?= $)"
    r"|(?: (?:on|late|early|last))? [A-Z][a-zé]+day(?= $)"
)


def _without_bridge(text: str, at: int) -> int:
    """Where a name must end that "which" or "had" joins to the words after it: "The Lantern, which had | broke"."""
    near = text[max(0, at - 20) : at]
    bridge = next((found for found in _BRIDGE.finditer(near) if found.end() >= len(near) - 1), None)
    return at - len(near) + bridge.start() if bridge else at


def _reporter_before(text: str, at: int, words: Words) -> Name | None:
    """Whoever is said to have reported first: "As TheLN first reported", an edition of an outlet, or its reporter."""
    person = _member_of(words.staff).search(text, max(0, at - 80), at)
    if person and (house := name_before(text, person.start(), words, "outlet")):
        return house
    run = _AS_REPORTED.search(text, max(0, at - 60), at)
    if run is None:
        run = _TWO_WORDS.search(text, max(0, at - 60), at)
        named = mentions(text, words.known, Span(*run.span("name"))) if run else []
        if run is None or not named or named[0][1].start != run.start():
            return None
    return Name(run["name"], Span(*run.span("name")), "news")


@lru_cache(maxsize=8)
def _member_of(staff: frozenset[str]) -> re.Pattern[str]:
    """What stands between a house and "first reported": " harbour reporter Ada Lind "."""
    return re.compile(rf" (?:[a-z]+ ){{0,2}}(?:{'|'.join(sorted(staff))}) [^\W\d_a-z]\S+ [^\W\d_a-z]\S+ $")


_AS_REPORTED = re.compile(r"\b[Aa]s (?:the )?(?P<name>[^\W\d_a-z][\w.]+(?: [^\W\d_a-z][\w.]+){0,3}) $")
_TWO_WORDS = re.compile(r"(?P<name>[^\W\d_a-z]\w+ [^\W\d_a-z]\w+) $")


def _any_source_after(text: str, at: int, words: Words) -> Name | None:
    """Any capitalised name where only a source can stand; days and months are none."""
    described = _described(words.generic).match(text, at, at + 80)
    name = any_name_after(text, described.end() if described else at)
    return None if name is None or name.written.split()[0].casefold() in words.lead_in else name


def _certain(rule: _Rule, name: Name | None, role: Role | None, words: Words) -> Name | None:
    # the APA that makes a study is no Austrian news agency: in running text bare letters must be sure, or the pile's
    if name and rule.tier == "C" and role == "agency" and name.written.isupper() and name.entry:
        sure = find(name.written) is not None or name.entry.name in words.known
        return name if sure else None
    return name


@lru_cache(maxsize=8)
def _described(outlets: frozenset[str]) -> re.Pattern[str]:
    """What may stand before a name that nobody knows: "the energy-sector publication Rigwatch"."""
    kinds = "|".join(sorted(outlets))
    return re.compile(rf" (?:the |a |an )?(?:[^\W\d_a-z]\w+ )?(?:[a-z][\w-]+ ){{0,3}}(?:{kinds}) (?=[^\W\d_a-z])")


def _ends_clause(text: str, at: int) -> bool:
    """Whether nothing that belongs to the name follows ("said Reuters photographer ..." goes on)."""
    following = text[at : at + 2].strip()
    return not following or following[0] in ".,;:)”\"'*_<"


_JOINED = re.compile(r"(?:,? and|,? und|,)(?: the| die| der)? $", re.IGNORECASE)


_JOINED_NEXT = re.compile(r",? (?:and|und) ")


def _joined_before(text: str, name: Name, words: Words) -> list[Name]:
    joint = _JOINED.search(text[max(0, name.span.start - 12) : name.span.start])
    other = name_before(text, name.span.start - len(joint.group()), words) if joint else None
    return [other] if other and other.sort == "news" else []


def _joined_after(text: str, name: Name, words: Words) -> list[Name]:
    joint = _JOINED_NEXT.match(text, name.span.end)
    other = name_after(text, joint.end(), words) if joint else None
    return [other] if other and other.entry else []


def _speaks_of_this_text(low: str, at: Span, table: dict[str, Any]) -> bool:
    """Whether the words begin their line or sentence, or stand after "this article" and the like."""
    window = low[max(0, at.start - 160) : at.start]
    before = re.split(r"[.!?]\s|[\n|;]", window)[-1]
    opening = re.sub(r"^\W*(?:editor'?s?'?’?s? note|note|the|this|was|is|article|story|first)?\W*", "", before)
    if not opening and (len(before) < len(window) or at.start < 160):
        return True
    told = set(re.findall(r"\w[\w-]*", before))
    return not told.isdisjoint(table["subject"]) and ("version" in told or not told.isdisjoint(table["this"]))


# --- lists of contributors ------------------------------------------------------------------------------------------

_LIST_REACH = 400  # characters


def _list_signs(rule: _Rule, text: str, at: Span, language: str | None, words: Words) -> Iterator[Sign]:
    where = (
        _stretch_before(text, at.start, language) if rule.side == "before" else _stretch_after(text, at.end, rule.line)
    )
    names = names_in(text, where, words)
    if rule.side == "before" and (more := _ALONG_WITH.match(text, at.end)):
        others = _stretch_after(text, more.end(), False)
        names += names_in(text, others, words)
        at = Span(at.start, others.end)
    if rule.side == "after" and not _OPENING.search(text[max(0, at.start - 12) : at.start]):
        # a plan made "with input from the Harbour Office" is no list of contributors
        names = [name for name in names if name.sort == "news"]
        if not names:
            return
    span = Span(min(where.start, at.start), max(where.end, at.end))
    if not names and re.search(r"[^\W\d_]", where.cut(text)) and _has_person(where.cut(text)):
        yield Sign(rule.kind, rule.tier, None, span)
    for name in names:
        kind = "agency" if name.role == "agency" and not name.staff else rule.kind
        yield Sign(kind, rule.tier, name, span)


_ALONG_WITH = re.compile(r",? (?:along with|together with|as well as|as did) ")
# the place of a credit: the beginning of a text, line, sentence or bracket
_OPENING = re.compile(r"(?:\A|[\n.!?;:()\[|•*_”\"—–-])\W*(?:with )?\Z", re.IGNORECASE)


def _has_person(stretch: str) -> bool:
    return re.search(r"[^\W\d_a-zß-öø-ÿ][\w'’.-]+ (?:[\w'’.-]+ )?[^\W\d_a-zß-öø-ÿ]\w+", stretch) is not None


_SENTENCE_END = re.compile(r"(?:(?<=[A-Za-z”\"’][A-Za-z”\"’][.!?])|(?<=[.!?][”\"’]))\s*(?=[A-Z“•(])")


def _stretch_before(text: str, at: int, language: str | None) -> Span:
    """From the beginning of the sentence to a position; a stop after "Conn." ends none."""
    low = max(0, at - _LIST_REACH, text.rfind("\n", 0, at) + 1)
    short = phrases(language, "words")["abbreviations"]
    begin = low
    for stop in _SENTENCE_END.finditer(text[low:at]):
        last = re.search(r"\w+(?=\.$)", text[low : low + stop.start()])
        if last is None or (last.group().casefold() not in short and last.group() not in _STATES):
            begin = low + stop.end()
    return Span(begin, at)


# short for states in datelines of persons; no general abbreviations, "Wash." may end a sentence elsewhere
_STATES = frozenset(
    {"Ala", "Ariz", "Calif", "Colo", "Conn", "Fla", "Mass", "Mich", "Minn", "Okla", "Penn", "Tenn", "Tex"}
)
_LINE_END = re.compile(r"\n|(?<=[a-z]{2})\.\s")
_CLAUSE_END = re.compile(r"[;)\]\n]|(?:(?<=[a-z]{2})|(?<=[A-Z]{2}))\.(?=\s|$)")


def _stretch_after(text: str, at: int, line: bool) -> Span:
    """From a position to the end of its sentence, bracket or clause, or of its line."""
    stop = (_LINE_END if line else _CLAUSE_END).search(text, at, at + _LIST_REACH)
    return Span(at, stop.start() if stop else min(len(text), at + _LIST_REACH))


# --- people who speak for a house -----------------------------------------------------------------------------------


def _members(text: str, at: Span, table: dict[str, Any], words: Words) -> Iterator[Sign]:
    """ "said Ada Lind, a researcher at the Harbour Institute": the institute is where the fact comes from."""
    behind, before = _joints(tuple(table["member"]))
    ahead = _PERSON.match(text, at.end, at.end + 60)
    if ahead:
        clause = _CLAUSE_STOP.split(text[ahead.end() : ahead.end() + 220])[0]
        places = [ahead.end() + joint.end() for joint in behind.finditer(clause)]
        yield from _organisations(text, places, at, words)
    if _last_before(text, at.start) == ",":
        clause = _CLAUSE_STOP.split(text[max(0, at.start - 220) : at.start])[-1]
        start = at.start - len(clause)
        yield from _organisations(text, [start + joint.end() for joint in before.finditer(clause)], at, words)


def _is_person_next(text: str, at: int) -> bool:
    """Whether a person and a comma follow."""
    return text[at + 1 : at + 2] not in _SMALL and _PERSON.match(text, at, at + 60) is not None


_SMALL = frozenset(ascii_lowercase)


_PERSON = re.compile(r" [^\W_a-z][^,\n.]{2,50},")
_CLAUSE_STOP = re.compile(r"[.!?;”\"]\s|\n")


@lru_cache(maxsize=8)
def _joints(members: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What joins a person to a house, where the person stands behind the words and where before them."""
    member = "|".join(map(re.escape, members))
    return (
        re.compile(rf"\b(?:{member}) (?:the )?(?=[^\W_a-zß-öø-ÿ])"),
        re.compile(rf",[^,]*\b(?:{member}) (?:the )?(?=[^\W_a-zß-öø-ÿ][^,]*,\s*$)"),
    )


def _organisations(text: str, places: list[int], at: Span, words: Words) -> Iterator[Sign]:
    for place in places:
        name = name_after(text, place, words)
        if name and name.sort == "organisation":
            yield Sign("attribution", "C", name, Span(min(at.start, name.span.start), max(at.end, name.span.end)))
