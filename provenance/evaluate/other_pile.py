"""Whether a truth is of this pile at all."""

from collections.abc import Iterable

from provenance.errors import InputError
from provenance.evaluate.claims import claims_of_truth
from provenance.truth import Truth

_NAMED = 3  # ids in a message


def not_in_pile(truth: Truth, articles: Iterable[str], path: str) -> str | None:
    """Says which articles a truth speaks of that the pile does not hold, None where it holds them all.

    Args:
        truth: what is said to be true.
        articles: ids of the pile's articles.
        path: the file of the truth, for the message.

    Raises:
        InputError: the pile holds none of the articles that the truth speaks of.
    """
    spoken, there = claims_of_truth(truth, ()).articles, set(articles)
    missing = sorted(spoken - there)
    if not missing:
        return None
    said = f"{path} speaks of articles that are not in the pile ({_some(missing)})"
    if spoken.isdisjoint(there):
        raise InputError(f"{said}: is it of another pile?")
    return said


def _some(ids: list[str]) -> str:
    if len(ids) <= _NAMED:
        return ", ".join(ids)
    return f"{', '.join(ids[: _NAMED - 1])}, … {len(ids)} in all"
