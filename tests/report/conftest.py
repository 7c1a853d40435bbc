"""A trace built by hand, with one of everything; every outlet, person and place in it is invented.

Northern Wire (named, its text is not in the pile)
└── Harbour Post [post.html], 3 May 2031                      contributed
    ├── outlet unknown [blog.txt], not before 4 May 2031      excerpted; also from Skerry Gazette
    └── Skerry Gazette (named, read through digest.txt)       rewritten
        └── Isles Digest [digest.txt], 5 May 2031             republished
twin-a.txt ? twin-b.txt                                       undecided direction
choir.txt                                                     alone
"""

from datetime import UTC, datetime

import pytest

from provenance.model import (
    Alternative,
    Article,
    Change,
    Citation,
    Credit,
    Derivation,
    Estimate,
    Evidence,
    Family,
    GeneratedBy,
    Mark,
    Passage,
    Place,
    Published,
    Reprints,
    Skipped,
    Source,
    Span,
    Trace,
    Undecided,
)

POST = (
    "Ferry runs aground off Skerry\n"
    "The ferry Selkie ran aground in fog on Monday with 112 people aboard, the coastguard told Skerry Radio.\n"
    "“We heard a long scrape and then nothing,” said Runa Bell, a teacher.\n"
    "Northern Wire contributed to this report."
)
BLOG = (
    "Morning notes\n"
    "The ferry Selkie ran aground in fog on Monday with 112 people aboard, the coastguard told Skerry Radio.\n"
    "More tomorrow."
)
DIGEST = (
    "Selkie aground\n"
    "In thick fog the ferry Selkie struck the Hag's Teeth on Monday; 121 people were on board.\n"
    "The original source of this article is Skerry Gazette."
)
TWIN = "The council will close the swing bridge for nine weeks from June while its bearings are replaced."
CHOIR = "Forty singers will rehearse at sea this summer, the choir's director says."


def at(text: str, words: str) -> Span:
    """Where some words stand in a text."""
    return Span(text.index(words), text.index(words) + len(words))


def on(year: int, month: int, day: int, ground: str) -> Published:
    """The whole of one day."""
    return Published(datetime(year, month, day, tzinfo=UTC), datetime(year, month, day, 23, 59, 59, tzinfo=UTC), ground)


FERRY = "The ferry Selkie ran aground in fog on Monday with 112 people aboard"
STRUCK = "the ferry Selkie struck the Hag's Teeth on Monday; 121 people were on board"

ARTICLES = (
    Article(
        id="blog.txt",
        path="pile/blog.txt",
        text=BLOG,
        boilerplate=(Mark(at(BLOG, "More tomorrow."), "end of page"),),
        title="Morning notes",
        title_ground="first line",
        published=Published(datetime(2031, 5, 4, tzinfo=UTC), None, "the text tells of Monday"),
    ),
    Article(
        id="choir.txt",
        path="pile/choir.txt",
        text=CHOIR,
        published=Published(None, datetime(2031, 6, 1, tzinfo=UTC), "the file"),
    ),
    Article(
        id="digest.txt",
        path="pile/digest.txt",
        text=DIGEST,
        title="Selkie aground",
        title_ground="first line",
        outlet="Isles Digest",
        outlet_ground="date line",
        published=on(2031, 5, 5, "date line"),
        credits=(
            Credit(
                article="digest.txt",
                source_name="Skerry Gazette",
                kind="republication",
                tier="A",
                text="The original source of this article is Skerry Gazette.",
                span=at(DIGEST, "The original source of this article is Skerry Gazette."),
                resolved_to="named:skerry gazette/digest.txt",
                resolved_ground="it is not in the pile",
            ),
        ),
    ),
    Article(
        id="post.html",
        path="pile/post.html",
        text=POST,
        boilerplate=(Mark(at(POST, "Northern Wire contributed to this report."), "credit line"),),
        title="Ferry runs aground off Skerry",
        title_ground="og:title",
        outlet="Harbour Post",
        outlet_ground="og:site_name",
        byline="Ada Quill",
        byline_ground="JSON-LD author",
        url="https://harbourpost.example/ferry",
        language="en",
        published=on(2031, 5, 3, "article:published_time"),
        credits=(
            Credit(
                article="post.html",
                source_name="Northern Wire",
                kind="contributor",
                tier="B",
                text="Northern Wire contributed to this report.",
                span=at(POST, "Northern Wire contributed to this report."),
                inherited_from="named:northern wire/post.html",
            ),
            Credit("post.html", "Harbour Post", "canonical", "A", "https://harbourpost.example/ferry", None),
        ),
    ),
    Article(id="twin-a.txt", path="pile/twin-a.txt", text=TWIN),
    Article(id="twin-b.txt", path="pile/twin-b.txt", text=TWIN + "\n"),
)

NORTHERN, GAZETTE = "named:northern wire/post.html", "named:skerry gazette/digest.txt"


def reason(name: str, weight: float, detail: str, *places: Place) -> Evidence:
    return Evidence(name, weight, detail, places)


def make_trace(*, calibrated: bool = False) -> Trace:
    """The trace that is drawn above."""
    settings = {"shingle_words": 5, "near_share": 0.9, "weights": "shipped"}
    return Trace(
        articles=ARTICLES,
        sources=(
            *(Source(a.id, "article", a.outlet or a.id, a.published, None, 0.75, 0.05) for a in ARTICLES),
            Source(NORTHERN, "named", "Northern Wire"),
            Source(GAZETTE, "named", "Skerry Gazette", on(2031, 5, 4, "date line"), "digest.txt", 0.125, 0.0),
        ),
        derivations=(
            Derivation(
                "blog.txt",
                "post.html",
                "excerpted",
                0.9312,
                0.844,
                True,
                (
                    reason(
                        "quoted_there",
                        2.5,
                        "a long stretch stands here in its own voice",
                        Place("blog.txt", at(BLOG, FERRY)),
                    ),
                    reason("competition", 0.106, "other possible sources in this pile"),
                ),
                (Passage(at(BLOG, FERRY), at(POST, FERRY), "verbatim", 1.0, "no"),),
                share_of_source=0.25,
            ),
            Derivation(
                "blog.txt",
                GAZETTE,
                "excerpted",
                0.61,
                0.125,
                False,
                (reason("composite", 0.447, "it shares words that its main source has not"),),
                (
                    Passage(
                        at(BLOG, "ferry Selkie"), at(DIGEST, "ferry Selkie"), "verbatim", 1.0, "a", "a list of names"
                    ),
                ),
            ),
            Derivation(
                "digest.txt",
                GAZETTE,
                "republished",
                0.9975,
                None,
                True,
                (reason("republication", 5.989, 'it says "The original source of this article is Skerry Gazette"'),),
            ),
            Derivation(
                GAZETTE,
                "post.html",
                "rewritten",
                0.72,
                0.55,
                True,
                (
                    reason("sentences", 1.25, "most of its sentences stand there in other words"),
                    reason("time", -0.306, "it is only a day later"),
                ),
                (Passage(at(DIGEST, STRUCK), at(POST, FERRY), "rewritten", 0.5, "b"),),
                (
                    Change(
                        "number",
                        "112",
                        "121",
                        (Place("post.html", at(POST, "112")), Place("digest.txt", at(DIGEST, "121"))),
                    ),
                    Change("credit", "Skerry Radio", None),
                    Change("name", None, "Hag's Teeth"),
                    Change(
                        "sentence_dropped",
                        "“We heard a long scrape and then nothing,” said Runa Bell, a teacher.",
                        None,
                    ),
                ),
                share_of_source=0.48,
            ),
            Derivation(
                "post.html",
                NORTHERN,
                "contributed",
                0.9,
                None,
                False,
                (reason("contributor", 2.197, 'it says "Northern Wire contributed to this report"'),),
            ),
        ),
        alternatives=(Alternative("digest.txt", "post.html", 0.0525),),
        undecided=(
            Undecided(
                ("twin-a.txt", "twin-b.txt"),
                "direction",
                0.99,
                (1.0, 1.0),
                (Alternative("twin-b.txt", "twin-a.txt", 0.45), Alternative("twin-a.txt", "twin-b.txt", 0.4)),
                (reason("equal", 4.0, "17 words are the same, in the same order"),),
                (Passage(Span(0, len(TWIN)), Span(0, len(TWIN)), "verbatim", 1.0, "no"),),
                "a date for either of them",
            ),
        ),
        reprints=(Reprints("twin-a.txt", ("twin-a.txt", "twin-b.txt")),),
        families=(
            Family(("blog.txt", "digest.txt", "post.html"), (NORTHERN, GAZETTE), Estimate(1, 1, 2)),
            Family(("twin-a.txt", "twin-b.txt"), (), Estimate(1, 1, 1)),
            Family(("choir.txt",), (), Estimate(1, 1, 1)),
        ),
        independent_reports=Estimate(3, 3, 4),
        citations=(
            Citation(
                "blog.txt",
                "Skerry Radio",
                "the coastguard told Skerry Radio",
                at(BLOG, "the coastguard told Skerry Radio"),
            ),
            Citation(
                "post.html",
                "Skerry Radio",
                "the coastguard told Skerry Radio",
                at(POST, "the coastguard told Skerry Radio"),
            ),
            Citation("choir.txt", "the choir's director", "the choir's director says", None),
        ),
        skipped=(Skipped("pile/photo.jpg", "a picture, not a text"),),
        generated_by=GeneratedBy("provenance", "0.1.0", settings, calibrated),
    )


@pytest.fixture
def ferry() -> Trace:
    """The trace that is drawn above, uncalibrated."""
    return make_trace()


@pytest.fixture
def calibrated_ferry() -> Trace:
    """The same with calibrated probabilities."""
    return make_trace(calibrated=True)


@pytest.fixture
def ferry_articles() -> dict[str, Article]:
    """Its articles by id."""
    return {a.id: a for a in ARTICLES}
