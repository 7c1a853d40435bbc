"""With which word weights an index is made: they decide what is alike, and change only on purpose."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import xxhash

from provenance.settings import Settings


def weights_digest(settings: Settings) -> str:
    """A digest of the tables that a trace with some settings uses; of weights counted in the pile just their name."""
    digest = xxhash.xxh3_128(settings.weights.encode())
    for data in _tables(settings):
        digest.update(data)
    return digest.hexdigest()


def _tables(settings: Settings) -> Iterator[bytes]:
    if settings.weights == "shipped":
        folder = files("provenance").joinpath("data", "word_weights")
        yield from (each.read_bytes() for each in sorted(folder.iterdir(), key=lambda f: f.name))
    elif settings.weights != "pile" and Path(settings.weights).is_file():
        yield Path(settings.weights).read_bytes()
