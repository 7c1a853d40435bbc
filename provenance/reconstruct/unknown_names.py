"""Names that nobody knows: what a run of words with capitals is a name of, by the words in it."""

import re
from collections.abc import Collection
from functools import lru_cache

from provenance.model import Span
from provenance.name_forms import normal_name
from provenance.reconstruct.name_words import Name, Sort, Words


def leading(run: str, words: Words) -> int:
    """How many characters of a run are words that only lead to the name (On, Monday, But)."""
    at = 0
    for word in re.finditer(r"\S+\s+", run):
        if word.group().strip().casefold() not in words.lead_in and normal_name(word.group()) not in words.lead_in:
            break
        at = word.end()
    return at


@lru_cache(maxsize=1 << 15)
def unknown_name(run: str, with_article: bool, ahead: bool, words: Words) -> Name | None:
    """A name known by a word in it; None for everything else that is written with capitals.

    Its span counts from the beginning of the run.
    """
    span = _without_joint(run, Span(0, len(run)), ahead)
    parts = list(re.finditer(r"\S+", span.cut(run)))
    plain = [re.sub(r"['’]s$", "", part.group()).strip(".,'’\"").casefold() for part in parts]
    if not plain or plain[0] in words.title:
        return None
    # an institute is for or on something, a newspaper is not: "told the Skerry Courier on Monday"
    stop = (
        next((at for at, word in enumerate(plain) if word in ("on", "for", "zur")), len(plain)) if ahead else len(plain)
    )
    first, end = _media_part(plain[:stop], words, with_article, ahead)
    if end:
        return cut_name(run, span.start + parts[first].start(), span.start + parts[end - 1].end(), "news")
    size = _organisation_end(plain, words)
    if size and (ahead or size == len(plain)):
        return cut_name(run, span.start, span.start + parts[size - 1].end(), "organisation")
    return None


def cut_name(text: str, start: int, end: int, sort: Sort) -> Name:
    written = re.sub(r"(?:['’]s|['’.]+)$", "", text[start:end])
    return Name(written, Span(start, start + len(written)), sort)


def _organisation_end(plain: list[str], words: Words) -> int:
    """After how many words the name of an organisation ends: at its kind (Cato Institute), or with what it is for."""
    for at, word in enumerate(plain):
        if (
            word in words.organisation
            or word.removesuffix("s") in words.organisation
            or compound(word, words.endings_of)
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
        if _is_media(word, words, with_article or at > 1) and (at > 0 or compound(word, words.endings)):
            return at + 1
        if not ahead and not numbered:
            return 0
    return 0


def _is_media(word: str, words: Words, sure: bool) -> bool:
    if word in words.media or compound(word, words.endings):
        return True
    return sure and word in words.weak_media


def compound(word: str, endings: Collection[str]) -> bool:
    """Whether a word ends in one of these words (Küstenbote, Nordkurier)."""
    bare = word.removesuffix("s")
    return any(len(word) > len(end) + 2 and bare.endswith(end.removesuffix("s")) for end in endings if len(end) > 3)
