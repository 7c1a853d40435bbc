"""The pages on the command line: --format html, --lesson, demo."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli import browser, main
from provenance.ingest import read, sample_pile

ONLY_IN_BODY = "dragged through the harbor"  # words of an article of the sample pile


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def refusal(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    return result.stderr.splitlines()[-1]


def test_a_trace_becomes_one_page(small_pile: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = run("trace", small_pile, "--format", "html", "-o", page)
    assert result.exit_code == 0, result.stderr
    assert f"wrote {page}" in result.stderr
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and html.rstrip().endswith("</html>")
    assert "default-src &#39;none&#39;" in html


@pytest.mark.parametrize(("texts", "is_there"), [("full", True), ("passages", False), ("none", False)])
def test_the_page_carries_as_much_text_as_is_asked_for(texts: str, is_there: bool, small_pile: Path) -> None:
    last = "01-swing-bridge.txt"
    unshared = next(line for line in reversed((small_pile / last).read_text().splitlines()) if len(line) > 40)
    only_there = " ".join(unshared.split()[:6])
    html = run("trace", small_pile / last, small_pile / "05-old-piers.txt", "--format", "html", "--texts", texts).stdout
    assert (only_there in html) is is_there


def test_the_same_pile_gives_the_same_page(small_pile: Path) -> None:
    first, second = (run("trace", small_pile, "--format", "html").stdout for _ in range(2))
    assert first and first == second


def test_derivations_below_the_floor_are_not_on_the_page(small_pile: Path) -> None:
    assert 'id="d1"' in run("trace", small_pile, "--format", "html").stdout
    assert 'id="d1"' not in run("trace", small_pile, "--format", "html", "--at-least", "1").stdout


def test_what_is_for_pages_wants_a_page(small_pile: Path) -> None:
    assert "add --format html" in refusal("trace", small_pile, "--texts", "none")
    assert "add --format html" in refusal("trace", small_pile, "--lesson")
    assert "add --lesson" in refusal("trace", small_pile, "--format", "html", "--language", "de")
    assert "add --lesson" in refusal("demo", "--language", "de")
    assert "in full" in refusal("trace", small_pile, "--format", "html", "--lesson", "--texts", "none")


def test_a_lesson_in_a_language_without_words_names_those_there_are(small_pile: Path) -> None:
    result = run("trace", small_pile, "--format", "html", "--lesson", "--language", "tlh")
    assert result.exit_code == 2
    assert "de" in result.stderr and "en" in result.stderr


def test_a_lesson_is_in_the_language_of_its_articles(root: Path) -> None:
    html = run("trace", root / "inputs" / "deutsch", "--format", "html", "--lesson").stdout
    assert '<html lang="de"' in html


def test_the_demo_works_from_any_folder_and_says_where_its_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("demo", "--no-open")
    assert result.exit_code == 0, result.stderr
    page = Path(result.stdout.strip())
    assert page == tmp_path / "provenance-demo.html"
    assert ONLY_IN_BODY in page.read_text(encoding="utf-8")


def test_the_demo_opens_its_page_where_there_is_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    script.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    monkeypatch.setattr(browser.webbrowser, "_tryorder", None)  # the module reads BROWSER once a process
    result = run("demo")
    assert result.exit_code == 0, result.stderr
    assert seen.read_text().strip() == (tmp_path / "provenance-demo.html").as_uri()
    assert "no browser" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="a machine without a screen")
def test_where_there_is_no_browser_the_demo_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    assert "no browser here" in run("demo", "--lesson").stderr
    assert (tmp_path / "provenance-lesson.html").is_file()


def test_the_lesson_for_schools_is_current(root: Path, tmp_path: Path) -> None:
    page = tmp_path / "lesson.html"
    assert run("demo", "--lesson", "--no-open", "-o", page).exit_code == 0
    committed = root / "inputs" / "classroom" / "lesson.html"
    assert committed.read_bytes() == page.read_bytes(), (
        f"build it again: provenance demo --lesson --no-open -o {committed.relative_to(root)}"
    )


def test_the_sample_pile_is_the_classroom_pile(root: Path) -> None:
    def texts(folder: Path) -> list[tuple[str, str]]:
        return [(a.id, a.text) for a in read([folder]).articles]

    assert texts(sample_pile()) == texts(root / "inputs" / "classroom")
