"""The phrases that mark a line as page frame, and those of them that a text holds: the rules are many, hits are few."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple, TypeVar

from provenance.ingest.rows import Row
from provenance.phrases import letters_of, phrases

K = TypeVar("K")
V = TypeVar("V")

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that mark a line, see data/phrases/en/frame.toml."""

    reason: str
    words: int
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    whole: frozenset[str]
    both: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    ends: bool
    tail: bool

    @property
    def firsts(self) -> tuple[str, ...]:
        return tuple(phrase for first, _ in self.both for phrase in first)

    @property
    def openings(self) -> tuple[str, ...]:
        """The phrases of which one must be in a text for the rule to mark anything of it."""
        return (*self.starts, *self.contains, *self.firsts)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a language, and ways to find their phrases in a text.

    Attributes:
        rules: in the order in which they are tried.
        whole: phrase that is all of a line -> reason.
        closing: reasons that end an article.
        opening: by their first characters the phrases that stand at the start of a line.
        sizes: how many characters those are.
        begins: the first two characters of those phrases, with which few lines begin.
        longest: how many characters the longest of those phrases has.
        inside: by one word of theirs, the rarest as far as one can tell, the phrases that stand anywhere in a line.
        words: phrase -> all its words, of those.
        all_words: of all of those.
        places: phrase -> the numbers of its rules.
    """

    rules: tuple[Rule, ...]
    whole: dict[str, str]
    closing: frozenset[str]
    opening: dict[str, tuple[str, ...]]
    sizes: tuple[int, ...]
    begins: frozenset[str]
    longest: int
    inside: dict[bytes, tuple[str, ...]]
    words: dict[str, frozenset[bytes]]
    all_words: frozenset[bytes]
    places: dict[str, tuple[int, ...]]


_OPENING = 5  # characters; few lines begin with as many of a phrase and go on otherwise
_EDGE = " :|·•>»«-–—)]*+.…\u200b"


@cache
def rules_of(language: str | None) -> Rules:
    """The rules of a language, and the English ones after them."""
    tables = [phrases(None, "frame")["rule"]]
    if phrases(language, "frame") != phrases(None, "frame"):
        tables.insert(0, phrases(language, "frame")["rule"])
    rules = tuple(_rule(table) for tables_of_language in tables for table in tables_of_language)
    # "both" asks for the very start of a line: what would be cut off there is looked for anywhere
    at_start = dict.fromkeys(p for r in rules for p in (*r.starts, *(f for f in r.firsts if without_edge(f) == f)))
    inside = dict.fromkeys(p for r in rules for p in (*r.contains, *(f for f in r.firsts if without_edge(f) != f)))
    words = {phrase: frozenset(letters_of(phrase)) for phrase in inside}
    return Rules(
        rules=rules,
        whole={phrase: rule.reason for rule in reversed(rules) for phrase in rule.whole},
        closing=frozenset(rule.reason for rule in rules if rule.ends),
        opening=_grouped((phrase[:_OPENING], phrase) for phrase in at_start),
        sizes=tuple(sorted({min(len(phrase), _OPENING) for phrase in at_start})),
        begins=frozenset(phrase[:2] for phrase in at_start),
        longest=max(map(len, at_start)),
        inside=_grouped((_rarest(words[phrase], language), phrase) for phrase in inside),
        words=words,
        all_words=frozenset().union(*words.values()),
        places=_grouped((phrase, n) for n, rule in enumerate(rules) for phrase in dict.fromkeys(rule.openings)),
    )


def without_edge(folded: str) -> str:
    """A line from where a phrase at its start is looked for."""
    return folded.lstrip(_EDGE)


def _rule(table: dict[str, Any]) -> Rule:
    both = tuple((tuple(first.split("|")), tuple(second.split("|"))) for first, second in table.get("both", ()))
    return Rule(
        reason=table["reason"],
        words=table["words"],
        starts=tuple(table.get("starts", ())),
        contains=tuple(table.get("contains", ())),
        whole=frozenset(table.get("whole", ())),
        both=both,
        ends=table.get("ends", False),
        tail=table.get("tail", False),
    )


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    grouped: dict[K, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in grouped.items()}


def _rarest(words: frozenset[bytes], language: str | None) -> bytes:
    """The word of a phrase by which it is looked for: the longest that is no stop word, if it has letters."""
    stop = {word.encode() for code in (language, None) for word in phrases(code, "words")["stop"]}
    return max(words, key=lambda word: (word not in stop, len(word), word), default=b"")


# --- the rules that a text can meet -------------------------------------------------------------------------------


class Met(NamedTuple):
    """The rules reduced to the phrases that a text holds, and the numbers of the lines that hold one."""

    rules: tuple[Rule, ...]
    rows: tuple[int, ...]


_NOTHING = Met((), ())


def rules_met(text: str, rows: Sequence[Row], letters: Collection[bytes], language: str | None) -> Met:
    """The phrases that a text holds.

    A phrase at the start of a line is found by its first characters. For one inside a line its words must be among the
    words of the text before it is looked for at all. Of both kinds all words must stand in the text as whole words.

    Args:
        text: the text.
        rows: its lines.
        letters: its words, or those of them that some rule has.
        language: whose phrases are asked for beside the English ones.
    """
    rules = rules_of(language)
    held = _grouped((*_opening(rows, rules), *_inside(rows, letters, rules)))
    if not held:
        return _NOTHING
    said = frozenset(phrase for phrase, at in held.items() if _is_said(phrase, text, rows[at[0]]))
    numbers = sorted({number for phrase in held for number in rules.places[phrase]})
    reduced = (_reduced(rules.rules[number], held, said, text) for number in numbers)
    found = tuple(rule for rule in reduced if rule.starts or rule.contains or rule.both)
    return Met(found, tuple(sorted({i for at in held.values() for i in at}))) if found else _NOTHING


def _opening(rows: Iterable[Row], rules: Rules) -> Iterator[tuple[str, int]]:
    opening, sizes, begins, longest = rules.opening, rules.sizes, rules.begins, rules.longest
    for i, row in enumerate(rows):
        head = row.bare.lstrip(_EDGE)[:longest].casefold()
        if head[:2] not in begins and head[:1] not in begins:
            continue
        for size in sizes:
            if (phrases := opening.get(head[:size])) is not None:
                yield from ((phrase, i) for phrase in phrases if head.startswith(phrase))


def _inside(rows: Iterable[Row], letters: Collection[bytes], rules: Rules) -> Iterator[tuple[str, int]]:
    there = rules.all_words.intersection(letters) | {b""}
    called = [p for word in rules.inside.keys() & there for p in rules.inside[word] if rules.words[p] <= there]
    if called:
        page = "\n".join([row.bare for row in rows]).casefold()
        for phrase in called:
            if phrase in page:
                yield from ((phrase, i) for i, line in enumerate(page.split("\n")) if phrase in line)


def _is_said(phrase: str, text: str, row: Row) -> bool:
    """Whether all words of a phrase stand in a text as whole words, as a rule in the line that holds it."""
    words = _WORD.findall(phrase)
    around = text[max(0, row.start - 1) : row.end + 1].casefold()
    return all(_is_word(word, around) for word in words) or all(_is_word(word, text.casefold()) for word in words)


def _is_word(word: str, folded: str) -> bool:
    """Whether a word stands in a text by itself, not as a part of another."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_inside(folded[at - 1 : at]) or _is_inside(folded[end : end + 1])):
            return True
        at = folded.find(word, at + 1)
    return False


def _is_inside(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _reduced(rule: Rule, held: Mapping[str, object], said: frozenset[str], text: str) -> Rule:
    both = rule.both if any(first in held for first in rule.firsts) else ()
    if both and said.isdisjoint(rule.openings) and not _is_any_said(rule.openings, text.casefold()):
        both = ()
    starts, contains = (tuple(p for p in options if p in said) for options in (rule.starts, rule.contains))
    return replace(rule, starts=starts, contains=contains, both=both)


def _is_any_said(phrases: Iterable[str], folded: str) -> bool:
    return any(all(_is_word(word, folded) for word in _WORD.findall(phrase)) for phrase in phrases)
