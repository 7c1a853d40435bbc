"""What the markup of a page says of the article: JSON-LD, OpenGraph, <meta>, <time>, links."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from provenance.ingest.known import Known, words_of
from provenance.model import Credit

ARTICLE_TYPES = frozenset({
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "liveblogposting", "article", "blogposting", "socialmediaposting", "techarticle",
    "scholarlyarticle", "report", "advertisercontentarticle",
})  # fmt: skip
AUTHOR_METAS = (
    "author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "dc.creator.name",
    "article:author", "cxenseparse:author", "authors", "article:author_name", "citation_author", "twitter:data1",
)  # fmt: skip
OUTLET_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher")
ORIGINAL_METAS = ("syndication-source", "original-source")


@dataclass(frozen=True, slots=True)
class Markup:
    """The facts of a page, gathered once: its metas and the nodes of its JSON-LD."""

    metas: Mapping[str, tuple[str, ...]]
    nodes: tuple[Mapping[str, Any], ...]
    article: Mapping[str, Any]

    def meta(self, names: Sequence[str]) -> tuple[str, str] | None:
        """The first of some metas that the page has: (name, content)."""
        return next(((name, self.metas[name][0]) for name in names if name in self.metas), None)


def markup_of(tree: Any) -> Markup:
    """Gather the metas and the JSON-LD of a page."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().casefold()
            if name and content:
                metas.setdefault(name, []).append(content)
    nodes = tuple(_nodes(tree))
    return Markup({name: tuple(values) for name, values in metas.items()}, nodes, _article_node(nodes))


# --- JSON-LD ------------------------------------------------------------------------------------------------------


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold() and script.text:
            yield from _flat(_parsed(script.text), 0)


_LOOSE = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")


def _parsed(text: str) -> Any:
    for attempt in (text, _LOOSE.sub("", text).strip().rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flat(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "author", "publisher"):
            yield from _flat(value.get(name), depth + 1)


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1].casefold() for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _article_node(nodes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    articles = [n for n in nodes if ARTICLE_TYPES & {*_types(n)} and (n.get("headline") or n.get("datePublished"))]
    pages = [n for n in nodes if "webpage" in _types(n) and n.get("datePublished")]
    return next(iter(articles), None) or next(iter(pages), None) or {}


def _resolved(markup: Markup, value: Any) -> Any:
    """A value with the references to other nodes of the page ({"@id": ...}) replaced by those."""
    if isinstance(value, list):
        return [_resolved(markup, item) for item in value]
    if isinstance(value, dict) and not value.get("name") and value.get("@id"):
        return next((n for n in markup.nodes if n.get("@id") == value["@id"] and n.get("name")), value)
    return value


# --- title, outlet, byline ----------------------------------------------------------------------------------


def known_of(markup: Markup, tree: Any) -> Known:
    """What the markup of a page says of its article, each thing with its ground; dates are ``page_dates``' subject."""
    title, title_ground = _title(markup, tree)
    outlet, outlet_ground = _outlet(markup)
    byline, byline_ground = _byline(markup, tree)
    url = _url(markup, tree)
    return Known(
        title=title, title_ground=title_ground, outlet=outlet, outlet_ground=outlet_ground, byline=byline,
        byline_ground=byline_ground, url=url, language=_language(markup, tree),
        credits=tuple(_credits(markup, tree, url)),
    )  # fmt: skip


Read = tuple[str | None, str | None]


def _title(markup: Markup, tree: Any) -> Read:
    site = _plain(_first(markup, ("og:site_name",)) or "")
    headings = [h for h in _headings(tree) if _plain(h) != site]  # a blog's first heading is its own name
    named = [
        (words_of(markup.article.get("headline")), "JSON-LD headline"),
        (_first(markup, ("og:title",)), "og:title"),
        (_first(markup, ("twitter:title", "dc.title", "sailthru.title", "parsely-title", "title")), "meta title"),
        (_page_title(tree), "title of the page"),
    ]
    for title, ground in named:
        # what the page shows as its heading is the title where the markup repeats it with the site's name
        shown = next((h for h in headings if title and len(h) > 8 and _plain(h) in _plain(title)), None)
        if shown:
            return shown, f"heading of the page, as in {ground}"
    for title, ground in named:
        if title:
            return title, ground
    return (headings[0], "heading of the page") if len(headings) == 1 else (None, None)


def _headings(tree: Any) -> list[str]:
    found = (" ".join(h.text_content().split()) for h in tree.iter("h1"))
    return [heading for heading in found if heading]


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()


def _first(markup: Markup, names: Sequence[str]) -> str | None:
    found = markup.meta(names)
    return words_of(found[1]) if found else None


def _page_title(tree: Any) -> str | None:
    found = tree.find(".//title")
    return words_of(found.text_content()) if found is not None else None


def _outlet(markup: Markup) -> Read:
    publisher = words_of(_resolved(markup, markup.article.get("publisher")))
    if publisher:
        return publisher, "JSON-LD publisher"
    for name in OUTLET_METAS:
        value = _first(markup, (name,))
        if value and "/" not in value:
            return value, name
    return None, None


_NO_NAME = re.compile(r"https?://|@\w+$|^www\.|^\d|^admin$", re.IGNORECASE)


def _byline(markup: Markup, tree: Any) -> Read:
    written = words_of(_names(_resolved(markup, markup.article.get("author"))))
    if written and not _NO_NAME.search(written):
        return _listed(written), "JSON-LD author"
    for meta in AUTHOR_METAS:
        values = [v for v in markup.metas.get(meta, ()) if not _NO_NAME.search(v)]
        if values and (meta != "twitter:data1" or len(values[0].split()) in (2, 3)):
            return _listed(words_of(values) or values[0]), f"meta {meta}"
    for element in tree.iter("a", "span", "div", "p", "address"):
        if element.get("rel") == "author" or "author" in (element.get("itemprop") or ""):
            name = words_of(element.text_content())
            if name and len(name) <= 80:
                return _without_by(name), "author in the markup"
    return None, None


_JOINED = re.compile(r", and |, | and ")
_PERSON = re.compile(r"[^\W\d_a-z]\S+(?: \S+){1,3}")


def _listed(names: str) -> str:
    """Persons joined by "and" as a list: "Ada Quill, Bo Stone and Cy Roe"; "Ships and Harbours" is one name.

    >>> _listed("Ada Quill and Bo Stone"), _listed("Ships and Harbours")
    ('Ada Quill, Bo Stone', 'Ships and Harbours')
    """
    parts = _JOINED.split(names)
    return ", ".join(parts) if all(_PERSON.fullmatch(part) for part in parts) else names


def _names(author: Any) -> Any:
    """Persons and organisations; names alone."""
    if isinstance(author, list):
        return [_names(item) for item in author]
    return author.get("name") if isinstance(author, dict) else author


def _without_by(name: str) -> str:
    return re.sub(r"^(?:by|von|par|por|di|door)\s+", "", name, flags=re.IGNORECASE)


def _language(markup: Markup, tree: Any) -> str | None:
    said = words_of(markup.article.get("inLanguage")) or tree.get("lang")
    said = said or _first(markup, ("og:locale", "content-language"))
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", said or "")
    return found.group().lower() if found else None


# --- addresses and credits ----------------------------------------------------------------------------------------


def _canonical(tree: Any) -> str | None:
    links = (link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold().split())
    addresses = ((link.get("href") or "").strip() for link in links)
    return next((address for address in addresses if address.startswith("http")), None)


def other_addresses(tree: Any) -> Iterator[str]:
    """Where the same page stands for telephones and in other languages; feeds are left out."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() in ("amphtml", "alternate") and not link.get("type"):
            yield link.get("href") or ""


def _url(markup: Markup, tree: Any) -> str | None:
    """The page's own address; a canonical link may name another site's and comes last."""
    said = [_first(markup, ("og:url",)), _of_page(markup.article), _canonical(tree)]
    return next((url for url in said if url and url.startswith("http")), None)


def _of_page(node: Mapping[str, Any]) -> str | None:
    page = node.get("mainEntityOfPage") or node.get("url")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    return page if isinstance(page, str) else None


def _credits(markup: Markup, tree: Any, url: str | None) -> Iterator[Credit]:
    """What names another site as the place the text comes from; article ids are filled in by the caller."""
    own = registered_domain(url)
    seen: set[str] = set()
    for address, name, what in _origins(markup, tree):
        domain = registered_domain(address)
        source = name or (host_of(address) if domain else None)
        if not source or (domain and domain == own) or (not own and not name) or source in seen:
            continue
        seen.add(source)
        text = f"{what}: {address or name}"
        yield Credit("", source, "canonical", "A", text, None)


def _origins(markup: Markup, tree: Any) -> Iterator[tuple[str | None, str | None, str]]:
    yield _canonical(tree), None, "canonical link"
    based = markup.article.get("isBasedOn") or markup.article.get("isBasedOnUrl")
    for work in based if isinstance(based, list) else [based]:
        if isinstance(work, str):
            is_address = work.startswith("http")
            yield (work if is_address else None), (None if is_address else work), "JSON-LD isBasedOn"
        elif isinstance(work, dict):
            publisher = words_of(_names(work.get("publisher") or work.get("sourceOrganization")))
            yield work.get("url") or work.get("@id"), publisher or words_of(work.get("name")), "JSON-LD isBasedOn"
    for name in ORIGINAL_METAS:
        for value in markup.metas.get(name, ()):
            if value.startswith("http"):
                yield value, None, f"meta {name}"


def host_of(address: str | None) -> str | None:
    """The host of an address without www."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go", "gob", "gouv"})


def registered_domain(address: str | None) -> str | None:
    """The part of a host that is registered: news.example.co.uk -> example.co.uk.

    >>> registered_domain("https://www.news.example.co.uk/a"), registered_domain("http://a.example.org")
    ('example.co.uk', 'example.org')
    """
    parts = (host_of(address) or "").split(".")
    if len(parts) < 2:
        return None
    is_country = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL
    return ".".join(parts[-3:] if is_country else parts[-2:])
