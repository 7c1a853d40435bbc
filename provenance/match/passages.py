"""Shared passages of two articles: blocks of shared text and sentences that say the same, with offsets.

A passage that a block explains is cut where the voice changes, so that a quotation inside a reprinted paragraph is
told apart from the paragraph.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from provenance import names
from provenance.match.blocks import cut_at_gaps, equal_words, find_blocks, words_in
from provenance.match.cases import Cases, find_cases
from provenance.match.measures import measured
from provenance.match.reading import Reading
from provenance.match.runs import Block, Pairing, Range, Run
from provenance.match.sheets import Sheet, bits_between, bits_of_runs
from provenance.match.voices import first_person, speech_words
from provenance.model import Passage, PassageKind, Quoted
from provenance.settings import Settings
from provenance.shared import Alignment, Fragment


class Match(NamedTuple):
    """One sentence of a that says what one sentence of b says, by number."""

    a: int
    b: int
    cosine: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a block in one voice: word ranges on both sides and what they are."""

    runs: tuple[Run, ...]
    quoted: Quoted
    reason: str | None
    kind: PassageKind
    a: Range
    b: Range

    @property
    def matched(self) -> int:
        return sum([run[2] for run in self.runs])  # a list: half the time of a generator


def align(
    a: Reading,
    b: Reading,
    sheet_a: Sheet,
    sheet_b: Sheet,
    sentences: Sequence[Match],
    settings: Settings,
    linked: bool = False,
    blocks: list[Block] | None = None,
    shared: list[Block] | None = None,
) -> Alignment | None:
    """All that two articles share, or None when that is nothing worth showing.

    Args:
        a, b: the readings, ``a.article.id < b.article.id``.
        sheet_a, sheet_b: their sheets.
        sentences: one-to-one sentence pairs found by meaning.
        settings: ``seed_words``, ``gap_words``, ``passage_words``, ``verbatim_run``, ``excerpt_words``, ``near_share``,
            and those of ``cases.find_cases``.
        linked: look for cases in other words even where neither shared runs nor enough sentences link the articles.
        blocks: what ``find_blocks`` or ``find_all_blocks`` found for the two, None where nobody asked yet.
        shared: what ``measures.shared_blocks`` or ``measures.all_shared_blocks`` found, None likewise.

    Cost: with compiled sheets, for two texts of 500 words, 0.45 ms where they share runs, 0.03 ms where they share but
    a sentence, 0.02 ms for equal texts.
    """
    if not sentences and _same_text(sheet_a, sheet_b):
        return replace(_with_itself(sheet_a, settings), a=a.article.id, b=b.article.id)
    if blocks is None:
        blocks = find_blocks(a, b, sheet_a, sheet_b, settings)
    alike = sum(match.cosine >= settings.rewritten_cosine for match in sentences)
    linked = linked or bool(blocks) or alike >= settings.rewritten_pairs
    found = find_cases(sheet_a, sheet_b, blocks, settings) if linked else Cases((), ())
    linking = [Pairing(sheet_a.words_of(match.a), sheet_b.words_of(match.b)) for match in sentences]
    blocks, rewritten = _with_sentences(blocks, sheet_a, sheet_b, _one_each(linking, found.sentences), settings)
    pieces = [piece for block in blocks for piece in _voices(block, sheet_a, sheet_b, settings)] + rewritten
    if not pieces and not found.cases:
        return None
    return _alignment(sheet_a, sheet_b, pieces, alike, found.cases, settings, shared)


def _same_text(a: Sheet, b: Sheet) -> bool:
    """Whether two texts are equal letter by letter, with equal words in equal voices."""
    same = 0 < len(a) == len(b) and a.reading.article.text == b.reading.article.text and a.voices == b.voices
    same = same and a.reading.article.language == b.reading.article.language
    return same and np.array_equal(a.reading.starts, b.reading.starts)


@lru_cache(maxsize=256)  # sheets are compared by identity; in a crowd of reprints one stands in many pairs in a row
def _with_itself(sheet: Sheet, settings: Settings) -> Alignment:
    """The alignment of a text with an equal one."""
    block = [Run(0, 0, len(sheet))]
    cases = find_cases(sheet, sheet, [block], settings).cases
    return _alignment(sheet, sheet, _voices(block, sheet, sheet, settings), 0, cases, settings)


_EXPLAINED = 0.6  # of a sentence's words; a block that holds so many shows the sentence better than a pair does


def _one_each(linking: Sequence[Pairing], inside: Sequence[Pairing]) -> list[Pairing]:
    """The sentence pairs that link the articles, and of those within cases the ones whose words are free yet."""
    chosen = list(linking)
    taken_a, taken_b = _covered(pair.a for pair in linking), _covered(pair.b for pair in linking)
    for pair in inside:
        words_a, words_b = bits_between(pair.a), bits_between(pair.b)
        if not (taken_a & words_a or taken_b & words_b):
            chosen.append(pair)
            taken_a, taken_b = taken_a | words_a, taken_b | words_b
    return chosen


def _covered(ranges: Iterable[Range]) -> int:
    """The words in any of some ranges, as bits."""
    found = 0
    for words in ranges:
        found |= bits_between(words)
    return found


def _with_sentences(
    blocks: list[Block], a: Sheet, b: Sheet, pairings: Sequence[Pairing], settings: Settings
) -> tuple[list[Block], list[_Piece]]:
    """Blocks without the scraps that a sentence pair explains better, and the sentence pairs as pieces."""
    pieces: list[_Piece] = []
    runs = _runs_of(blocks)
    held_a, held_b = bits_of_runs(runs, 0), bits_of_runs(runs, 1)
    for range_a, range_b in pairings:
        size_a, size_b = range_a[1] - range_a[0], range_b[1] - range_b[0]
        in_a = (held_a >> range_a[0] & (1 << size_a) - 1).bit_count()
        in_b = (held_b >> range_b[0] & (1 << size_b) - 1).bit_count()
        matched = _matched(runs, range_a, range_b) if in_a and in_b else 0
        shorter = min(size_a, size_b)
        tied_elsewhere = max(in_a, in_b) > 2 * matched
        if matched >= _EXPLAINED * shorter or tied_elsewhere:
            continue
        if matched:
            blocks = [part for block in blocks for part in _without(block, range_a, range_b, settings)]
            runs = _runs_of(blocks)
            held_a, held_b = bits_of_runs(runs, 0), bits_of_runs(runs, 1)
        left, right = a.reading.hashes[slice(*range_a)].tolist(), b.reading.hashes[slice(*range_b)].tolist()
        equal = equal_words(left, right, range_a[0], range_b[0])
        reason = _sentence_reason(a, b, range_a, range_b)
        pieces.append(_Piece(tuple(equal), "no", reason, "rewritten", range_a, range_b))
    return blocks, pieces


def _without(block: Block, range_a: Range, range_b: Range, settings: Settings) -> list[Block]:
    """What is left of a block without the words that lie in both ranges, where it is enough for a passage."""
    if block[0].a >= range_a[1] or block[-1].a + block[-1].words <= range_a[0]:
        return [block]
    left = [part for run in block for part in _outside(run, range_a, range_b)]
    return [part for part in cut_at_gaps(left, settings.gap_words) if words_in(part) >= settings.passage_words]


def _runs_of(blocks: Iterable[Block]) -> list[Run]:
    return sorted(run for block in blocks for run in block)


def _matched(runs: Sequence[Run], range_a: Range, range_b: Range) -> int:
    """How many words of one range runs (in the order of a, apart) tie to words of the other."""
    (low_a, high_a), (low_b, high_b) = range_a, range_b
    matched = 0
    for a, b, words in islice(runs, max(0, bisect(runs, (low_a,)) - 1), None):
        if a >= high_a:
            break
        first, end = max(0, low_a - a, low_b - b), min(words, high_a - a, high_b - b)
        if first < end:
            matched += end - first
    return matched


def _inside(run: Run, range_a: Range, range_b: Range) -> Range:
    """The words of a run that lie in both ranges, counted from its first."""
    first = max(0, range_a[0] - run.a, range_b[0] - run.b)
    return first, max(first, min(run.words, range_a[1] - run.a, range_b[1] - run.b))


def _outside(run: Run, range_a: Range, range_b: Range) -> list[Run]:
    """What is left of a run without the words that lie in both ranges."""
    first, end = _inside(run, range_a, range_b)
    if first == end:
        return [run]
    parts = (Run(run.a, run.b, first), Run(run.a + end, run.b + end, run.words - end))
    return [part for part in parts if part.words]


def _sentence_reason(a: Sheet, b: Sheet, range_a: Range, range_b: Range) -> str | None:
    for sheet, words in ((a, range_a), (b, range_b)):
        inside, half = bits_between(words), (words[1] - words[0]) / 2
        if (sheet.house & inside).bit_count() > half:
            return HOUSE
        if (sheet.voiced & inside).bit_count() > half:
            return THIRD_PARTY
    return None


HOUSE = "repeated on other pages of the outlet"
QUOTED_ON_BOTH = "quoted in both texts"
QUOTATION = "a quotation in one of the texts"
THIRD_PARTY = "words of a third party"

_SCRAP = 4  # words; a stretch in another voice that is shorter (a scare quote) does not cut a passage


def _voices(block: Block, a: Sheet, b: Sheet, settings: Settings) -> list[_Piece]:
    """A block cut where the voice changes."""
    last = block[-1]
    own_a = not a.foreign & bits_between((block[0].a, last.a + last.words))
    if own_a and not b.foreign & bits_between((block[0].b, last.b + last.words)):
        return [_piece(_OWN, tuple(block), a, b, settings)]
    stretches = _stretches(_codes(block, a, b))
    return [_piece(code, _runs_between(block, first, end), a, b, settings) for code, first, end in stretches]


def _piece(code: int, runs: tuple[Run, ...], a: Sheet, b: Sheet, settings: Settings) -> _Piece:
    quoted, reason = _verdict(code, runs, a, b, settings)
    range_a, range_b = (runs[0].a, runs[-1].a + runs[-1].words), (runs[0].b, runs[-1].b + runs[-1].words)
    return _Piece(runs, quoted, reason, "verbatim" if len(runs) == 1 else "edited", range_a, range_b)


_OWN, _HOUSE, _BOTH, _THIRD, _A, _B = range(6)


def _code(in_a: int, in_b: int) -> int:
    """Whose voice a shared word is in, on both sides together, by ``Sheet.voices`` of either."""
    if (in_a | in_b) & 4:
        return _HOUSE
    if in_a & in_b & 1:
        return _BOTH
    # who quotes says whom it quotes: only the other's sentence, or one that nobody quotes, can be a third party's
    if in_a & 3 == 2 or in_b & 3 == 2:
        return _THIRD
    return _A if in_a & 1 else _B if in_b & 1 else _OWN


_CODES = bytes(_code(both & 7, both >> 3) for both in range(64)) + bytes(192)


def _codes(block: Block, a: Sheet, b: Sheet) -> bytes:
    """Whose voice each word of a block is in."""
    voices_a, voices_b = a.voices, b.voices
    in_a = b"".join([voices_a[at : at + words] for at, _, words in block])
    in_b = b"".join([voices_b[at : at + words] for _, at, words in block])
    # subtle: all words at once, one byte a word: no voice is above 7, so that no byte flows into the next
    both = int.from_bytes(in_a, "little") | int.from_bytes(in_b, "little") << 3
    return both.to_bytes(len(in_a), "little").translate(_CODES)


_ALIKE = re.compile(rb"(.)\1*", re.DOTALL)


def _stretches(codes: bytes) -> list[tuple[int, int, int]]:
    """Ranges of equal codes, with their code; a scrap takes the code of the stretch before it."""
    out: list[tuple[int, int, int]] = []
    for found in _ALIKE.finditer(codes):
        (first, end), code = found.span(), found.group()[0]
        if out and (end - first < _SCRAP or code == out[-1][0]):
            out[-1] = (out[-1][0], out[-1][1], end)
        elif out and out[-1][2] - out[-1][1] < _SCRAP:
            out[-1] = (code, out[-1][1], end)
        else:
            out.append((code, first, end))
    return out


def _runs_between(block: Block, first: int, end: int) -> tuple[Run, ...]:
    """The runs of a block from one of its words to another, counted over all its runs."""
    found = []
    for a, b, words in block:
        if end <= 0:
            break
        if first < words:
            low, high = max(first, 0), min(end, words)
            found.append(Run(a + low, b + low, high - low))
        first, end = first - words, end - words
    return tuple(found)


def _verdict(code: int, runs: Sequence[Run], a: Sheet, b: Sheet, settings: Settings) -> tuple[Quoted, str | None]:
    """Where a stretch is quoted, and why it is not counted, if so."""
    if code == _HOUSE:
        return "no", HOUSE
    if code == _BOTH:
        return "both", QUOTED_ON_BOTH
    if code == _THIRD:
        return "no", THIRD_PARTY
    if code == _OWN:
        return "no", None
    quoted: Quoted = "a" if code == _A else "b"
    quoting, other = (a, b) if code == _A else (b, a)
    ranges = [(at, at + run.words) for run in runs for at in ((run.a if code == _A else run.b),)]
    if sum(end - first for first, end in ranges) < settings.excerpt_words:
        return quoted, QUOTATION
    speaks = first_person(a.reading.article.language) | first_person(b.reading.article.language)
    in_person = any(not speaks.isdisjoint(quoting.forms(words)) for words in ranges)
    if in_person or _has_speaker(quoting, other, (ranges[0][0], ranges[-1][1])):
        return quoted, QUOTATION
    return quoted, None


_NEAR_QUOTE = 10  # words before and after a quotation in which its speaker is named
_NAMED_BEFORE = 60  # words before it in which the paper that it is taken from may be named


def _has_speaker(quoting: Sheet, other: Sheet, quotation: Range) -> bool:
    """Whether the sentence around a quotation gives it to a speaker ("Lind said") and not to the other's outlet.

    What somebody said stands in quotation marks in one paper and in a transcript without them in another; neither
    took it from the other.
    """
    (first, end), sentence, marked = quotation, quoting.reading.sentence, quoting.reading.quoted
    low = max(0, first - _NAMED_BEFORE)
    forms = dict(enumerate(quoting.forms((low, min(len(quoting), end + _NEAR_QUOTE))), low))
    before = [i for i in range(max(0, first - _NEAR_QUOTE), first) if sentence[i] == sentence[first]]
    after = [i for i in range(end, min(len(quoting), end + _NEAR_QUOTE)) if sentence[i] == sentence[end - 1]]
    around = [*before, *after, *(i for i in range(first, end) if not marked[i])]
    says = speech_words(quoting.reading.article.language)
    if not any(forms[i] in says for i in around if not marked[i]):
        return False
    nearby = {forms[i] for i in (*range(low, first), *around)}
    return not any(set(name) <= nearby for name in names.spellings(other.reading.article.outlet))


def _alignment(
    a: Sheet,
    b: Sheet,
    pieces: Sequence[_Piece],
    sentences: int,
    cases: Sequence[Pairing],
    settings: Settings,
    shared: Sequence[Block] | None = None,
) -> Alignment:
    """The alignment with its counts; see ``shared.Alignment`` for what each of them means."""
    counted = [p for p in pieces if p.reason is None]
    words_a, shared_a = _counts(a, [p.a for p in counted], [p.a for p in pieces if p.reason is not None])
    words_b, shared_b = _counts(b, [p.b for p in counted], [p.b for p in pieces if p.reason is not None])
    verbatim = sum(run.words for p in counted for run in p.runs if run.words >= settings.verbatim_run)
    enough = min(shared_a / words_a if words_a else 0.0, shared_b / words_b if words_b else 0.0) >= settings.near_share
    equal = len(a) == len(b) and a.reading.hashes.tobytes() == b.reading.hashes.tobytes()
    return Alignment(
        a=a.reading.article.id,
        b=b.reading.article.id,
        passages=tuple([_passage(p, a, b) for p in sorted(pieces, key=_BY_PLACE)]),
        words_a=words_a,
        words_b=words_b,
        shared_a=shared_a,
        shared_b=shared_b,
        verbatim_a=min(shared_a, verbatim),
        verbatim_b=min(shared_b, verbatim),
        plain=sum(_plain_words(p, a) for p in counted),
        excerpt_a=sum(p.matched for p in counted if p.quoted == "a"),
        excerpt_b=sum(p.matched for p in counted if p.quoted == "b"),
        sentences=sentences,
        equal=equal,
        near=equal or enough,
        fragments=tuple(Fragment(a.span(case.a), b.span(case.b)) for case in cases),
        measures=measured(a, b, shared),
    )


_BY_PLACE = attrgetter("a", "b")


def _counts(sheet: Sheet, counted: Iterable[Range], voices: Iterable[Range]) -> tuple[int, int]:
    """The counted words of a text, and how many of its words stand in a counted range and in none that is not."""
    voice = _covered(voices)
    return len(sheet) - (sheet.house | voice).bit_count(), (_covered(counted) & ~voice).bit_count()


def _plain_words(piece: _Piece, a: Sheet) -> int:
    """Lower-case words of a in a piece: the equal ones, of a rewritten sentence all."""
    words = bits_between(piece.a) if piece.kind == "rewritten" else bits_of_runs(piece.runs, 0)
    return (a.plain & words).bit_count()


def _passage(piece: _Piece, a: Sheet, b: Sheet) -> Passage:
    (first_a, end_a), (first_b, end_b) = piece.a, piece.b
    identity = round(piece.matched / max(end_a - first_a, end_b - first_b), 4)
    return Passage(a.span(piece.a), b.span(piece.b), piece.kind, identity, piece.quoted, piece.reason)
