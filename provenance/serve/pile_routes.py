"""The start page: what is in the pile, adding to it, taking away."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response

from provenance.model import Pile, Skipped
from provenance.report.wording import counted, plain
from provenance.serve import forms, pages, work
from provenance.serve.desk import BUSY, Desk, changes, is_busy, looks, note, shown, start, to
from provenance.serve.jobs import Job
from provenance.serve.pile import Held, added, without
from provenance.serve.sessions import Session

_NAMED = 5  # skipped files that a note names; the page of the pile lists all


async def page_of_pile(desk: Desk, session: Session, typed: Any = None, problem: str | None = None) -> Response:
    """The start page; ``typed`` and ``problem`` are what was sent and what was wrong with it."""
    status = 422 if problem else 200
    page = partial(pages.pile, session, desk.limits, typed or {}, problem, desk.sample is not None)
    return await shown(page, status=status)


@looks
async def show_pile(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The start page."""
    return await page_of_pile(desk, session)


@changes
async def add(desk: Desk, session: Session, form: FormData) -> Response:
    """Reads what was pasted or sent and puts it into the pile; a text that gives nothing stays in its form."""
    given = forms.given_of(form)
    typed = {**given.typed, "text": given.text}
    if problem := BUSY if is_busy(session) else given.problem:
        return await page_of_pile(desk, session, typed, problem)
    session.pasted += bool(given.text.strip())
    documents = given.documents([a.id for a in session.held.articles], session.pasted)
    before = session.held
    job = Job("add", "/", work.read, (documents, desk.limits.unpacked_bytes), partial(_take, desk, session))
    response = await start(desk, session, job)
    if job.state == "done" and given.text.strip() and len(session.held.articles) == len(before.articles):
        problem, session.notes = " ".join(n.text for n in session.notes), ()
        session.held = before
        return await page_of_pile(desk, session, typed, problem)
    return response


def _take(desk: Desk, session: Session, pile: Pile) -> None:
    before = len(session.held.articles)
    session.held, skipped = added(session.held, pile, desk.limits)
    new = len(session.held.articles) - before
    if new:
        note(session, "/", f"Added {counted(new, 'article')}.")
    if skipped:
        note(session, "/", _skipped_words(skipped), wrong=True)
    if not new and not skipped:
        note(session, "/", "There was no article in it.", wrong=True)


def _skipped_words(skipped: Sequence[Skipped]) -> str:
    named = "; ".join(f"{plain(s.path)}: {plain(s.reason)}" for s in skipped[:_NAMED])
    more = len(skipped) - _NAMED
    return f"Not read: {named}{f'; and {more:,} more, listed below' if more > 0 else ''}."


@changes
async def add_sample(desk: Desk, session: Session, form: FormData) -> Response:
    """Puts the pile that travels with the program into this one."""
    if desk.sample is None:
        raise HTTPException(404)
    _take(desk, session, await run_in_threadpool(desk.sample))
    return to("/")


@changes
async def remove(desk: Desk, session: Session, form: FormData) -> Response:
    """Takes one article away."""
    id = forms.field(form, "id")
    if id in session.held.ids:
        facts = len(session.held.facts)
        session.held = without(session.held, {id})
        gone = facts - len(session.held.facts)
        also = f", and {counted(gone, 'fact')} stated about it" if gone else ""
        note(session, "/", f"Took {plain(id)} away{also}.")
    return to("/")


@changes
async def clear(desk: Desk, session: Session, form: FormData) -> Response:
    """Takes everything away."""
    session.close()
    session.held, session.trace, session.traced, session.comparison, session.job = Held(), None, None, None, None
    session.pasted = 0
    note(session, "/", "The pile is empty.")
    return to("/")
