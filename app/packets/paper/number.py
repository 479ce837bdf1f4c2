"""The number of a packet: what its facts hash to, so that the same facts have the same number on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from fractions import Fraction
from typing import Any

from app.domain.rubric import Rubric
from app.domain.value import Value
from app.packets.paper.page import LAYOUT
from app.queries.decision import ApprovalFacts
from app.queries.growth_parts import Check, GoalView
from app.queries.hiring import CardFacts, HiringFacts, InterviewFacts

_LENGTH = 12
_NOT_PRINTED = {CardFacts: {"id", "interview"}, InterviewFacts: {"id"}, ApprovalFacts: {"id"}}
_NOT_PRINTED |= {
    GoalView: {"id", "owner", "with_whom", "suggested_by", "made_on", "settled_on"},
    Check: {"id", "done_on"},
}
_OF_RUBRIC = {
    "id",
    "name",
    "version",
    "level",
    "bar",
    "scale",
    "not_assessed_reasons",
    "overall",
    "limits",
    "signals",
    "dimensions",
}
_OF_DIMENSION = {"id", "name", "short", "narrow", "definition", "anchors"}


def packet_number(facts: HiringFacts) -> str:
    """The first 12 hex digits of the SHA-256 over the canonical JSON of what the packet prints."""
    return number_of("hiring", facts)


def number_of(kind: str, facts: object) -> str:
    """The same for any kind of packet, from the value that holds its facts."""
    text = json.dumps(
        {"kind": kind, "layout": LAYOUT, "facts": _canonical(facts)},
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]


def _canonical(value: object) -> Any:
    if isinstance(value, Rubric):
        printed = value.model_dump(mode="json", include=_OF_RUBRIC)
        printed["dimensions"] = [{k: d[k] for k in _OF_DIMENSION} for d in printed["dimensions"]]
        return printed
    if isinstance(value, Value):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        hidden = _NOT_PRINTED.get(type(value), set())
        return {f.name: _canonical(getattr(value, f.name)) for f in fields(value) if f.name not in hidden}
    if isinstance(value, Mapping):
        return {str(k): _canonical(v) for k, v in value.items()}
    if isinstance(value, frozenset):
        return sorted(_canonical(v) for v in value)
    if isinstance(value, (tuple, list)):
        return [_canonical(v) for v in value]
    return _plain(value)


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, (date, tzinfo)):
        return str(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, float):
        return f"{value:.1f}"  # as it is printed; further digits could differ between machines
    return value
