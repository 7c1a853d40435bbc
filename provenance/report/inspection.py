"""All that was read from one file, each thing with the place it was read from."""

from collections.abc import Iterator

from provenance.model import Article, Credit, Mark
from provenance.report.columns import WIDTH, shorten, wrap
from provenance.report.wording import counted, date_words, in_ascii, plain, quote
from provenance.text import tokenize

_TIERS = {
    "A": "says the text is theirs",
    "B": "says part of the text is theirs",
    "C": "says a fact is theirs",
    "D": "says a picture is theirs",
}


def inspection(article: Article, *, width: int = WIDTH, ascii: bool = False) -> str:
    """All that was read from one article, each thing with its ground.

    Args:
        article: an article as ``pipeline.inspect`` returns it, with its credits.
        width: columns of the terminal.
        ascii: draw quotation marks with ASCII characters.

    Returns:
        Lines of text that end with a line break.
    """
    lines = [plain(article.id), *_facts(article, width), *_credits(article, width), *_left_out(article, width)]
    text = "".join(line.rstrip() + "\n" for line in lines)
    return in_ascii(text) if ascii else text


def _facts(article: Article, width: int) -> Iterator[str]:
    published = article.published
    words, whole = len(tokenize(article.text, article.body)), len(tokenize(article.text))
    facts: list[tuple[str, str | None, str | None]] = [
        ("file", article.path, None),
        ("title", article.title, article.title_ground),
        ("outlet", article.outlet, article.outlet_ground),
        ("byline", article.byline, article.byline_ground),
        ("date", date_words(published) if published else None, published.read_from if published else None),
        ("address", article.url, None),
        ("language", article.language, None),
        ("words", f"{words} in the body, {whole} on the whole page", None),
    ]
    for name, value, ground in facts:
        said = "unknown" if not value else plain(value) + (f" ({plain(ground)})" if ground else "")
        first, *rest = wrap(said, width - 12)
        yield f"  {name:9} {first}"
        yield from (f"            {row}" for row in rest)


def _credits(article: Article, width: int) -> Iterator[str]:
    for tier, meaning in _TIERS.items():
        found = [credit for credit in article.credits if credit.tier == tier]
        if found:
            yield f"  {meaning}:"
        for credit in found:
            first, *rest = wrap(_credit(credit), width - 6)
            yield f"    {first}"
            yield from (f"      {row}" for row in rest)
    if not article.credits:
        yield "  credits nobody"


def _credit(credit: Credit) -> str:
    where = "" if credit.span else ", a fact of the page's markup"
    said = f"{plain(credit.source_name)} ({credit.kind}{where}): {quote(credit.text)}"
    if credit.resolved_to:
        ground = f", because {plain(credit.resolved_ground)}" if credit.resolved_ground else ""
        said += f"; means {plain(credit.resolved_to)}{ground}"
    return said + (f"; handed down from {plain(credit.inherited_from)}" if credit.inherited_from else "")


def _left_out(article: Article, width: int) -> Iterator[str]:
    if not article.boilerplate:
        return
    yield f"  kept out of the comparison ({counted(len(article.boilerplate), 'stretch', 'stretches')}):"
    for mark in article.boilerplate:
        yield f"    {_mark(article, mark, width - 4)}"


def _mark(article: Article, mark: Mark, width: int) -> str:
    reason = plain(mark.reason)
    return f"{reason}: {quote(shorten(plain(mark.span.cut(article.text)), max(20, width - len(reason) - 4)))}"
