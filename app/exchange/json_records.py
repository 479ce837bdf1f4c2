"""Records of people in JSON: a list of objects, or an object that holds one, as rows under headings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.exchange.csv_rows import LARGEST, TableError, decoded
from app.exchange.sheet import MAX_COLUMNS, Row
from app.words import tr

_DEEPEST = 200
_SAID_BY = ("value", "email", "address", "number", "url", "text", "name", "label", "title", "content", "display_name")
"""Under which of these an object says what it is about, beside a type and a number."""
_BESIDE = frozenset({"id", "type", "_id", "kind", "primary", "uid", "gid"})


def parsed(content: bytes, encoding: str = "") -> Any:
    """What a JSON file holds, numbers as they are written. Raises TableError."""
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    text = decoded(content, encoding).text
    try:
        if _depth(text) > _DEEPEST:
            raise TableError(tr("This JSON is nested deeper than any list of people."), tr("Give a list of objects."))
        held = json.loads(text, parse_constant=_no_number, parse_int=str, parse_float=str)
        json.dumps(held, ensure_ascii=False).encode()  # half a character, written as an escape, is no text
    except (ValueError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", None)
        where = tr("This is no JSON that can be read.")
        if line:
            where = tr("This is no JSON that can be read: line {line} is wrong.").format(line=line)
        raise TableError(where, tr("Export it again, or save it as CSV.")) from wrong
    return held


def read_records(held: Any) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Headings and rows of what a file holds; a row's line is which record it is, from 1. Raises TableError."""
    records = [_flat(record) for record in _list_in(held)]
    headings = tuple(dict.fromkeys(heading for record in records for heading in record))
    if len(headings) > MAX_COLUMNS:
        raise TableError(tr("These records have more than {n} fields.").format(n=MAX_COLUMNS), tr("Leave some out."))
    if not headings:
        raise TableError(tr("The table is empty."), tr("Give it a list of objects, one a person."))
    rows = tuple((n, [record.get(h, "") for h in headings]) for n, record in enumerate(records, 1) if record)
    return headings, rows


def _depth(text: str) -> int:
    """How deep brackets are nested, at most; those inside strings count too."""
    deepest = now = 0
    for character in text:
        if character in "[{":
            now += 1
            deepest = max(deepest, now)
        elif character in "]}":
            now -= 1
    return deepest


def _no_number(_name: str) -> str:
    return ""


def _list_in(held: Any) -> list[Mapping[str, Any]]:
    """The list of objects: the whole, or the only one (else the longest) that an object holds."""
    if isinstance(held, dict):
        lists = [value for value in held.values() if isinstance(value, list) and value and _all_objects(value)]
        held = max(lists, key=len) if lists else [held]
    if not isinstance(held, list) or not _all_objects(held):
        raise TableError(tr("This JSON holds no list of people."), tr("Give a list of objects, one a person."))
    return held


def _all_objects(value: list[Any]) -> bool:
    return all(isinstance(one, dict) for one in value)


def _flat(record: Mapping[str, Any]) -> dict[str, str]:
    """A record by headings; what is nested once has the name of both."""
    found: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and _said(value) is None:
            for inner, below in value.items():
                if text := text_of(below):
                    found[f"{key} {inner}"] = text
        elif text := text_of(value):
            found[key.strip() or "?"] = text
    return found


def _said(value: Mapping[str, Any]) -> str | None:
    """What an object says where it says one thing; None where it says several."""
    told = [key for key, held in value.items() if key.casefold() not in _BESIDE and held not in (None, "", [], {})]
    if len(told) == 1 and told[0] in _SAID_BY and not isinstance(value[told[0]], dict | list):
        return text_of(value[told[0]])
    return "" if not told else None


def text_of(value: Any) -> str:
    """A value as the text of a cell: several things stand on lines of their own."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(text for one in value if (text := text_of(one)))
    if isinstance(value, dict):
        said = _said(value)
        parts = (f"{key}: {text}" for key, held in value.items() if (text := text_of(held)))
        return said if said is not None else ", ".join(parts).replace("\n", " ")
    return str(value)
