"""A leveling guide of any size: dimensions, tracks, levels, and what each level asks on each dimension.

The pack's own guide is one; another company's ladder is one as well. Texts are kept whole; what has no place in a
guide is kept beside it as a named extra.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.domain.level import Level as PackLevel
from app.domain.level import Transition, Weight
from app.domain.pack import Pack
from app.domain.value import Fault, Score, Value, one, refuse, repeats, unknown

Key = Annotated[str, Field(strict=True, min_length=1, max_length=120)]
Words = Annotated[str, Field(strict=True, max_length=20_000)]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=400)]


class GuideDimension(Value):
    """One of the things levels speak of; `narrow` is its name in a strip's head."""

    id: Key
    name: Name
    short: Name
    narrow: Annotated[str, Field(strict=True, min_length=1, max_length=11)]
    definition: Words = ""


class GuideTrack(Value):
    """A ladder; `order` holds its levels from the lowest up."""

    id: Key
    name: Name
    order: tuple[Key, ...]


class GuideCell(Value):
    """What a level asks on a dimension. `bar` is the lowest score that will do against this sentence, None where
    nothing is expected; `ref` is where that lies on the yardstick's anchors, for pictures on one scale alone."""

    weight: Weight
    bar: Score | None = None
    ref: Score | None = None
    expect: Words
    examples: tuple[Words, ...] = ()


class GuideLevel(Value):
    """One level and its cells by dimension; a dimension it says nothing on has no cell."""

    id: Key
    track: Key
    title: Name
    scope: Words = ""
    autonomy: Words = ""
    impact: Words = ""
    horizon: Words = ""
    example: Words = ""
    typical: Words = ""
    cells: Mapping[Key, GuideCell]


class Extra(Value):
    """Something of an imported ladder that has no place in a guide, kept as JSON text under its name."""

    name: Name
    content: str


class Guide(Value):
    """The whole guide."""

    name: Name
    dimensions: Annotated[tuple[GuideDimension, ...], Field(min_length=1)]
    tracks: Annotated[tuple[GuideTrack, ...], Field(min_length=1)]
    levels: Annotated[tuple[GuideLevel, ...], Field(min_length=1)]
    transitions: tuple[Transition, ...] = ()
    yardstick: Key | None = None
    note: Words = ""
    extras: tuple[Extra, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse(_faults(self))
        return self

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions in the order of the strip."""
        return tuple(d.id for d in self.dimensions)

    def dimension(self, wanted: str) -> GuideDimension:
        """The dimension with this id. Raises KeyError."""
        return one(self.dimensions, wanted)

    def level(self, wanted: str) -> GuideLevel:
        """The level with this id. Raises KeyError."""
        return one(self.levels, wanted)

    def canonical_text(self) -> str:
        """The guide as one line of JSON with sorted keys: the same guide gives the same text."""
        content = self.model_dump(mode="json", by_alias=True)
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _faults(guide: Guide) -> list[Fault]:
    found = repeats(("dimensions",), "id", guide.dimension_ids)
    found += repeats(("levels",), "id", [level.id for level in guide.levels])
    found += repeats(("tracks",), "id", [t.id for t in guide.tracks])
    tracks = {t.id for t in guide.tracks}
    for place, level in enumerate(guide.levels):
        if level.track not in tracks:
            found.append(Fault(("levels", place, "track"), f"“{level.track}” is no track of this guide"))
        found += [
            Fault(("levels", place, "cells", d), f"“{d}” is no dimension of this guide")
            for d in level.cells
            if d not in guide.dimension_ids
        ]
    for place, track in enumerate(guide.tracks):
        here = [level.id for level in guide.levels if level.track == track.id]
        found += unknown(("tracks", place, "order"), track.order, here, "level of this track")
        if set(here) - set(track.order):
            found.append(Fault(("tracks", place, "order"), "this leaves out a level of this track"))
    known = {level.id for level in guide.levels}
    for place, way in enumerate(guide.transitions):
        for end, id_ in (("from", way.from_), ("to", way.to)):
            if id_ not in known:
                found.append(Fault(("transitions", place, end), f"“{id_}” is no level of this guide"))
    return found


def guide_of_pack(pack: Pack) -> Guide:
    """The pack's own leveling guide."""
    return Guide(
        name=pack.role.title,
        dimensions=tuple(
            GuideDimension(id=d.id, name=d.name, short=d.short, narrow=d.narrow, definition=d.definition)
            for d in pack.rubric.dimensions
        ),
        tracks=tuple(GuideTrack(id=t.id, name=t.name, order=t.order) for t in pack.levels.tracks),
        levels=tuple(_level_of(level) for level in pack.levels.levels),
        transitions=pack.levels.transitions,
        yardstick=pack.levels.yardstick,
    )


def _level_of(level: PackLevel) -> GuideLevel:
    return GuideLevel(
        id=level.id,
        track=level.track,
        title=level.title,
        scope=level.scope,
        autonomy=level.autonomy,
        impact=level.impact,
        horizon=level.horizon,
        example=level.example,
        typical=_typical(level),
        cells={
            dimension: GuideCell(weight=c.weight, bar=c.bar, ref=c.ref, expect=c.expect)
            for dimension, c in level.cells.items()
        },
    )


def _typical(level: PackLevel) -> str:
    known: Any = level.typical_experience
    if known is None:
        return ""
    total, leads, people = known.total_years, known.technical_leadership_years, known.people_management_years
    return (
        f"{total[0]}–{total[1]} years in all, {leads[0]}–{leads[1]} leading technically, "
        f"{people[0]}–{people[1]} managing people. {known.note}"
    )
