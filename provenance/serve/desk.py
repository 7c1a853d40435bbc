"""What stands around every request: the session it belongs to, the form it sends, the job it starts."""

from collections.abc import Awaitable, Callable
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
from provenance.serve.sessions import Note, Session, Sessions
from provenance.settings import Settings

BUSY = "Something is still at work for you. Wait until it is done, or cancel it."

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


def looks(handler: Look) -> Endpoint:
    """A page that changes nothing; whoever has no session gets one."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        session = desk.sessions.of(request.cookies.get(desk.cookie))
        if session is not None:
            return await handler(desk, session, request.query_params)
        session = desk.sessions.open()
        response = await handler(desk, session, request.query_params)
        response.set_cookie(desk.cookie, session.key, httponly=True, samesite="strict", path="/")
        return response

    return endpoint


def changes(handler: Change) -> Endpoint:
    """A form that changes something: only for a session that there is, and only with its token."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        session = desk.sessions.of(request.cookies.get(desk.cookie))
        form = await forms.form_of(request, desk.limits)
        if session is None:
            raise HTTPException(
                403, "This session has ended (the program was started anew, or it was unused for long)."
            )
        if not compare_digest(forms.field(form, "token").encode(), session.token.encode()):
            raise HTTPException(403, "This form is from an older session. Open the start page and try again.")
        session.notes, session.is_used = (), True
        return await handler(desk, session, form)

    return endpoint


async def shown(page: Callable[..., str], *values: Any, status: int = 200) -> Response:
    """A page made in a thread: a report of hundreds of articles takes a moment, in which others are served."""
    return pages.answer(await run_in_threadpool(page, *values), status)


def to(address: str) -> Response:
    """Leads on to another page of ours."""
    return RedirectResponse(address, 303)


def note(session: Session, page: str, text: str, wrong: bool = False) -> None:
    """Puts a line above a page."""
    session.notes = (*session.notes, Note(page, "wrong" if wrong else "done", text))


async def start(desk: Desk, session: Session, job: Job) -> Response:
    """Starts a job, waits a moment, and leads to its result or its progress."""
    session.job = desk.jobs.start(job)
    await desk.jobs.settled(job, desk.limits.patience)
    return to(job.leads_to if job.state == "done" else "/progress")


def is_busy(session: Session) -> bool:
    """Whether a session has work that is not over."""
    return session.job is not None and not session.job.is_over
