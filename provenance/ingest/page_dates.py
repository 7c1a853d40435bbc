"""When a page appeared: what its markup says of that, and the date that it shows beside its heading.

Markup that says outright when the article was published comes first. A bare "date" in the head of a page is often the
day its file was made or last changed, so the date that readers see between heading and text wins over it.
"""

import re
from collections.abc import Iterator
from typing import Any

from provenance.ingest.dates import WrittenDate, date_in_address, find_dates, read_date
from provenance.ingest.head import DateLine, byline_of, date_line_of, has_label, tells_update
from provenance.ingest.page_facts import Markup, other_addresses
from provenance.ingest.page_text import Block, Page
from provenance.model import Published

Said = tuple[WrittenDate, str]  # a date and its ground

PUBLISHED_METAS = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "publish-date", "publish_date", "publication_date", "publicationdate", "pubdate", "cxenseparse:recs:publishtime",
    "article_date_original", "originalpublicationdate", "date.release", "rnews:datepublished", "bt:pubdate",
    "displaydate", "citation_publication_date", "citation_online_date",
)  # fmt: skip
BARE_METAS = ("created", "dc.date", "date", "dcterms.date", "cdate")  # of the file or of the text, nobody says
BELOW_FIRST = 4  # blocks after the first paragraph in which the date may still stand
BELOW_LAST = 8  # blocks after the last paragraph in which a labelled date may stand
BESIDE_HEADING = 25  # blocks below the heading in which it must stand
ABOVE_HEADING = 6  # blocks above the heading in which it may stand
ABOVE_FIRST = 6  # blocks above the first paragraph
LONGEST_LINE = 200  # characters
BESIDE_WORDS = 4  # words at most beside the date on its line, in whatever language


def said_outright(markup: Markup, tree: Any, url: str | None) -> Said | None:
    """The day of publication as the markup or the address of the page gives it."""
    for value, ground in _outright(markup, tree):
        date = read_date(value)
        if date is not None and date.is_full:
            return date, f'{ground}: "{value}"'
    for address in (url, *other_addresses(tree)):
        date = date_in_address(address)
        if date is not None:
            return date, f"address of the page: {address}"
    return None


def said_in_passing(markup: Markup, tree: Any) -> Said | None:
    """A date of the markup that may be the day of publication or another one of the page."""
    for value, ground in _in_passing(markup, tree):
        date = read_date(value)
        if date is not None and date.is_full:
            return date, f'{ground}: "{value}"'
    return None


def _outright(markup: Markup, tree: Any) -> Iterator[tuple[Any, str]]:
    yield markup.article.get("datePublished"), "JSON-LD datePublished"
    for name in PUBLISHED_METAS:
        for value in markup.metas.get(name, ())[:1]:
            yield value, f"meta {name}"
    for node in markup.nodes:
        yield node.get("datePublished"), "JSON-LD datePublished"
    marked = [*_marked_dates(tree)]
    if len(set(marked)) == 1:  # several belong to a list of other articles, too
        yield marked[0], "time in the markup"


def _in_passing(markup: Markup, tree: Any) -> Iterator[tuple[Any, str]]:
    for value in _marked_dates(tree):
        yield value, "time in the markup"
    for name in BARE_METAS:
        for value in markup.metas.get(name, ())[:1]:
            yield value, f"meta {name}"
    times = {_value(time) for time in tree.iter("time")}
    if len(times) == 1:
        yield times.pop(), "time in the markup"


def _marked_dates(tree: Any) -> Iterator[str]:
    return (_value(time) for time in tree.iter("time", "abbr", "span") if _is_publication(time))


def _value(element: Any) -> str:
    said = element.get("datetime") or element.get("content") or (element.tag == "abbr" and element.get("title"))
    return str(said or element.text_content().strip())


def _is_publication(element: Any) -> bool:
    item = (element.get("itemprop") or "").casefold()
    if element.tag != "time":
        return item == "datepublished" or (element.tag == "abbr" and "published" in _classes(element))
    return element.get("pubdate") is not None or "published" in f"{item} {element.get('class')}".casefold()


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").casefold().split()


# --- beside the heading -------------------------------------------------------------------------------------------


def shown(page: Page, title: str | None, language: str | None) -> Said | None:
    """The date that stands between the heading and the first paragraph, or not far from them.

    The nearest to the heading wins, those above it come after those below. Below the article a date counts that a word
    like "Published" stands before. Days of updates are left out.

    Args:
        page: the visible text of the page and where in it the article is.
        title: the article's title.
        language: for the words around dates; English ones count everywhere.
    """
    heading = _heading(page, title)
    anchor = page.first if heading is None else heading
    if anchor is None:
        return None
    found = [(i, *read) for i in _places(heading, page) if (read := _line(page.blocks[i], language))]
    found = found or [(i, *read) for i in _after(page) if (read := _line(page.blocks[i], language, labelled=True))]
    if not found:
        return None
    i, line, words = min(found, key=lambda each: (each[0] < anchor, abs(each[0] - anchor)))
    return line.date, f'line {i + 1}: "{words}"'


def _heading(page: Page, title: str | None) -> int | None:
    """The block that holds the title; menus and lists may repeat it further up."""
    wanted = _letters(title or "")
    above = page.blocks[: page.first]
    same = [i for i, block in enumerate(above) if wanted and _letters(block.text) == wanted]
    marked = [i for i, block in enumerate(above) if block.place[0].startswith("h1.")]
    both = [i for i in same if i in marked]
    return max(both or same or marked, default=None)


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())


def _places(heading: int | None, page: Page) -> list[int]:
    """Near the heading, and near the first paragraph where something long stands between the two."""
    near: set[int] = set()
    first = page.first
    if heading is not None:
        last = (heading if first is None else first) + BELOW_FIRST
        near |= {*range(heading - ABOVE_HEADING, heading), *range(heading + 1, min(last + 1, heading + BESIDE_HEADING))}
    if first is not None:
        above = -1 if heading is None else heading
        near |= {*range(max(above + 1, first - ABOVE_FIRST), first + BELOW_FIRST + 1)}
    end = len(page.blocks) if page.last is None else page.last + 1
    return sorted(i for i in near if 0 <= i < end)


def _after(page: Page) -> range:
    return range(0) if page.last is None else range(page.last + 1, min(page.last + 1 + BELOW_LAST, len(page.blocks)))


def _line(block: Block, language: str | None, labelled: bool = False) -> tuple[DateLine, str] | None:
    """The date line that a block is, or that one of its pieces is, and its words."""
    apart = " ".join(block.pieces)
    if len(apart) > LONGEST_LINE or not any(letter.isdigit() for letter in apart):
        return None
    for words in dict.fromkeys((apart, *block.pieces)):
        if labelled and not has_label(words, language):
            continue
        line = date_line_of(0, words, language, byline_of(words, language) is not None) or _nearly(words, language)
        if line is not None and not line.is_update and not tells_update(words[: line.date.span.start], language):
            return line, words
    return None


def _nearly(words: str, language: str | None) -> DateLine | None:
    """A date among a few words of whatever language: "Publié le 3 mai 2031 à 10h"."""
    dates = [date for date in find_dates(words, short_years=True) if date.is_full]
    if not dates or words.endswith((".", "!", "?")):
        return None
    before = words[: dates[0].span.start]
    beside = (before + words[dates[-1].span.end :]).split()
    few = sum(any(letter.isalpha() for letter in word) for word in beside) <= BESIDE_WORDS
    return DateLine(0, dates[0], None, tells_update(before, language)) if few else None


def found_by_htmldate(html: str) -> Published | None:
    """What htmldate finds, for pages whose markup and date line say nothing; its extensive search invents dates."""
    from htmldate import find_date

    found = find_date(html, extensive_search=False, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")
    found = found.removesuffix("T00:00:00") if found else None
    date = read_date(found)
    return date.published(f"found in the page by htmldate: {found}") if date is not None else None
