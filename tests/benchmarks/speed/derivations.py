"""What happens to a text on its way from one outlet to another, word by word, with each word's origin kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speed.material import END, Chain, Words

Ids = NDArray[np.int64]
Marks = NDArray[np.uint8]
SENTENCE, PARAGRAPH, OPEN, CLOSE = 1, 2, 4, 8  # a word that begins a sentence, a paragraph; first and last quoted word
ROOM = 4096  # ids of one article: its own words from 0, words that came in by editing from NEW
NEW = 2048
LONGEST = 1500

SYNONYMS = (
    "said/stated big/large big/huge began/started ended/finished people/residents police/officers help/assist "
    "show/reveal shows/reveals showed/revealed plan/scheme plans/proposals money/funds buy/purchase bought/purchased "
    "sell/offer told/informed many/numerous also/additionally but/yet about/roughly rise/increase rose/increased "
    "fall/decline fell/declined year/twelvemonth work/labour job/post jobs/posts group/party country/nation "
    "government/administration company/firm companies/firms market/trade talks/negotiations meeting/session "
    "report/account official/functionary officials/authorities leader/head leaders/heads attack/assault "
    "attacks/assaults need/require needs/requires want/wish wants/wishes get/obtain got/obtained give/provide "
    "gave/provided make/produce made/produced think/believe thinks/believes thought/believed call/term called/termed "
    "ask/request asked/requested use/employ used/employed try/attempt tried/attempted keep/retain kept/retained "
    "let/allow last/previous next/following new/fresh old/former good/fine bad/poor important/significant "
    "likely/probable whole/entire part/portion end/close start/outset while/whereas because/since through/via "
    "under/below over/above before/ahead against/versus between/among high/elevated low/reduced early/prompt "
    "late/tardy support/backing vote/ballot law/statute court/tribunal case/matter decision/ruling change/shift "
    "changes/shifts deal/accord price/cost prices/costs home/house children/youngsters student/pupil students/pupils "
    "woman/lady man/gentleman killed/slain found/discovered saw/noticed took/seized came/arrived went/travelled "
    "left/departed came/turned"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An article's own words: numbers of the chain's spelling, where each comes from, and how the words are set."""

    words: Words
    ids: Ids
    marks: Marks

    def __getitem__(self, part: slice | NDArray[np.int64]) -> "Body":
        return Body(self.words[part], self.ids[part], self.marks[part])

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Editor:
    """What an editor has at hand: other words, chance, and the article the new words belong to."""

    chain: Chain
    synonyms: Words  # a synonym of word w, or -1
    rng: np.random.Generator

    def edited(self, source: Body, number: int) -> Body:
        """5-20 % of the words replaced, dropped or put in."""
        rng, chain = self.rng, self.chain
        words, ids, marks = source.words.copy(), source.ids.copy(), source.marks
        what = np.where(rng.random(len(words)) < rng.uniform(0.05, 0.20), rng.random(len(words)), 2.0)
        swapped = np.flatnonzero(what < 0.7)
        words[swapped] = np.where(
            rng.random(len(swapped)) < 0.5, chain.like(words[swapped], rng), chain.draw(len(swapped), rng)
        )
        ids[swapped] = number * ROOM + NEW + np.arange(len(swapped))
        added = np.flatnonzero((what >= 0.85) & (what < 1))
        dropped = np.flatnonzero((what >= 0.7) & (what < 0.85) & (marks == 0))
        kept = np.ones(len(words), bool)
        kept[dropped] = False
        kept = np.insert(kept, added + 1, True)
        more = number * ROOM + NEW + len(swapped) + np.arange(len(added))
        return Body(
            np.insert(words, added + 1, chain.draw(len(added), rng))[kept],
            np.insert(ids, added + 1, more)[kept],
            np.insert(marks, added + 1, 0)[kept],
        )

    def trimmed(self, source: Body) -> Body:
        """The first 30-80 % of the paragraphs."""
        starts = np.flatnonzero(source.marks & PARAGRAPH)
        keep = max(1, round(len(starts) * self.rng.uniform(0.3, 0.8)))
        end = starts[keep] if keep < len(starts) else len(source)
        return source[: max(int(end), min(30, len(source)))]

    def excerpt(self, source: Body, host: Body) -> Body:
        """1-3 paragraphs of the source inside another article."""
        rng = self.rng
        bounds = np.append(np.flatnonzero(source.marks & PARAGRAPH), len(source))
        first = int(rng.integers(0, len(bounds) - 1))
        last = min(first + int(rng.integers(1, 4)), len(bounds) - 1)
        while bounds[last] - bounds[first] < 30 and last - first < len(bounds) - 1:
            first, last = max(0, first - 1), min(last + 1, len(bounds) - 1)
        taken = source[bounds[first] : bounds[last]]
        places = np.append(np.flatnonzero(host.marks & PARAGRAPH), len(host))
        place = int(places[int(rng.integers(1, len(places)))])
        return joined(host[:place], taken, host[place:])

    def merged(self, one: Body, other: Body) -> Body:
        """About half the paragraphs of two sources, one after the other."""
        parts = []
        for body in (one, other):
            bounds = np.append(np.flatnonzero(body.marks & PARAGRAPH), len(body))
            middle = int(bounds[max(1, round((len(bounds) - 1) * self.rng.uniform(0.35, 0.65)))])
            parts.append(body[: max(middle, min(30, len(body)))])
        return joined(*parts)

    def paraphrased(self, source: Body, number: int) -> Body:
        """Synonyms and words of the same form, clauses and sentences that change places, sentences left out."""
        rng = self.rng
        body = self._in_other_words(source, number)
        starts = np.flatnonzero(body.marks & SENTENCE)
        sentences = np.split(np.arange(len(body)), starts[1:])
        kept = [s for s in sentences if rng.random() > 0.08] or sentences
        for i in np.flatnonzero(rng.random(len(kept) - 1) < 0.15):
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
        order = np.concatenate([self._turned(body, s) if rng.random() < 0.3 else s for s in kept])
        lengths = np.cumsum([len(s) for s in kept])
        marks = body.marks[order] & (OPEN | CLOSE)
        marks[np.append(0, lengths[:-1])] |= SENTENCE
        paragraph = [bool(body.marks[s[0]] & PARAGRAPH) for s in kept]
        marks[np.append(0, lengths[:-1])[[True, *paragraph[1:]]]] |= PARAGRAPH
        return Body(body.words[order], body.ids[order], marks)

    def _in_other_words(self, source: Body, number: int) -> Body:
        rng, words = self.rng, source.words
        synonym = self.synonyms[words]
        known = (synonym >= 0) & (rng.random(len(words)) < 0.5)
        alike = self.chain.like(words, rng)
        other = (rng.random(len(words)) < rng.uniform(0.15, 0.35)) & (alike != words) & ~known
        changed = np.flatnonzero(known | other)
        ids = source.ids.copy()
        ids[changed] = number * ROOM + NEW + np.arange(len(changed))
        return Body(np.where(known, synonym, np.where(other, alike, words)), ids, source.marks)

    def _turned(self, body: Body, sentence: NDArray[np.int64]) -> NDArray[np.int64]:
        """The clauses around a comma change places."""
        if (body.marks[sentence] & (OPEN | CLOSE)).any():
            return sentence
        commas = [i for i in range(4, len(sentence) - 4) if self.chain.spelling[body.words[sentence[i]]].endswith(",")]
        if not commas:
            return sentence
        return np.concatenate([sentence[commas[0] + 1 :], sentence[: commas[0] + 1]])


def synonyms(chain: Chain) -> Words:
    """For every word of the chain its synonym's number, -1 where the table has none."""
    number = {word: i for i, word in enumerate(chain.spelling)}
    found = np.full(len(chain.spelling), -1, np.int32)
    for pair in SYNONYMS.split():
        one, other = pair.split("/")
        if one in number and other in number:
            found[number[one]], found[number[other]] = number[other], number[one]
    return found


def joined(*bodies: Body) -> Body:
    """Bodies one after the other, at most LONGEST words of them."""
    return Body(
        np.concatenate([b.words for b in bodies])[:LONGEST],
        np.concatenate([b.ids for b in bodies])[:LONGEST],
        np.concatenate([b.marks for b in bodies])[:LONGEST],
    )


def bodies(streams: list[Words], numbers: Ids, speakers: Words, rng: np.random.Generator) -> list[Body]:
    """Sentences, paragraphs and quotations set in streams of words; all articles in one go.

    Args:
        streams: words of each article, sentences parted by END.
        numbers: the articles' numbers, for the words' ids.
        speakers: the words "said", then first names and surnames, of whom one of each ends a quotation.
    """
    flat = np.concatenate(streams)
    owner = np.repeat(np.arange(len(streams)), [len(s) for s in streams])
    begins = np.append(True, owner[1:] != owner[:-1])
    starts = begins | np.append(False, flat[:-1] == END)
    real = flat != END
    starts = _carried(starts, real)
    flat, owner, starts = flat[real].copy(), owner[real], starts[real]
    first = np.searchsorted(owner, np.arange(len(streams) + 1))
    marks = np.zeros(len(flat), np.uint8)
    where = np.flatnonzero(starts)
    marks[where] = SENTENCE
    marks[where[rng.random(len(where)) < 0.37]] |= PARAGRAPH
    marks[first[:-1][np.diff(first) > 0]] |= SENTENCE | PARAGRAPH
    _quote(flat, marks, np.append(where, len(flat)), speakers, rng)
    ids = numbers[owner] * ROOM + np.arange(len(flat)) - first[owner]
    whole = Body(flat, ids, marks)
    return [whole[first[i] : first[i + 1]] for i in range(len(streams))]


def _carried(starts: NDArray[np.bool_], real: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A start that fell on an END passes to the word after it."""
    moved = starts & ~real
    starts = starts.copy()
    starts[1:] |= moved[:-1]
    return starts


def _quote(words: Words, marks: Marks, bounds: Ids, speakers: Words, rng: np.random.Generator) -> None:
    """Some sentences become speech: their last three words become "said" and a name."""
    start, end = bounds[:-1], bounds[1:]
    chosen = (end - start >= 9) & (rng.random(len(start)) < 0.08)
    start, end = start[chosen], end[chosen]
    marks[start] |= OPEN
    marks[end - 4] |= CLOSE
    half = (len(speakers) - 1) // 2
    words[end - 3] = speakers[0]
    words[end - 2] = speakers[1 + rng.integers(0, half, len(end))]
    words[end - 1] = speakers[1 + half + rng.integers(0, half, len(end))]
