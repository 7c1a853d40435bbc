from dataclasses import replace

from provenance.model import Citation, Estimate, Trace
from provenance.report.common_ground import common_ground
from provenance.report.overview import overview


def test_the_first_sentence_counts_reports_and_gives_the_range(ferry: Trace) -> None:
    found = replace(ferry, independent_reports=Estimate(4, 3, 5), citations=())
    assert overview(found).reports == (
        "These 6 articles count as 4 independent reports (between 3 and 5, as not every arrow is certain): "
        "texts that, as far as this pile shows, were written separately."
    )


def test_a_source_that_separate_reports_share_is_named_with_how_many(ferry: Trace) -> None:
    ids = ("choir.txt", "post.html", "blog.txt")
    found = replace(ferry, citations=tuple(Citation(id, "Skerry Radio", "said Skerry Radio", None) for id in ids))
    [ground] = common_ground(found)
    assert (ground.name, ground.articles, ground.families) == ("Skerry Radio", ids, 2)  # post and blog are one family
    said = "Articles in 2 of these reports name one and the same source for a fact (perhaps for different facts)"
    assert f"{said}: Skerry Radio." in overview(found).reports


def test_the_source_itself_and_who_reprints_it_are_no_witnesses_beside_it(ferry: Trace) -> None:
    ids = ("choir.txt", "digest.txt", "post.html")  # digest.txt is the text of Skerry Gazette
    cited = tuple(Citation(id, name, "said", None) for id in ids for name in ("Skerry Gazette", "Harbour Post"))
    named = {ground.name: ground.articles for ground in common_ground(replace(ferry, citations=cited))}
    assert named == {"Skerry Gazette": ("choir.txt", "post.html"), "Harbour Post": ("choir.txt", "digest.txt")}


def test_reports_that_carry_text_of_one_source_outside_the_pile_are_counted(ferry: Trace) -> None:
    assert "outside this pile" not in overview(ferry).reports
    wire = next(d for d in ferry.derivations if d.source.startswith("named:northern"))
    other = replace(next(s for s in ferry.sources if s.id == wire.source), id="named:northern wire/choir.txt")
    arrow = replace(wire, derived="choir.txt", source=other.id)
    found = replace(ferry, sources=(*ferry.sources, other), derivations=(*ferry.derivations, arrow))
    assert (
        "But 2 of these reports carry text of one source outside this pile, Northern Wire." in overview(found).reports
    )


def test_a_source_that_one_family_alone_names_is_no_common_ground(ferry: Trace) -> None:
    ids = ("post.html", "blog.txt")
    found = replace(ferry, citations=tuple(Citation(id, "Skerry Radio", "said Skerry Radio", None) for id in ids))
    assert common_ground(found) == []


def test_the_second_sentence_says_how_sure_it_is_and_claims_no_more_than_the_dates_show(ferry: Trace) -> None:
    said = overview(ferry).first
    assert said.startswith("2 articles likely go back to Harbour Post, the earliest of this family (dated 3 May 2031)")
    assert "first in this pile" not in said  # choir.txt is dated "not after" only


def test_first_in_the_pile_is_who_is_earliest_of_all(ferry: Trace) -> None:
    later = ferry.articles[2].published
    articles = tuple(a if a.outlet == "Harbour Post" else replace(a, published=later) for a in ferry.articles)
    assert (
        "Harbour Post, the first in this pile (dated 3 May 2031)" in overview(replace(ferry, articles=articles)).first
    )
    early = replace(articles[1], published=replace(later, earliest=None) if later else None)
    found = replace(ferry, articles=(articles[0], early, *articles[2:]))
    assert "the earliest of this family" in overview(found).first


def test_weak_arrows_say_may(ferry: Trace) -> None:
    weak = tuple(replace(d, probability=0.6) for d in ferry.derivations)
    assert "2 articles may go back to Harbour Post" in overview(replace(ferry, derivations=weak)).first


def test_a_source_that_gave_only_a_part_does_not_come_first(ferry: Trace) -> None:
    assert "Northern Wire" not in overview(ferry).first


def test_a_source_whose_text_is_not_here_is_told_with_the_first_that_carries_it(ferry: Trace) -> None:
    arrows = tuple(
        replace(d, is_primary=True, kind="republished") if d.source.startswith("named:northern") else d
        for d in ferry.derivations
    )
    said = overview(replace(ferry, derivations=arrows)).first
    assert "back to Northern Wire, whose own text is not here" in said
    assert "(the earliest article here that carries it is Harbour Post, dated 3 May 2031)" in said


def test_what_is_undecided_is_counted(ferry: Trace) -> None:
    case = ferry.undecided[0]
    both = replace(ferry, undecided=(replace(case, what="direction"), replace(case, what="relation")))
    assert overview(both).first.endswith(
        "for 1 pair of articles in this pile it is undecided which way the text went, "
        "for 1 whether one took text from the other at all."
    )
    assert overview(replace(ferry, undecided=())).first.endswith(
        "no pair in this pile that shares text is left undecided."
    )


def test_without_an_arrow_nobody_came_first(ferry: Trace) -> None:
    said = overview(replace(ferry, derivations=())).first
    assert said.startswith("No article here can be shown to have taken text from another")
