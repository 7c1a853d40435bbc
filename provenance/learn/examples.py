"""A pile with its truth, as numbers: what competes for being each text's source, how strongly each cue speaks for it,
and which of it the truth allows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.evaluate.claims import node
from provenance.model import Pile
from provenance.pipeline import matched
from provenance.reconstruct.contest import Contest
from provenance.reconstruct.reconstruction import prepared
from provenance.reconstruct.roots import Arrow, Option
from provenance.reconstruct.texts import groups_of
from provenance.settings import Settings
from provenance.truth import Truth

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One group of texts that compete with one another: n texts, m arrows, o options, over c cues.

    Attributes:
        source, derived: text numbers of each arrow, shape (m,).
        arrows: strength of each cue for each arrow, shape (m, c).
        arrow_rest: what else an arrow's score holds, which no weight changes, shape (m,).
        node: the text of each option, shape (o,); every text has one at least.
        options: strengths, shape (o, c).
        option_rest: as ``arrow_rest``, shape (o,).
        right_arrow, right_option: what the truth allows; for a text of which it says nothing, everything.
        family: what the group belongs to, for splitting.
        n: texts.
    """

    source: Ints
    derived: Ints
    arrows: Floats
    arrow_rest: Floats
    node: Ints
    options: Floats
    option_rest: Floats
    right_arrow: Flags
    right_option: Flags
    family: str
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """Two texts of which it is known which is the source, and nothing else: is the arrow likelier than its reverse?

    Attributes:
        cues: strengths of the cues for the true arrow less those for its reverse, shape (c,).
        family: for splitting.
    """

    cues: Floats
    family: str


def turns_of(
    pile: Pile, pairs: Iterable[tuple[str, str]], family: str, cues: Sequence[str], settings: Settings | None = None
) -> list[Turn]:
    """What the cues say of pairs whose direction is known.

    Args:
        pile: the articles; third ones may be among them.
        pairs: ids (source, derived); those between which no arrow is possible one way or the other are left out.
        family: what the pile belongs to.
        cues: the c cues, in the order of the columns.
        settings: as with ``example_of``.

    Cost: that of a trace.
    """
    contest = _contest(pile, settings or Settings())
    arrows = {(a.pair.source.id, a.pair.derived.id): a for a in (*contest.arrows, *contest.aside)}
    both = [(arrows[pair], arrows[pair[::-1]]) for pair in pairs if pair in arrows and pair[::-1] in arrows]
    return [Turn(there - back, family) for there, back in (_strengths(pair, cues) for pair in both)]


def example_of(
    pile: Pile, truth: Truth, family: Mapping[str, str], cues: Sequence[str], settings: Settings | None = None
) -> list[Example]:
    """The groups of a pile in which anything can be learnt.

    Args:
        pile: the articles.
        truth: what is true of them. Where it is complete, a text without a true source is an original.
        family: what each article belongs to; a group takes that of its first text.
        cues: the c cues, in the order of the columns.
        settings: the weights that they name decide which arrows are kept where a text has too many, nothing else.

    Returns:
        One example for each connected group with an arrow in it.

    Cost: that of a trace.
    """
    settings = settings or Settings()
    return [
        _example(part, truth, family.get(part.texts[0].article.id, part.texts[0].article.id), cues)
        for part in _parts(_contest(pile, settings))
    ]


def _contest(pile: Pile, settings: Settings) -> Contest:
    articles, alignments, dates, _ = matched(pile, settings)
    return prepared({a.id: a for a in articles}, alignments, dates, (), settings).contest


def _parts(contest: Contest) -> list[Contest]:
    """The connected groups of a contest that hold an arrow, or an option besides "original"."""
    ties = [(a.pair.derived.id, a.pair.source.id) for a in contest.arrows]
    number = {id: k for k, group in enumerate(groups_of([t.id for t in contest.texts], ties)) for id in group}
    texts, arrows = defaultdict(list), defaultdict(list)
    for text in contest.texts:
        texts[number[text.id]].append(text)
    for arrow in contest.arrows:
        arrows[number[arrow.pair.derived.id]].append(arrow)
    found = [Contest(tuple(texts[k]), tuple(arrows[k]), contest.options, ()) for k in sorted(texts)]
    return [part for part in found if part.arrows or any(len(contest.options[t.id]) > 1 for t in part.texts)]


def _example(part: Contest, truth: Truth, family: str, cues: Sequence[str]) -> Example:
    place = {text.id: k for k, text in enumerate(part.texts)}
    options = [(place[t.id], o) for t in part.texts for o in part.options[t.id]]
    right_arrow, right_option = _allowed(part, truth, options)
    return Example(
        source=np.array([place[a.pair.source.id] for a in part.arrows], dtype=np.int64),
        derived=np.array([place[a.pair.derived.id] for a in part.arrows], dtype=np.int64),
        arrows=_strengths(part.arrows, cues),
        arrow_rest=_rest(part.arrows),
        node=np.array([node for node, _ in options], dtype=np.int64),
        options=_strengths([o for _, o in options], cues),
        option_rest=np.zeros(len(options)),
        right_arrow=right_arrow,
        right_option=right_option,
        family=family,
        n=len(part.texts),
    )


def _strengths(items: Sequence[Arrow | Option], cues: Sequence[str]) -> Floats:
    column = {cue: k for k, cue in enumerate(cues)}
    out = np.zeros((len(items), len(cues)))
    for row, item in enumerate(items):
        for cue, strength in item.strengths.items():
            out[row, column[cue]] = strength
    return out


def _rest(arrows: Sequence[Arrow]) -> Floats:
    """The evidence that is no cue's: limits that are computed."""
    return np.array([sum(e.weight for e in a.evidence if e.name not in a.strengths) for a in arrows])


def _allowed(part: Contest, truth: Truth, options: Sequence[tuple[int, Option]]) -> tuple[Flags, Flags]:
    """What the truth allows; a text whose true source does not compete, or of which it says nothing, is left free.

    So is a reprint in a crowd: simulated families hand a text on from one to the next, where outlets in truth have it
    from an agency; of crowds they teach nothing.
    """
    true: dict[str, set[str]] = defaultdict(set)
    for d in truth.derivations:
        true[d.derived].add(d.source)
    right_arrow = np.array([node(a.pair.source.id) in true[node(a.pair.derived.id)] for a in part.arrows], dtype=bool)
    right_option = np.array([_is_right(o, true[node(part.texts[k].id)]) for k, o in options], dtype=bool)
    derived = np.array([a.pair.derived.id for a in part.arrows])
    under = np.array([part.texts[k].id for k, _ in options])
    for text in part.texts:
        here, there = derived == text.id, under == text.id
        known = bool(true[node(text.id)]) or truth.derivations_are_complete
        known = known and not any("crowd_unseen" in o.strengths for o in part.options[text.id])
        if not known or not (right_arrow[here].any() or right_option[there].any()):
            right_arrow[here], right_option[there] = True, True
    return right_arrow, right_option


def _is_right(option: Option, true: set[str]) -> bool:
    if option.id == "original":
        return not true
    if option.id == "unseen":
        return any(s.startswith("unseen:") for s in true)
    return node(option.id) in true
