"""The numbers of a text, and which of them are exchanged for others in what two texts share.

Forms filled in anew (market reports, results, the weather) share their wording and differ in just these.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from provenance.match.arrays import Hashes, hash_words
from provenance.match.fingerprint import distinct, members
from provenance.match.reading import Reading
from provenance.phrases import phrases
from provenance.text import normal_form

Figures = dict[int, str]  # numbers by the place of their first word
Range = tuple[int, int]  # first word and last (exclusive)

_JOINTS = frozenset(".,/-")  # what holds the parts of one number together
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def figures_of(reading: Reading, places: Sequence[int] | None = None) -> Figures:
    """The numbers of a text: "6-3/16" and "1,898,000" are one each, "twenty-six" is 26.

    ``places`` are those of the words that are figures (``is_figure``), None where nobody looked yet.
    """
    worth = _number_words(reading.article.language)
    text = reading.article.text
    starts, ends = reading.starts, reading.ends
    found: Figures = {}
    start = last = -2
    for i in _candidates(reading) if places is None else places:
        written = text[starts[i] : ends[i]]
        form = normal_form(written)
        if not is_figure(form, reading.article.language):
            continue
        glued = i == last + 1 and text[ends[last] : starts[i]] in _JOINTS
        start, last = (start if glued else i), i
        if form not in worth:
            found[start] = text[starts[start] : ends[i]]
        elif glued and found.get(start, "").isdecimal():
            found[start] = str(int(found[start]) + worth[form])
        else:
            found[i] = str(worth[form])
    return found


def is_figure(form: str, language: str | None) -> bool:
    """Whether a word (in its normal form) is a number or part of one."""
    return form[0].isdigit() or form in _number_words(language)


def _candidates(reading: Reading) -> list[int]:
    """Places of words that may be numbers: number words, and those that do not begin with a letter."""
    text = reading.article.text
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)[reading.starts]
    others = np.flatnonzero((letters | 32) - 97 >= 26).tolist()  # no plain Latin letter, which most words begin with
    begins = [i for i in others if not text[reading.starts[i]].isalpha()]
    named = np.flatnonzero(members(reading.hashes, _number_hashes(reading.article.language))).tolist()
    return sorted({*begins, *named}) if named else begins


@cache
def _number_hashes(language: str | None) -> Hashes:
    return distinct(hash_words(list(_number_words(language))))


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
    if not a or not b:
        return 0, 0
    places_a, places_b = list(a), list(b)
    same = changed = 0
    for range_a, range_b in blocks:
        left = _within(a, places_a, range_a)
        right = _within(b, places_b, range_b) if left else []
        if left == right:
            same += len(left)
        elif right:
            same += sum([min(left.count(figure), right.count(figure)) for figure in {*left} & {*right}])
            new_a, new_b = {*left}.difference(b.values()), {*right}.difference(a.values())
            changed += min(sum([figure in new_a for figure in left]), sum([figure in new_b for figure in right]))
    return same, changed


def _within(figures: Figures, places: list[int], part: Range) -> list[str]:
    """The numbers that begin in a range of words; the places of all are in order."""
    return [figures[at] for at in places[bisect_left(places, part[0]) : bisect_left(places, part[1])]]
