"""What an outlet or a platform repeats is house text; a widely reprinted story is not."""

import random
from dataclasses import replace

import numpy as np
import pytest
from made_up import DEFAULT, day, invented, prose, reading, words

from provenance.match.fingerprint import distinct_shingles, near_groups
from provenance.match.repeats import house_shingles, mark_house

HOUSE = "Our newsroom asks you to support the only paper that is printed on both sides of the sound."
STORY = invented(77, 300)


def house_of(pile, settings=DEFAULT):
    shingles = [distinct_shingles(r, settings) for r in pile]
    return house_shingles(pile, shingles, near_groups(shingles, settings), settings)


def with_house(outlets_and_days, text=HOUSE):
    """Articles of their own about different things, each with the same sentence at its end."""
    return [
        reading(f"{k:03}", f"{invented(k)} {text}", outlet, None if on is None else day(on))
        for k, (outlet, on) in enumerate(outlets_and_days)
    ]


def is_house(pile, text=HOUSE, settings=DEFAULT):
    """Whether all shingles of the text are house text; none of the rest may ever be."""
    found, own = set(house_of(pile, settings).tolist()), set(distinct_shingles(reading("x", text), settings).tolist())
    assert not found - {s for r in pile for s in distinct_shingles(r, settings).tolist()}
    return own <= found


def test_what_one_outlet_repeats_over_more_than_three_days_is_house_text():
    assert is_house(with_house([("Sound Mail", 0), ("Sound Mail", 2), ("Sound Mail", 5)]))


def test_what_one_outlet_repeats_within_three_days_may_still_be_news():
    assert not is_house(with_house([("Sound Mail", 0), ("Sound Mail", 1), ("Sound Mail", 3)]))


def test_what_an_outlet_prints_twice_is_no_house_text():
    assert not is_house(with_house([("Sound Mail", 0), ("Sound Mail", 20)]))


def test_four_articles_of_one_outlet_are_enough_without_dates():
    assert not is_house(with_house([("Sound Mail", None)] * 3))
    assert is_house(with_house([("Sound Mail", None)] * 4))


def test_a_second_and_third_outlet_of_the_same_house_do_not_save_it_but_a_fourth_one_does():
    mail = [("Sound Mail", 0)] * 4
    assert is_house(with_house([*mail, ("Isle Star", 0), ("Bay News", 0)]))
    others = [("Isle Star", 0), ("Bay News", 0), ("Cape Sun", 0)]
    assert not is_house(with_house([*mail, *others]), settings=replace(DEFAULT, frame_articles=99))


def test_an_outlet_is_the_same_under_each_of_its_spellings():
    assert is_house(with_house([("Sound Mail", 0), ("The Sound Mail", 2), ("SOUND MAIL", 5)]))


def test_only_the_repeated_words_are_house_text():
    pile = with_house([("Sound Mail", k) for k in range(9)])
    own = set(distinct_shingles(reading("x", HOUSE), DEFAULT).tolist())
    assert set(house_of(pile).tolist()) == own


@pytest.mark.parametrize("edited", (False, True))
@pytest.mark.parametrize("outlets", (1, 20))
def test_a_story_is_no_house_text_however_often_it_is_reprinted(edited, outlets):
    story = words(random.Random(1), 300)
    pile = []
    for k in range(20):
        story[k * 7] = f"edit{k}" if edited else story[k * 7]
        pile.append(reading(f"{k:03}", prose(story), f"Outlet {k % outlets}", day(k)))
    assert not len(house_of(pile))


def test_a_story_reprinted_with_each_outlets_own_words_around_it_is_no_house_text():
    pile = [reading(f"{k:03}", f"{invented(k, 60)} {STORY}", f"Outlet {k}", day(k)) for k in range(20)]
    assert not len(house_of(pile))


def test_what_stands_around_different_texts_of_many_outlets_is_a_platforms_frame():
    assert is_house(with_house([(f"Outlet {k}", 0) for k in range(5)]))
    assert not is_house(with_house([(f"Outlet {k}", 0) for k in range(4)]))


def test_texts_of_unknown_outlets_do_not_count_as_one_outlet():
    assert not is_house(with_house([(None, k) for k in range(4)]))


def test_a_frame_is_found_without_any_known_outlet():
    assert is_house(with_house([(None, k) for k in range(5)]))


@pytest.mark.parametrize(
    ("changed", "outlets_and_days", "before"),
    [
        ({"house_articles": 2}, [("Sound Mail", 0), ("Sound Mail", 9)], False),
        ({"house_days": 9.5}, [("Sound Mail", 0), ("Sound Mail", 2), ("Sound Mail", 9)], True),
        ({"house_articles_undated": 5}, [("Sound Mail", None)] * 4, True),
        ({"house_outlets": 1}, [*[("Sound Mail", 0)] * 4, ("Isle Star", 0)], True),
        ({"frame_articles": 6}, [(None, 0)] * 5, True),
        ({"frame_share": 0.01}, [(None, 0)] * 5, True),
    ],
)
def test_each_limit_is_a_setting(changed, outlets_and_days, before):
    # frames are looked for only where the setting under test is one of theirs
    base = DEFAULT if next(iter(changed)).startswith("frame") else replace(DEFAULT, frame_articles=99)
    pile = with_house(outlets_and_days)
    assert is_house(pile, settings=base) == before
    assert is_house(pile, settings=replace(base, **changed)) != before


def test_whole_sentences_are_marked_and_no_others():
    pile = with_house([("Sound Mail", k) for k in range(9)])
    marked = mark_house(pile[0], house_of(pile), DEFAULT)
    assert [w for w, house in zip(marked.forms, marked.house, strict=True) if house] == list(reading("x", HOUSE).forms)


def test_a_sentence_is_house_text_from_three_fifths_of_its_words():
    start = " ".join(HOUSE.split()[:12])
    mostly, hardly = (f"{start} {prose(words(random.Random(k), more)).lower()}" for k, more in ((1, 7), (2, 12)))
    pile = with_house([("Sound Mail", k) for k in range(9)])
    assert mark_house(reading("x", mostly), house_of(pile), DEFAULT).house.all()
    assert not mark_house(reading("x", hardly), house_of(pile), DEFAULT).house.any()


def test_a_text_without_house_words_comes_back_as_it_was():
    text = reading("x", STORY)
    assert mark_house(text, house_of(with_house([("Sound Mail", k) for k in range(9)])), DEFAULT) is text


def test_nothing_and_articles_without_words_have_no_house_text():
    assert house_of([]).tolist() == []
    assert house_of([reading("a", ""), reading("b", "few words")]).tolist() == []
    empty = reading("a", "…")
    assert mark_house(empty, np.array([7], dtype=np.uint64), DEFAULT) is empty
