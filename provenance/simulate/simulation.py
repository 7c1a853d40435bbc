"""Piles of families with known trees, for measuring and for learning."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.errors import SettingError
from provenance.evaluate.passages import Reuse
from provenance.ingest import read_document
from provenance.model import Article
from provenance.simulate.difficulty import Difficulty
from provenance.simulate.difficulty import difficulty as named_difficulty
from provenance.simulate.family import World, family
from provenance.simulate.lineage import matches
from provenance.simulate.material import material as usable
from provenance.simulate.pages import Page, page
from provenance.simulate.truth import Decoys, Lineages, truth
from provenance.simulate.world import outlets
from provenance.truth import Truth

FILE = "articles.jsonl"
LICENCE = "Apache-2.0"  # of text that grows from the word lists of this project; given material keeps its own


@dataclass(frozen=True, slots=True)
class Simulated:
    """A pile, and all that is true of it.

    Attributes:
        articles: as ``read_articles`` gives them; their ids are "articles.jsonl#" and ten hexadecimal digits.
        truth: who took from whom, in the terms of a trace.
        family_of: the number of each article's family; split by it, never by pairs.
        source_of: the first source of each article: an article, "named:...", "unseen:..." (also where nobody could
            tell from the pile that there was one), None for a report of its own.
        passages: what was taken from where, for every arrow of ``truth`` between two articles.
        decoys: pairs that have something in common and no derivation between them, by why.
        records: the lines of articles.jsonl.
        seed, difficulty: what it was made with.
        from_material: its sentences are those of articles that were given.
    """

    articles: tuple[Article, ...]
    truth: Truth
    family_of: Mapping[str, int]
    source_of: Mapping[str, str | None]
    passages: tuple[Reuse, ...]
    decoys: tuple[Decoys, ...]
    records: tuple[Mapping[str, str], ...]
    seed: int
    difficulty: Difficulty
    from_material: bool = False

    @property
    def families(self) -> int:
        return len(set(self.family_of.values()))


def simulate(
    families: int, *, seed: int, difficulty: str | Difficulty = "half", material: Sequence[Article] = ()
) -> Simulated:
    """A pile of families of articles whose derivation is known.

    A family depends on the seed, the difficulty, the material and its own number only: the first ten families of a
    hundred are the ten of a pile of ten.

    Args:
        families: how many events (or, with material, articles) families grow from, 1 or more.
        seed: any whole number; the same one gives the same bytes.
        difficulty: "dated", "half", "bare", the path of a TOML file, or a Difficulty.
        material: articles whose sentences are used instead of invented ones, three for each family; those of fewer
            than 80 words are left aside.

    Raises:
        SettingError: an impossible number of families, or no such difficulty.
        InputError: too little material.

    Cost: about 3 ms an article, half of it for reading it in again.

    >>> pile = simulate(3, seed=1, difficulty="dated")
    >>> pile == simulate(3, seed=1, difficulty="dated"), pile.truth.derivations_are_complete
    (True, True)
    """
    if families < 1:
        raise SettingError(f"families = {families} makes no sense; 1 or more are wanted")
    chosen = difficulty if isinstance(difficulty, Difficulty) else named_difficulty(difficulty)
    world = World(seed, chosen, outlets(seed), usable(material, seed) if material else None)
    texts = [family(world, number) for number in range(families)]
    lineages = Lineages(texts, FILE)
    pages = {text.id: page(text, seed, chosen) for text in lineages.present}
    records = tuple(pages[id].record for id in sorted(pages))
    decoys = lineages.decoys()
    known = truth(lineages, decoys, None if material else LICENCE)
    return Simulated(
        articles=read_document(FILE, lines_of(records)).articles,
        truth=known,
        family_of={lineages.article(t.id): n for n, one in enumerate(texts) for t in one if not t.hidden},
        source_of=lineages.source_of(),
        passages=_passages(known, {lineages.article(id): found for id, found in pages.items()}),
        decoys=decoys,
        records=records,
        seed=seed,
        difficulty=chosen,
        from_material=bool(material),
    )


def lines_of(records: Sequence[Mapping[str, str]]) -> bytes:
    """Records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _passages(known: Truth, pages: Mapping[str, Page]) -> tuple[Reuse, ...]:
    return tuple(
        Reuse(d.derived, d.source, match.there, match.origin)
        for d in known.derivations
        if d.derived in pages and d.source in pages
        for match in matches(pages[d.derived].places, pages[d.source].places)
    )
