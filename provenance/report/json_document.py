"""The trace as a JSON document, whole: written here, read back equal, described by data/trace.schema.json.

An object of the document has the fields of its type in model.py. What differs: a span is [start, end], a time is
ISO 8601 in UTC, ``places`` are called "spans", the sides of a passage within a derivation "derived" and "source";
an article says how many body words it has and the SHA-256 of its text, a passage whether it counts.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from math import isfinite
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from provenance.errors import TraceFormatError
from provenance.model import Article, Change, Credit, Derivation, Evidence, Passage, Place, Span, Trace, Undecided
from provenance.report.json_string import json_string, without_surrogates
from provenance.report.word_count import count_words

SCHEMA = "provenance-trace/1"

_RENAMED = {(Evidence, "places"): "spans", (Change, "places"): "spans"}
_UNWRITTEN = {(Article, "stamps"), (Credit, "article")}
_SIDES = {Derivation: ("derived", "source"), Undecided: ("a", "b")}

Write = Callable[[Any], str]
Read = Callable[[Any], Any]
Member = tuple[str, Callable[[Any], Any], Write]  # its name in the document, how it is got, how it is written


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    text = files("provenance").joinpath("data", "trace.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def to_json(trace: Trace, *, texts: bool = True) -> str:
    """The whole trace as JSON; equal traces give equal bytes.

    Args:
        trace: the finished trace.
        texts: False leaves the texts of the articles out (their lengths, hashes, passages and credits stay).

    Returns:
        A document that ends with a line break and can be encoded as UTF-8.

    Cost: about 50 microseconds an article of 500 words; ``json_pieces`` needs no memory for the whole.
    """
    return "".join(json_pieces(trace, texts=texts))


def json_pieces(trace: Trace, *, texts: bool = True) -> Iterator[str]:
    """The same document piece by piece, an article or an arrow each: a large pile's is never there as a whole."""
    first = ("generated_by", "articles")
    hints = _hints(Trace)
    yield f'{{\n "schema": "{SCHEMA}"'
    for name in (*first, *(name for name in hints if name not in first)):
        yield f',\n "{name}": '
        value = getattr(trace, name)
        if name == "articles":
            yield from _list_pieces(value, _object(_article_members(texts), 2))
        elif get_origin(hints[name]) is tuple:
            yield from _list_pieces(value, _writer(get_args(hints[name])[0], 2))
        else:
            yield _writer(hints[name], 1)(value)
    yield "\n}\n"


def count_items(trace: Trace) -> int:
    """How many articles, sources, arrows and so on the document lists: most pieces are one of them."""
    return sum(len(getattr(trace, name)) for name, hint in _hints(Trace).items() if get_origin(hint) is tuple)


def _list_pieces(items: Sequence[Any], write: Write) -> Iterator[str]:
    """A list of the document itself, its items two columns in."""
    if not items:
        yield "[]"
        return
    joint = "[\n  "
    for item in items:
        yield joint + write(item)
        joint = ",\n  "
    yield "\n ]"


# --- how a value is written: made once for each type and depth, from the annotations of model.py ---------------------


@cache
def _writer(kind: Any, depth: int) -> Write:
    """What writes a value of the kind that an annotation names, where it stands so many columns in."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        write = _writer(next(part for part in parts if part is not NoneType), depth)
        return lambda value: "null" if value is None else write(value)
    if origin is tuple:
        return _list(_writer(parts[0], depth + 1), depth)
    if origin is Mapping:
        return partial(_mapping, depth=depth)
    if origin is Literal:
        return {part: f'"{part}"' for part in parts}.__getitem__
    if kind is Place:
        return _place(depth)
    if is_dataclass(kind) and kind is not Span:
        return _object(_members(kind, depth), depth)
    return _PLAIN[kind]


def _members(kind: Any, depth: int) -> list[Member]:
    return [
        (_RENAMED.get((kind, name), name), attrgetter(name), _passages(*_SIDES[kind], depth + 1))
        if name == "passages"
        else (_RENAMED.get((kind, name), name), attrgetter(name), _writer(hint, depth + 1))
        for name, hint in _in_order(kind).items()
        if (kind, name) not in _UNWRITTEN
    ]


def _in_order(kind: type) -> dict[str, Any]:
    """The fields of a type in the order of the document, annotated: both shares of a derivation stand together."""
    hints = _hints(kind)
    names = [f.name for f in fields(kind)]
    if kind is Derivation:
        names.remove("share_of_source")
        names.insert(names.index("share") + 1, "share_of_source")
    return {name: hints[name] for name in names}


def _article_members(texts: bool) -> list[Member]:
    """An article says of its text how long it is and what its hash is; what was read in it comes last."""
    members = {member[0]: member for member in _members(Article, 2)}
    text, *last = (members.pop(name) for name in ("text", "published", "boilerplate", "credits"))
    facts: list[Member] = [("words", _words, str), ("text_sha256", lambda a: _digest(a.text), json_string)]
    return [*members.values(), *facts, *([text] if texts else []), *last]


def _words(article: Article) -> int:
    return count_words(article.text, article.unmarked)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _passages(a: str, b: str, depth: int) -> Write:
    members = {name: (name, get, write) for name, get, write in _members(Passage, depth)}
    sides: list[Member] = [(a, *members.pop("a")[1:]), (b, *members.pop("b")[1:])]
    quoted = {"a": f'"{a}"', "b": f'"{b}"', "no": '"no"', "both": '"both"'}
    members["quoted"] = ("quoted", attrgetter("quoted"), quoted.__getitem__)
    reason = members.pop("reason")
    counted: Member = ("counted", attrgetter("counted"), _PLAIN[bool])
    return _list(_object([*sides, *members.values(), counted, reason], depth + 1), depth)


def _place(depth: int) -> Write:
    """The same as for any object, at a third of the time: half of the objects of a document are places."""
    row = "\n" + " " * (depth + 1)
    shape = f'{{{row}"article": %s,{row}"span": [%d, %d]{row[:-1]}}}'
    return lambda place: shape % (json_string(place.article), place.span.start, place.span.end)


def _object(members: list[Member], depth: int) -> Write:
    row = "\n" + " " * (depth + 1)
    shape = "{" + ",".join(f'{row}"{name}": %s' for name, _, _ in members) + row[:-1] + "}"
    steps = [(get, write) for _, get, write in members]
    return lambda value: shape % tuple([write(get(value)) for get, write in steps])


def _list(write: Write, depth: int) -> Write:
    row = "\n" + " " * (depth + 1)

    def written(values: Sequence[Any]) -> str:
        if not values:
            return "[]"
        items = [write(value) for value in values]
        if len(items) == 2 and items[0].isdecimal() and items[1].isdecimal():
            return f"[{items[0]}, {items[1]}]"  # two whole numbers stand on one line, as spans do
        return f"[{row}{f',{row}'.join(items)}{row[:-1]}]"

    return written


def _mapping(value: Mapping[str, object], depth: int) -> str:
    text = json.dumps(dict(value), ensure_ascii=False, allow_nan=False, indent=1)
    return without_surrogates(text).replace("\n", "\n" + " " * depth)  # a string of the document has no line break


def _number(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{value} has no place in a JSON document")
    return repr(value)


def _span(span: Span) -> str:
    return f"[{span.start}, {span.end}]"


@lru_cache(10_000)  # an article's two ends are often one, and its entry among the sources has them too
def _moment(moment: datetime) -> str:
    return '"' + moment.astimezone(UTC).isoformat().replace("+00:00", "Z") + '"'


_PLAIN: dict[Any, Write] = {
    str: json_string,
    int: str,
    float: _number,
    bool: {True: "true", False: "false"}.__getitem__,
    Span: _span,
    datetime: _moment,
}


# --- how a document is read ------------------------------------------------------------------------------------------


def from_json(text: str) -> Trace:
    """The trace that a JSON document holds; equal to the one it was written from when it has the texts.

    Articles of a document without texts have an empty text.

    Raises:
        TraceFormatError: it is no JSON, no trace, a trace of another schema, or was changed by hand.
    """
    try:
        document = json.loads(text)
    except ValueError as broken:
        raise TraceFormatError(
            f"this is no whole JSON document ({broken}); make the trace anew: "
            "provenance trace PATH --format json -o FILE"
        ) from broken
    _check_schema(document)
    try:
        trace: Trace = _reader(Trace)({name: value for name, value in document.items() if name != "schema"})
    except _Wrong as wrong:
        raise TraceFormatError(wrong.told()) from None
    return trace


def _check_schema(document: Any) -> None:
    found = document.get("schema") if isinstance(document, dict) else None
    if found == SCHEMA:
        return
    if isinstance(found, str) and found.startswith("provenance-trace/"):
        raise TraceFormatError(
            f"this trace has the schema {found}, this program reads {SCHEMA}; trace the articles again, or read it "
            "with the version that made it (see generated_by in the document)"
        )
    raise TraceFormatError(
        f'this JSON document is no trace: its "schema" should be "{SCHEMA}"; '
        "a trace comes from: provenance trace PATH --format json -o FILE"
    )


class _Wrong(Exception):
    """A value that no trace has; the way to it is noted on the way out of the document, at no cost for those in order.

    Attributes:
        problem: what is wrong with it.
        way: the names of fields and the places in lists that lead to it, from the inside out.
    """

    def __init__(self, problem: str, *way: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.way = list(way)

    def told(self) -> str:
        where = "the trace"
        for step in reversed(self.way):
            where = f"{where}[{step}]" if isinstance(step, int) else f"{step} of {where}"
        return f"{where} {self.problem}; was the document changed by hand?"


def _check(good: bool, value: Any, wanted: str, *way: str | int) -> None:
    if not good:
        raise _Wrong(f"should be {wanted}, found {str(value)[:60]!r}", *way)


@cache
def _reader(kind: Any) -> Read:
    """What reads a value of the kind that an annotation of model.py names."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        read = _reader(next(part for part in parts if part is not NoneType))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _several(_reader(parts[0])) if parts[-1] is Ellipsis else _just(tuple(map(_reader, parts)))
    if origin is Literal:
        return partial(_one_of, parts)
    if kind is Span:
        pair = _just((_reader(int), _reader(int)))
        return lambda value: Span(*pair(value))
    if kind is datetime:
        return _read_time
    if kind is float:
        return _read_number
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_object_of(kind)
    return partial(_plain, dict if origin is Mapping else kind)  # str, int, bool


def _plain(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        _check(False, value, f"of type {kind.__name__}")
    return value


def _read_number(value: Any) -> float:
    _check(type(value) in (int, float), value, "a number")
    return float(value)


def _one_of(choices: tuple[str, ...], value: Any) -> Any:
    if value not in choices:
        _check(False, value, f"one of {', '.join(choices)}")
    return value


def _read_time(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _Wrong(f"should be a time such as 2023-09-22T00:00:00Z, found {str(value)[:60]!r}")
    return moment.astimezone(UTC)


def _several(read: Read) -> Read:
    def read_list(value: Any) -> tuple[Any, ...]:
        _check(isinstance(value, list), value, "a list")
        return _each([read] * len(value), value)

    return read_list


def _just(readers: tuple[Read, ...]) -> Read:
    def read_list(value: Any) -> tuple[Any, ...]:
        _check(isinstance(value, list), value, "a list")
        _check(len(value) == len(readers), value, f"a list of {len(readers)}")
        return _each(readers, value)

    return read_list


def _each(readers: Sequence[Read], values: list[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    try:
        for read, value in zip(readers, values, strict=True):
            found.append(read(value))
    except _Wrong as wrong:
        wrong.way.append(len(found))
        raise
    return tuple(found)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_object_of(kind: type) -> Read:
    members = {name: _reader(hint) for name, hint in _hints(kind).items()}
    fit = _fitted(kind)

    def read_object(value: Any) -> Any:
        _check(isinstance(value, dict), value, "an object")
        given = fit(value)
        if given.keys() != members.keys():
            name = min(given.keys() ^ members.keys())
            raise _Wrong("is missing" if name in members else "is unknown", name)
        found: list[Any] = []
        for name, read in members.items():
            try:
                found.append(read(given[name]))
            except _Wrong as wrong:
                wrong.way.append(name)
                raise
        return kind(*found)

    return read_object


def _fitted(kind: type) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What gives an object of the document the fields of its type in model.py."""
    if kind is Article:
        return _article_given
    if kind in _SIDES:
        return partial(_sides_given, *_SIDES[kind])
    renamed = {theirs: ours for (owner, ours), theirs in _RENAMED.items() if owner is kind}
    if renamed:
        return lambda written: {renamed.get(name, name): value for name, value in written.items()}
    return lambda written: written


def _objects(given: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = given.get(name)
    good = isinstance(found, list) and all(isinstance(item, dict) for item in found)
    _check(good, found, "a list of objects", name)
    return list(found or ())


def _article_given(written: dict[str, Any]) -> dict[str, Any]:
    """An article in the fields of model.py: what follows from others is checked and taken out."""
    text = written.get("text", "")
    if "text" in written:
        same = isinstance(text, str) and written.get("text_sha256") == _digest(text)
        _check(same, text, "the text whose SHA-256 stands beside it", "text")
    credits = [credit | {"article": written.get("id")} for credit in _objects(written, "credits")]
    kept = {name: value for name, value in written.items() if name not in ("words", "text_sha256")}
    return kept | {"text": text, "credits": credits, "stamps": []}


def _sides_given(a: str, b: str, written: dict[str, Any]) -> dict[str, Any]:
    return written | {"passages": [_passage_given(p, a, b) for p in _objects(written, "passages")]}


def _passage_given(written: dict[str, Any], a: str, b: str) -> dict[str, Any]:
    """A passage in the fields of model.py: its sides are *a* and *b*."""
    given = {{a: "a", b: "b"}.get(name, name): value for name, value in written.items() if name != "counted"}
    counted = written.get("counted")
    _check(counted is (written.get("reason") is None), counted, "true just where no reason stands", "counted")
    quoted = given.get("quoted")
    return given | {"quoted": {a: "a", b: "b"}.get(quoted, quoted) if isinstance(quoted, str) else quoted}
