"""The date that a page shows beside its heading, against what its markup says in passing. Invented pages."""

import pytest

from provenance.ingest.html_page import article_of_page
from provenance.ingest.known import Known, with_address_date
from provenance.model import Article

BODY = "".join(
    f"<p>{paragraph}</p>"
    for paragraph in (
        "The harbour of Marrow Bay was closed on Monday after a crane fell across the main channel, the office said.",
        "Nobody was hurt, but eleven ships had to wait outside until the evening, according to the harbour master.",
        "“We heard it from the other side of the town,” said Ada Quill, who keeps an inn on Fish Street nearby.",
        "The crane had been inspected two weeks before the accident and found to be in good order, the office said.",
    )
)
LIST = "".join(
    f"<div class='card'><a href='/{n}'>Older story {n}</a><span>{n} April 2031</span></div>" for n in (7, 8, 9)
)
FILE_DATE = '<meta name="date" content="2031-06-20">'


def read(above: str = "", below: str = "", head: str = "", after: str = "", known: Known | None = None) -> Article:
    html = f"""<!doctype html><html lang="en"><head><title>Crane closes harbour</title>{head}</head><body>
    <nav><ul><li><a href="/a">Ships</a></li><li><a href="/b">Town</a></li></ul></nav>{above}
    <article><h1>Crane closes harbour</h1>{below}{BODY}</article>{after}<footer><p>Fish St</p></footer></body></html>"""
    return article_of_page("page.html", "page.html", html, known or Known())


def day(article: Article) -> str | None:
    published = article.published
    return published.earliest.date().isoformat() if published and published.earliest and published.latest else None


@pytest.mark.parametrize(
    "shown",
    [
        "<p>3 May 2031</p>",
        "<div>By Ada Quill <span>03.05.2031, 12:01</span></div>",
        "<div><b>gullfan</b><span>03.05.31</span><span>12:44</span></div>",
        "<div><i>May</i><i>3</i><i>2031</i></div>",
        "<p>Publié le 3 mai 2031 à 10h</p>",
        "<p>2031년 5월 3일</p>",
    ],
)
def test_the_date_between_heading_and_text_is_the_articles_however_the_page_divides_it(shown: str) -> None:
    assert day(read(below=shown)) == "2031-05-03"


def test_what_readers_see_beside_the_heading_wins_over_a_bare_date_of_the_file() -> None:
    assert day(read(below="<p>3 May 2031</p>", head=FILE_DATE)) == "2031-05-03"
    assert day(read(head=FILE_DATE)) == "2031-06-20"


def test_markup_that_says_published_wins_over_what_is_shown() -> None:
    head = '<meta property="article:published_time" content="2031-05-02T09:00:00Z">'
    assert day(read(below="<p>3 May 2031</p>", head=head)) == "2031-05-02"


def test_dates_of_other_stories_above_the_heading_yield_to_the_articles_own() -> None:
    article = read(above=LIST, below="<p>gullfan — 3 May 2031</p>")
    assert day(article) == "2031-05-03"
    assert article.published is not None and "3 May 2031" in article.published.read_from


def test_times_that_are_marked_as_published_all_over_a_page_say_nothing_outright() -> None:
    marked = "".join(f'<p><time itemprop="datePublished" datetime="2031-04-0{n}">older</time></p>' for n in (7, 8))
    assert day(read(above=marked, below="<p>3 May 2031</p>")) == "2031-05-03"


@pytest.mark.parametrize("shown", ["Updated 9 May 2031", "By Ada Quill Updated May 9, 2031, 2:15pm"])
def test_the_day_of_an_update_is_not_what_the_heading_shows(shown: str) -> None:
    assert day(read(below=f"<p>{shown}</p>", head=FILE_DATE)) == "2031-06-20"


def test_below_the_article_only_a_labelled_date_counts() -> None:
    assert day(read(after="<p>Published 3 May 2031</p>")) == "2031-05-03"
    assert day(read(after="<p>Gull fair, 3 May 2031</p>")) is None


def test_a_choice_of_numbers_is_no_date() -> None:
    assert day(read(below="<p>10 - 25 - 50 articles a page</p>")) is None


def test_the_address_of_the_mobile_page_can_date_the_page() -> None:
    head = '<link rel="alternate" media="handheld" href="https://m.example.org/2031/05/03/crane">'
    assert day(read(head=head)) == "2031-05-03"


def test_markup_says_more_than_the_day_in_an_address_that_stands_beside_the_page() -> None:
    known = with_address_date(Known(url="https://example.org/2031/05/03/crane"))
    head = '<meta property="article:published_time" content="2031-05-03T09:00:00Z">'
    article = read(head=head, known=known)
    assert article.published is not None and article.published.earliest == article.published.latest
    assert day(read(known=known)) == "2031-05-03"


def test_a_page_under_a_servers_complaints_is_still_a_page() -> None:
    from provenance.ingest.sniff import kind_of

    complaints = "<br />\n<b>Deprecated</b>: old call in <b>/www/gull.php</b> on line <b>5</b><br />\n" * 40
    assert kind_of(f"{complaints}<!DOCTYPE html><html><body><p>Gulls.</p></body></html>") == "html"
    assert kind_of(complaints) == "text"
