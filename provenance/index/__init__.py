"""What has been seen, in one file: articles are added as they come, and asked where they are from."""

from provenance.index.adding import Added
from provenance.index.opened import Index, Portion

__all__ = ["Added", "Index", "Portion"]
