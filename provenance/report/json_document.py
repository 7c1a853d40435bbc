"""The trace as a JSON document, whole: written here, read back equal, described by data/trace.schema.json.

An object of the document has the fields of its type in model.py. What differs: a span is [start, end], a time is
ISO 8601 in UTC, ``places`` are called "spans", the sides of a passage within a derivation "derived" and "source";
an article says how many body words it has and the SHA-256 of its text, a passage whether it counts.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from provenance.errors import TraceFormatError
from provenance.model import Article, Change, Credit, Derivation, Evidence, Passage, Span, Trace, Undecided
from provenance.text import tokenize

SCHEMA = "provenance-trace/1"

_RENAMED = {(Evidence, "places"): "spans", (Change, "places"): "spans"}
_UNWRITTEN = {(Article, "stamps"), (Credit, "article")}
_SIDES = {Derivation: ("derived", "source"), Undecided: ("a", "b")}
# A JSON string holds no raw line break, so this finds nothing but lists of two numbers that stand in the document.
_PAIR = re.compile(r"\[\n +(\d+),\n +(\d+)\n +\]")
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    """
    document = {
        "schema": SCHEMA,
        "generated_by": _written(trace.generated_by),
        "articles": [_article(a, texts) for a in trace.articles],
        **{name: _written(getattr(trace, name)) for name in _names(Trace) if name not in ("articles", "generated_by")},
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)  # half of a pair has no UTF-8
    return _PAIR.sub(r"[\1, \2]", text) + "\n"


def _names(kind: type) -> list[str]:
    """The fields of a type in the order of the document: both shares of a derivation stand together."""
    names = [f.name for f in fields(kind)]
    if kind is Derivation:
        names.remove("share_of_source")
        names.insert(names.index("share") + 1, "share_of_source")
    return names


def _written(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple | list):
        return [_written(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return _fields(value) if is_dataclass(value) else value


def _fields(value: Any) -> dict[str, Any]:
    kind = type(value)
    written: dict[str, Any] = {}
    for name in _names(kind):
        if name == "passages":
            written[name] = [_passage(p, *_SIDES[kind]) for p in value.passages]
        elif (kind, name) not in _UNWRITTEN:
            written[_RENAMED.get((kind, name), name)] = _written(getattr(value, name))
    return written


def _article(article: Article, texts: bool) -> dict[str, Any]:
    written = _fields(article)
    facts = {"words": len(tokenize(article.text, article.body)), "text_sha256": _digest(article.text)}
    facts |= {"text": article.text} if texts else {}
    last = ("published", "boilerplate", "credits")
    return {
        **{name: value for name, value in written.items() if name != "text" and name not in last},
        **facts,
        **{name: written[name] for name in last},
    }


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _passage(passage: Passage, a: str, b: str) -> dict[str, Any]:
    return {
        a: _written(passage.a),
        b: _written(passage.b),
        "kind": passage.kind,
        "identity": passage.identity,
        "quoted": {"a": a, "b": b}.get(passage.quoted, passage.quoted),
        "counted": passage.counted,
        "reason": passage.reason,
    }


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
    trace: Trace = _read(Trace, {name: value for name, value in document.items() if name != "schema"}, "the trace")
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


def _read(kind: Any, value: Any, where: str) -> Any:
    """The value as a thing of the kind that an annotation of model.py names."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = next(part for part in parts if part is not NoneType)
        return None if value is None else _read(inner, value, where)
    if origin is tuple:
        return _read_tuple(parts, value, where)
    if origin is Literal:
        return _checked(value, value in parts, f"one of {', '.join(parts)}", where)
    if kind is Span:
        return Span(*_read_tuple((int, int), value, where))
    if kind is datetime:
        return _read_time(value, where)
    if kind is float:
        return float(_checked(value, type(value) in (int, float), "a number", where))
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_object(kind, _checked(value, isinstance(value, dict), "an object", where), where)
    wanted = dict if origin is Mapping else kind  # str, int, bool
    return _checked(value, type(value) is wanted, f"of type {wanted.__name__}", where)


def _checked(value: Any, good: bool, wanted: str, where: str) -> Any:
    if not good:
        raise TraceFormatError(
            f"{where} should be {wanted}, found {str(value)[:60]!r}; was the document changed by hand?"
        )
    return value


def _read_tuple(parts: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    _checked(value, isinstance(value, list), "a list", where)
    if parts[-1] is Ellipsis:
        parts = parts[:1] * len(value)
    _checked(value, len(value) == len(parts), f"a list of {len(parts)}", where)
    return tuple(_read(part, item, f"{where}[{at}]") for at, (part, item) in enumerate(zip(parts, value, strict=True)))


def _read_time(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    _checked(value, moment is not None and moment.tzinfo is not None, "a time such as 2023-09-22T00:00:00Z", where)
    assert moment is not None
    return moment.astimezone(UTC)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_object(kind: type, written: dict[str, Any], where: str) -> Any:
    back = {theirs: ours for (owner, ours), theirs in _RENAMED.items() if owner is kind}
    given = {back.get(name, name): value for name, value in written.items()}
    if kind is Article:
        given = _article_given(given, where)
    if kind in _SIDES:
        given["passages"] = [_passage_given(p, *_SIDES[kind], where) for p in _objects(given, "passages", where)]
    hints = _hints(kind)
    for name in sorted(given.keys() ^ hints.keys()):
        problem = "is missing" if name in hints else "is unknown"
        raise TraceFormatError(f"{name} of {where} {problem}; was the document changed by hand?")
    return kind(**{name: _read(hints[name], given[name], f"{name} of {where}") for name in hints})


def _objects(given: dict[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    found = given.get(name)
    good = isinstance(found, list) and all(isinstance(item, dict) for item in found)
    return list(_checked(found, good, "a list of objects", f"{name} of {where}"))


def _article_given(written: dict[str, Any], where: str) -> dict[str, Any]:
    """An article in the fields of model.py: what follows from others is checked and taken out."""
    text = written.get("text", "")
    if "text" in written:
        same = isinstance(text, str) and written.get("text_sha256") == _digest(text)
        _checked(text, same, "the text whose SHA-256 stands beside it", f"text of {where}")
    credits = [credit | {"article": written.get("id")} for credit in _objects(written, "credits", where)]
    kept = {name: value for name, value in written.items() if name not in ("words", "text_sha256")}
    return kept | {"text": text, "credits": credits, "stamps": []}


def _passage_given(written: dict[str, Any], a: str, b: str, where: str) -> dict[str, Any]:
    """A passage in the fields of model.py: its sides are *a* and *b*."""
    given = {{a: "a", b: "b"}.get(name, name): value for name, value in written.items() if name != "counted"}
    agrees = written.get("counted") is (written.get("reason") is None)
    _checked(written.get("counted"), agrees, "true just where no reason stands", f"counted of a passage of {where}")
    quoted = given.get("quoted")
    return given | {"quoted": {a: "a", b: "b"}.get(quoted, quoted) if isinstance(quoted, str) else quoted}
