"""Bare texts are the texts that ``read`` gives, and come back by number."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from provenance.ingest import read
from provenance.ingest.texts import Texts
from provenance.shared import TextBatch

COUNT = 600  # records: three batches, the last one not full
RECORDS = [
    {"id": f"n{k}", "outlet": "Quay Post", "published": f"2031-05-{k % 28 + 1:02}", "text": f"The {k}th ferry sailed."}
    for k in range(COUNT)
]


def written(lines: list[str], path: Path) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def whole(texts: Texts) -> TextBatch:
    """All batches as one."""
    out = TextBatch([], [], [], [])
    columns: list[Any] = [*out]
    for batch, _ in texts.batches():
        for column, part in zip(columns, batch, strict=True):
            column += part
    return out


@pytest.fixture
def lines() -> list[str]:
    return [json.dumps(record) for record in RECORDS]


def test_ids_and_texts_are_those_of_the_articles(lines: list[str], tmp_path: Path) -> None:
    path = written(lines, tmp_path / "news.jsonl")
    texts = whole(Texts([path]))
    articles = {a.id: a for a in read([path]).articles}
    assert dict(zip(texts.ids, texts.texts, strict=True)) == {id: a.text for id, a in articles.items()}
    assert set(texts.outlets) == {"Quay Post"}
    assert len(set(texts.times)) == 28


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("pread", [False, True])
def test_texts_come_back_by_number_though_some_lines_hold_none(
    lines: list[str], tmp_path: Path, packed: bool, pread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not pread:  # as on Windows
        monkeypatch.delattr(os, "pread", raising=False)
    for at in (0, 255, 256, 400):
        lines[at:at] = ["", "no json", '{"id": 5}']
    path = written(lines, tmp_path / "news.jsonl")
    if packed:
        path.with_suffix(".jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
        path = path.with_suffix(".jsonl.gz")
    texts = Texts([path])
    found = whole(texts)
    asked = [599, 0, 255, 256, 257, 400]
    assert len(found.texts) == COUNT
    assert texts.again(asked) == [found.texts[k] for k in asked] == [RECORDS[k]["text"] for k in asked]
    assert [s.reason for s in texts.skipped[:2]] == ["line 2: broken JSON", "line 3: no text in it"]
    assert len(texts.skipped) == 8


def test_numbers_run_on_over_files(tmp_path: Path) -> None:
    paths = [written([json.dumps({"text": f"{name} news"})], tmp_path / f"{name}.jsonl") for name in ("a", "b", "c")]
    texts = Texts(paths)
    assert whole(texts).texts == texts.again(range(3)) == ["a news", "b news", "c news"]


def test_an_id_that_comes_twice_gets_its_line_added(tmp_path: Path) -> None:
    said: list[object] = ["x", "x", "x", " ", "", None, 7, True]
    path = written([json.dumps({"id": id, "text": "Harbour news."}) for id in said], tmp_path / "p.jsonl")
    ids = [id.removeprefix("p.jsonl#") for id in whole(Texts([path])).ids]
    assert ids == ["x", "x#2", "x#3", "4", "5", "6", "7", "True"]


def test_blank_texts_are_no_texts(tmp_path: Path) -> None:
    path = written(['{"text": " \\n "}', '{"text": ""}', '{"text": " Boats. "}'], tmp_path / "p.jsonl")
    texts = Texts([path])
    assert whole(texts).texts == [" Boats. "]
    assert len(texts.skipped) == 2
