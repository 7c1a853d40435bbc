"""The text of a web page as its reader sees it, block by block, and which blocks are the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.model import Span
from provenance.text import tokenize

UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "audio", "video", "canvas", "select", "textarea", "datalist"})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "nobr", "input", "picture", "source", "td", "th", "amp-img", "button",
})  # fmt: skip
GRAM = 4  # words; a run that long is rarely shared by chance
SAME_SHARE = 0.7  # of a block's runs found in the extracted body: trafilatura drops links and notes inside
SHORT_BLOCK = 8  # words; shorter blocks must stand in the extracted body as they are


@dataclass(frozen=True, slots=True)
class Page:
    """A page's visible text and the stretches of it that are not the article."""

    text: str
    outside: tuple[Span, ...]


def parse(html: str) -> Any:
    """The element tree of a page, None for what lxml finds no element in."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, recover=True, huge_tree=False)
    try:
        # bytes, because lxml refuses text that declares an encoding
        return lxml_html.document_fromstring(
            html.encode("utf-8", errors="replace"),
            parser=lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8"),
        )
    except (etree.ParserError, ValueError):
        del parser
        return None


def blocks_of(tree: Any) -> list[str]:
    """The visible text of a tree, one string for each block element, in order."""
    blocks: list[str] = []
    current: list[str] = []
    for piece in _pieces(tree):
        if piece is not None:
            current.append(piece)
            continue
        joined = " ".join("".join(current).split())
        if joined:
            blocks.append(joined)
        current = []
    return blocks


def _pieces(tree: Any) -> Iterator[str | None]:
    """Text in order; None where a block begins or ends. Without recursion: pages nest thousands deep."""
    stack: list[tuple[Any, bool]] = [(tree, True)]
    while stack:
        element, is_opening = stack.pop()
        is_block = element.tag not in INLINE
        if not is_opening:
            if is_block:
                yield None
            elif element.tag in ("td", "th"):
                yield " "
            if element.tail:
                yield element.tail
            continue
        if not isinstance(element.tag, str) or element.tag in UNSEEN or _is_hidden(element):
            if element.tail:
                yield element.tail
            continue
        if is_block:
            yield None
        if element.text:
            yield element.text
        stack.append((element, False))
        stack.extend((child, True) for child in reversed(element))
    yield None


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").casefold()


def page_of(blocks: Sequence[str], body: Sequence[str]) -> Page:
    """The page's text and what of it is outside the article.

    Args:
        blocks: the visible text.
        body: the lines that the extractor takes for the article; empty when it found none.
    """
    starts: list[int] = []
    at = 0
    for block in blocks:
        starts.append(at)
        at += len(block) + 1
    text = "\n".join(blocks)
    if not body:
        return Page(text, ())
    inside = _inside(blocks, body)
    outside = [Span(s, s + len(b)) for s, b, is_in in zip(starts, blocks, inside, strict=True) if not is_in]
    return Page(text, tuple(outside))


def _inside(blocks: Sequence[str], body: Sequence[str]) -> list[bool]:
    lines = [tuple(tokenize(line).forms) for line in body]
    known = _Body(frozenset(lines), _grams(word for line in lines for word in line), " ".join(w for ln in lines for w in ln))
    inside = [known.holds(tuple(tokenize(block).forms)) for block in blocks]
    return _without_strays(blocks, inside)


@dataclass(frozen=True, slots=True)
class _Body:
    lines: frozenset[tuple[str, ...]]
    grams: frozenset[tuple[str, ...]]
    words: str

    def holds(self, block: tuple[str, ...]) -> bool:
        if block in self.lines:
            return bool(block)
        if len(block) < SHORT_BLOCK:
            return len(block) >= GRAM and f" {' '.join(block)} " in f" {self.words} "
        grams = _grams(block)
        return len(grams & self.grams) >= SAME_SHARE * len(grams)


def _grams(words: Any) -> frozenset[tuple[str, ...]]:
    listed = list(words)
    return frozenset(tuple(listed[i : i + GRAM]) for i in range(len(listed) - GRAM + 1))


def _without_strays(blocks: Sequence[str], inside: list[bool]) -> list[bool]:
    """Short blocks before the first and after the last paragraph of the article are no part of it."""
    long = [i for i, is_in in enumerate(inside) if is_in and blocks[i].count(" ") + 1 >= SHORT_BLOCK]
    if not long:
        return inside
    seen: set[str] = set()
    kept = []
    for i, is_in in enumerate(inside):
        is_in = is_in and long[0] - 2 <= i <= long[-1] + 2 and blocks[i] not in seen
        if is_in and blocks[i].count(" ") >= SHORT_BLOCK:
            seen.add(blocks[i])
        kept.append(is_in)
    return kept


def extracted_lines(html: str) -> list[str]:
    """The lines that trafilatura takes for the article; it never fetches anything."""
    from trafilatura import extract

    body = extract(html, fast=True, include_comments=False, include_tables=True, output_format="txt")
    return [line for line in (body or "").split("\n") if line.strip()]
