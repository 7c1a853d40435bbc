"""Every number that a user may change changes something."""

import math
from dataclasses import FrozenInstanceError, asdict, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

import provenance
from provenance import Settings, read_articles, trace
from provenance.errors import SettingError
from provenance.model import Article, Published
from provenance.pipeline import aligned
from provenance.reconstruct.weights import cue_weights

DEFAULT = Settings()
TINY = [c + v for c in "bdfgklmnprst" for v in "aeiou"]
VOCABULARY = [a + b + c for a in TINY[:10] for b in TINY[::3] for c in TINY[::3]]


def words(seed: int, count: int) -> list[str]:
    """Invented words, others for each seed."""
    numbers = Random(seed)
    return [numbers.choice(VOCABULARY) for _ in range(count)]


def prose(words: list[str], sentence: int = 16) -> str:
    rows = [words[i : i + sentence] for i in range(0, len(words), sentence)]
    return " ".join(" ".join(row).capitalize() + "." for row in rows)


def pile(*texts: str, outlets: tuple[str, ...] = (), hours: tuple[float, ...] = (), **given: object) -> list[Article]:
    """Articles "a", "b", … with these texts; published so many hours after 1 May 2031, to the minute."""
    articles = []
    for k, text in enumerate(texts):
        at = datetime(2031, 5, 1, tzinfo=UTC) + timedelta(hours=hours[k]) if hours else None
        published = Published(at, at, "stated") if at else None
        outlet = outlets[k] if outlets else None
        id = f"{k:02}"
        articles.append(Article(id, id, text, outlet=outlet, published=published, **{"language": "en", **given}))
    return articles


STORY = words(1, 240)
HOUSE = prose(words(2, 18))


def own(seed: int, *more: str, count: int = 160) -> str:
    """A text of its own with more at its end."""
    return " ".join((prose(words(seed, count)), *more))


def around(seed: int, run: list[str]) -> str:
    """One long sentence with a run of words in its middle: found by the run, not as a sentence."""
    return prose([*words(seed, 40), *run, *words(seed + 1, 40)], 200)


def edited(step: int) -> list[str]:
    """The story with every so-many-th word another one."""
    return [w if k % step else f"{w}x" for k, w in enumerate(STORY)]


LAMP = (
    "The lamp of the lighthouse at Carrow Point went dark shortly before midnight on Tuesday.",
    "Two trawlers steering by the light turned away from the shoal at the last moment.",
    "Keeper Oda Renfell swung storm lanterns along the gallery until the sky grew pale.",
    "A spare lens lies in the cellar of the harbour museum inside a wooden crate.",
)
RETOLD = (
    "Shortly before midnight the lighthouse lamp at Carrow Point failed, officials reported.",
    "At the last moment two trawlers that were steering by the light avoided the shoal.",
    "Until the sky grew pale, Oda Renfell stood swinging storm lanterns on the gallery.",
    "A spare lens exists, somebody said who asked why it had been left in a crate for so long.",
)
# They share the words that every text has: much in a pile of two, nothing in the language.
SMALL_WORDS = (
    "The lamp of the keeper was in the tower and the gull was on the rock.",
    "The boat of the pilot was in the harbour and the crew was on the pier.",
)
QUOTED = prose(words(3, 40), 40)[:-1]


def mail(count: int, *outlets: str, hours: tuple[float, ...] = ()) -> list[Article]:
    """Articles of their own that carry the same words, by one outlet and then some others."""
    named = ("Sound Mail",) * count + outlets
    return pile(*(own(50 + k, HOUSE, count=48) for k in range(len(named))), outlets=named, hours=hours)


def framed(count: int) -> list[Article]:
    return pile(*(own(50 + k, HOUSE) for k in range(count)))


RUN = words(4, 9)
MATCH = {
    "shingle_words": (pile(around(10, RUN), around(20, RUN)), 8),
    "min_shared_shingles": (pile(around(10, RUN), around(20, RUN)), 6),
    "max_sources": (pile(*(around(30 + 2 * k, STORY[: 20 + 5 * k]) for k in range(5))), 1),
    # what four texts of one outlet share is house text, unless their signatures say that they are one story
    "permutations": (pile(*(prose([*STORY, *words(20 + k, 50)]) for k in range(4)), outlets=("Sound Mail",) * 4), 32),
    "near_jaccard": (pile(*(prose([*STORY, *words(20 + k, 50)]) for k in range(4)), outlets=("Sound Mail",) * 4), 0.3),
    "near_share": (pile(prose(STORY), prose(STORY[:200])), 0.8),
    "house_articles": (mail(2, hours=(0, 99)), 2),
    "house_days": (mail(3, hours=(0, 1, 60)), 2.0),
    "house_articles_undated": (mail(3), 3),
    "house_outlets": (mail(4, "Isle Star"), 1),
    "frame_articles": (framed(4), 4),
    "frame_share": (framed(5), 0.01),
    "seed_words": (pile(prose(STORY), prose(edited(4))), 3),
    "gap_words": (pile(prose(STORY), prose([*STORY[:100], *words(5, 12), *STORY[100:]])), 5),
    "passage_words": (pile(around(10, RUN), around(20, RUN)), 12),
    "verbatim_run": (pile(prose(STORY), prose(edited(12))), 12),
    "rewritten_cosine": (pile(" ".join(LAMP), " ".join(RETOLD)), 0.9),
    "joined_cosine": (pile(" ".join(LAMP), " ".join(RETOLD)), 0.33),
    "rewritten_pairs": (pile(" ".join(LAMP), " ".join(RETOLD)), 4),
    "rare_sentences": (pile(" ".join(LAMP), *[" ".join(RETOLD)] * 2), 2),
    "window_articles": (pile(" ".join(LAMP), " ".join(RETOLD), hours=(0, 9999)), 1),
    "weights": (pile(*SMALL_WORDS), "pile"),
    "excerpt_words": (pile(f"{own(10)} “{QUOTED}.”", f"{QUOTED}. {own(11)}"), 60),
}


@pytest.mark.parametrize("name", MATCH)
def test_each_setting_of_matching_changes_what_is_found(name):
    articles, value = MATCH[name]
    assert aligned(articles, DEFAULT, None) != aligned(articles, replace(DEFAULT, **{name: value}), None)


def test_the_window_in_days_counts_in_piles_that_are_large_enough_for_one():
    articles = pile(" ".join(LAMP), " ".join(RETOLD), hours=(0, 24 * 50))
    large = replace(DEFAULT, window_articles=1)
    assert aligned(articles, large, None) != aligned(articles, replace(large, window_days=60.0), None)


TALE = [words(60 + k, 14) for k in range(24)]


def told(*sentences: int) -> str:
    """Sentences of the tale with every sixth word another one and the words of each in another order."""
    rows = []
    for k in sentences:
        row = [w if i % 6 else f"{w}x" for i, w in enumerate(TALE[k])]
        rows.append(prose(row[1::3] + row[::3] + row[2::3], 14))
    return " ".join(rows)


def beside(told: str) -> list[Article]:
    """What was told, within a text of its own, and the tale."""
    return pile(f"{own(170)} {told} {own(171)}", " ".join(prose(row, 14) for row in TALE))


MIXED = prose([*STORY[5:24:2], *STORY[4:24:2]], 24)  # one long sentence, most of its words in another order
# Cases of shared text in other words, between two articles that are known to have to do with each other.
LINKED = {
    "seed_likeness": (beside(told(3, 4, 5)), 0.9),
    "fragment_gap": (beside(f"{told(3, 4, 5)} {prose(words(90, 42), 14)} {told(9, 10, 11)}"), 2),
    "fragment_overlap": (beside(told(3, 4, 5)), 0.95),
    "fragment_alone": (pile(own(170, MIXED), own(171, prose(STORY[:24], 24))), 0.95),
    "fragment_words": (beside(told(3, 4, 5)), 50),
    "answer_overlap": (beside(told(3, 4, 5)), 0.99),
    "answer_sentences": (beside(told(3, 4, 5)), 4),
    "case_words": (pile(around(10, STORY[:60]), around(20, STORY[:60])), 80),
    "digest_sentences": (beside(told(0, 7, 14, 22)), 5),
    "digest_cosine": (beside(told(0, 7, 14, 22)), 0.99),
    "digest_focus": (beside(told(0, 7, 14, 22)), 0.1),
    "digest_spread": (beside(told(0, 7, 14, 20)), 1.0),
}


@pytest.mark.parametrize("name", LINKED)
def test_each_setting_of_cases_changes_what_is_found_between_linked_articles(name):
    articles, value = LINKED[name]
    base = replace(DEFAULT, rewritten_cosine=1.0, joined_cosine=1.0)  # nothing is found by what links articles
    assert aligned(articles, base, None, True) != aligned(articles, replace(base, **{name: value}), None, True)


# What the classroom pile's trace says otherwise under an extreme value.
CLASSROOM = {
    "counted_words": 400,
    "plain_share": 1.0,
    "mention_words": 400,
    "whole_share": 1.0,
    "republished_share": 0.2,
    "verbatim_share": 1.0,
    "rewritten_share": 0.8,
    "revised_share": 1.0,
    "slack_hours": 100.0,
    "slack_day_hours": 400.0,
    "arrow_at": 0.999,
    "alternative_at": 0.0,
}


@pytest.fixture(scope="module")
def classroom():
    articles = read_articles(Path(__file__).parents[1] / "inputs" / "classroom")
    return articles, trace(articles)


@pytest.mark.parametrize("name", CLASSROOM)
def test_each_setting_of_reconstruction_changes_the_classroom_trace(name, classroom):
    articles, usual = classroom
    changed = trace(articles, replace(DEFAULT, **{name: CLASSROOM[name]}))
    assert replace(changed, generated_by=usual.generated_by) != usual


def kinds(articles: list[Article], **changed: object) -> list[tuple[str, str, str, float]]:
    found = trace(articles, replace(DEFAULT, **changed))
    return [(d.derived, d.source, d.kind, d.probability) for d in found.derivations]


def test_the_hours_of_a_revision_are_a_setting():
    longer = prose([*STORY, *words(6, 40)])
    articles = pile(prose(STORY), longer, outlets=("Sound Mail",) * 2, hours=(0, 40))
    assert kinds(articles) != kinds(articles, revised_hours=48.0)


def test_the_number_of_outlets_that_make_a_star_is_a_setting():
    articles = pile(*[prose(STORY)] * 3, outlets=("Sound Mail", "Isle Star", "Bay News"), hours=(0, 60, 120))
    assert kinds(articles) != kinds(articles, star_outlets=4)


def test_the_limit_for_a_source_known_by_one_sentence_is_a_setting():
    ground = "a sentence that aligns with it names its outlet"
    source = Article("source", "source", prose(STORY), language="en", outlet="Isle Star", outlet_ground=ground)
    taken = f"{prose(STORY)}\nThe original source of this article is Isle Star."
    articles = [source, Article("taken", "taken", taken, language="en", outlet="Sound Mail", outlet_ground="stated")]
    assert kinds(articles) != kinds(articles, identity_at_most=0.6)


def test_the_weights_of_the_cues_are_a_setting(tmp_path):
    shipped = cue_weights()
    rows = (f'{cue} = {{ weight = {w / 2}, by_hand = {w}, meaning = "a cue" }}' for cue, w in shipped.weights.items())
    (tmp_path / "half.toml").write_text("\n".join(("calibrated = false", "[cues]", *rows)))
    articles = pile(prose(STORY), prose([*STORY, *words(6, 40)]), hours=(0, 60))
    assert kinds(articles)
    assert kinds(articles) != kinds(articles, cues=str(tmp_path / "half.toml"))
    assert kinds(articles) == kinds(articles, cues="shipped")


def test_a_file_that_is_no_weights_is_a_wrong_setting():
    with pytest.raises(SettingError, match="provenance learn makes one"):
        trace(pile(prose(STORY)), replace(DEFAULT, cues="no/such/file.toml"))


ELSEWHERE = {
    "whole_shingles",
    "shingle_rate",
    "listed_words",
    "window_days",
    "revised_hours",
    "star_outlets",
    "identity_at_most",
    "cues",
}  # each has its own test


def test_no_setting_is_without_a_test():
    assert {f.name for f in fields(Settings)} == set(MATCH) | set(LINKED) | set(CLASSROOM) | ELSEWHERE


def test_a_trace_records_every_setting():
    changed = replace(DEFAULT, counted_words=40, weights="pile")
    assert trace([], changed).generated_by.settings == asdict(changed)
    assert trace([]).generated_by.settings == asdict(DEFAULT)


def test_settings_do_not_change_once_made():
    with pytest.raises(FrozenInstanceError):
        DEFAULT.counted_words = 1


def test_every_setting_has_its_reason_beside_it():
    source = Path(provenance.__file__).with_name("settings.py").read_text(encoding="utf-8")
    statements = source.split("class Settings", 1)[1].split("\n    ")
    for field in fields(Settings):
        first = next(k for k, line in enumerate(statements) if line.startswith(f"{field.name}: "))
        assert any("#" in line for line in statements[first : first + 3]), field.name


def test_shares_and_probabilities_lie_between_none_and_all():
    for name, value in asdict(DEFAULT).items():
        if name.endswith(("_share", "_at", "_cosine", "_jaccard", "_at_most")):
            assert 0 < value < 1 and math.isfinite(value), name
