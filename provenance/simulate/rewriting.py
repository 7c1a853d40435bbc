"""Sentences said in other words by means that need no understanding: synonyms, order of clauses, splitting, joining."""

import json
import re
from collections.abc import Mapping
from functools import cache
from random import Random

from provenance.phrases import phrases
from provenance.simulate.draft import Paragraph, Sentence
from provenance.simulate.lexicon import groups, lexicon
from provenance.simulate.style import capital

_SPLIT = re.compile(r"(?<=[^,]{25}), (?:and|but) (?=[a-z]+ [a-z])|(?<=[^;]{25}); ")
_SAID_AFTER = re.compile(r"^(?P<what>[^“”\"]{30,}), (?P<who>[^,“”\"]{3,60} (?:said|confirmed))\.$")
_SAID_BEFORE = re.compile(r"^(?P<who>[^,“”\"]{3,60} (?:said|confirmed))(?: that)? (?P<what>[^“”\"]{30,})\.$")
_ASIDE = re.compile(r", (?!and |but |or |said |who )[a-z][^,“”\".]{5,40},(?= [a-z])")
_PERSON = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]{2,})(?= (?:said|told|confirmed|added))")
# not "more than when ...", "shortly before ...": there the clause belongs to the word before it
_FREE = r"(?<! than)(?<! just)(?<! shortly)(?<! long)(?<! only)"
_ARTICLE = re.compile(r"\b([Aa]n?) (\w)(\w+)")
_ROUND = re.compile(r"\b(\d),(\d)(\d\d)\b")


def reworded(text: str, rng: Random, share: float) -> str:
    """A text in which a share of the replaceable words is replaced.

    >>> reworded("Nearly every ship stopped.", Random(3), 1.0) != "Nearly every ship stopped."
    True
    """
    pattern, others = _synonyms()

    def other(found: re.Match[str]) -> str:
        if rng.random() >= share:
            return found[0]
        chosen = rng.choice(others[found[0].lower()])
        return capital(chosen) if found[0][0].isupper() else chosen

    return _ARTICLE.sub(_right_article, pattern.sub(other, text))


def _right_article(found: re.Match[str]) -> str:
    """ "a" or "an", by the letter that follows."""
    vowel = found[2].lower() in "aeio" or re.match(r"un(?!i)|up|hour|heir|hones", found[2] + found[3], re.IGNORECASE)
    return found[1][0] + ("n" if vowel else "") + " " + found[2] + found[3]


@cache
def _synonyms() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    others: dict[str, list[str]] = {}
    for group in groups("synonyms"):
        words = [word.lstrip(">") for word in group]
        for word in words:
            if f">{word}" not in group:  # what stands behind a ">" is only put in, never taken out
                others.setdefault(word, []).extend(w for w in words if w != word)
    longest_first = sorted(others, key=lambda w: (-len(w), w))
    # names and words inside quotation marks of one word stay; a word with a hyphen is another word
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    return pattern, {word: tuple(found) for word, found in others.items()}


def rewritten(paragraph: Paragraph, rng: Random, strength: float) -> Paragraph:
    """A paragraph in other words; a strength of 1 leaves hardly a clause in its place.

    Quotations keep their words, as they do with journalists who know their trade.
    """
    out: list[Sentence] = []
    for sentence in paragraph:
        if sentence.sort == "quote":
            out.append(sentence)
        else:
            out += _said_anew(sentence, rng, strength)
    return _joined(out, rng, strength)


def _said_anew(sentence: Sentence, rng: Random, strength: float) -> list[Sentence]:
    text = sentence.text
    for change in (_attribution_turned, _clause_moved, _aside_dropped, _named_shorter, _rounded):
        if rng.random() < strength * 0.7:
            text = change(text)
    text = reworded(text, rng, strength * 0.75)
    text = _filled(text, rng, strength)
    pieces = _split(text) if rng.random() < strength * 0.6 else [text]
    return [Sentence(piece, sentence.roots, sentence.sort) for piece in pieces]


def _attribution_turned(text: str) -> str:
    found = _SAID_AFTER.match(text)
    if found:
        return f"{capital(found['who'])} {small(found['what'])}."
    found = _SAID_BEFORE.match(text)
    return f"{capital(found['what'])}, {small(found['who'])}." if found else text


def _clause_moved(text: str) -> str:
    """A clause of time, reason or condition goes from the end to the front, or from the front to the end."""
    words = "|".join(lexicon("words")["fronted"])
    if "“" in text or '"' in text or not text.endswith("."):
        return text
    front = re.match(rf"(?P<first>(?:{words})\b[^,]{{8,70}}), (?P<rest>[^,]{{15,}})\.$", text, re.IGNORECASE)
    if front:
        return f"{capital(front['rest'])} {small(front['first'])}."
    back = re.match(rf"(?P<rest>.{{25,}}?){_FREE},? (?P<last>(?:{words}) [^,]{{8,70}})\.$", text)
    return f"{capital(back['last'])}, {small(back['rest'])}." if back else text


def _aside_dropped(text: str) -> str:
    return _ASIDE.sub("", text, count=1)


def _named_shorter(text: str) -> str:
    return _PERSON.sub(r"\2", text)


def _rounded(text: str) -> str:
    return _ROUND.sub(lambda m: f"{m[1]},{m[2]}00" if m[3] == "00" else f"some {m[1]},{m[2]}00", text)


def _filled(text: str, rng: Random, strength: float) -> str:
    fillers = lexicon("words")["fillers"]
    if rng.random() < strength * 0.3:
        text = re.sub(rf"(?<=[a-z]) (?:{'|'.join(fillers)})(?= [a-z])", "", text, count=1)
    if rng.random() < strength * 0.25:
        filler = rng.choice(fillers)
        text = re.sub(r"\b(was|were|has|have|had|is|are|will)\b(?= [a-z])", rf"\1 {filler}", text, count=1)
    return text


def _split(text: str) -> list[str]:
    at = _SPLIT.search(text)
    if not at or len(text) - at.end() < 25 or "“" in text:
        return [text]
    return [text[: at.start()] + ".", capital(text[at.end() :])]


def _joined(sentences: list[Sentence], rng: Random, strength: float) -> Paragraph:
    """Short neighbours made one sentence now and then."""
    out: list[Sentence] = []
    for sentence in sentences:
        before = out[-1] if out else None
        short = before is not None and before.words + sentence.words <= 30 and before.text.endswith(".")
        plain = before is not None and "quote" not in (before.sort, sentence.sort)
        if before is not None and short and plain and rng.random() < strength * 0.4:
            joint = rng.choice(("; ", ", and ", ", while "))
            roots = tuple(dict.fromkeys((*before.roots, *sentence.roots)))
            out[-1] = Sentence(before.text[:-1] + joint + small(sentence.text), roots, before.sort)
        else:
            out.append(sentence)
    return tuple(out)


def small(text: str) -> str:
    """With a small first letter, unless its first word is a name or a figure.

    >>> small("Firefighters came."), small("Wendmouth slept.")
    ('firefighters came.', 'Wendmouth slept.')
    """
    first = re.split(r"[^\w'’-]", text, maxsplit=1)[0]
    return text[0].lower() + text[1:] if first.lower() in _common_words() else text


@cache
def _common_words() -> frozenset[str]:
    """Words that stand with a small letter in the lists of the simulator: no names."""
    found: set[str] = set(phrases("en", "words")["stop"])
    for subject in ("topics", "prose", "details", "words", "world"):
        text = re.sub(r"\[\w+\]", " ", json.dumps(lexicon(subject), ensure_ascii=False))
        found.update(re.findall(r"(?<![\w-])[a-z][a-z'’-]*", text))
    return frozenset(found)
