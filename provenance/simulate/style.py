"""House style: how an outlet spells, writes numbers and quotation marks."""

import re
from collections.abc import Mapping
from functools import cache

from provenance.simulate.lexicon import groups
from provenance.simulate.world import Style

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_FIGURE = re.compile(r"(?<![\w.,:/£$-])(\d{1,2})(?![\w.,:/%°-]|,\d)")
_WORDED = re.compile(rf"\b({'|'.join(_SMALL[2:])})\b(?!-)")
_MINOR = re.compile(r"an?|the|and|but|or|for|of|in|on|at|to|by|as|with|from|after|over|off")


def styled(text: str, style: Style) -> str:
    """A sentence in an outlet's spelling, numbers and percent signs.

    >>> from provenance.simulate.world import Style
    >>> styled("8 per cent near the harbour", Style(True, "%", 10, False, False, False))
    '8% near the harbor'
    """
    text = numbered(text, style.figures_from)
    text = re.sub(r"(?<=\w)(?: per cent| percent|%)(?!\w)", "%" if style.percent == "%" else f" {style.percent}", text)
    if style.percent == "%":
        text = _WORDED.sub(lambda m: m[0] if text[m.end() : m.end() + 1] != "%" else str(_SMALL.index(m[1])), text)
    return spelled(text, style.american)


def spelled(text: str, american: bool) -> str:
    """A text in American or in British spelling."""
    pattern, table = _spelling(american)
    return pattern.sub(lambda m: _like(m[0], table[m[0].lower()]), text)


@cache
def _spelling(american: bool) -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {there[not american]: there[american] for there in groups("spelling")}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, table))})\b", re.IGNORECASE), table


def _like(written: str, other: str) -> str:
    return other[0].upper() + other[1:] if written[0].isupper() else other


def numbered(text: str, figures_from: int) -> str:
    """Small numbers as words, those from ``figures_from`` on as figures.

    >>> numbered("7 ships with two masts", 10), numbered("7 ships with two masts", 2)
    ('seven ships with two masts', '7 ships with 2 masts')
    """
    text = _FIGURE.sub(lambda m: _worded(m[1], figures_from), text)
    return _WORDED.sub(lambda m: _figured(m[1], figures_from), text) if figures_from <= 2 else text


def _worded(figure: str, figures_from: int) -> str:
    number = int(figure)
    return _SMALL[number] if 1 < number < min(figures_from, len(_SMALL)) else figure


def _figured(word: str, figures_from: int) -> str:
    number = _SMALL.index(word)
    return str(number) if number >= max(figures_from, 2) else word


def headline(title: str, style: Style) -> str:
    """A headline with an outlet's capitals.

    >>> headline("Fire in the mill", Style(False, "%", 10, False, False, True))
    'Fire in the Mill'
    """
    title = spelled(title, style.american)
    if not style.title_case:
        return title
    words = title.split(" ")
    return " ".join(w if i and _MINOR.fullmatch(w.lower()) else w[:1].upper() + w[1:] for i, w in enumerate(words))


def marked(text: str, style: Style) -> str:
    """A text with an outlet's quotation marks.

    >>> marked("“Yes,” she said.", Style(False, "%", 10, True, False, False))
    '"Yes," she said.'
    """
    return text.replace("“", '"').replace("”", '"').replace("’", "'") if style.straight_quotes else text


def capital(text: str) -> str:
    """The text with a capital first letter.

    >>> capital("“yes,” he said")
    '“Yes,” he said'
    """
    for at, letter in enumerate(text):
        if letter.isalnum():
            return text[:at] + letter.upper() + text[at + 1 :]
    return text
