"""A leveling guide of any size: dimensions, tracks, levels, and what each level asks on each dimension.

The pack's own guide is one; another company's ladder is one as well. Texts are kept whole; what has no place in a
guide is kept beside it as a named extra.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.domain.pack import Pack
from app.domain.pack_guide import Levels, PackLevel, Weight
from app.domain.spelling import canonical
from app.domain.value import Fault, Score, Value, one, refuse, repeats, unknown

Key = Annotated[str, Field(strict=True, min_length=1, max_length=120)]
Words = Annotated[str, Field(strict=True, max_length=20_000)]
Cell = Annotated[str, Field(strict=True, max_length=200_000)]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=400)]
_IDS = {"id", "uuid", "guid", "key"}
SHORT_ID = 6
"""Letters of an id that can stand for its level."""


BAR_OF: Mapping[Weight, int | None] = {"core": 3, "important": 3, "supporting": 2, "not_expected": None}
"""The bar a weight brings along where none is given."""


class Extra(Value):
    """Something of an imported ladder that has no place in a guide, kept as JSON text under its name."""

    name: Name
    content: str

    @model_validator(mode="after")
    def _is_json(self) -> Self:
        try:
            json.loads(self.content)
        except (ValueError, RecursionError) as wrong:
            raise PydanticCustomError("json", "this is no JSON text") from wrong
        return self

    @property
    def value(self) -> Any:
        """What was kept, as plain values."""
        return json.loads(self.content)

    @property
    def words(self) -> str:
        """What was kept, as it reads: a text as itself, anything else as JSON."""
        value = self.value
        return value if isinstance(value, str) else self.content

    @property
    def lines(self) -> tuple[str, ...]:
        """What of it a person reads: a text, a number, or a list of texts. Ids and tables of figures are kept alone."""
        value = self.value
        if self.name.lower() in _IDS or isinstance(value, bool):
            return ()
        items = value if isinstance(value, list) else [value]
        readable = all(isinstance(v, (str, int, float)) for v in items)
        return tuple(str(v).strip() for v in items if str(v).strip()) if readable else ()


Extras = tuple[Extra, ...]


class GuideDimension(Value):
    """One of the things levels speak of; `narrow` is its name in a strip's head."""

    id: Key
    name: Name
    short: Name
    narrow: Annotated[str, Field(strict=True, min_length=1, max_length=11)]
    definition: Words = ""
    extras: Extras = ()


class GuideTrack(Value):
    """A ladder; `order` holds its levels from the lowest up."""

    id: Key
    name: Name
    order: tuple[Key, ...]


class Statement(Value):
    """One of several things a cell says, with its own examples."""

    text: Words
    examples: tuple[Words, ...] = ()
    extras: Extras = ()


class GuideCell(Value):
    """What a level asks on a dimension. `bar` is the lowest score that will do against this sentence, None where
    nothing is expected; `ref` is where that lies on the yardstick's anchors, for pictures on one scale alone.

    A cell that says several things has them in `statements`; `expect` then holds their texts, one a line, and
    `examples` all their examples, so that who wants the whole cell need not know.
    """

    weight: Weight
    bar: Score | None = None
    ref: Score | None = None
    expect: Cell
    examples: tuple[Words, ...] = ()
    statements: tuple[Statement, ...] = ()
    extras: Extras = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.bar is None) != (self.weight == "not_expected"):
            raise PydanticCustomError("bar", "this needs a bar, or the weight not_expected and no bar")
        if self.statements and (
            self.expect != "\n".join(s.text for s in self.statements)
            or self.examples != tuple(e for s in self.statements for e in s.examples)
        ):
            raise PydanticCustomError("statements", "the statements are not what the expectation and examples hold")
        return self

    @property
    def said(self) -> tuple[Statement, ...]:
        """What the cell says, one statement or several."""
        return self.statements or (Statement(text=self.expect, examples=self.examples, extras=self.extras),)


def cell_of(said: Sequence[Statement], weight: Weight, bar: int | None, ref: int | None = None) -> GuideCell:
    """A cell that says these things."""
    if len(said) == 1:
        one_ = said[0]
        return GuideCell(weight=weight, bar=bar, ref=ref, expect=one_.text, examples=one_.examples, extras=one_.extras)
    return GuideCell(
        weight=weight,
        bar=bar,
        ref=ref,
        expect="\n".join(s.text for s in said),
        examples=tuple(e for s in said for e in s.examples),
        statements=tuple(said),
    )


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
    extras: Extras = ()

    @property
    def label(self) -> str:
        """What stands where there is little room: a short id such as M1, else the title."""
        return self.id if len(self.id) <= SHORT_ID and self.id.isupper() else self.title


class GuideWay(Value):
    """A way from one level to another. Only a promotion is one; a return to the work of an engineer is lateral."""

    from_: Annotated[Key, Field(alias="from")]
    to: Key
    kind: Literal["promotion", "track_change", "return"]


class EvidenceNeeded(Value):
    """How much evidence a word about readiness needs: how old it may be, in days, how many raters a cell has, and for a
    core cell how many dated items from how many different months."""

    window_days: Annotated[int, Field(strict=True, ge=30, le=1100)] = 365
    min_raters: Annotated[int, Field(strict=True, ge=1, le=12)] = 2
    min_evidence_core: Annotated[int, Field(strict=True, ge=0, le=12)] = 2
    min_months_core: Annotated[int, Field(strict=True, ge=0, le=12)] = 2


class Guide(Value):
    """The whole guide. Without `evidence` of its own it asks for what ours does."""

    name: Name
    dimensions: Annotated[tuple[GuideDimension, ...], Field(min_length=1)]
    tracks: Annotated[tuple[GuideTrack, ...], Field(min_length=1)]
    levels: Annotated[tuple[GuideLevel, ...], Field(min_length=1)]
    transitions: tuple[GuideWay, ...] = ()
    yardstick: Key | None = None
    note: Words = ""
    extras: Extras = ()
    evidence: EvidenceNeeded | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse(_faults(self))
        return self

    @property
    def needs(self) -> EvidenceNeeded:
        """How much evidence its levels need."""
        return self.evidence or EvidenceNeeded()

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

    def track(self, wanted: str) -> GuideTrack:
        """The track with this id. Raises KeyError."""
        return one(self.tracks, wanted)

    @property
    def in_order(self) -> tuple[GuideLevel, ...]:
        """The levels track by track, each from the lowest up."""
        return tuple(self.level(id_) for track in self.tracks for id_ in track.order)

    def ways_from(self, level: str) -> tuple[GuideWay, ...]:
        """Where somebody at this level can go."""
        return tuple(t for t in self.transitions if t.from_ == level)

    def ways_to(self, level: str) -> tuple[GuideWay, ...]:
        """Where people at this level come from."""
        return tuple(t for t in self.transitions if t.to == level)

    def way_between(self, one_: str, other: str) -> GuideWay | None:
        """The way from one level to another, or back; None where the guide names none."""
        ends = ((one_, other), (other, one_))
        return next((t for pair in ends for t in self.transitions if (t.from_, t.to) == pair), None)

    def canonical_text(self) -> str:
        """The guide as one line of JSON with sorted keys: the same guide gives the same text."""
        content = self.model_dump(mode="json", by_alias=True)
        if self.evidence is None:
            del content["evidence"]  # as it was written before there was any
        return canonical(content)


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
    return found + _way_faults(guide)


def _way_faults(guide: Guide) -> list[Fault]:
    found: list[Fault] = []
    at = {level.id: level.track for level in guide.levels}
    if guide.yardstick is not None and guide.yardstick not in at:
        found.append(Fault(("yardstick",), f"“{guide.yardstick}” is no level of this guide"))
    for place, way in enumerate(guide.transitions):
        ends = {"from": way.from_, "to": way.to}
        lost = [
            Fault(("transitions", place, end), f"“{id_}” is no level of this guide")
            for end, id_ in ends.items()
            if id_ not in at
        ]
        found += lost
        if not lost and (way.kind == "promotion") != (at[way.from_] == at[way.to]):
            words = "a promotion stays on its track, every other way leaves it"
            found.append(Fault(("transitions", place, "kind"), words))
    return found


def guide_of_pack(pack: Pack) -> Guide:
    """The pack's own leveling guide. The pack must have levels."""
    assert pack.levels is not None
    return Guide(
        name=pack.title,
        dimensions=tuple(
            GuideDimension(id=d.id, name=d.name, short=d.short, narrow=d.narrow, definition=d.definition)
            for d in pack.rubric.dimensions
        ),
        tracks=tuple(GuideTrack(id=t.id, name=t.name, order=t.order) for t in pack.levels.tracks),
        levels=tuple(_level_of(level, _beside(pack.levels, level)) for level in pack.levels.levels),
        transitions=tuple(
            GuideWay.model_validate({"from": t.from_, "to": t.to, "kind": t.kind}) for t in pack.levels.transitions
        ),
        yardstick=pack.levels.yardstick,
        evidence=EvidenceNeeded.model_validate(pack.levels.readiness.model_dump()),
    )


def _beside(levels: Levels, level: PackLevel) -> Extras:
    """What the pack says of its yardstick's level alone: the roles people come from, and those beyond the guide."""
    if level.id != levels.yardstick:
        return ()
    named = (("Feeders", levels.feeders), ("Next roles", levels.next_roles))
    return tuple(Extra(name=name, content=json.dumps(roles, ensure_ascii=False)) for name, roles in named if roles)


def _level_of(level: PackLevel, extras: Extras = ()) -> GuideLevel:
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
        extras=extras,
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
