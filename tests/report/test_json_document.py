import json
import re
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import TraceFormatError
from provenance.model import (
    Article,
    Change,
    Credit,
    Derivation,
    Evidence,
    Mark,
    Passage,
    Published,
    Span,
    Trace,
    Undecided,
)
from provenance.report.json_document import from_json, json_pieces, schema, to_json
from provenance.report.json_string import json_string
from provenance.text import tokenize

LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=40),  # any character but half a surrogate pair
    int: st.integers(0, 9**9),
    float: st.floats(0, 1),
    bool: st.booleans(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    type(None): st.none(),
}
SCALARS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), LEAVES[str], st.booleans())


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of model.py, sense or nonsense: every field takes every kind of value that it may."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in LEAVES:
        return LEAVES[kind]
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is UnionType:
        return st.one_of(*map(any_of, parts))
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(any_of(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(any_of, parts))
    if origin is Mapping:
        return st.dictionaries(LEAVES[str], SCALARS, max_size=3)
    made = st.builds(kind, **{name: any_of(hint) for name, hint in get_type_hints(kind).items()})
    return made.map(as_traced) if kind is Article else made


def as_traced(article: Article) -> Article:
    """An article as it stands in a trace: date lines used up, its credits its own."""
    return replace(article, stamps=(), credits=tuple(replace(c, article=article.id) for c in article.credits))


def validate(text: str) -> None:
    jsonschema.Draft202012Validator(schema()).validate(json.loads(text))


@given(any_of(Trace))
def test_any_trace_reads_back_equal_and_keeps_to_the_schema(trace: Trace) -> None:
    text = to_json(trace)
    assert from_json(text) == trace
    assert to_json(from_json(text)) == text
    validate(text)
    text.encode()


def in_order(kind: type) -> list[str]:
    names = [f.name for f in fields(kind)]
    if kind is Derivation:
        names.insert(names.index("share") + 1, names.pop(names.index("share_of_source")))
    return names


def plainly(value: Any) -> Any:
    """A value of model.py in lists and dictionaries, by what the head of json_document.py says of the document."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return [plainly(item) for item in value]
    if not is_dataclass(value):
        return value
    written = {name: plainly(getattr(value, name)) for name in in_order(type(value))}
    if isinstance(value, Derivation | Undecided):
        sides = ("derived", "source") if isinstance(value, Derivation) else ("a", "b")
        written["passages"] = [plain_passage(p, *sides) for p in value.passages]
    if isinstance(value, Evidence | Change):
        written["spans"] = written.pop("places")
    if isinstance(value, Credit):
        del written["article"]
    return plain_article(value, written) if isinstance(value, Article) else written


def plain_passage(passage: Passage, a: str, b: str) -> dict[str, Any]:
    return {
        a: plainly(passage.a),
        b: plainly(passage.b),
        "kind": passage.kind,
        "identity": passage.identity,
        "quoted": {"a": a, "b": b}.get(passage.quoted, passage.quoted),
        "counted": passage.reason is None,
        "reason": passage.reason,
    }


def plain_article(article: Article, written: dict[str, Any]) -> dict[str, Any]:
    last = {name: written.pop(name) for name in ("published", "boilerplate", "credits")}
    del written["stamps"], written["text"]
    hashed = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    facts = {"words": len(tokenize(article.text, article.body)), "text_sha256": hashed, "text": article.text}
    return written | facts | last


def document_of(trace: Trace) -> str:
    """The document as json.dumps writes it, which is slow, with pairs of whole numbers on one line."""
    first = {"schema": "provenance-trace/1", "generated_by": plainly(trace.generated_by)}
    found = first | {"articles": plainly(trace.articles)}
    found |= {f.name: plainly(getattr(trace, f.name)) for f in fields(Trace) if f.name not in found}
    text = json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1)
    return re.sub(r"\[\n +(\d+),\n +(\d+)\n +\]", r"[\1, \2]", text) + "\n"


@given(any_of(Trace))
def test_the_document_is_what_the_plain_writer_of_json_makes_of_the_trace(trace: Trace) -> None:
    assert to_json(trace) == document_of(trace)


def test_the_document_of_the_drawn_trace_is_that_of_the_plain_writer(ferry: Trace) -> None:
    assert to_json(ferry) == document_of(ferry)


def test_every_character_is_written_as_the_plain_writer_does(ferry: Trace) -> None:
    signs = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000)]))
    trace = replace(ferry, articles=(replace(ferry.articles[0], text=signs, boilerplate=()),))
    assert to_json(trace) == document_of(trace)


def test_writing_a_text_leaves_no_second_copy_of_it_in_memory() -> None:
    text = "“Größe”\n" * 100
    before = sys.getsizeof(text)
    assert json_string(text) == json.dumps(text, ensure_ascii=False)
    assert sys.getsizeof(text) == before


def test_the_document_comes_piece_by_piece(ferry: Trace) -> None:
    pieces = list(json_pieces(ferry))
    assert "".join(pieces) == to_json(ferry)
    assert max(map(len, pieces)) < len(to_json(ferry)) / 3
    assert "".join(json_pieces(ferry, texts=False)) == to_json(ferry, texts=False)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_have_is_refused(ferry: Trace, value: float) -> None:
    arrow = replace(ferry.derivations[0], probability=value)
    with pytest.raises(ValueError, match="no place in a JSON document"):
        to_json(replace(ferry, derivations=(arrow,)))


def test_the_drawn_trace_reads_back_equal(ferry: Trace) -> None:
    assert from_json(to_json(ferry)) == ferry
    validate(to_json(ferry))


def test_the_schema_is_one_and_describes_all_it_names() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    objects = [schema(), *(d for d in schema()["$defs"].values() if d["type"] == "object")]
    for found in objects:
        assert found["additionalProperties"] is False and found["description"]
        assert all("description" in p or "$ref" in p for p in found["properties"].values())


def test_equal_traces_give_equal_bytes(ferry: Trace) -> None:
    assert to_json(ferry) == to_json(from_json(to_json(ferry)))


def test_the_document_is_the_one_of_the_design(ferry: Trace) -> None:
    found = json.loads(to_json(ferry))
    assert list(found)[:3] == ["schema", "generated_by", "articles"] and found["schema"] == "provenance-trace/1"
    post = next(a for a in found["articles"] if a["id"] == "post.html")
    assert post["published"]["earliest"] == "2031-05-03T00:00:00Z"
    assert post["words"] == 36 and "stamps" not in post and "article" not in post["credits"][0]
    rewritten = next(d for d in found["derivations"] if d["kind"] == "rewritten")
    assert rewritten["passages"][0]["quoted"] == "source" and rewritten["passages"][0]["counted"] is True
    assert rewritten["changes"][0]["spans"][0]["article"] == "post.html"
    assert list(rewritten)[3:6] == ["probability", "share", "share_of_source"] and rewritten["share_of_source"] == 0.48
    secondary = found["derivations"][1]["passages"][0]
    assert secondary["quoted"] == "derived" and secondary["counted"] is False and secondary["reason"]
    assert set(found["undecided"][0]["passages"][0]) == {"a", "b", "kind", "identity", "quoted", "counted", "reason"}


def test_a_span_stands_on_one_line_and_texts_are_left_alone(ferry: Trace) -> None:
    odd = replace(ferry.articles[0], text='"x": [\n 1,\n 2\n ]', boilerplate=(Mark(Span(3, 9), "frame"),))
    text = to_json(replace(ferry, articles=(odd,)))
    assert '"span": [3, 9]' in text
    assert from_json(text).articles[0].text == odd.text


def test_without_texts_all_but_the_texts_is_there(ferry: Trace) -> None:
    text = to_json(ferry, texts=False)
    validate(text)
    assert all("text" not in a and a["text_sha256"] and a["words"] for a in json.loads(text)["articles"])
    read = from_json(text)
    assert read.derivations == ferry.derivations
    assert [a.text for a in read.articles] == [""] * len(ferry.articles)


def test_half_a_surrogate_pair_survives_and_the_document_stays_utf_8(ferry: Trace) -> None:
    odd = replace(ferry.articles[0], id="caf\udce9.txt", text="caf\udce9", boilerplate=())
    trace = replace(ferry, articles=(odd,))
    assert from_json(to_json(trace).encode().decode()) == trace


def test_times_of_other_zones_are_written_in_utc(ferry: Trace) -> None:
    noon = datetime(2031, 5, 3, 12, tzinfo=timezone(timedelta(hours=2)))
    dated = replace(ferry.articles[0], published=Published(noon, None, "page"))
    text = to_json(replace(ferry, articles=(dated,)))
    assert '"2031-05-03T10:00:00Z"' in text
    assert from_json(text).articles[0] == dated


def changed(trace: Trace, pattern: str, new: str) -> str:
    text, n = re.subn(pattern, new, to_json(trace), count=1)
    assert n == 1
    return text


@pytest.mark.parametrize(
    ("pattern", "new", "says"),
    [
        ("^{", "", "no whole JSON document"),
        (
            "provenance-trace/1",
            "provenance-trace/9",
            "schema provenance-trace/9, this program reads provenance-trace/1",
        ),
        ("provenance-trace/1", "something else", "is no trace"),
        (r'"calibrated": false', '"calibrated": "no"', "calibrated of generated_by"),
        (r'"kind": "excerpted"', '"kind": "borrowed"', "should be one of republished"),
        (r'"probability": 0.9312', '"probability": "high"', "should be a number"),
        (r'"alternatives"', '"alternativen"', "is missing|is unknown"),
        (r'"Morning notes\\n', '"Evening notes\\n', "SHA-256"),
        (r'"2031-05-04T00:00:00Z"', '"yesterday"', "should be a time"),
        (r'"counted": true', '"counted": false', "no reason"),
        (r'"title": "Morning notes"', '"titel": "Morning notes"', r"titel of articles of the trace\[\d\] is unknown"),
    ],
)
def test_what_is_no_trace_is_refused_with_a_cure(ferry: Trace, pattern: str, new: str, says: str) -> None:
    with pytest.raises(TraceFormatError, match=says):
        from_json(changed(ferry, pattern, new.replace("\\n", "\\\\n")))


@pytest.mark.parametrize("text", ["", "[]", "null", "3", '{"articles": []}', '"provenance-trace/1"'])
def test_json_that_is_something_else_is_refused(text: str) -> None:
    with pytest.raises(TraceFormatError):
        from_json(text)
