from dataclasses import replace

from provenance.model import Citation, Estimate, Trace
from provenance.report.common_ground import common_ground
from provenance.report.overview import overview


def test_the_first_sentence_counts_reports_and_gives_the_range(ferry: Trace) -> None:
    found = replace(ferry, independent_reports=Estimate(4, 3, 5), citations=())
    assert overview(found).reports == (
        "These 6 articles are 4 independent reports "
        "(texts written separately; between 3 and 5, as not every arrow is certain)."
    )


def test_a_source_that_separate_reports_share_is_named_with_how_many(ferry: Trace) -> None:
    ids = ("choir.txt", "post.html", "blog.txt")
    found = replace(ferry, citations=tuple(Citation(id, "Skerry Radio", "said Skerry Radio", None) for id in ids))
    [ground] = common_ground(found)
    assert (ground.name, ground.articles, ground.families) == ("Skerry Radio", ids, 2)  # post and blog are one family
    assert "and 2 of them name one and the same source for a fact, Skerry Radio." in overview(found).reports


def test_a_source_that_one_family_alone_names_is_no_common_ground(ferry: Trace) -> None:
    ids = ("post.html", "blog.txt")
    found = replace(ferry, citations=tuple(Citation(id, "Skerry Radio", "said Skerry Radio", None) for id in ids))
    assert common_ground(found) == []


def test_the_second_sentence_says_who_came_first_in_this_pile(ferry: Trace) -> None:
    said = overview(ferry).first
    assert "Harbour Post, which came first in this pile (dated 3 May 2031)" in said


def test_a_source_that_gave_only_a_part_does_not_come_first(ferry: Trace) -> None:
    assert "Northern Wire" not in overview(ferry).first


def test_a_source_whose_text_is_not_here_is_told_with_the_first_that_carries_it(ferry: Trace) -> None:
    arrows = tuple(
        replace(d, is_primary=True, kind="republished") if d.source.startswith("named:northern") else d
        for d in ferry.derivations
    )
    said = overview(replace(ferry, derivations=arrows)).first
    assert "back to Northern Wire, whose own text is not here" in said
    assert "the first to carry it in this pile is Harbour Post (dated 3 May 2031)" in said


def test_what_is_undecided_is_counted(ferry: Trace) -> None:
    case = ferry.undecided[0]
    both = replace(ferry, undecided=(replace(case, what="direction"), replace(case, what="relation")))
    assert overview(both).first.endswith(
        "for 1 pair of articles it is undecided which way the text went, "
        "for 1 whether one took text from the other at all."
    )
    assert overview(replace(ferry, undecided=())).first.endswith("no pair that shares text is left undecided.")


def test_without_an_arrow_nobody_came_first(ferry: Trace) -> None:
    said = overview(replace(ferry, derivations=())).first
    assert said.startswith("No article here can be shown to have taken text from another")
