"""Who writes what an outlet adds of its own: a reporter of an invented event, or other articles that were given."""

from typing import Protocol

from provenance.simulate.draft import Paragraph


class Voice(Protocol):
    """Writes paragraphs that stand in no source."""

    def title(self) -> str:
        """A headline for the text."""
        ...

    def additions(self, count: int) -> list[Paragraph]:
        """At most so many paragraphs to go between others."""
        ...

    def around(self, words: int) -> list[Paragraph]:
        """Enough paragraphs to set about so many taken words amid; at least one."""
        ...
