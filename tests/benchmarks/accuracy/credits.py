"""How well the credits in single paragraphs of news are told: one label for each, against labels given in one pass.

A paragraph that credits several things has the label of the first kind in ``STRONGEST_FIRST`` that is read in it; a
fact's source in running text ("told Reuters") is no credit in these labels.
"""

from collections.abc import Sequence
from pathlib import Path

from accuracy.corpora import records
from provenance import Article
from provenance.reconstruct.credits import read_signs

FILES = ("credit_lines",)
STRONGEST_FIRST = (
    "dateline", "agency", "republication", "syndicate", "source_via", "contributor", "scoop_attribution", "data_source",
    "photo_credit", "copyright_own",
)  # fmt: skip
NONE = "none"
Item = tuple[str, str]  # the label that was read, and the one that was given


def credit_scores(data: Path) -> dict[str, list[Item]]:
    """(read, given) for every paragraph, by the article it stands in.

    Raises:
        NoDataError: the set is not there.
    """
    found: dict[str, list[Item]] = {}
    for line in records(data / "credit_lines", "lines.jsonl"):
        found.setdefault(str(line["article"]), []).append((label_of(line["paragraph"]), line["label"]))
    return found


def label_of(paragraph: str) -> str:
    """The kind of credit that is read in a paragraph alone, "none" where none is.

    >>> label_of("Ada Lind contributed to this report."), label_of("The harbour has contributed to the town's wealth.")
    ('contributor', 'none')
    """
    kinds = {sign.kind for sign in read_signs(Article(id="paragraph", path="paragraph", text=paragraph))}
    return next((kind for kind in STRONGEST_FIRST if kind in kinds), NONE)


def agency_f1(items: Sequence[Item]) -> float | None:
    """F1 of telling agency credits and datelines from everything else."""
    return _f1(items, {"agency", "dateline"})


def any_f1(items: Sequence[Item]) -> float | None:
    """F1 of telling paragraphs with any credit from those without."""
    return _f1(items, {label for item in items for label in item} - {NONE})


def macro_f1(items: Sequence[Item]) -> float | None:
    """The mean of the F1 of every label that was given, "none" among them."""
    scores = [value for label in sorted({given for _, given in items}) if (value := _f1(items, {label})) is not None]
    return sum(scores) / len(scores) if scores else None


def _f1(items: Sequence[Item], labels: set[str]) -> float | None:
    """F1 of telling some labels from all others; None where nothing has one of them.

    >>> _f1([("agency", "agency"), ("agency", "none"), ("none", "none")], {"agency"})
    0.6666666666666666
    """
    right = sum(read in labels and given in labels for read, given in items)
    total = sum(read in labels for read, _ in items) + sum(given in labels for _, given in items)
    return 2 * right / total if total else None
