"""Which texts of a small pile share passages, and where; ``overlaps`` says the same of a large one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from provenance.match.blocks import find_blocks
from provenance.match.few import read_few
from provenance.match.reading import Reading
from provenance.match.runs import Block
from provenance.match.sheets import sheet_of
from provenance.model import Article, Published
from provenance.settings import Settings
from provenance.shared import Overlap


def plain_overlaps(
    texts: Sequence[str], outlets: Sequence[str | None], times: Sequence[float | None], settings: Settings
) -> Iterator[Overlap]:
    """What every two of some texts share; see ``overlaps.overlaps``.

    Args:
        texts: n texts, whole.
        outlets: their outlets, None where unknown.
        times: seconds of their publication since 1970, None where unknown.
        settings: numbers to change.
    """
    known = zip(texts, outlets, times, strict=True)
    readings, pairs, _ = read_few([_bare(number, *beside) for number, beside in enumerate(known)], (), settings)
    sheets = {i: sheet_of(readings[i], settings) for i in {i for pair in pairs for i in pair}}
    for i, j in pairs:
        blocks = find_blocks(readings[i], readings[j], sheets[i], sheets[j], settings)
        shown = [_passage(block, readings[i], readings[j]) for block in blocks]
        passages = [p for p in shown if p[4] >= settings.passage_words]
        words = sum(p[4] for p in passages)
        if words >= settings.listed_words:
            yield i, j, words, passages


def _bare(number: int, text: str, outlet: str | None, time: float | None) -> Article:
    at = None if time is None else datetime.fromtimestamp(time, UTC)
    return Article(str(number), "", text, outlet=outlet, published=Published(at, None, "") if at else None)


def _passage(block: Block, a: Reading, b: Reading) -> tuple[int, int, int, int, int, bool]:
    first, last = block[0], block[-1]
    words = sum(int((~a.house[run.a : run.a + run.words]).sum()) for run in block)
    ends = int(a.ends[last.a + last.words - 1]), int(b.ends[last.b + last.words - 1])
    return int(a.starts[first.a]), ends[0], int(b.starts[first.b]), ends[1], words, len(block) == 1
