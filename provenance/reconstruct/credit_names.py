"""The names that stand beside the fixed words of a credit.

A name counts when the gazetteer or the pile knows it, when a word in it says what it is (News, Courier,
Institute, ...), or when it is an abbreviation where only an agency can stand. Names of persons never count.
"""

import re
from functools import lru_cache

from provenance.gazetteer import Entry, Role, by_domain
from provenance.mentions import may_be_part, mention_at, mentions
from provenance.model import Span
from provenance.names import Known, agency, shortens
from provenance.reconstruct.name_words import Name, Sort, Words
from provenance.reconstruct.unknown_names import compound, cut_name, leading, unknown_name

# --- runs of capitals -----------------------------------------------------------------------------------------------

_CAPITAL = r"[^\W_a-zß-öø-ÿ][\w'’&-]*(?:\.(?=[A-Za-z]{2,4}\b)\w+)?"
_JOINT = r"(?:of|for|the|on|and|de|la|für|der|des|zur|zum|&)"
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:{_JOINT} ){{0,2}}{_CAPITAL})*")
_RUN_BACK = re.compile(rf"(?:{_CAPITAL}[ \u00a0](?:{_JOINT} ){{0,2}})*{_CAPITAL}$")
# what may stand between the words and the name: blanks, marks of emphasis, links, quotation marks, an article
_SKIP = re.compile(r"(?:[\s(*_\"'“”‘’«»„\[]|</?\w[^<>\n]{0,80}>)*")
_SKIP_BACK = re.compile(r"(?: ?\(\w{2,6}\))?(?:[ \u00a0*_\"'“”‘’«»\]]|</?\w+>)*$")
_BEFORE_NAME = (
    "the", r"our partners?(?: at| the)?", "der", "die", "das", "dem", "den", "des", "vom", "beim", "im", "a", "an",
    "newspaper", "magazine", "broadcaster", "agency", "news", "website", "site", r"state[- ]run", "zeitung", "agentur",
    "sender", "magazin", "nachrichtenagentur",
)  # fmt: skip
_ARTICLE = re.compile(rf"(?:(?:{'|'.join(_BEFORE_NAME)})\s+(?:<\w+>)?[*_\"'“‘„]*)*", re.IGNORECASE)
_ARTICLE_BEGINS = frozenset(re.match(r"\w+", words).group() for words in _BEFORE_NAME)  # type: ignore[union-attr]
_SITE = re.compile(r"(?:www\.)?[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,}){1,3}(?![\w@])")
_REACH = 120  # characters; longer than any name


def name_after(text: str, at: int, words: Words, role: Role | None = None, sure: bool = False) -> Name | None:
    """The name that begins at a position of the text, emphasis, links and articles skipped.

    ``sure`` says that an outlet must stand there, so that Post or Star is enough to know it by.

    >>> from provenance.reconstruct.name_words import name_words
    >>> name_after("told *The Skerry Courier* on Monday", 4, name_words("en")).written
    'Skerry Courier'
    """
    place = _place_after(text, at, words)
    if place is None:
        return None
    start, begin = place
    entry = _entry_at(text, begin, words, role) or (_entry_at(text, start, words, role) if begin > start else None)
    if entry:
        return entry
    site = _SITE.match(text, begin, begin + _REACH)
    if site:
        return Name(site.group(), Span(*site.span()), "news", by_domain(site.group()))
    run = _RUN.match(text, begin, begin + _REACH)
    name = unknown_name(run.group(), sure or begin > start, True, words) if run else None
    return moved(name, begin) if name else None


def _place_after(text: str, at: int, words: Words) -> tuple[int, int] | None:
    """Where a name may begin behind a position, with what leads to it and without; None where none can be.

    Mostly none can: a plain word stands there, or a person's name. That is told word by word, and kept.
    """
    start = _skip(text, at)
    if text[start : start + 1] in _NO_BEGINNING:
        return None
    begin = _after_article(text, start)
    leading = start == begin or all(_only_leads(word, words) for word in text[start:begin].split())
    small = _SMALL_WORD.match(text, begin)
    if small and leading and _is_no_name(small.group(), words):
        return None
    if leading and text[begin : begin + 1].isupper() and _is_cold_ahead(text, begin, words):
        return None
    return start, begin


_NO_BEGINNING = frozenset({"", *",;:!?)]”…"})
# a whole word that neither a stop nor a hyphen joins to the next, as most words are that stand where a name might
_SMALL_WORD = re.compile(r"[a-z]+(?![\w.&'’-])")


@lru_cache(maxsize=1 << 12)
def _only_leads(word: str, words: Words) -> bool:
    """Whether an article or the like is no part of a name, as it is in News Corp."""
    return word.isalpha() and not words.known.index.may_begin(word) and words.known.find(word, "agency") is None


def _after_article(text: str, start: int) -> int:
    """Where a name begins, articles and words like "the newspaper" skipped."""
    first = _FIRST_WORD.match(text, start)
    if first is None or first.group().casefold() not in _ARTICLE_BEGINS:
        return start
    article = _ARTICLE.match(text, start, start + _REACH)
    return article.end() if article else start


_FIRST_WORD = re.compile(r"\w+")


def _is_cold_ahead(text: str, begin: int, words: Words) -> bool:
    """Whether no word of the run of capitals at a position can be of a name."""
    run = _RUN.match(text, begin, begin + _REACH)
    if run is None or (run.end() == begin + 1 and text[run.end() : run.end() + 1] == "."):
        return False  # U.S. News: initials are no words of the run
    return not any(_may_be_of_name(word, words) for word in run.group().split())


@lru_cache(maxsize=1 << 15)
def _may_be_of_name(word: str, words: Words) -> bool:
    """Whether a word of a run, or the end of it that begins with a capital, can be part of the name of a house."""
    plain = _GENITIVE.sub("", word).strip(".,'’\"").casefold()
    single = plain.removesuffix("s")
    if any(plain in kinds or single in kinds for kinds in _kinds(words)):
        return True
    if compound(plain, words.endings) or compound(plain, words.endings_of):
        return True
    capital = _CAPITAL_IN.search(word)
    end = word[capital.start() :] if capital and capital.start() else word
    return may_be_part(word, words.known) or (end != word and _may_be_of_name(end, words))


_GENITIVE = re.compile(r"['’]s$")


def _kinds(words: Words) -> tuple[frozenset[str], ...]:
    """The words that say what a name is of."""
    return words.media, words.weak_media, words.head_media, words.organisation


@lru_cache(maxsize=1 << 15)
def _is_no_name(word: str, words: Words) -> bool:
    """Whether nothing that begins with a word in small letters can be a name."""
    index = words.known.index
    return (
        word not in _ARTICLE_BEGINS
        and not index.lengths(word)
        and not index.begins_small(word)
        and words.known.find(word, "agency") is None
    )


def moved(name: Name, by: int) -> Name:
    """A name so many characters further on."""
    span = Span(name.span.start + by, name.span.end + by)
    return Name(name.written, span, name.sort, name.entry, name.staff)


_PLAIN = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,4}}")


def any_name_after(text: str, at: int) -> Name | None:
    """Up to five capitalised words at a position, whatever they mean: where only a source can stand."""
    start = _skip(text, at)
    article = _ARTICLE.match(text, start, start + _REACH)
    run = _PLAIN.match(text, article.end() if article else start)
    return cut_name(text, run.start(), run.end(), "news") if run else None


def may_follow(text: str, at: int, words: Words) -> bool:
    """Whether ``name_after`` can find a name at a position, told by the first words there."""
    return _place_after(text, at, words) is not None


def may_precede(text: str, at: int, words: Words) -> bool:
    """Whether ``name_before`` can find a name before a position, told by the words there."""
    if text[at - 1 : at] == " ":  # as it mostly is: then the word before it mostly tells
        last = text[max(0, at - _REACH, text.rfind(" ", 0, at - 1) + 1) : at - 1].rstrip(_MARKS_BETWEEN)
        if last and last[-1] not in ">)" and "\n" not in last and (kind := _kind_of_word(last, words)) != _GOES_ON:
            return kind == _NAMES
    low = _line_before(text, at)
    end = _end_before(text, low, at)
    return _words_before(text, low, end, words)[1]


def name_before(text: str, at: int, words: Words, role: Role | None = None) -> Name | None:
    """The name that ends right before a position, marks of emphasis skipped.

    >>> from provenance.reconstruct.name_words import name_words
    >>> name_before("On Monday the Skerry Courier reported", 28, name_words("en")).written
    'Skerry Courier'
    """
    low = _line_before(text, at)
    end = _end_before(text, low, at)
    begin, warm = _words_before(text, low, end, words)
    if not warm:
        return None
    run = _RUN_BACK.search(text, begin, end)
    if run is None:
        return _small_name(text, low, end, words)
    name = _named_by_run(run.group(), _has_article(text[low : run.start()]), role, words)
    return moved(name, run.start()) if name else None


def _end_before(text: str, low: int, at: int) -> int:
    """Where a name ends before a position, blanks and marks of emphasis skipped."""
    end = at
    while end > low and text[end - 1] in _BETWEEN_NAME:
        end -= 1
    if end > low and text[end - 1] in ">)":  # a tag, or a short name in brackets
        gap = _SKIP_BACK.search(text, low, at)
        end = gap.start() if gap else at
    return end


_MARKS_BETWEEN = " \u00a0*_\"'“”‘’«»]"
_BETWEEN_NAME = frozenset(_MARKS_BETWEEN)


def _line_before(text: str, at: int) -> int:
    """The beginning of what may be read before a position: its line, and no more than any name has."""
    low = max(0, at - _REACH)
    return max(low, text.rfind("\n", low, at) + 1)


def _words_before(text: str, low: int, end: int, words: Words | None) -> tuple[int, bool]:
    """Where the words begin that can be of a run of capitals up to a position; and whether one can be of a name.

    Most runs are persons and first words of sentences: that they are no name of a house is told word by word, and
    kept. Without ``words`` any word can be of a name.
    """
    begin, warm = end, False
    at = end
    while at > low:
        blank = text.rfind(" ", low, at)
        first = blank + 1 if blank >= 0 else low
        kind = _kind_of_word(text[first:at], words)
        if kind == _PARTS:
            break
        warm = warm or kind == _NAMES
        begin, at = first, blank
    return begin, warm


_PARTS, _GOES_ON, _NAMES = range(3)


@lru_cache(maxsize=1 << 15)
def _kind_of_word(word: str, words: Words | None) -> int:
    """Whether a word before a place parts what stands before it from the place, is of a run, or can be of a name."""
    if word in _JOINTS:
        return _GOES_ON
    if word[-1:] and _PARTING.match(word, len(word) - 1):
        return _PARTS
    if _CAPITAL_IN.search(word) is None:
        # names written small (dpa, taz) are read where no run is
        small = words is not None and (not word.isalpha() or words.known.index.begins_small(word))
        return _NAMES if small and word else _PARTS
    plain = _PLAIN_WORD.fullmatch(word) is not None
    return _GOES_ON if words is not None and plain and not _may_be_of_name(word, words) else _NAMES


def _run_before(text: str, low: int, end: int) -> re.Match[str] | None:
    """The run of capitals that ends at a position."""
    begin, _ = _words_before(text, low, end, None)
    return _RUN_BACK.search(text, begin, end) if begin < end else None


_PARTING = re.compile(r"[^\w'’&-]")  # after which a run goes on with nothing: "on Monday, Lind"
_PLAIN_WORD = re.compile(r"[\w'’&-]+")
_JOINTS = frozenset(_JOINT.strip("(?:)").split("|"))
_CAPITAL_IN = re.compile(r"[^\W_a-zß-öø-ÿ]")


def _has_article(before: str) -> bool:
    """Whether words end with an article, marks of emphasis behind it."""
    bare = before.rstrip('*_"“<>u')
    article = bare.rstrip()
    return len(article) < len(bare) and article[-3:].casefold() in ("the", "der", "die", "das")


@lru_cache(maxsize=1 << 15)
def _named_by_run(run: str, with_article: bool, role: Role | None, words: Words) -> Name | None:
    """The name at the end of a run of capitals, its span counted from the beginning of the run."""
    end = len(run)
    certain = [(e, s) for e, s in mentions(run, words.known) if end - s.end <= 2]
    if certain:
        return _known(run, certain[-1][1], certain[-1][0])
    begin = leading(run, words)
    entry = words.known.find(run[begin:], role) if role else None
    if entry and (with_article or entry.role == "agency" or begin == 0):
        return _known(run, Span(begin, end), entry)
    name = unknown_name(run[begin:], with_article or begin > 0, False, words)
    return moved(name, begin) if name else None


def _small_name(text: str, low: int, end: int, words: Words) -> Name | None:
    """A name written small (dpa, taz) that ends at a position."""
    word = _LAST_WORD.search(text, text.rfind(" ", low, end) + 1 or low, end)
    if word is None or not word.group().islower():
        return None
    if word.group().isalpha() and not words.known.index.begins_small(word.group()):
        return None
    entry = words.known.find(word.group(), None)
    written_small = entry is not None and word.group() in (entry.name, *entry.aliases)
    return _known(text, Span(word.start(), end), entry) if entry and written_small else None


_LAST_WORD = re.compile(r"[\w-]+$")


def _skip(text: str, at: int) -> int:
    if text[at : at + 1] == " " and text[at + 1 : at + 2].isalnum():  # as it mostly is
        return at + 1
    gap = _SKIP.match(text, at, at + _REACH)
    end = gap.end() if gap else at
    # a name does not stand in the next paragraph
    return at if "\n\n" in text[at:end] else end


def _entry_at(text: str, begin: int, words: Words, role: Role | None) -> Name | None:
    named = mention_at(text, words.known, Span(begin, _word_end(text, begin + 80)))
    if named:
        return _known(text, named[1], named[0])
    if role is None:
        return None
    run = _ROLED.match(text, begin, begin + _REACH)
    parts = run.group().rstrip(".,'’").split(" ") if run else []
    return _known_part(text, begin, parts, words, role) if parts and _may_be_known(parts[0], words, role) else None


_ROLED = re.compile(r"[\w.&'’-]+(?: [^\W_a-zß-öø-ÿ][\w.&'’-]*){0,3}")


def _may_be_known(first: str, words: Words, role: Role) -> bool:
    """Whether any name that is known begins with a word, or the letters may be short for one."""
    if not (first.isascii() and first.isalpha()) or first.casefold() in _ARTICLE_BEGINS:
        return True
    letters = role == "agency" and (first.isupper() or first.islower())
    return letters or bool(words.known.index.lengths(first.casefold()))


def _known_part(text: str, begin: int, parts: list[str], words: Words, role: Role) -> Name | None:
    """The longest known name that some words begin with."""
    for size in range(len(parts), 0, -1):
        written = " ".join(parts[:size])
        bare = written.removesuffix("'s").removesuffix("’s").rstrip(".'’")
        known = words.known.find(bare, role)
        # a longer run of capitals is somebody else ("Fox Files"), but for "NBC's Meet the Press"
        fits = bare[:1].isupper() or (known is not None and known.name in words.known)
        if known and fits and (len(parts) == size or bare != written):
            return _known(text, Span(begin, begin + len(bare)), known)
    return None


def _word_end(text: str, at: int) -> int:
    """A position that cuts no word."""
    while at < len(text) and text[at].isalnum():
        at += 1
    return min(at, len(text))


def _known(text: str, span: Span, entry: Entry) -> Name:
    sort: Sort = "organisation" if entry.role == "institute" else "news"
    return Name(span.cut(text), span, sort, entry)


# --- names that a text explains -------------------------------------------------------------------------------------

_EXPLAINED = re.compile(r" \(([A-Z]{2,6}|[a-z]{3,5})\)")


def explained(text: str, known: Known) -> frozenset[str]:
    """Agencies whose short name the text itself explains, as "Skarn Press Agency (SKPA)"."""
    found: set[str] = set()
    for short in _EXPLAINED.finditer(text) if " (" in text else ():
        run = _run_before(text, _line_before(text, short.start()), short.start())
        parts = run.group().split(" ") if run else []
        for at in range(len(parts) - 1, -1, -1):
            name = " ".join(parts[at:])
            if shortens(short.group(1), name) and (agency(name) or name in known):
                found.add(f"{name} ({short.group(1)})")
                break
    return frozenset(found)


# --- lists of names -------------------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"\s*(?:[,;|•]|\band\b|\bund\b|\bsowie\b|&(?= [A-Z]))\s*")


def names_in(text: str, span: Span, words: Words) -> list[Name]:
    """The organisations in a list of names; people count only as people of a house ("AP writers ...").

    >>> from provenance.reconstruct.name_words import name_words
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


@lru_cache(maxsize=8)
def _material_from(material: frozenset[str]) -> re.Pattern[str]:
    kinds = "|".join(sorted(material))
    return re.compile(rf"(?:(?:also|with|{kinds})\s+(?:from|by|von|der|des)\s+)", re.IGNORECASE)


def _piece(text: str, span: Span, words: Words) -> Name | None:
    start = _skip(text, span.start)
    led = _material_from(words.material).match(text, start, span.end)
    name = name_after(text, led.end() if led else start, words, "agency")
    if name is None or name.span.start >= span.end:
        return None
    rest = re.sub(r"^\s*\(\w{2,6}\)", "", text[name.span.end : span.end]).strip(" .)*_’'\n\r\t\u00a0")
    follows = next(iter(rest.split()), "").casefold()
    if name.entry is None and rest and follows not in words.staff | words.material:
        return None  # a long run of capitals is a person and a place, not an outlet
    people = bool(rest) and follows not in words.material | {"on", "in", "via"}
    return Name(name.written, name.span, name.sort, name.entry, staff=people)
