"""Files into articles: what is read of each, with its ground."""

from provenance.ingest.facts import read_facts
from provenance.ingest.readers import read, read_document
from provenance.ingest.stated import with_facts

__all__ = ["read", "read_document", "read_facts", "with_facts"]
