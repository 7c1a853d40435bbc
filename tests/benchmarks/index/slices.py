"""A pile in parts, as a stream would bring it."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

import orjson


def count_of(pile: Path) -> int:
    """How many articles a pile has."""
    with pile.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def bounds(articles: int, steps: int) -> list[int]:
    """Where the parts begin and end: as many as there are steps, equal but for one article."""
    return [articles * step // steps for step in range(steps + 1)]


def cut(pile: Path, ends: Sequence[int], folder: Path) -> list[Path]:
    """Writes the articles from each bound to the next as a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with pile.open("rb") as lines:
        list(islice(lines, ends[0]))
        for low, high in pairwise(ends):
            file = folder / f"{low:08d}.jsonl"
            with file.open("wb") as part:
                part.writelines(islice(lines, high - low))
            files.append(file)
    return files


def articles_of(pile: Path, articles: int) -> Iterator[dict[str, str]]:
    """The first articles of a pile, as its lines have them."""
    with pile.open("rb") as lines:
        yield from map(orjson.loads, islice(lines, articles))


def text_bytes(pile: Path, articles: int) -> int:
    """Bytes of the texts in UTF-8; titles and other metadata do not count."""
    return sum(len(article["text"].encode()) for article in articles_of(pile, articles))
