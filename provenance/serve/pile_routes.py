"""The start page: what is in the pile, adding to it, taking away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response

from provenance.model import Pile, Skipped
from provenance.report.wording import counted, plain
from provenance.serve import forms, pages, work
from provenance.serve.desk import BUSY, Desk, changes, is_busy, looks, note, refused, shown, start, to
from provenance.serve.jobs import Job
from provenance.serve.pile import Held, added, without
from provenance.serve.sessions import Session

_NAMED = 5  # skipped files that a note names; the page of the pile lists more
_NOTHING = "There was no article in it."
_BINARY = "This is not text, but a binary file pasted as text. Copy the words of the article instead."


@looks
async def show_pile(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The start page."""
    return await shown(pages.pile, session, desk.limits, desk.sample is not None)


@changes
async def add(desk: Desk, session: Session, form: FormData) -> Response:
    """Reads what was pasted or sent and puts it into the pile; a text stays in its form until it is there."""
    given = forms.given_of(form)
    typed = {**given.typed, "text": given.text} if given.text or given.typed else None
    if problem := BUSY if is_busy(session) else given.problem:
        return refused(session, "/", problem, typed)
    if typed is not None:
        session.drafts["/"] = typed
    session.pasted += bool(given.text.strip())
    documents = given.documents(session.held.ids, session.pasted)
    job = Job("add", "/", work.read, (documents, desk.limits), partial(_take, desk, session, typed))
    return await start(desk, session, job)


def _take(desk: Desk, session: Session, typed: Mapping[str, str] | None, pile: Pile) -> None:
    """Puts what was read into the pile; ``typed`` is the text and what stood beside it, where one was pasted."""
    held, skipped = added(session.held, pile, desk.limits)
    new = len(held.articles) - len(session.held.articles)
    if not new and typed is not None:
        is_binary = any(s.reason.startswith("binary") for s in skipped)
        refused(session, "/", _BINARY if is_binary else _skipped_words(skipped) if skipped else _NOTHING)
        return
    session.held = held
    if typed is not None and session.drafts.get("/") == typed:
        del session.drafts["/"]
    if new:
        note(session, "/", f"Added {counted(new, 'article')}.")
    if skipped:
        note(session, "/", _skipped_words(skipped), wrong=True)
    if typed is not None and len(typed) > 1 and len(pile.articles) > 1:
        note(session, "/", _unused(typed, len(pile.articles)), wrong=True)
    if not new and not skipped:
        note(session, "/", _NOTHING, wrong=True)


def _unused(typed: Mapping[str, str], articles: int) -> str:
    names = " and ".join(name for name in forms.TYPED if name in typed)
    return f"The {names} beside the text was not used: there are {articles:,} articles in it, and it fits one at most."


def _skipped_words(skipped: Sequence[Skipped]) -> str:
    named = "; ".join(f"{plain(s.path)}: {plain(s.reason)}" for s in skipped[:_NAMED])
    more = len(skipped) - _NAMED
    return f"Not read: {named}{f'; and {more:,} more, listed below' if more > 0 else ''}."


@changes
async def add_sample(desk: Desk, session: Session, form: FormData) -> Response:
    """Puts the pile that travels with the program into this one."""
    if desk.sample is None:
        raise HTTPException(404)
    _take(desk, session, None, await run_in_threadpool(desk.sample))
    return to("/")


@changes
async def remove(desk: Desk, session: Session, form: FormData) -> Response:
    """Takes one article away."""
    id = forms.field(form, "id")
    if id not in session.held.ids:
        note(session, "/", f"{plain(id)} was already gone.")
    else:
        facts = len(session.held.facts)
        session.held = without(session.held, {id})
        gone = facts - len(session.held.facts)
        also = f", and {counted(gone, 'fact')} stated about it" if gone else ""
        note(session, "/", f"Took {plain(id)} away{also}.")
    return to("/")


@changes
async def dismiss(desk: Desk, session: Session, form: FormData) -> Response:
    """Empties the list of what was not read."""
    session.held = replace(session.held, skipped=(), unlisted=0)
    return to("/")


@changes
async def clear(desk: Desk, session: Session, form: FormData) -> Response:
    """Takes everything away."""
    session.close()
    session.held, session.trace, session.comparison, session.job = Held(), None, None, None
    session.drafts.clear()
    session.pasted = 0
    note(session, "/", "The pile is empty.")
    return to("/")
