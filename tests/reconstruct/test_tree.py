"""The sums that every tree must keep, over small piles whose true tree is known, and the settings of the tree."""

import math
from collections import defaultdict
from dataclasses import replace

import pytest
from making import (
    CREDITED_CHAIN,
    LAMP,
    MARKET,
    arrows,
    article,
    courier,
    day,
    echo,
    hour,
    mail,
    node,
    traced,
)
from piles import PILES

from provenance import read_articles, trace
from provenance.model import Evidence
from provenance.reconstruct.tree import with_competition

# --- the sums that every tree keeps --------------------------------------------------------------------------------


AGENCY_PILE = (
    mail("CARROW POINT (FENPA) — " + LAMP[0], *LAMP[1:], published=day(4)),
    echo(*LAMP[:8], published=day(5)),
    courier(*MARKET, "FENPA contributed to this report.", published=day(6)),
)


def piles():
    for name in ("small", "classroom", "deutsch"):
        yield name, lambda name=name: trace(read_articles(PILES / name))
    yield "chain", lambda: traced(*CREDITED_CHAIN)
    yield "agency", lambda: traced(*AGENCY_PILE)
    yield (
        "crowd",
        lambda: traced(*(article(f"r{n}", *LAMP, outlet=f"Paper {n}", published=hour(9, n)) for n in range(9))),
    )


@pytest.fixture(scope="module", params=[make for _, make in piles()], ids=[name for name, _ in piles()])
def found(request):
    return request.param()


def test_the_evidence_of_every_derivation_adds_up_to_the_logit_of_its_probability(found):
    assert found.derivations or found.alternatives
    for d in found.derivations:
        p = min(max(d.probability, 1e-4), 1 - 1e-4)
        assert sum(e.weight for e in d.evidence) == pytest.approx(math.log(p / (1 - p)), abs=1e-3)
        assert d.evidence[-1].name == "competition"
        assert all(e.detail for e in d.evidence)


def test_what_one_text_may_come_from_adds_up_to_no_more_than_one(found):
    into = defaultdict(float)
    for d in found.derivations:
        into[d.derived] += d.probability if d.is_primary and not d.source.startswith("unseen:") else 0.0
    for a in found.alternatives:
        into[a.derived] += a.probability
    for s in found.sources:
        into[s.id] += (s.p_original or 0.0) + (s.p_unseen or 0.0)
    assert into
    assert max(into.values()) <= 1 + 1e-3


def test_a_text_has_one_primary_source_at_most_and_every_arrow_leads_from_node_to_node(found):
    nodes = {s.id for s in found.sources}
    taken = [d.derived for d in found.derivations if d.is_primary]
    assert len(taken) == len(set(taken))
    assert {x for d in found.derivations for x in (d.derived, d.source)} <= nodes
    assert {a.id for a in found.articles} <= nodes
    assert len(nodes) == len(found.sources)


def test_no_text_is_its_own_source_by_any_way_round(found):
    up = {d.derived: d.source for d in found.derivations if d.is_primary}
    for start in up:
        seen, at = set(), start
        while at in up:
            assert at not in seen
            seen.add(at)
            at = up[at]


def test_probabilities_are_rounded_to_four_places_and_derivations_reach_one_half(found):
    for d in found.derivations:
        assert d.probability == round(d.probability, 4)
        assert d.probability >= 0.5
        assert d.share is None or 0 <= d.share <= 1
    assert all(a.probability >= 0.05 for a in found.alternatives)


def test_an_alternative_is_never_a_derivation_as_well(found):
    assert not {(d.derived, d.source) for d in found.derivations} & {(a.derived, a.source) for a in found.alternatives}


def test_the_closing_line_of_the_evidence_brings_the_sum_to_the_logit():
    kept = (Evidence("credit_whole", 4.5, "it credits X"), Evidence("one_of_many", -1.5, "before any reason"))
    closed = with_competition(kept, 0.75)
    assert closed[:2] == kept
    assert sum(e.weight for e in closed) == pytest.approx(math.log(3))
    for certain in (0.0, 1.0):
        assert math.isfinite(with_competition(kept, certain)[-1].weight)


def test_the_closing_line_says_whether_it_takes_off_or_adds():
    kept = (Evidence("credit_whole", 1.0, "it credits X"),)
    assert with_competition(kept, 0.5)[-1].detail == "taken off, because it may come from elsewhere"
    assert with_competition(kept, 0.9)[-1].detail.startswith("added")


# --- settings ------------------------------------------------------------------------------------------------------


def test_a_higher_limit_for_arrows_leaves_only_the_surer_ones():
    others = [replace(a, id=f"other {a.id}") for a in AGENCY_PILE[2:]]
    all_of_them = traced(*CREDITED_CHAIN, *others)
    sure = traced(*CREDITED_CHAIN, *others, arrow_at=0.99)
    assert set(arrows(sure, 0)) == {(d.derived, d.source) for d in all_of_them.at_least(0.99) if d.is_primary} | {
        (d.derived, d.source) for d in sure.derivations if not d.is_primary
    }


def test_a_lower_limit_for_alternatives_shows_more_of_them():
    shown = traced(*AGENCY_PILE)
    more = traced(*AGENCY_PILE, alternative_at=0.001)
    assert {(a.derived, a.source) for a in shown.alternatives} < {(a.derived, a.source) for a in more.alternatives}


def test_a_text_keeps_its_best_possible_sources_up_to_the_limit():
    reprints = [article(f"r{n}", *LAMP, outlet=f"Paper {n}", published=day(1 + 2 * n)) for n in range(6)]
    last = article("last", *LAMP, outlet="The Last Paper", published=day(20))
    found = traced(*reprints, last, max_sources=2, alternative_at=0.0)
    assert len([a for a in found.alternatives if a.derived == "last" and a.source.startswith("r")]) == 2


def test_the_number_of_outlets_that_make_a_crowd_is_a_setting():
    pair = (mail(*LAMP, published=hour(9)), echo(*LAMP, published=hour(9, 4)))
    usual, crowd = traced(*pair), traced(*pair, star_outlets=2)
    for id in ("mail", "echo"):
        assert node(crowd, id).p_unseen > node(usual, id).p_unseen
