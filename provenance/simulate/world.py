"""Places, people and outlets that do not exist; an outlet has a house style and a page of its own."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from provenance.simulate.grammar import grown
from provenance.simulate.lexicon import lexicon

_AGENCIES, _PAPERS, _BLOGS = 7, 64, 14


@dataclass(frozen=True, slots=True)
class Style:
    """How an outlet writes."""

    american: bool
    percent: Literal["per cent", "percent", "%"]
    figures_from: int  # smaller numbers are written as words
    straight_quotes: bool
    honorifics: bool
    title_case: bool


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, a station, an agency or a blog."""

    name: str
    sort: Literal["agency", "paper", "blog"]
    abbreviation: str
    home: str
    domain: str
    style: Style
    frame: tuple[str, ...]
    small_print: str
    byline: float
    day_only: bool

    @property
    def with_article(self) -> str:
        """As it stands in a sentence: "the Wendmouth Herald", but "Radio Wendmouth"."""
        if self.name.startswith("The "):
            return "the " + self.name[4:]
        is_bare = self.sort == "blog" or self.name.startswith("Radio ") or self.name.endswith(" Today")
        return self.name if is_bare else f"the {self.name}"


def place_name(rng: Random) -> str:
    """A place that is on no map."""
    words = lexicon("world")
    return str(rng.choice(words["place_heads"])) + str(rng.choice(words["place_tails"]))


def person_name(rng: Random) -> str:
    words = lexicon("world")
    return f"{rng.choice(words['first_names'])} {rng.choice(words['surnames'])}"


def outlets(seed: int) -> tuple[Outlet, ...]:
    """All outlets of the world of a seed: first agencies, then papers and stations, then blogs."""
    rng = Random(f"provenance outlets {seed}")
    taken: set[str] = set()
    made: list[Outlet] = []
    for sort, count in (("agency", _AGENCIES), ("paper", _PAPERS), ("blog", _BLOGS)):
        while count:
            outlet = _outlet(rng, sort)  # type: ignore[arg-type]
            if taken.isdisjoint({outlet.name, outlet.domain, outlet.abbreviation}):
                taken |= {outlet.name, outlet.domain, outlet.abbreviation}
                made.append(outlet)
                count -= 1
    return tuple(made)


def _outlet(rng: Random, sort: Literal["agency", "paper", "blog"]) -> Outlet:
    words = lexicon("world")
    home = place_name(rng)
    name, abbreviation = _names(rng, sort, home)
    facts = {
        "outlet": name, "home": home, "year": str(rng.randrange(2027, 2031)), "founded": str(rng.randrange(1821, 1998)),
    }  # fmt: skip
    frame = rng.sample(words["boilerplate"], rng.randrange(1, 4))
    if rng.random() < 0.5:
        frame.append(rng.choice(words["copyrights"]))
    return Outlet(
        name=name,
        sort=sort,
        abbreviation=abbreviation,
        home=home,
        domain="".join(c for c in name.casefold() if c.isalnum()) + ".example",
        style=_style(rng),
        frame=tuple(grown(line, rng, facts.__getitem__) for line in frame),
        small_print=grown(rng.choice(words["small_print"]), rng, facts.__getitem__) + ".",
        byline=rng.choice((0.0, 0.3, 0.8)),
        day_only=rng.random() < 0.05,
    )


def _names(rng: Random, sort: str, home: str) -> tuple[str, str]:
    words = lexicon("world")
    facts = {"placename": home}.__getitem__
    if sort == "agency":
        pattern, letters = rng.choice(words["agencies"])
        return grown(pattern, rng, facts), home[:2].upper() + letters
    if sort == "blog":
        name = grown(rng.choice(words["blogs"]), rng, facts)
    else:
        name = grown(rng.choice(words["outlet_patterns"]), rng, facts)
    return name, name  # only agencies are known by letters


def _style(rng: Random) -> Style:
    return Style(
        american=rng.random() < 0.35,
        percent=rng.choice(("per cent", "percent", "%")),
        figures_from=rng.choice((0, 10, 10, 13)),
        straight_quotes=rng.random() < 0.4,
        honorifics=rng.random() < 0.2,
        title_case=rng.random() < 0.4,
    )
