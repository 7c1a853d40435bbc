"""When a pile gains or loses the name of an outlet: every article that reads differently then is found."""

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import LAMP, article

from provenance import Article, Credit, read_articles
from provenance.names import known_names
from provenance.reconstruct import NameChanges, pile_outlets, settle

# --- what must be seen ----------------------------------------------------------------------------------------------


def reads_differently(asked: Article, one: set[str], other: set[str]) -> bool:
    return settle(asked, known_names(frozenset(one))) != settle(asked, known_names(frozenset(other)))


AGENCY = "Skarn Press Agency"
MARKUP = Credit("a", AGENCY, "canonical", "A", "link", None)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (AGENCY, article("a", "CARROW POINT (AFP/SKPA) – The pier is shut.", LAMP[0])),
        (AGENCY, article("a", LAMP[0], byline="SKPA")),
        (AGENCY, article("a", LAMP[0], outlet="SKPA", credits=(MARKUP,))),
        ("Kell Post", article("a", LAMP[0], url="https://www.kell-post.example/lamp?a=1")),
        ("Kell Post", article("a", LAMP[0], url="https://www.ke-llpost.example/lamp")),
        ("AP", article("a", LAMP[0], url="https://asso-ciatedpress.example/lamp")),
        ("Küstenwacht", article("a", LAMP[0], "Foto: Küstenwacht", language="de")),
        ("Küstenwache", article("a", LAMP[0], "wie die Küstenwachen berichtet", language="de")),
        ("Küstenwacht", article("a", LAMP[0], byline=unicodedata.normalize("NFD", "Küstenwacht"))),
        ("Lantern Row", article("a", LAMP[0], byline="Lantern\u00a0Row")),
        ("O’Hara’s", article("a", LAMP[0], "Source: O'Hara's")),
        ("The U.S. Lamp", article("a", LAMP[0], "© US Lamp")),
        ("Press Association", article("a", LAMP[0], "The pier is hollow, PA reported on Monday.")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.byline or value.url or value.text[-30:],
)  # fmt: skip
def test_a_name_that_changes_what_an_article_says_is_seen(name: str, asked: Article) -> None:
    assert reads_differently(asked, set(), {name}), "else this tests nothing"
    assert NameChanges([name]).touch(asked)


def test_a_name_that_nothing_hints_at_leaves_an_article_alone() -> None:
    asked = article("a", *LAMP[:3], outlet="Gull Herald", url="https://gull.example/lamp")
    assert not NameChanges(["Kvixholm Volksblatt"]).touch(asked)
    assert not NameChanges([]).touch(asked) and not NameChanges([])


# --- any names, any articles ----------------------------------------------------------------------------------------

LINES = (
    "CARROW ({n}) – The ferry will not sail.", "CARROW POINT (dpa/{n}) - Die Fähre liegt fest.", "By {n}",
    "By Ada Lind, {n}", "Von Ada Lind, {n}", "© {n} 2031", "© 2031 {n}. All rights reserved.", "Source: {n}",
    "Quelle: {n}", "Originally published by {n}.", "This article was first published in {n}.",
    "The pier is hollow, {n} reported.", "as {n} first reported", "Ada Lind told {n} on Monday.",
    "Das sagte Lind der {n}.", "wie {n} berichtet", "({n})", "The lamp is out. — {n}", "Photo: {n}", "Foto: {n}",
    "Ada Lind/{n}", "With reporting by {n} and {m}.", "{n} contributed to this report.",
    "{n} und {m} meldeten das.", "Mit Material von {n}", "Become a member of {n}\nBecome a member of {n}",
    "The original source of this article is {n}.", "(via {n})", "(c) {n}/{m}", "(Reporting by Ada Lind, {n}; editing)",
    "The {n} ({m}) said so. {m}: the pier is shut.", "Lind is a {n} reporter, as {m} had it.",
)  # fmt: skip
ROOTS = ("Skarn", "Lantern Row", "Küsten", "Sun", "U.S.", "O'Hara", "Lloyd's", "E&E", "Öster", "Groß", "Monday")
KINDS = ("Press Agency", "Newswire", "News", "Post", "Bote", "Times", "Presseagentur", "zeitung", "Online", "Digest")
KNOWN = ("AP", "Press Association", "Reuters", "dpa", "taz", "PA", "Post", "BBC", "heise.de", "The Atlantic", "Sun")


def any_name(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return chance.choice(KNOWN)
    article = chance.choice(("", "", "", "The ", "Der ", "the ", "die ", "la "))
    name = article + chance.choice(ROOTS) + chance.choice((" ", " ", "", "-")) + chance.choice(KINDS)
    return chance.choice((name, name, name, name, f"{name} ({short(name, chance)})", short(name, chance), host(name)))


def short(name: str, chance: random.Random) -> str:
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()] or ["Ab"]
    letters = "".join(word[: chance.choice((1, 1, 2))] for word in words)
    return chance.choice((letters.upper(), letters.upper(), letters.lower()))


def host(name: str, joint: str = "") -> str:
    return joint.join(re.findall(r"\w+", name.casefold())) + ".example"


def any_form(name: str, chance: random.Random) -> str:
    """A name as a text may write it."""
    ways = (
        name, name, name, f"{name}'s", f"{name}’s", f"{name}s", f"{name}n", short(name, chance), short(name, chance),
        host(name), host(name, "-"), unicodedata.normalize("NFD", name), name.upper(), name.lower(),
        name.replace(" ", "\u00a0"),
    )  # fmt: skip
    return chance.choice(ways)


def any_article(names: Sequence[str], chance: random.Random) -> Article:
    def said() -> str:
        return any_form(chance.choice(names), chance)

    lines = [chance.choice(LINES).format(n=said(), m=said()) for _ in range(chance.randint(1, 4))]
    lines.insert(chance.randint(0, len(lines)), LAMP[0])
    markup = (Credit("a", said(), "canonical", "A", "link", None),) if chance.random() < 0.15 else ()
    return article(
        "a",
        *lines,
        outlet=said() if chance.random() < 0.4 else None,
        byline=chance.choice((said(), f"Ada Lind, {said()}")) if chance.random() < 0.3 else None,
        url=f"https://www.{host(chance.choice(names), '-')}/a" if chance.random() < 0.3 else None,
        language=chance.choice(("en", "de", None)),
        credits=markup,
    )


@settings(max_examples=150)
@given(seed=st.integers(0, 1_000_000))
def test_no_article_reads_differently_unseen(seed: int) -> None:
    chance = random.Random(seed)
    names = [any_name(chance) for _ in range(4)]
    asked = any_article(names, chance)
    one, other = ({name for name in names if chance.random() < 0.5} for _ in range(2))
    if reads_differently(asked, one, other):
        assert NameChanges(one ^ other).touch(asked), (one ^ other, asked)


@pytest.fixture(scope="module")
def articles(root: Path) -> list[Article]:
    """Those of the sample piles."""
    return [a for name in ("small", "classroom", "deutsch") for a in read_articles(root / "inputs" / name).articles]


def unseen(articles: Sequence[Article], names: Sequence[str], seed: int) -> tuple[list[str], int]:
    """Articles that read differently and are not touched, and how many read differently, under one change."""
    chance = random.Random(seed)
    one = {name for name in names if chance.random() < 0.6}
    other = {name for name in one if chance.random() < 0.6} | {any_name(chance)}
    changes = NameChanges(one ^ other)
    different = [a for a in articles if reads_differently(a, one, other)]
    return [a.id for a in different if not changes.touch(a)], len(different)


def test_the_sample_articles_never_read_differently_unseen(articles: list[Article]) -> None:
    bare = [replace(a, outlet=None, outlet_ground=None) for a in articles]  # then the outlet must be told
    names = sorted(pile_outlets(articles))
    found = [unseen([*articles, *bare], names, seed) for seed in range(8)]
    assert [missed for missed, _ in found] == [[]] * 8
    assert sum(count for _, count in found) > 20, "too few read differently for this to mean anything"


def test_real_articles_never_read_differently_unseen(shared: Path, articles: list[Article]) -> None:
    real = read_articles(shared / "seeds").articles
    names = sorted(pile_outlets([*articles, *real]))
    assert [unseen(real, names, seed)[0] for seed in range(12)] == [[]] * 12


def test_of_very_many_names_every_article_is_read_anew() -> None:
    few, many = ([f"Ort{n} Zeitung" for n in range(count)] for count in (3, 400))
    told = article("a", LAMP[0])
    assert not NameChanges(few).touch(told) and NameChanges(many).touch(told)
