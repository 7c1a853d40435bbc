"""Files as an index takes them in: small ones together, and one article alone to ask about."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from provenance.errors import InputError
from provenance.ingest import in_groups, portions
from provenance.model import Article, Pile, Skipped

PORTION = 1_000  # articles stored together


def one_article(path: str | Path) -> Article:
    """The one article of a file, or of standard input for "-".

    Raises:
        InputError: it cannot be read, or holds none or several.
    """
    piles = [pile for _, pile in portions([path], PORTION)]
    articles = [article for pile in piles for article in pile.articles]
    if len(articles) == 1:
        return articles[0]
    why = "; ".join(f"{s.path}: {s.reason}" for pile in piles for s in pile.skipped[:3])
    if not articles:
        raise InputError(f"nothing could be read ({why or 'there is no article in it'})")
    raise InputError(f"{path} holds {len(articles)} articles; ask for one at a time")


def by_portions(articles: Iterable[Article]) -> Iterator[tuple[str, Pile]]:
    """Articles that no path led to, in portions."""
    return (("", Pile(some)) for some in in_groups(articles, PORTION))


def gathered(read: Iterator[tuple[str, Pile]]) -> Iterator[tuple[str, Pile]]:
    """Portions of small files put together, as long as one path led to them."""
    root, articles, skipped = "", list[Article](), list[Skipped]()
    for other, pile in read:
        if articles and (other != root or len(articles) + len(pile.articles) > PORTION):
            yield root, Pile(tuple(articles), tuple(skipped))
            articles, skipped = [], []
        root = other
        articles += pile.articles
        skipped += pile.skipped
    if articles or skipped:
        yield root, Pile(tuple(articles), tuple(skipped))
