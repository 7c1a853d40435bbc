"""The names that stand beside the fixed words of a credit.

A name counts when the gazetteer or the pile knows it, when a word in it says what it is (News, Courier,
Institute, ...), or when it is an abbreviation where only an agency can stand. Names of persons never count.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from provenance.model import Span
from provenance.names import Entry, Role, agency, by_domain, find, mentions, normal_name, shortens
from provenance.phrases import FALLBACK, phrases

Sort = Literal["news", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, where it stands and what it is a name of."""

    written: str
    span: Span
    sort: Sort
    entry: Entry | None = None
    staff: bool = False  # "Associated Press writers Ada Lind and ...": people of that house

    @property
    def role(self) -> Role:
        if self.entry:
            return self.entry.role
        if self.sort == "organisation":
            return "institute"
        return "agency" if agency(self.written) else "outlet"


@dataclass(frozen=True, slots=True)
class Words:
    """What tells names apart in a language: the [names] table of its credit phrases, and the pile's own names."""

    media: frozenset[str]
    weak_media: frozenset[str]
    endings: tuple[str, ...]
    head_media: frozenset[str]
    generic: frozenset[str]
    organisation: frozenset[str]
    endings_of: tuple[str, ...]
    title: frozenset[str]
    staff: frozenset[str]
    material: frozenset[str]
    lead_in: frozenset[str]
    desk: tuple[str, ...]
    known: frozenset[str]


@lru_cache(maxsize=64)
def name_words(language: str | None, known: Collection[str] = frozenset()) -> Words:
    """The words of a language that tell names apart; English media words count in every language."""
    table: dict[str, Any] = phrases(language, "credits")["names"]
    english: dict[str, Any] = phrases(FALLBACK, "credits")["names"]
    # English writes names of several words, others glue them: Nordkurier, Landesamt
    compounds = table["media"] + table["weak_media"] if table != english else []
    return Words(
        media=frozenset(table["media"] + english["media"]),
        weak_media=frozenset(table["weak_media"] + english["weak_media"]),
        endings=tuple(compounds),
        head_media=frozenset(table["head_media"] + english["head_media"]),
        generic=frozenset(table["generic"]),
        organisation=frozenset(table["organisation"] + english["organisation"]),
        endings_of=tuple(table["organisation"] if compounds else ()),
        title=frozenset(table["title"]),
        staff=frozenset(table["staff"]),
        material=frozenset(table["material"]),
        lead_in=frozenset(table["lead_in"]),
        desk=tuple(table["desk"]),
        known=frozenset(known),
    )


# --- runs of capitals -----------------------------------------------------------------------------------------------

_CAPITAL = r"[^\W_a-zß-öø-ÿ][\w'’&-]*(?:\.(?=[A-Za-z]{2,4}\b)\w+)?"
_JOINT = r"(?:of|for|the|on|and|de|la|für|der|des|zur|zum|&)"
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:{_JOINT} ){{0,2}}{_CAPITAL})*")
_RUN_BACK = re.compile(rf"(?:{_CAPITAL}[ \u00a0](?:{_JOINT} ){{0,2}})*{_CAPITAL}$")
# what may stand between the words and the name: blanks, marks of emphasis, links, quotation marks, an article
_SKIP = re.compile(r"(?:[\s(*_\"'“”‘’«»„\[]|</?\w[^<>\n]{0,80}>)*")
_SKIP_BACK = re.compile(r"(?: ?\(\w{2,6}\))?(?:[ \u00a0*_\"'“”‘’«»\]]|</?\w+>)*$")
_ARTICLE = re.compile(
    r"(?:(?:the|our partners?(?: at| the)?|der|die|das|dem|den|des|vom|beim|im|a|an|newspaper|magazine|broadcaster|"
    r"agency|news|website|site|state[- ]run|zeitung|agentur|sender|magazin|nachrichtenagentur)"
    r"\s+(?:<\w+>)?[*_\"'“‘„]*)*",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:www\.)?[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,}){1,3}(?![\w@])")
_REACH = 120  # characters; longer than any name


def name_after(text: str, at: int, words: Words, role: Role | None = None, sure: bool = False) -> Name | None:
    """The name that begins at a position of the text, emphasis, links and articles skipped.

    ``sure`` says that an outlet must stand there, so that Post or Star is enough to know it by.

    >>> name_after("told *The Skerry Courier* on Monday", 4, name_words("en")).written
    'Skerry Courier'
    """
    start = _skip(text, at)
    after_article = _ARTICLE.match(text, start, start + _REACH)
    for begin in dict.fromkeys((after_article.end() if after_article else start, start)):
        entry = _entry_at(text, begin, words, role)
        if entry:
            return entry
    begin = after_article.end() if after_article else start
    site = _SITE.match(text, begin, begin + _REACH)
    if site:
        return Name(site.group(), Span(*site.span()), "news", by_domain(site.group()))
    run = _RUN.match(text, begin, begin + _REACH)
    return _unknown(text, Span(begin, run.end()), words, sure or begin > start, ahead=True) if run else None


_PLAIN = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,4}}")


def any_name_after(text: str, at: int) -> Name | None:
    """Up to five capitalised words at a position, whatever they mean: where only a source can stand."""
    start = _skip(text, at)
    article = _ARTICLE.match(text, start, start + _REACH)
    run = _PLAIN.match(text, article.end() if article else start)
    return _cut_name(text, run.start(), run.end(), "news") if run else None


def name_before(text: str, at: int, words: Words, role: Role | None = None) -> Name | None:
    """The name that ends right before a position, marks of emphasis skipped.

    >>> name_before("On Monday the Skerry Courier reported", 28, name_words("en")).written
    'Skerry Courier'
    """
    low = max(0, at - _REACH, text.rfind("\n", 0, at) + 1)
    gap = _SKIP_BACK.search(text, low, at)
    end = gap.start() if gap else at
    run = _RUN_BACK.search(text, low, end)
    if run is None:
        return _small_name(text, low, end, words)
    certain = [(e, s) for e, s in mentions(text, words.known, Span(run.start(), end)) if end - s.end <= 2]
    if certain:
        return _known(text, certain[-1][1], certain[-1][0])
    with_article = re.search(r"(?:the|der|die|das)\s+[*_\"“<>u]*$", text[low : run.start()], re.IGNORECASE) is not None
    begin = run.start() + _leading(run.group(), words)
    entry = find(text[begin:end], role, words.known) if role else None
    if entry and (with_article or entry.role == "agency" or begin == run.start()):
        return _known(text, Span(begin, end), entry)
    return _unknown(text, Span(begin, end), words, with_article or begin > run.start(), ahead=False)


def _small_name(text: str, low: int, end: int, words: Words) -> Name | None:
    """A name written small (dpa, taz) that ends at a position."""
    word = re.search(r"[\w-]+$", text[low:end])
    if word is None or not word.group().islower():
        return None
    entry = find(word.group(), None, words.known)
    written_small = entry is not None and word.group() in (entry.name, *entry.aliases)
    return _known(text, Span(low + word.start(), end), entry) if entry and written_small else None


def _skip(text: str, at: int) -> int:
    gap = _SKIP.match(text, at, at + _REACH)
    end = gap.end() if gap else at
    # a name does not stand in the next paragraph
    return at if "\n\n" in text[at:end] else end


def _entry_at(text: str, begin: int, words: Words, role: Role | None) -> Name | None:
    for entry, span in mentions(text, words.known, Span(begin, _word_end(text, begin + 80)))[:1]:
        if span.start == begin or text[begin : span.start].casefold() in ("the ", "'", "“"):
            return _known(text, span, entry)
    if role is None:
        return None
    run = re.compile(r"[\w.&'’-]+(?: [^\W_a-zß-öø-ÿ][\w.&'’-]*){0,3}").match(text, begin, begin + _REACH)
    parts = run.group().rstrip(".,'’").split(" ") if run else []
    for size in range(len(parts), 0, -1):
        written = " ".join(parts[:size])
        bare = re.sub(r"['’]s$", "", written).rstrip(".'’")
        named = find(bare, role, words.known)
        # a longer run of capitals is somebody else ("Fox Files"), but for "NBC's Meet the Press"
        fits = bare[:1].isupper() or (named is not None and named.name in words.known)
        if named and fits and (len(parts) == size or bare != written):
            return _known(text, Span(begin, begin + len(bare)), named)
    return None


def _word_end(text: str, at: int) -> int:
    """A position that cuts no word."""
    while at < len(text) and text[at].isalnum():
        at += 1
    return min(at, len(text))


def _known(text: str, span: Span, entry: Entry) -> Name:
    sort: Sort = "organisation" if entry.role == "institute" else "news"
    return Name(span.cut(text), span, sort, entry)


# --- names that nobody knows ----------------------------------------------------------------------------------------


def _leading(run: str, words: Words) -> int:
    """How many characters of a run are words that only lead to the name (On, Monday, But)."""
    at = 0
    for word in re.finditer(r"\S+\s+", run):
        if normal_name(word.group()) not in words.lead_in and word.group().strip().casefold() not in words.lead_in:
            break
        at = word.end()
    return at


def _unknown(text: str, span: Span, words: Words, with_article: bool, ahead: bool) -> Name | None:
    """A name known by a word in it; None for everything else that is written with capitals."""
    span = _without_joint(text, span, ahead)
    parts = list(re.finditer(r"\S+", span.cut(text)))
    plain = [re.sub(r"['’]s$", "", part.group()).strip(".,'’\"").casefold() for part in parts]
    if not plain or plain[0] in words.title:
        return None
    # an institute is for or on something, a newspaper is not: "told the Skerry Courier on Monday"
    stop = (
        next((at for at, word in enumerate(plain) if word in ("on", "for", "zur")), len(plain)) if ahead else len(plain)
    )
    first, end = _media_part(plain[:stop], words, with_article, ahead)
    if end:
        return _cut_name(text, span.start + parts[first].start(), span.start + parts[end - 1].end(), "news")
    size = _organisation_end(plain, words)
    if size and (ahead or size == len(plain)):
        return _cut_name(text, span.start, span.start + parts[size - 1].end(), "organisation")
    return None


def _cut_name(text: str, start: int, end: int, sort: Sort) -> Name:
    written = re.sub(r"(?:['’]s|['’.]+)$", "", text[start:end])
    return Name(written, Span(start, start + len(written)), sort)


def _organisation_end(plain: list[str], words: Words) -> int:
    """After how many words the name of an organisation ends: at its kind (Cato Institute), or with what it is for."""
    for at, word in enumerate(plain):
        if (
            word in words.organisation
            or word.removesuffix("s") in words.organisation
            or _compound(word, words.endings_of)
        ):
            goes_on = at + 1 < len(plain) and plain[at + 1] in ("of", "for", "on", "für", "der", "des", "zur")
            if goes_on or at > 0:
                return len(plain) if goes_on else at + 1
    return 0


def _without_joint(text: str, span: Span, ahead: bool) -> Span:
    """Cuts a run at an "and" that joins two names: none is inside "Centre for Arms and Security"."""
    joint = re.search(r" (?:and|und|&) (?:the |der |die )?", span.cut(text))
    if joint is None or re.search(r"\b(?:for|of|on|für)\b", text[span.start : span.start + joint.start()]):
        return span
    return Span(span.start, span.start + joint.start()) if ahead else Span(span.start + joint.end(), span.end)


_OF = frozenset({"of", "for", "on", "für", "der", "des", "zur", "the"})


def _media_part(plain: list[str], words: Words, with_article: bool, ahead: bool) -> tuple[int, int]:
    """From which to which word a run is the name of a medium; (0, 0) where it holds none."""
    if not plain:
        return 0, 0
    if plain[0] in words.media | words.weak_media and len(plain) > 2 and plain[1] == "of":
        return 0, len(plain)  # Times of Skerry
    if plain[0] in words.head_media and len(plain) > 1:
        return 0, len(plain)  # Radio Skerry
    # "Ada Lind of the Skerry Courier"
    first = max((at + 1 for at, word in enumerate(plain[:-1]) if word in _OF), default=0)
    if first and first < len(plain) and plain[first] in words.generic:
        first += 1
    end = _media_end(plain[first:], words, with_article or first > 0, ahead)
    return (first, first + end) if end else (0, 0)


def _media_end(plain: list[str], words: Words, with_article: bool, ahead: bool) -> int:
    """After how many words a name ends whose last word is a word for a medium; 0 where there is none."""
    for at in range(len(plain) - 1, -1, -1):
        numbered = plain[at].isdigit() and len(plain[at]) < 4 and at > 0  # Channel 14, not © Post 2031
        word = plain[at - 1] if numbered else plain[at]
        if _is_media(word, words, with_article or at > 1) and (at > 0 or _compound(word, words.endings)):
            return at + 1
        if not ahead and not numbered:
            return 0
    return 0


def _is_media(word: str, words: Words, sure: bool) -> bool:
    if word in words.media or _compound(word, words.endings):
        return True
    return sure and word in words.weak_media


def _compound(word: str, endings: Collection[str]) -> bool:
    """Whether a word ends in one of these words (Küstenbote, Nordkurier)."""
    bare = word.removesuffix("s")
    return any(len(word) > len(end) + 2 and bare.endswith(end.removesuffix("s")) for end in endings if len(end) > 3)


# --- names that a text explains -------------------------------------------------------------------------------------

_EXPLAINED = re.compile(r" \(([A-Z]{2,6}|[a-z]{3,5})\)")


def explained(text: str, known: Collection[str]) -> set[str]:
    """Agencies whose short name the text itself explains, as "Skarn Press Agency (SKPA)"."""
    found: set[str] = set()
    for short in _EXPLAINED.finditer(text):
        low = max(0, short.start() - _REACH, text.rfind("\n", 0, short.start()) + 1)
        run = _RUN_BACK.search(text, low, short.start())
        parts = run.group().split(" ") if run else []
        for at in range(len(parts) - 1, -1, -1):
            name = " ".join(parts[at:])
            if shortens(short.group(1), name) and (agency(name) or name in known):
                found.add(f"{name} ({short.group(1)})")
                break
    return found


# --- lists of names -------------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\s*(?:[,;|•]|\band\b|\bund\b|\bsowie\b|&(?= [A-Z]))\s*")


def names_in(text: str, span: Span, words: Words) -> list[Name]:
    """The organisations in a list of names; people count only as people of a house ("AP writers ...").

    >>> [n.written for n in names_in("Ada Lind and The Associated Press", Span(0, 33), name_words("en"))]
    ['Associated Press']
    """
    found: list[Name] = []
    at = span.start
    for between in [*_BETWEEN.finditer(text, span.start, span.end), None]:
        end = between.start() if between else span.end
        name = _piece(text, Span(at, end), words)
        if name:
            found.append(name)
        at = between.end() if between else end
    return found


def _piece(text: str, span: Span, words: Words) -> Name | None:
    start = _skip(text, span.start)
    lead = re.compile(rf"(?:(?:also|with|{'|'.join(words.material)})\s+(?:from|by|von|der|des)\s+)", re.IGNORECASE)
    led = lead.match(text, start, span.end)
    name = name_after(text, led.end() if led else start, words, "agency")
    if name is None or name.span.start >= span.end:
        return None
    rest = re.sub(r"^\s*\(\w{2,6}\)", "", text[name.span.end : span.end]).strip(" .)*_’'\n\r\t\u00a0")
    follows = next(iter(rest.split()), "").casefold()
    if name.entry is None and rest and follows not in words.staff | words.material:
        return None  # a long run of capitals is a person and a place, not an outlet
    people = bool(rest) and follows not in words.material | {"on", "in", "via"}
    return Name(name.written, name.span, name.sort, name.entry, staff=people)
