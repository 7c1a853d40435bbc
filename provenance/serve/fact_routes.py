"""Stating facts, and comparing two articles."""

from starlette.datastructures import FormData, QueryParams
from starlette.responses import Response

from provenance.errors import SettingError
from provenance.model import Pile
from provenance.report.wording import plain
from provenance.serve import forms, pages, work
from provenance.serve.desk import BUSY, Desk, changes, is_busy, looks, note, refused, shown, start, to
from provenance.serve.jobs import Job
from provenance.serve.pile import in_words, only, with_fact, without_fact
from provenance.serve.sessions import Session
from provenance.shared import Comparison


@looks
async def show_facts(desk: Desk, session: Session, query: QueryParams) -> Response:
    """What was stated, and the form to state more."""
    return await shown(pages.facts, session, query.get("article", ""))


@changes
async def add_fact(desk: Desk, session: Session, form: FormData) -> Response:
    """Notes a fact; the next trace takes it into account."""
    typed = {name: forms.field(form, name) for name in ("article", "what", "value", "other", "says")}
    session.said_by = typed["says"]
    try:
        fact = forms.fact_of(form, session.held.ids)
        session.held = with_fact(session.held, fact, desk.limits)
    except SettingError as wrong:
        return refused(session, "/facts", plain(str(wrong)), typed)
    session.drafts.pop("/facts", None)
    said = in_words(session.held.facts[-1])
    note(session, "/facts", f"Noted: {said}. Trace again, and the report will take it into account.")
    return to("/facts")


@changes
async def remove_fact(desk: Desk, session: Session, form: FormData) -> Response:
    """Takes a fact back."""
    sent = forms.field(form, "fact")
    fact = next((f for f in session.held.facts if forms.key_of(f) == sent), None)
    if fact is None:
        note(session, "/facts", "This fact was already taken back.")
        return to("/facts")
    session.held = without_fact(session.held, fact)
    note(session, "/facts", f"Taken back: {in_words(fact)}. Trace again, and the report will do without it.")
    return to("/facts")


@looks
async def choose_two(desk: Desk, session: Session, query: QueryParams) -> Response:
    """The form in which two articles are chosen."""
    return await shown(pages.compare, session, {name: query[name] for name in ("a", "b") if name in query})


@changes
async def compare(desk: Desk, session: Session, form: FormData) -> Response:
    """Starts to compare two articles."""
    typed = {"a": forms.field(form, "a"), "b": forms.field(form, "b")}
    if problem := _pair_problem(session, typed["a"], typed["b"]):
        return refused(session, "/compare", problem, typed)
    session.drafts.pop("/compare", None)
    pair = only(session.held, typed.values())

    def keep(found: Comparison) -> None:
        session.comparison, session.compared = found, pair

    arguments = (Pile(pair.articles), desk.settings, pair.facts)
    return await start(desk, session, Job("compare", "/comparison", work.compare, arguments, keep))


def _pair_problem(session: Session, a: str, b: str) -> str | None:
    if not {a, b} <= session.held.ids:
        return "Choose two articles of the pile."
    if a == b:
        return "Choose two different articles."
    return BUSY if is_busy(session) else None


@looks
async def show_comparison(desk: Desk, session: Session, query: QueryParams) -> Response:
    """Two articles side by side."""
    return await shown(pages.comparison, session) if session.comparison else to("/compare")
