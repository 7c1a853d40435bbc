"""What taking over leaves in a text: cues of direction that can be read off the words of the two texts themselves."""

import re
from collections.abc import Sequence
from functools import lru_cache

from provenance.model import Article, Passage, Place, Span
from provenance.phrases import phrases
from provenance.reconstruct.edits import are_sectioned
from provenance.reconstruct.pair import Context, Finding, Pair, Text, display_name
from provenance.text import merged, tokenize


def containment(pair: Pair, context: Context) -> Finding | None:
    """Who cuts keeps a part; of texts in sections it is the other way round, they grow (see ``growth``)."""
    if are_sectioned(pair):
        return None
    more = pair.shared.share_a - pair.shared.share_b
    if more < 0.25 or pair.shared.share_a < 0.6:
        return None
    detail = f"most of it stands in {display_name(pair.source)}, which has more text"
    return Finding("containment", round(min(1.0, more), 6), detail)


def tail_cut(pair: Pair, context: Context) -> Finding | None:
    """News is cut from the end: the derived text ends with shared words while the source goes on.

    To texts in sections new ones are added at the end.
    """
    if are_sectioned(pair):
        return None
    counted = [p for p in pair.shared.passages if p.counted]
    if not counted:
        return None
    rest_derived = _body_after(pair.derived.article, max(p.a.end for p in counted))
    rest_source = _body_after(pair.source.article, max(p.b.end for p in counted))
    if rest_derived > 80 or rest_source < 250:
        return None
    detail = f"it breaks off where {display_name(pair.source)} goes on"
    return Finding("tail_cut", 1.0, detail)


def _body_after(article: Article, at: int) -> int:
    return sum(max(0, s.end - max(s.start, at)) for s in article.body)


def head_rewritten(pair: Pair, context: Context) -> Finding | None:
    counted = [p for p in pair.shared.passages if p.counted]
    if not counted or pair.shared.share_a < 0.5:
        return None
    before = sum(max(0, min(s.end, min(p.a.start for p in counted)) - s.start) for s in pair.derived.article.body)
    if not 80 <= before <= 600:
        return None
    return Finding("head_rewritten", 1.0, "a beginning of its own, then the shared text")


# looked ahead, so that of "Pilot Ada Quill" both Ada and Quill are found to have a name before them
_NAMED = re.compile(r"(?=\b([A-ZÀ-ÖØ-Þ][\w-]+)\s+([A-ZÀ-ÖØ-Þ][\w-]{2,})\b)")


def scars(pair: Pair, context: Context) -> Finding | None:
    """A surname in the shared text whose first mention, with a first name, only the source has.

    A language that writes every noun with a capital letter does not tell surnames from other words.
    """
    if phrases(pair.derived.article.language, "words")["nouns_are_capitalised"]:
        return None
    lost = _surnames_without_introduction(pair.derived, pair.source, [p for p in pair.shared.passages if p.counted])
    if not lost:
        return None
    surname, span = lost
    detail = f"“{surname}” comes without a first name, which {display_name(pair.source)} gives earlier"
    return Finding("scars", 1.0, detail, (Place(pair.derived.article.id, span),))


def _surnames_without_introduction(derived: Text, source: Text, passages: Sequence[Passage]) -> tuple[str, Span] | None:
    here, there = derived.article.text, source.article.text
    introduced = {surname for _, _, surname in _named(here)}
    for passage in passages:
        known = {surname: first for at, first, surname in _named(there) if at < passage.b.start}
        wanted = known.keys() - introduced
        for found in _ALONE.finditer(here, passage.a.start, passage.a.end) if wanted else ():
            word = found.group()
            if word in wanted and word in passage.b.cut(there) and _is_person(known[word], word, here, there):
                return word, Span(*found.span())
    return None


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[tuple[int, str, str], ...]:
    """Every two capitalised words in a row, with where they stand."""
    return tuple((m.start(), m.group(1), m.group(2)) for m in _NAMED.finditer(text))


# a capitalised word with a small letter before and none but small letters after: not "World Bank", nor a first word
_ALONE = re.compile(r"(?<=[a-zß-öø-ÿ,] )[A-ZÀ-ÖØ-Þ][\w-]{2,}\b(?!['’]?s? +[A-ZÀ-ÖØ-Þ])")


def _is_person(first: str, surname: str, here: str, there: str) -> bool:
    """Whether two capitalised words may be a first name and a surname.

    A first name stands nowhere without its surname; so "Senate Republicans" and "Defence Department" are none, where
    a text speaks of the Senate and of defence too. And a surname stands nowhere after "the" or "a".
    """
    if re.search(rf"\b{re.escape(first)}\b(?!\s+{re.escape(surname)}\b)", there, re.IGNORECASE):
        return False
    common = rf"\b(?:[Tt]he|[Aa]n?) {re.escape(surname)}\b|\b{re.escape(surname.lower())}\b"
    return not (re.search(common, here) or re.search(common, there))


_BROKEN = re.compile("\ufffd|Ã[\x80-\xbf©¨¼¶¤Ÿ]|â€[™œ\x9d“”˜]?")


def damage(pair: Pair, context: Context) -> Finding | None:
    """Broken characters are made by copying; the whole text is the older one."""
    for passage in pair.shared.passages:
        broken = _BROKEN.search(passage.a.cut(pair.derived.article.text))
        if broken and not _BROKEN.search(passage.b.cut(pair.source.article.text)):
            detail = f"characters are broken here that are whole in {display_name(pair.source)}"
            return Finding("damage", 1.0, detail, (Place(pair.derived.article.id, passage.a),))
    return None


def house_style(pair: Pair, context: Context) -> Finding | None:
    """Shared words spelt as the source spells, while the rest of the derived text spells otherwise."""
    language = pair.derived.article.language
    inside_a = _style(tuple(p.a.cut(pair.derived.article.text) for p in pair.shared.passages), language)
    outside_a = _style(_outside(pair.derived.article, [p.a for p in pair.shared.passages]), language)
    outside_b = _style(_outside(pair.source.article, [p.b for p in pair.shared.passages]), language)
    for number, side in inside_a.items():
        if outside_b.get(number) == side and outside_a.get(number, side) != side:
            word = phrases(language, "style")["variants"][number][side]
            detail = (
                f"the shared words write “{word}” as {display_name(pair.source)} does, the rest of the text does not"
            )
            return Finding("house_style", 1.0, detail)
    return None


def _outside(article: Article, spans: Sequence[Span]) -> tuple[str, ...]:
    bounds = [0, *(x for s in merged(spans) for x in (s.start, s.end)), len(article.text)]
    return tuple(article.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))


@lru_cache(maxsize=4096)
def _style(texts: tuple[str, ...], language: str | None) -> dict[int, int]:
    """Which of two spellings a text uses, by number of the variant; those it mixes are left out."""
    padded = " ".join(f" {' '.join(tokenize(t).forms)} " for t in texts)
    found: dict[int, int] = {}
    for number, pair in enumerate(phrases(language, "style")["variants"]):
        used = [side for side, word in enumerate(pair) if f" {word} " in padded]
        if len(used) == 1:
            found[number] = used[0]
    return found
