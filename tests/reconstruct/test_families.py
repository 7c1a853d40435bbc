"""Which articles belong together, what stays undecided, and how many independent reports there are."""

import math
from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import LAMP, MARKET, OWN, arrows, article, courier, day, echo, hour, mail, traced, undecided
from piles import PILES

from provenance import read_articles, trace
from provenance.model import Estimate
from provenance.reconstruct.families import _family_law, estimate

MAIL_FIRST = "This story was first published by The Carrow Mail."

# --- the number of independent reports -------------------------------------------------------------------------------

chances = st.lists(st.integers(0, 20).map(lambda n: n / 20), max_size=8)
laws = st.lists(
    st.lists(st.integers(0, 9), min_size=1, max_size=4).filter(any).map(lambda many: np.array(many) / sum(many)),
    max_size=4,
)


def counted_one_by_one(laws):
    """The chance of every sum, by going through all outcomes."""
    chance = defaultdict(float)
    for outcome in product(*(range(len(law)) for law in laws)):
        chance[sum(outcome)] += math.prod(float(law[n]) for n, law in zip(outcome, laws, strict=True))
    return [chance[n] for n in range(max(chance) + 1)]


def quantile(law, q):
    return next((n for n in range(len(law)) if sum(law[: n + 1]) >= q), len(law) - 1)


@given(laws)
def test_an_estimate_is_the_rounded_mean_and_the_5_to_95_percent_range_of_all_outcomes(laws):
    law = counted_one_by_one(laws)
    found = estimate(laws)
    assert abs(found.n - sum(n * p for n, p in enumerate(law))) <= 0.5 + 1e-9
    tolerance = 1e-9  # a cumulated chance of .05 or .95 to the last digit may fall on either side
    assert found.low in {min(found.n, quantile(law, 0.05 + d)) for d in (-tolerance, tolerance)}
    assert found.high in {max(found.n, quantile(law, 0.95 + d)) for d in (-tolerance, tolerance)}


@given(chances, st.integers(1, 6))
def test_a_family_is_the_sum_of_its_chances_but_one_at_least_and_all_its_texts_at_most(chances, texts):
    expected = np.zeros(texts + 1)
    for n, p in enumerate(counted_one_by_one([np.array([1 - p, p]) for p in chances])):
        expected[min(max(n, 1), texts)] += p
    assert _family_law(chances, texts) == pytest.approx(expected, abs=1e-12)


def test_nothing_is_no_report_and_certain_texts_are_counted_without_a_range():
    assert estimate([]) == Estimate(0, 0, 0)
    assert estimate([np.array([0.0, 1.0])] * 2 + [np.array([1.0])]) == Estimate(2, 2, 2)
    assert estimate([np.array([0.5, 0.5])] * 2) == Estimate(1, 0, 2)


def test_ten_thousand_texts_are_estimated_too():
    found = estimate([np.array([0.5, 0.5])] * 10_000)
    assert found.n == 5000
    assert (found.low, found.high) == (4918, 5082)  # 1.645 standard deviations of 50


# --- families of small piles -----------------------------------------------------------------------------------------


def families(found):
    return {f.articles: f.independent_reports for f in found.families if len(f.articles) > 1}


def test_a_source_and_what_is_derived_from_it_are_one_report_and_an_article_alone_is_one():
    # mail ── echo;  courier
    found = traced(mail(*LAMP, published=day(2)), echo(*LAMP, MAIL_FIRST, published=day(5)), courier(*MARKET))
    assert list(families(found)) == [("echo", "mail")]
    assert families(found)["echo", "mail"].n == 1
    assert found.independent_reports.n == 2


def test_two_alike_of_unknown_direction_are_one_report():
    found = traced(mail(*LAMP), echo(*LAMP))
    assert undecided(found) == {("echo", "mail"): "direction"}
    assert families(found)["echo", "mail"].n == found.independent_reports.n == 1


def test_two_that_share_most_of_their_words_are_one_report_whether_their_direction_is_known_or_not():
    # mail ── echo, or an unseen text above both: one report in either case
    def half(**dates):
        return (
            mail(*LAMP[:6], *MARKET[:2], published=dates.get("mail")),
            echo(*LAMP[:6], *OWN[:2], published=dates.get("echo")),
        )

    dated, undated = traced(*half(mail=day(2), echo=day(5))), traced(*half())
    assert set(arrows(dated)) == {("echo", "mail")}
    assert undecided(undated) == {("echo", "mail"): "direction"}
    assert dated.independent_reports.n == undated.independent_reports.n == 1


def test_an_undecided_relation_joins_nothing():
    # two sentences of background in common
    found = traced(mail(*LAMP[3:5], *MARKET), echo(*LAMP[3:5], *OWN))
    assert undecided(found) == {("echo", "mail"): "relation"}
    assert found.undecided[0].p_related < 0.5
    assert families(found) == {}
    assert found.independent_reports == Estimate(2, 2, 2)


def test_a_contribution_joins_no_reports():
    line = "AP contributed to this report."
    found = traced(mail(*LAMP, line), echo(*MARKET, line))
    assert {d.kind for d in found.derivations} == {"contributed"}
    assert families(found) == {}
    assert found.independent_reports.n == 2


def test_a_composite_belongs_to_the_family_of_its_first_source_only():
    # mail ┬─ courier
    # echo ┘  (less of it)
    said = ("The lens was beyond repair, The Carrow Mail reported.", "The roof is old, The Dunfallow Echo reported.")
    both = courier(*LAMP[:5], said[0], *MARKET[:3], said[1], published=day(5))
    found = traced(mail(*LAMP, published=day(2)), echo(*MARKET, published=day(2)), both)
    assert len(found.sources_of("courier")) == 2
    assert list(families(found)) == [("courier", "mail")]
    assert found.independent_reports.n == 2


def test_a_fact_that_two_have_from_one_outlet_joins_no_reports():
    said = "The harbour chapel will stay open all night, The Ramparts Gazette reported."
    found = traced(mail(*LAMP, said), echo(*MARKET, said))
    assert {c.source_name for c in found.citations} == {"Ramparts Gazette"}
    assert families(found) == {}
    assert found.independent_reports.n == 2


def test_a_quotation_in_common_joins_no_reports():
    quote = f"“{LAMP[1]} {LAMP[2]}”"
    assert traced(mail(quote, *MARKET), echo(quote, *OWN)).independent_reports.n == 2


def test_an_agency_that_feeds_two_articles_is_one_report_and_stands_in_their_family():
    # FENPA ┬─ mail
    #       └─ echo
    found = traced(
        mail("CARROW POINT (FENPA) — " + LAMP[0], *LAMP[1:], published=day(4)),
        echo("CARROW POINT (FENPA) — " + LAMP[0], *LAMP[1:6], published=day(5)),
    )
    assert [(f.articles, f.sources) for f in found.families] == [(("echo", "mail"), ("named:fenpa/echo",))]
    assert found.independent_reports.n == 1


def test_a_source_read_through_an_article_stands_in_the_family_and_counts_no_second_report():
    # Tidewright Review (named) ── mail
    line = "The original source of this article is Tidewright Review."
    found = traced(mail(*LAMP, line), echo(*MARKET))
    assert [f.sources for f in found.families] == [("named:tidewright review/mail",)]
    assert found.independent_reports.n == 2


def reprints(number):
    return [article(f"r{n:02}", *LAMP, outlet=f"Paper {n}", published=hour(9, n)) for n in range(number)]


def test_reprints_of_one_text_are_one_family_and_one_report():
    found = traced(*reprints(5))
    assert len(families(found)) == 1
    assert found.independent_reports.n == 1


def test_thirty_reprints_of_one_text_are_one_report():
    assert traced(*reprints(30)).independent_reports.n == 1


def test_no_family_is_more_reports_than_it_has_articles():
    # whether the agency has a part in both is not certain: one report, perhaps two, but no third beside two articles
    agency = "AP contributed to this report."
    found = traced(mail(*LAMP[:3], *MARKET[:2], published=day(2)), echo(agency, *LAMP[:3], *OWN[:2], published=day(20)))
    ((articles, reports),) = families(found).items()
    assert articles == ("echo", "mail")
    assert 1 <= reports.low <= reports.n <= reports.high <= 2


def test_every_article_stands_in_one_family_at_most():
    found = trace(read_articles(PILES / "classroom"))
    members = [id for f in found.families for id in f.articles]
    assert len(members) == len(set(members))
    assert set(members) <= {a.id for a in found.articles}


@pytest.mark.parametrize("pile", ["small", "classroom", "deutsch"])
def test_every_family_is_one_report_at_least_because_somebody_wrote_it_first(pile):
    found = trace(read_articles(PILES / pile))
    assert found.families
    for family in found.families:
        reports = family.independent_reports
        assert 1 <= reports.low <= reports.n <= reports.high <= len(family.articles) + len(family.sources)
    alone = len(found.articles) - sum(len(f.articles) for f in found.families)
    assert found.independent_reports.low >= len(found.families) + alone


def test_twins_of_unknown_direction_are_never_fewer_than_one_report():
    assert traced(mail(*LAMP), echo(*LAMP)).independent_reports.low == 1


# --- what stays undecided --------------------------------------------------------------------------------------------


def test_what_is_undecided_says_what_would_settle_it_and_how_much_is_shared():
    (pair,) = traced(mail(*LAMP), echo(*LAMP[:5], *OWN)).undecided
    assert pair.articles == ("echo", "mail")
    assert 0 < pair.shares[1] < 1
    assert pair.shares[1] < pair.shares[0]
    assert pair.passages
    assert "too little" not in pair.would_settle
    assert pair.evidence[0].places


def test_two_that_a_third_explains_are_not_undecided():
    # mail ┬─ echo
    #      └─ courier: the two are alike because both are the mail's
    found = traced(
        mail(*LAMP, published=day(2)),
        echo(*LAMP, MAIL_FIRST, published=day(5)),
        courier(*LAMP, MAIL_FIRST, published=day(6)),
    )
    assert undecided(found) == {}


def test_a_few_words_in_common_are_not_worth_naming():
    few = "An engineer called the plan no worse than any."
    assert undecided(traced(mail(*LAMP, few), echo(*MARKET, few))) == {}
