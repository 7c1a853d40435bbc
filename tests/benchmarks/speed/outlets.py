"""Invented outlets, what each prints around every article, and how they name one another."""

from dataclasses import dataclass

import numpy as np

from speed.material import END, Chain, walk
from speed.people import FIRST_NAMES, SURNAMES, named

PLACES = named(
    "Harbour Carrow Northgate Ashdale Brindle Coldwater Dunmore Eastmere Farrow Glenholt Hadley Ironbridge Kestrel "
    "Lowmoor Marlow Netherby Oakhurst Penwick Quarry Redcliff Saltmarsh Thornbury Upland Valley Westerby Yarrow "
    "Amberley Bayside Cedarville Dovecote Elmstead Foxton Greystone Hollins Ivybank Juniper Kingsmoor Larkfield "
    "Millbrook Newhaven"
)
KINDS = named(
    "Post Herald Gazette Courier Times Tribune Observer Chronicle Journal Mercury Echo Standard Star Examiner "
    "Dispatch Monitor Sentinel Bulletin Argus Ledger"
)
AGENCIES = ("AP", "Reuters", "AFP", "UPI")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper with its staff, the line it prints above its articles and the lines below."""

    name: str
    site: str
    staff: tuple[str, ...]
    above: str  # "" for none; {author} is filled in
    below: str


def outlets_for(articles: int) -> int:
    """20 outlets for 1,000 articles, 60 for 10,000, 189 for 100,000, 600 for a million."""
    return max(20, int(0.6 * articles**0.5))


def make_outlets(number: int, chain: Chain, rng: np.random.Generator) -> list[Outlet]:
    names = [f"{place} {kind}" for kind in KINDS for place in PLACES]
    order = rng.permutation(len(names))[:number]
    return [_outlet(names[i], chain, rng) for i in order]


def _outlet(name: str, chain: Chain, rng: np.random.Generator) -> Outlet:
    staff = tuple(f"{rng.choice(FIRST_NAMES)} {rng.choice(SURNAMES)}" for _ in range(6))
    site = name.lower().replace(" ", "") + ".example"
    above = str(rng.choice(["By {author}", "By {author}, " + name, "{author} for the " + name, ""]))
    own = _sentences(chain, int(rng.integers(12, 30)), rng)
    last = str(
        rng.choice(
            [
                f"Follow the {name} for news from the region. Copyright {name}. All rights reserved.",
                f"Do you have a story for us? Write to newsdesk@{site} and an editor of the {name} will call you back.",
                f"Sign up for the morning letter of the {name} and never miss a story. © {name}",
            ]
        )
    )
    return Outlet(name, site, staff, above, f"{own}\n\n{last}")


def _sentences(chain: Chain, words: int, rng: np.random.Generator) -> str:
    stream = walk(chain, np.array([words]), rng)[0]
    text = " ".join(chain.spelling[w] for w in stream if w != END).rstrip(",;:")
    return text[:1].upper() + text[1:] + "."


def credited(text: str, source: str, rng: np.random.Generator) -> str:
    """The text with a line that names the outlet it came from."""
    form = int(rng.integers(0, 4))
    if form == 0:
        return f"{text}\n\nThis article was first published by the {source}."
    if form == 1:
        return f"{text}\n\nThis article originally appeared in the {source}."
    if form == 2:
        return f"({source}) — {text}"
    first, paragraph, rest = text.partition("\n\n")
    return first.removesuffix(".") + f", the {source} reported." + paragraph + rest
