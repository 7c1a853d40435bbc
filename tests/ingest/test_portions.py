"""Articles a portion at a time: those that reading all at once gives, never more of them in memory than asked for."""

import gzip
import json
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path

import pytest

from provenance import read_articles
from provenance.errors import InputError
from provenance.ingest import article_files, portions, told_apart
from provenance.model import Article, Pile, Skipped

MODULE = import_module("provenance.ingest.portions")  # the package has a function of that name
TEXT = "The ferry to Carrow Point will not sail again before the pier has been mended, the harbour master said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A table of forty articles, two of them broken, between two texts and what is not read."""
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    records = [json.dumps({"id": str(n), "outlet": "Gull Herald", "text": f"{TEXT} {n}"}) for n in range(40)]
    records[7], records[21] = "{broken", "[]"
    (folder / "b.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")
    (folder / "a.txt").write_text(f"{TEXT} first")
    (folder / "sub" / "c.txt").write_text(f"{TEXT} last")
    (folder / "empty.txt").write_text("")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def read(*paths: Path, size: int, **options: object) -> list[tuple[str, Pile]]:
    return list(portions([*paths], size, **options))  # type: ignore[arg-type]


def whole(found: list[tuple[str, Pile]]) -> tuple[list[Article], list[Skipped]]:
    """What was read in all, as ``read_articles`` gives it."""
    articles = sorted(told_apart([(root, pile.articles) for root, pile in found]), key=lambda a: a.id)
    return articles, sorted((s for _, pile in found for s in pile.skipped), key=lambda s: (s.path, s.reason))


@pytest.mark.parametrize("large_from", [1, 1 << 40], ids=["divided", "whole"])
def test_portions_together_are_what_reading_at_once_gives(
    folder: Path, large_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MODULE, "MANY_FROM", large_from)
    at_once = read_articles(folder)
    articles, skipped = whole(read(folder, size=9))
    assert articles == list(at_once.articles) and len(articles) == 40
    assert skipped == sorted(at_once.skipped, key=lambda s: (s.path, s.reason)) and len(skipped) >= 3


def test_a_large_file_comes_in_portions_in_its_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "MANY_FROM", 1)
    found = [pile for _, pile in read(folder / "b.jsonl", size=9)]
    sizes = [len(pile.articles) + len(pile.skipped) for pile in found]
    assert sizes == [9, 9, 9, 9, 4]
    order = [int(article.id.partition("#")[2]) for pile in found for article in pile.articles]
    assert order == [n for n in range(40) if n not in (7, 21)]


def test_no_more_is_read_of_a_large_file_than_was_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "MANY_FROM", 1)
    made: list[object] = []
    every = MODULE.each_record
    monkeypatch.setattr(MODULE, "each_record", lambda *asked: noted(every(*asked), made))
    next(portions([folder / "b.jsonl"], 5))
    assert len(made) == 5


def noted(some: Iterator[object], made: list[object]) -> Iterator[object]:
    for one in some:
        made.append(one)
        yield one


def test_each_portion_says_which_path_led_to_it(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text(f"{TEXT} other")
    found = read(folder, other, size=100)
    ids = {root: [a.id for _, pile in some for a in pile.articles] for root, some in groupby(found, lambda one: one[0])}
    assert sorted(ids) == [str(other), str(folder)] and ids[str(other)] == ["a.txt"]
    assert [a.id for a in whole(found)[0] if a.id.endswith("a.txt")] == [str(other), f"{folder}/a.txt"]


def test_reading_can_be_limited_to_some_files(folder: Path) -> None:
    only = {str(folder / "sub" / "c.txt"), str(folder / "a.txt")}
    articles, skipped = whole(read(folder, size=9, only=only))
    assert [a.id for a in articles] == ["a.txt", "sub/c.txt"] and skipped == []
    assert read(folder, size=9, only=set()) == []


def test_a_file_in_another_encoding_is_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "MANY_FROM", 1)
    lines = "".join(json.dumps({"text": f"{TEXT} Öl für Bärbel {n}"}, ensure_ascii=False) + "\n" for n in range(30))
    (tmp_path / "old.jsonl").write_bytes(lines.encode("cp1252"))
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    for name in ("old.jsonl", "packed.jsonl.gz"):
        articles, skipped = whole(read(tmp_path / name, size=9))
        assert articles == list(read_articles(tmp_path / name).articles) and not skipped
        assert len(articles) == 30 and "Bärbel" in articles[0].text


def test_progress_ends_at_its_total(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read(folder, size=9, progress=lambda *said: told.append(said))
    assert told[-1] == ("reading", len(told), len(told))


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read(tmp_path / "nowhere", size=9)


def test_the_files_of_a_folder_are_those_that_are_read(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in article_files(folder)]
    assert names == ["a.txt", "b.jsonl", "empty.txt", "sub/c.txt"]
