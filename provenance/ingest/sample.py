"""The sample pile that travels with the program."""

from importlib.resources import files
from pathlib import Path

from provenance.errors import InputError


def sample_pile() -> Path:
    """The folder of the classroom pile: inside the installed package, or the checkout's own in a development install.

    Raises:
        InputError: it is in neither place.

    >>> (sample_pile() / "truth.json").is_file()
    True
    """
    package = Path(str(files("provenance")))
    for folder in (package / "data" / "classroom", package.parent / "inputs" / "classroom"):
        if folder.is_dir():
            return folder
    raise InputError("the sample pile is missing from this installation; install it again: pip install news-provenance")
