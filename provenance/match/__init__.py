"""Articles to shared passages: fingerprints, candidates, sentences, alignment."""

from provenance.match.candidates import candidate_pairs
from provenance.match.fingerprint import (
    KEPT_BITS,
    distinct_shingles,
    equal_groups,
    limit_for,
    near_groups,
    shingle_hashes,
    upper_bits,
)
from provenance.match.passages import align
from provenance.match.pile import alignments_of
from provenance.match.reading import read_words
from provenance.match.remembering import NO_HOUSE, NOTHING, Answer, House, Recalled, Remembered
from provenance.match.repeats import house_shingles, mark_house, repeated_by_outlet
from provenance.match.sentences import sentence_matches
from provenance.match.sheets import sheet_of
from provenance.match.weights import count_weights, read_weights

__all__ = [
    "KEPT_BITS",
    "NOTHING",
    "NO_HOUSE",
    "Answer",
    "House",
    "Recalled",
    "Remembered",
    "align",
    "alignments_of",
    "candidate_pairs",
    "count_weights",
    "distinct_shingles",
    "equal_groups",
    "house_shingles",
    "limit_for",
    "mark_house",
    "near_groups",
    "read_weights",
    "read_words",
    "repeated_by_outlet",
    "sentence_matches",
    "sheet_of",
    "shingle_hashes",
    "upper_bits",
]
