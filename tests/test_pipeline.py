"""The whole way from articles to a trace: the same pile gives the same trace, and no pile is too small or too odd."""

import math
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from time import perf_counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from piles import PILES

import provenance
from provenance import Pile, Settings, compare, read_articles, trace
from provenance.errors import InputError, SettingError
from provenance.model import Article, Fact, Mark, Published, Span
from provenance.pipeline import aligned, attributed, inspect
from provenance.report.json_document import from_json, to_json

NAMES = ("small", "classroom", "deutsch")

# Six sentences about invented places; whole texts are put together from them.
SENTENCES = (
    "The swing bridge over the Gallow will close to all traffic for nine weeks in summer while its bearings are "
    "replaced by a crew that has never worked on anything older than a crane.",
    "Lorries will be sent round by the old ford road, which adds eleven miles to the trip between the quarry and the "
    "port and passes three schools and a blind corner.",
    "The woman who runs the tyre shop by the northern ramp said she had been given four days to object and had not "
    "slept since the letter came.",
    "Divers looked at the piers in spring and found oak that is as sound as on the day it was driven, beneath iron "
    "that could be scraped away with a spoon.",
    "A ferry for walkers and bicycles will cross from the slipway at the cooperage every twenty minutes until the "
    "last tram has gone, and nobody will have to pay.",
    "The council had first meant to wait for another year, but the bearings seized twice in March and left a barge "
    "with barley standing across the channel for a night.",
)


def made(id, *sentences, outlet=None, day=None, **fields):
    published = day and Published(
        datetime(2031, 5, day, tzinfo=UTC), datetime(2031, 5, day, 23, 59, 59, tzinfo=UTC), "stated"
    )
    ground = "stated" if outlet else None
    text = "\n".join(sentences)
    return Article(id, id, text, outlet=outlet, outlet_ground=ground, published=published, language="en", **fields)


@pytest.fixture(scope="module")
def piles():
    return {name: read_articles(PILES / name) for name in NAMES}


@pytest.fixture(scope="module")
def traces(piles):
    return {name: trace(pile) for name, pile in piles.items()}


# --- the same pile, the same trace -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_shuffled_pile_gives_the_same_bytes(piles, traces, name):
    before = to_json(traces[name])
    articles = list(piles[name].articles)
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        assert to_json(trace(Pile(tuple(articles), piles[name].skipped))) == before


def test_another_process_with_another_hash_seed_gives_the_same_bytes(traces):
    code = (
        "from provenance import read_articles, trace\n"
        "from provenance.report.json_document import to_json\n"
        f"import sys; sys.stdout.buffer.write(to_json(trace(read_articles({str(PILES / 'small')!r}))).encode())"
    )
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env={"PYTHONHASHSEED": seed}, check=True
        )
        assert done.stdout.decode() == to_json(traces["small"])


def renamed(articles, new):
    """The same articles under other names."""
    return tuple(
        replace(a, id=new[a.id], path=new[a.id], credits=tuple(replace(c, article=new[c.article]) for c in a.credits))
        for a in articles
    )


def shape(found, back):
    """What a trace says, under the old names; a source that is not here by its name and those that draw on it."""

    def node(id):
        if id in back:
            return back[id]
        fed = sorted(back.get(d.derived, "") for d in found.derivations if d.source == id)
        return id.split("/")[0] if id.startswith("named:") else id.split(":")[0], tuple(fed)

    def p(x):
        return None if x is None else round(x, 3)

    return {
        "arrows": sorted(
            (str(node(d.derived)), str(node(d.source)), d.kind, p(d.probability), p(d.share), d.is_primary)
            for d in found.derivations
        ),
        "undecided": sorted((*sorted(back[x] for x in u.articles), u.what, p(u.p_related)) for u in found.undecided),
        "families": sorted((tuple(sorted(back[x] for x in f.articles)), f.independent_reports) for f in found.families),
        "reports": found.independent_reports,
        "originals": sorted((str(node(s.id)), p(s.p_original), p(s.p_unseen)) for s in found.sources),
        "outlets": sorted((back[a.id], a.outlet, a.published) for a in found.articles),
    }


@pytest.mark.parametrize("name", NAMES)
def test_other_file_names_give_the_same_tree(piles, traces, name):
    ids = [a.id for a in piles[name].articles]
    for seed in range(3):
        mixed = random.Random(seed).sample(range(len(ids)), len(ids))
        new = {id: f"{k:03}-{seed}.txt" for id, k in zip(ids, mixed, strict=True)}
        again = trace(Pile(renamed(piles[name].articles, new)))
        back = {now: was for was, now in new.items()}
        assert shape(again, back) == shape(traces[name], {id: id for id in ids})


def test_what_two_articles_share_does_not_depend_on_which_name_comes_first(piles):
    articles = attributed(piles["classroom"].articles, None)[0]
    new = {a.id: f"{len(articles) - n:02}" for n, a in enumerate(articles)}
    back = {now: was for was, now in new.items()}
    turned_round = tuple(sorted(renamed(articles, new), key=lambda a: a.id))
    there = {(back[x.b], back[x.a]): x.turned() for x in aligned(turned_round, Settings(), None)[0]}
    here = {(x.a, x.b): x for x in aligned(articles, Settings(), None)[0]}
    assert here.keys() == there.keys()
    assert {pair: _counts(x) for pair, x in here.items()} == {pair: _counts(x) for pair, x in there.items()}


def _counts(x):
    return x.words_a, x.words_b, x.shared_a, x.shared_b, x.verbatim_a, x.excerpt_a, x.excerpt_b, x.sentences, x.plain


def test_other_names_give_the_same_tree_where_many_reprints_are_equally_likely():
    # equal weights everywhere: what breaks the ties must not be the names
    articles = [made(f"{n}", *SENTENCES[:4], outlet=f"Paper {n}", day=2 + n % 3) for n in range(5)]
    articles += [made(f"{n + 5}", *SENTENCES[2:], outlet=f"Paper {n}", day=4) for n in range(3)]
    first = shape(trace(articles), {a.id: a.id for a in articles})
    for seed in range(6):
        mixed = random.Random(seed).sample(range(8), 8)
        new = {a.id: f"x{k}" for a, k in zip(articles, mixed, strict=True)}
        again = trace(renamed(articles, new))
        assert shape(again, {now: was for was, now in new.items()}) == first


def same_under_any_names(articles):
    first = shape(trace(articles), {a.id: a.id for a in articles})
    for order in permutations(range(len(articles))):
        new = {a.id: f"x{k}" for a, k in zip(articles, order, strict=True)}
        assert shape(trace(renamed(articles, new)), {now: was for was, now in new.items()}) == first


def test_which_of_two_articles_a_credit_means_does_not_depend_on_their_names():
    # the courier has as many words of the one as of the other
    said = "The bearings are worn, The Gallow Gazette reported."
    early = made("1", *SENTENCES[:2], SENTENCES[4], outlet="Gallow Gazette", day=2)
    late = made("2", *SENTENCES[:2], SENTENCES[5], outlet="Gallow Gazette", day=6)
    same_under_any_names([early, late, made("3", *SENTENCES[:2], SENTENCES[3], said, outlet="Isles Courier", day=9)])


def test_through_which_of_two_articles_a_source_is_read_does_not_depend_on_their_names():
    whose = "The original source of this article is Valley Review."
    early = made("1", *SENTENCES[:4], whose, outlet="Isles Courier", day=2)
    late = made("2", *SENTENCES[:4], whose, outlet="Gallow Gazette", day=6)
    same_under_any_names([early, late, made("3", *SENTENCES[:3], outlet="Fenland Post", day=4)])


def test_two_equally_likely_sources_are_settled_without_their_names():
    one, other = (
        made("1", *SENTENCES[:3], outlet="Paper One", day=2),
        made("2", *SENTENCES[3:], outlet="Paper Two", day=2),
    )
    both = made("3", *SENTENCES, outlet="Paper Three", day=2)
    same_under_any_names([one, other, both, replace(both, id="4", outlet="Paper Four")])


# --- small and odd piles ---------------------------------------------------------------------------------------------


def test_an_empty_pile_has_an_empty_trace():
    found = trace(())
    assert found.articles == found.sources == found.derivations == found.families == ()
    assert found.independent_reports.n == 0


def test_one_article_is_one_report_with_no_source():
    found = trace([made("a", *SENTENCES)])
    assert found.derivations == found.undecided == ()
    assert [(s.id, s.p_original) for s in found.sources] == [("a", 1.0)]
    assert found.independent_reports.n == 1


def test_two_identical_articles_are_related_and_undecided_in_direction():
    found = trace([made("a", *SENTENCES), made("b", *SENTENCES)])
    assert found.derivations == ()
    assert [(u.articles, u.what) for u in found.undecided] == [(("a", "b"), "direction")]
    assert [r.members for r in found.reprints] == [("a", "b")]
    assert found.independent_reports.n == 1


def test_thirty_equal_reprints_are_one_crowd_in_little_time():
    start = perf_counter()
    found = trace([made(f"{n:02}", *SENTENCES, outlet=f"Paper {n}", day=9) for n in range(30)])
    assert perf_counter() - start < 10  # a second here; every one of the 435 pairs in Python words would take minutes
    assert Counter(d.source for d in found.derivations) == {"unseen:1": 30}
    assert [len(r.members) for r in found.reprints] == [30]
    assert found.independent_reports.n == 1


@pytest.mark.parametrize("text", ["", " \n\n\t ", "!!! --- ???", "Subscribe to our newsletter"])
def test_an_article_without_any_body_stands_alone(text):
    marks = (Mark(Span(0, len(text)), "newsletter"),) if text.startswith("Sub") else ()
    empty = Article("empty", "empty", text, boilerplate=marks)
    found = trace([empty, replace(empty, id="again"), made("a", *SENTENCES)])
    assert found.derivations == found.undecided == found.reprints == ()
    assert {a.id for a in found.articles} == {"a", "again", "empty"}


def test_texts_in_two_scripts_and_of_unknown_language_are_traced_side_by_side():
    greek = (
        "Η γέφυρα πάνω από τον ποταμό θα κλείσει για εννέα εβδομάδες το καλοκαίρι επειδή τα έδρανα αντικαθίστανται. "
    )
    one = Article(
        "el1", "el1", greek * 1 + "Τα φορτηγά θα περνούν από τον παλιό δρόμο που περνά από τρία σχολεία και μία στροφή."
    )
    found = trace([one, replace(one, id="el2"), made("a", *SENTENCES), replace(made("b", *SENTENCES), language="xx")])
    assert [r.members for r in found.reprints] == [("a", "b"), ("el1", "el2")]


def test_what_was_skipped_stands_in_the_trace():
    pile = Pile((made("a", *SENTENCES),), (provenance.model.Skipped("b.bin", "binary"),))
    assert trace(pile).skipped == pile.skipped


def test_articles_may_come_from_any_iterable():
    articles = [made("a", *SENTENCES), made("b", *SENTENCES[:4])]
    assert trace(iter(articles)) == trace(articles) == trace(Pile(tuple(articles)))


# --- the record ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_json_reads_back_equal(traces, name):
    text = to_json(traces[name])
    assert from_json(text) == traces[name]
    assert to_json(from_json(text)) == text


def test_the_trace_says_who_made_it_and_with_which_settings():
    chosen = Settings(counted_words=40)
    found = trace([made("a", *SENTENCES)], chosen)
    assert found.generated_by.program == "news-provenance"
    assert found.generated_by.version == provenance.version()
    assert found.settings["counted_words"] == 40
    assert len(found.settings) > 30


@pytest.mark.parametrize("name", NAMES)
def test_every_offset_of_a_trace_lies_in_the_text_that_it_speaks_of(traces, name):
    found = traces[name]
    texts = {a.id: a.text for a in found.articles}
    read = {s.id: s.read_through or s.id for s in found.sources}

    def inside(id, span):
        return 0 <= span.start < span.end <= len(texts[read.get(id, id)])

    for d in found.derivations:
        for p in d.passages:
            assert inside(d.derived, p.a)
            assert inside(d.source, p.b)
        for thing in (*d.evidence, *d.changes):
            assert all(inside(place.article, place.span) for place in thing.places)
    for u in found.undecided:
        assert all(inside(u.articles[0], p.a) and inside(u.articles[1], p.b) for p in u.passages)
    for a in found.articles:
        assert all(c.text == c.span.cut(a.text) for c in a.credits if c.span)
        assert all(inside(a.id, m.span) for m in a.boilerplate)
    for c in found.citations:
        assert c.span is None or inside(c.article, c.span)


@pytest.mark.parametrize("name", NAMES)
def test_every_id_that_a_trace_names_is_one_of_its_own(traces, name):
    found = traces[name]
    articles, nodes = {a.id for a in found.articles}, {s.id for s in found.sources}
    assert articles <= nodes
    assert {x for d in found.derivations for x in (d.derived, d.source)} <= nodes
    assert {x for a in found.alternatives for x in (a.derived, a.source)} <= nodes
    assert {x for f in found.families for x in (*f.articles, *f.sources)} <= nodes
    assert {x for u in found.undecided for x in u.articles} <= articles
    assert {c.resolved_to for a in found.articles for c in a.credits} - {None} <= nodes
    assert {c.inherited_from for a in found.articles for c in a.credits} - {None} <= nodes
    assert {s.read_through for s in found.sources} - {None} <= articles


# --- from Python -----------------------------------------------------------------------------------------------------


def test_the_first_lines_of_the_issue_work_as_they_stand(root, monkeypatch):
    monkeypatch.chdir(root)
    from provenance import read_articles, trace

    found = trace(read_articles("inputs/small"))
    assert len(found.articles) == 5
    assert found.at_least(0.5)
    assert found.independent_reports.n == 3


def test_a_trace_answers_who_took_it_and_who_gave_it(traces):
    found = traces["small"]
    (arrow,) = found.sources_of("02-valley-commuters.txt")
    assert arrow.source == "01-swing-bridge.txt"
    assert arrow in found.derived_from("01-swing-bridge.txt")
    assert found.at_least(1.01) == ()
    assert set(found.at_least(0.0)) == set(found.derivations)


def test_progress_is_told_stage_by_stage_up_to_the_end():
    told = []
    trace([made("a", *SENTENCES), made("b", *SENTENCES)], progress=lambda *step: told.append(step))
    assert told[0][0] == "reading credits"
    for stage in {s for s, _, _ in told}:
        steps = [(done, total) for s, done, total in told if s == stage]
        assert steps == [(n + 1, steps[0][1]) for n in range(steps[0][1])]


def test_a_fact_about_an_article_that_is_not_there_is_a_setting_error():
    with pytest.raises(SettingError, match=r"did you mean 'lamp\.txt'"):
        trace([made("lamp.txt", *SENTENCES)], facts=[Fact("lmap.txt", "outlet", "X", "Ada")])


def test_compare_wants_two_articles_and_shows_what_they_share():
    with pytest.raises(InputError, match="two articles, these are 1"):
        compare(Pile((made("a", *SENTENCES),)))
    found = compare(Pile((made("b", *SENTENCES[:4]), made("a", *SENTENCES))))
    assert (found.a.id, found.b.id) == ("a", "b")
    assert found.alignment.share_b == 1.0 > found.alignment.share_a
    apart = compare(Pile((made("a", *SENTENCES[:3]), made("b", *SENTENCES[3:]))))
    assert apart.alignment.passages == ()
    assert apart.trace.derivations == ()


def test_inspect_reads_outlet_and_credits_of_each_article_alone():
    (found,) = inspect(Pile((made("a", "PORT GALLOW (AP) — " + SENTENCES[0], *SENTENCES[1:]),)))
    assert [(c.source_name, c.tier) for c in found.credits] == [("AP", "A")]


# --- whatever pile ---------------------------------------------------------------------------------------------------

CREDITS = (
    "This story was first published by The Gallow Gazette.",
    "The bearings are worn, The Gallow Gazette reported.",
    "The original source of this article is Valley Review.",
    "AP contributed to this report.",
    "Source: AP",
    "(Reporting by Ada Quill; Editing by Max Rowe)",
)
OUTLETS = (None, "Gallow Gazette", "The Gallow Gazette", "Isles Courier", "Valley Review", "Fenland Press Agency")


QUICK = (Phase.explicit, Phase.generate)  # the examples are small; making them smaller takes minutes


@st.composite
def articles(draw):
    many = {}
    for n in range(draw(st.integers(0, 5))):
        sentences = draw(st.lists(st.sampled_from(SENTENCES), max_size=6))
        quoted = [f"“{s}”" if draw(st.booleans()) and draw(st.booleans()) else s for s in sentences]
        lines = draw(st.lists(st.sampled_from(CREDITS), max_size=2))
        day = draw(st.sampled_from([None, 2, 3, 9, 28]))
        one = made(f"{n}.txt", *quoted, *lines, outlet=draw(st.sampled_from(OUTLETS)), day=day)
        many.setdefault((one.text, one.outlet, day), one)  # what is equal in all but its name has nothing but its name
    return list(many.values())


@settings(max_examples=80, phases=QUICK)
@given(articles())
def test_whatever_the_pile_its_trace_keeps_the_rules(pile):
    found = trace(pile)
    nodes = {s.id: s for s in found.sources}
    assert len(nodes) == len(found.sources)
    up = {}
    for d in found.derivations:
        assert d.derived in nodes
        assert d.source in nodes
        assert d.derived != d.source
        assert 0.5 <= d.probability <= 1
        p = min(max(d.probability, 1e-4), 1 - 1e-4)
        assert sum(e.weight for e in d.evidence) == pytest.approx(math.log(p / (1 - p)), abs=1e-3)
        if d.is_primary:
            assert up.setdefault(d.derived, d.source) == d.source
    for start in up:
        seen, at = set(), start
        while at in up:
            assert at not in seen
            seen.add(at)
            at = up[at]
    for s in found.sources:
        into = [a.probability for a in found.alternatives if a.derived == s.id]
        into += [
            d.probability
            for d in found.derivations
            if d.derived == s.id and d.is_primary and not d.source.startswith("unseen:")
        ]
        assert sum(into) + (s.p_original or 0) + (s.p_unseen or 0) <= 1 + 1e-3
    reports = found.independent_reports
    assert reports.low <= reports.n <= reports.high <= len(nodes)
    assert (reports.n > 0) == bool(pile)
    assert from_json(to_json(found)) == found


@settings(max_examples=40, phases=QUICK)
@given(articles(), st.randoms(use_true_random=False))
def test_whatever_the_pile_its_order_and_its_names_do_not_matter(pile, chance):
    first = trace(pile)
    mixed = list(pile)
    chance.shuffle(mixed)
    assert trace(mixed) == first
    numbers = list(range(len(pile)))
    chance.shuffle(numbers)
    new = {a.id: f"n{k}" for a, k in zip(pile, numbers, strict=True)}
    back = {now: was for was, now in new.items()}
    assert shape(trace(renamed(pile, new)), back) == shape(first, {a.id: a.id for a in pile})
