"""What an alignment is remembered by: all that it rests on, and nothing that it does not."""

import ast
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import DEFAULT, VOCABULARY, article, day, invented, prose, reading, share, words

import provenance
from provenance.match import House, Recalled, alignments_of, read_words, sentence_matches
from provenance.match import sketches as sk
from provenance.match.arrays import Hashes, hash_words
from provenance.match.fingerprint import shingle_hashes
from provenance.match.passages import Match
from provenance.match.reading import Reading
from provenance.match.remembering import (
    NOT_OF_ALIGNING,
    Answer,
    covered_by,
    house_among,
    pair_key,
    side_key,
    upper_bits,
    with_known_house,
)
from provenance.match.repeats import with_house
from provenance.match.sentence_table import SentenceTable
from provenance.match.weights import weights_for
from provenance.model import Mark, Span
from provenance.settings import Settings
from provenance.shared import Alignment

# --- the settings that aligning asks for ----------------------------------------------------------------------------

PACKAGE = Path(provenance.__file__).parent
PASSAGES = "provenance.match.passages"


def file_of(module: str) -> Path | None:
    stem = PACKAGE.parent.joinpath(*module.split("."))
    found = [path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()]
    return found[0] if found else None


def modules_named(tree: ast.AST) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("provenance"):
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (part for part in parts if file_of(part))
            if not all(file_of(part) for part in parts):
                yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("provenance"))


def called_from(module: str) -> dict[str, ast.AST]:
    """A module and all that it leads to, parsed."""
    found: dict[str, ast.AST] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = file_of(name)
        if name not in found and path is not None:
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
            waiting += modules_named(found[name])
    return found


def settings_read(tree: ast.AST) -> set[str]:
    """The settings that a file reads, however it calls the object: any attribute with the name of one."""
    known = {field.name for field in fields(Settings)}
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & known


def names_taken(modules: dict[str, ast.AST], of: str) -> set[str]:
    """What some modules import from another one."""
    nodes = [node for tree in modules.values() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in nodes if node.module == of for alias in node.names}


FINGERPRINT = "provenance.match.fingerprint"  # aligning asks it for sets of hashes, not for candidates


def test_no_setting_that_aligning_reads_is_left_out_of_what_it_is_remembered_by() -> None:
    modules = called_from(PASSAGES)
    assert {f"provenance.match.{name}" for name in ("cases", "blocks", "measures", "sheets", "fragments")} <= set(
        modules
    )
    assert names_taken(modules, FINGERPRINT) <= {"distinct", "members", "shingle_hashes"}
    asked = {name: tree for name, tree in modules.items() if name not in ("provenance.settings", FINGERPRINT)}
    read = {(name, setting) for name, tree in asked.items() for setting in settings_read(tree)}
    assert {setting for _, setting in read} >= {"seed_words", "gap_words", "case_words", "rewritten_pairs"}
    assert {(name, setting) for name, setting in read if setting in NOT_OF_ALIGNING} == set()


def test_every_setting_left_out_is_one() -> None:
    assert {field.name for field in fields(Settings)} >= NOT_OF_ALIGNING


def test_settings_left_out_do_not_change_what_two_articles_share() -> None:
    one, other = (reading(id, f"{invented(1, 60)} {invented(k, 40)} {invented(2, 30)}") for k, id in enumerate("ab"))
    usual = share(one, other)
    assert usual is not None
    for name in sorted(NOT_OF_ALIGNING - {"weights", "cues", "joined_cosine"}):
        value = getattr(DEFAULT, name)
        other_value: Any = value + 16 if isinstance(value, int) else (value + 1) / 2 if value < 1 else 2 * value
        changed = replace(DEFAULT, **{name: other_value})
        assert share(one, other, changed) == usual, name


# --- keys -----------------------------------------------------------------------------------------------------------


PLAIN = article("a", invented(1), outlet="Gull Herald", on=day(3))


def key(**fields: Any) -> bytes:
    return side_key(reading_of(**fields))


def reading_of(**fields: Any) -> Reading:
    return read_words(replace(PLAIN, **fields))


def test_a_side_is_known_by_its_text_and_not_by_its_name_or_date() -> None:
    assert key(id="b", path="b", title="Other", published=day(9), byline="Oda Lind", url="https://a.example") == key()
    assert key(text=invented(2)) != key()
    assert key(language="de") != key() and key(language=None) != key()
    assert key(outlet="Kelp Weekly") != key() and key(outlet=None) != key()
    assert key(boilerplate=(Mark(Span(0, 20), "title"),)) != key()
    house = np.zeros(len(reading_of()), dtype=bool)
    house[:40] = True
    assert side_key(with_house(reading_of(), house)) != key()


def test_a_pair_is_known_by_both_sides_in_order_their_sentences_and_the_settings() -> None:
    a, b, alike = b"a" * 16, b"b" * 16, [Match(1, 2, 0.4)]
    usual = pair_key(a, b, alike, False, DEFAULT)
    assert usual == pair_key(a, b, [Match(1, 2, 0.5)], False, DEFAULT), "only whether a cosine is enough counts"
    others = [
        pair_key(b, a, alike, False, DEFAULT),
        pair_key(a, b, [], False, DEFAULT),
        pair_key(a, b, [Match(2, 1, 0.4)], False, DEFAULT),
        pair_key(a, b, [Match(1, 2, 0.2)], False, DEFAULT),
        pair_key(a, b, alike, True, DEFAULT),
        pair_key(a, b, alike, False, replace(DEFAULT, seed_words=6)),
    ]
    assert len({usual, *others}) == 7
    assert pair_key(a, b, alike, False, replace(DEFAULT, max_sources=3)) == usual


# --- house text that is known ---------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seed=st.integers(0, 100_000), size=st.integers(1, 6), rate=st.sampled_from((1, 2, 4)))
def test_words_are_covered_as_the_kernel_covers_them(seed: int, size: int, rate: int) -> None:
    chance = random.Random(seed)
    texts = [hash_words(words(chance, chance.choice((0, 1, 4, 60)), VOCABULARY[:12])) for _ in range(5)]
    chosen = replace(DEFAULT, shingle_words=size)
    shingles: Hashes = np.concatenate([shingle_hashes(text, size) for text in texts])
    some = shingles[[chance.random() < 0.3 for _ in range(len(shingles))]]
    house = House(np.unique(np.append(some, np.uint64(7)) >> np.uint64(24) << np.uint64(24)), rate)
    first = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    wanted = sk.house_words(np.concatenate(texts), first, house.shingles, chosen, rate)
    found = [covered_by(text, house, chosen) for text in texts]
    assert np.concatenate(found).tolist() == wanted.tolist()


def test_a_reading_is_marked_where_known_house_text_stands() -> None:
    frame, own = invented(3, 32), invented(4, 64)
    read = reading("a", f"{own} {frame}")
    house = House(np.unique(upper_bits(shingle_hashes(reading("b", frame).hashes, 5))), 1)
    marked = with_known_house(read, house, DEFAULT)
    assert marked.house.tolist() == [False] * 64 + [True] * 32
    assert with_known_house(read, House(house.shingles[:0], 1), DEFAULT) is read
    shingles = np.unique(shingle_hashes(read.hashes, 5))
    assert set(upper_bits(house_among([shingles], house)).tolist()) == set(house.shingles.tolist())
    assert len(house_among([], house)) == 0


# --- sentences weighed without scikit-learn -------------------------------------------------------------------------


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), weights=st.sampled_from(("shipped", "pile")))
def test_a_lean_table_is_the_one_of_scikit_learn(seed: int, weights: str) -> None:
    chance = random.Random(seed)
    told = [prose(words(chance, chance.randint(3, 14), VOCABULARY[:90])) for _ in range(12)]
    read = [reading(f"{k}", " ".join(chance.choices(told, k=chance.choice((0, 3, 8))))) for k in range(5)]
    tables = [SentenceTable(read, weights_for(weights, "en"), DEFAULT, lean) for lean in (False, True)]
    usual, lean = (table.matrix.toarray() for table in tables)
    assert usual.shape == lean.shape and np.abs(usual - lean).max(initial=0) <= 1e-12
    linked = {(i, j) for j in range(5) for i in range(j) if chance.random() < 0.5}
    found = [sentence_matches(read, linked, (), replace(DEFAULT, weights=weights), lean=lean) for lean in (False, True)]
    assert dict(found[0].items()) == dict(found[1].items())


# --- the memory is asked --------------------------------------------------------------------------------------------


class Memory:
    """Remembers pairs by their key, and counts what it is asked and told."""

    house: House | None = None
    lean = False

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, bytes], Alignment | None] = {}
        self.asked = self.told = 0

    def alignment(self, a: str, b: str, key: bytes) -> Recalled:
        self.asked += 1
        return self.known.get((a, b, key), Answer.UNKNOWN)

    def keep(self, a: str, b: str, key: bytes, found: Alignment | None) -> None:
        self.told += 1
        self.known[a, b, key] = found

    def keep_house(self, house: House) -> None:
        self.house_found = house


def test_what_is_remembered_is_not_aligned_again_and_comes_out_the_same() -> None:
    articles = [article(f"{k}", f"{invented(9, 60)} {invented(k, 40)}", on=day(k)) for k in range(4)]
    memory = Memory()

    def aligned(chosen: Settings = DEFAULT) -> list[Alignment]:
        found, _ = alignments_of(articles, _NoCredits(4), chosen, lambda *_: None, False, None, memory)
        return list(found)

    first = aligned()
    assert len(first) == 6 == memory.told == memory.asked
    assert aligned() == first and memory.told == 6 and memory.asked == 12
    assert [each.passages for each in aligned(replace(DEFAULT, gap_words=2))] and memory.told == 12


class _NoCredits:
    """Nobody credits anybody."""

    def __init__(self, count: int) -> None:
        self.outlets: list[str | None] = [None] * count
        self.credited: list[set[str]] = [set() for _ in range(count)]

    def __contains__(self, pair: object) -> bool:
        return False
