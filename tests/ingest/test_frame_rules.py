"""What is not looked for in a line is not there: the quick way to the rules finds what trying all of them finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.ingest import frame
from provenance.ingest.frame_rules import Rule, rules_met, rules_of, without_edge
from provenance.ingest.rows import Row, rows_of
from provenance.phrases import languages, letters_of

PHRASES = sorted({phrase for code in languages() for rule in rules_of(code).rules for phrase in rule.openings})
SECONDS = sorted(
    {s for code in languages() for rule in rules_of(code).rules for _, second in rule.both for s in second}
)
LINES = [
    "The harbour of Marrow Bay was closed on Monday after a crane fell across the main channel, the port office said.",
    "“We heard it from the other side of the town,” said Ada Quill, who keeps an inn on Fish Street.",
    "Ships   Tides   Weather",
    "Der Hafen blieb geschlossen; die Fähren kehrten um.",
    "",
]
SIGNS = [
    "— ",
    "\u200b",
    "*",
    "<b>",
    "</b>",
    "(",
    "x",
    "’s",
    "é",
    "_",
    "1",
    ": ",
    " ",
    "\u00a0",
    "\u00ad",
    "İ",
    "ß",
    "ſ",
]

pieces = st.one_of(
    st.sampled_from(PHRASES + SECONDS),
    st.sampled_from(PHRASES).map(str.title),
    st.sampled_from(PHRASES).map(str.upper),
    st.sampled_from(LINES),
    st.sampled_from(SIGNS),
    st.text(max_size=12),
)
lines = st.lists(pieces, max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)
texts = st.lists(lines, min_size=1, max_size=12).map("\n".join)


def reason_of_all_rules(rows: list[Row], i: int, words: set[str], language: str | None) -> str | None:
    """The reason of the first rule that marks a line, when every rule with a phrase of known words is tried on it."""

    def said(phrases: tuple[str, ...]) -> list[str]:
        return [phrase for phrase in phrases if set(re.findall(r"\w+", phrase)) <= words]

    def marks(rule: Rule) -> bool:
        row, folded = rows[i], rows[i].bare.casefold()
        if not said(rule.openings) or row.words > rule.words:
            return False
        if (rule.tail and len(rows) - i > frame.TAIL_ROWS) or (rule.ends and row.is_sentence):
            return False
        return (
            any(without_edge(folded).startswith(phrase) for phrase in said(rule.starts))
            or any(phrase in folded for phrase in said(rule.contains))
            or any(folded.startswith(first) and any(s in folded for s in second) for first, second in rule.both)
        )

    return next((rule.reason for rule in rules_of(language).rules if marks(rule)), None)


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from([None, *languages()]))
def test_the_quick_way_marks_the_lines_that_trying_all_rules_marks(text: str, language: str | None) -> None:
    rows = rows_of(text)
    words = set(re.findall(r"\w+", text.casefold()))
    quick: list[str | None] = [None] * len(rows)
    frame._mark_said(rows, quick, rules_met(text, rows, letters_of(text), language))
    assert quick == [reason_of_all_rules(rows, i, words, language) for i in range(len(rows))]


@pytest.mark.parametrize("language", languages())
def test_every_phrase_of_the_data_is_found_where_it_stands(language: str) -> None:
    missed = []
    for rule in rules_of(language).rules:
        lines = [(phrase, f"{phrase.strip()} Ada") for phrase in (*rule.starts, *rule.firsts)]
        lines += [
            (phrase, f"The office said{phrase if phrase[0] == ' ' else ' ' + phrase} again.")
            for phrase in rule.contains
        ]
        for phrase, line in lines:
            text = f"{LINES[0]}\n{line}\n{LINES[1]}"
            if 1 not in rules_met(text, rows_of(text), letters_of(text), language).rows:
                missed.append(phrase)
    assert set(missed) <= {"related |"}  # bare lines have no bar: the phrase marks nothing


def test_a_text_without_a_phrase_meets_no_rule() -> None:
    text = "\n".join(LINES)
    assert rules_met(text, rows_of(text), letters_of(text), "en") == ((), ())


NAIVE_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|div|em|figure|figcaption|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table|td|tr|u|ul)"
    r"(?:\s[^<>]{0,300})?/?>|[*_#\\`]+(?=\W|$)|(?:(?<=\W)|^)[*_#\\`>|]+|\u00ad|[\u200b-\u200f\u2060\ufeff]"
)


@given(texts)
def test_a_bare_line_has_no_markup_and_single_blanks(text: str) -> None:
    for row in rows_of(text):
        line = text[row.start : row.end]
        assert line == line.strip()
        assert row.bare == (line if len(line) > 400 else " ".join(NAIVE_MARKUP.sub("", line).split()))
