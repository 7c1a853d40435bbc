"""JSON lines are read a block at a time, and give what a look at the whole file gives."""

import gzip
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ingest import decode, read, read_document, readers
from provenance.ingest.records import parsed
from provenance.model import Article, Pile

TEXT = "The harbour of Marrow Bay – “the old one” – was closed on Monday after a crane fell, the port office said."
RECORDS = [
    {"id": f"a{n}", "text": f"{TEXT} Number {n}.", "title": f"Crane {n}", "date": f"2031-05-{n % 28 + 1:02}"}
    for n in range(60)
]
LINES = "\n".join(json.dumps(record, ensure_ascii=n % 2 == 0) for n, record in enumerate(RECORDS)) + "\n"
ODD = (
    "\n \u00a0\n[1]\n{broken\n\n"
    + LINES.replace("\n", "\r\n", 20).replace("Number 7", "Number\u2028 7")
    + '{"text": "last"}'
)
FORMS = {
    "plain": LINES.encode(),
    "odd lines": ODD.encode(),
    "marked as UTF-8": b"\xef\xbb\xbf" + ODD.encode(),
    "another encoding": LINES.encode("cp1252"),
    "UTF-16": LINES.encode("utf-16"),
    "packed": gzip.compress(ODD.encode()),
    "a broken character late": LINES.encode() + b'{"text": "caf\xe9 au lait"}\n',
    "nothing": b"",
    "only blanks": b" \n\n",
    "no articles": "\u00a0\n".encode(),
    "binary": b'{"text": "a\x00b"}\n' + LINES.encode(),
    "controls": b'{"text": "' + b"\x01" * 400 + b'"}\n' + LINES.encode(),
    "broken packing": gzip.compress(LINES.encode())[:-20],
    "equal ids": LINES.encode() * 2,
}


@pytest.mark.parametrize("block", [64, 1 << 20], ids=["small blocks", "large blocks"])
@pytest.mark.parametrize("form", FORMS)
def test_a_file_in_blocks_is_read_as_a_whole_one(
    form: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form in ("binary", "controls") and block == 64:
        block = 1 << 10  # the first block is what such files are known by
    monkeypatch.setattr(decode, "BLOCK", block)
    monkeypatch.setattr("provenance.ingest.readers.BLOCK", block)
    (tmp_path / "a.jsonl").write_bytes(FORMS[form])
    pile = read([tmp_path])
    whole = read_document("a.jsonl", FORMS[form])
    assert {a.id: (a.text, a.title, a.title_ground, a.published) for a in pile.articles} == {
        a.id: (a.text, a.title, a.title_ground, a.published) for a in whole.articles
    }
    assert sorted(s.reason for s in pile.skipped) == sorted(s.reason for s in whole.skipped)


def test_a_large_file_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.ingest.readers._TOLD_FROM", 1)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "more": "x" * 2_500_000}) + "\n" + LINES)
    told: list[tuple[str, int, int]] = []
    read([tmp_path], lambda *how: told.append(how))
    assert told == [("reading MB", 1, 2), ("reading MB", 2, 2), ("reading MB", 2, 2), ("reading", 1, 1)]


def test_a_file_is_never_held_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    real = decode.text_blocks
    monkeypatch.setattr(
        "provenance.ingest.readers.text_blocks",
        lambda blocks: (sizes.append(len(text)) or text for text in real(blocks)),  # type: ignore[func-returns-value]
    )
    monkeypatch.setattr("provenance.ingest.readers.BLOCK", 4096)
    (tmp_path / "a.jsonl").write_bytes(LINES.encode())
    assert len(read([tmp_path]).articles) == len(RECORDS)
    assert len(sizes) > 2 and max(sizes) < 6000


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", 10**30, -(2**63) - 1]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(values, st.booleans())
def test_json_says_what_the_standard_library_reads(value: object, is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii)
    assert repr(parsed(text)) == repr(json.loads(text))


@pytest.mark.parametrize(
    "text", ["1e400", "-0", "-0.0", "9" * 40, '{"a": 1, "b": 2, "a": 3}', "[" * 60 + "1.5" + "]" * 60]
)
def test_unusual_json_is_read_as_the_standard_library_does(text: str) -> None:
    assert repr(parsed(text)) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["", "{", "[1,]", "nul", '"\t"', "9" * 5000, "1 2", "\ufeff1"])
def test_broken_json_is_refused_with_the_standard_library_s_words(text: str) -> None:
    with pytest.raises(ValueError) as expected:
        json.loads(text)
    with pytest.raises(ValueError) as raised:
        parsed(text)
    assert str(raised.value) == str(expected.value)


def test_a_number_that_is_none_is_read() -> None:
    assert math.isnan(parsed('{"text": NaN}')["text"])


# --- pages by several processes -------------------------------------------------------------------------------------


def page(number: int) -> str:
    body = "".join(f"<p>{TEXT} It was crane number {number}, and paragraph {n} of the report.</p>" for n in range(4))
    return f"<html><body><article><h1>Crane {number}</h1>{body}</article></body></html>"


def by_one_and_by_two(path: Path) -> tuple[Pile, Pile]:
    return read([path], workers=1), read([path], workers=2)


def test_many_pages_are_read_by_several_processes_as_by_one(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"p{number:02}.html").write_text(page(number) if number % 9 else "<html><body></body></html>")
    (tmp_path / "between-p10.txt").write_text(TEXT)
    one, two = by_one_and_by_two(tmp_path)
    assert one == two
    assert (len(two.articles), len(two.skipped)) == (63, 8)


def test_records_of_pages_are_read_by_several_processes_as_by_one(tmp_path: Path) -> None:
    records = [{"id": f"r{n % 66}", "html": page(n) if n % 7 else ""} for n in range(80)]
    records[3]["html"] = page(3) + "<p>more</p>"
    records = [r for n, r in enumerate(records) if n % 7 or n > 64]
    (tmp_path / "pages.jsonl").write_text("\n".join(map(json.dumps, records)))
    one, two = by_one_and_by_two(tmp_path / "pages.jsonl")
    assert one == two and len(two.articles) > 60 and two.skipped


def test_texts_beyond_what_memory_should_hold_lie_in_a_temporary_file_and_nobody_notices(tmp_path, monkeypatch):
    lines = [
        json.dumps({"id": n, "text": f"The ferry “{n}” was late again, the harbour master said."}) for n in range(5)
    ]
    (tmp_path / "one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"The pier was shut on day {n} of the storm.", encoding="utf-8")
    in_memory = read([tmp_path])
    monkeypatch.setattr(readers, "_IN_MEMORY", 10)
    assert read([tmp_path]) == in_memory
    lying = [type(vars(Article)["text"]._get(article)).__name__ for article in read([tmp_path]).articles]
    assert lying.count("Shelved") >= 7
