"""An index that something else changed: cut, with flipped bytes, or not an index at all."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path
from random import Random

from index.commands import Outcome, Said, not_as_it_should, run
from index.invented import articles, write
from provenance.index import Index
from provenance.settings import Settings

_REMOVED = "02.jsonl#a0002"


class Whole:
    """A small index as it should be, and what commands say of it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.made = folder, articles(16, seed)
        self.index = folder / "damaged.index"
        self.new = write(folder / "new.jsonl", articles(17, seed + 1)[16:])
        self.asked = write(folder / "asked.jsonl", [{"id": "asked", "text": self.made[5]["text"]}])
        with chdir(folder), Index.open(self.index, settings=Settings(weights="pile")) as index:
            for n in range(0, 16, 2):
                index.add(write(Path(f"{n:02}.jsonl"), self.made[n : n + 2]))
            index.remove(["00.jsonl#a0001"])
            index.trace()
        with closing(sqlite3.connect(self.index)) as db, db:  # the same bytes whoever made it where
            db.execute('UPDATE stamp SET value = \'[1, "here", "adding articles", "today"]\' WHERE name = \'writer\'')
        self.data = self.index.read_bytes()
        self.answers = {name: self.asked_for(name, self.data) for name in self.commands()}
        assert not any(said.code for said in self.answers.values()), self.answers

    def commands(self) -> dict[str, list[str | Path]]:
        """Every command that opens an index."""
        index = self.index
        return {
            "check": ["index", "check", index, "--quiet"],
            "export": ["index", "export", index],
            "query": ["index", "query", index, self.asked, "--format", "json", "--quiet"],
            "trace": ["trace", "--index", index, "--format", "json", "--quiet"],
            "info": ["index", "info", index],
            "add": ["index", "add", index, self.new, "--quiet"],
            "remove": ["index", "remove", index, _REMOVED, "--quiet"],
            "refresh": ["index", "refresh", index, "--quiet"],
        }

    def asked_for(self, command: str, data: bytes) -> Said:
        """What a command says of an index of these bytes, freshly put there."""
        for end in ("-wal", "-shm"):
            self.index.with_name(self.index.name + end).unlink(missing_ok=True)
        self.index.write_bytes(data)
        return run(*self.commands()[command])


def truncated(folder: Path, times: int, seed: int = 1) -> Outcome:
    """Cuts an index at so many lengths."""
    outcome, whole, chance = Outcome("file truncated"), Whole(folder, seed), Random(seed)
    size = len(whole.data)
    always = [1, 15, 16, 99, 100, 4_096, 8_191, 8_192, size // 2 // 8_192 * 8_192, size - 8_192, size - 1]
    for length in [*always, *(chance.randrange(2, size) for _ in range(times - len(always)))][:times]:
        outcome.times += 1
        for command in whole.commands():
            said = whole.asked_for(command, whole.data[:length])
            outcome.expect(not (wrong := not_as_it_should(said, whole.index)), f"{length} bytes, {command}: {wrong}")
            same = (
                command == "info" or said.out == whole.answers[command].out
            )  # as where only unused bytes at the end are missing
            outcome.expect(said.code == 1 or same, f"{length} bytes, {command}: another answer")
            outcome.seen["commands that refused" if said.code else "commands that missed nothing"] += 1
    return outcome


def flipped(folder: Path, times: int, seed: int = 1) -> Outcome:
    """Flips a bit in so many bytes, one at a time, among those that are in use."""
    outcome, whole, chance = Outcome("a flipped bit"), Whole(folder, seed), Random(seed)
    data = whole.data
    used = [at for at in range(len(data)) if data[at] and any(data[max(0, at - 3) : at]) and any(data[at + 1 : at + 4])]
    for at in chance.choices(used, k=times):
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        outcome.times += 1
        outcome.seen[_noticed(outcome, whole, bytes(changed), f"byte {at} ^ {changed[at] ^ data[at]}")] += 1
    return outcome


def _noticed(o: Outcome, whole: Whole, data: bytes, told: str) -> str:
    """What came of a change; a text is never another one, and what check does not notice changes no text."""
    answers = {name: whole.asked_for(name, data) for name in whole.commands()}
    for name, said in answers.items():
        if name != "export" or said.code != 1:  # names each article that it leaves out, a line each
            wrong = not_as_it_should(said, whole.index)
            is_unknown = name == "remove" and said.code == 1 and _REMOVED in said.error  # the way to it is broken
            o.expect(not wrong or is_unknown, f"{told}, {name}: {wrong}")
    texts = {each["text"] for each in whole.made}
    exported = _texts(answers["export"])
    o.expect(exported <= texts, f"{told}: another text than was added")
    same = {name for name, said in answers.items() if said.out == whole.answers[name].out or name == "info"}
    if answers["check"].code:
        return "told by check"
    if "export" not in same:
        o.expect(answers["export"].code == 1, f"{told}: articles went or changed, and nobody says so")
        return "told by others than check"
    return "every answer as before" if same == answers.keys() else "unnoticed: another path, date or remembered pair"


def _texts(said: Said) -> set[str]:
    return {json.loads(line)["text"] for line in said.out.splitlines()}


def no_index(folder: Path, times: int = 1, seed: int = 1) -> Outcome:
    """Files that are no index, and places where there is none."""
    outcome = Outcome("a file that is no index")
    article = write(folder / "article.jsonl", articles(1, seed))
    with closing(sqlite3.connect(folder / "other.sqlite")) as db:
        db.execute("CREATE TABLE article (number, text)")
    (folder / "text.index").write_text("This is a note about hollow piles.\n" * 40)
    (folder / "short.index").write_text("SQLite format 3\0")
    (folder / "folder.index").mkdir()
    os.mkfifo(folder / "pipe.index")
    (folder / "logless.index-wal").write_bytes(b"a log of an index that is gone")
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    for name in ("other.sqlite", "text.index", "short.index", "folder.index", "pipe.index", "logless.index"):
        index = folder / name
        for command in _commands(index, article):
            said = run(*command)
            outcome.times += 1
            outcome.expect(said.code != 0, f"{name}, {command[:2]}: it was taken for an index")
            wrong = not_as_it_should(said, index) if said.code != 2 else ""  # click refuses a folder as wrong usage
            outcome.expect(not wrong, f"{name}, {command[:2]}: {wrong}")
            outcome.expect("Traceback" not in said.err + said.fault, f"{name}, {command[:2]}: a traceback")
    after = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    outcome.expect(before == after, f"files changed or appeared: {after.keys() ^ before.keys()}")
    _empty(outcome, folder / "empty.index", article)
    outcome.seen["refused, and left as it was"] += outcome.times
    return outcome


def _commands(index: Path, article: Path) -> Iterator[list[str | Path]]:
    yield ["index", "add", index, article]
    yield ["index", "query", index, article]
    for command in ("check", "export", "info", "refresh"):
        yield ["index", command, index]
    yield ["index", "remove", index, "article.jsonl#a0000"]
    yield ["trace", "--index", index]


def _empty(o: Outcome, index: Path, article: Path) -> None:
    """An empty file, as mktemp makes it, is no index yet, and becomes one."""
    index.touch()
    for command in list(_commands(index, article))[1:]:
        said = run(*command)
        o.times += 1
        o.expect(said.code == 1 and not not_as_it_should(said, index), f"empty file, {command[:2]}: {said.err}")
    o.expect(run("index", "add", index, article).code == 0, "an empty file does not become an index")
    o.expect(run("index", "check", index).code == 0, "an empty file became half an index")
