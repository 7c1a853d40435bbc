"""Piles with exact truth, other tools and this one on the same files, and the tables."""
