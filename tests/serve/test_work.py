"""What a worker reads of the documents it is given."""

import gzip

import pytest

from provenance.errors import InputError
from provenance.serve import work
from provenance.serve.limits import Limits
from provenance.serve.work import Document, read, unpacked

MOST = 1_000_000
LIMITS = Limits(unpacked_bytes=MOST)
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
        [document("pasted-1", TEXT, outlet="Gull", date="2031-05-03", url="https://gull.example/1")], LIMITS, quiet
    ).articles
    assert (article.outlet, article.outlet_ground) == ("Gull", "typed in with the text")
    assert article.published and article.published.earliest and article.published.earliest.day == 3
    assert article.published.read_from == 'typed in with the text: "2031-05-03"'
    assert article.url == "https://gull.example/1"


def test_pasted_pages_and_records_are_recognised() -> None:
    pile = read([document("pasted-1", PAGE), document("pasted-2", LINES)], LIMITS, quiet)
    assert [a.id for a in pile.articles] == ["pasted-1", "pasted-2#1", "pasted-2#2"]
    assert "<p>" not in pile.articles[0].text


def test_what_was_typed_beside_many_articles_is_not_said_of_them() -> None:
    pile = read([document("pasted-1", LINES, outlet="Post")], LIMITS, quiet)
    assert [a.outlet for a in pile.articles] == ["Gull", None]


def test_packed_files_are_unpacked() -> None:
    (article,) = read([document("a.txt.gz", gzip.compress(TEXT))], LIMITS, quiet).articles
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
    pile = read(
        [document("a.txt", TEXT), document("b.txt", b"x" * 900), document("c.txt", b"It rained.")],
        Limits(unpacked_bytes=1000),
        quiet,
    )
    assert [a.id for a in pile.articles] == ["a.txt", "c.txt"]
    assert [s.path for s in pile.skipped] == ["b.txt"]


def test_a_table_about_the_other_files_is_used_for_them() -> None:
    table = b"path,outlet,date\nnews/a.txt,Skerry Courier,2031-05-03\n"
    (article,) = read([document("articles.csv", table), document("a.txt", TEXT)], LIMITS, quiet).articles
    assert article.outlet == "Skerry Courier"
    assert article.outlet_ground == "articles.csv, column outlet"


def test_a_readme_among_many_files_is_no_article_but_alone_it_is() -> None:
    readme = document("README.md", TEXT)
    pile = read([readme, document("a.txt", TEXT)], LIMITS, quiet)
    assert [a.id for a in pile.articles] == ["a.txt"]
    assert "add it alone" in pile.skipped[0].reason
    assert [a.id for a in read([readme], LIMITS, quiet).articles] == ["README.md"]


def test_it_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    read([document("a.txt", TEXT), document("b.bin", b"\x00\x01")], LIMITS, lambda *said: told.append(said))
    assert told == [("reading", 1, 2), ("reading", 2, 2)]


def test_a_large_file_is_named_while_it_is_read() -> None:
    told: list[tuple[str, int, int]] = []
    read([document("big.txt", b"word " * 300_000)], Limits(), lambda *said: told.append(said))
    assert told[0] == ("Reading big.txt (2 MB)", 0, 1)


@pytest.mark.parametrize(
    "record",
    [
        b'{"text": "a b", "date": ' + b"9" * 5000 + b"}",
        b'{"text": "a b", "date": ' + b"9" * 4000 + b"}",
        b'{"text": "a b", "date": 1e999, "id": -1e999}',
        b'{"text": "a b", "date": NaN, "url": "http://[b"}',
        b'{"a":' * 50_000,
        b"[" * 50_000,
    ],
)
@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x"])
def test_a_record_that_is_out_of_bounds_never_takes_the_others_with_it(name: str, record: bytes) -> None:
    pile = read([document("a.txt", TEXT), document(name, record + b"\n"), document("b.txt", LINES)], LIMITS, quiet)
    assert {"a.txt", "b.txt"} <= {a.id for a in pile.articles}
    assert len(pile.articles) + len(pile.skipped) == 3


def test_a_number_that_is_none_is_skipped_with_the_reason() -> None:
    record = b'{"text": "a b", "date": ' + b"9" * 5000 + b"}"
    pile = read([document("x.json", record), document("y.jsonl", record + b'\n{"text": "c d"}')], LIMITS, quiet)
    assert [a.id for a in pile.articles] == ["y.jsonl#2"]
    assert all("more digits" in s.reason for s in pile.skipped) and len(pile.skipped) == 2


def test_a_fault_of_ours_in_one_document_is_said_and_the_others_are_read(monkeypatch, capsys) -> None:
    sound = work.read_document

    def broken(name: str, data: bytes, most: int):
        return sound(name, data, most) if name != "bad.txt" else 1 / 0

    monkeypatch.setattr(work, "read_document", broken)
    pile = read([document("bad.txt", TEXT), document("a.txt", TEXT)], LIMITS, quiet)
    assert [a.id for a in pile.articles] == ["a.txt"]
    assert "fault of provenance (ZeroDivisionError" in pile.skipped[0].reason
    assert "Traceback" in capsys.readouterr().err


LIMITED = Limits(articles=3)


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [("x.jsonl", "", '{{"text": "text {}"}}\n\n'), ("x.csv", "id,text\n", '{0},"text\nof {0}"\n')],
)
def test_a_file_without_end_is_read_up_to_the_limit(name: str, head: str, line: str) -> None:
    data = (head + "".join(line.format(n) for n in range(50))).encode()
    pile = read([document(name, data), document("b.txt", TEXT)], LIMITED, quiet)
    assert len(pile.articles) == 3 and pile.articles[2].text.endswith(" 2")
    assert [s.path for s in pile.skipped] == [name, "b.txt"]
    assert "only its first 3 records" in pile.skipped[0].reason and "the pile is full" in pile.skipped[1].reason
    pile = read([document(name, (head + "".join(line.format(n) for n in range(3))).encode())], LIMITED, quiet)
    assert len(pile.articles) == 3 and not pile.skipped


def test_an_article_of_many_lines_is_no_file_of_records() -> None:
    (article,) = read([document("poem.txt", b"One more line.\n\n" * 50)], LIMITED, quiet).articles
    assert article.text.count("line") == 50
