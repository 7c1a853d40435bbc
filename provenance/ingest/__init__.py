"""Files into articles: what is read of each, with its ground."""

from provenance.ingest.facts import read_facts
from provenance.ingest.portions import article_files, in_groups, portions
from provenance.ingest.readers import called, read, read_document, told_apart, with_path
from provenance.ingest.sample import sample_pile
from provenance.ingest.stated import with_facts
from provenance.ingest.truth import read_truth

__all__ = [
    "article_files",
    "called",
    "in_groups",
    "portions",
    "read",
    "read_document",
    "read_facts",
    "read_truth",
    "sample_pile",
    "told_apart",
    "with_facts",
    "with_path",
]
