"""What kind of words two texts share. The texts are invented."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, reading

from provenance.match.figures import exchanged, figures_of, telling
from provenance.match.many import joined
from provenance.match.measures import all_shared_blocks, measures_of, shared_blocks
from provenance.match.sheets import sheet_of
from provenance.shared import Measures

TOWN = (
    "The council of Ellmouth voted on Tuesday to close the old ferry pier after engineers found rot in its piles. "
    "Work on a new landing begins in spring and costs 4.2 million crowns, the harbour master wrote in his report. "
    "Until then boats for the islands leave from the herring quay, two hundred yards further west."
)
OTHER = (
    "A heron has built its nest on the roof of the Ellmouth library for the third year in a row. "
    "The reading room stays open, but the skylight is shut until the young have flown in June."
)


def read(text: str):
    return reading("a.txt", text)


def test_a_text_and_itself_share_everything_in_one_run():
    found = measures_of(read(TOWN), read(TOWN))
    assert (found.share_a, found.share_b, found.spread_a, found.runs) == (1.0, 1.0, 1.0, 1)
    assert found.run_words == found.narrative == len(read(TOWN))


def test_texts_without_eight_words_in_common_share_nothing():
    assert measures_of(read(TOWN), read(OTHER)) == Measures()


def test_an_empty_text_shares_nothing():
    assert measures_of(read(TOWN), read("")) == Measures()


def test_what_both_quote_is_spoken_and_not_narrative():
    said = '"We shall not wait for the ministry to make up its mind about the pier," the mayor said.'
    found = measures_of(read(f"The mayor was angry. {said}"), read(f"Nobody was content in Ellmouth. {said}"))
    assert found.spoken >= 14
    assert found.narrative <= 3


def test_straight_single_marks_quote_too():
    said = "shall not wait for the ministry to make up its mind about the pier"
    found = measures_of(read(f"The mayor was angry. 'They {said},' he wrote."), read(f'He wrote: "They {said}."'))
    assert (found.narrative, found.spoken) == (0, 15)


def test_an_apostrophe_opens_no_quotation():
    text = "It was the fishers' pier and the '90s were its best years, said the harbour master's report on the matter."
    assert measures_of(read(text), read(text)).spoken == 0


def test_what_one_quotes_of_the_others_own_words_is_told_apart():
    sentence = "engineers found rot in the piles of the old ferry pier and in two of its seven beams"
    found = measures_of(read(f"In short, {sentence}."), read(f'The Gazette writes "{sentence}" on its first page.'))
    assert (found.quoted_a, found.quoted_b, found.narrative) == (0, 18, 0)
    assert found.turned().quoted_a == 18


def test_a_letter_is_speech_without_marks():
    letter = (
        "I have kept my boat at your pier for forty years and I never paid a fee that I did not think was fair, "
        "but now you ask me for a sum that neither my sons nor I can earn with what we catch."
    )
    found = measures_of(read(f"Her letter was read aloud.\n{letter}"), read(f"She wrote to the council.\n{letter}"))
    assert found.narrative == 0
    assert found.spoken >= 40


def test_a_column_printed_twice_is_its_writers_own_voice():
    column = "I have kept my boat at this pier for forty years, and I tell you that we shall miss it when it is gone."
    assert measures_of(read(column), read(column)).spoken == 0


def test_what_a_colon_introduces_is_presented():
    block = "engineers found rot in the piles of the old ferry pier and in two of its seven beams"
    found = measures_of(read(f"The Gazette had it first: {block}. We believe it."), read(f"On Tuesday {block}."))
    assert found.presented == found.narrative == 18


def test_figures_that_are_exchanged_in_the_same_words_are_counted():
    form = (
        "Shares of the pier company closed at {} crowns on {} May, {} per cent below the day before, the exchange said."
    )
    found = measures_of(read(form.format("41.20", 4, 2)), read(form.format("39.85", 5, "three")))
    assert (found.figures_same, found.figures_changed) == (0, 3)
    assert found.figures < 0.3


def test_a_number_written_in_another_way_is_the_same_number():
    one = "Twenty-six boats went out from the harbour that morning and took off all passengers of the ferry."
    other = "26 boats went out from the harbour that morning and took off all passengers of the ferry."
    found = measures_of(read(one), read(other))
    assert found.figures_changed == 0
    assert set(figures_of(read(one)).values()) == set(figures_of(read(other)).values()) == {"26"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a coupon of 6-3/16 per cent", {"6-3/16"}),
        ("net 1,898,000 against 2.5 million", {"1,898,000", "2.5", "1000000"}),
        ("on 4 May 2031", {"4"}),
        ("one of the boats", set()),
    ],
)
def test_numbers_are_read_whole_and_years_tell_nothing(text, numbers):
    assert telling(figures_of(read(text))) == numbers


def test_a_number_that_moved_elsewhere_in_the_text_is_not_exchanged():
    a, b = {2: "12", 30: "7"}, {2: "7", 30: "12"}
    assert exchanged(a, b, [((0, 10), (0, 10))]) == (0, 0)


def test_the_rest_of_two_texts_about_one_thing_is_alike_and_of_two_things_is_not():
    block = "\nThe quayside bulletin is printed on Fridays and left at the doors of all houses between pier and mill.\n"
    here = "Surveyors measured the breakwater at Skarnholm. The harbourmaster Ottokar Velden reported subsidence."
    again = "Subsidence at Skarnholm alarmed harbourmaster Velden, and surveyors inspected the breakwater."
    there = "A heron nested above the library. Ornithologists ringed four fledglings beneath the skylight."
    alike = measures_of(read(here + block), read(again + block)).rest
    assert alike > 0.6 > 0.3 > measures_of(read(here + block), read(there + block)).rest


_FEW = ["pier", "boat", "quay", "mole", "buoy", "reef", "sand", "mast", "sail", "keel"]
_WORDS = st.lists(st.sampled_from(_FEW), min_size=3, max_size=60)


def shared_runs(a, b, compiled=False):
    return [
        run for block in shared_blocks(sheet_of(a, DEFAULT, compiled), sheet_of(b, DEFAULT, compiled)) for run in block
    ]


@given(_WORDS, _WORDS)
def test_as_many_words_are_shared_whichever_text_comes_first(one, other):
    a, b = read(" ".join(one)), read(" ".join(other))
    assert sum(run.words for run in shared_runs(a, b)) == sum(run.words for run in shared_runs(b, a))


@given(_WORDS, _WORDS)
def test_no_word_is_shared_twice_and_shared_words_are_equal(one, other):
    a, b = read(" ".join(one)), read(" ".join(other))
    shared = [(run.a + k, run.b + k) for run in shared_runs(a, b) for k in range(run.words)]
    assert len({i for i, _ in shared}) == len({j for _, j in shared}) == len(shared)
    assert all(one[i] == other[j] for i, j in shared)
    assert all(x < y for x, y in pairwise(shared))


@given(_WORDS, _WORDS)
def test_compiled_runs_are_the_same(one, other):
    a, b = read(" ".join(one)), read(" ".join(other))
    assert shared_runs(a, b, compiled=True) == shared_runs(a, b)


@given(_WORDS, _WORDS, _WORDS)
def test_shared_blocks_of_many_pairs_are_those_of_each(one, other, third):
    texts = [read(" ".join(words)) for words in (one, other, third)]
    sheets = [sheet_of(text, DEFAULT) for text in texts]
    pairs = [(0, 1), (2, 1), (0, 2), (1, 1)]
    found = all_shared_blocks(*joined(texts), np.array(pairs))
    assert [found.of(k) for k in range(len(pairs))] == [shared_blocks(sheets[i], sheets[j]) for i, j in pairs]
