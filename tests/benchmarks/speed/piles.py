"""python tests/benchmarks/speed/piles.py: piles of articles whose every shared word is known."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from speed.derivations import (
    CLOSE,
    LONGEST,
    NEW,
    OPEN,
    PARAGRAPH,
    ROOM,
    SENTENCE,
    Body,
    Editor,
    Ids,
    bodies,
    synonyms,
)
from speed.material import END, Chain, Words, learn, walk
from speed.outlets import AGENCIES, Outlet, credited, make_outlets, outlets_for
from speed.people import FIRST_NAMES, SURNAMES

KINDS = ("verbatim", "edit", "trimmed", "excerpt", "paraphrase", "merge")
SHARES = (0.25, 0.20, 0.15, 0.15, 0.15, 0.10)
ROOTS, DERIVED, TEMPLATES = 0.07, 0.23, 0.03  # of all articles
TEMPLATE_FAMILY = 25
RELATED_FROM = 20  # words of common origin
CREDITED = 0.30  # of the derived ones name their source
AGENCY = 0.10  # of the families are an agency's text and say so
MENTIONS = 0.02  # of the articles that took nothing name another outlet
CHUNK = 20_000  # articles made at a time: what bounds the memory
AVERAGE, SPREAD = 440, 0.42  # words of an article, boilerplate not counted; log-normal
BEGIN = datetime(2024, 3, 1, tzinfo=UTC)
MINUTES = 60 * 24 * 30


@dataclass(frozen=True, slots=True)
class Truth:
    """What is exactly so in a pile; articles by their row in the file.

    edges: (n, 2) source and derived; kind: index into KINDS; edge_words: words of common origin; edge_credited;
    related: (n, 2) pairs that share at least RELATED_FROM words of common origin, and related_words;
    template: the template family of each article or -1; outlet: its outlet's number.
    """

    edges: Ids
    kind: Ids
    edge_words: Ids
    edge_credited: NDArray[np.bool_]
    related: Ids
    related_words: Ids
    template: Ids
    outlet: Ids

    def save(self, file: Path) -> None:
        np.savez(file, **{name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def load(cls, file: Path) -> "Truth":
        with np.load(file) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})


@dataclass(slots=True)
class Draft:
    """An article in the making."""

    body: Body
    outlet: int
    minute: float
    title: Words
    agency: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """One source text and what became of it."""

    root: int
    derived: tuple[int, ...]


def article_id(row: int) -> str:
    return f"a{row:07d}"


def make_pile(file: Path, articles: int, chain: Chain, seed: int = 1) -> Truth:
    """Writes ``file`` (JSON lines) and the truth beside it (.truth.npz).

    Cost: about 0.5 ms of processor time an article; memory for CHUNK articles, whatever their number.
    """
    rng = np.random.default_rng(seed)
    outlets = make_outlets(outlets_for(articles), chain, rng)
    rows = rng.permutation(articles)  # families lie scattered over the whole file
    truths = []
    with _shuffled(file, articles) as put:
        for start in range(0, articles, CHUNK):
            numbers = np.arange(start, min(start + CHUNK, articles))
            truths.append(_chunk(numbers, rows, outlets, chain, rng, put))
    truth = _together(truths, articles)
    truth.save(truth_file(file))
    return truth


def truth_file(file: Path) -> Path:
    return file.with_suffix(".truth.npz")


def _chunk(
    numbers: Ids,
    rows: Ids,
    outlets: Sequence[Outlet],
    chain: Chain,
    rng: np.random.Generator,
    put: Callable[[int, bytes], None],
) -> Truth:
    drafts = originals(numbers, len(outlets), chain, rng)
    order = rng.permutation(len(numbers))
    templates = _templates(order, drafts, numbers, chain, rng)
    families = families_of(order[len(templates) :], rng)
    edges, kinds, named = derive(families, drafts, numbers, chain, rng)
    _credit(drafts, families, edges, named, outlets, rng)
    for i, draft in enumerate(drafts):
        put(int(rows[numbers[i]]), _record(draft, int(rows[numbers[i]]), outlets, chain, rng))
    related, words = related_pairs(families, edges, drafts)
    shared = [len(np.intersect1d(drafts[a].body.ids, drafts[b].body.ids)) for a, b in edges]
    row = rows[numbers]
    template = np.full(len(numbers), -1)
    template[templates] = numbers[0] + np.arange(len(templates)) // TEMPLATE_FAMILY
    return Truth(
        row[np.array(edges, np.int64).reshape(-1, 2)],
        np.array(kinds, np.int64),
        np.array(shared, np.int64),
        np.array(named, bool),
        np.sort(row[related], axis=1),
        words,
        np.stack([row, template], axis=1),
        np.stack([row, [d.outlet for d in drafts]], axis=1),
    )


def _together(truths: Sequence[Truth], articles: int) -> Truth:
    parts = {name: np.concatenate([getattr(t, name) for t in truths]) for name in Truth.__slots__}
    for name in ("template", "outlet"):
        by_row = np.zeros(articles, np.int64)
        by_row[parts[name][:, 0]] = parts[name][:, 1]
        parts[name] = by_row
    return Truth(**parts)


# --- articles and families -------------------------------------------------------------------------------------------


def originals(numbers: Ids, outlets: int, chain: Chain, rng: np.random.Generator) -> list[Draft]:
    """Every article as if it had taken nothing; those that will derive use theirs as the rest of an article."""
    lengths = np.clip(rng.lognormal(np.log(AVERAGE), SPREAD, len(numbers)), 90, LONGEST).astype(np.int64)
    speakers = speakers_of(chain)
    drafts = []
    for part in np.array_split(np.arange(len(numbers)), max(1, len(numbers) // 2048)):
        made = bodies(walk(chain, lengths[part], rng), numbers[part], speakers, rng)
        titles = walk(chain, rng.integers(7, 11, len(part)), rng)
        for body, title in zip(made, titles, strict=True):
            minute = float(rng.uniform(0, MINUTES))
            drafts.append(Draft(body, int(rng.integers(0, outlets)), minute, title))
    return drafts


def speakers_of(chain: Chain) -> Words:
    """ "said", first names, surnames: what ``bodies`` ends a quotation with."""
    number = {word: i for i, word in enumerate(chain.spelling)}
    return np.array([number[w] for w in ("said", *FIRST_NAMES, *SURNAMES)], np.int32)


def _templates(order: Ids, drafts: list[Draft], numbers: Ids, chain: Chain, rng: np.random.Generator) -> Ids:
    """Market reports and the like: the same sentences every day with other figures and names in 12-25 % of the places.

    Every other family is one outlet's daily report; the rest come from anywhere.
    """
    chosen = order[: round(TEMPLATES * len(order) / TEMPLATE_FAMILY) * TEMPLATE_FAMILY]
    figures = np.flatnonzero([word[:1].isdigit() for word in chain.spelling]).astype(np.int32)
    for number, family in enumerate(chosen.reshape(-1, TEMPLATE_FAMILY)):
        base = drafts[family[0]]
        body = base.body[: int(rng.integers(150, 400))]
        slots = np.flatnonzero((rng.random(len(body)) < rng.uniform(0.12, 0.25)) & (body.marks < OPEN))
        begin = rng.uniform(0, MINUTES / 10)
        for day, i in enumerate(family):
            words, ids = body.words.copy(), body.ids.copy()
            words[slots] = np.where(
                rng.random(len(slots)) < 0.5, chain.draw(len(slots), rng), rng.choice(figures, len(slots))
            )
            ids[slots] = numbers[i] * ROOM + NEW + np.arange(len(slots))
            drafts[i].body = Body(words, ids, body.marks)
            drafts[i].minute = begin + day * 1440
            drafts[i].title = base.title
            if number % 2 == 0:
                drafts[i].outlet = base.outlet
    return chosen


def families_of(order: Ids, rng: np.random.Generator) -> list[Family]:
    """Which articles are roots and which derive within whose family: some families are large."""
    total = len(order) / (1 - TEMPLATES)
    roots, derived = round(ROOTS * total), round(DERIVED * total)
    weights = rng.exponential(1.0, roots)
    sizes = 1 + rng.multinomial(derived - roots, weights / weights.sum())
    bounds = roots + np.append(0, np.cumsum(sizes))
    members = [tuple(map(int, order[bounds[i] : bounds[i + 1]])) for i in range(roots)]
    return [Family(int(order[i]), members[i]) for i in range(roots)]


def derive(
    families: Sequence[Family], drafts: list[Draft], numbers: Ids, chain: Chain, rng: np.random.Generator
) -> tuple[list[tuple[int, int]], list[int], list[bool]]:
    """Makes every derived article from the root (65 %) or an earlier member of its family.

    Returns:
        (source, derived) of each edge, its kind, and whether the derived article will name that source.
    """
    editor = Editor(chain, synonyms(chain), rng)
    kinds = iter(_kinds(sum(len(f.derived) for f in families), rng))
    edges: list[tuple[int, int]] = []
    kinds_of, named = [], []
    for number, family in enumerate(families):
        earlier = [family.root]
        for i in family.derived:
            kind = next(kinds)
            source = family.root if rng.random() < 0.65 else earlier[int(rng.integers(0, len(earlier)))]
            sources = [source]
            if KINDS[kind] == "merge" and len(families) > 1:
                other = int(rng.integers(0, len(families) - 1))
                sources.append(families[other + (other >= number)].root)
            _make(drafts, i, sources, KINDS[kind], int(numbers[i]), editor)
            earlier.append(i)
            edges += [(s, i) for s in sources]
            kinds_of += [kind] * len(sources)
            named += [rng.random() < CREDITED, False][: len(sources)]
    return edges, kinds_of, named


def _kinds(number: int, rng: np.random.Generator) -> Ids:
    """As many of each kind as its share says, in any order."""
    bounds = np.round(np.cumsum((0, *SHARES)) * number).astype(int)
    return rng.permutation(np.repeat(np.arange(len(KINDS)), np.diff(bounds)))


def _make(drafts: list[Draft], i: int, sources: Sequence[int], kind: str, number: int, editor: Editor) -> None:
    source, draft, rng = drafts[sources[0]], drafts[i], editor.rng
    if kind == "verbatim":
        body = source.body
    elif kind == "edit":
        body = editor.edited(source.body, number)
    elif kind == "trimmed":
        body = editor.trimmed(source.body)
    elif kind == "excerpt":
        body = editor.excerpt(source.body, draft.body)
    elif kind == "paraphrase":
        body = editor.paraphrased(source.body, number)
    else:
        body = editor.merged(source.body, drafts[sources[-1]].body)
    draft.body = body
    if kind in ("verbatim", "edit", "trimmed") and rng.random() < 0.6:
        draft.title = source.title
    draft.minute = max(drafts[s].minute for s in sources) + float(rng.lognormal(np.log(300), 1.6)) + 1


def _credit(
    drafts: list[Draft],
    families: Sequence[Family],
    edges: Sequence[tuple[int, int]],
    named: Sequence[bool],
    outlets: Sequence[Outlet],
    rng: np.random.Generator,
) -> None:
    for (source, derived), says in zip(edges, named, strict=True):
        if says:
            drafts[derived].credit = outlets[drafts[source].outlet].name
    for family in families:
        if rng.random() < AGENCY:
            agency = str(rng.choice(AGENCIES))
            for i in (family.root, *family.derived):
                drafts[i].agency = agency
    for draft in drafts:
        if not draft.credit and rng.random() < MENTIONS:
            draft.credit = "~" + outlets[int(rng.integers(0, len(outlets)))].name


def related_pairs(
    families: Sequence[Family], edges: Sequence[tuple[int, int]], drafts: Sequence[Draft]
) -> tuple[Ids, Ids]:
    """All pairs that share at least RELATED_FROM words of common origin, however they came by them."""
    pairs, words = [], []
    for group in _linked(families, edges):
        origins = [drafts[i].body.ids for i in group]
        _, at = np.unique(np.concatenate(origins), return_inverse=True)
        holds = np.zeros((len(group), int(at.max()) + 1), np.float32)
        holds[np.repeat(np.arange(len(group)), [len(o) for o in origins]), at] = 1
        shared = (holds @ holds.T).astype(np.int64)
        a, b = np.nonzero(np.triu(shared >= RELATED_FROM, 1))
        members = np.array(group)
        pairs.append(np.stack([members[a], members[b]], axis=1))
        words.append(shared[a, b])
    return np.concatenate(pairs), np.concatenate(words)


def _linked(families: Sequence[Family], edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Families that a merged article joins count as one."""
    leader = {i: f.root for f in families for i in (f.root, *f.derived)}
    groups = {f.root: [f.root, *f.derived] for f in families}
    for source, derived in edges:
        a, b = leader[source], leader[derived]
        if a != b:
            for i in groups[b]:
                leader[i] = a
            groups[a] += groups.pop(b)
    return list(groups.values())


# --- the file --------------------------------------------------------------------------------------------------------


def rendered(body: Body, chain: Chain) -> str:
    """Words as an editor sets them: capitals, full stops, quotation marks, paragraphs."""
    words: list[str] = chain.spelling[body.words].tolist()
    marks = body.marks
    starts = np.flatnonzero(marks & SENTENCE).tolist()
    for i in starts:
        words[i] = words[i][:1].upper() + words[i][1:]
        words[i - 1] = words[i - 1].rstrip(",;:") + "."  # of the first sentence's, the text's last word
    for i in np.flatnonzero(marks & (OPEN | CLOSE)).tolist():
        words[i] = "“" + words[i] if marks[i] & OPEN else words[i].rstrip(",;:") + ",”"
    bounds = [*np.flatnonzero(marks & PARAGRAPH).tolist(), len(words)]
    return "\n\n".join([" ".join(words[a:b]) for a, b in pairwise(bounds)])


def _record(draft: Draft, row: int, outlets: Sequence[Outlet], chain: Chain, rng: np.random.Generator) -> bytes:
    outlet = outlets[draft.outlet]
    text = rendered(draft.body, chain)
    if draft.agency:
        text = f"{outlet.name.split()[0].upper()} ({draft.agency}) — {text}"
    if draft.credit.startswith("~"):
        text = text.removesuffix(".") + f", the {draft.credit[1:]} reported."
    elif draft.credit:
        text = credited(text, draft.credit, rng)
    above = outlet.above.format(author=outlet.staff[int(rng.integers(0, len(outlet.staff)))])
    if rng.random() < 0.9:
        text = f"{above}\n\n{text}\n\n{outlet.below}" if above else f"{text}\n\n{outlet.below}"
    title = " ".join(chain.spelling[w] for w in draft.title if w != END).rstrip(",;:")
    id = article_id(row)
    return orjson.dumps(
        {
            "id": id,
            "title": title[:1].upper() + title[1:],
            "text": text,
            "outlet": outlet.name,
            "url": f"https://www.{outlet.site}/news/{id}",
            "published": (BEGIN + timedelta(minutes=draft.minute)).isoformat(timespec="seconds"),
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


class _shuffled(ExitStack):
    """Lines that come in any order and stand in the file by their row; never more than CHUNK of them in memory."""

    def __init__(self, file: Path, lines: int) -> None:
        super().__init__()
        self.file, self.lines = file, lines

    def __enter__(self) -> Callable[[int, bytes], None]:  # type: ignore[override]
        super().__enter__()
        folder = Path(self.enter_context(tempfile.TemporaryDirectory(dir=self.file.parent)))
        parts = [(folder / str(i)).open("w+b") for i in range(-(-self.lines // CHUNK))]
        for part in parts:
            self.callback(part.close)
        self.callback(self._write, parts)

        def put(row: int, line: bytes) -> None:
            parts[row // CHUNK].write(b"%d %b" % (row, line))

        return put

    def _write(self, parts: Sequence) -> None:
        with self.file.open("wb") as out:
            for part in parts:
                part.seek(0)
                lines = sorted((int(number), line) for number, _, line in (x.partition(b" ") for x in part))
                out.writelines(line for _, line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/speed/piles.py", description=__doc__)
    parser.add_argument("file", type=Path, help="the file to write, .jsonl; the truth goes beside it as .truth.npz")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N", help="how many (10,000)")
    parser.add_argument("--material", type=Path, metavar="FOLDER", help="real text whose words are chained anew")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed is another pile (1)")
    options = parser.parse_args()
    options.file.parent.mkdir(parents=True, exist_ok=True)
    truth = make_pile(options.file, options.articles, learn(options.material), options.seed)
    print(f"{options.file}: {options.articles:,} articles, {len(truth.edges):,} edges, {len(truth.related):,} related")
    return 0


if __name__ == "__main__":
    sys.exit(main())
