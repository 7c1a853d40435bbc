"""A whole trace against a whole truth: perfect ones, spoilt ones, and the piles of the project."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import Article, Trace, read_articles, trace
from provenance.evaluate import Credited, Reuse, evaluate, without_dates
from provenance.evaluate.claims import Arrow, claims_of_truth, is_article, same_unseen
from provenance.ingest import read_truth
from provenance.model import (
    Alternative,
    Citation,
    Credit,
    Derivation,
    Estimate,
    Family,
    GeneratedBy,
    Passage,
    Published,
    Span,
    Undecided,
)
from provenance.scores import Counts, Evaluation
from provenance.truth import TrueDerivation, TrueUndecided, Truth

PILES = Path(__file__).parents[2] / "inputs"


def truth_of(
    *arrows: Arrow, also: tuple[Arrow, ...] = (), undecided: tuple[tuple[str, str, str], ...] = (), **given: Any
) -> Truth:
    derivations = [TrueDerivation(d, s, "republished", (d, s) not in also, "") for d, s in [*arrows, *also]]
    left_open = tuple(TrueUndecided((a, b), what, "") for a, b, what in undecided)
    nothing = Truth({}, (), tuple(derivations), True, (), {}, left_open, {}, None, (), ())
    return replace(nothing, **given)


def trace_of(truth: Truth, p: float = 0.99) -> Trace:
    """The trace that says just what a truth says."""
    claims = claims_of_truth(truth, ())
    articles = tuple(Article(id, id, id, published=day(n)) for n, id in enumerate(sorted(claims.articles), 1))
    derivations = tuple(
        Derivation(d.derived, d.source, d.kind, p, 0.9, d.is_primary, (), (), (), 0.8) for d in truth.derivations
    )
    undecided = tuple(Undecided(u.articles, u.what, 0.9, (0.5, 0.5), (), (), (), "") for u in truth.undecided)
    reports = Estimate(*[truth.independent_reports or 0] * 3)
    families = tuple(
        Family(tuple(sorted(group)), (), reports) for group in sorted(claims.groups, key=sorted) if len(group) > 1
    )
    made = GeneratedBy("test", "0", {}, True)
    return Trace(articles, (), derivations, (), undecided, (), families, reports, (), (), made)


def day(number: int) -> Published:
    return Published(datetime(2031, 1, number, tzinfo=UTC), datetime(2031, 1, number, 23, tzinfo=UTC), "stated")


#   named:wire        a           x ? y
#   └── c             ├── b
#                     │   └── d (and c)
WHOLE = truth_of(
    ("b", "a"), ("d", "b"), ("c", "named:wire"), also=(("d", "c"),), undecided=(("x", "y", "direction"),),
    independent_reports=3,
)  # fmt: skip


# --- perfect traces -------------------------------------------------------------------------------------------------


@st.composite
def truths(draw: Any, unseen: bool = True) -> Truth:
    """Each article from an earlier one, from a text that is not in the pile, or from nowhere; some with a second."""
    ids = "abcdefgh"[: draw(st.integers(1, 8))]
    outside = ["named:wire", "named:post", *(["unseen:1", "unseen:2"] if unseen else [])]
    first = [(id, draw(st.sampled_from([None, *outside, *ids[:n]]))) for n, id in enumerate(ids)]
    second = [(id, draw(st.sampled_from([None, None, *ids[:n]]))) for n, id in enumerate(ids)]
    arrows = [arrow for arrow in first if arrow[1]]
    has_first = {derived for derived, _ in arrows}
    also = tuple(arrow for arrow in second if arrow[1] and arrow not in arrows and arrow[0] in has_first)
    alone = dict.fromkeys(ids)
    return truth_of(*arrows, also=also, undecided=(("x", "y", "direction"),), identified=alone, independent_reports=1)


def numbers(value: Any) -> list[float]:
    """All scores of the parts of an evaluation."""
    if isinstance(value, Counts):
        return [value.precision, value.recall, value.f1]
    if is_dataclass(value):
        return [n for field in fields(value) for n in numbers(getattr(value, field.name))]
    return [value] if isinstance(value, float) else []


@given(truths())
def test_a_trace_that_says_just_the_truth_is_perfect(truth: Truth) -> None:
    scores = evaluate(trace_of(truth), truth)
    assert scores.misses == ()
    for part in (
        scores.pairs,
        scores.arrows,
        scores.clusters,
        scores.tree,
        scores.sources.named,
        scores.sources.unseen,
    ):
        assert set(numbers(part)) <= {1.0, None}
    assert {scores.direction.accuracy, scores.direction.auc} <= {1.0, None}
    assert scores.sources.false_per_100_articles == 0
    assert scores.rules[0].arrows.false == scores.rules[0].arrows.missed == 0
    assert scores.printed.ece in (None, pytest.approx(0.01))


@given(truths(), truths(), st.randoms())
def test_the_order_of_arrows_and_articles_changes_nothing(true: Truth, other: Truth, random: Any) -> None:
    found = trace_of(other)
    mixed = replace(
        found, **{part: shuffled(getattr(found, part), random) for part in ("articles", "derivations", "families")}
    )
    assert evaluate(found, true) == evaluate(mixed, replace(true, derivations=shuffled(true.derivations, random)))


def shuffled(things: tuple[Any, ...], random: Any) -> tuple[Any, ...]:
    return tuple(random.sample(things, len(things)))


@given(truths(unseen=False), truths(unseen=False), st.permutations("abcdefgh"))
def test_the_names_of_articles_change_nothing(true: Truth, other: Truth, names: list[str]) -> None:
    new = dict(zip("abcdefgh", names, strict=True))
    before, after = evaluate(trace_of(other), true), evaluate(trace_of(renamed(other, new)), renamed(true, new))
    for part in ("pairs", "arrows", "clusters", "direction", "tree", "sources", "printed"):
        assert numbers(getattr(before, part)) == pytest.approx(numbers(getattr(after, part)))


def renamed(truth: Truth, new: dict[str, str]) -> Truth:
    arrows = [replace(d, derived=new[d.derived], source=new.get(d.source, d.source)) for d in truth.derivations]
    return replace(truth, derivations=tuple(arrows), identified={new[id]: one for id, one in truth.identified.items()})


# --- misses ---------------------------------------------------------------------------------------------------------


def spoilt(**changes: Any) -> Evaluation:
    return evaluate(replace(trace_of(WHOLE), **changes), WHOLE)


def test_the_whole_example_has_no_miss() -> None:
    assert spoilt().misses == ()


def test_an_arrow_missed_and_one_that_is_not_true() -> None:
    right = trace_of(WHOLE).derivations
    turned = replace(right[0], derived="a", source="b")
    scores = spoilt(derivations=(turned, *right[1:]))
    assert scores.misses == (
        "arrow missed: b from a (the trace has it the other way round)",
        "and so: arrow not true: a from b",
    )
    assert scores.arrows == Counts(right=3, false=1, missed=1)
    assert scores.pairs == Counts(right=5, false=0, missed=0)
    assert scores.direction.accuracy == pytest.approx(2 / 3)


def test_second_and_first_source_exchanged() -> None:
    right = trace_of(WHOLE).derivations
    scores = spoilt(
        derivations=tuple(replace(d, is_primary=not d.is_primary) if d.derived == "d" else d for d in right)
    )
    assert scores.misses == ("wrong place: d from b is its first source", "wrong place: d from c is its second source")


def test_what_is_open_and_what_is_not() -> None:
    wrong = Undecided(("a", "x"), "relation", 0.5, (0.1, 0.1), (), (), (), "")
    assert spoilt(undecided=(wrong,)).misses == (
        "left undecided, though the truth is known: the relation of a and x",
        "open: the direction of x and y, which the trace does not leave undecided",
    )
    other = replace(trace_of(WHOLE).undecided[0], what="relation")
    assert spoilt(undecided=(other,)).misses == (
        "open: the direction of x and y, of which the trace leaves the relation undecided",
    )


def test_the_number_of_reports_and_articles_that_were_not_read() -> None:
    assert spoilt(independent_reports=Estimate(4, 3, 5)).misses == (
        "wrong number of independent reports: 4, in truth 3",
    )
    articles = tuple(a for a in trace_of(WHOLE).articles if a.id != "x")
    assert "not in the trace: x" in spoilt(articles=articles, undecided=()).misses


def test_misses_that_follow_from_one_another_stand_together() -> None:
    right = trace_of(WHOLE).derivations
    drawn = (replace(right[0], derived="x", source="y"), replace(right[0], derived="a", source="b"), *right[1:])
    scores = spoilt(derivations=drawn, undecided=(), independent_reports=Estimate(2, 2, 2))
    assert scores.misses == (
        "arrow missed: b from a (the trace has it the other way round)",
        "and so: arrow not true: a from b",
        "arrow not true: x from y",
        "and so: open: the direction of x and y, which the trace does not leave undecided",
        "and so: wrong number of independent reports: 2, in truth 3",
    )


def test_a_truth_that_is_not_complete_calls_false_only_what_it_speaks_of() -> None:
    partly = truth_of(("b", "a"), derivations_are_complete=False, not_derivations=(("a", "c"),))
    found = trace_of(truth_of(("b", "a"), ("c", "a"), ("d", "named:wire")))
    scores = evaluate(found, partly)
    assert scores.arrows == Counts(right=1, false=1, missed=0)
    assert scores.misses == ("arrow not true: c from a",)
    assert scores.sources.named == Counts(0, 0, 0)


# --- sources, credits, passages, rules ------------------------------------------------------------------------------


def test_named_texts_are_compared_by_name_and_unseen_ones_by_what_they_feed() -> None:
    truth = truth_of(("a", "named:wire"), ("b", "unseen:x"), ("c", "unseen:x"))
    found = trace_of(truth_of(("a", "named:wire/a"), ("b", "unseen:7"), ("c", "unseen:7"), ("a2", "named:post")))
    scores = evaluate(found, truth)
    assert scores.sources.named == Counts(right=1, false=1, missed=0)
    assert scores.sources.unseen == Counts(right=1, false=0, missed=0)
    assert scores.sources.false_per_100_articles == 25  # one in four articles


def test_an_unseen_source_that_feeds_others_is_another_one() -> None:
    found = same_unseen(
        [("a", "unseen:1"), ("b", "unseen:1"), ("c", "unseen:1")], [("a", "unseen:x"), ("d", "unseen:x")]
    )
    assert found == {"unseen:1": "unseen:1 of the trace"}  # one in common, of four


def test_credits_by_tier_from_what_the_truth_tells() -> None:
    truth = truth_of(("a", "named:skarn press agency"), cited_at_least={"b": ("Skerry Courier", "The Echo")})
    credit = Credit("a", "SKPA", "dateline", "A", "(SKPA)", None, None, "named:skarn press agency")
    found = trace_of(truth)
    found = replace(
        found,
        articles=tuple(replace(a, credits=(credit,)) if a.id == "a" else a for a in found.articles),
        citations=(Citation("b", "the Skerry Courier of Skelvoe", "", None),),
    )
    tiers = {tier.tier: tier.counts for tier in evaluate(found, truth).credits}
    assert tiers == {"A": Counts(1, None, 0), "C": Counts(1, None, 1)}
    assert (tiers["C"].precision, tiers["C"].recall) == (None, 0.5)
    known = [Credited("a", frozenset({"skpa"}), "A")]
    tiers = {tier.tier: tier.counts for tier in evaluate(found, truth, credits=known).credits}
    assert tiers == {"A": Counts(1, 0, 0), "C": Counts(0, 1, 0)}


def test_passages_are_scored_where_they_are_known() -> None:
    truth = truth_of(("b", "a"))
    found = trace_of(truth)
    counted = Passage(Span(0, 50), Span(0, 50), "verbatim", 1.0, "no")
    shown = replace(counted, a=Span(90, 99), reason="a shared voice")
    found = replace(found, derivations=(replace(found.derivations[0], passages=(counted, shown)),))
    assert evaluate(found, truth).passages is None
    scores = evaluate(found, truth, passages=[Reuse("b", "a", Span(0, 100), Span(0, 100))]).passages
    assert scores is not None
    assert (scores.precision, scores.recall, scores.plagdet) == (1.0, 0.5, pytest.approx(2 / 3))


def test_passages_that_follow_one_another_are_one_case() -> None:
    truth = truth_of(("b", "a"))
    found = trace_of(truth)
    cut = [Passage(Span(at, at + 40), Span(at + 7, at + 47), "verbatim", 1.0, "no") for at in (0, 50, 5000)]
    found = replace(found, derivations=(replace(found.derivations[0], passages=tuple(cut)),))
    scores = evaluate(found, truth, passages=[Reuse("b", "a", Span(0, 90), Span(7, 97))]).passages
    assert scores is not None
    assert (scores.granularity, scores.recall, scores.precision) == (1.0, 1.0, 0.5)  # the third is far away, and false


def test_the_simple_rules_by_hand() -> None:
    # a on day 1, b on day 2 (.9 of it in a, .5 of a in it), c on day 3 (.6 of it in b, .4 of b in it)
    truth = truth_of(("b", "a"), ("c", "b"))
    found = trace_of(truth)
    shares = {"b": (0.9, 0.5), "c": (0.6, 0.4)}
    arrows = (replace(d, share=shares[d.derived][0], share_of_source=shares[d.derived][1]) for d in found.derivations)
    own, largest, earliest, star = evaluate(replace(found, derivations=tuple(arrows)), truth).rules
    assert own.arrows == Counts(2, 0, 0)
    assert largest.arrows == Counts(2, 1, 0)  # also a from b
    assert (earliest.arrows, earliest.sources_right) == (Counts(2, 0, 0), 1.0)
    assert (star.arrows, star.sources_right) == (Counts(1, 1, 1), 0.5)  # c from a


def test_calibration_looks_at_printed_arrows_and_at_best_candidates() -> None:
    found = replace(trace_of(WHOLE, p=0.9), alternatives=(Alternative("a", "x", 0.2), Alternative("b", "x", 0.4)))
    scores = evaluate(found, WHOLE)
    assert (scores.printed.n, scores.printed.ece) == (4, pytest.approx(0.1))
    assert scores.best.n == 4  # one for b, d and c, all right at .9, and the wrong one for a at .2
    assert scores.best.ece == pytest.approx(0.75 * 0.1 + 0.25 * 0.2)


# --- the piles of the project ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("pile", ["small", "classroom", "deutsch"])
def test_the_sample_piles_have_no_miss(pile: str) -> None:
    scores = evaluate(trace(read_articles(PILES / pile)), read_truth(PILES / pile / "truth.json"))
    assert scores.misses == ()
    assert scores.arrows.f1 == scores.clusters.f1 == scores.tree.skeleton == 1


def test_a_pile_without_dates_has_none_anywhere() -> None:
    found = trace(without_dates(read_articles(PILES / "classroom").articles))
    assert not [a.id for a in found.articles if a.published and (a.published.earliest or a.published.latest)]
    assert not [s.id for s in found.sources if s.published and (s.published.earliest or s.published.latest)]


def test_articles_are_known_by_their_ids() -> None:
    assert is_article("wire/a.txt") and not is_article("named:wire") and not is_article("unseen:1")
