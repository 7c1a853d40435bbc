"""What taking over leaves in a text: cues of direction that can be read off the words of the two texts themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.model import Article, Passage, Place, Span
from provenance.phrases import phrases
from provenance.reconstruct.edits import are_sectioned
from provenance.reconstruct.pair import Context, Finding, Pair, Text, display_name
from provenance.reconstruct.remembered import remembered
from provenance.reconstruct.wording import keys, wording
from provenance.text import covers, merged


def containment(pair: Pair, context: Context) -> Finding | None:
    """Who cuts keeps a part; of texts in sections it is the other way round, they grow (see ``growth``)."""
    if are_sectioned(pair):
        return None
    more = pair.shared.share_a - pair.shared.share_b
    if more < 0.25 or pair.shared.share_a < 0.6:
        return None
    detail = f"most of it stands in {display_name(pair.source)}, which has more text"
    return Finding("containment", round(min(1.0, more), 6), detail)


def tail_cut(pair: Pair, context: Context) -> Finding | None:
    """News is cut from the end: the derived text ends with shared words while the source goes on.

    To texts in sections new ones are added at the end.
    """
    if are_sectioned(pair):
        return None
    counted = [p for p in pair.shared.passages if p.counted]
    if not counted:
        return None
    last_b = max([p.b.end for p in counted])
    if len(pair.source.article.text) - last_b < 250 or _body_after(pair.source.article, last_b) < 250:
        return None
    if _body_after(pair.derived.article, max([p.a.end for p in counted])) > 80:
        return None
    detail = f"it breaks off where {display_name(pair.source)} goes on"
    return Finding("tail_cut", 1.0, detail)


def _body_after(article: Article, at: int) -> int:
    return sum([s.end - max(s.start, at) for s in wording(article).body if s.end > at])


def head_rewritten(pair: Pair, context: Context) -> Finding | None:
    counted = [p for p in pair.shared.passages if p.counted]
    if not counted or pair.shared.share_a < 0.5:
        return None
    first = min([p.a.start for p in counted])
    before = sum([min(s.end, first) - s.start for s in wording(pair.derived.article).body if s.start < first])
    if not 80 <= before <= 600:
        return None
    return Finding("head_rewritten", 1.0, "a beginning of its own, then the shared text")


# looked ahead, so that of "Pilot Ada Quill" both Ada and Quill are found to have a name before them; it begins with the
# capital letter, to which a search can leap
_NAMED = re.compile(r"([A-ZÀ-ÖØ-Þ][\w-]+)(?=\s+([A-ZÀ-ÖØ-Þ][\w-]{2,})\b)")
_WITHIN = re.compile(r"(?<=-)(?=[A-ZÀ-ÖØ-Þ][\w-])")  # where another name begins in "Anna-Lisa"


def scars(pair: Pair, context: Context) -> Finding | None:
    """A surname in the shared text whose first mention, with a first name, only the source has.

    A language that writes every noun with a capital letter does not tell surnames from other words.
    """
    if phrases(pair.derived.article.language, "words")["nouns_are_capitalised"]:
        return None
    lost = _surnames_without_introduction(pair.derived, pair.source, [p for p in pair.shared.passages if p.counted])
    if not lost:
        return None
    surname, span = lost
    detail = f"“{surname}” comes without a first name, which {display_name(pair.source)} gives earlier"
    return Finding("scars", 1.0, detail, (Place(pair.derived.article.id, span),))


def _surnames_without_introduction(derived: Text, source: Text, passages: Sequence[Passage]) -> tuple[str, Span] | None:
    here, there = derived.article.text, source.article.text
    wanted = _surnames(there) - _surnames(here)
    if not wanted:
        return None
    new = [named for named in _named(there) if named[2] in wanted]
    for passage in passages:
        known = {surname: first for at, first, surname in new if at < passage.b.start}
        for found in _ALONE.finditer(here, passage.a.start, passage.a.end) if known else ():
            word = found.group()
            if word in known and word in passage.b.cut(there) and _is_person(known[word], word, here, there):
                return word, Span(*found.span())
    return None


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[tuple[int, str, str], ...]:
    """Every two capitalised words in a row, with where they stand."""
    found = []
    for match in _NAMED.finditer(text):
        at, (first, surname) = match.start(), match.groups()
        if not at or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            found.append((at, first, surname))
        if "-" in first:
            found += [(at + m.start(), first[m.start() :], surname) for m in _WITHIN.finditer(first)]
    return tuple(found)


@lru_cache(maxsize=1024)
def _surnames(text: str) -> frozenset[str]:
    return frozenset(surname for _, _, surname in _named(text))


# a capitalised word with a small letter before and none but small letters after: not "World Bank", nor a first word
_ALONE = re.compile(r"(?<=[a-zß-öø-ÿ,] )[A-ZÀ-ÖØ-Þ][\w-]{2,}\b(?!['’]?s? +[A-ZÀ-ÖØ-Þ])")


def _is_person(first: str, surname: str, here: str, there: str) -> bool:
    """Whether two capitalised words may be a first name and a surname.

    A first name stands nowhere without its surname; so "Senate Republicans" and "Defence Department" are none, where
    a text speaks of the Senate and of defence too. And a surname stands nowhere after "the" or "a".
    """
    if re.search(rf"\b{re.escape(first)}\b(?!\s+{re.escape(surname)}\b)", there, re.IGNORECASE):
        return False
    common = rf"\b(?:[Tt]he|[Aa]n?) {re.escape(surname)}\b|\b{re.escape(surname.lower())}\b"
    return not (re.search(common, here) or re.search(common, there))


_BROKEN = re.compile("\ufffd|Ã[\x80-\xbf©¨¼¶¤Ÿ]|â€[™œ\x9d“”˜]?")


def damage(pair: Pair, context: Context) -> Finding | None:
    """Broken characters are made by copying; the whole text is the older one."""
    if not _may_be_broken(pair.derived.article.text):
        return None
    for passage in pair.shared.passages:
        broken = _BROKEN.search(passage.a.cut(pair.derived.article.text))
        if broken and not _BROKEN.search(passage.b.cut(pair.source.article.text)):
            detail = f"characters are broken here that are whole in {display_name(pair.source)}"
            return Finding("damage", 1.0, detail, (Place(pair.derived.article.id, passage.a),))
    return None


@lru_cache(maxsize=1024)
def _may_be_broken(text: str) -> bool:
    return not text.isascii() and _BROKEN.search(text) is not None


def house_style(pair: Pair, context: Context) -> Finding | None:
    """Shared words spelt as the source spells, while the rest of the derived text spells otherwise."""
    if not (_spelt(pair.derived.article) and _spelt(pair.source.article)):
        return None
    inside, rest = _styles(pair.derived.article, [p.a for p in pair.shared.passages])
    there, rest_there = _styles(pair.source.article, [p.b for p in pair.shared.passages])
    for number in sorted(inside.keys() & there.keys()):
        side = inside[number].side
        if there[number].side == side and rest_there.get(number, there[number]).side == side:
            own = rest.get(number)
            if own is not None and own.side != side:
                written = f"the shared words write “{inside[number].word}” as {display_name(pair.source)} does"
                return Finding("house_style", 1.0, f"{written}, the rest of the text writes “{own.word}”")
    return None


@dataclass(frozen=True, slots=True)
class _Style:
    """Which of two ways of spelling, and a word that shows it."""

    side: int
    word: str


def _styles(article: Article, shared: Sequence[Span]) -> tuple[dict[int, _Style], dict[int, _Style]]:
    """How a text spells inside some spans and outside them, by number of the habit; what it mixes is left out."""
    cover = merged(shared)
    spelt: tuple[dict[int, set[_Style]], dict[int, set[_Style]]] = ({}, {})
    for start, number, style in _spelt(article):
        spelt[0 if covers(cover, start) else 1].setdefault(number, set()).add(style)
    inside, outside = ({n: _only(s) for n, s in side.items() if len({x.side for x in s}) == 1} for side in spelt)
    return inside, outside


def _only(styles: set[_Style]) -> _Style:
    return min(styles, key=lambda s: s.word)


@remembered(1 << 14)
def _spelt(article: Article) -> Sequence[tuple[int, int, _Style]]:
    """Every word of a text that houses spell in two ways: where, the number of the habit, and how it is spelt."""
    words, habits = wording(article), _habits(article.language)
    first = _first_words(article.language)
    found = []
    for at in [k for k, word in enumerate(words.keys) if word in first]:
        form = words.form(at)
        for written in (form, f"{form} {words.form(at + 1)}" if at + 1 < len(words.keys) else form):
            if written in habits:
                number, side = habits[written]
                found.append((words.starts[at], number, _Style(side, written)))
                break
    return found


@cache
def _first_words(language: str | None) -> frozenset[int]:
    return keys(written.split(" ")[0] for written in _habits(language))


@cache
def _habits(language: str | None) -> dict[str, tuple[int, int]]:
    """By word, which habit it shows and which side of it; all regional spellings are one habit, number 0."""
    table = phrases(language, "style")
    habits = [(0, pair) for pair in table["regional"]] + list(enumerate(table["variants"], 1))
    return {word: (number, side) for number, pair in habits for side, word in enumerate(pair)}
