"""Shared passages of two texts, against Biopython's aligner and by eye."""

import random
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from Bio.Align import PairwiseAligner
from hypothesis import given
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article, invented, prose, reading, share, shared, words

from provenance.match import read_words
from provenance.match.blocks import find_blocks
from provenance.match.passages import Match, align
from provenance.match.sheets import sheet_of
from provenance.model import Mark, Span
from provenance.settings import Settings
from provenance.text import normal_form

PARAGRAPH = (
    "The swing bridge over the Gallow will close to all traffic for nine weeks in summer while its bearings are "
    "replaced by a crew that has never worked on anything older than a crane. Lorries will be sent round by the old "
    "ford road, which adds eleven miles to the trip between the quarry and the port and passes three schools and a "
    "blind corner."
)


def blocks_of(a, b, settings=DEFAULT):
    return find_blocks(a, b, sheet_of(a, settings), sheet_of(b, settings), settings)


def cut_out(passage, a, b):
    return passage.a.cut(a), passage.b.cut(b)


def forms(text):
    return read_words(article("x", text)).forms


# --- against Biopython ----------------------------------------------------------------------------------------------


def edited(numbers, source, rate=0.08):
    """The words with substitutions, insertions and deletions at a rate."""
    out = []
    for word in source:
        if numbers.random() >= rate:
            out.append(word)
            continue
        edit = numbers.choice(("other", "more", "none"))
        out += {"other": [numbers.choice(VOCABULARY)], "more": [word, numbers.choice(VOCABULARY)], "none": []}[edit]
    return out


def biopythons_matches(a, b):
    """Pairs of places of equal words in the best local alignment with affine gaps."""
    ids = {form: k + 1 for k, form in enumerate(sorted({*a, *b}))}
    aligner = PairwiseAligner(mode="local", match_score=2, mismatch_score=-1, open_gap_score=-2, extend_gap_score=-0.5)
    best = aligner.align([ids[w] for w in a], [ids[w] for w in b])[0]
    return [
        (i, j)
        for (start_a, end_a), (start_b, end_b) in zip(*best.aligned, strict=True)
        for i, j in zip(range(start_a, end_a), range(start_b, end_b), strict=True)
        if a[i] == b[j]
    ]


@pytest.mark.parametrize("seed", range(40))
def test_an_edited_passage_is_found_as_biopythons_local_aligner_finds_it(seed):
    numbers = random.Random(seed)
    planted = words(numbers, numbers.randint(40, 250))
    around = [words(numbers, numbers.randint(0, 80)) for _ in range(4)]
    a = [*around[0], *planted, *around[1]]
    b = [*around[2], *edited(numbers, planted), *around[3]]
    expected = biopythons_matches(a, b)
    runs = [run for block in blocks_of(reading("a", prose(a)), reading("b", prose(b))) for run in block]
    found = {(run.a + k, run.b + k) for run in runs for k in range(run.words)}
    assert len(found & set(expected)) >= 0.9 * len(expected)
    assert len(found - set(expected)) <= 0.05 * len(expected)
    for side in (0, 1):
        places, wanted = sorted(p[side] for p in found), sorted(p[side] for p in expected)
        # an edge may stop short where two edits leave no run of seed_words between them
        assert abs(places[0] - wanted[0]) <= 12
        assert abs(places[-1] - wanted[-1]) <= 12


def test_five_paragraphs_in_any_order_are_all_found():
    numbers = random.Random(3)
    for _ in range(10):
        parts = [words(numbers, 40) for _ in range(5)]
        order = numbers.sample(range(5), 5)
        texts = [[w for k in ks for w in (*parts[k], *words(numbers, 20))] for ks in (range(5), order)]
        a, b = (reading(id, prose(text)) for id, text in zip("ab", texts, strict=True))
        found = blocks_of(a, b)
        assert [(run.a, run.words) for block in found for run in block] == [(60 * k, 40) for k in range(5)]
        assert [block[0].b for block in found] == [60 * order.index(k) for k in range(5)]


def test_a_block_whose_middle_a_longer_block_takes_falls_into_two():
    numbers = random.Random(4)
    start, middle, end, before, after = (words(numbers, n) for n in (10, 20, 10, 12, 12))
    a = [*start, *middle, *end, *words(numbers, 30), *before, *middle, *after]
    b = [*start, *before, *middle, *after, *end]
    found = blocks_of(reading("a", prose(a)), reading("b", prose(b)))
    assert found == [[(0, 0, 10)], [(30, 54, 10)], [(70, 10, 44)]]


# --- what holds for any two texts ------------------------------------------------------------------------------------

# Few words and many repeats, so that runs cross, overlap and compete for the same words.
SOME_WORDS = st.lists(st.sampled_from("abcd"), max_size=60).map(" ".join)
PARTS = [" ".join(words(random.Random(k), 9)) for k in range(5)]
TEXTS = SOME_WORDS | st.lists(st.sampled_from((*PARTS, "and", "so", "on.", "“", "”", "\n")), max_size=24).map(" ".join)
LOOSE = replace(DEFAULT, passage_words=4, seed_words=2, gap_words=3)


@given(TEXTS, TEXTS, st.sampled_from((DEFAULT, LOOSE)))
def test_no_word_of_either_text_stands_in_two_blocks_and_runs_are_equal_words(text_a, text_b, settings):
    a, b = reading("a", text_a), reading("b", text_b)
    blocks = blocks_of(a, b, settings)
    runs = [run for block in blocks for run in block]
    for run in runs:
        assert run.words > 0
        assert a.forms[run.a : run.a + run.words] == b.forms[run.b : run.b + run.words]
    for side in (0, 1):
        places = [run[side] + k for run in runs for k in range(run.words)]
        assert len(places) == len(set(places))
    if a.forms != b.forms:
        for block in blocks:
            assert sum(run.words for run in block) >= settings.passage_words
            for one, two in pairwise(block):
                assert 0 <= two.a - one.a - one.words <= settings.gap_words
                assert 0 <= two.b - one.b - one.words <= settings.gap_words
                assert (two.a, two.b) != (one.a + one.words, one.b + one.words)


@given(TEXTS, TEXTS, st.sampled_from((DEFAULT, LOOSE)))
def test_counts_are_consistent_and_passages_stand_in_the_text(text_a, text_b, settings):
    a, b = reading("a", text_a), reading("b", text_b)
    found = share(a, b, settings)
    if found is None:
        return
    assert 0 <= found.verbatim_a <= found.shared_a <= found.words_a <= len(a)
    assert 0 <= found.verbatim_b <= found.shared_b <= found.words_b <= len(b)
    assert 0 <= found.plain <= found.shared_a
    assert found.equal == (a.forms == b.forms)
    assert not found.equal or found.near
    assert found.passages == tuple(sorted(found.passages, key=lambda p: (p.a, p.b)))
    for passage in found.passages:
        assert 0 <= passage.identity <= 1
        for span, text in ((passage.a, text_a), (passage.b, text_b)):
            assert 0 <= span.start < span.end <= len(text)
            assert not text[span.start].isspace() and not text[span.end - 1].isspace()
        if passage.kind == "verbatim":
            assert forms(passage.a.cut(text_a)) == forms(passage.b.cut(text_b))
            assert passage.identity == 1


@given(TEXTS, TEXTS, st.sampled_from((DEFAULT, LOOSE)))
def test_compiled_alignments_are_the_same(text_a, text_b, settings):
    a, b = reading("a", text_a), reading("b", text_b)
    plain, compiled = (
        align(a, b, sheet_of(a, settings, fast), sheet_of(b, settings, fast), (), settings) for fast in (False, True)
    )
    assert compiled == plain


def test_blocks_that_are_already_known_are_not_sought_again():
    a, b = (reading(id, f"{invented(k, 32)} {PARAGRAPH}") for k, id in enumerate("ab"))
    sheets = sheet_of(a, DEFAULT), sheet_of(b, DEFAULT)
    assert align(a, b, *sheets, (), DEFAULT, blocks=blocks_of(a, b)) == align(a, b, *sheets, (), DEFAULT)
    assert align(a, b, *sheets, (), DEFAULT, blocks=[]) is None


@given(*[st.lists(st.sampled_from((*PARTS, "and", "so", "on.")), max_size=12).map(" ".join)] * 2)
def test_exchanging_the_texts_exchanges_the_sides(text_a, text_b):
    a, b = reading("a", text_a), reading("b", text_b)
    one, other = share(a, b), share(b, a)
    assert (one is None) == (other is None)
    if one is None:
        return
    # where a part stands several times, which is tied to which may differ, and with it what lies between them
    turned = other.turned()
    assert turned.equal == one.equal
    assert abs(turned.shared_a - one.shared_a) <= 18
    assert abs(turned.shared_b - one.shared_b) <= 18


@pytest.mark.parametrize("seed", range(30))
def test_exchanging_two_ordinary_texts_changes_nothing(seed):
    numbers = random.Random(seed)
    story = words(numbers, 200)
    texts = [prose([*words(numbers, 50), *edited(numbers, story[k : k + 120]), *words(numbers, 50)]) for k in (0, 40)]
    a, b = (reading(id, text) for id, text in zip("ab", texts, strict=True))
    one, other = share(a, b), share(b, a).turned()
    # of two words that agree with one, the aligner may take either: an edge can move by a word
    for count in ("words_a", "words_b", "equal", "near", "sentences"):
        assert getattr(one, count) == getattr(other, count)
    for count in ("shared_a", "shared_b", "verbatim_a", "verbatim_b"):  # "plain" counts the words as a writes them
        assert abs(getattr(one, count) - getattr(other, count)) <= 2
    assert len(one.passages) == len(other.passages)


def test_spans_keep_out_of_marked_lines():
    frame = "Advertisement: buy new bearings here today."
    first, second = PARAGRAPH.split(" Lorries ")
    text = f"{first}\n{frame}\nLorries {second}"
    marks = (Mark(Span(text.index(frame), text.index(frame) + len(frame)), "advertisement"),)
    a = read_words(article("a", text, boilerplate=marks))
    b = reading("b", PARAGRAPH)
    found = share(a, b)
    assert (found.words_a, found.shared_a, found.share_a) == (len(b), len(b), 1.0)


def test_the_offsets_cut_out_the_words_of_the_passage_with_marks_case_and_hyphens_as_they_stand():
    text = f"{invented(1, 48)} {PARAGRAPH} {invented(2, 48)}"
    copy = f"{invented(3, 32)} {PARAGRAPH.upper().replace('BRIDGE', 'BRI­DGE')} {invented(4, 32)}"
    (passage,) = shared(text, copy).passages
    assert cut_out(passage, text, copy) == (PARAGRAPH[:-1], PARAGRAPH.upper().replace("BRIDGE", "BRI­DGE")[:-1])


# --- kinds and counts -----------------------------------------------------------------------------------------------


def test_equal_texts_are_one_verbatim_passage_with_everything_shared():
    found = shared(PARAGRAPH, PARAGRAPH.replace(",", " –"))
    (passage,) = found.passages
    assert (passage.kind, passage.identity, passage.quoted, passage.reason) == ("verbatim", 1.0, "no", None)
    assert found.share_a == found.share_b == 1.0
    assert found.words_a == found.shared_a == found.verbatim_a == len(forms(PARAGRAPH))
    assert found.equal and found.near


@given(TEXTS)
def test_texts_equal_letter_by_letter_share_what_equal_texts_share(text):
    a, b, moved = reading("a", text), reading("b", text), reading("b", f" {text}")
    one, other = share(a, b), share(a, moved)
    if other is None:
        assert one is None
        return
    assert [p.a for p in one.passages] == [p.b for p in one.passages] == [p.a for p in other.passages]
    assert replace(one, passages=(), fragments=()) == replace(other, passages=(), fragments=())
    assert [(f.a, f.a) for f in other.fragments] == [(f.a, f.b) for f in one.fragments]


def test_a_changed_number_makes_an_edited_passage():
    found = shared(PARAGRAPH, PARAGRAPH.replace("eleven", "twelve"))
    (passage,) = found.passages
    assert (passage.kind, found.equal, found.near) == ("edited", False, True)
    assert passage.identity == round(1 - 1 / len(forms(PARAGRAPH)), 4)


def test_verbatim_words_are_those_in_runs_without_a_difference():
    kept = words(random.Random(1), 10)
    b = [*kept[:10], "x", *kept[:5], "y", *kept[5:]]  # 10 words, a difference, then two runs of five
    found = shared(prose([*kept, "z", *kept[:5], "w", *kept[5:]]), prose(b))
    assert found.verbatim_a == 10
    assert shared(prose(kept), prose(kept), replace(DEFAULT, verbatim_run=11)).verbatim_a == 0


def test_a_passage_of_too_few_words_is_not_shown():
    run = " ".join(words(random.Random(99), 8))
    a, b = f"{invented(1, 48)} {run}. {invented(2, 48)}", f"{invented(3, 48)} {run}. {invented(4, 48)}"
    runs_only = replace(DEFAULT, rewritten_cosine=1.0, joined_cosine=1.0)
    assert shared(a, b, runs_only).shared_a == 8
    assert share(reading("a", a.replace(run, run.rsplit(" ", 1)[0])), reading("b", b), runs_only) is None


def test_names_and_titles_are_not_plain_words():
    text = "Keeper Oda Renfell of Carrow Point and Warden Tam Ivering of Dunfallow Sound left."
    assert shared(text, text).plain == len(["of", "and", "of", "left"])


def test_texts_with_nothing_in_common_have_no_alignment():
    assert share(reading("a", invented(1)), reading("b", invented(2))) is None
    assert share(reading("a", ""), reading("b", "")) is None
    assert share(reading("a", ""), reading("b", PARAGRAPH)) is None


def test_a_sentence_in_other_words_is_a_rewritten_passage_that_tells_how_much_is_equal():
    a = "Two trawlers steering by the light turned away from the shoal at the last moment, the pilots said."
    b = "At the last moment two trawlers that were steering by the light avoided the shoal."
    (passage,) = shared(f"{invented(1, 32)} {a}", f"{b} {invented(2, 32)}").passages
    assert cut_out(passage, f"{invented(1, 32)} {a}", b) == (a[:-1], b[:-1])
    assert passage.kind == "rewritten"
    # two trawlers … steering by the light … the shoal: the eight words in the same order, of 18
    assert passage.identity == round(8 / 18, 4)


def test_a_sentence_that_stands_word_for_word_elsewhere_is_not_shown_as_rewritten_too():
    told = "The lamp of the lighthouse at Carrow Point went dark shortly before midnight on Tuesday"
    retold = "Shortly before midnight the lighthouse lamp at Carrow Point failed, officials reported."
    a, b = (
        reading("a", f"{told}."),
        reading("b", f"{retold} {' '.join(words(random.Random(1), 40)).capitalize()} {told.lower()}."),
    )
    match = Match(0, 0, 0.54)
    (passage,) = align(a, b, sheet_of(a, DEFAULT), sheet_of(b, DEFAULT), [match], DEFAULT).passages
    assert (passage.kind, passage.b.cut(b.article.text)) == ("verbatim", told.lower())
    alone = reading("b", retold)
    (passage,) = align(a, alone, sheet_of(a, DEFAULT), sheet_of(alone, DEFAULT), [match], DEFAULT).passages
    assert passage.kind == "rewritten"


def test_the_ends_of_a_run_that_reach_over_a_rewritten_sentence_are_no_passages():
    a = "Keeper Oda Renfell swung lanterns all night long. The pilots saw the marker on the rock until dawn came."
    b = "The pilots could not sleep. All night long. The pilots saw the marker from far away and went home early."
    left, right = reading("a", a), reading("b", b)
    pair = Match(1, 2, 0.4)
    assert blocks_of(left, right) == [[(5, 5, 8)]]  # all night long the pilots saw the marker
    found = align(left, right, sheet_of(left, DEFAULT), sheet_of(right, DEFAULT), [pair], DEFAULT)
    assert [p.kind for p in found.passages] == ["rewritten"]


def test_house_words_are_shown_and_not_counted():
    a, b = reading("a", PARAGRAPH), reading("b", PARAGRAPH)
    half = a.sentence == 0
    found = share(replace(a, house=half), b)
    assert [p.counted for p in found.passages] == [False, True]
    assert found.words_a == found.shared_a == (~half).sum()
    assert "outlet" in found.passages[0].reason


# --- voices ---------------------------------------------------------------------------------------------------------

SPEECH = (
    "the lamp went dark because a gull flew through the seaward pane and broke the big lens into a heap of splinters"
)
AROUND = (
    "Nobody at the harbour had expected it at that hour of the night, although the storm had been forecast since noon"
)


def test_a_quotation_inside_a_reprinted_paragraph_is_told_apart():
    text = f"{AROUND}. “{SPEECH}.” {PARAGRAPH}"
    found = shared(text, f"{invented(1, 32)} {text}")
    own, quotation, more = found.passages
    assert [cut_out(p, text, "")[0] for p in (own, quotation, more)] == [AROUND, SPEECH, PARAGRAPH[:-1]]
    assert [(p.quoted, p.counted) for p in found.passages] == [("no", True), ("both", False), ("no", True)]
    assert found.shared_a == len(forms(f"{AROUND} {PARAGRAPH}"))
    assert found.words_a == len(forms(text)) - len(forms(SPEECH))  # out of the denominator too


def test_only_a_shared_quotation_counts_for_nothing():
    found = shared(f"{invented(1)} “{SPEECH}.” {invented(2)}", f"{invented(3)} “{SPEECH}.” {invented(4)}")
    assert [(p.quoted, p.counted) for p in found.passages] == [("both", False)]
    assert (found.shared_a, found.shared_b, found.plain) == (0, 0, 0)


LONG = f"{AROUND}, and {SPEECH} that nobody along this coast knows how to mend"  # 45 words without a first person


def test_what_stands_in_quotation_marks_here_and_in_the_others_own_voice_there_is_an_excerpt():
    found = shared(f"{invented(1)} “{LONG}.” {invented(2)}", f"{LONG}. {invented(3)}")
    assert [(p.quoted, p.counted) for p in found.passages] == [("a", True)]
    assert (found.excerpt_a, found.excerpt_b) == (len(forms(LONG)), 0)
    turned = shared(f"{LONG}. {invented(3)}", f"{invented(1)} “{LONG}.” {invented(2)}")
    assert (turned.excerpt_a, turned.excerpt_b) == (0, len(forms(LONG)))
    assert turned.shared_a == turned.shared_b == len(forms(LONG))


def test_an_excerpt_in_the_first_person_is_somebodys_speech():
    speech = LONG.replace("Nobody at the harbour", "I and nobody at the harbour")
    found = shared(f"{invented(1)} “{speech}.” {invented(2)}", f"{speech}. {invented(3)}")
    assert [(p.quoted, p.counted) for p in found.passages] == [("a", False)]
    assert found.excerpt_a == found.shared_a == 0


def test_the_first_person_is_known_in_the_language_of_either_text():
    speech = LONG.replace("Nobody", "Wir")
    german = reading("b", f"“{speech}.” {invented(3)}", language="de")
    assert share(reading("a", f"{speech}. {invented(1)}"), german).excerpt_b == 0


def test_a_short_quotation_is_no_excerpt():
    assert len(forms(SPEECH)) < DEFAULT.excerpt_words
    a, b = f"{invented(1)} “{SPEECH}.” {invented(2)}", f"{SPEECH}. {invented(3)}"
    assert shared(a, b).excerpt_a == 0
    assert shared(a, b, replace(DEFAULT, excerpt_words=20)).excerpt_a == len(forms(SPEECH))


def test_a_quotation_that_its_sentence_gives_to_a_speaker_is_no_excerpt():
    spoken = shared(f"{invented(1)} “{LONG},” the harbour master said. {invented(2)}", f"{LONG}. {invented(3)}")
    assert spoken.excerpt_a == 0
    taken = shared(f"{invented(1)} As Isle Star put it: “{LONG}.” {invented(2)}", f"{LONG}. {invented(3)}")
    assert taken.excerpt_a == len(forms(LONG))


def test_a_sentence_of_a_third_party_is_shown_and_not_counted():
    given_words = "The pier has eleven sound piles and two that must be replaced, the harbour board said in a statement"
    found = shared(f"{PARAGRAPH} {given_words}.", f"{invented(1, 32)} {PARAGRAPH} {given_words}.")
    assert [p.counted for p in found.passages] == [True, False]
    assert found.passages[1].a.cut(f"{PARAGRAPH} {given_words}.") == given_words
    assert found.shared_a == found.words_a == len(forms(PARAGRAPH))


@pytest.mark.parametrize("marked", ("old ford road", "swing bridge", "crane", "The swing bridge", "a blind corner"))
def test_a_scare_quote_does_not_cut_a_passage(marked):
    text = PARAGRAPH.replace(marked, f"“{marked}”")
    for a, b in ((text, PARAGRAPH), (PARAGRAPH, text), (text, text)):
        found = shared(f"{a} {invented(1, 16)}", f"{invented(2, 16)} {b}")
        assert [(p.kind, p.counted) for p in found.passages] == [("verbatim", True)]


# --- cost -----------------------------------------------------------------------------------------------------------


def seconds(call, *args):
    """Processor seconds of a call, the better of two."""
    times = []
    for _ in range(2):
        start = process_time()
        call(*args)
        times.append(process_time() - start)
    return min(times)


REFRAIN = "and the lamp went out over the water as it had done every night since the keeper left the island. "


def test_a_refrain_between_verses_costs_little_and_the_passage_is_whole():
    verses = [prose(words(random.Random(k), 16)) + " " for k in range(200)]
    a = reading("a", "".join(verse + REFRAIN for verse in verses))
    b = reading("b", "".join(verse + REFRAIN for verse in verses).replace("out over", "down on", 1))
    found = share(a, b)
    assert len(found.passages) == 1
    assert found.share_a == found.share_b == 1.0
    assert seconds(blocks_of, a, b) < 1


def test_texts_that_share_a_refrain_alone_cost_little():
    a, b = (reading(id, "".join(prose(words(random.Random(k + of), 16)) + " " + REFRAIN for k in range(200)))
            for id, of in (("a", 0), ("b", 1000)))  # fmt: skip
    assert seconds(blocks_of, a, b) < 1
    assert seconds(blocks_of, reading("a", REFRAIN * 200), reading("b", REFRAIN * 201)) < 1


def test_a_sentence_that_stands_often_in_one_text_and_once_in_the_other_is_found():
    a, b = reading("a", f"{invented(1)} {REFRAIN * 9}"), reading("b", f"{REFRAIN} {invented(2)}")
    assert [sum(run.words for run in block) for block in blocks_of(a, b)] == [len(forms(REFRAIN))]
    assert [sum(run.words for run in block) for block in blocks_of(b, a)] == [len(forms(REFRAIN))]


def test_texts_of_twenty_thousand_words_cost_less_than_two_seconds():
    numbers = random.Random(1)
    story = words(numbers, 20_000)
    a, b = reading("a", prose(story)), reading("b", prose(edited(numbers, story)))
    assert sum(run.words for block in blocks_of(a, b) for run in block) > 17_000
    assert seconds(blocks_of, a, b) < 2
    few = [numbers.choice(VOCABULARY[:12]) for _ in range(20_000)]
    assert seconds(blocks_of, reading("a", prose(few)), reading("b", prose(few[::-1]))) < 2


def test_word_forms_of_a_reading_are_normal_forms_of_what_its_offsets_cut_out():
    found = reading("x", PARAGRAPH.upper())
    cut = [normal_form(found.article.text[s:e]) for s, e in zip(found.starts, found.ends, strict=True)]
    assert tuple(cut) == found.forms


def test_settings_of_passages_have_room_for_a_passage_of_one_seed():
    assert Settings().passage_words >= Settings().seed_words
