"""Tracing, its progress, the report, and what can be saved."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from provenance.model import Trace
from provenance.serve import pages, work
from provenance.serve.desk import Desk, changes, is_busy, looks, note, refused, shown, start, to
from provenance.serve.jobs import Job
from provenance.serve.pile import facts_csv
from provenance.serve.sessions import Session

_STOPPED = {
    "add": "Stopped adding. Nothing was added.",
    "trace": "Stopped tracing.",
    "compare": "Stopped comparing.",
}

# --- the work -----------------------------------------------------------------------------------------------------


@changes
async def trace(desk: Desk, session: Session, form: FormData) -> Response:
    """Starts to trace the pile as it is now."""
    if is_busy(session):
        return to("/progress")
    held = session.held
    if not held.articles:
        return refused(session, "/", "The pile is empty. Add some articles first.")

    def keep(found: Trace) -> None:
        session.trace, session.traced = found, held

    arguments = (held.pile, desk.settings, held.facts)
    return await start(desk, session, Job("trace", "/report", work.trace, arguments, keep))


@looks
async def show_progress(desk: Desk, session: Session, query: QueryParams) -> Response:
    """How far the work is, or where its result stands."""
    job = session.job
    if job is None or job.state == "stopped":
        return to("/")
    if job.state == "done":
        return to(job.leads_to)
    return await shown(pages.progress, session, job)


@looks
async def tell_progress(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The same for a script."""
    job = session.job
    if job is None:
        return JSONResponse({"over": True})
    words = pages.progress_words(job)
    return JSONResponse({"over": job.is_over, "words": words, "done": job.done, "total": job.total})


@changes
async def cancel(desk: Desk, session: Session, form: FormData) -> Response:
    """Stops the work."""
    if session.job is not None and is_busy(session):
        session.job.stop()
        note(session, "/", _STOPPED[session.job.kind])
    return to("/")


# --- the result ---------------------------------------------------------------------------------------------------


@looks
async def show_report(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The report with the bar above it."""
    return await shown(pages.report, session) if session.trace else to("/")


@looks
async def save_report(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The report as a file, without the bar."""
    from provenance.report.html_page import html_page

    texts = next((known for known in pages.TEXTS if known == query.get("texts", "full")), None)
    if texts is None:
        raise HTTPException(400, "Choose how much of the articles the report carries.")
    found = _trace_of(session)
    return _file(await run_in_threadpool(partial(html_page, found, texts=texts)), "report.html", "text/html")


@looks
async def save_json(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The whole record as a file."""
    from provenance.report.json_document import to_json

    return _file(await run_in_threadpool(to_json, _trace_of(session)), "trace.json", "application/json")


@looks
async def save_csv(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The derivations as a file."""
    from provenance.report.table import derivations_csv

    return _file(await run_in_threadpool(derivations_csv, _trace_of(session)), "derivations.csv", "text/csv")


@looks
async def save_facts(desk: Desk, session: Session, query: QueryParams) -> Response:
    """What was stated, as ``--facts`` reads it."""
    return _file(facts_csv(session.held.facts), "facts.csv", "text/csv")


@looks
async def save_comparison(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The comparison as a file, without the bar."""
    from provenance.report.html_page import comparison_page

    if session.comparison is None:
        raise HTTPException(404, "There is nothing to save yet. Compare two articles first.")
    return _file(await run_in_threadpool(comparison_page, session.comparison), "comparison.html", "text/html")


def _trace_of(session: Session) -> Trace:
    if session.trace is None:
        raise HTTPException(404, "There is nothing to save yet. Trace the pile first.")
    return session.trace


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="provenance-{name}"'}
    return Response(text.encode("utf-8", "replace"), headers=headers, media_type=f"{kind}; charset=utf-8")
