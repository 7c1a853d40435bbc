"""Small articles about invented places, and what the stages make of them: the material of these tests."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from provenance import Article, Credit, Settings, Trace, trace
from provenance.model import Derivation, Fact, Published, Source
from provenance.pipeline import aligned, attributed
from provenance.reconstruct import resolve
from provenance.reconstruct.pair import Context, Finding, Pair, Text
from provenance.reconstruct.reconstruction import canonical_for
from provenance.reconstruct.texts import alignments_by_article
from provenance.reconstruct.weights import CueWeights, cue_weights
from provenance.shared import Alignment

# One story in ten sentences: each stands alone, none speaks of a credit, a date or a first person.
LAMP = (
    "The lamp of the lighthouse at Carrow Point went dark shortly before midnight when a gull flew through the "
    "seaward pane and broke the big lens into a heap of green splinters.",
    "Two trawlers that were steering by the light turned away from the shoal at the last moment, and a third one, "
    "the Morning Wren, touched bottom without losing any of her crew.",
    "Keeper Oda Renfell lit a row of storm lanterns along the gallery and swung them by hand until the sky grew pale "
    "enough for the pilots to see the marker on the rock.",
    "The lens had been ground in a workshop that no longer exists, and nobody along this coast knows how to cast "
    "glass of that thickness without bubbles.",
    "A spare lens lies in the cellar of the harbour museum, but it was made for a smaller lamp and would have to sit "
    "in a wooden frame that swells whenever the weather turns wet.",
    "Until the frame is ready a barge with a floodlight will be moored off the point, which the crabbers dislike "
    "because its generator drives their catch into deeper water.",
    "The gull survived with a broken wing and is being fed on herring scraps in the kitchen of the keeper's cottage, "
    "where it has already bitten both of the glaziers.",
    "Insurance will pay for the pane but not for the lens, since the policy speaks of storm and fire and says nothing "
    "whatever about birds that come in from the sea.",
    "The pilots want the old light to be replaced by a buoy with a battery, as has been done at three other headlands "
    "where nobody needs to climb a stair any more.",
    "A decision is expected in autumn, after the herring fleet has come home and the keepers have counted how many "
    "ships passed the point in the dark.",
)

# Another story, which shares nothing with the first.
MARKET = (
    "Traders at the covered market in Dunfallow have been told to clear their stalls by the end of the month because "
    "the iron roof drips rust into the cheese.",
    "Surveyors found that eleven of the forty columns have been hollow for years, and that one was held upright only "
    "by the layers of paint on its outside.",
    "The fishmongers want to move into the disused tram shed across the square, while the florists say its floor is "
    "too warm for cut tulips in any season but winter.",
    "Rent has not been collected since the survey, and a barrel for voluntary payments beside the main gate holds "
    "mostly buttons, foreign coins and one wedding ring.",
    "Schoolchildren have drawn a plan in which the roof becomes a garden and the columns are climbed by beans, which "
    "an engineer called no worse than the official one.",
    "The oldest stall has sold nothing but brushes since the days of the canal and its owner means to chain herself "
    "to the scales when the bailiffs arrive.",
)

# What several houses might say in their own words.
OWN = (
    "Whoever has walked the northern ramparts in winter knows how quickly the mist can swallow a whole procession of "
    "torches and every tune that goes with it.",
    "Our reporter counted nineteen umbrellas in a single gutter on the way to the allotments, most of them turned "
    "inside out and two of them still attached to a scarf.",
    "Recipes for barley soup fill the letters page again this week, and the dispute over whether nutmeg belongs in it "
    "shows no sign of cooling down.",
    "The bowling club lost its lawn to moles once more, so the championship moves indoors to the chapel hall, where "
    "the pews have been stacked along the organ loft.",
)


def day(number: int, month: int = 5) -> Published:
    """The whole of one day of 2031."""
    start = datetime(2031, month, number, tzinfo=UTC)
    return Published(start, start + timedelta(days=1, seconds=-1), f"stated: 2031-{month:02}-{number:02}")


def hour(number: int, minute: int = 0, of: int = 5) -> Published:
    """A minute of one day in May 2031."""
    at = datetime(2031, 5, of, number, minute, tzinfo=UTC)
    return Published(at, at, f"stated: {at:%H:%M}")


def article(
    id: str, *paragraphs: str, outlet: str | None = None, published: Published | None = None, **fields: object
) -> Article:
    """An article as the reading stage hands it on."""
    given = {"outlet_ground": "stated" if outlet else None, "language": "en", **fields}
    return Article(id, id, "\n".join(paragraphs), outlet=outlet, published=published, **given)


def arrows(found: Trace, at_least: float = 0.5) -> dict[tuple[str, str], str]:
    """The derivations of a trace as {(derived, source): kind}."""
    return {(d.derived, d.source): d.kind for d in found.at_least(at_least)}


def primary(found: Trace, derived: str) -> Derivation:
    """The arrow to the primary source of a text."""
    return next(d for d in found.derivations if d.derived == derived and d.is_primary)


def node(found: Trace, id: str) -> Source:
    return next(s for s in found.sources if s.id == id)


def undecided(found: Trace) -> dict[tuple[str, str], str]:
    return {u.articles: u.what for u in found.undecided}


def traced(*articles: Article, facts: Iterable[Fact] = (), **settings: object) -> Trace:
    return trace(articles, Settings(**settings), tuple(facts))


# --- one pair of texts ----------------------------------------------------------------------------------------------


def words(shared: int = 60, **fields: object) -> Alignment:
    """An alignment of "a" and "b" by its counts alone: 100 words each, of which some are shared word for word."""
    plain = Alignment("a", "b", (), 100, 100, shared, shared, shared, shared, shared, 0, 0, 0)
    return replace(plain, **fields)


def text_of(article: Article) -> Text:
    return Text(article.id, article, article.outlet, article.published, article.credits)


def context_for(articles: Iterable[Article], alignments: Iterable[Alignment], **fields: object) -> Context:
    """What cues may know about a pile, with nothing in it that is not given."""
    articles = tuple(articles)
    nothing = {
        "others": alignments_by_article(tuple(alignments)), "dates": {a.id: a.published for a in articles},
        "canonical": canonical_for(articles), "wires": frozenset(), "agencies": frozenset(), "facts": {}, "crowds": {},
        "weights": cue_weights(), "settings": Settings(),
    }  # fmt: skip
    return Context(**{**nothing, **fields})


def weights_by_hand() -> CueWeights:
    """The weights before any learning, for tests of what is done with weights and not of what was learnt."""
    shipped = cue_weights()
    return replace(shipped, weights=shipped.by_hand, calibrated=False)


def cues_by_hand(folder: Path) -> str:
    """A file of those weights, for the setting ``cues``."""
    rows = (f'{c} = {{ weight = {w}, by_hand = {w}, meaning = "a cue" }}' for c, w in cue_weights().by_hand.items())
    file = folder / "by hand.toml"
    file.write_text("\n".join(("calibrated = false", "[cues]", *rows)), encoding="utf-8")
    return str(file)


def looked_at(derived: Article, source: Article, *others: Article, **fields: object) -> tuple[Pair, Context]:
    """A pair of a small pile after its credits are read and its texts aligned, and what cues may know of it."""
    articles, _ = attributed((derived, source, *others), None)
    alignments, _ = aligned(articles, Settings(), None)
    settled = resolve({a.id: a for a in articles}, alignments)
    both = {derived.id, source.id}
    found = next(x for x in alignments if {x.a, x.b} == both)
    shared = found if found.a == derived.id else found.turned()
    pair = Pair(text_of(settled[derived.id]), text_of(settled[source.id]), shared)
    return pair, context_for(settled.values(), alignments, **fields)


def by_hand(
    derived: Article, source: Article, shared: Alignment | None = None, **fields: object
) -> tuple[Pair, Context]:
    """A pair with an alignment that is made up."""
    shared = replace(shared or words(), a=derived.id, b=source.id)
    return Pair(text_of(derived), text_of(source), shared), context_for((derived, source), (shared,), **fields)


def spoken(finding: Finding | None, cue: str | None = None) -> Finding:
    """A finding that must be there, under the weight that is expected."""
    assert finding is not None
    assert cue is None or finding.name == cue
    return finding


def credit(article: str, name: str, kind: str = "republication", tier: str = "A", **fields: object) -> Credit:
    return Credit(article, name, kind, tier, f"credit to {name}", None, **fields)


def mail(*text, **fields):
    return article("mail", *text, outlet="Carrow Mail", **fields)


def echo(*text, **fields):
    return article("echo", *text, outlet="Dunfallow Echo", **fields)


def relay(*text, **fields):
    return article("relay", *text, outlet="Relay Digest", **fields)


def courier(*text, **fields):
    return article("courier", *text, outlet="Fen Courier", **fields)


# --- small piles ----------------------------------------------------------------------------------------------------

MAIL_FIRST = "This story was first published by The Carrow Mail."

# mail ── echo (republished) ── courier (excerpted, with a beginning of its own)
CREDITED_CHAIN = (
    mail(*LAMP, published=day(2)),
    echo(*LAMP[:7], MAIL_FIRST, published=day(3)),
    courier(OWN[0], *LAMP[:5], "The lens was beyond repair, The Dunfallow Echo reported.", published=day(4)),
)
