"""Articles and alignments as bytes: what comes back is what went in."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import LAMP, MARKET, OWN, article, day

from provenance import Article, Credit, Published, Span, read_articles
from provenance.index import records
from provenance.model import Mark, Stamp
from provenance.pipeline import attributed, passages_between
from provenance.reconstruct import settle
from provenance.shared import Alignment

_ANY_TEXT = st.text(st.characters(codec=None), max_size=40)  # halves of pairs of surrogates too
_MAYBE = st.none() | _ANY_TEXT
_MOMENTS = st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda at: at.replace(tzinfo=UTC))
_TIMES = st.builds(Published, _MOMENTS, _MOMENTS, _ANY_TEXT)
_SPANS = st.builds(Span, st.integers(0, 2**40), st.integers(0, 2**40))
_CREDITS = st.builds(
    Credit,
    article=st.just("news/a.txt#7"),
    source_name=_ANY_TEXT,
    kind=_ANY_TEXT,
    tier=st.sampled_from("ABCD"),
    text=_ANY_TEXT,
    span=st.none() | _SPANS,
    inherited_from=_MAYBE,
    resolved_to=_MAYBE,
    resolved_ground=_MAYBE,
)
_ARTICLES = st.builds(
    Article,
    id=st.just("news/a.txt#7"),
    path=st.just("/a.txt"),
    text=st.text(st.characters(codec=None), max_size=200),
    boilerplate=st.lists(st.builds(Mark, _SPANS, _ANY_TEXT), max_size=3).map(tuple),
    title=_MAYBE,
    title_ground=_MAYBE,
    outlet=_MAYBE,
    outlet_ground=_MAYBE,
    byline=_MAYBE,
    byline_ground=_MAYBE,
    url=_MAYBE,
    language=_MAYBE,
    published=st.none() | _TIMES,
    stamps=st.lists(st.builds(Stamp, _ANY_TEXT, _TIMES, _SPANS), max_size=2).map(tuple),
    credits=st.lists(_CREDITS, max_size=2).map(tuple),
)


@settings(max_examples=80)
@given(_ARTICLES)
def test_any_article_comes_back_as_it_went_in(article: Article) -> None:
    record = records.unpacked(records.packed(records.article_bytes(article)))
    assert records.article_of(record, article.id, article.path) == article


@settings(max_examples=40)
@given(_ARTICLES, st.dictionaries(_ANY_TEXT, _TIMES, max_size=2))
def test_any_settled_article_comes_back_beside_the_one_that_was_read(
    settled: Article, dates: dict[str, Published]
) -> None:
    settled = replace(settled, stamps=())
    read = replace(settled, outlet=None, byline="Oda Lind", published=None, credits=())
    record = records.unpacked(records.packed(records.settled_bytes(settled, dates)))
    assert records.settled_of(record, read) == (settled, dates)


@settings(max_examples=60)
@given(_ARTICLES, _ARTICLES)
def test_two_contents_are_one_only_where_all_but_id_and_path_is_equal(one: Article, other: Article) -> None:
    assert content(one) == content(elsewhere(one))
    assert (content(one) == content(other)) == (one == other)


def content(article: Article) -> bytes:
    return records.content_of(records.article_bytes(article))


def elsewhere(article: Article) -> Article:
    credits = tuple(replace(credit, article="b.txt") for credit in article.credits)
    return replace(article, id="b.txt", path="elsewhere/b.txt", credits=credits)


WHOLE = article(
    "a",
    LAMP[0],
    title="The lamp",
    title_ground="headline",
    outlet="Gull Herald",
    byline="Oda Lind",
    byline_ground="stated",
    url="https://gull.example/a",
    published=day(4),
    boilerplate=(Mark(Span(0, 3), "title"),),
    stamps=(Stamp("Gull Herald", day(4), Span(4, 9)),),
    credits=(Credit("a", "SKPA", "agency", "A", "SKPA", Span(4, 8)),),
)
CHANGES: dict[str, Any] = {
    "text": LAMP[1],
    "title": None,
    "title_ground": "file name",
    "outlet": "Gull Heralds",
    "outlet_ground": None,
    "byline": "",
    "byline_ground": None,
    "url": "https://gull.example/b",
    "language": None,
    "published": replace(day(4), read_from="a guess"),
    "boilerplate": (Mark(Span(0, 4), "title"),),
    "stamps": (),
    "credits": (Credit("a", "SKPA", "agency", "B", "SKPA", Span(4, 8)),),
}


@pytest.mark.parametrize("field", [name for name in Article.__slots__ if name not in ("id", "path")])
def test_whatever_differs_makes_another_content(field: str) -> None:
    """Every field of an article is asked for, so that a new one cannot be forgotten in the record."""
    assert content(replace(WHOLE, **{field: CHANGES[field]})) != content(WHOLE)


def test_a_moment_keeps_its_microseconds_also_before_1970() -> None:
    moments = [datetime(1851, 9, 18, 5, 4, 3, 1, tzinfo=UTC), datetime(2031, 5, 4, tzinfo=UTC) - timedelta.resolution]
    for moment in moments:
        old = replace(WHOLE, published=Published(moment, None, "stated"))
        assert records.article_of(records.article_bytes(old), "a", "a") == old


def test_what_real_pairs_share_comes_back_from_either_side(root: object) -> None:
    articles, _ = attributed(read_articles(f"{root}/inputs/classroom").articles, None)
    pairs = combinations(articles[1:12], 2)
    found = [shared for a, b in pairs if (shared := passages_between(a, b)) is not None]
    assert len(found) > 5
    assert any(shared.passages and shared.fragments for shared in found)
    for shared in found:
        record = records.unpacked(records.packed(records.alignment_bytes(shared)))
        assert records.alignment_of(record, shared.a, shared.b) == shared
        assert b"classroom" not in record and shared.a.encode() not in record  # ids may change, texts do not


def test_a_record_that_was_changed_is_refused_and_never_half_read() -> None:
    article_record, alignment_record = records.article_bytes(WHOLE), records.alignment_bytes(_ALIGNMENT)
    for record in (article_record, alignment_record):
        packed = records.packed(record)
        for at in range(len(packed)):
            broken = packed[:at] + bytes([packed[at] ^ 0x10]) + packed[at + 1 :]
            with suppress(records.BrokenRecord):
                assert records.unpacked(broken) == record  # bits that zlib does not read
        with pytest.raises(records.BrokenRecord):
            records.unpacked(packed[:-5])
    for wrong in (b"", b"[]", b"[1,2]\ntext", b"{}\n", article_record.replace(b"[", b"]")):
        with pytest.raises(records.BrokenRecord):
            records.article_of(wrong, "a", "a")
        with pytest.raises(records.BrokenRecord):
            records.alignment_of(wrong, "a", "b")
        with pytest.raises(records.BrokenRecord):
            records.settled_of(wrong, WHOLE)
    with pytest.raises(records.BrokenRecord):
        records.unpacked(None)  # type: ignore[arg-type]  # a column that is empty


def _aligned() -> Alignment:
    one, other = article("a", *LAMP[:3], OWN[0]), article("b", *MARKET[:2], *LAMP[:3])
    shared = passages_between(one, other)
    assert shared is not None and shared.passages
    return shared


_ALIGNMENT = _aligned()


def test_what_was_settled_of_the_sample_articles_comes_back(root: object) -> None:
    for read in read_articles(f"{root}/inputs/deutsch").articles:
        settled = settle(read, frozenset({"Nordkurier"}))
        assert records.settled_of(records.settled_bytes(*settled), read) == settled


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://gull.example/a", "http://GULL.example/a/", True),
        ("https://gull.example/a#part", "https://gull.example/a", True),
        ("https://gull.example/a?id=1", "https://gull.example/a?id=2", False),
        ("https://gull.example/A", "https://gull.example/a", False),
        ("gull.example/a", " gull.example/a ", True),
        ("https://gull.example/a", "https://kelp.example/a", False),
    ],
)
def test_addresses_are_one_where_scheme_fragment_and_last_slash_differ(one: str, other: str, same: bool) -> None:
    assert (records.address_of(one) == records.address_of(other)) is same


def test_no_address_is_none() -> None:
    assert records.address_of(None) is None and records.address_of("") is None
    assert records.address_of("http://[broken/a") is not None, "what is no address is compared as it is written"


def test_records_are_json_that_any_program_reads() -> None:
    head, _, text = records.article_bytes(WHOLE).partition(b"\n")
    assert json.loads(head)[2] == "Gull Herald" and text.decode() == WHOLE.text
