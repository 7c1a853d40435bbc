"""Passages to derivations: credits, direction, tree."""

from provenance.reconstruct.attribution import (
    Settled,
    citations,
    identify,
    pile_outlets,
    settle,
    source_dates,
    told_outlet,
)
from provenance.reconstruct.credits import read_credits
from provenance.reconstruct.name_changes import NameChanges
from provenance.reconstruct.reconstruction import Reconstruction, reconstruct, whole_texts_only
from provenance.reconstruct.resolution import resolve
from provenance.reconstruct.ties import Ties

__all__ = [
    "NameChanges",
    "Reconstruction",
    "Settled",
    "Ties",
    "citations",
    "identify",
    "pile_outlets",
    "read_credits",
    "reconstruct",
    "resolve",
    "settle",
    "source_dates",
    "told_outlet",
    "whole_texts_only",
]
