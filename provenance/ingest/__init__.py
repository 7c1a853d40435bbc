"""Files into articles: what is read of each, with its ground."""

from provenance.ingest.facts import read_facts
from provenance.ingest.readers import read, read_document
from provenance.ingest.sample import sample_pile
from provenance.ingest.stated import with_facts
from provenance.ingest.truth import read_truth

__all__ = ["read", "read_document", "read_facts", "read_truth", "sample_pile", "with_facts"]
