"""Saved pages: the whole visible text, the article told from the page, the facts of the markup."""

import json

from hypothesis import given
from hypothesis import strategies as st

from provenance.ingest import page_facts
from provenance.ingest.html_page import article_of_page
from provenance.ingest.known import Known
from provenance.model import Article

PARAGRAPHS = [
    "The harbour of Marrow Bay was closed on Monday after a crane fell across the main channel, the port office said.",
    "Nobody was hurt, but eleven ships had to wait outside until the evening, according to the harbour master.",
    "“We heard it from the other side of the town,” said Ada Quill, who keeps an inn on Fish Street.",
    "The crane had been inspected two weeks before the accident and found to be in good order, the office said.",
]


def page(head: str = "", after: str = "", before: str = "") -> str:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return f"""<!doctype html><html lang="en"><head><title>Crane closes harbour | Harbour Post</title>{head}
    <style>p {{ color: red }}</style></head><body>
    <nav><ul><li><a href="/a">Ships</a></li><li><a href="/b">Town</a></li></ul></nav>
    {before}<article><h1>Crane closes harbour</h1>{body}{after}</article><script>var secret = 1;</script>
    <div style="display: none">Hidden words</div><footer><p>Harbour Post, Fish Street 1</p></footer></body></html>"""


def ld(**fields: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Crane closes harbour", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def read(html: str, known: Known | None = None) -> Article:
    return article_of_page("page.html", "page.html", html, known or Known())


def test_the_text_is_all_that_a_reader_sees_and_nothing_else() -> None:
    article = read(page())
    for seen in ("Ships", "Town", "Crane closes harbour", *PARAGRAPHS, "Harbour Post, Fish Street 1"):
        assert seen in article.text.split("\n")
    for unseen in ("secret", "color", "Hidden words"):
        assert unseen not in article.text


def test_the_body_is_the_article_and_the_rest_is_marked() -> None:
    article = read(page())
    assert [s.cut(article.text) for s in article.body] == PARAGRAPHS
    assert {"page frame", "title"} <= {m.reason for m in article.boilerplate}


def test_a_credit_line_on_a_page_stays_text_but_marked() -> None:
    article = read(page(after="<p>Coast Wire contributed to this report.</p>"))
    assert "Coast Wire contributed to this report." in article.text
    assert "credit line" in [m.reason for m in article.boilerplate]


def test_json_ld_says_title_outlet_byline_and_instant() -> None:
    head = ld(
        datePublished="2031-05-03T12:20:00+02:00",
        publisher={"name": "Harbour Post"},
        author=[{"name": "Ada Quill"}, {"name": "Ben Stone"}],
    )
    article = read(page(head))
    assert (article.title, article.outlet, article.byline) == (
        "Crane closes harbour",
        "Harbour Post",
        "Ada Quill, Ben Stone",
    )
    assert (article.outlet_ground, article.byline_ground) == ("JSON-LD publisher", "JSON-LD author")
    assert article.published is not None and article.published.earliest is not None
    assert article.published.earliest.isoformat() == "2031-05-03T10:20:00+00:00" == article.published.latest.isoformat()  # type: ignore[union-attr]
    assert "JSON-LD datePublished" in article.published.read_from


def test_the_heading_that_the_page_shows_is_the_title_without_the_name_of_the_site() -> None:
    article = read(page('<meta property="og:title" content="Crane closes harbour | Harbour Post">'))
    assert (article.title, article.title_ground) == ("Crane closes harbour", "heading of the page, as in og:title")


def test_opengraph_and_meta_stand_in_where_json_ld_is_silent() -> None:
    head = (
        '<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ada Quill">'
        '<meta property="article:published_time" content="2031-05-03">'
    )
    article = read(page(head))
    assert (article.outlet, article.outlet_ground, article.byline) == ("Harbour Post", "og:site_name", "Ada Quill")
    assert article.published is not None and "article:published_time" in article.published.read_from


def test_a_time_element_and_a_line_of_the_page_can_date_it() -> None:
    marked = read(page(before='<time datetime="2031-05-03T10:00:00Z" itemprop="datePublished">May 3</time>'))
    shown = read(page(before="<p>By Ada Quill</p><p>May 3, 2031</p>"))
    for article in (marked, shown):
        assert article.published is not None and article.published.earliest is not None
        assert article.published.earliest.date().isoformat() == "2031-05-03"
    assert shown.byline == "Ada Quill"


def test_a_copyright_year_is_no_date() -> None:
    assert read(page(after="<p>Copyright 2019 Harbour Post</p>")).published is None


def test_a_record_around_the_page_wins_over_its_markup() -> None:
    article = read(
        page(ld(publisher={"name": "Harbour Post"})),
        Known(outlet="Coast Monitor", outlet_ground="field outlet of the record"),
    )
    assert (article.outlet, article.outlet_ground) == ("Coast Monitor", "field outlet of the record")


OWN = '<meta property="og:url" content="https://www.harbour-post.example/crane">'


def test_a_canonical_link_to_another_site_is_a_credit() -> None:
    article = read(page(OWN + '<link rel="canonical" href="https://coast-monitor.example/crane">'))
    assert [(c.article, c.source_name, c.kind, c.tier, c.span) for c in article.credits] == [
        ("page.html", "coast-monitor.example", "canonical", "A", None)
    ]


def test_a_canonical_link_within_the_site_is_none() -> None:
    assert read(page(OWN + '<link rel="canonical" href="https://m.harbour-post.example/c">')).credits == ()
    assert read(page('<link rel="canonical" href="https://harbour-post.example/c">')).credits == ()


def test_is_based_on_and_syndication_source_are_credits() -> None:
    based = read(
        page(
            OWN
            + ld(
                isBasedOn={
                    "@type": "NewsArticle",
                    "url": "https://coast-monitor.example/c",
                    "publisher": {"name": "Coast Monitor"},
                }
            )
        )
    )
    assert [c.source_name for c in based.credits] == ["Coast Monitor"]
    syndicated = read(page(OWN + '<meta name="syndication-source" content="https://coast-monitor.example/c">'))
    assert [c.source_name for c in syndicated.credits] == ["coast-monitor.example"]


def test_broken_json_ld_does_not_stop_the_reading() -> None:
    assert read(page('<script type="application/ld+json">{"@type": </script>')).title == "Crane closes harbour"
    deep = "[" * 100_000
    assert read(page(f'<script type="application/ld+json">{deep}</script>')).title == "Crane closes harbour"


def test_registered_domains_know_country_endings() -> None:
    assert page_facts.registered_domain("https://a.b.example.co.uk/x") == "example.co.uk"
    assert page_facts.registered_domain("https://[broken") is None


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<b>",
                "The harbour was closed, they said. ",
                "x",
                "<br>",
                "&amp;",
                "<script>",
                "<!--",
                "\x00",
            ]
        ),
        max_size=30,
    )
)
def test_any_tag_soup_gives_text_whose_marks_lie_inside_it(pieces: list[str]) -> None:
    article = read("<html><body><p>The harbour of Marrow Bay was closed.</p>" + "".join(pieces) + "</body></html>")
    assert all(0 <= m.span.start < m.span.end <= len(article.text) for m in article.boilerplate)
    assert article.body
