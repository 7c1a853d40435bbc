"""The reconstruction stage by itself: alignments and credits in, the parts of a trace out."""

from dataclasses import replace

from making import LAMP, MARKET, article, credit, cues_by_hand, day, words

from provenance import Settings
from provenance.model import Fact
from provenance.reconstruct import reconstruct
from provenance.reconstruct.reconstruction import canonical_for
from provenance.reconstruct.weights import cue_weights


def rebuilt(articles, alignments, facts=(), dates=None):
    return reconstruct({a.id: a for a in articles}, alignments, dates or {}, facts, Settings())


def test_nothing_in_nothing_out():
    found = rebuilt((), ())
    assert found.sources == found.derivations == found.families == ()
    assert found.independent_reports.n == 0


def test_articles_without_alignments_are_reports_of_their_own():
    found = rebuilt((article("a", *LAMP), article("b", *MARKET)), ())
    assert [(s.id, s.kind, s.p_original) for s in found.sources] == [("a", "article", 1.0), ("b", "article", 1.0)]
    assert found.derivations == found.undecided == ()
    assert found.independent_reports.n == 2


def test_a_resolved_credit_and_shared_words_make_an_arrow():
    reprint = article("b", *LAMP, outlet="Echo", credits=(credit("b", "Carrow Mail", resolved_to="a"),))
    found = rebuilt((article("a", *LAMP, outlet="Carrow Mail"), reprint), (words(90),))
    assert [(d.derived, d.source) for d in found.derivations] == [("b", "a")]


def test_a_named_source_has_the_date_that_its_page_gives():
    page = article("b", *LAMP, outlet="Relay", credits=(credit("b", "Tidewright Review"),))
    found = rebuilt((page,), (), dates={"b": {"tidewright review": day(4)}})
    (named,) = (s for s in found.sources if s.kind == "named")
    assert named.published == day(4)
    assert named.read_through == "b"


def test_the_order_of_articles_and_alignments_does_not_matter():
    texts = [article(id, *LAMP, outlet=f"Paper {id}", published=day(n + 1)) for n, id in enumerate("abcd")]
    sides = [replace(words(90, near=True), a=one, b=other) for one, other in ("ab", "ac", "ad", "bc", "bd", "cd")]
    one, other = rebuilt(texts, sides), rebuilt(texts[::-1], sides[::-1])
    assert one.sources
    assert one.derivations == other.derivations
    assert one.alternatives == other.alternatives
    assert one.undecided == other.undecided
    assert one.sources == other.sources
    assert one.families == other.families


def test_a_stated_tie_of_two_that_share_nothing_is_an_arrow_of_no_share():
    found = rebuilt((article("a", *LAMP), article("b", *MARKET)), (), facts=(Fact("b", "from", "a", "Ada"),))
    (arrow,) = found.derivations
    assert (arrow.derived, arrow.source, arrow.share) == ("b", "a", 0.0)


def test_a_trace_is_called_calibrated_where_its_weights_are(tmp_path):
    assert rebuilt((), ()).calibrated is cue_weights().calibrated
    assert reconstruct({}, (), {}, (), Settings(cues=cues_by_hand(tmp_path))).calibrated is False


def test_a_name_has_one_form_in_a_pile_however_it_is_written():
    canonical = canonical_for([article("a", outlet="The Fen Courier and Messenger")])
    assert canonical("Fen Courier and Messenger") == canonical("the Fen Courier and Messenger")
    assert canonical("AP") == canonical("The Associated Press") == "associated press"
