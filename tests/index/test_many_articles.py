"""From some thousand articles on kernels do the work: what was stored before and after is still one trace."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from provenance import read_articles, trace
from provenance.index import Index
from provenance.kernels import FROM_ARTICLES
from provenance.report.json_document import to_json

SYLLABLES = ["ka", "lo", "mi", "ren", "tas", "vu", "dor", "el", "fin", "gra", "hus", "wen", "pol", "sti", "bru", "an"]


def records(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Short articles of words that nobody speaks; one in ten takes most of its text from an earlier one."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(2_500)]
    texts: list[list[str]] = []
    for number in range(count):
        text = chance.choices(words, k=chance.randint(30, 50))
        if number > 9 and chance.random() < 0.1:
            source = chance.choice(texts)
            text[5:20] = source[chance.randint(0, 9) :]
        texts.append(text)
        lines = (" ".join(text[at : at + 10]).capitalize() + "." for at in range(0, len(text), 10))
        outlet, day = f"{words[number % 7].title()} Post", f"2031-05-{1 + number * 28 // count:02}"
        yield {"id": f"a{number:05}", "outlet": outlet, "date": day, "text": " ".join(lines)}


def test_kernels_take_over_what_was_found_without_them(tmp_path: Path) -> None:
    lines = [json.dumps(record) + "\n" for record in records(FROM_ARTICLES + 20, seed=6)]
    early, late = tmp_path / "early.jsonl", tmp_path / "late.jsonl"
    early.write_text("".join(lines[::7]))
    late.write_text("".join(line for number, line in enumerate(lines) if number % 7))
    with Index.open(tmp_path / "news.index") as index:
        index.add(early)  # aligned at once, in the open
        by_hand = index.info()["pairs aligned"]
        index.add(late, align=False)
        first = "".join(to_json(index.trace()))
        assert isinstance(by_hand, int) and 0 < by_hand < int(str(index.info()["pairs aligned"]))
        assert first == "".join(to_json(index.trace()))
        assert index.check() == []
    assert first == "".join(to_json(trace(read_articles(early, late))))
