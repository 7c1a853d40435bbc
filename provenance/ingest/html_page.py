"""A saved web page made into an Article: the whole visible text, with what is not the article marked."""

from dataclasses import replace

from provenance.errors import UnreadableFile
from provenance.ingest import page_facts, page_text
from provenance.ingest.known import Known
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
    known = known.over(page_facts.known_of(tree))
    known = replace(known, credits=tuple(replace(credit, article=id) for credit in known.credits))
    article = article_from(id, path, page.text, known, page.outside, is_page=bool(page.outside))
    if article.stamps or (article.published is not None and article.published.latest is not None):
        return article
    return replace(article, published=page_facts.date_found_in(html) or article.published)
