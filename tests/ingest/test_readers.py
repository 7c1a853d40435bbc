"""Files, folders and standard input made into a pile; what cannot be read is said."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from provenance.errors import InputError
from provenance.ingest import read, read_document
from provenance.model import Article, Pile
from provenance.report import one_file

TEXT = "The harbour of Marrow Bay was closed on Monday after a crane fell, the port office said."
RECORD = {
    "id": "a1",
    "text": TEXT,
    "title": "Crane closes harbour",
    "outlet": "Harbour Post",
    "date": "2031-05-03",
    "byline": "Ada Quill",
    "url": "https://example.org/crane",
}


def reasons(pile: Pile) -> list[str]:
    return [skipped.reason for skipped in pile.skipped]


def only(pile: Pile) -> Article:
    assert len(pile.articles) == 1, pile
    return pile.articles[0]


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/c.md", "a.txt", ".hidden.txt", "README.md", "LICENSE", "truth.json"):
        (tmp_path / name).write_text(TEXT)
    pile = read([tmp_path])
    assert [a.id for a in pile.articles] == ["a.txt", "b.txt", "sub/c.md"] and pile.skipped == ()


def test_an_unknown_suffix_is_listed_as_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "chart.xls").write_bytes(b"x")
    assert reasons(read([tmp_path])) == [".xls: no known format"]


def test_every_format_gives_the_same_article(tmp_path: Path) -> None:
    columns = list(RECORD)
    table = ",".join(columns) + "\n" + ",".join(f'"{RECORD[c]}"' for c in columns) + "\n"
    front = "---\n" + "\n".join(f"{c}: {RECORD[c]}" for c in columns if c not in ("text", "id")) + f"\n---\n{TEXT}"
    forms = {
        "r.jsonl": json.dumps(RECORD),
        "r.json": json.dumps([RECORD]),
        "s.json": json.dumps(RECORD),
        "d.json": json.dumps({"docs": [RECORD]}),
        "r.csv": table,
        "t.csv": table.replace('","', '";"').replace(",".join(columns), ";".join(columns)),
        "r.md": front,
    }
    for name, content in forms.items():
        for data in (content.encode(), gzip.compress(content.encode())):
            article = only(read_document(name, data))
            assert (article.text.strip(), article.title, article.outlet, article.byline, article.url) == (
                TEXT,
                "Crane closes harbour",
                "Harbour Post",
                "Ada Quill",
                "https://example.org/crane",
            ), name
            assert article.published is not None and article.published.earliest is not None
            assert article.published.earliest.date().isoformat() == "2031-05-03"


def test_names_of_fields_come_in_variants() -> None:
    record = {
        "_id": 7,
        "content": TEXT,
        "Headline": "Crane",
        "publishedAt": "2031-05-03T10:00:00Z",
        "source": {"name": "Harbour Post"},
        "authors": ["Ada", {"name": "Ben"}],
    }
    article = only(read_document("r.jsonl", json.dumps(record).encode()))
    assert (article.id, article.title, article.outlet, article.byline) == (
        "r.jsonl#7",
        "Crane",
        "Harbour Post",
        "Ada, Ben",
    )
    assert article.outlet_ground == "field source of the record"


def test_a_value_of_a_table_is_never_taken_for_another_type() -> None:
    assert (
        only(read_document("r.csv", f"id,text,outlet\n007,{TEXT},1e5\n".replace(", the", " the").encode())).outlet
        == "1e5"
    )


def test_records_without_an_id_are_named_by_their_line() -> None:
    lines = "\n".join(json.dumps({"text": TEXT}) for _ in range(2))
    assert [a.id for a in read_document("r.jsonl", lines.encode()).articles] == ["r.jsonl#1", "r.jsonl#2"]
    rows = f'text\n"{TEXT}\nAnd more."\n"{TEXT}"\n'
    assert [a.id for a in read_document("r.csv", rows.encode()).articles] == ["r.csv#2", "r.csv#4"]


def test_a_broken_line_is_skipped_with_its_number_and_the_rest_is_read() -> None:
    lines = [json.dumps(RECORD), '{"text":', "[1]", '{"title": "x"}', '{"text": ""}', json.dumps({"text": TEXT})]
    pile = read_document("r.jsonl", "\n".join(lines).encode())
    assert len(pile.articles) == 2
    assert [r.split(":")[0] for r in reasons(pile)] == ["line 2", "line 3", "line 4", "line 5"]


def test_equal_ids_in_one_file_are_both_kept_and_reported() -> None:
    pile = read_document("r.jsonl", f"{json.dumps(RECORD)}\n{json.dumps(RECORD)}".encode())
    assert [a.id for a in pile.articles] == ["r.jsonl#a1", "r.jsonl#a1#2"]
    assert reasons(pile) == ["line 2: the id a1 stands twice in it; the second one is called r.jsonl#a1#2"]


def test_equal_ids_of_two_paths_get_their_paths_in_front(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{TEXT} In {folder}.")
    (tmp_path / "two" / "b.txt").write_text(TEXT)
    folders = [tmp_path / "one", tmp_path / "two"]
    expected = [f"{folders[0].as_posix()}/a.txt", f"{folders[1].as_posix()}/a.txt", "b.txt"]
    assert [a.id for a in read(folders).articles] == expected
    assert [a.id for a in read([folders[0] / "a.txt", folders[1] / "a.txt"]).articles] == expected[:2]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_of_one_document_no_more_records_are_looked_at_than_asked_for(name: str) -> None:
    rows = [{"text": f"{TEXT} Pier {n}."} for n in range(5)]
    made = {
        "a.jsonl": "\n".join(json.dumps(row) for row in rows),
        "a.json": json.dumps(rows),
        "a.csv": "text\n" + "\n".join(f'"{row["text"]}"' for row in rows),
    }
    first = read_document(name, made[name].encode(), most=3)
    assert len(first.articles) == 3
    assert reasons(first) == ["only its first 3 records were looked at; divide it into several files"]
    assert not read_document(name, made[name].encode(), most=5).skipped


def test_an_article_that_is_told_apart_keeps_its_credits(tmp_path: Path) -> None:
    own = '<meta property="og:url" content="https://quay.example/crane">'
    page = (
        f'<html><head>{own}<link rel="canonical" href="https://harbour.example/crane"></head><body><p>{{}}</p></body>'
    )
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.html").write_text(page.format(f"{TEXT} Seen from pier {folder}."))
    articles = read([tmp_path / "one", tmp_path / "two"]).articles
    assert all(article.credits for article in articles)
    assert [{c.article for c in a.credits} for a in articles] == [{a.id} for a in articles]


def test_a_file_that_two_paths_lead_to_is_read_once_whatever_their_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "a.txt"
    file.write_text(TEXT)
    assert [a.id for a in read([file, tmp_path]).articles] == ["sub/a.txt"]
    assert read([tmp_path, file]) == read([file, tmp_path])


def test_a_table_beside_the_files_wins_over_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Crane closes harbour\n\nMay 9, 2031\n\n{TEXT}")
    (tmp_path / "articles.csv").write_text("path,outlet,date\na.txt,Harbour Post,2031-05-03\nnone.txt,X,\n")
    pile = read([tmp_path])
    article = only(pile)
    assert (article.outlet, article.outlet_ground) == ("Harbour Post", "articles.csv, column outlet")
    assert article.published is not None and "articles.csv" in article.published.read_from
    assert reasons(pile) == ["line 3: there is no file none.txt beside it"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", bytes(range(256)), "NUL bytes"),
        ("a.txt", bytes(range(1, 9)) * 100, "control characters"),
        ("a.json", b'{"a":', "broken JSON"),
        ("a.json", b"3", "neither a record"),
        ("a.txt.gz", b"\x1f\x8bno", "gzip"),
        ("a.html", b"<html><body></body></html>", "without visible text"),
        ("a.json", b"[]", "no articles"),
        ("a.txt.gz", gzip.compress(b"\0" * 150_000_000), "unpacks to over"),
        ("a.txt", b"x" * 11_000_000, "no article is that long"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_its_reason(name: str, data: bytes, reason: str) -> None:
    pile = read_document(name, data)
    assert pile.articles == () and len(pile.skipped) == 1 and reason in pile.skipped[0].reason


def test_a_line_of_50_megabytes_is_skipped_and_the_next_is_read() -> None:
    pile = read_document("r.jsonl", b'{"text": "' + b"x" * 50_000_000 + b'"}\n' + json.dumps({"text": TEXT}).encode())
    assert len(pile.articles) == 1 and "no article is that long" in pile.skipped[0].reason


def test_an_unreadable_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"\0\1\2")
    pile = read([tmp_path])
    assert len(pile.articles) == 1 and len(pile.skipped) == 1


def test_a_page_that_this_program_made_is_no_article(tmp_path: Path) -> None:
    page = one_file.page("base.html", styles=["base.css"], title="Report", version="0")
    (tmp_path / "report.html").write_text(page)
    (tmp_path / "a.txt").write_text("The quay stays closed on Monday.")
    beside_articles = read([tmp_path])
    assert [a.id for a in beside_articles.articles] == ["a.txt"]
    assert not beside_articles.skipped
    assert reasons(read([tmp_path / "report.html"])) == [
        "a page that this program made, no article; give the articles it is about"
    ]


def test_a_folder_without_articles_is_said_and_a_missing_path_is_an_error(tmp_path: Path) -> None:
    assert reasons(read([tmp_path])) == ["a folder without articles"]
    with pytest.raises(InputError, match="no such file"):
        read([tmp_path / "none"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_encoding_is_found_out_and_noted(encoding: str) -> None:
    text = "Der Bürgermeister über Brücken\n\nDie Straße bleibt für Fußgänger zu, sagte der Bürgermeister am Abend."
    article = only(read_document("a.txt", text.encode(encoding)))
    assert article.text == text and article.language == "de"
    assert ("file read as" in (article.title_ground or "")) is (encoding != "utf-8-sig")


@pytest.mark.parametrize(
    ("content", "id"),
    [
        (TEXT, "stdin"),
        (json.dumps(RECORD), "stdin#a1"),
        (f"{json.dumps(RECORD)}\n{json.dumps({'text': TEXT})}", "stdin#2"),
        (f"<html><body><p>{TEXT}</p></body></html>", "stdin"),
        (f'id,text\n9,"{TEXT}"\n', "stdin#9"),
    ],
)
def test_standard_input_is_read_by_what_it_holds(content: str, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    pile = read(["-"])
    assert id in [a.id for a in pile.articles] and TEXT in pile.articles[0].text


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    told: list[tuple[str, int, int]] = []
    read([tmp_path], lambda *step: told.append(step))
    assert told == [("reading", 1, 2), ("reading", 2, 2)]


def test_the_founding_pile_is_dated_as_a_careful_reader_would(shared: Path) -> None:
    seeds = shared / "seeds"
    truth = shared / "seeds-truth.json"
    articles = {a.id: a for a in read([seeds]).articles}
    for id, said in json.loads(truth.read_text())["identified"].items():
        article = articles[id]
        if len(article.stamps) > 1:
            assert [s.name for s in article.stamps] == ["Global Research", "Middle East Monitor"]
            continue
        assert article.published is not None and article.published.earliest is not None
        latest = article.published.latest
        assert article.published.earliest.date().isoformat() == said["published"]["earliest"], id
        assert (latest.date().isoformat() if latest else None) == said["published"]["latest"], id
