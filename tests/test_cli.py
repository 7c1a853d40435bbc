"""The command line as people and programs meet it: what goes where, and with which exit code."""

import csv
import gzip
import io
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from swing_bridge import CHOIR, DIGEST, GAZETTE

from provenance.cli import main
from provenance.report.json_document import from_json
from provenance.settings import Settings


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of three: a report, its reprint, and one about something else."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in (("gazette.txt", GAZETTE), ("digest.txt", DIGEST), ("choir.txt", CHOIR)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(*arguments: str | Path, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin, env=env)


def provenance(*arguments: str | Path, **env: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, for what only a real process shows."""
    return subprocess.Popen(
        [sys.executable, "-c", "from provenance.cli import main; main(prog_name='provenance')", *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | env,
    )  # fmt: skip


def one_line(result: Result, start: str = "Error: ") -> bool:
    lines = [line for line in result.stderr.splitlines() if line.startswith(start)]
    return len(lines) == 1 and result.stderr.rstrip().endswith(lines[0]) and "Traceback" not in result.stderr


# --- help -----------------------------------------------------------------------------------------------------------


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = provenance("--help")
        out, _ = done.communicate()
        times.append(time.perf_counter() - start)
        assert done.returncode == 0 and b"trace" in out
    assert min(times) < 0.6  # 0.1 s here, 0.3 s promised; a busy machine gets twice that


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from provenance.cli import main; main(['--help'], standalone_mode=False);"
        "heavy = {'numpy', 'scipy', 'sklearn', 'datasketch', 'lxml', 'trafilatura', 'tabulate'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output and "provenance " in result.output


def test_version() -> None:
    assert run("--version").output.startswith("provenance, version ")


# --- trace ----------------------------------------------------------------------------------------------------------


def test_trace_prints_the_whole_summary(pile: Path) -> None:
    result = run("trace", pile)
    assert result.exit_code == 0, result.output
    for part in (
        "Whose text stands where, in this pile of 3 articles",
        "Derivations",
        "independent reports",
        "[digest.txt]",
    ):
        assert part in result.stdout
    assert result.stderr == ""


def test_json_goes_to_stdout_alone_and_reads_back(pile: Path) -> None:
    result = run("trace", pile, "--format", "json")
    trace = from_json(result.stdout)
    assert [a.id for a in trace.articles] == ["choir.txt", "digest.txt", "gazette.txt"]
    assert trace.derivations
    assert result.stderr == ""


def test_csv_and_table_show_the_derivations(pile: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("trace", pile, "--format", "csv").stdout, newline="")))
    assert "digest.txt" in {row["derived"] for row in rows}
    assert "strongest reason" in run("trace", pile, "--format", "table").stdout


def test_the_format_may_come_from_the_environment(pile: Path) -> None:
    assert run("trace", pile, PROVENANCE_FORMAT="json").stdout.startswith("{")
    assert run("trace", pile, "--format", "csv", PROVENANCE_FORMAT="json").stdout.startswith("derived,")
    assert run("trace", pile, PROVENANCE_FORMAT="xml").exit_code == 2


def test_same_pile_same_bytes_whatever_the_order_of_the_paths(pile: Path) -> None:
    names = ["choir.txt", "digest.txt", "gazette.txt"]
    there = run("trace", *(pile / n for n in names), "--format", "json").stdout
    back = run("trace", *(pile / n for n in reversed(names)), "--format", "json").stdout
    assert there == back


def test_without_text_the_articles_stay_at_home(pile: Path) -> None:
    result = run("trace", pile, "--format", "json", "--without-text")
    assert all("text" not in article for article in json.loads(result.stdout)["articles"])
    assert "lorries will be sent round" not in result.stdout.casefold()


def test_at_least_hides_what_is_less_likely_and_says_so(pile: Path) -> None:
    everything = run("trace", pile, "--format", "csv")
    nothing = run("trace", pile, "--format", "csv", "--at-least", "1")
    assert len(everything.stdout.splitlines()) > len(nothing.stdout.splitlines()) == 1
    assert "below 1 and not shown" in nothing.stderr
    assert (
        run("trace", pile, "--format", "json", "--at-least", "1").stdout
        == run("trace", pile, "--format", "json").stdout
    )
    assert run("trace", pile, "--at-least", "70").exit_code == 2


def test_a_setting_reaches_the_trace(pile: Path) -> None:
    result = run(
        "trace", pile, "--format", "json", "--set", "shingle_words=4", "--set", "arrow_at=0.6", "--weights", "pile"
    )
    settings = from_json(result.stdout).settings
    assert (settings["shingle_words"], settings["arrow_at"], settings["weights"]) == (4, 0.6, "pile")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("shingle_word=4", "did you mean shingle_words?"),
        ("xyzzy=4", "see: provenance settings"),
        ("shingle_words=four", "wants a whole number"),
        ("near_share=nan", "wants a number of 0 or more"),
        ("shingle_words=-1", "wants a whole number of 0 or more"),
        ("shingle_words", "has no '='"),
    ],
)
def test_an_impossible_setting_is_wrong_usage(pile: Path, setting: str, says: str) -> None:
    result = run("trace", pile, "--set", setting)
    assert result.exit_code == 2
    assert says in result.stderr


def test_settings_lists_every_setting_with_its_reason() -> None:
    lines = run("settings").output.splitlines()
    names = [line.split(" = ")[0] for line in lines[::2]]
    assert names == list(Settings.__dataclass_fields__)
    assert all(line.startswith("    ") and line.strip() for line in lines[1::2])


def test_a_fact_that_a_person_states_is_marked(pile: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text("article,field,value,said_by\nchoir.txt,from,gazette.txt,A. Quill\n", encoding="utf-8")
    result = run("trace", pile, "--facts", facts)
    assert result.exit_code == 0, result.output
    assert "stated by a person" in result.stdout


def test_stdin_is_an_article(pile: Path) -> None:
    result = run("trace", "-", pile / "gazette.txt", "--format", "json", stdin=DIGEST)
    assert len(from_json(result.stdout).articles) == 2


# --- writing a file -------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_said_to_be(pile: Path, tmp_path: Path) -> None:
    target = tmp_path / "trace.json"
    result = run("trace", pile, "--format", "json", "-o", target)
    assert result.stdout == "" and f"wrote {target} (3 articles, " in result.stderr
    assert target.read_text(encoding="utf-8") == run("trace", pile, "--format", "json").stdout
    assert run("trace", pile, "--format", "json", "-o", target, "--quiet").stderr == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pile", "trace.json"]


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(pile: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert run("trace", pile, "--format", "csv", "-o", link).exit_code == 0
    assert link.is_symlink() and real.read_text().startswith("derived,")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced(pile: Path) -> None:
    assert run("trace", pile, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_place_that_cannot_be_written_is_one_line(pile: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "no" / "such" / "trace.json", tmp_path):
        result = run("trace", pile, "--format", "json", "-o", target)
        assert result.exit_code == 2 and one_line(result)


# --- bad input ------------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_noted_and_the_rest_goes_on(pile: Path) -> None:
    (pile / "broken.jsonl").write_text('{"text": "cut off', encoding="utf-8")
    (pile / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (pile / "empty.txt").write_text("")
    for form in ("json", "csv"):
        result = run("trace", pile, "--format", form)
        assert result.exit_code == 0
        for name in ("broken.jsonl", "noise.txt", "empty.txt"):
            assert f"not read: {name}" in result.stderr or f"{name}" in result.stderr
    assert len(from_json(run("trace", pile, "--format", "json").stdout).skipped) == 3
    assert "Not read" in run("trace", pile).stdout


def test_nothing_to_read_is_one_line_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "noise.txt").write_bytes(b"\x00\x01\x02" * 1000)
    for path in (tmp_path / "empty", tmp_path / "noise.txt"):
        result = run("trace", path)
        assert result.exit_code == 1
        assert one_line(result)
        assert ".txt" in result.stderr


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = run("trace", tmp_path / "nowhere")
    assert result.exit_code == 2 and "does not exist" in result.stderr
    assert run("trace").exit_code == 2
    assert run("frobnicate").exit_code == 2


def test_one_article_alone_is_a_tree_of_one(pile: Path) -> None:
    result = run("trace", pile / "choir.txt")
    assert result.exit_code == 0
    assert "1 independent report (a text written separately) among 1 article." in result.stdout


def test_compressed_input_is_the_same_article(pile: Path, tmp_path: Path) -> None:
    packed = tmp_path / "gazette.txt.gz"
    packed.write_bytes(gzip.compress(GAZETTE.encode()))
    assert from_json(run("trace", packed, "--format", "json").stdout).articles[0].text.count("swing bridge") == 1


# --- compare, inspect -----------------------------------------------------------------------------------------------


def test_compare_shows_both_sides_and_the_source(pile: Path) -> None:
    result = run("compare", pile / "digest.txt", pile / "gazette.txt")
    assert result.exit_code == 0, result.output
    assert " │ " in result.stdout and "of the left text is found in the right" in result.stdout
    assert "took text from" in result.stdout


def test_compare_of_unrelated_articles_says_so(pile: Path) -> None:
    result = run("compare", pile / "choir.txt", pile / "gazette.txt")
    assert result.exit_code == 0
    assert "Nothing is shared" in result.stdout


def test_compare_wants_two_articles(pile: Path, tmp_path: Path) -> None:
    assert run("compare", pile, pile / "choir.txt").exit_code == 2
    (tmp_path / "empty.txt").write_text("")
    result = run("compare", pile / "choir.txt", tmp_path / "empty.txt")
    assert result.exit_code == 1 and one_line(result)


def test_inspect_shows_each_thing_with_its_ground(pile: Path) -> None:
    result = run("inspect", pile / "digest.txt", pile / "choir.txt")
    assert result.exit_code == 0
    assert "Valley Digest" in result.stdout and "6 Mar 2031" in result.stdout
    assert "Gallow Water Gazette (republication)" in result.stdout
    assert "credits nobody" in result.stdout


# --- the terminal ---------------------------------------------------------------------------------------------------


def test_colour_only_where_it_is_wanted(pile: Path) -> None:
    assert "\x1b[" not in run("trace", pile).stdout
    assert "\x1b[1m" in run("trace", pile, "--color", "always").stdout
    assert "\x1b[1m" in run("trace", pile, "--color", "always", NO_COLOR="1").stdout


def on_a_terminal(*arguments: str | Path, **env: str) -> str:
    """What a person sees who runs the command on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", "from provenance.cli import main; main(prog_name='provenance')", *map(str, arguments)],
        stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
        env=os.environ | {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": ""} | env,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert child.wait() == 0
    return seen.decode(errors="replace")


def test_a_terminal_gets_colour_unless_it_or_the_user_objects(pile: Path) -> None:
    assert "\x1b[1m" in on_a_terminal("trace", pile)
    assert "\x1b[" not in on_a_terminal("trace", pile, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("trace", pile, TERM="dumb")
    assert "\x1b[" not in on_a_terminal("trace", pile, "--color", "never")


def test_a_terminal_without_unicode_gets_ascii(pile: Path) -> None:
    seen = provenance("trace", pile, PYTHONIOENCODING="ascii").communicate()[0]
    assert seen.isascii() and b"`-- " in seen
    assert "└── " in run("trace", pile).stdout
    assert "└── " not in run("trace", pile, "--ascii").stdout


def test_a_reader_that_stops_reading_is_no_error(pile: Path) -> None:
    command = f"{sys.executable} -c 'from provenance.cli import main; main()' trace {pile} --format json | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "{" and done.stderr == ""


def test_ctrl_c_is_one_line_and_130() -> None:
    child = provenance("trace", "-")  # nobody ever writes: the command waits for its first byte
    time.sleep(1.5)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert child.returncode == 130
    assert err.decode().strip() == "Stopped."


BUSY = """
import sys, time
from concurrent.futures import {pool}
from provenance import pipeline
from provenance.cli import main

def read_articles(*paths, **_):
    with {pool}(2) as pool:
        print("working", flush=True)
        list(pool.map(time.sleep, [60.0] * 9))

if __name__ == "__main__":
    pipeline.read_articles = read_articles
    main()
"""


@pytest.mark.parametrize("pool", ["ThreadPoolExecutor", "ProcessPoolExecutor"])
def test_ctrl_c_stops_at_once_while_others_work(pool: str, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text(BUSY.format(pool=pool))
    child = subprocess.Popen(
        [sys.executable, tmp_path / "busy.py", "trace", pile], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None and child.stdout.readline() == b"working\n"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=10)
    assert child.returncode == 130
    assert err.decode().strip() == "Stopped."


def test_a_trace_that_is_stopped_while_it_is_written_leaves_no_file(pile: Path, tmp_path: Path) -> None:
    def stopped(*_: object, **__: object) -> Iterator[str]:
        yield "{"
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("provenance.report.json_document.json_pieces", stopped)
        patch.setattr("provenance.cli.group.is_busy", lambda: False)  # else it would end this test run
        done = run("trace", pile, "--format", "json", "-o", tmp_path / "trace.json")
    assert done.exit_code == 130 and done.stderr.strip() == "Stopped."
    assert not list(tmp_path.glob("*trace.json*"))


def test_a_page_of_more_articles_than_a_browser_shows_well_is_said_before_it_is_made(
    pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.cli.output._MOST_OF_A_PAGE", 2)
    done = run("trace", pile, "--format", "html")
    assert "3 articles opens slowly" in done.stderr and "--format tree" in done.stderr
    assert done.stdout.startswith("<!doctype html>")
    assert "opens slowly" not in run("trace", pile, "--format", "html", "--quiet").stderr


def test_a_pipe_a_device_or_a_broken_link_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing.txt")
    (tmp_path / "good.txt").write_text(
        "The ferry to Carrow Point left two hours late on Monday, the harbour office said."
    )
    done = CliRunner().invoke(main, ["trace", str(tmp_path), "--format", "json"])
    assert done.exit_code == 0
    assert [a["id"] for a in json.loads(done.stdout)["articles"]] == ["good.txt"]
    assert all(f"{name}.txt: " in done.stderr for name in ("pipe", "zero", "nowhere"))


def test_what_a_person_stated_is_marked_in_every_output(pile: Path, tmp_path: Path) -> None:
    article = sorted(f.name for f in pile.iterdir())[0]
    facts = tmp_path / "facts.csv"
    facts.write_text(f"article,field,value,says\n{article},outlet,Carrow Mail,Ada Quill\n")
    for form in ("tree", "table", "json"):
        assert "stated by Ada Quill" in run("trace", pile, "--facts", facts, "--format", form).stdout
    assert "stated" in run("trace", pile, "--facts", facts, "--format", "csv").stdout.splitlines()[0]


def test_a_table_of_word_weights_of_ones_own_is_used(pile: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.tsv.gz"
    assert run("weights", pile, "-o", table).exit_code == 0
    assert run("trace", pile, "--weights", table, "--format", "csv").exit_code == 0
    missing = run("trace", pile, "--weights", tmp_path / "none.tsv")
    assert missing.exit_code == 2 and one_line(missing)


def test_what_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        child = subprocess.run(
            [sys.executable, "-c", "from provenance.cli import main; main()", "settings"],
            stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert child.returncode == 1
    assert "Traceback" not in child.stderr


def test_a_facts_file_that_makes_no_sense_is_wrong_usage(pile: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text("article,field,value,says\nnobody.txt,outlet,Carrow Mail,Ada\n")
    done = CliRunner().invoke(main, ["trace", str(pile), "--facts", str(facts)])
    assert done.exit_code == 2
    assert one_line(done)


def test_our_own_fault_keeps_its_traceback_and_says_where_to_report(
    pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from provenance import pipeline

    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(pipeline, "trace", faulty)
    result = run("trace", pile)
    assert isinstance(result.exception, ZeroDivisionError)
    assert "please report it" in result.exception.__notes__[0]
