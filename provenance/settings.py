"""Every number that a user may change, with its unit and the reason for its value.

Weights of the cues are data and live in ``data/cue_weights.toml``.
"""

from dataclasses import dataclass, fields
from functools import cache

from provenance.errors import SettingError


@cache
def version() -> str:
    """The version of the installed package."""
    from importlib.metadata import version as installed

    return installed("news-provenance")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a trace is made; the trace records it whole."""

    # --- match: fingerprints and candidates -------------------------------------------------------------------
    shingle_words: int = 5  # words; 5 keeps chance matches of unrelated news below one a pair
    min_shared_shingles: int = 3  # shingles; a shared run of 7 words gives three
    whole_shingles: int = 20_000  # articles; above, one shingle in shingle_rate is kept, those with the lowest hashes
    shingle_rate: int = 4  # a shared run of 20 words is then missed one time in five, of 30 words one in forty
    max_sources: int = 20  # candidate sources kept for an article; the tree needs few, reprint crowds offer hundreds
    permutations: int = 128  # MinHash values a signature; standard error .04 at Jaccard .8
    near_jaccard: float = 0.8  # Jaccard of shingle sets from which two texts may be reprints of one text
    near_share: float = 0.9  # share of counted words, both ways, from which they are

    # --- match: what an outlet repeats ------------------------------------------------------------------------
    house_articles: int = 3  # articles of a single outlet that carry the same words ...
    house_days: float = 3.0  # ... over more than so many days: house text, no news
    house_articles_undated: int = 4  # articles of one outlet (and few others) when dates do not tell
    house_outlets: int = 3  # outlets at most, for the rule above; more is a widely reprinted story
    frame_articles: int = 5  # articles of different texts that carry the same words ...
    frame_share: float = 0.15  # ... and share less than this of their shingles otherwise: a platform's frame

    # --- match: passages --------------------------------------------------------------------------------------
    seed_words: int = 4  # words; a shared run that starts a passage
    gap_words: int = 15  # words left out or changed on either side within one passage
    passage_words: int = 8  # words in common from which a passage is worth showing
    listed_words: int = 24  # words in common from which provenance pairs lists two texts; 20 are often a stock phrase
    verbatim_run: int = 8  # words in a row without a difference that count as verbatim
    rewritten_cosine: float = 0.33  # sentence likeness that links two articles; background reaches .36: three are asked
    joined_cosine: float = 0.2  # inside a linked pair, for neighbours in order; two unrelated sentences reach .26
    seed_likeness: float = 0.28  # tf-isf cosine and Dice of stems from which two sentences of a linked pair are a seed
    fragment_gap: int = 4  # sentences between seeds of one fragment, on either side
    fragment_overlap: float = 0.42  # weighted Dice of its two sides; chance reaches .42 with two seeds, but once
    fragment_alone: float = 0.6  # the same, where one pair of sentences is all there is; chance reaches .57
    fragment_words: int = 20  # words of its shorter side; shorter ones are stock phrases
    answer_overlap: float = 0.5  # weighted Dice of two sentences of a fragment that are close; frames reach .6 alone
    answer_sentences: int = 2  # close sentences that make a fragment a passage; one is a fact that two reporters had
    case_words: int = 40  # words of a shared block from which it is a case of shared text by itself; PAN's have 45
    digest_sentences: int = 3  # sentences in a row that answer to places all over the other text: a digest of it
    digest_cosine: float = 0.3  # mean cosine of its sentences and their answers; half as much is usual
    digest_focus: float = 0.85  # part of the answers that may lie in one place; more is a fragment there
    digest_spread: float = 0.33  # of the other text that the answers span: it is the whole text that was condensed
    rewritten_pairs: int = 3  # one-to-one sentence pairs that link two articles without a credit
    rare_sentences: int = 60  # sentences of the pile in which a term may stand and still propose pairs of sentences
    window_articles: int = 20_000  # articles; above, sentences are compared within window_days only
    window_days: float = 45.0  # days
    weights: str = "shipped"  # word weights: "shipped" (tables per language), "pile", or a file of provenance weights

    # --- reconstruct: how much each reason weighs ----------------------------------------------------------------
    cues: str = "shipped"  # weights of the cues: "shipped", or a file of provenance learn

    # --- reconstruct: what may become an arrow ----------------------------------------------------------------
    counted_words: int = 32  # counted words in common; at 12, 17 of 24 arrows in a real pile were false
    plain_share: float = 0.5  # share of them in lower case; names of states, lists and titles are not
    excerpt_words: int = 30  # words quoted here and in the other's own voice there: an excerpt
    mention_words: int = 12  # counted words below which two texts are not even named as possibly related
    whole_share: float = 0.5  # of a text credited as a whole (tier A) that an article must hold to be the one meant
    republished_share: float = 0.85  # of the derived text's counted words
    verbatim_share: float = 0.8  # of the shared words, for republished and excerpted
    rewritten_share: float = 0.2  # of the derived text's counted words
    revised_share: float = 0.6  # of the derived text's counted words, same outlet ...
    revised_hours: float = 24.0  # ... within a day, or the same URL
    slack_hours: float = 6.0  # hours by which a clock may be wrong
    slack_day_hours: float = 36.0  # hours, where only the day is known
    identity_at_most: float = 0.88  # probability of an arrow whose source is known by one sentence only: "likely"
    star_outlets: int = 3  # outlets that share one uncredited text: all from an unseen text, not a chain by minutes

    # --- reconstruct: what is shown ---------------------------------------------------------------------------
    arrow_at: float = 0.5  # probability from which an arrow is a derivation
    alternative_at: float = 0.05  # probability from which a possible arrow is recorded

    def __post_init__(self) -> None:
        """Refuses what no stage could work with.

        Raises:
            SettingError: names the setting and what it may be.
        """
        for field in fields(self):
            value = getattr(self, field.name)
            low, high = _RANGES.get(field.name, (0, float("inf")))
            if not isinstance(value, str) and not low <= value <= high:
                bounds = f"{low:g} or more" if high == float("inf") else f"from {low:g} to {high:g}"
                raise SettingError(f"{field.name} = {value:g} makes no sense; it may be {bounds}")


_SHARE = (0.0, 1.0)
# What each setting may be; those not named may be any number of 0 or more.
_RANGES: dict[str, tuple[float, float]] = {
    "shingle_words": (1, 100),
    "min_shared_shingles": (1, float("inf")),
    "shingle_rate": (1, float("inf")),
    "max_sources": (1, float("inf")),
    "permutations": (16, 4096),  # fewer say nothing
    "near_jaccard": (0.05, 0.99),  # the bands of MinHash LSH exist between these only
    "near_share": _SHARE,
    "house_articles": (2, float("inf")),
    "house_articles_undated": (2, float("inf")),
    "house_outlets": (1, float("inf")),
    "frame_articles": (2, float("inf")),
    "frame_share": _SHARE,
    "seed_words": (1, 100),
    "passage_words": (1, float("inf")),
    "listed_words": (1, float("inf")),
    "verbatim_run": (1, float("inf")),
    "rewritten_cosine": (0.01, 1.0),
    "joined_cosine": (0.01, 1.0),
    "rewritten_pairs": (1, float("inf")),
    "seed_likeness": (0.01, 1.0),
    "fragment_overlap": (0.01, 1.0),
    "fragment_alone": (0.01, 1.0),
    "fragment_words": (1, float("inf")),
    "answer_overlap": (0.01, 1.0),
    "answer_sentences": (1, float("inf")),
    "case_words": (1, float("inf")),
    "digest_sentences": (2, float("inf")),
    "digest_cosine": (0.01, 1.0),
    "digest_focus": _SHARE,
    "digest_spread": _SHARE,
    "rare_sentences": (2, float("inf")),
    "counted_words": (1, float("inf")),
    "plain_share": _SHARE,
    "excerpt_words": (1, float("inf")),
    "republished_share": _SHARE,
    "whole_share": _SHARE,
    "verbatim_share": _SHARE,
    "rewritten_share": _SHARE,
    "revised_share": _SHARE,
    "identity_at_most": (0.5, 0.9999),
    "star_outlets": (2, float("inf")),
    "arrow_at": (0.5, 1.0),  # below, two arrows could end at one text
    "alternative_at": _SHARE,
}
