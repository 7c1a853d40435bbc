"""What a worker reads of the documents it is given."""

import gzip

import pytest

from provenance.errors import InputError
from provenance.serve.work import Document, read, unpacked

MOST = 1_000_000
TEXT = b"Ferry aground\n\nThe ferry ran onto a reef off Gellan, and everybody was taken off safely before noon.\n"
PAGE = (
    b"<html><head><title>Ferry</title></head><body><article><p>The ferry ran onto a reef.</p></article></body></html>"
)
LINES = b'{"id": 1, "text": "The lamp was dark.", "outlet": "Gull"}\n{"id": 2, "text": "The choir sang."}\n'


def quiet(stage: str, done: int, total: int) -> None:
    pass


def document(name: str, data: bytes, **typed: str) -> Document:
    return Document(name, data, typed)


def test_what_was_typed_beside_a_text_is_known_and_says_so() -> None:
    (article,) = read(
        [document("pasted-1", TEXT, outlet="Gull", date="2031-05-03", url="https://gull.example/1")], MOST, quiet
    ).articles
    assert (article.outlet, article.outlet_ground) == ("Gull", "typed in with the text")
    assert article.published and article.published.earliest and article.published.earliest.day == 3
    assert article.published.read_from == 'typed in with the text: "2031-05-03"'
    assert article.url == "https://gull.example/1"


def test_pasted_pages_and_records_are_recognised() -> None:
    pile = read([document("pasted-1", PAGE), document("pasted-2", LINES)], MOST, quiet)
    assert [a.id for a in pile.articles] == ["pasted-1", "pasted-2#1", "pasted-2#2"]
    assert "<p>" not in pile.articles[0].text


def test_what_was_typed_beside_many_articles_is_not_said_of_them() -> None:
    pile = read([document("pasted-1", LINES, outlet="Post")], MOST, quiet)
    assert [a.outlet for a in pile.articles] == ["Gull", None]


def test_packed_files_are_unpacked() -> None:
    (article,) = read([document("a.txt.gz", gzip.compress(TEXT))], MOST, quiet).articles
    assert "reef off Gellan" in article.text


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (gzip.compress(bytes(2_000_000)), "several steps"),
        (b"x" * (MOST + 1), "several steps"),
        (gzip.compress(gzip.compress(TEXT)), "unpack it once"),
        (gzip.compress(TEXT)[:-9], "no readable gzip"),
    ],
)
def test_what_cannot_be_unpacked_says_what_to_do(data: bytes, cure: str) -> None:
    with pytest.raises(InputError, match=cure):
        unpacked(data, MOST)


def test_files_together_may_not_be_too_large_and_the_rest_goes_on() -> None:
    pile = read([document("a.txt", TEXT), document("b.txt", b"x" * 900), document("c.txt", b"It rained.")], 1000, quiet)
    assert [a.id for a in pile.articles] == ["a.txt", "c.txt"]
    assert [s.path for s in pile.skipped] == ["b.txt"]


def test_a_table_about_the_other_files_is_used_for_them() -> None:
    table = b"path,outlet,date\nnews/a.txt,Skerry Courier,2031-05-03\n"
    (article,) = read([document("articles.csv", table), document("a.txt", TEXT)], MOST, quiet).articles
    assert article.outlet == "Skerry Courier"
    assert article.outlet_ground == "articles.csv, column outlet"


def test_a_readme_among_many_files_is_no_article_but_alone_it_is() -> None:
    readme = document("README.md", TEXT)
    pile = read([readme, document("a.txt", TEXT)], MOST, quiet)
    assert [a.id for a in pile.articles] == ["a.txt"]
    assert "add it alone" in pile.skipped[0].reason
    assert [a.id for a in read([readme], MOST, quiet).articles] == ["README.md"]


def test_it_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    read([document("a.txt", TEXT), document("b.bin", b"\x00\x01")], MOST, lambda *said: told.append(said))
    assert told == [("reading", 1, 2), ("reading", 2, 2)]
