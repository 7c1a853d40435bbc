import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import TraceFormatError
from provenance.model import Article, Mark, Published, Span, Trace
from provenance.report.json_document import from_json, schema, to_json

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
        (r'"title": "Morning notes"', '"titel": "Morning notes"', "titel of articles.*is unknown"),
    ],
)
def test_what_is_no_trace_is_refused_with_a_cure(ferry: Trace, pattern: str, new: str, says: str) -> None:
    with pytest.raises(TraceFormatError, match=says):
        from_json(changed(ferry, pattern, new.replace("\\n", "\\\\n")))


@pytest.mark.parametrize("text", ["", "[]", "null", "3", '{"articles": []}', '"provenance-trace/1"'])
def test_json_that_is_something_else_is_refused(text: str) -> None:
    with pytest.raises(TraceFormatError):
        from_json(text)
