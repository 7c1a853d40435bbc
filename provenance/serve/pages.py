"""The pages of the app: from what a session holds to HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from starlette.responses import HTMLResponse

from provenance.model import Article, Fact
from provenance.report.arrow_view import Texts
from provenance.report.one_file import page
from provenance.report.wording import date_words, outlet_words, plain
from provenance.serve.forms import key_of
from provenance.serve.guard import HEADERS, NOTHING
from provenance.serve.jobs import Job
from provenance.serve.limits import Limits
from provenance.serve.sessions import Session
from provenance.settings import version

STYLES = ("base.css", "app.css")
SCRIPTS = ("app.js",)
NOT_READ = "not read yet"  # an outlet or a date: tracing often finds it in the text
TEXTS: dict[Texts, str] = {
    "full": "whole texts",
    "passages": "only the passages that arrows rest on",
    "none": "no text at all",
}
FACTS = {
    "outlet": "outlet",
    "date": "date",
    "title": "title",
    "byline": "writer",
    "url": "address (URL)",
    "from": "took its text from",
    "not from": "did not take its text from",
}
_STAGES = {
    "reading": "Reading",
    "reading credits": "Reading who is credited",
    "reading words": "Reading the words",
    "aligning": "Comparing the texts that share something",
}
# what comes after a stage and does not say how far it is
_AFTER = {
    "reading": "Putting it into the pile …",
    "reading credits": "Reading the words …",
    "reading words": "Looking for texts that share something …",
    "aligning": "Putting the tree together …",
}
_KINDS = {"add": "Reading your articles", "trace": "Tracing who took from whom", "compare": "Comparing the two"}
_LISTED = 100  # of what was not read; the rest is counted
_SHOWN = 60  # characters of a text that stand in for a title
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_ERRORS = {
    400: "This could not be read",
    404: "There is no such page",
    405: "This page cannot be used like that",
    403: "This is not allowed",
    413: "Too much at once",
    421: "Wrong address",
    500: "Something went wrong here",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An article as the table of the pile shows it."""

    id: str
    outlet: str
    outlet_ground: str
    date: str
    date_ground: str
    title: str
    is_untitled: bool
    words: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An article to choose from a list."""

    id: str
    words: str


# --- pages ----------------------------------------------------------------------------------------------------------


def pile(session: Session, limits: Limits, has_sample: bool) -> str:
    """What the pile holds, and how to add to it."""
    skipped = session.held.skipped
    return _page(
        "app_pile.html",
        session,
        "Your pile",
        "/",
        rows=_rows(session),
        unread=len(skipped) + session.held.unlisted,
        skipped=skipped[:_LISTED],
        facts=len(session.held.facts),
        typed=dict.fromkeys(("text", "outlet", "date", "title", "url"), "") | session.drafts.get("/", {}),
        not_read=NOT_READ,
        has_sample=has_sample,
        limits=limits,
    )


def progress(session: Session, job: Job) -> str:
    """How far a job is, or why it failed."""
    return _page(
        "app_progress.html", session, _KINDS[job.kind], "/progress", job=job, words=progress_words(job), lead=job.kind
    )


def facts(session: Session, article: str) -> str:
    """What was stated, and a form to state more, perhaps about a certain article."""
    return _page("app_facts.html", session, "Correct or state a fact", "/facts", form=_fact_form(session, article))


def compare(session: Session, typed: dict[str, str]) -> str:
    """Two articles to choose; ``typed`` names those chosen already."""
    typed = {"a": "", "b": ""} | session.drafts.get("/compare", {}) | typed
    return _page("app_compare.html", session, "Compare two", "/compare", choices=_choices(session), typed=typed)


def report(session: Session) -> str:
    """The report of the session's trace, with a bar above it that leads on."""
    from provenance.report.html_page import html_page

    assert session.trace is not None
    return html_page(
        session.trace,
        template="app_report.html",
        styles=("app.css",),
        scripts=SCRIPTS,
        forms=True,
        app=_around(session, "/report"),
        form=_fact_form(session),
    )


def comparison(session: Session) -> str:
    """Two articles side by side, with the same bar."""
    from provenance.report.html_page import comparison_page

    assert session.comparison is not None
    return comparison_page(
        session.comparison,
        template="app_comparison.html",
        styles=("app.css",),
        scripts=SCRIPTS,
        forms=True,
        app=_around(session, "/comparison"),
        pair=(session.comparison.a.id, session.comparison.b.id),
    )


def error(status: int, words: str, heading: str = "") -> str:
    """A plain page that says what was wrong and where to go on."""
    title = heading or _ERRORS.get(status, "This did not work")
    return page(
        "app_error.html",
        styles=STYLES,
        forms=True,
        title=f"{title} – provenance",
        heading=title,
        words=words,
        version=version(),
    )


def answer(text: str, status: int = 200) -> HTMLResponse:
    """A page with the policy that stands in it also among the headers, where it can forbid frames too."""
    found = _POLICY.search(text)
    policy = f"{unescape(found[1])}; frame-ancestors 'none'" if found else NOTHING
    return HTMLResponse(text.encode("utf-8", "replace"), status, {"Content-Security-Policy": policy, **HEADERS})


# --- parts ----------------------------------------------------------------------------------------------------------


def progress_words(job: Job) -> str:
    """One line about a job that is not over."""
    if job.state == "waiting":
        return "Another window of this program is working; yours is next."
    if not job.total:
        return "Starting."
    if job.stage not in _STAGES:
        return f"{plain(job.stage)} …"
    if job.done >= job.total:
        return _AFTER[job.stage]
    return f"{_STAGES[job.stage]}: {job.done:,} of {job.total:,}"


def _page(template: str, session: Session, title: str, at: str, **values: Any) -> str:
    return page(
        template,
        styles=STYLES,
        scripts=SCRIPTS,
        forms=True,
        title=f"{title} – provenance",
        heading=title,
        version=version(),
        app=_around(session, at),
        **values,
    )


def _around(session: Session, at: str) -> dict[str, Any]:
    """What every page of a session shows around its own matter; notes are shown once."""
    told = session.told(at)
    return {
        "at": at,
        "token": session.token,
        "notes": [n for n in told if n.kind != "not yet"],
        "problem": " ".join(n.text for n in told if n.kind == "not yet"),
        "size": len(session.held.articles),
        "has_trace": session.trace is not None,
        "is_current": session.is_current,
        "is_comparison_current": session.is_comparison_current,
        "is_busy": session.job is not None and not session.job.is_over,
        "texts_choices": TEXTS,
    }


def _fact_form(session: Session, article: str = "") -> dict[str, Any]:
    choices = _choices(session)
    names = {c.id: c.words for c in choices}
    typed = dict.fromkeys(("article", "what", "value", "other"), "") | {"says": session.said_by}
    typed |= session.drafts.get("/facts", {}) | ({"article": article} if article else {})
    return {
        "choices": choices,
        "fact_fields": FACTS,
        "stated": [_stated(f, names) for f in session.held.facts],
        "typed": typed,
    }


def _stated(fact: Fact, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "key": key_of(fact),
        "article": names.get(fact.article, fact.article),
        "field": FACTS[fact.field],
        "value": names.get(fact.value, fact.value),
        "said_by": fact.said_by,
    }


def _choices(session: Session) -> list[Choice]:
    return [Choice(row.id, _choice(row)) for row in _rows(session)]


def _choice(row: Row) -> str:
    cut = row.title if len(row.title) <= _SHOWN else f"{row.title[:_SHOWN].rstrip()}…"
    known = ", ".join(words for words in (row.outlet, row.date) if words != NOT_READ)
    return f"{known}: {cut} [{plain(row.id)}]" if known else f"{cut} [{plain(row.id)}]"


def _rows(session: Session) -> list[Row]:
    """The articles as they are known best: a trace of this very pile knows more outlets and dates."""
    if session.trace is not None and session.is_current:
        return [_row(a, is_traced=True) for a in session.trace.articles]
    return [_row(a, is_traced=False) for a in session.held.stated()]


def _row(article: Article, is_traced: bool) -> Row:
    start = plain(article.text[: 3 * _SHOWN])[:_SHOWN]
    return Row(
        id=article.id,
        outlet=outlet_words(article) if article.outlet or is_traced else NOT_READ,
        outlet_ground=article.outlet_ground or "",
        date=date_words(article.published) if article.published or is_traced else NOT_READ,
        date_ground=article.published.read_from if article.published else "",
        title=plain(article.title or "") or f"{start} …",
        is_untitled=not article.title,
        words=len(article.text.split()),
    )
