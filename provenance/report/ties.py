"""What pairs hold together."""

from collections import defaultdict
from collections.abc import Iterable


def tied_together(ties: Iterable[tuple[str, str]], everybody: Iterable[str] = ()) -> list[list[str]]:
    """Groups of ids that pairs tie together.

    Args:
        ties: pairs of ids.
        everybody: ids that are there in any case, tied or not; they come first.

    Returns:
        Each group in the order of first mention, the groups in that of their first members.

    >>> tied_together([("a1", "a3"), ("p1", "a1")], ["a1", "a2", "a3"])
    [['a1', 'a3', 'p1'], ['a2']]
    """
    leader = {id: id for id in everybody}

    def lead(id: str) -> str:
        while leader.setdefault(id, id) != id:
            leader[id] = id = leader[leader[id]]
        return id

    for a, b in ties:
        leader[lead(a)] = lead(b)
    found: dict[str, list[str]] = defaultdict(list)
    for id in leader:
        found[lead(id)].append(id)
    return list(found.values())
