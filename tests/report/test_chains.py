from dataclasses import replace

from provenance.model import Change, Place, Span, Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_view import arrow_view
from provenance.report.chains import Chain, chains
from provenance.report.wording import Names


def chains_of(trace: Trace) -> list[Chain]:
    names, anchors = Names.of(trace), Anchors.of(trace)
    views = [arrow_view(trace, d, names, anchors) for d in trace.derivations]
    return chains(trace, {f"{v.derived_anchor} {v.source_anchor}": v for v in views}, anchors.texts)


def with_changes(trace: Trace, changes: dict[tuple[str, str], Change]) -> Trace:
    arrows = (
        replace(d, changes=(changes[d.source, d.derived],)) if (d.source, d.derived) in changes else d
        for d in trace.derivations
    )
    return replace(trace, derivations=tuple(arrows))


GAZETTE = "named:skerry gazette/digest.txt"


def two_steps(second: Span) -> dict[tuple[str, str], Change]:
    """112 became 121 on the way to the Gazette, and 121 became 130 at a given place of digest.txt, which shows it."""
    first = Change("number", "112", "121", (Place("post.html", Span(82, 85)), Place("digest.txt", Span(70, 73))))
    after = Change("number", "121", "130", (Place("digest.txt", second), Place("blog.txt", Span(0, 3))))
    return {("post.html", GAZETTE): first, (GAZETTE, "digest.txt"): after}


def test_every_chain_leads_from_a_first_text_to_a_last_one(ferry: Trace) -> None:
    ways = [[stop.name for stop in chain.stops] for chain in chains_of(ferry)]
    assert ways == [
        ["Northern Wire", "Harbour Post", "Skerry Gazette", "Isles Digest"],
        ["Northern Wire", "Harbour Post", "blog.txt"],
    ]


def test_a_step_that_two_chains_share_is_told_once(ferry: Trace) -> None:
    first, second = chains_of(ferry)
    assert [stop.is_told for stop in first.stops] == [False, False, False, False]
    assert [stop.is_told for stop in second.stops] == [False, True, False]


def test_a_number_that_changed_twice_in_one_place_is_shown_as_one_run(ferry: Trace) -> None:
    first, _ = chains_of(with_changes(ferry, two_steps(Span(70, 73))))
    assert first.runs == ("“112” → “121” → “130”",)


def test_equal_numbers_in_different_places_are_no_run(ferry: Trace) -> None:
    first, _ = chains_of(with_changes(ferry, two_steps(Span(10, 13))))
    assert first.runs == ()


def test_where_there_are_no_two_texts_no_change_is_denied(ferry: Trace) -> None:
    first, _ = chains_of(ferry)
    assert first.stops[1].nothing == "What changed cannot be told: there are no two texts to compare."
