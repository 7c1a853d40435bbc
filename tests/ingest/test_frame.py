"""What surrounds an article is marked with its reason; what is article stays."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ingest.known import Known
from provenance.ingest.plain_text import article_from, reflowed
from provenance.model import Article

PARAGRAPHS = [
    "The harbour of Marrow Bay was closed on Monday after a crane fell across the main channel, the port office said.",
    "Nobody was hurt, but eleven ships had to wait outside until the evening, according to the harbour master.",
    "“We heard it from the other side of the town,” said Ada Quill, who keeps an inn on Fish Street.",
    "The crane had been inspected two weeks before the accident and found to be in good order, the office said.",
]
BODY = "\n\n".join(PARAGRAPHS)


def read(text: str) -> Article:
    return article_from("a.txt", "a.txt", text, Known())


def reason_of(line: str, before: str = BODY, after: str = "") -> str | None:
    article = read("\n\n".join(part for part in (before, line, after) if part))
    at = article.text.index(line)
    return next((m.reason for m in article.boilerplate if m.span.start <= at < m.span.end), None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("We use cookies to improve your experience.", "cookie notice"),
        ("Share this article on social media", "share line"),
        ("Sign up for our weekly newsletter", "newsletter note"),
        ("Coast Wire contributed to this report.", "credit line"),
        ("The original source of this article is Coast Monitor", "credit line"),
        ("Source: Coast Wire", "credit line"),
        ("This article was originally published by Coast Monitor.", "credit line"),
        ("(Reporting by Ada Quill; Editing by Ben Stone)", "credit line"),
        ("Copyright © 2031 Harbour Post. All rights reserved.", "copyright"),
        ("Advertisement", "advertisement"),
        ("The views expressed are those of the author.", "disclaimer"),
        ("(Photo: Ben Stone)", "caption"),
        ("Smoke over the pier on Monday. COASTWIRE/Ben Stone", "caption"),
        ("Read more: The crane and its builder", "link to another article"),
        ("* * *", "separator"),
        ("FacebookTwitterEmail", "share line"),
        ("Post a Comment", "comments"),
        ("Most Popular", "after the article"),
        ("Write to Ada Quill at ada@example.org.", "note on the author"),
    ],
)
def test_a_line_around_the_article_is_marked_with_its_reason(line: str, reason: str) -> None:
    assert reason_of(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "He shared the picture on Facebook and Twitter, and the port office took it down an hour later.",
        "The study was first published in 2029 and first appeared in a journal of the port authority.",
        "The reporting by the Harbour Post was criticised by the council on Tuesday.",
        "Leaflets distributed by the port office said the channel would stay closed.",
        "Related companies had also sold cranes to the port of Lower Hallow, the office said.",
        "Most popular among the sailors was the inn on Fish Street, which stayed open all night.",
        "The council voted to fund the sale of cookies by the scouts at the pier.",
        "Home is where the harbour is, she said, and laughed.",
        "“No.”",
    ],
)
def test_a_sentence_of_the_article_stays_body(line: str) -> None:
    assert reason_of(line, before=PARAGRAPHS[0] + "\n\n" + PARAGRAPHS[1], after="\n\n".join(PARAGRAPHS[2:])) is None


def test_the_captions_of_a_gallery_are_no_article_text() -> None:
    pictures = [f"The quay – A crane is lifted from the water by the {n}th tug. Next {n} of 9" for n in (1, 2, 3)]
    assert reason_of(" ".join(pictures), after=BODY) == "captions of a picture gallery"
    assert (
        reason_of(pictures[1], before=pictures[0], after=f"{pictures[2]}\n\n{BODY}") == "captions of a picture gallery"
    )
    assert reason_of(PARAGRAPHS[0], before=" ".join(pictures)) is None


def test_numbered_pages_of_an_article_are_no_gallery() -> None:
    long = [f"{BODY} {BODY} {BODY} Page {n} of 3" for n in (1, 2, 3)]
    article = read("\n\n".join(long))
    assert [m.reason for m in article.boilerplate if "gallery" in m.reason] == []


def test_an_end_marker_cuts_what_follows_most_of_the_text() -> None:
    article = read(
        f"{BODY}\n\nRelated articles\n\nA new bridge for Lower Hallow\n\nThe mayor of Sandeck wants to stay in office."
    )
    assert [s.cut(article.text) for s in article.body] == PARAGRAPHS


def test_a_box_in_the_middle_of_an_article_takes_only_itself() -> None:
    article = read(f"{PARAGRAPHS[0]}\n\nRelated\n\nA new bridge for Lower Hallow\n\n" + "\n\n".join(PARAGRAPHS[1:]))
    assert [s.cut(article.text) for s in article.body] == PARAGRAPHS


def test_comments_are_cut_off_with_all_that_follows() -> None:
    article = read(f"{BODY}\n\nNo comments:\n\nPost a Comment")
    assert [s.cut(article.text) for s in article.body] == PARAGRAPHS


def test_an_embedded_post_is_marked_with_the_line_above_its_signature() -> None:
    post = "Smoke over the pier pic.twitter.com/a1B2c3\n— Ada Quill (@adaquill) April 28, 2031"
    article = read(f"{BODY}\n\n{post}\n\n{PARAGRAPHS[0][:-1]} again.")
    assert [m.reason for m in article.boilerplate] == ["embedded post", "embedded post"]


def test_article_text_glued_to_an_embedded_post_stays() -> None:
    article = read(f"{BODY}\n\nSmoke! — Ada Quill (@adaquill) April 28, 2031 {PARAGRAPHS[0][:-1]} again.")
    assert article.text.endswith("again.") and article.boilerplate[-1].span.cut(article.text).endswith("2031")


def test_a_menu_above_the_article_is_marked() -> None:
    article = read("Harbour\nTown Hall\nShips and Cargo\nFish Street\nLetters to us\n\n" + BODY)
    assert [s.cut(article.text) for s in article.body] == PARAGRAPHS


def test_a_row_of_names_set_apart_is_a_menu_and_no_title() -> None:
    article = read(f"TIDES   PILOTS   FISH MARKET   CONTACT\n\nCrane Falls Across Channel\n\n{BODY}")
    assert article.title == "Crane Falls Across Channel"
    assert reason_of("Tides | Pilots | Fish market", before="", after=BODY) == "menu"
    assert reason_of("Ada Quill keeps an inn on Fish Street", before=BODY, after=BODY) is None


def test_a_text_never_loses_all_its_body() -> None:
    for text in ("Sign up for our newsletter", "Advertisement\nShare\nComments", "© 2031 Harbour Post", "***"):
        assert read(text).body


def test_a_text_on_one_line_is_marked_by_its_sentences() -> None:
    article = read(" ".join(PARAGRAPHS * 3) + " Coast Wire contributed to this report.")
    assert [(m.reason, m.span.cut(article.text)) for m in article.boilerplate] == [
        ("credit line", "Coast Wire contributed to this report.")
    ]


@given(
    st.lists(
        st.sampled_from(
            [*PARAGRAPHS, "Share", "Most Popular", "Comments", "", "***", "By Ada Quill", "May 3, 2031", "© 2031"]
        ),
        max_size=12,
    )
)
def test_marks_are_sorted_disjoint_and_leave_some_body(lines: list[str]) -> None:
    text = "\n".join(lines)
    article = read(text)
    ends = [0]
    for mark in article.boilerplate:
        assert ends[-1] <= mark.span.start < mark.span.end <= len(text)
        ends.append(mark.span.end)
    assert article.body or not text.strip()


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_text_is_the_same_article_as_unwrapped(width: int) -> None:
    long = "\n\n".join(" ".join(PARAGRAPHS[i:] + PARAGRAPHS[:i]) for i in range(4))
    text = f"Crane closes harbour\n\n{long}\n\nCoast Wire contributed to this report."
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))
    assert wrapped != text and reflowed(wrapped) == text


@given(st.lists(st.text(alphabet="ab -.", min_size=1, max_size=50).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_reflowing_keeps_every_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert reflowed(text).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_lines_that_are_paragraphs_are_not_reflowed() -> None:
    assert reflowed("\n".join(PARAGRAPHS)) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("piece", [" ", "a", "<", "<a ", "*", "—(@", "“a ", "AP/Ab ", "By Ada ", "May 3 ", "a\n"])
def test_a_megabyte_of_anything_is_marked_in_moments(piece: str) -> None:
    start = time.process_time()
    read(f"{PARAGRAPHS[0]}\n{piece * (1_000_000 // len(piece))}\n{PARAGRAPHS[1]}")
    assert time.process_time() - start < 20


@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_paragraphs_without_empty_lines_between_them_are_found_again(width: int) -> None:
    long = [" ".join([*PARAGRAPHS[i:], *PARAGRAPHS[:i]]) for i in range(4)]
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in long)
    lines = reflowed(wrapped).split("\n")
    assert " ".join(lines) == " ".join(long) and len(lines) <= len(long)


def test_an_address_longer_than_the_column_does_not_hide_the_wrapping() -> None:
    long = " ".join(PARAGRAPHS * 2)
    wrapped = f"{textwrap.fill(long, 72, break_on_hyphens=False)}\n\nhttps://example.org/{'a' * 70}"
    assert reflowed(wrapped).startswith(long)
