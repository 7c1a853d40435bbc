"""The text of a web page as its reader sees it, block by block, and which blocks are the article."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.model import Span
from provenance.text import tokenize

UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "audio", "video", "canvas", "select",
    "textarea", "datalist",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "nobr", "input", "picture", "source", "td", "th", "amp-img", "button",
})  # fmt: skip
GRAM = 4  # words; a run that long is rarely shared by chance
SAME_SHARE = 0.7  # of a block's runs found in the extracted body: trafilatura drops links and notes inside
PLACE_DEPTH = 3  # elements by which a paragraph's place in the page is known
SIBLINGS, SIBLING_SHARE = 3, 0.25  # paragraphs of one place in the extracted body, and their part of all in that place
PARAGRAPH_WORDS = 12  # words from which a block can be the first paragraph
SHORT_BLOCK = 8  # words; shorter blocks must stand in the extracted body as they are


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text, how the elements around it are named, innermost first, and its pieces by element."""

    text: str
    place: tuple[str, ...]
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's visible text, the stretches of it that are not the article, and where the article is.

    Attributes:
        first, last: the first and the last paragraph among the blocks; None where nothing tells.
    """

    text: str
    outside: tuple[Span, ...]
    blocks: tuple[Block, ...] = ()
    first: int | None = None
    last: int | None = None


def parse(html: str) -> Any:
    """The element tree of a page, None for what lxml finds no element in."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        # bytes, because lxml refuses text that declares an encoding
        return lxml_html.document_fromstring(html.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:
        return None


def blocks_of(tree: Any) -> list[Block]:
    """The visible text of a tree, one block for each block element, in order."""
    blocks: list[Block] = []
    current: list[str] = []
    around: Any = tree
    for piece in _pieces(tree):
        if isinstance(piece, str):
            current.append(piece)
            continue
        joined = " ".join("".join(current).split())
        if joined:
            blocks.append(Block(joined, _place(around), tuple(" ".join(p.split()) for p in current if p.strip())))
        current, around = [], piece
    return blocks


def _place(element: Any) -> tuple[str, ...]:
    names: list[str] = []
    while element is not None and len(names) < PLACE_DEPTH:
        names.append(f"{element.tag}.{element.get('class') or ''}" if isinstance(element.tag, str) else "")
        element = element.getparent()
    return tuple(names)


def _pieces(tree: Any) -> Iterator[Any]:
    """Text in order, and an element where text directly inside it begins. No recursion: pages nest thousands deep."""
    stack: list[tuple[Any, bool]] = [(tree, True)]
    while stack:
        element, is_opening = stack.pop()
        is_block = element.tag not in INLINE
        if not is_opening:
            if is_block:
                yield element.getparent()
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
            yield element
        if element.text:
            yield element.text
        stack.append((element, False))
        stack.extend((child, True) for child in reversed(element))
    yield tree


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").casefold()


def page_of(blocks: Sequence[Block], body: Sequence[str]) -> Page:
    """The page's text and what of it is outside the article.

    Args:
        blocks: the visible text.
        body: the lines that the extractor takes for the article; empty when it found none.
    """
    starts: list[int] = []
    at = 0
    for block in blocks:
        starts.append(at)
        at += len(block.text) + 1
    text = "\n".join(block.text for block in blocks)
    if not body:
        return Page(text, (), tuple(blocks))
    inside = _inside(blocks, body)
    outside = [Span(s, s + len(b.text)) for s, b, is_in in zip(starts, blocks, inside, strict=True) if not is_in]
    long = [i for i, b in enumerate(blocks) if inside[i] and b.text.count(" ") >= PARAGRAPH_WORDS]
    return Page(text, tuple(outside), tuple(blocks), min(long, default=None), max(long, default=None))


def _inside(blocks: Sequence[Block], body: Sequence[str]) -> list[bool]:
    lines = [tuple(tokenize(line).forms) for line in body]
    words = [word for line in lines for word in line]
    known = _Body(frozenset(lines), _grams(words), " ".join(words))
    inside = [known.holds(tuple(tokenize(block.text).forms)) for block in blocks]
    return _without_strays(blocks, _with_siblings(blocks, inside))


def _with_siblings(blocks: Sequence[Block], inside: list[bool]) -> list[bool]:
    """Paragraphs that stand in the page as most of the article's do belong to it.

    Extractors lose the rest of an article that advertisements cut into several containers.
    """
    paragraphs = [i for i, block in enumerate(blocks) if _is_paragraph(block)]
    taken = Counter(blocks[i].place for i in paragraphs if inside[i])
    all_alike = Counter(blocks[i].place for i in paragraphs)
    alike = {p for p, n in taken.items() if n >= SIBLINGS and n >= SIBLING_SHARE * all_alike[p]}
    added = {i for i in paragraphs if blocks[i].place in alike}
    return [is_in or i in added for i, is_in in enumerate(inside)]


def _is_paragraph(block: Block) -> bool:
    return block.place[0].startswith("p.") and block.text.count(" ") >= SHORT_BLOCK and block.text[-1] in ".!?…\"'”’»)"


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


def _grams(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1))


def _without_strays(blocks: Sequence[Block], inside: list[bool]) -> list[bool]:
    """Short blocks before the first and after the last paragraph, and repetitions, are no part of the article."""
    long = [i for i, is_in in enumerate(inside) if is_in and blocks[i].text.count(" ") >= SHORT_BLOCK]
    if not long:
        return inside
    seen: set[str] = set()
    kept = []
    for i, (block, is_in) in enumerate(zip(blocks, inside, strict=True)):
        is_in = is_in and long[0] - 2 <= i <= long[-1] + 2 and block.text not in seen
        if is_in and block.text.count(" ") >= SHORT_BLOCK:
            seen.add(block.text)
        kept.append(is_in)
    return kept


def extracted_lines(html: str) -> list[str]:
    """The lines that trafilatura takes for the article; it never fetches anything."""
    from trafilatura import extract

    body = extract(html, favor_precision=True, include_comments=False, include_tables=True, output_format="txt")
    return [line for line in (body or "").split("\n") if line.strip()]
