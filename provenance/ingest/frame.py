"""Which lines of a text are the page around the article, and why; lines are marked, never removed.

The method of plain-text copies measured best on rendered pages (design 9): known phrases, sentence-like lines, lists of
short lines, and a cut at end markers once most sentences have been seen. What is doubtful stays body.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from provenance.ingest.frame_rules import Met, Rule, rules_met, rules_of, without_edge
from provenance.ingest.rows import Place, Row, rows_at
from provenance.model import Mark
from provenance.phrases import letters_of
from provenance.text import split_sentences

END_SHARE = 0.6  # of the words in sentences must stand before an end marker that cuts the rest (design 9)
TEASER_WORDS = 22  # words; a longer sentence after "Related" is no teaser: the article goes on below a box
LIST_ROWS = 4  # short lines in a row, no sentence among them, that are a menu or a list of links
SHORT_WORDS = 12  # words; longer lines without a full stop are read as body
TAIL_ROWS = 6  # lines from the end in which a note on the author may stand
POST_WORDS = 70  # words at most in the line above the signature of an embedded post
GLUED_WORDS = 8  # words behind an embedded post on its line from which they are article text
ONE_LINE_SHARE = 0.8  # of a text's words in a single line: its sentences are the lines
ONE_LINE_WORDS = 150  # words from which that is asked


def units_of(text: str, rows: list[Row], language: str | None) -> list[Row]:
    """The rows, or the sentences of a text that is all one line."""
    if "(@" in text:
        rows = rows_at(text, [part for row in rows for part in _without_posts(text, row)])
    words = sum([row.words for row in rows])
    if words < ONE_LINE_WORDS or max([row.words for row in rows]) < ONE_LINE_SHARE * words:
        return rows
    return _sentences(text, rows, language)


def _without_posts(text: str, row: Row) -> list[Place]:
    """An embedded post and the article text that was glued to its date, apart."""
    signed = _SIGNED_AND_DATED.search(text[row.start : row.end])
    end = row.start + signed.end() if signed else row.end
    rest = text[end : row.end]
    if len(rest.split()) < GLUED_WORDS:
        return [Place(row.start, row.end, row.number)]
    return [Place(row.start, end, row.number), Place(row.end - len(rest.lstrip()), row.end, row.number)]


def _sentences(text: str, rows: Sequence[Row], language: str | None) -> list[Row]:
    spans = ((row.number, span) for row in rows for span in split_sentences(text, language, [row.span]))
    return rows_at(text, [Place(span.start, span.end, number) for number, span in spans])


_SIGNATURE = re.compile(r"[\u2014\u2013-]{1,2} ?[^@\n]{1,80}\(@\w{1,30}\)")
_SIGNED_AND_DATED = re.compile(_SIGNATURE.pattern + r" [^\W\d_]{3,12}\.? \d{1,2}, \d{4}")

# --- marking by phrases -------------------------------------------------------------------------------------------

# REUTERS/Jane Roe at the end of a line
_PHOTO_CREDIT = re.compile(r"(?<![\w/])[A-Z]{2,12} ?/ ?[A-Z][a-z]+(?: [A-Z][\w.-]+){0,3}[).\]]?$")
_POST_LINK = re.compile(r"pic\.twitter\.com/\w+|https?://t\.co/\w+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PUNCTUATION = " :|·•>»«-–—()[]*+.…\u200b"


def phrase_reasons(
    text: str, rows: Sequence[Row], language: str | None, letters: Collection[bytes] | None = None
) -> list[str | None]:
    """For every row the reason that a known phrase gives to leave it out, None where none does.

    Args:
        text: the text.
        rows: its lines.
        language: whose phrases are looked for beside the English ones.
        letters: the words of the text, or those of them that some rule has, where somebody has read them.
    """
    met = rules_met(text, rows, letters_of(text) if letters is None else letters, language)
    whole = rules_of(language).whole
    reasons = [_own_reason(row, whole) for row in rows]
    _mark_said(rows, reasons, met)
    if _may_hold_menus(text, rows):
        reasons = ["menu" if _is_menu(text[row.start : row.end]) else reasons[i] for i, row in enumerate(rows)]
    _mark_posts(text, rows, reasons)
    _mark_galleries(text, rows, reasons)
    return reasons


_COLUMNS = re.compile(r"[ \u00a0]{2,}|\t+|\s[|·•»›>]\s")
_SIGNS_BETWEEN = "\u00a0\t|·•»›>"  # without one of these and without double blanks no line has columns
MENU_CHARACTERS = 200  # characters; a longer line is no menu
MENU_ITEMS = 3  # short names beside one another, set apart by more than a space


def _may_hold_menus(text: str, rows: Sequence[Row]) -> bool:
    """Whether a line may have columns; where blanks are doubled the bare line is shorter."""
    if any(map(text.__contains__, _SIGNS_BETWEEN)):
        return True
    return any(row.end - row.start != len(row.bare) for row in rows)


def _is_menu(line: str) -> bool:
    """Whether a line is a row of names set apart from one another: "Home   News   Sport", without a figure in it."""
    if len(line) > MENU_CHARACTERS or not _COLUMNS.search(line):
        return False
    if any(letter.isdigit() or letter in ".!?:," for letter in line):
        return False
    items = [item for item in _COLUMNS.split(line) if item.strip()]
    return len(items) >= MENU_ITEMS and all(len(item.split()) <= 3 for item in items)


def _own_reason(row: Row, whole: dict[str, str]) -> str | None:
    """The reason that a line gives without a look for phrases inside it."""
    bare = row.bare
    if not bare[:1].isalnum() and not any(letter.isalnum() for letter in bare):
        return "separator"
    if row.words <= SHORT_WORDS and (reason := _whole_reason(row, whole)):
        return reason
    if "/" in bare and _PHOTO_CREDIT.search(bare, max(0, len(bare) - 60)):
        return "caption"
    return None


def _whole_reason(row: Row, whole: dict[str, str]) -> str | None:
    stripped = row.folded.strip(_PUNCTUATION).strip("0123456789 ()")  # "2 Comments", "Comments (2)"
    if stripped in whole:
        return whole[stripped]
    first, *others = (part.casefold().strip(_PUNCTUATION) for part in _GLUED.split(row.bare))
    if others and first in whole and all(part in whole for part in others):
        return whole[first]
    return None


def _mark_said(rows: Sequence[Row], reasons: list[str | None], met: Met) -> None:
    for i in met.rows:
        if reasons[i] is None:
            is_near_end = len(rows) - i <= TAIL_ROWS
            reasons[i] = next((rule.reason for rule in met.rules if _says(rows[i], rule, is_near_end)), None)


def _says(row: Row, rule: Rule, is_near_end: bool) -> bool:
    folded = row.folded
    if row.words > rule.words or (rule.tail and not is_near_end) or (rule.ends and row.is_sentence):
        return False
    if rule.starts and without_edge(folded).startswith(rule.starts):
        return True
    if any(phrase in folded for phrase in rule.contains):
        return True
    return any(folded.startswith(first) and any(s in folded for s in second) for first, second in rule.both)


def _mark_posts(text: str, rows: Sequence[Row], reasons: list[str | None]) -> None:
    if "@" not in text and "/" not in text:
        return
    page = "\n".join([row.bare for row in rows])
    if "(@" not in page and not ("/" in page and ("pic.twitter" in page or "t.co/" in page)):
        return
    for i, row in enumerate(rows):
        if row.words > POST_WORDS:
            continue
        signed = _SIGNATURE.match(row.bare)
        if signed and i and rows[i - 1].words <= POST_WORDS:
            reasons[i - 1] = "embedded post"
        if signed or _POST_LINK.search(row.bare) or ("(@" in row.bare and _SIGNATURE.search(row.bare)):
            reasons[i] = "embedded post"


_NTH_PICTURE = re.compile(r"\b(\d{1,3}) (?:of|von) (\d{1,3})\b")
_PICTURES = 3  # numbers in a row from which captions are a gallery's
_CAPTION = 900  # characters at most from one number to the next; pages of an article are longer


def _mark_galleries(text: str, rows: Sequence[Row], reasons: list[str | None]) -> None:
    """The captions of a picture gallery: lines that count "3 of 21", "4 of 21", from the first to the last of them."""
    numbered = len(_OF_FIGURE.findall(text))
    if numbered + (len(_VON_FIGURE.findall(text)) if " von " in text else 0) < _PICTURES:
        return
    for first, last in _galleries(text):
        for i, row in enumerate(rows):
            if first <= row.start < last and reasons[i] is None:
                reasons[i] = "captions of a picture gallery"


_OF_FIGURE, _VON_FIGURE = re.compile(r" of \d"), re.compile(r" von \d")


def _galleries(text: str) -> Iterator[tuple[int, int]]:
    """Where galleries begin, with the line of their first number, and end."""
    counted = [(int(m.group(1)), int(m.group(2)), m.end()) for m in _NTH_PICTURE.finditer(text)]
    series: list[tuple[int, int, int]] = []
    for nth, of, end in [*counted, (0, 0, len(text))]:
        if series and (nth, of) == (series[-1][0] + 1, series[-1][1]) and end - series[-1][2] <= _CAPTION:
            series.append((nth, of, end))
            continue
        if len(series) >= _PICTURES:
            yield text.rfind("\n", 0, series[0][2]) + 1, series[-1][2]
        series = [(nth, of, end)]


# --- marking by shape ---------------------------------------------------------------------------------------------


def mark_by_shape(rows: Sequence[Row], reasons: list[str | None], title: int | None, language: str | None) -> None:
    """Add the reasons that the lie of the lines gives: what follows an end marker, menus, lists of links.

    Args:
        rows: the lines.
        reasons: what is known of each; filled in place.
        title: which row is the title, if one is.
        language: for the phrases that end an article.
    """
    _cut_at_end_marker(rows, reasons, language)
    good = [i for i, row in enumerate(rows) if row.is_sentence and reasons[i] is None]
    if not good:
        return
    _mark_ends(rows, reasons, good[0], good[-1], title)
    _mark_lists(rows, reasons)


def _cut_at_end_marker(rows: Sequence[Row], reasons: list[str | None], language: str | None) -> None:
    closing = rules_of(language).closing
    if closing.isdisjoint(reasons):
        return
    weights = [row.words if row.is_sentence and reasons[i] is None else 0 for i, row in enumerate(rows)]
    total, seen = sum(weights), 0
    for i, reason in enumerate(reasons):
        seen += weights[i]
        if reason not in closing or not seen:
            continue
        is_end = reason == "comments" or max(weights[i:]) <= TEASER_WORDS
        if seen >= END_SHARE * total and is_end:
            reasons[i + 1 :] = [later or reason for later in reasons[i + 1 :]]
            return
        _mark_box(rows, reasons, i)


def _mark_box(rows: Sequence[Row], reasons: list[str | None], heading: int) -> None:
    """The short lines below a heading like "Related" in the middle of an article."""
    for i in range(heading + 1, len(rows)):
        if rows[i].is_sentence or rows[i].words > SHORT_WORDS + 8:
            return
        reasons[i] = reasons[i] or reasons[heading]


_CLOSING = frozenset(':.!?”"…')


def _is_candidate(row: Row) -> bool:
    return not row.is_sentence and row.words < SHORT_WORDS and row.bare[-1:] not in _CLOSING


def _mark_ends(rows: Sequence[Row], reasons: list[str | None], first: int, last: int, title: int | None) -> None:
    for i in [*range(first), *range(last + 1, len(rows))]:
        standfirst = title is not None and title < i < first and rows[i].words >= 8
        if reasons[i] is None and i != title and _is_candidate(rows[i]) and not standfirst:
            reasons[i] = "page frame"


def _mark_lists(rows: Sequence[Row], reasons: list[str | None]) -> None:
    run: list[int] = []  # lines without a reason among the marked ones and candidates that follow one another
    for i, row in enumerate(rows):
        if reasons[i] is not None:
            continue
        if _is_candidate(row):
            run.append(i)
            continue
        _mark_list(run, reasons)
        run = []
    _mark_list(run, reasons)


def _mark_list(run: Sequence[int], reasons: list[str | None]) -> None:
    if len(run) >= LIST_ROWS:
        for i in run:
            reasons[i] = "list of short lines"


# --- from reasons to marks ----------------------------------------------------------------------------------------


def marks_of(rows: Sequence[Row], reasons: Sequence[str | None]) -> tuple[Mark, ...]:
    """The marked stretches in order."""
    return tuple(Mark(row.span, reason) for row, reason in zip(rows, reasons, strict=True) if reason is not None)


def rescued(text: str, rows: list[Row], reasons: list[str | None], language: str | None) -> tuple[Mark, ...]:
    """The marks, or when they would leave no body the marks of single sentences, or none at all."""
    if any(reason is None for reason in reasons):
        return marks_of(rows, reasons)
    sentences = _sentences(text, rows, language)
    by_sentence = phrase_reasons(text, sentences, language)
    if any(reason is None for reason in by_sentence):
        return marks_of(sentences, by_sentence)
    return ()
