"""Numbers of sentences: each is given once, and no two families give the same."""

_ROOM = 1_000_000  # sentences of one family


class Numbers:
    """The numbers of one family's sentences, in the order in which they are first written."""

    def __init__(self, family: int) -> None:
        self._next = family * _ROOM

    def next(self) -> int:
        self._next += 1
        return self._next
