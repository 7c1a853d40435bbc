"""A saved web page made into an Article: the whole visible text, with what is not the article marked."""

from dataclasses import replace
from typing import Any

from provenance.errors import UnreadableFile
from provenance.ingest import page_dates, page_facts, page_text
from provenance.ingest.known import Known, is_from_address
from provenance.ingest.plain_text import article_from
from provenance.model import Article


def article_of_page(id: str, path: str, html: str, known: Known) -> Article:
    """Read a page.

    Args:
        id: the article's id.
        path: its file as a user would name it.
        html: the page; nothing that it names is fetched.
        known: what is known from beside the page (a record's fields, articles.csv); wins over its markup.

    Raises:
        UnreadableFile: when the page shows no text.
    """
    tree = page_text.parse(html)
    blocks = page_text.blocks_of(tree) if tree is not None else []
    if not blocks:
        raise UnreadableFile("a page without visible text")
    page = page_text.page_of(blocks, page_text.extracted_lines(html))
    markup = page_facts.markup_of(tree)
    known = _with_date(known.over(page_facts.known_of(markup, tree)), markup, tree)
    known = replace(known, credits=tuple(replace(credit, article=id) for credit in known.credits))
    shown = page_dates.shown(page, known.title, known.language) if known.date is None else None
    if shown is None and known.date is None:
        known = _dated(known, page_dates.said_in_passing(markup, tree))
    article = article_from(id, path, page.text, known, page.outside, is_page=bool(page.outside), shown=shown)
    if article.stamps or (article.published is not None and article.published.latest is not None):
        return article
    return replace(article, published=page_dates.found_by_htmldate(html) or article.published)


def _with_date(known: Known, markup: page_facts.Markup, tree: Any) -> Known:
    """The day that the markup gives outright, unless somebody wrote another beside the page."""
    if known.date is not None and not is_from_address(known):
        return known
    return _dated(known, page_dates.said_outright(markup, tree, known.url))


def _dated(known: Known, said: page_dates.Said | None) -> Known:
    return replace(known, date=said[0], date_ground=said[1]) if said else known
