"""provenance index on the command line: what goes where, with which exit code, and what a mistake is told."""

import csv
import io
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from swing_bridge import CHOIR, DIGEST, GAZETTE

from provenance import pipeline, read_articles, to_json
from provenance.cli import main
from provenance.cli.index import index as commands
from provenance.errors import NoIndex
from provenance.index import Index
from provenance.report.json_document import from_json


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A report and something else; the reprint is still to come."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    (folder / "choir.txt").write_text(CHOIR, encoding="utf-8")
    return folder


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    (tmp_path / "digest.txt").write_text(DIGEST, encoding="utf-8")
    return tmp_path / "digest.txt"


@pytest.fixture
def news(tmp_path: Path, pile: Path) -> Path:
    """An index of the pile."""
    with Index.open(tmp_path / "news.index") as index:
        index.add(pile)
    return tmp_path / "news.index"


def run(*arguments: str | Path, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, ["index", *map(str, arguments)], input=stdin, env=env)


def refused(result: Result, *parts: str, code: int = 1) -> bool:
    """Whether a command ended with one line that says all of this, and with nothing on stdout."""
    said = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.exit_code == code and len(said) == 1 and "Traceback" not in result.stderr, result.stderr
    return all(part in said[0] for part in parts)


# --- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(commands.commands))
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output and f"provenance index {command}" in result.output


def test_the_group_names_its_commands() -> None:
    said = run("--help").output
    assert all(command in said for command in commands.commands)
    assert set(commands.commands) == {"add", "query", "info", "remove", "export", "check", "refresh", "watch"}


@pytest.mark.parametrize("command", ["query", "info", "remove", "export", "check", "refresh"])
def test_where_there_is_no_index_the_command_that_makes_one_is_said(command: str, tmp_path: Path, digest: Path) -> None:
    more: list[str | Path] = [digest] if command == "query" else ["a"] if command == "remove" else []
    result = run(command, tmp_path / "none.index", *more)
    assert refused(result, "there is no index", "provenance index add") and result.stdout == ""
    assert not (tmp_path / "none.index").exists()


# --- add ------------------------------------------------------------------------------------------------------------


def test_add_says_what_became_of_each_article(tmp_path: Path, pile: Path, digest: Path) -> None:
    news = tmp_path / "news.index"
    first = run("add", news, pile)
    assert first.exit_code == 0 and first.stdout == "added\tchoir.txt\nadded\tgazette.txt\n"
    assert first.stderr == f"2 added; 2 articles in {news}\n"
    (pile / "gazette.txt").write_text(GAZETTE.replace("nine weeks", "ten weeks"), encoding="utf-8")
    (pile / "copy.txt").write_text(CHOIR, encoding="utf-8")
    again = run("add", news, pile, digest)
    assert sorted(again.stdout.splitlines()) == [
        "added\tdigest.txt", "known\tchoir.txt", "known\tcopy.txt\tchoir.txt", "version\tgazette.txt",
    ]  # fmt: skip
    assert "1 added, 1 version, 2 known; 4 articles" in again.stderr


def test_quiet_says_nothing_beside_the_articles(tmp_path: Path, pile: Path) -> None:
    result = run("add", tmp_path / "news.index", pile, "--quiet")
    assert result.stderr == "" and len(result.stdout.splitlines()) == 2


def test_standard_input_is_added_too(news: Path) -> None:
    records = "".join(json.dumps({"id": id, "outlet": "Gull Herald", "text": f"{CHOIR} {id}"}) + "\n" for id in "ab")
    result = run("add", news, "-", stdin=records)
    assert result.exit_code == 0 and [line.split("\t")[0] for line in result.stdout.splitlines()] == ["added"] * 2
    assert run("add", news, "-", stdin=records).stdout.startswith("known\t")


def test_what_cannot_be_read_is_said_and_the_rest_is_added(news: Path, tmp_path: Path, digest: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("{no json\n")
    result = run("add", news, tmp_path / "broken.jsonl", digest)
    assert result.exit_code == 0 and result.stdout == "added\tdigest.txt\n" and "broken JSON" in result.stderr
    assert refused(run("add", news, tmp_path / "broken.jsonl", "--quiet"), "nothing could be read", "broken.jsonl")


def test_a_path_that_leads_nowhere_is_said(news: Path, tmp_path: Path) -> None:
    assert refused(run("add", news, tmp_path / "nowhere"), "nowhere' does not exist", code=2)


def test_alignment_can_be_left_to_the_first_trace(tmp_path: Path, pile: Path, digest: Path) -> None:
    news = tmp_path / "news.index"
    said = run("add", news, pile, digest, "--no-align").stderr
    assert "3 of them are not compared with the others yet: the next trace does it" in said
    assert "articles not aligned yet" in run("info", news).stdout
    with Index.open(news) as index:
        assert index.info()["pairs aligned"] == 0
    assert run("add", news, pile, "--align").exit_code == 0
    with Index.open(news) as index:
        assert index.info()["pairs aligned"] == 1 and index.waiting == 0


def test_settings_are_those_of_a_new_index_and_cannot_be_changed_later(tmp_path: Path, pile: Path) -> None:
    news = tmp_path / "news.index"
    assert run("add", news, pile, "--weights", "pile", "--set", "gap_words=9").exit_code == 0
    with Index.open(news) as index:
        assert (index.settings.weights, index.settings.gap_words) == ("pile", 9)
    assert run("add", news, pile, "--weights", "pile").exit_code == 0
    other = run("add", news, pile, "--weights", "shipped", "--set", "gap_words=9")
    assert refused(other, "weights = pile", "make another index", code=2) and "gap_words" not in other.stderr


# --- query ----------------------------------------------------------------------------------------------------------


def test_query_says_where_a_text_is_from(news: Path, digest: Path) -> None:
    result = run("query", news, digest)
    assert result.exit_code == 0 and result.stderr == ""
    assert "Where digest.txt comes from, by 2 articles of the index" in result.stdout
    said = " ".join(result.stdout.split())
    assert "from Gallow Water Gazette [gazette.txt]: very likely (over" in said and "republished" in said
    assert "its family of 2 articles" in result.stdout and "choir" not in result.stdout


def test_query_reads_standard_input(news: Path) -> None:
    result = run("query", news, "-", stdin=DIGEST)
    assert result.exit_code == 0 and "[gazette.txt]: very likely" in result.stdout


def test_query_of_something_new_says_that_nothing_was_found(news: Path) -> None:
    text = "Nobody has written about the weir at Kell, where the eels have been counted by hand since the spring."
    result = run("query", news, "-", stdin=text)
    assert result.exit_code == 0 and "No source found." in result.stdout


def test_query_knows_an_article_that_is_in_the_index(news: Path, pile: Path) -> None:
    result = run("query", news, pile / "gazette.txt")
    assert "this very article is in the index, as gazette.txt" in result.stderr
    assert "No source found." in result.stdout
    assert run("query", news, pile / "gazette.txt", "--quiet").stderr == ""


def test_query_comes_in_every_format(news: Path, digest: Path, tmp_path: Path) -> None:
    document = from_json(run("query", news, digest, "--format", "json").stdout)
    assert [(d.derived, d.source, d.kind) for d in document.derivations] == [
        ("digest.txt", "gazette.txt", "republished")
    ]
    (row,) = csv.DictReader(io.StringIO(run("query", news, digest, "--format", "csv").stdout, newline=""))
    assert (row["derived"], row["source"]) == ("digest.txt", "gazette.txt")
    assert "gazette.txt" in run("query", news, digest, "--format", "table").stdout
    page = run("query", news, digest, "--format", "html", "-o", tmp_path / "page.html")
    assert page.exit_code == 0 and page.stdout == "" and "page.html" in page.stderr
    assert (tmp_path / "page.html").read_text().lower().startswith("<!doctype html>")


def test_query_wants_one_article(news: Path, pile: Path, tmp_path: Path) -> None:
    assert refused(run("query", news, pile), "holds 2 articles", "ask for one at a time")
    (tmp_path / "empty.txt").write_text("")
    assert refused(run("query", news, tmp_path / "empty.txt"), "nothing could be read")


def test_query_never_writes_over_what_it_reads(news: Path, digest: Path) -> None:
    for target in (news, digest):
        assert run("query", news, digest, "-o", target).exit_code != 0
    assert digest.read_text() == DIGEST and run("check", news).exit_code == 0


def test_query_needs_no_library_that_takes_long_to_load(news: Path, digest: Path) -> None:
    code = (
        "import sys; from provenance.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'sklearn', 'numba', 'datasketch', 'trafilatura', 'htmldate'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "index", "query", str(news), str(digest)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "very likely" in done.stdout and done.stderr.splitlines()[-1] == "[]"


# --- trace --index --------------------------------------------------------------------------------------------------


def trace(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["trace", *map(str, arguments)])


def test_the_trace_of_an_index_is_that_of_its_files(news: Path, pile: Path, digest: Path) -> None:
    run("add", news, digest)
    from_files = trace(pile, digest, "--format", "json").stdout
    assert trace("--index", news, "--format", "json").stdout == from_files != ""


def test_what_export_writes_every_command_reads(news: Path, digest: Path, tmp_path: Path) -> None:
    run("add", news, digest)
    assert run("export", news, "-o", tmp_path / "all.jsonl").exit_code == 0
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert run("export", news).stdout.splitlines() == lines and len(lines) == 3
    exported = CliRunner().invoke(main, ["trace", "-", "--format", "csv"], input=run("export", news).stdout)
    rows = [*csv.DictReader(io.StringIO(exported.stdout, newline=""))]
    assert [(row["derived"].split("#")[-1], row["source"].split("#")[-1]) for row in rows] == [
        ("digest.txt", "gazette.txt")
    ]
    assert refused(run("export", news, "-o", news), "is read; name another file", code=2)
    assert run("check", news).exit_code == 0


def test_a_trace_may_begin_with_a_day(news: Path, digest: Path) -> None:
    run("add", news, digest)
    since = from_json(trace("--index", news, "--since", "2031-03-06", "--format", "json").stdout)
    assert [a.id for a in since.articles] == ["choir.txt", "digest.txt", "gazette.txt"], "the source of the newer one"
    since = from_json(trace("--index", news, "--since", "2031-03-07", "--format", "json").stdout)
    assert [a.id for a in since.articles] == ["choir.txt"]
    assert refused(trace("--index", news, "--since", "2041-01-01"), "no such articles", "provenance index info")


def test_a_trace_of_a_family_and_an_id_that_is_almost_right(news: Path, digest: Path) -> None:
    run("add", news, digest)
    family = from_json(trace("--index", news, "--family", "gazette.txt", "--format", "json").stdout)
    assert [a.id for a in family.articles] == ["digest.txt", "gazette.txt"]
    assert refused(trace("--index", news, "--family", "gazete.txt"), "no article 'gazete.txt'", "'gazette.txt'?")
    far = trace("--index", news, "--family", "zzz")
    assert refused(far, "no article 'zzz'") and "did you mean" not in far.stderr


@pytest.mark.parametrize("option", [("--since", "2031-01-01"), ("--family", "a.txt")])
def test_options_of_an_index_ask_for_one(option: tuple[str, str], pile: Path) -> None:
    assert refused(trace(pile, *option), option[0], "add --index INDEX", code=2)


# --- remove ---------------------------------------------------------------------------------------------------------


def test_remove_takes_all_that_was_kept_of_an_article(news: Path, digest: Path) -> None:
    run("add", news, digest)
    result = run("remove", news, "digest.txt", "choir.txt")
    assert result.exit_code == 0 and sorted(result.stdout.splitlines()) == ["removed\tchoir.txt", "removed\tdigest.txt"]
    assert "2 removed; 1 articles" in result.stderr or "2 removed; 1 article" in result.stderr
    assert run("check", news).exit_code == 0
    assert "No source found" in run("query", news, "-", stdin=CHOIR).stdout
    assert run("add", news, digest).stdout == "added\tdigest.txt\n", "it may come again"


def test_all_are_removed_or_none(news: Path) -> None:
    assert refused(run("remove", news, "choir.txt", "choi.txt"), "no article 'choi.txt'", "did you mean 'choir.txt'?")
    with Index.open(news) as index:
        assert len(index) == 2


def test_an_id_that_means_several_articles_is_asked_back(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "choir.txt").write_text(CHOIR.replace("Forty", "Fifty"), encoding="utf-8")
    run("add", news, other)
    result = run("remove", news, "choir.txt")
    assert refused(result, "'choir.txt' means several articles", "name one of them so")
    names = [word.rstrip(";,") for word in result.stderr.split() if "choir.txt@" in word]
    assert len(names) == 2
    assert run("remove", news, names[0]).exit_code == 0
    with Index.open(news) as index:
        assert len(index) == 2
        assert run("remove", news, names[1]).exit_code == 0 and len(index) == 1


# --- info, check, refresh -------------------------------------------------------------------------------------------


def test_info_says_what_is_in_it_and_how_it_was_made(news: Path) -> None:
    result = run("info", news)
    said = dict(line.split("  ", 1) for line in result.stdout.splitlines())
    said = {name: value.strip() for name, value in said.items()}
    assert result.exit_code == 0 and said["articles"] == "2" and said["dated"] == "2031-03-04 to 2031-03-09"
    assert said["word weights"].startswith("shipped (") and said["settings changed"] == "none"
    assert "runs of 5 words" in said["fingerprints"] and said["made by"].startswith("news-provenance ")


def test_check_finds_what_was_changed_and_names_the_way_out(news: Path) -> None:
    import sqlite3

    assert run("check", news).stdout == f"{news} is whole: 2 articles\n"
    with sqlite3.connect(news) as db:
        db.execute("UPDATE record SET data = x'00' WHERE number = 1")
    db.close()
    result = run("check", news)
    assert result.stdout.startswith("the record of ") and "is damaged" in result.stdout
    assert refused(result, "is damaged", f"provenance index export {news} -o articles.jsonl")
    saved = run("export", news)
    assert len(saved.stdout.splitlines()) == 1 and "damaged, left out: " in saved.stderr and saved.exit_code == 1


def test_refresh_says_what_changed(news: Path, pile: Path, tmp_path: Path) -> None:
    same = run("refresh", news)
    assert same.exit_code == 0 and "word weights: the tables are the same" in same.stdout
    assert "fingerprints: the same scheme" in same.stdout and "all articles say the same" in same.stdout
    other = run("refresh", news, "--weights", "pile")
    assert "word weights: pile instead of shipped" in other.stdout
    assert "en.tsv" in other.stdout and "there is no such table any more" in other.stdout
    (tmp_path / "words.tsv").write_text("# sentences 62\na\t30\nbridge\t8\n")
    table = run("refresh", news, "--weights", tmp_path / "words.tsv")
    assert f"{tmp_path / 'words.tsv'} instead of pile" in table.stdout and "words.tsv: a new table" in table.stdout
    (tmp_path / "words.tsv").write_text("# sentences 62\na\t30\nbridge\t9\nlorries\t8\n")
    changed = trace("--index", news)
    assert refused(changed, "other word weights", f"provenance index refresh {news}")
    assert "3 terms, 1 of them new, 0 gone, 1 with another count" in run("refresh", news).stdout
    assert trace("--index", news).exit_code == 0
    assert run("check", news).exit_code == 0


def test_weights_that_are_none_are_refused(news: Path, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "no-table.tsv").write_text("the 3\n")
    for name in ("nowhere.tsv", "no-table.tsv"):
        chosen = ("--weights", tmp_path / name)
        assert refused(run("refresh", news, *chosen), "word" if name == "no-table.tsv" else name, code=2)
        assert refused(run("add", tmp_path / "new.index", pile, *chosen), code=2)
        assert not (tmp_path / "new.index").exists()
    with Index.open(news) as index:
        assert index.settings.weights == "shipped" and index.check() == []


# --- watch ----------------------------------------------------------------------------------------------------------


def test_watch_once_says_where_new_files_are_from_and_then_nothing(tmp_path: Path, pile: Path) -> None:
    news = tmp_path / "news.index"
    first = run("watch", news, pile, "--once")
    assert first.exit_code == 0 and first.stdout == "" and "added: choir.txt, no source found" in first.stderr
    (pile / "digest.txt").write_text(DIGEST, encoding="utf-8")
    second = run("watch", news, pile, "--once")
    assert second.stdout.startswith("digest.txt: from Gallow Water Gazette [gazette.txt]: very likely")
    assert "choir" not in second.output
    third = run("watch", news, pile, "--once")
    assert third.exit_code == 0 and third.output.strip() == ""
    (pile / "digest.txt").write_text(DIGEST + "\nIt was corrected later.\n", encoding="utf-8")
    assert run("watch", news, pile, "--once", "--quiet").stdout.startswith("digest.txt: from ")


def test_watch_says_what_it_cannot_read(tmp_path: Path, pile: Path) -> None:
    (pile / "broken.json").write_text("{")
    result = run("watch", tmp_path / "news.index", pile, "--once")
    assert result.exit_code == 0 and "broken.json" in result.stderr


EVERY = 0.3  # seconds between two looks; what is written in shorter steps is still being written


@pytest.fixture
def watching(tmp_path: Path, pile: Path) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, looking every few tenths of a second."""
    code = "from provenance.cli import main; main(prog_name='provenance')"
    command = ["index", "watch", str(tmp_path / "news.index"), str(pile), "--every", str(EVERY), "--quiet"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        if process.poll() is None:
            process.kill()


def until(asked: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def held(news: Path) -> int:
    if not news.exists():
        return 0
    with Index.open(news, create=False) as index:
        return len(index)


def test_watch_leaves_a_file_alone_while_somebody_writes_it(
    tmp_path: Path, pile: Path, watching: "subprocess.Popen[str]"
) -> None:
    news = tmp_path / "news.index"
    until(lambda: held(news) == 2)
    with (pile / "digest.txt").open("w", encoding="utf-8") as written:
        for line in DIGEST.splitlines(keepends=True):
            at = time.monotonic()
            written.write(line)
            written.flush()
            time.sleep(0.05)
            early = held(news)
            assert early == 2 or time.monotonic() - at > EVERY, "read before it was whole"
    assert watching.stdout is not None and select.select([watching.stdout], [], [], 20)[0], "nothing was said"
    said_first = watching.stdout.readline()
    os.kill(watching.pid, signal.SIGINT)
    out, said = watching.communicate(timeout=20)
    assert watching.returncode == 130 and "Traceback" not in said
    assert said_first.startswith("digest.txt: from Gallow Water Gazette [gazette.txt]") and out == ""
    with Index.open(news) as index:
        assert len(index) == 3
        assert index.check() == []


# --- from several threads -------------------------------------------------------------------------------------------


def test_an_index_serves_several_threads(news: Path, digest: Path, tmp_path: Path) -> None:
    wrong: list[BaseException] = []
    found: list[str] = []
    with Index.open(news) as index:

        def work(number: int) -> None:
            try:
                page = tmp_path / f"thread-{number}.txt"
                page.write_text(CHOIR.replace("Forty", f"Number {number}"), encoding="utf-8")
                index.add(page)
                found.extend(d.source for d in index.query(digest).derivations)
                index.trace()
                index.remove([page.name])
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == [] and found == ["gazette.txt"] * 4
        assert len(index) == 2 and index.check() == []


# --- found by strangers -----------------------------------------------------------------------------------------------


def test_names_that_are_no_text_are_kept_as_they_are(tmp_path: Path) -> None:
    folder, news = tmp_path / "in", tmp_path / "news.index"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text(GAZETTE, encoding="utf-8")
    record = {"id": "a\ud800", "outlet": "Post \ud800", "title": "\ud800", "text": CHOIR}
    (folder / "odd.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with Index.open(news) as index:
        ids = [one.id for one in index.add(folder)]
        assert to_json(index.trace()) == to_json(pipeline.trace(read_articles(folder)))
        assert index.check() == []
        index.remove(ids)
        assert len(index) == 0


def test_a_watch_that_was_interrupted_says_the_rest_the_next_time(tmp_path: Path, pile: Path, digest: Path) -> None:
    (pile / "later.txt").write_text(DIGEST, encoding="utf-8")
    news = tmp_path / "news.index"
    with Index.open(news) as index:
        next(index.watch(pile, once=True))  # the portion is stored, one of its articles was told of
    said = run("watch", news, pile, "--once").stdout
    assert "later.txt: from Gallow Water Gazette" in said


def test_settings_of_another_scheme_are_no_question_to_an_index(news: Path, digest: Path) -> None:
    asked = run("query", news, digest, "--set", "shingle_words=7")
    assert asked.exit_code == 2 and "another scheme" in asked.stderr


def test_what_is_less_likely_than_asked_for_is_not_in_the_answer(news: Path, digest: Path) -> None:
    assert "from Gallow Water Gazette" in run("query", news, digest).stdout
    assert "from Gallow Water Gazette" not in run("query", news, digest, "--at-least", "1").stdout


def test_two_texts_on_standard_input_have_nothing_to_do_with_each_other(news: Path) -> None:
    assert [run("add", news, "-", stdin=text).stdout.split("\t")[0] for text in (GAZETTE, CHOIR.upper())] == [
        "known",
        "added",
    ]
    assert run("add", news, "-", stdin=DIGEST).stdout.startswith("added")
    with Index.open(news) as index:
        two = [a.id for a in index.trace().articles if a.id.startswith("stdin@")]
        assert len(two) == 2 and index.remove(two[0]) == ["stdin"]


def test_an_article_that_came_under_two_names_is_found_by_both(news: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(GAZETTE, encoding="utf-8")
    assert run("add", news, tmp_path / "copy.txt").stdout.startswith("known")
    assert "the same article is there as 'gazette.txt'" in run("remove", news, "copy.txt").stderr


def test_lines_of_an_export_that_nobody_reads_hold_nobody_up(news: Path, digest: Path) -> None:
    with Index.open(news) as index:
        lines = index.export()
        next(lines)
        assert [one.what for one in index.add(digest)] == ["added"]
        assert len(index.trace().articles) == 3


def test_a_table_of_weights_that_is_gone_is_told_with_the_cure(pile: Path, digest: Path, tmp_path: Path) -> None:
    table, news = tmp_path / "own.tsv", tmp_path / "own.index"
    table.write_text("# sentences 9\nbridge\t3\n", encoding="utf-8")
    assert run("add", news, pile, "--weights", str(table)).exit_code == 0
    table.unlink()
    for asked in (("query", news, digest), ("add", news, digest)):
        told = run(*asked)
        assert told.exit_code == 1 and "refresh" in told.stderr and "--weights shipped" in told.stderr
    assert run("refresh", news, "--weights", "shipped").exit_code == 0
    assert run("query", news, digest).exit_code == 0


def test_a_watched_index_that_is_replaced_ends_the_watch(tmp_path: Path, pile: Path) -> None:
    with Index.open(tmp_path / "news.index") as index:
        (tmp_path / "news.index").unlink()
        with pytest.raises(NoIndex, match="deleted or replaced"):
            next(index.watch(pile, once=True))


@pytest.mark.parametrize("value", ["nan", "inf", "1e300", "-1"])
def test_a_time_to_wait_has_an_end(news: Path, pile: Path, value: str) -> None:
    assert run("watch", news, pile, "--once", "--every", value).exit_code == 2


def test_what_a_pasted_text_does_not_say_can_be_said_for_it(news: Path) -> None:
    pasted = "\n".join(GAZETTE.splitlines()[3:])
    assert "which of the two was first is not known" in run("query", news, "-", stdin=pasted).stdout.replace("\n", " ")
    told = run("query", news, "-", "--date", "2031-04-01", "--outlet", "Estuary Digest", stdin=pasted)
    assert "from Gallow Water Gazette" in told.stdout
    assert refused(run("query", news, "-", "--date", "soon", stdin=pasted), "soon", code=2)
