"""An evaluation as tables, as a record and as a picture."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from provenance.report.evaluation_table import evaluation_dict, evaluation_json, evaluation_table, reliability_plot
from provenance.scores import (
    Bin,
    CalibrationScores,
    ClusterScores,
    Counts,
    DirectionScores,
    Evaluation,
    PassageScores,
    RuleScores,
    SourceScores,
    TierScores,
    TreeScores,
)

HONEST = CalibrationScores(8, 0.05, 0.09, (Bin(0.0, 0.1, 0, None, None), Bin(0.9, 1.0, 8, 0.925, 0.875)))
EVALUATION = Evaluation(
    articles=12,
    calibrated=False,
    dates_hidden=True,
    passages=PassageScores(1.0, 0.5, 1.0, 2 / 3),
    pairs=Counts(3, 1, 0),
    arrows=Counts(2, 1, 1),
    clusters=ClusterScores(0.9, 0.8, 0.847, 0.7),
    direction=DirectionScores(2, 0.5, 0.75, ((0.5, 1.0), (1.0, 0.5))),
    tree=TreeScores(1.0, 0.5, 0.6, 0.7, 0.8, 0.95, 0.85),
    sources=SourceScores(Counts(1, 1, 0), Counts(0, 0, 0), 8.333333),
    credits=(TierScores("A", Counts(3, None, 1)),),
    printed=HONEST,
    best=CalibrationScores(0, None, None, ()),
    rules=(RuleScores("this trace", Counts(2, 1, 1), 0.5, 2),),
    misses=("arrow missed: b\n.txt from a.txt",),
)


def row(text: str, start: str) -> list[str]:
    """The cells of the line that starts with some words."""
    (line,) = [line for line in text.splitlines() if line.startswith(start + "  ")]
    return [cell.strip() for cell in line.removeprefix(start).split("  ") if cell.strip()]


def test_every_score_stands_in_its_row() -> None:
    text = evaluation_table(EVALUATION)
    assert text.startswith("A trace of 12 articles, its dates hidden, held against")
    assert row(text, "passages (characters)") == ["1.000", "0.500", "0.667"]
    assert row(text, "passages: plagdet") == ["0.667"]
    assert row(text, "related pairs") == ["0.750 (3 of 4)", "1.000 (3 of 3)", "0.857"]
    assert row(text, "credits, tier A") == ["–", "0.750 (3 of 4)", "–"]
    assert row(text, "unseen sources") == ["–", "–", "–"]
    assert row(text, "direction: accuracy on the surest half") == ["1.000"]
    assert row(text, "false sources per 100 articles") == ["8.333"]
    assert row(text, "arrows printed, without dates") == ["8", "0.050", "0.090"]
    assert row(text, "best candidates, without dates") == ["0", "–", "–"]
    counted = ["0.667 (2 of 3)", "0.667 (2 of 3)", "0.667", "0.500 (1 of 2)"]
    assert row(text, "this trace, without dates") == counted
    assert "\n\nTiers of credits: A: the text is theirs.\n\n" in text


def test_with_dates_and_with_dates_hidden_stand_side_by_side() -> None:
    dated = replace(EVALUATION, dates_hidden=False, arrows=Counts(3, 0, 0), direction=DirectionScores(2, 1.0, 1.0, ()))
    text = evaluation_table(dated, replace(EVALUATION, misses=("x", "y")))
    assert text.startswith("A trace of 12 articles, held against")
    assert row(text, "arrows") == ["1.000 (3 of 3)", "1.000 (3 of 3)", "1.000", "0.667"]
    assert row(text, "direction (2 pairs): accuracy") == ["1.000", "0.500"]
    assert row(text, "this trace") == row(text, "this trace, without dates")
    assert row(text, "arrows printed") == row(text, "arrows printed, without dates")
    assert text.endswith("\n\nWith dates hidden 2 misses (2 wrong): --hide-dates names them.\n")
    record = json.loads(evaluation_json(dated, EVALUATION))
    assert record["with_dates_hidden"] == json.loads(json.dumps(evaluation_dict(EVALUATION)))


def test_misses_that_follow_from_others_are_counted() -> None:
    text = evaluation_table(replace(EVALUATION, misses=("a", "and so: b", "and so: c", "d")))
    assert "\n4 misses (4 wrong), 2 of them follow from others:\n- a\n- and so: b\n" in text
    assert "2 misses (2 wrong), one of them follows from another:" in evaluation_table(
        replace(EVALUATION, misses=("a", "and so: b"))
    )


def test_what_is_wrong_and_what_is_missed_and_what_is_left_undecided_are_counted_apart() -> None:
    misses = (
        "arrow missed: b from a (the trace has it the other way round)",
        "and so: arrow not true: a from b",
        "arrow missed: c from a (the trace leaves the direction open)",
        "and so: left undecided, though the truth is known: the direction of a and c",
        "not in the trace: d",
        "open: the direction of e and f, of which the trace leaves the relation undecided",
        "open: the direction of g and h, which the trace does not leave undecided",
    )
    text = evaluation_table(replace(EVALUATION, misses=misses))
    assert "\n7 misses (2 wrong, 2 missed, 3 left undecided), 2 of them follow from others:\n" in text


def test_a_miss_is_one_line_whatever_stands_in_a_name() -> None:
    assert evaluation_table(EVALUATION).endswith("1 miss:\n- arrow missed: b .txt from a.txt\n")


def test_ascii_is_ascii() -> None:
    assert evaluation_table(EVALUATION, ascii=True).isascii()


def test_the_record_has_all_fields_and_the_derived_scores() -> None:
    record = json.loads(evaluation_json(EVALUATION))
    assert record.pop("with_dates_hidden") is None
    assert record == json.loads(json.dumps(evaluation_dict(EVALUATION)))
    assert set(record) == set(Evaluation.__dataclass_fields__)
    assert record["arrows"] == {"right": 2, "false": 1, "missed": 1} | dict.fromkeys(
        ("precision", "recall", "f1"), pytest.approx(2 / 3)
    )
    assert record["credits"][0]["counts"]["precision"] is None
    assert record["direction"]["curve"] == [[0.5, 1.0], [1.0, 0.5]]
    assert record["printed"]["bins"][1]["said"] == 0.925


def test_the_plot_has_a_dot_for_every_tenth_that_holds_anything() -> None:
    picture = ElementTree.fromstring(reliability_plot(EVALUATION))
    titles = [t.text for t in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [
        "Probability said, and how often it was right",
        "arrows printed: 8 said 0.93, right 0.88",
    ]
    (dot,) = [c for c in picture.iter("{http://www.w3.org/2000/svg}circle") if len(c)]
    assert (dot.get("cx"), dot.get("cy"), dot.get("r")) == ("346.0", "90.0", "12.0")  # 50 + 320 * .925, 50 + 320 * .125
