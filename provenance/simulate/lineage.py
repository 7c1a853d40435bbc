"""What two texts of a simulation share because one goes back to the other, told by the numbers of their sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from provenance.model import DerivationKind, Span
from provenance.simulate.draft import Sentence
from provenance.simulate.family import Text
from provenance.text import tokenize

_RUN = 8  # words in a row without a difference that count as verbatim; as in Settings.verbatim_run
_REPUBLISHED, _VERBATIM = 0.85, 0.8  # design, section 3


class Taken(NamedTuple):
    """Words of a text that stand in another: all, those in verbatim runs, and how many the text has itself."""

    words: int
    verbatim: int
    whole: int


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the derived text and the stretch of the source it goes back to."""

    there: Span
    origin: Span


def taken(derived: Text, source: Text) -> Taken:
    """How much of one text's own words goes back to sentences of the other.

    Voices, credits and small print count on neither side, as in a trace.
    """
    held = _held(source)
    words = verbatim = whole = 0
    for sentence in derived.draft.sentences:
        if sentence.sort in ("quote", "credit", "small print"):
            continue
        whole += sentence.words
        found = [other for root in sentence.roots for other in held.get(root, ())]
        if found:
            words += sentence.words
            verbatim += min(sentence.words, sum(_verbatim(sentence.text, other.text) for other in found))
    return Taken(words, verbatim, whole)


def kind(derived: Text, source: Text) -> DerivationKind:
    """The kind of a derivation by the shares of design, section 3."""
    if derived.operation == "update":
        return "revised"
    found = taken(derived, source)
    share = found.words / max(1, found.whole)
    if found.verbatim < _VERBATIM * found.words:
        return "rewritten"
    return "republished" if share >= _REPUBLISHED else "excerpted"


def _held(text: Text) -> Mapping[int, list[Sentence]]:
    held: dict[int, list[Sentence]] = {}
    for sentence in filter(_is_text, text.draft.sentences):
        for root in sentence.roots:
            held.setdefault(root, []).append(sentence)
    return held


def _verbatim(one: str, other: str) -> int:
    """Words of one sentence that stand in the other in runs of eight and more.

    >>> _verbatim("Nobody was hurt on the day of the flood.", "Nobody was hurt on the day of the storm.")
    8
    """
    if one == other:
        return len(one.split())
    ours, theirs = tokenize(one).forms, tokenize(other).forms
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= _RUN)


# --- passages -----------------------------------------------------------------------------------------------------

Places = Sequence[tuple[Sentence, Span]]


def matches(derived: Places, source: Places) -> Iterator[Match]:
    """The passages of the derived page that go back to the source's, neighbours in the same order as one."""
    places: dict[int, list[int]] = {}
    for i, (sentence, _) in enumerate(source):
        for root in sentence.roots if _is_text(sentence) else ():
            places.setdefault(root, []).append(i)
    run: list[tuple[int, int, int]] = []  # sentence of the derived text, first and last of the source's
    for i, (sentence, _) in enumerate(derived):
        options = {at for root in sentence.roots for at in places.get(root, ())} if _is_text(sentence) else set()
        found = _likest(sentence, [(at, source[at][0]) for at in sorted(options)])
        if not found:
            continue
        follows = run and i == run[-1][0] + 1 and run[-1][2] <= found[0] <= run[-1][2] + 1
        if run and not follows:
            yield _match(run, derived, source)
            run = []
        run.append((i, found[0], found[-1]))
    if run:
        yield _match(run, derived, source)


def _likest(sentence: Sentence, options: Sequence[tuple[int, Sentence]]) -> list[int]:
    """Where a sentence goes back to; of the parts that one was split into, those that it has words of."""
    if len(options) < 2:
        return [at for at, _ in options]
    words = set(tokenize(sentence.text).forms)
    shares = {at: _share(words, other) for at, other in options}
    best = max(shares.values())
    return [at for at, share in shares.items() if share >= min(0.5, best)]


def _share(words: set[str], other: Sentence) -> float:
    theirs = set(tokenize(other.text).forms)
    return len(words & theirs) / max(1, len(theirs))


def _is_text(sentence: Sentence) -> bool:
    return sentence.sort not in ("credit", "small print")


def _match(run: Sequence[tuple[int, int, int]], derived: Places, source: Places) -> Match:
    there = Span(derived[run[0][0]][1].start, derived[run[-1][0]][1].end)
    return Match(there, Span(source[run[0][1]][1].start, source[max(last for _, _, last in run)][1].end))
