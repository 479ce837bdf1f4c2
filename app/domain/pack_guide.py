"""A leveling guide as the pack has it: tracks, levels, what each asks on each dimension, and the ways between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.domain.value import Count, Fault, Id, Score, Text, Value, one, refuse, repeats, unknown

Weight = Literal["core", "important", "supporting", "not_expected"]
Years = tuple[Count, Count]


class Track(Value):
    """A ladder; `order` holds its levels from the lowest up."""

    id: Id
    name: Text
    order: Annotated[tuple[Id, ...], Field(min_length=1)]


class PackCell(Value):
    """What one level asks on one dimension.

    `bar` is the lowest acceptable score against this level's own sentence and is what decisions use; it is None
    where nothing is expected. `ref` is where somebody solid here lands on the yardstick level's anchors; it is
    for pictures on one scale alone.
    """

    weight: Weight
    bar: Score | None = None
    ref: Score
    expect: Text

    @model_validator(mode="after")
    def _bar_where_expected(self) -> Self:
        if (self.bar is None) != (self.weight == "not_expected"):
            raise PydanticCustomError("bar", "this needs a bar, or the weight not_expected and no bar")
        return self


class Experience(Value):
    """Typical years at a level, from and to; never a gate."""

    total_years: Years
    technical_leadership_years: Years
    people_management_years: Years
    note: Text


class PackLevel(Value):
    """One level: how far it reaches, and its cells by dimension."""

    id: Id
    track: Id
    title: Text
    scope: Text
    autonomy: Text
    impact: Text
    horizon: Text
    example: Text
    typical_experience: Experience | None = None
    cells: Mapping[Id, PackCell]


class Transition(Value):
    """A way from one level to another; only a promotion is one."""

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    kind: Literal["promotion", "track_change", "return"]


class PackReadiness(Value):
    """The numbers of readiness for a level: how old evidence may be, in days, and how much of it is needed."""

    window_days: Annotated[int, Field(strict=True, ge=30, le=1100)]
    min_raters: Annotated[int, Field(strict=True, ge=1, le=12)]
    min_evidence_core: Annotated[int, Field(strict=True, ge=1, le=12)]
    min_months_core: Annotated[int, Field(strict=True, ge=1, le=12)]


class Levels(Value):
    """The whole guide."""

    yardstick: Id
    tracks: Annotated[tuple[Track, ...], Field(min_length=1)]
    transitions: tuple[Transition, ...] = ()
    feeders: tuple[Text, ...] = ()
    next_roles: tuple[Text, ...] = ()
    readiness: PackReadiness
    levels: Annotated[tuple[PackLevel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse([*_ladder_faults(self), *_way_faults(self)])
        return self

    def level(self, wanted: str) -> PackLevel:
        """The level with this id. Raises KeyError when there is none."""
        return one(self.levels, wanted)

    def track(self, wanted: str) -> Track:
        """The track with this id. Raises KeyError when there is none."""
        return one(self.tracks, wanted)

    def ways_from(self, level: str) -> tuple[Transition, ...]:
        """Where somebody at this level can go."""
        return tuple(t for t in self.transitions if t.from_ == level)


def _ladder_faults(guide: Levels) -> list[Fault]:
    found = repeats(("levels",), "id", [level.id for level in guide.levels])
    found += repeats(("tracks",), "id", [t.id for t in guide.tracks])
    for place, track in enumerate(guide.tracks):
        here = [level.id for level in guide.levels if level.track == track.id]
        found += unknown(("tracks", place, "order"), track.order, here, "level of this track")
        if set(here) - set(track.order):
            found.append(Fault(("tracks", place, "order"), "this leaves out a level of this track"))
    tracks = {t.id for t in guide.tracks}
    found += [
        Fault(("levels", place, "track"), f"“{level.track}” is no track of this guide")
        for place, level in enumerate(guide.levels)
        if level.track not in tracks
    ]
    return found


def _way_faults(guide: Levels) -> list[Fault]:
    known = {level.id: level.track for level in guide.levels}
    found: list[Fault] = []
    if guide.yardstick not in known:
        found.append(Fault(("yardstick",), f"“{guide.yardstick}” is no level of this guide"))
    for place, way in enumerate(guide.transitions):
        at = ("transitions", place)
        ends = {"from": way.from_, "to": way.to}
        lost = [
            Fault((*at, end), f"“{id_}” is no level of this guide") for end, id_ in ends.items() if id_ not in known
        ]
        found += lost
        if not lost and (way.kind == "promotion") != (known[way.from_] == known[way.to]):
            found.append(Fault((*at, "kind"), "a promotion stays on its track, every other way leaves it"))
    return found
