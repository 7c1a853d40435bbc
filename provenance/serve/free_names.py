"""Names of files that nothing else has."""

from collections.abc import Iterable


class FreeNames:
    """Gives each name, or the same with a number where there is one like it: news.txt, news-2.txt.

    >>> free = FreeNames(["b.jsonl#1"])
    >>> [free.take(name) for name in ("news.txt", "news.txt", "b.jsonl")]
    ['news.txt', 'news-2.txt', 'b-2.jsonl']
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken: set[str] = set()
        for id in taken:
            self.use(id)
        self._number: dict[str, int] = {}  # the last one given, so that thousands of one name do not count from 1

    def use(self, id: str) -> None:
        """Something else has this id, ``file`` or ``file#record``."""
        self._taken.add(id.partition("#")[0])

    def take(self, name: str) -> str:
        """A name that was free until now."""
        free, number = name, self._number.get(name, 1)
        while free in self._taken:
            number += 1
            stem, dot, suffix = name.partition(".")
            free = f"{stem or 'file'}-{number}{dot}{suffix}"
        self._taken.add(free)
        self._number[name] = number
        return free
