"""The command line; ``main`` is the command ``provenance``."""

from provenance.cli.commands import main

__all__ = ["main"]
