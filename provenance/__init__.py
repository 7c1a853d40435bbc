"""Who took this text from whom, and how do you know?

from provenance import read_articles, trace
found = trace(read_articles("inputs/small"))
"""

from provenance.errors import ProvenanceError
from provenance.model import Article, Credit, Derivation, Evidence, Pile, Published, Source, Span, Trace
from provenance.pipeline import compare, inspect, pairs, read_articles, trace
from provenance.report.json_document import from_json, to_json
from provenance.settings import Settings, version
from provenance.shared import SharedText

__all__ = [
    "Article",
    "Credit",
    "Derivation",
    "Evidence",
    "Pile",
    "ProvenanceError",
    "Published",
    "Settings",
    "SharedText",
    "Source",
    "Span",
    "Trace",
    "compare",
    "from_json",
    "inspect",
    "pairs",
    "read_articles",
    "to_json",
    "trace",
    "version",
]
