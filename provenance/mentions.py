"""Where a text names outlets and agencies."""

import re
from collections.abc import Collection
from itertools import islice

from provenance.gazetteer import Entry
from provenance.model import Span
from provenance.name_forms import ARTICLE, WORD, Alias, NameIndex, bare, folded
from provenance.names import Known, known_names


def mentions(text: str, known: Collection[str] = (), within: Span | None = None) -> list[tuple[Entry, Span]]:
    """The entries that a text names for certain, in its order; where two begin together the longest counts.

    A name written with a capital must have one in the text; an abbreviation must be in capitals.

    >>> [(e.name, s.cut("told AP and The Times of Israel")) for e, s in mentions("told AP and The Times of Israel")]
    [('Associated Press', 'AP'), ('The Times of Israel', 'Times of Israel')]
    """
    index = known_names(known).index
    words = list(WORD.finditer(text, within.start if within else 0, within.end if within else len(text)))
    found: list[tuple[Entry, Span]] = []
    at = 0
    while at < len(words):
        hit = _longest(index, text, words, at)
        if hit:
            found.append((hit[0].entry, Span(words[at].start(), _bare_end(words[at + hit[1] - 1]))))
        at += hit[1] if hit else 1
    return found


def mention_at(text: str, known: Collection[str], within: Span) -> tuple[Entry, Span] | None:
    """The entry that is named first of all within a span, where at most an article or a quotation mark precedes it.

    >>> mention_at("the AP, not AFP", (), Span(0, 15))[0].name, mention_at("not AFP", (), Span(0, 7))
    ('Associated Press', None)
    """
    index = known_names(known).index
    rest = WORD.finditer(text, within.start, within.end)
    words: list[re.Match[str]] = []
    for at in (0, 1):
        words += [*islice(rest, 1)]
        if len(words) <= at:
            return None
        if at == 0 and not index.may_begin(words[0].group()):
            hit = None
        else:
            words += [*rest]
            hit = _longest(index, text, words, at)
        before = text[within.start : words[at].start()].casefold()
        if hit:
            span = Span(words[at].start(), _bare_end(words[at + hit[1] - 1]))
            return (hit[0].entry, span) if before in ("", "the ", "'", "“") else None
        if at == 0 and words[0].group().casefold() != "the":
            return None
    return None


def may_be_part(word: str, known: Known) -> bool:
    """Whether a word of a text, whole or in part, can be part of a name that is known, or short for one.

    >>> may_be_part("Reuters", known_names(())), may_be_part("Saltmarsh", known_names(()))
    (True, False)
    """
    parts = (folded(part.group()) for part in WORD.finditer(word))
    return any(map(known.index.holds, parts)) or known.find(word, "agency") is not None


def _longest(index: NameIndex, text: str, words: list[re.Match[str]], at: int) -> tuple[Alias, int] | None:
    word = words[at].group()
    if word[0].islower() and not index.begins_small(word):
        return None
    for length in index.lengths(folded(word)):
        run = words[at : at + length]
        if len(run) < length:
            continue
        for alias in index.aliases(tuple(folded(each.group()) for each in run)):
            named = alias.sure or (alias.with_article and at > 0 and words[at - 1].group() == "The")
            if named and _written_so(alias, run) and "\n" not in text[run[0].start() : run[-1].end()]:
                return alias, length
    return None


def _written_so(alias: Alias, words: list[re.Match[str]]) -> bool:
    written = ARTICLE.sub("", alias.written, count=1)
    if len(words) == 1 and written.isupper():
        return bare(words[0].group()).isupper()
    return not written[0].isupper() or words[0].group()[0].isupper()


def _bare_end(word: re.Match[str]) -> int:
    return word.start() + len(bare(word.group()))
