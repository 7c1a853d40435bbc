"""With which word weights an index is made: they decide what is alike, and change only on purpose."""

import gzip
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import xxhash

from provenance.match.weights import weights_for
from provenance.settings import Settings

_PACKED = b"\x1f\x8b"  # how gzip files begin


def weights_digest(settings: Settings) -> str:
    """A digest of the tables that a trace with some settings uses; of weights counted in the pile just their name."""
    digest = xxhash.xxh3_128(settings.weights.encode())
    for name, data in weight_tables(settings).items():
        digest.update(name.encode() + data)
    return digest.hexdigest()


def weight_tables(settings: Settings) -> Mapping[str, bytes]:
    """The tables of word weights by name, packed; none where they are counted in the pile.

    Raises:
        SettingError: there is no such table, or the file is none.
    """
    if settings.weights == "shipped":
        folder = files("provenance").joinpath("data", "word_weights")
        return {each.name: each.read_bytes() for each in sorted(folder.iterdir(), key=lambda f: f.name)}
    if settings.weights != "pile":
        weights_for(settings.weights, "")
        data = Path(settings.weights).read_bytes()
        return {Path(settings.weights).name: data if data[:2] == _PACKED else gzip.compress(data, mtime=0)}
    return {}
