"""The shared part is given to the writer whose other words it resembles."""

from making import LAMP, MARKET, article, looked_at, spoken

from provenance.reconstruct.author_fit import author_fit
from provenance.reconstruct.pair import Pair

# A writer with a manner of his own: short words, much shouting, the same turns again and again.
SHOUTS = tuple(
    f"Oy! Oy! {who} yawps zig and zag, zap and zip, oy oy, and yaps zag by zig till {what} yawns: zap! Oy, zig, zag!"
    for who, what in zip(
        ("Max", "Fay", "Guy", "Kay", "Jo", "Zoe", "Pip", "Roy", "May", "Kit"),
        ("jazz", "fizz", "buzz", "fuzz", "haze", "maze", "daze", "gaze", "doze", "ooze"),
        strict=True,
    )
)


def test_shared_words_in_the_manner_of_the_source_are_the_sources():
    derived, source = article("new", *MARKET, *LAMP[4:7], *SHOUTS[:2]), article("old", *SHOUTS)
    pair, context = looked_at(derived, source)
    assert max(pair.shared.share_a, pair.shared.share_b) < 0.5
    found = spoken(author_fit(pair, context), "author_fit")
    assert 0 < found.strength <= 1
    back = spoken(author_fit(Pair(pair.source, pair.derived, pair.shared.turned()), context))
    assert back.strength == -found.strength
    assert back.detail != found.detail


def test_without_a_rest_to_compare_nothing_is_said():
    assert author_fit(*looked_at(article("new", MARKET[0], *SHOUTS[:2]), article("old", *SHOUTS))) is None


def test_versions_of_one_text_are_left_out():
    pair, context = looked_at(article("new", *LAMP[:8], *SHOUTS[:8]), article("old", *LAMP[:8], *MARKET))
    assert max(pair.shared.share_a, pair.shared.share_b) >= 0.5
    assert author_fit(pair, context) is None
