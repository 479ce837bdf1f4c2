"""What differs between two versions of a rubric, place by place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.pack import PARTS, Pack

Place = tuple[str, ...]
"""Where something stands: a section, then the item in it by its name, then the field."""


@dataclass(frozen=True)
class RubricChange:
    """One text that is not the same any more; empty where there was none, or is none."""

    place: Place
    before: str
    after: str


def rubric_difference(before: Pack, after: Pack) -> tuple[RubricChange, ...]:
    """Everything that differs, in the order of the newer one; what is gone comes where it stood, at the end."""
    old, new = dict(_said(before)), dict(_said(after))
    places = [*new, *(place for place in old if place not in new)]
    return tuple(
        RubricChange(place, old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "") and place != ("rubric", "", "version")
    )


def _said(pack: Pack) -> Iterator[tuple[Place, str]]:
    """Every text of a pack by its place; an item is known by its id, so that one that moved is the same."""
    content: dict[str, Any] = json.loads(pack.canonical_text())
    rubric = content["rubric"]
    names = {d.id: d.short for d in pack.rubric.dimensions}
    yield ("rubric", "", "order"), ", ".join(names.values())
    for field, value in rubric.items():
        if not isinstance(value, list) or field == "must_have":
            yield from _leaves(("rubric", "", field), value)
    for dimension in rubric["dimensions"]:
        name = names[dimension["id"]]
        for anchor in dimension.pop("anchors"):
            yield from _leaves(("dimension", name, f"anchor {anchor.pop('score')}"), anchor)
        for question in dimension.pop("questions"):
            yield from _leaves(("dimension", name, f"question {question.pop('id')}"), question)
        yield from _leaves(("dimension", name), dimension)
    for field in ("signals", "exercises", "plans", "areas", "skills", "kpis", "scale", "not_assessed_reasons"):
        for item in rubric[field]:
            named = str(item.get("label") or item.get("name") or item.get("words") or item.get("id"))
            yield from _leaves((field, named), item)
    for part in PARTS:
        if part in content:
            yield from _leaves((part, ""), content[part])


def _leaves(at: Place, value: object) -> Iterator[tuple[Place, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "id":
                yield from _leaves((*at, str(name)), inner)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value, start=1):
            named = item.get("id", number) if isinstance(item, Mapping) else number
            yield from _leaves((*at, str(named)), item)
    elif isinstance(value, list):
        yield at, "\n".join(map(str, value))
    elif value not in (None, ""):
        yield at, str(value)
