"""Which kind of reuse an alignment shows: numbers made up, and texts that a reader can judge."""

import math
from dataclasses import replace
from importlib.resources import files

import pytest

from provenance import Article, compare
from provenance.model import Pile
from provenance.reconstruct.reuse import FEATURES, KINDS, degree, reuse_of
from provenance.shared import Alignment, Measures

COPY = Measures(
    narrative=400, share_a=1.0, share_b=1.0, spread_a=1.0, spread_b=1.0, runs=3, run_words=180.0, figures=0.9
)
PART = Measures(
    narrative=200, share_a=0.5, share_b=0.4, spread_a=0.7, spread_b=0.6, runs=14, run_words=30.0, figures=0.8, rest=0.35
)
EXCERPT = Measures(
    narrative=90, share_a=0.5, share_b=0.1, spread_a=0.5, spread_b=0.2, runs=2, run_words=60.0, presented=90, rest=0.3
)
VOICES = Measures(narrative=6, spoken=150, share_a=0.02, share_b=0.02, spread_a=0.04, spread_b=0.03, runs=1, rest=0.4)
NOTICE = Measures(
    narrative=120, share_a=0.3, share_b=0.2, spread_a=0.3, spread_b=0.25, runs=1, run_words=120.0, rest=0.08
)
FORM = Measures(
    narrative=40,
    share_a=0.6,
    share_b=0.6,
    spread_a=0.9,
    spread_b=0.9,
    runs=6,
    run_words=8.0,
    figures_changed=5,
    figures=0.15,
    rest=0.3,
)


def shown(measures: Measures) -> Alignment:
    return Alignment("a", "b", (), 400, 400, 0, 0, 0, 0, 0, 0, 0, 0, measures=measures)


def kind(measures: Measures) -> str:
    kinds = reuse_of(shown(measures)).kinds
    return max(kinds, key=kinds.__getitem__)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [(COPY, "W"), (PART, "P"), (EXCERPT, "E"), (VOICES, "Q"), (NOTICE, "B"), (FORM, "T"), (Measures(), "N")],
)
def test_the_plain_cases_are_told(measures, expected):
    assert kind(measures) == expected


@pytest.mark.parametrize("measures", [COPY, PART, EXCERPT, VOICES, NOTICE, FORM, Measures()])
def test_probabilities_add_up_and_the_log_odds_are_theirs(measures):
    found = reuse_of(shown(measures))
    assert set(found.kinds) == set(KINDS)
    assert sum(found.kinds.values()) == pytest.approx(1.0, abs=1e-5)
    taken = sum(found.kinds[k] for k in "WPE")
    if 0.01 < taken < 0.99:
        assert found.log_odds == pytest.approx(math.log(taken / (1 - taken)), abs=1e-3)


@pytest.mark.parametrize("measures", [COPY, PART, EXCERPT])
def test_what_was_taken_has_even_odds_at_least(measures):
    assert reuse_of(shown(measures)).log_odds > 0


@pytest.mark.parametrize("measures", [VOICES, NOTICE, FORM])
def test_voices_notices_and_forms_are_not_taken(measures):
    assert reuse_of(shown(measures)).log_odds < 0


def test_the_direction_of_a_pair_changes_nothing():
    assert reuse_of(shown(EXCERPT)) == reuse_of(shown(EXCERPT).turned())


def test_log_odds_are_never_more_than_a_few_hundred_to_one():
    assert abs(reuse_of(shown(replace(COPY, narrative=100_000, run_words=9e4))).log_odds) <= 6.0


def test_exchanged_figures_speak_for_a_form():
    kept, changed = replace(FORM, figures_changed=0, figures=0.9), FORM
    assert reuse_of(shown(kept)).kinds["T"] < reuse_of(shown(changed)).kinds["T"]


def test_the_degree_grows_from_rewritten_over_lightly_changed_to_copied():
    heavily = Measures(narrative=40, share_a=0.2, run_words=5.5)
    lightly = Measures(narrative=130, share_a=0.7, run_words=10.0)
    copied = Measures(narrative=130, share_a=0.7, run_words=45.0)
    assert 0.0 == degree(Measures()) < degree(heavily) < degree(lightly) < degree(copied)


def test_nothing_in_common_says_so():
    found = reuse_of(shown(Measures()))
    assert (found.kinds["N"], found.degree) == (1.0, 0.0)
    assert found.log_odds < 0


def test_sentences_alike_without_a_run_of_words_leave_it_open():
    alike = replace(shown(Measures()), sentences=4)
    assert -1 < reuse_of(alike).log_odds < 0
    assert sum(reuse_of(alike).kinds.values()) == 1.0


def test_the_file_says_how_it_is_made_and_names_no_unknown_feature():
    text = files("provenance").joinpath("data", "reuse_kinds.toml").read_text(encoding="utf-8")
    assert "learn_kinds.py" in text
    named = {row.split(" = ")[0] for row in text.splitlines() if "mean = " in row}
    assert named <= set(FEATURES)
    assert named == set(FEATURES), "a feature that no model uses"


# --- texts ------------------------------------------------------------------------------------------------------------

REPORT = (
    "The council of Ellmouth voted on Tuesday to close the old ferry pier after engineers found rot in its piles.\n"
    "Work on a new landing begins in spring and costs 4.2 million crowns, the harbour master wrote in his report.\n"
    "Until then boats for the islands leave from the herring quay, two hundred yards further west.\n"
    "Fishermen had asked for repairs since the storm of last November, which broke two of the seven beams.\n"
    "The pier was built in 1911 and carried a narrow railway until the cannery closed."
)


def asked(one: str, other: str):
    found = compare(Pile((Article("a", "a", one, language="en"), Article("b", "b", other, language="en"))))
    kinds = reuse_of(found.alignment).kinds
    return max(kinds, key=kinds.__getitem__)


def test_a_reprint_under_another_headline_is_the_same_text():
    assert asked(REPORT, "Pier shut for a year\n" + REPORT) == "W"


def test_two_reports_of_one_speech_have_only_voices_in_common():
    speech = (
        '"Nobody on this coast has waited as long for a landing as the people of these two islands," she said. '
        '"A pier that is shut in winter is no pier, and a promise that is kept in the year after next is no promise, '
        'and those who say otherwise have never stood there with a child and a cart."'
    )
    one = f"Marta Velden opened the campaign in a full hall.\n{speech}\nThe applause went on for minutes."
    other = f"At the harbour festival the candidate went for the council.\n{speech}\nHer rival was not there."
    assert asked(one, other) == "Q"


def test_two_reports_on_one_form_are_told_from_text_that_was_taken():
    form = (
        "The exchange at Ellmouth closed {} on Friday. The index of shipping shares ended the day at {} points, {} "
        "below the day before, on a turnover of {} million crowns. Shares of the pier company stood at {} crowns, "
        "those of the cannery at {} crowns. The next day of trade is {} May."
    )
    one = form.format("weaker", "1,204.6", "12.4", "38", "41.20", "7.85", 4)
    other = form.format("firmer", "1,219.1", "3.9", "52", "43.65", "8.10", 11)
    assert asked(one, other) == "T"
