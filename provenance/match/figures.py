"""The numbers of a text, and which of them are exchanged for others in what two texts share.

Forms filled in anew (market reports, results, the weather) share their wording and differ in just these.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from provenance.match.reading import Reading
from provenance.phrases import phrases

Figures = dict[int, str]  # numbers by the place of their first word
Range = tuple[int, int]  # first word and last (exclusive)

_JOINTS = frozenset(".,/-")  # what holds the parts of one number together
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def figures_of(reading: Reading) -> Figures:
    """The numbers of a text: "6-3/16" and "1,898,000" are one each, "twenty-six" is 26."""
    worth = _number_words(reading.article.language)
    text = reading.article.text
    found: Figures = {}
    start = last = -2
    for i, form in enumerate(reading.forms):
        if form not in worth and not form[0].isdigit():
            continue
        glued = i == last + 1 and text[int(reading.ends[last]) : int(reading.starts[i])] in _JOINTS
        start, last = (start if glued else i), i
        if form not in worth:
            found[start] = text[int(reading.starts[start]) : int(reading.ends[i])]
        elif glued and found.get(start, "").isdecimal():
            found[start] = str(int(found[start]) + worth[form])
        else:
            found[i] = str(worth[form])
    return found


@cache
def _number_words(language: str | None) -> dict[str, int]:
    """What a number word is worth; "one" is left out, it is rather an article or a pronoun."""
    return {word: worth for word, worth in phrases(language, "words")["numbers"].items() if worth >= 2}


def telling(figures: Figures) -> set[str]:
    """Numbers but years, which stand in every text of their time."""
    return {figure for figure in figures.values() if not _YEAR.fullmatch(figure)}


def exchanged(a: Figures, b: Figures, blocks: Iterable[tuple[Range, Range]]) -> tuple[int, int]:
    """How many numbers blocks of shared text hold on both sides, and how many are exchanged for others.

    Exchanged is a number that the other text has nowhere, in a block where the other has one of its own instead.
    """
    known_a, known_b = set(a.values()), set(b.values())
    same = changed = 0
    for range_a, range_b in blocks:
        left, right = _within(a, range_a), _within(b, range_b)
        if left and right:
            same += (Counter(left) & Counter(right)).total()
            changed += min(sum(f not in known_b for f in left), sum(f not in known_a for f in right))
    return same, changed


def _within(figures: Figures, part: Range) -> list[str]:
    return [figure for at, figure in figures.items() if part[0] <= at < part[1]]
