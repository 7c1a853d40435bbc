"""The app: which address does what."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from provenance.errors import ProvenanceError
from provenance.report.wording import plain
from provenance.serve import fact_routes, pages, pile_routes, result_routes
from provenance.serve.desk import Desk, Sample, to
from provenance.serve.guard import Guard
from provenance.serve.jobs import Jobs, warm_up
from provenance.serve.limits import Limits
from provenance.serve.pile import Held
from provenance.serve.sessions import Sessions
from provenance.settings import Settings


def _form(path: str, endpoint: Callable[..., Any], page: str) -> list[Route]:
    """What a form is sent to; whoever only looks there, as after a reload, is led to the page of the form."""

    async def lead(request: Request) -> Response:
        return to(page)

    return [Route(path, endpoint, methods=["POST"]), Route(path, lead)]


ROUTES = [
    Route("/", pile_routes.show_pile),
    *_form("/add", pile_routes.add, "/"),
    *_form("/sample", pile_routes.add_sample, "/"),
    *_form("/remove", pile_routes.remove, "/"),
    *_form("/dismiss", pile_routes.dismiss, "/"),
    *_form("/clear", pile_routes.clear, "/"),
    *_form("/trace", result_routes.trace, "/"),
    Route("/progress", result_routes.show_progress),
    Route("/progress.json", result_routes.tell_progress),
    *_form("/cancel", result_routes.cancel, "/"),
    Route("/report", result_routes.show_report),
    Route("/save/report.html", result_routes.save_report),
    Route("/save/trace.json", result_routes.save_json),
    Route("/save/derivations.csv", result_routes.save_csv),
    Route("/save/facts.csv", result_routes.save_facts),
    Route("/save/comparison.html", result_routes.save_comparison),
    Route("/facts", fact_routes.show_facts),
    *_form("/facts/add", fact_routes.add_fact, "/facts"),
    *_form("/facts/remove", fact_routes.remove_fact, "/facts"),
    Route("/compare", fact_routes.choose_two),
    *_form("/compare/run", fact_routes.compare, "/compare"),
    Route("/comparison", fact_routes.show_comparison),
]


def make_app(
    start: Held, settings: Settings, port: int, key: str, sample: Sample | None = None, limits: Limits | None = None
) -> ASGIApp:
    """The app for one port.

    Args:
        start: what every new session holds.
        settings: how traces are made.
        port: where it will be reached; requests for another address are refused.
        key: what a browser must show once to be let in.
        sample: makes a pile to try things on; without it none is offered.
        limits: how much it takes in.
    """
    limits = limits or Limits()
    # cookies do not keep ports apart, so the name does
    desk = Desk(Sessions(start, limits), Jobs(limits.jobs), settings, limits, f"provenance-{port}", sample, key)
    app = Starlette(routes=ROUTES, exception_handlers=_HANDLERS, lifespan=_lifespan)
    app.state.desk = desk
    return Guard(app, port, limits.body_bytes, _error_page)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    await asyncio.to_thread(warm_up)
    try:
        yield
    finally:
        await app.state.desk.jobs.close()


# --- what goes wrong ----------------------------------------------------------------------------------------------


def _error_page(status: int, words: str, heading: str = "") -> HTMLResponse:
    return pages.answer(pages.error(status, words, heading), status)


async def _refused(request: Request, wrong: Exception) -> Response:
    status = wrong.status_code if isinstance(wrong, HTTPException) else 400
    said = wrong.detail if isinstance(wrong, HTTPException) else plain(str(wrong))
    words = _WORDS.get(status, said) if said in _BARE else said
    response = _error_page(status, words, getattr(wrong, "heading", ""))
    response.headers.update(getattr(wrong, "headers", None) or {})
    return response


async def _fault(request: Request, fault: Exception) -> Response:
    return _error_page(500, "This is a fault of provenance, not yours. The terminal where it runs says more.")


async def _gone(request: Request, gone: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it: the browser has left


_BARE = ("Not Found", "Method Not Allowed")  # what starlette says by itself
_WORDS = {
    404: "Perhaps the pile was emptied, or the address is mistyped.",
    405: "Go on from the start page.",
}
_HANDLERS: dict[Any, Any] = {
    HTTPException: _refused,
    ProvenanceError: _refused,
    ClientDisconnect: _gone,
    Exception: _fault,
}
