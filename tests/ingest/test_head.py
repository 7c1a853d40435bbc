"""Title, byline and date line at the head of a text."""

from datetime import date

import pytest

from provenance.ingest.head import byline_of
from provenance.ingest.known import Known
from provenance.ingest.plain_text import article_from, front_matter
from provenance.model import Article

BODY = """The harbour of Marrow Bay was closed on Monday after a crane fell across the channel, the port office said.

Nobody was hurt, but eleven ships had to wait outside until the evening, according to the harbour master.

The crane had been inspected two weeks before the accident and found to be in good order, the office said."""


def read(head: str, known: Known | None = None) -> Article:
    return article_from("a.txt", "a.txt", f"{head}\n\n{BODY}", known or Known())


def test_the_first_line_that_looks_like_a_headline_is_the_title() -> None:
    article = read("Crane closes Marrow Bay harbour")
    assert (article.title, article.title_ground) == ("Crane closes Marrow Bay harbour", "first line of the text")


def test_markdown_is_no_part_of_the_title() -> None:
    assert read("## **Crane closes Marrow Bay harbour**").title == "Crane closes Marrow Bay harbour"


def test_a_first_paragraph_is_no_title() -> None:
    assert article_from("a", "a", BODY, Known()).title is None


def test_a_cookie_notice_above_the_title_is_passed_over() -> None:
    article = read(
        "Cookies\n\nWe use cookies to make our website easier.\n\nAccept allNo thanks\n\nCrane closes harbour again"
    )
    assert article.title == "Crane closes harbour again"
    assert [m.reason for m in article.boilerplate][:3] == ["cookie notice"] * 3


def test_what_is_known_beside_the_text_wins() -> None:
    article = read(
        "Crane closes Marrow Bay harbour\n\nBy Ada Quill", Known(title="Known", title_ground="front matter, title")
    )
    assert (article.title, article.title_ground, article.byline) == ("Known", "front matter, title", "Ada Quill")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("BY ADA QUILL", "ADA QUILL"),
        ("ByNews Desk-\u00a0The Lantern\u00a0", "News Desk- The Lantern"),
        ("Von Max Muster", "Max Muster"),
        ("By Ada Quill and Ben Stone, Harbour Post", "Ada Quill and Ben Stone, Harbour Post"),
        ("By: Ada Quill", "Ada Quill"),
        ("By Ada Quill | May 3, 2031", "Ada Quill"),
        ("Written by Ada Quill", "Ada Quill"),
        ("By the time they came it was over", None),
        ("Bye for now", None),
        ("By Monday, the harbour was open again.", None),
        ("By 2031 it will be done", None),
        ("BYTES AND BITS", None),
    ],
)
def test_a_byline_is_told_from_a_sentence(line: str, name: str | None) -> None:
    found = byline_of(" ".join(line.split()), "de" if line.startswith("Von") else "en")
    assert found == name


@pytest.mark.parametrize(
    "line",
    [
        "Thursday, May 03, 2031",
        "May 3, 2031 |",
        "Published: May 3, 2031 at 14:20",
        "Posted on 3 May 2031 · 5 min read",
        "2031-05-03",
    ],
)
def test_a_line_that_is_a_date_dates_the_article_and_says_where(line: str) -> None:
    article = read(f"Crane closes Marrow Bay harbour\n\n{line}")
    assert article.published is not None and article.published.earliest is not None
    assert article.published.earliest.date() == date(2031, 5, 3) and article.published.read_from.startswith("line 3: ")
    assert article.stamps == () and "date line" in [m.reason for m in article.boilerplate]


def test_a_german_date_line_is_read_in_a_german_text() -> None:
    body = "Der Hafen von Sandeck war am Montag gesperrt, weil ein Kran in die Fahrrinne fiel, sagte die Behörde."
    article = article_from(
        "a", "a", f"Kran sperrt Hafen\n\nVeröffentlicht am 3. Mai 2031, 14:20 Uhr\n\nVon Ada Quill\n\n{body}", Known()
    )
    assert article.published is not None and article.published.earliest is not None
    assert article.published.earliest.date() == date(2031, 5, 3)
    assert (article.stamps, article.byline) == ((), "Ada Quill")


def test_a_date_with_a_name_is_a_stamp() -> None:
    article = read("Crane closes Marrow Bay harbour\n\nHarbour Post, May 3, 2031")
    assert [(s.name, s.span.cut(article.text)) for s in article.stamps] == [
        ("Harbour Post", "Harbour Post, May 3, 2031")
    ]
    assert article.outlet is None and article.published is not None


def test_two_dates_with_two_names_are_left_to_attribution() -> None:
    article = read("Crane closes harbour\n\nBy Coast Monitor\n\nHarbour Post, May 4, 2031\n\nCoast Monitor 3 May 2031")
    assert [s.name for s in article.stamps] == ["Harbour Post", "Coast Monitor"]
    assert article.published is None and article.byline == "Coast Monitor"


def test_the_first_day_counts_and_not_the_update() -> None:
    article = read("Crane closes harbour\n\nUpdated May 9, 2031\n\nPublished May 3, 2031")
    assert article.published is not None and article.published.earliest is not None
    assert article.published.earliest.date() == date(2031, 5, 3)


def test_a_dateline_inside_a_paragraph_is_no_date_line() -> None:
    text = BODY.replace("The harbour", "MARROW BAY, May 3, 2031 (Coast Wire) — The harbour", 1)
    assert article_from("a", "a", text, Known()).stamps == ()


def test_front_matter_is_read_and_taken_off_the_text() -> None:
    known, text = front_matter('---\ntitle: "Crane closes harbour"\noutlet: Harbour Post\ndate: 2031-05-03\n---\nBody.')
    assert (known.title, known.outlet, known.outlet_ground) == (
        "Crane closes harbour",
        "Harbour Post",
        "front matter, outlet",
    )
    assert known.date is not None and text == "Body."


def test_a_line_of_dashes_is_not_always_front_matter() -> None:
    text = "---\nThe harbour was closed, they said.\n---\nIt opened again."
    assert front_matter(text) == (Known(), text)
