"""Articles and alignments as bytes, and back: what an index keeps of them.

Every record is packed with zlib, whose checksum tells a damaged one. Nothing in a record can run.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
import xxhash

from provenance.model import Article, Credit, Mark, Passage, Published, Span, Stamp
from provenance.shared import Alignment, Fragment, Measures

Settled = tuple[Article, Mapping[str, Published]]


class BrokenRecord(ValueError):
    """A record is not as it was written."""


# --- articles -------------------------------------------------------------------------------------------------------


def article_bytes(article: Article) -> bytes:
    """An article as it was read, without its id and path: equal for equal articles."""
    a = article
    head = [
        a.title, a.title_ground, a.outlet, a.outlet_ground, a.byline, a.byline_ground, a.url, a.language,
        _written_time(a.published),
        [[m.span.start, m.span.end, m.reason] for m in a.boilerplate],
        [[s.name, _written_time(s.published), s.span.start, s.span.end] for s in a.stamps],
        [_written_credit(c) for c in a.credits],
    ]  # fmt: skip
    text = a.text.encode("utf-8", "surrogatepass")
    return b"%s\n%s" % (_json(head), text)


def content_of(record: bytes) -> bytes:
    """By what the same article is known when it comes again: 16 bytes."""
    return xxhash.xxh3_128_digest(record)


def packed(record: bytes) -> bytes:
    """A record as it is stored: by the frequency of its bytes alone, in half the time of zlib's level 1."""
    packer = zlib.compressobj(1, strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(record) + packer.flush()


def unpacked(data: bytes) -> bytes:
    """A record as it was before it was stored.

    Raises:
        BrokenRecord: it was changed meanwhile.
    """
    try:
        return zlib.decompress(data)
    except (zlib.error, TypeError) as wrong:
        raise BrokenRecord(str(wrong)) from wrong


def article_of(record: bytes, id: str, path: str) -> Article:
    """The article of a record.

    Raises:
        BrokenRecord: it is none.
    """
    try:
        head, _, text = record.partition(b"\n")
        (
            title, title_ground, outlet, outlet_ground, byline, byline_ground, url, language, published, marks, stamps,
            credits,
        ) = _parsed(head)  # fmt: skip
        return Article(
            id, path, text.decode("utf-8", "surrogatepass"),
            tuple([Mark(Span(start, end), reason) for start, end, reason in marks]),
            title, title_ground, outlet, outlet_ground, byline, byline_ground, url, language, _read_time(published),
            tuple([Stamp(name, _some(_read_time(time)), Span(start, end)) for name, time, start, end in stamps]),
            tuple([_read_credit(id, each) for each in credits]),
        )  # fmt: skip
    except (ValueError, TypeError) as wrong:
        raise BrokenRecord(str(wrong)) from wrong


def seal_of(columns: Sequence[Any]) -> int:
    """By what it is seen that somebody else changed what stands beside a record: the columns of its article."""
    told = repr([*columns]).encode("utf-8", "surrogatepass")
    return int.from_bytes(xxhash.xxh3_64_digest(told), "little", signed=True)


def settled_bytes(article: Article, dates: Mapping[str, Published]) -> bytes:
    """What ``reconstruct.settle`` made of an article, beside the article."""
    a = article
    return _json([
        a.outlet, a.outlet_ground, a.byline, a.byline_ground, _written_time(a.published),
        [_written_credit(c) for c in a.credits],
        {name: _written_time(published) for name, published in dates.items()},
    ])  # fmt: skip


def settled_of(record: bytes, article: Article) -> Settled:
    """What ``reconstruct.settle`` made of an article as it was read.

    Raises:
        BrokenRecord: it is not as it was written.
    """
    try:
        outlet, outlet_ground, byline, byline_ground, published, credits, dates = _parsed(record)
        settled = replace(
            article, outlet=outlet, outlet_ground=outlet_ground, byline=byline, byline_ground=byline_ground,
            published=_read_time(published), stamps=(),
            credits=tuple([_read_credit(article.id, each) for each in credits]),
        )  # fmt: skip
        return settled, {name: _some(_read_time(time)) for name, time in dates.items()}
    except (ValueError, TypeError) as wrong:
        raise BrokenRecord(str(wrong)) from wrong


def address_of(url: str | None) -> str | None:
    """An address as it is compared: the scheme, the fragment and a last slash tell nothing."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a bracket that belongs to no address
        return url.strip()
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}?{parts.query}" if parts.netloc else url.strip()


# --- alignments -----------------------------------------------------------------------------------------------------


_NUMBERS = (
    "words_a", "words_b", "shared_a", "shared_b", "verbatim_a", "verbatim_b", "plain", "excerpt_a", "excerpt_b",
    "sentences", "equal", "near",
)  # fmt: skip


def alignment_bytes(found: Alignment) -> bytes:
    """What two articles share, without their ids."""
    x, m = found, found.measures
    return _json([
        [
            [p.a.start, p.a.end, p.b.start, p.b.end, p.kind, p.identity, p.quoted, p.reason] for p in x.passages
        ],
        [getattr(x, name) for name in _NUMBERS],
        [[f.a.start, f.a.end, f.b.start, f.b.end] for f in x.fragments],
        [m.narrative, m.spoken, m.quoted_a, m.quoted_b, m.presented, m.share_a, m.share_b, m.spread_a, m.spread_b,
         m.runs, m.run_words, m.figures_same, m.figures_changed, m.figures, m.rest],
    ])  # fmt: skip


def alignment_of(record: bytes, a: str, b: str) -> Alignment:
    """What two articles share.

    Raises:
        BrokenRecord: the record is no alignment.
    """
    try:
        passages, numbers, fragments, measures = _parsed(record)
        return Alignment(
            a, b,
            tuple([
                Passage(Span(i, j), Span(k, n), kind, identity, quoted, reason)
                for i, j, k, n, kind, identity, quoted, reason in passages
            ]),
            **dict(zip(_NUMBERS, numbers, strict=True)),
            fragments=tuple([Fragment(Span(i, j), Span(k, n)) for i, j, k, n in fragments]),
            measures=Measures(*measures),
        )  # fmt: skip
    except (ValueError, TypeError) as wrong:
        raise BrokenRecord(str(wrong)) from wrong


# --- small parts ----------------------------------------------------------------------------------------------------


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a pair of surrogates in a title
        return json.dumps(value, separators=(",", ":")).encode()


def _parsed(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def _written_time(published: Published | None) -> list[Any] | None:
    if published is None:
        return None
    ends = (published.earliest, published.latest)
    return [*(None if end is None else (end - _EPOCH) // _TICK for end in ends), published.read_from]


def _read_time(written: Sequence[Any] | None) -> Published | None:
    if written is None:
        return None
    earliest, latest, read_from = written
    return Published(_moment(earliest), _moment(latest), read_from)


def _moment(ticks: int | None) -> datetime | None:
    return None if ticks is None else _EPOCH + ticks * _TICK


def _some(published: Published | None) -> Published:
    return cast(Published, published)


def _written_credit(credit: Credit) -> list[Any]:
    c = credit
    span = (None, None) if c.span is None else (c.span.start, c.span.end)
    return [c.source_name, c.kind, c.tier, c.text, *span, c.inherited_from, c.resolved_to, c.resolved_ground]


def _read_credit(id: str, written: Sequence[Any]) -> Credit:
    name, kind, tier, text, start, end, *resolved = written
    return Credit(id, name, kind, tier, text, None if start is None else Span(start, end), *resolved)
