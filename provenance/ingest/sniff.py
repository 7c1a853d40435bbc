"""What kind of text something without a telling name is."""

import json
import re

from provenance.ingest.known import FIELD_NAMES

_OURS = re.compile(r'<meta name="generator" content="news-provenance\b')  # data/page/base.html writes it
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|main|div|p|meta)\b", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<html\b.*</(?:body|html)>", re.IGNORECASE | re.DOTALL)


def kind_of(text: str) -> str:
    """jsonl, json, html, csv or text.

    >>> kind_of('{"text": "One."}\\n{"text": "Two."}'), kind_of("A plain line.")
    ('jsonl', 'text')
    """
    head = text.lstrip("\ufeff \t\r\n")
    if head[:1] in "{[" and head:
        return _json_kind(head)
    if _PAGE.match(head) or (head[:1] == "<" and _PAGE.search(head[:2000])):
        return "html"
    if head[:1] == "<" and _WHOLE_PAGE.search(head):  # a server's complaints may stand above the page
        return "html"
    return "csv" if _is_table(head.split("\n", 1)[0]) else "text"


def is_own_page(text: str) -> bool:
    """Whether a page is a report or lesson of this program, saved among the articles it is about."""
    return _OURS.search(text[:4000]) is not None


def _json_kind(head: str) -> str:
    first, _, rest = head.partition("\n")
    if head[0] == "{" and rest.strip():
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return "json" if _parses(head) else "jsonl" if _some_line_parses(rest) else "text"
        return "jsonl"
    return "json" if _parses(head) else "text"


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _some_line_parses(text: str) -> bool:
    return any(line.startswith("{") and _parses(line) for line in text.split("\n")[:20])


def _is_table(header: str) -> bool:
    for delimiter in ",;\t":
        columns = {column.strip().strip('"').casefold() for column in header.split(delimiter)}
        if len(columns) > 1 and columns & {*FIELD_NAMES["text"], *FIELD_NAMES["html"]}:
            return True
    return False
