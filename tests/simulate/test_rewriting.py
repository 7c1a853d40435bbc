"""The means of rewriting: each changes what it should, and leaves names, figures and quotations alone."""

from random import Random

import pytest

from provenance.simulate.draft import Sentence
from provenance.simulate.grammar import grown
from provenance.simulate.rewriting import reworded, rewritten, small
from provenance.simulate.style import capital, headline, numbered, styled
from provenance.simulate.world import Style

PLAIN = Style(False, "per cent", 10, False, False, False)


def anew(text: str, seed: int, strength: float = 1.0, sort: str = "told") -> str:
    made = rewritten((Sentence(text, (1,), sort),), Random(seed), strength)  # type: ignore[arg-type]
    assert all(sentence.roots == (1,) for sentence in made)
    return " ".join(sentence.text for sentence in made)


def test_clauses_and_attributions_change_places() -> None:
    text = "The ferry was late because the captain had overslept, Ada Brandt said."
    found = {anew(text, seed) for seed in range(40)}
    assert any(f.startswith("Because the captain had overslept") for f in found) or any(
        f.startswith(("Ada Brandt said", "Brandt said")) for f in found
    )
    assert text not in {anew(text, seed) for seed in range(3)} or len(found) > 5


def test_nothing_changes_at_no_strength() -> None:
    text = "Officials said the old harbour would stay open, and nobody objected to it."
    assert anew(text, 1, strength=0.0) == text


def test_quotations_keep_their_words() -> None:
    text = "“Nearly every ship stopped because of the storm,” said Lind."
    assert {anew(text, seed, sort="quote") for seed in range(10)} == {text}


def test_names_stay_and_figures_are_rounded_at_most() -> None:
    text = "The council of Grebeling spent 4,817 pounds on the lamp, Ida Mossop said."
    for seed in range(20):
        assert "Grebeling" in anew(text, seed) and "4,8" in anew(text, seed) and "Mossop" in anew(text, seed)


def test_sentences_are_split_and_joined() -> None:
    long = "The town council met late in the evening, and residents waited outside for the result."
    assert any(anew(long, seed).count(".") == 2 for seed in range(30))
    short = (Sentence("The road was closed.", (1,)), Sentence("Buses were diverted.", (2,)))
    made = [rewritten(short, Random(seed), 1.0) for seed in range(30)]
    assert any(len(p) == 1 and p[0].roots == (1, 2) for p in made)


def test_a_replaced_word_gets_its_article() -> None:
    assert reworded("an enormous ship", Random(1), 0.0) == "an enormous ship"
    assert {reworded("a huge ship", Random(seed), 1.0) for seed in range(9)} == {"an enormous ship", "a vast ship"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Harbour life", "harbour life"), ("Grebeling slept", "Grebeling slept"), ("4 ships", "4 ships")],
)
def test_only_words_that_are_no_names_get_a_small_letter(text: str, wanted: str) -> None:
    assert small(text) == wanted


def test_house_style_changes_spelling_numbers_and_percent_signs() -> None:
    american = Style(True, "percent", 10, False, False, True)
    assert styled("7 per cent near the harbour", american) == "seven percent near the harbor"
    assert styled("seven percent near the harbor", PLAIN) == "seven per cent near the harbour"
    assert headline("Fire in the harbour of Greb", american) == "Fire in the Harbor of Greb"
    assert numbered("at 7.30 with 12 of 7,000", 20) == "at 7.30 with twelve of 7,000"


def test_a_pattern_gives_each_of_its_texts() -> None:
    found = {grown("{a|{b|c} [x]}", Random(seed), {"x": "{1|2}"}.__getitem__) for seed in range(60)}
    assert found == {"a", "b 1", "b 2", "c 1", "c 2"}


def test_the_first_letter_becomes_a_capital_behind_a_quotation_mark() -> None:
    assert capital("“go,” he said") == "“Go,” he said"
