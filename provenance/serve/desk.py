"""What stands around every request: the session it belongs to, the form it sends, the job it starts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from secrets import compare_digest
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from provenance.model import Pile
from provenance.serve import forms, pages
from provenance.serve.jobs import Job, Jobs
from provenance.serve.limits import Limits
from provenance.serve.sessions import Note, Session, Sessions, TooMany
from provenance.settings import Settings

BUSY = "Something is still at work for you. Wait until it is done, or cancel it."
GONE = "Your earlier pile is gone (the program was restarted, or it was not used for 12 hours)."
KEY = "Open the address that the program printed when it started; it ends with a key that lets you in."
TOO_MANY = "Too many browsers use this program. Wait half an hour, or start another one: provenance serve -p 0."
_NOTES = 10  # that wait for their page at most

Sample = Callable[[], Pile]
Look = Callable[["Desk", Session, QueryParams], Awaitable[Response]]
Change = Callable[["Desk", Session, FormData], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What all requests share."""

    sessions: Sessions
    jobs: Jobs
    settings: Settings
    limits: Limits
    cookie: str
    sample: Sample | None
    key: str


class Refused(HTTPException):
    """A page that says why something is not done, under a heading of its own."""

    def __init__(self, status: int, heading: str, words: str) -> None:
        super().__init__(status, words)
        self.heading = heading


def looks(handler: Look) -> Endpoint:
    """A page that changes nothing, for whoever has a session."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        session = desk.sessions.of(request.cookies.get(desk.cookie))
        if session is None or "key" in request.query_params:
            return _entered(desk, request, session)
        return await handler(desk, session, request.query_params)

    return endpoint


def _entered(desk: Desk, request: Request, session: Session | None) -> Response:
    """Gives a session to whoever shows the key that the program printed, or had a session before.

    Anybody on this computer can reach the address; only who can read the terminal knows the key.
    """
    cookie, given = request.cookies.get(desk.cookie), request.query_params.get("key", "")
    response = to("/")  # without the key in it
    if session is not None:
        return response
    if not compare_digest(given.encode(), desk.key.encode()) and not desk.sessions.has_ended(cookie):
        raise Refused(403, "Open the address that the program printed", f"{GONE} {KEY}" if cookie else KEY)
    try:
        session = desk.sessions.open()
    except TooMany:
        raise Refused(503, "Too many browsers", TOO_MANY) from None
    if cookie:
        note(session, "/", GONE, wrong=True)
    response.set_cookie(desk.cookie, session.key, httponly=True, samesite="strict", path="/")
    return response


def changes(handler: Change) -> Endpoint:
    """A form that changes something: only for a session that there is, and only with its token."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        session = desk.sessions.of(request.cookies.get(desk.cookie))
        form = await forms.form_of(request, desk.limits)
        if session is None:
            raise Refused(403, "This session has ended", f"{GONE} Nothing was changed. {KEY}")
        if not compare_digest(forms.field(form, "token").encode(), session.token.encode()):
            raise HTTPException(403, "This form is from an older session. Open the start page and try again.")
        session.is_used = True
        return await handler(desk, session, form)

    return endpoint


async def shown(page: Callable[..., str], *values: Any) -> Response:
    """A page made in a thread: a report of hundreds of articles takes a moment, in which others are served."""
    return pages.answer(await run_in_threadpool(page, *values))


def to(address: str) -> Response:
    """Leads on to another page of ours."""
    return RedirectResponse(address, 303)


def note(session: Session, page: str, text: str, wrong: bool = False) -> None:
    """Puts a line above a page, for the next time that it is shown."""
    _tell(session, Note(page, "wrong" if wrong else "done", text))


def refused(session: Session, page: str, problem: str, typed: Mapping[str, str] | None = None) -> Response:
    """Leads back to the page of a form with what is wrong with it, and keeps what was typed."""
    _tell(session, Note(page, "not yet", problem))
    if typed is not None:
        session.drafts[page] = dict(typed)
    return to(page)


def _tell(session: Session, said: Note) -> None:
    session.notes = (*session.notes, said)[-_NOTES:]


async def start(desk: Desk, session: Session, job: Job) -> Response:
    """Starts a job, waits a moment, and leads to its result or its progress."""
    session.job = desk.jobs.start(job)
    await desk.jobs.settled(job, desk.limits.patience)
    return to(job.leads_to if job.state == "done" else "/progress")


def is_busy(session: Session) -> bool:
    """Whether a session has work that is not over."""
    return session.job is not None and not session.job.is_over
