"""From paste to saved report, and what is said when something is wrong."""

import csv
import gzip
import io
import time
from html import unescape
from typing import Any

import pytest

pytest.importorskip("starlette")

from serve.app_visitor import FERRY, KEY, ORIGIN, SMALL, Visitor, wait_until

from provenance import from_json
from provenance.ingest import read, read_facts
from provenance.model import Fact, Pile
from provenance.serve import pile_routes
from provenance.serve.desk import to
from provenance.serve.forms import key_of
from provenance.serve.jobs import Job
from provenance.serve.limits import Limits
from provenance.serve.pile import Held, with_fact
from provenance.serve.sessions import Session

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'


@pytest.fixture(scope="module")
def small() -> Held:
    return Held(read([SMALL[0].parent]).articles)


def words(n: int) -> str:
    """So many words that no two articles share."""
    return " ".join(f"w{n}x{i} and" for i in range(60))


# --- adding -------------------------------------------------------------------------------------------------------


def test_texts_are_pasted_one_after_another(visitor: Visitor) -> None:
    page = visitor.paste(FERRY, outlet="Skerry Courier", date="3 May 2031")
    assert page.url.path == "/" and "Added 1 article." in visitor.notes(page)
    visitor.paste(FERRY.replace("three", "four"))
    assert visitor.ids() == ["pasted-1", "pasted-2"]
    page = visitor.get("/").text
    assert "Skerry Courier" in page and "3 May 2031" in page and "typed in with the text" in page


def test_files_of_all_kinds_are_read(visitor: Visitor) -> None:
    visitor.upload(
        ("a.txt", FERRY.encode()),
        ("b.html", b"<html><title>Fog</title><body><article><p>Fog lay over the sound all day.</p></article></html>"),
        ("c.jsonl", b'{"id": 7, "text": "The lamp was dark.", "outlet": "Gull"}\n'),
        ("d.csv", b"id,text\n1,The choir sang until help came.\n"),
        ("e.md.gz", gzip.compress(b"# Rudder\n\nThe rudder was lost on the reef.\n")),
    )
    assert visitor.ids() == ["a.txt", "b.html", "c.jsonl#7", "d.csv#1", "e.md.gz"]


def test_the_second_file_of_a_name_gets_a_name_of_its_own(visitor: Visitor) -> None:
    visitor.upload(("a.txt", FERRY.encode()))
    visitor.upload(("../../a.txt", words(1).encode()), ("C:\\news\\a.txt", words(2).encode()))
    assert visitor.ids() == ["a-2.txt", "a-3.txt", "a.txt"]


def test_what_cannot_be_read_is_said_with_the_reason_and_the_rest_is_added(visitor: Visitor) -> None:
    page = visitor.upload(("a.txt", FERRY.encode()), ("photo.jpg", b"\xff\xd8\x00\x00"))
    assert "Added 1 article." in visitor.notes(page)
    assert "photo.jpg: binary, not text" in visitor.notes(page)
    assert visitor.ids() == ["a.txt"]


@pytest.mark.parametrize(
    ("fields", "cure"),
    [
        ({"text": " \n"}, "There is nothing to add yet"),
        ({"text": ""}, "There is nothing to add yet"),
        ({"text": FERRY, "date": "soon"}, "Write it like 2031-05-03"),
        ({"text": '{"id": 1, "headline": "no text"}\n{"id": 2}'}, "no field with the text"),
    ],
)
def test_a_form_that_is_wrong_says_the_cure_and_keeps_what_was_typed(
    visitor: Visitor, fields: dict[str, str], cure: str
) -> None:
    page = visitor.paste(**{"outlet": "Skerry & Sons", **fields})
    assert page.url.path == "/" and page.history  # a reload does not send the form again
    assert cure in visitor.notes(page)
    assert visitor.notes(visitor.get("/")) == ""
    assert visitor.typed("outlet") == "Skerry & Sons"
    assert visitor.typed("text").strip() == fields["text"].strip()
    assert visitor.ids() == [] and 'id="skipped"' not in visitor.get("/").text
    visitor.paste(FERRY)
    assert visitor.typed("text") == visitor.typed("outlet") == ""


def test_an_empty_file_field_is_nothing_to_add(visitor: Visitor) -> None:
    assert "nothing to add" in visitor.notes(visitor.upload(("", b"")))


def test_the_pile_of_the_command_line_is_there_for_everybody(opened, small: Held) -> None:
    assert len(opened(small).ids()) == 5


def test_the_sample_is_offered_where_there_is_one(opened) -> None:
    visitor = opened(sample=lambda: read([SMALL[0].parent]))
    assert "Add the sample pile" in visitor.get("/").text
    visitor.post("/sample")
    assert len(visitor.ids()) == 5
    without = opened()
    assert "sample pile" not in without.get("/").text
    assert without.post("/sample").status_code == 404


def test_articles_are_removed_one_by_one_or_all(opened, small: Held) -> None:
    visitor = opened(small)
    visitor.post("/remove", {"id": "03-detours.txt"})
    assert len(visitor.ids()) == 4 and "03-detours.txt" not in visitor.ids()
    assert "never.txt was already gone" in visitor.notes(visitor.post("/remove", {"id": "never.txt"}))
    assert len(visitor.ids()) == 4
    visitor.trace()
    visitor.post("/clear")
    assert visitor.ids() == []
    assert visitor.get("/report").url.path == "/"


def test_files_on_their_way_stay_in_memory(visitor: Visitor, tmp_path, monkeypatch) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # any file would fail to be made
    visitor.upload(("a.txt", FERRY.encode() + b"x " * 2_000_000))
    assert visitor.ids() == ["a.txt"]


def test_what_is_typed_beside_many_articles_is_said_to_be_unused(visitor: Visitor) -> None:
    page = visitor.paste('{"id": 1, "text": "The lamp was dark."}\n{"id": 2, "text": "The choir sang."}', outlet="Gull")
    assert "Added 2 articles." in visitor.notes(page)
    assert "The outlet beside the text was not used: there are 2 articles in it" in visitor.notes(page)


def test_a_binary_file_pasted_as_text_is_called_that(visitor: Visitor) -> None:
    page = visitor.paste("\x7fELF\x00\x01" * 50)
    assert "This is not text, but a binary file pasted as text." in visitor.notes(page)


def test_a_text_stays_in_its_form_until_it_is_in_the_pile(opened) -> None:
    visitor = opened(limits=Limits(patience=0))
    page = visitor.post("/add", {"text": FERRY, "outlet": "Gull"})
    assert page.url.path == "/progress"
    assert visitor.typed("text") == FERRY
    page = visitor.post("/cancel")
    if "Stopped adding. Nothing was added." in visitor.notes(page):  # it was not faster than we
        assert visitor.typed("text") == FERRY and visitor.typed("outlet") == "Gull"
        visitor.settled(visitor.post("/add", {"text": FERRY, "outlet": "Gull"}))
    assert visitor.ids() and visitor.typed("text") == visitor.typed("outlet") == ""


def test_facts_of_another_tab_survive_a_text_that_gives_nothing(opened, small: Held, monkeypatch) -> None:
    visitor = opened(small)
    fact = Fact("04-village-lorries.txt", "outlet", "Lorry Times", "me")

    async def start(desk: Any, session: Session, job: Job) -> Any:
        session.held = with_fact(session.held, fact, Limits())  # the other tab, while this one waits
        job.then(Pile(()))
        job.state = "done"
        return to("/")

    monkeypatch.setattr(pile_routes, "start", start)
    assert "no article" in visitor.notes(visitor.post("/add", {"text": "[]"}))
    assert "Stated so far: 1 fact" in visitor.get("/facts").text


def test_of_what_was_not_read_a_hundred_are_shown_and_the_list_can_be_dismissed(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    visitor.paste(words(1))
    visitor.trace()
    visitor.upload(("bad.jsonl", b'{"tex": 1}\n' * 400))
    page = visitor.get("/")
    assert "Not read: 400 files or records" in page.text and "and 300 more" in page.text
    assert page.text.count("no field with the text") == 100
    page = visitor.post("/dismiss")
    assert "Not read" not in page.text and visitor.ids() == ["pasted-1", "pasted-2"]
    assert "have changed since" not in visitor.get("/report").text


def test_before_tracing_it_is_not_said_that_an_outlet_is_unknown(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    visitor.paste(words(1))
    page = visitor.get("/").text
    assert "not read yet" in page and "found when you trace, if the text tells" in page
    assert "outlet unknown" not in page and "no date" not in page
    assert "not read yet" not in visitor.get("/compare").text
    visitor.trace()
    page = visitor.get("/").text
    assert "outlet unknown" in page and "not read yet" not in page


# --- tracing and looking ------------------------------------------------------------------------------------------


def test_from_files_to_the_saved_report(visitor: Visitor) -> None:
    visitor.upload(*((file.name, file.read_bytes()) for file in SMALL))
    page = visitor.trace()
    assert page.url.path == "/report" and page.status_code == 200
    assert 'id="app-bar"' in page.text and "Wendmouth Chronicle" in page.text
    saved = visitor.get("/save/report.html?texts=full")
    assert saved.headers["content-disposition"] == 'attachment; filename="provenance-report.html"'
    assert "form-action &#39;none&#39;" in saved.text and visitor.token not in saved.text
    assert "app-bar" not in saved.text
    found = from_json(visitor.get("/save/trace.json").text)
    assert found.independent_reports.n == 3
    rows = list(csv.DictReader(io.StringIO(visitor.get("/save/derivations.csv").text)))
    assert len(rows) == len(found.derivations)


def test_the_report_carries_as_much_text_as_is_asked_for(opened, small: Held) -> None:
    visitor = opened(small)
    visitor.trace()
    sizes = [len(visitor.get(f"/save/report.html?texts={much}").text) for much in ("full", "passages", "none")]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > sizes[2]
    assert visitor.get("/save/report.html?texts=everything").status_code == 400


def test_before_tracing_there_is_nothing_to_look_at(visitor: Visitor) -> None:
    assert visitor.get("/report").url.path == "/"
    assert visitor.get("/progress").url.path == "/"
    assert visitor.get("/comparison").url.path == "/compare"
    for name in ("report.html", "trace.json", "derivations.csv", "comparison.html"):
        assert visitor.get(f"/save/{name}").status_code == 404
    assert "Add some articles first" in visitor.notes(visitor.trace())


def test_long_work_shows_its_progress_and_can_be_cancelled(opened) -> None:
    visitor = opened(limits=Limits(patience=0.01))
    lines = "\n".join(f'{{"text": "{words(n % 40)} {words(n)}"}}' for n in range(400))
    page = visitor.upload(("many.jsonl", lines.encode()))
    assert len(visitor.ids()) == 400, visitor.notes(page)
    page = visitor.post("/trace")
    assert page.url.path == "/progress"
    assert '<noscript><meta http-equiv="refresh"' in page.text  # without script it goes on by itself
    wait_until(lambda: visitor.get("/progress.json").json()["total"] == 400)
    told = visitor.get("/progress.json").json()
    assert (not told["over"] and "of 400" in told["words"]) or "done" in told["words"]
    assert "At work" in visitor.get("/").text
    assert "still at work" in visitor.notes(visitor.post("/add", {"text": FERRY}))
    page = visitor.post("/cancel")
    assert page.url.path == "/" and "Stopped tracing." in visitor.notes(page)
    assert visitor.notes(visitor.get("/")) == ""  # said once
    assert visitor.get("/report").url.path == "/"
    assert visitor.get("/progress.json").json()["over"]


# --- facts and pairs ----------------------------------------------------------------------------------------------


def test_a_stated_fact_changes_the_next_trace_and_is_marked(opened, small: Held) -> None:
    visitor = opened(small)
    visitor.trace()
    fact = {"article": "04-village-lorries.txt", "what": "outlet", "value": "Lorry Times"}
    page = visitor.post("/facts/add", fact)
    assert page.url.path == "/facts" and "who says so" in visitor.notes(page)
    assert 'value="Lorry Times"' in page.text
    page = visitor.post("/facts/add", {**fact, "says": "the editor"})
    assert page.url.path == "/facts"
    assert "Noted: 04-village-lorries.txt appeared in Lorry Times" in visitor.notes(page)
    assert "have changed since" in visitor.get("/report").text
    assert "have changed since" not in visitor.trace().text
    (article,) = [a for a in from_json(visitor.get("/save/trace.json").text).articles if a.id == fact["article"]]
    assert (article.outlet, article.outlet_ground) == ("Lorry Times", "stated by the editor")


def test_a_relation_is_stated_with_an_article_of_the_pile(opened, small: Held) -> None:
    visitor = opened(small)
    relation = {"article": "05-old-piers.txt", "what": "from", "other": "03-detours.txt", "says": "the columnist"}
    visitor.post("/facts/add", {**relation, "value": ""})
    visitor.trace()
    arrows = from_json(visitor.get("/save/trace.json").text).derivations
    assert ("05-old-piers.txt", "03-detours.txt") in {(d.derived, d.source) for d in arrows}


def test_facts_are_saved_for_the_command_line_and_taken_back(opened, small: Held, tmp_path) -> None:
    visitor = opened(small)
    for date in ("2028-03-15", "2028-03-16"):
        fact = {"article": "04-village-lorries.txt", "what": "date", "value": date, "says": "me"}
        page = visitor.post("/facts/add", fact)
    assert "You have stated already that 04-village-lorries.txt is dated 2028-03-15." in visitor.notes(page)
    saved = tmp_path / "facts.csv"
    saved.write_text(visitor.get("/save/facts.csv").text)
    assert [fact.value for fact in read_facts(saved)] == ["2028-03-15"]
    key = key_of(Fact("04-village-lorries.txt", "date", "2028-03-15", "me"))
    assert unescape(visitor.get("/facts").text).count(f'value="{key}"') == 1
    page = visitor.post("/facts/remove", {"fact": key})
    assert "Taken back: 04-village-lorries.txt is dated 2028-03-15" in visitor.notes(page)
    assert "Stated so far: 0 facts" in page.text
    visitor.post("/facts/add", fact)
    for stale in (key, "", "0", "9" * 5000, "²", "[]"):  # as from a tab that shows an older list
        page = visitor.post("/facts/remove", {"fact": stale, "number": stale})
        assert "already taken back" in visitor.notes(page) and "Stated so far: 1 fact" in page.text


@pytest.mark.parametrize(
    ("relation", "cure"),
    [
        ({"what": "from", "other": "gone.txt"}, "“gone.txt” is not in the pile (any more). Choose an article"),
        ({"what": "from", "other": "03-detours.txt", "value": "Gull"}, "Keep one of the two"),
        ({"what": "not from", "value": "Gull"}, "For “did not take its text from”, choose an article of the pile."),
    ],
)
def test_a_relation_to_what_is_not_there_or_to_two_is_refused(opened, small, relation, cure) -> None:
    visitor = opened(small)
    page = visitor.post("/facts/add", {"article": "05-old-piers.txt", "says": "me", **relation})
    assert cure in visitor.notes(page) and "Stated so far: 0 facts" in page.text


def test_a_comparison_says_when_it_is_old(opened, small: Held) -> None:
    visitor = opened(small)
    visitor.settled(visitor.post("/compare/run", {"a": "01-swing-bridge.txt", "b": "02-valley-commuters.txt"}))
    fact = {"what": "outlet", "value": "Lorry Times", "says": "me"}
    visitor.post("/facts/add", {"article": "03-detours.txt", **fact})
    assert "have changed since" not in visitor.get("/comparison").text  # it is not about these two
    visitor.post("/facts/add", {"article": "01-swing-bridge.txt", **fact})
    page = visitor.get("/comparison").text
    assert "have changed since this comparison was made" in page
    assert "/compare?a=01-swing-bridge.txt&amp;b=02-valley-commuters.txt" in page
    assert "have changed since" not in visitor.get("/save/comparison.html").text


def test_two_are_compared(opened, small: Held) -> None:
    visitor = opened(small)
    pair = {"a": "01-swing-bridge.txt", "b": "02-valley-commuters.txt"}
    page = visitor.settled(visitor.post("/compare/run", pair))
    assert page.url.path == "/comparison" and page.status_code == 200
    assert "Wendmouth Chronicle" in page.text and "Ostrey Vale Herald" in page.text
    saved = visitor.get("/save/comparison.html")
    assert saved.headers["content-disposition"] == 'attachment; filename="provenance-comparison.html"'
    assert "Ostrey Vale Herald" in saved.text and "app-bar" not in saved.text


@pytest.mark.parametrize(("a", "b"), [("", ""), ("01-swing-bridge.txt", "x"), ("01-swing-bridge.txt",) * 2])
def test_a_pair_that_is_none_is_refused(opened, small: Held, a: str, b: str) -> None:
    visitor = opened(small)
    page = visitor.post("/compare/run", {"a": a, "b": b})
    assert page.url.path == "/compare" and "Choose two" in visitor.notes(page)
    assert "selected" in page.text or not a


# --- safety -------------------------------------------------------------------------------------------------------


def test_piles_of_two_browsers_never_meet(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    mine = dict(visitor.client.cookies)
    visitor.client.cookies.clear()
    visitor.enter()
    assert visitor.ids() == []
    visitor.paste(words(3))
    visitor.paste(words(4))
    assert len(visitor.ids()) == 2
    visitor.client.cookies.clear()
    visitor.client.cookies.update(mine)
    assert len(visitor.ids()) == 1


def test_the_cookie_is_for_the_server_alone(visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    cookie = visitor.enter().history[0].headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert "set-cookie" not in visitor.get("/").headers


def test_a_form_without_the_token_of_its_session_changes_nothing(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    for token in ("", "x", "é"):
        assert visitor.client.post("/clear", data={"token": token}).status_code == 403
    assert visitor.client.post("/clear").status_code == 403
    assert (
        visitor.client.post(
            "/clear", data={"token": visitor.token}, headers={"Origin": "http://evil.example"}
        ).status_code
        == 403
    )
    assert len(visitor.ids()) == 1


def test_looking_changes_nothing(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    for address in ("/add", "/clear", "/dismiss", "/remove?id=pasted-1", "/trace", "/cancel", "/sample"):
        assert visitor.get(address).url.path == "/"
    assert visitor.get("/facts/add").url.path == visitor.get("/facts/remove").url.path == "/facts"
    assert visitor.get("/compare/run").url.path == "/compare"
    assert visitor.ids() == ["pasted-1"]
    assert visitor.client.delete("/report").status_code == 405


def test_a_session_that_has_ended_says_so(visitor: Visitor) -> None:
    token = visitor.token
    name = next(iter(visitor.client.cookies))
    visitor.client.cookies.clear()
    visitor.client.cookies.set(name, "of-a-program-that-was-stopped", domain="127.0.0.1")
    answer = visitor.client.post("/add", data={"token": token, "text": FERRY})
    assert answer.status_code == 403 and "<h1>This session has ended</h1>" in answer.text
    answer = visitor.get("/")
    assert answer.status_code == 403 and "Your earlier pile is gone" in answer.text
    assert "Open the address that the program printed" in answer.text
    assert "Your earlier pile is gone" in visitor.notes(visitor.enter())
    assert visitor.notes(visitor.get("/")) == ""


def test_a_pile_that_was_not_used_for_long_is_gone_with_a_word_and_without_the_key(opened) -> None:
    visitor = opened(limits=Limits(idle_seconds=0.2))
    visitor.get("/")
    time.sleep(0.3)
    page = visitor.get("/facts")
    assert page.url.path == "/" and "Your earlier pile is gone" in visitor.notes(page)


def test_only_who_knows_the_key_gets_a_session(visitor: Visitor) -> None:
    visitor.paste(FERRY)
    mine = dict(visitor.client.cookies)
    visitor.client.cookies.clear()
    for address in ("/", "/?key=", "/?key=wrong", "/?key=%ff", "/report", "/save/facts.csv", "/progress.json"):
        answer = visitor.get(address)
        assert answer.status_code == 403 and "Open the address that the program printed" in answer.text
        assert not visitor.client.cookies
    page = visitor.enter()
    assert page.url.query == b"" and page.status_code == 200  # the key does not stay in the address
    visitor.client.cookies.clear()
    visitor.client.cookies.update(mine)
    for key in (KEY, "wrong"):
        assert visitor.enter(key).url.query == b""
        assert visitor.ids() == ["pasted-1"]  # who comes again finds the same pile


def test_too_many_browsers_are_told_so(opened) -> None:
    visitor = opened(limits=Limits(sessions=1))
    visitor.paste(FERRY)
    mine = dict(visitor.client.cookies)
    visitor.client.cookies.clear()
    answer = visitor.enter()
    assert answer.status_code == 503 and "Too many browsers" in answer.text
    visitor.client.cookies.update(mine)
    assert visitor.ids() == ["pasted-1"]


@pytest.mark.parametrize(("address", "status"), [("/nothing", 404), ("/report/../x", 404)])
def test_error_pages_are_plain_and_lead_back(visitor: Visitor, address: str, status: int) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    assert "Go to the start page" in answer.text and "Traceback" not in answer.text


def test_a_fault_of_ours_shows_no_traceback(opened, monkeypatch) -> None:
    from starlette.testclient import TestClient

    from provenance.serve import pages

    def broken(*values: object) -> str:
        raise ZeroDivisionError("secret words")

    visitor = opened()
    monkeypatch.setattr(pages, "compare", broken)
    mine = dict(visitor.client.cookies)
    client = TestClient(visitor.client.app, base_url=ORIGIN, raise_server_exceptions=False, cookies=mine)
    answer = client.get("/compare")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "not yours" in answer.text


def test_hostile_words_stay_words(visitor: Visitor) -> None:
    visitor.paste(FERRY + EVIL, outlet=EVIL, title=EVIL, url="javascript:alert(3)")
    visitor.upload((f"{EVIL}.txt", (FERRY + words(5)).encode()))
    visitor.post("/facts/add", {"article": "pasted-1", "what": "byline", "value": EVIL, "says": EVIL})
    pages = [visitor.get("/"), visitor.get("/facts"), visitor.get("/compare"), visitor.trace()]
    pages.append(visitor.post("/add", {"text": EVIL, "date": EVIL}))
    pages.append(visitor.get(f"/facts?article={EVIL}"))
    pages.append(visitor.get(f"/{EVIL}"))
    for page in pages:
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
        assert 'href="javascript' not in page.text
    assert "alert(1)" in pages[0].text


def test_too_many_files_or_a_broken_form_are_refused_kindly(opened) -> None:
    visitor = opened(limits=Limits(files=2))
    answer = visitor.post("/add", files=[("files", (f"{n}.txt", b"x")) for n in range(3)])
    assert answer.status_code == 413 and "More than 2 files at once. Add them in several steps." in answer.text
    assert "up to 2 files and 64 MB at once" in visitor.get("/").text
    kind = {"Content-Type": "multipart/form-data"}
    assert visitor.client.post("/add", content=b"nonsense", headers=kind).status_code == 400
    part = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--b--\r\n'
    for charset in ("", "; charset=bogus", "; charset=utf-7", "; charset=unicode_escape"):
        for kind in ("multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
            answer = visitor.client.post("/add", content=part, headers={"Content-Type": kind + charset})
            assert answer.status_code in (400, 403), (charset, kind)
