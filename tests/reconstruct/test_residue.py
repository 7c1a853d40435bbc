"""What taking over leaves in a text is seen where it is, and nowhere else."""

import pytest
from making import LAMP, MARKET, OWN, article, looked_at, spoken

from provenance.reconstruct.residue import (
    containment,
    damage,
    head_rewritten,
    house_style,
    scars,
    tail_cut,
)


def test_a_text_that_is_nearly_all_in_the_larger_source_looks_derived():
    cut, whole = article("new", *LAMP[:4]), article("old", *LAMP)
    assert 0 < spoken(containment(*looked_at(cut, whole)), "containment").strength <= 1
    assert containment(*looked_at(whole, cut)) is None
    assert containment(*looked_at(cut, article("old", *LAMP[:4]))) is None


def test_a_text_that_breaks_off_where_the_source_goes_on_looks_cut_from_the_end():
    cut, whole = article("new", OWN[0], *LAMP[:4]), article("old", *LAMP)
    assert spoken(tail_cut(*looked_at(cut, whole)), "tail_cut").strength == 1.0
    assert tail_cut(*looked_at(whole, cut)) is None
    assert tail_cut(*looked_at(article("new", *LAMP[:4], *OWN), whole)) is None  # it has an end of its own


def test_a_beginning_of_its_own_before_shared_text_is_a_weak_sign_of_derivation():
    derived, source = article("new", OWN[0], *LAMP[:5]), article("old", *LAMP)
    assert spoken(head_rewritten(*looked_at(derived, source)), "head_rewritten").strength == 1.0
    assert head_rewritten(*looked_at(source, derived)) is None
    assert head_rewritten(*looked_at(article("new", *OWN, *MARKET, *LAMP[:5]), source)) is None  # mostly its own
    assert head_rewritten(*looked_at(article("new", *OWN, MARKET[0], *LAMP), source)) is None  # more than a beginning


INTRODUCED = (
    "Nobody but Oda Renfell has climbed the ninety steps of the tower on every evening of the past eleven winters."
)
SURNAME = (
    "At dawn the exhausted Renfell climbed down to the cottage, put both kettles on the stove and slept for three "
    "hours with her boots still on while the glaziers argued outside."
)


def test_a_surname_whose_introduction_only_the_source_has_is_a_scar():
    derived, source = article("new", LAMP[1], SURNAME), article("old", INTRODUCED, LAMP[1], SURNAME)
    found = spoken(scars(*looked_at(derived, source)), "scars")
    assert found.strength == 1.0
    assert [place.span.cut(derived.text) for place in found.places] == ["Renfell"]
    assert scars(*looked_at(source, derived)) is None
    assert scars(*looked_at(article("new", INTRODUCED, LAMP[1], SURNAME), source)) is None


@pytest.mark.parametrize(
    ("intro", "mention"),
    [
        ("Harbour Pilots had asked for it.", "Shortly after dawn Pilots climbed"),  # "the Harbour" stands alone, too
        ("Nobody but Oda Renfell climbs the Renfell stairs.", "Shortly after dawn Renfell climbed"),
        ("Nobody but Oda Renfell climbs it.", "Shortly after dawn Renfell Harbour woke, and a keeper climbed"),
    ],
    ids=["an office and its people", "a thing", "part of a longer name"],
)
def test_a_capitalised_word_that_is_no_surname_is_no_scar(intro, mention):
    told = f"{mention} down to the Harbour cottage, put both kettles on the stove and slept for three hours or more."
    derived, source = article("new", LAMP[1], told), article("old", f"{intro} {LAMP[3]}", LAMP[1], told)
    assert scars(*looked_at(derived, source)) is None


def test_to_texts_in_sections_new_ones_are_added_so_what_is_missing_there_is_no_cut():
    manual = tuple(f"# Rule {n}\n{line}" for n, line in enumerate(LAMP, 1))
    first, second = article("old", *manual[:5]), article("new", *manual)
    assert containment(*looked_at(first, second)) is None
    assert tail_cut(*looked_at(first, second)) is None
    assert containment(*looked_at(article("old", *LAMP[:5]), article("new", *LAMP))) is not None


def test_where_every_noun_has_a_capital_letter_no_word_is_taken_for_a_surname():
    derived = article("neu", "Oben lehnte die Leiter an der Mauer, und niemand hielt sie fest.", language="de")
    source = article("alt", f"Sie fand Eine Leiter im Hof.\n{derived.text}", language="de")
    assert scars(*looked_at(derived, source)) is None


def test_a_title_before_the_full_name_hides_no_introduction():
    titled = INTRODUCED.replace("Nobody but Oda", "Keeper Oda")
    derived, source = article("new", LAMP[1], SURNAME), article("old", titled, LAMP[1], SURNAME)
    assert spoken(scars(*looked_at(derived, source)), "scars").strength == 1.0
    # and one that the derived text has with a title is no scar
    assert (
        scars(*looked_at(article("new", titled, LAMP[1], SURNAME), article("old", INTRODUCED, LAMP[1], SURNAME)))
        is None
    )


def test_characters_broken_here_and_whole_there_are_damage_of_copying():
    whole = LAMP[0].replace("gull", "café gull") + " " + LAMP[1]
    broken = whole.replace("café", "cafÃ©")
    derived, source = article("new", broken), article("old", whole)
    assert spoken(damage(*looked_at(derived, source)), "damage").strength == 1.0
    assert damage(*looked_at(source, derived)) is None
    assert damage(*looked_at(article("new", broken), article("old", broken))) is None


HARBOUR = LAMP[4]  # writes "harbour"
AMERICAN = (
    "Every harbor along this shore has its own rules for the sale of crabs, and the smallest harbor has the most."
)
BRITISH = (
    "Every harbour along this shore has its own rules for the sale of crabs, and the smallest harbour has the most."
)


def test_shared_words_spelt_as_the_source_spells_speak_for_it():
    derived, source = article("new", *LAMP[3:6], AMERICAN), article("old", *LAMP[3:6], OWN[0], BRITISH)
    found = spoken(house_style(*looked_at(derived, source)), "house_style")
    assert found.strength == 1.0
    assert "harbour" in found.detail


def test_a_house_is_known_by_other_words_than_the_shared_ones():
    # "harbour" stands in the shared words; the rest tells the house by "color" and by "theatre"
    shared = (
        "The harbour is closed to crabbers until the lens is whole, and nobody may moor a barge at the mole by night."
    )
    derived = article("new", LAMP[0], shared, LAMP[1], "The color of the sea was the same as ever, an old sailor said.")
    source = article("old", LAMP[0], shared, LAMP[1], "The theatre at the mole will stay open, its owner has decided.")
    found = spoken(house_style(*looked_at(derived, source)), "house_style")
    assert "harbour" in found.detail and "color" in found.detail
    assert house_style(*looked_at(source, derived)) is None


def test_house_style_is_silent_where_both_spell_alike_or_the_source_spells_otherwise():
    derived = article("new", *LAMP[3:6], BRITISH)
    assert (
        house_style(*looked_at(derived, article("old", *LAMP[3:6], OWN[0], BRITISH.replace("crabs", "eels")))) is None
    )
    american = article("old", *LAMP[3:6], OWN[0], AMERICAN.replace("crabs", "eels"))
    assert house_style(*looked_at(derived, american)) is None
    assert house_style(*looked_at(article("new", *LAMP[3:6], OWN[1]), american)) is None
