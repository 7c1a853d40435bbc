"""Passages to derivations: credits, direction, tree."""

from provenance.reconstruct.attribution import citations, identify, pile_outlets, source_dates
from provenance.reconstruct.credits import read_credits
from provenance.reconstruct.reconstruction import Reconstruction, reconstruct, whole_texts_only
from provenance.reconstruct.resolution import resolve
from provenance.reconstruct.ties import Ties

__all__ = [
    "Reconstruction",
    "Ties",
    "citations",
    "identify",
    "pile_outlets",
    "read_credits",
    "reconstruct",
    "resolve",
    "source_dates",
    "whole_texts_only",
]
