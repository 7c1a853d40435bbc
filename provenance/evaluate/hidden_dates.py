"""A pile whose dates are hidden: what the texts and credits alone tell."""

from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Article, Published

_HIDDEN = Published(None, None, "hidden")


def without_dates(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles without their dates; names that stand in their date lines stay.

    >>> from provenance import read_articles
    >>> {a.published for a in without_dates(read_articles("inputs/small").articles)}
    {None}
    """
    return tuple(_undated(article) for article in articles)


def _undated(article: Article) -> Article:
    stamps = tuple(replace(stamp, published=_HIDDEN) for stamp in article.stamps)
    return replace(article, published=None, stamps=stamps)
