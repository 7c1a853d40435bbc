"""Articles that nobody wrote, with passages in common, from a seed: the same ones on every machine."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

Record = dict[str, str]

OUTLETS = (
    "Harbour Gazette", "Valley Courier", "Evening Lantern", "Skelvoe Observer", "Northmere Post", "The Brackwater Echo",
    "Fenwright Herald",
)  # fmt: skip
_WHO = (
    "the harbour master", "a retired pilot", "the parish clerk", "two fitters from the yard", "the ferry company",
    "the choir", "an engineer of the water board", "the beekeepers", "the night watch", "the mayor of Carrow Point",
    "the lighthouse trust", "a teacher at the old school", "the council's surveyor", "the orchard cooperative",
)  # fmt: skip
_DID = (
    "counted", "repaired", "found", "sold", "measured", "refused to move", "painted over", "asked for", "brought back",
    "photographed", "could not explain", "paid for", "wrote down", "lost sight of", "tore down", "promised",
)  # fmt: skip
_WHAT = (
    "hollow piles", "barges with deck lamps", "crates of late apples", "brass fittings", "borrowed maps",
    "rusted gates", "boxes of letters", "broken windows", "hives", "lengths of chain", "stone steps", "lanterns",
    "unpaid bills", "sluice boards", "bell ropes", "rowing boats",
)  # fmt: skip
_WHERE = (
    "below the swing bridge", "at the upper lock", "behind the reading room", "along the quay", "on the north pier",
    "in the vault of the town hall", "beside the coast road", "under the chapel roof", "near the old sawmill",
    "at the end of Tanner Street", "on the sandbank", "in the lower meadow",
)  # fmt: skip
_WHEN = (
    "before the tide turned", "on the first cold morning", "while the market was still open", "after the long meeting",
    "in the week of the regatta", "late on Thursday", "as the fog lifted", "when the power failed", "at low water",
)  # fmt: skip
_WHY = (
    "because the winter had been mild", "although nobody had asked for it", "to the surprise of the neighbours",
    "as the rules of the port demand", "which took most of the day", "so that the ferry could sail again",
    "for less than the budget allowed", "with the help of nine volunteers",
)  # fmt: skip
_BEGUN = datetime(2024, 3, 1, 6, tzinfo=UTC)


def articles(count: int, seed: int = 1) -> list[Record]:
    """Articles in families of four, whose members stand far from one another.

    The first of a family is an original; then comes a reprint with a credit, one that took half, and a later version
    of the original under its own address.
    """
    chance = Random(seed)
    families = -(-count // 4)
    originals = [_sentences(chance, 8) for _ in range(families)]
    return [_article(n, n // families, n % families, originals, chance) for n in range(count)]


def write(file: Path, records: Sequence[Record]) -> Path:
    """The articles as JSON lines."""
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return file


def _article(number: int, member: int, family: int, originals: Sequence[list[str]], chance: Random) -> Record:
    body, credit = originals[family], OUTLETS[family % len(OUTLETS)]
    outlet = credit if member in (0, 3) else OUTLETS[(family + member) % len(OUTLETS)]
    sentences = {
        0: body,
        1: [*body, f"This was first reported by the {credit.removeprefix('The ')}."],
        2: [*_sentences(chance, 4), f"The {credit.removeprefix('The ')} reported:", *body[2:6]],
        3: [*body[:-1], *_sentences(chance, 1)],
    }[member]
    published = _BEGUN + timedelta(hours=5 * number + chance.randrange(4))
    story = number if member in (1, 2) else family
    return {
        "id": f"a{number:04}",
        "outlet": outlet,
        "date": published.isoformat(),
        "title": body[0].split(" ", 6)[-1].rstrip(".").capitalize(),
        "url": f"https://{outlet.casefold().replace(' ', '-')}.example/{story}",
        "text": "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)),
    }


def _sentences(chance: Random, count: int) -> list[str]:
    made = []
    for _ in range(count):
        number = chance.randrange(3, 400)
        who, did, what, where, when, why = map(chance.choice, (_WHO, _DID, _WHAT, _WHERE, _WHEN, _WHY))
        made.append(f"{who[0].upper()}{who[1:]} {did} {number} {what} {where} {when}, {why}.")
    return made
