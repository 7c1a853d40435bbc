"""Words, sentences and quotation marks of a text; every offset points into the text as it was given."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from provenance.model import Span
from provenance.phrases import phrases

# Invisible inside words: soft hyphen, zero-width space / joiners, word joiner, byte order mark, direction marks.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"

# A word is anything but white space, punctuation and symbols, so that scripts whose vowel signs are marks
# (Devanagari, Tamil, Thai) keep their words whole; \w would cut them at every sign.
_BREAK = (
    r"\s\x00-/:-@\[-`{-\x7f\x80-\xa9\xab-\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\u00d7\u00f7"
    r"\u02c2-\u02df\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0609-\u060d\u061b-\u061f\u066a-\u066d\u06d4"
    r"\u0700-\u070d\u0964\u0965\u0970\u0df4\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1361-\u1368\u166e"
    r"\u17d4-\u17da\u1800-\u180a\u2000-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f"
    r"\u3001-\u3003\u3008-\u3020\u3030\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
WORD = re.compile(rf"[^{_BREAK}][a-zA-Z]*+[^{_BREAK}]*+(?:['\u2019\u02bc][^{_BREAK}]++)*+")
_STRIP = re.compile(rf"[{INVISIBLE}]")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order: normal forms and offsets, three sequences of one length."""

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)


@lru_cache(maxsize=1 << 18)
def _form(word: str) -> str:
    return _STRIP.sub("", unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES))


def normal_form(word: str) -> str:
    """The form in which two words are compared: NFKC, case folded, invisible characters gone, one apostrophe.

    >>> normal_form("Council\\u2019s"), normal_form("har\\u00adbour")
    ("council's", 'harbour')
    """
    return word if word.isascii() and word.islower() else _form(word)


def tokenize(text: str, within: Iterable[Span] | None = None) -> Words:
    """The words of a text, or of some spans of it, in order.

    >>> tokenize("The Mayor's boat, 14 m").forms
    ['the', "mayor's", 'boat', '14', 'm']
    """
    words = Words([], [], [])
    for span in within if within is not None else (Span(0, len(text)),):
        at = span.start
        for word in WORD.findall(text, at, span.end):  # strings and a search for each cost less than match objects
            at = text.find(word, at)
            form = word if word.islower() and word.isascii() else _form(word)
            if form:  # not nothing but invisible characters
                words.forms.append(form)
                words.starts.append(at)
                words.ends.append(at + len(word))
            at += len(word)
    return words


STOPS = ".!?\u2026\u061f\u06d4\u0964\u0589\u3002"
CLOSERS = "\"'\u2019\u201d\u00bb)]"  # what may follow a stop before the white space
# subtle: it begins with the characters that a search can leap to; the look-behinds and the possessive signs keep a
# megabyte of dots from being tried again at every dot
_END = re.compile(rf"[{STOPS}\n](?:(?<=\n)\n*+|(?<!\n)(?<![{STOPS}].)[{STOPS}]*+[{re.escape(CLOSERS)}]*+(?=\s|$))")
OPENINGS = "(\"'\u201c\u2018"  # what may stand before a word without being part of it
BEFORE_STOP = 24  # characters before a dot that are looked at for an abbreviation
_INITIAL = re.compile(rf"(?:^|[\s{OPENINGS}.])(?:[^\W\d_]\.)*[^\W\d_]$")


def split_sentences(text: str, language: str | None = None, within: Iterable[Span] | None = None) -> list[Span]:
    """The sentences of a text, or of some spans of it; a line break always ends one.

    >>> [s.cut("Dr. Ames left. He said so.") for s in split_sentences("Dr. Ames left. He said so.")]
    ['Dr. Ames left.', 'He said so.']
    """
    short = abbreviations(language)
    spans: list[Span] = []
    for part in within if within is not None else (Span(0, len(text)),):
        start = part.start
        for found in _END.finditer(text, part.start, part.end):
            stop, end = found.span()
            if text[stop] != "\n":
                numbered = text[start:stop].strip().isdecimal()  # "2. The pier": the number of a list's item
                if numbered or not ends_sentence(text, stop, end, short):
                    continue
            _add_stripped(spans, text, start, end)
            start = end
        _add_stripped(spans, text, start, part.end)
    return spans


def ends_sentence(text: str, stop: int, end: int, short: frozenset[str]) -> bool:
    """Whether a sentence ends with the stops, and marks that close, from ``stop`` to ``end``."""
    following = text[end : end + 2].lstrip()
    if following[:1].islower() and text[end - 1] not in "!?":
        return False  # '"Stop!" he said' and 'late \u2026 but not too late' go on; '"Stop!" He ran.' does not
    if end - stop > 1 or text[stop] != ".":
        return True
    before = text[max(0, stop - BEFORE_STOP) : stop]
    words = before.split()
    last = words[-1].lstrip(OPENINGS) if words else ""
    if last.casefold() in short:
        return False
    return not (
        following[:1].isupper() and len(last.replace(".", "")) == 1 and last.isupper() and _INITIAL.search(before)
    )


def _add_stripped(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))


@cache
def abbreviations(language: str | None) -> frozenset[str]:
    """Words of a language that end with a dot within a sentence, case folded and without it."""
    return frozenset(a.casefold().rstrip(".") for a in phrases(language, "words")["abbreviations"])


_PAIRS = {
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u201e": "\u201c\u201d",
    "\u00bb": "\u00ab",
    "\u2039": "\u203a",
    "\u2018": "\u2019",
    '"': '"',
}
_CLOSINGS = {
    mark: re.compile(r"\u2019(?![^\W\d_])" if mark == "\u2018" else f"[{closing}]") for mark, closing in _PAIRS.items()
}
LONGEST_QUOTE = 3000  # characters; a mark that finds no partner within it is no opening mark


def quoted_spans(text: str) -> list[Span]:
    """The stretches inside quotation marks, marks excluded, outermost only.

    A paragraph that opens with a mark and does not close it is quoted to its end when the next one opens with
    a mark too (the convention for quotes over several paragraphs). Single marks count only around three words
    or more, so that apostrophes and scare quotes do not.

    >>> [s.cut('She said "we stay" and left.') for s in quoted_spans('She said "we stay" and left.')]
    ['we stay']
    """
    spans: list[Span] = []
    at = 0
    while found := _OPENING.search(text, at):
        mark = found.start()
        close = _closing(text, mark)
        if close is None:
            at = mark + 1
            continue
        if text[mark] != "\u2018" or text.count(" ", mark, close) >= 2:
            spans.append(Span(mark + 1, close))
            at = close + 1
        else:
            at = mark + 1
    return spans


# subtle: French leaves a space inside its marks (\u00ab so \u00bb); a German \u00bb opens, and stands before a word
_OPENING = re.compile(
    '[\u201c\u201e\u2039"\u2018\u00ab\u00bb](?<![^\\W_].)'
    '(?:(?<=[\u201c\u201e\u2039"\u2018])(?=\\S)|(?<=\u00ab)(?=.)|(?<=\u00bb)(?=[\\w\u2026\u201e\u201a\u201c\u2018\u203a(\\[]))'
)


def _closing(text: str, mark: int) -> int | None:
    within = mark + 1 + LONGEST_QUOTE
    paragraph_end = text.find("\n", mark, within)
    found = _CLOSINGS[text[mark]].search(text, mark + 1, within if paragraph_end < 0 else paragraph_end)
    if found:
        return found.start()
    # no partner in this paragraph: open to its end when the next paragraph opens with the same mark
    following = _SPACE.match(text, paragraph_end, within) if paragraph_end > mark + 1 else None
    return paragraph_end if following and text[following.end() : following.end() + 1] == text[mark] else None


_SPACE = re.compile(r"\s*")


def covers(spans: Sequence[Span], at: int) -> bool:
    """Whether a position lies in one of some sorted, disjoint spans."""
    found = bisect_right(spans, Span(at, 1 << 60)) - 1
    return found >= 0 and spans[found].start <= at < spans[found].end


_PLACE = attrgetter("start", "end")


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted, disjoint spans that cover the same positions.

    >>> merged([Span(4, 6), Span(0, 3), Span(2, 4)])
    [Span(start=0, end=6)]
    """
    out: list[Span] = []
    for span in sorted(spans, key=_PLACE):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return out
