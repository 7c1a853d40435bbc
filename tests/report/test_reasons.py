import math
import tomllib
from pathlib import Path

import pytest

from provenance.model import Evidence, Trace
from provenance.report.reasons import _TITLES, reasons_of, total_of, without_quotes
from provenance.report.wording import Names


@pytest.fixture
def names(ferry: Trace) -> Names:
    return Names.of(ferry)


def test_reasons_for_come_first_and_the_start_of_the_sum_is_no_reason(names: Names) -> None:
    found = reasons_of(
        names,
        [
            Evidence("one_of_many", -1.5, "before any reason"),
            Evidence("time_against", -2.5, "later"),
            Evidence("time", 0.4, "earlier"),
            Evidence("credit_whole", 4.5, "it credits X"),
        ],
    )
    assert [(r.name, r.stance, r.strength) for r in found if r.is_shown] == [
        ("credit_whole", "for", "strong"),
        ("time", "for", "weak"),
        ("time_against", "against", "strong"),
    ]
    assert [r.name for r in found if not r.is_shown] == ["one_of_many"]


def test_bars_share_one_scale_and_end_at_its_end(names: Names) -> None:
    found = reasons_of(names, [Evidence("stated", 8.0, "a"), Evidence("time", 2.5, "b"), Evidence("scars", 0.06, "c")])
    assert [r.bar for r in found] == [100, 50, 2]


def test_a_sentence_of_ours_begins_with_a_capital_and_a_name_keeps_its_letters(names: Names) -> None:
    found = reasons_of(names, [Evidence("time", 1.0, "it is late"), Evidence("damage", 0.9, "eShip Daily is late")])
    assert [r.detail for r in found] == ["It is late", "eShip Daily is late"]


def test_every_cue_of_the_weights_has_a_title_in_words() -> None:
    cues = set(tomllib.loads(Path("provenance/data/cue_weights.toml").read_text(encoding="utf-8"))["cues"])
    assert len(cues) > 20
    # a cue that is weighed in two ways is one piece of evidence
    assert cues - _TITLES.keys() <= {"time_against"}


def test_the_words_of_an_article_can_be_left_out_of_a_reason() -> None:
    assert without_quotes("it says “he said ‘x’ ” and “y”: end") == "it says “…”: end"
    assert without_quotes('line 5: "Harbour Post, 3 May"') == "line 5"
    assert without_quotes("shortened: 3 sentences not printed, such as “One.”") == "shortened: 3 sentences not printed"
    assert without_quotes("it says “the end” itself") == "it says “…” itself"


def test_a_probability_that_is_held_below_its_sum_says_so() -> None:
    assert total_of([Evidence("shared_text", 0.3138, "much")], 0.49).is_held
    assert not total_of([Evidence("shared_text", math.log(9), "much")], 0.9).is_held
